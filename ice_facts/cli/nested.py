"""Commands inside a command: a text as it would be typed, parsed and answered."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ice_facts.ask import Reply, Session, parts_of
from ice_facts.cli.command import (
    command_with,
    function_of,
    parameters_of,
    parsed,
    selected,
)
from ice_facts.cli.commands import COMMANDS
from ice_facts.cli.options import EXTRA, SHARED
from ice_facts.dates import parse_date
from ice_facts.errors import UsageError
from ice_facts.render import Style

if TYPE_CHECKING:
    from ice_facts.show.labels import Labels
    from ice_facts.show.shapes import Card, ListView

_TAKEN = ("section", "full", "brief", "sort", "limit", "as_of")
"""Options that many commands share and that change an answer, and not how it is written."""


def answering(session: Session) -> Callable[[Sequence[str], str], Reply]:
    """Return how a session answers other commands: on its store, and its date unless they say."""

    def answer(words: Sequence[str], text: str) -> Reply:
        name = words[0] if words else ""
        entry = COMMANDS.get(name)
        if entry is None or (len(words) == 1 and not _stands_alone(name)):
            return function_of("show", COMMANDS["show"])(session, [text])
        if not entry.room or entry.answers:
            raise UsageError(f"{name} has no slides", ["slides are of answers: 'city chicago'"])
        return _ask(session, name, list(words[1:]))

    return answer


def _stands_alone(name: str) -> bool:
    """Return True if a command needs no argument: its name alone is then no name of a record."""
    function = function_of(name, COMMANDS[name])
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return all(p.default is not inspect.Parameter.empty for p in parameters)


def _ask(session: Session, name: str, words: list[str]) -> Reply:
    entry = COMMANDS[name]
    function = function_of(name, entry)
    own = parameters_of(function)
    shared = [p for p in (*EXTRA, *SHARED) if p.name in _TAKEN]
    shared = [p for p in shared if p.name in entry.extra or (p.name == "as_of" and entry.dated)]
    values: dict[str, Any] = {}

    def keep(**given: Any) -> None:
        values.update(given)

    command = command_with(keep, (*own, *shared), name, entry)
    try:
        command.main(args=words, prog_name=name, standalone_mode=False)
    except Exception as error:
        told = getattr(error, "format_message", None)
        if told is None:
            raise
        message = str(told()).rstrip(".")
        raise UsageError(f"in {name!r}: {message[:1].lower()}{message[1:]}") from None
    if not values:  # only its help was asked for
        raise UsageError(f"{name} --help is no answer for slides")
    options = {p.name: values.pop(p.name, None) for p in shared}
    inner = session
    if options.get("as_of"):
        inner = Session(session.store.root)
        inner.store, inner.on = session.store, parse_date(options["as_of"])
    reply = function(inner, **parsed(own, values))
    if "sort" in options:
        reply = selected(reply, options["sort"], options["limit"])
    if inner is not session:
        session.errors += inner.errors
    style = Style(
        sections=tuple(parts_of(options.get("section") or ())),
        full=bool(options.get("full")),
        brief=bool(options.get("brief")),
    )
    return reply._replace(view=lambda shown, labels: _narrowed(reply, labels, style))


def _narrowed(reply: Reply, labels: Labels, style: Style) -> list[Card | ListView]:
    from ice_facts.render.deck import narrowed

    return narrowed(reply.views(labels), style)
