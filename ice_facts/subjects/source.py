"""Sources: documents, and the facts that cite them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Struct

from ice_facts.ask import Reply, Session, choice, option
from ice_facts.dates import began_by, parse_date
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    TABLES,
    Citation,
    Claim,
    Official,
    Population,
    Record,
    Rule,
    Source,
    SourceKind,
)
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import (
    Card,
    Column,
    Fact,
    Line,
    ListView,
    Piece,
    Section,
    glue,
    plain,
    table_of,
)
from ice_facts.store import TABLE_OF, Store
from ice_facts.subjects import Room


class SourceCard(Answer, frozen=True, kw_only=True):
    """A document and the facts that rest on it."""

    id: str
    title: str
    publisher: str
    kind: str
    url: str | None
    published: str | None
    read: str | None
    note: str | None
    facts: tuple[CitingFact, ...]


class CitingFact(Answer, frozen=True, kw_only=True):
    """A fact that rests on a source."""

    table: str
    id: str
    fact: str
    locator: str


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


def source_card(store: Store, id: str, on: str) -> SourceCard:
    """Return a document and the facts that rest on it."""
    source = store.one(Source, id)
    facts = tuple(
        CitingFact(table=TABLE_OF[cls], id=record.id, fact=fact, locator=locator)
        for cls in TABLES.values()
        if cls is not Source
        for record in store.mentioning(cls, id)
        for cited, fact, locator in facts_of(record)
        if cited == id
    )
    return SourceCard(
        id=id,
        title=source.title,
        publisher=source.publisher,
        kind=source.kind,
        url=source.url,
        published=source.published,
        read=source.read,
        note=source.note,
        facts=facts,
    )


_FACT_FIELDS = (
    "text",
    "about",
    "title",
    "name",
    "summary",
    "value",
    "printed_as",
    "measure",
)


def facts_of(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield source id, fact and locator for every citation in a record."""
    if isinstance(record, Claim):
        yield record.article, record.text, f"{record.section}: {record.locator}"

    def walk(value: Any, fact: str) -> Iterator[tuple[str, str, str]]:
        if isinstance(value, Citation):
            yield value.id, fact, value.locator
        elif isinstance(value, list | tuple):
            for item in value:
                yield from walk(item, fact)
        elif isinstance(value, Struct):
            own = _fact_text(value) or fact
            for name in value.__struct_fields__:
                yield from walk(getattr(value, name), own)

    yield from walk(record, record.id)


def _fact_text(value: Struct) -> str:
    """Return what a part of a record says in words; empty where it has none of its own."""
    match value:
        case Official():
            return f"{value.name}, {value.office}"
        case Rule():
            return f"{value.dimension}, {value.stance}: {value.text}"
        case Population():
            return f"population: {value.value:,} ({value.as_of})"
    texts = (getattr(value, name, None) for name in _FACT_FIELDS)
    return next((text for text in texts if isinstance(text, str) and text), "")


def citation_counts(store: Store) -> Counter[str]:
    """Count for every source how many facts cite it."""
    counts: Counter[str] = Counter()
    for cls in TABLES.values():
        if cls is not Source:
            for record in store.all(cls):
                counts.update(cited for cited, _, _ in facts_of(record))
    return counts


def list_sources(
    store: Store,
    *,
    kind: str | None = None,
    publisher: str | None = None,
    year: str | None = None,
    once: bool = False,
    unread: bool = False,
    undated: bool = False,
    on: str,
) -> list[SourceRow]:
    """List sources with the number of facts that rest on each.

    Args:
        store: Where to look.
        kind: Only sources of this kind.
        publisher: Only sources whose publisher's name contains this text.
        year: Only sources published in this year.
        once: Only sources on which a single fact rests.
        unread: Only sources that nobody has read; facts that rest on them alone are unconfirmed.
        undated: Only sources without a date of publication.
        on: Only sources published by this date; those without a date are always there.

    Raises:
        NotFoundError: No source fits.
    """
    counts = citation_counts(store)
    rows = [
        SourceRow(
            id=s.id,
            title=s.title,
            publisher=s.publisher,
            kind=s.kind,
            published=s.published,
            read=s.read,
            facts=counts[s.id],
            url=s.url,
        )
        for s in store.all(Source)
        if (not kind or s.kind == kind)
        and (not publisher or publisher.casefold() in s.publisher.casefold())
        and (not year or (s.published or "").startswith(year))
        and (not once or counts[s.id] == 1)
        and not (unread and s.read)
        and not (undated and s.published)
        and began_by(s.published, on)
    ]
    if not rows:
        raise NotFoundError("no source in the store fits these filters")
    return rows


def source_view(card: SourceCard, labels: Labels) -> Card:
    """Return the view of a source: what it is and which facts rest on it."""
    command = f"ice-facts source {card.id}"
    lead = [
        Line(plain(card.publisher), label="Publisher"),
        Line(plain(card.published or "undated"), label="Published"),
        Line(
            plain(card.read or "not read: facts that rest on it alone are unconfirmed"),
            label="Read on",
        ),
    ]
    if card.url:
        lead.append(Line(plain(card.url), label="Address"))
    if card.note:
        lead.append(Line(plain(card.note), label="Note"))
    facts = tuple(
        Fact(
            "fact",
            f"{fact.table}/{fact.id}",
            fact.locator,
            fact.fact,
            sources=(Citation(id=card.id, locator=fact.locator),),
            label=labels.record(fact.table, fact.id),
        )
        for fact in card.facts
    )
    lines = tuple(
        Line(
            (
                Piece(f"{labels.record(fact.table, fact.id)}:", "strong"),
                glue(f" {fact.fact}" + (f" ({fact.locator})" if fact.locator else "")),
            ),
            label="" if n else "Facts",
        )
        for n, fact in enumerate(card.facts[:8])
    )
    facts_section = Section(
        "facts",
        f"Facts that rest on it ({len(facts)})",
        facts,
        lines or (Line(plain("none"), label="Facts"),),
        more=f"{command} --section facts" if len(facts) > 8 else "",
    )
    own = [
        Fact("source", key, value)
        for key in ("title", "publisher", "kind", "url", "published", "read", "note")
        if (value := getattr(card, key))
    ]
    return Card(
        subject=card.id,
        title=card.title,
        aside=f"source · {card.kind}",
        lead=tuple(lead),
        facts=tuple(own),
        sections=(facts_section,),
    )


def sources_listing(rows: Sequence[SourceRow], labels: Labels) -> ListView:
    """Return the view of a list of sources."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("title", "Title"), lambda r: r.title),
        (Column("publisher", "Publisher"), lambda r: r.publisher),
        (Column("kind", "Kind"), lambda r: r.kind),
        (Column("published", "Published"), lambda r: r.published),
        (Column("read", "Read", data=True), lambda r: r.read),
        (Column("facts", "Facts", right=True), lambda r: r.facts),
        (Column("url", "Address", data=True), lambda r: r.url),
    )
    return ListView(f"Sources: {len(rows)}", table)


def ask_sources(
    session: Session,
    *,
    kind: Annotated[str | None, choice("--kind", SourceKind, "statute, news, report, …")] = None,
    publisher: Annotated[
        str | None, option("--publisher", help="Only publishers with this in the name.")
    ] = None,
    year: Annotated[
        str | None,
        option("--year", metavar="YYYY", help="Only published in this year.", parse=parse_date),
    ] = None,
    once: Annotated[
        bool, option("--once", help="Only those on which a single fact rests.")
    ] = False,
    unread: Annotated[
        bool, option("--unread", "--unseen", help="Only those that were not read.")
    ] = False,
    undated: Annotated[
        bool, option("--undated", help="Only those without a date of publication.")
    ] = False,
) -> Reply:
    """List sources."""
    rows = list_sources(
        session.store,
        kind=kind,
        publisher=publisher,
        year=year,
        once=once,
        unread=unread,
        undated=undated,
        on=session.on,
    )
    return Reply(rows, sources_listing)


ROOM = Room(source_card, source_view)
