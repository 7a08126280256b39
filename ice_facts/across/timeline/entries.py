"""Dated entries of a policy, term of office, list, agreement or event.

Also when two entries are one happening, so that a timeline has it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
    Stated,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.store import Store
from ice_facts.store.naming import words_of
from ice_facts.subjects.citations import citations
from ice_facts.subjects.policy.brief import amending_policy


class TimelineEntry(Answer, frozen=True, kw_only=True):
    """Something dated, from any table.

    An entry that is an event and the enactment of a policy has both ``kinds``. ``names`` are the
    ids asked for to which it belongs, ``about`` the ids of the records that it is about.
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
    """The entries of a timeline and the sources that they cite.

    ``names`` are the ids asked for, ``above`` those of the counties and states of these places.
    ``undated`` are the ids of policies without a date.
    """

    names: tuple[str, ...]
    above: tuple[str, ...]
    entries: tuple[TimelineEntry, ...]
    undated: tuple[str, ...]
    total: int
    sources: tuple[Source, ...]


ENTRY_KINDS = (
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
"""The kinds of entry; the first six are the steps of a policy."""


_COURT_KINDS = ("court decision", "court case")
"""Kinds of policy whose enactment and amendments are rulings."""


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
"""Verb of an enactment by kind of policy; all others are enacted."""


_ENDED = ("repealed", "superseded", "struck down", "ended")
"""Statuses that say how a policy ended; of any other it is told that it ends."""


_BY_COURT = re.compile(
    r"\b(courts?|judges?|justices?|circuit|enjoin\w*|injunction|restraining order|vacates?)\b", re.I
)
"""What the text of an amendment says where a court made it, so that it is a ruling."""


_COMMON_WORDS = frozenset(
    words_of(
        "the and for from with that this its act law bill order city county state new federal court"
        " united states immigration ice policy local police enacted signed decided"
    ).split()
)
"""Words that many entries share: they do not tell that two are one happening."""


def _entry(
    of: Stated,
    date: str,
    kinds: tuple[str, ...],
    title: str,
    *,
    text: str,
    about: tuple[str, ...],
    policies: tuple[str, ...] = (),
    until: str | None = None,
    event: str | None = None,
) -> TimelineEntry:
    """Return an entry with the sources and the confirmation of a record or a part of one."""
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
        confirmed=of.confirmed,
        sources=of.sources,
    )


def policy_entries(store: Store, policy: Policy) -> Iterator[TimelineEntry]:
    """Yield the dated steps of a policy, from its introduction to its end."""
    in_court = policy.kind in _COURT_KINDS
    decided = "ruling" if in_court else "enactment"
    word = _ENACTED.get(policy.kind, "enacted")
    if policy.introduced and (in_court or not policy.enacted):
        filed = "filed" if in_court else "introduced"
        yield _step(policy, policy.introduced, filed, "introduction")
    if policy.enacted:
        enacted_and_effective = policy.effective == policy.enacted and not in_court
        if enacted_and_effective and word not in ("begins", "published"):
            yield _step(policy, policy.enacted, f"{word} and in effect", decided, "effective")
        else:
            yield _step(policy, policy.enacted, word, decided)
    if policy.effective and policy.effective != policy.enacted:
        yield _step(policy, policy.effective, "takes effect", "effective")
    for amendment in policy.amended:
        yield _amendment(store, policy, amendment)
    if policy.ended:
        ended = policy.status if policy.status in _ENDED else "ends"
        yield _step(policy, policy.ended, ended, "end")


def _step(policy: Policy, date: str, word: str, *kinds: str) -> TimelineEntry:
    return _entry(
        policy,
        date,
        kinds,
        f"{policy.short} {word}",
        text=policy.summary,
        about=_places_of(policy),
        policies=(policy.id,),
    )


def _places_of(policy: Policy) -> tuple[str, ...]:
    return tuple(dict.fromkeys((policy.jurisdiction, *policy.concerns)))


def _amendment(store: Store, policy: Policy, amendment: Amendment) -> TimelineEntry:
    other = amending_policy(store, policy, amendment)
    ruling = policy.kind in _COURT_KINDS or _BY_COURT.search(amendment.text)
    entry = _entry(
        policy,
        amendment.date,
        ("ruling" if ruling else "amendment",),
        policy.short,
        text=amendment.text,
        about=_places_of(policy),
        policies=(policy.id, other.id) if other else (policy.id,),
    )
    return replace(entry, sources=amendment.sources or policy.sources[:1])


def office_term_entries(
    place: Jurisdiction, officials: Iterable[Official]
) -> Iterator[TimelineEntry]:
    """Yield the starts of terms of office, and the ends of terms without a successor.

    Args:
        place: The jurisdiction of the office.
        officials: The terms; they are among the officials of the place.
    """
    starts = {(o.office, o.start) for o in place.officials}
    for o in officials:
        title = f"acting {o.office}" if o.acting else o.office
        text, about = o.note or "", (place.id,)
        if o.start:
            begins = f"{o.name} becomes {title} of {place.name}"
            yield _entry(o, o.start, ("term",), begins, text=text, about=about, until=o.until)
        if o.until and (o.office, o.until) not in starts:
            ends = f"{o.name} leaves office as {title} of {place.name}"
            yield _entry(o, o.until, ("term",), ends, text=text, about=about)


def listing_entries(
    store: Store, place: Jurisdiction | Place, *, only: str | None = None
) -> Iterator[TimelineEntry]:
    """Yield when a place came on a list and off it; ``only`` is the id of one list."""
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
                    entry,
                    date,
                    (kind,),
                    f"{place.name} {word} the {short}",
                    text=entry.note or "",
                    about=(place.id,),
                    policies=(entry.list,),
                )


def agreement_entries(agreement: Agreement | FormerAgreement) -> Iterator[TimelineEntry]:
    """Yield when a 287(g) agreement was signed and, if it left ICE's list, when it was last on."""
    dates = [(agreement.signed, "agreement", "signs a")]
    if isinstance(agreement, FormerAgreement):
        dates.append((agreement.last_listed, "removal", "last on ICE's list with a"))
    for date, kind, words in dates:
        if date:
            yield _entry(
                agreement,
                date,
                (kind,),
                f"{agreement.agency} ({agreement.state}) {words} 287(g) {agreement.model}"
                " agreement",
                text=agreement.note or "",
                about=(agreement.jurisdiction,) if agreement.jurisdiction else (),
            )


def event_entry(event: Event) -> TimelineEntry:
    """Return an event as an entry."""
    return filled(TimelineEntry, event, kinds=("event",), names=(), policies=(), event=event.id)


def is_one_happening(entry: TimelineEntry, event: TimelineEntry) -> bool:
    """Return True if an entry and an event of the same day are one happening.

    The event must be about the first policy of the entry and share an uncommon word with it; for
    an agreement, it must be about its place. An entry on a list is merged with an event only if
    its place was asked for: in other timelines every place on the list has an entry of its own.
    """
    about = set(event.about)
    if entry.policies and entry.kinds in (("listing",), ("removal",)):
        is_asked_for = not set(entry.about).isdisjoint(entry.names)
        return is_asked_for and {*entry.policies, *entry.about} <= about
    if entry.kinds == ("agreement",):
        return bool(entry.about) and {*entry.about} <= about and "287(g)" in event.title
    if not entry.policies or entry.policies[0] not in about:
        return False
    return bool(_words(entry) & _words(event))


def _words(entry: TimelineEntry) -> set[str]:
    words = words_of(f"{entry.title} {entry.text}").split()
    return {w for w in words if len(w) > 2 or w.isdigit()} - _COMMON_WORDS


def is_enactment(amendment: TimelineEntry) -> bool:
    """Return True if the text of an amendment says that the amending policy was enacted."""
    enacted = re.search(r"\b(signed|signs|enacted|passed|adopted)\b", amendment.text)
    return len(amendment.policies) > 1 and enacted is not None


def with_entry(event: TimelineEntry, entry: TimelineEntry) -> TimelineEntry:
    """Return an event or amendment with kinds, names, policies and sources of an entry added."""
    kinds = dict.fromkeys((*entry.kinds, *event.kinds))
    return replace(
        event,
        kinds=tuple(sorted(kinds, key=ENTRY_KINDS.index)),
        names=tuple(dict.fromkeys((*event.names, *entry.names))),
        policies=tuple(dict.fromkeys((*event.policies, *entry.policies))),
        sources=tuple(citations(event.sources, entry.sources)),
    )
