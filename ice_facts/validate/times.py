"""Rules on dates: they exist, are in order, and fit the policy of a rule.

A partial date covers its whole span. Two dates contradict each other only if no days in their
spans would be in order.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import get_args

from msgspec.structs import fields

from ice_facts.dates import first_day, is_date, last_day, today
from ice_facts.model import (
    Event,
    FormerAgreement,
    Listing,
    Official,
    Part,
    PartialDate,
    Policy,
    Rule,
    Series,
    Statistic,
)
from ice_facts.validate.tables import Problem, Tables


def dates_exist(part: Part, tables: Tables) -> Iterator[Problem]:
    """Every date is in the calendar."""
    for attribute, name in date_fields(type(part)):
        value = getattr(part, attribute)
        if value is not None and not is_date(value):
            problem = f"{value!r} is not in the calendar"
            yield Problem(name, problem, "write a date that exists, or only its month or year")


@functools.cache
def date_fields(cls: type[Part]) -> list[tuple[str, str]]:
    """Return the attributes of a class that are dates, with their names in the file."""
    return [
        (field.name, field.encode_name)
        for field in fields(cls)
        if field.type == PartialDate or PartialDate in get_args(field.type)
    ]


def not_in_the_future(part: Part, tables: Tables) -> Iterator[Problem]:
    """No source is read and no fact is confirmed after today."""
    for name in ("confirmed", "read"):
        value = getattr(part, name, None)
        if value is not None and first_day(value) > today():
            yield Problem(name, f"{value} is in the future", "write the day of the reading")


def holds_on_some_day(fact: Official | Rule | Listing, tables: Tables) -> Iterator[Problem]:
    """A fact holds up to, not including, its end: that must come after its start.

    Partial dates count as their first day here, as they do when a question asks for a date.
    """
    if fact.start and fact.until and first_day(fact.until) <= first_day(fact.start):
        problem = f"ends ({fact.until}) no later than it starts ({fact.start})"
        remedy = "'until' is the first day on which the fact no longer holds"
        yield Problem("until", problem, remedy)


def event_ends_after_start(event: Event, tables: Tables) -> Iterator[Problem]:
    """An event that takes more than a day ends after it starts."""
    if event.until and (event.until == event.date or _surely_before(event.until, event.date)):
        problem = f"ends ({event.until}) no later than it starts ({event.date})"
        yield Problem("until", problem, "correct one of them, or leave 'until' out")


def period_is_in_order(statistic: Statistic, tables: Tables) -> Iterator[Problem]:
    """The period of a statistic includes its last day, so that both may be one day."""
    if statistic.start and statistic.until and _surely_before(statistic.until, statistic.start):
        problem = f"the period ends ({statistic.until}) before it starts ({statistic.start})"
        yield Problem("until", problem, "correct one of them")


def list_dates_are_in_order(former: FormerAgreement, tables: Tables) -> Iterator[Problem]:
    """An agreement that left a list was on it before."""
    if _surely_before(former.last_listed, former.first_listed):
        problem = f"last listed ({former.last_listed}) before it first was ({former.first_listed})"
        yield Problem("last_listed", problem, "correct one of them")


def periods_fit_the_grain(series: Series, tables: Tables) -> Iterator[Problem]:
    """The periods of a series by month are months, and so on; a partial period has a value."""
    for n, reading in enumerate(series.readings):
        for period in reading.values:
            if _grain(period) != series.grain:
                problem = f"{period} is not a {series.grain}"
                remedy = "write 2024-06-30, 2024-06 or FY2024, as the grain says"
                yield Problem(f"readings[{n}].values.{period}", problem, remedy)
        for m, period in enumerate(reading.partial):
            if period not in reading.values:
                problem = f"{period} has no value"
                yield Problem(f"readings[{n}].partial[{m}]", problem, "name a period of 'values'")


def _grain(period: str) -> str:
    if period.startswith("FY"):
        return "fiscal year"
    if not is_date(period):
        return ""
    return {7: "month", 10: "day"}.get(len(period), "year")


def range_is_in_order(statistic: Statistic, tables: Tables) -> Iterator[Problem]:
    """The upper end of a range is no less than the lower one."""
    if statistic.high is not None and statistic.high < statistic.value:
        problem = f"{statistic.high} is less than the value {statistic.value}"
        yield Problem("high", problem, "write the lower end in 'value', the upper one in 'high'")


def policy_dates_are_in_order(policy: Policy, tables: Tables) -> Iterator[Problem]:
    """A policy is introduced, enacted, and ended in this order."""
    for earlier, later in (("introduced", "enacted"), ("enacted", "ended")):
        begin, end = getattr(policy, earlier), getattr(policy, later)
        if begin and end and _surely_before(end, begin):
            yield Problem(later, f"{later} ({end}) before {earlier} ({begin})", "correct one date")


def draft_is_not_enacted(policy: Policy, tables: Tables) -> Iterator[Problem]:
    """A policy that is proposed, pending or failed was never enacted, unless a court decided it."""
    drafts = ("proposed", "pending", "failed")
    if policy.status in drafts and policy.enacted and policy.kind != "court decision":
        problem = f"enacted ({policy.enacted}), but its status is {policy.status}"
        yield Problem("enacted", problem, "move the date to 'introduced', or correct the status")


def rule_starts_with_its_policy(rule: Rule, tables: Tables) -> Iterator[Problem]:
    """A rule does not hold before its policy takes effect."""
    policy = tables.get(Policy, rule.policy)
    begin = (policy.effective or policy.enacted) if policy else None
    if begin and rule.start and _surely_before(rule.start, begin):
        problem = f"starts ({rule.start}) before {rule.policy} takes effect ({begin})"
        yield Problem("from", problem, "correct one date, or name the policy that held before")


def _surely_before(one: str, other: str) -> bool:
    return last_day(one) < first_day(other)
