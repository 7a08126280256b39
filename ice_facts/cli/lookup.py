"""The commands that show records: city, county, state, policy, stakeholder and the others."""

from __future__ import annotations

from collections.abc import Sequence
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
from ice_facts.names import ALL_NAMED, STATES, THINGS, find, key_of, resolve_all
from ice_facts.render import Reply, View

if TYPE_CHECKING:
    from ice_facts.views.labels import Labels

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


def build(name: str, entry: Command) -> Any:
    """Build the command of this module with a name."""
    return make_command(globals()[name], name, entry)


def city(
    session: Session,
    name: Names,
    *,
    state: StateOption = None,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show cities."""
    return _places(session, name, "city", state)


def county(
    session: Session,
    name: Names,
    *,
    state: StateOption = None,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show counties."""
    return _places(session, name, "county", state)


def state(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show states."""
    names = [STATES.get(n.upper(), n) for n in name]
    return _places(session, names, "state", None)


def policy(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show policies."""
    return _records(session, name, (Policy,))


def stakeholder(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show stakeholders."""
    return _records(session, name, (Stakeholder,))


def topic(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show topics."""
    return _records(session, name, (Topic,))


def term(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show terms."""
    return _records(session, name, (Term,))


def claim(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show claims."""
    return _records(session, name, (Claim,))


def source(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show sources."""
    return _records(session, name, (Source,))


def show(
    session: Session,
    name: Names,
    *,
    section: SectionOption = None,
    full: FullOption = False,
) -> Reply:
    """Show records of any kind."""
    return _records(session, name, THINGS, (*ALL_NAMED, Position, Agreement))


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


def _places(session: Session, names: Sequence[str], level: Level, state: str | None) -> Reply:
    code = usps_code(state)
    return _records(session, names, (Jurisdiction,), level=level, state=code)


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
    found: list[tuple[type[Record], Struct]] = []
    for name in dict.fromkeys(names):
        try:
            wanted = classes
            if others and not find(session.store, name, classes):
                wanted = others
            matches = resolve_all(session.store, name, wanted, level=level, state=state)
        except NotFoundError as error:
            session.errors.append(error)
        else:
            found += [(match.cls, _answer(session, match.cls, match.id)) for match in matches]

    def views() -> list[View]:
        from ice_facts.views.labels import Labels

        labels = Labels(session.store)
        return [_view(answer, cls, labels) for cls, answer in found]

    return Reply(
        results=[answer for _, answer in found],
        views=views,
        single=len(names) == 1 and len(found) == 1,
    )


_CARDS: dict[type[Record], tuple[str, str, str]] = {
    Jurisdiction: ("places", "jurisdiction_card", "place_view"),
    Policy: ("policies", "policy_card", "policy_view"),
    Stakeholder: ("stakeholders", "stakeholder_card", "stakeholder_view"),
    Claim: ("claims", "claim_card", "claim_view"),
    Topic: ("claims", "topic_card", "topic_view"),
    Term: ("reference", "term_card", "term_view"),
    Source: ("reference", "source_card", "source_view"),
    Event: ("reference", "event_card", "event_view"),
    Statistic: ("reference", "statistic_card", "statistic_view"),
    Position: ("reference", "position_card", "position_view"),
    Agreement: ("reference", "agreement_card", "agreement_view"),
}
"""For every table: the module in queries and in views, the query and the view of its card."""


def _answer(session: Session, cls: type[Record], id: str) -> Struct:
    """Ask the query that makes the card of a record; only its module is imported."""
    module, query, _ = _CARDS[cls]
    ask = getattr(import_module(f"ice_facts.queries.{module}"), query)
    answer: Struct = ask(session.store, id, session.on)
    return answer


def _view(answer: Struct, cls: type[Record], labels: Labels) -> View:
    """Make the view of an answer; only its module is imported."""
    module, _, view = _CARDS[cls]
    made: View = getattr(import_module(f"ice_facts.views.{module}"), view)(answer, labels)
    return made
