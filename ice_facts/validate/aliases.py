"""Rules on names: a name that people type means one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from ice_facts.model import Jurisdiction, Place, Policy, Record, Stakeholder, Term
from ice_facts.store import TABLE_OF
from ice_facts.store.naming import key_of
from ice_facts.validate.tables import Problem, Tables

NAMES: dict[type[Record], tuple[str, ...]] = {
    Jurisdiction: ("name",),
    Place: ("name",),
    Policy: ("title", "short"),
    Stakeholder: ("name",),
    Term: ("term",),
}
"""The fields with the names of a record; its aliases come on top."""


class Use(NamedTuple):
    """One use of a name: names sort before aliases."""

    is_alias: bool
    id: str
    field: str
    text: str


def names_mean_one_place(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """No two places of one level in one state share a name or an alias.

    A town and the village in it may have one name, and so may townships of several counties: they
    are told apart by what they are or where. An alias is there so that one place is found.
    """
    places: dict[str, Jurisdiction | Place] = {
        **dict(tables.records(Place)),
        **dict(tables.records(Jurisdiction)),
    }
    uses: defaultdict[tuple[str | None, str, str], list[Use]] = defaultdict(list)
    for id, place in places.items():
        for use in _uses(id, place):
            for level in {place.level, *place.also}:
                uses[place.state, level, key_of(use.text)].append(use)
    found: set[tuple[str, Problem]] = set()
    for group in uses.values():
        if len(group) > 1:
            if any(use.is_alias for use in group):
                found.update(_shared(group))
            else:
                found.update(_alike(group, places))
    for id, problem in found:
        yield TABLE_OF[type(places[id])], id, problem


def _alike(
    uses: list[Use], places: dict[str, Jurisdiction | Place]
) -> Iterator[tuple[str, Problem]]:
    """Yield a problem for each place that is of one kind and in one county with a namesake."""
    same: defaultdict[tuple[str | None, tuple[str, ...]], list[Use]] = defaultdict(list)
    for use in uses:
        place = places[use.id]
        same[place.kind, place.part_of].append(use)
    for group in same.values():
        yield from _shared(group)


def aliases_mean_one_record(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """No alias of a policy, stakeholder or term is an alias or a name of another one.

    Two may have one name: Illinois and California each have a TRUST Act. But an alias is there so
    that a record is found, and one that another record has too does not find it.
    """
    for cls in (Policy, Stakeholder, Term):
        uses: defaultdict[str, list[Use]] = defaultdict(list)
        for id, record in tables.records(cls):
            for use in _uses(id, record):
                uses[key_of(use.text)].append(use)
        for group in uses.values():
            if any(use.is_alias for use in group):
                for id, problem in _shared(group):
                    yield TABLE_OF[cls], id, problem


def _uses(id: str, record: Any) -> Iterator[Use]:
    for field in NAMES[type(record)]:
        yield Use(False, id, field, getattr(record, field))
    for n, alias in enumerate(record.aliases):
        yield Use(True, id, f"aliases[{n}]", alias)


def _shared(uses: list[Use]) -> Iterator[tuple[str, Problem]]:
    """Yield a problem for each record that shares a name, but the first: names before aliases."""
    first, *others = sorted(uses)
    reported = {first.id}
    for use in others:
        if use.id not in reported:
            reported.add(use.id)
            problem = f"{use.text!r} also stands for {first.id} (its {first.field})"
            remedy = "leave it to one of them, or make it distinct"
            yield use.id, Problem(use.field, problem, remedy)
