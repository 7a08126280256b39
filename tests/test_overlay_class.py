"""What is for class names the overlay that a fact is from, in every form."""

from __future__ import annotations

import io
import json
import re
import shlex
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ice_facts.render import FORMATS
from tests.conftest import AS_OF, Run
from tests.small_store import CITED, event, place, rule, write_store

OWN = [{"id": "own-notes", "locator": "p. 2"}]
TOPIC = {"name": "Holds", "text": "Holds. To support means to favor holds."}


def position(holder: str, stance: str, sources: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "stakeholder": holder, "topic": "holds", "stance": stance, "text": f"{holder} says so.",
        "concern": "a reason", "date": "2025-01-01", "confirmed": "2026-01-01", "sources": sources,
    }  # fmt: skip


HOLDER = {"kind": "organization", "about": "A group."}
TERM = {"term": "hold", "text": "What a hold is.", "confirmed": "2026-01-01"}


@pytest.fixture
def stores(tmp_path: Path) -> tuple[str, ...]:
    """Return the options that name a small store and an overlay on it."""
    base, mine = tmp_path / "base", tmp_path / "mine"
    base.mkdir()
    mine.mkdir()
    write_store(
        base,
        jurisdictions={
            "alpha": place("Alpha", rules=[rule("detainers", "prohibits")]),
            "beta": place("Beta", rules=[rule("detainers", "requires")]),
            "gamma": place("Gamma", rules=[rule("detainers", "requires")]),
        },
        topics={"holds": TOPIC},
        stakeholders={"north": {"name": "North", **HOLDER}, "south": {"name": "South", **HOLDER}},
        positions={"south-on-holds": position("south", "opposes", CITED)},
    )
    own = {
        # With a source of its own, and with one of the store: both are the overlay's.
        "jurisdictions": {
            "delta": place("Delta", rules=[rule("detainers", "prohibits", sources=CITED)]),
            "epsilon": place("Epsilon", rules=[rule("detainers", "limits", sources=OWN)]),
        },
        "positions": {"north-on-holds": position("north", "supports", CITED)},
        "terms": {"hold": {**TERM, "sources": CITED}},
        "events": {"own-vote": {**event("2025-01-01", "A vote", "delta"), "sources": CITED}},
        "sources": {
            "own-notes": {"title": "Notes", "publisher": "We", "kind": "dataset", "read": "2026"}
        },
    }
    for table, records in own.items():
        (mine / f"{table}.json").write_text(json.dumps(records), encoding="utf-8")
    return ("--data", str(base), "--overlay", str(mine), "--as-of", AS_OF)


@pytest.mark.parametrize("form", [*FORMATS, "gift", "anki"])
def test_questions_of_a_quiz_are_marked(form: str, stores: tuple[str, ...], run: Run) -> None:
    command = ("quiz", "--kind", "rule", "--seed", "1", *stores)
    found = run(*command, "-f", form)
    questions = run(*command, "-f", "json").json()

    assert found.code == 0
    assert len(questions) == 5
    for question in questions:
        own = question["id"].split(":")[1] in ("delta", "epsilon")
        assert question["source"].endswith("(overlay mine)") is own
        assert (question["overlay"] != {}) is own
    # One mark for each of the two: no fact of the store has one.
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found.stdout))
    assert said.count("(overlay mine)") == 2


def test_files_of_a_quiz_are_marked(stores: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra kahoot is not installed")
    pytest.importorskip("genanki", reason="the extra anki is not installed")
    sheet, deck = tmp_path / "q.xlsx", tmp_path / "q.apkg"
    command = ("quiz", "--kind", "rule", "--seed", "1", *stores)
    for file in (sheet, deck):
        assert run(*command, "--short", "-o", str(file)).code == 0

    own = [q["number"] for q in run(*command, "--short", "-f", "json").json() if q["overlay"]]
    note = openpyxl.load_workbook(sheet).active["B4"].value
    assert note == f"From an overlay: questions {', '.join(map(str, own))}."
    with zipfile.ZipFile(io.BytesIO(deck.read_bytes())) as packed:
        (tmp_path / "c.db").write_bytes(packed.read("collection.anki2"))
    with closing(sqlite3.connect(tmp_path / "c.db")) as database:
        notes = [fields for (fields,) in database.execute("SELECT flds FROM notes")]
    assert sum("(overlay mine)" in fields for fields in notes) == len(own) == 2


@pytest.mark.parametrize(
    ("command", "marks"),
    [
        ("worksheet --seed 1 --count 5", 2),
        ("sides holds", 1),
        ("cards", 1),
        ("slides delta", 1),
        ("slides 'positions holds'", 1),
        ("slides 'term hold'", 1),
    ],
)
@pytest.mark.parametrize("form", ["table", "markdown", "html", "csv", "json"])
def test_sheets_and_slides_are_marked(
    command: str, marks: int, form: str, stores: tuple[str, ...], run: Run
) -> None:
    found = run(*shlex.split(command), *stores, "-f", form)
    assert (found.code, found.stderr) == (0, "")
    if command.startswith("slides") and form == "table":
        return  # it lists the slides, not what they say
    assert len(re.findall(r"\(overlay|\bmine\b", found.stdout)) >= marks
    plain = run(*shlex.split(command.replace("delta", "alpha")), *stores[:2], *stores[4:], "-f",
                form)  # fmt: skip
    assert "overlay" not in plain.stdout


def test_a_fact_in_the_spotlight_is_marked(stores: tuple[str, ...], run: Run) -> None:
    own = set()
    for seed in range(30):
        found = run("spotlight", "--seed", str(seed), *stores, "-f", "json").json()
        text = run("spotlight", "--seed", str(seed), *stores, "-f", "table").stdout
        is_own = found["id"].partition(":")[0] in ("delta", "epsilon", "own-vote", "hold")
        assert ("overlay mine" in text) is is_own, found["id"]
        assert (found["overlay"] != {}) is is_own, found["id"]
        own.add(is_own)
    assert own == {True, False}


def test_positions_keep_their_subject_and_are_marked(stores: tuple[str, ...], run: Run) -> None:
    text = run("positions", "holds", *stores, "-f", "table").stdout
    plain = run("positions", "holds", *stores[:2], *stores[4:], "-f", "table").stdout

    assert "North · 2025-01-01 [1] (overlay)" in text
    assert "South · 2025-01-01 [1]" in text and "South · 2025-01-01 [1] (overlay)" not in text
    assert [line for line in plain.splitlines() if "For: favors holds" in line]
    assert [line for line in text.splitlines() if "For: favors holds" in line]


def test_data_info_names_the_overlays(stores: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    other = tmp_path / "other"
    other.mkdir()
    changed = {"alpha": place("Alpha"), "delta": place("Delta"), "zeta": place("Zeta")}
    (other / "jurisdictions.json").write_text(json.dumps(changed), encoding="utf-8")
    both = (*stores[:4], "--overlay", str(other))
    overlays = run("data", "info", *both, "-f", "json").json()["overlays"]
    text = " ".join(run("data", "info", *both, "-f", "table").stdout.split())

    assert [(o["name"], o["added"], o["replaced"]) for o in overlays] == [
        ("mine", 6, 0),
        ("other", 1, 2),
    ]
    assert overlays[0]["path"] == str(tmp_path / "mine")
    assert "Overlay mine: 6 records added, 0 replaced; in " in text
    assert "Overlay other: 1 record added, 2 replaced; in " in text
    assert run("data", "info", "-f", "json").json()["overlays"] == []
