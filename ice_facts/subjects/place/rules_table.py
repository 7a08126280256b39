"""The table of rules of a place's card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ice_facts.show.build import cited_together
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Column, Piece, Section, Table, plain
from ice_facts.show.words import count_of
from ice_facts.subjects.place.card import JurisdictionCard, Layer
from ice_facts.subjects.rule import RuleInForce, by_stance, of_the_whole, rule_fact, stance_word
from ice_facts.vocabulary import DIMENSIONS, DIRECTED_STANCES


def rules_section(card: JurisdictionCard, labels: Labels, command: str) -> Section:
    """Return the section on rules: by form of cooperation, at the place and those above it."""
    facts = tuple(
        rule_fact(
            "rule" if rule.jurisdiction == card.id else f"rule:{rule.jurisdiction}", rule, labels
        )
        for rule in card.rules
    )
    cells = defaultdict(list)
    for rule in card.rules:
        cells[rule.dimension, rule.jurisdiction].append(rule)
    # The short form tells of a part only where no rule on the whole has a direction.
    directed = {
        at: [rule for rule in rules if rule.stance in DIRECTED_STANCES]
        for at, rules in cells.items()
    }
    first = {at: of_the_whole(directed[at]) or directed[at] or rules for at, rules in cells.items()}
    # What was signed is no rule, but it is not unknown either.
    signed = _signed_cells(card)

    def grid(
        cells: Mapping[tuple[str, str], Sequence[RuleInForce]],
        dimensions: Sequence[str],
        layers: Sequence[Layer],
        gap: Cell,
    ) -> Table:
        def cell(dimension: str, place: str) -> Cell:
            at = (dimension, place)
            return (*_rule_cell(cells.get(at, ())), *signed.get(at, ())) or gap

        return Table(
            (
                Column("dimension", f"In force {card.as_of}"),
                *(Column(layer.id, layer.name) for layer in layers),
            ),
            lambda: tuple(
                (plain(DIMENSIONS[d]), *(cell(d, layer.id) for layer in layers)) for d in dimensions
            ),
        )

    # What is unknown everywhere, or only not mentioned, is told in words: it is no row. A part that
    # only a county or state tells of is none either. Of what is unknown at one place, the sign is
    # enough.
    known = set(signed) | {
        (r.dimension, r.jurisdiction)
        for r in card.rules
        if r.stance in DIRECTED_STANCES and (not r.scope or r.jurisdiction == card.id)
    }
    shown = [d for d in DIMENSIONS if any(dimension == d for dimension, _ in known)]
    layers = [la for la in card.layers if any(place == la.id for _, place in known)]
    return Section(
        "rules",
        "Rules in force",
        facts,
        (),
        grid(cells, list(DIMENSIONS), card.layers, (Piece("unknown", "unknown"),)),
        tabular=bool(known),
        more=f"{command} --section rules",
        short=grid(first, shown, layers, plain("?")),
    )


def _signed_cells(card: JurisdictionCard) -> dict[tuple[str, str], Cell]:
    """Return what a city and a county have signed, in the row of 287(g) agreements."""
    cells: dict[tuple[str, str], Cell] = {}
    for layer in card.layers:
        own = [a for a in card.agreements if a.jurisdiction == layer.id]
        if own and layer.level != "state":
            newest = max(a.signed or "" for a in own)[:4]
            text = f"{count_of(len(own), 'agreement')} {newest}".strip()
            cells["287g", layer.id] = (cited_together(text, own),)
    return cells


def _rule_cell(rules: Sequence[RuleInForce]) -> Cell:
    """Return each stance of some rules with the first year of one of them; nothing if unknown."""
    pieces = []
    for stance, found in by_stance(rules).items():
        if stance == "unknown":
            continue
        whole = of_the_whole(found)
        word = stance_word(stance, practice=all(rule.practice for rule in whole or found))
        part = "" if whole else "in part"
        year = min((rule.start[:4] for rule in found if rule.start), default="")
        text = " ".join(filter(None, (word, part, year)))
        pieces.append(cited_together(text, found, stance))
    return tuple(pieces)
