"""Writing whole or telling so, names as they are, quiet interrupts: what attacks had found."""

from __future__ import annotations

import os
import resource
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ice_facts.across.cite import CitedSource
from ice_facts.ask import Reply
from ice_facts.cli import target
from ice_facts.errors import OutputError
from ice_facts.render.citations import render_citations
from tests.bad_stores import GOOD
from tests.conftest import Run
from tests.probes import question

COMMAND = [sys.executable, "-m", "ice_facts"]
CARD = [*COMMAND, "claims", "-f", "json"]


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_block_gets_everything(unbuffered: str) -> None:
    wanted = subprocess.run(CARD, capture_output=True, check=True, timeout=60).stdout
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    started = subprocess.Popen(
        CARD,
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    _wait(lambda: not select.select([], [writer], [], 0)[1], 30)  # the pipe is full then
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        found = file.read()
    _, error = started.communicate(timeout=60)
    assert (started.returncode, error) == (0, b"")
    assert found == wanted


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments", [("claims", "-f", "json"), ("data", "schema"), ("--help",)], ids=lambda a: a[0]
)
def test_what_does_not_fit_is_told(
    arguments: tuple[str, ...], unbuffered: str, tmp_path: Path
) -> None:
    """A limit on the size of files stands for a disk that is full."""
    (tmp_path / "out").touch()

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [*COMMAND, *arguments],
            stdout=out,
            stderr=subprocess.PIPE,
            preexec_fn=limit,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered, "XDG_CACHE_HOME": str(tmp_path)},
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"ice-facts: cannot write")


@pytest.mark.parametrize("arguments", [("--help",), ("city", "--help"), ("--version",), ("terms",)])
def test_a_closed_output_is_told(arguments: tuple[str, ...]) -> None:
    line = " ".join(("exec", *COMMAND, *arguments, ">&-"))
    done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"standard output is closed" in done.stderr


def test_from_a_folder_that_is_gone(tmp_path: Path) -> None:
    for option in ("--data", "--overlay"):
        gone = tmp_path / "gone"
        gone.mkdir()
        line = f'cd "{gone}" && rmdir "{gone}" && exec "$0" -m ice_facts city chicago {option} d'
        root = str(Path(__file__).parent.parent)
        done = subprocess.run(
            ["bash", "-c", line, sys.executable],
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, "PYTHONPATH": root},
        )
        assert (done.returncode, done.stdout) == (3, b"")
        assert done.stderr.startswith(b"ice-facts: d: the current folder is not there")


def test_without_memory_for_a_picture_there_is_one_error(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ice_facts.render.picture import png

    monkeypatch.setattr(png, "MOST_MEMORY", 1 << 62)
    found = run("map", "agreements", "-o", str(tmp_path / "x.png"))
    assert (found.code, list(tmp_path.iterdir())) == (2, [])
    assert found.stderr.splitlines()[0] == "ice-facts: there is not enough memory for the picture"


class TestFiles:
    """``-o`` does to a file that is there what a shell's ``>`` would do."""

    def test_other_names_of_a_file_see_the_answer(self, tmp_path: Path, run: Run) -> None:
        one, other = tmp_path / "one.tsv", tmp_path / "other.tsv"
        one.write_text("x" * 100_000)
        other.hardlink_to(one)
        assert run("terms", "-o", str(one), "--data", str(GOOD)).code == 0
        assert one.samefile(other)
        assert other.read_text() == run("terms", "-f", "tsv", "--data", str(GOOD)).stdout

    def test_a_file_that_is_read_only_stays(
        self, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "x.tsv"
        file.write_text("mine")
        file.chmod(0o444)
        true = os.access
        # For root everything can be written to, so the answer of the system is stood in for.
        monkeypatch.setattr(
            os,
            "access",
            lambda path, mode: (
                bool(file.stat().st_mode & stat.S_IWUSR)
                if mode == os.W_OK and Path(path) == file
                else true(path, mode)
            ),
        )
        found = run("terms", "-o", str(file), "--data", str(GOOD))
        assert (found.code, file.read_text()) == (2, "mine")
        assert "Permission denied" in found.stderr

    def test_pictures_are_not_begun_where_one_of_them_cannot_be_written(
        self, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        second = tmp_path / "x-2.svg"
        second.write_text("mine")
        true = os.access
        monkeypatch.setattr(
            os, "access", lambda path, mode: Path(path) != second and true(path, mode)
        )
        found = run(*question("city"), "-o", str(tmp_path / "x.svg"))
        assert (found.code, second.read_text()) == (2, "mine")
        assert "x-2.svg" in found.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["x-2.svg"]
        nowhere = tmp_path / "missing" / "x.svg"
        assert run(*question("city"), "-o", str(nowhere)).code == 2

    def test_a_file_in_a_folder_that_cannot_be_written_to_is_written_in_place(
        self, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "x.tsv"
        file.write_text("old" * 100_000)
        before = file.stat().st_ino
        true = os.access
        monkeypatch.setattr(
            os, "access", lambda path, mode: Path(path) != tmp_path and true(path, mode)
        )
        assert run("terms", "-o", str(file), "--data", str(GOOD)).code == 0
        assert file.stat().st_ino == before
        assert file.read_text() == run("terms", "-f", "tsv", "--data", str(GOOD)).stdout

    def test_where_there_is_no_room_the_old_file_stays(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "x"
        file.write_text("mine")
        (tmp_path / "y").hardlink_to(file)

        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "posix_fallocate", full)
        with pytest.raises(OutputError, match="No space left"):
            target.write_file(file, b"longer than it was")
        assert file.read_text() == "mine"


class TestBom:
    @pytest.mark.parametrize("form", ["csv", "tsv"])
    def test_it_begins_the_answer(self, form: str, tmp_path: Path, process: Run) -> None:
        plain = process("terms", "-f", form, "--data", str(GOOD)).stdout
        assert process("terms", "-f", form, "--bom", "--data", str(GOOD)).stdout == "\ufeff" + plain
        process("terms", "-o", str(tmp_path / f"x.{form}"), "--bom", "--data", str(GOOD))
        assert (tmp_path / f"x.{form}").read_bytes() == b"\xef\xbb\xbf" + plain.encode()

    @pytest.mark.parametrize("form", ["json", "html", "table"])
    def test_elsewhere_it_would_be_wrong(self, form: str, run: Run) -> None:
        found = run("terms", "-f", form, "--bom", "--data", str(GOOD))
        assert (found.code, found.stdout) == (2, "")


@pytest.mark.parametrize("style", ["text", "bibtex", "ris", "csl"])
def test_citations_in_ascii(style: str, run: Run) -> None:
    plain = run("cite", "chicago", "sb54", "--style", style).stdout
    found = run("cite", "chicago", "sb54", "--style", style, "--ascii").stdout
    assert found.isascii()
    assert found.count("\n") == plain.count("\n")


def test_a_hostile_id_does_not_reach_the_key_of_an_entry() -> None:
    hostile = CitedSource(
        id="x},\n@evil{y, z={",
        title="T",
        publisher="P",
        kind="news",
        url=None,
        published=None,
        read=None,
        locators=(),
        facts=(),
    )
    made = render_citations(Reply([hostile], lambda *_: []), "bibtex")
    assert made.startswith("@article{x-evil-y-z-,\n")
    assert made.count("@") == 1


def test_a_path_that_is_no_utf_8_is_shown_by_its_bytes(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "city", "chicago", "--data", os.fsencode(tmp_path) + b"/\xffx"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert rb"/\xffx is not a folder" in done.stderr


@pytest.mark.parametrize("times", [1, 3])
def test_an_interrupt_is_quiet_at_any_time(times: int) -> None:
    seen = set()
    for n in range(12):
        started = subprocess.Popen(
            [*COMMAND, "search", "chicago", "--limit", "500"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        # What the interpreter does before it comes to the program is not the program's: a module
        # that the program loads first tells that it has begun.
        _wait(lambda s=started: b"msgspec" in _maps(s.pid) or s.poll() is not None, 5)  # type: ignore[misc]
        time.sleep(0.01 * n)
        for _ in range(times):
            started.send_signal(signal.SIGINT)
            time.sleep(0.002)
        _, error = started.communicate(timeout=60)
        seen.add(started.returncode)
        assert started.returncode in (0, 130)
        assert b"Traceback" not in error
    assert seen


_IN_A_CALLBACK = """
import os, signal, time, weakref
from ice_facts import cli
class Thing: pass
def callback(_):
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000): pass
def run():
    try:
        thing = Thing()
        held = weakref.ref(thing, callback)
        del thing
        time.sleep(20)
    except KeyboardInterrupt:
        return 130
    return 0
cli.run = run
cli.main()
"""


def test_an_interrupt_in_a_callback_is_not_lost() -> None:
    """Python raises no exception of a callback, such as those of the locks of imports."""
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_CALLBACK], capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"")


_BETWEEN = """
import os, signal, time
from ice_facts import cli
def run():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(20)
cli.run = run
cli.main()
"""
_WRAPPED = """
import os, signal, sys, time
from ice_facts import cli
from ice_facts.cli.app import LazyGroup
def get_command(self, ctx, name):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(20)
    except KeyboardInterrupt as interrupt:
        raise RuntimeError("Error calling __set_name__") from interrupt
LazyGroup.get_command = get_command
sys.argv = ["ice-facts", "city", "chicago"]
cli.main()
"""


@pytest.mark.parametrize("program", [_BETWEEN, _WRAPPED])
def test_an_interrupt_is_told_as_one_wherever_it_comes(program: str) -> None:
    """After the answer is out, and where Python or a library makes another error of it."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"")


def _maps(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/maps").read_bytes()
    except OSError:
        return b""


def _wait(is_so: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.001)
