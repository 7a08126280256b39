"""The card of a jurisdiction."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.dates import last_day
from ice_facts.model import Listing, Official
from ice_facts.show.labels import Labels
from ice_facts.show.sections import confirmed_line, disputes_section, sources_section
from ice_facts.show.shapes import Card, Cell, Column, Fact, Line, Piece, Section, Table, join, plain
from ice_facts.show.words import amount_text, count_of, span_text
from ice_facts.subjects.agreement.counts import ModelCount
from ice_facts.subjects.claim import claims_section
from ice_facts.subjects.event import events_section
from ice_facts.subjects.place.card import JurisdictionCard
from ice_facts.subjects.policy.brief import policies_section
from ice_facts.subjects.position.card import positions_section
from ice_facts.subjects.rule import RuleInForce
from ice_facts.vocabulary import DIMENSIONS, ON_THE_BOOKS, office_rank


def place_view(card: JurisdictionCard, labels: Labels) -> Card:
    """Return the view of a jurisdiction's card."""
    federal = card.level == "federal"
    command = f"ice-facts {'show' if federal else card.level} {card.id}"
    sections = [
        # The dimensions say what a place does for the federal government, the lists are its own.
        None if federal and not card.rules else _rules_section(card, labels, command),
        None if federal and not card.listed else _listed_section(card, labels),
        disputes_section(card.disputed),
        positions_section(
            card.positions,
            labels,
            f"ice-facts positions {card.id}",
            by=lambda p: labels.stakeholder(p.stakeholder),
            column="Who",
            group=labels.target,
            past={p.id for p in card.policies if p.status not in ON_THE_BOOKS},
        ),
        claims_section(card.claims, f"ice-facts claims --about {card.id}"),
        events_section(card.events, f"ice-facts timeline {card.id}" if _dated(card) else ""),
        None if federal else _agreements_section(card, f"{command} --section agreements"),
        policies_section(card.policies, f"{command} --section policies", shown=4 if federal else 0),
        _officials_section(card.officials),
        _statistics_section(card, f"{command} --section statistics"),
        sources_section(card.sources),
    ]
    return Card(
        subject=card.id,
        title=_title(card, labels),
        aside=_aside(card, labels),
        lead=_lead(card),
        facts=_lead_facts(card),
        sections=tuple(s for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def _dated(card: JurisdictionCard) -> bool:
    """Tell whether a timeline of the place has entries."""
    return bool(
        card.events
        or any(o.start for o in card.officials)
        or any(entry.start for entry in card.listed)
        or any(a.signed and a.jurisdiction == card.id for a in card.agreements)
    )


def _title(card: JurisdictionCard, labels: Labels) -> str:
    states = [layer for layer in card.layers if layer.level == "state" and layer.id != card.id]
    if not states or card.name.endswith(states[0].name):
        return card.name
    return f"{card.name}, {labels.place(states[0].id)}"


def _aside(card: JurisdictionCard, labels: Labels) -> str:
    parts = [" and ".join((card.kind or card.level, *card.also))]
    parts += [
        layer.name for layer in card.layers if layer.level == "county" and layer.id != card.id
    ]
    if card.population:
        parts.append(f"{card.population.value:,} people ({card.population.as_of})")
    return " · ".join(parts)


def _lead(card: JurisdictionCard) -> tuple[Line, ...]:
    heads = [_official_piece(o) for o in card.officials if office_rank(o.office)[0] < 10]
    lines = [Line(join((piece,) for piece in heads[:4]))] if heads else []
    if not heads:
        lines.append(Line((Piece("Who governs is not recorded for this date", "muted"),)))
    facts = [
        *(o.confirmed for o in card.officials),
        *(r.confirmed for r in card.rules),
        *(entry.confirmed for entry in card.listed),
    ]
    lines.append(confirmed_line(card.as_of, facts, card.sources))
    if card.note:
        lines.append(Line((Piece(card.note, "muted"),)))
    return tuple(lines)


def _official_piece(official: Official) -> Piece:
    office = f"acting {official.office}" if official.acting else official.office
    span = span_text(official.start, official.until)
    return Piece(
        f"{official.name}, {office} {span}".strip(),
        "",
        official.sources[:2],
        official.confirmed is not None,
    )


def _lead_facts(card: JurisdictionCard) -> tuple[Fact, ...]:
    facts = [
        Fact("place", "name", card.name),
        Fact("place", "level", " and ".join((card.level, *card.also))),
    ]
    if card.kind:
        facts.append(Fact("place", "kind", card.kind))
    if card.geoid:
        facts.append(Fact("place", "geoid", card.geoid))
    if card.county_geoid:
        facts.append(Fact("place", "county-geoid", card.county_geoid))
    if card.part_of:
        facts.append(Fact("place", "part-of", "; ".join(card.part_of)))
    if card.population:
        facts.append(
            Fact(
                "place",
                "population",
                str(card.population.value),
                "",
                card.population.as_of,
                sources=card.population.sources,
            )
        )
    if card.note:
        facts.append(Fact("place", "note", card.note))
    return tuple(facts)


def _rules_section(card: JurisdictionCard, labels: Labels, command: str) -> Section:
    columns = (
        Column("dimension", "Rules in force"),
        *(Column(layer.id, layer.name) for layer in card.layers),
    )
    rows = []
    for dimension, label in DIMENSIONS.items():
        cells = [
            _rule_cell(
                [r for r in card.rules if (r.dimension, r.jurisdiction) == (dimension, layer.id)]
            )
            for layer in card.layers
        ]
        rows.append((plain(label), *cells))
    facts = []
    for rule in card.rules:
        own = rule.jurisdiction == card.id
        facts.append(
            Fact(
                "rule" if own else f"rule:{rule.jurisdiction}",
                rule.dimension,
                rule.stance,
                rule.text,
                rule.start,
                rule.until,
                rule.sources,
                rule.confirmed is not None,
                label=f"{DIMENSIONS[rule.dimension]} · {labels.place(rule.jurisdiction)}",
                tone=rule.stance,
                note=rule.note or "",
            )
        )
    return Section(
        "rules",
        "Rules in force",
        tuple(facts),
        (),
        Table(columns, tuple(rows)),
        tabular=True,
        more=f"{command} --section rules",
    )


def _rule_cell(rules: Sequence[RuleInForce]) -> Cell:
    if not rules:
        return (Piece("unknown", "unknown"),)
    pieces: dict[str, list[RuleInForce]] = {}
    for rule in rules:
        pieces.setdefault(rule.stance, []).append(rule)
    return tuple(
        Piece(
            " ".join([stance, *sorted({(r.start or "")[:4] for r in found} - {""})[:1]]),
            stance,
            tuple(dict.fromkeys(r.sources[0] for r in found if r.sources)),
            all(r.confirmed for r in found),
        )
        for stance, found in pieces.items()
    )


def _listed_section(card: JurisdictionCard, labels: Labels) -> Section:
    entries: dict[tuple[str, str], list[Listing]] = {}
    facts = []
    for entry in card.listed:
        name = labels.policy(entry.list)
        end = f", off it from {entry.until}" if entry.until else ""
        if entry.known_until:
            end = f", not known to be listed after {entry.known_until}"
        entries.setdefault((name, end), []).append(entry)
        facts.append(
            Fact(
                "listed",
                entry.list,
                entry.printed_as or card.name,
                entry.note or "",
                entry.start,
                entry.until,
                entry.sources,
                entry.confirmed is not None,
                label=name,
            )
        )
    pieces = [
        (
            Piece(
                f"{name}{_listed_as(found)}{end}",
                "",
                tuple(dict.fromkeys(c for entry in found for c in entry.sources[:1])),
                all(entry.confirmed for entry in found),
            ),
        )
        for (name, end), found in entries.items()
    ]
    line = join(pieces) if pieces else plain("on no federal list in the store")
    return Section("listed", f"Lists ({len(facts)})", tuple(facts), (Line(line, label="Listed"),))


def _listed_as(entries: Sequence[Listing]) -> str:
    """Return as what a list names a place, where it names it more than once."""
    levels = sorted({entry.level or "" for entry in entries} - {""})
    return f" (as {' and '.join(levels)})" if len(entries) > 1 and levels else ""


def _agreement_counts(card: JurisdictionCard) -> Cell:
    """Return how many agreements agencies have here, with the county of a city, in the state."""
    cells: list[Cell] = []
    for layer in card.layers:
        if layer.level not in ("city", "county"):
            continue
        # A county's own card counts those of its municipalities, a city's card only the county's.
        here = layer.id == card.id
        found = [a for a in card.agreements if here or a.jurisdiction == layer.id]
        if here and layer.level == "city":
            found = [a for a in found if a.jurisdiction == layer.id]
        number = str(len(found)) if found else "none"
        where = f"in {layer.name}" if here else f"with {layer.name} itself"
        cells.append((Piece(f"{number} {where}"),))
    # The District of Columbia is its own state.
    if card.state_agreements and card.state and "state" not in card.also:
        state = next((la.name for la in card.layers if la.level == "state"), card.state)
        cells.append((Piece(f"{card.state_agreements.total:,} in all of {state}"),))
    if card.former_agreements:
        cells.append((Piece(f"{len(card.former_agreements)} no longer on the list"),))
    count = card.state_agreements
    if count is None or count.as_of is None:
        return join(cells)
    what = f"ICE list of {count.as_of}"
    if last_day(card.as_of) < count.as_of:
        what = f"signed by {card.as_of} and still on the {what}"
    return (*join(cells), Piece(f"({what})", "muted", count.sources))


def _agreements_section(card: JurisdictionCard, more: str) -> Section:
    facts = [
        Fact(
            "agreement",
            a.id,
            a.model,
            ", ".join(t for t in (a.agency, a.place, a.county, a.state) if t)
            + (f" · {a.document}" if a.document else ""),
            a.signed,
            None,
            a.sources,
            a.confirmed is not None,
            label=a.agency,
            note=a.note or "",
        )
        for a in card.agreements
    ]
    facts += [
        Fact(
            "former-agreement",
            f.id,
            f.model,
            f"{f.agency}: no longer on ICE's list; why is not known",
            f.first_listed,
            f.last_listed,
            f.sources,
            f.confirmed is not None,
            label=f"{f.agency}, no longer on ICE's list",
            note=f.note or "",
        )
        for f in card.former_agreements
    ]
    if card.state_agreements and card.level == "state":
        facts += _count_facts(card.state_agreements)
    return Section(
        "agreements",
        f"287(g) agreements ({len(card.agreements)})",
        tuple(facts),
        (Line(_agreement_counts(card), "Agreements"),),
        more=more if facts else "",
    )


def _count_facts(count: ModelCount) -> list[Fact]:
    listed = f" on the ICE list of {count.as_of}" if count.as_of else ""
    text = f"agreements of all agencies in the state{listed}"
    numbers = {
        "all models": count.total,
        "task force": count.task_force,
        "warrant service officer": count.warrant_service_officer,
        "jail enforcement": count.jail_enforcement,
    }
    return [
        Fact(
            "agreement-count",
            model,
            str(number),
            text,
            sources=count.sources,
            label=f"All agencies, {model}",
        )
        for model, number in numbers.items()
    ]


def _officials_section(officials: Sequence[Official]) -> Section:
    facts = tuple(
        Fact(
            "official",
            o.office,
            o.name + (" (acting)" if o.acting else ""),
            o.party or "",
            o.start,
            o.until,
            o.sources,
            o.confirmed is not None,
            label=o.office[:1].upper() + o.office[1:],
            note=o.note or "",
        )
        for o in officials
    )
    return Section("officials", f"Officials ({len(officials)})", facts)


def _statistics_section(card: JurisdictionCard, more: str) -> Section:
    facts = tuple(
        Fact(
            "statistic",
            s.id,
            amount_text(s.value, s.unit, qualifier=s.qualifier, high=s.high, base=s.base),
            f"{s.measure[:1].upper()}{s.measure[1:]}. {s.text}".strip(),
            s.start,
            s.until,
            s.sources,
            s.confirmed is not None,
            label=s.measure[:1].upper() + s.measure[1:],
            note=s.note or "",
        )
        for s in card.statistics
    )
    lines = (
        (Line(plain(count_of(len(facts), "number") + " on record"), label="Numbers"),)
        if facts
        else ()
    )
    return Section(
        "statistics",
        f"Numbers ({len(facts)})",
        facts,
        lines,
        more=more if facts else "",
    )
