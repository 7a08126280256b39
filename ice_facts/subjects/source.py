"""Sources: documents, and the facts that cite them."""

from __future__ import annotations

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
from ice_facts.model.answers import Answer, filled
from ice_facts.show.build import labelled, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import (
    Card,
    Column,
    Fact,
    ListView,
    Piece,
    Section,
    glue,
    plain,
    table_of,
)
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.rule import rule_statement


class SourceCard(Answer, frozen=True, kw_only=True):
    """A document and the facts that cite it."""

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
    """A fact that cites a source."""

    table: str
    id: str
    fact: str
    locator: str


class SourceRow(Answer, frozen=True, kw_only=True):
    """A source in a list, with the number of facts that cite it."""

    id: str
    title: str
    publisher: str
    kind: str
    published: str | None
    read: str | None
    facts: int
    url: str | None


def source_card(store: Store, id: str, on: str) -> SourceCard:
    """Return a document and the facts that cite it."""
    citing = (
        (table, record)
        for table, cls in TABLES.items()
        if cls is not Source
        for record in store.referring(cls, source=id)
    )
    facts = tuple(
        CitingFact(table=table, id=record.id, fact=fact, locator=locator)
        for table, record in citing
        for cited, fact, locator in facts_of(record)
        if cited == id
    )
    return filled(SourceCard, store.one(Source, id), facts=facts)


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
    yield from _facts_in(record, record.id)


def _facts_in(value: Any, fact: str) -> Iterator[tuple[str, str, str]]:
    """Yield the citations in a part of a record; ``fact`` is the text that it is in."""
    if isinstance(value, Citation):
        yield value.id, fact, value.locator
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _facts_in(item, fact)
    elif isinstance(value, Struct):
        text = _fact_text(value) or fact
        for name in value.__struct_fields__:
            yield from _facts_in(getattr(value, name), text)


def _fact_text(value: Struct) -> str:
    """Return the text of a part of a record; empty where it has none of its own."""
    match value:
        case Official():
            return f"{value.name}, {value.office}"
        case Rule():
            return rule_statement(value)
        case Population():
            return f"population: {value.value:,} ({value.as_of})"
    texts = (getattr(value, name, None) for name in _FACT_FIELDS)
    return next((text for text in texts if isinstance(text, str) and text), "")


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
    """List sources with the number of facts that cite each.

    Args:
        store: Where to look.
        kind: Only sources of this kind.
        publisher: Only sources whose publisher's name contains this text.
        year: Only sources published in this year.
        once: Only sources that a single fact cites.
        unread: Only sources that nobody has read; facts that cite no other are unconfirmed.
        undated: Only sources without a date of publication.
        on: Only sources published by this date; those without a date are always there.

    Raises:
        NotFoundError: No source fits.
    """
    from ice_facts.store.documents import having

    counts = store.citations()
    rows = [
        filled(SourceRow, source, facts=counts.get(source.id, 0))
        for source in store.where(Source, having(kind=kind))
        if began_by(source.published, on)
        and (not publisher or publisher.casefold() in source.publisher.casefold())
        and (not year or (source.published or "").startswith(year))
        and not (once and counts.get(source.id) != 1)
        and not (unread and source.read)
        and not (undated and source.published)
    ]
    if not rows:
        raise NotFoundError("no source in the store fits these filters")
    return rows


def source_view(card: SourceCard, labels: Labels) -> Card:
    """Return the view of a source with the facts that cite it."""
    texts = {
        "title": card.title,
        "publisher": card.publisher,
        "kind": card.kind,
        "url": card.url,
        "published": card.published,
        "read": card.read,
        "note": card.note,
    }
    not_read = "not read: facts that rest on it alone are unconfirmed"
    return Card(
        subject=card.id,
        title=card.title,
        aside=f"source · {card.kind}",
        lead=without_empty(
            text_line(card.publisher, "Publisher"),
            text_line(card.published or "undated", "Published"),
            text_line(card.read or not_read, "Read on"),
            text_line(card.url, "Address"),
            text_line(card.note, "Note"),
        ),
        facts=tuple(Fact("source", key, text) for key, text in texts.items() if text),
        sections=(_facts_section(card, labels),),
    )


def _facts_section(card: SourceCard, labels: Labels) -> Section:
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
    first = [
        (
            Piece(f"{labels.record(fact.table, fact.id)}:", "strong"),
            glue(f" {fact.fact}" + (f" ({fact.locator})" if fact.locator else "")),
        )
        for fact in card.facts[:8]
    ]
    return Section(
        "facts",
        f"Facts that rest on it ({len(facts)})",
        facts,
        labelled("Facts", first or [plain("none")]),
        more=f"ice-facts source {card.id} --section facts" if len(facts) > 8 else "",
    )


def sources_listing(rows: Sequence[SourceRow], labels: Labels) -> ListView:
    """Return the view of a list of sources."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("title", "Title"), lambda r: r.title),
        (Column("publisher", "Publisher", spare=2), lambda r: r.publisher),
        (Column("kind", "Kind", spare=1), lambda r: r.kind),
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
