"""The entries of ``timeline``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from ice_facts.model import (
    Agreement,
    Amendment,
    Citation,
    Event,
    FormerAgreement,
    Jurisdiction,
    Official,
    Place,
    Policy,
    Source,
)
from ice_facts.model.answers import Answer
from ice_facts.spelling import words_of
from ice_facts.store import Store
from ice_facts.subjects.citations import citations
from ice_facts.subjects.policy.brief import amending_policy


class TimelineEntry(Answer, frozen=True, kw_only=True):
    """Something dated, from any table.

    ``kinds`` says what it is: an event that tells of a policy's enactment is both. ``names`` are
    those of the names asked for to which it belongs, ``about`` the ids of the records it tells of.
    """

    date: str
    until: str | None
    kinds: tuple[str, ...]
    title: str
    text: str
    names: tuple[str, ...]
    about: tuple[str, ...]
    policies: tuple[str, ...]
    event: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]


class TimelineFound(Answer, frozen=True, kw_only=True):
    """The entries of a timeline with what could not be placed in it, and the cited sources.

    ``names`` are the ids asked for, ``above`` those of the counties and states of these places.
    """

    names: tuple[str, ...]
    above: tuple[str, ...]
    entries: tuple[TimelineEntry, ...]
    undated: tuple[str, ...]
    total: int
    sources: tuple[Source, ...]


KINDS = (
    "introduction",
    "enactment",
    "effective",
    "amendment",
    "ruling",
    "end",
    "term",
    "listing",
    "removal",
    "agreement",
    "event",
)
"""The kinds of entry; the first ones are steps in the life of a policy."""


_COURT_KINDS = ("court decision", "court case")


_ENACTED = {
    "executive order": "signed",
    "court decision": "decided",
    "court case": "decided",
    "list": "published",
    "program": "begins",
    "directive": "issued",
    "guidance": "issued",
    "regulation": "issued",
    "resolution": "adopted",
    "doctrine": "stated",
}


_ENDED = ("repealed", "superseded", "struck down", "ended")


_BY_COURT = re.compile(
    r"\b(courts?|judges?|justices?|circuit|enjoin\w*|injunction|restraining order|vacates?)\b", re.I
)


_COMMON_WORDS = frozenset(
    words_of(
        "the and for from with that this its act law bill order city county state new federal court"
        " united states immigration ice policy local police enacted signed decided"
    ).split()
)


def _entry(
    date: str,
    kinds: tuple[str, ...],
    title: str,
    text: str,
    about: tuple[str, ...],
    *,
    sources: tuple[Citation, ...],
    confirmed: str | None,
    policies: tuple[str, ...] = (),
    until: str | None = None,
    event: str | None = None,
) -> TimelineEntry:
    return TimelineEntry(
        date=date,
        until=until,
        kinds=kinds,
        title=title,
        text=text,
        names=(),
        about=about,
        policies=policies,
        event=event,
        confirmed=confirmed,
        sources=sources,
    )


def policy_entries(store: Store, policy: Policy) -> Iterator[TimelineEntry]:
    """Yield the steps in the life of a policy that have a date."""

    def step(date: str, title: str, *kinds: str) -> TimelineEntry:
        return _entry(
            date,
            kinds,
            f"{policy.short} {title}",
            policy.summary,
            (policy.jurisdiction, *(c for c in policy.concerns if c != policy.jurisdiction)),
            policies=(policy.id,),
            sources=policy.sources,
            confirmed=policy.confirmed,
        )

    in_court = policy.kind in _COURT_KINDS
    made = "ruling" if in_court else "enactment"
    word = _ENACTED.get(policy.kind, "enacted")
    if policy.introduced and (in_court or not policy.enacted):
        yield step(policy.introduced, "filed" if in_court else "introduced", "introduction")
    if policy.enacted:
        at_once = policy.effective == policy.enacted and not in_court
        if at_once and word not in ("begins", "published"):
            yield step(policy.enacted, f"{word} and in effect", made, "effective")
        else:
            yield step(policy.enacted, word, made)
    if policy.effective and policy.effective != policy.enacted:
        yield step(policy.effective, "takes effect", "effective")
    for amendment in policy.amended:
        yield _amendment(store, policy, amendment)
    if policy.ended:
        word = policy.status if policy.status in _ENDED else "ends"
        yield step(policy.ended, word, "end")


def _amendment(store: Store, policy: Policy, amendment: Amendment) -> TimelineEntry:
    by = amending_policy(store, policy, amendment)
    ruling = policy.kind in _COURT_KINDS or _BY_COURT.search(amendment.text)
    return _entry(
        amendment.date,
        ("ruling" if ruling else "amendment",),
        policy.short,
        amendment.text,
        (policy.jurisdiction, *(c for c in policy.concerns if c != policy.jurisdiction)),
        policies=(policy.id, by.id) if by else (policy.id,),
        sources=amendment.sources or policy.sources[:1],
        confirmed=policy.confirmed,
    )


def term_entries(
    place: Jurisdiction, *, office: str | None = None, name: str | None = None
) -> Iterator[TimelineEntry]:
    """Yield the terms of a place's officials: their starts, and ends without a successor.

    Args:
        place: Whose officials.
        office: Only terms in this office.
        name: Only terms of this person.
    """
    starts = {(o.office, o.start) for o in place.officials}
    for o in place.officials:
        if (office and o.office != office) or (name and o.name != name):
            continue
        title = f"acting {o.office}" if o.acting else o.office
        if o.start:
            yield _term(place, o, o.start, f"{o.name} becomes {title} of {place.name}")
        if o.until and (o.office, o.until) not in starts:
            yield _term(place, o, o.until, f"{o.name} leaves office as {title} of {place.name}")


def _term(place: Jurisdiction, official: Official, date: str, title: str) -> TimelineEntry:
    return _entry(
        date,
        ("term",),
        title,
        official.note or "",
        (place.id,),
        until=official.until if date == official.start else None,
        sources=official.sources,
        confirmed=official.confirmed,
    )


def listing_entries(
    store: Store, place: Jurisdiction | Place, *, only: str | None = None
) -> Iterator[TimelineEntry]:
    """Yield when a place came on a list and off it; ``only`` names one list by id."""
    for entry in place.listed:
        if only and entry.list != only:
            continue
        short = store.one(Policy, entry.list).short
        for date, kind, word in (
            (entry.start, "listing", "put on"),
            (entry.until, "removal", "off"),
        ):
            if date:
                yield _entry(
                    date,
                    (kind,),
                    f"{place.name} {word} the {short}",
                    entry.note or "",
                    (place.id,),
                    policies=(entry.list,),
                    sources=entry.sources,
                    confirmed=entry.confirmed,
                )


def agreement_entries(agreement: Agreement | FormerAgreement) -> Iterator[TimelineEntry]:
    """Yield when a 287(g) agreement was signed and, if it left ICE's list, when it was last on."""

    def step(date: str, kind: str, title: str) -> TimelineEntry:
        return _entry(
            date,
            (kind,),
            f"{agreement.agency} ({agreement.state}) {title} 287(g) {agreement.model} agreement",
            agreement.note or "",
            (agreement.jurisdiction,) if agreement.jurisdiction else (),
            sources=agreement.sources,
            confirmed=agreement.confirmed,
        )

    if agreement.signed:
        yield step(agreement.signed, "agreement", "signs a")
    if isinstance(agreement, FormerAgreement):
        yield step(agreement.last_listed, "removal", "last on ICE's list with a")


def event_entry(event: Event) -> TimelineEntry:
    """Return an event as an entry."""
    return _entry(
        event.date,
        ("event",),
        event.title,
        event.text,
        event.about,
        until=event.until,
        event=event.id,
        sources=event.sources,
        confirmed=event.confirmed,
    )


def is_told_by(entry: TimelineEntry, event: TimelineEntry) -> bool:
    """Tell whether an event of the same day says what an entry says.

    It must be about the entry's policy and share a word with the entry that is not common to all;
    for an agreement, about its place. That it tells of a place on a list counts where the timeline
    is that place's: elsewhere every place on the list stands by itself.
    """
    about = set(event.about)
    if entry.policies and entry.kinds in (("listing",), ("removal",)):
        asked = not set(entry.about).isdisjoint(entry.names)
        return asked and {*entry.policies, *entry.about} <= about
    if entry.kinds == ("agreement",):
        return bool(entry.about) and {*entry.about} <= about and "287(g)" in event.title
    if not entry.policies or entry.policies[0] not in about:
        return False
    return bool(_words(entry) & _words(event))


def _words(entry: TimelineEntry) -> set[str]:
    words = words_of(f"{entry.title} {entry.text}").split()
    return {w for w in words if len(w) > 2 or w.isdigit()} - _COMMON_WORDS


def tells_of_passing(amendment: TimelineEntry) -> bool:
    """Tell whether an amendment's text says that the amending policy, named second, was passed."""
    passed = re.search(r"\b(signed|signs|enacted|passed|adopted)\b", amendment.text)
    return len(amendment.policies) > 1 and passed is not None


def told_with(event: TimelineEntry, entry: TimelineEntry) -> TimelineEntry:
    """Return an entry together with another that it tells of: tags and sources of both."""
    kinds = dict.fromkeys((*entry.kinds, *event.kinds))
    return replace(
        event,
        kinds=tuple(sorted(kinds, key=KINDS.index)),
        names=tuple(dict.fromkeys((*event.names, *entry.names))),
        policies=tuple(dict.fromkeys((*event.policies, *entry.policies))),
        sources=tuple(citations(event.sources, entry.sources)),
    )
