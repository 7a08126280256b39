"""The values of every state on a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated

from ice_facts.ask import Reply, Session, argument, one_of
from ice_facts.dates import began_by
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Citation, Dimension, Jurisdiction, Listing, Place, Policy, Source
from ice_facts.model.answers import Answer
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import (
    AgreementCount,
    count_agreements,
    newer_total,
)
from ice_facts.subjects.agreement.listed import list_date, state_record
from ice_facts.subjects.agreement.listing import ModelOption
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.place.listing import find_list, list_words
from ice_facts.subjects.rule import (
    RuleInForce,
    counted,
    on_state_bodies_only,
    rules_in_force,
)
from ice_facts.vocabulary import COOPERATING, DIMENSIONS, RESTRICTING, STATES


class MapState(Answer, frozen=True, kw_only=True):
    """A state on a map: its value in words, and a number where there is one."""

    id: str
    state: str
    name: str
    value: int | None
    words: str
    group: str
    places: tuple[str, ...]
    sources: tuple[Citation, ...]


class MapAnswer(Answer, frozen=True, kw_only=True):
    """What a map shows, state by state; ``groups`` is its legend in the order of drawing."""

    subject: str
    title: str
    as_of: str
    groups: tuple[str, ...]
    states: tuple[MapState, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


COUNT_STEPS = (0, 1, 10, 50, 100)
"""The lowest number of each group on a map of counts."""


NONE_RECORDED = "unknown"
"""The group of states of which no rule is recorded."""


SEVERAL_GROUPS = ("several: restrict", "several: allow", "several: both")
"""Groups of states with rules of several stances on one dimension, by direction."""


LIST_GROUPS = (
    "none recorded",
    "removed from it",
    "places in it only",
    "the state only",
    "the state and places in it",
)


def _step_words(place: int) -> str:
    low = COUNT_STEPS[place]
    if place == len(COUNT_STEPS) - 1:
        return f"{low} or more"
    high = COUNT_STEPS[place + 1] - 1
    return "none" if high == 0 else f"{low} to {high}"


COUNT_GROUPS = tuple(_step_words(n) for n in range(len(COUNT_STEPS)))


def agreements_map(store: Store, on: str, *, model: str | None = None) -> MapAnswer:
    """Return the 287(g) agreements of every state.

    Args:
        store: Where to look.
        on: On a date before the newest list, the agreements of the last list until then.
        model: Only agreements of this model.
    """
    date = list_date(store)
    by_state: dict[str, AgreementCount] = {}
    if began_by(date, on):
        by_state = {c.key: c for c in count_agreements(store, on, "state", model=model)}
    else:
        date = ""
        for code in STATES:
            try:
                last = count_agreements(store, on, "month", state=code, model=model)[-1]
            except NotFoundError:
                continue
            date = max(date, last.as_of)
            if last.agreements:
                by_state[code] = last
        if not by_state:
            raise NotFoundError(f"no list of agreements from {on} or before is in the store")
    whole: tuple[Citation, ...] = tuple(c for n in by_state.values() for c in n.sources[:1])
    states = []
    for code in (*(c for c in STATES if _is_drawn(c)), *(c for c in by_state if not _is_drawn(c))):
        found = by_state.get(code)
        number = found.agreements if found else 0
        group = COUNT_GROUPS[sum(number >= step for step in COUNT_STEPS) - 1]
        states.append(
            MapState(
                id=_id(store, code),
                state=code,
                name=STATES[code],
                value=number,
                words=f"{number:,}",
                group=group,
                places=(),
                sources=found.sources if found else (Citation(id=whole[0].id, locator="no row"),),
            )
        )
    total = sum(state.value or 0 for state in states)
    kind = f"287(g) agreements, {model} model" if model else "287(g) agreements"
    return MapAnswer(
        subject="agreements",
        title=f"{kind}, by state of the agency",
        as_of=date,
        groups=COUNT_GROUPS,
        states=tuple(states),
        notes=tuple(
            note
            for note in (
                f"{total:,} rows of ICE's list of {date}; an agency has a row for each model.",
                newer_total(store, on, date),
                "GU, MP: Guam, Northern Mariana Islands.",
            )
            if note
        ),
        sources=sources_of(store, states),
    )


def rule_map(store: Store, on: str, dimension: str) -> MapAnswer:
    """Return what every state's own rule says on a dimension on a date."""
    states = []
    seen: set[str] = set()
    state_only: list[str] = []
    for code in filter(_is_drawn, STATES):
        place = state_record(store, code)
        known = rules_in_force([place] if place else [], on)
        rules = [r for r in known if r.dimension == dimension]
        whole = counted(rules)
        stances = list(dict.fromkeys(r.stance for r in whole))
        uncounted = [r for r in rules if r not in whole]
        narrow = place is not None and bool(on_state_bodies_only(place, whole))
        whom = " (state bodies only)" if narrow else ""
        told = dict.fromkeys(
            (*(f"{_stance_text(r)}{whom}" for r in whole), *map(_stance_text, uncounted))
        )
        group = _stance_group(stances)
        seen.add(group)
        if narrow:
            state_only.append(STATES[code])
        states.append(
            MapState(
                id=place.id if place else code.lower(),
                state=code,
                name=STATES[code],
                value=None,
                words=" and ".join(told) or f"{NONE_RECORDED} (no rule recorded)",
                group=group,
                places=(),
                sources=tuple(c for r in rules for c in r.sources),
            )
        )
    order = (
        *("prohibits", "limits", SEVERAL_GROUPS[0], "permits", "requires", "forbids-limits"),
        *(*SEVERAL_GROUPS[1:], "silent", NONE_RECORDED),
    )
    return MapAnswer(
        subject=f"rule={dimension}",
        title=f"State rules: {DIMENSIONS[dimension]}",
        as_of=on,
        groups=tuple(group for group in order if group in seen),
        states=tuple(states),
        notes=(
            (
                "What a state's own rule does to this form of cooperation; its cities and counties"
                " can have rules of their own."
            ),
            *(
                (f"Only bodies of the state are bound in {', '.join(state_only)}.",)
                * bool(state_only)
            ),
            "unknown: no rule is recorded, which does not mean that there is none.",
            *((_SEVERAL_NOTE,) if seen.intersection(SEVERAL_GROUPS) else ()),
        ),
        sources=sources_of(store, states),
    )


def _stance_text(rule: RuleInForce) -> str:
    """Return the stance of a rule, and whether it is of a part only or a practice."""
    which = " in part" if rule.scope else " in practice" if rule.practice else ""
    return f"{rule.stance}{which}"


_SEVERAL_NOTE = (
    "several: more than one stance, of one direction; both: some rules restrict it, and some allow"
    " it or ask for it."
)


def _stance_group(stances: Sequence[str]) -> str:
    """Return the group of a state whose rules have these stances."""
    # A state that requires something can forbid local limits on it as well: that is one rule more,
    # not another direction.
    if "requires" in stances:
        stances = [stance for stance in stances if stance != "forbids-limits"]
    if len(stances) < 2:
        return stances[0] if stances else NONE_RECORDED
    restrict, cooperate = (
        any(stance in way for stance in stances) for way in (RESTRICTING, COOPERATING)
    )
    return SEVERAL_GROUPS[2] if restrict == cooperate else SEVERAL_GROUPS[cooperate]


def list_map(store: Store, on: str, name: str) -> MapAnswer:
    """Return which states, and places in which states, a list has ever named by a date."""
    list_id = find_list(store, name)
    of_state: dict[str, Listing] = {}
    of_places: dict[str, dict[str, Listing]] = defaultdict(dict)
    small = store.referring(Place, policy=list_id)
    places: list[Jurisdiction | Place] = [*store.all(Jurisdiction), *small]
    for place in places:
        for entry in place.listed:
            if entry.list != list_id or not began_by(entry.start, on) or not place.state:
                continue
            level = entry.level or place.level
            if level == "state":
                of_state[place.state] = entry
            else:
                of_places[place.state][f"{place.id} ({level})"] = entry
    found = [*of_state.values(), *(e for inside in of_places.values() for e in inside.values())]
    if not found:
        raise NotFoundError(f"nothing was on {list_id} by {on}")
    # A list taken down as a whole has no removals of its own.
    stands = any(entry.until is None for entry in found)
    codes = filter(_is_drawn, STATES)
    states = [_listed_state(store, c, of_state.get(c), of_places.get(c, {}), stands) for c in codes]
    entries = (
        f"{len(found)} entries of {list_id}, on it at any time; the number in a tile counts them."
    )
    return MapAnswer(
        subject=f"listed={list_id}",
        title=f"States and places on the {store.one(Policy, list_id).short}",
        as_of=max(day for e in found for day in (e.start, e.until, e.known_until) if day),
        groups=LIST_GROUPS if stands else tuple(g for g in LIST_GROUPS if g != LIST_GROUPS[1]),
        states=tuple(states),
        notes=(entries, _end_note(found, states, stands)),
        sources=sources_of(store, states),
    )


def _listed_state(
    store: Store, code: str, own: Listing | None, inside: dict[str, Listing], stands: bool
) -> MapState:
    entries = (*((own,) if own else ()), *inside.values())
    group = (0, 2, 3, 4)[2 * (own is not None) + bool(inside)]
    if entries and stands and all(e.until for e in entries):
        group = 1
    words = [f"{len(inside):,} {'place' if len(inside) == 1 else 'places'}"] if inside else []
    if own:
        words.insert(0, "the state")
    if group == 1:
        words.append(f"until {max(e.until or '' for e in entries)}")
    return MapState(
        id=_id(store, code),
        state=code,
        name=STATES[code],
        value=len(entries),
        words=", ".join(words) or LIST_GROUPS[0],
        group=LIST_GROUPS[group],
        places=tuple(sorted(inside)),
        sources=tuple(c for e in entries for c in e.sources),
    )


def _end_note(found: list[Listing], states: list[MapState], stands: bool) -> str:
    """Return the note on how far the list is known."""
    if not stands:
        return f"The whole list was taken down, {max(e.until or '' for e in found)} at the latest."
    gone = [f"{s.name} ({s.words})" for s in states if s.group == LIST_GROUPS[1]]
    removed = f"Removed: {'; '.join(gone)}. " if gone else ""
    known = max((e.known_until or "" for e in found), default="")
    return f"{removed}The others are not known to be listed after {known or 'it was read'}."


def _is_drawn(code: str) -> bool:
    """Return True if a code is a state's or the District of Columbia's."""
    return code not in ("GU", "MP", "PR", "VI", "AS")


def _id(store: Store, code: str) -> str:
    place = state_record(store, code)
    return place.id if place else code.lower()


def map_words() -> dict[str, str]:
    """Return what there are maps of, with its title."""
    rules = {f"rule={dimension}": label for dimension, label in DIMENSIONS.items()}
    lists = {f"listed={name}": title for name, title in list_words()}
    return {"agreements": "287(g) agreements", **rules, **lists}


def ask_map(
    session: Session,
    subject: Annotated[
        str,
        argument(
            "SUBJECT",
            "agreements, rule=DIMENSION or listed=LIST.",
            words=lambda: map_words().items(),
        ),
    ],
    *,
    model: ModelOption = None,
) -> Reply:
    """Draw a tile map of the states."""
    from ice_facts.across.series.view import map_listing

    kind, _, value = subject.partition("=")
    if model and kind != "agreements":
        raise UsageError("--model is for the map of agreements")
    if kind == "agreements" and not value:
        answer = agreements_map(session.store, session.on, model=model)
    elif kind == "rule" and value:
        answer = rule_map(session.store, session.on, one_of(value, Dimension, "dimension"))
    elif kind == "listed" and value:
        answer = list_map(session.store, session.on, value)
    else:
        raise UsageError(
            f"no map of {subject!r}",
            ["maps: agreements, rule=DIMENSION (rule=detainers), listed=doj, listed=dhs"],
        )
    return Reply([answer], map_listing, shown=answer, single=True)
