"""The commands on the store itself: data info, path, check, schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ice_facts.across.about import ask_info
from ice_facts.across.difference import ask_diff
from ice_facts.ask import Session
from ice_facts.cli.command import build_command, fail, help_text, make_command
from ice_facts.cli.commands import Command
from ice_facts.cli.store_folder import store_folder
from ice_facts.errors import IceFactsError, UsageError

INFO = Command(
    "", "Counts by table, newest confirmation, version.", ("data info",), "", dated=False
)
PATH = Command("", "Where the store is.", ("data path",), "")
CHECK = Command(
    "",
    "Every defect of a store, with file, id, field and what to do.",
    ("data check", "data check my-store", "data check my-overlay --on bundled"),
    "",
)
NEW = Command(
    "",
    "A record of a table to begin with, with what each field takes.",
    ("data new policies", "data new jurisdictions --plain > my-overlay/jurisdictions.json"),
    "",
)
DIFF = Command(
    "",
    "What an overlay, or another version of the store, changes.",
    ("data diff my-overlay", "data diff newer-data -f json"),
    "",
    dated=False,
)
FORMAT = Command(
    "",
    "Write the files of a store or an overlay in the form that data check asks for.",
    ("data format my-overlay",),
    "",
)
SCHEMA = Command(
    "",
    "JSON Schema of the records of a table, or of a command's answer.",
    ("data schema policies", "data schema --answer city"),
    "",
)


def data_group(name: str, entry: Command) -> Any:
    """Build the group of commands on the store."""
    from typer.main import get_group

    group = typer.Typer(
        name=name,
        help=help_text(entry),
        rich_markup_mode=None,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.callback()(lambda: None)
    built = get_group(group)
    built.add_command(make_command(ask_info, "info", INFO))
    built.add_command(make_command(ask_diff, "diff", DIFF))
    built.add_command(build_command(format_files, "format", FORMAT))
    for function, line in ((path, PATH), (check, CHECK), (new, NEW), (schema, SCHEMA)):
        built.add_command(build_command(function, function.__name__, line))
    return built


def _tables(incomplete: str) -> list[str]:
    """Return the tables that begin so, for the Tab key."""
    from ice_facts.model import TABLES

    return [name for name in TABLES if name.startswith(incomplete)]


DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Another store; also ICE_FACTS_DATA."),
]


def path(data: DataOption = None) -> None:
    """Print the folder of the store."""
    try:
        typer.echo(str(Session(store_folder(data)).store.root.resolve()))
    except IceFactsError as error:
        fail(error)


def check(
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Folder of the store to check."),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")
    ] = "text",
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DIR", help="DIR is an overlay on this store: bundled, or a folder."
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Report every defect of a store; exit 0 only if there is none."""
    import msgspec

    from ice_facts.store import bundled_data, visible_text
    from ice_facts.validate import check_store

    try:
        if format not in ("text", "json"):
            raise UsageError(f"no format {format!r}", ["formats: text, json"])
        root = directory or Session(store_folder(data)).store.root
        if on is not None and directory is None:
            raise UsageError("--on needs the folder of an overlay", ["data check DIR --on bundled"])
        base = None if on is None else bundled_data() if on == "bundled" else Path(on)
        defects = check_store(root, base)
    except IceFactsError as error:
        fail(error)
    if format == "json":
        sys.stdout.write(
            msgspec.json.format(msgspec.json.encode(defects), indent=2).decode() + "\n"
        )
    else:
        for defect in defects:
            where = ": ".join(part for part in (defect.file, defect.id, defect.field) if part)
            typer.echo(f"{where}: {defect.problem}; {defect.remedy}")
        count = "1 defect" if len(defects) == 1 else f"{len(defects) or 'no'} defects"
        typer.echo(f"{visible_text(str(root))}: {count}", err=True)
    if defects:
        raise typer.Exit(3)


def format_files(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the files.")],
) -> None:
    """Write the files of a folder in canonical form, each whole or not at all; name them."""
    from ice_facts.cli.target import write_file
    from ice_facts.store import visible_text
    from ice_facts.validate import uncanonical_files

    written = 0
    try:
        for path, content in uncanonical_files(directory):
            write_file(path, content)
            typer.echo(visible_text(str(path)))
            written += 1
    except IceFactsError as error:
        fail(error)
    count = "1 file" if written == 1 else f"{written or 'no'} files"
    typer.echo(f"{visible_text(str(directory))}: {count} written", err=True)


def new(
    table: Annotated[
        str,
        typer.Argument(metavar="TABLE", help="The table of the record.", autocompletion=_tables),
    ],
    plain: Annotated[
        bool, typer.Option("--plain", help="Valid JSON: without notes and rarely used fields.")
    ] = False,
) -> None:
    """Print a record of a table to begin with."""
    from ice_facts.model import TABLES
    from ice_facts.validate.template import template

    if table not in TABLES:
        fail(UsageError(f"no table {table!r}", [f"tables: {', '.join(TABLES)}"]))
    sys.stdout.write(template(table, notes=not plain))


def schema(
    table: Annotated[
        str | None,
        typer.Argument(
            metavar="[TABLE]", help="Table; all of them when left out.", autocompletion=_tables
        ),
    ] = None,
    answer: Annotated[
        str | None,
        typer.Option(
            "--answer", metavar="COMMAND", help="What this command prints with -f json instead."
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a table's file (an object of records by id) or of an answer."""
    import msgspec

    from ice_facts.model import TABLES, table_schema

    if answer is not None:
        value = _answer_schema(answer)
    elif table is None:
        value = {name: table_schema(name) for name in TABLES}
    elif table in TABLES:
        value = table_schema(table)
    else:
        fail(UsageError(f"no table {table!r}", [f"tables: {', '.join(TABLES)}"]))
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def _answer_schema(command: str) -> dict[str, Any]:
    from ice_facts.cli.schemas import CARDS, LISTS, OBJECTS, answer_schema

    known = [*CARDS, *OBJECTS, *LISTS]
    if command not in known:
        fail(UsageError(f"no answer of a command {command!r}", [f"commands: {', '.join(known)}"]))
    return answer_schema(command)
