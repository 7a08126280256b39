"""Parts that several typed answers are made of."""

from msgspec import Struct, field

from ice_facts.model import Citation, Rule


class Answer(Struct, frozen=True, kw_only=True):
    """Base of the answers."""


class RuleInForce(Answer, frozen=True, kw_only=True):
    """A rule that binds at a place, and whose rule it is."""

    dimension: str
    stance: str
    text: str
    jurisdiction: str
    policy: str | None
    start: str | None = field(name="from")
    until: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]
    note: str | None

    @classmethod
    def of(cls, rule: Rule, jurisdiction: str) -> "RuleInForce":
        """Make the row of one rule of a jurisdiction."""
        return cls(
            dimension=rule.dimension,
            stance=rule.stance,
            text=rule.text,
            jurisdiction=jurisdiction,
            policy=rule.policy,
            start=rule.start,
            until=rule.until,
            confirmed=rule.confirmed,
            sources=rule.sources,
            note=rule.note,
        )


class PolicyBrief(Answer, frozen=True, kw_only=True):
    """A policy in a list."""

    id: str
    title: str
    short: str
    kind: str
    level: str
    jurisdiction: str
    status: str
    citation: str | None
    introduced: str | None
    enacted: str | None
    effective: str | None
    ended: str | None
    summary: str
    confirmed: str | None
    sources: tuple[Citation, ...]


class Layer(Answer, frozen=True, kw_only=True):
    """A jurisdiction whose rules bind at a place."""

    id: str
    name: str
    level: str


class ModelCount(Answer, frozen=True, kw_only=True):
    """How many 287(g) agreements of each model a set holds.

    ``as_of`` is the date of ICE's list that was counted, which ``sources`` cites.
    """

    total: int
    task_force: int
    warrant_service_officer: int
    jail_enforcement: int
    as_of: str | None
    sources: tuple[Citation, ...]


class ListedPlace(Answer, frozen=True, kw_only=True):
    """A jurisdiction on a list."""

    jurisdiction: str
    name: str
    level: str
    state: str | None
    start: str | None = field(name="from")
    until: str | None
    sources: tuple[Citation, ...]


class Holder(Answer, frozen=True, kw_only=True):
    """A person who holds or held an office."""

    name: str
    office: str
    jurisdiction: str
    acting: bool
    start: str | None = field(name="from")
    until: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]
    holds: bool
    """Whether the term covers the date asked about."""


class CitingFact(Answer, frozen=True, kw_only=True):
    """A fact that rests on a source."""

    table: str
    id: str
    fact: str
    locator: str
