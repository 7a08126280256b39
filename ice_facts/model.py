"""The records of the store: one frozen class per table, which is also its schema.

Field names are those of the JSON files. A record refers to others by id. In every fact,
``sources`` says where it is written and ``confirmed`` when that source was read and found to
support it (empty: not confirmed yet).
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from ice_facts.dates import PARTIAL_DATE_PATTERN

Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="kebab-case ASCII slug")]
PartialDate = Annotated[
    str,
    Meta(
        pattern=PARTIAL_DATE_PATTERN,
        description="ISO date: YYYY, YYYY-MM or YYYY-MM-DD",
    ),
]
Text = Annotated[str, Meta(min_length=1)]

Level = Literal["city", "county", "state", "federal"]
Dimension = Literal[
    "detainers",
    "287g",
    "status-inquiries",
    "jail-access",
    "release-notice",
    "transfer-to-ice",
    "information-sharing",
    "property-access",
    "detention-contract",
    "general-assistance",
]
RuleStance = Literal["prohibits", "limits", "permits", "requires", "silent", "unknown"]
PolicyKind = Literal[
    "ordinance",
    "statute",
    "regulation",
    "executive order",
    "directive",
    "resolution",
    "program",
    "list",
    "guidance",
    "court decision",
    "court case",
    "doctrine",
]
PolicyStatus = Literal[
    "in force",
    "partly enjoined",
    "enjoined",
    "superseded",
    "repealed",
    "struck down",
    "ended",
    "proposed",
    "pending",
    "failed",
    "unknown",
]
StakeholderKind = Literal[
    "person",
    "office",
    "agency",
    "council",
    "union",
    "association",
    "organization",
    "group",
]
Sector = Literal[
    "government",
    "law enforcement",
    "prosecution",
    "advocacy",
    "legal aid",
    "research",
    "business",
    "labor",
    "faith",
    "community",
]
PositionStance = Literal["supports", "opposes", "mixed", "neutral"]
ClaimKind = Literal[
    "fact",
    "opinion",
    "position",
    "prediction",
    "recommendation",
    "definition",
    "quote",
    "table-row",
]
CheckStatus = Literal["supported", "contradicted", "outdated", "unverified", "not-checkable"]
AgreementModel = Literal["task force", "warrant service officer", "jail enforcement"]
SourceKind = Literal[
    "news",
    "reference",
    "press release",
    "article",
    "statute",
    "ordinance",
    "regulation",
    "executive order",
    "bill",
    "agency page",
    "court opinion",
    "report",
    "dataset",
    "agreement",
    "statement",
]
Subject = Literal[
    "agreements",
    "agencies",
    "pending-applications",
    "detention",
    "detained",
    "book-ins",
    "removals",
    "alternatives-to-detention",
]
Grain = Literal["day", "month", "fiscal year"]
Breakdown = Literal["model", "agency", "criminality", "family", "area", "technology"]
Period = Annotated[
    str,
    Meta(
        pattern=r"^(FY\d{4}|\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)$",
        description="Fiscal year (FY2024: 2023-10 to 2024-09), month or day",
    ),
]
Qualifier = Literal["about", "more than", "less than", "nearly", "at least", "up to", "estimate"]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all that the store holds: frozen, by keyword, strict about unknown fields."""


class Citation(Part, frozen=True, kw_only=True):
    """Where a fact is written: a source, and the place in it (section, page, table and row)."""

    id: Id
    locator: str = ""


class Population(Part, frozen=True, kw_only=True):
    """A census count or estimate."""

    value: Annotated[int, Meta(ge=0)]
    as_of: PartialDate
    sources: tuple[Citation, ...] = ()


class Official(Part, frozen=True, kw_only=True):
    """One term of one person in one office of a jurisdiction."""

    office: Text
    name: Text
    acting: bool = False
    party: str | None = None
    start: PartialDate | None = field(default=None, name="from")
    until: PartialDate | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Rule(Part, frozen=True, kw_only=True):
    """What a jurisdiction says on one dimension of cooperation, over a span of time."""

    dimension: Dimension
    stance: RuleStance
    text: Text
    policy: Id | None = None
    start: PartialDate | None = field(default=None, name="from")
    until: PartialDate | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Listing(Part, frozen=True, kw_only=True):
    """A jurisdiction's entry on a published list (a policy of kind ``list``).

    ``level`` is the level as which it is listed, where a place is two things. ``known_until`` is
    the date of the newest page that was read: whether the entry stood after it is not known.
    """

    list: Id
    level: Level | None = None
    printed_as: str | None = None
    start: PartialDate | None = field(default=None, name="from")
    until: PartialDate | None = None
    known_until: PartialDate | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Account(Part, frozen=True, kw_only=True):
    """One source's version in a dispute."""

    value: Text
    text: str = ""
    sources: tuple[Citation, ...] = ()


class Dispute(Part, frozen=True, kw_only=True):
    """A thing on which sources disagree; every account is kept under its source."""

    about: Text
    accounts: tuple[Account, ...]
    note: str | None = None


class Provision(Part, frozen=True, kw_only=True):
    """One provision of a policy and where it stands."""

    section: str
    text: Text


class Amendment(Part, frozen=True, kw_only=True):
    """A dated change to a policy, or a ruling on it."""

    date: PartialDate
    text: Text
    sources: tuple[Citation, ...] = ()


class OfficeRef(Part, frozen=True, kw_only=True):
    """An office of a jurisdiction, as named in that jurisdiction's officials."""

    jurisdiction: Id
    office: Text


class Check(Part, frozen=True, kw_only=True):
    """How a claim stands against the public record."""

    status: CheckStatus
    note: str = ""
    sources: tuple[Citation, ...] = ()


class ClaimSubjects(Part, frozen=True, kw_only=True):
    """What a claim is about, by table."""

    jurisdictions: tuple[Id, ...] = ()
    policies: tuple[Id, ...] = ()
    stakeholders: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()


class Record(Part, frozen=True, kw_only=True):
    """Base of the tables' records; ``id`` is the record's key in its file."""

    id: str = ""


class Jurisdiction(Record, frozen=True, kw_only=True):
    """A city, county, state, or the federal government.

    A place that is two things (a consolidated city and county) has its second level in ``also``.
    ``part_of`` names its county or counties and its state.
    """

    name: Text
    level: Level
    also: tuple[Level, ...] = ()
    state: Annotated[str, Meta(pattern="^[A-Z]{2}$", description="USPS code")] | None = None
    part_of: tuple[Id, ...] = ()
    aliases: tuple[Text, ...] = ()
    population: Population | None = None
    officials: tuple[Official, ...] = ()
    rules: tuple[Rule, ...] = ()
    listed: tuple[Listing, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    note: str | None = None


class Place(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A city, county, state or territory that a list or an agreement names; no rules recorded yet.

    Its fields are some of a `Jurisdiction`'s, as which the store reads it where no full record has
    its id. Its id is in no other table of places.
    """

    name: Text
    level: Level
    state: Annotated[str, Meta(pattern="^[A-Z]{2}$", description="USPS code")]
    part_of: tuple[Id, ...] = ()
    aliases: tuple[Text, ...] = ()
    population: Population | None = None
    listed: tuple[Listing, ...] = ()
    note: str | None = None


class Policy(Record, frozen=True, kw_only=True):
    """A legal or administrative instrument.

    ``concerns`` names the jurisdictions whose law or conduct a court judged, beside
    ``jurisdiction``, which made the instrument (for a court: whose court it is).
    """

    title: Text
    short: Text
    kind: PolicyKind
    jurisdiction: Id
    status: PolicyStatus
    summary: Text
    aliases: tuple[Text, ...] = ()
    court: str | None = None
    concerns: tuple[Id, ...] = ()
    citation: str | None = None
    introduced: PartialDate | None = None
    enacted: PartialDate | None = None
    effective: PartialDate | None = None
    ended: PartialDate | None = None
    amended: tuple[Amendment, ...] = ()
    provisions: tuple[Provision, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Stakeholder(Record, frozen=True, kw_only=True):
    """A person, office, agency, union, association or group that takes positions."""

    name: Text
    kind: StakeholderKind
    about: Text
    sector: Sector | None = None
    jurisdiction: Id | None = None
    office: OfficeRef | None = None
    aliases: tuple[Text, ...] = ()
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Position(Record, frozen=True, kw_only=True):
    """A stakeholder's stance on one policy or one topic."""

    stakeholder: Id
    stance: PositionStance
    text: Text
    policy: Id | None = None
    topic: Id | None = None
    concern: str | None = None
    remedy: str | None = None
    date: PartialDate | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Claim(Record, frozen=True, kw_only=True):
    """A statement of one of the articles, kept with who makes it and a check on it."""

    article: Id
    section: Text
    locator: Text
    kind: ClaimKind
    text: Text
    attributed_to: Text
    check: Check
    about: ClaimSubjects = ClaimSubjects()
    value: int | float | str | None = None
    unit: str | None = None
    columns: dict[str, str] = {}
    time: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """Something dated that happened; ``about`` holds ids of any table."""

    date: PartialDate
    title: Text
    text: Text
    until: PartialDate | None = None
    about: tuple[Id, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Statistic(Record, frozen=True, kw_only=True):
    """A number with its unit, place, period and what it counts.

    ``high`` is the upper end of a range, ``base`` the whole of which ``value`` is a part. The
    period runs from ``from`` to ``until``, both included; ``period`` words it where dates cannot.
    """

    measure: Text
    value: int | float
    unit: Text
    jurisdiction: Id
    text: str = ""
    qualifier: Qualifier | None = None
    high: int | float | None = None
    base: int | float | None = None
    base_text: str | None = None
    start: PartialDate | None = field(default=None, name="from")
    until: PartialDate | None = None
    period: str | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Reading(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Values of a series that one edition of a source gives, by period.

    ``as_of`` is the date of its data (empty: each value is of the day that is its period).
    ``partial`` names the periods that had not ended by then. ``basis`` tells whether the value was
    counted from the full list, or is a total that somebody who reads the list published.
    """

    values: dict[Period, int | float]
    as_of: PartialDate | None = None
    partial: tuple[Period, ...] = ()
    basis: Literal["list", "summary"] | None = None
    confirmed: PartialDate | None = None
    sources: tuple[Citation, ...] = ()


class Series(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A number over time: one measure at one place, its values in the readings.

    ``subject`` is what it is a number of (series of one subject can be drawn together), and
    ``breakdown`` the part of it that this series counts (``model``, ``agency``, ``criminality``,
    ``area``, ``technology``); empty: all of it.
    """

    measure: Text
    subject: Subject
    unit: Text
    jurisdiction: Id
    grain: Grain
    readings: tuple[Reading, ...]
    breakdown: dict[Breakdown, str] = {}
    text: str = ""
    aliases: tuple[Text, ...] = ()
    note: str | None = None


class Topic(Record, frozen=True, kw_only=True):
    """What positions and claims are about when it is not one policy; a one-line definition."""

    name: Text
    text: Text
    aliases: tuple[Text, ...] = ()


class Term(Record, frozen=True, kw_only=True):
    """A glossary entry, with the policies to which the word matters."""

    term: Text
    text: Text
    aliases: tuple[Text, ...] = ()
    policies: tuple[Id, ...] = ()
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Agreement(Record, frozen=True, kw_only=True):
    """One 287(g) memorandum between ICE and one agency, by model."""

    agency: Text
    level: Literal["municipality", "county", "state"]
    state: Annotated[str, Meta(pattern="^[A-Z]{2}$", description="USPS code")]
    model: AgreementModel
    jurisdiction: Id | None = None
    county: str | None = None
    place: str | None = None
    signed: PartialDate | None = None
    document: str | None = None
    addendum: str | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class FormerAgreement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An agency and model that stood on ICE's 287(g) list and no longer does.

    ``first_listed`` and ``last_listed`` are dates of lists that were read. ICE does not say why a
    row leaves the list, and a new spelling of the agency can hide that it goes on.
    """

    agency: Text
    state: Annotated[str, Meta(pattern="^[A-Z]{2}$", description="USPS code")]
    model: AgreementModel
    first_listed: PartialDate
    last_listed: PartialDate
    jurisdiction: Id | None = None
    signed: PartialDate | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Source(Record, frozen=True, kw_only=True):
    """A document that facts cite. ``read`` is the day on which it was read; empty: not read."""

    title: Text
    publisher: Text
    kind: SourceKind
    url: str | None = None
    published: PartialDate | None = None
    read: PartialDate | None = None
    note: str | None = None


TABLES: dict[str, type[Record]] = {
    "jurisdictions": Jurisdiction,
    "places": Place,
    "policies": Policy,
    "stakeholders": Stakeholder,
    "positions": Position,
    "claims": Claim,
    "events": Event,
    "statistics": Statistic,
    "series": Series,
    "topics": Topic,
    "terms": Term,
    "agreements": Agreement,
    "former-agreements": FormerAgreement,
    "sources": Source,
}
"""Every table of the store, with the class of its records."""

OPTIONAL_TABLES = frozenset({"places", "series", "former-agreements"})
"""Tables that a store can do without."""


def table_schema(table: str) -> dict[str, Any]:
    """Return the JSON Schema of a table's file: an object of records by id."""
    cls: Any = TABLES[table]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"ice-facts {table}",
        **msgspec.json.schema(dict[str, cls]),
    }
