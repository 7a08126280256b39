"""The rows of ``positions``."""

from ice_facts.model import Citation, Source
from ice_facts.results.parts import Answer


class PositionRow(Answer, frozen=True, kw_only=True):
    """Who thinks what of a policy or topic, and who says so.

    ``origin`` is ``record``, or ``article`` for a row of an article's stance table; then ``id``
    is the claim's, and ``status`` and ``check`` tell how it stands against the record. ``holder``
    names who held the office on the date, where the stakeholder is an office.
    """

    id: str
    origin: str
    stakeholder: str
    name: str
    kind: str
    jurisdiction: str | None
    holder: str | None
    stance: str
    policy: str | None
    topic: str | None
    on: str
    text: str
    concern: str | None
    remedy: str | None
    date: str | None
    status: str | None
    check: str | None
    confirmed: str | None
    note: str | None
    sources: tuple[Citation, ...]


class PositionsFound(Answer, frozen=True, kw_only=True):
    """Positions with the subjects that the name stands for, and the sources they cite."""

    subjects: tuple[str, ...]
    rows: tuple[PositionRow, ...]
    sources: tuple[Source, ...]
