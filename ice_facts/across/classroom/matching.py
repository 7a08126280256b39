"""Tasks of matching: which place has which rule, which document a sentence rests on."""

from __future__ import annotations

from random import Random

from msgspec import Struct

from ice_facts.across.classroom.facts import PlaceRule, SureFacts, leaves_no_doubt
from ice_facts.across.classroom.shared import Scope
from ice_facts.dates import first_day
from ice_facts.model import Citation, Event, Source
from ice_facts.store.naming import key_of

# Rules to match


def rules_to_match(facts: SureFacts, scope: Scope, count: int, chance: Random) -> list[PlaceRule]:
    """Return rules of different places, of which each fits its own place only.

    Every other place among them has a rule of its own on the same dimension, with another stance.
    As many rules restrict cooperation as do not, give or take one, if the scope has such rules.
    """
    all_rules = [r for r in facts.rules() if not _names_its_place(r)]
    stances: dict[tuple[str, str], str] = {
        (r.place.id, r.rule.dimension): r.rule.stance for r in facts.rules()
    }
    rules = [r for r in all_rules if not scope.topics or scope.topics & {r.rule.dimension}]
    chance.shuffle(rules)
    first = [r for r in rules if r.place.id == scope.place] if scope.place else rules
    # With an odd number, the direction of the first rule has one more: which one is random.
    restricting_first = chance.random() < 0.5
    starts = sorted(first, key=lambda r: r.is_restricting != restricting_first)[:40]
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
    """Return a rule and others that can stand beside it; if ``even``, the directions take turns."""
    chosen = [start]
    for _ in range(count - 1):
        fitting = (
            rule
            for rule in rules
            if rule.place.level == start.place.level
            and (not even or rule.is_restricting != chosen[-1].is_restricting)
            and all(
                _says_otherwise(stances, rule, o) and _says_otherwise(stances, o, rule)
                for o in chosen
            )
        )
        if (found := next(fitting, None)) is None:
            break
        chosen.append(found)
    return chosen


def _says_otherwise(stances: dict[tuple[str, str], str], rule: PlaceRule, other: PlaceRule) -> bool:
    """Return True if the other place has a rule on the same dimension with another stance."""
    theirs = stances.get((other.place.id, rule.rule.dimension))
    return rule.place.id != other.place.id and theirs is not None and theirs != rule.rule.stance


def _names_its_place(found: PlaceRule) -> bool:
    """Return True if the text of a rule names its place."""
    names = [found.place.name, *found.place.aliases, found.place.state or "?"]
    words = set(key_of(found.rule.text).split("-"))
    return any(
        (len(name) > 2 and key_of(name) in key_of(found.rule.text)) or name.lower() in words
        for name in names
    )


# Sentences to match


class SourcedSentence(Struct, frozen=True):
    """A sentence of the record, and the documents that it cites."""

    id: str
    text: str
    citations: tuple[Citation, ...]


def sentences_to_match(
    facts: SureFacts, scope: Scope, count: int, chance: Random
) -> list[SourcedSentence]:
    """Return sentences of which no two cite the same document.

    All are about one place: with several, the name of the place would give the document away.
    """
    by_place: dict[str, list[SourcedSentence]] = {}
    for rule in facts.rules():
        if scope.includes((rule.rule.dimension, rule.rule.policy or ""), (rule.place.id,)):
            one = SourcedSentence(f"rule:{rule.id}", rule.rule.text, rule.rule.sources)
            by_place.setdefault(rule.place.id, []).append(one)
    for event in facts.store.all(Event):
        places = [id for id in event.about if id in facts.places]
        if (
            event.confirmed
            and leaves_no_doubt(event.note)
            and not event.disputed
            and first_day(event.date) <= first_day(facts.on)
            and scope.includes(event.about, places)
            and facts.cites_a_source_read(event.sources)
        ):
            one = SourcedSentence(f"event:{event.id}", f"{event.date}: {event.text}", event.sources)
            for place in places:
                by_place.setdefault(place, []).append(one)
    places = sorted(place for place in by_place if not scope.place or place == scope.place)
    chance.shuffle(places)
    best: list[SourcedSentence] = []
    for place in places[:30]:
        found = by_place[place]
        chance.shuffle(found)
        chosen = _of_separate_documents(facts, found, count)
        if len(chosen) > len(best):
            best = chosen
        if len(best) == count:
            break
    return best


def _of_separate_documents(
    facts: SureFacts, found: list[SourcedSentence], count: int
) -> list[SourcedSentence]:
    """Return sentences of which no two cite the same document, of as many kinds as possible."""
    kinds: dict[str, int] = {}
    chosen: list[SourcedSentence] = []
    used: set[str] = set()
    for most in (1, 2, count):
        for one in found:
            kind = document_of(facts, one).kind
            ids = {c.id for c in one.citations}
            if len(chosen) == count or used & ids or kinds.get(kind, 0) >= most:
                continue
            chosen.append(one)
            used |= ids
            kinds[kind] = kinds.get(kind, 0) + 1
    return chosen


def document_of(facts: SureFacts, one: SourcedSentence) -> Source:
    """Return the document that a sentence is to be matched to: the first that somebody read."""
    return next(s for s in facts.sources(one.citations) if s.read)
