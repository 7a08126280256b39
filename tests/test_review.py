"""What a reader of cards and lists stumbled over once: hints that lead nowhere, silent guesses."""

import re
import shlex
from pathlib import Path

import pytest

from ice_facts.model import Policy
from ice_facts.resolve import resolve
from ice_facts.store import Store
from ice_facts.subjects.policy.brief import status_on
from tests.conftest import AS_OF, Run
from tests.small_store import place, policy, write_store

CARDS = (
    "city chicago",
    "city hialeah",
    "county polk --state fl",
    "county harris --state tx",
    "state wyoming",
    "show united-states",
    "policy 287g",
    "stakeholder ice",
    "stakeholder fop",
    "stakeholder chicago-mayor",
    "stakeholder colorado-governor",
    "topic sensitive-locations",
    "term detainer",
    "claim 002-12",
)


def on_a_screen(run: Run, command: str, *more: str) -> str:
    return run(*shlex.split(command), "--as-of", AS_OF, "-f", "table", *more).stdout


@pytest.mark.parametrize("card", CARDS)
def test_every_command_that_a_card_names_answers(card: str, run: Run) -> None:
    hints = re.findall(r"ice-facts (\S.*)$", on_a_screen(run, card), re.MULTILINE)
    assert hints
    for hint in hints:
        # "city chicago --full, or --section rules, …" names the sections too.
        outcome = run(*shlex.split(hint.partition(", or ")[0]))
        assert outcome.code == 0, hint


def test_the_articles_claims_about_a_place_are_counted_alike(run: Run) -> None:
    for name in ("united-states", "chicago", "illinois"):
        card = run("show", name, "-f", "json").json()
        listed = run("claims", "--about", name, "-f", "json").json()
        assert sorted(c["id"] for c in card["claims"]) == [c["id"] for c in listed]


def test_a_county_in_which_only_a_city_signed_is_not_said_to_have_none(run: Run) -> None:
    assert "none in Houston · none with Harris County itself" in on_a_screen(run, "city houston")
    assert "1 in Harris County · " in on_a_screen(run, "county harris --state tx")


def test_counts_of_agreements_name_the_list_even_where_there_are_none(run: Run) -> None:
    line = re.search(r"^ Agreements .*?\)( \[\d+\])", on_a_screen(run, "city denver"), re.M | re.S)
    assert line is not None
    counted = run("state", "illinois", "-f", "json").json()["state_agreements"]
    assert counted["total"] == 0
    assert counted["sources"]


def test_a_count_on_a_past_date_says_that_the_list_is_younger(run: Run) -> None:
    shown = run("state", "florida", "--as-of", "2012", "-f", "table").stdout
    assert "signed by 2012 and still on the ICE list of 2026-05-18" in " ".join(shown.split())


def test_the_federal_government_is_not_said_to_have_unknown_rules(run: Run) -> None:
    shown = on_a_screen(run, "show united-states")
    assert "unknown" not in shown.partition("Disputed")[0]
    assert "on no federal list" not in shown
    assert not re.search(r"^ Agreements", shown, re.M)
    assert re.search(r"^ Policies ", shown, re.M)


def test_a_list_that_names_a_place_twice_stands_once(run: Run) -> None:
    shown = " ".join(on_a_screen(run, "city san-francisco").split())
    assert shown.count("DOJ list of August 5, 2025") == 1
    assert "DOJ list of August 5, 2025 (as city and county)" in shown


def test_a_card_leaves_out_what_sources_disagreed_about_later(run: Run) -> None:
    assert run("city", "chicago", "--as-of", "1990", "-f", "json").json()["disputed"] == []
    assert run("city", "chicago", "--as-of", AS_OF, "-f", "json").json()["disputed"]


def test_a_law_is_not_pending_before_its_first_known_step(store: Store, run: Run) -> None:
    law = store.one(Policy, resolve(store, "sb54", (Policy,)).id)
    assert status_on(law, "2010") == "unknown"
    assert status_on(law, "2017-11-01") == "pending"
    assert "it came later" in run("policy", "sb54", "--as-of", "2010", "-f", "table").stdout


def test_a_name_that_others_bear_is_not_guessed(run: Run) -> None:
    orange = run("county", "orange", "-f", "tsv")
    assert (orange.code, orange.stdout) == (1, "")
    assert "orange-county-fl" in orange.stderr
    assert "orange-county-ca" in orange.stderr
    for exact in (("county", "orange-county-ca"), ("county", "orange", "--state", "ca")):
        assert run(*exact).stderr == ""


def test_the_list_that_a_wrong_name_leads_to_holds_every_place(run: Run) -> None:
    hint = run("city", "zzyzx").stderr
    assert "ice-facts cities --all lists them all" in hint
    assert len(run("cities", "--all", "-f", "json").json()) > len(
        run("cities", "-f", "json").json()
    )


def test_facts_of_a_source_stand_under_names(run: Run) -> None:
    shown = on_a_screen(run, "source chicago-mcc-2-173-020").replace("\n", " ")
    assert "Chicago: detainers, prohibits" in shown
    assert "jurisdictions chicago" not in shown


def test_two_entries_of_a_list_in_one_line_are_divided(run: Run) -> None:
    shown = on_a_screen(run, "cities --listed dhs --state ca", "--width", "100")
    assert re.search(r"(?m)^ berkeley .* DOJ 2025", shown)
    assert re.search(r"(?m)^ +DHS 2025", shown)


def test_a_persons_office_does_not_repeat_the_name(run: Run) -> None:
    shown = on_a_screen(run, "stakeholder brandon-johnson")
    assert re.search(r"^ Offices +mayor of Chicago, since 2023-05-15", shown, re.M)


def test_counts_keep_to_their_words_where_lines_break(run: Run) -> None:
    for width in range(50, 121, 7):
        shown = on_a_screen(run, "stakeholder ice", "--width", str(width))
        assert not re.search(r"\d\n\s*not-checkable", shown)
        assert not re.search(
            r"^\s*\(\*\)", on_a_screen(run, "city miami", "--width", str(width)), re.M
        )


def test_places_on_a_list_are_counted_as_what_it_names_them(run: Run) -> None:
    doj = on_a_screen(run, "policy doj-sanctuary-list-2025-08-05")
    assert re.search(r"On it +13 states, 4 counties, 18 cities", doj)
    dhs = run("policy", "dhs-sanctuary-list-2025-05-29", "-f", "json").json()
    assert len(dhs["listed"]) == 605


def test_a_policys_changes_and_provisions_have_source_marks(run: Run) -> None:
    shown = on_a_screen(run, "policy chicago-welcoming-city-ordinance")
    changes = re.search(r"^ Changes +(.*?)^ Rules now", shown, re.M | re.S)
    assert changes is not None
    entries = re.split(r"(?=\b20\d\d-\d\d-\d\d )", changes[1])[1:]
    assert len(entries) == 4
    assert all(re.search(r"\[\d+\]$", entry.strip()) for entry in entries)


def test_lists_for_reading_have_names_and_say_what_is_unknown(run: Run, tmp_path: Path) -> None:
    store = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha")},
        policies={"alpha-ordinance": policy("Alpha ordinance", status="unknown")},
    )
    shown = " ".join(on_a_screen(run, "policies", "--data", store, "--width", "90").split())
    assert "Alpha status unknown" in shown
    header, row = run("policies", "--data", store).rows()
    assert dict(zip(header, row, strict=False))["status"] == "unknown"
    assert "of" not in header
    assert "New York City" in on_a_screen(run, "stakeholders --of nyc")


def test_an_offices_card_leads_to_the_positions_of_its_holders(run: Run) -> None:
    shown = on_a_screen(run, "stakeholder chicago-mayor")
    number = re.search(r"^ Positions +(\d+) positions of its holders", shown, re.M)
    assert number is not None
    assert int(number[1]) == len(run("positions", "chicago-mayor", "--as-of", AS_OF).rows()) - 1


def test_counts_of_thousands_are_grouped_for_reading_only(run: Run) -> None:
    assert "1,162" in on_a_screen(run, "agreements --by model")
    assert ["task force", "1162"] in run(
        "agreements", "--by", "model", "--fields", "key,agreements"
    ).rows()


def test_words_of_a_chart_tell_of_what_highs_and_lows_are(run: Run) -> None:
    words = " ".join(on_a_screen(run, "chart removals").split())
    assert "of whole periods, lowest 142,580 (FY2023), highest 271,484 (FY2024)" in words


@pytest.mark.parametrize("text", ["detention", "warrant", "Brown County sheriff", "governor"])
def test_every_command_that_a_search_names_answers(text: str, run: Run) -> None:
    shown = run("search", text, "--limit", "40", "-f", "table", "--width", "400").stdout
    commands = sorted(set(re.findall(r"ice-facts (\S.*)$", shown, re.MULTILINE)))
    assert len(commands) > 2
    of_a_kind: dict[str, list[str]] = {}
    for command in commands:
        of_a_kind.setdefault(command.split()[0], []).append(command)
    # The first and the last of each kind: all forty would say the same.
    for command in {named for some in of_a_kind.values() for named in (some[0], some[-1])}:
        outcome = run(*shlex.split(command))
        assert (outcome.code, outcome.stderr) == (0, ""), command
