"""Questions of a quiz, each made from one sure fact; no wrong answer can be true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from random import Random

from ice_facts.across.classroom.facts import (
    CONTRARY_STANCES,
    DIMENSION_PHRASES,
    PlaceOfficial,
    PlaceRule,
    SureFacts,
    name_with_state,
)
from ice_facts.dates import first_day, last_day
from ice_facts.model import Citation, Claim, Policy, Term
from ice_facts.model.answers import Answer
from ice_facts.store.naming import key_of

QUESTION_KINDS = ("rule", "place", "official", "year", "term", "claim")
"""Kinds of question, in the order in which a quiz takes them in turn."""

MOST_ANSWERS = 4
"""The most answers that a question has."""


class QuizItem(Answer, frozen=True, kw_only=True):
    """A question with its answers, of which one is right, and what the record says.

    ``keys`` says for each of the ``options`` what it stands for: a stance, or an id or name.
    ``right`` is the index of the right one. ``is_restricting`` says whether the rule that the
    question is on restricts cooperation; None if it is on no rule.
    """

    id: str
    kind: str
    question: str
    options: tuple[str, ...]
    keys: tuple[str, ...]
    right: int
    record: str
    places: tuple[str, ...]
    topics: tuple[str, ...]
    confirmed: str | None
    sources: tuple[Citation, ...]
    is_restricting: bool | None = None

    @property
    def fact(self) -> str:
        """The id without the kind: questions of several kinds on one fact have the same."""
        return self.id.partition(":")[2]

    @property
    def record_id(self) -> str:
        """The id of the record that has the fact."""
        return self.id.split(":")[1]

    @property
    def answer(self) -> str:
        """The right answer."""
        return self.options[self.right]


Options = Sequence[tuple[str, str]]
"""Answers as pairs of key and text."""


def items_of(facts: SureFacts, kind: str, chance: Random) -> list[QuizItem]:
    """Return every question of a kind that the sure facts can answer."""
    return _MAKERS[kind](facts, chance)


def _choose(chance: Random, right: tuple[str, str], wrong: Options) -> tuple[Options, int]:
    """Return the right answer and some wrong ones in a random order, and the index of the right."""
    options = [right, *chance.sample(list(wrong), min(len(wrong), MOST_ANSWERS - 1))]
    chance.shuffle(options)
    return options, options.index(right)


_STANCE_ANSWERS = {
    "prohibits": "It forbids this.",
    "limits": "It allows this only in some cases.",
    "permits": "It allows this, and does not require it.",
    "forbids-limits": "It bans local limits on this.",
    "requires": "It requires this.",
}
_CONTRARY_ANSWERS = CONTRARY_STANCES | {"permits": ("prohibits", "requires")}
"""By stance, the stances whose `_STANCE_ANSWERS` are wrong: these say that what is allowed is not
required."""


def _rule_items(facts: SureFacts, chance: Random) -> list[QuizItem]:
    items = []
    for found in facts.rules():
        rule = found.rule
        stances = (rule.stance, *_CONTRARY_ANSWERS[rule.stance])
        wrong = [(s, _STANCE_ANSWERS[s]) for s in stances[1:]]
        options, right = _choose(chance, (rule.stance, _STANCE_ANSWERS[rule.stance]), wrong)
        items.append(
            _item(
                f"rule:{found.id}",
                "rule",
                f"{name_with_state(found.place)}: what does its own rule do about"
                f" {DIMENSION_PHRASES[rule.dimension]}?",
                options,
                right,
                rule.text,
                found,
            )
        )
    return items


def _place_items(facts: SureFacts, chance: Random) -> list[QuizItem]:
    rules = facts.rules()
    items = []
    for found in rules:
        stance, dimension = found.rule.stance, found.rule.dimension
        wrong = [
            (other.place.id, name_with_state(other.place))
            for other in rules
            if other.place.level == found.place.level
            and other.rule.dimension == dimension
            and other.rule.stance in CONTRARY_STANCES[stance]
            and facts.possible_stances(other.place, dimension)
            <= {*CONTRARY_STANCES[stance], "silent"}
        ]
        if len(wrong) < 2:
            continue
        options, right = _choose(chance, (found.place.id, name_with_state(found.place)), wrong)
        items.append(
            _item(
                f"place:{found.id}",
                "place",
                f"Which {found.place.level}'s own rule {found.words}?",
                options,
                right,
                f"{name_with_state(found.place)}: {found.rule.text}",
                found,
            )
        )
    return items


def _item(
    id: str, kind: str, question: str, options: Options, right: int, text: str, found: PlaceRule
) -> QuizItem:
    return QuizItem(
        id=id,
        kind=kind,
        question=question,
        options=tuple(text for _, text in options),
        keys=tuple(key for key, _ in options),
        right=right,
        record=text,
        places=(found.place.id, *found.place.part_of),
        topics=tuple(filter(None, (found.rule.dimension, found.rule.policy))),
        confirmed=found.rule.confirmed,
        sources=found.rule.sources,
        is_restricting=found.is_restricting,
    )


def _official_items(facts: SureFacts, chance: Random) -> list[QuizItem]:
    found = facts.officials()
    by_office: dict[str, list[PlaceOfficial]] = {}
    for one in found:
        by_office.setdefault(one.official.office, []).append(one)
    items = []
    for one in found:
        place, official = one.place, one.official
        # The day on which the source was read; of a term that had ended by then, a day within it.
        start = last_day(official.start or "")
        day = min(first_day(official.confirmed or ""), first_day(facts.on))
        if official.until and first_day(official.until) <= day:
            day = _between(start, first_day(official.until))
        if day < start or facts.possible_holders(place, official.office, day) != {
            key_of(official.name)
        }:
            continue
        names = {
            other.official.name: other.place.id == place.id
            for other in by_office[official.office]
            if key_of(other.official.name) != key_of(official.name)
        }
        near = [(n, n) for n, same in names.items() if same]
        far = [(n, n) for n, same in names.items() if not same]
        wrong = chance.sample(near, min(2, len(near)))
        wrong += chance.sample(far, min(MOST_ANSWERS - 1 - len(wrong), len(far)))
        if len(wrong) < 2:
            continue
        options, right = _choose(chance, (official.name, official.name), wrong)
        until = f" until {official.until}" if official.until else ""
        items.append(
            QuizItem(
                id=f"official:{place.id}:{key_of(official.office)}:{key_of(official.name)}"
                f":{official.start}",
                kind="official",
                question=f"Who was {_office(one)} on {day}?",
                options=tuple(text for _, text in options),
                keys=tuple(key for key, _ in options),
                right=right,
                record=f"{official.name}, {_office(one)} since {official.start}{until}.",
                places=(place.id, *place.part_of),
                topics=(),
                confirmed=official.confirmed,
                sources=official.sources,
            )
        )
    return items


def _office(one: PlaceOfficial) -> str:
    """Return an office with its place, unless it is one of the federal government."""
    return (
        one.official.office
        if one.place.level == "federal"
        else f"{one.official.office} of {name_with_state(one.place)}"
    )


def _between(start: str, end: str) -> str:
    """Return the day halfway between two days."""
    first, last = date.fromisoformat(start).toordinal(), date.fromisoformat(end).toordinal()
    return date.fromordinal((first + last) // 2).isoformat()


def years_of(policy: Policy) -> set[int]:
    """Return all years in the dates and names of a law."""
    dates = (policy.introduced, policy.enacted, policy.effective, policy.ended)
    named = [date for date in (*dates, *(a.date for a in policy.amended)) if date]
    texts = " ".join((policy.title, policy.short, policy.citation or ""))
    return {int(date[:4]) for date in named} | {
        int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", texts)
    }


def _year_items(facts: SureFacts, chance: Random) -> list[QuizItem]:
    items = []
    newest = int(facts.on[:4])
    for policy in facts.policies():
        year = int((policy.enacted or "")[:4])
        names = " ".join((policy.short, policy.title))
        place = facts.places.get(policy.jurisdiction)
        if re.search(r"\b(19|20)\d\d\b|\b\d\d-\d", names) or place is None:
            continue  # the name would tell the answer
        near = [y for y in range(year - 6, min(year + 6, newest) + 1) if y not in years_of(policy)]
        options, right = _choose(chance, (str(year), str(year)), [(str(y), str(y)) for y in near])
        ordered = sorted(options)
        items.append(
            QuizItem(
                id=f"year:{policy.id}",
                kind="year",
                question=f"In which year was this made: {policy.short} ({place.name})?",
                options=tuple(text for _, text in ordered),
                keys=tuple(key for key, _ in ordered),
                right=ordered.index(options[right]),
                record=f"{policy.short}, enacted {policy.enacted}. {policy.summary}",
                places=(place.id, *place.part_of),
                topics=(policy.id,),
                confirmed=policy.confirmed,
                sources=policy.sources,
            )
        )
    return items


_COMMON_WORDS = {
    "the",
    "and",
    "for",
    "act",
    "form",
    "city",
    "state",
    "law",
    "program",
    "policy",
    "variants",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(w.rstrip("s") for w in re.findall(r"[a-z0-9-]{3,}", text.casefold()))


class _TermWords:
    """A term, the words of its names, and the words of its name and meaning."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self.names = _words(" ".join((term.term, *term.aliases))) - _COMMON_WORDS
        self.all = _words(f"{term.term} {term.text}")

    def is_apart(self, other: _TermWords) -> bool:
        """Return True if no word of either term's names is in the entry of the other."""
        return not (self.names & other.all or other.names & self.all)

    def names_itself(self) -> bool:
        """Return True if the meaning has all words of the name."""
        own = _words(re.sub(r"\(.*?\)", "", self.term.term)) - _COMMON_WORDS
        return own <= _words(self.term.text)


def _term_items(facts: SureFacts, chance: Random) -> list[QuizItem]:
    words = [_TermWords(term) for term in facts.terms()]
    items = []
    for word in words:
        if word.names_itself():
            continue  # the meaning would tell the answer
        term = word.term
        wrong = [(w.term.id, w.term.term) for w in words if word.is_apart(w)]
        if len(wrong) < 2:
            continue
        options, right = _choose(chance, (term.id, term.term), wrong)
        items.append(
            QuizItem(
                id=f"term:{term.id}",
                kind="term",
                question=f"Which word means this? {term.text}",
                options=tuple(text for _, text in options),
                keys=tuple(key for key, _ in options),
                right=right,
                record=f"{term.term}: {term.text}",
                places=(),
                topics=term.policies,
                confirmed=term.confirmed,
                sources=term.sources,
            )
        )
    return items


VERDICT_TEXTS = {
    "supported": "The record supports it.",
    "contradicted": "The record says otherwise.",
    "outdated": "It was so, and no longer is.",
}
"""Each verdict on a claim as an answer, in plain words."""


def _claim_items(facts: SureFacts, chance: Random) -> list[QuizItem]:
    items = []
    for claim in facts.claims():
        options = list(VERDICT_TEXTS.items())
        items.append(
            QuizItem(
                id=f"claim:{claim.id}",
                kind="claim",
                question=f"How does this claim stand? “{claim.text}”",
                options=tuple(text for _, text in options),
                keys=tuple(key for key, _ in options),
                right=list(VERDICT_TEXTS).index(claim.check.status),
                record=claim.check.note,
                places=claim.about.jurisdictions,
                topics=_subjects(claim),
                confirmed=None,
                sources=claim.check.sources,
            )
        )
    return items


def _subjects(claim: Claim) -> tuple[str, ...]:
    return (*claim.about.topics, *claim.about.policies)


_MAKERS: dict[str, Callable[[SureFacts, Random], list[QuizItem]]] = {
    "rule": _rule_items,
    "place": _place_items,
    "official": _official_items,
    "year": _year_items,
    "term": _term_items,
    "claim": _claim_items,
}


def in_turn(
    groups: Iterable[Sequence[QuizItem]], count: int, *, restricting_first: bool
) -> list[QuizItem]:
    """Return questions, one of each group in turn, no two of them on one fact.

    Args:
        groups: Questions by kind.
        count: How many at most.
        restricting_first: Rules that restrict cooperation and rules that do not take turns; True if
            one that restricts is taken first, and so has one more where their number is odd.
    """
    left = [list(group) for group in groups]
    found: list[QuizItem] = []
    while any(left) and len(found) < count:
        for group in left:
            seen = {item.fact for item in found}
            group[:] = [item for item in group if item.fact not in seen]
            if group and len(found) < count:
                found.append(_next_of(group, found, restricting_first=restricting_first))
    return found


def _next_of(
    group: list[QuizItem], found: Sequence[QuizItem], *, restricting_first: bool
) -> QuizItem:
    """Remove the last question from a group and return it; of rules, of the rarer direction."""
    sides = [item.is_restricting for item in found]
    restricting, others = sides.count(True), sides.count(False)
    wanted = restricting_first if restricting == others else restricting < others
    last = next(
        (item for item in reversed(group) if item.is_restricting in (None, wanted)), group[-1]
    )
    group.remove(last)
    return last
