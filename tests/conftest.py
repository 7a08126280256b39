"""What the tests share: running commands in this process and in processes of their own."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from ice_facts.cli.app import app
from ice_facts.store import Store

# How long an example takes says how busy the machine is, not whether the answer is right.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

# Answers about 29,000 places stay in memory: looking through them for what can be collected as
# often as Python does took a fifth of the time.
gc.set_threshold(10_000, 20, 20)

AS_OF = "2026-11-28"
"""The date of the answers in the tests: they must not change from day to day."""

COLOUR_VARIABLES = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "ICE_FACTS_DATA",
    "PAGER",
    "ICE_FACTS_PAGER",
)


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    stdout: str
    stderr: str
    code: int

    def json(self) -> Any:
        """Return what it printed as JSON."""
        return json.loads(self.stdout)

    def rows(self) -> list[list[str]]:
        """Return what it printed as tab-separated rows, with the header."""
        return [line.split("\t") for line in self.stdout.splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take variables that change output out of the environment."""
    for name in COLOUR_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep what the program caches out of the home of whoever runs the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
def run() -> Run:
    """Run a command in this process; its output goes to a pipe, not to a terminal."""
    runner = CliRunner()

    def invoke(*arguments: str, stdin: str | None = None) -> Outcome:
        result = runner.invoke(app, list(arguments), input=stdin, prog_name="ice-facts")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.stdout, result.stderr, result.exit_code)

    return invoke


@pytest.fixture
def process() -> Run:
    """Run a command in a process of its own, as a shell would."""

    def invoke(
        *arguments: str,
        env: dict[str, str] | None = None,
        stdin: str | None = None,
        cwd: Path | None = None,
    ) -> Outcome:
        found = subprocess.run(
            [sys.executable, "-m", "ice_facts", *arguments],
            capture_output=True,
            env={**os.environ, **(env or {})},
            input=stdin.encode() if stdin is not None else None,
            cwd=cwd,
            timeout=60,
            check=False,
        )
        return Outcome(found.stdout.decode(), found.stderr.decode(), found.returncode)

    return invoke


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """Return the bundled store."""
    yield Store()
