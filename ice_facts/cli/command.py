"""From a room's function to a command: options in, the reply written, errors told."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, NoReturn, get_args, get_origin

import typer
from typer.core import TyperCommand

from ice_facts.ask import Parameter, Reply, Session
from ice_facts.cli.commands import VARIABLE, Command
from ice_facts.cli.options import EXTRA, SHARED
from ice_facts.cli.output import Target
from ice_facts.cli.store_folder import overlay_folders, store_folder
from ice_facts.errors import IceFactsError
from ice_facts.render import DATA_FORMATS, render_data, render_views
from ice_facts.show.words import printable


def function_of(name: str, entry: Command) -> Callable[..., Reply]:
    """Return the function of a command; only its room is imported."""
    room = import_module(f"ice_facts.{entry.room}")
    found: Callable[..., Reply] = getattr(room, f"ask_{name}")
    return found


def command(function: Callable[..., Reply], name: str, entry: Command) -> Any:
    """Make a Typer command of a function that takes a session and its own parameters.

    The shared options are added to the function's own, its reply is written in the format asked
    for, and its errors become text on stderr and an exit code.

    Args:
        function: Called as ``function(session, **own_parameters)``.
        name: Name of the command.
        entry: Its line in the table of commands.
    """
    own = inspect.signature(function, eval_str=True).parameters.values()
    parameters = [p for p in own if p.name != "session"]
    shared = [
        *(p for p in EXTRA if p.name in entry.extra),
        *(p for p in SHARED if entry.dated or p.name != "as_of"),
    ]
    if VARIABLE in os.environ:
        _complete(shared)
    typed = [*(_typed(p, entry) for p in parameters), *shared]

    @functools.wraps(function)
    def run(**values: Any) -> None:
        options = {p.name: values.pop(p.name) for p in shared}
        try:
            target = Target(options)
            session = Session(
                store_folder(options["data"]),
                options.get("as_of"),
                overlay_folders(options["overlay"]),
            )
            reply = function(session, **_parsed(parameters, values))
            _write(reply, session, target)
        except IceFactsError as error:
            fail(error)
        for missing in session.errors:
            report(missing)
        if session.errors:
            raise typer.Exit(max(missing.exit_code for missing in session.errors))

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by Typer
        [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in typed]
    )
    run.__annotations__ = {p.name: p.annotation for p in typed}
    return build(run, name, entry)


def _complete(parameters: Sequence[inspect.Parameter]) -> None:
    """Give shared options the values that the Tab key offers."""
    from ice_facts.cli.completion import shared_completer

    for parameter in parameters:
        for info in parameter.annotation.__metadata__:
            info.autocompletion = shared_completer(parameter.name)


def _write(reply: Reply, session: Session, target: Target) -> None:
    """Write a reply: its data in a data format, else what readers see of it."""
    style = target.style()
    if isinstance(reply.data, Sequence) and not reply.data:
        return  # no name was found, which is told as an error
    if target.format in DATA_FORMATS:
        target.write(render_data(reply, target.format, style))
        return
    from ice_facts.show.labels import Labels

    if views := reply.views(Labels(session.store)):
        target.write([render_views(views, target.format, style)])


def _parsed(parameters: Sequence[inspect.Parameter], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of parameters, made of the texts that were typed.

    Raises:
        UsageError: A text is not what its parameter takes.
    """
    found = dict(values)
    for parameter in parameters:
        (parse, commas), value = _reading(parameter), found.get(parameter.name)
        texts = value
        if value is not None and commas:
            given = [value] if isinstance(value, str) else value
            texts = [part.strip() for text in given for part in text.split(",") if part.strip()]
        if parse is not None and texts is not None:
            texts = [parse(t) for t in texts] if isinstance(texts, list) else parse(texts)
        if parameter.name in found:
            found[parameter.name] = texts
    return found


def _reading(parameter: inspect.Parameter) -> tuple[Callable[[str], Any] | None, bool]:
    spec = _spec(parameter)
    return (spec.parse, spec.commas) if spec else (None, False)


def _spec(parameter: inspect.Parameter) -> Parameter | None:
    found = getattr(parameter.annotation, "__metadata__", ())
    return next((item for item in found if isinstance(item, Parameter)), None)


def _typed(parameter: inspect.Parameter, entry: Command) -> inspect.Parameter:
    """Return a parameter of a command as Typer reads it."""
    spec = _spec(parameter)
    assert spec is not None, f"{parameter.name} does not say how it is typed"
    settings: dict[str, Any] = {"metavar": spec.metavar, "help": spec.help}
    if spec.min is not None or spec.max is not None:
        settings |= {"min": spec.min, "max": spec.max}
    if VARIABLE in os.environ:
        from ice_facts.cli.completion import completer

        named = spec if spec.flags else spec._replace(names=entry.names)
        settings["autocompletion"] = completer(parameter.name, named)
    kind = get_args(parameter.annotation)[0]
    if spec.parse or spec.commas:
        kind = _text_type(kind, many=spec.commas)
    if parameter.annotation and not spec.flags:
        info: Any = typer.Argument(**settings)
    else:
        if kind is bool:
            settings["show_default"] = parameter.default is not False
        info = typer.Option(*spec.flags, **settings)
    return parameter.replace(annotation=Annotated[kind, info])


def _text_type(kind: Any, *, many: bool) -> Any:
    """Return the type of what is typed, before it is parsed: a text or texts, perhaps none."""
    inner = [part for part in get_args(kind) or (kind,) if part is not type(None)]
    listed = many or any(get_origin(part) in (list, tuple) for part in (kind, *inner))
    text: Any = list[str] if listed else str
    return text | None if type(None) in get_args(kind) else text


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
