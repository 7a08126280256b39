"""A policy in a row, its status on a date, and the order of policies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ice_facts.dates import first_day, today
from ice_facts.model import Amendment, Citation, Jurisdiction, Policy
from ice_facts.model.answers import Answer, filled
from ice_facts.show.build import cited, fact, labelled
from ice_facts.show.shapes import Column, Section, glue, table_of
from ice_facts.store import Store
from ice_facts.subjects.rule import RuleInForce


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
    court: str | None
    docket: str | None
    stage: str | None


def brief(store: Store, policy: Policy, on: str) -> PolicyBrief:
    """Return the row of a policy as it stood on a date."""
    maker = store.one(Jurisdiction, policy.jurisdiction)
    return filled(PolicyBrief, policy, level=maker.level, status=status_on(policy, on))


def briefs(store: Store, policies: Iterable[Policy], on: str) -> tuple[PolicyBrief, ...]:
    """Return the rows of policies as they stood on a date, newest first."""
    return tuple(brief(store, policy, on) for policy in newest_first(policies))


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
        return "pending" if existed_on(policy, on) else "unknown"
    if policy.status in ("repealed", "ended", "superseded", "struck down"):
        return "in force" if policy.ended else "unknown"
    changed = max((first_day(a.date) for a in policy.amended), default="")
    if policy.status in ("enjoined", "partly enjoined") and day < changed:
        return "unknown"
    return policy.status


_ITSELF = "this rule itself"
"""What the note of a rule says where a court has stopped that rule for somebody or in part."""

ANOTHER_PART = "another part enjoined"
"""What is said of a law beside a rule of it that no court has stopped."""


def enjoined_words(policy: Policy, rules: Iterable[RuleInForce], on: str) -> str:
    """Return what a court has stopped of a law, as it is told beside rules of it; "" for nothing.

    A rule in force is no rule that was stopped: of a law that is partly enjoined, it is another
    part, unless the note of the rule says that a court has stopped "this rule itself" so far.
    """
    status = status_on(policy, on)
    if status == "partly enjoined" and not any(
        _ITSELF in (rule.note or "").casefold() for rule in rules
    ):
        return ANOTHER_PART
    return status if "enjoined" in status else ""


def existed_on(policy: Policy, on: str) -> bool:
    """Return True if a policy had been introduced or enacted on a date, or has no date."""
    starts = [first_day(d) for d in (policy.introduced, policy.enacted, policy.effective) if d]
    return not starts or min(starts) <= first_day(on)


def newest_first(policies: Iterable[Policy]) -> list[Policy]:
    """Sort policies by the date on which they were made, newest first."""
    return sorted(policies, key=lambda p: (first_day(_made(p) or "0001"), p.id), reverse=True)


def _made(policy: Policy | PolicyBrief) -> str | None:
    return policy.enacted or policy.effective or policy.introduced


def amending_policy(store: Store, policy: Policy, amendment: Amendment) -> Policy | None:
    """Return the policy that made an amendment, where the store has it as a record of its own.

    It is the one of the same jurisdiction, enacted or effective on the same date, whose name,
    alias or citation stands in the amendment's text.
    """
    text = amendment.text.casefold()
    for other in store.referring(Policy, jurisdiction=policy.jurisdiction):
        if other.id == policy.id or other.jurisdiction != policy.jurisdiction:
            continue
        names = (other.short, other.title, *other.aliases)
        if amendment.date in (other.enacted, other.effective) and any(
            name.casefold() in text for name in names
        ):
            return other
    return None


def status_text(status: str) -> str:
    """Return the status of a policy in words that are clear without a heading."""
    return "status unknown" if status == "unknown" else status


def policies_section(policies: Sequence[PolicyBrief], more: str, *, shown: int = 0) -> Section:
    """Return the section on policies, newest first."""
    facts = tuple(
        fact(
            "policy",
            p.id,
            p.status,
            f"{p.title}" + (f" ({p.citation})" if p.citation else "") + f": {p.summary}",
            of=p,
            start=p.effective or p.enacted or p.introduced,
            until=p.ended,
            label=p.short,
        )
        for p in policies
    )
    table = table_of(
        policies,
        (Column("policy", "Policy"), lambda p: cited(p.short, p, most=2)),
        (Column("kind", "Kind"), lambda p: p.kind),
        (Column("status", "Status"), lambda p: p.status),
        (Column("date", "Date"), lambda p: _made(p) or "undated"),
    )
    first = (
        (cited(p.short, p, "strong", most=1), glue(f" {p.kind}, {status_text(p.status)}"))
        for p in policies[:shown]
    )
    return Section(
        "policies",
        f"Policies ({len(policies)})",
        facts,
        labelled("Policies", first),
        table if policies else None,
        more=more if policies else "",
    )
