"""Rules on files: they can be read, are JSON, fit the schema and are in canonical form."""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from ice_facts.dates import PARTIAL_DATE_PATTERN
from ice_facts.errors import StoreError
from ice_facts.model import TABLES, Record
from ice_facts.store import overlay_files, read_file, table_files
from ice_facts.validate.canonical import canonical
from ice_facts.validate.tables import Entry, Problem, Tables, join, walk
from ice_facts.validate.texts import are_surely_clean

Found = Iterator[tuple[str, str, Problem]]
"""File, id and problem."""


MAX_DEPTH = 64
"""Values nested deeper are refused: no record comes near, and readers have a limit."""


_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


_ERROR_PATH = re.compile(r" - (?:at `\$\.?(?P<path>.*)`|at `key` in `\$\.?(?P<keys>.*)`)$")


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


_ERROR_FIELD = re.compile(r"field `(.*)`")


def read_tables(root: Path, tables: Tables, *, is_overlay: bool = False) -> Found:
    """Read all files of a store into ``tables`` and yield the problems of the files.

    Args:
        root: Folder of the store.
        tables: What is read is added to them.
        is_overlay: The folder need not have every table.
    """
    yield from _unknown_files(root)
    for table in TABLES:
        try:
            paths = (overlay_files if is_overlay else table_files)(root, table)
        except StoreError as error:
            tables.incomplete.add(table)
            remedy = "; ".join(error.hints) or "make it a file or a folder of files"
            yield f"{table}.json", "", Problem("", error.message, remedy)
            continue
        for path in paths:
            yield from _read(path, path.relative_to(root).as_posix(), table, tables)


def uncanonical_files(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a store or overlay that are not in canonical form.

    Each comes with the content that it should have. A file that cannot be read, or in which a key
    is there twice, is left out: `read_tables` has a problem for it.
    """
    for table in TABLES:
        with suppress(StoreError):
            for path in overlay_files(root, table):
                with suppress(StoreError, ValueError, RecursionError):
                    content = read_file(path)
                    values = _decode(content)
                    records = {id: _record(value, table) or value for id, value in values.items()}
                    wanted = canonical(table, records)
                    if wanted != content and not any(_duplicate_keys(values, path.name)):
                        yield path, wanted


def _record(value: Any, table: str) -> Record | None:
    """Return a value of a file as a record of a table, or None if it does not fit the schema."""
    try:
        record: Record = msgspec.convert(value, TABLES[table])
    except msgspec.ValidationError:
        return None
    return record


def _unknown_files(root: Path) -> Found:
    """Yield a problem for each JSON file of no table: nobody would ever see its records."""
    for path in root.glob("*.json"):
        if path.stem not in TABLES:
            remedy = f"name it after a table ({', '.join(TABLES)}), or take it away"
            yield path.name, "", Problem("", "no table has this name", remedy)


def _read(path: Path, file: str, table: str, tables: Tables) -> Found:
    try:
        content = read_file(path)
    except StoreError as error:
        tables.incomplete.add(table)
        reason = error.message.removeprefix(f"{path}: ")
        remedy = "put a readable JSON file in its place"
        yield file, "", Problem("", f"cannot be read: {reason}", remedy)
        return
    if sound := _sound_entries(content, file, table, tables):
        tables.entries[table].update(sound)
        return
    try:
        values = _decode(content)
    except UnicodeDecodeError as error:
        tables.incomplete.add(table)
        line = content.count(b"\n", 0, error.start) + 1
        remedy = "save the file as UTF-8"
        yield file, "", Problem(f"line {line}", f"not UTF-8 ({error.reason})", remedy)
        return
    except (ValueError, RecursionError) as error:
        tables.incomplete.add(table)
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        problem = f"not a JSON object of records by id: {reason}"
        yield file, "", Problem("", problem, "correct the JSON")
        return
    yield from _entries(values, file, table, tables)
    twice = list(_duplicate_keys(values, file))
    # Of two equal keys only one value is known here, so the form of the file cannot be judged.
    yield from twice or _form(values, content, file, table, tables)


def _sound_entries(
    content: bytes, file: str, table: str, tables: Tables
) -> dict[str, Entry] | None:
    """Return the entries of a file of which nothing is wrong, as of most; None if something may be.

    A file in the canonical form of its own records has no key twice, and is nested no deeper than
    they are.
    """
    try:
        values = msgspec.json.decode(content, type=dict[str, Any])
        records = _records(table).decode(content)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    is_sound = (
        all(map(_SLUG.fullmatch, records))
        and tables.entries[table].keys().isdisjoint(records)
        and canonical(table, records) == content
    )
    if not is_sound:
        return None
    is_clean = are_surely_clean(values)
    return {id: Entry(file, values[id], records[id], is_clean) for id in records}


@functools.cache
def _records(table: str) -> msgspec.json.Decoder[dict[str, Any]]:
    """Return what decodes a file of a table."""
    return msgspec.json.Decoder(dict.__class_getitem__((str, TABLES[table])))


class _Ambiguous(dict[str, Any]):
    """A JSON object in which some keys were there more than once."""

    duplicates: tuple[str, ...]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    ambiguous = _Ambiguous(pairs)
    counts = Counter(key for key, _ in pairs)
    ambiguous.duplicates = tuple(key for key in values if counts[key] > 1)
    return ambiguous


def _decode(content: bytes) -> dict[str, Any]:
    """Decode a file.

    Raises:
        UnicodeDecodeError: It is not UTF-8.
        ValueError: It is not a JSON object.
        RecursionError: It is nested too deeply.
    """
    values = json.loads(content.decode(), object_pairs_hook=_object)
    if not isinstance(values, dict):
        raise ValueError(f"the outermost value is {_kind(values)}")
    _containers(values)
    msgspec.json.decode(content)  # stricter: no NaN, no infinity, no half of a surrogate pair
    return values


def _containers(values: dict[str, Any]) -> list[Any]:
    """Return an object with all objects and arrays in it.

    Raises:
        RecursionError: It is nested too deeply.
    """
    found: list[Any] = []
    level: list[Any] = [values]
    for _ in range(MAX_DEPTH):
        found += level
        contents = (value.values() if isinstance(value, dict) else value for value in level)
        level = [item for items in contents for item in items if isinstance(item, (dict, list))]
    if level:
        raise RecursionError
    return found


def _kind(value: Any) -> str:
    names = {list: "an array", str: "a text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def _duplicate_keys(values: dict[str, Any], file: str) -> Found:
    if not any(isinstance(item, _Ambiguous) for item in _containers(values)):
        return
    for key in values.duplicates if isinstance(values, _Ambiguous) else ():
        yield file, key, Problem("", "the id is in this file more than once", "keep one record")
    for id, value in values.items():
        for path, item in walk(value):
            for key in item.duplicates if isinstance(item, _Ambiguous) else ():
                yield file, id, Problem(join(path, key), "the key is there twice", "keep one")


def _entries(values: dict[str, Any], file: str, table: str, tables: Tables) -> Found:
    """Add a file's records to the tables; yield wrong ids and violations of the schema."""
    entries = tables.entries[table]
    for id, value in values.items():
        if not _SLUG.fullmatch(id):
            remedy = "write the id in a-z and 0-9, its words joined by single hyphens"
            yield file, id, Problem("", "the id is not a kebab-case ASCII slug", remedy)
        record: Record | None = None
        try:
            record = msgspec.convert(value, TABLES[table])
        except msgspec.ValidationError as error:
            yield file, id, _violation(str(error), table)
        if id in entries:
            problem = f"the id is in {entries[id].file} too"
            yield file, id, Problem("", problem, "keep one record, or give one another id")
        else:
            entries[id] = Entry(file, value, record)


def _violation(message: str, table: str) -> Problem:
    """Turn an error of the schema into a problem with a field and a remedy."""
    found = _ERROR_PATH.search(message)
    path = (found["path"] or found["keys"] or "") if found else ""
    text = message[: found.start()] if found else message
    named = _ERROR_FIELD.search(text)
    if named:
        path = join(path, named[1])
    remedy = f"'ice-facts data schema {table}' prints what is allowed"
    if PARTIAL_DATE_PATTERN.replace("\\", "\\\\") in text or PARTIAL_DATE_PATTERN in text:
        text, remedy = "not an ISO date", "write YYYY, YYYY-MM or YYYY-MM-DD"
    return Problem(path, f"does not fit the schema: {text}", remedy)


def _form(values: dict[str, Any], content: bytes, file: str, table: str, tables: Tables) -> Found:
    """Yield a problem for the first line that differs from the canonical form of the file.

    A record that does not fit the schema is written as it stands.
    """
    entries = tables.entries[table]
    records = {
        id: entries[id].record or value if entries[id].file == file else value
        for id, value in values.items()
    }
    wanted = canonical(table, records)
    if wanted == content:
        return
    lines, should = (_LINE.findall(text.decode()) for text in (content, wanted))
    same = sum(1 for _ in _while_equal(lines, should))
    has, wants = (repr(x[same]) if same < len(x) else "the end" for x in (lines, should))
    yield (
        file,
        "",
        Problem(
            f"line {same + 1}",
            f"not in canonical form: has {_short(has)} where {_short(wants)} belongs",
            "'ice-facts data format DIR' writes it so: sorted by id, fields in the order of the "
            "schema, empty and default values left out, indented by two blanks, "
            "a place without a full record in one line",
        ),
    )


def _while_equal(one: list[str], other: list[str]) -> Iterator[str]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
