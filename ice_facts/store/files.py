"""The files of a store: which there are, in which state, and what they hold as text."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

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


UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)
"""What reading a text raises that is not JSON, or not what it should be."""

_texts = msgspec.json.Decoder(dict[str, msgspec.Raw])


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


def overlay_files(folder: Path, table: str) -> list[Path]:
    """Return the files of a table in an overlay, which need not have it.

    Raises:
        StoreError: The overlay is not a folder, or the table cannot be listed.
    """
    if not folder.is_dir():
        raise StoreError(
            f"{folder} is not a folder with an overlay",
            ["an overlay holds tables of a store; 'ice-facts data new TABLE' begins one"],
        )
    if os.path.lexists(folder / f"{table}.json") or os.path.lexists(folder / table):
        return table_files(folder, table)
    return []


def table_texts(root: Path, table: str, overlays: Sequence[Path] = ()) -> dict[str, bytes]:
    """Return the JSON text of every record of a table by id, as the files have it, sorted by id.

    Args:
        root: Folder of the store.
        table: The table.
        overlays: Folders whose records are added, or take the place of those with the same id; the
            last one wins.

    Raises:
        StoreError: A file of the table cannot be read, is not a JSON object, or has an id that
            another file has too.
    """
    found = _one_folder(root, table, table_files(root, table))
    for folder in overlays:
        found |= _one_folder(folder, table, overlay_files(folder, table))
        if table == "places":
            # A full record takes the place of the small one, which would be a second answer.
            for full in _one_folder(folder, table, overlay_files(folder, "jurisdictions")):
                found.pop(full, None)
    return {id: bytes(found[id]) for id in sorted(found)}


def _one_folder(root: Path, table: str, paths: Iterable[Path]) -> dict[str, msgspec.Raw]:
    found: dict[str, msgspec.Raw] = {}
    for path in paths:
        texts = texts_in(path)
        if twice := found.keys() & texts.keys():
            message = f"{root}: {table} has {min(twice)!r} in two files"
            raise StoreError(message, [CHECK_HINT])
        found |= texts
    return found


def overlaid(overlays: Sequence[Path]) -> dict[str, dict[str, str]]:
    """Return by table and id which overlay a record is from, under the name of its folder.

    Raises:
        StoreError: An overlay cannot be read, or holds no table.
    """
    found: dict[str, dict[str, str]] = {}
    for folder in overlays:
        of_folder = {
            table: _one_folder(folder, table, paths)
            for table in TABLES
            if (paths := overlay_files(folder, table))
        }
        if not of_folder:
            raise StoreError(
                f"{folder} holds no table of an ice-facts store",
                [f"tables: {', '.join(TABLES)}", "'ice-facts data new TABLE' begins one"],
            )
        name = clean_text(Path(os.path.realpath(folder)).name or str(folder))
        for table, ids in of_folder.items():
            found.setdefault(table, {}).update(dict.fromkeys(ids, name))
    return found


def texts_in(path: Path) -> dict[str, msgspec.Raw]:
    """Return the JSON text of every record in a file by id.

    Raises:
        StoreError: The file cannot be read or is not a JSON object.
    """
    try:
        texts = _texts.decode(read_file(path))
    except UNREADABLE as error:
        raise StoreError(f"{path}: {reason(error)}", [CHECK_HINT]) from error
    if "".join(texts).isprintable():
        return texts
    return {clean_text(id): text for id, text in texts.items()}


def unreadable(
    root: Path, table: str, id: str, error: Exception, overlays: Sequence[Path] = ()
) -> StoreError:
    """Return the error of a record that is not valid, with the file it is in."""
    paths = [path for folder in reversed(overlays) for path in overlay_files(folder, table)]
    paths += table_files(root, table)
    path = next((path for path in paths if id in texts_in(path)), root)
    return StoreError(f"{path}: record {id!r}: {reason(error)}", [CHECK_HINT])


class Stamp(msgspec.Struct, frozen=True):
    """The state of a store: of every file its name, size, times and inode number.

    The time of a folder says nothing about files that are changed in place, so every file is asked.
    A change that leaves all of this as it was is not seen: another file system in the same place,
    for one.
    """

    files: tuple[tuple[str, int, int, int, int], ...]

    @property
    def text(self) -> str:
        """The stamp as text, which differs where a file differs."""
        return repr(self.files)

    @property
    def changed(self) -> int:
        """When a file was last changed, in nanoseconds since the epoch."""
        return max((max(file[2:4]) for file in self.files), default=0)


def stamp_of(root: Path, overlays: Sequence[Path] = ()) -> Stamp:
    """Return the stamp of the files of a store and its overlays; no file is read.

    Raises:
        StoreError: A table is missing or cannot be listed.
    """
    try:
        with os.scandir(root) as entries:
            present = {entry.name for entry in entries}
        files = [file for table in TABLES for file in _states_of(root, table, present)]
        for folder in overlays:
            for table in TABLES:
                for path in overlay_files(folder, table):
                    s = path.stat()
                    state = (s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino)
                    files.append((os.path.realpath(path), *state))
    except OSError as error:
        raise StoreError(f"{error.filename or root}: {error.strerror}") from error
    return Stamp(tuple(files))


def _states_of(root: Path, table: str, present: set[str]) -> list[tuple[str, int, int, int, int]]:
    """Return name, size, times and inode number of each file of a table.

    Args:
        root: Folder of the store.
        table: The table.
        present: The names of all that is in the folder.
    """
    # As `table_files`, but without paths: every look-up does this.
    if table in present and f"{table}.json" not in present:
        try:
            with os.scandir(f"{root}/{table}") as entries:
                found = [(f"{table}/{e.name}", e.stat()) for e in entries if e.name[-5:] == ".json"]
        except NotADirectoryError:
            found = []
    else:
        found = [(path.name, path.stat()) for path in table_files(root, table)]
    return sorted([(name, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for name, s in found])
