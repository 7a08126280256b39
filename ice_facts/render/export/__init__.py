"""An export as files that other programs read: one module for each form.

Each has a function ``write(export, folder, step)`` that writes into an empty folder and calls
``step`` with the name of each table that it begins. The same export gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ice_facts.across.export.tables import LICENCE, LICENCE_NOTE, Export
from ice_facts.errors import UsageError

FORMS = ("sqlite", "parquet", "csv", "jsonl")

ENDINGS = {".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite"}
"""Endings of files that are exports by themselves."""

DATABASE = "ice-facts.db"
"""The database in a folder that is exported as SQLite."""

TITLE = "ice-facts: how US cities, counties and states deal with federal immigration enforcement"
HOME = "ice-facts"

Step = Callable[[str], None]


def write_export(export: Export, form: str, folder: Path, step: Step) -> None:
    """Write an export into an empty folder.

    Args:
        export: The tables.
        form: One of `FORMS`.
        folder: The folder.
        step: Called with the name of each table when it is begun.

    Raises:
        UsageError: A library that the form needs is not installed.
    """
    if form not in FORMS:
        raise UsageError(f"no form {form!r} of an export", [f"forms: {', '.join(FORMS)}"])
    import_module(f"{__name__}.{form}").write(export, folder, step)


def description(export: Export) -> str:
    """Return in words what an export holds and what its rows mean."""
    when = f"as of {export.as_of}" if export.as_of else "all times"
    return (
        f"The record of {export.version}, {when}. Every fact has citations (table citations:"
        " of_table and of_id name the row) with a locator in its source, and the day on which it"
        " was confirmed; an empty confirmed means that nobody has confirmed it yet. A fact holds"
        " from its day 'from' up to, not including, 'until'. Columns that end in _day have the"
        " first day of a date of which only the year or month is known. An unknown stance is not"
        " a no."
    )


def licence() -> str:
    """Return the licence in words."""
    return f"{LICENCE}. {LICENCE_NOTE}"
