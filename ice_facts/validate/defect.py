"""What is wrong in a store."""

from __future__ import annotations

from ice_facts.model.answers import Answer


class Defect(Answer, frozen=True, kw_only=True):
    """One thing that is wrong in a store, and what to do about it."""

    file: str
    id: str
    field: str
    problem: str
    remedy: str
