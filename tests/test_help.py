"""Help, version, the start text, and what wrong input is answered with."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ice_facts import __version__
from ice_facts.across.about import store_info
from ice_facts.cli import app as application
from ice_facts.cli.app import LazyGroup
from ice_facts.cli.commands import COMMANDS
from ice_facts.store import Store, bundled_data
from tests.bad_stores import GOOD
from tests.conftest import Run
from tests.terminals import on_terminal

EXAMPLES = [(name, example) for name, entry in COMMANDS.items() for example in entry.examples]
TEXTS = {"start": (), "help": ("--help",)}


class TestExamples:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_examples_of_itself(self, command: str) -> None:
        examples = COMMANDS[command].examples

        assert examples
        assert all(shlex.split(example)[0] == command for example in examples)

    @pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=[e for _, e in EXAMPLES])
    def test_every_example_is_answered(
        self,
        command: str,
        example: str,
        run: Run,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        # A folder as the examples take it: with a store, and a text to check.
        monkeypatch.chdir(tmp_path)
        (tmp_path / "data").symlink_to(GOOD)
        (tmp_path / "page.txt").write_text("Lori Lightfoot is mayor of Chicago.", "utf-8")

        asked = run(*shlex.split(example))

        told = asked.stderr.replace("data: no defects\n", "").splitlines()
        assert (asked.code, [line for line in told if " is taken as " not in line]) == (0, [])
        written = [p for p in tmp_path.iterdir() if p.name not in ("data", "page.txt")]
        assert asked.stdout or written or "data check" in example

    @pytest.mark.parametrize("text", TEXTS)
    def test_the_examples_of_the_first_texts_are_answered(self, text: str, run: Run) -> None:
        shown = run(*TEXTS[text])
        examples = re.findall(r"(?m)^ +ice-facts (\S.*?)(?:   .*)?$", shown.stdout)

        assert shown.code == 0
        assert len(examples) == 3
        for example in examples:
            asked = run(*shlex.split(re.split(r"  +", example)[0]))
            assert (asked.code, asked.stderr) == (0, "")


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_examples_come_before_options_and_every_option_is_on_one_line(
        self, command: str, run: Run
    ) -> None:
        shown = run(command, "--help")

        assert (shown.code, shown.stderr) == (0, "")
        assert run(command, "-h").stdout == shown.stdout
        assert shown.stdout.startswith(f"Usage: ice-facts {command} ")
        assert 0 < shown.stdout.index("Examples:\n    ice-facts") < shown.stdout.index("Options:")
        options = shown.stdout.partition("Options:\n")[2].partition("\n\n")[0]
        for line in options.splitlines():
            assert re.match(r"  (-\w, )?--\w[\w-]*.*  \S", line), line

    def test_the_list_names_every_command_with_a_summary_of_one_line(self, run: Run) -> None:
        shown = run("--help").stdout

        for name, entry in COMMANDS.items():
            assert re.search(rf"(?m)^  {name} +{re.escape(entry.summary)}$", shown)
            assert len(entry.summary) <= 80

    def test_ice_facts_alone_shows_a_short_start(self, run: Run) -> None:
        shown = run()

        assert (shown.code, shown.stderr) == (0, "")
        assert shown.stdout.count("\n") <= 8

    @pytest.mark.parametrize("words", ["--help", "--version", "city --help", "city", "citty x"])
    def test_help_and_errors_load_neither_rich_nor_yaml_nor_a_schema_library(
        self, words: str
    ) -> None:
        found = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "ice_facts", *words.split()],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        modules = re.findall(r"(?m)^import time:.*\| +(\S+)$", found.stderr)

        assert "ice_facts.cli.app" in modules
        engine = {"sqlite3"} if words != "--version" else set()  # it tells how new the data is
        assert not {"rich", "yaml", "pydantic", *engine} & set(modules)


class TestVersion:
    def test_the_first_line_is_the_program_and_the_second_the_data(self, run: Run) -> None:
        shown = run("--version")
        program, data = shown.stdout.splitlines()

        assert (shown.code, shown.stderr) == (0, "")
        assert program == f"ice-facts {__version__}"
        assert re.fullmatch(r"data \d{4}-\d\d-\d\d", data)
        assert run("-V").stdout == shown.stdout

    @pytest.mark.parametrize("root", [bundled_data(), GOOD], ids=["bundled", "good"])
    def test_the_date_is_the_newest_on_which_a_record_was_confirmed(self, root: Path) -> None:
        dates: set[str] = set()

        def collect(found: dict[str, Any]) -> dict[str, Any]:
            dates.add(found.get("confirmed") or "")
            return found

        for path in root.rglob("*.json"):
            json.loads(path.read_text(encoding="utf-8"), object_hook=collect)

        assert Store(root).version() == store_info(Store(root)).version == max(dates)

    def test_it_is_the_version_of_the_store_in_use(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ICE_FACTS_DATA", str(GOOD))

        assert run("--version").stdout == f"ice-facts {__version__}\ndata 2026-01-15\n"

    def test_a_store_that_cannot_be_read_is_told(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("ICE_FACTS_DATA", str(tmp_path / "none"))
        shown = run("--version")

        assert (shown.code, shown.stdout) == (3, f"ice-facts {__version__}\n")
        assert shown.stderr.startswith("ice-facts: ")


class TestWrongInput:
    CASES = (
        ("citty chicago", "no command 'citty'", "did you mean city"),
        ("CITY chicago", "no command 'CITY'", "did you mean city"),
        ("xyzzy", "no command 'xyzzy'", "ice-facts --help lists the commands"),
        ("--verson", "no such option: --verson", "did you mean --version?"),
        ("city chicago --formt json", "no such option: --formt", "or --format?"),
        ("city", "give the name of a city", "for example: ice-facts city chicago"),
        ("city chicago --width wide", "invalid value for '--width'", "ice-facts city --help"),
        ("city chicago --width 3", "invalid value for '--width'", "ice-facts city --help"),
        ("city chicago -f xml", "no format 'xml'", "formats: table, tsv, csv"),
        ("cities --as-of yesterday", "'yesterday' is not a date", "2018, 2018-07 or 2018-07-04"),
        ("cities --as-of 2018-13", "'2018-13' is not a date", "2018, 2018-07 or 2018-07-04"),
        ("cities --as-of 2018-02-30", "'2018-02-30' is not a date", "2018-07-04"),
        ("cities --as-of ''", "'' is not a date", "2018-07-04"),
        ("cities --state narnia", "'narnia' is not a state", "illinois, IL"),
        ("cities --rule detainers=forbids", "no stance 'forbids'", "prohibits, limits"),
        ("claims --status wrong", "no status 'wrong'", "supported, contradicted"),
        ("terms extra", "terms does not take 'extra' like that", "ice-facts terms --help"),
        ("chicago", "no command 'chicago'", "try: ice-facts city chicago"),
        ("dallas", "no command 'dallas'", "try: ice-facts city dallas"),
        ("cook county --as-of 2015", "no command 'cook'", "county 'cook county' --as-of 2015"),
        ("sb54", "no command 'sb54'", "try: ice-facts policy sb54"),
        ("chicago houston", "no command 'chicago'", "try: ice-facts show chicago houston"),
        ("sanctuary cities are illegal", "no command 'sanctuary'", "try: ice-facts check"),
        ("get chicago", "no command 'get'", "try: ice-facts show chicago"),
        ("help city", "no command 'help'", "ice-facts city --help"),
        ("list", "no command 'list'", "lists: cities, counties, states"),
        ("rules x", "rules does not take 'x' like that", "it takes: --on, --stance"),
        ("rules requires", "rules does not take 'requires'", "ice-facts rules --stance requires"),
        ("rules cook county", "rules does not take", "try: ice-facts rules --place 'cook county'"),
        ("policies sb54", "policies does not take 'sb54'", "try: ice-facts policy sb54"),
        ("states texas", "states does not take 'texas'", "try: ice-facts state texas"),
        ("city chicago --json", "no such option: --json", "-f json"),
        ("city chicago --csv", "no such option: --csv", "-f csv"),
        ("data nonsense", "no such command 'nonsense'", "ice-facts data --help"),
    )

    @pytest.mark.parametrize(("words", "says", "hint"), CASES)
    def test_it_is_told_with_what_is_possible_and_exits_2(
        self, words: str, says: str, hint: str, run: Run
    ) -> None:
        asked = run(*shlex.split(words))

        assert (asked.code, asked.stdout) == (2, "")
        assert asked.stderr.startswith(f"ice-facts: {says}")
        assert hint in asked.stderr
        assert len(asked.stderr.splitlines()) <= 3

    def test_on_a_terminal_it_breaks_between_words_and_before_a_command(self) -> None:
        for asked in (("compare", "chicago", "houston", "--on", "foo"), ("city", "kings county")):
            whole = on_terminal(*asked, columns=1000).text.split()
            for columns in (60, 80):
                shown = on_terminal(*asked, columns=columns)
                assert all(len(line) <= columns for line in shown.lines)
                assert shown.text.split() == whole
                assert not any(line.endswith((" ice-facts", " county")) for line in shown.lines)


class TestDefects:
    @pytest.fixture
    def broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(self: LazyGroup, ctx: object) -> None:
            raise ZeroDivisionError("of \x1b[31ma test")

        monkeypatch.setattr(LazyGroup, "invoke", fails)

    @pytest.mark.usefixtures("broken")
    def test_a_defect_of_the_program_is_a_message_and_an_exit_code_of_its_own(
        self, run: Run
    ) -> None:
        asked = run("cities")

        assert (asked.code, asked.stdout) == (application.DEFECT, "")
        message, hint = asked.stderr.splitlines()
        assert message == "ice-facts: a defect of ice-facts: ZeroDivisionError: of  [31ma test"
        assert "ICE_FACTS_DEBUG=1" in hint

    @pytest.mark.usefixtures("broken")
    def test_the_traceback_is_there_for_those_who_ask(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ICE_FACTS_DEBUG", "1")
        asked = run("cities")

        assert asked.code == application.DEFECT
        assert asked.stderr.startswith("Traceback (most recent call last):")
