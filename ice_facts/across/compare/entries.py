"""The answers of ``compare``: rows of cells, one cell per thing compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from msgspec import field

from ice_facts.model import Citation, Source
from ice_facts.model.answers import Answer, filled
from ice_facts.subjects.rule import RuleInForce, whole_text


class CompareEntry(Answer, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a cell; JSON leaves out the fields without a value.

    ``value`` is a name, number or word; ``stance`` is a rule's or a position's; ``jurisdiction``
    is the place whose rule, office or list entry this is; ``status`` is that of a check or a
    policy, or ``unknown`` where nothing was found either way. ``known_until`` is the date of the
    last list that has it, where it is not on a later list or no later list was read.
    """

    value: str | int | float | None = None
    high: int | float | None = None
    qualifier: str | None = None
    unit: str | None = None
    period: str | None = None
    stance: str | None = None
    text: str | None = None
    scope: str | None = None
    practice: bool = False
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

    @property
    def certain(self) -> bool:
        """True if the entry is confirmed, or has the status of a check, or cites nothing."""
        checked = self.status is not None and "enjoined" not in self.status
        return self.confirmed is not None or checked or not self.sources


Cells = dict[str, tuple[CompareEntry, ...]]


UNKNOWN = (CompareEntry(status="unknown"),)
"""A cell about which nothing was found either way."""


def rule_entry(rule: RuleInForce, status: str = "") -> CompareEntry:
    """Return the entry of a rule, with all that it says in its text.

    Args:
        rule: The rule.
        status: What a court has stopped of its law.
    """
    return filled(CompareEntry, rule, text=whole_text(rule), status=status or None)


class CompareRow(Answer, frozen=True, kw_only=True):
    """A row with a cell for each thing compared, by id; an empty cell: the row does not apply."""

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
        comparison_key: Callable[[CompareEntry, str], Hashable] | None = None,
    ) -> CompareRow:
        """Make a row; its cells differ if the comparison keys of their entries do.

        Args:
            section: Key of the group of rows.
            key: Key of the row.
            label: Title of the row.
            cells: The entries by the id of the thing compared.
            comparison_key: Returns the key by which an entry in the cell with an id counts as
                equal to others; the default is the stance or, without one, the value, status or
                text.
        """
        compared = {
            frozenset(
                comparison_key(e, id)
                if comparison_key
                else e.stance or e.value or e.status or e.text
                for e in entries
            )
            for id, entries in cells.items()
        }
        return cls(section=section, key=key, label=label, differs=len(compared) > 1, cells=cells)


class Comparison(Answer, frozen=True, kw_only=True):
    """Two or more jurisdictions, policies or stakeholders side by side on one date."""

    kind: str
    names: tuple[str, ...]
    as_of: str
    rows: tuple[CompareRow, ...]
    sources: tuple[Source, ...]


class RuleChange(Answer, frozen=True, kw_only=True):
    """A rule that began or ended between two dates, and the instrument of the change.

    ``before`` is the stance of the rule that it replaced. ``instrument`` is the title of
    ``policy``, ``amendment`` the text of the amendment to it on that day, and ``amended_by`` the
    policy that amended it, if it is on record.
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
    """A row of one place with a cell for each of two dates, and the changes in between."""

    changes: tuple[RuleChange, ...]


class DatedComparison(Answer, frozen=True, kw_only=True):
    """One place compared with itself at two dates."""

    kind: str
    names: tuple[str, ...]
    as_of: str
    with_date: str = field(name="with")
    rows: tuple[ChangedRow, ...]
    sources: tuple[Source, ...]
