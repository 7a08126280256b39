"""What every command shares: options, the store, and printing an answer or an error."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from ice_facts.cli.commands import Command
from ice_facts.dates import parse_date, today
from ice_facts.errors import IceFactsError, OutputError, UsageError
from ice_facts.render import FORMATS, Reply, Style, format_of, render
from ice_facts.store import Store, visible_text


class Session:
    """One call of a command: its store, its date, and the errors to report beside the answer.

    Args:
        data: Folder of another store than the bundled one, or None.
        as_of: Date of the answer as the user typed it, or None for today.
    """

    def __init__(self, data: Path | None, as_of: str | None) -> None:
        chosen = data or (Path(env) if (env := os.environ.get("ICE_FACTS_DATA")) else None)
        self.on = parse_date(as_of) if as_of else today()
        self.store = Store(chosen)
        self.errors: list[IceFactsError] = []


def command(
    function: Callable[..., Reply], name: str, entry: Command, *, dated: bool = True
) -> Any:
    """Make a Typer command of a function that takes a session and its own parameters.

    The shared options are added to the function's own, its reply is printed in the format asked
    for, and its errors become text on stderr and an exit code.

    Args:
        function: Called as ``function(session, **own_parameters)``.
        name: Name of the command.
        entry: Its line in the table of commands.
        dated: Whether the answer depends on a date, so that ``--as-of`` applies.
    """
    own = inspect.signature(function, eval_str=True)
    parameters = [p for p in own.parameters.values() if p.name != "session"]
    shared = [p for p in _SHARED if dated or p.name != "as_of"]

    @functools.wraps(function)
    def run(**values: Any) -> None:
        options = {p.name: values.pop(p.name) for p in shared}
        try:
            session = Session(options["data"], options.get("as_of"))
            target = _Target(options)
            # Sections are parts of cards; commands without cards do not have the options.
            style = target.style(values.pop("section", None), values.pop("full", False))
            reply = function(session, **values)
            if reply.results:
                target.write(render(reply, target.format, style))
        except IceFactsError as error:
            fail(error)
        for missing in session.errors:
            report(missing)
        if session.errors:
            raise typer.Exit(max(missing.exit_code for missing in session.errors))

    arguments = [p for p in parameters if p.kind is not p.KEYWORD_ONLY]
    options = [p for p in parameters if p.kind is p.KEYWORD_ONLY]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by Typer
        [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*arguments, *options, *shared)]
    )
    run.__annotations__ = {p.name: p.annotation for p in (*arguments, *options, *shared)}
    return build(run, name, entry)


def build(callback: Callable[..., None], name: str, entry: Command) -> Any:
    """Build the Typer command of a callback, with its help from the table of commands."""
    from typer.main import get_command_from_info
    from typer.models import CommandInfo

    info = CommandInfo(
        name=name,
        callback=callback,
        help=help_text(entry),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)


def help_text(entry: Command) -> str:
    """Return the help of a command: what it does, then examples."""
    examples = "\n".join(f"  ice-facts {example}" for example in entry.examples)
    return f"{entry.summary}\n\n\b\nExamples:\n{examples}"


def report(error: IceFactsError) -> None:
    """Print an error and its hints on stderr; both may quote what a store or a file is named."""
    typer.echo(f"ice-facts: {visible_text(error.message)}", err=True)
    for hint in error.hints:
        typer.echo(f"  {visible_text(hint)}", err=True)


def fail(error: IceFactsError) -> NoReturn:
    """Print an error on stderr and end with its exit code."""
    report(error)
    raise typer.Exit(error.exit_code)


class _Target:
    """Where the answer goes, and in which form."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._file: Path | None = options["output"]
        self._to_terminal = self._file is None and sys.stdout.isatty()
        wanted: str | None = options["format"]
        if wanted is not None and wanted not in FORMATS:
            raise UsageError(f"no format {wanted!r}", [f"formats: {', '.join(FORMATS)}"])
        if wanted is not None:
            self.format = wanted
        elif self._file is not None:
            self.format = format_of(self._file)
        else:
            self.format = "table" if self._to_terminal else "tsv"

    def style(self, section: list[str] | None, full: bool) -> Style:
        """Return the style that options, environment and terminal ask for."""
        fields = self._options["fields"]
        if fields is not None and not fields.strip(", "):
            fields = "?"
        return Style(
            width=self._width(),
            color=self._color(),
            ascii=self._options["ascii"] or (self._to_terminal and not _speaks_utf8()),
            header=not self._options["no_header"],
            full=full,
            sections=_split(section or []),
            fields=_split([fields]) if fields else (),
        )

    def _width(self) -> int:
        if self._options["width"]:
            return int(self._options["width"])
        if os.environ.get("COLUMNS", "").isdigit():
            return max(20, int(os.environ["COLUMNS"]))
        if self._to_terminal:
            try:
                return os.get_terminal_size(sys.stdout.fileno()).columns or 80
            except OSError:
                return 80
        return 120

    def _color(self) -> bool:
        choice: str = self._options["color"]
        if choice not in ("auto", "always", "never"):
            raise UsageError(f"no colour mode {choice!r}", ["modes: auto, always, never"])
        if choice != "auto":
            return choice == "always"
        env = os.environ
        if env.get("NO_COLOR"):
            return False
        if any(env.get(name) not in (None, "", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
            return self.format == "table" and self._file is None
        if env.get("CLICOLOR") == "0" or env.get("TERM") in ("dumb", "unknown"):
            return False
        return self._to_terminal

    def write(self, text: str) -> None:
        """Write the answer to the file or to stdout.

        A file is written beside its place and renamed, so that it is whole or not there.
        """
        if self._file is not None:
            _write_file(self._file, text)
        elif self._to_terminal:
            encoding = sys.stdout.encoding or "utf-8"
            sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
            sys.stdout.flush()
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()


def _write_file(path: Path, text: str) -> None:
    import tempfile

    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8", "replace"))
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def _speaks_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _split(values: list[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


_SHARED = (
    _option(
        "as_of",
        Annotated[
            str | None,
            typer.Option(
                "--as-of",
                metavar="DATE",
                help="Answer as of 2018, 2018-07, 2018-07-04.",
            ),
        ],
        None,
    ),
    _option(
        "format",
        Annotated[
            str | None,
            typer.Option(
                "--format",
                "-f",
                metavar="FORMAT",
                help=f"One of {', '.join(FORMATS)}. Default: table, or tsv in a pipe.",
            ),
        ],
        None,
    ),
    _option(
        "output",
        Annotated[
            Path | None,
            typer.Option(
                "--output",
                "-o",
                metavar="FILE",
                help="Write to FILE; its ending is the format.",
            ),
        ],
        None,
    ),
    _option(
        "fields",
        Annotated[
            str | None,
            typer.Option("--fields", metavar="A,B", help="Only these fields, in this order."),
        ],
        None,
    ),
    _option(
        "no_header",
        Annotated[bool, typer.Option("--no-header", help="Leave out the header row.")],
        False,
    ),
    _option(
        "width",
        Annotated[
            int | None,
            typer.Option("--width", metavar="N", min=20, max=1000, help="Width of tables."),
        ],
        None,
    ),
    _option(
        "ascii",
        Annotated[bool, typer.Option("--ascii", help="Draw tables in ASCII.")],
        False,
    ),
    _option(
        "color",
        Annotated[
            str,
            typer.Option("--color", metavar="WHEN", help="auto, always or never."),
        ],
        "auto",
    ),
    _option(
        "data",
        Annotated[
            Path | None,
            typer.Option("--data", metavar="DIR", help="Another store; also ICE_FACTS_DATA."),
        ],
        None,
    ),
)
