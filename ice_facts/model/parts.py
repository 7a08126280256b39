"""What records are made of: citations, rules, officials, provisions and other parts."""

from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct, field

from ice_facts.model.values import (
    Bound,
    CheckStatus,
    Dimension,
    JurisdictionId,
    Level,
    PartialDate,
    Period,
    PolicyId,
    RuleStance,
    SourceId,
    StakeholderId,
    Text,
    TopicId,
)


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all that the store holds: frozen, by keyword, strict about unknown fields."""


class Citation(Part, frozen=True, kw_only=True):
    """Where a fact is written: a source, and the place in it (section, page, table and row)."""

    id: SourceId
    locator: str = ""


class Stated(Protocol):
    """What everything has that somebody states: when that was confirmed, and where it is written.

    Many have a span (``start``, ``until``) and a ``note`` too. It is a protocol and not a base
    class because a base class would put its fields first in every file and every answer.
    """

    @property
    def confirmed(self) -> str | None:
        """When a source was read and found to support it; None: not yet."""

    @property
    def sources(self) -> tuple[Citation, ...]:
        """Where it is written."""


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
    """What a jurisdiction says on one dimension of cooperation, over a span of time.

    ``binds`` says whom: in a state's rule usually local bodies, in a city's its own agencies.
    ``scope`` says of what the rule is where that is less than its form of cooperation; it completes
    a sentence like "police must ask about status": "before they issue gun permits". A ``practice``
    is what a body does or says that it does; no written rule was read. Where the rule's first
    day in force is not known, ``known_from`` is the first day on which a page tells that it holds;
    that of a vote or a signature only where nothing later is known, and the note says so.
    """

    dimension: Dimension
    stance: RuleStance
    binds: tuple[Bound, ...] = ()
    text: Text
    scope: Text | None = None
    practice: bool = False
    policy: PolicyId | None = None
    start: PartialDate | None = field(default=None, name="from")
    known_from: PartialDate | None = None
    until: PartialDate | None = None
    confirmed: PartialDate | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


class Listing(Part, frozen=True, kw_only=True):
    """A jurisdiction's entry on a published list (a policy of kind ``list``).

    ``level`` is the level as which it is listed, where a place is two things. ``known_until`` is
    the date of the newest page that was read: whether the entry stood after it is not known.
    """

    list: PolicyId
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

    jurisdiction: JurisdictionId
    office: Text


class Check(Part, frozen=True, kw_only=True):
    """How a claim stands against the public record."""

    status: CheckStatus
    note: str = ""
    sources: tuple[Citation, ...] = ()


class ClaimSubjects(Part, frozen=True, kw_only=True):
    """What a claim is about, by table."""

    jurisdictions: tuple[JurisdictionId, ...] = ()
    policies: tuple[PolicyId, ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()
    topics: tuple[TopicId, ...] = ()


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
