"""What several questions share: dates, citations, policies on a date, holders of offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from ice_facts.dates import first_day, holds_on, today
from ice_facts.model import (
    Agreement,
    Citation,
    Jurisdiction,
    Official,
    Policy,
    Position,
    Source,
    Stakeholder,
)
from ice_facts.results.parts import Holder, PolicyBrief
from ice_facts.store import Store
from ice_facts.vocabulary import STANCE_ORDER


def began_by(start: str | None, on: str) -> bool:
    """Tell whether something with this start had begun on a date (unknown start: yes)."""
    return start is None or first_day(start) <= last_day(on)


def last_day(partial: str) -> str:
    """Return a day not before the last one that a partial date covers, for comparison."""
    return partial + "-12-31"[len(partial) - 4 :] if len(partial) < 10 else partial


def citations(*values: Any) -> list[Citation]:
    """Return all citations in records, answers and lists of them, each source once, in order."""
    found: dict[str, Citation] = {}

    def walk(value: Any) -> None:
        if isinstance(value, Citation):
            found.setdefault(value.id, value)
        elif isinstance(value, Struct):
            for name in value.__struct_fields__:
                inner = getattr(value, name)
                if not isinstance(inner, str):  # most fields are: a look-up walks through thousands
                    walk(inner)
        elif isinstance(value, list | tuple):
            for item in value:
                walk(item)

    for value in values:
        walk(value)
    return list(found.values())


def sources_of(store: Store, *values: Any) -> tuple[Source, ...]:
    """Return the full records of the sources that the values cite, each once, in order."""
    return tuple(store.many(Source, [citation.id for citation in citations(*values)]))


def agreements_list(store: Store) -> tuple[Source, ...]:
    """Return what the agreements were read in, ICE's list; empty in a store without agreements.

    All agreements of a store are rows of one list, so each of them cites it.
    """
    agreement = store.first(Agreement)
    return sources_of(store, agreement) if agreement else ()


def published_last(sources: Iterable[Source]) -> str:
    """Return the newest date on which one of the sources was published; empty if none is known."""
    return max((source.published or "" for source in sources), default="")


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


def position_order(position: Position) -> tuple[int, str, str]:
    """Sort positions by stance, then newest first within a stance, then by id."""
    newest = "".join(chr(0x7E - ord(c)) for c in first_day(position.date or "0001"))
    return STANCE_ORDER.index(position.stance), newest, position.id


def positions_by(positions: Iterable[Position], on: str) -> tuple[Position, ...]:
    """Return the positions taken by a date, in showing order."""
    return tuple(sorted((p for p in positions if began_by(p.date, on)), key=position_order))


def offices_of(store: Store, jurisdiction: str) -> set[str]:
    """Return the ids of the offices of a jurisdiction that are stakeholders."""
    return {
        who.id
        for who in store.mentioning(Stakeholder, jurisdiction)
        if who.jurisdiction == jurisdiction and who.kind == "office"
    }


def holder(official: Official, jurisdiction: str, on: str) -> Holder:
    """Return an official's term as a holder of the office."""
    return Holder(
        name=official.name,
        office=official.office,
        jurisdiction=jurisdiction,
        acting=official.acting,
        start=official.start,
        until=official.until,
        confirmed=official.confirmed,
        sources=official.sources,
        holds=holds_on(official.start, official.until, on, official.confirmed),
    )


def holders_of(store: Store, jurisdiction: str, office: str, on: str) -> tuple[Holder, ...]:
    """Return the holders of an office up to a date, newest first."""
    place = store.one(Jurisdiction, jurisdiction)
    terms: Sequence[Official] = [
        o for o in place.officials if o.office == office and began_by(o.start, on)
    ]
    return tuple(
        holder(o, jurisdiction, on)
        for o in sorted(terms, key=lambda o: first_day(o.start or "0001"), reverse=True)
    )
