"""Stores that want harm: every one is refused with a message or shown as harmless text.

``tests/test_store.py`` has the files that are no tables; here are tables with hostile texts, in
every format. Their outcome is either *told* (exit 3, one message) or *shown* (exit 0).
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ice_facts.render import FORMATS
from tests.bad_stores import GOOD
from tests.conftest import Run
from tests.test_formats import Page

LOOKUPS = (
    ("city", "exampleton", "--full"),
    ("policy", "exampleton-ordinance"),
    ("claims",),
    ("term", "detainer"),
    ("search", "hold"),
)

READ = ("table", "csv", "markdown", "html")
"""Formats in which a text could steer a program that shows them."""
IN_EVERY_FORMAT = ("city", "search")

SHOWN = {
    "markup": "[red]stop[/red] [/] [link=https://a]b[/link] :warning:",
    "unbalanced_markup": "[/bold][[[",
    "escape_sequence": "a\x1b[31mred\x1b[0m\x1b[2J",
    "title_of_the_terminal": "\x1b]0;owned\x07",
    "hyperlink_sequence": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "c1_bytes": "a\x9b31mred\x90q\x9c",
    "bells_and_backspaces": "safe\x08\x08\x08\x08evil\x07",
    "carriage_return": "harmless\rprohibits",
    "vertical_moves": "a\x0bb\x0cc\x85d",
    "bidi_override": "abc\u202edcba\u202c \u2066x\u2069 \u200f",
    "arabic_letter_mark": "abc\u061cdef",
    "line_separators": "one\u2028two\u2029three",
    "tab_and_newline": "one\ttwo\nthree",
    "zero_width": "det\u200bain\ufeffer",
    "combining_heap": "Z" + "\u0301\u0327" * 200,
    "wide_characters": "東京都" * 60,
    "emoji": "👩‍👩‍👧 🏛️ 🧊" * 10,
    "formula": "=cmd|' /C calc'!A0",
    "formula_at": "@SUM(1+1)*cmd",
    "formula_plus": "+1+1",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;",
    "html_attribute": '" onmouseover="alert(1)" \'',
    "markdown": "# h\n| a | b |\n|---|---|\n[x](javascript:alert(1)) ![](http://a) `code` <b>",
    "markdown_definition": "[1]: https://evil.example",
    "yaml": "!!python/object/apply:os.system ['true'] #: - {a: b}\n---\n...",
    "template": "{{7*7}} %s %(x)s {0} $HOME `id` $(id)",
    "private_blank": "a\ue000b",
    "very_long_word": "x" * 100_000,
    "very_long_text": "word " * 40_000,
    "blank": " \u00a0 ",
}
"""Texts that stand in for a title, a rule's text and a claim; each is shown without harm."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Return a function that makes a store with a text in many places."""

    def make(name: str, text: str) -> Path:
        store = tmp_path_factory.mktemp(name) / "store"
        shutil.copytree(GOOD, store)
        for file, id, path in (
            ("jurisdictions/ex.json", "exampleton", ("rules", 1, "text")),
            ("jurisdictions/ex.json", "exampleton", ("officials", 1, "name")),
            ("jurisdictions/ex.json", "exampleton", ("note",)),
            ("policies/ex.json", "exampleton-ordinance", ("title",)),
            ("policies/ex.json", "exampleton-ordinance", ("summary",)),
            ("claims.json", "001-01", ("text",)),
            ("claims.json", "001-02", ("columns", "City")),
            ("terms.json", "detainer", ("text",)),
            ("terms.json", "detainer", ("aliases", 0)),
            ("sources.json", "city-code", ("title",)),
            ("sources.json", "state-code", ("url",)),
        ):
            values = json.loads((store / file).read_bytes())
            part: Any = values[id]
            for key in path[:-1]:
                part = part[key]
            part[path[-1]] = text
            (store / file).write_text(json.dumps(values), encoding="ascii")
        return store

    return make


@pytest.mark.parametrize("name", SHOWN)
def test_a_hostile_text_is_shown_without_harm(
    name: str, hostile: Callable[[str, str], Path], run: Run
) -> None:
    store = hostile(name, SHOWN[name])
    for words in LOOKUPS[:: 3 if len(SHOWN[name]) > 10_000 else 1]:
        for form in FORMATS if words[0] in IN_EVERY_FORMAT else READ:
            shown = run(*words, "--data", str(store), "-f", form)
            assert shown.code == 0, shown.stderr[:300]
            assert_harmless(shown.stdout, form)


def assert_harmless(text: str, form: str) -> None:
    """Assert that a text in a format cannot steer a terminal, a page or a spreadsheet."""
    allowed = "\n\t" if form == "tsv" else "\n"
    unsafe = re.findall("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)
    assert set(unsafe) <= set(allowed), f"{form}: {set(unsafe)}"
    if form == "html":
        page = Page.of(text)
        assert not any(page.count(tag) for tag in ("script", "img", "b", "table table"))
        assert not any(name.startswith("on") for _, found in page.elements for name in found)
        assert all((a["href"] or "").startswith(("#", "http")) for a in page.all("a"))
    elif form == "markdown":
        rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
        page = Page.of(rendered)
        assert not any(page.count(tag) for tag in ("script", "img", "b"))
        assert not [a for a in page.all("a") if "javascript" in (a["href"] or "")]
        assert not [a for a in page.all("a") if a["href"] == "https://evil.example"]
    elif form == "csv":
        csv.field_size_limit(10**7)
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert cell[:1] not in ("=", "+", "@", "\t", "\r")
    elif form in ("json", "jsonl"):
        for line in text.splitlines() if form == "jsonl" else [text]:
            json.loads(line)


TOLD: dict[str, tuple[str, bytes]] = {
    "wrong_type": ("terms.json", b'{"detainer": {"term": "D", "text": 7}}'),
    "wrong_type_of_a_list": (
        "terms.json",
        b'{"detainer": {"term": "D", "text": "x", "aliases": "y"}}',
    ),
    "unknown_field": ("terms.json", b'{"detainer": {"term": "D", "text": "x", "evil": 1}}'),
    "missing_field": ("terms.json", b'{"detainer": {"term": "D"}}'),
    "null_record": ("terms.json", b'{"detainer": null}'),
    "list_in_place_of_a_table": ("terms.json", b'[{"term": "D", "text": "x"}]'),
    "number_in_place_of_a_table": ("terms.json", b"1e999"),
    "duplicate_field": ("terms.json", b'{"detainer": {"term": "D", "term": 1, "text": "x"}}'),
    "truncated": ("terms.json", b'{"detainer": {"term": "D", "te'),
    "empty": ("terms.json", b""),
    "only_a_byte_order_mark": ("terms.json", b"\xef\xbb\xbf"),
    "invalid_utf8": ("terms.json", b'{"detainer": {"term": "D", "text": "\xff\xfe"}}'),
    "overlong_utf8": ("terms.json", b'{"detainer": {"term": "D", "text": "\xc0\x9b[31m"}}'),
    "utf16": ("terms.json", '{"detainer": {"term": "D", "text": "x"}}'.encode("utf-16")),
    "deep_nesting": ("terms.json", b'{"detainer": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    "deep_nesting_open": ("terms.json", b'{"a":' * 100_000),
    "unknown_source": (
        "terms.json",
        b'{"detainer": {"term": "D", "text": "x", "sources": [{"id": "none"}]}}',
    ),
    "unknown_policy": (
        "terms.json",
        b'{"detainer": {"term": "D", "text": "x", "policies": ["none"]}}',
    ),
    "lone_surrogate": ("terms.json", b'{"detainer": {"term": "D", "text": "\\ud83d"}}'),
    "not_json": ("terms.json", b"<html>not found</html>"),
    "nothing_but_nul": ("terms.json", b"\0" * 4096),
    "nan": ("terms.json", b'{"detainer": {"term": NaN, "text": "x"}}'),
    "huge_number": ("terms.json", b'{"detainer": {"term": "D", "text": ' + b"9" * 50_000 + b"}}"),
}
"""Bytes in place of a table; the look-up that needs it says so and exits 3."""


@pytest.mark.parametrize("name", TOLD)
def test_a_broken_table_is_told_in_every_format(name: str, run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(GOOD, store)
    file, content = TOLD[name]
    (store / file).write_bytes(content)

    for form in FORMATS:
        asked = run("term", "detainer", "--data", str(store), "-f", form)
        assert (asked.code, asked.stdout) == (3, "")
        assert asked.stderr.startswith("ice-facts: ")
        assert len(asked.stderr) < 1000
        assert asked.stderr.replace("\n", "").isprintable()


NAMES = st.text(
    st.one_of(
        st.sampled_from("aeinoxcghC 287(g)'\"-_.,:;[]{}<>|\\/\x1b\x9b\u202e\0é東"),
        st.characters(),
    ),
    max_size=30,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_any_name_is_found_or_told(name: str, run: Run) -> None:
    for command in ("city", "term", "show", "search"):
        asked = run(command, "--data", str(GOOD), "--", name)
        assert asked.code in (0, 1, 2)
        assert_harmless(asked.stdout, "tsv")
        assert_harmless(asked.stderr, "table")
        assert bool(asked.stdout) == (asked.code == 0)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    date=st.one_of(NAMES, st.dates().map(str), st.from_regex(r"\d{4}(-\d\d){0,2}", fullmatch=True))
)
def test_any_date_is_understood_or_told(date: str, run: Run) -> None:
    for option in ("--as-of", "--from"):
        asked = run("events", "--data", str(GOOD), option, date)
        assert asked.code in (0, 1, 2)
        assert_harmless(asked.stdout + asked.stderr, "tsv")
