"""Checking a whole store: every defect at once, each with a remedy.

A rule is a function in a module of this package that yields a `Problem` for each thing wrong. To
add one, write it and name it below: in ``RULES`` beside the class that it checks, which may be a
record or a part of one, in ``FIELD_RULES`` if it is on a kind of field, or in ``WHOLE_STORE`` if it
compares records. Its docstring is the rule.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from ice_facts.errors import StoreError
from ice_facts.model import (
    Agreement,
    Check,
    Claim,
    Event,
    FormerAgreement,
    Jurisdiction,
    Listing,
    OfficeRef,
    Official,
    Part,
    Place,
    Policy,
    Position,
    Rule,
    Series,
    Source,
    Statistic,
)
from ice_facts.model.references import reference_fields
from ice_facts.model.walk import parts_in
from ice_facts.store import visible_text
from ice_facts.validate import aliases, facts, files, places, references, rules, texts, times
from ice_facts.validate.canonical import canonical
from ice_facts.validate.defect import Defect
from ice_facts.validate.overlay import merged_tables, without
from ice_facts.validate.tables import Entry, Problem, Tables, join, walk

__all__ = ["canonical", "check_store", "uncanonical_files"]

PartRule = Callable[[Any, Tables], Iterator[Problem]]

RULES: tuple[tuple[Any, tuple[PartRule, ...]], ...] = (
    (facts.Fact, (facts.fact_has_source, facts.confirmed_by_reading)),
    (facts.Fact | Source, (times.not_in_the_future,)),
    (Official | Rule | Listing, (times.holds_on_some_day,)),
    (Jurisdiction | Place, (places.place_is_in_its_state,)),
    (Jurisdiction, (places.one_holder_at_a_time, places.no_double_rule)),
    (
        Rule,
        (
            times.rule_starts_with_its_policy,
            rules.rule_says_whom_it_binds,
            rules.unknown_rule_says_what_was_searched,
            rules.rule_does_not_start_with_a_signature,
            rules.end_is_known_to_a_source,
        ),
    ),
    (Listing, (references.list_is_a_list,)),
    (Policy, (times.policy_dates_are_in_order, times.draft_is_not_enacted)),
    (OfficeRef, (references.office_exists,)),
    (Position, (references.position_is_on_one_thing,)),
    (Claim, (references.article_is_an_article,)),
    (Check, (facts.verdict_has_source,)),
    (Event, (times.event_ends_after_start,)),
    (Statistic, (times.period_is_in_order, times.range_is_in_order)),
    (Series, (times.periods_fit_the_grain,)),
    (FormerAgreement, (times.list_dates_are_in_order,)),
    (Agreement, (texts.documents_are_on_the_web,)),
    (Source, (texts.address_is_on_the_web,)),
)
"""The rules on each kind of record and part, wherever in a record it stands."""

FIELD_RULES: tuple[tuple[Callable[[Any], Any], PartRule], ...] = (
    (reference_fields, references.ids_exist),
    (times.date_fields, times.dates_exist),
)
"""The rules on fields of one kind, each after what tells which of these fields a part has."""

WHOLE_STORE: tuple[Callable[[Tables], Iterator[tuple[str, str, Problem]]], ...] = (
    references.ids_are_of_one_table,
    references.sources_are_used,
    places.no_circle_of_places,
    aliases.names_mean_one_place,
    aliases.aliases_mean_one_record,
)
"""The rules that compare records; they yield table, id and problem."""


def check_store(root: Path, on: Path | None = None) -> list[Defect]:
    """Return every defect of a store or an overlay, sorted by file and id.

    Args:
        root: Folder of the store, or of an overlay.
        on: Folder of the store that it is laid over, if it is an overlay: what is wrong is then
            what would not be without it.

    Raises:
        StoreError: The folder is not there or cannot be listed.
    """
    _assert_folder(root)
    if on is None:
        tables = Tables()
        found = [*files.read_tables(root, tables), *_problems_in(tables)]
    else:
        found, both, under = merged_tables(root, on)
        # A source of the store whose citations the overlay takes away is no defect of either.
        found += [
            (file, id, problem)
            for file, id, problem in without(_problems_in(both), _problems_in(under))
            if problem.problem != references.UNUSED or not Path(file).is_absolute()
        ]
    defects = [_defect(file, id, problem) for file, id, problem in found]
    return sorted(defects, key=lambda d: (d.file, d.id, d.field, d.problem))


def uncanonical_files(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a store or overlay that are not in canonical form.

    Each comes with the content that it should have; what cannot be read is left out.

    Raises:
        StoreError: The folder is not there or cannot be listed.
    """
    _assert_folder(root)
    yield from files.uncanonical_files(root)


def _assert_folder(root: Path) -> None:
    try:
        next(root.iterdir(), None)
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(f"{root}: {reason}", ["give the folder of an ice-facts store"]) from error


def _problems_in(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """Yield file, id and problem of everything that is wrong with records."""
    for _, id, entry in tables.all():
        for problem in _problems(entry, tables):
            yield entry.file, id, problem
    for rule in WHOLE_STORE:
        for table, id, problem in rule(tables):
            yield tables.entries[table][id].file, id, problem


def _problems(entry: Entry, tables: Tables) -> Iterator[Problem]:
    """Yield the problems of one record; of an invalid record only the texts are checked."""
    if (
        entry.record
        and (entry.is_clean or texts.are_surely_clean(entry.value))
        and not any(_problems_of(part, tables) for part in parts_in(entry.record))
    ):
        return  # to know where a problem is takes longer than to know that there is none
    yield from texts.texts_are_clean(entry.value)
    for path, item in walk(entry.record) if entry.record else ():
        if isinstance(item, Part):
            for problem in _problems_of(item, tables):
                yield problem._replace(field=join(path, problem.field))
        elif item == "":  # an empty text that is a default is not written and not walked
            yield Problem(path, "is empty", "write the text, or leave the field out")


def _problems_of(part: Struct, tables: Tables) -> list[Problem]:
    return [problem for rule in _rules_for(type(part)) for problem in rule(part, tables)]


@functools.cache
def _rules_for(cls: type[Struct]) -> list[PartRule]:
    own = [rule for kind, rules in RULES if issubclass(cls, kind) for rule in rules]
    return [*own, *(rule for fields, rule in FIELD_RULES if fields(cls))]


def _defect(file: str, id: str, found: Problem) -> Defect:
    """Return a defect whose texts are safe to print, whatever the store holds."""
    return Defect(
        file=visible_text(file),
        id=visible_text(id),
        field=visible_text(found.field),
        problem=visible_text(found.problem),
        remedy=visible_text(found.remedy),
    )
