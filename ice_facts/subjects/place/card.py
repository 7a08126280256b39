"""The card of a place: who governs, the rules that bind there, and all that is on record."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ice_facts.dates import began_by
from ice_facts.model import (
    Agreement,
    Claim,
    Dispute,
    Event,
    FormerAgreement,
    Jurisdiction,
    Listing,
    Official,
    Policy,
    Population,
    Position,
    Source,
    Stakeholder,
    Statistic,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import (
    ListGrowth,
    ModelCount,
    count_models,
    list_growth,
)
from ice_facts.subjects.citations import known_disputes, sources_of
from ice_facts.subjects.claim import claims_about
from ice_facts.subjects.event import events_about
from ice_facts.subjects.official import offices_of, officials_on
from ice_facts.subjects.place.opening import Sentence, opening_of
from ice_facts.subjects.policy.brief import PolicyBrief, briefs, existed_on
from ice_facts.subjects.position.elsewhere import Elsewhere, elsewhere
from ice_facts.subjects.position.rows import positions_of
from ice_facts.subjects.rule import RuleInForce, layers_of, rules_in_force


class Layer(Answer, frozen=True, kw_only=True):
    """A jurisdiction whose rules bind at a place."""

    id: str
    name: str
    level: str


class JurisdictionCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one place on one date."""

    id: str
    name: str
    level: str
    state: str | None
    part_of: tuple[str, ...]
    aliases: tuple[str, ...]
    population: Population | None
    as_of: str
    officials: tuple[Official, ...]
    rules: tuple[RuleInForce, ...]
    listed: tuple[Listing, ...]
    policies: tuple[PolicyBrief, ...]
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    statistics: tuple[Statistic, ...]
    agreements: tuple[Agreement, ...]
    sources: tuple[Source, ...]
    also: tuple[str, ...]
    layers: tuple[Layer, ...]
    state_agreements: ModelCount | None
    former_agreements: tuple[FormerAgreement, ...]
    disputed: tuple[Dispute, ...]
    note: str | None
    opening: tuple[Sentence, ...]
    positions_elsewhere: tuple[Elsewhere, ...]
    list_growth: ListGrowth | None
    kind: str | None
    geoid: str | None
    county_geoid: str | None


def jurisdiction_card(store: Store, id: str, on: str) -> JurisdictionCard:
    """Return everything the store knows about a place.

    Args:
        store: Where to look.
        id: Id of the jurisdiction.
        on: The date of the answer. Facts that began later are left out; of officials and rules
            only those that hold on it are given.
    """
    place = store.one(Jurisdiction, id)
    layers = layers_of(store, place)
    policies = [p for p in store.referring(Policy, jurisdiction=id) if existed_on(p, on)]
    policy_ids = [p.id for p in policies]
    in_state = [
        agreement
        for agreement in (store.referring(Agreement, state=place.state) if place.state else ())
        if began_by(agreement.signed, on)
    ]
    rules = rules_in_force(layers, on)
    agreements = _agreements_at(place, layers, in_state)
    positions = positions_of(
        store, on, policy=policy_ids, stakeholder=stakeholders_in(store, place)
    )
    card = filled(
        JurisdictionCard,
        place,
        as_of=on,
        officials=officials_on(place, on),
        rules=rules,
        listed=tuple(entry for entry in place.listed if began_by(entry.start, on)),
        policies=briefs(store, policies, on),
        positions=positions,
        positions_elsewhere=elsewhere(store, on, positions),
        list_growth=list_growth(store, on) if place.state else None,
        claims=claims_about(store, jurisdiction=id, stakeholder=offices_of(store, id)),
        events=events_about(store, on, jurisdiction=id, policy=policy_ids),
        statistics=_statistics_about(store, id, on),
        agreements=agreements,
        former_agreements=_former_agreements(store, layers, on),
        disputed=known_disputes(store, place.disputed, on),
        layers=tuple(filled(Layer, layer) for layer in layers),
        state_agreements=count_models(store, in_state) if place.state else None,
        note=_note(store, place, layers),
        opening=opening_of(store, layers, rules, agreements, on)
        if place.level != "federal"
        else (),
        kind=place.kind,
        geoid=place.geoid,
        county_geoid=place.county_geoid,
        sources=(),
    )
    # What the card opens with comes first: the rules.
    return replace(card, sources=sources_of(store, card.opening, card.rules, card))


def stakeholders_in(store: Store, place: Jurisdiction) -> list[str]:
    """Return the ids of the stakeholders of a place.

    Every national group has the federal government as its jurisdiction: of these only the
    government's own bodies count.
    """
    found = store.referring(Stakeholder, jurisdiction=place.id)
    if place.level == "federal":
        found = [who for who in found if who.sector == "government"]
    return [who.id for who in found]


def _statistics_about(store: Store, id: str, on: str) -> tuple[Statistic, ...]:
    found = store.referring(Statistic, jurisdiction=id)
    begun = [s for s in found if began_by(s.start or s.until, on)]
    return tuple(sorted(begun, key=lambda s: (s.measure, s.start or "", s.id)))


def _former_agreements(
    store: Store, layers: Iterable[Jurisdiction], on: str
) -> tuple[FormerAgreement, ...]:
    local = [layer.id for layer in layers if layer.level in ("city", "county")]
    found = store.referring(FormerAgreement, jurisdiction=local)
    begun = [f for f in found if began_by(f.last_listed, on)]
    return tuple(sorted(begun, key=lambda f: (f.last_listed, f.id)))


NO_RULES = "No rule of its own is recorded"
"""What a card says of a place of which only name, size and place are recorded."""


def _note(store: Store, place: Jurisdiction, layers: tuple[Jurisdiction, ...]) -> str | None:
    if store.has(Jurisdiction, place.id):
        return place.note
    above = " and ".join(layer.name for layer in layers[1:] if layer.rules)
    bound = f": the rules that hold here are those of {above}" if above else ""
    return " ".join(text for text in (f"{NO_RULES}{bound}.", place.note) if text)


def _agreements_at(
    place: Jurisdiction, layers: Iterable[Jurisdiction], in_state: Iterable[Agreement]
) -> tuple[Agreement, ...]:
    """Return the agreements of a place and those of its county; a state's are its agencies'."""
    counties = [layer for layer in layers if layer.level == "county"]
    ids = {place.id, *(county.id for county in counties)}
    # A county's card has those of its municipalities too, which name the county.
    names = {county.name for county in counties} if place.level == "county" else set()
    return tuple(a for a in in_state if a.jurisdiction in ids or a.county in names)
