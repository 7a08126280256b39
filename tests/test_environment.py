"""Pipes, files and the environment: what an answer is written to, and how."""

from __future__ import annotations

import os
import re
import resource
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ice_facts.render import FORMATS
from tests.bad_stores import GOOD
from tests.conftest import Run
from tests.probes import question
from tests.terminals import on_terminal

ESCAPE = "\x1b"
TERM_CARD = ("term", "detainer", "--data", str(GOOD), "--as-of", "2026-11-27")
CITY_CARD = tuple(question("city"))


class TestColour:
    CASES: tuple[tuple[tuple[str, ...], dict[str, str], bool, bool], ...] = (
        # options, environment, whether a terminal and whether a pipe gets colour
        ((), {}, True, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False, False),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ((), {"NO_COLOR": ""}, True, False),
        ((), {"FORCE_COLOR": "1"}, True, True),
        ((), {"FORCE_COLOR": "0"}, True, False),
        ((), {"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True, True),
        ((), {"CLICOLOR": "0"}, False, False),
        ((), {"TERM": "dumb"}, False, False),
        ((), {"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
    )

    @pytest.mark.parametrize(("options", "env", "terminal", "pipe"), CASES)
    def test_option_then_variables_then_terminal_decide(
        self,
        options: tuple[str, ...],
        env: dict[str, str],
        terminal: bool,
        pipe: bool,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        shown = on_terminal(*TERM_CARD, *options, env=env)
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        piped = run(*TERM_CARD, "-f", "table", *options)

        assert (shown.code, piped.code) == (0, 0)
        assert (ESCAPE in shown.text) == terminal
        assert (ESCAPE in piped.stdout) == pipe

    @pytest.mark.parametrize("form", [f for f in FORMATS if f != "table"])
    def test_data_formats_ignore_every_wish_for_colour(
        self, form: str, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("CLICOLOR_FORCE", "1")

        assert ESCAPE not in run(*CITY_CARD, "-f", form, "--color", "always").stdout

    def test_a_wrong_mode_lists_the_modes(self, run: Run) -> None:
        asked = run(*TERM_CARD, "--color", "maybe")

        assert asked.code == 2
        assert "modes: auto, always, never" in asked.stderr


class TestEncoding:
    def test_a_pipe_gets_utf8_under_any_locale(self, process: Run) -> None:
        for locale in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}):
            env = {**locale, "PYTHONCOERCECLOCALE": "0"}
            found = process(*CITY_CARD, "-f", "table", env=env)
            assert found.code == 0
            assert "■ prohibits 2020" in found.stdout

    @pytest.mark.parametrize(
        "locale",
        [
            {"LC_ALL": "C"},
            {"LANG": "C"},
            {"LANG": ""},
            {"LANG": "en_US.ISO-8859-1"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        ],
    )
    def test_a_terminal_without_utf8_gets_ascii(self, locale: dict[str, str]) -> None:
        shown = on_terminal(*CITY_CARD, env=locale)

        assert shown.code == 0
        assert shown.text.isascii()
        assert "# prohibits 2020" in shown.text

    @pytest.mark.parametrize("locale", [{"LC_CTYPE": "C.UTF-8", "LANG": ""}, {"LANG": "C.utf8"}])
    def test_a_terminal_with_utf8_gets_symbols(self, locale: dict[str, str]) -> None:
        assert "■ prohibits 2020" in on_terminal(*CITY_CARD, env=locale).text

    def test_ascii_can_be_asked_for(self, run: Run) -> None:
        for form in ("table", "markdown", "html"):
            assert run(*CITY_CARD, "-f", form, "--ascii").stdout.isascii()

    def test_an_error_shows_no_control_character(self, run: Run) -> None:
        for words in (
            ("city", "\x1b[31mx\x9b\u202e"),
            ("\x1b]0;x\x07",),
            ("city", "--\x1b[31m"),
            ("cities", "--as-of", "\x1b[31m"),
            (*TERM_CARD, "-f", "\x1b"),
            (*TERM_CARD, "-o", "/no/\x1b[31m/folder.json"),
            ("term", "x", "--data", "/no/\x1b[31m"),
        ):
            asked = run(*words)
            assert asked.code in (1, 2, 3)
            assert asked.stderr.replace("\n", "").isprintable()


class TestTerminalOrPipe:
    def test_a_terminal_gets_a_card_and_a_pipe_gets_lines(self, process: Run) -> None:
        assert on_terminal(*TERM_CARD).lines[0].startswith("\x1b[1mDetainer")
        assert process(*TERM_CARD).stdout.startswith("subject\tsection\t")

    def test_width_is_the_option_then_columns_then_the_terminal(self) -> None:
        def widest(*options: str, columns: str = "") -> int:
            env = {"COLUMNS": columns}
            shown = on_terminal(*CITY_CARD, "--color", "never", *options, env=env)
            return max(map(len, shown.lines))

        assert 80 < widest() <= 100
        assert 60 < widest(columns="72") <= 72
        assert 50 < widest("--width", "60", columns="72") <= 60
        assert 80 < widest(columns="nonsense") <= 100

    @pytest.mark.parametrize("columns", ["0", "-5", "1", "99999999999999999999", "²", "8 0"])
    def test_no_value_of_columns_breaks_it(
        self, columns: str, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", columns)

        assert run(*CITY_CARD, "-f", "table").code == 0

    def test_links_only_where_a_terminal_takes_them_and_the_address_in_words(self) -> None:
        source = ("city", "exampleton", "--data", str(GOOD), "--section", "rules")
        for env, linked in (
            ({"TERM": "xterm-kitty"}, True),
            ({"VTE_VERSION": "7200"}, True),
            ({"VTE_VERSION": "7200", "TERM": "screen-256color"}, False),
            ({"VTE_VERSION": "7200", "NO_COLOR": "1"}, False),
            ({}, False),
        ):
            text = on_terminal(*source, env=env).text
            words = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", text)
            assert (words != text) == linked, env
            assert "https://example.org/code" in words

    def test_a_mark_leads_to_its_source(self) -> None:
        text = on_terminal(*CITY_CARD, env={"VTE_VERSION": "7200"}).text
        marks = re.findall(r"\x1b\]8;id=\d+;([^\x1b]*)\x1b\\\x1b\[2m\[(\d+)\]", text)

        assert ("https://example.org/code", "1") in marks
        assert "\x1b]8" not in on_terminal(*CITY_CARD).text

    def test_a_reader_that_goes_away_ends_it_quietly(self) -> None:
        asked = f"{shlex.quote(sys.executable)} -m ice_facts sources -f json | head -1"
        found = subprocess.run(
            ["sh", "-c", asked], capture_output=True, timeout=60, check=False, text=True
        )

        assert (found.stdout, found.stderr) == ("[\n", "")

    def test_ctrl_c_ends_it_with_130_and_no_traceback(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "ice_facts", "check", "-", "--data", str(GOOD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A shell without job control starts background jobs with the signal ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        ) as process:
            time.sleep(0.8)  # it reads from stdin now
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)

        assert process.returncode == 130
        assert (out, err) == (b"", b"")


class TestPager:
    def pager(self, folder: Path, name: str) -> str:
        """Make a pager that writes its name before what it shows."""
        path = folder / name
        path.write_text(f"#!/bin/sh\necho {name} $LESS; cat\n", encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def test_it_shows_what_is_longer_than_the_window(self, tmp_path: Path) -> None:
        env = {"ICE_FACTS_PAGER": self.pager(tmp_path, "own"), "PAGER": "false"}
        long = ("city", "chicago", "--full")

        assert on_terminal(*long, env=env).lines[0] == "own FIRX"
        assert on_terminal(*long, "-f", "json", env=env).lines[0] == "own FIRX"
        assert on_terminal(*TERM_CARD, "--pager", env=env).lines[0] == "own FIRX"
        for line, more in (
            (TERM_CARD, {}),
            ((*long, "--no-pager"), {}),
            (long, {"TERM": "dumb"}),
            (long, {"ICE_FACTS_PAGER": "cat"}),
        ):
            assert on_terminal(*line, env={**env, **more}).lines[0] != "own FIRX", (line, more)

    def test_a_file_is_never_paged(self, tmp_path: Path) -> None:
        env = {"PAGER": self.pager(tmp_path, "common")}
        file = str(tmp_path / "card.txt")

        assert on_terminal("city", "chicago", "--full", "-o", file, env=env).text == ""

    def test_the_own_variable_wins_over_the_common_one(self, tmp_path: Path) -> None:
        own, common = (self.pager(tmp_path, name) for name in ("own", "common"))

        both = on_terminal(*TERM_CARD, "--pager", env={"ICE_FACTS_PAGER": own, "PAGER": common})
        one = on_terminal(*TERM_CARD, "--pager", env={"PAGER": common, "LESS": "R"})

        assert both.lines[0] == "own FIRX"
        assert one.lines[0] == "common R"

    @pytest.mark.parametrize("pager", ["/no/such/pager", "'", "cat", "true"])
    def test_whatever_the_pager_does_the_program_ends_well(self, pager: str) -> None:
        shown = on_terminal(*TERM_CARD, "--pager", env={"PAGER": pager})

        assert shown.code == 0
        assert ("Detainer" in shown.text) == (pager != "true")

    def test_a_pipe_is_never_paged(self, process: Run, tmp_path: Path) -> None:
        env = {"PAGER": self.pager(tmp_path, "common")}

        assert process(*TERM_CARD, "--pager", env=env).stdout.startswith("subject\t")


class TestWriting:
    OLD = "the old file\n"

    @pytest.fixture
    def target(self, tmp_path: Path) -> Path:
        path = tmp_path / "city.html"
        path.write_text(self.OLD, encoding="utf-8")
        return path

    def test_a_file_keeps_its_mode_and_a_link_its_place(self, target: Path, run: Run) -> None:
        target.chmod(0o640)
        link = target.with_name("link.html")
        link.symlink_to(target.name)

        assert run(*CITY_CARD, "-o", str(link)).code == 0

        assert link.is_symlink()
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert target.read_text(encoding="utf-8") != self.OLD

    def test_a_new_file_has_the_mode_of_the_umask(self, run: Run, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            run(*CITY_CARD, "-o", str(tmp_path / "new.json"))
        finally:
            os.umask(before)

        assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o640

    def test_a_full_disk_leaves_the_old_file_whole(self, target: Path) -> None:
        # No file may grow over a kilobyte: writing fails as on a full disk.
        def limited() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

        found = subprocess.run(
            [sys.executable, "-B", "-m", "ice_facts", *CITY_CARD, "-o", str(target)],
            capture_output=True,
            preexec_fn=limited,
            text=True,
            timeout=60,
            check=False,
        )

        assert found.returncode == 2
        assert found.stderr == f"ice-facts: cannot write '{target}': File too large\n"
        assert target.read_text(encoding="utf-8") == self.OLD
        assert [path.name for path in target.parent.iterdir()] == [target.name]

    @pytest.mark.parametrize(
        ("place", "reason"),
        [
            ("/dev/full", "No space left on device"),
            ("no/such/folder/x.json", "No such file or directory"),
            ("city.html/x.json", "Not a directory"),
            (".", "Is a directory"),
            ("x" * 300 + ".json", "File name too long"),
        ],
    )
    def test_what_cannot_be_written_is_told_with_the_reason(
        self, place: str, reason: str, target: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(target.parent)
        asked = run(*CITY_CARD, "-f", "json", "-o", place)

        assert (asked.code, asked.stdout) == (2, "")
        assert asked.stderr == f"ice-facts: cannot write {place!r}: {reason}\n"
        assert target.read_text(encoding="utf-8") == self.OLD

    def test_a_device_stays_a_device(self, run: Run) -> None:
        assert run(*CITY_CARD, "-f", "json", "-o", os.devnull).code == 0
        assert Path(os.devnull).is_char_device()

    def test_a_wrong_question_touches_no_file(self, target: Path, run: Run) -> None:
        assert run("city", "nowhere", "--data", str(GOOD), "-o", str(target)).code == 1
        assert target.read_text(encoding="utf-8") == self.OLD

    @pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
    @pytest.mark.parametrize("words", ["city chicago", "sources -f json", "--help", "--version"])
    def test_a_standard_output_that_takes_nothing_is_told(
        self, words: str, redirection: str
    ) -> None:
        found = subprocess.run(
            ["sh", "-c", f"{shlex.quote(sys.executable)} -m ice_facts {words} {redirection}"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

        if redirection == ">&-" and words.startswith("--"):
            pytest.skip("nothing is lost that a program could need")
        assert found.returncode == 2
        assert found.stderr.startswith("ice-facts: cannot write")
        assert found.stderr.count("\n") == 1


class TestManyAtOnce:
    def test_readers_of_a_store_that_is_exchanged_see_one_of_the_two(self, tmp_path: Path) -> None:
        stores = []
        for number in range(2):
            store = tmp_path / f"v{number}"
            subprocess.run(["cp", "-r", str(GOOD), str(store)], check=True)
            places = store / "jurisdictions" / "ex.json"
            text = places.read_text(encoding="utf-8").replace("Bo Lund", f"Mayor {number}")
            places.write_text(text, encoding="utf-8")
            stores.append(store)
        link = tmp_path / "now"
        link.symlink_to(stores[0])
        readers = [
            subprocess.Popen(
                [sys.executable, "-m", "ice_facts", *question("city", store=str(link))],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(8)
        ]
        turn = 0
        while any(reader.poll() is None for reader in readers):
            turn += 1
            new = tmp_path / "new"
            new.symlink_to(stores[turn % 2])
            new.replace(link)
        answers = {reader.communicate() for reader in readers}

        assert all(reader.returncode == 0 for reader in readers)
        assert {err for _, err in answers} == {""}
        seen = {word for out, _ in answers for word in ("Mayor 0", "Mayor 1") if word in out}
        assert seen <= {"Mayor 0", "Mayor 1"} and seen
        assert all(("Mayor 0" in out) != ("Mayor 1" in out) for out, _ in answers)
