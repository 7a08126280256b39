"""Drawing pieces, lines, tables and sources on a Rich console."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style as RichStyle
from rich.text import Text

from ice_facts.model import Citation, Source
from ice_facts.render import Style
from ice_facts.render.parts import MARKS_SHOWN, Marks, for_reading, marks_text
from ice_facts.render.tables import fit_columns, is_prose, record, side_by_side
from ice_facts.render.theme import styles, symbol
from ice_facts.show.shapes import GLUED, Cell, Piece, Table, runs_of
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
    """

    def __init__(
        self,
        console: Console,
        style: Style,
        sources: Sequence[Source] = (),
        *,
        brief: bool = False,
    ) -> None:
        self.console = console
        self.style = style
        self.styles = styles(style.palette)
        self.width = min(console.width, WIDEST)
        self.marks = Marks(sources, MARKS_SHOWN if brief else 0)

    def text(self, cell: Cell) -> Text:
        """Return a cell as one run of styled text with symbols and source marks."""
        text = Text()
        for piece in cell:
            if text.plain and piece.tone not in GLUED and not text.plain[-1].isspace():
                text.append(" " if piece.text else HARD_BLANK)
            self._append(text, piece)
        return text

    def stack(self, cell: Cell) -> Text:
        """Return a cell with every piece on a line of its own, but for glued ones."""
        return Text("\n").join(self.text(run) for run in runs_of(cell))

    def tone(self, tone: str, text: str) -> Text:
        """Return a text with the symbol and the style of a tone."""
        sign = symbol(tone, ascii=self.style.ascii)
        words = printable(text).replace("\xa0", HARD_BLANK)
        return Text((sign + HARD_BLANK if sign else "") + words, self.styles.get(tone, ""))

    def _append(self, text: Text, piece: Piece) -> None:
        text.append_text(self.tone(piece.tone, piece.text))
        if not piece.confirmed:
            text.append("*", "dim")
        if piece.sources:
            glued = not text.plain or text.plain[-1] in f" {HARD_BLANK}"
            marks = self.mark(piece.sources)
            text.append(("" if glued or not marks else HARD_BLANK) + marks, "dim")

    def mark(self, citations: Sequence[Citation]) -> str:
        """Return the marks of citations as text."""
        return marks_text(*self.marks.runs(citations))

    def line(self, text: RenderableType, indent: int = 0) -> None:
        """Print a text wrapped at words."""
        self.console.print(Padding(text, (0, 0, 0, indent)), width=self.width, no_wrap=False)

    def blank(self) -> None:
        """Print an empty line."""
        self.console.print()

    def labelled(self, label: str, text: Text, command: str = "") -> None:
        """Print a text beside a label, wrapped under itself, and a command at the right edge.

        The command stands on the last line of the text, if there is room, or on its own.
        """
        if self.width < NARROW:
            if label:
                self.line(Text(printable(label), "bold"))
            self.line(text, 2)
            self.command(command)
            return
        head = f" {printable(label):<{LABEL_WIDTH}} "
        room = self.width - len(head) - 1
        wrapped = list(text.wrap(self.console, room)) or [Text()]
        for line in wrapped:
            line.rstrip()
        gap = room + 1 - wrapped[-1].cell_len - len(command)
        fits = command and gap >= 3
        if fits:
            wrapped[-1].append(" " * gap)
            wrapped[-1].append(command, self.styles["command"])
        for number, line in enumerate(wrapped):
            start = (head, "bold") if number == 0 else " " * len(head)
            self.console.print(Text.assemble(start, line), soft_wrap=True)
        if not fits:
            self.command(command)

    def command(self, command: str) -> None:
        """Print a command that opens more, at the right edge."""
        if command:
            text = Text(command, self.styles["command"])
            self.line(text, max(1, self.width - len(command)))

    def table(self, table: Table, *, by_column: bool = False, widest: int = WIDEST) -> None:
        """Print a table; where its words do not fit side by side, row by row.

        Args:
            table: What to print.
            by_column: In narrow places, print it column by column instead.
            widest: No table is wider than this.
        """
        table = for_reading(table)
        rows = [[self.stack(cell) for cell in row] for row in table.rows]
        titles = [column.title for column in table.columns]
        room = min(self.console.width, widest) - 1
        widths = fit_columns(titles, rows, room)
        if widths is not None:
            drawn = side_by_side(table.columns, rows, widths, header=self.style.header)
            self.console.print(Padding(drawn, (0, 0, 0, 1)), width=room + 1)
        elif by_column:
            self._columns(titles, rows)
        else:
            self._records(table, rows)

    def _columns(self, titles: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
        for place, title in list(enumerate(titles))[1:]:
            self.line(Text(title, "bold"), 1)
            for row in rows:
                cell = Text(" ").join(row[place].split("\n"))
                self.line(Text.assemble(row[0], ": ", cell), 3)

    def _records(self, table: Table, rows: Sequence[Sequence[Text]]) -> None:
        prose = [place for place in range(len(table.columns)) if is_prose(place, rows)]
        for number, row in enumerate(rows):
            if number and prose:
                self.blank()
            lines: list[Text] = []
            for text in record(table.columns, row, prose):
                for line in text.wrap(self.console, self.width - 4):
                    line.rstrip()
                    lines.append(Text.assemble("   " if lines else " ", line))
            # One call for a whole record: there may be thousands.
            self.console.print(Text("\n").join(lines), soft_wrap=True)
        if prose:
            self.blank()

    def sources(self, sources: Sequence[Source], *, shown: int | None, command: str) -> None:
        """Print the cited sources under their numbers.

        Args:
            sources: All sources of the view.
            shown: How many to print, in a short form; None prints all, with their locators.
            command: What shows the others.
        """
        cited = self.marks.cited(sources)
        if not cited:
            return
        self.blank()
        for number, (source, locators) in enumerate(cited[:shown], 1):
            label = "Sources" if number == 1 else ""
            self._source(label, number, source, locators, brief=shown is not None)
        left = len(sources) - min(len(cited), shown or len(cited))
        if left > 0 and command:
            self.labelled("", Text.assemble((f"{left:,} more, with locators", "dim")), command)

    def _source(
        self, label: str, number: int, source: Source, locators: Sequence[str], *, brief: bool
    ) -> None:
        url = printable(source.url or "").replace(" ", "%20")
        what = printable(source_text(source, address=False))
        where = printable("; ".join(locators))
        mark = Text(f"[{number}]{HARD_BLANK}", "dim")
        room = self.width - LABEL_WIDTH - 3
        head = f"{what} · {where}" if where and not brief else what
        address = Text(url, RichStyle(link=url) if self.style.links and _is_link(url) else "")
        if not url:
            self.labelled(label, Text.assemble(mark, head))
        elif len(head) + len(url) + 7 <= room:
            self.labelled(label, Text.assemble(mark, head, " · ", address))
        else:
            self.labelled(label, Text.assemble(mark, head))
            # An address must stay one word: the terminal breaks it where it must, we do not. A
            # picture has no terminal: there it is broken, not cut.
            wanted = 6 if self.width < NARROW else LABEL_WIDTH + 6
            indent = max(0, min(wanted, self.console.width - address.cell_len))
            self.console.print(Text(" " * indent) + address, soft_wrap=not self.console.record)


def _is_link(url: str) -> bool:
    return url.startswith(("https://", "http://"))
