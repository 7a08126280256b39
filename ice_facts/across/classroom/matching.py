"""What is to be matched: rules with their places, sentences with their documents."""

from __future__ import annotations

from random import Random

from msgspec import Struct

from ice_facts.across.classroom.facts import PlaceRule, Record, is_sure
from ice_facts.across.classroom.shared import Scope
from ice_facts.dates import first_day
from ice_facts.model import Citation, Event, Source
from ice_facts.store.naming import key_of

# Rules to match


def matchable(record: Record, scope: Scope, count: int, chance: Random) -> list[PlaceRule]:
    """Return rules, each of another place, of which each fits its own place only.

    Every other place on the sheet has a rule of its own on the same thing, with another stance. As
    many rules limit cooperation as do not, give or take one, where the scope has such rules.
    """
    all_rules = [r for r in record.rules() if not _tells(r)]
    stances: dict[tuple[str, str], str] = {
        (r.place.id, r.rule.dimension): r.rule.stance for r in record.rules()
    }
    rules = [r for r in all_rules if not scope.topics or scope.topics & {r.rule.dimension}]
    chance.shuffle(rules)
    first = [r for r in rules if r.place.id == scope.place] if scope.place else rules
    # With an odd number, chance tells which direction has one more: that of the first rule.
    limiting_first = chance.random() < 0.5
    starts = sorted(first, key=lambda r: r.is_limiting != limiting_first)[:40]
    for even in (True, False):
        best: list[PlaceRule] = []
        for start in starts:
            chosen = _matched(rules, start, count, stances, even=even)
            best = max(best, chosen, key=len)
            if len(best) == count:
                break
        if len(best) >= min(3, count):
            return best
    return []


def _matched(
    rules: list[PlaceRule],
    start: PlaceRule,
    count: int,
    stances: dict[tuple[str, str], str],
    *,
    even: bool,
) -> list[PlaceRule]:
    """Return a rule and others that can stand beside it; if even, of both directions by turns."""
    chosen = [start]
    for _ in range(count - 1):
        fitting = (
            rule
            for rule in rules
            if rule.place.level == start.place.level
            and (not even or rule.is_limiting != chosen[-1].is_limiting)
            and all(_differ(stances, rule, o) and _differ(stances, o, rule) for o in chosen)
        )
        if (found := next(fitting, None)) is None:
            break
        chosen.append(found)
    return chosen


def _differ(stances: dict[tuple[str, str], str], rule: PlaceRule, other: PlaceRule) -> bool:
    """Tell whether the place of the other rule says something else on what the rule is about."""
    theirs = stances.get((other.place.id, rule.rule.dimension))
    return rule.place.id != other.place.id and theirs is not None and theirs != rule.rule.stance


def _tells(found: PlaceRule) -> bool:
    """Tell whether the text of a rule names its place."""
    names = [found.place.name, *found.place.aliases, found.place.state or "?"]
    words = set(key_of(found.rule.text).split("-"))
    return any(
        (len(name) > 2 and key_of(name) in key_of(found.rule.text)) or name.lower() in words
        for name in names
    )


# Sentences to source


class Sourced(Struct, frozen=True):
    """A sentence of the record, and the documents that it rests on."""

    id: str
    text: str
    citations: tuple[Citation, ...]


def sourced(record: Record, scope: Scope, count: int, chance: Random) -> list[Sourced]:
    """Return sentences of which each rests on documents that no other one rests on.

    All are about one place: with several, the name of the place would tell the document.
    """
    by_place: dict[str, list[Sourced]] = {}
    for rule in record.rules():
        if scope.takes((rule.rule.dimension, rule.rule.policy or ""), (rule.place.id,)):
            one = Sourced(f"rule:{rule.id}", rule.rule.text, rule.rule.sources)
            by_place.setdefault(rule.place.id, []).append(one)
    for event in record.store.all(Event):
        places = [id for id in event.about if id in record.places]
        if (
            event.confirmed
            and is_sure(event.note)
            and not event.disputed
            and first_day(event.date) <= first_day(record.on)
            and scope.takes(event.about, places)
            and record.cites_read(event.sources)
        ):
            one = Sourced(f"event:{event.id}", f"{event.date}: {event.text}", event.sources)
            for place in places:
                by_place.setdefault(place, []).append(one)
    places = sorted(place for place in by_place if not scope.place or place == scope.place)
    chance.shuffle(places)
    best: list[Sourced] = []
    for place in places[:30]:
        found = by_place[place]
        chance.shuffle(found)
        chosen = _apart(record, found, count)
        if len(chosen) > len(best):
            best = chosen
        if len(best) == count:
            break
    return best


def _apart(record: Record, found: list[Sourced], count: int) -> list[Sourced]:
    """Return sentences that share no document, of as many kinds of document as there are."""
    kinds: dict[str, int] = {}
    chosen: list[Sourced] = []
    used: set[str] = set()
    for most in (1, 2, count):
        for one in found:
            kind = document_of(record, one).kind
            ids = {c.id for c in one.citations}
            if len(chosen) == count or used & ids or kinds.get(kind, 0) >= most:
                continue
            chosen.append(one)
            used |= ids
            kinds[kind] = kinds.get(kind, 0) + 1
    return chosen


def document_of(record: Record, one: Sourced) -> Source:
    """Return the document that a sentence is to be matched to: the first that was read."""
    return next(s for s in record.sources(one.citations) if s.read)
