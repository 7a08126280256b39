"""Lists of policies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from ice_facts.ask import OfOption, Reply, Session, StateOption, choice
from ice_facts.errors import NotFoundError
from ice_facts.model import Jurisdiction, Level, Policy, PolicyKind, PolicyStatus
from ice_facts.resolve import resolve
from ice_facts.show.build import cited
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import SOURCES, Column, ListView, table_of
from ice_facts.store import Store
from ice_facts.subjects.policy.brief import (
    PolicyBrief,
    brief,
    existed_on,
    newest_first,
    status_on,
    status_text,
)


def list_policies(
    store: Store,
    on: str,
    *,
    state: str | None = None,
    level: str | None = None,
    jurisdiction: str | None = None,
    kind: str | None = None,
    status: str | None = None,
) -> list[PolicyBrief]:
    """List the policies that existed on a date, newest first.

    Args:
        store: Where to look.
        on: The date of the answer; statuses are those of this date.
        state: Only policies of jurisdictions in the state with this USPS code.
        level: Only policies of city, county, state or federal jurisdictions.
        jurisdiction: Only policies made by this jurisdiction, or court decisions on its law.
        kind: Only policies of this kind.
        status: Only policies with this status.

    Raises:
        NotFoundError: No policy fits.
    """
    from ice_facts.store.documents import having, where

    query = having(kind=kind)
    if jurisdiction:
        query &= (where("jurisdiction") == jurisdiction) | where("concerns").any([jurisdiction])
    rows = []
    for policy in newest_first(store.where(Policy, query)):
        maker = store.one(Jurisdiction, policy.jurisdiction)
        concerned = [maker, *store.many(Jurisdiction, policy.concerns)]
        if (
            existed_on(policy, on)
            and (not state or any(j.state == state for j in concerned))
            and (not level or level in (maker.level, *maker.also))
            and (not status or status_on(policy, on) == status)
        ):
            rows.append(brief(store, policy, on))
    if not rows:
        raise NotFoundError("no policy in the store fits these filters")
    return rows


def policies_listing(rows: Sequence[PolicyBrief], labels: Labels) -> ListView:
    """Return the view of a list of policies; cases have their court, docket and stage there."""
    cases = all(row.kind in ("court case", "court decision") for row in rows)
    table = table_of(
        rows,
        (Column("id", "Id", spare=5 if cases else 0), lambda p: p.id),
        (Column("short", "Case" if cases else "Policy"), lambda p: cited(p.short, p, most=0)),
        (Column("title", "Title", data=True), lambda p: p.title),
        (Column("kind", "Kind", data=cases, spare=1), lambda p: p.kind),
        (Column("level", "Level", data=True), lambda p: p.level),
        (Column("jurisdiction", "Of", data=True), lambda p: p.jurisdiction),
        *(() if cases else (_of(labels),)),
        (Column("status", "Status", data=True), lambda p: p.status),
        (Column("stands", "Status", drawn=True), lambda p: status_text(p.status)),
        (Column("enacted", "Enacted", data=cases), lambda p: p.enacted),
        *(_CASES if cases else ()),
        (Column("effective", "Effective", data=True), lambda p: p.effective),
        (Column("introduced", "Introduced", data=True), lambda p: p.introduced),
        (Column("ended", "Ended", data=True), lambda p: p.ended),
        (Column("citation", "Citation", data=True), lambda p: p.citation),
        (Column("summary", "Summary", data=True), lambda p: p.summary),
        SOURCES,
        *((Column(key, key.capitalize(), data=True), get) for key, get in _OF_CASES.items()),
    )
    return ListView(f"{'Cases' if cases else 'Policies'}: {len(rows)}", table)


_OF_CASES: dict[str, Callable[[PolicyBrief], str | None]] = {
    "court": lambda p: p.court,
    "docket": lambda p: p.docket,
    "stage": lambda p: p.stage,
}
_CASES: tuple[tuple[Column, Callable[[PolicyBrief], str | None]], ...] = (
    (Column("dated", "Decided or filed", drawn=True), lambda p: p.enacted or p.introduced),
    (Column("before", "Court", drawn=True, spare=3), _OF_CASES["court"]),
    (Column("number", "Docket", drawn=True, spare=4), _OF_CASES["docket"]),
    (Column("stands_at", "Stage", drawn=True, spare=2), _OF_CASES["stage"]),
)


def _of(labels: Labels) -> tuple[Column, Callable[[PolicyBrief], str]]:
    """Return the column with the names of whose policies they are."""
    return Column("of", "Of", drawn=True, spare=2), lambda p: labels.place(p.jurisdiction)


def ask_policies(
    session: Session,
    *,
    state: StateOption = None,
    level: Annotated[
        str | None, choice("--level", Level, "city, county, state or federal.")
    ] = None,
    of: OfOption = None,
    kind: Annotated[str | None, choice("--kind", PolicyKind, "ordinance, statute, …")] = None,
    status: Annotated[str | None, choice("--status", PolicyStatus, "in force, repealed, …")] = None,
) -> Reply:
    """List policies."""
    rows = list_policies(
        session.store,
        session.on,
        state=state,
        level=level,
        jurisdiction=resolve(session.store, of, (Jurisdiction,)).id if of else None,
        kind=kind,
        status=status,
    )
    return Reply(rows, policies_listing)
