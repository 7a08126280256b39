"""The commands that show records: city, county, state, policy, stakeholder and the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct

from ice_facts.cli.commands import Command
from ice_facts.cli.session import Session
from ice_facts.cli.session import command as make_command
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import (
    Agreement,
    Claim,
    Event,
    Jurisdiction,
    Level,
    Policy,
    Position,
    Record,
    Source,
    Stakeholder,
    Statistic,
    Term,
    Topic,
)
from ice_facts.render import Reply, View
from ice_facts.resolve import ALL_NAMED, THINGS, Match, find, resolve_all
from ice_facts.spelling import key_of
from ice_facts.vocabulary import STATES

if TYPE_CHECKING:
    from ice_facts.show.labels import Labels

Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="Id, name or alias.")]
SectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        "-s",
        metavar="NAME",
        help="Only these parts of the card, in full: a,b.",
    ),
]
FullOption = Annotated[bool, typer.Option("--full", help="Every part of the card, in full.")]
StateOption = Annotated[
    str | None,
    typer.Option("--state", metavar="ST", help="Only in this state: IL or Illinois."),
]


_CLASSES: dict[str, tuple[type[Record], ...]] = {
    "policy": (Policy,),
    "stakeholder": (Stakeholder,),
    "topic": (Topic,),
    "term": (Term,),
    "claim": (Claim,),
    "source": (Source,),
}
"""The tables whose records a command shows, where there is nothing more to it."""


def build(name: str, entry: Command) -> Any:
    """Build the command of this module with a name."""
    return make_command(function_of(name), name, entry)


def function_of(name: str) -> Callable[..., Reply]:
    """Return the function of the command with a name, called as ``function(session, names)``."""
    if name in _CLASSES:
        return _shown(_CLASSES[name])
    function: Callable[..., Reply] = globals()[name]
    return function


def city(
    session: Session,
    name: Names,
    *,
    state: StateOption = None,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show cities."""
    return _records(session, name, (Jurisdiction,), level="city", state=usps_code(state))


def county(
    session: Session,
    name: Names,
    *,
    state: StateOption = None,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show counties."""
    return _records(session, name, (Jurisdiction,), level="county", state=usps_code(state))


def state(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show states, by USPS code too."""
    names = [STATES.get(n.upper(), n) for n in name]
    return _records(session, names, (Jurisdiction,), level="state")


def show(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show records of any kind."""
    return _records(session, name, THINGS, (*ALL_NAMED, Position, Agreement))


def _shown(classes: tuple[type[Record], ...]) -> Callable[..., Reply]:
    """Return the function of a command that shows records of some tables by name."""

    def shown(
        session: Session,
        name: Names,
        *,
        section: SectionOption = None,
        full: FullOption = False,
    ) -> Reply:
        return _records(session, name, classes)

    return shown


def usps_code(text: str | None) -> str | None:
    """Return the USPS code of a state that a user typed, or None for None.

    Raises:
        UsageError: It is not a state.
    """
    if text is None:
        return None
    key = key_of(text)
    for code, name in STATES.items():
        if key in (code.lower(), key_of(name)):
            return code
    raise UsageError(f"{text!r} is not a state", ["write its name or code: illinois, IL"])


def _records(
    session: Session,
    names: Sequence[str],
    classes: tuple[type[Record], ...],
    others: tuple[type[Record], ...] = (),
    *,
    level: Level | None = None,
    state: str | None = None,
) -> Reply:
    """Answer with the records of some names; names that fail are reported beside them.

    Records of the ``others`` count only for names that no record of the ``classes`` has.
    """
    found: list[Match] = []
    for name in dict.fromkeys(names):
        try:
            wanted = classes
            if others and not find(session.store, name, classes):
                wanted = others
            found += resolve_all(session.store, name, wanted, level=level, state=state)
        except NotFoundError as error:
            session.errors.append(error)

    def views() -> list[View]:
        from ice_facts.show.labels import Labels

        labels = Labels(session.store)
        return [_view(_answer(session, match), match.cls, labels) for match in found]

    return Reply(
        results=_Answers(session, found),
        views=views,
        single=len(names) == 1 and len(found) == 1,
    )


class _Answers(Collection[Struct]):
    """The cards of records, each made when it is come to."""

    def __init__(self, session: Session, matches: Sequence[Match]) -> None:
        self._session = session
        self._matches = matches

    def __len__(self) -> int:
        return len(self._matches)

    def __iter__(self) -> Iterator[Struct]:
        return (_answer(self._session, match) for match in self._matches)

    def __contains__(self, answer: object) -> bool:
        return any(answer == mine for mine in self)


_CARDS: dict[type[Record], tuple[str, str, str, str]] = {
    Jurisdiction: ("place.card", "jurisdiction_card", "place.view", "place_view"),
    Policy: ("policy.card", "policy_card", "policy.view", "policy_view"),
    Stakeholder: ("stakeholder", "stakeholder_card", "stakeholder", "stakeholder_view"),
    Claim: ("claim", "claim_card", "claim", "claim_view"),
    Topic: ("topic", "topic_card", "topic", "topic_view"),
    Term: ("term", "term_card", "term", "term_view"),
    Source: ("source", "source_card", "source", "source_view"),
    Event: ("event", "event_card", "event", "event_view"),
    Statistic: ("statistic", "statistic_card", "statistic", "statistic_view"),
    Position: ("position", "position_card", "position", "position_view"),
    Agreement: ("agreement.one", "agreement_card", "agreement.one", "agreement_view"),
}
"""For every table: the module in queries and in views, the query and the view of its card."""


def _answer(session: Session, match: Match) -> Struct:
    """Ask the query that makes the card of a record; only its module is imported."""
    module, query, _, _ = _CARDS[match.cls]
    ask = getattr(import_module(f"ice_facts.subjects.{module}"), query)
    answer: Struct = ask(session.store, match.id, session.on)
    return answer


def _view(answer: Struct, cls: type[Record], labels: Labels) -> View:
    """Make the view of an answer; only its module is imported."""
    _, _, module, view = _CARDS[cls]
    made: View = getattr(import_module(f"ice_facts.subjects.{module}"), view)(answer, labels)
    return made
