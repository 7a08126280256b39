"""One sourced fact, chosen at random by the date or by a seed."""

from __future__ import annotations

from random import Random

from ice_facts.across.classroom.facts import SureFacts, leaves_no_doubt, name_with_state
from ice_facts.across.classroom.shared import Scope, SeedOption, nothing_to_ask
from ice_facts.ask import Reply, Session
from ice_facts.dates import first_day
from ice_facts.model import Citation, Event, Source
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Card, Fact, Line, Piece, plain
from ice_facts.subjects.citations import sources_of
from ice_facts.vocabulary import DIMENSIONS


class Spotlight(Answer, frozen=True, kw_only=True):
    """One fact with its source, and the command that shows more."""

    kind: str
    id: str
    title: str
    text: str
    ask: str
    command: str
    as_of: str
    confirmed: str | None
    cited: tuple[Citation, ...]
    sources: tuple[Source, ...]


def spotlight(facts: SureFacts, chance: Random) -> Spotlight:
    """Return a random fact: a rule, an event or a term.

    Raises:
        NotFoundError: The record has no sure fact.
    """
    makers = [_rule, _event, _term]
    chance.shuffle(makers)
    for make in makers:
        if found := make(facts, chance):
            return found
    raise nothing_to_ask(Scope(), "fact")


def _rule(facts: SureFacts, chance: Random) -> Spotlight | None:
    rules = facts.rules()
    if not rules:
        return None
    found = chance.choice(rules)
    since = f", since {found.rule.start}" if found.rule.start else ""
    return _made(
        facts,
        "rule",
        found.id,
        f"{name_with_state(found.place)}: {DIMENSIONS[found.rule.dimension]}",
        f"{found.rule.text} ({found.rule.stance}{since})",
        "Who must follow this rule? Who is not bound by it?",
        f"ice-facts {found.place.level} {found.place.id} --section rules",
        found.rule,
    )


def _event(facts: SureFacts, chance: Random) -> Spotlight | None:
    events = [
        event
        for event in facts.store.all(Event)
        if event.confirmed
        and leaves_no_doubt(event.note)
        and not event.disputed
        and first_day(event.date) <= first_day(facts.on)
        and facts.cites_a_source_read(event.sources)
    ]
    if not events:
        return None
    event = chance.choice(events)
    return _made(
        facts,
        "event",
        event.id,
        f"{event.date}: {event.title}",
        event.text,
        "What came before this? What came after it?",
        f"ice-facts show {event.id}",
        event,
    )


def _term(facts: SureFacts, chance: Random) -> Spotlight | None:
    terms = facts.terms()
    if not terms:
        return None
    term = chance.choice(terms)
    return _made(
        facts,
        "term",
        term.id,
        term.term,
        term.text,
        "Could you say this in words of your own?",
        f"ice-facts term {term.id}",
        term,
    )


def _made(
    facts: SureFacts,
    kind: str,
    id: str,
    title: str,
    text: str,
    ask: str,
    command: str,
    of: object,
) -> Spotlight:
    cited: tuple[Citation, ...] = getattr(of, "sources", ())
    return Spotlight(
        kind=kind,
        id=id,
        title=title,
        text=text,
        ask=ask,
        command=command,
        as_of=facts.on,
        confirmed=getattr(of, "confirmed", None),
        cited=cited,
        sources=sources_of(facts.store, cited),
    )


def spotlight_view(found: Spotlight, labels: Labels) -> Card:
    """Return the view of one fact."""
    return Card(
        subject=found.id,
        title=found.title,
        aside=f"{found.kind} in the spotlight",
        lead=(
            Line((Piece(found.text, "", found.cited),)),
            Line(plain(found.ask), label="To ask"),
            Line((Piece(found.command, "command"),), label="More"),
            Line((Piece(f"As of {found.as_of} · confirmed {found.confirmed}", "muted"),)),
        ),
        facts=(Fact("spotlight", found.kind, found.title, found.text, sources=found.cited),),
        sources=found.sources,
    )


def ask_spotlight(session: Session, *, seed: SeedOption = None) -> Reply:
    """Show one fact."""
    facts = SureFacts(session.store, session.on)
    # Without a number it is the fact of the day: the same for a whole class.
    chance = Random(session.on if seed is None else f"seed {seed}")
    found = spotlight(facts, chance)
    return Reply([found], spotlight_view, shown=found, single=True)
