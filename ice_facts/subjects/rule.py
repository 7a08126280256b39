"""Rules: what a jurisdiction says on one dimension of cooperation.

What cards, comparisons and searches tell of a rule is made here. A list of rules has its columns in
``across.rules``, and a sentence of a card's opening is said in ``place.wording``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec import field

from ice_facts.dates import holds_on
from ice_facts.model import Citation, Jurisdiction, Rule
from ice_facts.model.answers import Answer, filled
from ice_facts.show.build import fact
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Fact
from ice_facts.store import Store
from ice_facts.vocabulary import BOUND, DIMENSIONS, DIRECTED_STANCES, STATE_BODIES


class RuleInForce(Answer, frozen=True, kw_only=True):
    """A rule that binds at a place, with the jurisdiction that made it."""

    dimension: str
    stance: str
    binds: tuple[str, ...]
    text: str
    scope: str | None
    practice: bool
    jurisdiction: str
    policy: str | None
    start: str | None = field(name="from")
    known_from: str | None
    until: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]
    note: str | None


AnyRule = TypeVar("AnyRule", Rule, RuleInForce)

_DIMENSION_ORDER = list(DIMENSIONS)


_LEVEL_RANK = {"city": 0, "county": 1, "state": 2, "federal": 3}


def layers_of(store: Store, place: Jurisdiction) -> tuple[Jurisdiction, ...]:
    """Return the jurisdictions whose rules bind at a place: itself, its counties, its state."""
    above = store.many(Jurisdiction, [a for a in dict.fromkeys(place.part_of) if a != place.id])
    return (place, *sorted(above, key=lambda j: (_LEVEL_RANK[j.level], j.id)))


def rules_in_force(places: Iterable[Jurisdiction], on: str) -> tuple[RuleInForce, ...]:
    """Return the rules of places that hold on a date, by dimension and then by place."""
    rules = _rules_on(places, on)
    return tuple(sorted(rules, key=lambda rule: _DIMENSION_ORDER.index(rule.dimension)))


def rules_under(store: Store, policy: str, on: str) -> tuple[RuleInForce, ...]:
    """Return the rules under a policy that hold on a date, by place."""
    rules = _rules_on(store.referring(Jurisdiction, policy=policy), on)
    return tuple(rule for rule in rules if rule.policy == policy)


def _rules_on(places: Iterable[Jurisdiction], on: str) -> list[RuleInForce]:
    return [
        filled(RuleInForce, rule, jurisdiction=place.id)
        for place in places
        for rule in place.rules
        if holds_on(rule.start or rule.known_from, rule.until, on, rule.confirmed)
    ]


def of_the_whole(rules: Iterable[AnyRule]) -> list[AnyRule]:
    """Return the rules that are on their form of cooperation as such, not on a part of it only."""
    return [rule for rule in rules if not rule.scope]


def counted(rules: Iterable[AnyRule]) -> list[AnyRule]:
    """Return the rules of one place that lists and maps count.

    They are on their form of cooperation as such. Where there is a written rule, what a body does
    is not counted beside it.
    """
    whole = of_the_whole(rules)
    written = {r.dimension for r in whole if not r.practice and r.stance != "unknown"}
    return [r for r in whole if not r.practice or r.dimension not in written]


def binds_state_bodies_only(rule: AnyRule, maker: Jurisdiction | None) -> bool:
    """Return True if a state's rule binds bodies of the state only, and no city or county.

    The bodies of the District of Columbia are those of its city.
    """
    if maker is None or maker.level != "state" or maker.also or not rule.binds:
        return False
    return set(rule.binds) <= set(STATE_BODIES)


def rules_that_reach(store: Store, place: Jurisdiction, on: str) -> list[RuleInForce]:
    """Return the rules that lists count of a place, of its counties and of its state.

    Rules of the state that bind its own bodies only are left out at a city or county.
    """
    layers = {layer.id: layer for layer in layers_of(store, place)}
    return [
        rule
        for layer in layers.values()
        for rule in counted(rules_in_force([layer], on))
        if layer.id == place.id or not binds_state_bodies_only(rule, layers[rule.jurisdiction])
    ]


def on_state_bodies_only(maker: Jurisdiction, rules: Iterable[AnyRule]) -> tuple[str, ...]:
    """Return the dimensions on which every rule that has a direction binds state bodies only."""
    only: dict[str, bool] = {}
    for rule in rules:
        if rule.stance in DIRECTED_STANCES:
            narrow = binds_state_bodies_only(rule, maker)
            only[rule.dimension] = only.get(rule.dimension, True) and narrow
    return tuple(dimension for dimension, narrow in only.items() if narrow)


def by_stance(rules: Iterable[RuleInForce]) -> dict[str, list[RuleInForce]]:
    """Return rules by stance, in the order in which the stances occur."""
    groups: dict[str, list[RuleInForce]] = {}
    for rule in rules:
        groups.setdefault(rule.stance, []).append(rule)
    return groups


_DONE = {
    "prohibits": "not done",
    "limits": "done in cases",
    "permits": "done",
    "requires": "done by order",
}


def stance_word(stance: str, *, practice: bool) -> str:
    """Return the word of a stance: of a practice, which is no written rule, whether it is done."""
    return _DONE.get(stance, stance) if practice else stance


PRACTICE = " A practice: no written rule was read."
"""What is said of a rule that is known only from what a body does or says that it does."""


def whole_text(rule: RuleInForce) -> str:
    """Return all that a rule says, in words: its text, on which part it is, and whom it binds."""
    part = f" On a part only: {rule.scope}." if rule.scope else ""
    binds = f" Binds: {'; '.join(BOUND[word] for word in rule.binds)}." if rule.binds else ""
    return f"{rule.text}{PRACTICE if rule.practice else ''}{part}{binds}"


def search_title(place: Jurisdiction, rule: Rule) -> str:
    """Return the title of a rule among the hits of a search: place, dimension and stance."""
    return f"{place.name}: {DIMENSIONS[rule.dimension].lower()}, {rule.stance}"


def search_text(place: Jurisdiction, rule: Rule) -> str:
    """Return the text by which a search finds a rule."""
    return f"{place.name}: {rule.text}"


def rule_statement(rule: Rule) -> str:
    """Return the text of a rule after its dimension and stance."""
    return f"{rule.dimension}, {rule.stance}: {rule.text}"


def rule_fact(section: str, rule: RuleInForce, labels: Labels) -> Fact:
    """Return a rule as a fact of a card."""
    note = rule.note or ""
    if rule.known_from and rule.stance != "unknown" and "told from" not in note:
        note = f"{note} First day in force not known; told from {rule.known_from} on.".strip()
    return fact(
        section,
        rule.dimension,
        rule.stance,
        whole_text(rule),
        of=rule,
        note=note,
        label=f"{DIMENSIONS[rule.dimension]} · {labels.place(rule.jurisdiction)}",
        tone=rule.stance,
    )
