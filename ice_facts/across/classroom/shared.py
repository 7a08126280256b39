"""What the sheets for class share: their options, how they choose, and how they name sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Annotated

from msgspec import Struct

from ice_facts.across.classroom.facts import Record
from ice_facts.ask import Session, option
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Jurisdiction, Policy, Topic
from ice_facts.resolve import find, resolve
from ice_facts.show.words import dated_text
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.vocabulary import DIMENSIONS, RULERS

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
        names=RULERS,
    ),
]
SeedOption = Annotated[
    int | None,
    option("--seed", metavar="N", help="The same number gives the same sheet.", min=0),
]

ALL_RULES = ("sanctuary-policies", "federal-local-cooperation", "local-government-role")
"""Topics that every rule is on."""


class Scope(Struct, frozen=True):
    """What a sheet is about: ids of topics, policies and dimensions, and of places."""

    name: str = ""
    topics: frozenset[str] = frozenset()
    place: str = ""
    above: frozenset[str] = frozenset()

    def takes(self, topics: Iterable[str], places: Sequence[str]) -> bool:
        """Tell whether something on these topics and places is within the scope.

        Args:
            topics: Ids of topics, policies and dimensions.
            places: Ids of places, first the one it belongs to.
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
        if ids.intersection(ALL_RULES):
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
    """Return the seed of a sheet: the one asked for, or one by chance, which the sheet names."""
    return Random().randrange(10_000) if seed is None else seed


def source_line(record: Record, of: str, citations: Sequence[Citation], *, most: int = 2) -> str:
    """Return who says so and where: publisher, title, date, place in it; and which overlay.

    Args:
        record: Where the sources are.
        of: The id of the record that has the fact.
        citations: What the fact cites.
        most: So many sources are named.
    """
    by_id = {source.id: source for source in record.sources(citations)}
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
    return with_overlay(line, record.overlay_of(of, citations))


OVERLAID = " (overlay "


def with_overlay(text: str, overlay: str | None) -> str:
    """Return a text that names the overlay that a fact is from, if it is from one."""
    return f"{text}{OVERLAID}{overlay})" if overlay else text


def footer_of(session: Session, seed: int | None = None) -> str:
    """Return the last line of a page: the dates of answer and data, the licence, the seed."""
    said = dated_text(session.on, session.store.version(), licence=True)
    return said if seed is None else f"{said} · the same again: --seed {seed}"


def nothing(scope: Scope, what: str) -> NotFoundError:
    """Return the error that nothing can be asked within a scope."""
    about = f" on {scope.name}" if scope.name else ""
    return NotFoundError(
        f"no {what}{about}: only facts that are confirmed and not disputed count",
        ["leave out --topic or --place, or take another"],
    )
