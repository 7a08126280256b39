"""Reading stores that are broken or hostile: one clear message, or their text shown as text."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, where
from tinydb.table import Document

from ice_facts.errors import StoreError
from ice_facts.model import (
    TABLES,
    Citation,
    Claim,
    Event,
    Jurisdiction,
    Place,
    Policy,
    Position,
    Source,
    Term,
)
from ice_facts.render import FORMATS
from ice_facts.store import Store, kept
from tests.bad_stores import GOOD, PLACES, at, build
from tests.conftest import Outcome, Run
from tests.small_store import place, policy, write_store

CITY = ("city", "exampleton")


def assert_one_message(found: Outcome, about: str) -> None:
    assert (found.code, found.stdout) == (3, "")
    messages = [line for line in found.stderr.splitlines() if not line.startswith("  ")]
    assert len(messages) == 1
    assert messages[0].startswith("ice-facts: ")
    assert about in messages[0]


def no_folder(store: Path) -> None:
    shutil.rmtree(store)


def a_file(store: Path) -> None:
    shutil.rmtree(store)
    store.write_text("{}")


def a_fifo(store: Path) -> None:
    shutil.rmtree(store)
    os.mkfifo(store)


def a_link_to_itself(store: Path) -> None:
    shutil.rmtree(store)
    store.symlink_to(store)


def an_empty_folder(store: Path) -> None:
    shutil.rmtree(store)
    store.mkdir()


def no_table_of_places(store: Path) -> None:
    shutil.rmtree(store / "jurisdictions")


def a_fifo_for_the_folder(store: Path) -> None:
    no_table_of_places(store)
    os.mkfifo(store / "jurisdictions")


def a_folder_named_as_the_file(store: Path) -> None:
    no_table_of_places(store)
    (store / "jurisdictions.json").mkdir()


def file_and_folder(store: Path) -> None:
    (store / "jurisdictions.json").write_text("{}")


@pytest.mark.parametrize(
    ("make", "about"),
    [
        (no_folder, "is not a folder with"),
        (a_file, "is not a folder with"),
        (a_fifo, "is not a folder with"),
        (a_link_to_itself, "Too many levels of symbolic links"),
    ],
)
@pytest.mark.parametrize("command", [CITY, ("cities",), ("terms",), ("data", "info")])
def test_what_is_no_store_is_one_message(
    make: Callable[[Path], None],
    about: str,
    command: tuple[str, ...],
    run: Run,
    tmp_path: Path,
) -> None:
    store = build(tmp_path, make)
    told = run(*command, "--data", str(store))
    assert_one_message(told, about)
    assert str(store) in told.stderr


@pytest.mark.parametrize(
    ("make", "about"),
    [
        (an_empty_folder, "has no table 'jurisdictions'"),
        (no_table_of_places, "has no table 'jurisdictions'"),
        (a_fifo_for_the_folder, "has no table 'jurisdictions'"),
        (a_folder_named_as_the_file, "jurisdictions.json: not a regular file"),
        (file_and_folder, "both jurisdictions.json and jurisdictions/ exist"),
    ],
)
def test_a_table_that_is_not_there_is_one_message(
    make: Callable[[Path], None], about: str, run: Run, tmp_path: Path
) -> None:
    store = build(tmp_path, make)
    assert_one_message(run(*CITY, "--data", str(store)), about)


@pytest.mark.parametrize(
    ("make", "about"),
    [
        (os.mkfifo, "not a regular file"),
        (Path.mkdir, "not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
        (lambda path: path.symlink_to("nowhere"), "No such file or directory"),
    ],
    ids=["fifo", "folder", "device", "link-to-itself", "dead-link"],
)
def test_a_file_that_is_none_is_one_message(
    make: Callable[[Path], Any], about: str, process: Run, tmp_path: Path
) -> None:
    store = build(tmp_path, lambda store: (store / PLACES).unlink())
    make(store / PLACES)
    # In a process of its own, whose time limit ends a read that would never return.
    assert_one_message(process(*CITY, "--data", str(store)), f"{store / PLACES}: {about}")


@pytest.mark.parametrize(
    ("content", "about"),
    [
        (b"", "truncated"),
        (b'{"exampleton": {"name": "Exam', "truncated"),
        (b"\0" * 100, "malformed"),
        (b"\xef\xbb\xbf{}", "malformed"),
        ('{"exampleton": {}}'.encode("utf-16"), "malformed"),
        (b'{"exampleton": {"name": "\xff", "level": "city"}}', "not UTF-8"),
        (b'{"exampleton": {"name": "\\ud800", "level": "city"}}', "malformed"),
        (b'{"exampleton": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"exampleton": {"name": "\\n", "x": ' + b"[" * 900 + b"]" * 900 + b"}}", "too deeply"),
        (b"[]", "Expected `object`, got `array`"),
        (b"22", "Expected `object`"),
        (b'{"exampleton": []}', "record 'exampleton': Expected `object`"),
        (b'{"exampleton": null}', "record 'exampleton': Expected `object`"),
    ],
)
def test_content_that_is_no_table_is_one_message(
    content: bytes, about: str, run: Run, tmp_path: Path
) -> None:
    store = build(tmp_path, lambda store: None)
    (store / PLACES).write_bytes(content)
    found = run(*CITY, "--data", str(store))
    assert_one_message(found, f"{store / PLACES}: ")
    assert about in found.stderr


@pytest.mark.parametrize(
    ("field", "value", "about"),
    [
        ("rules", 5, "Expected `array`, got `int` - at `$.rules`"),
        ("rules.0.stance", "bans", "Invalid enum value 'bans' - at `$.rules[0].stance`"),
        ("officials.0.from", "last year", "at `$.officials[0].from`"),
        ("level", "town", "Invalid enum value 'town' - at `$.level`"),
        ("colour", "red", "unknown field `colour`"),
        ("part_of.0", "nowhere", "jurisdictions has no 'nowhere'"),
        ("officials.1.sources.0.id", "nobody-knows", "sources has no 'nobody-knows'"),
    ],
)
def test_a_record_that_is_not_valid_is_one_message(
    field: str, value: object, about: str, run: Run, tmp_path: Path
) -> None:
    store = build(tmp_path, at(PLACES, "exampleton", field, value, "").edit)
    for form in ("table", "tsv", "json"):
        assert_one_message(run(*CITY, "--data", str(store), "-f", form), about)


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("county", "sample"), PLACES),
        (("state", "ex"), PLACES),
        (("policy", "hb7"), "policies/ex.json"),
        (("stakeholder", "residents"), "stakeholders.json"),
        (("topic", "trust"), "topics.json"),
        (("term", "ice hold"), "terms.json"),
        (("claim", "001-01"), "claims.json"),
        (("source", "census"), "sources.json"),
        (("show", "Example Town"), "terms.json"),
        (("cities",), PLACES),
        (("counties",), PLACES),
        (("states",), PLACES),
        (("policies",), "policies/us.json"),
        (("stakeholders",), "stakeholders.json"),
        (("topics",), "topics.json"),
        (("terms",), "terms.json"),
        (("claims",), "claims.json"),
        (("events",), "events.json"),
        (("sources",), "sources.json"),
        (("data", "info"), "agreements.json"),
    ],
)
def test_every_look_up_reports_the_file_it_cannot_read(
    command: tuple[str, ...], file: str, run: Run, tmp_path: Path
) -> None:
    store = build(tmp_path, lambda store: None)
    (store / file).write_bytes(b"{")
    assert_one_message(run(*command, "--data", str(store)), f"{store / file}: ")


def test_json_lines_are_written_as_they_are_made(run: Run, tmp_path: Path) -> None:
    bad = at(PLACES, "exampleton", "part_of.0", "nowhere", "")
    store = str(build(tmp_path, bad.edit))
    names = ("show", "sample-county-ex", "exampleton", "--data", store)
    found = run(*names, "-f", "jsonl")
    assert found.code == 3
    assert [json.loads(line)["id"] for line in found.stdout.splitlines()] == ["sample-county-ex"]
    assert_one_message(run(*names, "-f", "json"), "jurisdictions has no 'nowhere'")
    file = tmp_path / "found.jsonl"
    assert_one_message(run(*names, "-o", str(file)), "jurisdictions has no 'nowhere'")
    assert not file.exists()


def test_a_broken_table_that_an_answer_does_not_need_does_no_harm(run: Run, tmp_path: Path) -> None:
    store = build(tmp_path, lambda store: None)
    (store / "claims.json").write_bytes(b"{")
    found = run("terms", "--data", str(store))
    assert (found.code, found.stderr) == (0, "")
    assert [row[0] for row in found.rows()] == ["id", "detainer"]


def test_the_variable_names_a_store_and_the_option_wins(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICE_FACTS_DATA", str(tmp_path / "nowhere"))
    assert_one_message(run(*CITY), f"{tmp_path / 'nowhere'} is not a folder")
    assert run(*CITY, "--data", str(GOOD)).code == 0


HOSTILE = "[red]A[/red] [/] \x1b]8;;http://x\x07\x1b[31m \x9b1m \x85 \u202eB\u2066 \u2028 \u061c C"
SHOWN = "[red]A[/red] [/]"


def hostile(store: Path) -> None:
    at(PLACES, "exampleton", "name", HOSTILE, "").edit(store)
    at(PLACES, "exampleton", "rules.1.text", HOSTILE, "").edit(store)
    at(PLACES, "exampleton", "note", HOSTILE, "").edit(store)
    at("sources.json", "city-code", "title", HOSTILE, "").edit(store)
    at("sources.json", "city-code", "url", f"https://x/{HOSTILE}", "").edit(store)


def controls(text: str) -> list[str]:
    kinds = {"Cc", "Cf", "Zl", "Zp", "Cs"}
    return [c for c in text if unicodedata.category(c) in kinds and c not in "\n\t\r"]


@pytest.mark.parametrize("escaped", [True, False], ids=["escaped", "as-utf8"])
@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_is_shown_as_text(form: str, escaped: bool, run: Run, tmp_path: Path) -> None:
    store = build(tmp_path, hostile)
    for path in (store / PLACES, store / "sources.json"):
        values = json.loads(path.read_bytes())
        path.write_text(json.dumps(values, ensure_ascii=escaped), encoding="utf-8")
    for command in (CITY, ("sources",), ("source", "city-code")):
        found = run(*command, "--data", str(store), "-f", form)
        assert found.code == 0
        assert SHOWN in found.stdout.replace("\\", "")
        assert controls(found.stdout + found.stderr) == []


def test_hostile_ids_and_file_names_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    def edit(store: Path) -> None:
        (store / "policies" / "\x1b[2J\u202e.json").write_bytes(b'{"\\u001b[31m": 5}')

    found = run("policies", "--data", str(build(tmp_path, edit)))
    assert_one_message(found, "[2J")
    assert ".json: record ' [31m': Expected `object`, got `int`" in found.stderr
    assert controls(found.stderr) == []


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["2020", "chicago"])
)
ANYTHING: st.SearchStrategy[Any] = st.deferred(
    lambda: (
        LEAVES
        | st.lists(ANYTHING, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "from", "name", "sources"]), ANYTHING, max_size=3)
    )
)


@settings(max_examples=60)
@given(content=st.binary() | ANYTHING.map(lambda value: json.dumps({"a": value}).encode()))
def test_any_content_is_read_or_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sources.json").write_bytes(content)
        store = Store(Path(folder))
        try:
            found = store.all(Source)
            assert [store.get(Source, source.id) for source in found] == found
            assert len(list(store.names(Source))) == len(found) == len(store.ids(Source))
        except StoreError as error:
            assert "sources.json: " in error.message


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u061c\u200e\u200f\u2028\u2029"


def steers(char: str) -> bool:
    return (
        unicodedata.category(char) == "Cc" or unicodedata.bidirectional(char) in BIDI
    ) or char in MARKS


@settings(max_examples=100)
@given(
    text=st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b\x9b\u202e" + MARKS)),
    escaped=st.booleans(),
)
def test_any_text_is_read_without_what_steers_a_terminal(text: str, escaped: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        values = {"x": {"title": f"x{text}", "publisher": "P", "kind": "news"}}
        path = Path(folder) / "sources.json"
        path.write_text(json.dumps(values, ensure_ascii=escaped), encoding="utf-8")
        title = Store(Path(folder)).one(Source, "x").title
    assert not any(map(steers, title))
    assert title.replace(" ", "") == "x" + "".join(c for c in text if not steers(c) and c != " ")


FIELDS = ("name", "level", "also", "state", "part_of", "aliases", "population", "officials")


@settings(max_examples=60)
@given(field=st.sampled_from([*FIELDS, "rules", "listed", "disputed", "note"]), value=ANYTHING)
def test_any_value_in_a_record_is_read_or_refused(field: str, value: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        values = {"x": {"name": "X", "level": "city", field: value}}
        (Path(folder) / "jurisdictions.json").write_text(json.dumps(values))
        store = Store(Path(folder))
        try:
            place = store.one(Jurisdiction, "x")
            assert place.id == "x"
        except StoreError as error:
            assert "record 'x': " in error.message


@pytest.mark.parametrize(
    "id",
    ["1199", "2025-06", "2025-01-20", "a" * 111, "a" * 300, "detainers"],
    ids=lambda id: id[:12],
)
@pytest.mark.parametrize("settled", [-3600.0, 3600.0], ids=["kept", "made"])
def test_what_refers_to_a_record_is_found_whatever_its_id(
    settled: float, id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "SETTLED_AFTER", settled)
    root = build(tmp_path, lambda store: None)
    for path in root.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"exampleton-mayor"', f'"{id}"'), encoding="utf-8")
    for _ in range(2):
        store = Store(root)
        assert store.referring(Position, stakeholder=id) == [
            p for p in store.all(Position) if p.stakeholder == id
        ]
        assert store.referring(Position, stakeholder=id)


# TinyDB


def documents(table: str) -> dict[str, Any]:
    """Return the records of a table of the good store as its files have them."""
    single = GOOD / f"{table}.json"
    paths = [single] if single.exists() else sorted((GOOD / table).glob("*.json"))
    return {id: record for path in paths for id, record in json.loads(path.read_bytes()).items()}


def ids_of(found: Iterable[Document]) -> list[str]:
    return [str(document.doc_id) for document in found]


@pytest.mark.parametrize("table", ["policies", "terms", "jurisdictions"])
def test_tinydb_has_the_records_as_the_files_have_them(table: str) -> None:
    found = Store(GOOD).database.table(table)
    wanted = documents(table)
    assert len(found) == len(wanted)
    assert {str(document.doc_id): dict(document) for document in found} == wanted
    for id, record in wanted.items():
        document = found.get(doc_id=id)  # type: ignore[call-overload]  # TinyDB types it as int
        assert (document.doc_id, dict(document)) == (id, record)
        assert found.contains(doc_id=id)  # type: ignore[arg-type]
    assert found.get(doc_id="nothing") is None  # type: ignore[call-overload]


def test_tinydb_queries_answer() -> None:
    policies = Store(GOOD).database.table("policies")
    Policies = Query()
    statutes = [id for id, record in documents("policies").items() if record["kind"] == "statute"]
    assert statutes
    assert ids_of(policies.search(where("kind") == "statute")) == statutes
    assert policies.count(where("kind") == "statute") == len(statutes)
    assert policies.get(where("kind") == "no such kind") is None
    cited = policies.search(Policies.sources.any(where("id") == "city-code"))
    assert ids_of(cited) == [
        id
        for id, record in documents("policies").items()
        if any(source["id"] == "city-code" for source in record.get("sources", ()))
    ]
    assert cited
    assert policies.search(where("kind").one_of(["list"]) & where("jurisdiction").exists())


def test_tinydb_says_which_tables_there_are() -> None:
    database = Store(GOOD).database
    assert database.tables() == set(TABLES)
    with pytest.raises(StoreError, match="no table 'polices'"):
        database.table("polices").all()


@pytest.mark.parametrize(
    "write",
    [
        lambda table: table.insert({"title": "New"}),
        lambda table: table.insert(Document({"title": "New"}, "new")),  # type: ignore[arg-type]
        lambda table: table.update({"kind": "statute"}),
        lambda table: table.upsert({"kind": "list"}, where("kind") == "statute"),
        lambda table: table.remove(where("kind") == "statute"),
        lambda table: table.truncate(),
    ],
)
def test_tinydb_writes_nothing(write: Callable[[Any], object]) -> None:
    store = Store(GOOD)
    before = documents("policies")
    with pytest.raises(StoreError, match="read-only"):
        write(store.database.table("policies"))
    assert documents("policies") == before
    assert len(store.database.table("policies")) == len(before)


def test_a_changed_document_changes_no_answer() -> None:
    store = Store(GOOD)
    policies = store.database.table("policies")
    (document, *_) = policies.search(where("kind") == "statute")
    document["sources"].clear()
    document["title"] = "Changed"
    again = policies.get(doc_id=document.doc_id)
    assert again is not None
    assert again["sources"]
    assert store.one(Policy, str(document.doc_id)).title != "Changed"


def test_records_by_a_query_are_typed() -> None:
    store = Store(GOOD)
    found = store.where(Policy, where("kind") == "statute")
    assert found == [policy for policy in store.all(Policy) if policy.kind == "statute"]
    assert all(isinstance(policy, Policy) for policy in found)
    assert store.where(Policy, where("kind") == "no such kind") == []
    assert store.where(Jurisdiction, Query().rules.any(where("stance") == "limits"))


def test_a_query_says_which_record_is_broken(tmp_path: Path) -> None:
    bad = at("policies/ex.json", "example-cooperation-act", "kind", "stature", "")
    store = Store(build(tmp_path, bad.edit))
    with pytest.raises(StoreError, match=r"record 'example-cooperation-act': .*'stature'"):
        store.where(Policy, where("kind") == "stature")


# References


def references_in(value: object, kind: str) -> set[str]:
    """Return every id in a record that is of a kind, by the names of the fields that hold them."""
    fields = {
        "policy": {"policy", "policies", "list"},
        "jurisdiction": {"jurisdiction", "jurisdictions", "part_of", "concerns"},
        "stakeholder": {"stakeholder", "stakeholders"},
        "topic": {"topic", "topics"},
        "source": {"sources", "article"},
        "state": {"state"},
    }[kind]
    found: set[str] = set()
    if isinstance(value, list):
        for item in value:
            found |= references_in(item, kind)
    elif isinstance(value, dict):
        for field, item in value.items():
            if field in fields:
                several = item if isinstance(item, list) else [item]
                found |= {x["id"] if isinstance(x, dict) else x for x in several}
            else:
                found |= references_in(item, kind)
    return found


KINDS = ("policy", "jurisdiction", "stakeholder", "topic", "source", "state")


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"events"}))
def test_records_are_found_by_what_they_refer_to(table: str, store: Store) -> None:
    cls = TABLES[table]
    held: dict[tuple[str, str], list[str]] = {}
    for document in store.database.table(table):
        for kind in KINDS:
            for id in references_in(dict(document), kind):
                held.setdefault((kind, id), []).append(str(document.doc_id))
    for (kind, id), holders in held.items():
        found = [record.id for record in store.referring(cls, **{kind: id})]
        assert found == sorted(holders), kind


def test_events_refer_to_records_of_any_table(store: Store) -> None:
    events = store.all(Event)
    policies = {id for event in events for id in event.about if store.has(Policy, id)}
    assert store.referring(Event, policy=policies) == [
        event for event in events if policies.intersection(event.about)
    ]
    about = events[0].about[0]
    assert events[0] in store.referring(Event, any=about)
    assert store.referring(Event, state=about) == []


def test_only_the_kind_that_is_asked_for_counts(tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        path = folder / "positions.json"
        positions = json.loads(path.read_bytes())
        first, *_ = positions.values()
        # One id for a policy and a topic, as a topic can have; and the word stands in a text.
        positions["on-policy"] = {**first, "policy": "trust", "text": "trust"}
        positions["on-topic"] = {**first, "topic": "trust", "text": "trust"}
        positions["on-topic"].pop("policy", None)
        positions["on-policy"].pop("topic", None)
        path.write_text(json.dumps(positions), encoding="utf-8")

    store = Store(build(tmp_path, edit))
    by_policy = {p.id for p in store.referring(Position, policy="trust")}
    by_topic = {p.id for p in store.referring(Position, topic="trust")}
    assert ("on-policy" in by_policy, "on-policy" in by_topic) == (True, False)
    assert ("on-topic" in by_policy, "on-topic" in by_topic) == (False, True)
    assert {"on-policy", "on-topic"} <= {p.id for p in store.referring(Position, any="trust")}
    assert store.referring(Position) == []


def test_several_records_are_read_at_once_and_in_order(store: Store) -> None:
    ids = [source.id for source in store.all(Source)][:1200][::-1]
    fresh = Store(store.root)
    assert [source.id for source in fresh.many(Source, [*ids, ids[0]])] == [*ids, ids[0]]
    assert fresh.many(Source, []) == []
    places = [store.ids(Place)[0], store.ids(Jurisdiction)[0]]
    assert [place.id for place in fresh.many(Jurisdiction, places)] == places
    with pytest.raises(StoreError, match="has no 'nothing', which another record names"):
        fresh.many(Source, [ids[0], "nothing"])


def test_the_numbers_of_a_table_are_those_of_its_records(store: Store) -> None:
    def confirmations(value: object) -> list[str | None]:
        if isinstance(value, tuple):
            return [date for item in value for date in confirmations(item)]
        if not isinstance(value, msgspec.Struct):
            return []
        found = [value.confirmed] if hasattr(value, "confirmed") else []
        values = (getattr(value, name) for name in value.__struct_fields__)
        return found + [date for item in values for date in confirmations(item)]

    for table, summary in store.summaries().items():
        records = store.all(TABLES[table])
        dates = [date for record in records for date in confirmations(record)]
        assert (summary.records, summary.facts) == (len(records), len(dates))
        assert summary.unconfirmed == dates.count(None)
    assert list(store.summaries()) == list(TABLES)


def test_citations_are_counted_as_often_as_they_are_there(store: Store) -> None:
    counts: Counter[str] = Counter()

    def count(value: object) -> None:
        if isinstance(value, Citation):
            counts[value.id] += 1
        elif isinstance(value, tuple):
            for item in value:
                count(item)
        elif isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                count(getattr(value, name))

    for cls in TABLES.values():
        for record in store.all(cls):
            count(record)
            if isinstance(record, Claim):
                counts[record.article] += 1
    assert store.citations() == counts


@pytest.mark.parametrize("name", ["chicago", "Cook County", "sb 54", "ICE detainer", "Los Ángeles"])
def test_the_okina_and_accents_do_not_matter(name: str, store: Store) -> None:
    spelled = "\u02bb".join(name)
    for cls in (Jurisdiction, Policy, Term):
        assert store.called(cls, spelled) == store.called(cls, name)


def test_a_record_cannot_be_changed() -> None:
    place = Store(GOOD).one(Jurisdiction, "exampleton")
    with pytest.raises(AttributeError):
        place.name = "Elsewhere"  # type: ignore[misc]  # the point of the test


def test_tables_are_read_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)  # nothing is kept
    root = build(tmp_path, lambda store: None)
    store = Store(root)
    assert store.get(Source, "census")
    for table in TABLES:
        if table != "sources":
            shutil.rmtree(root / table, ignore_errors=True)
            (root / f"{table}.json").unlink(missing_ok=True)
    assert store.get(Source, "city-code")
    with pytest.raises(StoreError):
        store.get(Jurisdiction, "exampleton")


@pytest.mark.parametrize("kind", ["list", "statute", "doctrine", "no such kind"])
def test_records_of_a_kind_are_those_that_a_query_finds(kind: str) -> None:
    store = Store()
    assert store.of_kind(Policy, kind) == store.where(Policy, where("kind") == kind)


def test_a_word_elsewhere_in_a_record_is_not_its_kind(tmp_path: Path) -> None:
    folder = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha")},
        policies={"a": policy("list"), "b": policy("ordinance", kind="list")},
    )
    store = Store(Path(folder))
    assert [found.id for found in store.of_kind(Policy, "list")] == ["b"]
    assert [found.id for found in store.of_kind(Policy, "ordinance")] == ["a"]
