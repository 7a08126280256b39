"""Statements to judge: supported, contradicted, once true, or not to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from ice_facts.across.classroom.facts import (
    CONTRARY,
    DOES,
    SAYS,
    PlaceOfficial,
    Record,
    whose,
)
from ice_facts.dates import first_day, last_day
from ice_facts.model import Citation, Claim
from ice_facts.model.answers import Answer
from ice_facts.store.naming import key_of

VERDICTS = ("supported", "contradicted", "outdated", "not-checkable")
"""How a statement of a worksheet can stand, in the order in which they are taken in turn."""


class Statement(Answer, frozen=True, kw_only=True):
    """A statement to judge: how it stands, and what the record says."""

    id: str
    verdict: str
    text: str
    record: str
    places: tuple[str, ...]
    topics: tuple[str, ...]
    sources: tuple[Citation, ...]


def statements(record: Record, verdict: str, chance: Random) -> list[Statement]:
    """Return every statement that stands so against the record."""
    match verdict:
        case "supported":
            made = [*_rule_statements(record, chance, true=True), *_claims(record, verdict)]
        case "contradicted":
            made = [*_rule_statements(record, chance, true=False), *_claims(record, verdict)]
        case "outdated":
            made = [*_former_officials(record), *_claims(record, verdict)]
        case _:
            made = [*_views(record)]
    return made


def _rule_statements(record: Record, chance: Random, *, true: bool) -> Iterator[Statement]:
    for found in record.rules():
        stance = found.rule.stance
        said = stance if true else chance.choice(CONTRARY[stance])
        # What a county or state adds could make the statement true after all.
        if not true and not record.reaching(found.place, found.rule.dimension) <= {
            *CONTRARY[said],
            "silent",
        }:
            continue
        yield Statement(
            id=f"rule:{found.id}:{said}",
            verdict="supported" if true else "contradicted",
            text=f"{whose(found.place)} has a rule of its own that {SAYS[said]}"
            f" {DOES[found.rule.dimension]}.",
            record=found.rule.text,
            places=(found.place.id, *found.place.part_of),
            topics=tuple(filter(None, (found.rule.dimension, found.rule.policy))),
            sources=found.rule.sources,
        )


def _claims(record: Record, status: str) -> Iterator[Statement]:
    for claim in record.claims():
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


def _former_officials(record: Record) -> Iterator[Statement]:
    for one in record.officials():
        place, official = one.place, one.official
        after = _after(record, one)
        if not official.until or first_day(official.until) > first_day(record.on) or not after:
            continue
        # Who came back is no former official.
        if key_of(official.name) in record.held_by(place, official.office, first_day(record.on)):
            continue
        of = "" if place.level == "federal" else f" of {whose(place)}"
        yield Statement(
            id=f"official:{place.id}:{key_of(official.office)}:{key_of(official.name)}",
            verdict="outdated",
            text=f"{official.name} is {official.office}{of}.",
            record=f"{official.name} was {official.office} until {official.until}."
            f" {after.official.name} has been since {after.official.start}.",
            places=(place.id, *place.part_of),
            topics=(),
            sources=(*official.sources, *after.official.sources),
        )


def _after(record: Record, one: PlaceOfficial) -> PlaceOfficial | None:
    """Return who holds the office today, if that is sure."""
    today = [
        other
        for other in record.officials()
        if other.place.id == one.place.id
        and other.official.office == one.official.office
        and not other.official.until
        and last_day(other.official.start or "") <= record.on
    ]
    return today[0] if len(today) == 1 else None


def _views(record: Record) -> Iterator[Statement]:
    for claim in record.store.all(Claim):
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
