"""Whose the records of a list of positions are: counts of records are not counts of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from ice_facts.model import Jurisdiction, Stakeholder
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.subjects.position.affiliates import organisations_of
from ice_facts.subjects.position.elsewhere import counts_text

MOST_NAMED = 2
"""Holders of several records that a note names."""


def several_text(store: Store, positions: Iterable[tuple[str, str]]) -> str:
    """Return who has several of some records, in one sentence; empty if nobody has, or one
    has them all.

    The bodies of one organisation are one holder, and so are the offices and agencies of one
    government.

    Args:
        store: Where the stakeholders are.
        positions: Of every record, the id of its stakeholder, and its stance.
    """
    records = list(positions)
    stakeholders = {who for who, _ in records}
    if len(stakeholders) == 1:
        return ""
    heads = organisations_of(store, stakeholders) | _governments_of(store, stakeholders)
    members: dict[str, set[str]] = {}
    counts: dict[str, Counter[str]] = {}
    for who, stance in records:
        members.setdefault(heads[who], set()).add(who)
        counts.setdefault(heads[who], Counter())[stance] += 1
    several = {
        _called(store, head, members[head]): stances
        for head, stances in counts.items()
        if stances.total() > 1
    }
    if not several:
        return ""
    ordered = sorted(several.items(), key=lambda item: (-item[1].total(), item[0]))
    told = [f"{name} ({counts_text(stances)})" for name, stances in ordered[:MOST_NAMED]]
    rest = len(ordered) - len(told)
    more = f" and {rest} more" if rest else ""
    return f"Several records each: {', '.join(told)}{more}."


def _called(store: Store, head: str, members: Collection[str]) -> str:
    if len(members) == 1:
        return store.one(Stakeholder, min(members)).name
    place = store.get(Jurisdiction, head)
    if place is None:
        return f"{store.one(Stakeholder, head).name} and bodies of its name"
    if place.level == "federal":
        return "federal offices and agencies"
    return f"offices and agencies of {place.name}"


def _governments_of(store: Store, stakeholders: Collection[str]) -> dict[str, str]:
    """Return the place whose government each of some stakeholders belongs to, by id.

    An office belongs to its place, a person to the place of which they are or were an official,
    and an agency to the place whose name is in its own. A council is apart from the officials.
    """
    found = {}
    for who in store.many(Stakeholder, sorted(stakeholders)):
        of = who.office.jurisdiction if who.office else who.jurisdiction
        place = store.get(Jurisdiction, of) if of else None
        if place is not None and (who.office or _serves(who, place)):
            found[who.id] = place.id
    return found


def _serves(who: Stakeholder, place: Jurisdiction) -> bool:
    if who.kind == "agency":
        return any(who.name.startswith(f"{name} ") for name in (place.name, *place.aliases))
    names = {key_of(name) for name in (who.name, *who.aliases)}
    return who.kind == "person" and any(key_of(o.name) in names for o in place.officials)
