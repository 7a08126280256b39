"""The full-text index: SQLite FTS5 over the texts of a store, made in memory or kept in the cache.

A kept index is used only while the store has the stamp that it was made of; anything that is wrong
with it, or with the cache, makes a new one in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from ice_facts.spelling import key_of, words_of
from ice_facts.store import Store, cache

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


def with_index(store: Store, ask: Callable[[sqlite3.Connection], T]) -> T:
    """Ask a question to the index of a store.

    Args:
        store: The store whose texts are searched.
        ask: The question; it is asked again if a kept index turns out to be damaged.

    Raises:
        StoreError: The store cannot be read, or a record in it is not valid.
    """
    stamp = store.stamp()
    identity = (
        f"{sqlite3.sqlite_version} {cache.identity(stamp, 'store', 'model', 'across/search')}"
    )
    path = cache.cache_file(store.root, "search", ".sqlite")
    if path is not None and path.is_file():
        with suppress(sqlite3.Error, OSError), closing(_opened(path)) as kept:
            if kept.execute("SELECT stamp FROM made").fetchone() == (identity,):
                return ask(kept)
    with closing(_made(store, identity)) as fresh:
        if path is not None and cache.is_settled(stamp) and store.is_unchanged():
            with suppress(OSError):
                cache.keep(path, lambda new: new.write_bytes(fresh.serialize()))
        return ask(fresh)


def _opened(path: Path) -> sqlite3.Connection:
    # A kept index is never written in place, only replaced: "immutable" spares all locking.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _made(store: Store, identity: str) -> sqlite3.Connection:
    from ice_facts.across.search.texts import texts

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
