"""The Tab key: names and words of the vocabularies, quick and silent, in four shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from ice_facts.cli.commands import COMMANDS
from ice_facts.model import CheckStatus, PolicyStatus
from tests.bad_stores import GOOD
from tests.conftest import Run

PROGRAM = [sys.executable, "-c", "from ice_facts.cli import main; main()"]


def press(line: str, shell: str = "fish", **env: str) -> subprocess.CompletedProcess[str]:
    """Ask for what completes a line, as the script of a shell does."""
    words = line.split(" ")
    asked = {
        "bash": {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        },
    }[shell]
    return subprocess.run(
        PROGRAM,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "_ICE_FACTS_COMPLETE": f"complete_{shell}", **asked, **env},
    )


def values(line: str, **env: str) -> dict[str, str]:
    """Return the values that complete a line, with their descriptions."""
    done = press(line, **env)
    assert done.stderr == ""
    pairs = (entry.partition("\t") for entry in done.stdout.splitlines() if entry)
    return {value: description for value, _, description in pairs}


def test_commands_with_their_summaries() -> None:
    found = values("ice-facts ")
    assert found == {name: command.summary for name, command in COMMANDS.items()}
    assert set(values("ice-facts ci")) == {"city", "cities", "cite"}


def test_names_with_a_short_description() -> None:
    assert values("ice-facts city chica") == {"chicago": "Chicago · city, IL"}
    assert "San José" in values("ice-facts city san-j")["san-jose"]
    assert values("ice-facts county cook-") == {"cook-county-il": "Cook County · county, IL"}
    assert all(len(text) <= 60 for text in values("ice-facts policy ca-").values())
    # What was typed stays: a shell keeps only what begins so.
    assert set(values("ice-facts county doñ")) == {"doña-ana-county-nm"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("ice-facts policy ca-sb-5", "ca-sb-54"),
        ("ice-facts stakeholder karen", "karen-bass"),
        ("ice-facts topic commun", "community-trust"),
        ("ice-facts term judi", "judicial-warrant"),
        ("ice-facts claim 001-2", "001-22"),
        ("ice-facts source chicago-mcc", "chicago-mcc-2-173-020"),
        ("ice-facts show karen", "karen-bass"),
        ("ice-facts cite chicago-welcoming", "chicago-welcoming-city-ordinance"),
        ("ice-facts compare chicago los-ang", "los-angeles"),
        ("ice-facts claims --about karen", "karen-bass"),
        ("ice-facts claims --topic commun", "community-trust"),
        ("ice-facts policies --of cook", "cook-county-il"),
        ("ice-facts search x --place chic", "chicago"),
        ("ice-facts city ny", "nyc"),
        ("ice-facts city NY", "NYC"),
        ("ice-facts city Chica", "Chicago"),
        ("ice-facts policy sb5", "sb54"),
        ("ice-facts policies --status in", "in-force"),
        ("ice-facts states --rule 287g=p", "287g=prohibits"),
        ("ice-facts search x --in policies,cl", "policies,claims"),
        ("ice-facts cite x --style b", "bibtex"),
        ("ice-facts city x --format j", "jsonl"),
        ("ice-facts city x -f y", "yaml"),
        ("ice-facts cities --state I", "IL"),
        ("ice-facts map ", "agreements"),
        ("ice-facts map rule=de", "rule=detainers"),
        ("ice-facts map listed=", "listed=doj"),
        ("ice-facts chart ", "removals"),
        ("ice-facts chart agreements --by m", "month"),
        ("ice-facts agreements --by ", "state"),
        ("ice-facts states --rule detainers=req", "detainers=requires"),
        ("ice-facts compare illinois texas --on may", "mayor"),
        ("ice-facts claims --article ", "001"),
        ("ice-facts export x --only ru", "rules"),
        ("ice-facts data schema pol", "policies"),
        ("ice-facts sources --kind court", "court-opinion"),
        ("ice-facts city --as", "--as-of"),
        ("ice-facts city chicago --section pos", "positions"),
        ("ice-facts topic community-trust -s claims,po", "claims,positions"),
    ],
)
def test_values(line: str, value: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # In this process, with the words of a shell but without what keeps it silent.
    monkeypatch.setenv("_ICE_FACTS_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    done = run()
    assert done.stderr == ""
    assert value in [entry.partition("\t")[0] for entry in done.stdout.splitlines()]


def test_each_command_has_its_own_words() -> None:
    assert set(values("ice-facts claims --status ")) == set(get_args(CheckStatus))
    policies = {word.replace(" ", "-") for word in get_args(PolicyStatus)}
    assert set(values("ice-facts policies --status ")) == policies


def test_sections_are_those_of_the_cards_on_the_line() -> None:
    chicago = set(values("ice-facts city chicago --section "))
    assert {"rules", "agreements", "sources"} <= chicago
    assert set(values("ice-facts term detainer --section ")) == {"policies", "sources"}
    assert values("ice-facts city --section ") == {}


def test_a_city_is_no_county() -> None:
    assert "cook-county-il" not in values("ice-facts city cook")
    assert "denver" in values("ice-facts county denv")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_gets_its_form(shell: str) -> None:
    done = press("ice-facts city chica", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout.strip()
        == {
            "bash": "chicago",
            "zsh": """_arguments '*: :(("chicago":"Chicago · city, IL"))'""",
            "fish": "chicago\tChicago · city, IL",
            "powershell": "chicago:::Chicago · city, IL",
        }[shell]
    )


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("ice-facts states --rule detainers = req", ["requires"]),
        ("ice-facts map rule =", ["detainers", "detention-contract"]),
        ("ice-facts map rule = detainers", ["detainers"]),
        ("ice-facts city chica", ["chicago"]),
    ],
)
def test_bash_divides_at_the_equals_sign(line: str, values: list[str]) -> None:
    # What stands before the sign is a word of its own, which bash keeps on the line.
    done = press(line, "bash")
    assert (done.returncode, done.stderr) == (0, "")
    assert set(values) <= set(done.stdout.split())
    assert "=" not in done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "ice-facts nonsense x",
        "ice-facts city zzzz",
        "ice-facts search deta",
        "ice-facts city --data /nowhere chic",
        "ice-facts city \x1b[31m",
        "ice-facts city " + "x" * 5000,
        "ice-facts 🚨 ",
    ],
)
def test_errors_are_silent(line: str) -> None:
    done = press(line)
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize("line", ["ice-facts city --width x chica", 'ice-facts city "chica'])
def test_an_unfinished_line_is_completed(line: str) -> None:
    assert values(line) == {"chicago": "Chicago · city, IL"}


def test_a_broken_store_is_silent(tmp_path: Path) -> None:
    root = Path(shutil.copytree(GOOD, tmp_path / "store"))
    for path in root.rglob("*.json"):
        path.write_text("{", encoding="utf-8")
    done = press("ice-facts city ex", ICE_FACTS_DATA=str(root))
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_another_store_has_other_names() -> None:
    assert "exampleton" in values("ice-facts city ex", ICE_FACTS_DATA=str(GOOD))
    assert "exampleton" in values(f"ice-facts city --data {GOOD} ex")


def test_no_description_is_taken_for_anything_else(tmp_path: Path) -> None:
    root = Path(shutil.copytree(GOOD, tmp_path / "store"))
    for path in root.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(
                '"name": "Exampleton"', '"name": "A[red]\'); touch x; $(echo) `y` \\\\ :::"'
            ),
            encoding="utf-8",
        )
    found = values("ice-facts city ex", ICE_FACTS_DATA=str(root))
    assert not set("[]'\"`$()\\:<>|") & set(found["exampleton"])


@pytest.mark.parametrize("line", ["ice-facts ci", "ice-facts city chic", "ice-facts term de"])
def test_a_press_loads_little(line: str) -> None:
    done = subprocess.run(
        [PROGRAM[0], "-X", "importtime", *PROGRAM[1:]],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={
            **os.environ,
            "_ICE_FACTS_COMPLETE": "complete_fish",
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
    )
    assert done.stdout
    loaded = {row.rpartition("|")[2].strip() for row in done.stderr.splitlines()}
    assert "ice_facts.cli.app" in loaded
    assert not {"rich", "rich.console", "yaml", "pydantic"} & loaded
    if line == "ice-facts ci":
        assert not {"ice_facts.store", "tinydb", "msgspec"} & loaded


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_runs_the_script(tmp_path: Path) -> None:
    program = tmp_path / "ice-facts"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m ice_facts "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    script = subprocess.run(
        [str(program), "--show-completion", "bash"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**env, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
    ).stdout
    ask = (
        "COMP_WORDS=(ice-facts city chica); COMP_CWORD=2; _ice_facts_completion ice-facts;"
        ' echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", f"{script}\n{ask}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=env,
    )
    assert done.stdout == "chicago\n"
