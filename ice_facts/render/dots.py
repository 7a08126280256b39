"""Lines drawn with the dots of braille characters, or with letters in ASCII."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# Bits of the eight dots of a braille character, by column and row.
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Dots:
    """A field of characters, each of two columns and four rows of dots.

    Args:
        width: Its columns of characters.
        height: Its lines.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._bits = [[0] * width for _ in range(height)]
        self._lines: list[list[list[int]]] = [[[] for _ in range(width)] for _ in range(height)]
        self._signs: dict[tuple[int, int], tuple[str, int]] = {}

    def line(self, start: tuple[int, int], end: tuple[int, int], number: int, every: int) -> None:
        """Draw a straight line.

        Args:
            start: Column and row of its first dot, from the top left.
            end: Those of its last.
            number: Which line of the chart it belongs to.
            every: 1 for all its dots, 3 for every third.
        """
        (x, y), (to_x, to_y) = start, end
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        for n in range(steps + 1):
            if n % every == 0:
                self._dot(
                    round(x + (to_x - x) * n / steps), round(y + (to_y - y) * n / steps), number
                )

    def _dot(self, x: int, y: int, number: int) -> None:
        column, row = x // 2, y // 4
        if 0 <= column < self.width and 0 <= row < self.height:
            self._bits[row][column] |= _BITS[x % 2][y % 4]
            if number not in self._lines[row][column]:
                self._lines[row][column].append(number)

    def sign(self, x: int, y: int, sign: str, number: int) -> None:
        """Put a sign of a line where a dot is, if none is there."""
        self._signs.setdefault((y // 4, x // 2), (sign, number))

    def letters(self, number: int, columns: Sequence[int]) -> None:
        """Put the letter of a line on it near some columns, where it hides no other line."""
        for wanted in columns:
            free = [
                (len(self._lines[row][column]), abs(column - wanted), row, column)
                for column in range(max(0, wanted - 4), min(self.width, wanted + 5))
                for row in range(self.height)
                if number in self._lines[row][column] and not self._near(row, column)
            ]
            if free:
                _, _, row, column = min(free)
                self._signs[row, column] = (LETTERS[number % 26], number)

    def _near(self, row: int, column: int) -> bool:
        return any((row, column + d) in self._signs for d in (-1, 0, 1))

    def rows(self, *, ascii: bool) -> Iterator[list[tuple[str, int | None]]]:
        """Yield the characters of each line from the top, with the numbers of their lines."""
        for row in range(self.height):
            yield [self._character(row, column, ascii=ascii) for column in range(self.width)]

    def _character(self, row: int, column: int, *, ascii: bool) -> tuple[str, int | None]:
        if (row, column) in self._signs:
            return self._signs[row, column]
        lines = self._lines[row][column]
        if not lines:
            return " ", None
        # Lines that share a place take turns, so that none hides the others.
        number = lines[column // 2 % len(lines)]
        if ascii:
            return LETTERS[number % 26], number
        return chr(0x2800 + self._bits[row][column]), number
