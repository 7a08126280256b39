"""The card of a position, and the section on positions that other cards have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from ice_facts.model import Position, Source
from ice_facts.model.answers import Answer
from ice_facts.show.build import cited, fact, labelled, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import (
    Card,
    Cell,
    Column,
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
    return Card(
        subject=position.id,
        title=labels.stakeholder(position.stakeholder),
        aside="position",
        lead=without_empty(
            text_line(labels.target(position), "On"),
            Line((Piece(position.stance, position.stance),), "Stance"),
            Line((cited(position.text, position),)),
            text_line(position.concern, "Concern"),
            text_line(position.remedy, "Remedy"),
            text_line(position.date or "undated", "Date"),
            text_line(position.note, "Note"),
        ),
        facts=(
            fact(
                "position",
                position.policy or position.topic or "",
                position.stance,
                position.text,
                of=position,
                start=position.date,
            ),
        ),
        sections=(sources_section(card.sources),),
        sources=card.sources,
    )


MOST_NAMES = 2
"""The most names that the short form has for a side, before "+N"."""

MOST_GROUPS = 3
"""The most groups of positions in the short form."""

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
    others: Mapping[tuple[str | None, str | None], str] | None = None,
    past: Collection[str] = (),
) -> Section:
    """Return the section on positions.

    Args:
        positions: The positions in showing order.
        labels: Names for ids.
        more: The command that shows them all.
        by: Returns the name of a position in the table: its stakeholder or its target.
        column: Title of that column.
        group: Returns the text by which the short form groups positions; None: all in one.
        others: By policy and topic, the numbers of positions on it that are not among these.
        past: Ids of policies that are not in force; positions on them come after the others.
    """
    facts = tuple(
        fact(
            "position",
            by(p),
            p.stance,
            _position_text(p, labels),
            of=p,
            start=p.date,
            label=by(p),
            tone=p.stance,
        )
        for p in positions
    )
    return Section(
        "positions",
        f"Positions ({_counted(positions)})",
        facts,
        _short_lines(_groups(positions, group, past), by, others or {}),
        positions_table(positions, labels, by=by, column=column),
        more=more if positions else "",
    )


def _counted(positions: Sequence[Position]) -> str:
    """Return how many positions there are, and of how many holders if one has several."""
    holders = len({position.stakeholder for position in positions})
    several = 1 < holders < len(positions)
    return f"{len(positions)} records of {holders} holders" if several else str(len(positions))


def _groups(
    positions: Sequence[Position],
    group: Callable[[Position], str] | None,
    past: Collection[str],
) -> list[tuple[str, list[Position]]]:
    """Return positions by group: in force first, then with two sides, then the largest."""
    groups: dict[str, list[Position]] = {}
    for position in positions:
        groups.setdefault(group(position) if group else "", []).append(position)

    def rank(item: tuple[str, list[Position]]) -> tuple[bool, bool, int, str]:
        name, members = item
        two_sides = {p.stance for p in members} >= {"supports", "opposes"}
        return members[0].policy in past, not two_sides, -len(members), name

    return sorted(groups.items(), key=rank)


def _short_lines(
    groups: Sequence[tuple[str, list[Position]]],
    by: Callable[[Position], str],
    others: Mapping[tuple[str | None, str | None], str],
) -> tuple[Line, ...]:
    cells: list[Cell] = []
    for name, members in groups[:MOST_GROUPS]:
        sides = [
            _side(side, stance, by)
            for stance in STANCE_ORDER
            if (side := [p for p in members if p.stance == stance])
        ]
        title: Cell = (Piece(f"{name}: ", "strong"),) if name else ()
        counts = others.get((members[0].policy, members[0].topic))
        if counts:
            sides.append((Piece(f"not from here: {counts}", "muted"),))
        cells.append((*title, *join(sides, "; ")))
    rest = sum(len(members) for _, members in groups[MOST_GROUPS:])
    if rest:
        subjects = count_of(len(groups) - MOST_GROUPS, "other subject")
        cells.append((Piece(f"{rest} more on {subjects}", "muted"),))
    return labelled("Positions", cells or [plain("none recorded")])


def _side(side: Sequence[Position], stance: str, by: Callable[[Position], str]) -> Cell:
    names = list(dict.fromkeys(by(p) for p in side))
    more = len(names) - MOST_NAMES
    shown = ", ".join(names[:MOST_NAMES]) + (f" +{more}" if more > 0 else "")
    cited = tuple(dict.fromkeys(c for p in side[:MOST_NAMES] for c in p.sources[:1]))
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
        (Column("stance", "Stance"), lambda p: cited(p.stance, p, p.stance)),
        (Column("concern", "Concern"), lambda p: p.concern or "–"),
        (Column("remedy", "Remedy"), lambda p: p.remedy or "–"),
        (Column("date", "Date"), lambda p: p.date or "undated"),
    )


ROOM = Room(position_card, position_view)
