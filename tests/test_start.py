"""What a look-up loads and reads: nothing heavy, and only the files that its answer needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ice_facts.store import bundled_data

HEAVY = {"rich", "sqlite3", "plotext", "matplotlib", "numpy", "yaml", "tabulate", "pydantic"}

WATCHED = """
import json, os, sys
opened = set()
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.add(os.fspath(arguments[0]))
sys.addaudithook(watch)
from ice_facts.cli import run
sys.argv[:] = ["ice-facts", *sys.argv[1:]]
run()
sys.stdout.flush()
print(json.dumps([sorted(sys.modules), sorted(opened)]), file=sys.stderr)
"""


def watched(*arguments: str) -> tuple[set[str], list[str]]:
    """Run a command in a process of its own; return the modules it loaded and the data it read."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments], capture_output=True, check=True, timeout=60
    )
    modules, opened = json.loads(done.stderr.decode().strip().splitlines()[-1])
    data = str(bundled_data())
    return {m.split(".")[0] for m in modules}, [f[len(data) + 1 :] for f in opened if data in f]


@pytest.mark.parametrize("form", [(), ("-f", "json"), ("-f", "csv")])
@pytest.mark.parametrize(
    "arguments", [("city", "chicago"), ("policy", "sb54"), ("term", "detainer"), ("claims",)]
)
def test_a_piped_answer_loads_nothing_heavy(
    arguments: tuple[str, ...], form: tuple[str, ...]
) -> None:
    modules, _ = watched(*arguments, *form)

    assert modules & HEAVY == set()


@pytest.mark.parametrize("arguments", [("--help",), ()])
def test_help_does_not_read_the_store(arguments: tuple[str, ...]) -> None:
    modules, files = watched(*arguments)

    assert modules & (HEAVY | {"tinydb", "msgspec"}) == set()
    assert files == []


@pytest.mark.parametrize(
    ("arguments", "tables"),
    [
        (("term", "detainer"), {"terms.json", "policies", "jurisdictions", "sources"}),
        (("claim", "001-22"), {"claims", "stakeholders.json", "jurisdictions", "sources"}),
        (("source", "chicago-mcc-2-173-020"), None),
    ],
)
def test_a_look_up_reads_only_the_tables_of_its_answer(
    arguments: tuple[str, ...], tables: set[str] | None
) -> None:
    _, files = watched(*arguments)
    read = {file.split("/")[0] for file in files}

    if tables is not None:
        assert read <= tables
    assert not any(file.startswith(("places/", "series/")) for file in files) or tables is None


def test_a_card_does_not_read_the_small_places() -> None:
    _, files = watched("city", "chicago")

    assert files
    assert not any(file.startswith(("places/", "series/")) for file in files)
