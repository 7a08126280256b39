"""The sources that records cite, for citations of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from ice_facts.ask import Reply, Session, argument, option
from ice_facts.errors import NotFoundError
from ice_facts.model import ALL_NAMED, Agreement, Claim, Position, Record, Source, Topic
from ice_facts.model.answers import Answer
from ice_facts.resolve import Match, resolve
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.store import TABLE_OF, Store
from ice_facts.subjects.source import CitingFact, facts_of, source_card


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
    """Cite the sources of records; the style is the form in which the reply is written."""
    found = []
    for text in dict.fromkeys(name):
        try:
            found.append(resolve(session.store, text, (*ALL_NAMED, Position, Agreement)))
        except NotFoundError as error:
            session.errors.append(error)
    cited = cited_sources(session.store, found, session.on, facts=fact) if found else []
    return Reply(cited, cited_listing)
