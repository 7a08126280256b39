"""The cards: everything the store knows about one record; JSON prints them as they are."""

from msgspec import field

from ice_facts.model import (
    Agreement,
    Amendment,
    Check,
    Citation,
    Claim,
    ClaimSubjects,
    Dispute,
    Event,
    FormerAgreement,
    Listing,
    Official,
    Population,
    Position,
    Provision,
    Source,
    Statistic,
    Term,
)
from ice_facts.results.parts import (
    Answer,
    CitingFact,
    Holder,
    Layer,
    ListedPlace,
    ModelCount,
    PolicyBrief,
    RuleInForce,
)


class JurisdictionCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one place on one date."""

    id: str
    name: str
    level: str
    state: str | None
    part_of: tuple[str, ...]
    aliases: tuple[str, ...]
    population: Population | None
    as_of: str
    officials: tuple[Official, ...]
    rules: tuple[RuleInForce, ...]
    listed: tuple[Listing, ...]
    policies: tuple[PolicyBrief, ...]
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    statistics: tuple[Statistic, ...]
    agreements: tuple[Agreement, ...]
    sources: tuple[Source, ...]
    also: tuple[str, ...]
    layers: tuple[Layer, ...]
    state_agreements: ModelCount | None
    former_agreements: tuple[FormerAgreement, ...]
    disputed: tuple[Dispute, ...]
    note: str | None


class PolicyCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one policy on one date."""

    id: str
    title: str
    short: str
    aliases: tuple[str, ...]
    kind: str
    level: str
    jurisdiction: str
    citation: str | None
    enacted: str | None
    effective: str | None
    ended: str | None
    status: str
    amended: tuple[Amendment, ...]
    summary: str
    provisions: tuple[Provision, ...]
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    introduced: str | None
    court: str | None
    concerns: tuple[str, ...]
    as_of: str
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    rules: tuple[RuleInForce, ...]
    listed: tuple[ListedPlace, ...]
    cases: tuple[PolicyBrief, ...]
    terms: tuple[str, ...]
    disputed: tuple[Dispute, ...]


class StakeholderCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one stakeholder on one date."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    jurisdiction: str | None
    about: str
    offices: tuple[Holder, ...]
    holders: tuple[Holder, ...]
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    sector: str | None
    as_of: str
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    other_positions: int
    """How many more there are of an office's holders, in office, and in the articles' tables."""


class ClaimCard(Answer, frozen=True, kw_only=True):
    """One claim of an article with its check."""

    id: str
    article: str
    section: str
    locator: str
    kind: str
    text: str
    about: ClaimSubjects
    attributed_to: str
    value: int | float | str | None
    unit: str | None
    columns: dict[str, str]
    time: str | None
    check: Check
    sources: tuple[Source, ...]
    as_of: str
    holders: tuple[Holder, ...]


class TopicCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one topic on one date."""

    id: str
    name: str
    text: str
    aliases: tuple[str, ...]
    as_of: str
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    policies: tuple[PolicyBrief, ...]
    terms: tuple[Term, ...]
    sources: tuple[Source, ...]


class TermCard(Answer, frozen=True, kw_only=True):
    """A glossary entry with the policies to which it matters."""

    id: str
    term: str
    text: str
    aliases: tuple[str, ...]
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    policies: tuple[PolicyBrief, ...]
    sources: tuple[Source, ...]


class SourceCard(Answer, frozen=True, kw_only=True):
    """A document and the facts that rest on it."""

    id: str
    title: str
    publisher: str
    kind: str
    url: str | None
    published: str | None
    read: str | None
    note: str | None
    facts: tuple[CitingFact, ...]


class EventCard(Answer, frozen=True, kw_only=True):
    """One event with what it is about."""

    id: str
    date: str
    until: str | None
    title: str
    text: str
    about: tuple[str, ...]
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    disputed: tuple[Dispute, ...]
    sources: tuple[Source, ...]


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


class PositionCard(Answer, frozen=True, kw_only=True):
    """One position with its sources."""

    position: Position
    sources: tuple[Source, ...]


class AgreementCard(Answer, frozen=True, kw_only=True):
    """One 287(g) agreement with its sources."""

    agreement: Agreement
    sources: tuple[Source, ...]
