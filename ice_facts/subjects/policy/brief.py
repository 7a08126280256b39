"""A policy in a row, its status on a date, and the order of policies."""

from __future__ import annotations

from collections.abc import Iterable

from ice_facts.dates import first_day, today
from ice_facts.model import Amendment, Citation, Jurisdiction, Policy
from ice_facts.model.answers import Answer
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
