"""Positions: what a stakeholder thinks of a policy or topic."""

from __future__ import annotations

from collections.abc import Iterable

from ice_facts.dates import began_by, first_day
from ice_facts.model import Position, Source
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import Card, Fact, Line, Piece, plain
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
