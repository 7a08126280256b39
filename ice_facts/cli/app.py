"""The Typer application, whose commands are built when they are called."""

import io
import os
import re
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ice_facts import __version__
from ice_facts.cli.commands import COMMANDS
from ice_facts.cli.told import tell

START = """\
ice-facts answers what the rule on working with ICE is at a place, since when, and who says so.

  ice-facts city chicago                 who governs, rules in force, claims and sources
  ice-facts states --rule 287g=requires  where state law requires 287(g) agreements
  ice-facts claims --status outdated     what the articles say that no longer holds

'ice-facts --help' lists every command; 'ice-facts COMMAND --help' shows examples of one."""

DEFECT = 70
"""Exit code of a defect of the program itself (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
HELP_WIDTH, PIPED_HELP_WIDTH = 100, 200


class LazyGroup(TyperGroup):
    """A group that lists its commands from a table and builds only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = COMMANDS.get(cmd_name)
        if found is None:
            return None
        if ctx.resilient_parsing:  # a shell asks for completion
            from ice_facts.cli.completion import light_command

            light = light_command(cmd_name)
            if light is not None:
                return light
        _import_msgspec()
        if not found.room:
            from ice_facts.cli.data import data_group

            return data_group(cmd_name, found)
        from ice_facts.cli.command import function_of, make_command

        return make_command(function_of(cmd_name, found), cmd_name, found)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        from ice_facts.cli.completion import commands

        return list(commands(incomplete))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in COMMANDS.items():
            panels.setdefault(command.panel, []).append((name, command.summary))
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl(rows)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from ice_facts.cli.command import fail
            from ice_facts.cli.guess import command_hints
            from ice_facts.errors import UsageError

            fail(UsageError(f"no command {args[0]!r}", command_hints(args)))
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        # Help in a pipe has every option on one line, for grep.
        piped = not sys.stdout.isatty()
        widths = {"terminal_width": PIPED_HELP_WIDTH} if piped else {}
        extra = {"max_content_width": HELP_WIDTH, **widths, **extra}
        return super().make_context(info_name, args, parent, **extra)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; whatever goes wrong becomes a line on stderr and an exit code."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
            sys.stdout.flush()
        except (KeyboardInterrupt, typer.Abort):
            sys.exit(INTERRUPTED)
        except Exception as error:
            sys.exit(INTERRUPTED if _is_of_interrupt(error) else _explain(error))
        sys.exit(code if isinstance(code, int) else 0)


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, of which it needs nothing that typing has not.

    Importing that takes 2 of the 65 ms of a look-up. Whoever needs it later can import it.
    """
    if "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # it cannot be found
        import msgspec  # noqa: F401  # for its effect

        del sys.modules["typing_extensions"]


def _is_of_interrupt(error: BaseException | None) -> bool:
    """Return True if an error is what became of an interrupt: Python and libraries wrap some."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _explain(error: Exception) -> int:
    """Print what went wrong; return the exit code."""
    if os.environ.get("ICE_FACTS_DEBUG"):
        import traceback

        traceback.print_exception(error)
    usage = getattr(error, "format_message", None)
    if usage is not None:  # Typer's own errors, about options and arguments
        return _explain_usage(error, usage())
    if isinstance(error, OSError):
        # What is left in the buffer cannot be written either; it must not be tried at the end.
        sys.stdout = io.StringIO()
        tell(f"cannot write: {error.strerror or error}")
        return 2
    if isinstance(error, MemoryError):
        tell("there is not enough memory for this answer")
        return 2
    tell(
        f"a defect of ice-facts: {type(error).__name__}: {error}",
        "ICE_FACTS_DEBUG=1 shows where; please report it with the command that you typed",
    )
    return DEFECT


_SURPLUS = r"unexpected extra argument(?:s|\(s\))? \((.*)\)"
"""How Typer tells of words that a command does not take."""


def _explain_usage(error: Any, message: str) -> int:
    if message.startswith("Usage:"):  # a group of commands without one of them
        typer.echo(message, err=True)
        return int(error.exit_code)
    context = getattr(error, "ctx", None)
    near = getattr(error, "possibilities", None)
    if near:
        message = error.message
    hints = [f"did you mean {' or '.join(sorted(near))}?"] if near else []
    if name := getattr(error, "option_name", None):
        from ice_facts.cli.guess import option_hints

        hints = option_hints(name) or hints
    elif context and (surplus := re.search(_SURPLUS, message)):
        from ice_facts.cli.guess import argument_hints

        message = f"{context.info_name} does not take {surplus[1]!r} like that"
        hints = argument_hints(context.info_name, surplus[1].split())
    path = context.command_path if context else "ice-facts"
    tell(message[:1].lower() + message[1:].rstrip("."), *hints, f"{path} --help shows more")
    return int(error.exit_code)


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from ice_facts.cli.store_folder import overlay_folders, store_folder
        from ice_facts.errors import StoreError
        from ice_facts.store import Store

        typer.echo(f"ice-facts {__version__}")
        try:
            typer.echo(f"data {Store(store_folder(), overlay_folders()).version()}")
        except StoreError as error:
            from ice_facts.cli.command import fail

            fail(error)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            is_eager=True,
            callback=_print_version,
            help="Version of the program and date of the data.",
        ),
    ] = False,
) -> None:
    """How US cities, counties and states deal with federal immigration enforcement.

    Every fact has a source, a date and a status; it works without a network.

    \b
    Examples:
      ice-facts city chicago
      ice-facts compare chicago houston
      ice-facts claims --status outdated
    """
    if context.invoked_subcommand is None:
        typer.echo(START)
