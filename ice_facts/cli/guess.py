"""What somebody meant who typed something that is no command, argument or option."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ice_facts.ask import Parameter
from ice_facts.cli.commands import COMMANDS
from ice_facts.cli.store_folder import overlay_folders, store_folder
from ice_facts.errors import NotFoundError, StoreError

if TYPE_CHECKING:
    from ice_facts.model import Record

_OTHER_WORDS = {
    **dict.fromkeys(("get", "open", "view", "info", "lookup", "read"), "show"),
    **dict.fromkeys(("find", "grep"), "search"),
    **dict.fromkeys(("diff", "vs", "versus"), "compare"),
    **dict.fromkeys(("verify", "fact", "true"), "check"),
    **dict.fromkeys(("law", "statute", "ordinance", "case", "order", "bill"), "policy"),
    **dict.fromkeys(("laws", "statutes", "ordinances", "cases", "orders", "bills"), "policies"),
    **dict.fromkeys(("person", "office", "agency", "org", "organization"), "stakeholder"),
    **dict.fromkeys(("people", "agencies", "orgs", "organizations"), "stakeholders"),
    **dict.fromkeys(("place", "town", "municipality"), "city"),
    **dict.fromkeys(("places", "towns"), "cities"),
    **dict.fromkeys(("define", "glossary", "word"), "term"),
    **dict.fromkeys(("287g", "moa", "moas"), "agreements"),
    **dict.fromkeys(("stats", "numbers"), "statistics"),
    **dict.fromkeys(("graph", "plot"), "chart"),
    **dict.fromkeys(("history", "when"), "timeline"),
    **dict.fromkeys(("citation", "citations", "bibtex"), "cite"),
}
"""Commands by other words for them."""

LIKE = 0.72
"""So like a command is a word that is one with a slip; a name may be a little like one too."""

SENTENCE = 4
"""So many words that are no name are a sentence."""


def command_hints(words: Sequence[str]) -> list[str]:
    """Return what to type instead of a line that begins with no command.

    Args:
        words: The line after the name of the program.
    """
    from difflib import get_close_matches

    first, *rest = words
    word = first.casefold()
    if word in ("help", "man"):
        known = rest and rest[0] in COMMANDS
        return [f"ice-facts {rest[0] if known else ''} --help".replace("  ", " ")]
    if word in ("list", "ls"):
        lists = [name for name, command in COMMANDS.items() if "sort" in command.extra]
        return [f"lists: {', '.join(lists)}"]
    if other := _OTHER_WORDS.get(word):
        return [f"try: {shlex.join(['ice-facts', other, *rest])}"]
    near = get_close_matches(word[:50], COMMANDS, n=3, cutoff=LIKE)
    hints = [f"did you mean {' or '.join(near)}?"] if near else _name_hints(words)
    return [*hints, "ice-facts --help lists the commands"]


def _name_hints(words: Sequence[str]) -> list[str]:
    """Return the commands that show what is named, or what has a name like it."""
    from ice_facts.model import ALL_NAMED
    from ice_facts.resolve import joined, resolve
    from ice_facts.store import Store

    typed = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    names, options = list(words[:typed]), list(words[typed:])
    try:
        store = Store(store_folder(), overlay_folders())
        names = joined(store, names, ALL_NAMED)
        if len(names) == 1:
            match = resolve(store, names[0], ALL_NAMED)
            return [f"try: {shlex.join(['ice-facts', match.command, names[0], *options])}"]
        for name in names:
            resolve(store, name, ALL_NAMED)
        return [f"try: {shlex.join(['ice-facts', 'show', *names, *options])}"]
    except NotFoundError as error:
        found = [h for h in error.hints if "lists them" not in h and "search TEXT" not in h]
        whole = " ".join(words[:typed])
        command = "check" if typed >= SENTENCE else "search"
        return found if found and len(names) == 1 else [f"try: ice-facts {command} {whole!r}"]
    except StoreError:
        return []


def argument_hints(command: str, words: Sequence[str]) -> list[str]:
    """Return what to type instead of words that a command takes only with an option, or not."""
    entry = COMMANDS.get(command)
    if entry is None or not entry.room:
        return []
    specs = _specs(command)
    found = list(dict.fromkeys(_meant(command, " ".join(words), specs)))
    flags = [spec.flags[0] for spec in specs if spec.flags]
    if found:
        return [f"try: ice-facts {line}" for line in found[:3]]
    return [f"it takes: {', '.join(flags)}"] if flags else []


def _specs(command: str) -> list[Parameter]:
    from ice_facts.cli.command import function_of, parameters_of

    parameters = parameters_of(function_of(command, COMMANDS[command]))
    return [m for p in parameters for m in p.annotation.__metadata__ if isinstance(m, Parameter)]


def _meant(command: str, text: str, specs: Sequence[Parameter]) -> Iterator[str]:
    """Yield the lines that take a text: a word of an option, or a name of what it takes."""
    from ice_facts.model import SUBJECT_OF, TABLES, Jurisdiction
    from ice_facts.resolve import find
    from ice_facts.store import Store
    from ice_facts.store.naming import key_of

    key = key_of(text)
    for spec in specs:
        for value, meaning in spec.words() if spec.flags and spec.words and key else ():
            if key in (key_of(value), key_of(meaning)):
                yield f"{command} {spec.flags[0]} {shlex.quote(value)}"
    store = Store(store_folder(), overlay_folders())
    single = [c for c, subject in SUBJECT_OF.items() if subject.listed and subject.table == command]
    if single or command in _PLACES:
        for match in find(store, text, single or (Jurisdiction,)):
            if single or _PLACES[command] in (match.level, *match.also):
                yield f"{match.command} {shlex.quote(text)}"
    for spec in specs:
        classes: list[type[Record]] = [TABLES[table] for table in spec.names]
        level: Any = spec.level or None
        if spec.flags and classes and find(store, text, classes, level=level):
            yield f"{command} {spec.flags[0]} {shlex.quote(text)}"
    if any("--state" in spec.flags for spec in specs):
        for match in find(store, text, (Jurisdiction,), level="state"):
            yield f"{command} --state {match.state}"


_PLACES = {"cities": "city", "counties": "county", "states": "state"}


def option_hints(name: str) -> list[str]:
    """Return what to type instead of an option that is none, where it is the name of a format."""
    from ice_facts.render import FORMATS, SUFFIXES

    format = SUFFIXES.get(f".{name.lstrip('-')}", name.lstrip("-"))
    return [f"formats are asked for with -f: -f {format}"] if format in FORMATS else []
