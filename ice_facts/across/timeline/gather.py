"""What happened when: policies, rulings, terms, lists, agreements and events in one order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.across.timeline.entries import (
    KINDS,
    TimelineEntry,
    TimelineFound,
    agreement_entries,
    event_entry,
    is_told_by,
    listing_entries,
    policy_entries,
    tells_of_passing,
    term_entries,
    told_with,
)
from ice_facts.ask import FromOption, Reply, Session, SourcesOption, ToOption, argument, option
from ice_facts.dates import began_by, first_day, last_day
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import (
    Agreement,
    Event,
    FormerAgreement,
    Jurisdiction,
    Place,
    Policy,
    Record,
    Stakeholder,
    Topic,
)
from ice_facts.resolve import Match, joined, resolve_all
from ice_facts.store import Store
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.stakeholder import stakeholder_card

SUBJECTS: tuple[type[Record], ...] = (Jurisdiction, Policy, Stakeholder, Topic, Event)
"""The tables whose records a timeline can be asked for by name."""


class Window(Struct, frozen=True, kw_only=True):
    """What of a timeline is wanted: partial dates, kinds of entry, and how many."""

    start: str | None = None
    end: str | None = None
    kinds: tuple[str, ...] = ()
    limit: int | None = None
    reverse: bool = False


def timeline(
    store: Store, names: Sequence[str], on: str, window: Window
) -> tuple[TimelineFound, list[NotFoundError]]:
    """Return what is dated about what some names stand for, oldest first.

    An event that tells of a policy's enactment, end or amendment, of a list entry or of an
    agreement on the same day stands once, in the event's words.

    Args:
        store: Where to look.
        names: Places, policies, stakeholders or topics; none asks for everything.
        on: The date of the answer: what came later is left out.
        window: Which entries are wanted.

    Returns:
        The entries, and an error for every name that stands for nothing.

    Raises:
        NotFoundError: No name stands for anything, or nothing fits.
    """
    errors: list[NotFoundError] = []
    subjects: list[Match] = []
    for name in dict.fromkeys(joined(store, names, SUBJECTS)):
        try:
            subjects += resolve_all(store, name, SUBJECTS)
        except NotFoundError as error:
            errors.append(error)
    if names and not subjects:
        raise errors[0]
    entries, undated = _gathered(store, subjects)
    fitting = [e for e in entries if _fits(e, on, window)]
    if not fitting:
        raise _nothing(subjects, [e for e in entries if began_by(e.date, on)], on)
    fitting.sort(key=lambda e: (first_day(e.date), e.date, e.kinds, e.title))
    if window.reverse:
        fitting.reverse()
    shown = fitting[: window.limit]
    return (
        TimelineFound(
            names=tuple(dict.fromkeys(s.id for s in subjects)),
            above=_above(store, subjects),
            entries=tuple(shown),
            undated=tuple(undated),
            total=len(fitting),
            sources=sources_of(store, shown),
        ),
        errors,
    )


def _above(store: Store, subjects: Sequence[Match]) -> tuple[str, ...]:
    places = [store.one(Jurisdiction, s.id) for s in subjects if s.cls is Jurisdiction]
    asked = {place.id for place in places}
    return tuple(dict.fromkeys(id for p in places for id in p.part_of if id not in asked))


def _nothing(subjects: Sequence[Match], known: Sequence[TimelineEntry], on: str) -> NotFoundError:
    what = ", ".join(dict.fromkeys(s.label for s in subjects)) or "anything"
    if not known:
        return NotFoundError(f"nothing dated about {what} is recorded by {on}")
    dates = sorted((e.date for e in known), key=first_day)
    kinds = sorted({kind for e in known for kind in e.kinds})
    return NotFoundError(
        f"nothing about {what} fits --from, --to and --kind",
        [
            f"without them there are {len(known)} entries, {dates[0]} to {dates[-1]}",
            f"of these kinds: {', '.join(kinds)}",
        ],
    )


def _fits(entry: TimelineEntry, on: str, window: Window) -> bool:
    day = first_day(entry.date)
    return (
        began_by(entry.date, on)
        and (not window.start or day >= first_day(window.start))
        and (not window.end or day <= last_day(window.end))
        and (not window.kinds or not set(window.kinds).isdisjoint(entry.kinds))
    )


def _gathered(
    store: Store, subjects: Sequence[Match]
) -> tuple[list[TimelineEntry], dict[str, None]]:
    """Return the entries of all subjects, each once, tagged with the subjects it belongs to."""
    tags: dict[tuple[str, ...], list[str]] = {}
    entries: dict[tuple[str, ...], TimelineEntry] = {}
    undated: dict[str, None] = {}
    groups = [(s.id, _subject(store, s, undated)) for s in subjects] or [
        ("", _everything(store, undated))
    ]
    for id, found in groups:
        for entry in found:
            key = (entry.date, entry.title, entry.text, *entry.about)
            entries.setdefault(key, entry)
            if id and id not in tags.setdefault(key, []):
                tags[key].append(id)
    tagged = [replace(e, names=tuple(tags.get(key, ()))) for key, e in entries.items()]
    return _told_once(tagged), undated


def _subject(store: Store, subject: Match, undated: dict[str, None]) -> Iterator[TimelineEntry]:
    id = subject.id
    events: Iterable[Event] = store.mentioning(Event, id)
    if subject.cls is Jurisdiction:
        place = store.one(Jurisdiction, id)
        policies = [
            p for p in store.mentioning(Policy, id) if p.jurisdiction == id or id in p.concerns
        ]
        about = {id, *(p.id for p in policies)}
        events = store.mentioning(Event, *about)
        yield from _policies(store, policies, undated)
        yield from term_entries(place)
        yield from listing_entries(store, place)
        agreements = [a for a in store.mentioning(Agreement, id) if a.jurisdiction == id]
        former = [a for a in store.mentioning(FormerAgreement, id) if a.jurisdiction == id]
        yield from _agreements(agreements)
        yield from _agreements(former)
        yield from _events(events, about)
    elif subject.cls is Policy:
        yield from _policies(store, [store.one(Policy, id)], undated)
        for place in store.mentioning(Jurisdiction, id):
            yield from listing_entries(store, place, only=id)
        for small in store.mentioning(Place, id):
            yield from listing_entries(store, small, only=id)
        yield from _events(events, {id})
    elif subject.cls is Stakeholder:
        yield from _offices(store, id)
        yield from _events(events, {id})
    elif subject.cls is Event:
        yield event_entry(store.one(Event, id))
    else:
        yield from _events(events, {id})


def _everything(store: Store, undated: dict[str, None]) -> Iterator[TimelineEntry]:
    yield from _policies(store, store.all(Policy), undated)
    for place in store.all(Jurisdiction):
        yield from term_entries(place)
        yield from listing_entries(store, place)
    lists = [policy.id for policy in store.all(Policy) if policy.kind == "list"]
    for listed in store.referring(Place, policy=lists):
        yield from listing_entries(store, listed)
    yield from _agreements(store.all(Agreement))
    yield from _agreements(store.all(FormerAgreement))
    yield from (event_entry(e) for e in store.all(Event))


def _policies(
    store: Store, policies: Iterable[Policy], undated: dict[str, None]
) -> Iterator[TimelineEntry]:
    for policy in policies:
        found = list(policy_entries(store, policy))
        yield from found
        if not found:
            undated[policy.id] = None


def _agreements(
    agreements: Iterable[Agreement | FormerAgreement],
) -> Iterator[TimelineEntry]:
    for agreement in agreements:
        yield from agreement_entries(agreement)


def _events(events: Iterable[Event], about: Collection[str]) -> Iterator[TimelineEntry]:
    for event in events:
        if not set(about).isdisjoint(event.about):
            yield event_entry(event)


def _offices(store: Store, stakeholder: str) -> Iterator[TimelineEntry]:
    """Yield the terms of a person in any office, or of all holders of an office."""
    card = stakeholder_card(store, stakeholder, "9999")
    for term in (*card.offices, *card.holders):
        place = store.one(Jurisdiction, term.jurisdiction)
        yield from term_entries(place, office=term.office, name=term.name)


def _told_once(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Merge into an event the entries that it tells of."""
    events: dict[str, list[TimelineEntry]] = {}
    rest = []
    for entry in _with_amendments(entries):
        if entry.event:
            events.setdefault(entry.date, []).append(entry)
        else:
            rest.append(entry)
    kept = []
    for entry in rest:
        same_day = events.get(entry.date, [])
        telling = next((n for n, event in enumerate(same_day) if is_told_by(entry, event)), None)
        if telling is None:
            kept.append(entry)
        else:
            same_day[telling] = told_with(same_day[telling], entry)
    return kept + [event for day in events.values() for event in day]


def _with_amendments(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Merge the enactment of an amending policy into the amendment that tells of its passing."""
    amendments = {
        (entry.date, entry.policies[1]): n
        for n, entry in enumerate(entries)
        if entry.kinds == ("amendment",) and tells_of_passing(entry)
    }
    merged = list(entries)
    absorbed = set()
    for n, entry in enumerate(entries):
        place = amendments.get((entry.date, entry.policies[0] if entry.policies else ""))
        if place is not None and "enactment" in entry.kinds:
            merged[place] = told_with(merged[place], entry)
            absorbed.add(n)
    return [entry for n, entry in enumerate(merged) if n not in absorbed]


def ask_timeline(
    session: Session,
    name: Annotated[
        list[str] | None,
        argument("[NAME]...", "Places, policies, stakeholders, topics; none: everything."),
    ] = None,
    *,
    start: FromOption = None,
    end: ToOption = None,
    kind: Annotated[
        list[str] | None,
        option(
            "--kind",
            metavar="KIND,…",
            help="enactment, ruling, term, event, …",
            words=lambda: ((word, "") for word in KINDS),
            commas=True,
        ),
    ] = None,
    limit: Annotated[
        int | None, option("--limit", metavar="N", help="At most N entries.", min=1)
    ] = None,
    reverse: Annotated[bool, option("--reverse", help="Newest first.")] = False,
    sources: SourcesOption = False,
) -> Reply:
    """Show what happened when."""
    from ice_facts.across.timeline.view import timeline_view

    window = Window(start=start, end=end, kinds=_kinds(kind or ()), limit=limit, reverse=reverse)
    found, errors = timeline(session.store, name or (), session.on, window)
    session.errors += errors
    return Reply(found.entries, partial(timeline_view, sources=sources), shown=found)


def _kinds(words: Iterable[str]) -> tuple[str, ...]:
    kinds = tuple(word.casefold() for word in words)
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UsageError(
            f"no kind of entry {', '.join(map(repr, unknown))}", [f"one of: {', '.join(KINDS)}"]
        )
    return kinds
