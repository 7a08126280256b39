"""Cards by name: the commands city, county, state, policy, … and show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

from msgspec import Struct

from ice_facts.ask import Names, Reply, Session, StateOption, argument, option
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import (
    ALL_NAMED,
    THINGS,
    Agreement,
    Claim,
    Jurisdiction,
    Level,
    Policy,
    Position,
    Record,
    Source,
    Stakeholder,
    Term,
    Topic,
)
from ice_facts.resolve import Match, find, joined, resolve_all
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Card
from ice_facts.subjects import room_of
from ice_facts.vocabulary import STATES

ExactOption = Annotated[
    bool,
    option("--exact", help="Never guess: an id, a GEOID or a whole name that one place has."),
]


FileOption = Annotated[
    Path | None,
    option(
        "--file",
        metavar="FILE",
        help="One row for each name in a file, one name a line; - is standard input.",
    ),
]
SomeNames = Annotated[list[str] | None, argument("[NAME...]", "Id, name, alias or GEOID.")]


def ask_city(
    session: Session,
    name: SomeNames = None,
    *,
    file: FileOption = None,
    state: StateOption = None,
    exact: ExactOption = False,
) -> Reply:
    """Show cities."""
    return _places(session, name or (), file, "city", state, exact)


def ask_county(
    session: Session,
    name: SomeNames = None,
    *,
    file: FileOption = None,
    state: StateOption = None,
    exact: ExactOption = False,
) -> Reply:
    """Show counties."""
    return _places(session, name or (), file, "county", state, exact)


def _places(
    session: Session,
    names: Sequence[str],
    file: Path | None,
    level: Level,
    state: str | None,
    exact: bool,
) -> Reply:
    if bool(names) == (file is not None):
        raise UsageError(
            f"give the name of a {level}, or a file of names with --file",
            [f"for example: ice-facts {level} {_EXAMPLES[level]}"],
        )
    if file is None:
        return _cards(session, names, (Jurisdiction,), level=level, state=state, exact=exact)
    from ice_facts.subjects.place.bulk import Wanted, ask_bulk

    return ask_bulk(session, file, Wanted(level, state, exact))


_EXAMPLES = {"city": "chicago", "county": "cook"}


def ask_state(session: Session, name: Names) -> Reply:
    """Show states, by USPS code too."""
    names = [STATES.get(n.upper(), n) for n in name]
    return _cards(session, names, (Jurisdiction,), level="state")


def ask_policy(session: Session, name: Names) -> Reply:
    """Show policies."""
    return _cards(session, name, (Policy,))


def ask_stakeholder(session: Session, name: Names) -> Reply:
    """Show stakeholders."""
    return _cards(session, name, (Stakeholder,))


def ask_topic(session: Session, name: Names) -> Reply:
    """Show topics."""
    return _cards(session, name, (Topic,))


def ask_term(session: Session, name: Names) -> Reply:
    """Show terms."""
    return _cards(session, name, (Term,))


def ask_claim(session: Session, name: Names) -> Reply:
    """Show claims."""
    return _cards(session, name, (Claim,))


def ask_source(session: Session, name: Names) -> Reply:
    """Show sources."""
    return _cards(session, name, (Source,))


def ask_show(session: Session, name: Names, *, exact: ExactOption = False) -> Reply:
    """Show records of any kind."""
    others: tuple[type[Record], ...] = (*ALL_NAMED, Position, Agreement)
    return _cards(session, name, THINGS, others, exact=exact)


def _cards(
    session: Session,
    names: Sequence[str],
    classes: tuple[type[Record], ...],
    others: tuple[type[Record], ...] = (),
    *,
    level: Level | None = None,
    state: str | None = None,
    exact: bool = False,
) -> Reply:
    """Answer with the cards of some names; names that fail are reported beside them.

    Records of the ``others`` count only for names that no record of the ``classes`` has.
    """
    found: list[Match] = []
    if not exact:
        names = joined(session.store, names, classes, level=level, state=state)
    for name in dict.fromkeys(names):
        try:
            wanted = classes
            if others and not find(session.store, name, classes):
                wanted = others
            found += resolve_all(session.store, name, wanted, level=level, state=state, exact=exact)
        except NotFoundError as error:
            session.errors.append(error)
    if not found:
        return Reply((), _views)
    answers = ((match.cls, _card(session, match)) for match in found)
    return Reply(
        (answer for _, answer in answers),
        _views,
        shown=answers,
        single=len(names) == 1 and len(found) == 1,
    )


def _card(session: Session, match: Match) -> Struct:
    return room_of(match.cls).card(session.store, match.id, session.on)


def _views(answers: Iterable[tuple[type[Record], Struct]], labels: Labels) -> list[Card]:
    return [room_of(cls).view(answer, labels) for cls, answer in answers]
