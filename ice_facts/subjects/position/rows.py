"""Positions as rows: those of the record, and those of the articles' tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.model import Citation, Claim, Policy, Position, Source, Stakeholder, Topic
from ice_facts.model.answers import Answer
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.subjects.citations import known_by
from ice_facts.subjects.official import holders_of
from ice_facts.vocabulary import STANCE_ORDER


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


_CONCERN = ("Primary Concern", "Main Concern")


_REMEDY = ("Suggested Remedy",)


def rows_of_stakeholder(store: Store, id: str, on: str) -> list[PositionRow]:
    """Return the positions of a stakeholder by a date, also those of an office's holders.

    A holder's position counts for the office if it was taken during the term.
    """
    who = store.one(Stakeholder, id)
    rows = rows_by(store, store.mentioning(Position, id), (id,), on)
    if who.office:
        rows += _holder_rows(store, who, on)
    return sorted(rows, key=row_order)


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
    return [position_row(store, p) for p in positions if began_by(p.date, on)]


def rows_by(
    store: Store, positions: Iterable[Position], stakeholders: Collection[str], on: str
) -> list[PositionRow]:
    """Return the rows of positions that some stakeholders had taken by a date."""
    rows = [
        position_row(store, p)
        for p in positions
        if p.stakeholder in stakeholders and began_by(p.date, on)
    ]
    return rows + [r for r in article_rows(store, on) if r.stakeholder in stakeholders]


def position_row(store: Store, position: Position) -> PositionRow:
    """Return the row of a position of the record."""
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


def article_rows(store: Store, on: str) -> list[PositionRow]:
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


def stance_rank(stance: str) -> int:
    """Return the place of a stance in the order in which sides are shown."""
    return STANCE_ORDER.index(stance) if stance in STANCE_ORDER else len(STANCE_ORDER)


def row_order(row: PositionRow) -> tuple[int, str, str]:
    """Return the sort key of a row: by stance, then newest first, then by id."""
    newest = "".join(chr(0x7E - ord(c)) for c in first_day(row.date or "0001"))
    return stance_rank(row.stance), newest, row.id
