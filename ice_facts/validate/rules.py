"""Rules on rules: whom they bind, when they start and end, and what an unknown one says."""

from __future__ import annotations

from collections.abc import Iterator

from ice_facts.dates import first_day, last_day
from ice_facts.model import Policy, Rule, Source
from ice_facts.validate.tables import Problem, Tables

LAWS = ("statute", "ordinance", "regulation")
"""Kinds of policies that rarely take effect on the day on which they are signed."""


def rule_says_whom_it_binds(rule: Rule, tables: Tables) -> Iterator[Problem]:
    """A rule names the bodies that it binds."""
    if not rule.binds:
        yield Problem("binds", "the rule does not say whom it binds", "name the bodies it binds")


def unknown_rule_says_what_was_searched(rule: Rule, tables: Tables) -> Iterator[Problem]:
    """An unknown stance comes with a note."""
    if rule.stance == "unknown" and not rule.note:
        yield Problem("note", "unknown, without a note", "say what was searched, and when")


def rule_does_not_start_with_a_signature(rule: Rule, tables: Tables) -> Iterator[Problem]:
    """A rule of a law without a known first day in force does not start on the day of signature."""
    policy = tables.get(Policy, rule.policy)
    if (
        policy
        and policy.kind in LAWS
        and rule.start
        and rule.start == policy.enacted
        and not policy.effective
    ):
        problem = f"starts on the day on which {rule.policy} was enacted ({rule.start})"
        remedy = "give the policy its effective date, or move the day to 'known_from'"
        yield Problem("from", problem, remedy)


def end_is_known_to_a_source(rule: Rule, tables: Tables) -> Iterator[Problem]:
    """At least one source of a rule that ended is not older than its end."""
    if not rule.until:
        return
    sources = [tables.get(Source, citation.id) for citation in rule.sources]
    published = [source.published if source else None for source in sources]
    if published and all(d and last_day(d) < first_day(rule.until) for d in published):
        problem = f"ends ({rule.until}) after all of its sources were published"
        yield Problem("until", problem, "cite a source that tells of the end")
