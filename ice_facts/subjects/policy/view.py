"""How the card of a policy is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from ice_facts.dates import first_day, last_day
from ice_facts.show.build import (
    cited,
    cited_together,
    fact,
    labelled,
    note_line,
    text_line,
    without_empty,
)
from ice_facts.show.labels import Labels
from ice_facts.show.sections import (
    confirmed_line,
    disputes_section,
    newest_source_line,
    sources_section,
)
from ice_facts.show.shapes import Card, Cell, Fact, Line, Piece, Section, glue, join
from ice_facts.show.words import count_of
from ice_facts.subjects.claim import claims_section
from ice_facts.subjects.event import events_section
from ice_facts.subjects.official import holders_facts, name_of
from ice_facts.subjects.policy.brief import policies_section, status_text
from ice_facts.subjects.policy.card import ListedPlace, PolicyCard
from ice_facts.subjects.position.card import positions_section
from ice_facts.subjects.rule import RuleInForce, by_stance, rule_fact
from ice_facts.vocabulary import DIMENSIONS


def policy_view(card: PolicyCard, labels: Labels) -> Card:
    """Return the view of a policy's card."""
    command = f"ice-facts policy {card.id}"
    sections = [
        _provisions_section(card, f"{command} --section provisions"),
        _amended_section(card),
        _rules_section(card, labels, f"{command} --section rules"),
        _listed_section(card.listed, f"{command} --section listed"),
        disputes_section(card.disputed),
        positions_section(
            card.positions,
            labels,
            f"ice-facts positions {card.id}",
            by=lambda p: labels.stakeholder(p.stakeholder),
            column="Who",
        ),
        claims_section(card.claims, f"ice-facts claims --about {card.id}"),
        events_section(card.events, f"ice-facts timeline {card.id}" if _dated(card) else ""),
        policies_section(card.cases, f"{command} --section policies", shown=3)
        if card.cases
        else None,
        sources_section(card.sources),
    ]
    return Card(
        subject=card.id,
        title=card.title,
        aside=" · ".join((card.kind, labels.place(card.jurisdiction), status_text(card.status))),
        opening=(Line((cited(card.summary, card),)),),
        dated=_dated_line(card),
        lead=_lead(card, labels),
        fine=without_empty(
            note_line(card.note if len(card.note or "") > SHORT_NOTE else None),
            newest_source_line(card.sources),
        ),
        command=command,
        facts=(*_facts(card), *holders_facts("official", card.in_office, labels)),
        sections=tuple(s for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def _dated(card: PolicyCard) -> bool:
    """Return True if a timeline of the policy has entries."""
    dates = (card.introduced, card.enacted, card.effective, card.ended)
    return bool(card.events or card.amended or any(d and d <= card.as_of for d in dates))


def _lead(card: PolicyCard, labels: Labels) -> tuple[Line, ...]:
    parts = (card.citation, card.court, _dates_text(card))
    judged = ", ".join(labels.place(id) for id in card.concerns)
    begin = min(filter(None, (card.introduced, card.enacted, card.effective)), default="")
    later = begin and first_day(begin) > last_day(card.as_of)
    return without_empty(
        text_line(" · ".join(part for part in parts if part)),
        text_line(card.stage, "Stage"),
        text_line(
            " · ".join(filter(None, (card.docket, card.judge))),
            "Docket" if card.docket else "Judge",
        ),
        Line(_in_office(card), label="In office"),
        text_line(f"Judges the law or conduct of {judged}" if judged else None),
        note_line(card.note if len(card.note or "") <= SHORT_NOTE else None),
        text_line(f"Nothing of it is on record by {card.as_of}: it came later." if later else None),
        _dated_line(card),
    )


def _in_office(card: PolicyCard) -> Cell:
    """Return who headed the place when the policy was enacted."""
    return join(
        (cited(f"{name_of(h)}, {h.office} when it was enacted", h, most=2),) for h in card.in_office
    )


SHORT_NOTE = 200
"""Longer notes stand in the full form of a card only."""


def _dated_line(card: PolicyCard) -> Line:
    return confirmed_line(card.as_of, [card.confirmed, *(r.confirmed for r in card.rules)])


def _dates_text(card: PolicyCard) -> str:
    dates = (
        ("introduced", card.introduced),
        ("decided" if card.kind == "court decision" else "enacted", card.enacted),
        ("effective", card.effective),
        ("ended", card.ended),
    )
    return ", ".join(f"{word} {date}" for word, date in dates if date)


def _facts(card: PolicyCard) -> tuple[Fact, ...]:
    start = card.effective or card.enacted or card.introduced
    of_card = partial(fact, "policy", of=card, note="")
    texts = {
        "citation": card.citation,
        "court": card.court,
        "docket": card.docket,
        "judge": card.judge,
        "stage": card.stage,
        "introduced": card.introduced,
        "enacted": card.enacted,
        "effective": card.effective,
        "ended": card.ended,
    }
    return (
        Fact("policy", "kind", card.kind),
        Fact("policy", "jurisdiction", card.jurisdiction),
        of_card("status", card.status, card.summary, start=start, until=card.ended),
        *(of_card(key, text) for key, text in texts.items() if text),
        *(Fact("policy", "concerns", id) for id in card.concerns),
    )


def _provisions_section(card: PolicyCard, more: str) -> Section | None:
    if not card.provisions:
        return None
    source = card.cited[:1]
    facts = tuple(
        Fact("provision", p.section, "", p.text, sources=source, label=p.section)
        for p in card.provisions
    )
    first = (
        (Piece(p.section or "Provision", "strong"), glue(f" {p.text}"), Piece("", sources=source))
        for p in card.provisions[:5]
    )
    lines = labelled("Provisions", first)
    return Section("provisions", f"Provisions ({len(facts)})", facts, lines, more=more)


def _amended_section(card: PolicyCard) -> Section | None:
    if not card.amended:
        return None
    sources = {a: a.sources or card.cited for a in card.amended}
    facts = tuple(
        Fact("amended", a.date, "", a.text, a.date, sources=sources[a], label=a.date)
        for a in card.amended
    )
    latest = (
        (Piece(a.date, "muted"), glue(f" {a.text}"), Piece("", sources=sources[a][:2]))
        for a in card.amended[-4:]
    )
    lines = labelled("Changes", latest)
    return Section("amended", f"Amendments and rulings ({len(facts)})", facts, lines)


def _rules_section(card: PolicyCard, labels: Labels, more: str) -> Section | None:
    if not card.rules:
        return None
    facts = tuple(rule_fact("rule", rule, labels) for rule in card.rules)
    cells: list[Cell] = []
    for id in dict.fromkeys(rule.jurisdiction for rule in card.rules):
        stances = by_stance(rule for rule in card.rules if rule.jurisdiction == id)
        pieces = ((_stance_piece(stance, rules),) for stance, rules in stances.items())
        cells.append((Piece(f"{labels.place(id)}: ", "strong"), *join(pieces, "; ")))
    title = f"Rules in force under it ({len(facts)})"
    return Section("rules", title, facts, labelled("Rules now", cells), more=more)


def _stance_piece(stance: str, rules: Sequence[RuleInForce]) -> Piece:
    """Return a stance with the dimensions on which rules take it."""
    names = (DIMENSIONS[rule.dimension] for rule in rules)
    dimensions = ", ".join(name[:1].lower() + name[1:] for name in names)
    return cited_together(f"{stance} {dimensions}", rules, stance)


def _listed_section(listed: Sequence[ListedPlace], more: str) -> Section | None:
    if not listed:
        return None
    facts = tuple(
        Fact(
            "listed",
            p.jurisdiction,
            p.name,
            f"{p.level}, {p.state}" if p.state else p.level,
            p.start,
            p.until,
            p.sources,
            label=p.name,
        )
        for p in listed
    )
    numbers = Counter(p.level for p in listed)
    plurals = {"state": "states", "county": "counties", "city": "cities"}
    levels = ", ".join(count_of(numbers[v], v, plurals[v]) for v in plurals if numbers[v])
    line = Line((Piece(levels, "", listed[0].sources[:1]),), label="On it")
    return Section("listed", f"Places on the list ({len(facts)})", facts, (line,), more=more)
