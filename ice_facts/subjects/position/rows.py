"""Positions as rows: those of the record, and those of the articles' tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.model import (
    Citation,
    Claim,
    OfficeRef,
    Policy,
    Position,
    Source,
    Stakeholder,
    Topic,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.store import Ids, Store
from ice_facts.store.naming import key_of
from ice_facts.subjects.citations import was_known
from ice_facts.subjects.official import holders_of
from ice_facts.vocabulary import STANCE_ORDER


class PositionRow(Answer, frozen=True, kw_only=True):
    """A stakeholder's position on a policy or topic, from the record or from an article.

    ``origin`` is ``record``, or ``article`` for a row of an article's table on stances. Such a row
    has the ``id`` of the claim, and ``status`` and ``check`` of its check against the record.
    ``holder`` is the holder of the office on the date, where the stakeholder is an office.
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


_CONCERN = ("Primary Concern", "Main Concern")


_REMEDY = ("Suggested Remedy",)


def positions_of(
    store: Store, on: str, *, policy: Ids = (), topic: Ids = (), stakeholder: Ids = ()
) -> tuple[Position, ...]:
    """Return the positions on or of some records that had been taken on a date, by stance."""
    found = store.referring(Position, policy=policy, topic=topic, stakeholder=stakeholder)
    return tuple(sorted_by_stance(position for position in found if began_by(position.date, on)))


AnyPosition = TypeVar("AnyPosition", Position, PositionRow)


def sorted_by_stance(positions: Iterable[AnyPosition]) -> list[AnyPosition]:
    """Sort positions by stance, newest first within a stance, then by id."""
    by_id = sorted(positions, key=lambda p: p.id)
    newest_first = sorted(by_id, key=lambda p: first_day(p.date or "0001"), reverse=True)
    return sorted(newest_first, key=lambda p: stance_rank(p.stance))


def stance_rank(stance: str) -> int:
    """Return the rank of a stance in the order in which sides are shown; other words come last."""
    return STANCE_ORDER.index(stance) if stance in STANCE_ORDER else len(STANCE_ORDER)


def rows_of_stakeholder(store: Store, id: str, on: str) -> list[PositionRow]:
    """Return the positions of a stakeholder by a date, also those of an office's holders.

    A holder's position counts for the office if it was taken during the term.
    """
    who = store.one(Stakeholder, id)
    rows = rows_by(store, (id,), on)
    if who.office:
        rows += _holder_rows(store, who.office, on)
    return sorted_by_stance(rows)


def rows_by(store: Store, stakeholders: Collection[str], on: str) -> list[PositionRow]:
    """Return the rows of the positions that some stakeholders had taken by a date."""
    positions = store.referring(Position, stakeholder=stakeholders)
    claims = store.referring(Claim, stakeholder=stakeholders)
    rows = [position_row(store, p) for p in positions if began_by(p.date, on)]
    return rows + [r for r in _article_rows(store, claims, on) if r.stakeholder in stakeholders]


def _holder_rows(store: Store, office: OfficeRef, on: str) -> list[PositionRow]:
    holders = holders_of(store, office.jurisdiction, office.office, on)
    by_key = {key_of(holder.name): holder for holder in holders}
    terms = {
        who.id: by_key[key]
        for who in store.all(Stakeholder)
        for key in map(key_of, (who.name, *who.aliases))
        if who.kind == "person" and key in by_key
    }
    rows = []
    for position in store.referring(Position, stakeholder=terms):
        term = terms[position.stakeholder]
        date = position.date
        if date and holds_on(term.start, term.until, date) and began_by(date, on):
            rows.append(position_row(store, position))
    return rows


def position_row(store: Store, position: Position) -> PositionRow:
    """Return the row of a position of the record."""
    who = store.one(Stakeholder, position.stakeholder)
    return filled(
        PositionRow,
        position,
        origin="record",
        name=who.name,
        kind=who.kind,
        jurisdiction=who.jurisdiction,
        holder=_holder(store, who, position.date),
        on=_target(store, position.policy, position.topic),
        status=None,
        check=None,
    )


def article_rows(store: Store, on: str) -> list[PositionRow]:
    """Return the rows of the articles' tables on stances, concerns and remedies."""
    return _article_rows(store, store.all(Claim), on)


def _article_rows(store: Store, claims: Iterable[Claim], on: str) -> list[PositionRow]:
    table_rows = [
        claim
        for claim in claims
        if claim.kind == "table-row" and {"Stance", *_CONCERN, *_REMEDY}.intersection(claim.columns)
    ]
    stances = {
        (claim.article, who, claim.about.topics[:1]): (_stance(claim.columns["Stance"]), claim.id)
        for claim in table_rows
        if "Stance" in claim.columns
        for who in claim.about.stakeholders
    }
    rows = []
    for claim in table_rows:
        if was_known(store, claim.article, on):
            for id in claim.about.stakeholders:
                key = (claim.article, id, claim.about.topics[:1])
                stance, stance_claim = stances.get(key, ("unknown", claim.id))
                rows.append(_article_row(store, claim, id, stance, stance_claim))
    return rows


def _article_row(
    store: Store, claim: Claim, stakeholder: str, stance: str, stance_claim: str
) -> PositionRow:
    who = store.one(Stakeholder, stakeholder)
    published = store.one(Source, claim.article).published
    topic = next(iter(claim.about.topics), None)
    policy = None if topic else next(iter(claim.about.policies), None)
    note = f"The stance stands in another table: claim {stance_claim}."
    return PositionRow(
        id=claim.id,
        origin="article",
        stakeholder=who.id,
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
        note=None if stance_claim == claim.id else note,
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
