"""The shapes of what is shown: cards, sections, tables, facts and pieces of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct

from ice_facts.model import Citation, Source

if TYPE_CHECKING:
    from ice_facts.show.deck import Deck
    from ice_facts.show.paper import Paper
    from ice_facts.show.pictures import Chart, TileMap


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
    if len(cell) == 1:  # most are
        return [cell]
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


def text_of(cell: Iterable[Piece]) -> str:
    """Return a cell as plain text, its pieces divided by "; "."""
    return "; ".join(piece.text for piece in cell if piece.text)


def plain(text: object) -> Cell:
    """Return a cell with one plain piece; None makes an empty one."""
    return () if text is None or text == "" else (Piece(str(text)),)


class Column(Struct, frozen=True):
    """A column of a table.

    A ``data`` column is for data formats only, a ``drawn`` one for reading only: it says in fewer
    words what data columns say. On a terminal that is too narrow for all columns of a list, those
    with a ``spare`` are left out, the highest first.
    """

    key: str
    title: str
    data: bool = False
    right: bool = False
    drawn: bool = False
    spare: int = 0


Rows = tuple[tuple[Cell, ...], ...]


class Table(Struct, frozen=True, dict=True):
    """Rows of cells under columns.

    Rows that nobody may read, as those of a card that is written as data, are given as a function
    that makes them; it is called once.
    """

    columns: tuple[Column, ...]
    given: Rows | Callable[[], Rows]

    @cached_property
    def rows(self) -> Rows:
        """The rows from the top, each with a cell for every column."""
        return self.given() if callable(self.given) else self.given


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
        lambda: tuple(tuple(_cell(get(row)) for _, get in columns) for row in rows),
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


class Side(Struct, frozen=True):
    """One of several groups of entries that stand beside one another where there is room.

    Sides on one subject have the same ``heading``, and ``about`` says what they are sides of.
    ``ids`` are those of the records that the entries are of.
    """

    title: str
    entries: tuple[tuple[Line, ...], ...]
    heading: str = ""
    about: str = ""
    ids: tuple[str, ...] = ()


class Section(Struct, frozen=True):
    """A named part of a card.

    The short form shows ``lines`` (or the table, if ``tabular``) and the command that opens the
    rest; the full form shows the table and every fact. ``short`` is a smaller table for the short
    form.
    """

    name: str
    title: str
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    tabular: bool = False
    more: str = ""
    short: Table | None = None


class Card(Struct, frozen=True):
    """The view of one record.

    It begins with its ``opening``: what people came for, in a sentence or a few; then comes the
    ``lead``. ``dated`` says of when it is, for the brief form. ``fine`` is the fine print, for the
    full form. ``command`` shows the card. ``above`` are the ids of the places whose rules reach it.
    """

    subject: str
    title: str
    aside: str = ""
    lead: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()
    sources_command: str = ""
    opening: tuple[Line, ...] = ()
    dated: Line = Line(())
    fine: tuple[Line, ...] = ()
    command: str = ""
    above: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines under the title of the short form."""
        return tuple(line for line in (*self.opening, *self.lead) if line.pieces)


class ListView(Struct, frozen=True):
    """The view of several records as rows.

    For reading: ``headings`` has for every row the heading of the group that it opens or goes on
    with; ``compared`` tells that the columns after the first are what is compared, so that each
    keeps its title where they do not fit side by side; ``sides`` stands in place of the table.
    ``sources_command`` shows all sources where the short form shows only the first. ``lead`` says
    under the title how the answer is to be read. ``picture``
    is drawn in place of the table on terminals, and in files of pictures. ``paper`` stands in
    place of the table wherever people read: a sheet to write on, or cards; ``deck`` in pages and
    pictures: slides. ``short`` is a view of fewer rows that stands in its place wherever people
    read, unless everything was asked for. ``entries`` tells that rows are to be read one by one,
    not to be scanned: a terminal shows each as text.
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
    entries: bool = False
    lead: tuple[str, ...] = ()
    paper: Paper | None = None
    deck: Deck | None = None
    short: ListView | None = None

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


def all_facts(card: Card) -> Iterable[Fact]:
    """Yield the facts of a card and of all its sections, in order."""
    yield from card.facts
    for section in card.sections:
        yield from section.facts
