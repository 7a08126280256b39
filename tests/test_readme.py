"""The README is true: its commands print what it shows.

A line that is only ``…`` stands for lines left out. With ``ICE_FACTS_UPDATE_README=1`` the outputs
are written anew; those with left-out lines keep as many lines as they had before and after it, and
one that is nothing but ``…`` is filled in whole.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import AS_OF, Run

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Return the commands in the README's console blocks, each with the output shown."""
    found = []
    for block in BLOCK.findall(README.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.rstrip("\n")))
    return found


def output_of(command: str, run: Run) -> str:
    """Run a command as a reader would at a terminal of 100 columns on the README's date."""
    if "|" in command or ">" in command:
        shell = f'ice-facts() {{ "{sys.executable}" -m ice_facts "$@"; }}; {command}'
        done = subprocess.run(
            ["bash", "-c", shell], capture_output=True, text=True, check=False, timeout=60
        )
        return done.stdout + done.stderr
    arguments = shlex.split(command)[1:]
    if not {"-f", "-o", "--help", "--version"} & set(arguments) and arguments[0] != "data":
        arguments += ["-f", "table", "--width", "100"]
    outcome = run(*arguments)
    return outcome.stdout + outcome.stderr


def shortened(actual: str, shown: str) -> str:
    """Return output cut down as the README shows it, at its line ``…``."""
    lines, kept = actual.rstrip("\n").split("\n"), shown.split("\n")
    if "…" not in kept or kept == ["…"]:
        return "\n".join(lines)
    cut = kept.index("…")
    after = len(kept) - cut - 1
    return "\n".join([*lines[:cut], "…", *(lines[-after:] if after else [])])


@pytest.mark.parametrize(("command", "shown"), examples(), ids=lambda text: str(text)[:50])
def test_a_command_prints_what_the_readme_shows(
    command: str, shown: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ice_facts.dates.today", lambda: AS_OF)
    monkeypatch.setattr("ice_facts.ask.today", lambda: AS_OF)
    actual = shortened(output_of(command, run), shown)

    if os.environ.get("ICE_FACTS_UPDATE_README"):
        text = README.read_text(encoding="utf-8")
        README.write_text(
            text.replace(f"$ {command}\n{shown}\n", f"$ {command}\n{actual}\n"), encoding="utf-8"
        )
    else:
        assert actual == shown


def test_the_set_up_is_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)

    assert len(blocks[0].strip().splitlines()) == 1
    assert len(blocks[1].strip().splitlines()) == 1
    ci = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert blocks[1].strip() in ci
