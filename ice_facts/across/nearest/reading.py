"""How a sentence is read: its places, laws, terms, office, dimension, duty, years and numbers."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ice_facts.across.nearest.synonyms import (
    ACTOR_PATTERNS,
    CONDITION_PATTERN,
    DIMENSION_PATTERNS,
    DUTY_PATTERNS,
    LONG_FORMS,
    OFFICE_PATTERNS,
    SANCTUARY_BAN,
    first_of,
)
from ice_facts.across.search.query import folded
from ice_facts.model import Jurisdiction, Stakeholder
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.vocabulary import STATES

LONGEST_NAME = 7
"""The most words of a name that is looked for."""

MOST_WORDS = 400
"""The most words of a sentence in which names are looked for, from its start."""

_TOKEN = re.compile(r"[^\s,;:()\"“”?!]+(?:\([a-z]\))?")
_SECTION = re.compile(r"[§.’'/-]+$")


class SentenceReading(Struct, frozen=True, kw_only=True):
    """What a sentence speaks of.

    ``plain`` is the sentence in small letters. ``duty`` is a word of `DUTY_PATTERNS`, as "may not",
    or "do"; ``actor`` is who has the duty, in the words of ``binds``. ``defined`` is the id of the
    term with which the sentence begins. ``years`` and ``numbers`` leave out those in names.
    ``taken`` has remarks on names of several places: which one is meant, or that it is not clear.
    ``stakeholders`` has what each stakeholder is called in the plain sentence, and its id.
    """

    sentence: str
    plain: str
    places: tuple[Jurisdiction, ...] = ()
    policies: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    defined: str | None = None
    dimension: str | None = None
    is_about_bans: bool = False
    duty: str = "do"
    is_negated: bool = False
    actor: str | None = None
    office: str | None = None
    condition: str | None = None
    years: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    taken: tuple[str, ...] = ()
    stakeholders: tuple[tuple[str, str], ...] = ()


class _Name(Struct, frozen=True):
    """A name in a sentence: from which word to which, of which record."""

    start: int
    end: int
    table: str
    id: str
    text: str


def read(store: Store, index: sqlite3.Connection, sentence: str) -> SentenceReading:
    """Return what a sentence speaks of.

    Args:
        store: Where the names are.
        index: The index of its texts, which has the keys of the names.
        sentence: The sentence.
    """
    text = folded(sentence)
    for pattern, short in LONG_FORMS:
        text = re.sub(pattern, short, text, flags=re.IGNORECASE)
    words = [_SECTION.sub("", word) for word in _TOKEN.findall(text)][:MOST_WORDS]
    names = _names(index, words, is_shouted=text.isupper(), is_quiet=text == text.lower())
    places, taken = _places(store, names, text)
    policies = _longest(name for name in names if name.table == "policies")
    policies += _laws_of_places(index, words, places, policies)
    terms = _longest(name for name in names if name.table == "terms")
    plain = _without_accents(text).casefold()
    plain = re.sub(r"[‘’]", "'", plain)
    numbers, years = _numbers(text, [name.text for name in policies])
    spoken = re.sub(r"\b(?:ice|immigration|federal) (?:officers?|agents?|police)\b", "ice", plain)
    return SentenceReading(
        sentence=sentence,
        plain=plain,
        places=tuple(places),
        policies=tuple(dict.fromkeys(name.id for name in policies)),
        terms=tuple(dict.fromkeys(term.id for term in terms)),
        defined=next((term.id for term in terms if term.start <= 1), None),
        dimension=first_of(DIMENSION_PATTERNS, plain),
        is_about_bans=bool(re.search(SANCTUARY_BAN, plain)),
        duty=first_of(DUTY_PATTERNS, plain) or "do",
        is_negated=bool(re.search(r"\bnot\b|n't\b|\bnever\b|\bno longer\b|\bno\b", plain)),
        actor=first_of(ACTOR_PATTERNS, spoken),
        office=first_of(OFFICE_PATTERNS, plain),
        condition=_condition(plain),
        years=years,
        numbers=numbers,
        taken=tuple(taken),
        stakeholders=tuple(
            (re.sub(r"[‘’]", "'", _without_accents(name.text).casefold()), name.id)
            for name in _longest(name for name in names if name.table == "stakeholders")
        ),
    )


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _condition(plain: str) -> str | None:
    found = re.search(CONDITION_PATTERN, plain)
    return found.group() if found else None


def _names(
    index: sqlite3.Connection, words: Sequence[str], *, is_shouted: bool, is_quiet: bool
) -> list[_Name]:
    """Return the names of things in a sentence.

    A name of one word is one only where it is written as a name: with a capital or a digit, unless
    the whole sentence is in small letters. Names of two letters count only in capitals.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
            text = " ".join(words[start:end])
            key = key_of(text)
            if len(key) > 2 or (text.isupper() and not is_shouted):
                spans.setdefault(key, []).append((start, end))
    found = []
    for key, table, id in _with_keys(index, list(spans)):
        for start, end in spans[key]:
            text = " ".join(words[start:end])
            if table == "jurisdictions" and not (text[0].isupper() or is_quiet):
                continue
            if table == "policies" and end - start == 1 and not re.search(r"[A-Z\d]", text):
                continue
            found.append(_Name(start, end, table, id, text))
    return found


def _with_keys(index: sqlite3.Connection, keys: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    """Return key, table and id of the things that have one of some keys."""
    found: list[tuple[str, str, str]] = []
    for first in range(0, len(keys), 500):
        some = keys[first : first + 500]
        marks = ",".join("?" * len(some))
        found += index.execute(
            f"SELECT key, tbl, id FROM keys WHERE key IN ({marks}) ORDER BY key, id",
            some,
        )
    return found


def _longest(names: Iterable[_Name]) -> list[_Name]:
    """Return the names that do not stand inside longer ones, in their order in the sentence."""
    every = sorted(names, key=lambda n: (n.start - n.end, n.start))
    kept: list[_Name] = []
    for name in every:
        inside = any(
            o.start < name.end and name.start < o.end and (o.start, o.end) != (name.start, name.end)
            for o in kept
        )
        if not inside:
            kept.append(name)
    return sorted(kept, key=lambda name: (name.start, name.id))


_CITY_WORDS = r"\b(?:city|mayor|nypd|council|police commissioner|rikers)\b"


def _places(
    store: Store, names: Sequence[_Name], text: str
) -> tuple[list[Jurisdiction], list[str]]:
    """Return the places that a sentence names, and the remarks on names of several places.

    A state that only tells which city is meant ("Portland, Oregon") is left out. The agency of a
    place ("Chicago police", "NYPD") stands for the place.
    """
    own = [n for n in names if n.table == "jurisdictions" and n.id != "united-states"]
    spans = _longest(own)
    agencies = [n for n in names if n.table == "stakeholders" and n.end - n.start <= 4]
    places: dict[tuple[int, int], list[Jurisdiction]] = {}
    for name in spans:
        place = store.get(Jurisdiction, name.id)
        if place is not None:
            places.setdefault((name.start, name.end), []).append(place)
    if not places:
        for name in agencies:
            who = store.get(Stakeholder, name.id)
            if who and who.jurisdiction not in (None, "united-states") and who.kind == "agency":
                place = store.get(Jurisdiction, str(who.jurisdiction))
                if place is not None:
                    places.setdefault((name.start, name.end), []).append(place)
    states = {p.state for found in places.values() for p in found if p.level == "state"}
    starts = {start: found for (start, _), found in places.items()}
    meant: list[tuple[int, int, Jurisdiction]] = []
    texts = {(name.start, name.end): name.text for name in spans}
    taken: list[str] = []
    for (start, end), found in places.items():
        after = {p.state for p in starts.get(end, ()) if p.level == "state"}
        best = _best(found, states, after, text)
        typed = texts.get((start, end), "")
        both = _both(found, best, typed, text)
        meant += [(start, end, place) for place in both]
        if typed and not after and (said := _said_of(typed, found, both, text)):
            taken.append(said)
    kept = []
    for start, _, place in meant:
        is_context = any(e == start and place.id in other.part_of for _, e, other in meant)
        if not is_context:
            kept.append(place)
    return list({place.id: place for place in kept}.values()), taken


_STATE_WORDS = (
    r"\b(?:state|statewide|governor|legislature|legislators?|lawmakers|attorney general|sheriffs?"
    r"|counties|county|prisons?|senate)\b"
)


def _both(
    found: Sequence[Jurisdiction], best: Jurisdiction | None, name: str, text: str
) -> list[Jurisdiction]:
    """Return the place that is meant; with a state, the city of its name if "police" follows."""
    if best is None:
        return []
    cities = [p for p in found if p.level != "state" and _is_recorded(p) and p is not best]
    police = re.search(rf"\b{re.escape(name)}(?:'s|’s)? (?:police|cops)\b", text, re.IGNORECASE)
    if best.level == "state" and name and police and len(cities) == 1:
        return [best, *cities]
    return [best]


def _said_of(
    name: str, found: Sequence[Jurisdiction], meant: Sequence[Jurisdiction], text: str
) -> str | None:
    """Return the remark on a name of several places; None if the sentence says which it means."""
    if any(place.level == "state" for place in found):
        words = _STATE_WORDS if any(p.level == "state" for p in meant) else _CITY_WORDS
        if len(meant) == 1 and re.search(words, text, re.IGNORECASE):
            return None
    noted = sorted((p for p in found if _is_of_note(p)), key=_people, reverse=True)
    if len(noted) < 2:
        return None
    listed = " or ".join(map(_label, (meant if len(meant) > 1 else noted)[:4]))
    if not meant:
        return f"“{name}” can mean {listed}: write which"
    if len(meant) > 1:
        return f"“{name}” can mean {listed}: both are told"
    others = [place for place in noted if place is not meant[0]]
    return f"“{name}” is taken as {_label(meant[0])}, not {_label(others[0])}"


def _is_of_note(place: Jurisdiction) -> bool:
    return _is_recorded(place) or _people(place) >= LARGE


def _label(place: Jurisdiction) -> str:
    if place.level == "state":
        return f"the state of {place.name}"
    return f"{place.name}, {place.state}" if place.state else place.name


LARGE = 50_000
"""A place of which only the population is on record can be meant by its name alone if it has so
many people."""

FAR_LARGER = 4
"""A place with so many times the people of all others of its name is meant by the name.

This is for `check`; for names that somebody types alone it is `ice_facts.resolve.find.LARGER`.
"""


def _best(
    found: list[Jurisdiction], states: set[str | None], after: set[str | None], text: str
) -> Jurisdiction | None:
    """Return which of the places with one name is meant; None if that is not clear.

    Args:
        found: The places with the name.
        states: The states that the sentence names.
        after: The state that stands right after the name, as in "Portland, Oregon".
        text: The sentence.
    """
    if any(place.level == "state" for place in found):
        is_city = bool(re.search(_CITY_WORDS, text, re.IGNORECASE))
        large = [p for p in found if _is_recorded(p)]
        fitting = [p for p in large if (p.level == "state") != is_city] or large
        return fitting[0] if len(fitting) == 1 else None
    near = [p for p in found if p.state in (after or states)]
    if after:
        return near[0] if len(near) == 1 else None
    by_size = sorted(near or found, key=_people, reverse=True)
    first, others = by_size[0], by_size[1:]
    recorded = [place for place in by_size if _is_recorded(place)]
    if len(recorded) == 1 and _people(first) <= FAR_LARGER * _people(recorded[0]):
        return recorded[0]
    if recorded or _people(first) < LARGE:
        return None
    return first if _people(first) >= FAR_LARGER * sum(map(_people, others)) else None


def _is_recorded(place: Jurisdiction) -> bool:
    """Return True if more than a place's name and population is on record."""
    return bool(place.rules or place.officials) or place.level == "state"


def _people(place: Jurisdiction) -> int:
    return place.population.value if place.population else 0


def _laws_of_places(
    index: sqlite3.Connection,
    words: Sequence[str],
    places: Sequence[Jurisdiction],
    known: Sequence[_Name],
) -> list[_Name]:
    """Return the laws whose name in the record has that of their place: "Connecticut Trust Act"."""
    keys: dict[str, tuple[int, int]] = {}
    for place in places:
        around = (place.name, STATES.get(place.state or "", place.name))
        for start in range(len(words)):
            for end in range(start + 2, min(start + 4, len(words)) + 1):
                text = " ".join(words[start:end])
                for name in around:
                    keys[key_of(f"{text} {name}")] = (start, end)
                    keys[key_of(f"{name} {text}")] = (start, end)
    have = {name.id for name in known}
    return [
        _Name(*keys[key], table, id, " ".join(words[keys[key][0] : keys[key][1]]))
        for key, table, id in _with_keys(index, list(keys))
        if table == "policies" and id not in have
    ]


_FORMULA = re.compile(r"\b287\s?\(?g\)?|\b(?:SB|HB|AB|EO|Act|Prop|Section|§) ?\d+[-\w]*|\bI-\d+\w*")
_NUMBER = re.compile(r"(?<![\w.-])\d{1,3}(?:,\d{3})+(?![\w])|(?<![\w.-])\d+(?:\.\d+)?(?![\w%]*-\d)")
_DATED = re.compile(r"(?<![\d,.])(19[5-9]\d|20[0-4]\d)(?![\d,]*\d)")


def _numbers(text: str, names: Sequence[str]) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Return the numbers and the years in a sentence, but for those in names of laws."""
    rest = text
    for name in sorted(names, key=len, reverse=True):
        if not _DATED.fullmatch(name):
            # A year in the name of a law is one that the record can be asked about.
            rest = rest.replace(name, " ".join(_DATED.findall(name)))
    rest = _FORMULA.sub(" ", rest)
    years = tuple(dict.fromkeys(_DATED.findall(rest)))
    numbers = [n.replace(",", "") for n in _NUMBER.findall(_DATED.sub(" ", rest))]
    return tuple(float(n) for n in numbers), years
