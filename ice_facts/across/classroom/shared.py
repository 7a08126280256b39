"""What the sheets for class share: their options, how they choose, and how they name sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Annotated

from msgspec import Struct

from ice_facts.across.classroom.facts import SureFacts
from ice_facts.ask import Session, option
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Jurisdiction, Policy, Topic
from ice_facts.resolve import find, resolve
from ice_facts.show.words import dated_text
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.vocabulary import DIMENSIONS, JURISDICTION_TABLES

TopicOption = Annotated[
    str | None,
    option(
        "--topic",
        metavar="TOPIC",
        help="Only on this topic, policy or dimension of rules.",
        names=("topics", "policies"),
    ),
]
PlaceOption = Annotated[
    str | None,
    option(
        "--place",
        metavar="PLACE",
        help="Only about this place and what reaches it.",
        names=JURISDICTION_TABLES,
    ),
]
SeedOption = Annotated[
    int | None,
    option("--seed", metavar="N", help="The same number gives the same sheet.", min=0),
]

TOPICS_OF_ALL_RULES = ("sanctuary-policies", "federal-local-cooperation", "local-government-role")
"""Topics that every rule is on."""


class Scope(Struct, frozen=True):
    """What a sheet is about.

    ``topics`` has ids of topics, policies and dimensions, ``above`` the ids of the county and state
    of ``place``. An empty field leaves nothing out.
    """

    name: str = ""
    topics: frozenset[str] = frozenset()
    place: str = ""
    above: frozenset[str] = frozenset()

    def includes(self, topics: Iterable[str], places: Sequence[str]) -> bool:
        """Return True if something on these topics and places is within the scope.

        Args:
            topics: Ids of topics, policies and dimensions.
            places: Ids of its places, first the one that it belongs to.
        """
        if self.topics and not self.topics.intersection(topics):
            return False
        return not self.place or self.place in places or bool(self.above.intersection(places[:1]))


def scope_of(store: Store, topic: str | None, place: str | None) -> Scope:
    """Return what a sheet is about.

    Args:
        store: Where names are found.
        topic: A topic, a policy or a dimension of rules, as typed.
        place: A place, as typed.

    Raises:
        NotFoundError: There is none of this name.
    """
    ids: set[str] = set()
    names = []
    if topic:
        ids = _topics_of(store, topic)
        names.append(_name_of(store, sorted(ids), topic))
        if ids.intersection(TOPICS_OF_ALL_RULES):
            ids.update(DIMENSIONS)
    if not place:
        return Scope(name=", ".join(names), topics=frozenset(ids))
    match = resolve(store, place, (Jurisdiction,))
    found = store.one(Jurisdiction, match.id)
    above = frozenset(id for id in found.part_of if store.one(Jurisdiction, id).level != "federal")
    return Scope(
        name=", ".join((*names, found.name)), topics=frozenset(ids), place=found.id, above=above
    )


def _topics_of(store: Store, name: str) -> set[str]:
    key = key_of(name)
    ids = {id for id, label in DIMENSIONS.items() if key in (key_of(id), key_of(label))}
    matches = find(store, name, (Topic, Policy))
    if not ids and not matches:
        resolve(store, name, (Topic, Policy))
    return ids | {match.id for match in matches}


def _name_of(store: Store, ids: Sequence[str], typed: str) -> str:
    for id in ids:
        if topic := store.get(Topic, id):
            return topic.name
        if id in DIMENSIONS:
            return DIMENSIONS[id]
        if policy := store.get(Policy, id):
            return policy.short
    return typed


def seed_of(seed: int | None) -> int:
    """Return the seed of a sheet: the one asked for, or a random one, which the sheet names."""
    return Random().randrange(10_000) if seed is None else seed


def source_line(facts: SureFacts, of: str, citations: Sequence[Citation], *, most: int = 2) -> str:
    """Return the sources of a fact in words: publisher, title, date, locator; and its overlay.

    Args:
        facts: Where the sources are.
        of: The id of the record that has the fact.
        citations: What the fact cites.
        most: How many sources are named at most.
    """
    by_id = {source.id: source for source in facts.sources(citations)}
    parts = []
    for citation in citations[:most]:
        source = by_id[citation.id]
        parts.append(
            ", ".join(
                part
                for part in (
                    f"{source.publisher}, “{source.title}”",
                    source.published or "undated",
                    citation.locator,
                )
                if part
            )
        )
    left = len(by_id) - len(parts)
    line = "; ".join(parts) + (f"; and {left} more" if left > 0 else "")
    return with_overlay(line, facts.overlay_of(of, citations))


OVERLAY_MARK = " (overlay "
"""What stands before the name of an overlay."""


def with_overlay(text: str, overlay: str | None) -> str:
    """Return a text, followed by the name of the overlay that its fact is from, if any."""
    return f"{text}{OVERLAY_MARK}{overlay})" if overlay else text


def footer_of(session: Session, seed: int | None = None) -> str:
    """Return the last line of a page: the dates of answer and data, the licence, the seed."""
    said = dated_text(session.on, session.store.version(), licence=True)
    return said if seed is None else f"{said} · the same again: --seed {seed}"


def nothing_to_ask(scope: Scope, what: str) -> NotFoundError:
    """Return the error that there is no sure fact within a scope.

    Args:
        scope: What was asked for.
        what: What cannot be made: "question".
    """
    about = f" on {scope.name}" if scope.name else ""
    return NotFoundError(
        f"no {what}{about}: only facts that are confirmed and not disputed count",
        ["leave out --topic or --place, or take another"],
    )
