"""The store itself: its tables, counts and dates."""

from __future__ import annotations

from ice_facts.ask import Reply, Session
from ice_facts.model import TABLES, Jurisdiction, Place, Policy, Rule, Source
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.show.words import count_of
from ice_facts.store import Store, table_files


class TableInfo(Answer, frozen=True, kw_only=True):
    """The size of one table of a store; ``facts`` counts everything that can be confirmed."""

    table: str
    records: int
    facts: int
    unconfirmed: int
    files: int
    bytes: int


class OverlayInfo(Answer, frozen=True, kw_only=True):
    """An overlay: its folder, and how many records it adds to what lies under it or replaces."""

    name: str
    path: str
    added: int
    replaced: int


class StoreInfo(Answer, frozen=True, kw_only=True):
    """A store: where it is, its version (newest confirmation) and its tables.

    ``rules`` counts the rules whose stance is known, ``rules_with_primary_source`` those of them
    that cite the law, order or opinion itself.
    """

    path: str
    version: str
    tables: tuple[TableInfo, ...]
    rules: int
    rules_with_primary_source: int
    overlays: tuple[OverlayInfo, ...] = ()


PRIMARY = ("statute", "ordinance", "regulation", "executive order", "court opinion")
"""Kinds of sources that are the text of a law, an order or an opinion."""


def store_info(store: Store) -> StoreInfo:
    """Count the records, facts and unconfirmed facts of a store by table."""
    tables = []
    for name, summary in store.summaries().items():
        files = table_files(store.root, name)
        tables.append(
            TableInfo(
                table=name,
                records=summary.records,
                facts=summary.facts,
                unconfirmed=summary.unconfirmed,
                files=len(files),
                bytes=sum(path.stat().st_size for path in files),
            )
        )
    rules = [
        rule
        for place in store.all(Jurisdiction)
        for rule in place.rules
        if rule.stance != "unknown"
    ]
    return StoreInfo(
        path=str(store.root),
        version=store.version(),
        tables=tuple(tables),
        rules=len(rules),
        rules_with_primary_source=sum(_has_primary_source(store, rule) for rule in rules),
        overlays=tuple(_overlay_info(store, n) for n in range(len(store.overlays))),
    )


def _overlay_info(store: Store, number: int) -> OverlayInfo:
    """Return what one of the overlays of a store does to the store and the overlays under it."""
    folder = store.overlays[number]
    under = Store(store.root, store.overlays[:number])
    over = Store(store.root, (folder,)).overlaid
    replaced = sum(
        under.has(TABLES[table], id) or (table == "jurisdictions" and under.has(Place, id))
        for table, ids in over.items()
        for id in ids
    )
    under.close()
    return OverlayInfo(
        name=next((name for ids in over.values() for name in ids.values()), folder.name),
        path=str(folder),
        added=sum(map(len, over.values())) - replaced,
        replaced=replaced,
    )


def _has_primary_source(store: Store, rule: Rule) -> bool:
    """Return True if a rule cites the instrument itself: its text, or the page of an agency's own
    directive; a bill counts where nothing was enacted.
    """
    policy = store.get(Policy, rule.policy) if rule.policy else None
    kinds = {source.kind for source in store.many(Source, [c.id for c in rule.sources])}
    if policy and policy.kind in ("directive", "guidance", "program"):
        kinds |= {"statute"} if "agency page" in kinds else set()
    if policy and policy.status in ("proposed", "pending", "failed"):
        kinds |= {"statute"} if "bill" in kinds else set()
    return not kinds.isdisjoint(PRIMARY)


def info_listing(info: StoreInfo, labels: Labels) -> ListView:
    """Return the view of a store's tables."""
    table = table_of(
        info.tables,
        (Column("table", "Table"), lambda t: t.table),
        (Column("records", "Records", right=True), lambda t: t.records),
        (Column("facts", "Facts", right=True), lambda t: t.facts),
        (Column("unconfirmed", "Unconfirmed", right=True), lambda t: t.unconfirmed),
        (Column("files", "Files", right=True), lambda t: t.files),
        (Column("bytes", "Bytes", right=True), lambda t: t.bytes),
    )
    primary = (
        f"Rules with a known stance: {info.rules:,}; {info.rules_with_primary_source:,} cite"
        " the law, order or opinion itself."
    )
    return ListView(
        f"Store of {info.version}",
        table,
        (
            f"In {info.path}",
            "Facts: what can be confirmed. A claim's check has a status of its own.",
            primary,
            *(
                f"Overlay {o.name}: {count_of(o.added, 'record')} added, {o.replaced:,} replaced;"
                f" in {o.path}"
                for o in info.overlays
            ),
        ),
    )


def ask_info(session: Session) -> Reply:
    """Describe the store."""
    found = store_info(session.store)
    return Reply([found], info_listing, shown=found, single=True)
