"""What can be searched in every record: its names, what is shown of it, and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from msgspec import Struct

from ice_facts.model import (
    SUBJECT_OF,
    TABLES,
    Agreement,
    Citation,
    Claim,
    Event,
    Jurisdiction,
    Official,
    Place,
    Policy,
    Position,
    Record,
    Rule,
    Source,
    Stakeholder,
    Statistic,
    Term,
    Topic,
)
from ice_facts.model.walk import parts_in
from ice_facts.show.words import span_text
from ice_facts.store import TABLE_OF, Store
from ice_facts.subjects.official import official_title
from ice_facts.subjects.rule import search_text, search_title
from ice_facts.vocabulary import STATES


class Text(Struct, frozen=True, kw_only=True):
    """One thing that a search can find.

    ``table`` is its table, or ``rules`` and ``officials`` for these parts of a jurisdiction, and
    ``part`` their place among the jurisdiction's. ``near`` are the places it has to do with.
    """

    table: str
    kind: str
    id: str
    title: str
    body: str
    part: int = 0
    names: tuple[str, ...] = ()
    status: str | None = None
    near: frozenset[str] = frozenset()


PARTS = ("rules", "officials")
"""Parts of jurisdictions that are found by themselves."""


def texts(store: Store) -> Iterator[Text]:
    """Yield what can be searched in a store, one table after the other: sources come last.

    No table is kept in memory for it.
    """
    known = _Known(store)
    citing: dict[str, set[str]] = {}  # by source, the places near the records that cite it
    for table in sorted({*TABLES, *PARTS} - {TABLE_OF[Place], TABLE_OF[Source]}):
        for record in _records(store, table):
            found = list(_texts_of(record, known))
            yield from (text for text in found if text.table == table)
            # The source of a place's population has nothing to do with the place.
            if table not in PARTS and not (isinstance(record, Place) and not record.listed):
                for part in parts_in(record):
                    if isinstance(part, Citation):
                        citing.setdefault(part.id, set()).update(found[0].near)
    for source in store.each(Source):
        yield _source_text(source, frozenset(citing.get(source.id, ())))


def _records(store: Store, table: str) -> Iterator[Record]:
    """Yield the records whose texts are in a table."""
    yield from store.each(Jurisdiction if table in PARTS else TABLES[table])
    if table == TABLE_OF[Jurisdiction]:
        yield from store.each(Place)


class _Named(NamedTuple):
    """What a text says of a record that another one refers to."""

    name: str
    jurisdiction: str | None = None
    part_of: tuple[str, ...] = ()


class _Known:
    """The records that others refer to, by id."""

    def __init__(self, store: Store) -> None:
        self.places: dict[str, _Named] = {}
        above: dict[tuple[str, ...], tuple[str, ...]] = {}  # the same for hundreds of places
        places: Iterator[Place | Jurisdiction] = chain(store.each(Place), store.each(Jurisdiction))
        for place in places:
            part_of = above.setdefault(place.part_of, place.part_of)
            self.places[place.id] = _Named(place.name, part_of=part_of)
        self.policies = {p.id: _Named(p.short, p.jurisdiction) for p in store.each(Policy)}
        self.stakeholders = {w.id: _Named(w.name, w.jurisdiction) for w in store.each(Stakeholder)}
        self.topics = {topic.id: _Named(topic.name) for topic in store.each(Topic)}

    def around(self, *ids: str | None) -> frozenset[str]:
        """Return places and the places that they are part of, so that a state finds its cities."""
        found: set[str] = set()
        for id in ids:
            if id in self.places:
                found |= {id, *self.places[id].part_of}
        return frozenset(found)

    def place_name(self, id: str) -> str:
        """Return the name of a place."""
        return self.places[id].name if id in self.places else id


def _texts_of(record: Record, known: _Known) -> Iterator[Text]:
    """Yield the text of a record, then those of its parts that are found by themselves."""
    if isinstance(record, Jurisdiction | Place):
        yield _place_text(record, known)
        if isinstance(record, Jurisdiction):
            yield from _part_texts(record, known)
    else:
        yield _TEXTS.get(type(record), _usual_text)(record, known)


def _text(
    record: Record,
    title: str,
    names: tuple[str | None, ...],
    *body: str | None,
    near: frozenset[str] = frozenset(),
    kind: str = "",
    status: str | None = None,
) -> Text:
    """Return the text of a record.

    Args:
        record: The record.
        title: What is shown of it.
        names: What people call it.
        body: What it says, part by part.
        near: The places it has to do with.
        kind: What it is; empty: what its table says.
        status: How a claim stands against the record.
    """
    table = TABLE_OF[Jurisdiction if isinstance(record, Place) else type(record)]
    return Text(
        table=table,
        kind=kind or SUBJECT_OF[type(record)].word or table,
        id=record.id,
        title=title,
        names=tuple(dict.fromkeys(name for name in names if name)),
        body=_joined(*body),
        near=near,
        status=status,
    )


def _usual_text(record: Record, known: _Known) -> Text:
    """Return the text of a record of a table that has no form of its own: all it says."""
    names = (getattr(record, field, None) for field in ("name", "title", "measure", "agency"))
    title = next((name for name in names if name), record.id)
    near = known.around(record.id, getattr(record, "jurisdiction", None))
    aliases = getattr(record, "aliases", ())
    return _text(record, title, (title, *aliases), *_words_in(record), near=near)


_NO_WORDS = ("id", "confirmed", "start", "until", "jurisdiction")
"""Fields with ids and dates."""


def _words_in(value: Any) -> Iterator[str]:
    """Yield every text in a record or its parts but its citations, ids and dates."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _words_in(item)
    elif isinstance(value, dict):
        yield from (item for item in value.values() if isinstance(item, str))
    elif isinstance(value, Struct) and not isinstance(value, Citation):
        for name in value.__struct_fields__:
            if name not in _NO_WORDS:
                yield from _words_in(getattr(value, name))


def _joined(*parts: str | None) -> str:
    return " · ".join(part.strip() for part in parts if part and part.strip())


def _place_text(place: Jurisdiction | Place, known: _Known) -> Text:
    full = place if isinstance(place, Jurisdiction) else None
    return _text(
        place,
        place.name,
        (place.name, *place.aliases),
        " and ".join((place.level, *(full.also if full else ()))),
        f"in {STATES[place.state]}" if place.state in STATES else None,
        *(f"listed as {entry.printed_as}" for entry in place.listed if entry.printed_as),
        *_words_in(full.disputed if full else ()),
        place.note,
        kind=place.level,
        near=known.around(place.id),
    )


def _part_texts(place: Jurisdiction, known: _Known) -> Iterator[Text]:
    """Yield the texts of the rules and terms of office of a place."""
    near = known.around(place.id)
    # What the place is called belongs to its parts too: "mayor of NYC".
    also = ", ".join(place.aliases)
    for number, rule in enumerate(place.rules):
        yield Text(
            table="rules",
            kind="rule",
            id=place.id,
            part=number,
            title=search_title(place, rule),
            body=_joined(search_text(place, rule), rule.note, also),
            near=near,
        )
    for number, official in enumerate(place.officials):
        title = official_title(place, official)
        span = span_text(official.start, official.until)
        yield Text(
            table="officials",
            kind="official",
            id=place.id,
            part=number,
            title=title,
            body=_joined(title, span, official.party, official.note, also),
            near=near,
        )


def part_of(place: Jurisdiction, table: str, part: int) -> Rule | Official | None:
    """Return the rule or term of office that a found text stands for; None for the place."""
    if table == "rules":
        return place.rules[part]
    return place.officials[part] if table == "officials" else None


def _policy_text(policy: Policy, known: _Known) -> Text:
    return _text(
        policy,
        policy.short,
        (policy.short, policy.title, *policy.aliases, policy.citation),
        policy.summary,
        f"{policy.kind} of {known.place_name(policy.jurisdiction)}, {policy.status}",
        policy.court,
        *(f"{p.section}: {p.text}" for p in policy.provisions),
        *(f"{a.date}: {a.text}" for a in policy.amended),
        *_words_in(policy.disputed),
        policy.note,
        near=known.around(policy.jurisdiction, *policy.concerns),
    )


def _stakeholder_text(who: Stakeholder, known: _Known) -> Text:
    return _text(
        who,
        who.name,
        (who.name, *who.aliases),
        *(who.about, who.kind, who.sector, who.note),
        near=known.around(who.jurisdiction),
    )


def _position_text(position: Position, known: _Known) -> Text:
    who = known.stakeholders.get(position.stakeholder)
    name = who.name if who else position.stakeholder
    policy = known.policies.get(position.policy or "")
    topic = known.topics.get(position.topic or "")
    target = policy.name if policy else topic.name if topic else "–"
    return _text(
        position,
        f"{name}: {position.stance}, on {target}",
        (),
        f"{name} on {target}: {position.text}",
        f"Concern: {position.concern}" if position.concern else None,
        f"Remedy: {position.remedy}" if position.remedy else None,
        position.date,
        position.note,
        near=known.around(
            who.jurisdiction if who else None, policy.jurisdiction if policy else None
        ),
    )


def _claim_text(claim: Claim, known: _Known) -> Text:
    return _text(
        claim,
        claim.text,
        (),
        claim.text,
        None if claim.value is None else f"{claim.value} {claim.unit or ''}",
        *(f"{title}: {cell}" for title, cell in claim.columns.items()),
        f"Said by: {claim.attributed_to}",
        f"Record: {claim.check.note}" if claim.check.note else None,
        status=claim.check.status,
        near=known.around(*claim.about.jurisdictions),
    )


def _event_text(event: Event, known: _Known) -> Text:
    policies = [known.policies[id] for id in event.about if id in known.policies]
    return _text(
        event,
        event.title,
        (event.title,),
        *(event.date, event.text, event.note),
        near=known.around(*event.about, *(p.jurisdiction for p in policies)),
    )


def _statistic_text(number: Statistic, known: _Known) -> Text:
    where = known.place_name(number.jurisdiction)
    when = number.period or span_text(number.start, number.until)
    value = f"{number.value:,} {number.unit}"
    return _text(
        number,
        f"{number.measure}: {value} ({', '.join(p for p in (where, when) if p)})",
        (),
        f"{number.measure}, {where}: {value}",
        f"{number.value}",  # without the commas too: people type 271484 and 271,484
        *(when, number.text, number.base_text, number.note),
        near=known.around(number.jurisdiction),
    )


def _topic_text(topic: Topic, known: _Known) -> Text:
    return _text(topic, topic.name, (topic.name, *topic.aliases), topic.text)


def _term_text(term: Term, known: _Known) -> Text:
    return _text(term, term.term, (term.term, *term.aliases), term.text, term.note)


def _agreement_text(agreement: Agreement, known: _Known) -> Text:
    return _text(
        agreement,
        f"{agreement.agency} ({agreement.state}): 287(g) {agreement.model} model",
        (agreement.agency,),
        f"287(g) agreement, {agreement.model} model",
        *(agreement.place, agreement.county, STATES.get(agreement.state, agreement.state)),
        f"signed {agreement.signed}" if agreement.signed else None,
        agreement.note,
        near=known.around(agreement.jurisdiction),
    )


def _source_text(source: Source, near: frozenset[str]) -> Text:
    body = (source.publisher, source.kind, source.published, source.note, source.url)
    return _text(source, source.title, (source.title,), *body, near=near)


_TEXTS: dict[type[Record], Callable[[Any, _Known], Text]] = {
    Policy: _policy_text,
    Stakeholder: _stakeholder_text,
    Position: _position_text,
    Claim: _claim_text,
    Event: _event_text,
    Statistic: _statistic_text,
    Topic: _topic_text,
    Term: _term_text,
    Agreement: _agreement_text,
}
"""The records whose texts have a form of their own."""
