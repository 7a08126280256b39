"""The answers of ``compare``: rows of cells, one cell per thing compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from msgspec import field

from ice_facts.model import Citation, Dispute, Source
from ice_facts.model.answers import Answer, filled
from ice_facts.subjects.rule import RuleInForce


class CompareEntry(Answer, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a cell says; what it does not have is left out.

    ``value`` is a name, number or word; ``stance`` is a rule's or a position's; ``jurisdiction``
    tells whose rule, office or list entry it is; ``status`` is that of a check or a policy, or
    ``unknown`` where nothing was found either way. ``known_until`` is the date of the last list
    that has it, where a later one has not or was not read.
    """

    value: str | int | float | None = None
    high: int | float | None = None
    qualifier: str | None = None
    unit: str | None = None
    period: str | None = None
    stance: str | None = None
    text: str | None = None
    concern: str | None = None
    remedy: str | None = None
    jurisdiction: str | None = None
    policy: str | None = None
    claim: str | None = None
    status: str | None = None
    start: str | None = field(name="from", default=None)
    until: str | None = None
    known_until: str | None = None
    date: str | None = None
    confirmed: str | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()

    @classmethod
    def of_rule(cls, rule: RuleInForce) -> CompareEntry:
        """Make the entry of one rule."""
        return filled(cls, rule)

    @classmethod
    def of_accounts(cls, dispute: Dispute) -> tuple[CompareEntry, ...]:
        """Make an entry of each source's account in a dispute; none is given a verdict."""
        return tuple(
            cls(
                value=account.value,
                text=account.text or None,
                status="disputed",
                note=dispute.note,
                sources=account.sources,
            )
            for account in dispute.accounts
        )

    @property
    def certain(self) -> bool:
        """Whether the entry needs no mark: it is confirmed, or has a status of its own."""
        return self.confirmed is not None or self.status is not None or not self.sources


Cells = dict[str, tuple[CompareEntry, ...]]


UNKNOWN = (CompareEntry(status="unknown"),)
"""A cell about which nothing was found either way."""


class CompareRow(Answer, frozen=True, kw_only=True):
    """What is compared, and each one's cell by id; an empty cell: the row does not apply to it."""

    section: str
    key: str
    label: str
    differs: bool
    cells: Cells

    @classmethod
    def of(
        cls,
        section: str,
        key: str,
        label: str,
        cells: Cells,
        mark: Callable[[CompareEntry, str], Hashable] | None = None,
    ) -> CompareRow:
        """Make a row; its cells differ if the marks of their entries do.

        Args:
            section: Key of the group of rows that it is in.
            key: What it is called by.
            label: Its title.
            cells: Its entries by what is compared.
            mark: Returns what of an entry counts, given the id of its cell; without it, the
                stance counts or, where there is none, what the entry says.
        """
        marks = {
            frozenset(
                mark(e, id) if mark else e.stance or e.value or e.status or e.text for e in entries
            )
            for id, entries in cells.items()
        }
        return cls(section=section, key=key, label=label, differs=len(marks) > 1, cells=cells)


class Comparison(Answer, frozen=True, kw_only=True):
    """Two or more jurisdictions, policies or stakeholders side by side on one date."""

    kind: str
    names: tuple[str, ...]
    as_of: str
    rows: tuple[CompareRow, ...]
    sources: tuple[Source, ...]


class RuleChange(Answer, frozen=True, kw_only=True):
    """A rule that began or ended between two dates, and the instrument that did it.

    ``before`` is the stance that it replaced. ``instrument`` is the title of ``policy``;
    ``amendment`` says what changed in it on that day and ``amended_by`` by which other policy, if
    the record tells.
    """

    date: str
    change: str
    stance: str
    before: str | None
    text: str
    jurisdiction: str
    policy: str | None
    instrument: str | None
    amendment: str | None
    amended_by: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]


class ChangedRow(CompareRow, frozen=True, kw_only=True):
    """A row of one place at two dates, with what changed in between; its cells are by date."""

    changes: tuple[RuleChange, ...]


class DatedComparison(Answer, frozen=True, kw_only=True):
    """One place compared with itself at two dates."""

    kind: str
    names: tuple[str, ...]
    as_of: str
    with_date: str = field(name="with")
    rows: tuple[ChangedRow, ...]
    sources: tuple[Source, ...]
