"""Statistics: numbers with a unit, a place and a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeVar

from msgspec import field

from ice_facts.ask import Reply, Session, argument, option
from ice_facts.dates import began_by, first_day, last_day
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Jurisdiction, Series, Source, Statistic
from ice_facts.model.answers import Answer, filled
from ice_facts.resolve import resolve
from ice_facts.show.build import cited, fact, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import SOURCES, Card, Column, Line, ListView, Piece, table_of
from ice_facts.show.words import amount_text, capitalized, span_text
from ice_facts.store import Store
from ice_facts.store.naming import words_of
from ice_facts.subjects import Room
from ice_facts.subjects.agreement.counts import NATION
from ice_facts.subjects.agreement.view import ROWS_WITH_SOURCES
from ice_facts.subjects.citations import citations, sources_of
from ice_facts.subjects.series import Point, period_days, points_of
from ice_facts.vocabulary import JURISDICTION_TABLES


class StatisticCard(Answer, frozen=True, kw_only=True):
    """One number with everything that says what it counts."""

    id: str
    measure: str
    value: int | float
    high: int | float | None
    qualifier: str | None
    unit: str
    jurisdiction: str
    start: str | None = field(name="from")
    until: str | None
    period: str | None
    text: str
    base: int | float | None
    base_text: str | None
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    sources: tuple[Source, ...]


class NumberRow(Answer, frozen=True, kw_only=True):
    """A number with its unit, place, period, what it counts and its limits.

    ``as_of`` is the date of the data. ``partial`` is true if the period had not ended by
    then. ``kind`` is ``statistic`` for a single number and ``series`` for a value of a series, of
    which ``values`` is the length.
    """

    id: str
    kind: str
    measure: str
    value: int | float
    high: int | float | None
    qualifier: str | None
    unit: str
    jurisdiction: str
    period: str
    start: str | None = field(name="from")
    until: str | None
    partial: bool
    as_of: str | None
    basis: str | None
    base: int | float | None
    base_text: str | None
    text: str
    note: str | None
    confirmed: str | None
    values: int
    sources: tuple[Citation, ...]


def statistic_card(store: Store, id: str, on: str) -> StatisticCard:
    """Return one number with everything that says what it counts."""
    number = store.one(Statistic, id)
    return filled(
        StatisticCard,
        number,
        cited=tuple(citations(number.sources)),
        sources=sources_of(store, number.sources),
    )


Number = TypeVar("Number", Statistic, Series)


def list_numbers(
    store: Store,
    on: str,
    *,
    measure: str | None = None,
    jurisdiction: str | None = None,
    everything: bool = False,
) -> list[NumberRow]:
    """List numbers: statistics, and of every series its values by fiscal year or its newest value.

    Numbers of one place and period stand together, whatever source gives them.

    Args:
        store: Where to look.
        on: Only numbers whose period had begun, and whose data existed, on this date.
        measure: Words of the measure, or the id of a statistic or series; None takes all measures.
        jurisdiction: Only numbers about the place with this id.
        everything: All values of every series that fits, and series that count a part.

    Raises:
        NotFoundError: No number fits; the hints name near measures.
    """
    from ice_facts.store.documents import having

    about = having(jurisdiction=jurisdiction)
    statistics = [s for s in store.where(Statistic, about) if began_by(s.start or s.until, on)]
    series = store.where(Series, about)
    if measure:
        wanted = Measure(measure)
        statistics, series = wanted.matching(statistics), wanted.matching(series)
        if not statistics and not series:
            raise NotFoundError(f"no measure matches {measure!r}", wanted.hints(store))
    elif not everything and not jurisdiction:
        series = [s for s in series if s.jurisdiction == NATION and not s.breakdown]
    rows = [_statistic_row(s) for s in statistics]
    for one in series:
        points = points_of(one, on)
        by_year = one.grain == "fiscal year" and not one.breakdown
        shown = points if everything or by_year or measure == one.id else points[-1:]
        rows += [_series_row(one, point, len(points)) for point in shown]
    if not rows:
        raise NotFoundError("no number in the store fits these filters")
    return _by_period(rows) if measure or jurisdiction else _by_measure(rows)


def _by_measure(rows: Iterable[NumberRow]) -> list[NumberRow]:
    """Sort numbers by measure, and those of one measure oldest first."""
    oldest_first = sorted(
        rows, key=lambda row: (first_day(row.start or row.until or "0001"), row.id)
    )
    return sorted(oldest_first, key=lambda row: row.measure.casefold())


def _by_period(rows: Iterable[NumberRow]) -> list[NumberRow]:
    """Sort numbers by place, the nation first, and those of a place newest first."""
    named = sorted(rows, key=lambda row: (row.measure, row.id))
    newest_first = sorted(
        named, key=lambda row: last_day(row.until or row.start or "0001"), reverse=True
    )
    return sorted(newest_first, key=lambda row: (row.jurisdiction != NATION, row.jurisdiction))


class Measure:
    """Words of a measure as a person types them; the start of a word stands for it.

    Args:
        text: The words.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = [_stem(word) for word in words_of(text).split()]

    def matching(self, numbers: Sequence[Number]) -> list[Number]:
        """Return the numbers with this id, or else those whose measure has all of the words."""
        exact = [n for n in numbers if n.id == self.text]
        return exact or [n for n in numbers if self._matches(n)]

    def _matches(self, number: Statistic | Series) -> bool:
        words = _words_of(number)
        return bool(self._words) and all(
            any(word.startswith(wanted) for word in words) for wanted in self._words
        )

    def hints(self, store: Store) -> list[str]:
        """Return hints for words that match no measure: near words, and the command that lists."""
        from difflib import get_close_matches

        numbers: list[Statistic | Series] = [*store.all(Statistic), *store.all(Series)]
        known = {word for number in numbers for word in _words_of(number) if len(word) > 4}
        near = [
            match
            for word in words_of(self.text).split()[:8]
            for match in get_close_matches(word[:60], sorted(known), n=2, cutoff=0.75)
        ]
        hints = [f"did you mean {' or '.join(dict.fromkeys(near))}?"] if near else []
        return [*hints, "ice-facts statistics lists all measures"]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _words_of(number: Statistic | Series) -> list[str]:
    texts: Iterable[str] = (number.id, number.measure, number.unit)
    if isinstance(number, Series):
        texts = (*texts, number.subject, *number.aliases, *number.breakdown.values())
    return words_of(" ".join(texts)).split()


def _statistic_row(number: Statistic) -> NumberRow:
    dates = tuple(d for d in (number.start, number.until) if d)
    return filled(
        NumberRow,
        number,
        kind="statistic",
        period=number.period or " to ".join(dict.fromkeys(dates)),
        partial=False,
        as_of=None,
        basis=None,
        values=1,
    )


def _series_row(series: Series, point: Point, values: int) -> NumberRow:
    start, until = period_days(point.period)
    return filled(
        NumberRow,
        series,
        kind="series",
        value=point.value,
        high=None,
        qualifier=None,
        period=point.period,
        start=start,
        until=until,
        partial=point.partial,
        as_of=point.as_of,
        basis=point.basis,
        base=None,
        base_text=None,
        confirmed=point.confirmed,
        values=values,
        sources=point.sources,
    )


def _period_text(number: StatisticCard) -> str:
    """Return the period of a number in words."""
    if number.period:
        return number.period
    if number.start and number.start == number.until:
        return number.start
    return span_text(number.start, number.until)


def statistic_view(card: StatisticCard, labels: Labels) -> Card:
    """Return the view of a number."""
    amount = amount_text(
        card.value, card.unit, qualifier=card.qualifier, high=card.high, base=card.base
    )
    text = f"{card.measure}. {card.text}".strip()
    return Card(
        subject=card.id,
        title=capitalized(card.measure),
        aside="statistic",
        lead=without_empty(
            Line((cited(amount, card, "strong"),), "Number"),
            text_line(labels.place(card.jurisdiction), "Place"),
            text_line(_period_text(card) or "not known", "Period"),
            text_line(card.text, "Counts"),
            text_line(card.base_text, "Out of"),
            text_line(card.note, "Limits"),
        ),
        facts=(fact("statistic", card.jurisdiction, amount, text, of=card),),
        sections=(sources_section(card.sources),),
        sources=card.sources,
        sources_command=f"ice-facts show {card.id} --section sources",
    )


def numbers_listing(rows: Sequence[NumberRow], labels: Labels) -> ListView:
    """Return the view of a list of numbers."""
    first: dict[str, NumberRow] = {}
    for row in rows:
        first.setdefault(_limits(row), row)
    table = table_of(
        rows,
        (Column("id", "Id", data=True), lambda r: r.id),
        (Column("kind", "Kind", data=True), lambda r: r.kind),
        (Column("measure", "Measure"), lambda r: r.measure),
        (Column("qualifier", "Qualifier", data=True), lambda r: r.qualifier),
        (Column("value", "Value", data=True), lambda r: r.value),
        (Column("high", "High", data=True), lambda r: r.high),
        (Column("unit", "Unit", data=True), lambda r: r.unit),
        (Column("number", "Number", drawn=True), _number),
        (Column("place", "Place", data=True), lambda r: r.jurisdiction),
        (Column("where", "Place", drawn=True), lambda r: labels.place(r.jurisdiction)),
        (Column("period", "Period"), _period),
        (Column("from", "From", data=True), lambda r: r.start),
        (Column("until", "Until", data=True), lambda r: r.until),
        (Column("to_date", "To date", data=True), lambda r: "yes" if r.partial else "no"),
        (Column("as_of", "Data of", spare=2), lambda r: r.as_of),
        (Column("basis", "Basis", data=True), lambda r: r.basis),
        (Column("counts", "Counts and limits", data=True), _limits),
        (
            # A text that several rows share stands at the first of them.
            Column("about", "Counts and limits", drawn=True, spare=1),
            lambda r: _limits(r) if first[_limits(r)] is r else None,
        ),
        SOURCES,
    )
    notes = ["A number without a date of its data is of its period; its source says when."]
    if any(r.values > 1 for r in rows):
        notes.append(
            "Of longer series the newest value: add --all for every one, or see: ice-facts chart."
        )
    shown = sources_of(labels.store, rows) if len(rows) <= ROWS_WITH_SOURCES else ()
    if not shown:
        notes.append("Sources: in -f tsv or json, or with fewer numbers.")
    return ListView(f"Numbers: {len(rows):,}", table, tuple(notes), shown)


def _limits(row: NumberRow) -> str:
    """Return what a number counts, what it is a part of, and what limits it."""
    return " ".join(text for text in (row.text, row.base_text, row.note) if text)


def _number(row: NumberRow) -> Piece:
    words = amount_text(row.value, row.unit, qualifier=row.qualifier, high=row.high, base=row.base)
    return cited(words, row, "strong")


def _period(row: NumberRow) -> str:
    if not row.partial:
        return row.period
    word = "year to date" if row.period.startswith("FY") else "part of the month"
    return f"{row.period}, {word}"


def ask_statistics(
    session: Session,
    measure: Annotated[
        list[str] | None, argument("[MEASURE...]", "Words of the measure, or an id.")
    ] = None,
    *,
    of: Annotated[
        str | None,
        option(
            "--of",
            metavar="PLACE",
            help="Only numbers about this place.",
            names=JURISDICTION_TABLES,
        ),
    ] = None,
    everything: Annotated[
        bool, option("--all", help="Every value of every series that fits.")
    ] = False,
) -> Reply:
    """List numbers."""
    rows = list_numbers(
        session.store,
        session.on,
        measure=" ".join(measure) if measure else None,
        jurisdiction=resolve(session.store, of, (Jurisdiction,)).id if of else None,
        everything=everything,
    )
    return Reply(rows, numbers_listing)


ROOM = Room(statistic_card, statistic_view)
