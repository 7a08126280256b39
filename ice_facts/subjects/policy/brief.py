"""A policy in a row, its status on a date, and the order of policies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ice_facts.dates import first_day, today
from ice_facts.model import Amendment, Citation, Jurisdiction, Policy
from ice_facts.model.answers import Answer
from ice_facts.show.shapes import Column, Fact, Line, Piece, Section, glue, table_of
from ice_facts.store import Store


class PolicyBrief(Answer, frozen=True, kw_only=True):
    """A policy in a list."""

    id: str
    title: str
    short: str
    kind: str
    level: str
    jurisdiction: str
    status: str
    citation: str | None
    introduced: str | None
    enacted: str | None
    effective: str | None
    ended: str | None
    summary: str
    confirmed: str | None
    sources: tuple[Citation, ...]


def brief(store: Store, policy: Policy, on: str) -> PolicyBrief:
    """Return the row of a policy as it stood on a date."""
    return PolicyBrief(
        id=policy.id,
        title=policy.title,
        short=policy.short,
        kind=policy.kind,
        level=store.one(Jurisdiction, policy.jurisdiction).level,
        jurisdiction=policy.jurisdiction,
        status=status_on(policy, on),
        citation=policy.citation,
        introduced=policy.introduced,
        enacted=policy.enacted,
        effective=policy.effective,
        ended=policy.ended,
        summary=policy.summary,
        confirmed=policy.confirmed,
        sources=policy.sources,
    )


def status_on(policy: Policy, on: str) -> str:
    """Return the status of a policy on a date.

    From its confirmation on, the status is the stored one. For an earlier date it follows from
    the policy's dates, and is ``unknown`` where they do not tell.
    """
    day = first_day(on)
    if day >= first_day(policy.confirmed or today()):
        return policy.status
    ended = policy.ended is not None and first_day(policy.ended) <= day
    if ended:
        return policy.status
    begin = policy.effective or policy.enacted
    if begin is None:
        if policy.introduced is None:
            return policy.status
        if first_day(policy.introduced) > day:
            return "unknown"
        return "proposed" if policy.status == "failed" else policy.status
    if first_day(begin) > day:
        # Before its first known step nothing tells whether it was on its way.
        return "pending" if existed_by(policy, on) else "unknown"
    if policy.status in ("repealed", "ended", "superseded", "struck down"):
        return "in force" if policy.ended else "unknown"
    changed = max((first_day(a.date) for a in policy.amended), default="")
    if policy.status in ("enjoined", "partly enjoined") and day < changed:
        return "unknown"
    return policy.status


def existed_by(policy: Policy, on: str) -> bool:
    """Tell whether a policy had been introduced or enacted on a date."""
    starts = [d for d in (policy.introduced, policy.enacted, policy.effective) if d]
    return not starts or first_day(min(starts, key=first_day)) <= first_day(on)


def newest_first(policies: Iterable[Policy]) -> list[Policy]:
    """Sort policies by their first date, newest first."""
    return sorted(
        policies,
        key=lambda p: (
            first_day(p.enacted or p.effective or p.introduced or "0001"),
            p.id,
        ),
        reverse=True,
    )


def amending_policy(store: Store, policy: Policy, amendment: Amendment) -> Policy | None:
    """Return the policy that made an amendment, where the store has it as a record of its own.

    It is the one of the same jurisdiction, enacted or effective on the same date, whose name,
    alias or citation stands in the amendment's text.
    """
    text = amendment.text.casefold()
    for other in store.mentioning(Policy, policy.jurisdiction):
        if other.id == policy.id or other.jurisdiction != policy.jurisdiction:
            continue
        names = (other.short, other.title, *other.aliases)
        if amendment.date in (other.enacted, other.effective) and any(
            name.casefold() in text for name in names
        ):
            return other
    return None


def status_text(status: str) -> str:
    """Return a policy's status so that it says what it is where it stands alone."""
    return "status unknown" if status == "unknown" else status


def policies_section(policies: Sequence[PolicyBrief], more: str, *, shown: int = 0) -> Section:
    """Return the section on policies, newest first."""
    facts = tuple(
        Fact(
            "policy",
            p.id,
            p.status,
            f"{p.title}" + (f" ({p.citation})" if p.citation else "") + f": {p.summary}",
            p.effective or p.enacted or p.introduced,
            p.ended,
            p.sources,
            p.confirmed is not None,
            label=p.short,
        )
        for p in policies
    )
    table = table_of(
        policies,
        (
            Column("policy", "Policy"),
            lambda p: Piece(p.short, "", p.sources[:2], p.confirmed is not None),
        ),
        (Column("kind", "Kind"), lambda p: p.kind),
        (Column("status", "Status"), lambda p: p.status),
        (Column("date", "Date"), lambda p: p.enacted or p.effective or p.introduced or "undated"),
    )
    lines = tuple(
        Line(
            (
                Piece(p.short, "strong", p.sources[:1], p.confirmed is not None),
                glue(f" {p.kind}, {status_text(p.status)}"),
            ),
            label="" if n else "Policies",
        )
        for n, p in enumerate(policies[:shown])
    )
    return Section(
        "policies",
        f"Policies ({len(policies)})",
        facts,
        lines,
        table if policies else None,
        more=more if policies else "",
    )
