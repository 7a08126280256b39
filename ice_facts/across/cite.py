"""The sources that records cite, for citations of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ice_facts.ask import Reply, Session, argument, option
from ice_facts.errors import NotFoundError
from ice_facts.model import ALL_NAMED, Agreement, Claim, Position, Record, Source, Topic
from ice_facts.model.answers import Answer, filled
from ice_facts.resolve import Match, resolve
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.store import TABLE_OF, Store
from ice_facts.subjects.source import CitingFact, facts_of, source_card


class CitedSource(Answer, frozen=True, kw_only=True):
    """A cited source, with the ``locators`` in it and the ``facts`` that cite it.

    Without ``--fact`` there are no facts.
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


def cited_sources(
    store: Store, names: Sequence[Match], on: str, *, facts: bool = False
) -> list[CitedSource]:
    """Return the sources that records cite, each once, in the order of the citations.

    A source is returned itself. A topic cites nothing: its sources are those of the positions on
    it and of the claims about it.

    Args:
        store: Where to look.
        names: The records.
        on: The date of the answer.
        facts: Whether to return the facts that cite each source.

    Raises:
        NotFoundError: The records cite no source.
    """
    found: dict[str, dict[CitingFact, None]] = {}
    for match in names:
        if match.cls is Source:
            citing = source_card(store, match.id, on).facts if facts else ()
            found.setdefault(match.id, {}).update(dict.fromkeys(citing))
            continue
        for record in _citing_records(store, match):
            table = TABLE_OF[type(record)]
            for source, text, locator in facts_of(record):
                fact = CitingFact(table=table, id=record.id, fact=text, locator=locator)
                found.setdefault(source, {})[fact] = None
    if not found:
        raise NotFoundError(f"no source is cited by {', '.join(match.id for match in names)}")
    return [
        filled(
            CitedSource,
            source,
            locators=tuple(dict.fromkeys(f.locator for f in found[source.id] if f.locator)),
            facts=tuple(found[source.id]) if facts else (),
        )
        for source in store.many(Source, found)
    ]


def _citing_records(store: Store, match: Match) -> list[Record]:
    if match.cls is not Topic:
        return [store.one(match.cls, match.id)]
    return [
        *store.referring(Position, topic=match.id),
        *store.referring(Claim, topic=match.id),
    ]


def cited_listing(cited: Sequence[CitedSource], labels: Labels) -> ListView:
    """Return the view of the sources that some records cite."""
    table = table_of(
        cited,
        (Column("id", "Id"), lambda s: s.id),
        (Column("title", "Title"), lambda s: s.title),
        (Column("publisher", "Publisher"), lambda s: s.publisher),
        (Column("kind", "Kind"), lambda s: s.kind),
        (Column("published", "Published"), lambda s: s.published),
        (Column("read", "Read"), lambda s: s.read),
        (Column("url", "Address", data=True), lambda s: s.url),
        (Column("locators", "Where in it"), lambda s: "; ".join(s.locators)),
        (
            Column("facts", "Supports", data=not any(source.facts for source in cited)),
            lambda s: "; ".join(f"{f.table} {f.id}: {f.fact}" for f in s.facts),
        ),
    )
    return ListView(f"Sources cited: {len(cited)}", table)


def ask_cite(
    session: Session,
    name: Annotated[list[str], argument("NAME...", "A source, or what cites sources.")],
    *,
    fact: Annotated[
        bool, option("--fact", "--facts", help="Tell which facts each source supports.")
    ] = False,
) -> Reply:
    """Cite the sources of records; the style is a format of the reply."""
    found = []
    for text in dict.fromkeys(name):
        try:
            found.append(resolve(session.store, text, (*ALL_NAMED, Position, Agreement)))
        except NotFoundError as error:
            session.errors.append(error)
    cited = cited_sources(session.store, found, session.on, facts=fact) if found else []
    return Reply(cited, cited_listing)
