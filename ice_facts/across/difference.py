"""What an overlay, or another version of the store, changes: the command ``data diff``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ice_facts.ask import Reply, Session, argument
from ice_facts.errors import NotFoundError, StoreError
from ice_facts.model import TABLES
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.store import Store


class Change(Answer, frozen=True, kw_only=True):
    """One field that differs, or a record that only one of the two stores has.

    ``change`` is added, removed or changed. Of an added or removed record there is no field, and
    its name stands in ``after`` or ``before``. Values are as in the files; what is not a text is
    written as JSON.
    """

    table: str
    id: str
    change: str
    field: str | None
    before: str | None
    after: str | None


LONGEST_VALUE_SHOWN = 60
"""In characters: a drawn table cuts longer values."""


def changes(store: Store, folder: Path) -> Iterator[Change]:
    """Yield what a folder changes of a store, by table and id.

    Args:
        store: The store.
        folder: An overlay, or a whole store: records that a whole store lacks count as removed.

    Raises:
        StoreError: One of the two cannot be read.
    """
    other = _other(store, folder)
    for table, cls in TABLES.items():
        before = {record.id: record for record in store.each(cls)}
        after = {record.id: record for record in other.each(cls)}
        for id in sorted(before.keys() | after.keys()):
            old, new = before.get(id), after.get(id)
            if old == new:
                continue
            if old is None or new is None:
                yield Change(
                    table=table,
                    id=id,
                    change="removed" if new is None else "added",
                    field=None,
                    before=_name(old) if old else None,
                    after=_name(new) if new else None,
                )
                continue
            one, two = msgspec.to_builtins(old), msgspec.to_builtins(new)
            for field in dict.fromkeys((*one, *two)):
                if one.get(field) != two.get(field):
                    yield Change(
                        table=table,
                        id=id,
                        change="changed",
                        field=field,
                        before=_text(one.get(field)),
                        after=_text(two.get(field)),
                    )


def _other(store: Store, folder: Path) -> Store:
    """Return a folder as a store: a whole one, or an overlay on the store."""
    if not folder.is_dir():
        raise StoreError(f"{folder} is not a folder", ["give an overlay or another store"])
    whole = Store(folder)
    try:
        whole.stamp()
    except StoreError:
        overlaid = Store(store.root, (*store.overlays, folder))
        _ = overlaid.overlaid  # an overlay that cannot be read is told at once
        return overlaid
    return whole


def _name(record: Any) -> str:
    names = (getattr(record, key, "") for key in ("short", "name", "term", "title", "measure"))
    return next((name for name in names if name), record.id)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    return msgspec.json.encode(value).decode()


def _shown(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST_VALUE_SHOWN:
        return text
    return f"{text[: LONGEST_VALUE_SHOWN - 1]}…"


def changes_listing(found: list[Change], labels: Labels) -> ListView:
    """Return the view of changes."""
    table = table_of(
        found,
        (Column("table", "Table"), lambda c: c.table),
        (Column("id", "Id"), lambda c: c.id),
        (Column("change", "Change"), lambda c: c.change),
        (Column("field", "Field"), lambda c: c.field),
        (Column("before", "Before", data=True), lambda c: c.before),
        (Column("after", "After", data=True), lambda c: c.after),
        (Column("was", "Before", drawn=True), lambda c: _shown(c.before)),
        (Column("is", "After", drawn=True), lambda c: _shown(c.after)),
    )
    return ListView(f"Changes: {len(found)}", table)


def ask_diff(
    session: Session,
    directory: Annotated[Path, argument("DIR", "An overlay, or another store.")],
) -> Reply:
    """Tell what an overlay or another version changes."""
    found = list(changes(session.store, directory))
    if not found:
        raise NotFoundError(f"nothing differs between the store and {directory}")
    return Reply(found, changes_listing)
