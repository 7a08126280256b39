"""Files that are made of a store and kept in the user's cache folder: SQLite databases.

The store is the only truth. A kept file carries the stamp of the store's files and of the code that
made it, and is used only while both are the same; it is never written in place, only replaced.
Without a place to keep it, everything works, and is made each time.

A kept file is trusted only if nobody else could have written it: it and its folder are the user's
own, nobody else may write to them, and neither is a symbolic link.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from ice_facts import __version__
from ice_facts.errors import StoreError
from ice_facts.store.files import Stamp, stamp_of

MOST_KEPT = 8
"""The most files of one kind, for different stores, in the cache."""

SETTLED_AFTER = 2.0
"""Something is kept of a store only if it has not changed for so many seconds.

A file that is changed twice within the grain of a file system's clock can keep its times.
"""

ABANDONED_AFTER = 3600.0
"""A file that was begun so many seconds ago and not finished is of a process that was killed."""

LARGEST_VALUE = 1 << 26
"""The longest value in a kept file, in bytes: damage can pretend that one is longer."""

MAPPED_BYTES = 1 << 28
"""How many bytes of a file are mapped into memory, which spares copying what is read. A file is
never cut while it is in use, only replaced."""

_SUM_AT, _SUM_SIZE = 60, 4
# The checksum of the whole file stands in its header, where SQLite leaves room for a number of the
# application's own ("user version").


class KeptFile:
    """The place of one kind of file for one store; the file may be there or not.

    Args:
        root: Folder of the store.
        kind: What is kept, the first word of the file's name.
        stamp: The state of the store's files.
        packages: The packages of ice-facts whose code, beside its top modules, decides on the
            content.
        is_sealed: The file as a whole has a checksum, which is compared when it is opened. Without
            it, what is read must have checksums of its own.
        overlays: Folders whose records are part of what is kept.
    """

    def __init__(
        self,
        root: Path,
        kind: str,
        stamp: Stamp,
        *packages: str,
        is_sealed: bool = False,
        overlays: Sequence[Path] = (),
    ) -> None:
        self._overlays = overlays
        self._is_sealed = is_sealed
        self._root = root
        self._kind = kind
        self._stamp = stamp
        self._identity = "\n".join(
            (__version__, sqlite3.sqlite_version, *_code_state(packages), stamp.text)
        )
        folder = cache_folder()
        # Two stores with one number would only replace what is kept of each other.
        folders = (os.path.realpath(place) for place in (root, *overlays))
        number = crc32(os.fsencode("\0".join(folders)))
        self.path = folder / f"{kind}-{number:08x}.sqlite" if folder else None

    @property
    def salt(self) -> int:
        """A number for the checksums in the file, so that they differ from another state's."""
        return crc32(self._identity.encode("utf-8", "surrogatepass"))

    def open(self) -> sqlite3.Connection | None:
        """Open the file for reading; None if there is none that can be used."""
        if self.path is None:
            return None
        with suppress(OSError, ValueError, sqlite3.Error):
            _assert_own(self.path.parent.lstat(), stat.S_ISDIR)
            # Without O_NONBLOCK, opening a FIFO would wait for a writer.
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            with os.fdopen(os.open(self.path, flags), "rb", buffering=0) as file:
                _assert_own(os.fstat(file.fileno()), stat.S_ISREG)
                if self._is_sealed and _sum_of(file) != _sum_in(file):
                    return None
            # What is only replaced, never written to, needs no locks: "immutable".
            uri = f"{self.path.as_uri()}?mode=ro&immutable=1"
            # A store can be asked from any thread: SQLite serializes what is read.
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            if self._is_fit(connection):
                return connection
            connection.close()
        return None

    def _is_fit(self, connection: sqlite3.Connection) -> bool:
        """Return True if an opened file is of this state and holds nothing but tables."""
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
            other = "SELECT 1 FROM sqlite_schema WHERE type NOT IN ('table', 'index')"
            if connection.execute(other).fetchone():
                return False
            made = connection.execute("SELECT identity FROM made").fetchall()
            return bool(made == [(self._identity,)])
        except sqlite3.Error:
            return False

    def make(self, fill: Callable[[sqlite3.Connection], None]) -> bool:
        """Make the file anew and return True, or return False where it cannot be kept.

        It is written beside its place and renamed, so that readers see a whole one. The oldest
        files of its kind are removed when there are many.

        Args:
            fill: Writes the content to an empty database.

        Raises:
            StoreError: ``fill`` raised it.
        """
        if self.path is None or time.time() - self._stamp.changed / 1e9 <= SETTLED_AFTER:
            return False
        import tempfile

        folder = self.path.parent
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            _assert_own(folder.lstat(), stat.S_ISDIR)
            handle, name = tempfile.mkstemp(dir=folder, prefix=f".{self._kind}-")
            os.close(handle)
        except OSError:
            return False
        temporary = Path(name)
        try:
            self._write(temporary, fill)
            if not self._is_of_the_files():
                return False
            temporary.replace(self.path)
        except (OSError, sqlite3.Error):
            return False
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        _prune(folder, self._kind)
        return True

    def _is_of_the_files(self) -> bool:
        """Return True if the store's files are still in the state of the stamp."""
        with suppress(StoreError):
            return stamp_of(self._root, self._overlays) == self._stamp
        return False

    def _write(self, path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
        with closing(sqlite3.connect(path)) as connection:
            # A file that is not finished is thrown away, so nothing needs to be undone or waited
            # for.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA cache_size = -500")  # KiB: what is written is not read again
            connection.execute("CREATE TABLE made(identity TEXT)")
            connection.execute("INSERT INTO made VALUES (?)", (self._identity,))
            fill(connection)
            connection.commit()
        if self._is_sealed:
            with path.open("r+b") as file:
                total = _sum_of(file)
                file.seek(_SUM_AT)
                file.write(total)

    def remove(self) -> None:
        """Remove the file, which turned out to be damaged."""
        with suppress(OSError):
            if self.path is not None and _is_own(self.path.lstat(), stat.S_ISREG):
                self.path.unlink()


def cache_folder() -> Path | None:
    """Return the folder for what can be made again; None where the user has no home."""
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    chosen = Path(os.environ.get(name, ""))
    if chosen.is_absolute():
        return chosen / "ice-facts"
    with suppress(RuntimeError, OSError):
        home = Path.home()
        if home.is_absolute() and home.is_dir():
            return home / ".cache" / "ice-facts"
    return None


def _code_state(packages: tuple[str, ...]) -> list[str]:
    """Return the state of the modules in packages of ice-facts, which developers change."""
    top = Path(__file__).parent.parent
    found: list[str] = []
    for package in ("", *packages):
        with suppress(OSError), os.scandir(top / package) as entries:
            files = [(e.name, e.stat()) for e in entries if e.name.endswith(".py")]
            found += [f"{name} {file.st_size} {file.st_mtime_ns}" for name, file in sorted(files)]
    return found


def _is_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Return True if something is of a kind, the user's own, and nobody else may write to it."""
    if not is_kind(status.st_mode):
        return False
    # Windows has neither; a user's cache folder there is open to that user only.
    return not hasattr(os, "geteuid") or (
        status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def _assert_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> None:
    if not _is_own(status, is_kind):
        raise PermissionError("not the user's own")


def _sum_of(file: BinaryIO) -> bytes:
    """Return the checksum of a file, but for the place where its checksum stands."""
    file.seek(0)
    total = crc32(file.read(_SUM_AT))
    file.seek(_SUM_AT + _SUM_SIZE)
    while piece := file.read(1 << 20):
        total = crc32(piece, total)
    return total.to_bytes(_SUM_SIZE, "big")


def _sum_in(file: BinaryIO) -> bytes:
    """Return the checksum that stands in a file."""
    file.seek(_SUM_AT)
    return file.read(_SUM_SIZE)


def _prune(folder: Path, kind: str) -> None:
    """Remove the oldest of many files of a kind, and what killed processes left of it.

    Only the user's own regular files with such names are removed.
    """
    made, left = [], []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            # The time of modification could be anything; this one is when the file came here.
            age = (status.st_ctime, entry.path)
            if not _is_own(status, stat.S_ISREG):
                continue
            if re.fullmatch(rf"{kind}-[0-9a-f]{{8}}\.sqlite", entry.name):
                made.append(age)
            elif entry.name.startswith(f".{kind}-") and age[0] < time.time() - ABANDONED_AFTER:
                left.append(age)
    for _, path in (*sorted(made)[:-MOST_KEPT], *left):
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108
