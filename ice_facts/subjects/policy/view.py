"""How the card of a policy is shown."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.dates import first_day, last_day
from ice_facts.show.labels import Labels
from ice_facts.show.sections import confirmed_line, disputes_section, sources_section
from ice_facts.show.shapes import Card, Fact, Line, Piece, Section, glue, join, plain
from ice_facts.show.words import count_of
from ice_facts.subjects.claim import claims_section
from ice_facts.subjects.event import events_section
from ice_facts.subjects.policy.brief import policies_section, status_text
from ice_facts.subjects.policy.card import ListedPlace, PolicyCard
from ice_facts.subjects.position import positions_section
from ice_facts.subjects.rule import RuleInForce
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
        lead=_lead(card, labels),
        facts=_facts(card),
        sections=tuple(s for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def _dated(card: PolicyCard) -> bool:
    """Tell whether a timeline of the policy has entries."""
    dates = (card.introduced, card.enacted, card.effective, card.ended)
    return bool(card.events or card.amended or any(d and d <= card.as_of for d in dates))


def _lead(card: PolicyCard, labels: Labels) -> tuple[Line, ...]:
    dates = [
        f"{word} {date}"
        for word, date in (
            ("introduced", card.introduced),
            ("decided" if card.kind == "court decision" else "enacted", card.enacted),
            ("effective", card.effective),
            ("ended", card.ended),
        )
        if date
    ]
    first = [part for part in (card.citation, card.court, ", ".join(dates)) if part]
    lines = [Line((Piece(card.summary, "", card.cited, card.confirmed is not None),))]
    if first:
        lines.insert(0, Line(plain(" · ".join(first))))
    if card.concerns:
        names = ", ".join(labels.place(id) for id in card.concerns)
        lines.append(Line(plain(f"Judges the law or conduct of {names}")))
    if card.note:
        lines.append(Line((Piece(card.note, "muted"),)))
    begin = min(filter(None, (card.introduced, card.enacted, card.effective)), default="")
    if begin and first_day(begin) > last_day(card.as_of):
        lines.append(Line(plain(f"Nothing of it is on record by {card.as_of}: it came later.")))
    confirmed = [card.confirmed, *(r.confirmed for r in card.rules)]
    lines.append(confirmed_line(card.as_of, confirmed, card.sources))
    return tuple(lines)


def _facts(card: PolicyCard) -> tuple[Fact, ...]:
    sources, confirmed = card.cited, card.confirmed is not None
    facts = [
        Fact("policy", "kind", card.kind),
        Fact("policy", "jurisdiction", card.jurisdiction),
        Fact(
            "policy",
            "status",
            card.status,
            card.summary,
            card.effective or card.enacted or card.introduced,
            card.ended,
            sources,
            confirmed,
        ),
    ]
    for key in ("citation", "court", "introduced", "enacted", "effective", "ended"):
        value = getattr(card, key)
        if value:
            facts.append(Fact("policy", key, value, sources=sources, confirmed=confirmed))
    facts += [Fact("policy", "concerns", id) for id in card.concerns]
    return tuple(facts)


def _provisions_section(card: PolicyCard, more: str) -> Section | None:
    if not card.provisions:
        return None
    facts = tuple(
        Fact("provision", p.section, "", p.text, sources=card.cited[:1], label=p.section)
        for p in card.provisions
    )
    lines = tuple(
        Line(
            (
                Piece(p.section or "Provision", "strong"),
                glue(f" {p.text}"),
                Piece("", sources=card.cited[:1]),
            ),
            label="" if n else "Provisions",
        )
        for n, p in enumerate(card.provisions[:5])
    )
    return Section("provisions", f"Provisions ({len(facts)})", facts, lines, more=more)


def _amended_section(card: PolicyCard) -> Section | None:
    if not card.amended:
        return None
    facts = tuple(
        Fact(
            "amended",
            a.date,
            "",
            a.text,
            a.date,
            sources=a.sources or card.cited,
            label=a.date,
        )
        for a in card.amended
    )
    lines = tuple(
        Line(
            (
                Piece(a.date, "muted"),
                glue(f" {a.text}"),
                Piece("", sources=(a.sources or card.cited)[:2]),
            ),
            label="" if n else "Changes",
        )
        for n, a in enumerate(card.amended[-4:])
    )
    return Section("amended", f"Amendments and rulings ({len(facts)})", facts, lines)


def _rules_section(card: PolicyCard, labels: Labels, more: str) -> Section | None:
    if not card.rules:
        return None
    facts = tuple(
        Fact(
            "rule",
            r.dimension,
            r.stance,
            r.text,
            r.start,
            r.until,
            r.sources,
            r.confirmed is not None,
            label=f"{DIMENSIONS[r.dimension]} · {labels.place(r.jurisdiction)}",
            tone=r.stance,
            note=r.note or "",
        )
        for r in card.rules
    )
    makers = dict.fromkeys(r.jurisdiction for r in card.rules)
    lines: list[Line] = []
    for id in makers:
        stances: dict[str, list[RuleInForce]] = {}
        for rule in card.rules:
            if rule.jurisdiction == id:
                stances.setdefault(rule.stance, []).append(rule)
        pieces = ((_stance_piece(stance, found),) for stance, found in stances.items())
        lines.append(
            Line(
                (Piece(f"{labels.place(id)}: ", "strong"), *join(pieces, "; ")),
                label="" if lines else "Rules now",
            )
        )
    return Section(
        "rules",
        f"Rules in force under it ({len(facts)})",
        facts,
        tuple(lines),
        more=more,
    )


def _stance_piece(stance: str, rules: Sequence[RuleInForce]) -> Piece:
    """Return a stance with the dimensions on which rules take it."""
    labels = (DIMENSIONS[rule.dimension] for rule in rules)
    return Piece(
        f"{stance} {', '.join(label[:1].lower() + label[1:] for label in labels)}",
        stance,
        tuple(dict.fromkeys(rule.sources[0] for rule in rules if rule.sources)),
        all(rule.confirmed for rule in rules),
    )


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
    by_level = [
        count_of(number, level, plural)
        for level, plural in (
            ("state", "states"),
            ("county", "counties"),
            ("city", "cities"),
        )
        if (number := sum(p.level == level for p in listed))
    ]
    line = Line((Piece(", ".join(by_level), "", listed[0].sources[:1]),), label="On it")
    return Section("listed", f"Places on the list ({len(facts)})", facts, (line,), more=more)
