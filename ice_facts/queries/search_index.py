"""The full-text index: SQLite FTS5 over the texts of a store, made in memory or kept in a cache.

The store is the only truth. A kept index carries the stamp of the files that it was made of and is
used only while they have it; anything that is wrong with it, or with the folder, makes a new one in
memory.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from ice_facts import __version__
from ice_facts.names import key_of, words_of
from ice_facts.store import Stamp, Store

T = TypeVar("T")

SCHEMA = """
CREATE VIRTUAL TABLE texts USING fts5(
    names, title, body,
    tbl UNINDEXED, kind UNINDEXED, id UNINDEXED, part UNINDEXED, status UNINDEXED, near UNINDEXED,
    tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE names USING fts5(
    name, words UNINDEXED, text UNINDEXED,
    tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE plain USING fts5(
    body, content = '', detail = none, tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE words USING fts5vocab(plain, row);
CREATE TABLE keys(key TEXT, text INTEGER, PRIMARY KEY (key, text)) WITHOUT ROWID;
CREATE TABLE spans(tbl TEXT PRIMARY KEY, first INTEGER, last INTEGER);
CREATE TABLE made(stamp TEXT);
"""
"""Names are indexed by themselves too: that tells a thing from what mentions it.
``words`` has all words as they are written, not only their stems. The texts of one table stand
together, from ``first`` to ``last``.
"""

THINGS = ("jurisdictions", "policies", "stakeholders", "topics", "terms")
"""Tables of things that people call by name."""

KEPT = 8
"""How many indexes of different stores the cache holds."""

_SETTLED = 2.0
# A file that is changed twice within the grain of a file system's clock can keep its times, so
# an index is kept only of a store that has not changed for this long, in seconds.


def with_index(store: Store, ask: Callable[[sqlite3.Connection], T]) -> T:
    """Ask a question to the index of a store.

    Args:
        store: The store whose texts are searched.
        ask: The question; it is asked again if a kept index turns out to be damaged.

    Raises:
        StoreError: The store cannot be read, or a record in it is not valid.
    """
    stamp = store.stamp()
    identity = f"{__version__} {sqlite3.sqlite_version} {_code_stamp()}\n{stamp.files}"
    path = _cache_file(store)
    if path is not None:
        with suppress(sqlite3.Error, OSError), closing(_opened(path)) as kept:
            if kept.execute("SELECT stamp FROM made").fetchone() == (identity,):
                return ask(kept)
    with closing(_made(store, identity)) as fresh:
        if path is not None and _is_settled(stamp) and store.stamp() == stamp:
            with suppress(OSError):
                _keep(fresh.serialize(), path)
        return ask(fresh)


def _code_stamp() -> str:
    """Return what tells the code that makes an index from an edited one of the same version."""
    found = []
    for module in ("search_index.py", "texts.py"):
        with suppress(OSError):
            file = Path(__file__).with_name(module).stat()
            found.append(f"{file.st_size}-{file.st_mtime_ns}")
    return " ".join(found)


def _opened(path: Path) -> sqlite3.Connection:
    # A kept index is never written in place, only replaced: "immutable" spares all locking.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _made(store: Store, identity: str) -> sqlite3.Connection:
    from ice_facts.queries.texts import texts

    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    rows: list[tuple[object, ...]] = []
    names: list[tuple[str, int, int]] = []
    keys: set[tuple[str, int]] = set()
    found = sorted(texts(store), key=lambda text: text.table)
    for number, text in enumerate(found, 1):
        called = "\n".join(text.names)
        near = f" {' '.join(sorted(text.near))} "
        rows.append(
            (
                *(number, called, text.title, text.body, text.table, text.kind),
                *(text.id, text.part, text.status, near),
            )
        )
        if text.table in THINGS:
            for name in (*text.names, text.id):
                names.append((name, len(words_of(name).split()), number))
                keys.add((key_of(name), number))
    database.executemany(
        "INSERT INTO texts(rowid, names, title, body, tbl, kind, id, part, status, near)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    database.execute(
        "INSERT INTO plain(rowid, body)"
        " SELECT rowid, names || ' ' || title || ' ' || body FROM texts"
    )
    database.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
    database.executemany("INSERT INTO keys VALUES (?, ?)", keys)
    database.execute("INSERT INTO spans SELECT tbl, min(rowid), max(rowid) FROM texts GROUP BY tbl")
    database.execute("INSERT INTO made VALUES (?)", (identity,))
    database.commit()
    return database


def _is_settled(stamp: Stamp) -> bool:
    return time.time() - stamp.changed > _SETTLED


def _cache_file(store: Store) -> Path | None:
    """Return where the index of a store is kept; None where there is no place for it."""
    from zlib import crc32

    folder = cache_folder()
    # Two stores with one number would only replace each other's index.
    number = crc32(os.fsencode(os.path.realpath(store.root)))
    return folder / f"search-{number:08x}.sqlite" if folder else None


def cache_folder() -> Path | None:
    """Return the folder for what can be made again; None where the user has no home."""
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    chosen = Path(os.environ.get(name, ""))
    if chosen.is_absolute():
        return chosen / "ice-facts"
    try:
        return Path.home() / ".cache" / "ice-facts"
    except RuntimeError:
        return None


def _keep(content: bytes, path: Path) -> None:
    """Write an index beside its place and rename it, so that readers see a whole one."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".search-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    kept = sorted(path.parent.glob("search-*.sqlite"), key=lambda p: p.stat().st_mtime)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
