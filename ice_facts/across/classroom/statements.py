"""Statements to judge: supported, contradicted, outdated or not checkable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from ice_facts.across.classroom.facts import (
    CONTRARY_STANCES,
    DIMENSION_PHRASES,
    STANCE_VERBS,
    PlaceOfficial,
    SureFacts,
    name_with_state,
)
from ice_facts.dates import first_day, last_day
from ice_facts.model import Citation, Claim
from ice_facts.model.answers import Answer
from ice_facts.store.naming import key_of
from ice_facts.vocabulary import RESTRICTING

VERDICTS = ("supported", "contradicted", "outdated", "not-checkable")
"""The verdicts on statements, in the order in which a worksheet takes them in turn."""


class Statement(Answer, frozen=True, kw_only=True):
    """A statement to judge, with its verdict and what the record says."""

    id: str
    verdict: str
    text: str
    record: str
    places: tuple[str, ...]
    topics: tuple[str, ...]
    sources: tuple[Citation, ...]

    @property
    def says_restricting(self) -> bool | None:
        """Whether it says that a rule restricts cooperation; None if it is on no rule."""
        kind, *_, said = self.id.split(":")
        return said in RESTRICTING if kind == "rule" else None


def statements(facts: SureFacts, verdict: str, chance: Random) -> list[Statement]:
    """Return every statement that gets a verdict."""
    match verdict:
        case "supported":
            made = [*_rule_statements(facts, chance, true=True), *_claims(facts, verdict)]
        case "contradicted":
            made = [*_rule_statements(facts, chance, true=False), *_claims(facts, verdict)]
        case "outdated":
            made = [*_former_officials(facts), *_claims(facts, verdict)]
        case _:
            made = [*_opinions(facts)]
    return made


def _rule_statements(facts: SureFacts, chance: Random, *, true: bool) -> Iterator[Statement]:
    for found in facts.rules():
        stance = found.rule.stance
        said = stance if true else chance.choice(CONTRARY_STANCES[stance])
        # What a county or state adds could make the statement true after all.
        if not true and not facts.possible_stances(found.place, found.rule.dimension) <= {
            *CONTRARY_STANCES[said],
            "silent",
        }:
            continue
        yield Statement(
            id=f"rule:{found.id}:{said}",
            verdict="supported" if true else "contradicted",
            text=f"{name_with_state(found.place)} has a rule of its own that {STANCE_VERBS[said]}"
            f" {DIMENSION_PHRASES[found.rule.dimension]}.",
            record=found.rule.text,
            places=(found.place.id, *found.place.part_of),
            topics=tuple(filter(None, (found.rule.dimension, found.rule.policy))),
            sources=found.rule.sources,
        )


def _claims(facts: SureFacts, status: str) -> Iterator[Statement]:
    for claim in facts.claims():
        if claim.check.status == status:
            yield Statement(
                id=f"claim:{claim.id}",
                verdict=status,
                text=claim.text,
                record=claim.check.note,
                places=claim.about.jurisdictions,
                topics=(*claim.about.topics, *claim.about.policies),
                sources=claim.check.sources,
            )


def _former_officials(facts: SureFacts) -> Iterator[Statement]:
    for one in facts.officials():
        place, official = one.place, one.official
        now = _holder_now(facts, one)
        if not official.until or first_day(official.until) > first_day(facts.on) or not now:
            continue
        # Who came back is no former official.
        if key_of(official.name) in facts.possible_holders(
            place, official.office, first_day(facts.on)
        ):
            continue
        of = "" if place.level == "federal" else f" of {name_with_state(place)}"
        yield Statement(
            id=f"official:{place.id}:{key_of(official.office)}:{key_of(official.name)}",
            verdict="outdated",
            text=f"{official.name} is {official.office}{of}.",
            record=f"{official.name} was {official.office} until {official.until}."
            f" {now.official.name} has been since {now.official.start}.",
            places=(place.id, *place.part_of),
            topics=(),
            sources=(*official.sources, *now.official.sources),
        )


def _holder_now(facts: SureFacts, one: PlaceOfficial) -> PlaceOfficial | None:
    """Return the holder of the same office on the date, if there is one sure holder."""
    today = [
        other
        for other in facts.officials()
        if other.place.id == one.place.id
        and other.official.office == one.official.office
        and not other.official.until
        and last_day(other.official.start or "") <= facts.on
    ]
    return today[0] if len(today) == 1 else None


def _opinions(facts: SureFacts) -> Iterator[Statement]:
    for claim in facts.store.all(Claim):
        if (
            claim.check.status == "not-checkable"
            and claim.kind in ("opinion", "prediction", "recommendation")
            and not claim.columns
            and not re.search("article|^Summary", claim.text)
        ):
            yield Statement(
                id=f"claim:{claim.id}",
                verdict="not-checkable",
                text=claim.text,
                record=claim.check.note or _WHY_NOT[claim.kind],
                places=claim.about.jurisdictions,
                topics=(*claim.about.topics, *claim.about.policies),
                sources=(Citation(id=claim.article, locator=claim.locator),),
            )


_WHY_NOT = {
    "opinion": "A view. No record can show it true or false.",
    "prediction": "It is about the future.",
    "recommendation": "It says what should be done. No record can show it true or false.",
}
