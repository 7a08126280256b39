"""How wide a text is in the font of pictures, and where it breaks into lines."""

from __future__ import annotations

import re
import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fonts"
REGULAR, BOLD = FOLDER / "Inter-Regular.ttf", FOLDER / "Inter-Bold.ttf"
FAMILIES = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
CAPITALS = 0.727
"""The height of capitals and digits, as a part of the size."""
SIGNS = "■□▣○◐◉●◁▷◆"
SIGN_WIDTH = 0.8
"""Signs of stances, which are drawn as shapes, and the width of each, as a part of the size."""


class Font:
    """The widths in a TrueType file: only what measuring needs is read.

    Args:
        path: The file. It has a cmap of format 4 and a kern table of format 0.
    """

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        count = struct.unpack_from(">H", data, 4)[0]
        tables = {
            tag: data[start : start + length]
            for tag, _, start, length in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])
        }
        self._units: int = struct.unpack_from(">H", tables[b"head"], 18)[0]
        self._glyphs = _glyphs(tables[b"cmap"])
        metrics = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
        widths = struct.iter_unpack(">Hh", tables[b"hmtx"][: 4 * metrics])
        self._widths: list[int] = [width for width, _ in widths]
        pairs = struct.unpack_from(">H", tables[b"kern"], 10)[0]
        kerning = struct.iter_unpack(">HHh", tables[b"kern"][18 : 18 + 6 * pairs])
        self._kerning = {(left, right): value for left, right, value in kerning}

    def width(self, text: str, size: float) -> float:
        """Return how wide a text is, in the unit of its size.

        A character that the font lacks counts as wide as its size: another font will draw it.
        """
        total = 0.0
        before = 0
        for character in text.replace("\u00a0", " "):
            if character in SIGNS:
                total += SIGN_WIDTH * self._units
                before = 0
                continue
            glyph = self._glyphs.get(ord(character), 0)
            total += self._widths[min(glyph, len(self._widths) - 1)] if glyph else self._units
            total += self._kerning.get((before, glyph), 0)
            before = glyph
        return total * size / self._units

    def reach(self, text: str, size: float, room: float) -> int:
        """Return how many characters of a text are drawn within a room, from its start."""
        low, high = 0, 1
        while high < len(text) and self.width(text[:high], size) <= room:
            low, high = high, 2 * high
        high = min(high, len(text))
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle], size) <= room:
                low = middle
            else:
                high = middle - 1
        return low

    def has(self, text: str) -> bool:
        """Return True if the font has all characters of a text, besides those drawn as shapes."""
        drawn = text.replace("\u00a0", " ")
        return all(ord(character) in self._glyphs or character in SIGNS for character in drawn)


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Return the number of the glyph of every character."""
    start = struct.unpack_from(">I", cmap, 8)[0]
    segments = struct.unpack_from(">H", cmap, start + 6)[0] // 2
    place = start + 14
    numbers = f">{segments}H"
    ends = struct.unpack_from(numbers, cmap, place)
    place += 2 * segments + 2
    starts = struct.unpack_from(numbers, cmap, place)
    deltas = struct.unpack_from(numbers, cmap, place + 2 * segments)
    place += 4 * segments
    offsets = struct.unpack_from(numbers, cmap, place)
    found: dict[int, int] = {}
    for number, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for code in range(first, last + 1):
            glyph = code
            if offset:
                # The offset counts from where it stands itself.
                at = place + 2 * number + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", cmap, at)[0]
            glyph = (glyph + delta) % 65536
            if glyph and code != 0xFFFF:
                found[code] = glyph
    return found


@cache
def font(*, bold: bool = False) -> Font:
    """Return the font of pictures, read once."""
    return Font(BOLD if bold else REGULAR)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text of a size in pixels is, in pixels."""
    return font(bold=bold).width(text, size)


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines at blanks, and words that are wider than a line inside.

    Words with a no-break space between them stay together.

    Args:
        text: What to break.
        size: Its size in pixels.
        room: How wide a line may be, in pixels.
        bold: Whether it is drawn bold.
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, re.split(r"[ \t\n]+", text)):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > 1:
            reach = font(bold=bold).reach(line, size, room)
            if reach == len(line):
                break
            cut = _break_before(line, max(1, reach))
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _break_before(word: str, cut: int) -> int:
    """Return where to break a word: after the last slash or hyphen that fits, else at ``cut``."""
    sign = max(word.rfind("/", 0, cut), word.rfind("-", 0, cut)) + 1
    return sign if sign > cut // 2 else cut


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return a text, cut at its end with an ellipsis if it is wider than the room in pixels."""
    if width_of(text, size, bold=bold) <= room:
        return text
    left = room - width_of("…", size, bold=bold)
    return text[: font(bold=bold).reach(text, size, left)].rstrip() + "…"
