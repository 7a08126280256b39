"""Partial dates and spans: what is a date, which day counts, and who holds on which day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ice_facts.dates import first_day, holds_on, is_date, parse_date, today
from ice_facts.errors import UsageError
from tests.bad_stores import GOOD
from tests.conftest import Run
from tests.small_store import CITED, answer_of, event, official, place, policy, rule, write_store

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 30))
LENGTHS = st.sampled_from((4, 7, 10))
"""Lengths of a year, of a year with its month, and of a full date."""

PARTIAL = st.builds(lambda day, length: day.isoformat()[:length], DAYS, LENGTHS)


def next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


class TestFirstDay:
    @pytest.mark.parametrize(
        ("partial", "day"),
        [("2012", "2012-01-01"), ("2012-09", "2012-09-01"), ("2012-09-13", "2012-09-13")],
    )
    def test_a_year_and_a_month_begin_on_their_first_day(self, partial: str, day: str) -> None:
        assert first_day(partial) == day

    @given(DAYS, LENGTHS)
    def test_is_a_day_of_the_calendar_not_after_the_date_itself(
        self, day: date, length: int
    ) -> None:
        first = first_day(day.isoformat()[:length])

        assert date.fromisoformat(first) <= day
        assert first[:length] == day.isoformat()[:length]
        assert first_day(first) == first


class TestIsDate:
    @pytest.mark.parametrize("text", ["0001", "2018", "2018-07", "2018-07-04", "2024-02-29"])
    def test_years_months_and_days_of_the_calendar_are_dates(self, text: str) -> None:
        assert is_date(text) is True

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "18",
            "0000",
            "0000-05",
            "201",
            "20180",
            "2018-",
            "2018-7",
            "2018-00",
            "2018-13",
            "2018-07-4",
            "2018-07-00",
            "2018-07-32",
            "2018-02-30",
            "2023-02-29",
            "2018-06-31",
            "2018-07-04T10:00",
            "20180704",
            "2018-W01-1",
            "2018-07-0４",
            "2018/07/04",
            "٢٠١٨-٠٧",
            " 2018",
            "today",
        ],
    )
    def test_anything_else_is_not(self, text: str) -> None:
        assert is_date(text) is False

    @given(PARTIAL)
    def test_every_day_known_more_or_less_exactly_is_a_date(self, partial: str) -> None:
        assert is_date(partial)

    @given(st.text(max_size=12))
    def test_a_text_that_is_a_date_has_a_first_day_in_the_calendar(self, text: str) -> None:
        if is_date(text):
            assert date.fromisoformat(first_day(text)).isoformat()[: len(text)] == text


class TestParseDate:
    @given(PARTIAL, st.sampled_from(["", " ", "\t", "  "]), st.sampled_from(["", " ", "\n"]))
    def test_blanks_around_a_date_are_taken_off(
        self, partial: str, before: str, after: str
    ) -> None:
        assert parse_date(before + partial + after) == partial

    @pytest.mark.parametrize("text", ["today", "Today", " TODAY "])
    def test_today_is_the_day_of_the_clock(self, text: str) -> None:
        before = date.today().isoformat()
        parsed = parse_date(text)

        assert before <= parsed <= date.today().isoformat()
        assert parsed == today() or before != date.today().isoformat()

    @pytest.mark.parametrize("text", ["", "soon", "2018-02-30", "0000", "yesterday"])
    def test_another_text_is_refused_with_the_forms_that_are_taken(self, text: str) -> None:
        with pytest.raises(UsageError) as refused:
            parse_date(text)

        assert repr(text) in refused.value.message
        assert "2018-07-04" in " ".join(refused.value.hints)


class TestHoldsOn:
    def test_a_span_begins_on_its_first_day_and_ends_before_its_last(self) -> None:
        span = ("2019-05-20", "2023-05-15")

        assert not holds_on(*span, "2019-05-19")
        assert holds_on(*span, "2019-05-20")
        assert holds_on(*span, "2023-05-14")
        assert not holds_on(*span, "2023-05-15")

    @pytest.mark.parametrize(
        ("start", "until", "on", "holds"),
        [
            ("2012", None, "2011-12-31", False),
            ("2012", None, "2012-01-01", True),
            ("2012-09", "2021-02", "2012-08-31", False),
            ("2012-09", "2021-02", "2012-09-01", True),
            ("2012-09", "2021-02", "2021-01-31", True),
            ("2012-09", "2021-02", "2021-02-01", False),
            ("2012-09", None, "2012", False),
            ("2012-09", None, "2012-09", True),
            ("2012-01-01", None, "2012", True),
            ("2012", "2012", "2012", False),
        ],
    )
    def test_a_partial_date_counts_as_its_first_day(
        self, start: str, until: str | None, on: str, holds: bool
    ) -> None:
        assert holds_on(start, until, on) is holds

    def test_without_a_start_it_holds_from_the_confirmation_on(self) -> None:
        assert not holds_on(None, None, "2026-01-14", "2026-01-15")
        assert holds_on(None, None, "2026-01-15", "2026-01-15")
        assert not holds_on(None, "2026-03-01", "2026-03-01", "2026-01-15")

    def test_without_a_start_and_a_confirmation_it_holds_from_today_on(self) -> None:
        assert not holds_on(None, None, (date.today() - timedelta(days=2)).isoformat())
        assert holds_on(None, None, (date.today() + timedelta(days=1)).isoformat())

    def test_a_known_start_counts_and_not_the_confirmation(self) -> None:
        assert holds_on("2010", None, "2012", "2026-01-15")
        assert not holds_on("2030", None, "2027", "2026-01-15")

    @given(PARTIAL, PARTIAL, PARTIAL)
    def test_two_spans_that_meet_never_hold_on_one_day(
        self, start: str, change: str, on: str
    ) -> None:
        assume(first_day(start) <= first_day(change))
        before, after = holds_on(start, change, on), holds_on(change, None, on)

        assert not (before and after)
        assert (before or after) == holds_on(start, None, on)

    @given(PARTIAL, PARTIAL, PARTIAL)
    def test_an_end_only_shortens_a_span(self, start: str, until: str, on: str) -> None:
        if holds_on(start, until, on):
            assert holds_on(start, None, on)
            assert first_day(start) <= first_day(on) < first_day(until)


class TestOfficials:
    @pytest.mark.parametrize(
        ("on", "name"),
        [
            ("2019-05-19", "Rahm Emanuel"),
            ("2019-05-20", "Lori Lightfoot"),
            ("2023-05-14", "Lori Lightfoot"),
            ("2023-05-15", "Brandon Johnson"),
            ("2023-05-16", "Brandon Johnson"),
        ],
    )
    def test_on_the_day_of_a_change_the_new_mayor_holds_office_alone(
        self, run: Run, on: str, name: str
    ) -> None:
        card = answer_of(run, "city", "chicago", "--as-of", on)

        assert [o["name"] for o in card["officials"] if o["office"] == "mayor"] == [name]

    def test_the_office_and_the_list_of_cities_name_the_same_mayor(self, run: Run) -> None:
        office = run("stakeholder", "chicago-mayor", "--as-of", "2023-05-15", "-f", "json").json()
        rows = run("cities", "--state", "il", "--as-of", "2023-05-15", "-f", "json").json()
        chicago = next(row for row in rows if row["id"] == "chicago")

        assert [h["name"] for h in office["holders"] if h["holds"]] == ["Brandon Johnson"]
        assert "Brandon Johnson (mayor)" in chicago["heads"]
        assert "Lightfoot" not in chicago["heads"]

    def test_who_comes_later_is_no_holder_yet(self, run: Run) -> None:
        earlier = run("stakeholder", "chicago-mayor", "--as-of", "2023-05-14", "-f", "json").json()
        names = [h["name"] for h in earlier["holders"]]

        assert names[:2] == ["Lori Lightfoot", "Rahm Emanuel"]
        assert "Brandon Johnson" not in names

    @pytest.mark.parametrize(
        ("on", "name"),
        [("2019-05-19", "Ana Ruiz"), ("2019-05-20", "Bo Lund"), ("2014-12-31", None)],
    )
    def test_a_claim_about_an_office_names_who_held_it_on_the_date(
        self, run: Run, on: str, name: str | None
    ) -> None:
        card = answer_of(run, "claim", "001-01", "--as-of", on, "--data", str(GOOD))

        assert [h["name"] for h in card["holders"]] == ([name] if name else [])

    def test_an_official_without_a_start_is_named_from_the_confirmation_on(
        self, run: Run, tmp_path: Path
    ) -> None:
        sheriff = {
            "office": "sheriff",
            "name": "Cy Ode",
            "confirmed": "2026-01-15",
            "sources": CITED,
        }
        store = write_store(tmp_path, jurisdictions={"alpha": place("Alpha", officials=[sheriff])})

        def named(on: str) -> list[str]:
            card = answer_of(run, "city", "alpha", "--as-of", on, "--data", store)
            return [o["name"] for o in card["officials"]]

        assert named("2026-01-14") == []
        assert named("2026-01-15") == ["Cy Ode"]


class TestRules:
    @pytest.fixture
    def store(self, tmp_path: Path) -> str:
        rules = [
            rule("detainers", "limits", until="2020-07-01"),
            rule("detainers", "prohibits", **{"from": "2020-07-01", "until": "2022"}),
            rule("jail-access", "permits", **{"from": "2021-03"}),
        ]
        return write_store(tmp_path, jurisdictions={"alpha": place("Alpha", rules=rules)})

    @pytest.mark.parametrize(
        ("on", "stances"),
        [
            ("2009-12-31", []),
            ("2010-01-01", ["limits"]),
            ("2020-06-30", ["limits"]),
            ("2020-07-01", ["prohibits"]),
            ("2021-02-28", ["prohibits"]),
            ("2021-03-01", ["prohibits", "permits"]),
            ("2021-12-31", ["prohibits", "permits"]),
            ("2022-01-01", ["permits"]),
        ],
    )
    def test_one_rule_takes_over_on_the_day_the_other_ends(
        self, run: Run, store: str, on: str, stances: list[str]
    ) -> None:
        asked = ("--as-of", on, "--data", store)
        card = answer_of(run, "city", "alpha", *asked)
        (row,) = answer_of(run, "cities", *asked)

        assert [r["stance"] for r in card["rules"]] == stances
        counted = {s: row[s] for s in ("limits", "prohibits", "permits") if row[s]}
        assert counted == dict.fromkeys(stances, 1)

    @pytest.mark.parametrize(
        ("on", "fits"), [("2020-06-30", True), ("2020-07-01", False), ("2009-12-31", False)]
    )
    def test_the_filter_of_the_list_asks_on_the_date(
        self, run: Run, store: str, on: str, fits: bool
    ) -> None:
        found = run("cities", "--rule", "detainers=limits", "--as-of", on, "--data", store)

        assert (found.code == 0) is fits

    @pytest.mark.parametrize(
        ("on", "stance"), [("2021-02-22", "limits"), ("2021-02-23", "prohibits")]
    )
    def test_chicago_changes_its_detainer_rule_on_the_day_itself(
        self, run: Run, on: str, stance: str
    ) -> None:
        card = answer_of(run, "city", "chicago", "--as-of", on)
        own = [r for r in card["rules"] if r["jurisdiction"] == "chicago"]

        assert [r["stance"] for r in own if r["dimension"] == "detainers"] == [stance]


class TestThingsWithOneDate:
    @pytest.fixture
    def store(self, tmp_path: Path) -> str:
        position = {
            "stakeholder": "ann",
            "stance": "supports",
            "text": "Said so.",
            "policy": "act",
            "sources": CITED,
        }
        return write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            policies={
                "act": policy("Act", introduced="2012-03", enacted="2012-09-13", effective="2013"),
                "bill": policy("Bill", introduced="2014-05-01", status="proposed"),
            },
            stakeholders={"ann": {"name": "Ann", "kind": "person", "about": "A person."}},
            positions={"said": {**position, "date": "2012-09-13"}, "undated": position},
            events={
                "day": event("2012-09-13", "On a day", "alpha"),
                "month": event("2012-09", "In a month", "alpha", "act"),
                "year": event("2013", "In a year", "act"),
            },
        )

    @pytest.mark.parametrize(
        ("on", "ids"),
        [
            ("2012-08-31", []),
            ("2012-09-01", ["month"]),
            ("2012-09-12", ["month"]),
            ("2012-09-13", ["day", "month"]),
            ("2012-09", ["day", "month"]),
            ("2012", ["day", "month"]),
            ("2012-12-31", ["day", "month"]),
            ("2013-01-01", ["year", "day", "month"]),
        ],
    )
    def test_an_event_is_on_the_card_from_its_day_on(
        self, run: Run, store: str, on: str, ids: list[str]
    ) -> None:
        card = answer_of(run, "city", "alpha", "--as-of", on, "--data", store)

        assert [e["id"] for e in card["events"]] == ids

    @pytest.mark.parametrize(
        ("on", "ids"),
        [
            ("2012-02-29", []),
            ("2012-03-01", ["act"]),
            ("2014-04-30", ["act"]),
            ("2014-05-01", ["bill", "act"]),
        ],
    )
    def test_a_policy_is_there_from_its_first_step_on(
        self, run: Run, store: str, on: str, ids: list[str]
    ) -> None:
        asked = ("--as-of", on, "--data", store)
        card = answer_of(run, "city", "alpha", *asked)
        listed = run("policies", *asked, "-f", "json")

        assert [p["id"] for p in card["policies"]] == ids
        assert ([p["id"] for p in listed.json()] if listed.code == 0 else []) == ids

    @pytest.mark.parametrize(
        ("on", "status"),
        [("2012-12-31", "pending"), ("2013-01-01", "in force"), ("2012-03-01", "pending")],
    )
    def test_a_policy_is_pending_until_it_takes_effect(
        self, run: Run, store: str, on: str, status: str
    ) -> None:
        card = answer_of(run, "policy", "act", "--as-of", on, "--data", store)

        assert card["status"] == status

    @pytest.mark.parametrize(
        ("on", "ids"), [("2012-09-12", ["undated"]), ("2012-09-13", ["said", "undated"])]
    )
    def test_a_position_counts_from_its_day_on_and_one_without_a_date_always(
        self, run: Run, store: str, on: str, ids: list[str]
    ) -> None:
        asked = ("--as-of", on, "--data", store)

        assert [p["id"] for p in answer_of(run, "positions", "act", *asked)] == ids
        assert [p["id"] for p in answer_of(run, "policy", "act", *asked)["positions"]] == ids
        (who,) = answer_of(run, "stakeholders", *asked)
        assert who["positions"] == len(ids)


class TestWindows:
    """``--from`` and ``--to`` of timelines and events: both ends are in the window."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> str:
        dates = ("2012-08-31", "2012-09", "2012-09-02", "2012-12-31", "2013", "2013-06-30")
        return write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            events={f"e{n}": event(d, f"Event {n}", "alpha") for n, d in enumerate(dates)},
        )

    @pytest.mark.parametrize(
        ("window", "dates"),
        [
            (("--from", "2012-12-31"), ["2012-12-31", "2013", "2013-06-30"]),
            (("--from", "2013"), ["2013", "2013-06-30"]),
            (("--from", "2013-01-02"), ["2013-06-30"]),
            (("--to", "2012-08-31"), ["2012-08-31"]),
            (("--to", "2012-08-30"), []),
            (("--to", "2012-09-01"), ["2012-08-31", "2012-09"]),
            (("--to", "2012-09"), ["2012-08-31", "2012-09", "2012-09-02"]),
            (("--to", "2012"), ["2012-08-31", "2012-09", "2012-09-02", "2012-12-31"]),
            (("--from", "2012-09", "--to", "2012-09"), ["2012-09", "2012-09-02"]),
            (("--from", "2012-09-02", "--to", "2012-09-02"), ["2012-09-02"]),
            (("--from", "2013", "--to", "2013"), ["2013", "2013-06-30"]),
        ],
    )
    @pytest.mark.parametrize("command", [("timeline", "alpha"), ("events", "--about", "alpha")])
    def test_what_lies_within_is_told_and_nothing_else(
        self,
        run: Run,
        store: str,
        command: tuple[str, ...],
        window: tuple[str, ...],
        dates: list[str],
    ) -> None:
        found = run(*command, *window, "--data", store, "-f", "json")

        told: list[dict[str, Any]] = found.json() if found.code == 0 else []
        assert [e["date"] for e in told] == dates
        assert found.code == (0 if dates else 1)

    def test_a_term_ends_on_the_day_the_next_begins_and_is_told_once(
        self, run: Run, tmp_path: Path
    ) -> None:
        officials = [official("mayor", "Ann", "2001-02-03", "2005-06-07")]
        store = write_store(tmp_path, jurisdictions={"alpha": place("Alpha", officials=officials)})

        def dates(*window: str) -> list[str]:
            found = run("timeline", "alpha", *window, "--data", store, "-f", "json")
            return [e["date"] for e in found.json()] if found.code == 0 else []

        assert dates() == ["2001-02-03", "2005-06-07"]
        assert dates("--to", day_before("2005-06-07")) == ["2001-02-03"]
        assert dates("--from", "2005-06-07", "--to", "2005-06-07") == ["2005-06-07"]
        assert dates("--from", next_day("2005-06-07")) == []
