"""The rows in which places are compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from ice_facts.across.compare.entries import UNKNOWN, Cells, CompareEntry, CompareRow
from ice_facts.across.compare.numbers import dispute_rows, number_rows
from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.model import Agreement, Citation, FormerAgreement, Jurisdiction, Policy, Source
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import count_models
from ice_facts.subjects.place.card import layers_of
from ice_facts.subjects.policy.brief import existed_on
from ice_facts.subjects.rule import RuleInForce, rules_in_force
from ice_facts.vocabulary import DIMENSIONS, office_rank

Layers = tuple[Jurisdiction, ...]


BINDING = ("prohibits", "limits", "permits", "forbids-limits", "requires")
"""Stances that do something; a layer above that is silent or unknown adds nothing to a cell."""


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
    """Return everything in which places can be compared on a date."""
    places = {id: layers_of(store, store.one(Jurisdiction, id)) for id in ids}
    return [
        *dated_rows(store, places, on),
        *number_rows(store, ids, on),
        *dispute_rows(store, [layers[0] for layers in places.values()], on),
    ]


def dated_rows(store: Store, places: dict[str, Layers], on: str) -> list[CompareRow]:
    """Return the rows whose cells depend on the date: rules, offices, lists, agreements.

    Args:
        store: Where to look.
        places: For every place to compare, itself and the layers above it.
        on: The date of the answer.
    """
    return [
        *_rule_rows(places, on),
        *_office_rows(places, on),
        *_list_rows(store, places, on),
        _agreements_row(store, places, on),
    ]


def _layered(places: dict[str, Layers]) -> Callable[[CompareEntry, str], Hashable]:
    """Return what of an entry counts in a comparison: what it says, and at which layer."""
    levels = {layer.id: layer.level for layers in places.values() for layer in layers}

    def mark(entry: CompareEntry, id: str) -> Hashable:
        layer = entry.jurisdiction or id
        return entry.stance, entry.value, "own" if layer == id else levels[layer]

    return mark


def _rule_rows(places: dict[str, Layers], on: str) -> Iterator[CompareRow]:
    mark = _layered(places)
    rules = {id: rules_in_force(layers, on) for id, layers in places.items()}
    for dimension, label in DIMENSIONS.items():
        cells = {
            id: _rule_cell(id, [r for r in held if r.dimension == dimension])
            for id, held in rules.items()
        }
        yield CompareRow.of("rules", dimension, label, cells, mark)


def _rule_cell(place: str, rules: Sequence[RuleInForce]) -> tuple[CompareEntry, ...]:
    """Return a place's own rules and, of the layers above it, those that bind.

    Where nobody's rule binds, the silence of a layer above is told; where nothing is recorded at
    all, the stance is ``unknown``.
    """
    own = [rule for rule in rules if rule.jurisdiction == place]
    above = [rule for rule in rules if rule.jurisdiction != place]
    binding = [rule for rule in above if rule.stance in BINDING]
    shown = own + binding or [rule for rule in above if rule.stance == "silent"]
    if not shown:
        return (CompareEntry(stance="unknown", text="No rule is recorded."),)
    return tuple(CompareEntry.of_rule(rule) for rule in shown)


def _office_rows(places: dict[str, Layers], on: str) -> Iterator[CompareRow]:
    offices: dict[str, dict[str, list[CompareEntry]]] = {}
    levels: dict[str, set[str]] = {}
    for id, layers in places.items():
        for layer in layers:
            for o in layer.officials:
                if not holds_on(o.start, o.until, on, o.confirmed):
                    continue
                office = _SAME_OFFICE.get(o.office, o.office)
                levels.setdefault(office, set()).update((layer.level, *layer.also))
                entry = CompareEntry(
                    value=o.name,
                    text=f"acting {o.office}" if o.acting else o.office,
                    jurisdiction=layer.id,
                    start=o.start,
                    until=o.until,
                    confirmed=o.confirmed,
                    note=o.note,
                    sources=o.sources,
                )
                offices.setdefault(office, {}).setdefault(id, []).append(entry)
    ranks = {new: office_rank(old) for old, new in reversed(_SAME_OFFICE.items())}
    for office in sorted(offices, key=lambda o: ranks.get(o) or office_rank(o)):
        cells: Cells = {}
        for id, layers in places.items():
            has_level = any({j.level, *j.also} & levels[office] for j in layers)
            cells[id] = tuple(offices[office].get(id, ())) or (UNKNOWN if has_level else ())
        label = office[:1].upper() + office[1:]
        yield CompareRow.of(
            "offices", office.replace(" ", "-").replace("'", ""), label, cells, lambda e, _: e.value
        )


def _list_rows(store: Store, places: dict[str, Layers], on: str) -> Iterator[CompareRow]:
    lists = [p for p in store.mentioning(Policy, "list") if p.kind == "list" and existed_on(p, on)]
    for published in sorted(lists, key=lambda p: first_day(p.enacted or "0001"), reverse=True):
        cells = {id: _list_cell(published, layers, on) for id, layers in places.items()}
        key = published.id.split("-")[0]
        # Places differ by their own entries: those of their counties and states stand beside them.
        own = {id: [e for e in entries if e.jurisdiction == id] for id, entries in cells.items()}
        differs = len({tuple((e.value, e.start, e.until) for e in es) for es in own.values()}) > 1
        yield CompareRow(
            section="lists", key=key, label=published.short, differs=differs, cells=cells
        )


def _list_cell(published: Policy, layers: Layers, on: str) -> tuple[CompareEntry, ...]:
    found = [
        CompareEntry(
            value="listed" if holds_on(e.start, e.until, on, e.confirmed) else "was listed",
            text=f"as {e.printed_as}" if e.printed_as else None,
            known_until=e.known_until,
            jurisdiction=layer.id,
            policy=published.id,
            start=e.start,
            until=e.until,
            confirmed=e.confirmed,
            note=e.note,
            sources=e.sources,
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
    known = store.mentioning(Agreement, *reached, *filter(None, states))
    former = store.mentioning(FormerAgreement, *reached)
    cells = {
        id: (*_agreements_cell(store, known, layers, on), *_former_entries(former, layers, on))
        for id, layers in places.items()
    }
    return CompareRow.of(
        "agreements", "287g-agreements", "287(g) agreements signed", cells, _layered(places)
    )


def _agreements_cell(
    store: Store, known: Sequence[Agreement], layers: Layers, on: str
) -> tuple[CompareEntry, ...]:
    place = layers[0]
    signed = [a for a in known if began_by(a.signed, on)]
    entries = [
        CompareEntry(
            value=a.model,
            text=a.agency,
            jurisdiction=layer.id,
            start=a.signed,
            confirmed=a.confirmed,
            note=a.note,
            sources=a.sources,
        )
        for layer in layers
        if layer.level != "state" or layer is place
        for a in signed
        if a.jurisdiction == layer.id
    ]
    example = store.first(Agreement)
    if example and all(e.jurisdiction != place.id for e in entries):
        entries.insert(0, _no_agreement(store, example, place.id, on))
    if example and place.level == "state" and "city" not in place.also:
        count = count_models(store, [a for a in signed if a.state == place.state])
        entries.append(
            CompareEntry(
                value=count.total,
                unit="in the whole state",
                text=f"{count.task_force} task force, {count.warrant_service_officer} warrant"
                f" service officer, {count.jail_enforcement} jail enforcement",
                jurisdiction=place.id,
                confirmed=example.confirmed,
                sources=tuple(
                    Citation(id=cited.id, locator="rows of the state") for cited in count.sources
                ),
            )
        )
    return tuple(entries)


def _former_entries(
    former: Sequence[FormerAgreement], layers: Layers, on: str
) -> Iterator[CompareEntry]:
    """Yield the agreements of a place and its county that have left ICE's list since."""
    for a in former:
        if a.jurisdiction in {j.id for j in layers} and began_by(a.signed or a.first_listed, on):
            yield CompareEntry(
                value=a.model,
                text=a.agency,
                jurisdiction=a.jurisdiction,
                start=a.signed or a.first_listed,
                known_until=a.last_listed,
                confirmed=a.confirmed,
                note=a.note,
                sources=a.sources,
            )


def _no_agreement(store: Store, example: Agreement, place: str, on: str) -> CompareEntry:
    """Return the entry of a place without an agreement on ICE's list, which is complete.

    The list names the agreements of its day: those that had ended by then are not on it.
    """
    cited = example.sources[:1]
    published = store.one(Source, cited[0].id).published if cited else None
    text = f"on ICE's list of {published}" if published else "on ICE's list"
    if published and first_day(on) < first_day(published):
        text += " was signed by then"
    return CompareEntry(
        value="none",
        text=text,
        jurisdiction=place,
        confirmed=example.confirmed,
        sources=tuple(Citation(id=c.id, locator="whole list") for c in cited),
    )
