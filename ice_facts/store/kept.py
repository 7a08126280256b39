"""The index of a store, kept between calls in a file that is mapped into memory (LMDB).

A look-up costs what its answer needs then, not what the store holds. The file is used only while
the files of the store have the stamp that it was made of. It is never written in place, and has the
time of the store's newest file: one that is cut off, replaced or written to is not used. What a
disk changes by itself is noticed only where LMDB notices it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import islice, takewhile
from pathlib import Path

import lmdb
import msgspec

from ice_facts.errors import StoreError
from ice_facts.model import TABLES
from ice_facts.store import cache
from ice_facts.store.files import Stamp, stamp_of
from ice_facts.store.index import UNREADABLE, Index, TableIndex, newest_of

LONGEST_KEY = 511
"""Longest key of LMDB, in bytes."""

_STAMP, _NEWEST, _UNFIT = b"stamp", b"newest", b"cannot be kept\n"
_DAMAGE = (lmdb.Error, *UNREADABLE)
_SPARE = 1 << 22
_ROOM = (4, 16, 64)
# How much larger than the store its index may be: one of many short records is the largest. That is
# room in the address space; the file takes what is written.

# A value that can be an id, a code or a word of a vocabulary, between its quotes: no key, no blank
# in it, and neither a date nor an address. What stands between two texts has a comma or a colon in
# it, so that it is never taken for one. Who mentions another value is looked for in the files.
_MENTION = rb'"(?!\d{4}(?:-\d\d){0,2}")([^"\\\s,:/]{1,200})"(?!\s*:)'

_ids = msgspec.json.Decoder(list[str])
_named = msgspec.json.Decoder(list[tuple[str, int]])


def open_index(root: Path, stamp: Stamp | None) -> Index:
    """Return the index of a store: the kept one while it is true, or a new one, which is kept.

    A store is kept only whole. Of one with a table that cannot be read, it is kept that it cannot
    be, and each table is read when it is asked for.

    Args:
        root: Folder of the store.
        stamp: The state of its files; None if they are not all there.
    """
    path = cache.cache_file(root, "store", ".mdb") if stamp else None
    if stamp is None or path is None:
        return Index(root)
    identity = cache.identity(stamp, "store", "model").encode("utf-8", "surrogateescape")

    def write(new: Path) -> None:
        for room in _ROOM:
            try:
                _write(root, new, identity, room * (stamp.size + _SPARE))
                break
            except lmdb.MapFullError:
                new.unlink()
            except (StoreError, lmdb.BadValsizeError):  # a broken table, or an id that is no key
                new.unlink()
                _write_mark(new, identity)
                break
        else:
            _write_mark(new, identity)
        if stamp_of(root) != stamp:
            raise StoreError(f"{root} changed while it was read")
        os.utime(new, ns=(_mark_of(stamp), _mark_of(stamp)))

    kept = _kept(root, path, stamp, identity)
    if kept is None and cache.is_settled(stamp):
        with suppress(StoreError, lmdb.Error, OSError):
            cache.keep(path, write)
            kept = _kept(root, path, stamp, identity)
    return kept or Index(root)


def _mark_of(stamp: Stamp) -> int:
    """Return the time that the kept file of a state of a store has, in nanoseconds."""
    grain = 2_000_000_000  # of FAT: every file system can tell these times apart
    return stamp.changed // grain * grain


def _kept(root: Path, path: Path, stamp: Stamp, identity: bytes) -> Index | None:
    """Return the kept index of a store, or None if there is none of this state of the store."""
    with suppress(lmdb.Error, OSError):
        file = path.stat()
        # Whatever else writes to the file changes its time. LMDB does not notice all damage, and
        # does not open what is no regular file.
        if stat.S_ISREG(file.st_mode) and file.st_mtime_ns == _mark_of(stamp):
            kept = KeptIndex(root, _opened(path, file.st_ino, file.st_size))
            if kept.stamp == identity:
                return kept
            if kept.stamp == _UNFIT + identity:
                return Index(root)
    return None


class KeptIndex(Index):
    """An index in a file. What cannot be read from it is made of the store's files.

    Args:
        root: Folder of the store.
        environment: The opened file.

    Raises:
        lmdb.Error: The file is damaged.
    """

    def __init__(self, root: Path, environment: lmdb.Environment) -> None:
        super().__init__(root)
        self._kept = environment.begin()
        self.stamp = self._kept.get(_STAMP)

    def text(self, table: str, id: str) -> bytes | None:
        try:
            return self._get(f"{table}/text/{id}")
        except _DAMAGE:
            return super().text(table, id)

    def texts(self, table: str) -> Sequence[tuple[str, bytes]]:
        try:
            return list(self._beginning(f"{table}/text/", ""))
        except _DAMAGE:
            return super().texts(table)

    def ids(self, table: str, start: str = "", most: int | None = None) -> Sequence[str]:
        try:
            return [id for id, _ in islice(self._beginning(f"{table}/text/", start), most)]
        except _DAMAGE:
            return super().ids(table, start, most)

    def named(self, table: str, key: str) -> Sequence[tuple[str, int]]:
        try:
            found = self._get(f"{table}/name/{key}")
            return () if found is None else _named.decode(found)
        except _DAMAGE:
            return super().named(table, key)

    def named_like(self, table: str, start: str) -> Sequence[str]:
        try:
            found = self._beginning(f"{table}/name/", start)
            return sorted({id for _, named in found for id, _ in _named.decode(named)})
        except _DAMAGE:
            return super().named_like(table, start)

    def mentioning(self, table: str, value: str) -> Sequence[str]:
        if not re.fullmatch(_MENTION, msgspec.json.encode(value)):
            return super().mentioning(table, value)
        try:
            found = self._get(f"{table}/mention/{value}")
            return () if found is None else _ids.decode(found)
        except _DAMAGE:
            return super().mentioning(table, value)

    def newest_confirmation(self) -> str:
        try:
            return (self._get(_NEWEST.decode()) or b"").decode()
        except _DAMAGE:
            return super().newest_confirmation()

    def _get(self, key: str) -> bytes | None:
        return self._kept.get(_key(key))

    def _beginning(self, section: str, start: str) -> Iterator[tuple[str, bytes]]:
        """Yield what a section holds under keys that begin so, without the section's name."""
        prefix = _key(section + start)
        cursor = self._kept.cursor()
        if cursor.set_range(prefix):
            skipped = len(section)
            for key, value in takewhile(lambda entry: entry[0].startswith(prefix), cursor):
                yield key[skipped:].decode(), value


def _key(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


# LMDB opens a file only once in a process; one that took its place has another inode number.
@lru_cache(maxsize=cache.KEPT)
def _opened(path: Path, inode: int, size: int) -> lmdb.Environment:
    environment = lmdb.open(os.fsencode(path), subdir=False, lock=False, readonly=True)
    if (environment.info()["last_pgno"] + 1) * environment.stat()["psize"] > size:
        # Reading on, behind the end of a file that was cut off, would end the process.
        raise lmdb.CorruptedError(f"{path}: cut off")
    return environment


def _write(root: Path, path: Path, identity: bytes, room: int) -> None:
    """Write everything that an index of a store knows to a new file, one table after the other."""
    newest = []
    with _new(path, room) as environment, environment.begin(write=True) as transaction:
        for name in sorted(TABLES):
            table = Index(root).table(name)
            transaction.cursor().putmulti(sorted(_entries(name, table)), append=True)
            newest.append(table.newest)
        transaction.put(_NEWEST, newest_of(newest).encode())
        transaction.put(_STAMP, identity)


def _write_mark(path: Path, identity: bytes) -> None:
    """Write that a store cannot be kept, so that this is not tried at every call."""
    with _new(path, _SPARE) as environment, environment.begin(write=True) as transaction:
        transaction.put(_STAMP, _UNFIT + identity)


def _new(path: Path, room: int) -> lmdb.Environment:
    return lmdb.open(os.fsencode(path), subdir=False, lock=False, map_size=room)


def _entries(name: str, table: TableIndex) -> Iterator[tuple[bytes, bytes]]:
    for id, text in table.safe_texts():
        yield _key(f"{name}/text/{id}"), msgspec.json.format(text, indent=-1)
    for key, called in table.named.items():
        # A longer one is looked for in the files: asking for it is the same error.
        if len(entry := _key(f"{name}/name/{key}")) <= LONGEST_KEY:
            yield entry, msgspec.json.encode(called)
    mentions: dict[bytes, list[str]] = {}
    for id, text in table.texts.items():
        for value in set(re.findall(_MENTION, text)):
            mentions.setdefault(value, []).append(id)
    for value, ids in mentions.items():
        yield _key(f"{name}/mention/") + value, msgspec.json.encode(ids)
