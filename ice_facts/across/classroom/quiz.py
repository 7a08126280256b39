"""A quiz: questions from confirmed facts, for the terminal and for the programs of schools."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Annotated

from msgspec import Struct

from ice_facts.across.classroom.facts import SureFacts
from ice_facts.across.classroom.items import QUESTION_KINDS, QuizItem, in_turn, items_of
from ice_facts.across.classroom.shared import (
    OVERLAY_MARK,
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
from ice_facts.ask import Reply, Session, option
from ice_facts.errors import UsageError
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.paper import Columns, Page, Paper, Para
from ice_facts.show.shapes import Column, ListView, table_of

KAHOOT_QUESTION, KAHOOT_ANSWER = 120, 75
"""The most characters that Kahoot takes in a question and in an answer."""

LETTERS = "ABCD"


class Asked(Answer, frozen=True, kw_only=True):
    """A question of a quiz as it is handed out, with its number and its source in words."""

    number: int
    id: str
    kind: str
    question: str
    options: tuple[str, ...]
    answer: str
    record: str
    source: str
    confirmed: str | None
    url: str | None

    @property
    def right(self) -> int:
        """The index of the right answer."""
        return self.options.index(self.answer)

    @property
    def fits_kahoot(self) -> bool:
        """Whether its texts are short enough for Kahoot."""
        return len(self.question) <= KAHOOT_QUESTION and all(
            len(option) <= KAHOOT_ANSWER for option in self.options
        )


class Quiz(Struct, frozen=True):
    """A quiz: its title, its questions, and what stands at the foot of a page.

    ``overlaid`` says which questions are from an overlay, where no source stands beside them.
    """

    title: str
    items: tuple[Asked, ...]
    footer: str
    overlaid: str = ""


def quiz(
    facts: SureFacts,
    scope: Scope,
    *,
    kinds: Sequence[str] = QUESTION_KINDS,
    count: int = 10,
    seed: int = 0,
    short: bool = False,
) -> list[Asked]:
    """Return the questions of a quiz.

    Args:
        facts: The sure facts of a store.
        scope: What they are about.
        kinds: Kinds of question, taken in turn.
        count: How many at most.
        seed: The same number gives the same questions in the same order.
        short: Only questions that fit into Kahoot.

    Raises:
        NotFoundError: The record has no sure fact within the scope.
    """
    groups: list[list[QuizItem]] = []
    for kind in kinds:
        # Each kind has a chance of its own, so that a filter of kinds changes no question.
        chance = Random(f"{seed} {kind}")
        found = [i for i in items_of(facts, kind, chance) if scope.includes(i.topics, i.places)]
        chance.shuffle(found)
        groups.append([i for i in found if not short or _asked(facts, 0, i).fits_kahoot])
    chosen = in_turn(groups, count, restricting_first=Random(f"{seed} first").random() < 0.5)
    if not chosen:
        raise nothing_to_ask(scope, "question")
    return [_asked(facts, number, item) for number, item in enumerate(chosen, 1)]


def _asked(facts: SureFacts, number: int, item: QuizItem) -> Asked:
    urls = [source.url for source in facts.sources(item.sources) if source.url]
    return Asked(
        number=number,
        id=item.id,
        kind=item.kind,
        question=item.question,
        options=item.options,
        answer=item.answer,
        record=item.record,
        source=source_line(facts, item.record_id, item.sources, most=1),
        confirmed=item.confirmed,
        url=urls[0] if urls else None,
    )


def quiz_view(quiz: Quiz, labels: Labels) -> ListView:
    """Return the view of a quiz: a sheet with a key, and a row for each question."""
    table = table_of(
        quiz.items,
        (Column("number", "No."), lambda i: str(i.number)),
        (Column("kind", "Kind", data=True), lambda i: i.kind),
        (Column("question", "Question"), lambda i: i.question),
        *(
            (
                Column(letter.lower(), letter),
                lambda i, n=n: i.options[n] if n < len(i.options) else None,
            )
            for n, letter in enumerate(LETTERS)
        ),
        (Column("answer", "Right"), lambda i: i.answer),
        (Column("record", "Record"), lambda i: i.record),
        (Column("source", "Source", data=True), lambda i: i.source),
        (Column("id", "Id", data=True), lambda i: i.id),
    )
    return ListView(quiz.title, table, paper=_paper(quiz))


def _paper(quiz: Quiz) -> Paper:
    questions: list[Para | Columns] = [
        Para("Choose one answer. Only one is right by the record.", "note")
    ]
    key: list[Para | Columns] = []
    for item in quiz.items:
        mark = f"{item.number}."
        choices = tuple(
            Para(text, "choice", mark=f"{LETTERS[n]}.") for n, text in enumerate(item.options)
        )
        questions.append(Para(item.question, "item", mark=mark, below=choices))
        said = (Para(item.record, bold="Record"), Para(item.source, "note", bold="Source"))
        key.append(
            Para("", "item", mark=mark, bold=f"{LETTERS[item.right]}. {item.answer}", below=said)
        )
    pages = (Page(quiz.title, tuple(questions), named=True), Page("Key", tuple(key), small=True))
    return Paper(quiz.title, pages, quiz.footer)


CountOption = Annotated[
    int, option("--count", metavar="N", help="How many at most.", min=1, max=100)
]


def _kind(text: str) -> str:
    if text not in QUESTION_KINDS:
        raise UsageError(f"no kind of question {text!r}", [f"one of: {', '.join(QUESTION_KINDS)}"])
    return text


def ask_quiz(
    session: Session,
    *,
    topic: TopicOption = None,
    place: PlaceOption = None,
    kind: Annotated[
        list[str] | None,
        option(
            "--kind",
            metavar="A,B",
            help=f"Kinds of question: {', '.join(QUESTION_KINDS)}.",
            parse=_kind,
            words=lambda: [(kind, "") for kind in QUESTION_KINDS],
            commas=True,
        ),
    ] = None,
    count: CountOption = 10,
    seed: SeedOption = None,
    short: Annotated[bool, option("--short", help="Only what fits into Kahoot.")] = False,
) -> Reply:
    """Ask questions."""
    facts = SureFacts(session.store, session.on)
    scope = scope_of(session.store, topic, place)
    number = seed_of(seed)
    items = quiz(facts, scope, kinds=kind or QUESTION_KINDS, count=count, seed=number, short=short)
    title = f"Quiz: {scope.name}" if scope.name else "Quiz: local rules and ICE"
    marked = [str(item.number) for item in items if OVERLAY_MARK in item.source]
    overlaid = f"From an overlay: questions {', '.join(marked)}." if marked else ""
    shown = Quiz(title, tuple(items), footer_of(session, number), overlaid)
    return Reply(items, quiz_view, shown=shown)
