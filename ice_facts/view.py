"""The neutral view between answers and renderers: cards and listings, made of pieces of text.

A view says what is shown, in what order and with which sources; it knows no format. Renderers
give it a form: numbers for the sources, symbols for the tones, columns for the tables.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Protocol, TypeVar

from msgspec import Struct

from ice_facts.model import Citation, Source


class Piece(Struct, frozen=True):
    """A run of text with the sources it rests on.

    ``tone`` is a stance or status of the vocabulary (it selects symbol and style), or one of
    ``strong``, ``muted`` and ``command``. An unconfirmed piece is marked as such.
    """

    text: str
    tone: str = ""
    sources: tuple[Citation, ...] = ()
    confirmed: bool = True


Cell = tuple[Piece, ...]

GLUED = ("glue", "match")
"""Tones of pieces that go on with the text before them: plain text, and words that a search met."""


def runs_of(cell: Cell) -> list[Cell]:
    """Divide a cell into its lines: pieces that are glued together stand on one."""
    runs: list[list[Piece]] = []
    for piece in cell:
        if runs and piece.tone in GLUED:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [tuple(run) for run in runs]


def join(cells: Iterable[Cell], divider: str = " · ") -> Cell:
    """Join cells into one, divided by a text."""
    joined: list[Piece] = []
    for cell in cells:
        if joined and cell:
            joined.append(glue(divider))
        joined.extend(cell)
    return tuple(joined)


def glue(text: str) -> Piece:
    """Return a piece that is text between others, without sources."""
    return Piece(text, "glue")


class Column(Struct, frozen=True):
    """A column of a table.

    A ``data`` column is for data formats only, a ``drawn`` one for reading only: it says in fewer
    words what data columns say.
    """

    key: str
    title: str
    data: bool = False
    right: bool = False
    drawn: bool = False


class Table(Struct, frozen=True):
    """Rows of cells under columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


Row = TypeVar("Row")
Content = Cell | Piece | str | float | None
"""What fills a cell: the cell itself, its only piece, or what ``plain`` makes a cell of."""


def table_of(rows: Iterable[Row], *columns: tuple[Column, Callable[[Row], Content]]) -> Table:
    """Return a table with a row for each record.

    Args:
        rows: The records.
        columns: Each column, from the left, with the function that gets its cell from a record.
    """
    return Table(
        tuple(column for column, _ in columns),
        tuple(tuple(_cell(get(row)) for _, get in columns) for row in rows),
    )


def _cell(content: Content) -> Cell:
    # Texts are tried first: long lists are made of them.
    if content is None or isinstance(content, str):
        return plain(content)
    if isinstance(content, tuple):
        return content
    return (content,) if isinstance(content, Piece) else plain(content)


class Cited(Protocol):
    """A record with sources."""

    @property
    def sources(self) -> tuple[Citation, ...]: ...


def _sources(record: Cited) -> Piece:
    return Piece("", sources=record.sources)


SOURCES = (Column("sources", "Sources", data=True), _sources)
"""The column of a record's sources, for data formats: drawn tables mark them in other cells."""


class Fact(Struct, frozen=True):
    """One fact of a card; data formats print it as one line."""

    section: str
    key: str
    value: str
    text: str = ""
    start: str | None = None
    until: str | None = None
    sources: tuple[Citation, ...] = ()
    confirmed: bool = True
    label: str = ""
    tone: str = ""
    note: str = ""


class Line(Struct, frozen=True):
    """A line of the short form of a section: a label and pieces that follow one another."""

    pieces: Cell
    label: str = ""


class Section(Struct, frozen=True):
    """A named part of a card.

    The short form shows ``lines`` (or the table, if ``tabular``) and the command that opens the
    rest; the full form shows the table and every fact.
    """

    name: str
    title: str
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    tabular: bool = False
    more: str = ""


class Card(Struct, frozen=True):
    """The view of one record."""

    subject: str
    title: str
    aside: str = ""
    lead: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()
    sources_command: str = ""


class Side(Struct, frozen=True):
    """One of several groups of entries that stand beside one another where there is room."""

    title: str
    entries: tuple[tuple[Line, ...], ...]


class Mark(Struct, frozen=True):
    """One value of a chart; ``at`` is a period or the name of a bar.

    ``partial`` tells that the period had not ended when the data did, ``note`` of which day the
    value is, if that is not its period. ``other`` tells that the value has another basis than the
    rest of its line.
    """

    at: str
    value: float
    partial: bool = False
    note: str = ""
    other: bool = False


class Curve(Struct, frozen=True):
    """A line of a chart, or a group of bars."""

    name: str
    marks: tuple[Mark, ...]


class Chart(Struct, frozen=True):
    """A picture of numbers: lines over time, or bars.

    ``unit`` says what the values count, ``subtitle`` the same with the date of the data.
    ``caption`` has notes and, last, the sources, each a paragraph; ``words`` tell what is seen to
    those who do not see it. ``other`` says what the other basis of some values is.
    """

    title: str
    unit: str
    curves: tuple[Curve, ...]
    bars: bool
    caption: tuple[str, ...]
    words: str
    subtitle: str = ""
    other: str = ""


Hue = Literal["blue", "orange", "both", "none"]
"""The side of a scale that tiles are on: either, both in one, or none because it is unknown."""


class Shade(Struct, frozen=True):
    """A group of tiles: its words, its symbol with an ASCII form, its darkness from 0 to 1.

    Groups at one end of a scale are blue, those at the other end orange; what is unknown is
    neither.
    """

    words: str
    symbol: str
    ascii: str
    depth: float
    hue: Hue = "blue"


class Tile(Struct, frozen=True):
    """A state on a tile map: its code, a short text, and the number of its shade.

    ``words`` stand in place of the text where there is room, in pictures.
    """

    code: str
    text: str
    shade: int
    words: str = ""


class TileMap(Struct, frozen=True):
    """A map on which every state is a tile of one size; its words are those of a chart."""

    title: str
    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]
    caption: tuple[str, ...]
    words: str
    subtitle: str = ""


class Listing(Struct, frozen=True):
    """The view of several records as rows.

    For reading: ``headings`` has for every row the heading of the group that it opens or goes on
    with; ``compared`` tells that the columns after the first are what is compared, so that each
    keeps its title where they do not fit side by side; ``sides`` stands in place of the table.
    ``sources_command`` shows all sources where the short form shows only the first. ``picture``
    is drawn in place of the table on terminals, and in files of pictures.
    """

    title: str
    table: Table
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    headings: tuple[str, ...] = ()
    compared: bool = False
    sides: tuple[Side, ...] = ()
    sources_command: str = ""
    picture: Chart | TileMap | None = None

    @property
    def keys(self) -> list[str]:
        """The fields of its rows in the data formats."""
        return [column.key for column in self.table.columns if not column.drawn]


CARD_COLUMNS = (
    "subject",
    "section",
    "key",
    "value",
    "text",
    "from",
    "until",
    "sources",
)
"""Columns of a card in the data formats."""


def text_of(cell: Iterable[Piece]) -> str:
    """Return a cell as plain text, its pieces divided by "; "."""
    return "; ".join(piece.text for piece in cell if piece.text)


def printable(text: str) -> str:
    """Return a text with blanks for control characters and bidirectional overrides.

    Texts of the store are clean already; those that come from the command line may not be.
    """
    if text.isprintable():
        return text
    import unicodedata

    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else " " for c in text)


def plain(text: object) -> Cell:
    """Return a cell with one plain piece; None makes an empty one."""
    return () if text is None or text == "" else (Piece(str(text)),)


def citation_text(citations: Sequence[Citation]) -> str:
    """Return citations as ``id (locator)``, divided by "; "."""
    return "; ".join(f"{c.id} ({c.locator})" if c.locator else c.id for c in citations)


def all_facts(card: Card) -> Iterable[Fact]:
    """Yield the facts of a card and of all its sections, in order."""
    yield from card.facts
    for section in card.sections:
        yield from section.facts


def source_text(source: Source, *, address: bool = True) -> str:
    """Return a source as one line: publisher, title, date, and its address if wanted."""
    parts = [f"{source.publisher}, “{source.title}”", source.published or "undated"]
    if not source.read:
        parts.append("not read")
    if source.url and address:
        parts.append(source.url)
    return " · ".join(parts)


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def amount_text(
    value: str | float,
    unit: str | None,
    *,
    qualifier: str | None = None,
    high: float | None = None,
    base: float | None = None,
) -> str:
    """Return a number with all that says how it is meant.

    Args:
        value: The number, or a word for it.
        unit: What is counted.
        qualifier: How sure it is: "more than", "about".
        high: The upper end, if it is a range.
        base: The whole, if it is a part.

    >>> amount_text(1500, "arrests", qualifier="more than"), amount_text(3, "bills", base=1200)
    ('more than 1,500 arrests', '3 of 1,200 bills')
    >>> amount_text(65, "percent", base=142)
    '65 percent of 142'
    """
    number = value if isinstance(value, str) else f"{value:,}"
    if high is not None:
        number += f" to {high:,}"
    whole = f"of {base:,}" if base is not None else ""
    words = (number, unit, whole) if unit == "percent" else (number, whole, unit)
    return " ".join(part for part in (qualifier, *words) if part)


def span_text(start: str | None, until: str | None) -> str:
    """Return a span of time in words: "since 2012-09", "2012 to 2015", "until 2015"."""
    if start and until:
        return f"{start} to {until}"
    if start:
        return f"since {start}"
    return f"until {until}" if until else ""
