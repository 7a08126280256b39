"""A sheet for structured controversy: both sides in equal columns, with their reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Annotated

from ice_facts.across.classroom.facts import SureFacts, leaves_no_doubt
from ice_facts.across.classroom.shared import footer_of, with_overlay
from ice_facts.ask import Reply, Session, argument, option
from ice_facts.dates import began_by, first_day
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Jurisdiction, Policy, Position, Stakeholder, Topic
from ice_facts.model.answers import Answer
from ice_facts.resolve import resolve
from ice_facts.show.labels import Labels
from ice_facts.show.paper import Columns, Page, Paper, Para
from ice_facts.show.shapes import SOURCES, Column, ListView, Piece, table_of
from ice_facts.show.words import count_of
from ice_facts.store import Store
from ice_facts.subjects.position.elsewhere import namesakes
from ice_facts.subjects.position.holders import several_text
from ice_facts.subjects.position.rows import article_rows


class Entry(Answer, frozen=True, kw_only=True):
    """What somebody holds, with the reason and what they want."""

    id: str
    side: str
    stakeholder: str
    name: str
    text: str
    concern: str | None
    remedy: str | None
    date: str | None
    source: str
    sources: tuple[Citation, ...]


class Sides(Answer, frozen=True, kw_only=True):
    """Both sides of a topic or policy, with as many entries each.

    ``supports`` and ``opposes`` count what is on record, as ``positions`` does. Of it ``entries``
    has those that are shown, and ``others`` the rest of what is sure enough for a class.
    """

    id: str
    name: str
    text: str
    meaning: str
    as_of: str
    supports: int
    opposes: int
    entries: tuple[Entry, ...]
    others: tuple[Entry, ...]
    questions: tuple[str, ...]
    notes: tuple[str, ...]


_SUPPORT_MEANS = re.compile(r"To support means (?:to favor |that )(.+?)\.")
"""How the text of a topic says what its supporters favor."""


def both_sides(facts: SureFacts, id: str, *, count: int = 3) -> Sides:
    """Return both sides of a topic or policy.

    Args:
        facts: The sure facts of a store.
        id: The id of a topic, of a policy, or of both.
        count: How many entries a side has at most; both have as many.

    Raises:
        NotFoundError: No position is on record.
    """
    store = facts.store
    topic, policy = store.get(Topic, id), store.get(Policy, id)
    name = topic.name if topic else policy.short if policy else id
    text = topic.text if topic else policy.summary if policy else ""
    on = [
        p
        for p in store.referring(Position, topic=id, policy=id)
        if p.confirmed
        and leaves_no_doubt(p.note)
        and began_by(p.date, facts.on)
        and facts.cites_a_source_read(p.sources)
    ]
    found = {side: [p for p in on if p.stance == side] for side in ("supports", "opposes")}
    kinds = {p.stakeholder: _kind_of(store, p.stakeholder) for p in on}
    shown = min(count, *map(len, found.values()))
    drawn = _with_reasons(found, shown)
    on_both = set.intersection(*({kinds[p.stakeholder] for p in ps} for ps in drawn.values()))
    chosen = {side: _best(ps, kinds, on_both)[:shown] for side, ps in drawn.items()}
    rest = {
        side: _best([p for p in ps if p not in chosen[side]], kinds, on_both)
        for side, ps in found.items()
    }
    if not any(found.values()):
        raise NotFoundError(
            f"no confirmed position on {name} is on record",
            [f"what there is: ice-facts positions {id}", *_with_both(store)],
        )
    questions = topic.questions if topic else ()
    record = _on_record(store, id, facts.on)
    return Sides(
        id=id,
        name=name,
        text=text,
        meaning=_meaning(name, text),
        as_of=facts.on,
        supports=record["supports"],
        opposes=record["opposes"],
        entries=tuple(_entry(facts, p, side) for side, ps in chosen.items() for p in ps),
        others=tuple(_entry(facts, p, side) for side, ps in rest.items() for p in ps),
        questions=tuple(questions),
        notes=_notes(store, found, record, shown, count),
    )


def _on_record(store: Store, id: str, on: str) -> Counter[str]:
    """Return how many positions of each stance are on record on a topic or policy by a date."""
    policies = [id, *(namesakes(store, id) if store.get(Topic, id) else ())]
    held = [p for p in store.referring(Position, topic=id, policy=policies) if began_by(p.date, on)]
    told = [row for row in article_rows(store, on) if id in (row.topic, row.policy)]
    return Counter([*(p.stance for p in held), *(row.stance for row in told)])


def _with_reasons(
    found: Mapping[str, Sequence[Position]], shown: int
) -> Mapping[str, Sequence[Position]]:
    """Return the positions with a concern or remedy, if both sides have enough of them; else all.

    So neither side stands there with reasons and the other without.
    """
    with_them = {side: [p for p in ps if p.concern or p.remedy] for side, ps in found.items()}
    return with_them if min(map(len, with_them.values())) >= shown else found


def _meaning(name: str, text: str) -> str:
    """Return what the supporters favor; words such as "them" become the name."""
    found = _SUPPORT_MEANS.search(text)
    if not found or found[1].startswith("such "):
        return name
    return re.sub(r"\bthem$", name[0].lower() + name[1:], found[1])


def _kind_of(store: Store, id: str) -> str:
    """Return what kind of holder somebody is: an official or agency of a level, or what else."""
    who = store.one(Stakeholder, id)
    of = who.office.jurisdiction if who.office else who.jurisdiction
    place = store.get(Jurisdiction, of) if of and who.sector == "government" else None
    level = place.level if place else who.sector or ""
    return "local" if level in ("city", "county") else level


def _best(
    positions: Sequence[Position], kinds: Mapping[str, str], on_both: Collection[str]
) -> list[Position]:
    """Return positions in the order in which a sheet takes them.

    A holder's second one comes after the first of every other holder, and a second holder of one
    kind after the first of every other kind, those kinds first that both sides have: like stands
    against like. Then those with a reason and more sources come first.

    Args:
        positions: The positions of one side.
        kinds: The kind of holder of each stakeholder, by id.
        on_both: The kinds that hold positions on both sides.
    """

    def rank(position: Position) -> tuple[bool, bool, int, str, str]:
        newest = "".join(chr(0x7E - ord(c)) for c in first_day(position.date or "0001"))
        sources = min(3, len({c.id for c in position.sources}))
        return not position.concern, not position.remedy, -sources, newest, position.id

    by_holder: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    turns = []
    for position in sorted(positions, key=rank):
        holder, kind = position.stakeholder, kinds[position.stakeholder]
        again = by_holder[holder]
        turns.append(((again, by_kind[kind], kind not in on_both), position))
        by_holder[holder] += 1
        by_kind[kind] += not again
    return [position for _, position in sorted(turns, key=lambda pair: pair[0])]


def _entry(facts: SureFacts, position: Position, side: str) -> Entry:
    return Entry(
        id=position.id,
        side=side,
        stakeholder=position.stakeholder,
        name=facts.store.one(Stakeholder, position.stakeholder).name,
        text=position.text,
        concern=position.concern,
        remedy=position.remedy,
        date=position.date,
        source=_short(facts, position),
        sources=position.sources,
    )


def _short(facts: SureFacts, position: Position) -> str:
    """Return publisher and date of the first source, and how many more sources there are."""
    cited = facts.sources(position.sources)
    names = [f"{s.publisher}, {s.published or 'undated'}" for s in cited]
    more = f" (and {len(names) - 1} more)" if len(names) > 1 else ""
    line = f"{names[0]}{more}" if names else ""
    overlay = facts.overlay_of(position.id, position.sources)
    return with_overlay(line, overlay or facts.overlay_of(position.stakeholder, ()))


def _notes(
    store: Store,
    found: Mapping[str, Sequence[Position]],
    record: Mapping[str, int],
    shown: int,
    count: int,
) -> tuple[str, ...]:
    for_it, against = len(found["supports"]), len(found["opposes"])
    several = several_text(store, ((p.stakeholder, p.stance) for ps in found.values() for p in ps))
    said = f"On record: {record['supports']} for, {record['opposes']} against."
    if (for_it, against) != (record["supports"], record["opposes"]):
        said += f" Sure enough for this sheet: {for_it} of them for, {against} against."
    said += " These count records, not people: they do not show which side has more."
    notes = [f"{said} {several}".rstrip()]
    if not shown:
        side, number = ("for", for_it) if for_it else ("against", against)
        others = count_of(number, "entry", "entries")
        both = record["supports"] and record["opposes"]
        only = "Only one side is sure enough" if both else "Only one side is on record"
        notes.append(
            f"{only}: {others} “{side}”, which the sheet leaves out."
            " With one side alone it would not be fair."
        )
    elif shown < count:
        sides = {"for": for_it, "against": against}
        few = " and ".join(f"{n} “{side}”" for side, n in sides.items() if n < count)
        notes.append(
            f"Only {few} to draw on, so each side has {count_of(shown, 'entry', 'entries')}."
        )
    return tuple(notes)


def _with_both(store: Store) -> list[str]:
    """Return a hint that names topics with positions on both sides; empty if there are none."""
    stances: dict[str, list[str]] = {}
    for position in store.all(Position):
        stances.setdefault(position.topic or position.policy or "", []).append(position.stance)
    both = sorted(
        (id for id, held in stances.items() if {"supports", "opposes"} <= set(held)),
        key=lambda id: -min(stances[id].count("supports"), stances[id].count("opposes")),
    )
    return [f"both sides: {', '.join(both[:5])}"] if both else []


_STEPS = (
    "Work in pairs. One pair takes “for”, one takes “against”.",
    "Say the best reasons of your side. Use the sources. Do not add views of your own yet.",
    "The other pair repeats what it heard until you agree that it is right.",
    "Change sides. Say the best reasons of the side that you were against.",
    "Leave the sides. What do all of you accept? Write it in the third column.",
    "What would you still need to know? Where could you find it?",
)
"""How a class works with the sheet, in the order of the steps."""


def sides_view(sides: Sides, labels: Labels, *, footer: str) -> ListView:
    """Return the view of both sides: a sheet with three columns, and a row for each entry."""
    table = table_of(
        (*sides.entries, *sides.others),
        (Column("id", "Id", data=True), lambda e: e.id),
        (Column("shown", "Shown", data=True), lambda e: "yes" if e in sides.entries else "no"),
        (Column("side", "Side"), lambda e: Piece(e.side, e.side, e.sources)),
        (Column("name", "Who"), lambda e: e.name),
        (Column("text", "Position"), lambda e: e.text),
        (Column("concern", "Reason"), lambda e: e.concern),
        (Column("remedy", "Wants"), lambda e: e.remedy),
        (Column("date", "Date"), lambda e: e.date),
        SOURCES,
    )
    title = f"Both sides: {sides.name}"
    columns = Columns(
        (f"For: {sides.meaning}", f"Against: {sides.meaning}", "Common ground"),
        (
            _column(sides, "supports"),
            _column(sides, "opposes"),
            (Para("What do both sides accept?", "note", lines=14),),
        ),
    )
    work: list[Para | Columns] = [Para("Hear both sides, then change", "heading")]
    work += [Para(step, "item", mark=f"{n}.") for n, step in enumerate(_STEPS, 1)]
    if sides.questions:
        work.append(Para("To discuss", "heading"))
        work += [
            Para(question, "item", mark=f"{n}.", lines=1)
            for n, question in enumerate(sides.questions, 1)
        ]
    said = sides.text.replace("To support means", "“For” means")
    blocks: tuple[Para | Columns, ...] = (
        Para(said),
        columns,
        *(Para(note, "note") for note in sides.notes),
    )
    pages = (Page(title, blocks, named=True), Page(f"{sides.name}: at work", tuple(work)))
    return ListView(title, table, sides.notes, paper=Paper(title, pages, footer, wide=True))


def _column(sides: Sides, side: str) -> tuple[Para, ...]:
    paras: list[Para] = []
    if not sides.entries:
        none = not (sides.supports if side == "supports" else sides.opposes)
        said = "Nothing is on record for this side." if none else "On record, but left out here."
        return (Para(f"{said} Who could speak for it? Where would you look?", "note", lines=6),)
    for entry in sides.entries:
        if entry.side != side:
            continue
        lines = [Para(entry.text)]
        if entry.concern:
            lines.append(Para(entry.concern, bold="Reason"))
        if entry.remedy:
            lines.append(Para(entry.remedy, bold="Wants"))
        lines.append(Para(entry.source, "note", bold="Source"))
        who = f"{entry.name}, {entry.date or 'undated'}"
        paras.append(Para("", "item", bold=who, below=tuple(lines)))
    return tuple(paras)


def ask_sides(
    session: Session,
    topic: Annotated[list[str], argument("TOPIC...", "A topic or policy.")],
    *,
    count: Annotated[
        int, option("--count", metavar="N", help="Entries of each side at most.", min=1, max=12)
    ] = 3,
) -> Reply:
    """Show both sides."""
    match = resolve(session.store, " ".join(topic), (Topic, Policy))
    sides = both_sides(SureFacts(session.store, session.on), match.id, count=count)
    view = partial(sides_view, footer=footer_of(session))
    return Reply([sides], view, shown=sides, single=True)
