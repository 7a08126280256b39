"""The positions on or of the records with a name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Annotated

from msgspec import Struct

from ice_facts.ask import Reply, Session, SourcesOption, argument, choice, option
from ice_facts.dates import began_by
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    Jurisdiction,
    Policy,
    Position,
    PositionStance,
    Record,
    Source,
    Stakeholder,
    StakeholderKind,
    Topic,
)
from ice_facts.model.answers import Answer
from ice_facts.resolve import Match, resolve, resolve_all
from ice_facts.store import Store
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.place.card import stakeholders_in
from ice_facts.subjects.position.affiliates import organisations_of
from ice_facts.subjects.position.elsewhere import Elsewhere, elsewhere, meaning_of, namesakes
from ice_facts.subjects.position.holders import several_text
from ice_facts.subjects.position.rows import (
    PositionRow,
    article_rows,
    position_row,
    rows_by,
    rows_of_stakeholder,
    sorted_by_stance,
    stance_rank,
)
from ice_facts.vocabulary import JURISDICTION_TABLES


class PositionsFound(Answer, frozen=True, kw_only=True):
    """Positions, the records with the name, and the sources that the positions cite.

    ``meanings`` says of every subject of the rows what being for it means; ``organisations`` to
    which organisation each stakeholder belongs, and ``several`` who has several of the rows. Where
    the name is a place's, only positions from there and on its own policies are among the rows;
    ``elsewhere`` has the numbers of the others.
    """

    subjects: tuple[str, ...]
    rows: tuple[PositionRow, ...]
    sources: tuple[Source, ...]
    meanings: dict[str, str]
    organisations: dict[str, str]
    several: str
    elsewhere: tuple[Elsewhere, ...]


SUBJECTS: tuple[type[Record], ...] = (Topic, Policy, Jurisdiction, Stakeholder)
"""The classes of records whose positions can be asked for by name."""


class Filters(Struct, frozen=True, kw_only=True):
    """The filters of a list of positions; ``jurisdiction`` is an id."""

    stance: str | None = None
    kind: str | None = None
    jurisdiction: str | None = None


def find_positions(store: Store, name: str | None, on: str, filters: Filters) -> PositionsFound:
    """Return the positions on or of the records with a name, up to a date.

    Args:
        store: Where to look.
        name: A topic, policy, place or stakeholder; None for all positions. The positions of a
            place are those on its policies and those of its stakeholders.
        on: The date of the answer.
        filters: The positions to keep.

    Raises:
        NotFoundError: The name is not found, or no position passes the filters.
    """
    subjects = [] if name is None else resolve_all(store, name, SUBJECTS)
    found: dict[str, PositionRow] = {}
    for subject in subjects:
        found.update((row.id, row) for row in _rows_of(store, subject, on))
    if not subjects:
        found.update((row.id, row) for row in rows_by(store, store.ids(Stakeholder), on))
    rows = sorted_by_stance(row for row in found.values() if _passes(store, row, filters))
    if not rows:
        raise _not_found(subjects, found.values(), on)
    place = any(subject.cls is Jurisdiction for subject in subjects)
    return PositionsFound(
        subjects=tuple(f"{s.label} ({s.command})" for s in subjects),
        rows=tuple(rows),
        sources=sources_of(store, rows),
        meanings={row.on: meaning_of(store, row) for row in rows},
        organisations=organisations_of(store, {row.stakeholder for row in rows}),
        several=several_text(store, ((row.stakeholder, row.stance) for row in rows)),
        elsewhere=elsewhere(store, on, rows) if place else (),
    )


def _not_found(subjects: list[Match], found: Iterable[PositionRow], on: str) -> NotFoundError:
    what = " or ".join(f"{s.command} {s.label!r}" for s in subjects)
    about = f" for the {what}" if what else ""
    stances = sorted({row.stance for row in found}, key=stance_rank)
    if stances:
        hint = f"without the filters there are positions that are: {', '.join(stances)}"
        return NotFoundError(f"no position{about} fits these filters", [hint])
    hints = [f"ice-facts {s.command} {s.id} shows what there is on it" for s in subjects]
    return NotFoundError(
        f"no position{about} is recorded by {on}",
        [*hints, "'ice-facts topics' counts the positions on each topic"],
    )


def _rows_of(store: Store, subject: Match, on: str) -> list[PositionRow]:
    """Return the rows on or of one record."""
    id = subject.id
    if subject.cls is Stakeholder:
        return rows_of_stakeholder(store, id, on)
    if subject.cls is Jurisdiction:
        return _place_rows(store, id, on)
    if subject.cls is Topic:
        positions = store.referring(Position, topic=id, policy=namesakes(store, id))
    else:
        positions = store.referring(Position, policy=id)
    rows = [position_row(store, p) for p in positions if began_by(p.date, on)]
    return rows + [r for r in article_rows(store, on) if id in (r.topic, r.policy)]


def _place_rows(store: Store, id: str, on: str) -> list[PositionRow]:
    policies = [policy.id for policy in store.referring(Policy, jurisdiction=id)]
    people = stakeholders_in(store, store.one(Jurisdiction, id))
    positions = store.referring(Position, policy=policies, stakeholder=people)
    rows = [position_row(store, p) for p in positions if began_by(p.date, on)]
    return rows + [r for r in article_rows(store, on) if r.stakeholder in people]


def _passes(store: Store, row: PositionRow, filters: Filters) -> bool:
    if filters.stance and row.stance != filters.stance:
        return False
    if filters.kind and row.kind != filters.kind:
        return False
    if not filters.jurisdiction:
        return True
    maker = store.one(Policy, row.policy).jurisdiction if row.policy else None
    places = [store.one(Jurisdiction, id) for id in (row.jurisdiction, maker) if id]
    return any(filters.jurisdiction in (p.id, *p.part_of) for p in places)


def ask_positions(
    session: Session,
    name: Annotated[
        list[str] | None, argument("[NAME]", "A topic, policy, place or stakeholder.")
    ] = None,
    *,
    stance: Annotated[
        str | None,
        choice(
            "--stance", PositionStance, "supports, opposes, mixed or neutral.", metavar="STANCE"
        ),
    ] = None,
    kind: Annotated[
        str | None,
        choice(
            "--kind",
            StakeholderKind,
            "Of stakeholder: person, union, agency, …",
            metavar="KIND",
        ),
    ] = None,
    jurisdiction: Annotated[
        str | None,
        option(
            "--jurisdiction",
            metavar="PLACE",
            help="Only from or on policies of a place.",
            names=JURISDICTION_TABLES,
        ),
    ] = None,
    sources: SourcesOption = False,
) -> Reply:
    """Show who is for and against what."""
    from ice_facts.across.positions.view import positions_view

    place = resolve(session.store, jurisdiction, (Jurisdiction,)).id if jurisdiction else None
    filters = Filters(stance=stance, kind=kind, jurisdiction=place)
    found = find_positions(session.store, " ".join(name) if name else None, session.on, filters)
    shown = partial(positions_view, as_of=session.on, sources=sources, filtered=stance is not None)
    return Reply(found.rows, shown, shown=found)
