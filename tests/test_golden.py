"""Golden files: the answer of every command, from the small store.

Every command is kept in three formats: as a table for reading, as lines and as JSON. The others are
kept where they differ: once for each kind of data, and once for each kind of view. That they hold
what these three hold is tested for every command in ``tests/test_formats.py``.

``pytest tests/test_golden.py --snapshot-update`` writes them anew; read the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from ice_facts import __version__
from ice_facts.cli.commands import COMMANDS
from ice_facts.dates import today
from ice_facts.render import FORMATS
from tests.bad_stores import GOOD
from tests.conftest import Run
from tests.probes import question

EVERYWHERE = ("table", "tsv", "json")
OF_DATA = ("csv", "jsonl", "yaml")
ONE_OF_DATA = ("city", "show", "cities")
"""One answer, several of different kinds, and a list of one kind."""
ONE_OF_VIEWS = {
    "city": "a card",
    "show": "several cards",
    "cities": "a list",
    "search": "a list with what was met",
    "check": "a sentence with what decides it",
    "compare": "a comparison",
    "timeline": "entries by date",
    "chart": "lines",
    "map": "tiles",
    "slides": "pages of a deck",
    "quiz": "a sheet with a key",
    "sides": "a sheet in columns",
    "cards": "cards to cut",
    "cite": "citations",
    "data": "numbers of the store",
}


def kept() -> Iterator[tuple[str, str]]:
    """Yield each command with the formats in which its answer is kept."""
    for command in COMMANDS:
        for form in (*FORMATS, "svg"):
            one_of = ONE_OF_DATA if form in OF_DATA else ONE_OF_VIEWS
            if form in EVERYWHERE or command in one_of:
                yield command, form


@pytest.mark.parametrize(("command", "form"), list(kept()))
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
    if not COMMANDS[command].dated:
        # What depends on no date says of which day it is all the same.
        text = re.sub(rf'(As of (?:<span class="date">)?){today()}', r"\1TODAY", text)

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
