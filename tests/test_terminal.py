"""Cards and tables as people see them on a terminal."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ice_facts.cli.commands import COMMANDS
from ice_facts.model import Citation, Source
from ice_facts.render import Style
from ice_facts.render.parts import Marks, marks_text
from ice_facts.render.tables import GAP, Needs, fit_columns
from ice_facts.render.terminal import render_terminal
from ice_facts.render.theme import to_ascii
from ice_facts.show.shapes import Card, Column, Fact, Line, ListView, Piece, Section, Table, plain
from ice_facts.vocabulary import SYMBOLS
from tests.conftest import AS_OF, Run
from tests.probes import PROBES, question

WIDTHS = (40, 60, 80, 120, 200)
NO_ROOM = r"No\s+room\s+here\s+for:[^.]*\.\s+-f\s+tsv\s+has\s+them\."
PICTURED = ("chart", "map")
"""Commands that draw: a chart and a map have forms of their own for narrow places."""


def words(text: str) -> set[str]:
    """Return the words of a text without punctuation at their ends."""
    return {word.strip(".,;:·()[]+") for word in text.split()}


class TestWidths:
    @pytest.mark.parametrize("command", [name for name in PROBES if name not in PICTURED])
    def test_no_word_is_cut_at_any_width(self, command: str, run: Run) -> None:
        def shown(width: int) -> str:
            asked = run(*question(command), "-f", "table", "--width", str(width))
            assert asked.code == 0
            return asked.stdout

        widest = words(shown(1000)) | words(run(*question(command), "-f", "markdown").stdout)
        for width in WIDTHS:
            # What a list has no room for is named, and is there in a wider form.
            text = re.sub(NO_ROOM, "", shown(width))
            cut = {
                w for w in words(text) - widest if not set(w) <= set("─·_")
            }  # and lines to write on
            assert not cut, f"words that are not in the wide form at {width} columns"
            for line in text.splitlines():
                # Only an address, which is one word, may be longer than the terminal is wide.
                assert len(line) <= width or len(line.split()[-1]) > width - 18, line

    @pytest.mark.parametrize("width", WIDTHS)
    def test_the_real_card_keeps_its_words_too(self, width: int, run: Run) -> None:
        text = run("city", "chicago", "--as-of", AS_OF, "-f", "table", "--width", str(width)).stdout

        assert "…" not in text
        for word in ("Chicago", "Detainers", "prohibits", "Illinois", "Sources"):
            assert word in words(text)

    def test_the_first_screen_is_one_screen(self, run: Run) -> None:
        text = run("city", "chicago", "--as-of", AS_OF, "-f", "table", "--width", "100").stdout

        assert text[: text.index("\n Sources")].count("\n") <= 46
        for command in ("positions chicago", "timeline chicago"):
            assert re.search(rf"(?m)^ .* ice-facts .*{re.escape(command)}$", text)
        assert "ice-facts city chicago --full, or --section rules, listed," in text

    @given(
        st.lists(
            st.lists(st.text("ab \n", max_size=30), min_size=3, max_size=3), min_size=1, max_size=4
        ),
        st.integers(20, 90),
    )
    def test_columns_fit_their_words_or_are_given_up(
        self, rows: list[list[str]], width: int
    ) -> None:
        titles = ["a", "bb", "ccc"]
        needs = [
            Needs(title, (tuple(row[place].split("\n")) for row in rows))
            for place, title in enumerate(titles)
        ]
        found = fit_columns(needs, width)

        columns = [[title, *(row[place] for row in rows)] for place, title in enumerate(titles)]
        natural = [max(len(line) for text in c for line in text.split("\n")) for c in columns]
        if sum(natural) + GAP * 2 <= width:
            assert found == natural
        if found is not None:
            assert sum(found) + GAP * 2 <= width
            for column, room in zip(columns, found, strict=True):
                assert all(len(word) <= room for text in column for word in text.split())


LISTS = tuple(name for name, command in COMMANDS.items() if "sort" in command.extra)


class TestLists:
    """Every list of the real store is a table on a terminal of 100 columns, and most at 80."""

    @pytest.mark.parametrize("width", [80, 100])
    @pytest.mark.parametrize("command", [*LISTS, "agreements --former", "cities --listed doj"])
    def test_a_list_is_a_table(self, command: str, width: int, run: Run) -> None:
        if (command, width) == ("rules", 80):
            command = "rules --on detainers"  # the form of cooperation stands in the title then
        if (command, width) == ("statistics", 80):
            command = "statistics removals"  # names of all measures and their limits need more room
        asked = (*command.split(), "--as-of", AS_OF)
        lines = run(*asked, "-f", "table", "--width", str(width)).stdout.splitlines()

        assert set(lines[2].strip()) == {"─"}, lines[:4]
        # Only an id, which is one word, may be longer than the terminal is wide.
        assert all(len(line) <= width or len(line.split()) == 1 for line in lines)
        rows = run(*asked).rows()[1:]
        assert len(rows) <= len(lines)

    def test_what_there_is_no_room_for_is_named(self, run: Run) -> None:
        narrow = run("cities", "-f", "table", "--width", "80").stdout
        wide = run("cities", "-f", "table", "--width", "200").stdout

        assert "No room here for: Lists. -f tsv has them." in narrow
        assert "DOJ 2025-08-05" in wide and "No room" not in wide
        assert "DOJ 2025-08-05" in run("cities", "-f", "tsv").stdout
        assert "No room" not in run("cities", "-f", "html").stdout

    def test_the_lists_of_places_are_shown_where_they_were_asked_for(self, run: Run) -> None:
        shown = run("cities", "--listed", "doj", "-f", "table", "--width", "80").stdout

        assert "DOJ 2025-08-05" in shown and "No room here for: Who governs" in shown

    def test_a_long_word_stands_above_its_row_and_no_word_is_cut(self, run: Run) -> None:
        table = run("sources", "-f", "table", "--width", "80").stdout
        ids = {row[0] for row in run("sources", "--fields", "id").rows()[1:]}
        shown = {line.split()[0] for line in table.splitlines() if line[1:2].strip()}

        assert any(len(id) > 30 for id in ids) and ids <= shown


class TestMarks:
    SOURCES = tuple(Source(id=f"s{n}", title="T", publisher="P", kind="news") for n in range(20))

    def marks(self, *numbers: int, limit: int = 0) -> str:
        counted = Marks(self.SOURCES, limit)
        for n in range(20):
            counted.number(Citation(id=f"s{n}"))
        return marks_text(*counted.runs([Citation(id=f"s{n - 1}") for n in numbers]))

    def test_runs_are_shortened_and_nothing_is_lost(self) -> None:
        assert self.marks(1, 2) == "[1][2]"
        assert self.marks(*range(1, 13)) == "[1]–[12]"
        assert self.marks(1, 3, 4, 5, 9) == "[1][3]–[5][9]"
        assert self.marks(1, 3, 5, 7, 9) == "[1][3][5][7] [9]"

    def test_the_short_form_shows_three_and_counts_the_others(self) -> None:
        assert self.marks(*range(1, 13), limit=3) == "[1][2][3]+9"
        assert self.marks(4, 7, limit=3) == "[4][7]"

    def test_numbers_follow_the_order_of_citation(self) -> None:
        marks = Marks(self.SOURCES)
        assert marks.runs([Citation(id="s7", locator="a")])[0] == [(1, 1)]
        assert marks.runs([Citation(id="s2"), Citation(id="s7", locator="b")])[0] == [
            (2, 2),
            (1, 1),
        ]
        assert [(n, s.id, where) for n, s, where in marks.cited()] == [
            (1, "s7", ["a", "b"]),
            (2, "s2", []),
        ]

    def test_numbers_of_a_card_are_the_places_of_its_sources(self) -> None:
        marks = Marks(self.SOURCES, numbered=True)
        place = [s.id for s in self.SOURCES].index("s7") + 1
        assert marks.runs([Citation(id="s7")])[0] == [(place, place)]

    def test_a_source_that_is_not_listed_has_no_mark(self) -> None:
        assert marks_text(*Marks(()).runs([Citation(id="s1")])) == ""

    def test_on_a_card_every_mark_has_its_source(self, run: Run) -> None:
        text = run(*question("city"), "-f", "table", "--section", "rules,officials").stdout
        body, _, sources = text.partition("\n Sources ")
        marks = {int(n) for n in re.findall(r"\[(\d+)\]", body)}
        listed = [int(n) for n in re.findall(r"(?m)^.{14}\[(\d+)\] ", " Sources " + sources)]

        assert marks and marks == set(listed)
        assert all(a + 1 == b for a, b in pairwise([0, *listed]))

    @pytest.mark.parametrize(
        "card",
        ["city chicago", "state texas", "policy sb54", "stakeholder ice", "topic detainers"],
    )
    def test_a_source_has_one_number_in_all_sections_of_a_card(self, card: str, run: Run) -> None:
        def shown(*options: str) -> str:
            asked = (*card.split(), *options, "--as-of", AS_OF, "-f", "table", "--width", "120")
            return " ".join(run(*asked).stdout.split())

        short, every = shown(), shown("--section", "sources")
        names = re.findall(r"--section ([a-z, -]+)", short)[-1].split(", ")
        listed = dict(re.findall(r"\[(\d+)\] [\w-]+ · [^“]*“([^”]*)”", every))
        # The first screen names the sources of what it shows first.
        marks = re.findall(r"\[(\d+)\]", short.rpartition(" Sources [")[0])
        assert marks[0] == "1" and set(marks) <= set(listed)
        for name in (n for n in names if n != "sources"):
            foot = shown("--section", name).rpartition(" Sources [")[2]
            for number, title in re.findall(r"\[(\d+)\] [^“\[]*“([^”]*)”", f"[{foot}"):
                assert listed[number] == title, (name, number)

    def test_the_sources_of_a_card_have_numbers_ids_locators_and_whole_addresses(
        self, run: Run
    ) -> None:
        asked = ("city", "chicago", "--section", "sources", "--as-of", AS_OF)
        text = run(*asked, "-f", "table", "--width", "80").stdout
        rows = [row for row in run(*asked).rows() if row[1] == "source"]

        numbers = [int(n) for n in re.findall(r"(?m)^ \[(\d+)\]", text)]
        assert numbers == list(range(1, len(rows) + 1))
        assert all(f"] {row[2]}" in text for row in rows)
        assert "§ 2-173-020(a)" in text
        address = "https://codelibrary.amlegal.com"
        assert any(line.strip().startswith(address) for line in text.splitlines())

    def test_a_mark_stays_with_its_word(self, run: Run) -> None:
        for width in range(40, 120, 7):
            asked = run(*question("city"), "-f", "table", "--width", str(width))
            body = re.split(r"\n ?Sources\b", asked.stdout)[0]
            assert not re.search(r"(?m)^\s*\[\d", body)


class TestSymbols:
    def test_every_stance_and_status_has_a_word_and_a_symbol(self, run: Run) -> None:
        for tone, (sign, ascii_sign) in SYMBOLS.items():
            view = ListView("T", Table((Column("a", "A"),), (((Piece(tone, tone),),),)))
            assert f" {sign} {tone}\n" in render_terminal([view], Style())
            assert f" {ascii_sign} {tone}\n" in render_terminal([view], Style(ascii=True))
            assert ascii_sign.isascii()

    def test_words_of_one_vocabulary_have_symbols_of_their_own(self) -> None:
        tones = list(SYMBOLS)
        for first, last in (("prohibits", "unknown"), ("supports", "neutral")):
            group = tones[tones.index(first) : tones.index(last) + 1]
            for form in (0, 1):
                assert len({SYMBOLS[tone][form] for tone in group}) == len(group)

    def test_a_status_and_the_divider_cannot_be_taken_for_one_another(self, run: Run) -> None:
        text = run("city", "chicago", "--as-of", AS_OF, "-f", "table").stdout

        assert "· ·" not in text
        assert re.search(r"! 2 outdated, \? \d+ unverified", text)

    def test_what_nobody_confirmed_is_marked(self) -> None:
        card = Card(
            "x", "X", sections=(Section("s", "S", (Fact("s", "k", "v", confirmed=False),)),)
        )

        assert "* unconfirmed" in render_terminal([card], Style(full=True))

    @given(st.text(max_size=40))
    def test_the_ascii_form_is_ascii(self, text: str) -> None:
        assert to_ascii(text).isascii()

    def test_the_ascii_form_keeps_columns_in_place(self) -> None:
        assert to_ascii("San José") == "San Jose"
        assert to_ascii("“■ – é”") == '"# - e"'
        assert to_ascii("東") == "??"


class TestPieces:
    def test_markup_is_shown_literally(self) -> None:
        text = "[bold]x[/bold] [/] :smile: [link=http://a]b[/link]"
        card = Card("x", text, lead=(Line((Piece(text),)),))

        assert render_terminal([card], Style()).count(text) == 2

    @given(st.text(max_size=60))
    def test_no_text_steers_the_terminal(self, text: str) -> None:
        card = Card(
            "x",
            text,
            text,
            (Line((Piece(text, "outdated"),), label=text),),
            sections=(Section("s", text, (Fact("s", text, text, text, note=text),)),),
        )
        listing = ListView(text, Table((Column("a", text),), ((plain(text),),)), (text,))

        for style in (Style(), Style(full=True), Style(width=30)):
            shown = render_terminal([card, listing], style)
            assert all(c == "\n" or c.isprintable() or c.isspace() for c in shown)
            assert "\x1b" not in shown and "\r" not in shown

    def test_numbers_are_grouped_for_reading_only(self, run: Run) -> None:
        assert "120,000" in run(*question("cities"), "-f", "table").stdout
        assert "\t120000\t" in run(*question("cities"), "-f", "tsv").stdout
