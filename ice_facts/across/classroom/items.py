"""Questions of a quiz: each made from one fact, with wrong answers that are never true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from random import Random

from ice_facts.across.classroom.facts import (
    CONTRARY,
    DOES,
    PlaceOfficial,
    PlaceRule,
    Record,
    whose,
)
from ice_facts.dates import first_day, last_day
from ice_facts.model import Citation, Claim, Policy, Term
from ice_facts.model.answers import Answer
from ice_facts.store.naming import key_of

KINDS = ("rule", "place", "official", "year", "term", "claim")
"""Kinds of question, in the order in which a quiz takes them in turn."""

MOST = 4
"""So many answers has a question at most."""


class QuizItem(Answer, frozen=True, kw_only=True):
    """A question with its answers, of which one is right, and what the record says.

    ``keys`` says for each of the ``options`` what it stands for: a stance, or an id or name.
    ``is_limiting`` says of a question on a rule whether the rule limits cooperation.
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
    is_limiting: bool | None = None

    @property
    def fact(self) -> str:
        """The fact that it is on, whichever kind of question it is."""
        return self.id.partition(":")[2]

    @property
    def of(self) -> str:
        """The id of the record that it is made of."""
        return self.id.split(":")[1]

    @property
    def answer(self) -> str:
        """The right answer."""
        return self.options[self.right]


Options = Sequence[tuple[str, str]]
"""Answers as pairs of key and text."""


def items_of(record: Record, kind: str, chance: Random) -> list[QuizItem]:
    """Return every question of a kind that the record can answer."""
    return _MAKERS[kind](record, chance)


def _choose(chance: Random, right: tuple[str, str], wrong: Options) -> tuple[Options, int]:
    """Return the right answer among wrong ones in a chance order, and its place."""
    options = [right, *chance.sample(list(wrong), min(len(wrong), MOST - 1))]
    chance.shuffle(options)
    return options, options.index(right)


_ANSWERS = {
    "prohibits": "It forbids this.",
    "limits": "It allows this only in some cases.",
    "permits": "It allows this, and does not require it.",
    "forbids-limits": "It bans local limits on this.",
    "requires": "It requires this.",
}
_OTHER_ANSWERS = CONTRARY | {"permits": ("prohibits", "requires")}
"""As answers on one rule, which say that what is allowed is not required."""


def _rule_items(record: Record, chance: Random) -> list[QuizItem]:
    items = []
    for found in record.rules():
        rule = found.rule
        stances = (rule.stance, *_OTHER_ANSWERS[rule.stance])
        wrong = [(s, _ANSWERS[s]) for s in stances[1:]]
        options, right = _choose(chance, (rule.stance, _ANSWERS[rule.stance]), wrong)
        items.append(
            _item(
                f"rule:{found.id}",
                "rule",
                f"{whose(found.place)}: what does its own rule do about {DOES[rule.dimension]}?",
                options,
                right,
                rule.text,
                found,
            )
        )
    return items


def _place_items(record: Record, chance: Random) -> list[QuizItem]:
    rules = record.rules()
    items = []
    for found in rules:
        stance, dimension = found.rule.stance, found.rule.dimension
        wrong = [
            (other.place.id, whose(other.place))
            for other in rules
            if other.place.level == found.place.level
            and other.rule.dimension == dimension
            and other.rule.stance in CONTRARY[stance]
            and record.reaching(other.place, dimension) <= {*CONTRARY[stance], "silent"}
        ]
        if len(wrong) < 2:
            continue
        options, right = _choose(chance, (found.place.id, whose(found.place)), wrong)
        items.append(
            _item(
                f"place:{found.id}",
                "place",
                f"Which {found.place.level}'s own rule {found.words}?",
                options,
                right,
                f"{whose(found.place)}: {found.rule.text}",
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
        is_limiting=found.is_limiting,
    )


def _official_items(record: Record, chance: Random) -> list[QuizItem]:
    found = record.officials()
    by_office: dict[str, list[PlaceOfficial]] = {}
    for one in found:
        by_office.setdefault(one.official.office, []).append(one)
    items = []
    for one in found:
        place, official = one.place, one.official
        # The day on which somebody read so; of a term that had ended by then, one in the midst.
        start = last_day(official.start or "")
        day = min(first_day(official.confirmed or ""), first_day(record.on))
        if official.until and first_day(official.until) <= day:
            day = _between(start, first_day(official.until))
        if day < start or record.held_by(place, official.office, day) != {key_of(official.name)}:
            continue
        names = {
            other.official.name: other.place.id == place.id
            for other in by_office[official.office]
            if key_of(other.official.name) != key_of(official.name)
        }
        near = [(n, n) for n, same in names.items() if same]
        far = [(n, n) for n, same in names.items() if not same]
        wrong = chance.sample(near, min(2, len(near)))
        wrong += chance.sample(far, min(MOST - 1 - len(wrong), len(far)))
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
    """Return an office with its place: the offices of the nation need none."""
    return (
        one.official.office
        if one.place.level == "federal"
        else f"{one.official.office} of {whose(one.place)}"
    )


def _between(start: str, end: str) -> str:
    """Return the day halfway between two days."""
    first, last = date.fromisoformat(start).toordinal(), date.fromisoformat(end).toordinal()
    return date.fromordinal((first + last) // 2).isoformat()


def years_of(policy: Policy) -> set[int]:
    """Return all years that the record names for a law."""
    dates = (policy.introduced, policy.enacted, policy.effective, policy.ended)
    named = [date for date in (*dates, *(a.date for a in policy.amended)) if date]
    texts = " ".join((policy.title, policy.short, policy.citation or ""))
    return {int(date[:4]) for date in named} | {
        int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", texts)
    }


def _year_items(record: Record, chance: Random) -> list[QuizItem]:
    items = []
    newest = int(record.on[:4])
    for policy in record.policies():
        year = int((policy.enacted or "")[:4])
        names = " ".join((policy.short, policy.title))
        place = record.places.get(policy.jurisdiction)
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


_SMALL = {
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


class _Word:
    """A term with the words of its names, and all words of its entry."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self.names = _words(" ".join((term.term, *term.aliases))) - _SMALL
        self.all = _words(f"{term.term} {term.text}")

    def is_apart(self, other: _Word) -> bool:
        """Tell whether nobody can mistake them: neither's name is in what is said of the other."""
        return not (self.names & other.all or other.names & self.all)

    def names_itself(self) -> bool:
        """Tell whether the meaning uses the name."""
        own = _words(re.sub(r"\(.*?\)", "", self.term.term)) - _SMALL
        return own <= _words(self.term.text)


def _term_items(record: Record, chance: Random) -> list[QuizItem]:
    words = [_Word(term) for term in record.terms()]
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


VERDICTS = {
    "supported": "The record supports it.",
    "contradicted": "The record says otherwise.",
    "outdated": "It was so, and no longer is.",
}
"""How a claim can stand, in plain words."""


def _claim_items(record: Record, chance: Random) -> list[QuizItem]:
    items = []
    for claim in record.claims():
        options = list(VERDICTS.items())
        items.append(
            QuizItem(
                id=f"claim:{claim.id}",
                kind="claim",
                question=f"How does this claim stand? “{claim.text}”",
                options=tuple(text for _, text in options),
                keys=tuple(key for key, _ in options),
                right=list(VERDICTS).index(claim.check.status),
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


_MAKERS: dict[str, Callable[[Record, Random], list[QuizItem]]] = {
    "rule": _rule_items,
    "place": _place_items,
    "official": _official_items,
    "year": _year_items,
    "term": _term_items,
    "claim": _claim_items,
}


def in_turn(
    groups: Iterable[Sequence[QuizItem]], count: int, *, limiting_first: bool
) -> list[QuizItem]:
    """Return so many questions, one of each group in turn, no two on one fact.

    Args:
        groups: Questions by kind.
        count: How many at most.
        limiting_first: Of rules, those that limit cooperation and the others are taken by turns:
            which of them comes first, and so has one more where their number is odd.
    """
    left = [list(group) for group in groups]
    found: list[QuizItem] = []
    while any(left) and len(found) < count:
        for group in left:
            seen = {item.fact for item in found}
            group[:] = [item for item in group if item.fact not in seen]
            if group and len(found) < count:
                found.append(_next_of(group, found, limiting_first=limiting_first))
    return found


def _next_of(group: list[QuizItem], found: Sequence[QuizItem], *, limiting_first: bool) -> QuizItem:
    """Take the last question out of a group; on rules, the last of the direction that has fewer."""
    sides = [item.is_limiting for item in found]
    limiting, others = sides.count(True), sides.count(False)
    wanted = limiting_first if limiting == others else limiting < others
    last = next((item for item in reversed(group) if item.is_limiting in (None, wanted)), group[-1])
    group.remove(last)
    return last
