"""Parts that several typed answers are made of."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.model import (
    Agreement,
    Citation,
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
from ice_facts.model.answers import Answer
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import ModelCount, agreements_list
from ice_facts.subjects.citations import disputes_by, published_last, sources_of
from ice_facts.subjects.official import offices_of
from ice_facts.subjects.policy.brief import PolicyBrief, brief, existed_by, newest_first
from ice_facts.subjects.position.card import positions_by
from ice_facts.subjects.rule import RuleInForce
from ice_facts.vocabulary import DIMENSIONS, STATUS_ORDER, office_rank


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
    kind: str | None
    geoid: str | None
    county_geoid: str | None


_DIMENSION_RANK = {dimension: n for n, dimension in enumerate(DIMENSIONS)}


_LEVEL_RANK = {"city": 0, "county": 1, "state": 2, "federal": 3}


def layers_of(store: Store, place: Jurisdiction) -> tuple[Jurisdiction, ...]:
    """Return the jurisdictions whose rules bind at a place: itself, its counties, its state."""
    above = (store.one(Jurisdiction, id) for id in place.part_of)
    return (place, *sorted(above, key=lambda j: (_LEVEL_RANK[j.level], j.id)))


def rules_in_force(layers: Iterable[Jurisdiction], on: str) -> tuple[RuleInForce, ...]:
    """Return the rules of the layers that hold on a date, by dimension and then by layer."""
    rules = [
        (rule, layer.id)
        for layer in layers
        for rule in layer.rules
        if holds_on(rule.start, rule.until, on, rule.confirmed)
    ]
    rules.sort(key=lambda pair: _DIMENSION_RANK[pair[0].dimension])
    return tuple(RuleInForce.of(rule, id) for rule, id in rules)


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
    policies = [
        p
        for p in store.mentioning(Policy, id)
        if (p.jurisdiction == id or id in p.concerns) and existed_by(p, on)
    ]
    policy_ids = {p.id for p in policies}
    stakeholder_ids = {s.id for s in store.mentioning(Stakeholder, id) if s.jurisdiction == id}
    # The federal government's card would hold every national group's positions: its own only.
    if place.level == "federal":
        stakeholder_ids = {
            s for s in stakeholder_ids if store.one(Stakeholder, s).sector == "government"
        }
    positions = [
        p
        for p in store.mentioning(Position, *policy_ids, *stakeholder_ids)
        if p.policy in policy_ids or p.stakeholder in stakeholder_ids
    ]
    offices = offices_of(store, id)
    claims = [
        c
        for c in store.mentioning(Claim, id, *offices)
        if id in c.about.jurisdictions or offices.intersection(c.about.stakeholders)
    ]
    events = [
        e
        for e in store.mentioning(Event, id, *policy_ids)
        if (id in e.about or policy_ids.intersection(e.about)) and began_by(e.date, on)
    ]
    statistics = [
        s
        for s in store.mentioning(Statistic, id)
        if s.jurisdiction == id and began_by(s.start or s.until, on)
    ]
    in_state = [
        a
        for a in (store.mentioning(Agreement, place.state) if place.state else ())
        if a.state == place.state and began_by(a.signed, on)
    ]
    agreements = _agreements_at(place, layers, in_state)
    local = {j.id for j in layers if j.level in ("city", "county")}
    former = [
        f
        for f in store.mentioning(FormerAgreement, *local)
        if f.jurisdiction in local and began_by(f.last_listed, on)
    ]
    officials = sorted(
        (o for o in place.officials if holds_on(o.start, o.until, on, o.confirmed)),
        key=lambda o: (office_rank(o.office), o.name),
    )
    card = JurisdictionCard(
        id=id,
        name=place.name,
        level=place.level,
        also=place.also,
        state=place.state,
        part_of=place.part_of,
        aliases=place.aliases,
        population=place.population,
        as_of=on,
        officials=tuple(officials),
        rules=rules_in_force(layers, on),
        listed=tuple(entry for entry in place.listed if began_by(entry.start, on)),
        policies=tuple(brief(store, p, on) for p in newest_first(policies)),
        positions=positions_by(positions, on),
        claims=tuple(sorted(claims, key=lambda c: (STATUS_ORDER.index(c.check.status), c.id))),
        events=tuple(sorted(events, key=lambda e: (first_day(e.date), e.id), reverse=True)),
        statistics=tuple(sorted(statistics, key=lambda s: (s.measure, s.start or "", s.id))),
        agreements=tuple(agreements),
        former_agreements=tuple(sorted(former, key=lambda f: (f.last_listed, f.id))),
        disputed=disputes_by(store, place.disputed, on),
        layers=tuple(Layer(id=j.id, name=j.name, level=j.level) for j in layers),
        state_agreements=count_models(store, in_state) if place.state else None,
        note=_note(store, place, layers),
        kind=place.kind,
        geoid=place.geoid,
        county_geoid=place.county_geoid,
        sources=(),
    )
    return replace(card, sources=sources_of(store, card))


NO_RULES = "No rule of its own is recorded{}."
"""What a card says of a place of which only name, size and place are recorded."""


def _note(store: Store, place: Jurisdiction, layers: tuple[Jurisdiction, ...]) -> str | None:
    if store.has(Jurisdiction, place.id):
        return place.note
    above = " and ".join(layer.name for layer in layers[1:] if layer.rules)
    bound = f": the rules that hold here are those of {above}" if above else ""
    return " ".join(text for text in (NO_RULES.format(bound), place.note) if text)


def _agreements_at(
    place: Jurisdiction, layers: tuple[Jurisdiction, ...], in_state: list[Agreement]
) -> list[Agreement]:
    """Return the agreements of a place and those of its county; a state's are its agencies'."""
    counties = {j.id for j in layers if j.level == "county"}
    county_names = {j.name for j in layers if j.level == "county"}
    if place.level == "county":
        return [a for a in in_state if a.jurisdiction == place.id or a.county in county_names]
    return [a for a in in_state if a.jurisdiction == place.id or a.jurisdiction in counties]


def count_models(store: Store, agreements: Iterable[Agreement]) -> ModelCount:
    """Count agreements by model."""
    models = [a.model for a in agreements]
    listed = agreements_list(store)
    return ModelCount(
        total=len(models),
        task_force=models.count("task force"),
        warrant_service_officer=models.count("warrant service officer"),
        jail_enforcement=models.count("jail enforcement"),
        as_of=published_last(listed) or None,
        sources=tuple(Citation(id=source.id, locator="all rows") for source in listed),
    )
