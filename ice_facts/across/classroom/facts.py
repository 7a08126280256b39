"""The sure facts of a store, which may be asked in class.

A fact is sure if it is confirmed, cites a source that somebody has read, is neither unknown nor
disputed, and has no doubt in its notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ice_facts.dates import first_day, holds_on
from ice_facts.model import (
    Citation,
    Claim,
    Dispute,
    Jurisdiction,
    Official,
    Policy,
    Rule,
    Source,
    Term,
)
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.vocabulary import DIMENSIONS, DIRECTED_STANCES, RESTRICTING

CONTRARY_STANCES = {
    "prohibits": ("permits", "forbids-limits", "requires"),
    "limits": ("forbids-limits", "requires"),
    "permits": ("prohibits",),
    "forbids-limits": ("prohibits", "limits"),
    "requires": ("prohibits", "limits"),
}
"""By stance, the stances that cannot hold at the same time.

To limit is near to both its neighbours, and who requires also permits: neither is the wrong answer
to the other.
"""

STANCE_VERBS = {
    "prohibits": "forbids",
    "limits": "sets limits on",
    "permits": "allows",
    "forbids-limits": "bans local limits on",
    "requires": "requires",
}
"""Every stance as a verb, in plain words."""

DIMENSION_PHRASES = {
    "detainers": "holding people longer for ICE",
    "287g": "287(g) agreements with ICE",
    "status-inquiries": "asking about immigration status",
    "jail-access": "letting ICE into jails",
    "release-notice": "telling ICE when a person gets out",
    "transfer-to-ice": "handing people over to ICE",
    "information-sharing": "sharing information with ICE",
    "property-access": "immigration agents on public property",
    "detention-contract": "renting jail space to ICE",
    "general-assistance": "general help for ICE",
}
"""Every dimension as a thing that a rule can forbid or require, in plain words."""

_DISPUTED_WORDS = {
    "detainers": ("detainer",),
    "287g": ("287(g)", "287g"),
    "transfer-to-ice": ("transfer",),
    "information-sharing": ("information", "data"),
    "property-access": ("property",),
    "jail-access": ("jail", "access"),
    "release-notice": ("notice", "release"),
    "status-inquiries": ("status", "inquir"),
    "detention-contract": ("contract",),
    "general-assistance": ("assist", "help"),
}
"""By dimension, words that show that a dispute is on it."""

_DOUBT = re.compile(
    r"\bnot (confirmed|known|found|among|clear|certain|binding|seen|been)|\bheading\b|\bdisput|"
    r"\bunclear|\bdoes not name|\bno section|\bneither text|\btakes for granted|\bcontest|"
    r"\benjoin|\bpractice\b|\bdisagree|\bconflict|\bquestion",
    re.IGNORECASE,
)
"""Words in a note that cast doubt on its fact: no answer on it may be marked right or wrong."""


class PlaceRule(Struct, frozen=True):
    """A sure rule, and the place that made it."""

    place: Jurisdiction
    rule: Rule

    @property
    def id(self) -> str:
        """Place and dimension: what the ids of questions on it end with."""
        return f"{self.place.id}:{self.rule.dimension}"

    @property
    def is_restricting(self) -> bool:
        """Whether it restricts cooperation.

        Sheets have as many rules that do as rules that do not, however many of each are on record.
        """
        return self.rule.stance in RESTRICTING

    @property
    def words(self) -> str:
        """What the rule does, without its place: "forbids sharing information with ICE"."""
        return f"{STANCE_VERBS[self.rule.stance]} {DIMENSION_PHRASES[self.rule.dimension]}"


class PlaceOfficial(Struct, frozen=True):
    """A sure term of office, and its place."""

    place: Jurisdiction
    official: Official


def leaves_no_doubt(note: str | None) -> bool:
    """Return True if a note casts no doubt on its fact."""
    return not note or _DOUBT.search(note) is None


class SureFacts:
    """The sure facts of a store on a date.

    Args:
        store: Where to look.
        on: The date.
    """

    def __init__(self, store: Store, on: str) -> None:
        self.store = store
        self.on = on
        self.places = {place.id: place for place in store.all(Jurisdiction)}
        self._policies: dict[str, Policy] = {}
        self._overlaid = {id: name for ids in store.overlaid.values() for id, name in ids.items()}

    def rules(self) -> list[PlaceRule]:
        """Return the sure rules in force, at most one for a place and a dimension."""
        return [
            found
            for place in self.places.values()
            for dimension in DIMENSIONS
            if (found := self._rule(place, dimension))
        ]

    def _rule(self, place: Jurisdiction, dimension: str) -> PlaceRule | None:
        rules = list(self.possible_rules(place, dimension))
        # Two stances on one thing, or one on a part of it, have no short answer; what a body does
        # is no rule of its own.
        if (
            any(rule.scope or rule.practice for rule in rules)
            or len({rule.stance for rule in rules}) != 1
            or rules[0].stance not in DIRECTED_STANCES
        ):
            return None
        if _is_disputed(place.disputed, dimension):
            return None
        return PlaceRule(place, rules[0]) if all(map(self._is_sure, rules)) else None

    def possible_rules(self, place: Jurisdiction, dimension: str) -> Iterator[Rule]:
        """Yield the rules of a place on a dimension that may be in force, sure or not."""
        for rule in place.rules:
            # One without a start may be older: it makes a right answer doubtful.
            if rule.dimension == dimension and holds_on(rule.start or "0001", rule.until, self.on):
                yield rule

    def possible_stances(self, place: Jurisdiction, dimension: str) -> set[str]:
        """Return the stances of the possible rules of a place and of what it is part of."""
        above = [self.places[id] for id in place.part_of if id in self.places]
        return {r.stance for p in (place, *above) for r in self.possible_rules(p, dimension)}

    def _is_sure(self, rule: Rule) -> bool:
        if not rule.confirmed or not self.cites_a_source_read(rule.sources):
            return False
        if not holds_on(rule.start, rule.until, self.on, rule.confirmed):
            return False
        if not leaves_no_doubt(rule.note) or not leaves_no_doubt(rule.text):
            return False
        if not rule.policy:
            return True
        policy = self.policy(rule.policy)
        return policy.status == "in force" and not policy.disputed

    def policy(self, id: str) -> Policy:
        """Return the policy with an id; it is read from the store only once."""
        if id not in self._policies:
            self._policies[id] = self.store.one(Policy, id)
        return self._policies[id]

    def cites_a_source_read(self, citations: Sequence[Citation]) -> bool:
        """Return True if somebody has read at least one of the cited sources."""
        return any(source.read for source in self.sources(citations))

    def sources(self, citations: Iterable[Citation]) -> list[Source]:
        """Return the sources that are cited."""
        return self.store.many(Source, dict.fromkeys(c.id for c in citations))

    def overlay_of(self, id: str, citations: Iterable[Citation]) -> str | None:
        """Return the name of the overlay that a fact is from, by its record or its sources."""
        ids = (id, *(citation.id for citation in citations))
        return next((self._overlaid[id] for id in ids if id in self._overlaid), None)

    def officials(self) -> list[PlaceOfficial]:
        """Return the sure terms of office with a known start."""
        return [
            PlaceOfficial(place, official)
            for place in self.places.values()
            for official in place.officials
            if official.confirmed
            and official.start
            and not official.acting
            and leaves_no_doubt(official.note)
            and self.cites_a_source_read(official.sources)
            # A term as its last day: what began later than the date is not known on it.
            and first_day(official.start) <= first_day(self.on)
        ]

    def possible_holders(self, place: Jurisdiction, office: str, day: str) -> set[str]:
        """Return the keys of the names of all who may have held an office on a day, sure or not."""
        return {
            key_of(o.name)
            for o in place.officials
            if o.office == office
            and (not o.start or first_day(o.start) <= day)
            and (not o.until or first_day(o.until) >= day)
        }

    def terms(self) -> list[Term]:
        """Return the sure entries of the glossary."""
        return [
            term
            for term in self.store.all(Term)
            if term.confirmed and leaves_no_doubt(term.note) and not _DOUBT.search(term.text)
        ]

    def policies(self) -> list[Policy]:
        """Return the laws whose date of enactment is sure."""
        return [
            policy
            for policy in self.store.all(Policy)
            if policy.confirmed
            and policy.enacted
            and policy.kind in ("statute", "ordinance", "executive order")
            and policy.status in ("in force", "superseded", "repealed")
            and not policy.disputed
            and leaves_no_doubt(policy.note)
            and first_day(policy.enacted) <= first_day(self.on)
            and self.cites_a_source_read(policy.sources)
        ]

    def claims(self) -> list[Claim]:
        """Return the claims whose check is sure and has no reservation, such as a "but"."""
        return [
            claim
            for claim in self.store.all(Claim)
            if claim.kind in ("fact", "definition")
            and not claim.columns
            and claim.check.status in ("supported", "contradicted", "outdated")
            and "article" not in claim.text
            and not re.search(
                r"\b(but|incomplete|partly|only|however|although|not all|some|gives no|neither)\b",
                claim.check.note,
            )
            and leaves_no_doubt(claim.check.note)
            and self.cites_a_source_read(claim.check.sources)
        ]


def _is_disputed(disputes: Sequence[Dispute], dimension: str) -> bool:
    words = _DISPUTED_WORDS[dimension]
    return any(word in dispute.about.casefold() for dispute in disputes for word in words)


def name_with_state(place: Jurisdiction) -> str:
    """Return the name of a place, with its state unless it is one."""
    return f"{place.name}, {place.state}" if place.state and place.level != "state" else place.name
