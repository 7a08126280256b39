"""What can be searched in every record: its names, what is shown of it, and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from ice_facts.show.words import span_text
from ice_facts.store import TABLE_OF, Store
from ice_facts.subjects.official import official_title
from ice_facts.vocabulary import DIMENSIONS, STATES


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
    cited: dict[str, set[str]] = {}
    for table in sorted({*TABLES, *PARTS} - {TABLE_OF[Place], TABLE_OF[Source]}):
        for record in _records(store, table):
            if isinstance(record, Jurisdiction | Place):
                found = [*_place_texts(record, known)]
            else:
                found = [_MAKERS.get(type(record), _any_text)(record, known)]
            yield from (text for text in found if text.table == table)
            # The source of a place's population has nothing to do with the place.
            if table not in PARTS and not (isinstance(record, Place) and not record.listed):
                for cited_id in _cited_in(record):
                    cited.setdefault(cited_id, set()).update(found[0].near)
    for source in store.each(Source):
        yield _source_text(source, frozenset(cited.get(source.id, ())))


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
    """What records refer to, by id."""

    def __init__(self, store: Store) -> None:
        places = (pair for cls in (Jurisdiction, Place) for pair in store.names(cls))
        self.places = {id: _Named(names.name, part_of=names.part_of) for id, names in places}
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


def _place_texts(place: Jurisdiction | Place, known: _Known) -> Iterator[Text]:
    near = known.around(place.id)
    full = place if isinstance(place, Jurisdiction) else None
    yield Text(
        table="jurisdictions",
        kind=place.level,
        id=place.id,
        title=place.name,
        names=_named(place.name, *place.aliases),
        body=_joined(
            " and ".join((place.level, *(full.also if full else ()))),
            f"in {STATES[place.state]}" if place.state in STATES else None,
            *(f"listed as {entry.printed_as}" for entry in place.listed if entry.printed_as),
            *_all_text(full.disputed if full else ()),
            place.note,
        ),
        near=near,
    )
    if full is None:
        return
    # What the place is called belongs to its parts too: "mayor of NYC".
    also = ", ".join(full.aliases)
    for number, rule in enumerate(full.rules):
        yield Text(
            table="rules",
            kind="rule",
            id=full.id,
            part=number,
            title=f"{full.name}: {DIMENSIONS[rule.dimension].lower()}, {rule.stance}",
            body=_joined(f"{full.name}: {rule.text}", rule.note, also),
            near=near,
        )
    for number, official in enumerate(full.officials):
        yield Text(
            table="officials",
            kind="official",
            id=full.id,
            part=number,
            title=official_title(full, official),
            body=_joined(
                official_title(full, official),
                span_text(official.start, official.until),
                official.party,
                official.note,
                also,
            ),
            near=near,
        )


def part_of(place: Jurisdiction, table: str, part: int) -> Rule | Official | None:
    """Return the rule or term of office that a found text stands for; None for the place."""
    if table == "rules":
        return place.rules[part]
    return place.officials[part] if table == "officials" else None


def _policy_text(policy: Policy, known: _Known) -> Text:
    return Text(
        table="policies",
        kind="policy",
        id=policy.id,
        title=policy.short,
        names=_named(policy.short, policy.title, *policy.aliases, policy.citation),
        body=_joined(
            policy.summary,
            f"{policy.kind} of {known.place_name(policy.jurisdiction)}, {policy.status}",
            policy.court,
            *(f"{p.section}: {p.text}" for p in policy.provisions),
            *(f"{a.date}: {a.text}" for a in policy.amended),
            *_all_text(policy.disputed),
            policy.note,
        ),
        near=known.around(policy.jurisdiction, *policy.concerns),
    )


def _stakeholder_text(who: Stakeholder, known: _Known) -> Text:
    return Text(
        table="stakeholders",
        kind="stakeholder",
        id=who.id,
        title=who.name,
        names=_named(who.name, *who.aliases),
        body=_joined(who.about, who.kind, who.sector, who.note),
        near=known.around(who.jurisdiction),
    )


def _position_text(position: Position, known: _Known) -> Text:
    who = known.stakeholders.get(position.stakeholder)
    name = who.name if who else position.stakeholder
    policy = known.policies.get(position.policy or "")
    topic = known.topics.get(position.topic or "")
    target = policy.name if policy else topic.name if topic else "–"
    return Text(
        table="positions",
        kind="position",
        id=position.id,
        title=f"{name}: {position.stance}, on {target}",
        body=_joined(
            f"{name} on {target}: {position.text}",
            f"Concern: {position.concern}" if position.concern else None,
            f"Remedy: {position.remedy}" if position.remedy else None,
            position.date,
            position.note,
        ),
        near=known.around(
            who.jurisdiction if who else None, policy.jurisdiction if policy else None
        ),
    )


def _claim_text(claim: Claim, known: _Known) -> Text:
    value = None if claim.value is None else f"{claim.value} {claim.unit or ''}"
    return Text(
        table="claims",
        kind="claim",
        id=claim.id,
        title=claim.text,
        body=_joined(
            claim.text,
            value,
            *(f"{title}: {cell}" for title, cell in claim.columns.items()),
            f"Said by: {claim.attributed_to}",
            f"Record: {claim.check.note}" if claim.check.note else None,
        ),
        status=claim.check.status,
        near=known.around(*claim.about.jurisdictions),
    )


def _event_text(event: Event, known: _Known) -> Text:
    policies = [known.policies[id] for id in event.about if id in known.policies]
    return Text(
        table="events",
        kind="event",
        id=event.id,
        title=event.title,
        names=_named(event.title),
        body=_joined(event.date, event.text, event.note),
        near=known.around(*event.about, *(p.jurisdiction for p in policies)),
    )


def _statistic_text(number: Statistic, known: _Known) -> Text:
    where = known.place_name(number.jurisdiction)
    when = number.period or span_text(number.start, number.until)
    value = f"{number.value:,} {number.unit}"
    return Text(
        table="statistics",
        kind="statistic",
        id=number.id,
        title=f"{number.measure}: {value} ({', '.join(p for p in (where, when) if p)})",
        # Without the digits' commas too: people type 271484 and 271,484.
        body=_joined(
            f"{number.measure}, {where}: {value}",
            f"{number.value}",
            when,
            number.text,
            number.base_text,
            number.note,
        ),
        near=known.around(number.jurisdiction),
    )


def _topic_text(topic: Topic, known: _Known) -> Text:
    return Text(
        table="topics",
        kind="topic",
        id=topic.id,
        title=topic.name,
        names=_named(topic.name, *topic.aliases),
        body=topic.text,
    )


def _term_text(term: Term, known: _Known) -> Text:
    return Text(
        table="terms",
        kind="term",
        id=term.id,
        title=term.term,
        names=_named(term.term, *term.aliases),
        body=_joined(term.text, term.note),
    )


def _agreement_text(agreement: Agreement, known: _Known) -> Text:
    state = STATES.get(agreement.state, agreement.state)
    return Text(
        table="agreements",
        kind="agreement",
        id=agreement.id,
        title=f"{agreement.agency} ({agreement.state}): 287(g) {agreement.model} model",
        names=_named(agreement.agency),
        body=_joined(
            f"287(g) agreement, {agreement.model} model",
            agreement.place,
            agreement.county,
            state,
            f"signed {agreement.signed}" if agreement.signed else None,
            agreement.note,
        ),
        near=known.around(agreement.jurisdiction),
    )


def _any_text(record: Record, known: _Known) -> Text:
    """Make the text of a record of a table that has no form of its own: all it says."""
    names = (getattr(record, field, None) for field in ("name", "title", "measure", "agency"))
    title = next((name for name in names if name), record.id)
    kind = SUBJECT_OF[type(record)].word or TABLE_OF[type(record)]
    return Text(
        table=TABLE_OF[type(record)],
        kind=kind,
        id=record.id,
        title=title,
        names=_named(title, *getattr(record, "aliases", ())),
        body=_joined(*_all_text(record)),
        near=known.around(record.id, getattr(record, "jurisdiction", None)),
    )


def _source_text(source: Source, near: frozenset[str]) -> Text:
    return Text(
        table="sources",
        kind="source",
        id=source.id,
        title=source.title,
        names=_named(source.title),
        body=_joined(source.publisher, source.kind, source.published, source.note, source.url),
        near=near,
    )


_MAKERS: dict[type[Record], Callable[[Any, _Known], Text]] = {
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


def _all_text(value: Any) -> Iterator[str]:
    """Yield every text in a record but its citations, ids and dates."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _all_text(item)
    elif isinstance(value, dict):
        yield from (item for item in value.values() if isinstance(item, str))
    elif isinstance(value, Struct) and not isinstance(value, Citation):
        for name in value.__struct_fields__:
            if name not in ("id", "confirmed", "start", "until", "jurisdiction"):
                yield from _all_text(getattr(value, name))


def _cited_in(part: Struct) -> list[str]:
    """Return the ids of the sources that a record or a part of one cites."""
    found: list[str] = []
    for name in part.__struct_fields__:
        value = getattr(part, name)
        for item in value if type(value) is tuple else (value,):
            if isinstance(item, Citation):
                found.append(item.id)
            elif isinstance(item, Struct):
                found += _cited_in(item)
    return found


def _joined(*parts: str | None) -> str:
    return " · ".join(part.strip() for part in parts if part and part.strip())


def _named(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
