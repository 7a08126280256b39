"""Values for the Tab key: names out of the store, and words of the vocabularies.

Typer's own mechanism asks for them, in bash, zsh, fish and PowerShell. A parameter gets its
values by its name and by the command; whatever goes wrong, there are none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ice_facts.ask import Parameter, Session, argument
from ice_facts.cli.commands import COMMANDS, VARIABLE
from ice_facts.cli.store_folder import overlay_folders, store_folder

if TYPE_CHECKING:
    from ice_facts.model import Record
    from ice_facts.store import Names, Store

HELP_WIDTH = 60


class Choice(NamedTuple):
    """A value, what it means, and how the shell takes it; Typer's formatters ask for no more."""

    value: str
    help: str = ""
    type: str = "plain"


def answer(run: Callable[[], None]) -> None:
    """Run the program for a shell that asks for completion: silent, whatever happens.

    Descriptions are plain text out of the store. Typer would import Rich to take markup out of
    them, so Rich is not to be found here.
    """
    sys.modules["rich"] = None  # type: ignore[assignment]  # how the import system is told so
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        try:
            run()
        except Exception:
            sys.exit(1)


def commands(incomplete: str) -> list[Choice]:
    """Return the commands that begin so, without building any of them."""
    return [
        Choice(name, command.summary)
        for name, command in COMMANDS.items()
        if name.startswith(incomplete)
    ]


def light_command(name: str) -> Any:
    """Return a command with names as its only parameter, where a shell asks for these.

    That is all that a line without options needs to be completed, and much quicker made than the
    whole command. None where the line has options, or where the command takes no names.
    """
    line = f"{os.environ.get('COMP_WORDS', '')} {os.environ.get('_TYPER_COMPLETE_ARGS', '')}"
    if VARIABLE not in os.environ or not COMMANDS[name].names:
        return None
    if any(word.startswith(("-", "'-", '"-')) for word in line.split()):
        return None
    from typer.main import get_command_from_info
    from typer.models import CommandInfo

    complete = completer("name", argument("NAME", "", names=COMMANDS[name].names))

    def show(name: list[str]) -> None:
        """Stand in for a command."""

    show.__annotations__["name"] = Annotated[list[str], typer.Argument(autocompletion=complete)]

    info = CommandInfo(name=name, callback=show)
    return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)


def completer(parameter: str, spec: Parameter) -> Callable[..., list[tuple[str, str]]] | None:
    """Return what gives the values of a parameter, for Typer; None if nothing does."""
    if not spec.names and spec.words is None:
        return shared_completer(parameter)
    return _quietly(lambda ctx, start: _choices(ctx, spec, start))


def shared_completer(parameter: str) -> Callable[..., list[tuple[str, str]]] | None:
    """Return what gives the values of an option that commands share; None if nothing does."""
    if parameter == "section":
        return _quietly(lambda ctx, start: _listed(start, lambda s: _beginning(_sections(ctx), s)))
    if parameter not in _SHARED:
        return None
    return _quietly(lambda ctx, start: _beginning(_SHARED[parameter](), start))


def _quietly(choices: Callable[[Any, str], list[Choice]]) -> Callable[..., list[tuple[str, str]]]:
    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        try:
            return [(choice.value, choice.help) for choice in choices(ctx, incomplete)]
        except Exception:
            return []

    return complete


def _choices(ctx: Any, spec: Parameter, incomplete: str) -> list[Choice]:
    def one(start: str) -> list[Choice]:
        if spec.words is not None:
            words = (Choice(value, _plain(help)) for value, help in spec.words())
            return _beginning(words, start)
        level = spec.level or (ctx.info_name if ctx.info_name in _LEVELS else "")
        return _names(ctx, spec.names, str(level), start)

    return _listed(incomplete, one) if spec.commas else one(incomplete)


def _listed(incomplete: str, one: Callable[[str], list[Choice]]) -> list[Choice]:
    """Complete the last of several values with commas; what stands before it is kept."""
    before, comma, last = incomplete.rpartition(",")
    return [Choice(f"{before}{comma}{choice.value}", choice.help) for choice in one(last)]


def _beginning(choices: Iterable[Choice], incomplete: str) -> list[Choice]:
    start = incomplete.casefold()
    return [
        Choice(incomplete + value[len(start) :], help)
        for value, help, _ in choices
        if value.casefold().startswith(start)
    ]


_LEVELS = ("city", "county", "state")
"""Commands for places of one level, called like it."""


def _names(ctx: Any, tables: tuple[str, ...], level: str, incomplete: str) -> list[Choice]:
    """Return ids that begin so, or else other names that do and that one record alone has.

    A name is written as an id is, with hyphens: that finds the record as well. What was typed
    stays as it is, since shells keep only what begins so.
    """
    from ice_facts.model import TABLES
    from ice_facts.store import Store

    store = Store(store_folder(ctx.params.get("data")), overlay_folders(ctx.params.get("overlay")))
    classes = [TABLES[table] for table in tables]
    start = incomplete.casefold().replace(" ", "-")
    found = []
    for cls in classes:
        for id in store.ids(cls, start):
            names = store.names_of(cls, id)
            if names is not None and _is_of(level, names):
                found.append(Choice(incomplete + id[len(start) :], _described(names)))
    return found or _other_names(store, classes, level, incomplete)


def _other_names(
    store: Store, classes: Iterable[type[Record]], level: str, incomplete: str
) -> list[Choice]:
    from ice_facts.store.naming import words_of

    start = incomplete.casefold().replace(" ", "-")
    found: dict[str, dict[str, Choice]] = {}
    for cls in classes if start else ():
        for id in store.called_like(cls, incomplete):
            names = store.names_of(cls, id)
            if names is None or not _is_of(level, names):
                continue
            for name in (*names.main, *names.aliases):
                slug = words_of(name).replace(" ", "-")
                if slug.startswith(start):
                    whole = name.startswith(incomplete) and name.isalnum()
                    value = name if whole else incomplete + slug[len(start) :]
                    found.setdefault(slug, {})[id] = Choice(value, _described(names))
    return [choice for same in found.values() if len(same) == 1 for choice in same.values()]


def _is_of(level: str, names: Names) -> bool:
    return not level or not names.level or level in (names.level, *names.also)


def _described(names: Names) -> str:
    """Return a short description: what a thing is called, and what it is."""
    if names.level:
        kind = " and ".join((names.level, *names.also))
        what = f"{kind}, {names.state}" if names.state and names.level != "state" else kind
        return _plain(f"{names.label} · {what}")
    return _plain(f"{names.label} · {names.kind}" if names.kind else names.label)


def _plain(text: str) -> str:
    """Return a text that no shell takes for anything else, in one short line.

    The scripts put descriptions between quotes and brackets of their own.
    """
    safe = "".join(c if c.isalnum() or c in " ,.;/&+§·-–—" else " " for c in text)
    line = " ".join(safe.split())
    return line if len(line) <= HELP_WIDTH else f"{line[: HELP_WIDTH - 1].rstrip()}…"


def _sections(ctx: Any) -> Iterator[Choice]:
    """Yield the sections of the cards that are named on the line."""
    from ice_facts.cli.command import function_of
    from ice_facts.show.labels import Labels
    from ice_facts.show.shapes import Card

    session = Session(
        store_folder(ctx.params.get("data")),
        ctx.params.get("as_of"),
        overlay_folders(ctx.params.get("overlay")),
    )
    name = str(ctx.info_name)
    # A line that ends with an option without its value leaves the names unparsed.
    reply = function_of(name, COMMANDS[name])(session, ctx.params["name"] or ctx.args)
    cards = (view for view in reply.views(Labels(session.store)) if isinstance(view, Card))
    titles = {section.name: section.title for card in cards for section in card.sections}
    yield from (Choice(name, _plain(title)) for name, title in titles.items())


def _of(words: Iterable[str]) -> list[Choice]:
    return [Choice(word) for word in words]


def _formats() -> list[Choice]:
    from ice_facts.render import FORMATS

    return _of(FORMATS)


def _styles() -> list[Choice]:
    from ice_facts.render import CITATION_STYLES

    return _of(CITATION_STYLES)


_SHARED: Mapping[str, Callable[[], list[Choice]]] = {
    "format": _formats,
    "style": _styles,
    "color": lambda: _of(("auto", "always", "never")),
}
"""What gives the values of the options that commands share."""
