"""ICE's list of 287(g) agreements: what stands on it, and what left it."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.dates import began_by, first_day
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    Agreement,
    AgreementModel,
    Citation,
    FormerAgreement,
    Jurisdiction,
    Place,
    Source,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.store import Store
from ice_facts.store.naming import BY_ALIAS
from ice_facts.subjects.citations import published_last, sources_of


class AgreementRow(Answer, frozen=True, kw_only=True):
    """An agreement with the GEOIDs of its place and county, for joins with other tables."""

    id: str
    agency: str
    level: str
    state: str
    model: AgreementModel
    jurisdiction: str | None
    county: str | None
    place: str | None
    signed: str | None
    document: str | None
    addendum: str | None
    confirmed: str | None
    note: str | None
    sources: tuple[Citation, ...]
    geoid: str | None
    county_geoid: str | None


def agreements_list(store: Store) -> tuple[Source, ...]:
    """Return the source of the agreements, ICE's list; empty in a store without agreements.

    All agreements of a store are rows of one list, so each of them cites it.
    """
    agreement = store.first(Agreement)
    return sources_of(store, agreement) if agreement else ()


def list_date(store: Store) -> str:
    """Return the date of ICE's list from which the agreements are; empty without agreements."""
    return published_last(agreements_list(store))


def list_agreements(
    store: Store,
    on: str,
    *,
    state: str | None = None,
    county: Jurisdiction | None = None,
    place: Jurisdiction | None = None,
    model: str | None = None,
    level: str | None = None,
    since: str | None = None,
) -> list[Agreement]:
    """List the agreements on ICE's list that were signed by a date.

    Args:
        store: Where to look.
        on: The date of the answer.
        state: Only agencies in the state with this USPS code.
        county: Only agencies in this county: its own, and those of its municipalities.
        place: Only agencies of this place.
        model: Only this model.
        level: Only agencies of a municipality, a county or a state.
        since: Only agreements signed on or after this partial date.

    Raises:
        NotFoundError: No agreement fits.
    """
    from ice_facts.store.documents import having

    query = having(state=state, model=model, level=level, jurisdiction=place.id if place else None)
    found = [
        agreement
        for agreement in store.where(Agreement, query)
        if began_by(agreement.signed, on)
        and (not since or (agreement.signed and first_day(agreement.signed) >= first_day(since)))
        and (not county or _is_in_county(agreement, county))
    ]
    if not found:
        raise NotFoundError(
            f"no agreement on ICE's list of {list_date(store)} fits these filters",
            ["ice-facts agreements --former lists those that left the list"],
        )
    return sorted(found, key=lambda a: (a.state, a.county or "", a.agency, a.model))


def _is_in_county(agreement: Agreement, county: Jurisdiction) -> bool:
    if agreement.state != county.state:
        return False
    return agreement.jurisdiction == county.id or agreement.county == county.name


def former_agreements(
    store: Store,
    on: str,
    *,
    state: str | None = None,
    place: Jurisdiction | None = None,
    model: str | None = None,
    since: str | None = None,
) -> list[FormerAgreement]:
    """List agencies and models that stood on ICE's list and no longer do, latest first.

    Args:
        store: Where to look.
        on: Only those last listed by this date.
        state: Only agencies in the state with this USPS code.
        place: Only agencies of this place.
        model: Only this model.
        since: Only those last listed on or after this partial date.

    Raises:
        NotFoundError: None fits.
    """
    from ice_facts.store.documents import having

    query = having(state=state, model=model, jurisdiction=place.id if place else None)
    found = [
        former
        for former in store.where(FormerAgreement, query)
        if began_by(former.last_listed, on)
        and (not since or first_day(former.last_listed) >= first_day(since))
    ]
    if not found:
        raise NotFoundError("no agency that left ICE's list fits these filters")
    return sorted(found, key=lambda f: (f.last_listed, f.state, f.agency), reverse=True)


def rows_of(store: Store, agreements: Sequence[Agreement]) -> list[AgreementRow]:
    """Return agreements with the GEOIDs of their places, and of the counties that they name."""
    ids = dict.fromkeys(a.jurisdiction for a in agreements if a.jurisdiction)
    places = {place.id: place for place in store.many(Jurisdiction, ids)}
    counties: dict[tuple[str, str], str | None] = {}
    rows = []
    for agreement in agreements:
        place = places.get(agreement.jurisdiction or "")
        county = None
        if agreement.county:
            key = (agreement.county, agreement.state)
            if key not in counties:
                counties[key] = _geoid_of_county(store, *key)
            county = counties[key]
        rows.append(
            filled(
                AgreementRow,
                agreement,
                geoid=place.geoid if place else None,
                county_geoid=county,
            )
        )
    return rows


def _geoid_of_county(store: Store, name: str, state: str) -> str | None:
    """Return the GEOID of a county by its whole name, also of a city that is a county."""
    for cls in (Jurisdiction, Place):
        for id, rank in store.called(cls, name, state=state):
            names = store.names_of(cls, id)
            if rank <= BY_ALIAS and names and "county" in (names.level, *names.also):
                return names.county_geoid or names.geoid
    return None


def state_record(store: Store, code: str) -> Jurisdiction | None:
    """Return the state or territory with a USPS code, or None."""
    for full in store.referring(Jurisdiction, state=code):
        if "state" in (full.level, *full.also):
            return full
    for place in store.referring(Place, state=code):
        if place.level == "state":
            return store.one(Jurisdiction, place.id)
    return None
