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
from ice_facts.store.index import References, Summary, table_index, with_id
from ice_facts.store.kept import KeptFile
from ice_facts.store.naming import KeyMatch, Spelled, names_in, spelled


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
_SHARED_CHARACTERS = 3
"""Keys of names that begin with the same characters are in one row, as fewer rows are written in
less time. This is the number of these characters."""

_GROUPED_TABLES = frozenset({"places"})
"""Tables of many small records, of which several stand in one row. All their names together are
not kept: that would be too much to read at once."""

_GROUP_SIZE = 10
"""How many records of such a table stand in one row."""

_NOTHING_KEPT = "nothing is kept"
"""The only section in the file of a store that cannot be kept."""

_MOST_KEYS = 500  # at once: SQLite allows 999 in old versions

_json = msgspec.json
# What a look-up needs: to make a decoder of the rest, which is read once, takes time at each start.
_matches = _json.Decoder(dict[str, list[KeyMatch]])
_references = _json.Decoder(dict[str, References])
_group = _json.Decoder(dict[str, msgspec.Raw])


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
        # What is asked next is often in the row that was read last.
        self._last_group: tuple[str, dict[str, msgspec.Raw]] = ("", {})
        self._last_keys: dict[str, tuple[str, dict[str, list[KeyMatch]]]] = {}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def text(self, table: str, id: str) -> bytes | None:
        if table in _GROUPED_TABLES:
            return self._in_group(f"{table} texts", id)
        return self._get(f"{table} texts", id)

    def some_texts(self, table: str, ids: Sequence[str]) -> dict[str, bytes]:
        if table in _GROUPED_TABLES:
            found = ((id, self.text(table, id)) for id in ids)
            return {id: text for id, text in found if text is not None}
        return self._some(f"{table} texts", ids)

    def texts(self, table: str) -> Sequence[tuple[str, bytes]]:
        return list(self._texts(table, ""))

    def ids(self, table: str, start: str = "", most: int | None = None) -> Sequence[str]:
        return [id for id, _ in islice(self._texts(table, start), most)]

    def _texts(self, table: str, start: str) -> Iterator[tuple[str, bytes]]:
        """Yield the ids that begin with a text, sorted, with the texts of their records."""
        section = f"{table} texts"
        if table not in _GROUPED_TABLES:
            yield from self._beginning(section, start)
            return
        # A group has the key of its first record; the first one wanted can be within a group.
        first, _, _ = self._at_or_before(section, start)
        for _, group in self._beginning(section, "", first):
            for id, text in _group.decode(group).items():
                if id.startswith(start):
                    yield id, bytes(text)
                elif id > start:
                    return

    def _in_group(self, section: str, id: str) -> bytes | None:
        """Return the text of a record that stands with others in one row."""
        if not id:
            return None
        first, _, value = self._at_or_before(section, id)
        if not first:
            return None
        if self._last_group[0] != first:
            self._last_group = (first, _group.decode(value))
        found = self._last_group[1].get(id)
        return None if found is None else bytes(found)

    def matches(self, table: str, key: str) -> Sequence[KeyMatch]:
        start = key[:_SHARED_CHARACTERS]
        last = self._last_keys.get(table)
        if last is None or last[0] != start:
            found = self._get(f"{table} keys", start)
            last = self._last_keys[table] = (start, _matches.decode(found) if found else {})
        return last[1].get(key, ())

    def matches_start(self, table: str, start: str) -> Sequence[str]:
        groups = self._beginning(f"{table} keys", start[:_SHARED_CHARACTERS])
        found = (_matches.decode(group).items() for _, group in groups)
        return sorted({id for g in found for key, m in g if key.startswith(start) for id, *_ in m})

    def keys(self, table: str, start: str) -> Mapping[str, Sequence[KeyMatch]]:
        groups = self._beginning(f"{table} keys", start[:_SHARED_CHARACTERS])
        found = (_matches.decode(group).items() for _, group in groups)
        return {key: m for group in found for key, m in group if key.startswith(start)}

    def spelled(self, table: str) -> Sequence[Spelled]:
        if table in _GROUPED_TABLES:
            return spelled([(id, names_in(table, text)) for id, text in self._texts(table, "")])
        return _json.decode(self._whole(f"{table} names"), type=list[Spelled])

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
        return _json.decode(self._whole("citations"), type=dict[str, int])

    def summaries(self) -> Mapping[str, Summary]:
        return _json.decode(self._whole("summaries"), type=dict[str, Summary])

    def is_empty(self) -> bool:
        """Return True if it was made of a store that cannot be kept, and so holds nothing."""
        try:
            return not self._whole(_NOTHING_KEPT)
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

    def _beginning(
        self, section: str, start: str, first: str | None = None
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the keys that begin with a text, sorted, with their values.

        Args:
            section: The section of the keys.
            start: What the keys begin with.
            first: The first key, if it is not the first that begins so.
        """
        wanted = start if first is None else first
        key, following, value = self._at_or_before(section, wanted)
        if key and key == wanted:
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
            type(key) is str
            and (following is None or type(following) is str)
            and type(value) is bytes
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
    if connection is None and file.make(
        lambda new: _without_pauses(new, root, overlays, file.salt)
    ):
        connection = file.open()
    return None if connection is None else (file, KeptIndex(connection, file.salt))


def _without_pauses(
    connection: sqlite3.Connection, root: Path, overlays: Sequence[Path], salt: int
) -> None:
    """Fill an index without looking for garbage meanwhile: there is none, and that takes long."""
    import gc

    was_enabled = gc.isenabled()
    gc.disable()
    try:
        _fill(connection, root, overlays, salt)
    finally:
        if was_enabled:
            gc.enable()


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
            table = table_index(root, name, overlays)
            groups: dict[str, dict[str, list[KeyMatch]]] = {}
            for key, matches in table.matches.items():
                groups.setdefault(key[:_SHARED_CHARACTERS], {})[key] = matches
            write(f"{name} keys", [(start, encode(group)) for start, group in groups.items()])
            texts = table.safe_texts
            if name in _GROUPED_TABLES:
                write(f"{name} texts", _in_groups(texts))
            else:
                write(f"{name} names", (), encode(table.spelled))
                write(f"{name} texts", [(id, _kept(text, id)) for id, text in texts.items()])
            for id, found in table.references.items():
                references.setdefault(id, {})[name] = found
            citations += table.citations
            summaries[name] = table.summary
    except (StoreError, sqlite3.IntegrityError):  # the latter: an id that is empty
        connection.execute("DELETE FROM entries")
        write(_NOTHING_KEPT, ())
        return
    write("~ references", [(id, encode(found)) for id, found in references.items()])
    write("citations", (), encode(citations))
    write("summaries", (), encode({name: summaries[name] for name in TABLES}))


def _kept(text: bytes, id: str) -> bytes:
    """Return the JSON text of a record with its id, without blanks and line ends."""
    return _json.format(with_id(text, id), indent=-1)


def _in_groups(texts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield records in groups, each with the id of the first."""
    parts = [b"%b:%b" % (_json.encode(id), with_id(text, id)) for id, text in texts.items()]
    for number, id in islice(enumerate(texts), 0, None, _GROUP_SIZE):
        group = b"{%b}" % b",".join(parts[number : number + _GROUP_SIZE])
        yield id, _json.format(group, indent=-1)
