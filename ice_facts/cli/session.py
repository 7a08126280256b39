"""What every command shares: options, the store, and printing an answer or an error."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand

from ice_facts.cli.commands import VARIABLE, Command
from ice_facts.cli.options import SHARED
from ice_facts.cli.output import Target
from ice_facts.cli.store_folder import store_folder
from ice_facts.dates import parse_date, today
from ice_facts.errors import IceFactsError
from ice_facts.render import Reply, render_parts
from ice_facts.show.words import printable
from ice_facts.store import Store


class Session:
    """One call of a command: its store, its date, and the errors to report beside the answer.

    Args:
        data: Folder of another store than the bundled one, or None.
        as_of: Date of the answer as the user typed it, or None for today.
    """

    def __init__(self, data: Path | None, as_of: str | None) -> None:
        self.on = parse_date(as_of) if as_of is not None else today()
        self.store = Store(store_folder(data))
        self.errors: list[IceFactsError] = []


class _SharedCommand(TyperCommand):
    """A command whose ``--fields`` may stand without names, to ask which there are."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        for place, word in enumerate(args):
            if word == "--":
                break
            following = args[place + 1 : place + 2]
            if word == "--fields" and (not following or following[0].startswith("-")):
                args = [*args[:place], "--fields=", *args[place + 1 :]]
                break
        return super().parse_args(ctx, args)


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
    shared = [p for p in SHARED if dated or p.name != "as_of"]

    @functools.wraps(function)
    def run(**values: Any) -> None:
        options = {p.name: values.pop(p.name) for p in shared}
        if "style" in values:  # of citations: one more way to choose the form of the answer
            options["style"] = values.pop("style")
        try:
            session = Session(options["data"], options.get("as_of"))
            target = Target(options)
            # Sections are parts of cards; commands without cards do not have the options.
            style = target.style(values.pop("section", None), values.pop("full", False))
            reply = function(session, **values)
            if reply.results:
                target.write(render_parts(reply, target.format, style))
        except IceFactsError as error:
            fail(error)
        for missing in session.errors:
            report(missing)
        if session.errors:
            raise typer.Exit(max(missing.exit_code for missing in session.errors))

    if VARIABLE in os.environ:
        _complete((*parameters, *shared))
    arguments = [p for p in parameters if p.kind is not p.KEYWORD_ONLY]
    options = [p for p in parameters if p.kind is p.KEYWORD_ONLY]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by Typer
        [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*arguments, *options, *shared)]
    )
    run.__annotations__ = {p.name: p.annotation for p in (*arguments, *options, *shared)}
    return build(run, name, entry)


def _complete(parameters: Sequence[inspect.Parameter]) -> None:
    """Give parameters the values that their names stand for, for the Tab key."""
    from ice_facts.cli.completion import completer

    for parameter in parameters:
        for info in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(info, typer.models.ParameterInfo) and info.autocompletion is None:
                info.autocompletion = completer(parameter.name)


def build(callback: Callable[..., None], name: str, entry: Command) -> Any:
    """Build the Typer command of a callback, with its help from the table of commands."""
    from typer.main import get_command_from_info
    from typer.models import CommandInfo

    info = CommandInfo(
        name=name,
        cls=_SharedCommand,
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
    """Print an error and its hints on stderr."""
    typer.echo(f"ice-facts: {printable(error.message)}", err=True)
    for hint in error.hints:
        typer.echo(f"  {printable(hint)}", err=True)


def fail(error: IceFactsError) -> NoReturn:
    """Print an error on stderr and end with its exit code."""
    report(error)
    raise typer.Exit(error.exit_code)
