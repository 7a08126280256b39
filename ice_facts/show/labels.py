"""Names for ids: what readers see in place of the ids in an answer."""

from __future__ import annotations

from ice_facts.model import (
    SUBJECT_OF,
    TABLES,
    Event,
    Jurisdiction,
    Place,
    Policy,
    Position,
    Source,
    Stakeholder,
    Topic,
)
from ice_facts.store import Store


class Labels:
    """The names that readers see for the ids in an answer."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def place(self, id: str) -> str:
        """Return the name of a jurisdiction."""
        return self.store.one(Jurisdiction, id).name

    def policy(self, id: str) -> str:
        """Return the short title of a policy."""
        return self.store.one(Policy, id).short

    def topic(self, id: str) -> str:
        """Return the name of a topic."""
        return self.store.one(Topic, id).name

    def stakeholder(self, id: str) -> str:
        """Return the name of a stakeholder."""
        return self.store.one(Stakeholder, id).name

    def article(self, id: str) -> str:
        """Return the title of an article."""
        return self.store.one(Source, id).title

    def target(self, position: Position) -> str:
        """Return the name of what a position is on."""
        if position.policy:
            return self.policy(position.policy)
        return self.topic(position.topic or "")

    def record(self, table: str, id: str) -> str:
        """Return what a fact belongs to: a place's name, or the kind of record with its name."""
        cls = TABLES[table]
        record = self.store.one(cls, id)
        names = (getattr(record, key, "") for key in ("short", "name", "term", "title", "measure"))
        name = next((name for name in names if name), id)
        return name if cls in (Jurisdiction, Place) else f"{SUBJECT_OF[cls].word or table} {name}"

    def any(self, id: str) -> str:
        """Return the name of a place, policy, stakeholder or event."""
        for cls in (Jurisdiction, Policy, Stakeholder):
            record = self.store.get(cls, id)
            if record is not None:
                return getattr(record, "short", "") or str(getattr(record, "name", id))
        event = self.store.get(Event, id)
        return event.title if event else id
