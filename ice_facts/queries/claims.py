"""Questions about the articles' claims and about topics."""

from __future__ import annotations

from collections import Counter

from ice_facts.errors import NotFoundError
from ice_facts.model import Claim, Policy, Position, Source, Stakeholder, Term, Topic
from ice_facts.queries.facts import (
    began_by,
    brief,
    holders_of,
    newest_first,
    offices_of,
    positions_by,
    sources_of,
)
from ice_facts.results.cards import ClaimCard, TopicCard
from ice_facts.results.rows import TopicRow
from ice_facts.store import Store
from ice_facts.vocabulary import STATUS_ORDER


def claim_card(store: Store, id: str, on: str) -> ClaimCard:
    """Return one claim with its article, its check, and who holds the offices it names."""
    claim = store.one(Claim, id)
    offices = [
        who.office
        for who in (store.one(Stakeholder, s) for s in claim.about.stakeholders)
        if who.office
    ]
    holders = tuple(
        term
        for office in offices
        for term in holders_of(store, office.jurisdiction, office.office, on)
        if term.holds
    )
    return ClaimCard(
        id=id,
        article=claim.article,
        section=claim.section,
        locator=claim.locator,
        kind=claim.kind,
        text=claim.text,
        about=claim.about,
        attributed_to=claim.attributed_to,
        value=claim.value,
        unit=claim.unit,
        columns=claim.columns,
        time=claim.time,
        check=claim.check,
        sources=(
            store.one(Source, claim.article),
            *sources_of(store, claim.check, holders),
        ),
        as_of=on,
        holders=holders,
    )


def list_claims(
    store: Store,
    *,
    about: str | None = None,
    topic: str | None = None,
    article: str | None = None,
    status: str | None = None,
    kind: str | None = None,
) -> list[Claim]:
    """List claims in the order of the articles.

    Args:
        store: Where to look.
        about: Only claims about the record with this id (place, policy or stakeholder).
        topic: Only claims on the topic with this id.
        article: Only claims of this article: its id, its number (``000`` to ``004``), or a word
            of its title.
        status: Only claims whose check has this status.
        kind: Only claims of this kind.

    Raises:
        NotFoundError: No claim fits.
    """
    # Claims about an office ("the mayor") are claims about its place too, as on the place's card.
    subjects = {about, *offices_of(store, about)} if about else set()
    found = [
        c
        for c in (store.mentioning(Claim, *subjects) if subjects else store.all(Claim))
        if (
            not subjects
            or subjects.intersection((*c.about.jurisdictions, *c.about.policies, *c.about.topics))
            or subjects.intersection(c.about.stakeholders)
        )
        and (not topic or topic in c.about.topics)
        and (not article or _is_of(store, c, article))
        and (not status or c.check.status == status)
        and (not kind or c.kind == kind)
    ]
    if not found:
        raise NotFoundError("no claim in the store fits these filters")
    return found


def _is_of(store: Store, claim: Claim, article: str) -> bool:
    wanted = article.casefold()
    return (
        wanted in (claim.article, claim.id.split("-")[0])
        or wanted in store.one(Source, claim.article).title.casefold()
    )


def topic_card(store: Store, id: str, on: str) -> TopicCard:
    """Return everything the store knows about a topic on a date."""
    topic = store.one(Topic, id)
    positions = positions_by((p for p in store.mentioning(Position, id) if p.topic == id), on)
    claims = sorted(
        (c for c in store.mentioning(Claim, id) if id in c.about.topics),
        key=lambda c: (STATUS_ORDER.index(c.check.status), c.id),
    )
    named = {p for c in claims for p in c.about.policies}
    same = store.get(Policy, id)
    policies = newest_first(
        {p.id: p for p in (*(store.one(Policy, p) for p in named), same) if p}.values()
    )
    policy_ids = {p.id for p in policies} | {id}
    terms = [t for t in store.mentioning(Term, *policy_ids) if policy_ids.intersection(t.policies)]
    own_term = store.get(Term, id) or store.get(Term, id.rstrip("s"))
    if own_term and own_term not in terms:
        terms.insert(0, own_term)
    briefs = tuple(brief(store, p, on) for p in policies)
    return TopicCard(
        id=id,
        name=topic.name,
        text=topic.text,
        aliases=topic.aliases,
        as_of=on,
        positions=positions,
        claims=tuple(claims),
        policies=briefs,
        terms=tuple(terms),
        sources=sources_of(store, positions, claims, briefs, terms),
    )


def list_topics(store: Store, on: str) -> list[TopicRow]:
    """List the topics with the number of positions taken by a date and of claims."""
    positions = Counter(p.topic for p in store.all(Position) if began_by(p.date, on))
    claims = Counter(t for c in store.all(Claim) for t in c.about.topics)
    return [
        TopicRow(
            id=t.id,
            name=t.name,
            positions=positions[t.id],
            claims=claims[t.id],
            text=t.text,
        )
        for t in store.all(Topic)
    ]
