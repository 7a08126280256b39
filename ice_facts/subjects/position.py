"""Positions: what a stakeholder thinks of a policy or topic."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from ice_facts.dates import began_by, first_day
from ice_facts.model import Position, Source
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import (
    Card,
    Cell,
    Column,
    Fact,
    Line,
    Piece,
    Section,
    Table,
    join,
    plain,
    table_of,
)
from ice_facts.show.words import count_of
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import sources_of
from ice_facts.vocabulary import STANCE_ORDER


class PositionCard(Answer, frozen=True, kw_only=True):
    """One position with its sources."""

    position: Position
    sources: tuple[Source, ...]


def position_card(store: Store, id: str, on: str) -> PositionCard:
    """Return one position with the sources that report it."""
    position = store.one(Position, id)
    return PositionCard(position=position, sources=sources_of(store, position))


def position_view(card: PositionCard, labels: Labels) -> Card:
    """Return the view of a position."""
    position = card.position
    lead = [
        Line(plain(labels.target(position)), label="On"),
        Line((Piece(position.stance, position.stance),), label="Stance"),
        Line(
            (Piece(position.text, "", position.sources, position.confirmed is not None),),
        ),
        Line(plain(position.concern), label="Concern"),
        Line(plain(position.remedy), label="Remedy"),
        Line(plain(position.date or "undated"), label="Date"),
        Line(plain(position.note), label="Note"),
    ]
    return Card(
        subject=position.id,
        title=labels.stakeholder(position.stakeholder),
        aside="position",
        lead=tuple(line for line in lead if line.pieces),
        facts=(
            Fact(
                "position",
                position.policy or position.topic or "",
                position.stance,
                position.text,
                position.date,
                None,
                position.sources,
                position.confirmed is not None,
                note=position.note or "",
            ),
        ),
        sections=(sources_section(card.sources),),
        sources=card.sources,
    )


def position_order(position: Position) -> tuple[int, str, str]:
    """Sort positions by stance, then newest first within a stance, then by id."""
    newest = "".join(chr(0x7E - ord(c)) for c in first_day(position.date or "0001"))
    return STANCE_ORDER.index(position.stance), newest, position.id


def positions_by(positions: Iterable[Position], on: str) -> tuple[Position, ...]:
    """Return the positions taken by a date, in showing order."""
    return tuple(sorted((p for p in positions if began_by(p.date, on)), key=position_order))


ROOM = Room(position_card, position_view)


VERBS = {
    "supports": "support",
    "opposes": "oppose",
    "mixed": "mixed",
    "neutral": "neutral",
}


def positions_section(
    positions: Sequence[Position],
    labels: Labels,
    more: str,
    *,
    by: Callable[[Position], str],
    column: str,
    group: Callable[[Position], str] | None = None,
    past: Collection[str] = (),
) -> Section:
    """Return the section on positions.

    Args:
        positions: The positions in showing order.
        labels: Names for ids.
        more: The command that shows them all.
        by: What names a position in the table: its stakeholder or its target.
        column: Title of that column.
        group: In the short form, positions are grouped by this text; None groups them all.
        past: Ids of policies that are not in force; positions on them come after the others.
    """
    groups: dict[str, list[Position]] = {}
    for position in positions:
        groups.setdefault(group(position) if group else "", []).append(position)

    def rank(item: tuple[str, list[Position]]) -> tuple[bool, bool, int, str]:
        # What is in force comes first, then what has two sides, then what most speak on.
        name, members = item
        sides = {p.stance for p in members} >= {"supports", "opposes"}
        return members[0].policy in past, not sides, -len(members), name

    ranked = sorted(groups.items(), key=rank)
    lines: list[Line] = []
    for name, members in ranked[:3]:
        sides = []
        for stance in STANCE_ORDER:
            side = [p for p in members if p.stance == stance]
            if side:
                sides.append(_side(side, stance, by))
        title: Cell = (Piece(f"{name}: ", "strong"),) if name else ()
        lines.append(Line((*title, *join(sides, "; ")), label="" if lines else "Positions"))
    rest = sum(len(members) for _, members in ranked[3:])
    if rest:
        others = count_of(len(ranked) - 3, "other subject")
        lines.append(Line((Piece(f"{rest} more on {others}", "muted"),)))
    if not positions:
        lines = [Line(plain("none recorded"), label="Positions")]
    facts = tuple(
        Fact(
            "position",
            by(p),
            p.stance,
            _position_text(p, labels),
            p.date,
            None,
            p.sources,
            p.confirmed is not None,
            label=by(p),
            tone=p.stance,
            note=p.note or "",
        )
        for p in positions
    )
    return Section(
        "positions",
        f"Positions ({len(positions)})",
        facts,
        tuple(lines),
        positions_table(positions, labels, by=by, column=column),
        more=more if positions else "",
    )


def _side(side: Sequence[Position], stance: str, by: Callable[[Position], str]) -> Cell:
    names = list(dict.fromkeys(by(p) for p in side))
    shown = ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")
    cited = tuple(dict.fromkeys(c for p in side[:2] for c in p.sources[:1]))
    return (Piece(f"{VERBS[stance]} {shown}", stance, cited),)


def _position_text(position: Position, labels: Labels) -> str:
    parts = [f"On {labels.target(position)}: {position.text}"]
    if position.concern:
        parts.append(f"Concern: {position.concern}.")
    if position.remedy:
        parts.append(f"Remedy: {position.remedy}.")
    return " ".join(parts)


def positions_table(
    positions: Sequence[Position],
    labels: Labels,
    *,
    by: Callable[[Position], str],
    column: str,
) -> Table | None:
    """Return positions as a table with stance, concern, remedy and date."""
    if not positions:
        return None
    return table_of(
        positions,
        (Column("who", column), by),
        (
            Column("stance", "Stance"),
            lambda p: Piece(p.stance, p.stance, p.sources, p.confirmed is not None),
        ),
        (Column("concern", "Concern"), lambda p: p.concern or "–"),
        (Column("remedy", "Remedy"), lambda p: p.remedy or "–"),
        (Column("date", "Date"), lambda p: p.date or "undated"),
    )
