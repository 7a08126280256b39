"""The sources of records, as they are cited."""

from __future__ import annotations

from collections.abc import Iterable

from ice_facts.errors import NotFoundError
from ice_facts.model import Claim, Position, Record, Source, Topic
from ice_facts.names import Match
from ice_facts.queries.reference import facts_of, source_card
from ice_facts.results.found import CitedSource
from ice_facts.results.parts import CitingFact
from ice_facts.store import TABLE_OF, Store


def cited_sources(
    store: Store, names: Iterable[Match], on: str, *, facts: bool = False
) -> list[CitedSource]:
    """Return the sources of some records, each once, in the order in which they are cited.

    A source itself stands for itself; a topic, which cites nothing, for the positions on it and
    the claims about it.

    Args:
        store: Where to look.
        names: The records.
        on: The date of the answer.
        facts: Whether to tell which facts each source supports.

    Raises:
        NotFoundError: The records cite no source.
    """
    found: dict[str, dict[CitingFact, None]] = {}
    asked = list(names)
    for match in asked:
        if match.cls is Source:
            resting = source_card(store, match.id, on).facts if facts else ()
            found.setdefault(match.id, {}).update(dict.fromkeys(resting))
            continue
        for record in _citing(store, match):
            for source, fact, locator in facts_of(record):
                citing = CitingFact(
                    table=TABLE_OF[type(record)], id=record.id, fact=fact, locator=locator
                )
                found.setdefault(source, {})[citing] = None
    if not found:
        raise NotFoundError(f"no source is cited by {', '.join(match.id for match in asked)}")
    return [_cited(store.one(Source, id), tuple(citing), facts) for id, citing in found.items()]


def _citing(store: Store, match: Match) -> list[Record]:
    if match.cls is not Topic:
        return [store.one(match.cls, match.id)]
    return [
        *(p for p in store.mentioning(Position, match.id) if p.topic == match.id),
        *(c for c in store.mentioning(Claim, match.id) if match.id in c.about.topics),
    ]


def _cited(source: Source, citing: tuple[CitingFact, ...], facts: bool) -> CitedSource:
    return CitedSource(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        kind=source.kind,
        url=source.url,
        published=source.published,
        read=source.read,
        locators=tuple(dict.fromkeys(fact.locator for fact in citing if fact.locator)),
        facts=citing if facts else (),
    )
