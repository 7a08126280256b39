"""Questions about policies: the card of one instrument, and lists of them."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.dates import first_day, holds_on
from ice_facts.errors import NotFoundError
from ice_facts.model import Claim, Event, Jurisdiction, Place, Policy, Position, Term
from ice_facts.queries.facts import (
    began_by,
    brief,
    citations,
    existed_by,
    newest_first,
    positions_by,
    sources_of,
    status_on,
)
from ice_facts.queries.instruments import disputes_by
from ice_facts.results.cards import PolicyCard
from ice_facts.results.parts import ListedPlace, PolicyBrief, RuleInForce
from ice_facts.store import Store
from ice_facts.vocabulary import STATUS_ORDER


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


def list_policies(
    store: Store,
    on: str,
    *,
    state: str | None = None,
    level: str | None = None,
    jurisdiction: str | None = None,
    kind: str | None = None,
    status: str | None = None,
) -> list[PolicyBrief]:
    """List the policies that existed on a date, newest first.

    Args:
        store: Where to look.
        on: The date of the answer; statuses are those of this date.
        state: Only policies of jurisdictions in the state with this USPS code.
        level: Only policies of city, county, state or federal jurisdictions.
        jurisdiction: Only policies made by this jurisdiction, or court decisions on its law.
        kind: Only policies of this kind.
        status: Only policies with this status.

    Raises:
        NotFoundError: No policy fits.
    """
    rows = []
    for policy in newest_first(store.all(Policy)):
        maker = store.one(Jurisdiction, policy.jurisdiction)
        concerned = (maker, *(store.one(Jurisdiction, id) for id in policy.concerns))
        if (
            existed_by(policy, on)
            and (not state or any(j.state == state for j in concerned))
            and (not level or maker.level == level or level in maker.also)
            and (not jurisdiction or any(j.id == jurisdiction for j in concerned))
            and (not kind or policy.kind == kind)
            and (not status or status_on(policy, on) == status)
        ):
            rows.append(brief(store, policy, on))
    if not rows:
        raise NotFoundError("no policy in the store fits these filters")
    return rows
