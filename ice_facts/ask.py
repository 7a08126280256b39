"""How a question is asked: the store and date of a call, options as plain data, and the reply.

A command is a plain function of a room. The metadata of its parameters (`Argument`, `Option`) says
how they are typed on a command line; ``cli`` makes Typer's parameters of them, and a library call
passes values directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args

from ice_facts.dates import parse_date, today
from ice_facts.errors import IceFactsError, UsageError
from ice_facts.vocabulary import JURISDICTION_TABLES, STATES

if TYPE_CHECKING:
    from msgspec import Struct

    from ice_facts.show.labels import Labels
    from ice_facts.show.shapes import Card, ListView

Words = Callable[[], Iterable[tuple[str, str]]]
"""Gives the values that a parameter can take, each with what it means, for the Tab key."""


class Session:
    """One call: its store, its date, and the errors to report beside the answer.

    Args:
        data: Folder of another store than the bundled one, or None.
        as_of: Date of the answer as typed, or None for today.
        overlays: Folders whose records are added to the store's or take their place.

    Raises:
        UsageError: ``as_of`` is not a date.
        StoreError: An overlay cannot be read.
    """

    def __init__(
        self, data: Path | None = None, as_of: str | None = None, overlays: Sequence[Path] = ()
    ) -> None:
        from ice_facts.store import Store

        self.asked_on = parse_date(as_of) if as_of is not None else None
        self.on = self.asked_on or today()
        self.store = Store(data, overlays)
        if overlays:
            _ = self.store.overlaid  # an overlay that cannot be read is told at once
        self.errors: list[IceFactsError] = []
        # How another command is answered, for those that show the answers of others.
        self.answer: Callable[[Sequence[str], str], Reply] | None = None


class Reply(NamedTuple):
    """What a command answers.

    ``data`` is what the data formats hold, which may be made one by one and is gone through once.
    ``view`` makes what readers see, from ``shown`` where that is given and from ``data`` where it
    is not. ``single`` says that one thing was asked for: JSON gives an object and not an array.
    ``flat`` says that the data are rows of single values, which TSV and CSV hold as they are.
    """

    data: Iterable[Struct]
    view: Callable[[Any, Labels], Card | ListView | Sequence[Card | ListView]]
    shown: Any = None
    single: bool = False
    flat: bool = False

    def views(self, labels: Labels) -> list[Card | ListView]:
        """Return what readers see of the answer."""
        made = self.view(self.data if self.shown is None else self.shown, labels)
        return list(made) if isinstance(made, Sequence) else [made]


class Parameter(NamedTuple):
    """How a parameter is typed on a command line.

    Args:
        flags: The option's names; none for an argument.
        metavar: What stands for the value in help.
        help: What the value is for.
        parse: Makes the value of each text that was typed; raises `UsageError`.
        words: The values it can take, for the Tab key.
        names: Tables whose records' names complete it.
        level: Only names of places of this level complete it.
        commas: Whether a text holds several values, divided by commas.
        min: The least number.
        max: The greatest number.
    """

    flags: tuple[str, ...]
    metavar: str | None
    help: str
    parse: Callable[[str], Any] | None = None
    words: Words | None = None
    names: tuple[str, ...] = ()
    level: str = ""
    commas: bool = False
    min: int | None = None
    max: int | None = None


def argument(metavar: str, help: str, **more: Any) -> Parameter:
    """Return how an argument is typed; ``more`` are fields of `Parameter`."""
    return Parameter((), metavar, help, **more)


def option(*flags: str, help: str, metavar: str | None = None, **more: Any) -> Parameter:
    """Return how an option is typed; ``more`` are fields of `Parameter`."""
    return Parameter(flags, metavar, help, **more)


def choice(flag: str, vocabulary: Any, help: str, *, metavar: str | None = None) -> Parameter:
    """Return an option that takes a word of a vocabulary.

    Args:
        flag: The option's name, which errors use as well.
        vocabulary: The ``Literal`` of the words.
        help: What the value is for.
        metavar: What stands for the value in help.
    """
    what = flag.lstrip("-")
    return Parameter(
        (flag,),
        metavar,
        help,
        parse=lambda text: one_of(text, vocabulary, what),
        words=lambda: vocabulary_words(vocabulary),
    )


def one_of(value: str, vocabulary: Any, what: str) -> str:
    """Return the word of a vocabulary that a user typed; blanks and hyphens are the same.

    Args:
        value: The text as typed.
        vocabulary: The ``Literal`` of the words.
        what: What the word is, for the error.

    Raises:
        UsageError: The value is not in the vocabulary, which the hint lists.
    """
    words: tuple[str, ...] = get_args(vocabulary)
    plain = value.casefold().replace("-", " ").replace("_", " ").strip()
    for word in words:
        if word.replace("-", " ") == plain:
            return word
    raise UsageError(f"no {what} {value!r}", [f"one of: {', '.join(words)}"])


def vocabulary_words(vocabulary: Any) -> list[tuple[str, str]]:
    """Return the words of a vocabulary for the Tab key; a blank in one becomes a hyphen."""
    return [(word.replace(" ", "-"), "") for word in get_args(vocabulary)]


def usps_code(text: str) -> str:
    """Return the USPS code of a state that a user typed by name or code.

    Raises:
        UsageError: It is not a state.
    """
    from ice_facts.store.naming import key_of

    key = key_of(text)
    for code, name in STATES.items():
        if key in (code.lower(), key_of(name)):
            return code
    raise UsageError(f"{text!r} is not a state", ["write its name or code: illinois, IL"])


def parts_of(texts: Iterable[str]) -> list[str]:
    """Return the values in texts that hold several, divided by commas."""
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


Names = Annotated[list[str], argument("NAME...", "Id, name or alias.")]
STATE = option(
    "--state",
    metavar="ST",
    help="Only in this state: IL or Illinois.",
    parse=usps_code,
    words=lambda: STATES.items(),
)
StateOption = Annotated[str | None, STATE]
FromOption = Annotated[
    str | None, option("--from", metavar="DATE", help="Only from this date on.", parse=parse_date)
]
ToOption = Annotated[
    str | None, option("--to", metavar="DATE", help="Only up to this date.", parse=parse_date)
]
OfOption = Annotated[
    str | None,
    option(
        "--of", metavar="PLACE", help="Only those of this jurisdiction.", names=JURISDICTION_TABLES
    ),
]
AboutOption = Annotated[
    str | None,
    option(
        "--about",
        metavar="NAME",
        help="Only about this place, policy or stakeholder.",
        names=(*JURISDICTION_TABLES, "policies", "stakeholders"),
    ),
]
SourcesOption = Annotated[
    bool, option("--sources", help="Every source with its locators under a table.")
]
