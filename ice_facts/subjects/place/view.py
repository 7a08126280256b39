"""The card of a jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from ice_facts.dates import began_by, is_future, last_day
from ice_facts.model import Listing, Official
from ice_facts.show.build import cited, cited_together, fact, note_line, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.sections import (
    confirmed_line,
    disputes_section,
    newest_source_line,
    sources_section,
)
from ice_facts.show.shapes import (
    Card,
    Cell,
    Fact,
    Line,
    Piece,
    Section,
    glue,
    join,
    plain,
)
from ice_facts.show.words import amount_text, capitalized, count_of, span_text
from ice_facts.subjects.agreement.counts import ListGrowth, ModelCount, growth_text
from ice_facts.subjects.claim import claims_section
from ice_facts.subjects.event import NO_EVENT, events_section
from ice_facts.subjects.official import name_of
from ice_facts.subjects.place.card import NO_RULES, JurisdictionCard
from ice_facts.subjects.place.rules_table import rules_section
from ice_facts.subjects.policy.brief import policies_section
from ice_facts.subjects.position.card import positions_section
from ice_facts.subjects.position.elsewhere import elsewhere_texts
from ice_facts.vocabulary import (
    DIRECTED_STANCES,
    HEADS,
    ON_THE_BOOKS,
    POLICE_HEADS,
    TERRITORIES,
)


def place_view(card: JurisdictionCard, labels: Labels) -> Card:
    """Return the view of a jurisdiction's card."""
    federal = card.level == "federal"
    command = f"ice-facts {'show' if federal else card.level} {card.id}"
    sections = [
        # The dimensions say what a place does for the federal government, the lists are its own.
        None if federal and not card.rules else rules_section(card, labels, command),
        None if federal and not card.listed else _listed_section(card, labels),
        disputes_section(card.disputed),
        positions_section(
            card.positions,
            labels,
            f"ice-facts positions {card.id}",
            by=lambda p: labels.stakeholder(p.stakeholder),
            column="Who",
            group=labels.target,
            others=elsewhere_texts(card.positions_elsewhere),
            past={p.id for p in card.policies if p.status not in ON_THE_BOOKS},
        ),
        claims_section(card.claims, f"ice-facts claims --about {card.id}", shown=0),
        events_section(
            card.events,
            f"ice-facts timeline {card.id}" if _dated(card) else "",
            laws=[p for p in card.policies if began_by(p.effective or p.enacted, card.as_of)],
        ),
        None if federal else _agreements_section(card, f"{command} --section agreements"),
        policies_section(card.policies, f"{command} --section policies", shown=4 if federal else 0),
        _officials_section(card.officials),
        _statistics_section(card, f"{command} --section statistics"),
        sources_section(card.sources),
    ]
    return Card(
        subject=card.id,
        title=_title(card, labels),
        aside=_aside(card),
        opening=_opening(card),
        dated=_dated_line(card),
        lead=_lead(card),
        fine=_fine(card),
        command=command,
        above=card.part_of,
        facts=_lead_facts(card),
        sections=tuple(_quiet(s) for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def _dated(card: JurisdictionCard) -> bool:
    """Return True if a timeline of the place has entries."""
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


def _aside(card: JurisdictionCard) -> str:
    is_territory = card.level == "state" and card.state in TERRITORIES
    parts = ["territory" if is_territory else " and ".join((card.level, *card.also))]
    parts += [
        layer.name for layer in card.layers if layer.level == "county" and layer.id != card.id
    ]
    if card.population:
        parts.append(f"{card.population.value:,} people ({card.population.as_of})")
    return " · ".join(parts)


def _lead(card: JurisdictionCard) -> tuple[Line, ...]:
    heads = [_official_piece(o) for o in card.officials if o.office in (*HEADS, *POLICE_HEADS)]
    # The table of rules has the date over it.
    dated = any(r.stance in DIRECTED_STANCES for r in card.rules) and all(_confirmed(card))
    dated = dated and not is_future(card.as_of)
    return without_empty(
        Line(join((piece,) for piece in heads[:4])),
        Line(()) if dated else _dated_line(card),
        note_line(None if _is_fine(card.note) else card.note),
    )


SHORT_NOTE = 100
"""Longer notes stand in the full form of a card only."""


def _is_fine(note: str | None) -> bool:
    """Return True if a note is for the full form: a long one, or one that the opening tells."""
    return note is not None and (len(note) > SHORT_NOTE or note.startswith(NO_RULES))


def _fine(card: JurisdictionCard) -> tuple[Line, ...]:
    known = any(o.office in (*HEADS, *POLICE_HEADS) for o in card.officials)
    return without_empty(
        note_line(None if known else "Who governs is not recorded for this date"),
        note_line(card.note if _is_fine(card.note) else None),
        _dated_line(card),
        newest_source_line(card.sources),
    )


def _opening(card: JurisdictionCard) -> tuple[Line, ...]:
    """Return what binds here; how many more rules there are is seen in their table."""
    told = (s for s in card.opening if s.kind in ("rules", "agreements"))
    gaps = [
        Piece(s.text, "muted", s.sources) for s in card.opening if s.kind in ("silent", "unknown")
    ]
    if (card.note or "").startswith(NO_RULES) and card.rules:
        gaps.append(Piece(f"{NO_RULES}.", "muted"))
    return (
        *(Line((Piece(s.text, "", s.sources),)) for s in told),
        *((Line(tuple(gaps)),) if gaps else ()),
    )


def _confirmed(card: JurisdictionCard) -> list[str | None]:
    return [
        *(o.confirmed for o in card.officials),
        *(r.confirmed for r in card.rules),
        *(entry.confirmed for entry in card.listed),
    ]


def _dated_line(card: JurisdictionCard) -> Line:
    return confirmed_line(card.as_of, _confirmed(card))


def _quiet(section: Section) -> Section:
    """Return a section that says nothing in the short form where it has nothing to say."""
    empty = not section.facts and section.name in ("listed", "positions", "claims")
    empty = empty or any(line.pieces == NO_EVENT for line in section.lines)
    if empty or section.name == "statistics":
        return replace(section, lines=())
    if section.name == "disputed" and len(section.lines) > 1:
        more = count_of(len(section.lines) - 1, "other dispute")
        first = section.lines[0]
        return replace(section, lines=(Line((*first.pieces, glue(f" · {more}")), first.label),))
    return section


def _official_piece(official: Official) -> Piece:
    office = f"acting {official.office}" if official.acting else official.office
    span = span_text(official.start, official.until)
    return cited(f"{official.name}, {office} {span}".strip(), official, most=2)


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
    people = card.population
    if people:
        number = str(people.value)
        facts.append(Fact("place", "population", number, "", people.as_of, sources=people.sources))
    if card.note:
        facts.append(Fact("place", "note", card.note))
    facts += [Fact("opening", s.kind, "", s.text, sources=s.sources) for s in card.opening]
    return tuple(facts)


def _listed_section(card: JurisdictionCard, labels: Labels) -> Section:
    facts = tuple(
        fact(
            "listed",
            entry.list,
            entry.printed_as or card.name,
            entry.note or "",
            of=entry,
            label=labels.policy(entry.list),
            note="",
        )
        for entry in card.listed
    )
    entries = defaultdict(list)
    for entry in card.listed:
        entries[labels.policy(entry.list), _end_text(entry)].append(entry)
    pieces = [
        (cited_together(f"{name}{_listed_as(found)}{end}", found),)
        for (name, end), found in entries.items()
    ]
    line = join(pieces) if pieces else plain("on no federal list in the store")
    return Section("listed", f"Lists ({len(facts)})", facts, (Line(line, label="Listed"),))


def _end_text(entry: Listing) -> str:
    if entry.known_until:
        return f", not known to be listed after {entry.known_until}"
    return f", off it from {entry.until}" if entry.until else ""


def _listed_as(entries: Sequence[Listing]) -> str:
    """Return the levels as which a list names a place, where it names it more than once."""
    levels = sorted({entry.level or "" for entry in entries} - {""})
    return f" (as {' and '.join(levels)})" if len(entries) > 1 and levels else ""


def _agreements_section(card: JurisdictionCard, more: str) -> Section:
    facts = [
        fact(
            "agreement",
            a.id,
            a.model,
            ", ".join(t for t in (a.agency, a.place, a.county, a.state) if t)
            + (f" · {a.document}" if a.document else ""),
            of=a,
            start=a.signed,
            label=a.agency,
        )
        for a in card.agreements
    ]
    facts += [
        fact(
            "former-agreement",
            f.id,
            f.model,
            f"{f.agency}: no longer on ICE's list; why is not known",
            of=f,
            start=f.first_listed,
            until=f.last_listed,
            label=f"{f.agency}, no longer on ICE's list",
        )
        for f in card.former_agreements
    ]
    if card.state_agreements and card.level == "state":
        facts += _count_facts(card.state_agreements, card.list_growth)
    return Section(
        "agreements",
        f"287(g) agreements ({len(card.agreements)})",
        tuple(facts),
        (Line(_agreement_counts(card), "Agreements"),),
        more=more if facts else "",
    )


def _agreement_counts(card: JurisdictionCard) -> Cell:
    """Return the numbers of agreements: of the place, a city's county, the state."""
    texts: list[str] = []
    for layer in card.layers:
        if layer.level not in ("city", "county"):
            continue
        # A county's own card counts those of its municipalities, a city's card only the county's.
        here = layer.id == card.id
        found = [
            a
            for a in card.agreements
            if a.jurisdiction == layer.id or (here and layer.level == "county")
        ]
        number = str(len(found)) if found else "none"
        texts.append(f"{number} in {layer.name}" if here else f"{number} with {layer.name} itself")
    count = card.state_agreements
    # The District of Columbia is its own state.
    if count and card.state and "state" not in card.also:
        state = next((la.name for la in card.layers if la.level == "state"), card.state)
        texts.append(f"{count.total:,} in all of {state}")
    if card.former_agreements:
        texts.append(f"{len(card.former_agreements)} no longer on the list")
    cell = join(plain(text) for text in texts)
    if count is None or count.as_of is None:
        return cell
    listed = f"ICE list of {count.as_of}"
    if last_day(card.as_of) < count.as_of:
        listed = f"signed by {card.as_of} and still on the {listed}"
    growth = card.list_growth
    if growth is None:
        return (*cell, Piece(f"({listed})", "muted", count.sources))
    return (
        *cell,
        Piece(f"({listed}, {growth_text(growth)})", "muted", (*count.sources, *growth.sources)),
    )


def _count_facts(count: ModelCount, growth: ListGrowth | None) -> list[Fact]:
    listed = f" on the ICE list of {count.as_of}" if count.as_of else ""
    text = f"agreements of all agencies in the state{listed}"
    if growth is not None:
        text += f"; in the whole country the list has {growth_text(growth)}"
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
        fact(
            "official",
            o.office,
            name_of(o),
            o.party or "",
            of=o,
            label=capitalized(o.office),
        )
        for o in officials
    )
    return Section("officials", f"Officials ({len(officials)})", facts)


def _statistics_section(card: JurisdictionCard, more: str) -> Section:
    facts = tuple(
        fact(
            "statistic",
            s.id,
            amount_text(s.value, s.unit, qualifier=s.qualifier, high=s.high, base=s.base),
            f"{capitalized(s.measure)}. {s.text}".strip(),
            of=s,
            label=capitalized(s.measure),
        )
        for s in card.statistics
    )
    number = f"{count_of(len(facts), 'number')} on record" if facts else None
    return Section(
        "statistics",
        f"Numbers ({len(facts)})",
        facts,
        without_empty(text_line(number, "Numbers")),
        more=more if facts else "",
    )
