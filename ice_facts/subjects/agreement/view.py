"""How lists and counts of 287(g) agreements are shown."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.model import FormerAgreement
from ice_facts.show.build import cited
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import SOURCES, Column, ListView, Piece, table_of
from ice_facts.show.words import source_text
from ice_facts.subjects.agreement.counts import AgreementCount, newer_total
from ice_facts.subjects.agreement.listed import AgreementRow
from ice_facts.subjects.citations import published_last, sources_of

ROWS_WITH_SOURCES = 60
"""A longer list names its sources in the data formats and on the cards only."""


LEFT_CAVEAT = (
    "ICE does not say why a row leaves its list; a new spelling of an agency can hide that its"
    " agreement goes on. Dates are those of lists that were read."
)


def agreements_listing(rows: Sequence[AgreementRow], labels: Labels, *, on: str) -> ListView:
    """Return the view of a list of agreements."""
    table = table_of(
        rows,
        (Column("id", "Id", data=True), lambda a: a.id),
        (Column("agency", "Agency"), lambda a: cited(a.agency, a, most=0)),
        (Column("level", "Level", data=True), lambda a: a.level),
        (Column("state", "State"), lambda a: a.state),
        (Column("county", "County", spare=1), lambda a: a.county),
        (Column("place", "Place", spare=2), lambda a: a.place),
        (Column("jurisdiction", "Jurisdiction", data=True), lambda a: a.jurisdiction),
        (Column("model", "Model"), lambda a: a.model),
        (Column("signed", "Signed"), lambda a: a.signed),
        (Column("document", "Document", data=True), lambda a: a.document),
        (Column("addendum", "Addendum", data=True), lambda a: a.addendum),
        (Column("note", "Note", spare=3), lambda a: a.note),
        (Column("row", "List", spare=1), lambda a: "; ".join(c.locator for c in a.sources)),
        SOURCES,
        (Column("geoid", "GEOID", data=True), lambda a: a.geoid),
        (Column("county_geoid", "County GEOID", data=True), lambda a: a.county_geoid),
    )
    sources = sources_of(labels.store, rows)
    date = published_last(sources)
    notes = [
        (
            f"On ICE's list of {date}; not known to be in force after it. Dates of signing are"
            " ICE's and some are wrong."
        )
    ]
    if on < date:
        notes.append(f"Signed by {on}; agreements that had left the list by {date} are not here.")
    elif newer := newer_total(labels.store, on, date):
        notes.append(newer)
    notes += [f"Source: {source_text(source)}" for source in sources]
    return ListView(f"287(g) agreements: {len(rows):,}", table, tuple(notes))


def former_listing(rows: Sequence[FormerAgreement], labels: Labels) -> ListView:
    """Return the view of agencies and models that left ICE's list."""
    table = table_of(
        rows,
        (Column("id", "Id", data=True), lambda f: f.id),
        (Column("agency", "Agency"), lambda f: cited(f.agency, f, most=0)),
        (Column("state", "State"), lambda f: f.state),
        (Column("jurisdiction", "Jurisdiction", data=True), lambda f: f.jurisdiction),
        (Column("model", "Model"), lambda f: f.model),
        (Column("signed", "Signed", data=True), lambda f: f.signed),
        (Column("first_listed", "First listed"), lambda f: f.first_listed),
        (Column("last_listed", "Last listed"), lambda f: f.last_listed),
        (Column("note", "Note", spare=3), lambda f: f.note),
        SOURCES,
    )
    sources = sources_of(labels.store, rows)
    notes = (LEFT_CAVEAT, *(f"Source: {source_text(source)}" for source in sources))
    return ListView(f"No longer on ICE's 287(g) list: {len(rows):,}", table, notes)


def counts_listing(rows: Sequence[AgreementCount], labels: Labels, *, on: str) -> ListView:
    """Return the view of counts of agreements."""
    by = rows[0].by
    by_model = by == "model"
    table = table_of(
        rows,
        (Column("key", by.capitalize(), data=by == "state"), lambda r: r.key),
        (Column("name", by.capitalize(), data=by != "state"), lambda r: r.name),
        (
            Column("agreements", "Agreements", right=True),
            lambda r: Piece(str(r.agreements), sources=r.sources[:1]),
        ),
        (Column("task_force", "Task force", data=by_model, right=True), lambda r: r.task_force),
        (
            Column("warrant_service_officer", "Warrant service officer", data=by_model, right=True),
            lambda r: r.warrant_service_officer,
        ),
        (
            Column("jail_enforcement", "Jail enforcement", data=by_model, right=True),
            lambda r: r.jail_enforcement,
        ),
        (Column("as_of", "List of"), lambda r: r.as_of),
        (Column("basis", "Basis"), lambda r: r.basis),
        SOURCES,
    )
    notes = ["Rows of ICE's list of participating agencies; an agency has a row for each model."]
    if by == "month":
        notes.append(
            "The last list of each month. list: counted from the list; summary: a total published"
            " by a tracker that reads it."
        )
        title = f"287(g) agreements by month: {len(rows)} months"
    else:
        total = sum(r.agreements for r in rows)
        title = f"287(g) agreements by {by}: {total:,} in all"
        if newer := newer_total(labels.store, on, rows[0].as_of):
            notes.append(newer)
    return ListView(title, table, tuple(notes), sources_of(labels.store, rows))
