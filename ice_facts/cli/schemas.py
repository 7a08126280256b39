"""What each command answers, so that its JSON has a published schema."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from ice_facts.across.about import StoreInfo
from ice_facts.across.cite import CitedSource
from ice_facts.across.classroom.cards import GlossaryCard
from ice_facts.across.classroom.lesson import Lesson, LessonRow
from ice_facts.across.classroom.quiz import Asked
from ice_facts.across.classroom.sides import Sides
from ice_facts.across.classroom.slides import SlideRow
from ice_facts.across.classroom.spotlight import Spotlight
from ice_facts.across.classroom.worksheet import Task
from ice_facts.across.compare.entries import Comparison
from ice_facts.across.nearest.answer import NearHit
from ice_facts.across.rules import RuleRow
from ice_facts.across.search.query import Hit
from ice_facts.across.series.chart import ChartAnswer
from ice_facts.across.series.statemap import MapAnswer
from ice_facts.across.timeline.entries import TimelineEntry
from ice_facts.cli.export import ExportedTable
from ice_facts.model import Claim, Event, FormerAgreement, Term
from ice_facts.subjects.agreement.counts import AgreementCount
from ice_facts.subjects.agreement.listed import AgreementRow
from ice_facts.subjects.agreement.one import AgreementCard
from ice_facts.subjects.claim import ClaimCard
from ice_facts.subjects.event import EventCard
from ice_facts.subjects.place.card import JurisdictionCard
from ice_facts.subjects.place.listing import JurisdictionRow
from ice_facts.subjects.policy.brief import PolicyBrief
from ice_facts.subjects.policy.card import PolicyCard
from ice_facts.subjects.position.card import PositionCard
from ice_facts.subjects.position.rows import PositionRow
from ice_facts.subjects.source import SourceCard, SourceRow
from ice_facts.subjects.stakeholder import StakeholderCard, StakeholderRow
from ice_facts.subjects.statistic import NumberRow, StatisticCard
from ice_facts.subjects.term import TermCard
from ice_facts.subjects.topic import TopicCard, TopicRow

CARDS: dict[str, tuple[type[Struct], ...]] = {
    "city": (JurisdictionCard,),
    "county": (JurisdictionCard,),
    "state": (JurisdictionCard,),
    "policy": (PolicyCard,),
    "stakeholder": (StakeholderCard,),
    "topic": (TopicCard,),
    "term": (TermCard,),
    "claim": (ClaimCard,),
    "source": (SourceCard,),
    "show": (
        JurisdictionCard,
        PolicyCard,
        StakeholderCard,
        TopicCard,
        TermCard,
        ClaimCard,
        SourceCard,
        EventCard,
        StatisticCard,
        PositionCard,
        AgreementCard,
    ),
    "lesson": (Lesson, LessonRow),
}
"""Commands that answer one name with an object and several with an array of them."""


OBJECTS: dict[str, tuple[type[Struct], ...]] = {
    "compare": (Comparison,),
    "chart": (ChartAnswer,),
    "map": (MapAnswer,),
    "spotlight": (Spotlight,),
    "sides": (Sides,),
    "data": (StoreInfo,),
}
"""Commands that answer with one object (``data`` stands for ``data info``)."""


LISTS: dict[str, tuple[type[Struct], ...]] = {
    "search": (Hit,),
    "check": (NearHit,),
    "cite": (CitedSource,),
    "positions": (PositionRow,),
    "timeline": (TimelineEntry,),
    "cities": (JurisdictionRow,),
    "counties": (JurisdictionRow,),
    "states": (JurisdictionRow,),
    "rules": (RuleRow,),
    "policies": (PolicyBrief,),
    "stakeholders": (StakeholderRow,),
    "topics": (TopicRow,),
    "terms": (Term,),
    "claims": (Claim,),
    "events": (Event,),
    "sources": (SourceRow,),
    "agreements": (AgreementRow, AgreementCount, FormerAgreement),
    "statistics": (NumberRow,),
    "export": (ExportedTable,),
    "slides": (SlideRow,),
    "worksheet": (Task,),
    "quiz": (Asked,),
    "cards": (GlossaryCard,),
}
"""Commands that answer with an array."""


def answer_schema(command: str) -> dict[str, Any]:
    """Return the JSON Schema of what a command prints with ``--format json``.

    Args:
        command: A key of `CARDS`, `OBJECTS` or `LISTS`.
    """
    classes = CARDS.get(command) or OBJECTS.get(command) or LISTS[command]
    schemas, definitions = msgspec.json.schema_components(classes, ref_template="#/$defs/{name}")
    one = schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}
    many = {"type": "array", "items": one}
    shape = {"anyOf": [one, many]} if command in CARDS else many if command in LISTS else one
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"ice-facts {command} --format json",
        **shape,
        "$defs": definitions,
    }
