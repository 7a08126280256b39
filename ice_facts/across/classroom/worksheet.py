"""A worksheet: claims to judge, rules to match to places, sentences to match to sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Annotated

from msgspec import Struct

from ice_facts.across.classroom.facts import (
    SureFacts,
    name_with_state,
)
from ice_facts.across.classroom.matching import document_of, rules_to_match, sentences_to_match
from ice_facts.across.classroom.shared import (
    PlaceOption,
    Scope,
    SeedOption,
    TopicOption,
    footer_of,
    nothing_to_ask,
    scope_of,
    seed_of,
    source_line,
)
from ice_facts.across.classroom.statements import VERDICTS, Statement, statements
from ice_facts.ask import Reply, Session, option
from ice_facts.model import Source
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.paper import Columns, Page, Paper, Para
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.vocabulary import DIMENSIONS


class Task(Answer, frozen=True, kw_only=True):
    """A task of a worksheet with its answer."""

    part: str
    number: int
    task: str
    choices: tuple[str, ...]
    answer: str
    record: str
    source: str
    id: str


class Worksheet(Struct, frozen=True):
    """A worksheet: its title, its tasks, and what stands at the foot of a page."""

    title: str
    tasks: tuple[Task, ...]
    footer: str


JUDGE, MATCH, SOURCE = "judge", "match", "source"


def worksheet(facts: SureFacts, scope: Scope, *, count: int = 8, seed: int = 0) -> list[Task]:
    """Return the tasks of a worksheet.

    Args:
        facts: The sure facts of a store.
        scope: What it is about.
        count: How many statements there are to judge; the other parts have half as many tasks.
        seed: The same number gives the same sheet.

    Raises:
        NotFoundError: The record has no sure fact within the scope.
    """
    tasks = _judge(facts, scope, count, Random(f"{seed} judge"))
    half = max(3, min(6, count // 2))
    tasks += _match(facts, scope, half, Random(f"{seed} match"))
    tasks += _sources(facts, scope, half, Random(f"{seed} source"))
    if not tasks:
        raise nothing_to_ask(scope, "task")
    return tasks


def _judge(facts: SureFacts, scope: Scope, count: int, chance: Random) -> list[Task]:
    groups = []
    for verdict in VERDICTS:
        group = [
            s for s in statements(facts, verdict, chance) if scope.includes(s.topics, s.places)
        ]
        chance.shuffle(group)
        groups.append(group)
    chosen: list[Statement] = []
    used: set[str] = set()
    while any(groups) and len(chosen) < count:
        for group in groups:
            while group and len(chosen) < count:
                one = _next_statement(group, chosen, chance)
                fact = ":".join(one.id.split(":")[:3])
                if fact not in used:
                    used.add(fact)
                    chosen.append(one)
                    break
    chance.shuffle(chosen)
    return [
        Task(
            part=JUDGE,
            number=number,
            task=one.text,
            choices=VERDICTS,
            answer=one.verdict,
            record=one.record,
            source=source_line(facts, one.id.split(":")[1], one.sources, most=1),
            id=one.id,
        )
        for number, one in enumerate(chosen, 1)
    ]


def _next_statement(
    group: list[Statement], chosen: Sequence[Statement], chance: Random
) -> Statement:
    """Take a statement out of a group of one verdict.

    Of those on rules, it is one of the direction that has fewer under this verdict: a sheet must
    not teach that what is said of one direction is mostly so.
    """
    before = [one.says_restricting for one in chosen if one.verdict == group[-1].verdict]
    fewer = before.count(True) - before.count(False)
    wanted = chance.random() < 0.5 if fewer == 0 else fewer < 0
    found = next((o for o in reversed(group) if o.says_restricting in (None, wanted)), group[-1])
    group.remove(found)
    return found


def _match(facts: SureFacts, scope: Scope, count: int, chance: Random) -> list[Task]:
    rules = rules_to_match(facts, scope, count, chance)
    places = sorted(name_with_state(r.place) for r in rules)
    return [
        Task(
            part=MATCH,
            number=number,
            task=f"{DIMENSIONS[r.rule.dimension]}: {r.rule.text}",
            choices=tuple(places),
            answer=name_with_state(r.place),
            record=f"{name_with_state(r.place)} {r.words}"
            + (f", since {r.rule.start}." if r.rule.start else "."),
            source=source_line(facts, r.place.id, r.rule.sources, most=1),
            id=f"rule:{r.id}",
        )
        for number, r in enumerate(rules, 1)
    ]


def _sources(facts: SureFacts, scope: Scope, count: int, chance: Random) -> list[Task]:
    chosen = sentences_to_match(facts, scope, count, chance)
    if len(chosen) < 2:
        return []
    names = [_named(document_of(facts, one)) for one in chosen]
    return [
        Task(
            part=SOURCE,
            number=number,
            task=one.text,
            choices=tuple(sorted(names)),
            answer=name,
            record=one.text,
            source=source_line(facts, one.id.split(":")[1], one.citations, most=1),
            id=one.id,
        )
        for number, (one, name) in enumerate(zip(chosen, names, strict=True), 1)
    ]


def _named(source: Source) -> str:
    return f"{source.publisher}, “{source.title}” ({source.kind})"


_PARTS = {
    JUDGE: (
        "A. How does each claim stand?",
        (
            "Mark one: S supported by the record, C contradicted by it, O outdated (it was so"
            " once), N not checkable (a view, a wish, a forecast). Then write what you would need"
            " to know to find out."
        ),
    ),
    MATCH: (
        "B. Whose rule is it?",
        "Write the letter of the place that has this rule. Each place fits once.",
    ),
    SOURCE: (
        "C. Where does it come from?",
        "Write the letter of the document in which you would find this.",
    ),
}
_BOX = "[\u00a0S\u00a0\u00a0C\u00a0\u00a0O\u00a0\u00a0N\u00a0]"
_MARKS = {"supported": "S", "contradicted": "C", "outdated": "O", "not-checkable": "N"}


def worksheet_view(sheet: Worksheet, labels: Labels) -> ListView:
    """Return the view of a worksheet: pages with a key, and a row for each task."""
    table = table_of(
        sheet.tasks,
        (Column("part", "Part"), lambda t: t.part),
        (Column("number", "No."), lambda t: str(t.number)),
        (Column("task", "Task"), lambda t: t.task),
        (Column("answer", "Answer"), lambda t: t.answer),
        (Column("record", "Record"), lambda t: t.record),
        (Column("source", "Source", data=True), lambda t: t.source),
        (Column("id", "Id", data=True), lambda t: t.id),
    )
    return ListView(sheet.title, table, paper=_paper(sheet))


def _paper(sheet: Worksheet) -> Paper:
    judge, match, source = (_part(sheet, part) for part in _PARTS)
    pages = []
    if judge:
        pages.append(Page(sheet.title, judge, named=True))
    if match or source:
        title = "What belongs together?" if judge else sheet.title
        pages.append(Page(title, (*match, *source), named=not judge))
    return Paper(sheet.title, (*pages, Page("Key", tuple(_key(sheet)), small=True)), sheet.footer)


def _part(sheet: Worksheet, part: str) -> tuple[Para | Columns, ...]:
    tasks = [task for task in sheet.tasks if task.part == part]
    if not tasks:
        return ()
    heading, how = _PARTS[part]
    blocks = [Para(heading, "heading"), Para(how, "note")]
    if part != JUDGE:
        blocks += [
            Para(choice, "choice", mark=f"{_letter(n)}.")
            for n, choice in enumerate(tasks[0].choices)
        ]
    for task in tasks:
        text = f"{task.task} {_BOX}" if part == JUDGE else f"____  {task.task}"
        blocks.append(Para(text, "item", mark=f"{task.number}.", lines=int(part == JUDGE)))
    return tuple(blocks)


def _key(sheet: Worksheet) -> Iterator[Para | Columns]:
    for part, (heading, _) in _PARTS.items():
        tasks = [task for task in sheet.tasks if task.part == part]
        if tasks:
            yield Para(heading, "heading")
        for task in tasks:
            if part == JUDGE:
                answer = f"{_MARKS[task.answer]}, {task.answer.replace('-', ' ')}"
            else:
                answer = f"{_letter(task.choices.index(task.answer))}, {task.answer}"
            facts = () if part == SOURCE else (Para(task.record, bold="Record"),)
            said = (*facts, Para(task.source, "note", bold="Source"))
            yield Para("", "item", mark=f"{task.number}.", bold=answer, below=said)


def _letter(number: int) -> str:
    return chr(ord("A") + number)


def ask_worksheet(
    session: Session,
    *,
    topic: TopicOption = None,
    place: PlaceOption = None,
    count: Annotated[
        int, option("--count", metavar="N", help="How many claims to judge.", min=1, max=40)
    ] = 8,
    seed: SeedOption = None,
) -> Reply:
    """Make a worksheet."""
    facts = SureFacts(session.store, session.on)
    scope = scope_of(session.store, topic, place)
    number = seed_of(seed)
    tasks = worksheet(facts, scope, count=count, seed=number)
    title = f"Worksheet: {scope.name}" if scope.name else "Worksheet: local rules and ICE"
    return Reply(
        tasks, worksheet_view, shown=Worksheet(title, tuple(tasks), footer_of(session, number))
    )
