"""Golden files: the answer of every command in every format, from the small store.

``pytest tests/test_golden.py --snapshot-update`` writes them anew; read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from ice_facts import __version__
from ice_facts.cli.commands import COMMANDS
from ice_facts.render import FORMATS
from tests.bad_stores import GOOD
from tests.conftest import Run
from tests.probes import question


@pytest.mark.parametrize("form", [*FORMATS, "svg"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_answer_is_as_it_was(
    command: str, form: str, run: Run, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    if form == "svg":
        target = tmp_path / "slide.svg"
        asked = run(*question(command), "-o", str(target))
        pages = sorted(tmp_path.iterdir(), key=lambda page: (len(page.name), page.name))
        text = "\n\n".join(words_of_picture(page.read_text(encoding="utf-8")) for page in pages)
    else:
        asked = run(*question(command), "-f", form)
        # The style of the page is in a file of its own.
        text = re.sub(r"<style>.*</style>", "<style></style>", asked.stdout, flags=re.DOTALL)

    if command in ("search", "check"):
        text = re.sub(r"\d\.\d{2,4}", "SCORE", text)  # its last digits are the engine's

    assert asked.code == 0
    # How many pictures were written is told.
    assert re.sub(r"ice-facts: \d+ pages: .*\n", "", asked.stderr) == ""
    assert text.replace(str(GOOD), "STORE").replace(__version__, "VERSION") == snapshot


def words_of_picture(svg: str) -> str:
    """Return the texts of a picture line by line: how a line is divided is the library's."""
    lines: dict[str, list[str]] = {}
    for tag, attributes, text in re.findall(r"<(text|title)([^>]*)>([^<]+)<", svg):
        height = re.search(r' y="([^"]+)"', attributes)
        lines.setdefault(height[1] if height else tag, []).append(text.replace("&#160;", " "))
    return "\n".join(" ".join(" ".join(texts).split()) for texts in lines.values())
