"""The typed answers on agreements, statistics, charts and maps."""

from msgspec import field

from ice_facts.model import Citation, Source
from ice_facts.results.parts import Answer


class AgreementCount(Answer, frozen=True, kw_only=True):
    """How many 287(g) agreements one group holds: a state, a model, a level or a month.

    A model's count is None where only the total was published.
    """

    by: str
    key: str
    name: str
    agreements: int
    task_force: int | None
    warrant_service_officer: int | None
    jail_enforcement: int | None
    as_of: str
    basis: str
    sources: tuple[Citation, ...]


class NumberRow(Answer, frozen=True, kw_only=True):
    """A number with its unit, place, period, what it counts and its limits.

    ``as_of`` is the date of the data. ``partial`` tells that the period had not ended by then.
    ``kind`` is ``statistic`` for a single number and ``series`` for a value of a series, of which
    ``values`` tells the length.
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


class ChartPoint(Answer, frozen=True, kw_only=True):
    """One value of a chart, under its period or the name of its group."""

    line: str
    period: str
    value: int | float
    partial: bool
    as_of: str | None
    basis: str | None
    sources: tuple[Citation, ...]


class ChartAnswer(Answer, frozen=True, kw_only=True):
    """What a chart shows: its points, line by line, with unit, limits and sources.

    ``by`` is what runs along the axis; ``shape`` is ``lines`` over time or ``bars`` by group.
    """

    subject: str
    title: str
    by: str
    shape: str
    unit: str
    as_of: str
    points: tuple[ChartPoint, ...]
    text: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


class MapState(Answer, frozen=True, kw_only=True):
    """A state on a map: its value in words, and a number where there is one."""

    id: str
    state: str
    name: str
    value: int | None
    words: str
    group: str
    places: tuple[str, ...]
    sources: tuple[Citation, ...]


class MapAnswer(Answer, frozen=True, kw_only=True):
    """What a map shows, state by state; ``groups`` is its legend in the order of drawing."""

    subject: str
    title: str
    as_of: str
    groups: tuple[str, ...]
    states: tuple[MapState, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
