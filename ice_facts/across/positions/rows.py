"""The rows of ``positions``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Annotated

from msgspec import Struct

from ice_facts.ask import Reply, Session, SourcesOption, argument, choice, option
from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    Citation,
    Claim,
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
from ice_facts.spelling import key_of
from ice_facts.store import Store
from ice_facts.subjects.citations import known_by, sources_of
from ice_facts.subjects.official import holders_of
from ice_facts.vocabulary import RULERS, STANCE_ORDER


class PositionRow(Answer, frozen=True, kw_only=True):
    """Who thinks what of a policy or topic, and who says so.

    ``origin`` is ``record``, or ``article`` for a row of an article's stance table; then ``id``
    is the claim's, and ``status`` and ``check`` tell how it stands against the record. ``holder``
    names who held the office on the date, where the stakeholder is an office.
    """

    id: str
    origin: str
    stakeholder: str
    name: str
    kind: str
    jurisdiction: str | None
    holder: str | None
    stance: str
    policy: str | None
    topic: str | None
    on: str
    text: str
    concern: str | None
    remedy: str | None
    date: str | None
    status: str | None
    check: str | None
    confirmed: str | None
    note: str | None
    sources: tuple[Citation, ...]


class PositionsFound(Answer, frozen=True, kw_only=True):
    """Positions with the subjects that the name stands for, and the sources they cite."""

    subjects: tuple[str, ...]
    rows: tuple[PositionRow, ...]
    sources: tuple[Source, ...]


SUBJECTS: tuple[type[Record], ...] = (Topic, Policy, Jurisdiction, Stakeholder)
"""The tables whose records positions can be asked for by name."""


_CONCERN = ("Primary Concern", "Main Concern")


_REMEDY = ("Suggested Remedy",)


class Filters(Struct, frozen=True, kw_only=True):
    """What narrows a list of positions; ``jurisdiction`` is an id."""

    stance: str | None = None
    kind: str | None = None
    jurisdiction: str | None = None


def find_positions(store: Store, name: str | None, on: str, filters: Filters) -> PositionsFound:
    """Return the positions taken by a date on or by what a name stands for.

    Args:
        store: Where to look.
        name: A topic, policy, place or stakeholder; None for all positions. A place stands for
            its policies and for the stakeholders in it.
        on: The date of the answer.
        filters: Which of them to keep.

    Raises:
        NotFoundError: The name stands for nothing, or no position fits.
    """
    subjects = [] if name is None else resolve_all(store, name, SUBJECTS)
    found: dict[str, PositionRow] = {}
    for subject in subjects:
        found.update((row.id, row) for row in _rows_of(store, subject, on))
    if not subjects:
        everyone = store.ids(Stakeholder)
        found.update((row.id, row) for row in _rows(store, store.all(Position), everyone, on))
    rows = [row for row in found.values() if _fits(store, row, filters)]
    if not rows:
        raise _nothing(subjects, found.values(), on)
    rows.sort(key=_order)
    return PositionsFound(
        subjects=tuple(f"{s.label} ({s.command})" for s in subjects),
        rows=tuple(rows),
        sources=sources_of(store, rows),
    )


def _nothing(subjects: list[Match], found: Iterable[PositionRow], on: str) -> NotFoundError:
    what = " or ".join(f"{s.command} {s.label!r}" for s in subjects)
    about = f" for the {what}" if what else ""
    stances = sorted({row.stance for row in found}, key=_stance_rank)
    if stances:
        hint = f"without the filters there are positions that are: {', '.join(stances)}"
        return NotFoundError(f"no position{about} fits these filters", [hint])
    hints = [f"ice-facts {s.command} {s.id} shows what there is on it" for s in subjects]
    return NotFoundError(
        f"no position{about} is recorded by {on}",
        [*hints, "'ice-facts topics' counts the positions on each topic"],
    )


def stakeholder_rows(store: Store, id: str, on: str) -> list[PositionRow]:
    """Return the positions of a stakeholder by a date, also those of an office's holders.

    A holder's position counts for the office if it was taken during the term.
    """
    who = store.one(Stakeholder, id)
    rows = _rows(store, store.mentioning(Position, id), (id,), on)
    if who.office:
        rows += _holder_rows(store, who, on)
    return sorted(rows, key=_order)


def _holder_rows(store: Store, office: Stakeholder, on: str) -> list[PositionRow]:
    assert office.office is not None
    terms = holders_of(store, office.office.jurisdiction, office.office.office, on)
    by_key = {key_of(term.name): term for term in terms}
    people = {
        who.id: by_key[key]
        for who in store.mentioning(Stakeholder, "person")
        for key in map(key_of, (who.name, *who.aliases))
        if who.kind == "person" and key in by_key
    }
    positions = [
        p
        for p in store.mentioning(Position, *people)
        if p.stakeholder in people
        and p.date
        and holds_on(people[p.stakeholder].start, people[p.stakeholder].until, p.date)
    ]
    return [_row(store, p) for p in positions if began_by(p.date, on)]


def _rows_of(store: Store, subject: Match, on: str) -> list[PositionRow]:
    """Return the rows of one thing that positions were asked for by name."""
    id = subject.id
    if subject.cls is Stakeholder:
        return stakeholder_rows(store, id, on)
    if subject.cls is Jurisdiction:
        return _place_rows(store, id, on)
    positions = [
        p
        for p in store.mentioning(Position, id)
        if id == (p.topic if subject.cls is Topic else p.policy)
    ]
    rows = [_row(store, p) for p in positions if began_by(p.date, on)]
    on_it = [r for r in _article_rows(store, on) if id in (r.topic, r.policy)]
    return rows + on_it


def _place_rows(store: Store, id: str, on: str) -> list[PositionRow]:
    policies = {
        p.id for p in store.mentioning(Policy, id) if p.jurisdiction == id or id in p.concerns
    }
    people = {s.id for s in store.mentioning(Stakeholder, id) if s.jurisdiction == id}
    # Every national group has the federal government as its jurisdiction: its own bodies only.
    if store.one(Jurisdiction, id).level == "federal":
        people = {s for s in people if store.one(Stakeholder, s).sector == "government"}
    positions = [
        p
        for p in store.mentioning(Position, *policies, *people)
        if p.policy in policies or p.stakeholder in people
    ]
    rows = [_row(store, p) for p in positions if began_by(p.date, on)]
    return rows + [r for r in _article_rows(store, on) if r.stakeholder in people]


def _rows(
    store: Store, positions: Iterable[Position], stakeholders: Collection[str], on: str
) -> list[PositionRow]:
    rows = [
        _row(store, p) for p in positions if p.stakeholder in stakeholders and began_by(p.date, on)
    ]
    return rows + [r for r in _article_rows(store, on) if r.stakeholder in stakeholders]


def _row(store: Store, position: Position) -> PositionRow:
    who = store.one(Stakeholder, position.stakeholder)
    return PositionRow(
        id=position.id,
        origin="record",
        stakeholder=who.id,
        name=who.name,
        kind=who.kind,
        jurisdiction=who.jurisdiction,
        holder=_holder(store, who, position.date),
        stance=position.stance,
        policy=position.policy,
        topic=position.topic,
        on=_target(store, position.policy, position.topic),
        text=position.text,
        concern=position.concern,
        remedy=position.remedy,
        date=position.date,
        status=None,
        check=None,
        confirmed=position.confirmed,
        note=position.note,
        sources=position.sources,
    )


def _article_rows(store: Store, on: str) -> list[PositionRow]:
    """Return the rows of the articles' tables on stances, concerns and remedies."""
    claims = [
        c
        for c in store.mentioning(Claim, "table-row")
        if c.about.stakeholders and {"Stance", *_CONCERN, *_REMEDY}.intersection(c.columns)
    ]
    stances = {
        (c.article, who, c.about.topics[:1]): (_stance(c.columns["Stance"]), c.id)
        for c in claims
        if "Stance" in c.columns
        for who in c.about.stakeholders
    }
    rows = []
    for claim in claims:
        if not known_by(store, claim.article, on):
            continue
        published = store.one(Source, claim.article).published
        for id in claim.about.stakeholders:
            known = stances.get((claim.article, id, claim.about.topics[:1]), ("unknown", ""))
            rows.append(_article_row(store, claim, id, published, known))
    return rows


def _article_row(
    store: Store, claim: Claim, id: str, published: str | None, known: tuple[str, str]
) -> PositionRow:
    who = store.one(Stakeholder, id)
    stance, origin = known
    policy = None if claim.about.topics else next(iter(claim.about.policies), None)
    topic = next(iter(claim.about.topics), None)
    note = (
        "" if origin in ("", claim.id) else f"The stance stands in another table: claim {origin}."
    )
    return PositionRow(
        id=claim.id,
        origin="article",
        stakeholder=id,
        name=who.name,
        kind=who.kind,
        jurisdiction=who.jurisdiction,
        holder=_holder(store, who, published),
        stance=stance,
        policy=policy,
        topic=topic,
        on=_target(store, policy, topic),
        text=claim.text,
        concern=_cell(claim, _CONCERN),
        remedy=_cell(claim, _REMEDY),
        date=published,
        status=claim.check.status,
        check=claim.check.note or None,
        confirmed=None,
        note=note or None,
        sources=(
            Citation(id=claim.article, locator=f"{claim.section}: {claim.locator}"),
            *claim.check.sources,
        ),
    )


def _cell(claim: Claim, titles: Iterable[str]) -> str | None:
    return next((claim.columns[t] for t in titles if t in claim.columns), None)


def _stance(text: str) -> str:
    word = text.split()[0].casefold() if text.split() else ""
    return word if word in STANCE_ORDER else "unknown"


def _target(store: Store, policy: str | None, topic: str | None) -> str:
    if policy:
        return store.one(Policy, policy).short
    return store.one(Topic, topic).name if topic else ""


def _holder(store: Store, who: Stakeholder, date: str | None) -> str | None:
    if not who.office or not date:
        return None
    terms = holders_of(store, who.office.jurisdiction, who.office.office, date)
    return next((t.name for t in terms if t.holds), None)


def _fits(store: Store, row: PositionRow, filters: Filters) -> bool:
    if filters.stance and row.stance != filters.stance:
        return False
    if filters.kind and row.kind != filters.kind:
        return False
    if not filters.jurisdiction:
        return True
    maker = store.one(Policy, row.policy).jurisdiction if row.policy else None
    places = [store.one(Jurisdiction, id) for id in (row.jurisdiction, maker) if id]
    return any(filters.jurisdiction in (p.id, *p.part_of) for p in places)


def _stance_rank(stance: str) -> int:
    return STANCE_ORDER.index(stance) if stance in STANCE_ORDER else len(STANCE_ORDER)


def _order(row: PositionRow) -> tuple[int, str, str]:
    newest = "".join(chr(0x7E - ord(c)) for c in first_day(row.date or "0001"))
    return _stance_rank(row.stance), newest, row.id


def ask_positions(
    session: Session,
    name: Annotated[
        str | None, argument("[NAME]", "A topic, policy, place or stakeholder.")
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
            names=RULERS,
        ),
    ] = None,
    sources: SourcesOption = False,
) -> Reply:
    """Show who is for and against what."""
    from ice_facts.across.positions.view import positions_view

    place = resolve(session.store, jurisdiction, (Jurisdiction,)).id if jurisdiction else None
    filters = Filters(stance=stance, kind=kind, jurisdiction=place)
    found = find_positions(session.store, name, session.on, filters)
    shown = partial(positions_view, as_of=session.on, sources=sources, filtered=stance is not None)
    return Reply(found.rows, shown, shown=found)
