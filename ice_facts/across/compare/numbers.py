"""The rows in which numbers and disputes about places are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ice_facts.across.compare.entries import Cells, CompareEntry, CompareRow
from ice_facts.dates import began_by
from ice_facts.model import Citation, Claim, Jurisdiction, Policy, Statistic
from ice_facts.store import Store
from ice_facts.store.naming import words_of
from ice_facts.subjects.citations import was_known


def number_rows(store: Store, places: Sequence[str], on: str) -> Iterator[CompareRow]:
    """Yield a row for every measure of which an article or the record has a number for a place."""
    measures: dict[str, dict[str, list[CompareEntry]]] = {}
    for id in places:
        for claim in store.mentioning(Claim, id):
            if (
                claim.value is not None
                and id in claim.about.jurisdictions
                and was_known(store, claim.article, on)
            ):
                measure = _measure(claim)
                measures.setdefault(measure, {}).setdefault(id, []).append(_claim_entry(claim))
    for id in places:
        for s in store.mentioning(Statistic, id):
            if s.jurisdiction == id and began_by(s.start or s.until, on):
                measure = s.measure[:1].upper() + s.measure[1:]
                measures.setdefault(measure, {}).setdefault(id, []).append(_statistic_entry(s))
    for measure, found in measures.items():
        cells: Cells = {id: tuple(found.get(id, ())) for id in places}
        key = words_of(measure).replace(" ", "-")
        yield CompareRow.of("numbers", key, measure, cells, lambda e, _: (e.value, e.unit))


def _measure(claim: Claim) -> str:
    """Return what a claim's number counts: the title of the table's column that holds it."""
    for title, cell in claim.columns.items():
        if str(claim.value) in cell:
            return title
    return claim.unit or "Number"


def _claim_entry(claim: Claim) -> CompareEntry:
    return CompareEntry(
        value=claim.value,
        unit=claim.unit,
        text=claim.text,
        claim=claim.id,
        period=claim.time,
        status=claim.check.status,
        note=claim.check.note or None,
        sources=(
            Citation(id=claim.article, locator=f"{claim.section}: {claim.locator}"),
            *claim.check.sources,
        ),
    )


def _statistic_entry(statistic: Statistic) -> CompareEntry:
    return CompareEntry(
        value=statistic.value,
        high=statistic.high,
        qualifier=statistic.qualifier,
        unit=statistic.unit,
        text=statistic.text or None,
        period=statistic.period,
        start=statistic.start,
        until=statistic.until,
        confirmed=statistic.confirmed,
        note=statistic.note,
        sources=statistic.sources,
    )


def dispute_rows(
    store: Store, records: Sequence[Jurisdiction] | Sequence[Policy], on: str
) -> Iterator[CompareRow]:
    """Yield a row for everything about places or policies on which sources disagreed by a date."""
    rows: dict[str, Cells] = {}
    for record in records:
        name = record.name if isinstance(record, Jurisdiction) else record.short
        for dispute in record.disputed:
            label = dispute.about
            # "whether X is a sanctuary jurisdiction" is one question, whichever place X is.
            if label.startswith("whether "):
                label = label.replace(name, "it")
            label = label[:1].upper() + label[1:]
            accounts = tuple(
                entry
                for entry in CompareEntry.of_accounts(dispute)
                if any(was_known(store, c.id, on) for c in entry.sources)
            )
            if accounts:
                rows.setdefault(label, {})[record.id] = accounts
    for label, found in rows.items():
        cells = {record.id: found.get(record.id, ()) for record in records}
        key = words_of(label).replace(" ", "-")
        yield CompareRow.of("disputed", key, label, cells, lambda e, _: e.value)
