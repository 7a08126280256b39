"""The library: typed records and the answers of the commands, in a program."""

from __future__ import annotations

import doctest
import gc
import json
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import msgspec
import pytest

import ice_facts
from ice_facts import NotFoundError, StoreError, UsageError, asdict, open_store
from tests.bad_stores import GOOD
from tests.conftest import AS_OF, Run

README = Path(__file__).parent.parent / "README.md"


def plain(value: object) -> object:
    return json.loads(msgspec.json.encode(value))


def test_the_examples_of_the_docstrings_are_true() -> None:
    from ice_facts import library

    found = doctest.testmod(library)

    assert found.attempted > 15
    assert found.failed == 0


def test_the_readme_s_examples_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2

    for block in blocks:
        if "pandas" in block:
            pytest.importorskip("pandas", reason="pandas is not installed: its example is not run")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", block], capture_output=True, text=True, timeout=60
        )
        wanted = re.findall(r"^# (.*)$", block, re.MULTILINE)
        assert done.stderr == ""
        assert done.stdout.splitlines()[: len(wanted)] == wanted


@pytest.mark.parametrize("heavy", ["typer", "click", "rich", "tinydb", "yaml", "pandas"])
def test_it_does_without_a_terminal_s_libraries(heavy: str) -> None:
    code = (
        "import sys; from ice_facts import open_store, asdict\n"
        "with open_store() as s:\n"
        "    s.rules_in_force('chicago'); s.compare('chicago', 'houston'); s.card('sb54')\n"
        "    s.check('Lori Lightfoot is mayor of Chicago'); s.search('warrant')\n"
        f"sys.exit({heavy!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_an_import_alone_reads_nothing() -> None:
    code = "import sys, ice_facts; print([m for m in sys.modules if m.startswith('ice_facts.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n"


def test_its_names_are_the_ones_that_are_promised() -> None:
    assert all(getattr(ice_facts, name) is not None for name in ice_facts.__all__)
    with pytest.raises(AttributeError):
        _ = ice_facts.nothing


@pytest.mark.parametrize("on", ["2015-06-01", AS_OF])
@pytest.mark.parametrize("name", ["chicago", "houston", "cook-county-il", "texas"])
def test_rules_in_force_are_those_of_the_card(name: str, on: str, run: Run) -> None:
    card = run("show", name, "--as-of", on, "-f", "json").json()

    with open_store() as store:
        assert plain(store.rules_in_force(name, on=on)) == card["rules"]
        assert plain(store.rules_in_force(store.place(name), on=on)) == card["rules"]
        assert plain(store.card(name, on=on)) == card


def test_answers_are_those_of_the_commands(run: Run) -> None:
    sentence = "Lori Lightfoot is mayor of Chicago"
    dated = ("--as-of", AS_OF, "-f", "json")
    with open_store() as store:
        compared = store.compare("chicago", "houston", on=AS_OF, rows=["detainers"])
        checked = store.check(sentence, on=AS_OF)
        hits = store.search("judicial warrant", tables=["terms"], limit=5)

    wanted = run("compare", "chicago", "houston", "--on", "detainers", *dated).json()
    assert plain(compared) == wanted
    assert [plain(hit) for n in checked for hit in n.hits] == run("check", sentence, *dated).json()
    found = run("search", "judicial warrant", "--in", "terms", "-n", "5", "-f", "json").json()
    assert plain(hits) == found


def test_plain_dictionaries_are_the_records_of_the_files() -> None:
    with open_store(GOOD) as store:
        found = {term["id"]: term for term in map(asdict, store.records("terms"))}
        rule = asdict(store.rules_in_force("exampleton", on=AS_OF)[0])

    assert found["detainer"]["term"]
    assert "from" in rule
    assert json.loads(json.dumps(rule)) == rule


def test_what_cannot_be_answered_is_an_error_with_hints(tmp_path: Path) -> None:
    with open_store() as store:
        with pytest.raises(NotFoundError) as missing:
            store.place("chicgo", level="city")
        assert any("chicago" in hint for hint in missing.value.hints)
        assert store.search("xyzzyplugh") == ()
        with pytest.raises(UsageError):
            store.rules_in_force("chicago", on="yesterday")
        with pytest.raises(UsageError):
            store.records("laws")
        with pytest.raises(UsageError):
            store.place("chicago", level="town")
    with pytest.raises(StoreError):
        open_store(tmp_path / "nothing").place("chicago")
    with pytest.raises(StoreError):
        open_store(overlays=[tmp_path / "nothing"])


def test_connections_are_closed() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with open_store() as store:
            store.place("chicago")
            kept = store._store._kept
        assert kept is not None
        with pytest.raises(Exception, match="closed"):
            kept[1].text("jurisdictions", "chicago")
        assert store.place("chicago").id == "chicago"  # opened again
        store.close()
        store.close()
        gc.collect()


def test_threads_share_a_store() -> None:
    found: list[str] = []
    with open_store() as store:
        store.place("chicago")
        kept = store._store._kept

        def ask(name: str) -> None:
            found.append(store.place(name).id)

        names = ["houston", "denver", "boston", "seattle"]
        threads = [threading.Thread(target=ask, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert kept is not None
        assert kept[0].path is not None
        assert kept[0].path.exists(), "a question from another thread is no damage"
    assert sorted(found) == sorted(names)
