"""Charts: on a terminal, as tables in a pipe, and as pictures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ice_facts.across.series.chart import DRAWINGS
from ice_facts.across.series.chart import chart as query
from ice_facts.across.series.view import chart_listing
from ice_facts.render import Style
from ice_facts.render.chart import chart_text
from ice_facts.render.dots import Dots
from ice_facts.render.picture import picture_bytes
from ice_facts.render.picture.font import BOLD, REGULAR, Font, shorten, width_of, wrap
from ice_facts.render.picture.scale import date_ticks, day_of, spread, value_ticks
from ice_facts.render.terminal import render_terminal
from ice_facts.show.labels import Labels
from ice_facts.show.pictures import Chart, Curve, Mark
from ice_facts.store import Store
from tests.conftest import AS_OF, Run
from tests.pictures import DC, SVG, WIDTH, Picture, chunks, size_of, texts_of

NOW = ("--as-of", AS_OF)


def test_a_pipe_gets_the_data(run: Run) -> None:
    found = run("chart", "agreements", "--by", "month", "--state", "FL,TX", *NOW)
    header, *rows = found.rows()
    assert header[:3] == ["line", "period", "value"]
    assert {row[0] for row in rows} == {"Florida", "Texas"}
    values = {(row[0], row[1]): row[2] for row in rows}
    assert values["Florida", "2026-05-18"] == "348"
    assert values["Texas", "2026-05-18"] == "387"
    assert all(row[-1] for row in rows)


def test_the_terminal_gets_lines_with_axes_title_source_and_words(run: Run) -> None:
    found = run("chart", "agreements", "-f", "table", "--width", "80", *NOW)
    text = " ".join(found.stdout.split())
    assert found.stdout.startswith("287(g) agreements on ICE's list, by month")
    assert "A all B jail enforcement C task force D warrant service officer" in text
    assert all(str(year) in text for year in range(2022, 2027))
    assert "In words: All: 148 on 2021-01-31, 2,589 on 2026-09-25" in text
    assert "Data of 2026-09-25. Source:" in text
    assert "totals of trackers" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("subject", ["agreements", "detention", "removals"])
def test_charts_fit_the_width(run: Run, subject: str, width: int) -> None:
    found = run("chart", subject, "-f", "table", "--width", str(width), *NOW)
    chart = found.stdout.partition("In words")[0]
    assert max(len(line) for line in chart.splitlines()) <= width


def test_ascii_is_ascii(run: Run) -> None:
    for subject in ("detention", "removals"):
        assert run("chart", subject, "--ascii", "-f", "table", *NOW).stdout.isascii()


def test_no_escape_codes_without_colour(run: Run) -> None:
    found = run("chart", "detention", "-f", "table", "--color", "never", *NOW)
    assert "\x1b" not in found.stdout


def test_bars_mark_years_to_date(run: Run) -> None:
    text = run("chart", "removals", "-f", "table", *NOW).stdout.partition("In words")[0]
    lines = {line.split()[0]: line for line in text.splitlines() if line.startswith(" FY")}
    assert lines["FY2024"].endswith("271,484")
    assert lines["FY2021"].endswith("55,590 to 2021-09-27")
    assert lines["FY2026"].endswith("234,236 to 2026-04-02")
    assert lines["FY2024"].count("█") > lines["FY2023"].count("█") > 0
    assert "█" not in lines["FY2026"]


def test_bars_of_single_days_say_which(run: Run) -> None:
    text = run("chart", "detained", "-f", "table", *NOW).stdout
    assert "19,068 on 2020-09-30" in text


def test_a_period_to_date_is_no_lowest_value(run: Run) -> None:
    answer = run("chart", "book-ins", "-f", "json", *NOW).json()
    assert "All: 40,551 in 2018-10, 32,531 in 2026-03;" in answer["text"]
    # Two days of April 2026, and a September that its workbook ends within.
    assert not re.search(r"2026-04|2021-09", answer["text"])
    partial = {p["period"] for p in answer["points"] if p["partial"]}
    assert partial == {"2021-09", "2022-09", "2025-09", "2026-04"}
    assert "2021-09 to 2021-09-27" in " ".join(answer["notes"])


def test_bars_and_maps_of_a_list_tell_of_a_newer_total(run: Run) -> None:
    newest = run("chart", "agreements", "-f", "json", *NOW).json()["points"]
    last = max((p for p in newest if p["line"] == "all"), key=lambda p: p["period"])
    for command in (("map", "agreements"), ("chart", "agreements", "--by", "state")):
        notes = " ".join(run(*command, "-f", "json", *NOW).json()["notes"])
        assert f"A newer total exists: {last['value']:,} agreements on {last['period']}" in notes


def test_dates_select_and_earlier_dates_know_less(run: Run) -> None:
    rows = run("chart", "book-ins", "--from", "2025", "--to", "2025-03", *NOW).rows()[1:]
    assert {row[1] for row in rows} == {"2025-01", "2025-02", "2025-03"}
    old = run("chart", "agreements", "--as-of", "2025-01-31").rows()[1:]
    assert max(row[1] for row in old) <= "2025-01-31"


@pytest.mark.parametrize(
    "arguments",
    [
        ("weather",),
        ("removals", "--by", "state"),
        ("book-ins", "--state", "TX"),
        ("detention", "--model", "tfm"),
    ],
)
def test_what_cannot_be_drawn_is_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    found = run("chart", *arguments, *NOW)
    assert (found.code, found.stdout) == (2, "")
    assert found.stderr


@pytest.fixture
def drawn(run: Run, tmp_path: Path) -> Callable[..., Picture]:
    """Draw a chart or map as SVG."""

    def draw(*arguments: str) -> Picture:
        file = tmp_path / "picture.svg"
        asked = run(*arguments, "-o", str(file), *NOW)
        assert (asked.code, asked.stderr) == (0, "")
        return Picture(file.read_bytes())

    return draw


def test_a_picture_has_a_name_and_words_for_those_who_do_not_see_it(
    drawn: Callable[..., Picture],
) -> None:
    picture = drawn("chart", "agreements")
    root = picture.root
    assert (root.tag, root.get("role"), root.get("viewBox")) == (f"{SVG}svg", "img", "0 0 1280 720")
    named = [
        element.text
        for name in root.get("aria-labelledby", "").split()
        for element in root
        if element.get("id") == name
    ]
    assert named[0] == "287(g) agreements on ICE's list, by month"
    assert "2,589 on 2026-09-25" in (named[1] or "")
    assert [e.text for e in root.iter(f"{DC}description")] == [named[1]]


def test_a_picture_has_title_unit_date_names_and_source_as_texts(
    drawn: Callable[..., Picture],
) -> None:
    words = drawn("chart", "agreements", "--state", "FL,TX").words
    assert "287(g) agreements on ICE's list, by month and state" in words
    assert "Agreements · data of 2026-07-14" in words
    assert {"Florida", "349", "Texas", "465", "2024", "400", "0"} <= set(words)
    assert "Source: U.S. Immigration and Customs Enforcement" in " ".join(words)


CHARTS = [(subject, by) for subject, ways in DRAWINGS.items() for by in ways]


@pytest.mark.parametrize(("subject", "by"), CHARTS)
def test_no_text_of_a_picture_is_over_another_or_off_the_sheet(
    drawn: Callable[..., Picture], subject: str, by: str
) -> None:
    picture = drawn("chart", subject, "--by", by)
    assert picture.meeting() == []
    assert [label for label in picture.labels if not label.inside] == []


@pytest.mark.parametrize("start", ["2021", "2025", "2026-05", "2026-07"])
def test_short_times_are_drawn_too(drawn: Callable[..., Picture], start: str) -> None:
    picture = drawn("chart", "agreements", "--from", start)
    assert picture.meeting() == []
    assert [label for label in picture.labels if not label.inside] == []


def test_many_lines_keep_their_names_apart(drawn: Callable[..., Picture]) -> None:
    codes = "FL,TX,GA,AL,OK,TN,NC,SC,KS,MO,PA,OH,IN,VA,WV,KY,NH,WY,UT,ID,LA,MS,AR,NE,WI,SD,AZ,MN"
    picture = drawn("chart", "agreements", "--state", codes)
    assert picture.meeting() == []
    assert any(words.startswith("New Hampshire ") for words in picture.words)


def test_a_png_has_the_size_of_a_slide_and_the_words(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "chart.png"
    assert run("chart", "book-ins", "-o", str(file), *NOW).code == 0
    png = file.read_bytes()
    width, height = size_of(png)
    assert (width / height, width >= WIDTH) == (16 / 9, True)
    texts = texts_of(png)
    assert texts["Title"] == "Book-ins into ICE detention, by month and arresting agency"
    assert "32,531 in 2026-03" in texts["Description"]
    assert texts["Software"] == "ice-facts"
    kinds = [kind for kind, _ in chunks(png)]
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")


def chart(*curves: Curve, **more: str) -> Chart:
    words = {"title": "A title", "unit": "people", "words": "words", **more}
    return Chart(curves=curves, bars=False, caption=("A note.", "Source: one."), **words)


def months(*values: float, partial: int | None = None, other: int = 99) -> tuple[Mark, ...]:
    return tuple(
        Mark(f"2024-{n + 1:02}", value, n == partial, "to 2024-03-04" if n == partial else "",
             n >= other)
        for n, value in enumerate(values)
    )  # fmt: skip


def svg(of: Chart) -> Picture:
    return Picture(picture_bytes(of, "svg"))


def test_a_month_that_is_not_whole_is_a_hollow_mark_apart_from_the_line() -> None:
    picture = svg(chart(Curve("a", months(50, 60, 5, 70, 80, partial=2))))
    mark = next(at for at in picture.hollow() if at[1] > 200)
    lines = [line for line in picture.points() if len(line) == 2 and line[0][1] != line[1][1]]
    assert len(lines) == 2
    assert all(mark not in line for line in lines)
    assert all(x < mark[0] for x, _ in lines[0])
    assert all(x > mark[0] for x, _ in lines[1])
    assert any(words.startswith("part of the period only") for words in picture.words)


def test_the_name_of_a_line_stands_at_its_last_whole_month() -> None:
    words = svg(chart(Curve("a", months(50, 60, 5, partial=2)))).words
    assert "60 in 2024-02" in words
    assert "5" not in words


def test_values_with_another_basis_are_dotted_and_told() -> None:
    whole = svg(chart(Curve("a", months(1, 2, 3, 4)), other="totals of others"))
    mixed = svg(chart(Curve("a", months(1, 2, 3, 4, other=2)), other="totals of others"))

    def dotted(picture: Picture) -> int:
        return sum(line.get("stroke-linecap") == "round" for line in picture.all("polyline"))

    assert dotted(whole) == 0
    assert dotted(mixed) == 2  # the line itself, and the key
    assert "from 2024-03 on: totals of others" in mixed.words
    assert not any("totals of others" in words for words in whole.words)


def test_lines_differ_without_colour() -> None:
    curves = [Curve(f"line {n}", months(n + 1, n + 2)) for n in range(6)]
    picture = svg(chart(*curves))
    lines = [e for e in picture.all("polyline") if e.get("stroke-width") == "3"]
    dashes = {e.get("stroke"): e.get("stroke-dasharray") for e in lines}
    assert len(set(dashes.values())) == len(dashes) == 6


@pytest.mark.parametrize("by", ["month", "criminality"])
def test_a_month_whose_data_end_within_it_is_no_whole_one(store: Store, by: str) -> None:
    listing = chart_listing(query(store, "detention", AS_OF, by=by), Labels(store))
    assert isinstance(listing.picture, Chart)
    marks = {mark.at: mark for mark in listing.picture.curves[0].marks}
    # The workbook is of the 27th and does not say that the month is not whole.
    assert marks["2021-09"].partial
    assert marks["2021-09"].note == "to 2021-09-27"
    assert not marks["2021-08"].partial
    assert not marks["2020-09"].partial
    assert any("2021-09 to 2021-09-27" in note for note in listing.notes)


def test_more_bars_than_there_is_room_for_are_counted() -> None:
    marks = tuple(Mark(f"place {n}", 400 - n) for n in range(400))
    of = Chart("A title", "people", (Curve("all", marks),), True, ("Source: one.",), "")
    picture = svg(of)
    shown = sum(words.startswith("place ") for words in picture.words)
    assert f"and {400 - shown} more: -f tsv has all" in picture.words
    assert picture.meeting() == []


def test_no_line_leads_through_the_picture_to_a_name() -> None:
    long = tuple(Mark(f"20{n:02}-01", n) for n in range(10, 26))
    picture = svg(chart(Curve("long", long), Curve("short", long[:2])))
    thin = [e for e in picture.all("polyline") if e.get("stroke") == "#A0A0A0"]
    assert len(thin) == 1
    assert "11 in 2011-01" in picture.words


def test_axes_begin_at_zero() -> None:
    picture = svg(chart(Curve("a", months(1000, 1010))))
    assert "0" in picture.words
    assert "1,000" in picture.words


@settings(max_examples=40)
@given(
    title=st.text(max_size=300),
    note=st.text(max_size=3000),
    names=st.lists(st.text(max_size=80), min_size=1, max_size=40),
)
def test_words_of_any_length_stay_on_the_sheet(title: str, note: str, names: list[str]) -> None:
    curves = [Curve(name, months(n, n + 1)) for n, name in enumerate(names)]
    of = chart(*curves, title=title)
    for bars in (False, True):
        picture = svg(Chart(of.title, of.unit, of.curves, bars, (note, "Source: x."), note))
        assert [label for label in picture.labels if not label.inside] == []


def test_characters_that_the_font_lacks_are_drawn_and_told() -> None:
    png = picture_bytes(chart(Curve("東京", months(1, 2)), title="東京", words="東京 — 1"), "png")
    assert texts_of(png)["Description"] == "東京 — 1"


class TestScale:
    @given(
        first=st.dates(date(1990, 1, 1), date(2040, 1, 1)),
        days=st.integers(0, 12000),
        room=st.integers(30, 2000),
        monthly=st.booleans(),
    )
    def test_labels_of_dates_are_apart(
        self, first: date, days: int, room: int, monthly: bool
    ) -> None:
        ends = [first, first + timedelta(days=days // 3), first + timedelta(days=days)]
        periods = [day.isoformat()[: 7 if monthly else 10] for day in ends]
        start = min(map(day_of, periods))
        span = max(1, max(map(day_of, periods)) - start)

        def place(day: int) -> float:
            return (day - start) / span * room

        def width(label: str) -> float:
            return width_of(label, 16)

        ticks = date_ticks(periods, place, width, 12)
        assert ticks
        for (day, label), (then, later) in itertools.pairwise(ticks):
            assert place(day) + width(label) / 2 + 12 <= place(then) - width(later) / 2 + 0.01
        assert all(start <= day <= start + span for day, _ in ticks)

    @given(st.floats(0, 1e9), st.integers(1, 20))
    def test_values_have_round_ticks_from_zero(self, highest: float, wanted: int) -> None:
        ticks = value_ticks(highest, wanted)
        assert ticks[0] == 0
        assert ticks[-1] >= highest
        assert len(ticks) <= max(3, wanted + 2)
        assert len({b - a for a, b in itertools.pairwise(ticks)}) == 1

    @given(st.lists(st.floats(0, 500), max_size=30), st.floats(1, 40))
    def test_labels_are_moved_apart_in_their_order(self, wanted: list[float], gap: float) -> None:
        places = spread(wanted, gap, 0, 500)
        least = min(gap, 500 / max(1, len(wanted) - 1))
        for a, b in itertools.pairwise(sorted(range(len(wanted)), key=lambda n: (wanted[n], n))):
            assert places[b] - places[a] >= least - 1e-6
        assert all(-1e-6 <= place <= 500 + 1e-6 for place in places)

    def test_labels_that_have_room_stay_where_they_are(self) -> None:
        assert spread([10, 50, 30], 20, 0, 100) == [10, 50, 30]
        assert spread([50, 50], 20, 0, 100) == [40, 60]


class TestFont:
    def test_widths_are_those_of_the_drawn_picture(self) -> None:
        fonts = Font(REGULAR), Font(BOLD)
        assert all(300 < f.width("287(g) agreements in Texas", 30) < 450 for f in fonts)
        assert fonts[1].width("Texas", 30) > fonts[0].width("Texas", 30)
        # The pair is kerned: the o stands partly below the arm of the T.
        assert width_of("To", 100) < width_of("T", 100) + width_of("o", 100) - 5

    def test_the_font_has_the_letters_of_american_places(self) -> None:
        assert all(Font(f).has("Doña Ana, Añasco, Mayagüez, Hawaiʻi".replace("ʻ", "‘")) for f in
                   (REGULAR, BOLD))  # fmt: skip
        assert not Font(REGULAR).has("東")

    @given(st.text(max_size=200), st.floats(20, 500))
    def test_lines_fit_and_lose_nothing(self, text: str, room: float) -> None:
        lines = wrap(text, 16, room)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(len(line) == 1 or width_of(line, 16) <= room for line in lines)
        assert width_of(shorten(text, 16, room), 16) <= room or room < width_of("…", 16)


def test_one_answer_makes_one_picture(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "1.svg", tmp_path / "2.svg"
    for file in (one, two):
        run("chart", "removals", "-o", str(file), *NOW)
    assert one.read_bytes() == two.read_bytes()


def test_other_answers_are_pages_of_the_same_size(run: Run, tmp_path: Path) -> None:
    found = run("cities", "--state", "il", "-o", str(tmp_path / "c.png"), *NOW)
    assert (found.code, found.stderr) == (0, "")
    chart = tmp_path / "chart.png"
    run("chart", "removals", "-o", str(chart), *NOW)
    assert {size_of(p.read_bytes()) for p in tmp_path.iterdir()} == {size_of(chart.read_bytes())}


def test_the_data_of_a_chart_loads_no_plotting_library(process: Run) -> None:
    found = process("chart", "removals", *NOW, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert found.code == 0
    loaded = {line.rsplit("|", 1)[-1].strip() for line in found.stderr.splitlines()}
    assert "ice_facts.subjects.series" in loaded
    assert not loaded & {"resvg_py", "rich", "ice_facts.render.picture"}


def test_a_picture_loads_no_terminal_library(process: Run, tmp_path: Path) -> None:
    for subject in (("chart", "removals"), ("map", "agreements")):
        file = tmp_path / "picture.png"
        found = process(*subject, "-o", str(file), *NOW, env={"PYTHONPROFILEIMPORTTIME": "1"})
        assert found.code == 0
        loaded = {line.rsplit("|", 1)[-1].strip() for line in found.stderr.splitlines()}
        assert "resvg_py" in loaded
        assert not loaded & {"rich", "numpy", "matplotlib"}


class TestTerminal:
    def test_a_month_that_is_not_whole_is_apart_from_the_line(self) -> None:
        of = chart(Curve("a", months(50, 60, 5, 70, 80, partial=2)))
        text = chart_text(of, 60, 20, color=False, ascii=True).plain
        rows = [line.partition("|")[2] or line.partition("+")[2] for line in text.splitlines()]
        assert any(row.strip() == "o" for row in rows)

    @pytest.mark.parametrize("height", [10, 16, 40])
    def test_a_chart_keeps_to_its_height(self, height: int) -> None:
        curves = [Curve(f"name {n}", months(*range(12))) for n in range(4)]
        text = chart_text(chart(*curves), 80, height, color=False, ascii=False).plain
        assert len(text.splitlines()) <= height + 2

    def test_lines_on_one_place_take_turns(self) -> None:
        field = Dots(12, 1)
        for number in range(2):
            field.line((0, 1), (23, 1), number, 1)
        row = "".join(sign for sign, _ in next(field.rows(ascii=True)))
        assert row == "AABBAABBAABB"

    @pytest.mark.parametrize("subject", ["agreements", "book-ins", "detention", "removals"])
    def test_title_and_legend_stay_on_a_screen_of_24_lines(
        self, store: Store, subject: str
    ) -> None:
        listing = chart_listing(query(store, subject, AS_OF), Labels(store))
        for ascii in (False, True):
            text = render_terminal([listing], Style(width=80, height=24, ascii=ascii))
            assert len(text.splitlines()) <= 22
            assert text.startswith(listing.title)
            assert "In words: " in text
            assert "Source:" in text

    def test_all_notes_stand_where_nothing_limits_the_height(self, store: Store) -> None:
        listing = chart_listing(query(store, "agreements", AS_OF), Labels(store))
        text = " ".join(render_terminal([listing], Style(width=80)).split())
        assert all(" ".join(note.split()) in text for note in listing.notes)


def test_many_bars_leave_the_title_in_sight_and_are_counted(store: Store) -> None:
    answer = query(store, "detention", AS_OF, by="state")
    listing = chart_listing(answer, Labels(store))
    lines = render_terminal([listing], Style(width=80, height=24)).splitlines()
    drawn = sum("█" in line or "▏" in line for line in lines)

    assert len(lines) <= 23 and lines[0] == listing.title
    assert f"and {len(answer.points) - drawn} more: -f tsv has all" in "\n".join(lines)
    whole = render_terminal([listing], Style(width=80))
    assert all(point.period in whole for point in answer.points)


def test_words_have_no_parts_of_a_person_and_a_day_is_on(run: Run) -> None:
    words = run("chart", "detention", "--by", "state", "--as-of", AS_OF, "-f", "json").json()[
        "text"
    ]
    assert "largest: Texas 17,908, " in words
    lines = run("chart", "agencies", "--as-of", AS_OF, "-f", "json").json()["text"]
    assert re.search(r"\d on \d{4}-\d\d-\d\d", lines) and not re.search(r" in \d{4}-\d\d-", lines)
