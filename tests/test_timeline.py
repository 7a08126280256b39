"""What happened when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ice_facts.dates import first_day, same_day
from tests.conftest import AS_OF, Run
from tests.raw import records
from tests.small_store import CITED, answer_of, event, official, place, policy, write_store


def entries(run: Run, *arguments: str) -> list[dict[str, Any]]:
    """Return the timeline as JSON, on the tests' date."""
    found: list[dict[str, Any]] = answer_of(run, "timeline", *arguments)
    return found


def entries_of_store(run: Run, store: str, *names: str) -> list[tuple[str, list[str], str]]:
    """Return date, kinds and title of the entries of a small store."""
    return [(e["date"], e["kinds"], e["title"]) for e in entries(run, *names, "--data", store)]


class TestChicago:
    def test_runs_from_executive_order_85_1_to_2026(self, run: Run) -> None:
        found = entries(run, "chicago", "--from", "1985")

        assert found[0]["date"] == "1985-03-07"
        assert "85-1" in found[0]["title"]
        assert found[-1]["date"].startswith("2026")

    def test_has_every_kind_of_entry(self, run: Run) -> None:
        kinds = {kind for e in entries(run, "chicago") for kind in e["kinds"]}

        assert kinds >= {"enactment", "amendment", "ruling", "end", "term", "listing", "event"}

    def test_every_entry_has_a_source(self, run: Run) -> None:
        assert all(e["sources"] for e in entries(run, "chicago"))

    def test_an_order_and_the_event_of_its_signing_are_one_entry(self, run: Run) -> None:
        signed = [e for e in entries(run, "chicago") if "chicago-eo-85-1" in e["policies"]]

        assert [e["kinds"] for e in signed if e["date"] == "1985-03-07"] == [["enactment", "event"]]

    def test_has_agreements(self, run: Run) -> None:
        signed = entries(run, "nassau-county", "--kind", "agreement")

        assert ("2025-03-10", ["agreement"]) in [(e["date"], e["kinds"]) for e in signed]


class TestOrder:
    def test_partial_dates_sort_as_their_first_day_and_stay_as_known(
        self, run: Run, tmp_path: Path
    ) -> None:
        store = write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            events={
                "a": event("2012-09-02", "Second", "alpha"),
                "b": event("2012-09", "First", "alpha"),
                "c": event("2013", "Third", "alpha"),
                "d": event("2012-08-31", "Zeroth", "alpha"),
            },
        )

        assert [(date, title) for date, _, title in entries_of_store(run, store, "alpha")] == [
            ("2012-08-31", "Zeroth"),
            ("2012-09", "First"),
            ("2012-09-02", "Second"),
            ("2013", "Third"),
        ]

    def test_reverse_and_limit_give_the_newest(self, run: Run) -> None:
        newest = entries(run, "chicago", "--reverse", "--limit", "3")

        assert newest == entries(run, "chicago")[::-1][:3]

    @given(years=st.tuples(st.integers(1980, 2026), st.integers(1980, 2026)), reverse=st.booleans())
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_any_window_is_in_order_and_within_its_dates(
        self, run: Run, years: tuple[int, int], reverse: bool
    ) -> None:
        low, high = min(years), max(years)
        flags = ("--reverse",) if reverse else ()
        window = ("--from", str(low), "--to", str(high), "--as-of", AS_OF)

        outcome = run("timeline", "chicago", *window, *flags, "--fields", "date")
        days = [first_day(line) for line in outcome.stdout.splitlines()[1:]]

        assert outcome.code == (0 if days else 1)
        assert days == sorted(days, reverse=reverse)
        assert all(str(low) <= day[:4] <= str(high) for day in days)

    def test_to_a_year_takes_in_its_last_day(self, run: Run) -> None:
        dates = [e["date"] for e in entries(run, "chicago", "--from", "2025-12", "--to", "2025")]

        assert "2025-12-31" in dates

    def test_nothing_later_than_as_of_is_there(self, run: Run) -> None:
        dates = [e["date"] for e in entries(run, "chicago", "--as-of", "2012-06")]

        assert dates
        assert all(first_day(date) < "2012-07" for date in dates)

    @given(st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
    def test_the_same_day_known_more_or_less_exactly_is_the_same_day(
        self, day: Any, one: int, other: int
    ) -> None:
        text = day.isoformat()

        assert same_day(text[:one], text[:other])

    @given(st.dates(), st.dates())
    def test_two_full_dates_are_the_same_only_if_equal(self, one: Any, other: Any) -> None:
        assert same_day(one.isoformat(), other.isoformat()) == (one == other)


class TestToldOnce:
    def store(self, root: Path, *events: dict[str, Any], **more: Any) -> str:
        return write_store(
            root,
            jurisdictions={"alpha": place("Alpha")},
            policies={"alpha-ordinance": policy("Sidewalk Ordinance", enacted="2012-09", **more)},
            events={f"event-{n}": e for n, e in enumerate(events)},
        )

    def test_an_event_of_the_same_day_is_merged_with_the_step_of_its_policy(
        self, run: Run, tmp_path: Path
    ) -> None:
        passing = event("2012-09", "Sidewalk rules pass", "alpha", "alpha-ordinance")
        store = self.store(tmp_path, passing)

        (entry,) = entries(run, "alpha", "--data", store)

        assert (entry["title"], entry["text"]) == (passing["title"], passing["text"])
        assert entry["kinds"] == ["enactment", "event"]
        assert (entry["policies"], entry["event"]) == (["alpha-ordinance"], "event-0")

    @pytest.mark.parametrize(
        "other",
        [
            event("2012-09", "Sidewalk parade", "alpha"),
            event("2012-09", "Bridge opens", "alpha", "alpha-ordinance"),
            event("2012-09-13", "Sidewalk rules pass", "alpha", "alpha-ordinance"),
        ],
        ids=["not about it", "says something else", "another date"],
    )
    def test_another_event_is_an_entry_of_its_own(
        self, run: Run, tmp_path: Path, other: dict[str, Any]
    ) -> None:
        kinds = [
            kinds for _, kinds, _ in entries_of_store(run, self.store(tmp_path, other), "alpha")
        ]

        assert sorted(kinds) == [["enactment"], ["event"]]

    def test_enactment_and_effect_on_one_day_are_one_entry(self, run: Run, tmp_path: Path) -> None:
        store = self.store(tmp_path, effective="2012-09", ended="2014", status="repealed")

        assert entries_of_store(run, store, "alpha") == [
            ("2012-09", ["enactment", "effective"], "Sidewalk Ordinance enacted and in effect"),
            ("2014", ["end"], "Sidewalk Ordinance repealed"),
        ]

    def test_an_amendment_by_a_court_is_a_ruling(self, run: Run, tmp_path: Path) -> None:
        amended = [
            {"date": "2013", "text": "A federal judge enjoins section 2.", "sources": CITED},
            {"date": "2014", "text": "Section 3 is added.", "sources": CITED},
        ]

        found = entries_of_store(run, self.store(tmp_path, amended=amended), "alpha")

        assert [kinds for _, kinds, _ in found] == [["enactment"], ["ruling"], ["amendment"]]

    def test_a_policy_without_a_date_is_in_a_note(self, run: Run, tmp_path: Path) -> None:
        store = write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            policies={"undated": policy("Undated"), "dated": policy("Dated", enacted="2012")},
        )
        arguments = ("timeline", "alpha", "--data", store)

        assert "undated" in run(*arguments, "-f", "table").stdout
        assert len(run(*arguments).rows()) == 2


class TestTerms:
    def test_a_term_has_its_start_and_its_end_without_a_successor(
        self, run: Run, tmp_path: Path
    ) -> None:
        officials = [
            official("mayor", "Ann", "2001", "2005"),
            official("mayor", "Bob", "2005", "2009"),
        ]
        store = write_store(tmp_path, jurisdictions={"alpha": place("Alpha", officials=officials)})

        assert entries_of_store(run, store, "alpha") == [
            ("2001", ["term"], "Ann becomes mayor of Alpha"),
            ("2005", ["term"], "Bob becomes mayor of Alpha"),
            ("2009", ["term"], "Bob leaves office as mayor of Alpha"),
        ]

    def test_a_person_and_an_office_have_their_terms(self, run: Run) -> None:
        of_office = entries(run, "chicago-mayor", "--kind", "term")
        of_person = entries(run, "lori-lightfoot", "--kind", "term")

        assert len(of_office) > 3
        assert [e["date"] for e in of_person] == ["2019-05-20"]


class TestNames:
    def test_entries_of_several_places_have_their_names(self, run: Run) -> None:
        found = entries(run, "chicago", "illinois", "--from", "2025")
        tags = {tuple(e["names"]) for e in found}

        assert {("chicago",), ("illinois",), ("chicago", "illinois")} <= tags
        keys = [(e["date"], e["title"], e["text"]) for e in found]
        assert len(keys) == len(set(keys)), "an entry of two places stands twice"

    def test_a_list_has_the_places_on_it(self, run: Run) -> None:
        titles = {e["title"] for e in entries(run, "doj-sanctuary-list-2025-08-05")}

        assert any(t.startswith("Chicago put on") for t in titles)
        assert any(t.startswith("Denver put on") for t in titles)

    def test_no_name_asks_for_everything(self, run: Run) -> None:
        everything = entries(run)
        kinds = {kind for e in everything for kind in e["kinds"]}

        assert len(everything) > 2000
        assert kinds >= {"agreement", "term", "ruling", "removal", "event"}

    def test_the_other_names_are_there_when_one_is_not_found(self, run: Run) -> None:
        outcome = run("timeline", "chicago", "nowhereville")

        assert outcome.code == 1
        assert len(outcome.rows()) > 10
        assert "nowhereville" in outcome.stderr

    @pytest.mark.parametrize(
        ("arguments", "code", "says"),
        [
            (("nowhereville",), 1, "nowhereville"),
            (("",), 1, "no record matches"),
            (("chicago", "--as-of", "1900"), 1, "by 1900"),
            (("chicago", "--from", "2012", "--to", "2011"), 1, "without them there are"),
            (("chicago", "--kind", "party"), 2, "enactment"),
            (("chicago", "--from", "soon"), 2, "'soon' is not a date"),
            (("chicago", "--limit", "0"), 2, "--limit"),
        ],
    )
    def test_an_error_says_why_there_is_no_entry(
        self, run: Run, arguments: tuple[str, ...], code: int, says: str
    ) -> None:
        outcome = run("timeline", *arguments)

        assert (outcome.code, outcome.stdout) == (code, "")
        assert says in outcome.stderr


class TestShown:
    @pytest.mark.parametrize("width", [40, 80, 120])
    def test_years_group_the_lines_in_whole_words(self, run: Run, width: int) -> None:
        arguments = ("timeline", "chicago", "illinois", "--as-of", AS_OF, "-f", "table")
        table = run(*arguments, "--width", str(width)).stdout.partition("Sources")[0]
        lines = [line.strip() for line in table.splitlines()]
        years = [line for line in lines if line.isdigit() and len(line) == 4]

        assert years == sorted(set(years))
        assert years == sorted({e["date"][:4] for e in entries(run, "chicago", "illinois")})
        assert all(len(line) <= width for line in table.splitlines())
        assert {"Midway", "superintendent", "Welcoming"} <= set(table.split())

    def test_a_pipe_has_a_line_per_entry(self, run: Run) -> None:
        header, *rows = run("timeline", "chicago", "--as-of", AS_OF).rows()

        assert header[:4] == ["date", "kinds", "of", "title"]
        assert [row[0] for row in rows] == [e["date"] for e in entries(run, "chicago")]
        assert all(row[header.index("sources")] for row in rows)

    @pytest.mark.parametrize("format", ["jsonl", "markdown", "html"])
    def test_the_other_formats_have_it_too(self, run: Run, format: str) -> None:
        outcome = run("timeline", "chicago", "--as-of", AS_OF, "-f", format)

        assert outcome.code == 0
        assert "Operation Midway Blitz" in outcome.stdout


def test_a_place_without_a_record_of_its_own_is_in_the_timeline_of_everything(run: Run) -> None:
    listed = {
        id
        for id, found in records("places").items()
        if any(entry.get("from") for entry in found.get("listed", ()))
    }
    told = {id for entry in entries(run, "--kind", "listing") for id in entry["about"]}

    assert listed
    assert listed <= told
