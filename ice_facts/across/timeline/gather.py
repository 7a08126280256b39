"""Timelines: policies, rulings, terms, lists, agreements and events in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.across.timeline.entries import (
    ENTRY_KINDS,
    TimelineEntry,
    TimelineFound,
    agreement_entries,
    event_entry,
    is_enactment,
    is_one_happening,
    listing_entries,
    office_term_entries,
    policy_entries,
    with_entry,
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
from ice_facts.store.naming import key_of
from ice_facts.subjects.citations import sources_of

ASKED_BY_NAME: tuple[type[Record], ...] = (Jurisdiction, Policy, Stakeholder, Topic, Event)
"""The classes of records that a timeline can be asked for by name."""


class Window(Struct, frozen=True, kw_only=True):
    """The entries that are wanted of a timeline: by dates, by kinds, and how many."""

    start: str | None = None
    end: str | None = None
    kinds: tuple[str, ...] = ()
    limit: int | None = None
    reverse: bool = False


def timeline(
    store: Store, names: Sequence[str], on: str, window: Window
) -> tuple[TimelineFound, list[NotFoundError]]:
    """Return everything dated about the records with some names, oldest first.

    An event and the step of a policy, the list entry or the agreement of which it is the report
    are one entry, with the title and text of the event.

    Args:
        store: Where to look.
        names: Places, policies, stakeholders or topics; without names, everything.
        on: The date of the answer: later entries are left out.
        window: Which entries are wanted.

    Returns:
        The entries, and an error for every name that is not found.

    Raises:
        NotFoundError: No name is found, or no entry is wanted.
    """
    errors: list[NotFoundError] = []
    subjects: list[Match] = []
    for name in dict.fromkeys(joined(store, names, ASKED_BY_NAME)):
        try:
            subjects += resolve_all(store, name, ASKED_BY_NAME)
        except NotFoundError as error:
            errors.append(error)
    if names and not subjects:
        raise errors[0]
    groups = [(s.id, _entries_of(store, s)) for s in subjects] or [("", _all_entries(store))]
    entries = _merge_into_events(_merge_into_amendments(_with_names(groups)))
    wanted = [e for e in entries if _is_wanted(e, on, window)]
    if not wanted:
        raise _not_found(subjects, [e for e in entries if began_by(e.date, on)], on)
    wanted.sort(key=lambda e: (first_day(e.date), e.date, e.kinds, e.title))
    if window.reverse:
        wanted.reverse()
    shown = wanted[: window.limit]
    return (
        TimelineFound(
            names=tuple(dict.fromkeys(s.id for s in subjects)),
            above=_above(store, subjects),
            entries=tuple(shown),
            undated=_undated(store, subjects),
            total=len(wanted),
            sources=sources_of(store, shown),
        ),
        errors,
    )


def _above(store: Store, subjects: Sequence[Match]) -> tuple[str, ...]:
    places = store.many(Jurisdiction, [s.id for s in subjects if s.cls is Jurisdiction])
    asked = {place.id for place in places}
    return tuple(dict.fromkeys(id for p in places for id in p.part_of if id not in asked))


def _not_found(subjects: Sequence[Match], known: Sequence[TimelineEntry], on: str) -> NotFoundError:
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


def _is_wanted(entry: TimelineEntry, on: str, window: Window) -> bool:
    day = first_day(entry.date)
    return (
        began_by(entry.date, on)
        and (not window.start or day >= first_day(window.start))
        and (not window.end or day <= last_day(window.end))
        and (not window.kinds or not set(window.kinds).isdisjoint(entry.kinds))
    )


def _policies_of(store: Store, subject: Match) -> list[Policy]:
    if subject.cls is Policy:
        return [store.one(Policy, subject.id)]
    if subject.cls is Jurisdiction:
        return store.referring(Policy, jurisdiction=subject.id)
    return []


def _undated(store: Store, subjects: Sequence[Match]) -> tuple[str, ...]:
    """Return the ids of the policies of subjects, or of all policies, that have no date."""
    policies = [p for s in subjects for p in _policies_of(store, s)]
    return tuple(
        dict.fromkeys(
            p.id
            for p in (policies if subjects else store.all(Policy))
            if not (p.introduced or p.enacted or p.effective or p.amended or p.ended)
        )
    )


def _entries_of(store: Store, subject: Match) -> Iterator[TimelineEntry]:
    """Yield the entries about a place, policy, stakeholder, topic or event."""
    id = subject.id
    policies = _policies_of(store, subject)
    for policy in policies:
        yield from policy_entries(store, policy)
    if subject.cls is Jurisdiction:
        place = store.one(Jurisdiction, id)
        yield from office_term_entries(place, place.officials)
        yield from listing_entries(store, place)
        for agreement in store.referring(Agreement, jurisdiction=id):
            yield from agreement_entries(agreement)
        for former in store.referring(FormerAgreement, jurisdiction=id):
            yield from agreement_entries(former)
        events = store.referring(Event, jurisdiction=id, policy=[p.id for p in policies])
    elif subject.cls is Policy:
        for listed in store.referring(Jurisdiction, policy=id):
            yield from listing_entries(store, listed, only=id)
        for small in store.referring(Place, policy=id):
            yield from listing_entries(store, small, only=id)
        events = store.referring(Event, policy=id)
    elif subject.cls is Stakeholder:
        yield from _office_terms_of(store, store.one(Stakeholder, id))
        events = store.referring(Event, stakeholder=id)
    elif subject.cls is Topic:
        events = store.referring(Event, topic=id)
    else:
        events = [store.one(Event, id)]
    for event in events:
        yield event_entry(event)


def _office_terms_of(store: Store, who: Stakeholder) -> Iterator[TimelineEntry]:
    """Yield the terms of office of a person, or of all holders of an office."""
    if who.kind == "person":
        names = {key_of(name) for name in (who.name, *who.aliases)}
        for place in store.all(Jurisdiction):
            yield from office_term_entries(
                place, [o for o in place.officials if key_of(o.name) in names]
            )
    if who.office:
        place = store.one(Jurisdiction, who.office.jurisdiction)
        held = [o for o in place.officials if o.office == who.office.office]
        yield from office_term_entries(place, held)


def _all_entries(store: Store) -> Iterator[TimelineEntry]:
    policies = store.all(Policy)
    for policy in policies:
        yield from policy_entries(store, policy)
    for place in store.all(Jurisdiction):
        yield from office_term_entries(place, place.officials)
        yield from listing_entries(store, place)
    lists = [policy.id for policy in policies if policy.kind == "list"]
    for small in store.referring(Place, policy=lists):
        yield from listing_entries(store, small)
    for agreement in store.all(Agreement):
        yield from agreement_entries(agreement)
    for former in store.all(FormerAgreement):
        yield from agreement_entries(former)
    for event in store.all(Event):
        yield event_entry(event)


def _with_names(groups: Iterable[tuple[str, Iterable[TimelineEntry]]]) -> list[TimelineEntry]:
    """Return the entries of several subjects, each once, with the ids of its subjects as names.

    Args:
        groups: The entries by the id of the subject; the id is empty for all entries.
    """
    names: dict[tuple[str, ...], dict[str, None]] = {}
    entries: dict[tuple[str, ...], TimelineEntry] = {}
    for id, found in groups:
        for entry in found:
            key = (entry.date, entry.title, entry.text, *entry.about)
            entries.setdefault(key, entry)
            names.setdefault(key, {}).update({id: None} if id else {})
    return [replace(entry, names=tuple(names[key])) for key, entry in entries.items()]


def _merge_into_events(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Merge entries that are one happening with an event into the event."""
    events: dict[str, list[TimelineEntry]] = {}
    for entry in entries:
        if entry.event:
            events.setdefault(entry.date, []).append(entry)
    others = []
    for entry in entries:
        if entry.event:
            continue
        same_day = events.get(entry.date, [])
        n = next((n for n, event in enumerate(same_day) if is_one_happening(entry, event)), None)
        if n is None:
            others.append(entry)
        else:
            same_day[n] = with_entry(same_day[n], entry)
    return others + [event for same_day in events.values() for event in same_day]


def _merge_into_amendments(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Merge the enactment of an amending policy into the amendment that it makes."""
    amendments = {
        (entry.date, entry.policies[1]): n
        for n, entry in enumerate(entries)
        if entry.kinds == ("amendment",) and is_enactment(entry)
    }
    kept = dict(enumerate(entries))
    for n, entry in enumerate(entries):
        amendment = amendments.get((entry.date, entry.policies[0] if entry.policies else ""))
        if amendment is not None and "enactment" in entry.kinds:
            kept[amendment] = with_entry(kept[amendment], kept.pop(n))
    return list(kept.values())


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
            words=lambda: ((word, "") for word in ENTRY_KINDS),
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
    unknown = [kind for kind in kinds if kind not in ENTRY_KINDS]
    if unknown:
        raise UsageError(
            f"no kind of entry {', '.join(map(repr, unknown))}",
            [f"one of: {', '.join(ENTRY_KINDS)}"],
        )
    return kinds
