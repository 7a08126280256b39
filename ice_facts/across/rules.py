"""Rules as rows: which places, since when, under what law, and whom they bind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated

from msgspec import field

from ice_facts.ask import Reply, Session, StateOption, choice, one_of, option
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    Bound,
    Citation,
    Dimension,
    Jurisdiction,
    Level,
    Policy,
    RuleStance,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.resolve import resolve
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import SOURCES, Column, ListView, Piece, table_of
from ice_facts.show.words import count_of
from ice_facts.store import Store
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.rule import RuleInForce, layers_of, rules_in_force, stance_word
from ice_facts.vocabulary import BOUND, DIMENSIONS, PLACE_TABLES


class RuleRow(Answer, frozen=True, kw_only=True):
    """A rule at a place, with the place that made it and the law that it stands in.

    ``jurisdiction`` is the place at which it binds, ``made_by`` the one whose rule it is: the same
    but for rules that reach a place from its county or state. ``law`` names the policy as cited.
    The GEOIDs are those of the place.
    """

    jurisdiction: str
    name: str
    level: str
    state: str | None
    dimension: str
    stance: str
    start: str | None = field(name="from")
    known_from: str | None
    law: str | None
    binds: tuple[str, ...]
    text: str
    scope: str | None
    practice: bool
    made_by: str
    policy: str | None
    until: str | None
    confirmed: str | None
    note: str | None
    sources: tuple[Citation, ...]
    geoid: str | None
    county_geoid: str | None


def list_rules(
    store: Store,
    on: str,
    *,
    dimensions: Sequence[str] = (),
    stance: str | None = None,
    level: str | None = None,
    state: str | None = None,
    place: str | None = None,
    binds: str | None = None,
    policy: str | None = None,
    effective: bool = False,
) -> list[RuleRow]:
    """List the rules in force on a date, by dimension, then by place.

    Args:
        store: Where to look.
        on: The date of the answer.
        dimensions: Only rules on these forms of cooperation; none: on any.
        stance: Only rules with this stance.
        level: Only rules at places of this level.
        state: Only rules at places in the state with this USPS code.
        place: Only rules at the place with this id.
        binds: Only rules that bind this body.
        policy: Only rules under the policy with this id.
        effective: Also the rules that reach a place from its county and its state.

    Raises:
        NotFoundError: No rule fits.
    """
    from ice_facts.store.documents import having

    known = store.where(Jurisdiction, having(state=state))
    rows = []
    for at in known:
        if (place and at.id != place) or (level and level not in (at.level, *at.also)):
            continue
        layers = layers_of(store, at) if effective else (at,)
        rows += [
            _row(store, at, rule)
            for rule in rules_in_force(layers, on)
            if (not dimensions or rule.dimension in dimensions)
            and (not stance or rule.stance == stance)
            and (not binds or binds in rule.binds)
            and (not policy or rule.policy == policy)
        ]
    if not rows:
        raise NotFoundError(
            "no rule in the store fits these filters",
            ["ice-facts rules --on DIMENSION lists all rules on one form of cooperation"],
        )
    order = list(DIMENSIONS)
    return sorted(rows, key=lambda r: (order.index(r.dimension), r.state or "", r.jurisdiction))


def _row(store: Store, at: Jurisdiction, rule: RuleInForce) -> RuleRow:
    law = store.one(Policy, rule.policy) if rule.policy else None
    return filled(
        RuleRow,
        rule,
        jurisdiction=at.id,
        name=at.name,
        geoid=at.geoid,
        county_geoid=at.county_geoid,
        level=at.level,
        state=at.state,
        made_by=rule.jurisdiction,
        law=(law.citation or law.short) if law else None,
    )


def rules_listing(rows: Sequence[RuleRow], labels: Labels, *, on: str) -> ListView:
    """Return the view of a list of rules; one form of cooperation stands in the title."""
    dimensions = {row.dimension for row in rows}
    is_one = len(dimensions) == 1
    title = f": {DIMENSIONS[next(iter(dimensions))]}" if is_one else ""
    table = table_of(
        rows,
        (Column("place", "Place", data=True), lambda r: r.jurisdiction),
        (Column("where", "Place", drawn=True), lambda r: _where(r, labels)),
        (Column("state", "State", data=True), lambda r: r.state),
        (Column("dimension", "Form of cooperation", data=is_one), lambda r: r.dimension),
        (
            Column("stance", "Stance", data=True),
            lambda r: Piece(r.stance, r.stance, r.sources[:1], r.confirmed is not None),
        ),
        (
            Column("told", "Stance", drawn=True),
            lambda r: Piece(_told(r), r.stance, r.sources[:1], r.confirmed is not None),
        ),
        (Column("from", "Since"), lambda r: r.start or (r.known_from and f"by {r.known_from}")),
        (Column("law", "Law"), lambda r: r.law or (r.policy and labels.policy(r.policy))),
        (Column("policy", "Policy", data=True), lambda r: r.policy),
        (Column("made_by", "Made by", data=True), lambda r: r.made_by),
        (Column("binds", "Binds", spare=1), lambda r: _bound(r.binds)),
        (Column("text", "What it says", spare=2), lambda r: r.text),
        (Column("scope", "Only", data=True), lambda r: r.scope),
        (Column("practice", "Practice", data=True), lambda r: "yes" if r.practice else ""),
        (Column("note", "Note", data=True), lambda r: r.note),
        SOURCES,
        (Column("geoid", "GEOID", data=True), lambda r: r.geoid),
        (Column("county_geoid", "County GEOID", data=True), lambda r: r.county_geoid),
    )
    count = count_of(len(rows), "rule")
    note = (
        f"{count} in force on {on}. Since: the first day in force; by: enacted or reported by that"
        " day, the first day in force is not known."
    )
    practice = "Done or not done: a practice, of which no written rule was read."
    notes = (note, practice) if any(row.practice for row in rows) else (note,)
    sources = sources_of(labels.store, [r.sources[:1] for r in rows])
    shown = sources if len(rows) <= MOST_SOURCES else ()
    return ListView(f"Rules{title}: {len(rows):,}", table, notes, shown)


MOST_SOURCES = 60
"""A longer list names its sources in the data formats only."""


def _where(row: RuleRow, labels: Labels) -> str:
    name = row.name if row.level == "state" else f"{row.name}, {row.state}"
    made_by = "" if row.made_by == row.jurisdiction else f" (by {labels.place(row.made_by)})"
    return name + made_by


def _told(row: RuleRow) -> str:
    """Return the stance in words: of a practice whether it is done, and "in part" of a part."""
    word = stance_word(row.stance, practice=row.practice)
    return f"{word} in part" if row.scope else word


def _bound(words: Iterable[str]) -> str:
    return "; ".join(BOUND[word] for word in words)


def ask_rules(
    session: Session,
    *,
    on: Annotated[
        list[str] | None,
        option(
            "--on",
            metavar="DIMENSION,…",
            help="Only on these forms of cooperation: detainers,287g.",
            parse=lambda text: one_of(text, Dimension, "dimension"),
            words=lambda: DIMENSIONS.items(),
            commas=True,
        ),
    ] = None,
    stance: Annotated[
        str | None, choice("--stance", RuleStance, "prohibits, limits, permits, requires, …")
    ] = None,
    level: Annotated[
        str | None, choice("--level", Level, "At places of this level: city, county or state.")
    ] = None,
    state: StateOption = None,
    place: Annotated[
        str | None,
        option("--place", metavar="PLACE", help="Only at this place.", names=PLACE_TABLES),
    ] = None,
    binds: Annotated[
        str | None, choice("--binds", Bound, "Only rules that bind this body: police, …")
    ] = None,
    policy: Annotated[
        str | None,
        option("--policy", metavar="POLICY", help="Only under this policy.", names=("policies",)),
    ] = None,
    effective: Annotated[
        bool, option("--effective", help="Also what reaches a place from its county and state.")
    ] = False,
) -> Reply:
    """List rules."""
    store = session.store
    rows = list_rules(
        store,
        session.on,
        dimensions=on or (),
        stance=stance,
        level=level,
        state=state,
        place=resolve(store, place, (Jurisdiction,), state=state).id if place else None,
        binds=binds,
        policy=resolve(store, policy, (Policy,)).id if policy else None,
        effective=effective or place is not None,
    )
    return Reply(rows, partial(rules_listing, on=session.on))
