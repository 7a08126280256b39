"""Checking an overlay on the store that it is laid over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ice_facts.validate import files
from ice_facts.validate.tables import Problem, Tables


def merged_tables(root: Path, base: Path) -> tuple[list[tuple[str, str, Problem]], Tables, Tables]:
    """Read an overlay and the store under it.

    Args:
        root: Folder of the overlay.
        base: Folder of the store.

    Returns:
        The problems of the overlay's files, the tables of the store with the overlay laid over
        them, and those of the store alone. Files of the store are named with its folder.
    """
    under, over, both = Tables(), Tables(), Tables()
    for _ in files.read_tables(base, under):
        pass  # the store's own problems are its own
    found = list(files.read_tables(root, over, is_overlay=True))
    for table, entries in under.entries.items():
        under.entries[table] = {
            id: entry._replace(file=str(base / entry.file)) for id, entry in entries.items()
        }
        both.entries[table] = {**under.entries[table], **over.entries[table]}
    for id in over.entries["jurisdictions"]:
        both.entries["places"].pop(id, None)  # as the store reads it
    both.incomplete = under.incomplete | over.incomplete
    return found, both, under


def without(
    found: Iterator[tuple[str, str, Problem]], known: Iterator[tuple[str, str, Problem]]
) -> list[tuple[str, str, Problem]]:
    """Return the problems that are not among those that are known."""
    old = set(known)
    return [problem for problem in found if problem not in old]
