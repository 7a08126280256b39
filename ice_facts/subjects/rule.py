"""A rule that binds at a place."""

from __future__ import annotations

from msgspec import field

from ice_facts.model import Citation, Rule
from ice_facts.model.answers import Answer


class RuleInForce(Answer, frozen=True, kw_only=True):
    """A rule that binds at a place, and whose rule it is."""

    dimension: str
    stance: str
    text: str
    jurisdiction: str
    policy: str | None
    start: str | None = field(name="from")
    until: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]
    note: str | None

    @classmethod
    def of(cls, rule: Rule, jurisdiction: str) -> RuleInForce:
        """Make the row of one rule of a jurisdiction."""
        return cls(
            dimension=rule.dimension,
            stance=rule.stance,
            text=rule.text,
            jurisdiction=jurisdiction,
            policy=rule.policy,
            start=rule.start,
            until=rule.until,
            confirmed=rule.confirmed,
            sources=rule.sources,
            note=rule.note,
        )
