"""Sentences that say what somebody wants or thinks: they are held against positions on record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest import views
from ice_facts.across.nearest.by_count import counts_of
from ice_facts.across.nearest.decided import (
    MOST_RECORDS,
    Answer,
    Decided,
    Deciding,
    flipped,
    office_record,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.dates import began_by, holds_on
from ice_facts.model import Jurisdiction, Official, Policy, Position, Stakeholder, Topic
from ice_facts.show.words import capitalized
from ice_facts.store import Store
from ice_facts.store.naming import key_of, words_of
from ice_facts.subjects.position.affiliates import organisations_of
from ice_facts.subjects.position.elsewhere import counts_text, meaning_of, namesakes
from ice_facts.subjects.position.holders import several_text
from ice_facts.subjects.position.rows import sorted_by_stance
from ice_facts.vocabulary import DIRECTED_STANCES


class _View(Struct, frozen=True, kw_only=True):
    """What a sentence says that somebody wants: who, and to be for or against what.

    ``stance`` is None where what they say is told and not whether they are for or against it. The
    positions on ``laws`` are on the matter too; those on ``also`` only bear on it. ``is_all`` is
    False if a sentence says more than that.
    """

    head: str
    stance: str | None
    is_denied: bool
    on: str
    topic: str | None
    laws: tuple[str, ...]
    also: tuple[str, ...] = ()
    is_all: bool = True

    def is_direct(self, position: Position) -> bool:
        """Return True if a position is on the very matter."""
        if position.topic and position.topic == self.topic:
            return True
        return position.policy in self.laws


def by_view(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Hold what somebody is said to want against positions on record of them or of their kind."""
    verb = views.VERB.search(reading.plain)
    if verb is None:
        return None
    # Names are read without the signs at their ends.
    head = re.sub(r"'(?=\s|$)", "", reading.plain[: verb.start()])
    named = {
        id: text
        for text, id in reading.stakeholders
        if _stands_in(text, head) and "(" not in store.one(Stakeholder, id).name
    }
    own_words = [rf"(?<!\w){re.escape(text)}(?!\w)" for text in named.values()]
    unnamed = head
    for pattern in own_words:
        unnamed = re.sub(pattern, " ", unnamed)
    if words.first_of(words.DUTY_PATTERNS, unnamed) not in (None, "do not"):
        return None
    view = _read(store, reading, verb, head)
    if view is None:
        return None
    if len(named) == 1 and not _rest(unnamed, reading, ()):
        who = store.one(Stakeholder, next(iter(named)))
        if who.office is not None:
            place = store.one(Jurisdiction, who.office.jurisdiction)
            return _of_office(store, place, who.office.office, view, reading, on)
        return _of_one(store, who, view, reading, on)
    kind = next((kind for kind in views.KINDS if re.search(kind.words, head)), None)
    if kind is not None and not _rest(head, reading, [kind.words]):
        return _of_kind(store, kind, view, reading, on)
    if reading.office and len(reading.places) == 1:
        title = dict(words.OFFICE_PATTERNS)[reading.office]
        if re.search(title, head) and not _rest(head, reading, [title]):
            return _of_office(store, reading.places[0], reading.office, view, reading, on)
    if re.search(views.UNCOUNTED, head) and not reading.places and view.stance is not None:
        why = (
            f"the record does not count positions on {view.on} by this kind of holder; "
            "ice-facts positions lists them, and whose they are"
        )
        return Decided(answer="undecided", reason=why)
    if view.topic is None and view.also and _rest(head, reading, ()):
        # That a place has a ban tells nothing of who wants it.
        why = f"the sentence tells a view of {view.on}, of holders who are not on record"
        return Decided(answer="undecided", reason=why)
    return None


def _read(store: Store, reading: SentenceReading, verb: re.Match[str], head: str) -> _View | None:
    """Return what somebody is said to be for or against; None if that is no known matter."""
    tail = reading.plain[verb.end() :]
    ending = re.match(views.ENDING, tail)
    if ending:
        tail = tail[ending.end() :]
    stance: str | None = "opposes" if verb["against"] else "supports"
    if verb["says"] or (ending and verb["against"]):
        stance = None  # to be against the end of something is not to be for it
    elif ending:
        stance = "opposes"
    found = next((m for m in views.MATTERS if re.search(m.words, tail)), None)
    named = tuple(id for id in reading.policies if id not in views.NO_MEASURES)
    is_denied = bool(re.search(r"\bnot\b|n't\b|\bnever\b|\bno longer\b", head + verb[0]))
    if found is None and named:
        laws = [store.one(Policy, id) for id in named]
        for name in (n for law in laws for n in (law.short, law.title, *law.aliases)):
            for word in words_of(name).split():
                tail = re.sub(rf"\b{re.escape(word)}\b", " ", tail)
        return _View(
            head=head,
            stance=stance,
            is_denied=is_denied,
            on=laws[0].short,
            topic=None,
            laws=named,
            is_all=not _rest(tail, reading, ()),
        )
    if found is None:
        named_topic = _topic_in(store, tail)
        if named_topic is None:
            return None
        own, name = named_topic
        return _View(
            head=head,
            stance=stance,
            is_denied=is_denied,
            on=own.name,
            topic=own.id,
            laws=tuple(namesakes(store, own.id)),
            is_all=not _rest(tail.replace(name, " "), reading, ()),
        )
    topic = store.get(Topic, found.topic) if found.topic else None
    rest = re.sub(found.words, " ", tail)
    is_of_limit = re.search(views.BAN_OF_IT, rest) is not None
    where = {place.id for place in reading.places}
    of_stances = _laws_with(store, found.stances, where if topic is None else set())
    if topic is None and not of_stances:
        return None
    return _View(
        head=head,
        stance=None if is_of_limit else stance,
        is_denied=is_denied,
        on=found.name,
        topic=topic.id if topic else None,
        laws=tuple(namesakes(store, topic.id)) if topic else (),
        also=of_stances,
        is_all=not is_of_limit and not _rest(rest, reading, ()),
    )


def _topic_in(store: Store, tail: str) -> tuple[Topic, str] | None:
    """Return the topic whose name of several words stands in a text, with that name."""
    names = {
        name.casefold(): topic
        for topic in store.all(Topic)
        for name in (topic.name, *topic.aliases)
        if " " in name
    }
    found = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", tail)]
    name = max(found, key=len, default=None)
    return (names[name], name) if name is not None else None


def _laws_with(store: Store, stances: Sequence[str], where: set[str]) -> tuple[str, ...]:
    """Return the laws, of those that positions are on, most of whose rules have some stances."""
    if not stances:
        return ()
    laws = {position.policy for position in store.all(Position) if position.policy}
    found: dict[str, list[bool]] = {}
    for place in store.referring(Jurisdiction, policy=sorted(laws)):
        for rule in place.rules:
            is_meant = rule.policy in laws and (not where or place.id in where)
            if is_meant and rule.stance in DIRECTED_STANCES:
                found.setdefault(str(rule.policy), []).append(rule.stance in stances)
    return tuple(sorted(id for id, fitting in found.items() if sum(fitting) > len(fitting) / 2))


def _stands_in(text: str, head: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", head) is not None


def _rest(head: str, reading: SentenceReading, known: Iterable[str]) -> list[str]:
    """Return the words before the verb that are neither who is meant nor of no account."""
    for pattern in known:
        head = re.sub(pattern, " ", head)
    for place in reading.places:
        for name in (place.name, *place.aliases):
            head = re.sub(rf"\b{re.escape(name.casefold())}\b", " ", head)
    return views.more_than_fillers(head)


def _positions(
    store: Store, view: _View, reading: SentenceReading, on: str, who: Iterable[str] | None = None
) -> list[Position]:
    """Return the positions on what a sentence is on, of some stakeholders, up to its time."""
    until = min(on, max(reading.years)) if reading.years else on
    laws = (*view.laws, *view.also)
    found = {
        position.id: position
        for position in (
            *(store.referring(Position, topic=view.topic) if view.topic else ()),
            *(store.referring(Position, policy=[*view.laws, *view.also]) if laws else ()),
        )
    }
    holders = None if who is None else set(who)
    return sorted_by_stance(
        position
        for position in found.values()
        if began_by(position.date, until) and (holders is None or position.stakeholder in holders)
    )


def _of_one(
    store: Store, who: Stakeholder, view: _View, reading: SentenceReading, on: str
) -> Decided:
    """Hold a sentence against the positions of a named holder."""
    own = _direct_first(view, _positions(store, view, reading, on, [who.id]))
    every = _positions(store, view, reading, on)
    heads = organisations_of(store, {p.stakeholder for p in every})
    affiliates = [p for p in every if p.stakeholder != who.id == heads[p.stakeholder]]
    others = f"; of its affiliates: {_counted(affiliates)}" if affiliates else ""
    if own:
        each = "; ".join(_told(store, p) for p in own[:2])
        answer = _answer(view, own)
        decided = _decided(store, answer, f"on record: {each}{others}", [*own, *affiliates])
        # What an affiliate wants is its own.
        return replace(
            decided,
            records=tuple(
                r if r.id in {p.id for p in own} else replace(r, answer="undecided")
                for r in decided.records
            ),
        )
    reason = f"no position of {who.name} on {view.on} is on record{others}"
    if affiliates:
        return _decided(store, "undecided", reason, affiliates)
    elsewhere = sorted_by_stance(
        p for p in store.referring(Position, stakeholder=who.id) if began_by(p.date, on)
    )
    if elsewhere:
        reason += f"; on other matters: {'; '.join(_told(store, p) for p in elsewhere[:2])}"
    return _decided(store, "undecided", reason, elsewhere)


def _direct_first(view: _View, positions: Sequence[Position]) -> list[Position]:
    return sorted(positions, key=lambda p: not view.is_direct(p))


def _answer(view: _View, positions: Sequence[Position]) -> Answer:
    """Return whether positions are as a sentence says: those on the very matter tell it.

    Mixed ones and those that contradict each other decide nothing.
    """
    stances = {p.stance for p in positions if view.is_direct(p)}
    if not view.is_all or len(stances) != 1 or not stances <= {"supports", "opposes"}:
        return "undecided"
    if view.stance is None:
        return "undecided"
    return flipped("agrees" if view.stance in stances else "differs", view.is_denied)


def _of_office(
    store: Store,
    place: Jurisdiction,
    office: str,
    view: _View,
    reading: SentenceReading,
    on: str,
) -> Decided | None:
    """Hold a sentence against the positions of who holds an office of a place."""
    offices = words.SAME_OFFICE.get(office, {office})
    day = max(reading.years) if reading.years else on
    held = [
        o
        for o in place.officials
        if o.office in offices and holds_on(o.start, o.until, day, o.confirmed)
    ]
    if not held:
        return None
    ids = _stakeholders_of(store, place, held)
    own = _direct_first(view, _positions(store, view, reading, on, ids))
    names = f"on {day} the {held[0].office} of {place.name} is {' and '.join(o.name for o in held)}"
    if own:
        each = "; ".join(_told(store, p) for p in own[:2])
        return _decided(store, _answer(view, own), f"{names}; on record: {each}", own)
    reason = f"{names}, of whom no position on {view.on} is on record"
    records = tuple(office_record(place, o, on, "undecided", reason) for o in held)
    return Decided(answer="undecided", reason=reason, records=records)


def _stakeholders_of(store: Store, place: Jurisdiction, held: Sequence[Official]) -> list[str]:
    """Return the stakeholders that are some officials of a place or their office."""
    keys = {key_of(o.name) for o in held}
    offices = {o.office for o in held}
    return [
        who.id
        for who in store.all(Stakeholder)
        if (who.kind == "person" and keys & {key_of(n) for n in (who.name, *who.aliases)})
        or (who.office and who.office.jurisdiction == place.id and who.office.office in offices)
    ]


def _of_kind(
    store: Store, kind: views.Kind, view: _View, reading: SentenceReading, on: str
) -> Decided:
    """Show the positions on record of a kind of holder, for and against; they decide nothing."""
    members = {who.id: who for who in store.all(Stakeholder) if kind.has(who)}
    found = _positions(store, view, reading, on, members)
    where = ""
    if reading.places:
        names = " and ".join(place.name for place in reading.places)
        states = {place.state for place in reading.places}
        local = [p for p in found if _state_of(store, members[p.stakeholder]) in states]
        where = f" of {names}"
        if not local and found:
            where = f" (none of {names})"
        found = local or found
    what = f"of {kind.name}{where} on {view.on}"
    if not found:
        return Decided(answer="undecided", reason=f"no position {what} is on record")
    stances = Counter(p.stance for p in found)
    sides = [f"{stances['supports']} for", f"{stances['opposes']} against"]
    others = counts_text({s: stances[s] for s in ("mixed", "neutral")})
    told = ", ".join([*sides, *([others] if others else [])])
    several = several_text(store, ((p.stakeholder, p.stance) for p in found)).removesuffix(".")
    reason = f"positions {what}: {told}. These are records, not a poll"
    if view.topic == "287g":
        place = reading.places[0] if len(reading.places) == 1 else None
        signed = next(iter(counts_of(store, place, on, None)), None)
        if signed is not None:
            whose = f" in {place.name}" if place is not None else ""
            reason += f"; {signed.number:,} agreements{whose} stand {signed.on_list}"
    if several:
        reason += f". {several}"
    answer: Answer = "undecided"
    same = sum(position.stance == view.stance for position in found)
    is_plain = view.is_all and not view.is_denied
    if is_plain and re.search(r"\bsome\b", view.head) and same > 1:
        answer = "agrees"  # two are some, and need no poll
    return _decided(store, answer, reason, _by_turns(store, found))


def _state_of(store: Store, who: Stakeholder) -> str | None:
    place = store.get(Jurisdiction, who.jurisdiction) if who.jurisdiction else None
    return place.state if place else None


def _by_turns(store: Store, positions: Sequence[Position]) -> list[Position]:
    """Return positions for and against by turns, then others: one of every organisation."""
    heads = organisations_of(store, {p.stakeholder for p in positions})
    first: dict[tuple[str, str], Position] = {}
    for position in positions:
        first.setdefault((position.stance, heads[position.stakeholder]), position)
    supporting, opposing = (
        [p for (stance, _), p in first.items() if stance == side]
        for side in ("supports", "opposes")
    )
    turns = [p for pair in zip_longest(supporting, opposing) for p in pair if p is not None]
    return [*turns, *(p for (stance, _), p in first.items() if stance in ("mixed", "neutral"))]


def _counted(positions: Sequence[Position]) -> str:
    return counts_text(Counter(p.stance for p in positions))


def _told(store: Store, position: Position) -> str:
    who = store.one(Stakeholder, position.stakeholder).name
    return f"{who} {_stance_on(store, position)}, {position.date or 'undated'}"


def _stance_on(store: Store, position: Position) -> str:
    if position.policy:
        what = store.one(Policy, position.policy).short
    else:
        name = store.one(Topic, position.topic).name if position.topic else ""
        name = name[:1].lower() + name[1:] if name[1:2].islower() else name
        what = next((m.name for m in views.MATTERS if m.topic == position.topic), name)
        what = what.removesuffix(" and laws that limit help")
    verbs = {"mixed": "is mixed on", "neutral": "is neutral on"}
    return f"{verbs.get(position.stance, position.stance)} {what}"


def _decided(store: Store, answer: Answer, reason: str, positions: Sequence[Position]) -> Decided:
    records = tuple(_record(store, p, answer, reason) for p in positions[:MOST_RECORDS])
    return Decided(answer=answer, reason=reason, records=records)


def _record(store: Store, position: Position, answer: Answer, reason: str) -> Deciding:
    """Return a position as a deciding record."""
    who = store.one(Stakeholder, position.stakeholder)
    parts = [position.text, *([meaning_of(store, position)] if position.topic else [])]
    parts += [f"Concern: {position.concern}."] if position.concern else []
    parts += [f"Remedy: {position.remedy}."] if position.remedy else []
    return Deciding(
        kind="position",
        id=position.id,
        title=f"{capitalized(who.name)} {_stance_on(store, position)}",
        record=" ".join(parts),
        answer=answer,
        reason=reason,
        start=position.date,
        confirmed=position.confirmed,
        sources=position.sources,
    )
