"""The full-text index: SQLite FTS5 over the texts of a store, kept in the cache folder.

Where it cannot be kept, or what is kept turns out to be damaged, it is made in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import groupby
from typing import TypeVar

from ice_facts.across.search.texts import texts
from ice_facts.store import Store
from ice_facts.store.kept import KeptFile
from ice_facts.store.naming import key_of, words_of
from ice_facts.vocabulary import THING_TABLES

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
CREATE TABLE keys(
    key TEXT, text INTEGER, tbl TEXT, id TEXT, PRIMARY KEY (key, text)
) WITHOUT ROWID;
CREATE TABLE spans(tbl TEXT PRIMARY KEY, first INTEGER, last INTEGER);
"""
"""Names are indexed by themselves too: that tells a thing from what mentions it.
``words`` has all words as they are written, not only their stems. The texts of one table stand
together, from ``first`` to ``last``.
"""


NAMED_TABLES = (*THING_TABLES, "terms")
"""Tables of things that people call by name."""


def with_index(store: Store, ask: Callable[[sqlite3.Connection], T]) -> T:
    """Ask the index of a store a question.

    Args:
        store: The store whose texts are searched.
        ask: The question; it is asked again if a kept index turns out to be damaged.

    Raises:
        StoreError: The store cannot be read, or a record in it is not valid.
    """
    packages = ("store", "model", "across/search")
    file = KeptFile(
        store.root, "search", store.stamp(), *packages, is_sealed=True, overlays=store.overlays
    )
    kept = file.open()
    if kept is None and file.make(lambda new: _fill(new, store)):
        kept = file.open()
    if kept is not None:
        with suppress(sqlite3.Error), closing(kept):
            return ask(kept)
    with closing(sqlite3.connect(":memory:")) as made:
        _fill(made, store)
        return ask(made)


def _fill(database: sqlite3.Connection, store: Store) -> None:
    """Write the texts of a store to an empty database, one table after the other."""
    database.executescript(SCHEMA)
    number = 0
    for table, found in groupby(texts(store), key=lambda text: text.table):
        first = number + 1
        for number, text in enumerate(found, first):
            near = f" {' '.join(sorted(text.near))} "
            database.execute(
                "INSERT INTO texts(rowid, names, title, body, tbl, kind, id, part, status, near)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(number, "\n".join(text.names), text.title, text.body, text.table, text.kind),
                    *(text.id, text.part, text.status, near),
                ),
            )
            if table in NAMED_TABLES:
                # The id of a place is its name, or its name with its state: it finds no more.
                is_named = text.names and key_of(text.id).startswith(key_of(text.names[0]))
                for name in text.names if is_named else (*text.names, text.id):
                    words = len(words_of(name).split())
                    database.execute("INSERT INTO names VALUES (?, ?, ?)", (name, words, number))
                    key = (key_of(name), number, text.table, text.id)
                    database.execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", key)
        if number >= first:
            database.execute("INSERT INTO spans VALUES (?, ?, ?)", (table, first, number))
    database.execute(
        "INSERT INTO plain(rowid, body)"
        " SELECT rowid, names || ' ' || title || ' ' || body FROM texts"
    )
    database.commit()
