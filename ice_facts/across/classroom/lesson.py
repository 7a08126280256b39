"""Lessons for the terminal: commands in order, what to look at and what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

from msgspec import Struct

from ice_facts.ask import Reply, Session, argument, option
from ice_facts.errors import NotFoundError
from ice_facts.model import Topic
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.paper import Page, Paper, Para
from ice_facts.show.shapes import Column, ListView, Piece, table_of
from ice_facts.store import Store
from ice_facts.store.naming import key_of


class Step(Answer, frozen=True, kw_only=True):
    """A step of a lesson: its minutes, its commands, what to look at and what to ask."""

    minutes: str
    title: str
    commands: tuple[str, ...]
    look: str
    ask: tuple[str, ...]


class Lesson(Answer, frozen=True, kw_only=True):
    """A lesson: what it is about, how long it takes, and its steps."""

    id: str
    name: str
    minutes: int
    text: str
    steps: tuple[Step, ...]


class LessonRow(Answer, frozen=True, kw_only=True):
    """A lesson in a list."""

    id: str
    name: str
    minutes: int
    steps: int
    text: str


class _Planned(Struct, frozen=True):
    """A step as it is planned; ``topic`` adds the questions that the store has on it."""

    minutes: int
    title: str
    commands: tuple[str, ...]
    look: str
    ask: tuple[str, ...] = ()
    topic: str = ""


class _Plan(Struct, frozen=True):
    name: str
    text: str
    steps: tuple[_Planned, ...]


PLANS = {
    "tour": _Plan(
        "Local rules and ICE",
        "What cities, counties and states say about working with ICE, and how we know.",
        (
            _Planned(
                5,
                "Words",
                ("term detainer", "term administrative-warrant", "term sanctuary-jurisdiction"),
                "Find what a detainer is by federal rule, and where a state's law makes it a duty.",
                ("Who signs each paper: a judge or an officer?",
                 "Which word has no fixed meaning?"),
            ),
            _Planned(
                7,
                "The country",
                ("map rule=detainers", "map agreements", "chart agreements --by month"),
                "Read the title, the unit and the date before the picture.",
                ("Which states are unknown? Does that mean that they have no rule?",
                 "What does one agreement count: people, places or papers?"),
            ),
            _Planned(
                8,
                "Two states",
                ("compare illinois texas --on detainers,287g",),
                "The same question, two answers. Look for the year of each.",
                ("Who made each rule?", "What could a city in each state still decide?"),
            ),
            _Planned(
                12,
                "Both sides",
                ("sides detainers",),
                "Each side speaks in the name of its holders, with a source.",
                ("Which reason on the other side is the strongest?",),
                "detainers",
            ),
            _Planned(
                10,
                "Is it true?",
                ("worksheet --topic detainers --count 4 --seed 7", "claims --status outdated"),
                "First the record, then the word before it.",
                ("What would you need to know to judge this claim?",),
            ),
            _Planned(
                3,
                "Leave with a question",
                ("spotlight",),
                "One fact with its source.",
                ("What do you want to look up next?",),
            ),
        ),
    ),
    "detainers": _Plan(
        "Detainers",
        "What ICE asks of a jail, what laws say about it, and why people disagree.",
        (
            _Planned(
                8,
                "What it is",
                ("term detainer", "term form-i-247a", "term judicial-warrant"),
                "Look for three things: who writes it, what it asks, how long it runs.",
                ("What is the difference between a request and an order?",),
            ),
            _Planned(
                10,
                "Where it is a duty, and where it is barred",
                ("map rule=detainers", "states --rule detainers=requires",
                 "states --rule detainers=prohibits"),
                "Count the states that are unknown before you count the others.",
                ("What does this map not show?",),
            ),
            _Planned(
                10,
                "One state, three layers",
                ("city chicago --section rules",),
                "City, county and state each have a rule. See whose rule is whose.",
                ("Who runs the jail?", "Which rule decides if they differ?"),
            ),
            _Planned(
                12,
                "Both sides",
                ("sides detainers",),
                "Read a reason and its source. Then change sides.",
                (),
                "detainers",
            ),
            _Planned(
                5,
                "What did you learn?",
                ("quiz --topic detainers --count 5 --seed 7",),
                "After each answer the record is shown, with its source.",
                ("Which question was hard, and why?",),
            ),
        ),
    ),
    "who-decides": _Plan(
        "Who decides?",
        "Nation, state, county, city: whose rule is it, and what may each of them do?",
        (
            _Planned(
                8,
                "Words",
                ("term anti-commandeering", "term dillons-rule",
                 "term intergovernmental-immunity-term"),
                "Each word says what one level may not do to another.",
                ("What may the nation ask of a state? What may it not?",),
            ),
            _Planned(
                12,
                "A rule at each level",
                ("city houston --section rules", "state texas --section rules"),
                "Compare the year of the state's law with the year of the city's rule.",
                ("Who is bound by each rule?", "Can a city leave a state's law?"),
            ),
            _Planned(
                10,
                "States that stop local rules",
                ("states --rule 287g=requires", "states --rule 287g=prohibits"),
                "Some states require what others forbid.",
                ("Why might a state want one rule for all? Why might a city want its own?",),
            ),
            _Planned(
                10,
                "Both sides",
                ("sides federal-funding",),
                "Money is one way to press for a rule.",
                (),
                "federal-funding",
            ),
            _Planned(
                5,
                "What happened when",
                ("timeline chicago --from 2025",),
                "Find a law, a court ruling and an order.",
                ("Who acted first?",),
            ),
        ),
    ),
    "checking-a-claim": _Plan(
        "Checking a claim",
        "How to tell whether a sentence is right, and what cannot be told.",
        (
            _Planned(
                8,
                "Four answers",
                ("claims --status contradicted", "claims --status outdated"),
                "A claim can be wrong, or right once and not now.",
                ("When was each claim made? Does it matter?",),
            ),
            _Planned(
                8,
                "What cannot be checked",
                ("claims --status not-checkable --about ice",),
                "A view, a wish and a forecast are not true or false.",
                ("How could you turn one of them into a question of fact?",),
            ),
            _Planned(
                12,
                "Check one yourself",
                ("check 'Lori Lightfoot is mayor of Chicago'",
                 "check 'Immigrants commit more crime'"),
                "The program shows what is near on record. It does not judge your sentence.",
                ("Is the nearest sentence the same as yours?",
                 "What does it mean that nothing is near?"),
            ),
            _Planned(
                10,
                "Who says so?",
                ("source chicago-mcc-2-173-020", "cite chicago --fact"),
                "Who is behind it? What is the evidence? What do others say?",
                ("Which source is closest to the event?",),
            ),
            _Planned(
                7,
                "Judge claims",
                ("worksheet --count 4 --seed 7",),
                "Four claims, four possible answers.",
                ("Which claim would you need more for?",),
            ),
        ),
    ),
    "numbers": _Plan(
        "Numbers and their limits",
        "What a number counts, of which day, and what a picture can hide.",
        (
            _Planned(
                10,
                "What is counted?",
                ("chart removals", "statistics removals"),
                "A year that had not ended looks small. Find those years.",
                ("What is one removal?", "Why is a part of a year no fall?"),
            ),
            _Planned(
                10,
                "A line and its breaks",
                ("chart book-ins", "chart agreements --by month"),
                "Hollow marks are parts of a period. Dots have another source.",
                ("Where would you not draw a line?",),
            ),
            _Planned(
                10,
                "Maps",
                ("map agreements", "map rule=287g"),
                "Large numbers can come from large states.",
                ("What would you divide by to compare states?",),
            ),
            _Planned(
                10,
                "Two numbers for one thing",
                ("city chicago --section disputed",),
                "Sources disagree. Each number stands under its source.",
                ("Why might two honest counts differ?",),
            ),
            _Planned(
                5,
                "In your own words",
                ("spotlight --seed 7",),
                "Say the fact with its date and its source.",
                ("What should every number in a report come with?",),
            ),
        ),
    ),
}  # fmt: skip
"""The lessons by id; the first is the usual one."""


def lesson(store: Store, id: str) -> Lesson:
    """Return a lesson, with the questions that the store has on its topics."""
    plan = PLANS[id]
    steps = []
    begin = 0
    for step in plan.steps:
        topic = store.get(Topic, step.topic) if step.topic else None
        steps.append(
            Step(
                minutes=f"{begin} to {begin + step.minutes}",
                title=step.title,
                commands=tuple(f"ice-facts {command}" for command in step.commands),
                look=step.look,
                ask=(*step.ask, *(topic.questions if topic else ())),
            )
        )
        begin += step.minutes
    return Lesson(id=id, name=plan.name, minutes=begin, text=plan.text, steps=tuple(steps))


def find_lesson(name: str) -> str:
    """Return the id of the lesson that a name stands for.

    Raises:
        NotFoundError: There is none; the hints list them.
    """
    keys = {key_of(text): id for id, plan in PLANS.items() for text in (id, plan.name)}
    key = key_of(name)
    if key in keys:
        return keys[key]
    near = get_close_matches(key[:60], keys, n=1, cutoff=0.6)
    hints = [f"did you mean {keys[near[0]]}?"] if near else []
    raise NotFoundError(f"no lesson {name!r}", [*hints, f"lessons: {', '.join(PLANS)}"])


def lesson_view(found: Lesson, labels: Labels) -> ListView:
    """Return the view of a lesson: its steps one under another, and a row for each."""
    table = table_of(
        found.steps,
        (Column("minutes", "Minutes"), lambda s: s.minutes),
        (Column("title", "Step"), lambda s: Piece(s.title, "strong")),
        (Column("commands", "Commands"), lambda s: "; ".join(s.commands)),
        (Column("look", "Look at"), lambda s: s.look),
        (Column("ask", "Ask"), lambda s: " ".join(s.ask)),
    )
    title = f"Lesson: {found.name} ({found.minutes} minutes)"
    blocks = [Para(found.text)]
    for step in found.steps:
        blocks.append(Para(f"{step.minutes}  {step.title}", "heading"))
        blocks += [Para(command, "list", mark="$") for command in step.commands]
        blocks.append(Para(step.look, bold="Look at"))
        blocks += [Para(question, bold="Ask") for question in step.ask]
    others = ", ".join(id for id in PLANS if id != found.id)
    note = f"Other lessons: {others}. ice-facts lesson --list tells what they are about."
    blocks.append(Para(note, "note"))
    return ListView(title, table, paper=Paper(title, (Page(title, tuple(blocks), small=True),)))


def _rows() -> list[LessonRow]:
    return [
        LessonRow(
            id=id,
            name=plan.name,
            minutes=sum(step.minutes for step in plan.steps),
            steps=len(plan.steps),
            text=plan.text,
        )
        for id, plan in PLANS.items()
    ]


def lessons_listing(rows: Sequence[LessonRow], labels: Labels) -> ListView:
    """Return the view of the list of lessons."""
    table = table_of(
        rows,
        (Column("id", "Lesson"), lambda r: Piece(r.id, "strong")),
        (Column("name", "Name"), lambda r: r.name),
        (Column("minutes", "Minutes", right=True), lambda r: r.minutes),
        (Column("steps", "Steps", data=True), lambda r: r.steps),
        (Column("text", "What it is about"), lambda r: r.text),
    )
    return ListView(f"Lessons: {len(rows)}", table, ("ice-facts lesson NAME shows one.",))


def ask_lesson(
    session: Session,
    name: Annotated[
        str | None,
        argument("[LESSON]", "Which one; see --list.", words=lambda: [(id, "") for id in PLANS]),
    ] = None,
    *,
    all_lessons: Annotated[bool, option("--list", help="List the lessons.")] = False,
) -> Reply:
    """Show a lesson."""
    if all_lessons:
        return Reply(_rows(), lessons_listing)
    found = lesson(session.store, find_lesson(name or next(iter(PLANS))))
    return Reply([found], lesson_view, shown=found, single=True)
