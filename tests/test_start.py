"""What a look-up loads and reads: nothing heavy, and only the files that its answer needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ice_facts.model import TABLES
from ice_facts.store import bundled_data

HEAVY = {"rich", "plotext", "matplotlib", "numpy", "yaml", "pydantic", "tinydb"}

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


def watched(*arguments: str, **environment: str) -> tuple[set[str], list[str]]:
    """Run a command in a process of its own; return the modules it loaded and the data it read."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, **environment},
    )
    modules, opened = json.loads(done.stderr.decode().strip().splitlines()[-1])
    data = str(bundled_data())
    return {m.split(".")[0] for m in modules}, [f[len(data) + 1 :] for f in opened if data in f]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a cache folder with the index, for which every table was read once."""
    folder = str(tmp_path_factory.mktemp("cache"))
    _, files = watched("city", "chicago", XDG_CACHE_HOME=folder)
    assert {file.split("/")[0].removesuffix(".json") for file in files} == set(TABLES)
    return folder


@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        (("city", "chicago"), ()),
        (("policy", "sb54"), ("-f", "json")),
        (("term", "detainer"), ("-f", "csv")),
        (("claims",), ()),
        (("claims",), ("-f", "json")),
    ],
)
def test_a_piped_answer_loads_nothing_heavy(
    arguments: tuple[str, ...], form: tuple[str, ...], cache: str
) -> None:
    modules, _ = watched(*arguments, *form, XDG_CACHE_HOME=cache)

    filters = {"tinydb"} if arguments == ("claims",) else set()  # lists filter with its queries
    assert modules & HEAVY == filters


@pytest.mark.parametrize("arguments", [("--help",), ()])
def test_help_does_not_read_the_store(arguments: tuple[str, ...]) -> None:
    modules, files = watched(*arguments)

    assert modules & (HEAVY | {"sqlite3", "msgspec"}) == set()
    assert files == []


CARDS = [("city", "chicago"), ("county", "cook"), ("policy", "sb54"), ("term", "detainer")]


@pytest.mark.parametrize(
    "arguments", [*CARDS, ("compare", "la", "nyc"), ("timeline", "chicago"), ("--version",)]
)
def test_an_answer_by_the_kept_index_opens_no_file_of_the_store(
    arguments: tuple[str, ...], cache: str
) -> None:
    modules, files = watched(*arguments, XDG_CACHE_HOME=cache)
    assert files == []
    assert modules & HEAVY == set()


@pytest.mark.parametrize("word", ["chi", "the city of"])
def test_the_tab_key_opens_no_file_of_the_store(word: str, cache: str) -> None:
    asked = {
        "XDG_CACHE_HOME": cache,
        "_ICE_FACTS_COMPLETE": "complete_bash",
        "COMP_WORDS": f"ice-facts city {word}",
        "COMP_CWORD": "2",
    }

    modules, files = watched(**asked)

    assert files == []
    assert modules & (HEAVY - {"rich"}) == set()  # it forbids Rich by name


@pytest.mark.parametrize(
    ("arguments", "tables"),
    [
        (("term", "detainer"), {"terms", "policies", "jurisdictions", "sources"}),
        (("claim", "001-22"), {"claims", "stakeholders", "jurisdictions", "sources"}),
        (("city", "chicago"), set(TABLES) - {"terms"}),
        (("cities", "--state", "IL"), {"jurisdictions"}),
    ],
)
def test_without_a_kept_index_only_the_tables_of_the_answer_are_read(
    arguments: tuple[str, ...], tables: set[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    _, files = watched(*arguments, XDG_CACHE_HOME=str(tmp_path / "file"))

    assert {file.split("/")[0].removesuffix(".json") for file in files} == tables
