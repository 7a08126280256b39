"""The store itself: its tables, counts and dates."""

from __future__ import annotations

from typing import get_args

from ice_facts.ask import Reply, Session
from ice_facts.model import TABLES, Jurisdiction, Level, Place, Policy, Rule, Source
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


class RulesInfo(Answer, frozen=True, kw_only=True):
    """What the rules of some levels cite, as far as their stance is known.

    ``with_primary_source`` counts those whose first source is the law, order or opinion itself;
    some were read in part only, as their locators say. ``practices`` are rules of which no written
    text was read, so that there is no law to cite; ``practices_with_statement`` counts those of
    them that cite an agency's page, a press release or a statement, in most cases that of the body
    itself.
    """

    levels: tuple[str, ...]
    rules: int
    with_primary_source: int
    practices: int
    practices_with_statement: int


class StoreInfo(Answer, frozen=True, kw_only=True):
    """A store: where it is, its version (newest confirmation) and its tables.

    ``rules`` counts the rules whose stance is known, ``rules_with_primary_source`` those of them
    whose first source is the law, order or opinion itself; ``rules_by_level`` has those of states
    apart from those of cities and counties.
    """

    path: str
    version: str
    tables: tuple[TableInfo, ...]
    rules: int
    rules_with_primary_source: int
    rules_by_level: tuple[RulesInfo, ...]
    overlays: tuple[OverlayInfo, ...] = ()


PRIMARY_KINDS = ("statute", "ordinance", "regulation", "executive order", "court opinion")
"""Kinds of sources that are the text of a law, an order or an opinion."""

STATEMENT_KINDS = ("agency page", "press release", "statement")
"""Kinds of sources in which a body tells what it does."""

LEVELS = (("state",), ("city", "county"))
"""Levels of places whose rules are counted together."""


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
    every = _rules_info(store, get_args(Level))
    return StoreInfo(
        path=str(store.root),
        version=store.version(),
        tables=tuple(tables),
        rules=every.rules,
        rules_with_primary_source=every.with_primary_source,
        rules_by_level=tuple(_rules_info(store, levels) for levels in LEVELS),
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


def _rules_info(store: Store, levels: tuple[str, ...]) -> RulesInfo:
    rules = [
        rule
        for place in store.all(Jurisdiction)
        if place.level in levels
        for rule in place.rules
        if rule.stance != "unknown"
    ]
    practices = [rule for rule in rules if rule.practice]
    return RulesInfo(
        levels=levels,
        rules=len(rules),
        with_primary_source=sum(_has_primary_source(store, rule) for rule in rules),
        practices=len(practices),
        practices_with_statement=sum(
            not _kinds_of_sources(store, rule).isdisjoint(STATEMENT_KINDS) for rule in practices
        ),
    )


def _kinds_of_sources(store: Store, rule: Rule) -> set[str]:
    return {source.kind for source in store.many(Source, [c.id for c in rule.sources])}


def _has_primary_source(store: Store, rule: Rule) -> bool:
    """Return True if the first source of a rule is the instrument itself: its text, or the page of
    an agency's own directive; a bill counts where nothing was enacted.
    """
    policy = store.get(Policy, rule.policy) if rule.policy else None
    kinds = {store.one(Source, c.id).kind for c in rule.sources[:1]}
    if policy and policy.kind in ("directive", "guidance", "program"):
        kinds |= {"statute"} if "agency page" in kinds else set()
    if policy and policy.status in ("proposed", "pending", "failed"):
        kinds |= {"statute"} if "bill" in kinds else set()
    return not kinds.isdisjoint(PRIMARY_KINDS)


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
    return ListView(
        f"Store of {info.version}",
        table,
        (
            f"In {info.path}",
            "Facts: what can be confirmed. A claim's check has a status of its own.",
            *_rules_texts(info),
            *(
                f"Overlay {o.name}: {count_of(o.added, 'record')} added, {o.replaced:,} replaced;"
                f" in {o.path}"
                for o in info.overlays
            ),
        ),
    )


def _rules_texts(info: StoreInfo) -> list[str]:
    states, local = info.rules_by_level
    told = [
        (
            f"Rules with a known stance: {info.rules:,}; of {info.rules_with_primary_source:,} the"
            " first source is the law, order or opinion itself:"
            f" {states.with_primary_source:,} of"
            f" {states.rules:,} of states, {local.with_primary_source:,} of {local.rules:,} of"
            " cities and counties."
        )
    ]
    practices = states.practices + local.practices
    if practices:
        statements = states.practices_with_statement + local.practices_with_statement
        told.append(
            f"Practices among them: {practices:,}, where no written rule was read, so that mostly"
            f" there is no law to cite; {statements:,} cite an agency's page, a press release or a"
            " statement, in most cases of the body itself."
        )
    return told


def ask_info(session: Session) -> Reply:
    """Describe the store."""
    found = store_info(session.store)
    return Reply([found], info_listing, shown=found, single=True)
