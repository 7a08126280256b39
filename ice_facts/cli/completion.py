"""Values for the Tab key: names out of the store, and words of the vocabularies.

Typer's own mechanism asks for them, in bash, zsh, fish and PowerShell. What a parameter can take is
in its `Parameter`; whatever goes wrong, there are no values.
"""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
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
    """A command for the Tab key, with the fields that Typer's formatters ask for."""

    value: str
    help: str = ""
    type: str = "plain"


def complete_line(run: Callable[[], None]) -> None:
    """Run the program for a shell that asks for completion: silent, whatever happens.

    Descriptions are plain text out of the store. Typer would import Rich to take markup out of
    them, so Rich is not to be found here.
    """
    sys.modules["rich"] = None  # type: ignore[assignment]  # how the import system is told so
    known = _join_divided()
    answered = io.StringIO()
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        try:
            with redirect_stdout(answered):
                run()
        except Exception:
            sys.exit(1)
        finally:
            for line in answered.getvalue().splitlines(keepends=True):
                sys.stdout.write(line.removeprefix(known))


def _join_divided() -> str:
    """Join what bash divides at ``=`` and ``:``, which it takes for the ends of words.

    Returns:
        What stands before the part that bash completes: it keeps that itself.
    """
    if os.environ.get(VARIABLE) != "complete_bash" or "COMP_WORDS" not in os.environ:
        return ""
    words, index = os.environ["COMP_WORDS"].split("\n"), int(os.environ.get("COMP_CWORD", 0))
    joined: list[str] = []
    glued = False
    known = ""
    for word in words[: index + 1]:
        divides = word in ("=", ":")
        if joined and (divides or glued):
            known = joined[-1] + (word if divides else "")
            joined[-1] += word
        else:
            known = ""
            joined.append(word)
        glued = divides
    os.environ["COMP_WORDS"] = "\n".join(joined)
    os.environ["COMP_CWORD"] = str(index - len(words[: index + 1]) + len(joined))
    return known


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
    """Return what gives Typer the values of a parameter; None if nothing does."""
    if not spec.names and spec.words is None and parameter != "section":
        return None

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        try:
            return _values(ctx, spec, incomplete)
        except Exception:
            return []

    return complete


def _values(ctx: Any, spec: Parameter, incomplete: str) -> list[tuple[str, str]]:
    """Return the values that begin so, each with what it means.

    Of several values with commas the last is completed; what stands before it is kept.
    """
    before, comma, last = incomplete.rpartition(",") if spec.commas else ("", "", incomplete)
    if spec.words is not None:
        found = _beginning(spec.words(), last)
    elif spec.names:
        level = spec.level or (ctx.info_name if ctx.info_name in _LEVELS else "")
        found = _names(ctx, spec.names, level, last)
    else:
        found = _beginning(_sections(ctx), last)
    return [(f"{before}{comma}{value}", _plain(help)) for value, help in found]


def _beginning(words: Iterable[tuple[str, str]], incomplete: str) -> list[tuple[str, str]]:
    start = incomplete.casefold()
    return [
        (incomplete + value[len(start) :], help)
        for value, help in words
        if value.casefold().startswith(start)
    ]


_LEVELS = ("city", "county", "state")
"""Commands for places of one level, called like it."""


def _names(ctx: Any, tables: tuple[str, ...], level: str, incomplete: str) -> list[tuple[str, str]]:
    """Return ids that begin so, or else other names that do and that one record alone has.

    A name is written as an id is, with hyphens: that finds the record as well. What was typed
    stays as it is, since shells keep only what begins so.
    """
    from ice_facts.model import TABLES, Place
    from ice_facts.store import Store

    store = Store(store_folder(ctx.params.get("data")), overlay_folders(ctx.params.get("overlay")))
    # Places without rules are many: they are offered where nothing else begins so.
    ruled = [TABLES[table] for table in tables if TABLES[table] is not Place]
    for classes in (ruled, [Place] if len(ruled) < len(tables) else []):
        if found := _choices_of(store, classes, level, incomplete):
            return found
    return []


def _choices_of(
    store: Store, classes: Sequence[type[Record]], level: str, incomplete: str
) -> list[tuple[str, str]]:
    start = _folded(incomplete)
    found = []
    for cls in classes:
        for id in store.ids(cls, start):
            names = store.names_of(cls, id)
            if names is not None and _is_of(level, names):
                found.append((incomplete + id[len(start) :], _described(names)))
    return found or _other_names(store, classes, level, incomplete)


def _other_names(
    store: Store, classes: Iterable[type[Record]], level: str, incomplete: str
) -> list[tuple[str, str]]:
    from ice_facts.store.naming import words_of

    start = _folded(incomplete)
    found: dict[str, dict[str, tuple[str, str]]] = {}
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
                    found.setdefault(slug, {})[id] = (value, _described(names))
    return [value for same in found.values() if len(same) == 1 for value in same.values()]


def _folded(incomplete: str) -> str:
    """Return what was typed as ids are written: without case and accents, blanks as hyphens."""
    plain = unicodedata.normalize("NFKD", incomplete.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(" ", "-")


def _is_of(level: str, names: Names) -> bool:
    return not level or not names.level or level in (names.level, *names.also)


def _described(names: Names) -> str:
    """Return a short description: what a thing is called, and what it is."""
    if names.level:
        kind = " and ".join((names.level, *names.also))
        what = f"{kind}, {names.state}" if names.state and names.level != "state" else kind
        return f"{names.label} · {what}"
    return f"{names.label} · {names.kind}" if names.kind else names.label


def _plain(text: str) -> str:
    """Return a text that no shell takes for anything else, in one short line.

    The scripts put descriptions between quotes and brackets of their own.
    """
    safe = "".join(c if c.isalnum() or c in " ,.;/&+§·-–—" else " " for c in text)
    line = " ".join(safe.split())
    return line if len(line) <= HELP_WIDTH else f"{line[: HELP_WIDTH - 1].rstrip()}…"


def _sections(ctx: Any) -> Iterable[tuple[str, str]]:
    """Return the sections of the cards that are named on the line, with their titles."""
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
    return {section.name: section.title for card in cards for section in card.sections}.items()
