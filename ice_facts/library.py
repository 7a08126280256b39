"""ice-facts in a program or notebook: ``from ice_facts import open_store``.

    >>> from ice_facts import asdict, open_store
    >>> with open_store() as store:
    ...     chicago = store.place("chicago")
    ...     rules = store.rules_in_force(chicago, on="2024-07-01")
    >>> chicago.name, chicago.level
    ('Chicago', 'city')
    >>> sorted({rule.jurisdiction for rule in rules})
    ['chicago', 'cook-county-il', 'illinois']
    >>> asdict(rules[0])["dimension"]
    'detainers'

Names are matched as on the command line: by id, name or alias, without case, accents and
punctuation. Answers are frozen records with attributes; `asdict` makes plain dictionaries of them.
What is named here and in ``ice_facts`` itself stays; everything else may change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from ice_facts.dates import parse_date, today
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import (
    TABLES,
    Claim,
    Jurisdiction,
    Policy,
    Record,
    Source,
    Stakeholder,
    Term,
    Topic,
)
from ice_facts.resolve import resolve
from ice_facts.store import Store

if TYPE_CHECKING:
    from ice_facts.across.compare.entries import Comparison
    from ice_facts.across.nearest.answer import Nearest
    from ice_facts.across.search.query import Hit
    from ice_facts.subjects.rule import RuleInForce

__all__ = ["Facts", "asdict", "open_store"]

R = TypeVar("R", bound=Record)

Folder = str | os.PathLike[str]


def open_store(data: Folder | None = None, *, overlays: Iterable[Folder] = ()) -> Facts:
    """Open a store for questions; nothing is read before the first one.

    Args:
        data: Folder of another store than the one that comes with ice-facts.
        overlays: Folders with records of your own, which are added or take the place of those with
            the same id. The last one wins.

    Raises:
        StoreError: An overlay cannot be read. A store that cannot be read says so when it is asked.

    >>> with open_store() as store:
    ...     store.policy("SB 54").short
    'SB 54 (California Values Act)'
    """
    return Facts(
        Path(data) if data is not None else None, tuple(Path(folder) for folder in overlays)
    )


def asdict(record: Struct) -> dict[str, Any]:
    """Return a record or answer as a plain dictionary, with the names and types of its JSON.

    >>> with open_store() as store:
    ...     asdict(store.term("detainer"))["id"]
    'detainer'
    """
    # By way of JSON: tuples become lists, as they do in everything that a command writes.
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return made


class Facts:
    """An open store. It closes itself at the end of a ``with``, or by `close`.

    Every method raises `StoreError` where the store cannot be read, and `NotFoundError` (with
    ``hints``) where nothing has the name that was asked for; `AmbiguousNameError`, a kind of it,
    where several records have it. A date is ``2018``, ``2018-07`` or ``2018-07-04``; without one,
    the answer is of today. A wrong date is a `UsageError`.

    Args:
        data: Folder of the store; the bundled one when None.
        overlays: Folders with records of your own.
    """

    def __init__(self, data: Path | None = None, overlays: Sequence[Path] = ()) -> None:
        self._store = Store(data, overlays)
        if overlays:
            _ = self._store.overlaid

    def __enter__(self) -> Facts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files that are kept open. A later question opens them again."""
        self._store.close()

    @property
    def path(self) -> Path:
        """The folder of the store."""
        return self._store.root

    @property
    def version(self) -> str:
        """The newest date on which a fact was confirmed."""
        return self._store.version()

    # Records by name

    def place(
        self, name: str, *, level: str | None = None, state: str | None = None
    ) -> Jurisdiction:
        """Return a city, county, state or the federal government.

        Args:
            name: Its id, name or alias.
            level: Only ``city``, ``county``, ``state`` or ``federal``.
            state: Only in the state with this USPS code.

        >>> with open_store() as store:
        ...     store.place("cook", level="county").id
        'cook-county-il'
        """
        if level not in (None, "city", "county", "state", "federal"):
            raise UsageError(f"no level {level!r}", ["one of: city, county, state, federal"])
        match = resolve(self._store, name, (Jurisdiction,), level=level, state=state)  # type: ignore[arg-type]  # checked above
        return self._store.one(Jurisdiction, match.id)

    def policy(self, name: str) -> Policy:
        """Return a statute, ordinance, order, program, list or ruling."""
        return self._named(Policy, name)

    def stakeholder(self, name: str) -> Stakeholder:
        """Return a person, office, agency, union, association or group."""
        return self._named(Stakeholder, name)

    def topic(self, name: str) -> Topic:
        """Return a topic that positions and claims are about."""
        return self._named(Topic, name)

    def term(self, name: str) -> Term:
        """Return an entry of the glossary."""
        return self._named(Term, name)

    def claim(self, id: str) -> Claim:
        """Return a statement of an article with its check against the record."""
        return self._named(Claim, id)

    def source(self, name: str) -> Source:
        """Return a document that facts cite."""
        return self._named(Source, name)

    def _named(self, cls: type[R], name: str) -> R:
        return self._store.one(cls, resolve(self._store, name, (cls,)).id)

    # Tables

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(TABLES)

    def records(self, table: str) -> Iterator[Record]:
        """Yield all records of a table, sorted by id.

        Args:
            table: One of `tables`.

        Raises:
            UsageError: There is no such table.

        >>> with open_store() as store:
        ...     sum(claim.check.status == "contradicted" for claim in store.records("claims")) > 0
        True
        """
        if table not in TABLES:
            raise UsageError(f"no table {table!r}", [f"tables: {', '.join(TABLES)}"])
        return self._store.each(TABLES[table])

    # Questions

    def rules_in_force(
        self, place: Jurisdiction | str, *, on: str | None = None
    ) -> tuple[RuleInForce, ...]:
        """Return the rules that bind at a place on a date: its own, its county's and its state's.

        Args:
            place: A place or its name.
            on: The date.

        Returns:
            The rules by dimension; ``jurisdiction`` is the id of the place that made the rule.

        >>> with open_store() as store:
        ...     rules = store.rules_in_force("houston", on="2026-01-01")
        >>> {rule.jurisdiction for rule in rules if rule.stance == "forbids-limits"}
        {'texas'}
        """
        from ice_facts.subjects.rule import layers_of, rules_in_force

        found = self.place(place) if isinstance(place, str) else place
        return rules_in_force(layers_of(self._store, found), _day(on))

    def card(self, record: Record | str, *, on: str | None = None) -> Struct:
        """Return all that is on record about something: the answer of ``ice-facts show NAME``.

        Args:
            record: A record, or the name of a thing.
            on: The date.

        >>> with open_store() as store:
        ...     card = store.card("chicago", on="2024")
        >>> [official.name for official in card.officials if official.office == "mayor"]
        ['Brandon Johnson']
        """
        from ice_facts.model import ALL_NAMED, SUBJECT_OF
        from ice_facts.subjects import room_of

        if isinstance(record, str):
            match = resolve(self._store, record, ALL_NAMED)
            cls, id = match.cls, match.id
        else:
            cls, id = type(record), record.id
        if not SUBJECT_OF[cls].room:
            raise UsageError(f"{SUBJECT_OF[cls].table} have no cards")
        return room_of(cls).card(self._store, id, _day(on))

    def compare(
        self,
        *names: str,
        on: str | None = None,
        rows: Sequence[str] = (),
        differences: bool = False,
    ) -> Comparison:
        """Put two to six places, policies or stakeholders side by side.

        Args:
            *names: Their names, all of one kind.
            on: The date.
            rows: Only these rows: ``detainers``, ``mayor``.
            differences: Only rows in which the cells differ.

        >>> with open_store() as store:
        ...     found = store.compare("chicago", "houston", on="2026-01-01", rows=["detainers"])
        >>> [(row.key, row.differs) for row in found.rows]
        [('detainers', True)]
        """
        from ice_facts.across.compare.answer import compare, same_kind

        cls, ids, errors = same_kind(self._store, names)
        if errors:
            raise errors[0]
        return compare(self._store, cls, ids, _day(on), keep=rows, differences=differences)

    def check(self, text: str, *, on: str | None = None, limit: int = 4) -> list[Nearest]:
        """Return the claims and facts on record that are nearest to each sentence of a text.

        The statuses are stored ones; whether a sentence says the same is for its reader to see.

        Args:
            text: One or more sentences.
            on: The date.
            limit: At most so many claims, and as many facts, for each sentence.

        >>> with open_store() as store:
        ...     nearest = store.check("Lori Lightfoot is mayor of Chicago", on="2026-11-21")
        >>> nearest[0].answer, nearest[0].hits[0].kind
        ('differs', 'official')
        """
        from ice_facts.across.nearest.answer import nearest
        from ice_facts.across.nearest.text import sentences

        return nearest(self._store, sentences(text), _day(on), limit=limit)

    def search(
        self,
        text: str,
        *,
        tables: Sequence[str] = (),
        place: Jurisdiction | str | None = None,
        limit: int = 20,
    ) -> tuple[Hit, ...]:
        """Return what a full-text search finds, the best first; nothing is an empty answer.

        Args:
            text: Words, "phrases in quotes", beginnings of words (``detain*``).
            tables: Only in these tables, or ``rules`` or ``officials``.
            place: Only what has to do with this place, or with places in it.
            limit: At most so many.

        >>> with open_store() as store:
        ...     store.search("judicial warrant", tables=["terms"], limit=1)[0].id
        'judicial-warrant'
        """
        from ice_facts.across.search.query import parse_table, search

        where = self.place(place).id if isinstance(place, str) else place.id if place else None
        wanted = tuple(dict.fromkeys(map(parse_table, tables)))
        try:
            return search(self._store, text, tables=wanted, place=where, limit=limit).hits
        except NotFoundError:
            return ()


def _day(on: str | None) -> str:
    return today() if on is None else parse_date(on)
