"""The entries of ``timeline``."""

from ice_facts.model import Citation, Source
from ice_facts.results.parts import Answer


class TimelineEntry(Answer, frozen=True, kw_only=True):
    """Something dated, from any table.

    ``kinds`` says what it is: an event that tells of a policy's enactment is both. ``names`` are
    those of the names asked for to which it belongs, ``about`` the ids of the records it tells of.
    """

    date: str
    until: str | None
    kinds: tuple[str, ...]
    title: str
    text: str
    names: tuple[str, ...]
    about: tuple[str, ...]
    policies: tuple[str, ...]
    event: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]


class TimelineFound(Answer, frozen=True, kw_only=True):
    """The entries of a timeline with what could not be placed in it, and the cited sources.

    ``names`` are the ids asked for, ``above`` those of the counties and states of these places.
    """

    names: tuple[str, ...]
    above: tuple[str, ...]
    entries: tuple[TimelineEntry, ...]
    undated: tuple[str, ...]
    total: int
    sources: tuple[Source, ...]
