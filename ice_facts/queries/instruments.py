"""Which dates, policies and sources belong together."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ice_facts.dates import first_day
from ice_facts.model import Amendment, Dispute, Policy, Source
from ice_facts.queries.facts import began_by, last_day
from ice_facts.store import Store


def same_day(one: str, other: str) -> bool:
    """Tell whether two partial dates can be the same day: one lies within the other.

    >>> same_day("2012-09", "2012-09-12"), same_day("2012-09", "2012")
    (True, True)
    """
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def amending_policy(store: Store, policy: Policy, amendment: Amendment) -> Policy | None:
    """Return the policy that made an amendment, where the store has it as a record of its own.

    It is the one of the same jurisdiction, enacted or effective on the same date, whose name,
    alias or citation stands in the amendment's text.
    """
    text = amendment.text.casefold()
    for other in store.mentioning(Policy, policy.jurisdiction):
        if other.id == policy.id or other.jurisdiction != policy.jurisdiction:
            continue
        names = (other.short, other.title, *other.aliases)
        if amendment.date in (other.enacted, other.effective) and any(
            name.casefold() in text for name in names
        ):
            return other
    return None


def known_by(store: Store, source: str, on: str) -> bool:
    """Tell whether a source was there by a date; one without a date, from when it was read on."""
    found = store.one(Source, source)
    return began_by(found.published or found.read, on)


def disputes_by(store: Store, disputes: Iterable[Dispute], on: str) -> tuple[Dispute, ...]:
    """Return what sources disagreed about by a date, with the accounts that there were by then."""
    known = (
        replace(
            dispute,
            accounts=tuple(
                account
                for account in dispute.accounts
                if any(known_by(store, c.id, on) for c in account.sources)
            ),
        )
        for dispute in disputes
    )
    return tuple(dispute for dispute in known if len(dispute.accounts) > 1)
