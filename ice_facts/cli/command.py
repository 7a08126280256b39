"""From a room's function to a command: options in, the reply written, errors told."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn, get_args, get_origin

import typer
from msgspec.structs import replace
from typer.core import TyperCommand
from typer.main import get_click_param, get_command_from_info
from typer.models import CommandInfo, ParamMeta

from ice_facts.ask import Parameter, Reply, Session, parts_of
from ice_facts.cli.commands import VARIABLE, Command
from ice_facts.cli.options import EXTRA, SHARED
from ice_facts.cli.store_folder import overlay_folders, store_folder
from ice_facts.cli.target import Target
from ice_facts.cli.told import tell
from ice_facts.dates import is_future, today
from ice_facts.errors import IceFactsError, StoreError, UsageError
from ice_facts.render import CLASS_FORMATS, DATA_FORMATS, render_data, render_pages, render_views

_HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


def function_of(name: str, entry: Command) -> Callable[..., Reply]:
    """Return the function of a command; only its room is imported."""
    room = import_module(f"ice_facts.{entry.room}")
    found: Callable[..., Reply] = getattr(room, f"ask_{name}")
    return found


def make_command(function: Callable[..., Reply], name: str, entry: Command) -> Any:
    """Make a Typer command of a function that takes a session and its own parameters.

    The shared options are added to the function's own, its reply is written in the format asked
    for, and its errors become text on stderr and an exit code.

    Args:
        function: Called as ``function(session, **own_parameters)``.
        name: Name of the command.
        entry: Its line in the table of commands.
    """
    parameters = parameters_of(function)
    shared = [
        *(p for p in EXTRA if p.name in entry.extra),
        *(p for p in SHARED if entry.dated or p.name != "as_of"),
    ]

    def run(**values: Any) -> None:
        options = {p.name: values.pop(p.name) for p in shared}
        try:
            if entry.room == "cli.export":
                _format_names_export_form(values, options)
            target = Target(options)
            session = Session(
                store_folder(options["data"]),
                options.get("as_of"),
                overlay_folders(options["overlay"]),
            )
            if entry.answers:
                from ice_facts.cli.nested import answering

                session.answer = answering(session)
            reply = function(session, **parsed(parameters, values))
            if "sort" in options:
                reply = selected(reply, options["sort"], options["limit"])
            if entry.played and target.is_conversation:
                from ice_facts.cli.play import play

                play(reply.shown, target.style())
            else:
                _write(reply, session, target)
            if is_future(session.on):
                known = f"this is what is known by {today()}"
                tell(f"the future is not on record: {known}")
        except IceFactsError as error:
            fail(error)
        for remark in session.store.remarks:
            tell(remark)
        for missing in session.errors:
            report(missing)
        if session.errors:
            raise typer.Exit(max(missing.exit_code for missing in session.errors))

    return command_with(run, (*parameters, *shared), name, entry)


def _format_names_export_form(values: dict[str, Any], options: dict[str, Any]) -> None:
    """Let ``-f parquet`` name the form of an export, which is what is meant by it."""
    from ice_facts.render.export import FORMS

    if values["target"] is not None and values["to"] is None and options["format"] in FORMS:
        values["to"], options["format"] = options["format"], None


def parameters_of(function: Callable[..., Reply]) -> list[inspect.Parameter]:
    """Return a function's own parameters: all but the session."""
    own = inspect.signature(function, eval_str=True).parameters.values()
    return [p for p in own if p.name != "session"]


def selected(reply: Reply, sort: str | None, limit: int | None) -> Reply:
    """Return the list sorted and cut to --limit; stderr tells of the cut.

    Raises:
        UsageError: A field is not one of the rows'.
    """
    rows: Any = list(reply.data)
    for name in reversed(sort.split(",") if sort else []):
        field, downwards = name.strip().removeprefix("-"), name.strip().startswith("-")
        fields = dict(zip(rows[0].__struct_encode_fields__, rows[0].__struct_fields__, strict=True))
        if field not in fields:
            raise UsageError(f"no field {field!r} to sort by", [f"fields: {', '.join(fields)}"])
        values = {id(row): getattr(row, fields[field]) for row in rows}
        # Rows without a value come last in either order.
        known = [row for row in rows if values[id(row)] not in (None, "", ())]
        known.sort(key=lambda row: values[id(row)], reverse=downwards)  # used at once
        rows = known + [row for row in rows if values[id(row)] in (None, "", ())]
    if limit is not None and limit < len(rows):
        tell(f"{limit:,} of {len(rows):,} rows (--limit)")
        rows = rows[:limit]
    return reply._replace(data=rows)


def _write(reply: Reply, session: Session, target: Target) -> None:
    """Write a reply: its data in a data format, else what readers see of it."""
    style = target.style()
    if isinstance(reply.data, Sequence) and not reply.data:
        return  # no name was found, which is told as an error
    marks = None
    if session.store.overlays:
        from ice_facts.show.overlaid import Marks

        marks = Marks(session.store.overlaid)
    if target.format in DATA_FORMATS:
        marked = reply._replace(data=marks.data(reply.data)) if marks else reply
        target.write(render_data(marked, target.format, style))
        return
    if reply.flat and target.format in ("tsv", "csv"):
        from ice_facts.render.delimited import flat_lines

        target.write(flat_lines(reply.data, target.format, style))
        return
    if target.format in CLASS_FORMATS and target.format != "pptx":
        from ice_facts.render.school import render_school

        target.write([render_school(reply, target.format)])
        return
    from ice_facts.show.labels import Labels

    views = reply.views(Labels(session.store))
    if marks:
        views = [marks.view(view) for view in views]
    if views and target.format in ("svg", "png", "pptx", "html"):
        from ice_facts.show.words import dated_text

        licence = target.format == "html"
        style = replace(style, dated=dated_text(session.on, _version(session), licence))
        if target.format != "html":
            from ice_facts.across.classroom.slides import with_sources

            views = [with_sources(session.store, view) for view in views]
    if views and target.format in ("svg", "png"):
        written = target.write_pages(render_pages(views, target.format, style))
        if len(written) > 1:
            first, second, last = written[0].name, written[1].name, written[-1].name
            names = f"{first}, {second}" + (f" … {last}" if len(written) > 2 else "")
            tell(f"{len(written)} pages: {names}")
    elif views:
        target.write([render_views(views, target.format, style)])


def _version(session: Session) -> str:
    """Return the date of the data; a store of which tables are missing still answers."""
    try:
        return session.store.version()
    except StoreError:
        return "unknown"


def parsed(parameters: Sequence[inspect.Parameter], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of parameters, made of the texts that were typed.

    Raises:
        UsageError: A text is not what its parameter takes.
    """
    values_parsed = dict(values)
    for parameter in parameters:
        spec, value = _spec(parameter), values.get(parameter.name)
        if value is None:
            continue
        if spec.commas:
            value = parts_of([value] if isinstance(value, str) else value)
        if spec.parse is not None:
            value = [spec.parse(v) for v in value] if isinstance(value, list) else spec.parse(value)
        values_parsed[parameter.name] = value
    return values_parsed


def _spec(parameter: inspect.Parameter) -> Parameter:
    """Return how a parameter is typed on the command line."""
    return next(item for item in parameter.annotation.__metadata__ if isinstance(item, Parameter))


def command_with(
    callback: Callable[..., None],
    parameters: Iterable[inspect.Parameter],
    name: str,
    entry: Command,
) -> Any:
    """Build the Typer command that calls a function with the values of parameters, by name.

    Typer would read the parameters from the function's signature, several times: that takes about
    1 of the 65 ms of a look-up.
    """
    typed = [_typer_parameter(parameter, entry) for parameter in parameters]
    conversions = {read.name: convert for read, convert in typed if convert is not None}

    def call(**values: Any) -> None:
        callback(**{n: conversions[n](v) if n in conversions else v for n, v in values.items()})

    return _SharedCommand(
        name=name,
        callback=call,
        params=[read for read, _ in typed],
        help=help_text(entry),
        context_settings=_HELP_OPTIONS,
        rich_markup_mode=None,
    )


def _typer_parameter(parameter: inspect.Parameter, entry: Command) -> tuple[Any, Any]:
    """Return a parameter of a command as Typer reads it, and what converts its value or None."""
    spec = _spec(parameter)
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
    if kind is bool:
        settings["show_default"] = parameter.default is not False
    default = ... if parameter.default is inspect.Parameter.empty else parameter.default
    make: Any = typer.Option if spec.flags else typer.Argument
    info = make(default, *spec.flags, **settings)
    return get_click_param(ParamMeta(name=parameter.name, default=info, annotation=kind))


def _text_type(kind: Any, *, many: bool) -> Any:
    """Return the type of what is typed, before it is parsed: a text or texts, perhaps none."""
    inner = [part for part in get_args(kind) or (kind,) if part is not type(None)]
    listed = many or any(get_origin(part) in (list, tuple) for part in (kind, *inner))
    text: Any = list[str] if listed else str
    return text | None if type(None) in get_args(kind) else text


class _SharedCommand(TyperCommand):
    """A command whose ``--fields`` may stand without names, to ask which there are."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        for index, word in enumerate(args):
            if word == "--":
                break
            following = args[index + 1 : index + 2]
            if word == "--fields" and (not following or following[0].startswith("-")):
                args = [*args[:index], "--fields=", *args[index + 1 :]]
                break
        return super().parse_args(ctx, args)


def build_command(callback: Callable[..., None], name: str, entry: Command) -> Any:
    """Build the Typer command of a function that Typer reads itself, with help from the table."""
    info = CommandInfo(
        name=name,
        cls=_SharedCommand,
        callback=callback,
        help=help_text(entry),
        context_settings=_HELP_OPTIONS,
    )
    return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)


def help_text(entry: Command) -> str:
    """Return the help of a command: what it does, then examples."""
    examples = "\n".join(f"  ice-facts {example}" for example in entry.examples)
    return f"{entry.summary}\n\n\b\nExamples:\n{examples}"


def report(error: IceFactsError) -> None:
    """Print an error and its hints on stderr."""
    tell(error.message, *error.hints)


def fail(error: IceFactsError) -> NoReturn:
    """Print an error on stderr and end with its exit code."""
    report(error)
    raise typer.Exit(error.exit_code)
