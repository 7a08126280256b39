"""The index of a store in a file that is kept between calls.

A look-up costs what its answer needs then, not what the store holds. Every row of the file has a
checksum and names the row that follows it, so that it is noticed when the file does not hold what
was written to it: a row that changed, and also a row that is lost.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from zlib import crc32

import msgspec

from ice_facts.errors import StoreError
from ice_facts.model import TABLES
from ice_facts.store.files import Stamp
from ice_facts.store.index import References, Summary, TableIndex
from ice_facts.store.kept import KeptFile
from ice_facts.store.naming import Spelled


class DamageError(Exception):
    """A kept file does not hold what was written to it."""


DAMAGE = (DamageError, sqlite3.Error)
"""What reading a damaged file raises."""

_ROWS = """
CREATE TABLE entries(
    section TEXT, key TEXT, next TEXT, value BLOB, checksum INTEGER, PRIMARY KEY (section, key)
)
"""
"""``next`` is the key that follows in the section. Each section begins with an empty key."""

_AT_OR_BEFORE = (
    "SELECT key, next, value, checksum FROM entries"
    " WHERE section = ? AND key <= ? ORDER BY key DESC LIMIT 1"
)
_AFTER = "SELECT key, next, value, checksum FROM entries WHERE section = ? AND key > ? ORDER BY key"
_AMONG = "SELECT key, next, value, checksum FROM entries WHERE section = ? AND key IN ({})"
_SHARED = 4
"""How many characters keys of names have in common that stand in one row. Fewer rows are written
in less time."""

_NOTHING = "nothing is kept"
"""The only section in the file of a store that cannot be kept."""

_MOST_KEYS = 500  # at once: SQLite allows 999 in old versions

_json = msgspec.json
_matches = _json.Decoder(dict[str, list[tuple[str, int]]])
_spelled = _json.Decoder(list[Spelled])
_references = _json.Decoder(dict[str, References])
_citations = _json.Decoder(dict[str, int])
_summaries = _json.Decoder(dict[str, Summary])


class KeptIndex:
    """An index in a kept file.

    Every method raises one of `DAMAGE` where the file does not hold what was written to it.

    Args:
        connection: The opened file.
        salt: The number that the checksums in it begin with.
    """

    def __init__(self, connection: sqlite3.Connection, salt: int) -> None:
        self._connection = connection
        self._salt = salt
        self._salts: dict[str, int] = {}
        self._referring: dict[str, dict[str, References]] = {}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def text(self, table: str, id: str) -> bytes | None:
        return self._get(f"{table} texts", id)

    def some_texts(self, table: str, ids: Sequence[str]) -> dict[str, bytes]:
        return self._some(f"{table} texts", ids)

    def texts(self, table: str) -> Sequence[tuple[str, bytes]]:
        return list(self._beginning(f"{table} texts", ""))

    def ids(self, table: str, start: str = "", most: int | None = None) -> Sequence[str]:
        return [id for id, _ in islice(self._beginning(f"{table} texts", start), most)]

    def matches(self, table: str, key: str) -> Sequence[tuple[str, int]]:
        found = self._get(f"{table} keys", key[:_SHARED])
        return () if found is None else _matches.decode(found).get(key, ())

    def matches_start(self, table: str, start: str) -> Sequence[str]:
        groups = self._beginning(f"{table} keys", start[:_SHARED])
        found = (_matches.decode(group).items() for _, group in groups)
        return sorted({id for g in found for key, m in g if key.startswith(start) for id, _ in m})

    def spelled(self, table: str) -> Sequence[Spelled]:
        return _spelled.decode(self._whole(f"{table} names"))

    def references(self, table: str, ids: Iterable[str]) -> Mapping[str, References]:
        wanted = list(ids)
        unknown = [id for id in wanted if id not in self._referring]
        if unknown:
            self._referring.update({id: {} for id in unknown})
            found = self._some("~ references", unknown)
            self._referring.update((id, _references.decode(row)) for id, row in found.items())
        rows = ((id, self._referring[id].get(table)) for id in wanted)
        return {id: row for id, row in rows if row}

    def citations(self) -> Mapping[str, int]:
        return _citations.decode(self._whole("citations"))

    def summaries(self) -> Mapping[str, Summary]:
        return _summaries.decode(self._whole("summaries"))

    def is_empty(self) -> bool:
        """Return True if it was made of a store that cannot be kept, and so holds nothing."""
        try:
            return not self._whole(_NOTHING)
        except DAMAGE:
            return False

    def _get(self, section: str, key: str) -> bytes | None:
        """Return the value of a key, or None if there is none."""
        if not key:
            return None
        found, _, value = self._at_or_before(section, key)
        return value if found == key else None

    def _whole(self, section: str) -> bytes:
        """Return the value of a section that holds but one."""
        return self._at_or_before(section, "")[2]

    def _some(self, section: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values of those of some keys that are there."""
        found: dict[str, bytes] = {}
        for first in range(0, len(keys), _MOST_KEYS):
            some = [key for key in keys[first : first + _MOST_KEYS] if key and _is_text(key)]
            query = _AMONG.format(", ".join("?" * len(some)))
            for row in self._connection.execute(query, (section, *some)):
                key, _, found[key] = self._checked(section, row)
        for key in keys:
            if key not in found and self._get(section, key) is not None:
                raise DamageError  # it is there, but was not found
        return found

    def _beginning(self, section: str, start: str) -> Iterator[tuple[str, bytes]]:
        """Yield the keys that begin with a text, sorted, with their values."""
        key, following, value = self._at_or_before(section, start)
        if key and key == start:
            yield key, value
        rows = self._connection.execute(_AFTER, (section, key))
        while following is not None and following.startswith(start):
            row = rows.fetchone()
            if row is None or row[0] != following:
                raise DamageError
            key, following, value = self._checked(section, row)
            yield key, value

    def _at_or_before(self, section: str, key: str) -> tuple[str, str | None, bytes]:
        """Return the row with a key, or the one before the place where it would be."""
        if not _is_text(key):
            key = ""  # no file can hold it
        row = self._connection.execute(_AT_OR_BEFORE, (section, key)).fetchone()
        if row is None:
            raise DamageError
        found, following, value = self._checked(section, row)
        if found > key or (following is not None and following <= key):
            raise DamageError
        return found, following, value

    def _checked(
        self, section: str, row: tuple[object, object, object, object]
    ) -> tuple[str, str | None, bytes]:
        """Return key, next key and value of a row that is as it was written."""
        key, following, value, checksum = row
        salt = self._salts.get(section)
        if salt is None:
            salt = self._salts[section] = _section_salt(self._salt, section)
        if (
            isinstance(key, str)
            and (following is None or isinstance(following, str))
            and isinstance(value, bytes)
            and _checksum(salt, key, following, value) == checksum
        ):
            return key, following, value
        raise DamageError


def _is_text(key: str) -> bool:
    """Return True if a key can be in a file at all: a call's argument need not be UTF-8."""
    return key.isascii() or key.encode("utf-8", "replace").decode() == key


def _section_salt(salt: int, section: str) -> int:
    """Return what the checksums of the rows of a section begin with."""
    return crc32(section.encode(), salt)


def _checksum(salt: int, key: str, following: str | None, value: bytes) -> int:
    """Return the checksum of a row."""
    return crc32(value, crc32(f"{key}\0{following}\0".encode(), salt))


def open_index(
    root: Path, stamp: Stamp | None, overlays: Sequence[Path] = ()
) -> tuple[KeptFile, KeptIndex] | None:
    """Return the kept index of a store, which is made if there is none; None if it cannot be kept.

    A store is kept only whole. Of one with a table that cannot be read, an empty file is kept, so
    that this is not tried at each call.

    Args:
        root: Folder of the store.
        stamp: The state of its files; None if they are not all there.
        overlays: Folders whose records are added or replace others.
    """
    if stamp is None:
        return None
    file = KeptFile(root, "records", stamp, "store", "model", overlays=overlays)
    connection = file.open()
    if connection is None and file.make(lambda new: _fill(new, root, overlays, file.salt)):
        connection = file.open()
    return None if connection is None else (file, KeptIndex(connection, file.salt))


def _fill(connection: sqlite3.Connection, root: Path, overlays: Sequence[Path], salt: int) -> None:
    """Write everything that an index of a store answers, one table after the other."""
    connection.execute(_ROWS)
    references: dict[str, dict[str, References]] = {}
    citations: Counter[str] = Counter()
    summaries: dict[str, Summary] = {}

    def write(section: str, entries: Iterable[tuple[str, bytes]], first: bytes = b"") -> None:
        own = _section_salt(salt, section)
        rows = sorted([("", first), *entries])
        following: Sequence[str | None] = [*(key for key, _ in rows[1:]), None]
        connection.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?)",
            [
                (section, key, after, value, _checksum(own, key, after, value))
                for (key, value), after in zip(rows, following, strict=True)
            ],
        )

    encode: Callable[[object], bytes] = _json.Encoder().encode
    try:
        for name in sorted(TABLES):
            table = TableIndex(root, name, overlays)
            groups: dict[str, dict[str, list[tuple[str, int]]]] = {}
            for key, matches in table.matches.items():
                groups.setdefault(key[:_SHARED], {})[key] = matches
            write(f"{name} keys", [(start, encode(group)) for start, group in groups.items()])
            write(f"{name} names", (), encode(table.spelled))
            write(f"{name} texts", [(id, _json.format(t, indent=-1)) for id, t in table.texts()])
            for id, found in table.references.items():
                references.setdefault(id, {})[name] = found
            citations += table.citations
            summaries[name] = table.summary
    except (StoreError, sqlite3.IntegrityError):  # the latter: an id that is empty
        connection.execute("DELETE FROM entries")
        write(_NOTHING, ())
        return
    write("~ references", [(id, encode(found)) for id, found in references.items()])
    write("citations", (), encode(citations))
    write("summaries", (), encode({name: summaries[name] for name in TABLES}))
