"""Broken stores: each is the store ``tests/stores/good`` with one edit, by its name."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ice_facts.model import TABLES
from ice_facts.validate import canonical

GOOD = Path(__file__).parent / "stores" / "good"

PLACES, PLACES_US = "jurisdictions/ex.json", "jurisdictions/us.json"
POLICIES, POLICIES_US = "policies/ex.json", "policies/us.json"

Edit = Callable[[Path], None]

GONE = object()
"""In place of a value: the field is taken away."""


@dataclass(frozen=True)
class Bad:
    """An edit of the good store, and where the check must report it in which words."""

    edit: Edit
    file: str
    id: str
    field: str
    says: str


def build(root: Path, edit: Edit) -> Path:
    """Copy the good store into a folder and edit the copy."""
    store = root / "store"
    shutil.copytree(GOOD, store)
    edit(store)
    return store


def rewrite(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a table's file as JSON and write it in canonical form."""
    values = json.loads(path.read_bytes())
    change(values)
    table = path.stem if path.parent.name == "store" else path.parent.name
    path.write_bytes(canonical(table, {id: _record(table, value) for id, value in values.items()}))


def _record(table: str, value: Any) -> Any:
    try:
        return msgspec.convert(value, TABLES[table])
    except msgspec.ValidationError:
        return value


def put(values: Any, path: str, value: Any) -> None:
    """Set the value at a path such as ``rules.0.stance``; the index after the last one appends."""
    *above, last = path.split(".")
    for key in above:
        values = values[int(key)] if isinstance(values, list) else values.setdefault(key, {})
    if isinstance(values, list):
        values[int(last) : int(last) + 1] = [] if value is GONE else [value]
    elif value is GONE:
        del values[last]
    else:
        values[last] = value


def at(file: str, id: str, field: str, value: Any, says: str, *, reported: str = "") -> Bad:
    """Make a bad store by setting one field; ``reported`` is the field named if another."""
    shown = "".join(f"[{k}]" if k.isdigit() else f".{k}" for k in (reported or field).split("."))

    def edit(store: Path) -> None:
        rewrite(store / file, lambda values: put(values[id], field, value))

    return Bad(edit, file, id, shown.removeprefix("."), says)


def added(file: str, id: str, record: Any, field: str, says: str, *, reported: str = "") -> Bad:
    """Make a bad store with one more record; ``reported`` is the id named if another."""

    def edit(store: Path) -> None:
        rewrite(store / file, lambda values: values.update({id: record}))

    return Bad(edit, file, reported or id, field, says)


def text(file: str, old: str, new: str, says: str, *, id: str = "", field: str = "") -> Bad:
    """Make a bad store by replacing text in a file once."""

    def edit(store: Path) -> None:
        content = (store / file).read_bytes()
        assert old.encode() in content
        (store / file).write_bytes(content.replace(old.encode(), new.encode(), 1))

    return Bad(edit, file, id, field, says)


def on_topic(position: str, topic: str, says: str) -> Bad:
    """Make a bad store with one more topic, on which a position is."""

    def edit(store: Path) -> None:
        record = {"name": "Another topic", "text": "What it is."}
        rewrite(store / "topics.json", lambda values: values.update({topic: record}))
        rewrite(store / "positions.json", lambda values: put(values[position], "topic", topic))

    return Bad(edit, "positions.json", position, "topic", says)


def content(file: str, new: bytes, says: str, *, field: str = "") -> Bad:
    """Make a bad store by writing something else into a file."""
    return Bad(lambda store: _write(store / file, new), file, "", field, says)


def _write(path: Path, new: bytes) -> None:
    path.write_bytes(new)


def swap(file: str, make: Callable[[Path], object], says: str) -> Bad:
    """Make a bad store with something in place of a file."""

    def edit(store: Path) -> None:
        (store / file).unlink()
        make(store / file)

    return Bad(edit, file, "", "", says)


def renamed(file: str, old: str, new: str, where: tuple[str, str], says: str) -> Bad:
    """Make a bad store with another id for a record."""

    def change(values: dict[str, Any]) -> None:
        values[new] = values.pop(old)

    return Bad(lambda store: rewrite(store / file, change), *where, "", says)


def copied(file: str, to: str, says: str, id: str = "") -> Bad:
    """Make a bad store with a file there twice."""

    def edit(store: Path) -> None:
        (store / to).parent.mkdir(exist_ok=True)
        shutil.copy(store / file, store / to)

    return Bad(edit, to, id, "", says)


FILES = {
    "table_missing": swap("terms.json", lambda path: None, "has no table 'terms'"),
    "table_is_file_and_folder": Bad(
        lambda store: (store / "terms").mkdir(), "terms.json", "", "", "both terms.json and terms/"
    ),
    "table_is_a_fifo": swap("terms.json", os.mkfifo, "not a regular file"),
    "table_is_a_folder_with_its_name": swap("terms.json", Path.mkdir, "not a regular file"),
    "table_is_a_symlink_loop": swap(
        "terms.json", lambda path: path.symlink_to(path), "Too many levels of symbolic links"
    ),
    "file_of_a_folder_is_a_dead_link": swap(
        POLICIES_US, lambda path: path.symlink_to("nowhere"), "No such file"
    ),
    "file_of_no_table": copied("terms.json", "glossary.json", "no table has this name"),
    "not_utf8": content("terms.json", b'{\n  "a": "\xff"\n}\n', "not UTF-8", field="line 2"),
    "empty_file": content("terms.json", b"", "not a JSON object"),
    "truncated": content("terms.json", b'{\n  "detainer": {\n', "line 3 column 1"),
    "list_of_records": content("terms.json", b"[]\n", "is an array"),
    "not_a_number_in_json": content("statistics.json", b'{"a": {"value": NaN}}', "not a JSON"),
    "half_a_surrogate_pair": content("terms.json", b'{"a": {"term": "\\ud800"}}', "not a JSON"),
    "nested_deeply": content("terms.json", b'{"a":' + b"[" * 99 + b"]" * 99 + b"}", "too deeply"),
    "nested_endlessly": content("terms.json", b'{"a":' + b"[" * 99999, "too deeply"),
    "id_twice_in_a_file": text(
        "topics.json", "{", '{\n  "community-trust": {},', "more than once", id="community-trust"
    ),
    "field_twice_in_a_record": text(
        "topics.json",
        '"name"',
        '"name": "Trust",\n    "name"',
        "the key is there twice",
        id="community-trust",
        field="name",
    ),
    "field_twice_in_a_part": text(
        "claims.json", '"City"', '"City": "", "City"', "twice", id="001-02", field="columns.City"
    ),
    "no_newline_at_the_end": text(
        "topics.json", "}\n}\n", "}\n}", "not in canonical form", field="line 6"
    ),
    "two_newlines_at_the_end": text(
        "topics.json", "}\n}\n", "}\n}\n\n", "not in canonical form", field="line 7"
    ),
    "line_ends_of_windows": text("topics.json", "{\n", "{\r\n", "canonical", field="line 1"),
    "other_indent": text("topics.json", "    ", "   ", "canonical", field="line 3"),
    "escaped_letter": text("topics.json", "T", "\\u0054", "canonical", field="line 4"),
    "default_written_out": text(
        "topics.json",
        '    "text"',
        '    "aliases": [],\n    "text"',
        "canonical",
        field="line 4",
    ),
    "id_written_into_the_record": text(
        "topics.json",
        '    "name"',
        '    "id": "community-trust",\n    "name"',
        "form",
        field="line 3",
    ),
    "fields_in_another_order": text(
        POLICIES,
        '    "title": "Example Cooperation Act",\n    "short": "Cooperation Act",\n',
        '    "short": "Cooperation Act",\n    "title": "Example Cooperation Act",\n',
        "canonical",
        field="line 3",
    ),
    "ids_in_another_order": Bad(
        lambda store: _write(
            store / POLICIES,
            json.dumps(
                dict(reversed(json.loads((store / POLICIES).read_bytes()).items())),
                indent=2,
                ensure_ascii=False,
            ).encode()
            + b"\n",
        ),
        POLICIES,
        "",
        "line 2",
        "canonical",
    ),
}

SCHEMA = {
    "id_with_capitals": renamed(
        "events.json",
        "council-vote-2020",
        "Council-Vote",
        ("events.json", "Council-Vote"),
        "not a kebab-case ASCII slug",
    ),
    "id_ends_in_a_newline": renamed(
        "events.json",
        "council-vote-2020",
        "vote\n",
        ("events.json", "vote\\n"),
        "not a kebab-case ASCII slug",
    ),
    "id_in_two_files": copied(
        PLACES_US, "jurisdictions/zz.json", "is in jurisdictions/us.json too", "united-states"
    ),
    "id_in_two_tables": renamed(
        "events.json", "council-vote-2020", "detainer", ("terms.json", "detainer"), "in events too"
    ),
    "word_outside_the_vocabulary": at(
        PLACES, "exampleton", "rules.0.stance", "bans", "Invalid enum value 'bans'"
    ),
    "field_missing": at("topics.json", "community-trust", "text", GONE, "missing required field"),
    "field_unknown": at("topics.json", "community-trust", "colour", "red", "unknown field"),
    "wrong_type": at(PLACES, "exampleton", "population.value", "many", "Expected `int`"),
    "record_is_a_list": added("topics.json", "advocacy", [], "", "Expected `object`, got `array`"),
    "date_in_words": at("events.json", "council-vote-2020", "date", "June 2020", "not an ISO date"),
    "date_not_in_the_calendar": at(
        "events.json", "council-vote-2020", "date", "2020-02-30", "not in the calendar"
    ),
    "id_of_a_reference_malformed": at(
        "terms.json", "detainer", "policies.0", "Some Policy", "is not in policies"
    ),
}

_UNKNOWN = {
    "place_part_of": (PLACES, "exampleton", "part_of.2"),
    "rule_policy": (PLACES, "exampleton", "rules.0.policy"),
    "listed_list": (PLACES, "exampleton", "listed.0.list"),
    "policy_jurisdiction": (POLICIES, "exampleton-ordinance", "jurisdiction"),
    "policy_concerns": (POLICIES_US, "example-v-united-states", "concerns.0"),
    "stakeholder_jurisdiction": ("stakeholders.json", "sheriffs-league", "jurisdiction"),
    "office_jurisdiction": ("stakeholders.json", "exampleton-mayor", "office.jurisdiction"),
    "position_stakeholder": ("positions.json", "sheriffs-league-on-act", "stakeholder"),
    "position_policy": ("positions.json", "sheriffs-league-on-act", "policy"),
    "position_topic": ("positions.json", "exampleton-mayor-on-trust", "topic"),
    "claim_article": ("claims.json", "001-01", "article"),
    "claim_jurisdiction": ("claims.json", "001-01", "about.jurisdictions.0"),
    "claim_policy": ("claims.json", "001-02", "about.policies.0"),
    "claim_stakeholder": ("claims.json", "001-01", "about.stakeholders.0"),
    "claim_topic": ("claims.json", "001-02", "about.topics.0"),
    "claim_check": ("claims.json", "001-01", "check.sources.0.id"),
    "event_about": ("events.json", "council-vote-2020", "about.1"),
    "statistic_jurisdiction": ("statistics.json", "exampleton-arrests-2025", "jurisdiction"),
    "term_policy": ("terms.json", "detainer", "policies.0"),
    "agreement_jurisdiction": (
        "agreements.json",
        "sample-county-ex-jail-2019",
        "jurisdiction",
    ),
    "citation": (PLACES, "exampleton", "disputed.0.accounts.1.sources.0.id"),
}

REFERENCES = {
    **{
        f"unknown_id_in_{name}": at(*where, "nobody-knows", "'nobody-knows' is not in")
        for name, where in _UNKNOWN.items()
    },
    "listed_on_a_statute": at(
        PLACES,
        "exampleton",
        "listed.0.list",
        "example-cooperation-act",
        "kind statute, not list",
    ),
    "claim_in_a_news_report": at(
        "claims.json", "001-01", "article", "daily-report", "is of kind news, not article"
    ),
    "office_nobody_ever_held": at(
        "stakeholders.json", "exampleton-mayor", "office.office", "sheriff", "no official"
    ),
    "position_on_two_things": at(
        "positions.json",
        "exampleton-mayor-on-trust",
        "policy",
        "exampleton-ordinance",
        "is on a policy and a topic",
    ),
    "position_on_nothing": at(
        "positions.json",
        "exampleton-mayor-on-trust",
        "topic",
        GONE,
        "is on neither",
        reported="policy",
    ),
    "position_on_a_topic_that_is_a_policy": on_topic(
        "exampleton-mayor-on-trust", "exampleton-ordinance", "is a policy too"
    ),
    "city_without_its_state": at(
        PLACES, "exampleton", "part_of.1", GONE, "does not name the state EX", reported="part_of"
    ),
    "county_without_a_state_code": at(
        PLACES, "sample-county-ex", "state", GONE, "a county without its state"
    ),
    "place_part_of_itself": at(
        PLACES,
        "sample-county-ex",
        "part_of.1",
        "sample-county-ex",
        "is part of itself: sample-county-ex in sample-county-ex",
        reported="part_of",
    ),
    "source_nothing_cites": added(
        "sources.json",
        "never-cited",
        {"title": "A page", "publisher": "Somebody", "kind": "news"},
        "",
        "nothing cites it",
    ),
}

_UNSOURCED = {
    "population": (PLACES, "exampleton", "population.sources"),
    "official": (PLACES, "exampleton", "officials.0.sources"),
    "rule": (PLACES, "exampleton", "rules.0.sources"),
    "listing": (PLACES, "exampleton", "listed.0.sources"),
    "account": (PLACES, "exampleton", "disputed.0.accounts.0.sources"),
    "policy": (POLICIES, "exampleton-ordinance", "sources"),
    "stakeholder": ("stakeholders.json", "sheriffs-league", "sources"),
    "position": ("positions.json", "sheriffs-league-on-act", "sources"),
    "event": ("events.json", "council-vote-2020", "sources"),
    "statistic": ("statistics.json", "exampleton-arrests-2025", "sources"),
    "term": ("terms.json", "detainer", "sources"),
    "agreement": ("agreements.json", "sample-county-ex-jail-2019", "sources"),
}

FACTS = {
    **{
        f"{name}_without_source": at(*where, GONE, "the fact has no source")
        for name, where in _UNSOURCED.items()
    },
    "confirmed_group_without_source": at(
        "stakeholders.json",
        "residents",
        "confirmed",
        "2026-01-15",
        "the fact has no source",
        reported="sources",
    ),
    "verdict_without_source": at(
        "claims.json", "001-01", "check.sources", GONE, "called outdated without a source"
    ),
    "confirmed_by_a_source_nobody_read": at(
        PLACES,
        "exampleton",
        "officials.0.sources.0.id",
        "article-one",
        "none of its sources was ever read",
        reported="officials.0.confirmed",
    ),
    "confirmed_in_the_future": at(
        "events.json", "council-vote-2020", "confirmed", "2999-01-01", "is in the future"
    ),
    "read_in_the_future": at("sources.json", "census", "read", "2999", "is in the future"),
    "statistic_high_below_its_value": at(
        "statistics.json", "exampleton-arrests-2025", "high", 90, "90 is less than the value 100"
    ),
}

TIMES = {
    "official_ends_before_the_start": at(
        PLACES, "exampleton", "officials.0.until", "2014", "ends (2014) no later than it starts"
    ),
    "rule_ends_on_its_start": at(
        PLACES, "exampleton", "rules.0.until", "2016-03-01", "no later than it starts (2016-03)"
    ),
    "listing_ends_before_the_start": at(
        PLACES, "exampleton", "listed.0.until", "2025-04", "ends (2025-04) no later"
    ),
    "event_ends_before_the_start": at(
        "events.json", "council-vote-2020", "until", "2020-06-09", "ends (2020-06-09) no later"
    ),
    "period_ends_before_the_start": at(
        "statistics.json",
        "exampleton-arrests-2025",
        "until",
        "2025-02",
        "ends (2025-02)",
    ),
    "policy_ended_before_it_was_enacted": at(
        POLICIES, "exampleton-ordinance", "ended", "2015", "ended (2015) before enacted"
    ),
    "policy_enacted_before_it_was_introduced": at(
        POLICIES,
        "exampleton-ordinance",
        "introduced",
        "2016-04",
        "before introduced (2016-04)",
        reported="enacted",
    ),
    "pending_policy_enacted": at(
        POLICIES, "exampleton-ordinance", "status", "pending", "its status is", reported="enacted"
    ),
    "rule_older_than_its_policy": at(
        PLACES,
        "example-state",
        "rules.0.from",
        "2023-12",
        "starts (2023-12) before example-cooperation-act takes effect (2024-01-01)",
    ),
    "rule_that_binds_nobody": at(
        PLACES, "exampleton", "rules.1.binds", GONE, "does not say whom it binds"
    ),
    "unknown_rule_without_a_note": at(
        PLACES,
        "sample-county-ex",
        "rules.0.stance",
        "unknown",
        "unknown, without a note",
        reported="rules.0.note",
    ),
    "rule_starts_on_the_day_of_signature": at(
        PLACES,
        "exampleton",
        "rules.0.from",
        "2016-03-01",
        "starts on the day on which exampleton-ordinance was enacted",
    ),
    "rule_ends_after_its_sources": at(
        PLACES,
        "sample-county-ex",
        "rules.0.until",
        "2026",
        "after all of its sources were published",
    ),
    "office_held_by_two_at_once": at(
        PLACES,
        "exampleton",
        "officials.0.until",
        "2019-06-01",
        "hold the office 'mayor' at the same time",
        reported="officials.1.from",
    ),
    "office_held_by_two_without_end": at(
        PLACES,
        "exampleton",
        "officials.0.until",
        GONE,
        "both hold the office 'mayor' without an end",
        reported="officials.1.until",
    ),
    "acting_holder_beside_another": at(
        PLACES,
        "exampleton",
        "officials.2",
        {
            "office": "mayor",
            "name": "Cy Ode",
            "acting": True,
            "from": "2018",
            "until": "2018-02",
            "sources": [{"id": "daily-report"}],
        },
        "at the same time",
        reported="officials.2.from",
    ),
    "rule_in_force_twice": at(
        PLACES,
        "exampleton",
        "rules.2",
        {
            "dimension": "detainers",
            "stance": "prohibits",
            "binds": ["own-agencies"],
            "text": "No detainer binds the police.",
            "policy": "exampleton-ordinance",
            "from": "2020-07-01",
            "sources": [{"id": "city-code"}],
        },
        "the same dimension, stance, scope, policy and start as rules[1]",
    ),
}

NAMES_AND_TEXTS = {
    "two_places_of_one_name": added(
        PLACES,
        "e-town-ex",
        {"name": "E town", "level": "city", "state": "EX", "part_of": ["example-state"]},
        "aliases[0]",
        "'E-town' also stands for e-town-ex (its name)",
        reported="exampleton",
    ),
    "two_terms_with_one_alias": added(
        "terms.json",
        "hold-request",
        {
            "term": "Hold request",
            "text": "A request to hold a person.",
            "aliases": ["I.C.E. hold"],
            "sources": [{"id": "state-code"}],
        },
        "aliases[0]",
        "also stands for detainer",
    ),
    "policy_alias_of_another": at(
        POLICIES,
        "exampleton-ordinance",
        "aliases.1",
        "H.B. 7",
        "for example-cooperation-act",
    ),
    "stakeholder_alias_is_a_name": at(
        "stakeholders.json", "sheriffs-league", "aliases.1", "residents of exampleton", "residents"
    ),
    "control_character": at(
        "topics.json", "community-trust", "text", "Trust\x1b[31m.", "control character U+001B"
    ),
    "newline_in_a_text": at("topics.json", "community-trust", "text", "a\nb", "character U+000A"),
    "c1_character": at("topics.json", "community-trust", "name", "Trust\x9b1m", "U+009B"),
    "bidi_override": at(
        "claims.json", "001-02", "columns.Share", "22 \u202e%", "control character U+202E"
    ),
    "blank_at_the_end": at("terms.json", "detainer", "aliases.0", "ICE hold ", "ends with a blank"),
    "blank_at_the_start": at("terms.json", "detainer", "text", " A request.", "begins or ends"),
    "two_blanks": at(PLACES, "exampleton", "rules.0.text", "Police  may.", "two blanks in a row"),
    "empty_note": at(PLACES, "exampleton", "rules.0.note", "", "is empty"),
    "address_not_on_the_web": at(
        "sources.json", "census", "url", "ftp://example.org/x", "not an http or https address"
    ),
    "address_with_a_blank": at(
        "sources.json", "census", "url", "https://example.org/a b", "not an http or https address"
    ),
    "memorandum_not_on_the_web": at(
        "agreements.json",
        "sample-county-ex-jail-2019",
        "document",
        "moa.pdf",
        "not an http or https address",
    ),
}


BAD_STORES: dict[str, Bad] = {
    **FILES,
    **SCHEMA,
    **REFERENCES,
    **FACTS,
    **TIMES,
    **NAMES_AND_TEXTS,
}
