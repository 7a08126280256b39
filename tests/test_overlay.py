"""Somebody's own facts beside the store's: shown and marked in every answer, never kept in it."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ice_facts import open_store
from ice_facts.model import TABLES
from ice_facts.render import FORMATS
from ice_facts.store import Store, bundled_data
from ice_facts.validate import canonical, check_store
from ice_facts.validate.template import template
from tests.bad_stores import GOOD
from tests.conftest import AS_OF, Run

CITED = [{"id": "alder-creek-code", "locator": "§ 4-12"}]
VILLAGE: dict[str, dict[str, Any]] = {
    "jurisdictions": {
        "alder-creek": {
            "name": "Alder Creek",
            "level": "city",
            "state": "EX",
            "part_of": ["sample-county-ex", "example-state"],
            "rules": [
                {
                    "dimension": "detainers",
                    "stance": "limits",
                    "binds": ["police"],
                    "text": "Village police hold nobody on a detainer without a judge's warrant.",
                    "policy": "alder-creek-ordinance",
                    "from": "2025-03-01",
                    "confirmed": "2026-10-01",
                    "sources": CITED,
                }
            ],
        }
    },
    "policies": {
        "alder-creek-ordinance": {
            "title": "Alder Creek Detainer Ordinance",
            "short": "Alder Creek ordinance",
            "kind": "ordinance",
            "jurisdiction": "alder-creek",
            "status": "in force",
            "summary": "Village police hold nobody on a detainer without a judge's warrant.",
            "enacted": "2025-02-10",
            "effective": "2025-03-01",
            "confirmed": "2026-10-01",
            "sources": CITED,
        }
    },
    "sources": {
        "alder-creek-code": {
            "title": "Code of Alder Creek",
            "publisher": "Village of Alder Creek",
            "kind": "ordinance",
            "read": "2026-10-01",
        }
    },
}


def write(folder: Path, tables: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for table, records in tables.items():
        (folder / f"{table}.json").write_text(json.dumps(records), encoding="utf-8")
    return folder


def write_village(folder: Path, *, state: str, above: tuple[str, str]) -> Path:
    """Write an overlay with a village, its ordinance and the ordinance's source."""
    folder.mkdir()
    for table, records in VILLAGE.items():
        made = {id: msgspec.convert(record, TABLES[table]) for id, record in records.items()}
        for id, record in made.items():
            if table == "jurisdictions":
                made[id] = msgspec.structs.replace(record, state=state, part_of=above)
        (folder / f"{table}.json").write_bytes(canonical(table, made))
    return folder


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Return the overlay for the small store."""
    return write_village(
        tmp_path / "village", state="EX", above=("sample-county-ex", "example-state")
    )


@pytest.fixture(scope="module")
def village_in_illinois(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the overlay for the bundled store, so old that an index of both is kept."""
    folder = write_village(
        tmp_path_factory.mktemp("overlay") / "village",
        state="IL",
        above=("cook-county-il", "illinois"),
    )
    for path in folder.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


DATED = ("--as-of", AS_OF)
SMALL = ("--data", str(GOOD))


class TestVillage:
    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize(
        "question",
        [
            ("city", "alder creek", *DATED),
            ("policy", "alder creek ordinance", *DATED),
            ("compare", "alder-creek", "exampleton", "--on", "detainers", *DATED),
            ("search", "alder creek"),
            ("check", "Alder Creek police hold nobody on a detainer", *DATED),
            ("timeline", "alder-creek", *DATED),
            ("cities", *DATED),
            ("policies", "--of", "alder-creek", "--kind", "ordinance", *DATED),
            ("cite", "alder-creek-ordinance"),
            ("show", "alder-creek-code", *DATED),
        ],
        ids=lambda q: q[0],
    )
    def test_it_is_in_every_answer_and_marked(
        self, question: tuple[str, ...], form: str, village: Path, run: Run
    ) -> None:
        found = run(*question, "-f", form, *SMALL, "--overlay", str(village))

        assert (found.code, found.stderr) == (0, "")
        assert "lder" in found.stdout
        assert "overlay" in found.stdout
        if form == "json":
            answer = found.json()
            marked = answer if isinstance(answer, list) else [answer]
            assert any(item["overlay"].get("village") for item in marked)

    @pytest.mark.parametrize(
        "question",
        [
            ("city", "alder creek", *DATED),
            ("search", "alder creek"),
            ("cities", "--state", "il", *DATED),
            ("policies", "--state", "il", "--kind", "ordinance", *DATED),
        ],
        ids=lambda q: q[0],
    )
    def test_it_stands_beside_the_whole_record(
        self, question: tuple[str, ...], village_in_illinois: Path, run: Run
    ) -> None:
        found = run(*question, "-f", "json", "--overlay", str(village_in_illinois))

        assert (found.code, found.stderr) == (0, "")
        answer = found.json()
        marked = answer if isinstance(answer, list) else [answer]
        assert any(item["overlay"].get("village") for item in marked)

    def test_what_is_the_store_s_has_no_mark(self, village_in_illinois: Path, run: Run) -> None:
        for question in (("city", "houston"), ("policy", "sb54"), ("claims",)):
            plain = run(*question, *DATED, "-f", "table").stdout
            overlay = ("--overlay", str(village_in_illinois))
            assert run(*question, *DATED, "-f", "table", *overlay).stdout == plain

    def test_a_bordering_card_marks_only_what_is_not_its_own(self, village: Path, run: Run) -> None:
        asked = ("city", "alder-creek", *DATED, *SMALL, "--overlay", str(village))
        card = run(*asked, "-f", "tsv").rows()
        marked = [row for row in card if "overlay village" in row[4]]
        assert {row[1] for row in marked} >= {"rule", "overlay"}
        assert not [row for row in marked if row[1] == "rule:example-state"]

    def test_it_is_exported_with_its_mark(self, village: Path, tmp_path: Path, run: Run) -> None:
        file = tmp_path / "x.db"
        assert run("export", str(file), *SMALL, "--overlay", str(village)).code == 0
        with closing(sqlite3.connect(file)) as database:
            query = "SELECT id, overlay FROM {} WHERE overlay IS NOT NULL"
            found = [database.execute(query.format(table)).fetchall() for table in VILLAGE]
            assert found == [[(next(iter(records)), "village")] for records in VILLAGE.values()]
            rules = database.execute(
                "SELECT jurisdiction FROM rules_in_force WHERE place='alder-creek'"
            )
            assert {"alder-creek", "example-state"} <= {name for (name,) in rules}
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_the_library_has_it(self, village: Path) -> None:
        with open_store(GOOD, overlays=[village]) as store:
            rules = store.rules_in_force("alder creek", on=AS_OF)
            assert rules[0].jurisdiction == "alder-creek"
            assert store.search("alder creek")[0].id == "alder-creek"

    @pytest.mark.no_cover  # it takes long where coverage is measured
    def test_the_checker_finds_it_clean(self, village_in_illinois: Path, run: Run) -> None:
        found = run("data", "check", str(village_in_illinois), "--on", "bundled")
        assert (found.code, found.stdout) == (0, "")

    def test_the_difference_is_what_it_adds(self, village: Path, run: Run) -> None:
        found = run("data", "diff", str(village), *SMALL, "-f", "json").json()
        assert {(row["table"], row["id"], row["change"]) for row in found} == {
            (table, id, "added") for table, records in VILLAGE.items() for id in records
        }

    def test_the_variable_names_it_too(self, village: Path, run: Run, monkeypatch: Any) -> None:
        monkeypatch.setenv("ICE_FACTS_OVERLAY", str(village))
        assert run("city", "alder creek", *SMALL).code == 0

    def test_nothing_is_written_into_a_store(self, village: Path, run: Run) -> None:
        before = {p: p.stat().st_mtime_ns for p in (*GOOD.rglob("*"), *village.iterdir())}
        run("city", "alder creek", *SMALL, "--overlay", str(village))
        run("search", "alder creek", *SMALL, "--overlay", str(village))
        after = {p: p.stat().st_mtime_ns for p in (*GOOD.rglob("*"), *village.iterdir())}
        assert after == before
        assert run("city", "alder creek", *SMALL).code == 1, "without the overlay it is not there"


def test_a_changed_overlay_is_seen_although_its_index_is_kept(village: Path) -> None:
    old = (1_600_000_000, 1_600_000_000)
    for path in village.iterdir():
        os.utime(path, old)
    store = Store(GOOD, (village,))
    first = store.stamp()
    text = (village / "policies.json").read_text(encoding="utf-8")
    (village / "policies.json").write_text(text.replace("in force", "repealed"), encoding="utf-8")
    assert Store(GOOD, (village,)).stamp() != first
    assert not store.is_unchanged()


def test_the_last_of_several_wins(village: Path, tmp_path: Path, run: Run) -> None:
    other = write(
        tmp_path / "other",
        {"terms": {"detainer": {"term": "detainer", "text": "Mine.", "sources": CITED}}},
    )
    last = write(
        tmp_path / "last",
        {"terms": {"detainer": {"term": "detainer", "text": "Mine, too.", "sources": CITED}}},
    )
    overlays = [x for f in (village, other, last) for x in ("--overlay", str(f))]
    found = run("term", "detainer", *SMALL, *overlays, "-f", "json").json()
    assert found["text"] == "Mine, too."
    assert "last" in found["overlay"]
    changed = run("data", "diff", str(last), *SMALL, "-f", "json").json()
    assert {row["change"] for row in changed} == {"changed"}
    assert "text" in {row["field"] for row in changed}


def test_a_full_record_takes_the_place_of_a_small_one(tmp_path: Path, run: Run) -> None:
    id = Store().ids(TABLES["places"])[0]
    place = json.loads(msgspec.json.encode(Store().all(TABLES["places"])[0]))
    folder = write(
        tmp_path / "mine",
        {"jurisdictions": {id: {k: place[k] for k in ("name", "level", "state")}}},
    )
    found = run("show", id, "--overlay", str(folder), "-f", "json")
    assert found.code == 0
    assert isinstance(found.json(), dict), "one answer, not two"


BAD: dict[str, Any] = {
    "broken JSON": {"terms.json": b'{"x": '},
    "not UTF-8": {"terms.json": b'{"x": {"term": "\xff", "text": "x"}}'},
    "an array": {"terms.json": b"[]"},
    "deep": {"terms.json": b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"},
    "an unknown field": {"terms.json": b'{"x": {"term": "x", "text": "x", "colour": 1}}'},
    "a wrong stance": {
        "jurisdictions.json": b'{"x": {"name": "X", "level": "city", "rules":'
        b' [{"dimension": "detainers", "stance": "bans", "text": "x"}]}}'
    },
    "the wrong table": {"poems.json": b"{}"},
    "nothing": {},
    "one id in two files": {"terms/a.json": b'{"x": {}}', "terms/b.json": b'{"x": {}}'},
    "both a file and a folder": {"terms.json": b"{}", "terms/a.json": b"{}"},
    "no table of a name": {"terms.json": b'{"x": 3}'},
    "a null record": {"terms.json": b'{"x": null}'},
    "UTF-16": {"terms.json": '{"x": {"term": "x", "text": "x"}}'.encode("utf-16")},
    "NaN": {"statistics.json": b'{"x": {"measure": "m", "value": NaN}}'},
    "a lone surrogate": {"terms.json": b'{"x": {"term": "\\ud800", "text": "x"}}'},
}
"""Overlays that cannot be read, by what is wrong with them."""


@pytest.mark.parametrize("kind", BAD)
def test_an_overlay_that_cannot_be_read_is_told_in_one_message(
    kind: str, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, content in BAD[kind].items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    for question in (("show", "x"), ("search", "x")):
        found = run(*question, *SMALL, "--overlay", str(folder))
        assert (found.code, found.stdout) == (3, "")
        assert "bad" in found.stderr
        assert len([x for x in found.stderr.splitlines() if not x.startswith("  ")]) == 1
    checked = run("data", "check", str(folder), "--on", str(GOOD))
    assert checked.code == (0 if kind == "nothing" else 3)


@pytest.mark.parametrize("kind", ["missing", "a file", "a pipe as a table", "a circle of links"])
def test_what_is_no_folder_of_files_is_told(kind: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "bad"
    if kind == "a file":
        folder.write_text("{}")
    elif kind == "a pipe as a table":
        folder.mkdir()
        os.mkfifo(folder / "terms.json")
    elif kind == "a circle of links":
        folder.mkdir()
        (folder / "terms.json").symlink_to(folder / "terms.json")
    found = run("term", "detainer", *SMALL, "--overlay", str(folder))
    assert (found.code, found.stdout) == (3, "")


def test_a_name_that_is_not_there_is_told_with_what_finds_it(tmp_path: Path, run: Run) -> None:
    village = {**VILLAGE["jurisdictions"]["alder-creek"], "part_of": ["nowhere"]}
    folder = write(tmp_path / "bad", {"jurisdictions": {"alder-creek": village}})
    found = run("city", "alder-creek", *SMALL, "--overlay", str(folder))
    assert (found.code, found.stdout) == (3, "")
    assert "data check" in found.stderr
    checked = run("data", "check", str(folder), "--on", str(GOOD))
    assert checked.code == 3
    for problem in ("'nowhere' is not in", "'alder-creek-code' is not in", "not in canonical form"):
        assert problem in checked.stdout


class TestFormat:
    """``data format`` writes what ``data check`` asks for, and nothing else."""

    def test_files_written_by_hand_are_clean_afterwards(
        self, village_in_illinois: Path, run: Run
    ) -> None:
        file = village_in_illinois / "policies.json"
        right = file.read_bytes()
        file.write_text(json.dumps(json.loads(right)))  # in one line

        outcome = run("data", "format", str(village_in_illinois))

        assert (outcome.stdout, outcome.code) == (f"{file}\n", 0)
        assert "1 file written" in outcome.stderr
        assert file.read_bytes() == right
        assert run("data", "format", str(village_in_illinois)).stdout == ""

    @pytest.mark.parametrize(
        "content", [b'{"a": ', b'{"a": {}, "a": {}}', b"[]", b'{"\xff": {}}', b'{"a": {"b": NaN}}']
    )
    def test_what_it_cannot_read_stays_as_it_was(
        self, content: bytes, tmp_path: Path, run: Run
    ) -> None:
        (tmp_path / "policies.json").write_bytes(content)

        assert run("data", "format", str(tmp_path)).stdout == ""
        assert (tmp_path / "policies.json").read_bytes() == content

    def test_what_does_not_fit_the_schema_is_kept(self, tmp_path: Path, run: Run) -> None:
        (tmp_path / "topics.json").write_text('{"b": {"name": 1, "colour": "red"}, "a": "x"}')

        assert run("data", "format", str(tmp_path)).code == 0
        kept = json.loads((tmp_path / "topics.json").read_bytes())
        assert list(kept.items()) == [("a", "x"), ("b", {"name": 1, "colour": "red"})]

    def test_a_place_without_a_full_record_is_one_line(self, tmp_path: Path, run: Run) -> None:
        places = {
            "b": {"name": "Bee", "level": "city", "state": "OK", "part_of": ["oklahoma"]},
            "a": {"name": "Cañon", "level": "city", "state": "OK", "part_of": []},
        }
        (tmp_path / "places.json").write_text(json.dumps(places))

        assert run("data", "format", str(tmp_path)).code == 0
        assert (tmp_path / "places.json").read_text("utf-8") == (
            '{\n  "a": {"name": "Cañon", "level": "city", "state": "OK"},\n'
            '  "b": {"name": "Bee", "level": "city", "state": "OK", "part_of": ["oklahoma"]}\n}\n'
        )

    def test_no_folder_is_told(self, tmp_path: Path, run: Run) -> None:
        outcome = run("data", "format", str(tmp_path / "none"))
        assert (outcome.code, outcome.stdout) == (3, "")
        assert "No such file" in outcome.stderr


def test_an_overlay_that_breaks_the_store_is_blamed(tmp_path: Path) -> None:
    """A mayor's office that the store's own stakeholders hold must stay."""
    folder = write(
        tmp_path / "bad",
        {"jurisdictions": {"exampleton": {"name": "Exampleton", "level": "city", "state": "EX"}}},
    )
    assert check_store(GOOD) == []
    found = check_store(folder, GOOD)
    assert any("no official with the office" in defect.problem for defect in found)


def test_a_place_that_is_part_of_itself_has_its_rules_once(tmp_path: Path, run: Run) -> None:
    village = {**VILLAGE["jurisdictions"]["alder-creek"], "part_of": ["alder-creek"]}
    folder = write(tmp_path / "bad", {**VILLAGE, "jurisdictions": {"alder-creek": village}})
    on_good = ("--data", str(GOOD), "--overlay", str(folder), *DATED)
    found = run("city", "alder-creek", *on_good, "-f", "json").json()
    assert [rule["jurisdiction"] for rule in found["rules"]] == ["alder-creek"]
    checked = run("data", "check", str(folder), "--on", str(GOOD)).stdout
    assert "is part of itself" in checked


def test_a_card_says_that_a_place_above_it_is_another(tmp_path: Path, run: Run) -> None:
    state = {"name": "Example State", "level": "state", "state": "EX"}
    folder = write(tmp_path / "mine", {"jurisdictions": {"example-state": state}})
    on_good = ("--data", str(GOOD), "--overlay", str(folder), *DATED)
    found = run("city", "exampleton", *on_good, "-f", "table", "--width", "120").stdout
    assert "example-state, of which it is part, is from the overlay mine" in found
    # Sources of the store that only the old record cites are no defect of the overlay.
    assert "nothing cites it" not in run("data", "check", str(folder), "--on", str(GOOD)).stdout


@pytest.mark.no_cover  # it takes long where coverage is measured
def test_very_long_names_are_drawn_in_time(tmp_path: Path, run: Run) -> None:
    tables = json.loads(json.dumps(VILLAGE).replace("Alder Creek", "A" * 20_000))
    folder = write(tmp_path / "long", tables)
    began = time.monotonic()
    target = tmp_path / "x.svg"
    on_good = ("--data", str(GOOD), "--overlay", str(folder), *DATED)
    assert run("city", "alder-creek", *on_good, "-o", str(target)).code == 0
    assert time.monotonic() - began < 20
    assert "…" in target.read_text(encoding="utf-8")


def test_a_record_without_an_id_can_be_exported_and_is_a_defect(tmp_path: Path, run: Run) -> None:
    term = {"": {"term": "nothing", "text": "It has no id.", "sources": CITED}}
    folder = write(tmp_path / "bad", {"terms": term, "sources": VILLAGE["sources"]})
    on_good = ("--data", str(GOOD), "--overlay", str(folder))
    assert run("export", str(tmp_path / "x.db"), *on_good).code == 0
    assert run("data", "check", str(folder), "--on", str(GOOD)).code == 3


HOSTILE = "[red]\x1b[31m\u202eevil\u2028</td><script>&\"'"


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_texts_and_names_steer_nothing(form: str, tmp_path: Path, run: Run) -> None:
    tables = json.loads(json.dumps(VILLAGE).replace("Alder Creek", "Alder Creek HOSTILE"))
    raw = json.dumps(tables, ensure_ascii=False)
    tables = json.loads(raw.replace("HOSTILE", json.dumps(HOSTILE)[1:-1]))
    folder = write(tmp_path / "[red]\x1b[31m\u202e", tables)
    for question in (("city", "alder-creek", *DATED), ("search", "alder")):
        found = run(*question, "-f", form, *SMALL, "--overlay", str(folder))
        assert found.code == 0
        for bad in ("\x1b", "\u202e", "\u2028"):
            assert bad not in found.stdout
        assert form != "html" or "<script>" not in found.stdout


class TestNew:
    @pytest.mark.parametrize("table", TABLES)
    def test_a_plain_template_fits_the_schema(self, table: str, run: Run) -> None:
        text = run("data", "new", table, "--plain").stdout
        ((id, record),) = json.loads(text).items()
        assert msgspec.convert(record, TABLES[table]).id == ""
        assert msgspec.convert(id, str)

    @pytest.mark.parametrize("table", TABLES)
    def test_an_annotated_one_has_every_field_and_tells_what_it_takes(self, table: str) -> None:
        text = template(table, notes=True)
        plain = "\n".join(line.partition("  // ")[0] for line in text.splitlines())
        ((_, record),) = json.loads(plain).items()
        names = set(TABLES[table].__struct_encode_fields__) - {"id"}
        assert record.keys() == names
        assert msgspec.convert(record, TABLES[table])
        assert "one of: " in text or "text in your own words" in text

    def test_a_wrong_table_lists_the_right_ones(self, run: Run) -> None:
        found = run("data", "new", "poems")
        assert (found.code, "policies" in found.stderr) == (2, True)


class TestDiff:
    def test_another_version_can_remove_and_change(self, run: Run) -> None:
        found = run("data", "diff", str(GOOD), "-f", "json").json()
        assert {row["change"] for row in found} >= {"added", "removed"}

    def test_the_same_store_does_not_differ(self, run: Run) -> None:
        found = run("data", "diff", str(bundled_data()))
        assert (found.code, found.stdout) == (1, "")


@pytest.mark.parametrize("date", ["2999-01-01", "2999"])
def test_a_confirmation_of_the_future_is_a_problem_and_not_the_version(
    date: str, village: Path, tmp_path: Path, run: Run
) -> None:
    before = Store(GOOD, (village,)).version()
    rule = VILLAGE["jurisdictions"]["alder-creek"]["rules"][0]
    place = VILLAGE["jurisdictions"]["alder-creek"] | {"rules": [rule | {"confirmed": date}]}
    later = write(tmp_path / "later", VILLAGE | {"jurisdictions": {"alder-creek": place}})
    assert [d.field for d in check_store(later, GOOD) if "is in the future" in d.problem] == [
        "rules[0].confirmed"
    ]
    assert Store(GOOD, (later,)).version() == before
    told = run("data", "info", "--overlay", str(later), *SMALL, "-f", "json").json()
    assert told["version"] == before
