"""The sources that records cite, for citations of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from ice_facts.ask import Reply, Session, argument, option
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    ALL_NAMED,
    Agreement,
    Claim,
    Jurisdiction,
    Policy,
    Position,
    Record,
    Source,
    Topic,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.resolve import Match, resolve
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.store import TABLE_OF, Store
from ice_facts.subjects.policy.text import REPORTED, address_of, law_of, texts_of
from ice_facts.subjects.source import CitingFact, facts_of, source_card


class ReadAt(Answer, frozen=True, kw_only=True):
    """A text of a law as it was read: its source, and where."""

    id: str
    publisher: str
    url: str | None
    read: str | None


class CitedSource(Answer, frozen=True, kw_only=True):
    """A cited source, with the ``locators`` in it and the ``facts`` that cite it.

    Without ``--fact`` there are no facts. Where the source is the text of one policy, ``policy``
    names it and ``citation`` cites it as lawyers do. A law has one entry with its official
    address, as far as that is known, and ``read_at`` has its texts as they were read.
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
    policy: str | None = None
    citation: str | None = None
    read_at: tuple[ReadAt, ...] = ()


Found = dict[str, dict[CitingFact, None]]
"""The facts that cite each source, by its id."""


def cited_sources(
    store: Store, names: Sequence[Match], on: str, *, facts: bool = False
) -> list[CitedSource]:
    """Return the sources that records cite, each once, in the order of the citations.

    A source is returned itself. A policy is returned as one entry for the law, in place of the
    sources that are its text, before its other sources. A topic cites nothing: its sources are
    those of the positions on it and of the claims about it.

    Args:
        store: Where to look.
        names: The records.
        on: The date of the answer.
        facts: Whether to return the facts that cite each source.

    Raises:
        NotFoundError: The records cite no source.
    """
    laws: dict[str, CitedSource] = {}
    found: Found = {}
    for match in names:
        if match.cls is Source:
            citing = source_card(store, match.id, on).facts if facts else ()
            found.setdefault(match.id, {}).update(dict.fromkeys(citing))
            continue
        own: Found = {}
        for record in _citing_records(store, match):
            table = TABLE_OF[type(record)]
            for source, text, locator in facts_of(record):
                fact = CitingFact(table=table, id=record.id, fact=text, locator=locator)
                own.setdefault(source, {})[fact] = None
        if match.cls is Policy and (law := _law(store, match.id, own, facts=facts)):
            laws[law.id] = law
        for source, cited in own.items():
            found.setdefault(source, {}).update(cited)
    if not found and not laws:
        raise NotFoundError(f"no source is cited by {', '.join(match.id for match in names)}")
    others = [_cited(store, s, found[s.id], facts=facts) for s in store.many(Source, found)]
    return [*laws.values(), *others]


def _law(store: Store, id: str, own: Found, *, facts: bool) -> CitedSource | None:
    """Return the entry of a law; what cites its texts is taken out of what was found."""
    policy = store.one(Policy, id)
    kind = _KIND_OF_LAW.get(policy.kind)
    if kind is None or not policy.citation:
        return None
    texts = texts_of(store, policy)
    url = address_of(policy, texts)
    citing = dict.fromkeys(fact for source in texts for fact in own.pop(source.id, {}))
    here = next((source for source in texts if url and source.url == url), None)
    is_bill = kind in ("statute", "ordinance") and policy.status in (
        "proposed",
        "pending",
        "failed",
    )
    return CitedSource(
        id=policy.id,
        title=policy.title,
        publisher=policy.court or store.one(Jurisdiction, policy.jurisdiction).name,
        kind="bill" if is_bill else kind,
        url=url,
        published=policy.enacted or policy.introduced,
        read=here.read if here else None,
        locators=_locators(citing),
        facts=tuple(citing) if facts else (),
        policy=policy.id,
        citation=policy.citation,
        read_at=tuple(filled(ReadAt, source) for source in texts if source is not here),
    )


_NOT_PASSED = ("proposed", "pending", "failed")
_KIND_OF_LAW = {
    "statute": "statute",
    "ordinance": "ordinance",
    "resolution": "ordinance",
    "regulation": "regulation",
    "executive order": "executive order",
    "directive": "executive order",
    "court decision": "court opinion",
    "court case": "court opinion",
}
"""The kind of document that the text of each kind of policy is."""


def _cited(
    store: Store, source: Source, citing: Iterable[CitingFact], *, facts: bool
) -> CitedSource:
    law = law_of(store, source)
    # An opinion that is reported by itself cites itself: the law's citation may name others too.
    reported = law is not None and REPORTED.search(source.title)
    return filled(
        CitedSource,
        source,
        locators=_locators(citing),
        facts=tuple(citing) if facts else (),
        policy=law.id if law else None,
        citation=source.title if reported else law.citation if law else None,
        read_at=(),
    )


def _locators(citing: Iterable[CitingFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.locator for fact in citing if fact.locator))


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
        (
            Column("citation", "Citation", data=not any(source.citation for source in cited)),
            lambda s: s.citation,
        ),
        (
            Column("read_at", "Read at", data=True),
            lambda s: "; ".join(text.url for text in s.read_at if text.url),
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
