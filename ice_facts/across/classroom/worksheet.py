"""A worksheet: claims to judge, rules to match to places, sentences to match to sources."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Annotated

from msgspec import Struct

from ice_facts.across.classroom.facts import (
    CONTRARY,
    DOES,
    SAYS,
    PlaceOfficial,
    PlaceRule,
    Record,
    is_sure,
    whose,
)
from ice_facts.across.classroom.shared import (
    PlaceOption,
    Scope,
    SeedOption,
    TopicOption,
    footer_of,
    nothing,
    scope_of,
    seed_of,
    source_line,
)
from ice_facts.ask import Reply, Session, option
from ice_facts.dates import first_day, last_day
from ice_facts.model import Citation, Claim, Event, Source
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.paper import Columns, Page, Paper, Para
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.store.naming import key_of
from ice_facts.vocabulary import DIMENSIONS

VERDICTS = ("supported", "contradicted", "outdated", "not-checkable")
"""How a statement of a worksheet can stand, in the order in which they are taken in turn."""


class Statement(Answer, frozen=True, kw_only=True):
    """A statement to judge: how it stands, and what the record says."""

    id: str
    verdict: str
    text: str
    record: str
    places: tuple[str, ...]
    topics: tuple[str, ...]
    sources: tuple[Citation, ...]


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


# Claims to judge


def statements(record: Record, verdict: str, chance: Random) -> list[Statement]:
    """Return every statement that stands so against the record."""
    match verdict:
        case "supported":
            made = [*_rule_statements(record, chance, true=True), *_claims(record, verdict)]
        case "contradicted":
            made = [*_rule_statements(record, chance, true=False), *_claims(record, verdict)]
        case "outdated":
            made = [*_former_officials(record), *_claims(record, verdict)]
        case _:
            made = [*_views(record)]
    return made


def _rule_statements(record: Record, chance: Random, *, true: bool) -> Iterator[Statement]:
    for found in record.rules():
        stance = found.rule.stance
        said = stance if true else chance.choice(CONTRARY[stance])
        # What a county or state adds could make the statement true after all.
        if not true and not record.reaching(found.place, found.rule.dimension) <= {
            *CONTRARY[said],
            "silent",
        }:
            continue
        yield Statement(
            id=f"rule:{found.id}:{said}",
            verdict="supported" if true else "contradicted",
            text=f"{whose(found.place)} has a rule of its own that {SAYS[said]}"
            f" {DOES[found.rule.dimension]}.",
            record=found.rule.text,
            places=(found.place.id, *found.place.part_of),
            topics=tuple(filter(None, (found.rule.dimension, found.rule.policy))),
            sources=found.rule.sources,
        )


def _claims(record: Record, status: str) -> Iterator[Statement]:
    for claim in record.claims():
        if claim.check.status == status:
            yield Statement(
                id=f"claim:{claim.id}",
                verdict=status,
                text=claim.text,
                record=claim.check.note,
                places=claim.about.jurisdictions,
                topics=(*claim.about.topics, *claim.about.policies),
                sources=claim.check.sources,
            )


def _former_officials(record: Record) -> Iterator[Statement]:
    for one in record.officials():
        place, official = one.place, one.official
        after = _after(record, one)
        if not official.until or first_day(official.until) > first_day(record.on) or not after:
            continue
        # Who came back is no former official.
        if key_of(official.name) in record.held_by(place, official.office, first_day(record.on)):
            continue
        of = "" if place.level == "federal" else f" of {whose(place)}"
        yield Statement(
            id=f"official:{place.id}:{key_of(official.office)}:{key_of(official.name)}",
            verdict="outdated",
            text=f"{official.name} is {official.office}{of}.",
            record=f"{official.name} was {official.office} until {official.until}."
            f" {after.official.name} has been since {after.official.start}.",
            places=(place.id, *place.part_of),
            topics=(),
            sources=(*official.sources, *after.official.sources),
        )


def _after(record: Record, one: PlaceOfficial) -> PlaceOfficial | None:
    """Return who holds the office today, if that is sure."""
    today = [
        other
        for other in record.officials()
        if other.place.id == one.place.id
        and other.official.office == one.official.office
        and not other.official.until
        and last_day(other.official.start or "") <= record.on
    ]
    return today[0] if len(today) == 1 else None


def _views(record: Record) -> Iterator[Statement]:
    for claim in record.store.all(Claim):
        if (
            claim.check.status == "not-checkable"
            and claim.kind in ("opinion", "prediction", "recommendation")
            and not claim.columns
            and "article" not in claim.text
        ):
            yield Statement(
                id=f"claim:{claim.id}",
                verdict="not-checkable",
                text=claim.text,
                record=claim.check.note or _WHY_NOT[claim.kind],
                places=claim.about.jurisdictions,
                topics=(*claim.about.topics, *claim.about.policies),
                sources=(Citation(id=claim.article, locator=claim.locator),),
            )


_WHY_NOT = {
    "opinion": "A view. No record can show it true or false.",
    "prediction": "It is about the future.",
    "recommendation": "It says what should be done. No record can show it true or false.",
}


# Rules to match


def matchable(record: Record, scope: Scope, count: int, chance: Random) -> list[PlaceRule]:
    """Return rules, each of another place, of which each fits its own place only.

    Every other place on the sheet has a rule of its own on the same thing, with another stance. As
    many rules limit cooperation as do not, give or take one, where the scope has such rules.
    """
    all_rules = [r for r in record.rules() if not _tells(r)]
    stances: dict[tuple[str, str], str] = {
        (r.place.id, r.rule.dimension): r.rule.stance for r in record.rules()
    }
    rules = [r for r in all_rules if not scope.topics or scope.topics & {r.rule.dimension}]
    chance.shuffle(rules)
    first = [r for r in rules if r.place.id == scope.place] if scope.place else rules
    # With an odd number, chance tells which direction has one more: that of the first rule.
    limiting_first = chance.random() < 0.5
    starts = sorted(first, key=lambda r: r.is_limiting != limiting_first)[:40]
    for even in (True, False):
        best: list[PlaceRule] = []
        for start in starts:
            chosen = _matched(rules, start, count, stances, even=even)
            best = max(best, chosen, key=len)
            if len(best) == count:
                break
        if len(best) >= min(3, count):
            return best
    return []


def _matched(
    rules: list[PlaceRule],
    start: PlaceRule,
    count: int,
    stances: dict[tuple[str, str], str],
    *,
    even: bool,
) -> list[PlaceRule]:
    """Return a rule and others that can stand beside it; if even, of both directions by turns."""
    chosen = [start]
    for _ in range(count - 1):
        fitting = (
            rule
            for rule in rules
            if rule.place.level == start.place.level
            and (not even or rule.is_limiting != chosen[-1].is_limiting)
            and all(_differ(stances, rule, o) and _differ(stances, o, rule) for o in chosen)
        )
        if (found := next(fitting, None)) is None:
            break
        chosen.append(found)
    return chosen


def _differ(stances: dict[tuple[str, str], str], rule: PlaceRule, other: PlaceRule) -> bool:
    """Tell whether the place of the other rule says something else on what the rule is about."""
    theirs = stances.get((other.place.id, rule.rule.dimension))
    return rule.place.id != other.place.id and theirs is not None and theirs != rule.rule.stance


def _tells(found: PlaceRule) -> bool:
    """Tell whether the text of a rule names its place."""
    names = [found.place.name, *found.place.aliases, found.place.state or "?"]
    words = set(key_of(found.rule.text).split("-"))
    return any(
        (len(name) > 2 and key_of(name) in key_of(found.rule.text)) or name.lower() in words
        for name in names
    )


# Sentences to source


class Sourced(Struct, frozen=True):
    """A sentence of the record, and the documents that it rests on."""

    id: str
    text: str
    citations: tuple[Citation, ...]


def sourced(record: Record, scope: Scope, count: int, chance: Random) -> list[Sourced]:
    """Return sentences of which each rests on documents that no other one rests on.

    All are about one place: with several, the name of the place would tell the document.
    """
    by_place: dict[str, list[Sourced]] = {}
    for rule in record.rules():
        if scope.takes((rule.rule.dimension, rule.rule.policy or ""), (rule.place.id,)):
            one = Sourced(f"rule:{rule.id}", rule.rule.text, rule.rule.sources)
            by_place.setdefault(rule.place.id, []).append(one)
    for event in record.store.all(Event):
        places = [id for id in event.about if id in record.places]
        if (
            event.confirmed
            and is_sure(event.note)
            and not event.disputed
            and first_day(event.date) <= first_day(record.on)
            and scope.takes(event.about, places)
            and record.cites_read(event.sources)
        ):
            one = Sourced(f"event:{event.id}", f"{event.date}: {event.text}", event.sources)
            for place in places:
                by_place.setdefault(place, []).append(one)
    places = sorted(place for place in by_place if not scope.place or place == scope.place)
    chance.shuffle(places)
    best: list[Sourced] = []
    for place in places[:30]:
        found = by_place[place]
        chance.shuffle(found)
        chosen = _apart(record, found, count)
        if len(chosen) > len(best):
            best = chosen
        if len(best) == count:
            break
    return best


def _apart(record: Record, found: list[Sourced], count: int) -> list[Sourced]:
    """Return sentences that share no document, of as many kinds of document as there are."""
    kinds: dict[str, int] = {}
    chosen: list[Sourced] = []
    used: set[str] = set()
    for most in (1, 2, count):
        for one in found:
            kind = _document(record, one).kind
            ids = {c.id for c in one.citations}
            if len(chosen) == count or used & ids or kinds.get(kind, 0) >= most:
                continue
            chosen.append(one)
            used |= ids
            kinds[kind] = kinds.get(kind, 0) + 1
    return chosen


def _document(record: Record, one: Sourced) -> Source:
    """Return the document that a sentence is to be matched to: the first that was read."""
    return next(s for s in record.sources(one.citations) if s.read)


# The sheet


def worksheet(record: Record, scope: Scope, *, count: int = 8, seed: int = 0) -> list[Task]:
    """Return the tasks of a worksheet.

    Args:
        record: What may be taught.
        scope: What it is about.
        count: How many claims there are to judge; the other parts have half as many.
        seed: The same number gives the same sheet.

    Raises:
        NotFoundError: The record has no sure fact within the scope.
    """
    tasks = _judge(record, scope, count, Random(f"{seed} judge"))
    half = max(3, min(6, count // 2))
    tasks += _match(record, scope, half, Random(f"{seed} match"))
    tasks += _sources(record, scope, half, Random(f"{seed} source"))
    if not tasks:
        raise nothing(scope, "task")
    return tasks


def _judge(record: Record, scope: Scope, count: int, chance: Random) -> list[Task]:
    groups = []
    for verdict in VERDICTS:
        group = [s for s in statements(record, verdict, chance) if scope.takes(s.topics, s.places)]
        chance.shuffle(group)
        groups.append(group)
    chosen: list[Statement] = []
    facts: set[str] = set()
    while any(groups) and len(chosen) < count:
        for group in groups:
            while group and len(chosen) < count:
                one = group.pop()
                fact = ":".join(one.id.split(":")[:3])
                if fact not in facts:
                    facts.add(fact)
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
            source=source_line(record, one.id.split(":")[1], one.sources, most=1),
            id=one.id,
        )
        for number, one in enumerate(chosen, 1)
    ]


def _match(record: Record, scope: Scope, count: int, chance: Random) -> list[Task]:
    rules = matchable(record, scope, count, chance)
    places = sorted(whose(r.place) for r in rules)
    return [
        Task(
            part=MATCH,
            number=number,
            task=f"{DIMENSIONS[r.rule.dimension]}: {r.rule.text}",
            choices=tuple(places),
            answer=whose(r.place),
            record=f"{whose(r.place)} {SAYS[r.rule.stance]} {DOES[r.rule.dimension]}"
            + (f", since {r.rule.start}." if r.rule.start else "."),
            source=source_line(record, r.place.id, r.rule.sources, most=1),
            id=f"rule:{r.id}",
        )
        for number, r in enumerate(rules, 1)
    ]


def _sources(record: Record, scope: Scope, count: int, chance: Random) -> list[Task]:
    chosen = sourced(record, scope, count, chance)
    if len(chosen) < 2:
        return []
    names = [_named(_document(record, one)) for one in chosen]
    return [
        Task(
            part=SOURCE,
            number=number,
            task=one.text,
            choices=tuple(sorted(names)),
            answer=name,
            record=one.text,
            source=source_line(record, one.id.split(":")[1], one.citations, most=1),
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
            record = () if part == SOURCE else (Para(task.record, bold="Record"),)
            said = (*record, Para(task.source, "note", bold="Source"))
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
    record = Record(session.store, session.on)
    scope = scope_of(session.store, topic, place)
    number = seed_of(seed)
    tasks = worksheet(record, scope, count=count, seed=number)
    title = f"Worksheet: {scope.name}" if scope.name else "Worksheet: local rules and ICE"
    return Reply(
        tasks, worksheet_view, shown=Worksheet(title, tuple(tasks), footer_of(session, number))
    )
