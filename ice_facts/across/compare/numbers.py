"""The rows in which numbers and disputes about places are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ice_facts.across.compare.entries import Cells, CompareEntry, CompareRow
from ice_facts.dates import began_by
from ice_facts.model import Citation, Claim, Dispute, Jurisdiction, Policy, Statistic
from ice_facts.model.answers import filled
from ice_facts.show.words import capitalized
from ice_facts.store import Store
from ice_facts.store.naming import words_of
from ice_facts.subjects.citations import was_known


def number_rows(store: Store, places: Sequence[str], on: str) -> Iterator[CompareRow]:
    """Yield a row for every measure of a place in an article's claims or in the statistics."""
    measures: dict[str, dict[str, list[CompareEntry]]] = {}
    for id in places:
        for claim in store.referring(Claim, jurisdiction=id):
            if claim.value is not None and was_known(store, claim.article, on):
                by_place = measures.setdefault(_measure(claim), {})
                by_place.setdefault(id, []).append(_claim_entry(claim))
    for id in places:
        for s in store.referring(Statistic, jurisdiction=id):
            if began_by(s.start or s.until, on):
                entry = filled(CompareEntry, s, text=s.text or None, jurisdiction=None)
                by_place = measures.setdefault(capitalized(s.measure), {})
                by_place.setdefault(id, []).append(entry)
    for measure, by_place in measures.items():
        cells: Cells = {id: tuple(by_place.get(id, ())) for id in places}
        key = words_of(measure).replace(" ", "-")
        yield CompareRow.of("numbers", key, measure, cells, lambda e, _: (e.value, e.unit))


def _measure(claim: Claim) -> str:
    """Return the title of the table's column with the number of a claim; its unit without one."""
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


def dispute_rows(
    store: Store, records: Sequence[Jurisdiction] | Sequence[Policy], on: str
) -> Iterator[CompareRow]:
    """Yield a row for every dispute about places or policies that was known on a date."""
    rows: dict[str, Cells] = {}
    for record in records:
        name = record.name if isinstance(record, Jurisdiction) else record.short
        for dispute in record.disputed:
            accounts = tuple(
                filled(
                    CompareEntry,
                    account,
                    text=account.text or None,
                    status="disputed",
                    note=dispute.note,
                )
                for account in dispute.accounts
                if any(was_known(store, c.id, on) for c in account.sources)
            )
            if accounts:
                rows.setdefault(_dispute_label(dispute, name), {})[record.id] = accounts
    for label, found in rows.items():
        cells = {record.id: found.get(record.id, ()) for record in records}
        key = words_of(label).replace(" ", "-")
        yield CompareRow.of("disputed", key, label, cells, lambda e, _: e.value)


def _dispute_label(dispute: Dispute, name: str) -> str:
    label = dispute.about
    # "whether X is a sanctuary jurisdiction" is one question about all places X.
    asked = f"whether {name} is "
    if label.startswith(asked):
        label = f"whether it is {label.removeprefix(asked)}"
    return capitalized(label)
