"""The command ``export``: the store as files for other programs."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Annotated

from ice_facts.across.export.shape import record_tables
from ice_facts.across.export.tables import ABOUT_PARTS, Export, export_of
from ice_facts.ask import Reply, Session, argument, option
from ice_facts.errors import OutputError, UsageError
from ice_facts.model import TABLES
from ice_facts.model.answers import Answer
from ice_facts.render.export import DATABASE, ENDINGS, FORMS, Step, write_export
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, table_of

PATIENCE = 1.0
"""After so many seconds, a terminal is told how far an export is."""

NAMES_OF_AN_EXPORT = frozenset(
    {DATABASE, "datapackage.json", "about.json", "rules", "jurisdictions"}
)
"""Names in a folder that tell that it is an export, which may be replaced."""


class ExportedTable(Answer, frozen=True, kw_only=True):
    """A table that was exported, or can be.

    ``file`` is where it was written, a file or folder; null where nothing was written.
    """

    table: str
    rows: int
    columns: int
    about: str
    file: str | None


def ask_export(
    session: Session,
    target: Annotated[
        Path | None,
        argument("[DIR|FILE]", "Where to: a new folder, or a file x.db. None: list the tables."),
    ] = None,
    *,
    to: Annotated[
        str | None,
        option(
            "--to",
            metavar="FORM",
            help=f"{', '.join(FORMS)} (-f too). Default: by the file's ending, else csv.",
            words=lambda: ((form, "") for form in FORMS),
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        option(
            "--only",
            metavar="TABLE,…",
            help="Only these tables: rules,policies.",
            commas=True,
            words=lambda: [*((name, "") for name in TABLES), *ABOUT_PARTS.items()],
        ),
    ] = None,
    replace: Annotated[
        bool, option("--replace", help="Take the place of an earlier export.")
    ] = False,
) -> Reply:
    """Export the store, or list the tables that it would have."""
    form = _form(target, to) if target is not None else None
    if target is not None:
        _assert_free(target, replace)
    with _progress() as progress:
        step = progress.stage("reading", len(list(record_tables())))
        export = export_of(session.store, only or (), session.asked_on, step)
        if target is not None and form is not None:
            step = progress.stage("writing", len(export.tables))
            _write(export, form, target, step)
    answers = [
        ExportedTable(
            table=table.name,
            rows=len(table.rows),
            columns=len(table.shape.columns),
            about=table.shape.about,
            file=str(_file_of(table.name, form, target)) if target is not None and form else None,
        )
        for table in export.tables
    ]
    return Reply(answers, _listing)


def _form(target: Path, to: str | None) -> str:
    """Return the form that was asked for, or that the ending of a file stands for."""
    by_ending = ENDINGS.get(target.suffix.lower())
    if to is not None:
        if to not in FORMS:
            raise UsageError(f"no form {to!r} of an export", [f"forms: {', '.join(FORMS)}"])
        if by_ending and to != by_ending:
            raise UsageError(f"{target.name} is the name of a {by_ending} file, not {to}")
        return to
    if by_ending:
        return by_ending
    if target.suffix and not target.is_dir():
        raise UsageError(
            f"an export cannot be a file {target.suffix}",
            [
                f"endings of a file: {', '.join(ENDINGS)}",
                "or name a folder, and --to csv, parquet or jsonl",
            ],
        )
    return "csv"


def _is_file(target: Path) -> bool:
    return target.suffix.lower() in ENDINGS


def _metadata_of(target: Path) -> Path:
    """Return what stands beside a database, for Datasette."""
    return target.with_suffix(".metadata.json")


def _file_of(table: str, form: str | None, target: Path) -> Path:
    if form == "sqlite":
        return target if _is_file(target) else target / DATABASE
    return target / table if form == "parquet" else target / f"{table}.{form}"


def _assert_free(target: Path, replace: bool) -> None:
    """Check that an export can be written without overwriting what is no export.

    Raises:
        OutputError: Something is there that is not to be replaced, or that is no export.
    """
    if target.is_symlink():
        raise OutputError(f"cannot write {str(target)!r}: it is a link", ["name what it points to"])
    if not target.exists():
        beside = _metadata_of(target)
        if _is_file(target) and os.path.lexists(beside):
            raise OutputError(
                f"cannot write {str(beside)!r}, what Datasette shows: it is there already",
                ["take it away, or name another file"],
            )
        return
    if _is_file(target):
        if not target.is_file():
            raise OutputError(f"cannot write {str(target)!r}: it is not a file")
        with target.open("rb") as file:
            is_export = file.read(16) == b"SQLite format 3\0"
    else:
        if not target.is_dir():
            raise OutputError(f"cannot write {str(target)!r}: it is not a folder")
        names = {entry.name for entry in target.iterdir()}
        if not names:
            return
        is_export = bool(names & NAMES_OF_AN_EXPORT)
    if not replace:
        hints = ["--replace takes its place"] if is_export else ["name a new folder or file"]
        raise OutputError(f"cannot write {str(target)!r}: it is there already", hints)
    if not is_export:
        raise OutputError(f"cannot replace {str(target)!r}: it is not an export")


def _write(export: Export, form: str, target: Path, step: Step) -> None:
    """Write an export to a folder beside its target and rename it.

    So a folder or a database is there whole, or what was there stays. Two things can still happen.
    The metadata of a database is a second file, renamed after it: if that fails, the error names
    it, and the database is new. A process killed while it replaces a folder can leave the earlier
    one in ``.ice-facts-…/old`` beside it.

    Raises:
        OutputError: It cannot be written.
    """
    import tempfile

    target = target.parent.resolve() / target.name
    written = target
    temporary: Path | None = None
    try:
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=".ice-facts-"))
        made = temporary / "new"
        made.mkdir()
        write_export(export, form, made, step)
        if _is_file(target):
            (made / DATABASE).replace(target)
            written = _metadata_of(target)
            (made / "metadata.json").replace(written)
            return
        if target.is_dir() and any(target.iterdir()):
            old = temporary / "old"
            try:
                target.rename(old)
                made.rename(target)
            except BaseException:  # an interrupt too, or the earlier export would be thrown away
                if old.exists() and not target.exists():
                    old.rename(target)
                raise
        else:
            made.rename(target)
    except OSError as error:
        raise OutputError(f"cannot write {str(written)!r}: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


class _Progress:
    """Tells a terminal how far an export is, once it has taken a while."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self.shown = False

    def stage(self, doing: str, tables: int) -> Step:
        """Return what tells that a table is begun, in a stage of so many tables."""
        number = count(1)

        def step(table: str) -> None:
            line = f"export: {doing} {next(number)} of {tables}: {table}"
            if sys.stderr.isatty() and time.monotonic() - self._since > PATIENCE:
                self.shown = True
                sys.stderr.write(f"\r\x1b[K{line}")
                sys.stderr.flush()

        return step


@contextmanager
def _progress() -> Iterator[_Progress]:
    made = _Progress()
    try:
        yield made
    finally:
        if made.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _listing(tables: list[ExportedTable], labels: Labels) -> ListView:
    """Return the view of exported tables."""
    written = any(table.file for table in tables)
    rows = sum(table.rows for table in tables)
    table = table_of(
        tables,
        (Column("table", "Table"), lambda t: t.table),
        (Column("rows", "Rows", right=True), lambda t: t.rows),
        (Column("columns", "Columns", right=True), lambda t: t.columns),
        (Column("about", "What a row is", data=written), lambda t: t.about),
        (Column("file", "File", data=not written), lambda t: t.file),
    )
    what = "Exported" if written else "To export"
    notes = () if written else ("ice-facts export FOLDER writes them; --to names the form",)
    return ListView(f"{what}: {len(tables)} tables, {rows:,} rows", table, notes)
