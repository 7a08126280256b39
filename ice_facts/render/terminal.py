"""Tables and cards for the terminal, drawn with Rich."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from ice_facts.errors import UsageError
from ice_facts.model import Citation, Source
from ice_facts.render import Style, View, check_fields
from ice_facts.view import (
    Card,
    Cell,
    Column,
    Fact,
    Line,
    Listing,
    Piece,
    Section,
    Table,
    source_text,
    span_text,
)
from ice_facts.vocabulary import SYMBOLS

# One theme: colour only supports the word and the symbol that always stand there as well. The
# named colours follow the terminal's own palette, so they work on light and dark grounds.
STYLES = {
    "prohibits": "red",
    "limits": "yellow",
    "permits": "cyan",
    "requires": "blue",
    "silent": "dim",
    "unknown": "dim",
    "supports": "blue",
    "opposes": "magenta",
    "mixed": "yellow",
    "neutral": "dim",
    "supported": "green",
    "contradicted": "red",
    "outdated": "magenta",
    "unverified": "yellow",
    "not-checkable": "dim",
    "strong": "bold",
    "muted": "dim",
    "command": "cyan",
    "title": "bold",
}
LABEL_WIDTH = 12
WIDEST = 140
SOURCES_SHOWN = 6

_ASCII = str.maketrans(
    "─━│┃·–—‘’“”…§×✗✓○▲▼◆≠→•½",
    "--||---''\"\".Sxx+o^v#!>*?",
)


class Marks:
    """Numbers for sources, in the order in which they are cited."""

    def __init__(self) -> None:
        self.locators: dict[str, list[str]] = {}

    def mark(self, citations: Iterable[Citation]) -> str:
        """Return the marks of some citations, such as ``[1][4]``."""
        marks = []
        for citation in citations:
            locators = self.locators.setdefault(citation.id, [])
            if citation.locator and citation.locator not in locators:
                locators.append(citation.locator)
            marks.append(f"[{list(self.locators).index(citation.id) + 1}]")
        return "".join(dict.fromkeys(marks))


def render_terminal(views: Sequence[View], style: Style) -> str:
    """Return views as text for a terminal of the style's width, whole words only."""
    console = _console(style)
    _print(console, views, style)
    out = console.file
    assert isinstance(out, io.StringIO)
    text = "\n".join(line.rstrip() for line in out.getvalue().split("\n"))
    return to_ascii(text) if style.ascii else text


def render_svg(views: Sequence[View], style: Style) -> str:
    """Return views as an SVG picture of a terminal, for slides."""
    console = _console(style, record=True)
    _print(console, views, style)
    title = views[0].title if views else "ice-facts"
    return console.export_svg(title=title)


def to_ascii(text: str) -> str:
    """Return a text in ASCII, character by character, so that columns stay where they are."""
    text = text.translate(_ASCII)
    if text.isascii():
        return text
    plain = (unicodedata.normalize("NFKD", c)[0] for c in text)
    return "".join(c if c.isascii() else "?" for c in plain)


def _console(style: Style, *, record: bool = False) -> Console:
    return Console(
        file=io.StringIO(),
        width=max(20, style.width),
        color_system="standard" if style.color or record else None,
        force_terminal=style.color or record,
        record=record,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        no_color=False,
    )


def _print(console: Console, views: Sequence[View], style: Style) -> None:
    for number, view in enumerate(views):
        if number:
            console.print()
        if isinstance(view, Card):
            _CardPrinter(console, view, style).print()
        else:
            _print_listing(console, view, style)


class _Printer:
    """Draws pieces, lines and tables on a console."""

    def __init__(self, console: Console, style: Style) -> None:
        self.console = console
        self.style = style
        self.width = min(console.width, WIDEST)
        self.marks = Marks()

    def text(self, cell: Cell) -> Text:
        """Return a cell as one run of styled text with symbols and source marks."""
        text = Text()
        for piece in cell:
            if text.plain and piece.tone != "glue" and not text.plain[-1].isspace():
                text.append(" ")
            self._append(text, piece)
        return text

    def stack(self, cell: Cell) -> Text:
        """Return a cell with every piece on a line of its own."""
        return Text("\n").join(self.text((piece,)) for piece in cell)

    def _append(self, text: Text, piece: Piece) -> None:
        style = STYLES.get(piece.tone, "")
        symbol = SYMBOLS.get(piece.tone)
        if symbol:
            text.append(f"{symbol[self.style.ascii]} ", style)
        text.append(piece.text, style)
        if not piece.confirmed:
            text.append("*", "dim")
        if piece.sources:
            space = " " if text.plain and not text.plain[-1].isspace() else ""
            text.append(space + self.marks.mark(piece.sources), "dim")

    def line(self, text: RenderableType, indent: int = 0) -> None:
        """Print a text wrapped at words."""
        self.console.print(Padding(text, (0, 0, 0, indent)), width=self.width, no_wrap=False)

    def labelled(self, label: str, text: Text) -> None:
        """Print a text beside a label, wrapped under itself."""
        if self.width < 50:
            if label:
                self.line(Text(label, "bold"))
            self.line(text, 2)
            return
        grid = RichTable.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=LABEL_WIDTH)
        grid.add_column(width=self.width - LABEL_WIDTH - 3)
        grid.add_row(Text(label, "bold"), text)
        self.line(grid, 1)

    def command(self, command: str) -> None:
        """Print a command that opens more, at the right edge."""
        if command:
            text = Text(command, "cyan")
            self.line(Padding(text, (0, 0, 0, max(1, self.width - len(command)))))

    def table(self, table: Table, *, by_column: bool = False) -> None:
        """Print a table; where its words do not fit side by side, as blocks."""
        columns = [c for c in table.columns if not c.data]
        places = [n for n, c in enumerate(table.columns) if not c.data]
        rows = [[self.stack(row[n]) for n in places] for row in table.rows]
        widths = fit_columns([c.title for c in columns], rows, self.width - 2)
        if widths is None:
            self._blocks(columns, rows, by_column=by_column)
            return
        drawn = RichTable(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
            header_style="bold",
            show_header=self.style.header,
        )
        for column, width in zip(columns, widths, strict=True):
            drawn.add_column(
                Text(column.title),
                width=width,
                justify="right" if column.right else "left",
            )
        for row in rows:
            drawn.add_row(*row)
        self.line(drawn, 1)

    def _blocks(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Text]],
        *,
        by_column: bool,
    ) -> None:
        if by_column:
            for place, column in list(enumerate(columns))[1:]:
                self.line(Text(column.title, "bold"), 1)
                for row in rows:
                    cell = Text(" ").join(row[place].split("\n"))
                    self.line(Text.assemble(row[0], ": ", cell), 3)
            return
        for row in rows:
            self.line(row[0], 1)
            for column, cell in list(zip(columns, row, strict=True))[1:]:
                if cell.plain:
                    self.line(Text.assemble((f"{column.title}: ", "dim"), cell), 3)

    def sources(self, sources: Sequence[Source], *, shown: int | None, command: str) -> None:
        """Print the cited sources under their numbers."""
        by_id = {s.id: s for s in sources}
        cited = [id for id in self.marks.locators if id in by_id]
        if not cited:
            return
        self.console.print()
        for number, id in enumerate(cited[:shown], 1):
            locators = "; ".join(self.marks.locators[id][:2])
            text = Text(f"[{number}] ", "dim")
            text.append(
                source_text(by_id[id]) if not locators else _with_locator(by_id[id], locators)
            )
            self._source(text, "Sources" if number == 1 else "")
        left = len(by_id) - min(len(cited), shown or len(cited))
        if left > 0 and command:
            self.labelled("", Text(f"{left} more: {command}", "dim"))

    def _source(self, text: Text, label: str) -> None:
        # An address must stay one word: the terminal breaks it where it must, we do not.
        room = self.width - LABEL_WIDTH - 3
        if all(len(word) <= room for word in text.plain.split()):
            self.labelled(label, text)
            return
        head, _, url = text.plain.rpartition(" · ")
        self.labelled(label, Text(head))
        self.console.print(Text(" " * (LABEL_WIDTH + 2) + url), soft_wrap=True)


class _CardPrinter(_Printer):
    def __init__(self, console: Console, card: Card, style: Style) -> None:
        super().__init__(console, style)
        self.card = card

    def print(self) -> None:
        card, style = self.card, self.style
        if style.fields:
            raise UsageError(
                "--fields does not fit a card in this format",
                ["add --section NAME for parts of a card, or -f tsv, csv, json, jsonl or yaml"],
            )
        names = [s.name for s in card.sections]
        unknown = [name for name in style.sections if name not in names]
        if unknown:
            raise UsageError(
                f"{card.subject} has no section {', '.join(map(repr, unknown))}",
                [f"sections: {', '.join(names)}"],
            )
        self._title()
        if not style.sections:
            for line in card.lead:
                self._lead(line)
        chosen = [s for s in card.sections if s.name in style.sections]
        if chosen or style.full:
            for section in chosen or card.sections:
                self._full(section)
            if "sources" not in style.sections and not style.full:
                self.sources(card.sources, shown=None, command="")
            return
        for section in card.sections:
            if section.tabular and section.table:
                self.console.print()
                self.table(section.table, by_column=section.name == "rules")
                self.command(section.more)
        labelled = [s for s in card.sections if s.lines and not (s.tabular and s.table)]
        if labelled:
            self.console.print()
        for section in labelled:
            self._short(section)
        self.sources(card.sources, shown=SOURCES_SHOWN, command=card.sources_command)

    def _title(self) -> None:
        title, aside = Text(self.card.title, "bold"), self.card.aside
        gap = self.width - title.cell_len - len(aside)
        if aside and gap >= 3:
            title.append(" " * gap + aside, "not bold dim")
            self.line(title)
        else:
            self.line(title)
            if aside:
                self.line(Text(aside, "dim"))

    def _lead(self, line: Line) -> None:
        text = self.text(line.pieces)
        if line.label:
            self.labelled(line.label, text)
        else:
            self.line(text)

    def _short(self, section: Section) -> None:
        for number, line in enumerate(section.lines, 1):
            text = self.text(line.pieces)
            last = number == len(section.lines)
            room = self.width - LABEL_WIDTH - 3 - text.cell_len - len(section.more)
            if last and section.more and room >= 3:
                text.append(" " * room + section.more, "cyan")
                self.labelled(line.label, text)
            else:
                self.labelled(line.label, text)
                if last:
                    self.command(section.more)

    def _full(self, section: Section) -> None:
        self.console.print()
        self.line(Text(section.title, "bold underline"))
        if section.table:
            self.table(section.table, by_column=section.name == "rules")
            self.console.print()
        for fact in section.facts:
            self._fact(fact)
        if not section.facts and not section.table:
            for line in section.lines or (Line((Piece("none", "muted"),)),):
                self.line(self.text(line.pieces), 1)

    def _fact(self, fact: Fact) -> None:
        head = Text()
        symbol = SYMBOLS.get(fact.tone)
        if symbol:
            head.append(f"{symbol[self.style.ascii]} ", STYLES.get(fact.tone, ""))
        head.append(fact.label or fact.key, "bold")
        if fact.value:
            head.append(": ")
            head.append(fact.value, STYLES.get(fact.tone, ""))
        if not fact.confirmed:
            head.append(" * unconfirmed", "dim")
        span = span_text(fact.start, fact.until)
        if span and fact.label != fact.start:
            head.append(f" · {span}", "dim")
        self.line(head, 1)
        if fact.text:
            self.line(Text(fact.text), 3)
        if fact.note:
            self.line(Text(f"Note: {fact.note}", "dim"), 3)
        if fact.sources:
            cited = Text("", "dim")
            for citation in fact.sources:
                mark = self.marks.mark((citation,))
                cited.append(f"{mark} {citation.locator}  ".replace("  ", " ").rstrip() + "  ")
            self.line(cited, 3)


def _with_locator(source: Source, locators: str) -> str:
    text = source_text(source)
    if source.url and text.endswith(source.url):
        return f"{text[: -len(source.url)]}{locators} · {source.url}"
    return f"{text} · {locators}"


def _print_listing(console: Console, listing: Listing, style: Style) -> None:
    printer = _Printer(console, style)
    table = listing.table
    if style.fields:
        keys = [c.key for c in table.columns]
        check_fields(style.fields, keys)
        places = [keys.index(name) for name in style.fields]
        columns = [table.columns[n] for n in places]
        table = Table(
            tuple(Column(c.key, c.title, right=c.right) for c in columns),
            tuple(tuple(row[n] for n in places) for row in table.rows),
        )
    if style.header:
        printer.line(Text(listing.title, "bold"))
    printer.table(table)
    for note in listing.notes:
        printer.line(Text(note, "dim"), 1)
    if listing.sources:
        printer.sources(listing.sources, shown=None, command="")


def fit_columns(
    titles: Sequence[str], rows: Sequence[Sequence[Text]], width: int
) -> list[int] | None:
    """Return widths of columns that break no word, or None where the words do not fit.

    Every column gets at least its longest word; what is left goes to the columns that need more,
    in proportion to their need.

    Args:
        titles: Titles of the columns.
        rows: Cells by row; a cell can hold several lines.
        width: Room for all columns and the gaps between them, in columns of the terminal.
    """
    if not titles:
        return []
    room = width - len(titles)
    least, most = [], []
    for place, title in enumerate(titles):
        cells = [Text(title), *(row[place] for row in rows)]
        least.append(
            max(
                (Text(word).cell_len for c in cells for word in c.plain.split()),
                default=1,
            )
        )
        most.append(max(max(line.cell_len for line in c.split("\n")) for c in cells))
    most = [max(a, b, 1) for a, b in zip(least, most, strict=True)]
    if sum(least) > room:
        return None
    if sum(most) <= room:
        return most
    widths = list(least)
    spare = room - sum(least)
    need = [m - w for m, w in zip(most, least, strict=True)]
    # Narrow columns first get all they need, so that only the wide ones wrap.
    for place in sorted(range(len(titles)), key=lambda n: need[n]):
        waiting = [n for n in range(len(titles)) if widths[n] < most[n]]
        if place not in waiting:
            continue
        share = spare // len(waiting)
        given = min(need[place], share)
        widths[place] += given
        spare -= given
    return widths
