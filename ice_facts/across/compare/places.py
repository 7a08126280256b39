"""The rows in which places are compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import partial

from ice_facts.across.compare.entries import (
    UNKNOWN,
    Cells,
    CompareEntry,
    CompareRow,
    rule_entry,
)
from ice_facts.across.compare.numbers import dispute_rows, number_rows
from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.model import Agreement, Citation, FormerAgreement, Jurisdiction, Policy, Source
from ice_facts.model.answers import filled
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import ModelCount, count_models
from ice_facts.subjects.policy.brief import enjoined_words, existed_on
from ice_facts.subjects.rule import RuleInForce, layers_of, rules_in_force
from ice_facts.vocabulary import DIMENSIONS, DIRECTED_STANCES, office_rank

Layers = tuple[Jurisdiction, ...]


_SAME_OFFICE = {
    "police chief": "head of police",
    "police commissioner": "head of police",
    "police superintendent": "head of police",
    "county executive": "head of the county",
    "county board president": "head of the county",
    "county board chair": "head of the county",
}
"""Offices that differ in name only, so that they stand in one row."""


def place_rows(store: Store, ids: Sequence[str], on: str) -> list[CompareRow]:
    """Return all rows in which places are compared on a date."""
    places = {id: layers_of(store, store.one(Jurisdiction, id)) for id in ids}
    return [
        *rows_of_a_date(store, places, on),
        *number_rows(store, ids, on),
        *dispute_rows(store, [layers[0] for layers in places.values()], on),
    ]


def rows_of_a_date(store: Store, places: dict[str, Layers], on: str) -> list[CompareRow]:
    """Return the rows whose cells depend on the date: rules, offices, lists, agreements.

    Args:
        store: Where to look.
        places: Each place with the layers above it, by the id of the place.
        on: The date of the answer.
    """
    return [
        *_rule_rows(store, places, on),
        *_office_rows(places, on),
        *_list_rows(store, places, on),
        _agreements_row(store, places, on),
    ]


def _levels(places: dict[str, Layers]) -> dict[str, str]:
    return {layer.id: layer.level for layers in places.values() for layer in layers}


def _comparison_key(levels: dict[str, str], entry: CompareEntry, id: str) -> Hashable:
    """Return stance and value of an entry, and its level where it is not of the place itself."""
    layer = entry.jurisdiction or id
    return entry.stance, entry.value, "own" if layer == id else levels[layer]


def _rule_rows(store: Store, places: dict[str, Layers], on: str) -> Iterator[CompareRow]:
    comparison_key = partial(_comparison_key, _levels(places))
    rules = {id: rules_in_force(layers, on) for id, layers in places.items()}
    for dimension, label in DIMENSIONS.items():
        cells = {
            id: _rule_cell(store, id, [r for r in found if r.dimension == dimension], on)
            for id, found in rules.items()
        }
        yield CompareRow.of("rules", dimension, label, cells, comparison_key)


def _rule_cell(
    store: Store, place: str, rules: Sequence[RuleInForce], on: str
) -> tuple[CompareEntry, ...]:
    """Return the rules of a place, and those with a direction of the layers above it.

    Without any of these, it is the silent rules of the layers above; without a rule at all, the
    stance is ``unknown``.
    """
    shown = [
        rule for rule in rules if rule.jurisdiction == place or rule.stance in DIRECTED_STANCES
    ]
    shown = shown or [rule for rule in rules if rule.stance == "silent"]
    if not shown:
        return (CompareEntry(stance="unknown", text="No rule is recorded."),)
    return tuple(_rule_entry(store, rule, on) for rule in shown)


def _rule_entry(store: Store, rule: RuleInForce, on: str) -> CompareEntry:
    """Return the entry of a rule, with what a court has stopped of its law as its status."""
    law = store.one(Policy, rule.policy) if rule.policy else None
    directed = rule.stance in DIRECTED_STANCES
    return rule_entry(rule, enjoined_words(law, [rule], on) if law and directed else "")


def _office_rows(places: dict[str, Layers], on: str) -> Iterator[CompareRow]:
    offices: dict[str, dict[str, list[CompareEntry]]] = {}
    levels: dict[str, set[str]] = {}
    for id, layers in places.items():
        for layer in layers:
            for o in layer.officials:
                if not holds_on(o.start, o.until, on, o.confirmed):
                    continue
                office = _office_of(layer, o.office)
                levels.setdefault(office, set()).update((layer.level, *layer.also))
                title = f"acting {o.office}" if o.acting else o.office
                entry = filled(CompareEntry, o, value=o.name, text=title, jurisdiction=layer.id)
                offices.setdefault(office, {}).setdefault(id, []).append(entry)
    # Of the offices that share a row the first gives the rank: it is set last.
    ranks = {new: office_rank(old) for old, new in reversed(_SAME_OFFICE.items())}
    for office in sorted(offices, key=lambda o: ranks.get(o) or office_rank(o)):
        cells: Cells = {}
        for id, layers in places.items():
            has_level = any({j.level, *j.also} & levels[office] for j in layers)
            cells[id] = tuple(offices[office].get(id, ())) or (UNKNOWN if has_level else ())
        key, label = office.replace(" ", "-").replace("'", ""), office[:1].upper() + office[1:]
        yield CompareRow.of("offices", key, label, cells, lambda e, _: e.value)


def _office_of(layer: Jurisdiction, office: str) -> str:
    """Return the office whose row an official stands in: a county's mayor is not a city's."""
    if office == "mayor" and layer.level == "county" and "city" not in layer.also:
        return "head of the county"
    return _SAME_OFFICE.get(office, office)


def _list_rows(store: Store, places: dict[str, Layers], on: str) -> Iterator[CompareRow]:
    lists = [policy for policy in store.of_kind(Policy, "list") if existed_on(policy, on)]
    for published in sorted(lists, key=lambda p: first_day(p.enacted or "0001"), reverse=True):
        cells = {id: _list_cell(published, layers, on) for id, layers in places.items()}
        key = published.id.split("-")[0]
        # Places differ by their own entries, not by those of their counties and states.
        own = {id: [e for e in entries if e.jurisdiction == id] for id, entries in cells.items()}
        differs = len({tuple((e.value, e.start, e.until) for e in es) for es in own.values()}) > 1
        yield CompareRow(
            section="lists", key=key, label=published.short, differs=differs, cells=cells
        )


def _list_cell(published: Policy, layers: Layers, on: str) -> tuple[CompareEntry, ...]:
    found = [
        filled(
            CompareEntry,
            e,
            value="listed" if holds_on(e.start, e.until, on, e.confirmed) else "was listed",
            text=f"as {e.printed_as}" if e.printed_as else None,
            jurisdiction=layer.id,
            policy=published.id,
        )
        for layer in layers
        for e in layer.listed
        if e.list == published.id and began_by(e.start, on)
    ]
    if not any(e.jurisdiction == layers[0].id for e in found):
        absent = CompareEntry(
            value="not listed",
            jurisdiction=layers[0].id,
            policy=published.id,
            confirmed=published.confirmed,
            sources=published.sources[:1],
        )
        found.insert(0, absent)
    return tuple(found)


def _agreements_row(store: Store, places: dict[str, Layers], on: str) -> CompareRow:
    reached = {layer.id for layers in places.values() for layer in layers}
    states = {layers[0].state for layers in places.values() if layers[0].level == "state"}
    known = store.referring(Agreement, jurisdiction=reached, state=filter(None, states))
    former = store.referring(FormerAgreement, jurisdiction=reached)
    cells = {
        id: (*_agreements_cell(store, known, layers, on), *_former_entries(former, layers, on))
        for id, layers in places.items()
    }
    key, label = "287g-agreements", "287(g) agreements signed"
    comparison_key = partial(_comparison_key, _levels(places))
    return CompareRow.of("agreements", key, label, cells, comparison_key)


def _agreements_cell(
    store: Store, known: Sequence[Agreement], layers: Layers, on: str
) -> tuple[CompareEntry, ...]:
    place = layers[0]
    signed = [a for a in known if began_by(a.signed, on)]
    entries = [
        filled(CompareEntry, a, value=a.model, text=a.agency, start=a.signed)
        for layer in layers
        if layer.level != "state" or layer is place
        for a in signed
        if a.jurisdiction == layer.id
    ]
    # The source of each agreement is ICE's whole list, which also tells who has none.
    any_agreement = store.first(Agreement)
    if any_agreement and all(e.jurisdiction != place.id for e in entries):
        entries.insert(0, _no_agreement(store, any_agreement, place.id, on))
    # Not for the District of Columbia: it is one city, so its own agreements are all there are.
    if any_agreement and place.level == "state" and "city" not in place.also:
        count = count_models(store, [a for a in signed if a.state == place.state])
        entries.append(_state_entry(count, any_agreement, place.id))
    return tuple(entries)


def _state_entry(count: ModelCount, any_agreement: Agreement, state: str) -> CompareEntry:
    return CompareEntry(
        value=count.total,
        unit="in the whole state",
        text=f"{count.task_force} task force, {count.warrant_service_officer} warrant"
        f" service officer, {count.jail_enforcement} jail enforcement",
        jurisdiction=state,
        confirmed=any_agreement.confirmed,
        sources=tuple(Citation(id=c.id, locator="rows of the state") for c in count.sources),
    )


def _former_entries(
    former: Sequence[FormerAgreement], layers: Layers, on: str
) -> Iterator[CompareEntry]:
    """Yield the agreements of a place and its counties that are no longer on ICE's list."""
    for a in former:
        if a.jurisdiction in {j.id for j in layers} and began_by(a.signed or a.first_listed, on):
            yield filled(
                CompareEntry,
                a,
                value=a.model,
                text=a.agency,
                start=a.signed or a.first_listed,
                known_until=a.last_listed,
            )


def _no_agreement(store: Store, any_agreement: Agreement, place: str, on: str) -> CompareEntry:
    """Return the entry of a place without an agreement on ICE's list.

    The list is complete, but agreements that had ended on the day of the list are not on it.
    """
    cited = any_agreement.sources[:1]
    published = store.one(Source, cited[0].id).published if cited else None
    text = f"on ICE's list of {published}" if published else "on ICE's list"
    if published and first_day(on) < first_day(published):
        text += " was signed by then"
    return CompareEntry(
        value="none",
        text=text,
        jurisdiction=place,
        confirmed=any_agreement.confirmed,
        sources=tuple(Citation(id=c.id, locator="whole list") for c in cited),
    )
