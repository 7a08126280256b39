"""What searches find, and the sources that are cited."""

from msgspec import Struct, field

from ice_facts.model import Citation
from ice_facts.results.parts import Answer, CitingFact


class Hit(Answer, frozen=True, kw_only=True):
    """Something that a search found.

    ``kind`` and ``id`` tell what it is and how to open it; a rule or term of office has the id of
    its jurisdiction. ``status`` is how a claim stands against the record, null for all else.
    ``score`` is higher for what comes first; it compares hits of one search only.
    """

    kind: str
    id: str
    title: str
    snippet: str
    score: float
    status: str | None


class NearHit(Hit, frozen=True, kw_only=True):
    """A claim or fact near to a sentence, with what the store records on it.

    ``record`` is the stored finding of a claim's check, or what the fact says. A fact holds from
    ``from`` until ``until``; ``confirmed`` is when its source was read.
    """

    sentence: str
    record: str
    start: str | None = field(default=None, name="from")
    until: str | None = None
    confirmed: str | None = None
    sources: tuple[Citation, ...] = ()


class CitedSource(Answer, frozen=True, kw_only=True):
    """A source as it is cited: ``locators`` say where in it, ``facts`` what rests on it.

    The facts are given only when they are asked for.
    """

    id: str
    title: str
    publisher: str
    kind: str
    url: str | None
    published: str | None
    read: str | None
    locators: tuple[str, ...]
    facts: tuple[CitingFact, ...]


class Found(Struct, frozen=True, kw_only=True):
    """The answer of a search: hits, their marked snippets, and how many there are in all.

    A marked snippet is the snippet in runs of text, each with whether it is a matched word.
    """

    text: str
    hits: tuple[Hit, ...]
    marked: tuple[tuple[tuple[str, bool], ...], ...]
    total: int


class Nearest(Struct, frozen=True, kw_only=True):
    """What is near to one sentence, nearest first."""

    sentence: str
    hits: tuple[NearHit, ...]
