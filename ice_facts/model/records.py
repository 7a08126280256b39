"""The records of the store: one frozen class per table, which is also its schema."""

from typing import Literal

from msgspec import field

from ice_facts.model.parts import (
    Amendment,
    Check,
    Citation,
    ClaimSubjects,
    Dispute,
    Listing,
    OfficeRef,
    Official,
    Part,
    Population,
    Provision,
    Reading,
    Rule,
)
from ice_facts.model.values import (
    AgreementModel,
    AnyId,
    Breakdown,
    ClaimKind,
    Geoid,
    Grain,
    JurisdictionId,
    Level,
    PartialDate,
    PolicyId,
    PolicyKind,
    PolicyStatus,
    PositionStance,
    Qualifier,
    Sector,
    SourceId,
    SourceKind,
    StakeholderId,
    StakeholderKind,
    StateCode,
    Subject,
    Text,
    TopicId,
)


class Record(Part, frozen=True, kw_only=True):
    """Base of the tables' records; ``id`` is the record's key in its file."""

    id: str = ""


class Jurisdiction(Record, frozen=True, kw_only=True):
    """A city, county, state, or the federal government.

    A place that is two things (a consolidated city and county) has its second level in ``also``.
    ``part_of`` names its county or counties and its state; an independent city is in no county.
    ``kind`` says what a city is that is called otherwise (town, village, township, borough).
    ``geoid`` is its code of the Census Bureau: of a state two digits, of a county five, of a city
    seven. What is counted as a county as well has that code in ``county_geoid``.
    """

    name: Text
    level: Level
    kind: Text | None = None
    also: tuple[Level, ...] = ()
    state: StateCode | None = None
    geoid: Geoid | None = None
    county_geoid: Geoid | None = None
    part_of: tuple[JurisdictionId, ...] = ()
    aliases: tuple[Text, ...] = ()
    population: Population | None = None
    officials: tuple[Official, ...] = ()
    rules: tuple[Rule, ...] = ()
    listed: tuple[Listing, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    note: str | None = None


class Place(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A city, county or territory of which no rule of its own is recorded.

    Its fields are some of a `Jurisdiction`'s, as which the store reads it where no full record has
    its id. Its id is in no other table of places.
    """

    name: Text
    level: Level
    kind: Text | None = None
    also: tuple[Level, ...] = ()
    state: StateCode
    geoid: Geoid | None = None
    county_geoid: Geoid | None = None
    part_of: tuple[JurisdictionId, ...] = ()
    aliases: tuple[Text, ...] = ()
    population: Population | None = None
    listed: tuple[Listing, ...] = ()
    note: str | None = None


class Policy(Record, frozen=True, kw_only=True):
    """A legal or administrative instrument.

    ``concerns`` names the jurisdictions whose law or conduct a court judged, beside
    ``jurisdiction``, which made the instrument (for a court: whose court it is). A case has its
    ``docket`` number, the ``judge`` or panel and, in words with a date, the ``stage`` it is at.
    """

    title: Text
    short: Text
    kind: PolicyKind
    jurisdiction: JurisdictionId
    status: PolicyStatus
    summary: Text
    aliases: tuple[Text, ...] = ()
    court: str | None = None
    docket: str | None = None
    judge: str | None = None
    stage: str | None = None
    concerns: tuple[JurisdictionId, ...] = ()
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
    jurisdiction: JurisdictionId | None = None
    office: OfficeRef | None = None
    aliases: tuple[Text, ...] = ()
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Position(Record, frozen=True, kw_only=True):
    """A stakeholder's stance on one policy or one topic."""

    stakeholder: StakeholderId
    stance: PositionStance
    text: Text
    policy: PolicyId | None = None
    topic: TopicId | None = None
    concern: str | None = None
    remedy: str | None = None
    date: PartialDate | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Claim(Record, frozen=True, kw_only=True):
    """A statement of one of the articles, kept with who makes it and a check on it."""

    article: SourceId
    section: Text
    locator: Text
    kind: ClaimKind
    text: Text
    attributed_to: Text
    check: Check
    about: ClaimSubjects = ClaimSubjects()
    value: int | float | str | None = None
    unit: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    time: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """Something dated that happened; ``about`` holds ids of any table."""

    date: PartialDate
    title: Text
    text: Text
    until: PartialDate | None = None
    about: tuple[AnyId, ...] = ()
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
    jurisdiction: JurisdictionId
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


class Series(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A number over time: one measure at one place, its values in the readings.

    ``subject`` is what it is a number of (series of one subject can be drawn together), and
    ``breakdown`` the part of it that this series counts (``model``, ``agency``, ``criminality``,
    ``area``, ``technology``); empty: all of it.
    """

    measure: Text
    subject: Subject
    unit: Text
    jurisdiction: JurisdictionId
    grain: Grain
    readings: tuple[Reading, ...]
    breakdown: dict[Breakdown, str] = field(default_factory=dict)
    text: str = ""
    aliases: tuple[Text, ...] = ()
    note: str | None = None


class Topic(Record, frozen=True, kw_only=True):
    """What positions and claims are about when it is not one policy; a one-line definition.

    ``questions`` are for a class to discuss: neutral, open, and the same for all sides.
    ``policies`` are on the topic by their records, beside those that claims on it name: what the
    articles left out, so that no card has the laws of one side only.
    """

    name: Text
    text: Text
    aliases: tuple[Text, ...] = ()
    policies: tuple[PolicyId, ...] = ()
    questions: tuple[Text, ...] = ()


class Term(Record, frozen=True, kw_only=True):
    """A glossary entry, with the policies to which the word matters."""

    term: Text
    text: Text
    aliases: tuple[Text, ...] = ()
    policies: tuple[PolicyId, ...] = ()
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Agreement(Record, frozen=True, kw_only=True):
    """One 287(g) memorandum between ICE and one agency, by model."""

    agency: Text
    level: Literal["municipality", "county", "state"]
    state: StateCode
    model: AgreementModel
    jurisdiction: JurisdictionId | None = None
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
    state: StateCode
    model: AgreementModel
    first_listed: PartialDate
    last_listed: PartialDate
    jurisdiction: JurisdictionId | None = None
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
