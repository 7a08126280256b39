"""The card of a policy: what it is, whom it binds, who is for and against it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import field

from ice_facts.dates import began_by, first_day, holds_on, last_day
from ice_facts.model import (
    Amendment,
    Citation,
    Claim,
    Dispute,
    Event,
    Jurisdiction,
    Place,
    Policy,
    Position,
    Provision,
    Source,
    Term,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.store import Store
from ice_facts.subjects.citations import citations, known_disputes, sources_of
from ice_facts.subjects.claim import claims_about
from ice_facts.subjects.event import events_about
from ice_facts.subjects.official import Holder, holder, officials_on
from ice_facts.subjects.policy.brief import PolicyBrief, brief, existed_on, status_on
from ice_facts.subjects.position.rows import positions_of
from ice_facts.subjects.rule import RuleInForce, rules_under
from ice_facts.vocabulary import HEADS


class ListedPlace(Answer, frozen=True, kw_only=True):
    """A jurisdiction on a list."""

    jurisdiction: str
    name: str
    level: str
    state: str | None
    start: str | None = field(name="from")
    until: str | None
    sources: tuple[Citation, ...]


class PolicyCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one policy on one date."""

    id: str
    title: str
    short: str
    aliases: tuple[str, ...]
    kind: str
    level: str
    jurisdiction: str
    citation: str | None
    enacted: str | None
    effective: str | None
    ended: str | None
    status: str
    amended: tuple[Amendment, ...]
    summary: str
    provisions: tuple[Provision, ...]
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    introduced: str | None
    court: str | None
    concerns: tuple[str, ...]
    as_of: str
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    rules: tuple[RuleInForce, ...]
    listed: tuple[ListedPlace, ...]
    cases: tuple[PolicyBrief, ...]
    terms: tuple[str, ...]
    disputed: tuple[Dispute, ...]
    in_office: tuple[Holder, ...]
    docket: str | None
    judge: str | None
    stage: str | None


def policy_card(store: Store, id: str, on: str) -> PolicyCard:
    """Return everything the store knows about a policy on a date.

    ``in_office`` is who was at the head of the place when the policy was enacted, ``rules`` are the
    rules in force under it, ``listed`` the places on it where it is a list, ``cases`` the court
    decisions and cases that an event about it is about as well.
    """
    policy = store.one(Policy, id)
    amended = tuple(a for a in policy.amended if began_by(a.date, on))
    rules = rules_under(store, id, on)
    listed = _listed(store, policy, on)
    positions = positions_of(store, on, policy=id)
    claims = claims_about(store, policy=id)
    events = events_about(store, on, policy=id)
    disputed = known_disputes(store, policy.disputed, on)
    in_office = _in_office(store, policy)
    stated = (policy.sources, amended, rules, positions, claims, events, disputed, listed)
    return filled(
        PolicyCard,
        policy,
        level=store.one(Jurisdiction, policy.jurisdiction).level,
        status=status_on(policy, on),
        amended=amended,
        positions=positions,
        claims=claims,
        events=events,
        as_of=on,
        cited=tuple(citations(policy.sources)),
        rules=rules,
        listed=listed,
        cases=_cases(store, id, events, on),
        terms=tuple(term.id for term in store.referring(Term, policy=id)),
        disputed=disputed,
        in_office=in_office,
        sources=sources_of(store, (*stated, in_office)),
    )


def _in_office(store: Store, policy: Policy) -> tuple[Holder, ...]:
    """Return who headed a policy's place when it was enacted, as far as the dates tell."""
    if not policy.enacted or policy.kind in ("court case", "court decision"):
        return ()
    first, last = first_day(policy.enacted), last_day(policy.enacted)
    heads = officials_on(store.one(Jurisdiction, policy.jurisdiction), first)
    return tuple(
        holder(o, policy.jurisdiction, first)
        for o in heads
        if o.office in HEADS and holds_on(o.start, o.until, last, o.confirmed)
    )


def _listed(store: Store, policy: Policy, on: str) -> tuple[ListedPlace, ...]:
    """Return the places on a list by a date; places without rules are on lists only."""
    places: list[Jurisdiction | Place] = [*store.referring(Jurisdiction, policy=policy.id)]
    if policy.kind == "list":
        places += store.referring(Place, policy=policy.id)
    return tuple(
        filled(
            ListedPlace,
            entry,
            jurisdiction=place.id,
            name=place.name,
            level=entry.level or place.level,
            state=place.state,
        )
        for place in sorted(places, key=lambda place: place.id)
        for entry in place.listed
        if entry.list == policy.id and began_by(entry.start, on)
    )


def _cases(store: Store, policy: str, events: Iterable[Event], on: str) -> tuple[PolicyBrief, ...]:
    """Return the court decisions and cases that events are about beside a policy, by id."""
    about = {id for event in events for id in event.about} - {policy}
    policies = (store.get(Policy, id) for id in sorted(about))
    return tuple(
        brief(store, case, on)
        for case in policies
        if case and case.kind in ("court decision", "court case") and existed_on(case, on)
    )
