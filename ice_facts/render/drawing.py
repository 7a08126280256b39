"""Drawing pieces, lines, tables and sources on a Rich console."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from rich.console import Console
from rich.segment import Segment, Segments

from ice_facts.model import Citation, Source
from ice_facts.render import Style
from ice_facts.render.parts import MARKS_SHOWN, Marks, for_reading, is_link, marks_text
from ice_facts.render.runs import Runs, joined, plain, stripped, width_of, wrap
from ice_facts.render.tables import (
    Rows,
    fit_columns,
    fit_list,
    header_lines,
    in_one_line,
    needs_of,
    record_lines,
    row_lines,
)
from ice_facts.render.theme import styles, symbol
from ice_facts.show.shapes import GLUED, Cell, Column, Piece, Table, runs_of
from ice_facts.show.words import printable, source_text

LABEL_WIDTH = 12
WIDEST = 120
NARROW = 50

# A blank at which no line breaks: a mark stays with its word, a word with its symbol. Rich breaks
# lines at every blank that Unicode has, so a private character stands in until all is drawn.
HARD_BLANK = "\ue000"


class Printer:
    """Draws one view.

    Args:
        console: Where to draw.
        style: How to.
        sources: The sources of the view.
        brief: Whether long runs of source marks are cut short.
        numbered: Whether the sources have their numbers by their order already.
    """

    def __init__(
        self,
        console: Console,
        style: Style,
        sources: Sequence[Source] = (),
        *,
        brief: bool = False,
        numbered: bool = False,
    ) -> None:
        self.console = console
        self.style = style
        self.styles = styles(style.palette)
        self.width = min(console.width, WIDEST)
        self.marks = Marks(sources, MARKS_SHOWN if brief else 0, numbered=numbered)

    def runs(self, cell: Cell) -> Runs:
        """Return a cell as one line of styled text with symbols and source marks."""
        runs: Runs = []
        for piece in cell:
            if runs and piece.tone not in GLUED and not runs[-1][0][-1].isspace():
                runs.append((" " if piece.text else HARD_BLANK, ""))
            runs += self._piece(piece)
            if piece.sources and (marks := self.mark(piece.sources)):
                glued = not runs or runs[-1][0][-1] in f" {HARD_BLANK}"
                runs += self._linked(marks if glued else HARD_BLANK + marks)
        return runs

    def _linked(self, marks: str) -> Runs:
        """Return source marks; each leads to its source where the terminal takes links."""
        if not self.style.links:
            return [(marks, "dim")]
        return [
            (part, f"dim link {url}" if (url := self.marks.address(part)) else "dim")
            for part in re.split(r"(\[\d+\])", marks)
            if part
        ]

    def plain(self, cell: Cell) -> Runs:
        """Return a cell as one line of styled text with symbols, without source marks."""
        return self.runs(tuple(Piece(p.text, p.tone, (), p.confirmed) for p in cell))

    def stack(self, cell: Cell) -> list[Runs]:
        """Return a cell with every piece on a line of its own, but for glued ones."""
        return [self.runs(run) for run in runs_of(cell)]

    def _piece(self, piece: Piece) -> Runs:
        """Return a piece with the symbol and the style of its tone."""
        words = printable(piece.text).replace("\xa0", HARD_BLANK)
        sign = symbol(piece.tone, ascii=self.style.ascii)
        text = f"{sign}{HARD_BLANK}{words}" if sign else words
        runs = [(text, self.styles.get(piece.tone, ""))] if text else []
        return runs if piece.confirmed else [*runs, ("*", "dim")]

    def mark(self, citations: Sequence[Citation]) -> str:
        """Return the marks of citations as text."""
        return marks_text(*self.marks.runs(citations))

    def lines(self, lines: Iterable[Runs]) -> None:
        """Print lines as they are: nothing is wrapped or cut."""
        if self.console.color_system is None:
            text = "".join([f"{plain(line)}\n" for line in lines])
            self.console.print(Segments([Segment(text)]), soft_wrap=True)
            return
        segments = []
        for line in lines:
            segments += [Segment(text, self.console.get_style(style)) for text, style in line]
            segments.append(Segment.line())
        self.console.print(Segments(segments), soft_wrap=True)

    def line(self, text: Runs | str, indent: int = 0, style: str = "") -> None:
        """Print a text wrapped at words.

        Args:
            text: The text; one without styles can be given as it is.
            indent: Print it so far from the left.
            style: The style of a text that is given as it is.
        """
        runs = [(text, style)] if isinstance(text, str) else text
        wrapped = wrap(runs, self.width - indent)
        self.lines([(" " * indent, ""), *line] for line in wrapped)

    def blank(self) -> None:
        """Print an empty line."""
        self.lines([[]])

    def labelled(
        self, label: str, text: Runs, command: str = "", *, only_beside: bool = False
    ) -> None:
        """Print a text beside a label, wrapped under itself, and a command at the right edge.

        The command stands on the last line of the text, if there is room, or on its own; where it
        is wanted only beside the text, it is left out.
        """
        if self.width < NARROW:
            if label:
                self.line(printable(label), style="bold")
            self.line(text, 2)
            self.command("" if only_beside else command)
            return
        head = f" {printable(label):<{LABEL_WIDTH}} "
        room = self.width - len(head) - 1
        wrapped = [stripped(line) for line in wrap(text, room)]
        gap = room + 1 - width_of(plain(wrapped[-1])) - len(command)
        fits = command and gap >= 3
        if fits:
            wrapped[-1] = [*wrapped[-1], (" " * gap, ""), (command, self.styles["command"])]
        starts = [(head, "bold"), *[(" " * len(head), "")] * (len(wrapped) - 1)]
        self.lines([start, *line] for start, line in zip(starts, wrapped, strict=True))
        if not fits and not only_beside:
            self.command(command)

    def command(self, command: str) -> None:
        """Print a command that opens more, at the right edge."""
        if command:
            self.line(command, max(1, self.width - len(command)), self.styles["command"])

    def table(
        self,
        table: Table,
        *,
        by_column: bool = False,
        in_line: bool = False,
        widest: int = WIDEST,
    ) -> None:
        """Print a table; where its words do not fit side by side, row by row.

        Args:
            table: What to print.
            by_column: In narrow places, print it column by column instead.
            in_line: Where there is room, print each row in one line.
            widest: No table is wider than this.
        """
        table = for_reading(table)
        rows: Rows = [[self.stack(cell) for cell in row] for row in table.rows]
        room = min(self.console.width, widest) - 1
        if in_line:
            rows = in_one_line(table.columns, rows, room) or rows
        needs = needs_of(table.columns, rows)
        widths = fit_columns(needs, room)
        if widths is not None:
            self.side_by_side(table.columns, rows, widths, header=self.style.header)
        elif by_column:
            self._columns(table.columns, rows)
        else:
            prose = [place for place, column in enumerate(needs) if column.is_prose]
            self._records(table.columns, rows, prose)

    def listing(self, table: Table, *, entries: bool = False) -> tuple[str, ...]:
        """Print the table of a list with as many of its columns as there is room for.

        Args:
            table: The table.
            entries: Print each row as text.

        Returns:
            The titles of the columns that are left out.
        """
        table = for_reading(table)
        rows = [[self.stack(cell) for cell in row] for row in table.rows]
        needs = needs_of(table.columns, rows)
        fitted = fit_list(needs, [c.spare for c in table.columns], self.console.width - 1)
        if fitted is None or entries:
            prose = [place for place, column in enumerate(needs) if column.is_prose]
            self._records(table.columns, rows, prose)
            return ()
        kept, widths = fitted
        columns = [table.columns[n] for n in kept]
        shown = [[row[n] for n in kept] for row in rows]
        if all(needs[n].least <= width for n, width in zip(kept, widths, strict=True)):
            self.side_by_side(columns, shown, widths, header=self.style.header)
        else:
            self._with_long_words(columns, shown, widths)
        return tuple(c.title for n, c in enumerate(table.columns) if n not in kept)

    def _with_long_words(
        self, columns: Sequence[Column], rows: Rows, widths: Sequence[int]
    ) -> None:
        """Print rows side by side, but for words that are wider than their column.

        One in the first column stands on a line of its own, above the rest of its row; a row with
        another is printed as text.
        """
        head = header_lines(columns, widths) if self.style.header else ()
        self.lines([(" ", ""), *line] for line in head)
        for row in rows:
            first, *others = row
            if any(not _fits(cell, width) for cell, width in zip(others, widths[1:], strict=True)):
                self._records(columns, [row], ())
                continue
            if not _fits(first, widths[0]):
                self.lines([(" ", ""), *line] for line in first)
                row = [[[]], *others]
            self.lines([(" ", ""), *line] for line in row_lines(columns, row, widths))

    def side_by_side(
        self, columns: Sequence[Column], rows: Rows, widths: Sequence[int], *, header: bool
    ) -> None:
        """Print rows with a line under their header and no other lines."""
        head = header_lines(columns, widths) if header else ()
        lines = chain(head, *(row_lines(columns, row, widths) for row in rows))
        self.lines([(" ", ""), *line] for line in lines)

    def _columns(self, columns: Sequence[Column], rows: Rows) -> None:
        for place, column in list(enumerate(columns))[1:]:
            self.line(column.title, 1, "bold")
            for row in rows:
                self.line([*joined(row[0], " "), (": ", ""), *joined(row[place], " ")], 3)

    def _records(self, columns: Sequence[Column], rows: Rows, prose: Sequence[int]) -> None:
        lines: list[Runs] = []
        for number, row in enumerate(rows):
            if number and prose:
                lines.append([])
            indent = " "
            for text in record_lines(columns, row, prose):
                for line in wrap(text, self.width - 4):
                    lines.append([(indent, ""), *stripped(line)])
                    indent = "   "
        if prose:
            lines.append([])
        self.lines(lines)

    def sources(
        self, sources: Sequence[Source], *, shown: int | None, command: str, titles: bool = False
    ) -> None:
        """Print the cited sources under their numbers.

        Args:
            sources: All sources of the view.
            shown: How many to print, in a short form; None prints all, with their locators.
            command: What shows the others.
            titles: In a short form, print titles and addresses too.
        """
        cited = self.marks.cited()
        if not cited:
            return
        self.blank()
        for place, (number, source, locators) in enumerate(cited[:shown]):
            label = "" if place else "Sources"
            if shown is None or titles:
                self._source(label, number, source, locators if shown is None else ())
            else:
                self._short_source(label, number, source)
        left = len(sources) - min(len(cited), shown or len(cited))
        if left > 0 and command:
            self.labelled("", [(f"{left:,} more, with locators", "dim")], command)

    def every_source(self, sources: Sequence[Source], cited: Iterable[Citation]) -> None:
        """Print all sources of a card by their numbers, with ids and locators.

        Args:
            sources: The sources.
            cited: All that the card cites, for the locators.
        """
        for citation in cited:
            self.marks.number(citation)
        for source in sources:
            number, locators = self.marks.number(Citation(id=source.id)), self.marks.locators
            where = "; ".join(locators[source.id])
            read = "" if source.read else "not read"
            parts = (source.id, source_text(source, address=False), where, read)
            text = printable(" · ".join(part for part in parts if part))
            mark, indent = f" [{number}]{HARD_BLANK}", " " * (len(str(number)) + 4)
            first, *others = wrap([(text, "")], self.width - len(indent))
            self.lines([[(mark, "dim"), *first], *([(indent, ""), *line] for line in others)])
            if url := printable(source.url or "").replace(" ", "%20"):
                self.lines([[(indent, ""), (url, self._link(url))]])

    def _link(self, url: str) -> str:
        return f"link {url}" if self.style.links and is_link(url) else ""

    def _short_source(self, label: str, number: int, source: Source) -> None:
        """Print publisher and date of a source, which lead to it where a terminal takes links."""
        url = printable(source.url or "").replace(" ", "%20")
        what = f"{printable(source.publisher)}, {source.published or 'undated'}"
        self.labelled(label, [(f"[{number}]{HARD_BLANK}", "dim"), (what, self._link(url))])

    def _source(self, label: str, number: int, source: Source, locators: Sequence[str]) -> None:
        url = printable(source.url or "").replace(" ", "%20")
        what = printable(source_text(source, address=False))
        where = printable("; ".join(locators))
        room = self.width - LABEL_WIDTH - 3
        head = f"{what} · {where}" if where else what
        text = [(f"[{number}]{HARD_BLANK}", "dim"), (head, "")]
        address = [(url, self._link(url))]
        if url and len(head) + len(url) + 7 <= room:
            self.labelled(label, [*text, (" · ", ""), *address])
            return
        self.labelled(label, text)
        if url:
            # An address must stay one word: the terminal breaks it where it must, we do not.
            wanted = 6 if self.width < NARROW else LABEL_WIDTH + 6
            indent = max(0, min(wanted, self.console.width - width_of(url)))
            self.lines([[(" " * indent, ""), *address]])


def _fits(cell: Sequence[Runs], width: int) -> bool:
    """Return True if every word of a cell is at most so wide."""
    return all(width_of(word) <= width for line in cell for word in plain(line).split())
