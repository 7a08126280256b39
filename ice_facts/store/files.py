"""The files of a store: which there are, in which state, and what they hold as text."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ice_facts.errors import StoreError
from ice_facts.model import OPTIONAL_TABLES, TABLES

CHECK_HINT = "'ice-facts data check DIR' lists every defect of a store"

# Control characters and bidirectional overrides, as JSON escapes or as UTF-8. Tab, newline and
# carriage return become a blank as well: a value is one line of text everywhere.
_UNSAFE_BYTES = (
    rb"\\[nrtbf]|\\u00(?:0|1|7[fF]|8|9)|\\u20(?:0[eEfF]|2[89a-eA-E]|6[6-9])|\\u[dD][89a-fA-F]"
    rb"|\\u061[cC]|\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
)
_UNSAFE_TEXT = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+"


def clean_text(text: str) -> str:
    """Replace control characters and bidirectional overrides in a text by blanks."""
    return re.sub(_UNSAFE_TEXT, " ", text)


def visible_text(text: str) -> str:
    r"""Write control characters and bidirectional overrides in a text as escapes.

    >>> print(visible_text("a" + chr(27) + "[1m"))
    a\x1b[1m
    """
    return re.sub(_UNSAFE_TEXT, lambda found: found[0].encode("unicode_escape").decode(), text)


def bundled_data() -> Path:
    """Return the folder of the store that comes with ice-facts.

    A wheel carries it inside the package; in a checkout, and so in an editable install, it stands
    beside the package.
    """
    package = Path(__file__).parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def table_files(root: Path, table: str) -> list[Path]:
    """Return the files of a table: ``<table>.json``, or all of the folder ``<table>/``.

    Raises:
        StoreError: The store or the table is missing or cannot be listed.
    """
    single = root / f"{table}.json"
    folder = root / table
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".json"))
    except (FileNotFoundError, NotADirectoryError):
        return _single_file(root, single, table)
    except OSError as error:
        raise StoreError(f"{root}: {error.strerror}") from error
    if os.path.lexists(single):
        raise StoreError(f"{root}: both {single.name} and {table}/ exist; keep one")
    return [folder / name for name in names]


def _single_file(root: Path, single: Path, table: str) -> list[Path]:
    if os.path.lexists(single):
        return [single]
    if not root.is_dir():
        raise StoreError(
            f"{root} is not a folder with an ice-facts store",
            ["give a folder with --data or ICE_FACTS_DATA, or leave both out"],
        )
    if table in OPTIONAL_TABLES:
        return []
    raise StoreError(
        f"{root} has no table {table!r}",
        [f"an ice-facts store holds {single.name} or a folder {table}/"],
    )


def read_file(path: Path) -> bytes:
    """Read one file of the store.

    Raises:
        StoreError: It is not a regular file, or cannot be read.
    """
    try:
        # Without O_NONBLOCK, opening a FIFO would wait for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise StoreError(f"{path}: not a regular file")
            content = os.read(handle, status.st_size + 1)
            while len(content) != status.st_size and (more := os.read(handle, 1 << 20)):
                content += more
            return content
        finally:
            os.close(handle)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error


def reason(error: Exception) -> str:
    """Return in words why a text could not be decoded."""
    if isinstance(error, RecursionError):
        return "its values are nested too deeply"
    return "not UTF-8" if isinstance(error, UnicodeError) else str(error)


def safe_json(text: bytes) -> bytes:
    """Return JSON text freed of what could steer a terminal, in keys and values.

    Raises:
        msgspec.DecodeError: It is not JSON.
    """
    plain = text.isascii() and b"\\" not in text and b"\x7f" not in text
    if plain or not re.search(_UNSAFE_BYTES, text):
        return text
    return msgspec.json.encode(_cleaned(msgspec.json.decode(text)))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean_text(key): _cleaned(item) for key, item in value.items()}
    return value


class Stamp(NamedTuple):
    """The state of a store: of every file its name, size, times and inode number.

    A change that leaves all of them as they were is not seen: another file system in the same
    place, for one.
    """

    files: tuple[tuple[str, int, int, int, int], ...]

    @property
    def text(self) -> str:
        """The stamp as text, which differs where a file differs."""
        return "\n".join(
            [
                f"{name!a} {size} {mtime} {ctime} {ino}"
                for name, size, mtime, ctime, ino in self.files
            ]
        )

    @property
    def changed(self) -> int:
        """When a file was last changed, in nanoseconds since the epoch."""
        return max((max(file[2:4]) for file in self.files), default=0)

    @property
    def size(self) -> int:
        """The size of all files in bytes."""
        return sum(file[1] for file in self.files)


def stamp_of(root: Path) -> Stamp:
    """Return what tells this state of a store from another; no file is read.

    Raises:
        StoreError: A table is missing or cannot be listed.
    """
    try:
        states = [state for table in TABLES for state in _states_of(root, table)]
    except OSError as error:
        raise StoreError(f"{error.filename or root}: {error.strerror}") from error
    return Stamp(tuple([(n, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for n, s in states]))


def _states_of(root: Path, table: str) -> list[tuple[str, os.stat_result]]:
    # As `table_files`, without making paths: a look-up does this each time.
    try:
        with os.scandir(f"{root}/{table}") as entries:
            found = [(f"{table}/{e.name}", e.stat()) for e in entries if e.name.endswith(".json")]
    except (FileNotFoundError, NotADirectoryError):
        return [(path.name, path.stat()) for path in table_files(root, table)]
    if os.path.lexists(f"{root}/{table}.json"):
        table_files(root, table)  # says that there must not be both
    return sorted(found)
