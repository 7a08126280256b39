"""Every command in every format: what scripts, pages and slides can rely on."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import jsonschema
import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ice_facts.ask import Reply
from ice_facts.cli.commands import CLASS, COMMANDS
from ice_facts.render import FORMATS, Style, render_data
from ice_facts.render.markdown import escaped
from tests.conftest import Outcome, Run
from tests.probes import PROBES, question

pytestmark = pytest.mark.filterwarnings("error")

EVERY_COMMAND = pytest.mark.parametrize("command", COMMANDS)
SHEETS = [name for name, entry in COMMANDS.items() if entry.panel == CLASS and name != "spotlight"]
"""Commands whose pages are made to be printed or shown: they have a style of their own."""
DRAWN = [name for name in COMMANDS if name not in ("chart", "map")]


def answer(run: Run, command: str, *options: str) -> Outcome:
    """Ask a command its question; only the number of pictures may be told on stderr."""
    outcome = run(*question(command), *options)
    assert outcome.code == 0
    assert re.sub(r"ice-facts: \d+ pages: .*\n", "", outcome.stderr) == ""
    return outcome


def test_every_command_is_asked() -> None:
    assert set(PROBES) == set(COMMANDS), "give a new command a question in tests/probes.py"


class TestStructured:
    @EVERY_COMMAND
    def test_json_fits_the_schema_of_the_answer(
        self, command: str, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replies: list[Reply] = []

        def watched(reply: Reply, format: str, style: Style) -> Iterator[str]:
            replies.append(reply._replace(data=list(reply.data)))
            return render_data(replies[-1], format, style)

        monkeypatch.setattr("ice_facts.cli.command.render_data", watched)

        shown = answer(run, command, "-f", "json").json()

        (reply,) = replies
        results = list(reply.data)
        values = [shown] if reply.single else shown
        assert len(values) == len(results) > 0
        for value, result in zip(values, results, strict=True):
            schema = msgspec.json.schema(type(result))
            jsonschema.Draft202012Validator(schema).validate(value)
            assert list(value) == list(result.__struct_encode_fields__)

    @EVERY_COMMAND
    def test_json_lines_and_yaml_say_what_json_says(self, command: str, run: Run) -> None:
        whole = answer(run, command, "-f", "json").json()
        lines = answer(run, command, "-f", "jsonl").stdout.splitlines()
        as_yaml = yaml.safe_load(answer(run, command, "-f", "yaml").stdout)

        assert as_yaml == whole
        assert [json.loads(line) for line in lines] == (
            whole if isinstance(whole, list) else [whole]
        )

    def test_one_name_gives_an_object_and_several_an_array(self, run: Run) -> None:
        one = answer(run, "city", "-f", "json").json()
        two = answer(run, "show", "-f", "json").json()

        assert one["id"] == "exampleton"
        assert [value["id"] for value in two] == ["exampleton", "detainer"]


class TestDelimited:
    @EVERY_COMMAND
    def test_csv_and_tsv_have_the_same_rows(self, command: str, run: Run) -> None:
        tsv = answer(run, command, "-f", "tsv").rows()
        read = list(csv.reader(io.StringIO(answer(run, command, "-f", "csv").stdout)))

        assert read == tsv
        assert len(tsv) > 1
        assert {len(row) for row in tsv} == {len(tsv[0])}
        assert len(set(tsv[0])) == len(tsv[0]), "two columns have one name"

    @EVERY_COMMAND
    def test_a_pipe_gets_tsv_and_no_header_takes_one_line_off(self, command: str, run: Run) -> None:
        # Citations are text unless another form is asked for.
        asked = ("-f", "tsv") if command == "cite" else ()
        whole = answer(run, command, *asked).stdout.splitlines()
        bare = answer(run, command, *asked, "--no-header").stdout.splitlines()

        assert bare == whole[1:]

    @pytest.mark.parametrize("cell", ["=cmd()", "+1 is a vote", "-x", "@SUM(A1)"])
    def test_csv_guards_what_a_spreadsheet_would_run(
        self, cell: str, run: Run, tmp_path: Path
    ) -> None:
        place = store_with_term(tmp_path, cell)

        guarded = list(csv.DictReader(io.StringIO(run("terms", *place, "-f", "csv").stdout)))
        raw = list(
            csv.DictReader(io.StringIO(run("terms", *place, "-f", "csv", "--raw-csv").stdout))
        )
        plain = run("terms", *place, "-f", "json").json()

        assert guarded[0]["text"] == f"'{cell}"
        assert raw[0]["text"] == plain[0]["text"] == cell

    def test_a_negative_number_is_a_number(self, run: Run, tmp_path: Path) -> None:
        found = run("terms", *store_with_term(tmp_path, "-12.5"), "-f", "csv", "--fields", "text")

        assert found.stdout == "text\n-12.5\n"


def store_with_term(folder: Path, text: str) -> list[str]:
    """Make a store with one term; return the option that names it."""
    term = {"hold": {"term": "Hold", "text": text}}
    (folder / "terms.json").write_text(json.dumps(term), encoding="utf-8")
    return ["--data", str(folder)]


class TestFields:
    @EVERY_COMMAND
    def test_a_table_has_the_fields_that_were_asked_for(self, command: str, run: Run) -> None:
        header, *rows = answer(run, command, "-f", "tsv").rows()
        wanted = [header[-1], header[0]]

        found = answer(run, command, "-f", "tsv", "--fields", ",".join(wanted)).rows()

        assert found == [wanted, *([row[-1], row[0]] for row in rows)]

    @EVERY_COMMAND
    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    def test_reading_formats_have_them_too(self, command: str, form: str, run: Run) -> None:
        header, *rows = answer(run, command, "-f", "tsv").rows()
        asked = run(*question(command), "-f", form, "--fields", header[0], "--width", "1000")

        assert asked.code == 0
        text = plain_text(asked.stdout, form)
        for row in rows:
            assert grouped(row[0]) in text or row[0] in text

    @pytest.mark.parametrize(
        ("command", "form"),
        [
            *((command, form) for command in COMMANDS for form in ("table", "json")),
            *((command, form) for command in ("city", "cities") for form in FORMATS),
        ],
    )
    def test_a_wrong_name_or_none_lists_the_legal_ones(
        self, command: str, form: str, run: Run
    ) -> None:
        wrong = run(*question(command), "-f", form, "--fields", "nonsense")
        none = run(*question(command), "-f", form, "--fields")

        for asked, says in ((wrong, "no field 'nonsense' here"), (none, "needs names of fields")):
            assert (asked.code, asked.stdout) == (2, "")
            assert says in asked.stderr
            assert re.search(r"\n  fields: \w+", asked.stderr)

    def test_json_has_them_in_their_order(self, run: Run) -> None:
        found = answer(run, "city", "-f", "json", "--fields", "as_of,name").json()

        assert list(found.items()) == [("as_of", "2026-11-28"), ("name", "Exampleton")]

    def test_records_of_several_kinds_have_the_fields_that_all_have(self, run: Run) -> None:
        both = answer(run, "show", "-f", "json", "--fields", "id").json()
        one = run(*question("show"), "-f", "json", "--fields", "population")

        assert both == [{"id": "exampleton"}, {"id": "detainer"}]
        assert one.code == 2
        assert "fields: id, " in one.stderr


def grouped(cell: str) -> str:
    return f"{int(cell):,}" if cell.isdecimal() else cell


def plain_text(text: str, form: str) -> str:
    """Return the words of a page or document, without its signs."""
    if form == "html":
        return Page.of(text).text
    return re.sub(r"\\(.)", r"\1", text) if form == "markdown" else text


class TestMarkdown:
    @EVERY_COMMAND
    def test_it_renders_with_a_heading_tables_and_all_sources(self, command: str, run: Run) -> None:
        text = answer(run, command, "-f", "markdown").stdout
        rendered = MarkdownIt("commonmark").enable("table").render(text)
        page = Page.of(rendered)

        assert page.count("h1") == (2 if command == "show" else 1)
        assert page.count("table") == len(re.findall(r"(?m)^\|[-:| ]+\|$", text))
        for cells in page.rows():
            assert len(cells) == len(page.rows()[0]) or command in ("show", "slides")
        listed = page.count("ol li")
        marks = {int(n) for n in re.findall(r"\[(\d+)\]", text)}
        assert not marks or max(marks) <= listed

    def test_a_card_lists_its_sources_with_locators(self, run: Run) -> None:
        text = answer(run, "city", "-f", "markdown").stdout

        assert "| Detainers " in text
        assert re.search(r"■ prohibits 2020 \[\d\]", text)
        assert re.search(
            r"(?m)^\d\. Exampleton, “City Code” · undated · § 2-1 · <https://example.org/code>$",
            text,
        )

    @pytest.mark.parametrize("section", ["rules", "officials,disputed"])
    def test_sections_are_tables_of_facts(self, section: str, run: Run) -> None:
        text = answer(run, "city", "-f", "markdown", "--section", section).stdout
        page = Page.of(MarkdownIt("commonmark").enable("table").render(text))

        assert page.count("h2") == len(section.split(",")) + 1  # and the sources
        assert page.count("table") >= len(section.split(","))

    @given(
        st.lists(
            st.text(st.sampled_from("a1 |*_`[]()<>#+-=~\\!&;:.\"'\n/x"), min_size=1, max_size=12),
            min_size=1,
            max_size=3,
        )
    )
    def test_any_text_is_shown_as_it_is(self, texts: list[str]) -> None:
        shown = [" ".join(text.split()) for text in texts]
        table = "| a |\n|---|\n" + "".join(f"| {escaped(text)} |\n" for text in shown)
        reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        page = Page.of(reader.render(table))

        assert [" ".join(cell.split()) for row in page.rows()[1:] for cell in row] == shown


class Page(HTMLParser):
    """What an HTML text is made of."""

    VOID = ("meta", "br", "hr", "img", "link", "col")

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.paths: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.cells: list[list[str]] = []
        self.styles = ""

    @classmethod
    def of(cls, text: str) -> Page:
        page = cls()
        page.feed(text)
        page.close()
        assert page.open == [], "an element is not closed"
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.paths.append(" ".join([*self.open, tag]))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return  # "<hr />"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            self.styles += data
            return
        self.text += data
        if "td" in self.open or "th" in self.open:
            self.cells[-1][-1] += data

    def rows(self) -> list[list[str]]:
        return self.cells

    def count(self, path: str) -> int:
        """Count the elements whose path ends so."""
        return sum(f" {found}".endswith(f" {path}") for found in self.paths)

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.elements if name == tag)


class TestHtml:
    @EVERY_COMMAND
    def test_it_is_an_accessible_page_that_needs_nothing_else(self, command: str, run: Run) -> None:
        text = answer(run, command, "-f", "html").stdout
        page = Page.of(text)

        assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
        assert page.count("head title") == 1
        assert page.count("h1") == 1
        assert page.count("main") == 1
        assert page.count("table caption") == page.count("table")
        assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in page.all("th"))
        ids = [id for _, attributes in page.elements if (id := attributes.get("id"))]
        assert len(ids) == len(set(ids))
        for link in page.all("a"):
            href = link["href"] or ""
            assert href.removeprefix("#") in ids if href[:1] == "#" else href.startswith("https://")
        assert not any(page.count(tag) for tag in ("link", "img", "iframe"))
        # Slides are moved with keys, by a script that is in the page.
        assert [dict(script) for script in page.all("script")] == [{}] * (command == "slides")
        assert "url(" not in page.styles and "@import" not in page.styles
        assert "@media print" in page.styles
        assert ("prefers-color-scheme: dark" in page.styles) is (command not in SHEETS)

    def test_marks_lead_to_sources_with_locators_and_addresses(self, run: Run) -> None:
        page = Page.of(answer(run, "city", "-f", "html").stdout)

        assert page.count("ol li") > 3
        assert "City Code” · undated · § 2-1" in page.text
        assert {"href": "https://example.org/code"} in list(page.all("a"))
        assert {"href": "#v1-s1", "aria-label": "source 1"} in list(page.all("a"))

    def test_an_address_that_is_no_web_address_is_no_link(self, run: Run, tmp_path: Path) -> None:
        source = {"bad": {"title": "T", "publisher": "P", "kind": "news", "url": "javascript:a()"}}
        for table in ("terms", "policies"):
            (tmp_path / f"{table}.json").write_text("{}", encoding="utf-8")
        (tmp_path / "sources.json").write_text(json.dumps(source), encoding="utf-8")
        term = {"t": {"term": "T", "text": "X", "sources": [{"id": "bad"}]}}
        (tmp_path / "terms.json").write_text(json.dumps(term), encoding="utf-8")

        for form in ("html", "markdown"):
            text = run("term", "t", "--data", str(tmp_path), "-f", form).stdout
            rendered = text if form == "html" else MarkdownIt("commonmark").render(text)
            page = Page.of(rendered)
            assert "javascript:a()" in page.text
            assert not [a for a in page.all("a") if "javascript" in (a["href"] or "")]


class TestPictures:
    @EVERY_COMMAND
    def test_svg_is_a_picture_that_loads_nothing(
        self, command: str, run: Run, tmp_path: Path
    ) -> None:
        target = tmp_path / "slide.svg"
        answer(run, command, "-o", str(target))

        text = target.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "@font-face" not in text
        assert not re.findall(r"url\((?!#)", text)
        assert not [e for e in root.iter() if e.get("href", "#")[0] != "#"]
        assert len("".join(root.itertext()).split()) > 5

    @EVERY_COMMAND
    def test_every_page_is_a_slide_with_letters_that_a_class_can_read(
        self, command: str, run: Run, tmp_path: Path
    ) -> None:
        said = answer(run, command, "-o", str(tmp_path / "slide.svg")).stderr
        pages = list(tmp_path.iterdir())

        for page in pages:
            root = ElementTree.fromstring(page.read_bytes())
            assert (root.get("viewBox"), root.get("width")) == ("0 0 1280 720", "1280")
            # Charts and maps have a form of their own: see test_chart and test_map.
            if command not in ("chart", "map"):
                sizes = [float(e.get("font-size", 0)) for e in root.iter() if e.get("font-size")]
                assert min(sizes) >= 24
        assert (f"{len(pages)} pages: slide.svg" in said) is (len(pages) > 1)

    def test_only_the_parts_that_were_asked_for_are_drawn(self, run: Run, tmp_path: Path) -> None:
        def drawn(*options: str) -> str:
            for page in tmp_path.iterdir():
                page.unlink()
            answer(run, "city", "-o", str(tmp_path / "slide.svg"), *options)
            pages = [ElementTree.fromstring(page.read_bytes()) for page in tmp_path.iterdir()]
            return "\n".join("".join(page.itertext()) for page in pages)

        whole, one = drawn(), drawn("--section", "officials")
        assert "Example State: rules in force" in whole and ": officials" not in whole
        assert "Example State: officials" in one and "rules in force" not in one
        assert "population" in drawn("--fields", "key,value")
        assert answer(run, "city", "-o", str(tmp_path / "a.png"), "--brief").code == 0
        assert len(list(tmp_path.glob("a*.png"))) == 1
        assert (
            "no section 'nonsense'"
            in run(*question("city"), "-o", str(tmp_path / "b.png"), "-s", "nonsense").stderr
        )


class TestFiles:
    SUFFIXES: ClassVar = {
        ".txt": "table",
        ".tsv": "tsv",
        ".csv": "csv",
        ".json": "json",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".yaml": "yaml",
        ".yml": "yaml",
        ".md": "markdown",
        ".html": "html",
        ".htm": "html",
        ".HTML": "html",
    }

    @pytest.mark.parametrize(("suffix", "form"), SUFFIXES.items())
    def test_the_ending_of_a_file_is_its_format(
        self, suffix: str, form: str, run: Run, tmp_path: Path
    ) -> None:
        target = tmp_path / f"city{suffix}"
        silent = answer(run, "city", "-o", str(target))

        assert silent.stdout == ""
        assert target.read_text(encoding="utf-8") == answer(run, "city", "-f", form).stdout
        assert [path.name for path in tmp_path.iterdir()] == [target.name]

    def test_the_format_wins_over_the_ending(self, run: Run, tmp_path: Path) -> None:
        target = tmp_path / "city.txt"
        answer(run, "city", "-f", "json", "-o", str(target))

        assert json.loads(target.read_bytes())["id"] == "exampleton"

    def test_an_ending_that_is_no_format_lists_those_that_are(
        self, run: Run, tmp_path: Path
    ) -> None:
        asked = run(*question("city"), "-o", str(tmp_path / "city.docx"))

        assert asked.code == 2
        assert ".html" in asked.stderr
        assert list(tmp_path.iterdir()) == []

    def test_a_wrong_format_lists_the_formats(self, run: Run) -> None:
        asked = run(*question("city"), "-f", "xml")

        assert asked.code == 2
        assert f"formats: {', '.join(FORMATS)}" in asked.stderr

    def test_a_wrong_section_lists_the_sections_in_every_format_for_facts(self, run: Run) -> None:
        for form in ("table", "tsv", "csv", "markdown", "html"):
            asked = run(*question("city"), "-f", form, "--section", "rulez")
            assert (asked.code, asked.stdout) == (2, "")
            assert "sections: rules, " in asked.stderr
