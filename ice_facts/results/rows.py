"""The rows of lists, and what the commands on the store itself answer."""

from ice_facts.model import Citation, Listing
from ice_facts.results.parts import Answer


class JurisdictionRow(Answer, frozen=True, kw_only=True):
    """A jurisdiction in a list."""

    id: str
    name: str
    level: str
    state: str | None
    population: int | None
    heads: str
    listed: tuple[str, ...]
    prohibits: int
    limits: int
    permits: int
    forbids_limits: int
    requires: int
    unknown: int
    listings: tuple[Listing, ...]


class StakeholderRow(Answer, frozen=True, kw_only=True):
    """A stakeholder in a list."""

    id: str
    name: str
    kind: str
    sector: str | None
    jurisdiction: str | None
    positions: int
    about: str
    sources: tuple[Citation, ...]


class TopicRow(Answer, frozen=True, kw_only=True):
    """A topic in a list, with how much the store holds on it."""

    id: str
    name: str
    positions: int
    claims: int
    text: str


class SourceRow(Answer, frozen=True, kw_only=True):
    """A source in a list, with how many facts rest on it."""

    id: str
    title: str
    publisher: str
    kind: str
    published: str | None
    read: str | None
    facts: int
    url: str | None


class TableInfo(Answer, frozen=True, kw_only=True):
    """The size of one table of a store; ``facts`` counts what can be confirmed."""

    table: str
    records: int
    facts: int
    unconfirmed: int
    files: int
    bytes: int


class StoreInfo(Answer, frozen=True, kw_only=True):
    """A store: where it is, its version (newest confirmation) and its tables."""

    path: str
    version: str
    tables: tuple[TableInfo, ...]


class Defect(Answer, frozen=True, kw_only=True):
    """One thing that is wrong in a store, and what to do about it."""

    file: str
    id: str
    field: str
    problem: str
    remedy: str
