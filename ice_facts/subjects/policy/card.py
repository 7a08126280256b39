"""The card of a policy: what it is, whom it binds, who is for and against it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import field

from ice_facts.dates import began_by, first_day, holds_on
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
from ice_facts.model.answers import Answer
from ice_facts.store import Store
from ice_facts.subjects.citations import citations, disputes_by, sources_of
from ice_facts.subjects.policy.brief import PolicyBrief, brief, existed_by, status_on
from ice_facts.subjects.position import positions_by
from ice_facts.subjects.rule import RuleInForce
from ice_facts.vocabulary import STATUS_ORDER


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


def _places_naming(
    store: Store, policy: Policy, places: Sequence[Jurisdiction]
) -> list[Jurisdiction | Place]:
    """Return the places whose records name a policy; those without rules only for a list."""
    small = store.mentioning(Place, policy.id) if policy.kind == "list" else ()
    return sorted((*places, *small), key=lambda place: place.id)


def policy_card(store: Store, id: str, on: str) -> PolicyCard:
    """Return everything the store knows about a policy on a date.

    ``rules`` are the rules in force under it, ``listed`` the places on it where it is a list,
    ``cases`` the court decisions whose text names it in their provisions, rules or events.
    """
    policy = store.one(Policy, id)
    places = store.mentioning(Jurisdiction, id)
    rules = tuple(
        RuleInForce.of(rule, place.id)
        for place in places
        for rule in place.rules
        if rule.policy == id and holds_on(rule.start, rule.until, on, rule.confirmed)
    )
    listed = tuple(
        ListedPlace(
            jurisdiction=place.id,
            name=place.name,
            level=entry.level or place.level,
            state=place.state,
            start=entry.start,
            until=entry.until,
            sources=entry.sources,
        )
        for place in _places_naming(store, policy, places)
        for entry in place.listed
        if entry.list == id and began_by(entry.start, on)
    )
    events = sorted(
        (e for e in store.mentioning(Event, id) if id in e.about and began_by(e.date, on)),
        key=lambda e: (first_day(e.date), e.id),
        reverse=True,
    )
    about = {other for event in events for other in event.about} - {id}
    cases = [
        case
        for case in (store.get(Policy, other) for other in sorted(about))
        if case and case.kind in ("court decision", "court case") and existed_by(case, on)
    ]
    claims = sorted(
        (c for c in store.mentioning(Claim, id) if id in c.about.policies),
        key=lambda c: (STATUS_ORDER.index(c.check.status), c.id),
    )
    positions = positions_by((p for p in store.mentioning(Position, id) if p.policy == id), on)
    amended = tuple(a for a in policy.amended if began_by(a.date, on))
    disputed = disputes_by(store, policy.disputed, on)
    return PolicyCard(
        id=id,
        title=policy.title,
        short=policy.short,
        aliases=policy.aliases,
        kind=policy.kind,
        level=store.one(Jurisdiction, policy.jurisdiction).level,
        jurisdiction=policy.jurisdiction,
        citation=policy.citation,
        introduced=policy.introduced,
        enacted=policy.enacted,
        effective=policy.effective,
        ended=policy.ended,
        status=status_on(policy, on),
        amended=amended,
        summary=policy.summary,
        provisions=policy.provisions,
        positions=positions,
        claims=tuple(claims),
        events=tuple(events),
        court=policy.court,
        concerns=policy.concerns,
        as_of=on,
        confirmed=policy.confirmed,
        note=policy.note,
        cited=tuple(citations(policy.sources)),
        rules=rules,
        listed=listed,
        cases=tuple(brief(store, case, on) for case in cases),
        terms=tuple(t.id for t in store.mentioning(Term, id) if id in t.policies),
        disputed=disputed,
        sources=sources_of(
            store,
            policy.sources,
            amended,
            rules,
            positions,
            claims,
            events,
            disputed,
            listed,
        ),
    )
