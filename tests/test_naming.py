"""Which record a name stands for: id, name, alias, bare name, in this order; and what else is said.

The stores here have records whose ids, names and aliases stand in each other's way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bad_stores import GOOD
from tests.conftest import Outcome, Run
from tests.raw import records
from tests.small_store import CITED, official, place, policy, write_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store in which one record's id is another's name, and so on."""
    return write_store(
        tmp_path_factory.mktemp("names"),
        jurisdictions={
            # "alpha" is an id and a name
            "alpha": place("Gamma"),
            "alpha-in": place("Alpha", state="IN"),
            # "delta" is a name and an alias
            "delta-il": place("Delta"),
            "zeta": place("Zeta", aliases=["Delta"]),
            # "epsilon" is an alias and a bare name
            "epsilon-city": place("Epsilon City"),
            "eta": place("Eta", aliases=["Epsilon"]),
            # "iota" is a bare name only, of two counties
            "iota-county-il": place("Iota County", "county"),
            "iota-county-in": place("Iota County", "county", state="IN"),
            # two cities of one name in one state
            "kappa-north": place("Kappa"),
            "kappa-south": place("Kappa"),
            # two things in one place
            "lambda": place("Lambda", also=["county"]),
            # a county and a city with one name
            "mu-county": place("Mu County", "county"),
            "mu": place("Mu"),
            "illinois": place("Illinois", "state"),
            "new-sigma-city": place("New Sigma City", aliases=["Sigma"]),
            "sigma-state": place("Sigma", "state", state="IN"),
        },
        places={
            "iota-county-ia": place("Iota County", "county", state="IA"),
            "nu": place("Nu", state="OH"),
            "nu-city": place("Nu", state="IA"),
            "xi-town": place("Xi", aliases=["Xi Township"]),
            "delta-oh": place("Delta", state="OH"),
        },
        policies={
            "act-one": policy("Act One", aliases=["Act Two"], enacted="2010", citation="1 ILCS 5"),
            "act-two": policy("Act Two", enacted="2011"),
            "act-three": policy("Act 3", title="An Act on Doors", enacted="2012"),
        },
        stakeholders={
            "ann": {"name": "Ann Oak", "kind": "person", "about": "A person."},
            "oak-union": {
                "name": "Oak Union",
                "kind": "union",
                "about": "A union.",
                "aliases": ["Ann Oak's union"],
            },
        },
        topics={"act-one": {"name": "Act One", "text": "The debate about it."}},
    )


def id_of(run: Run, store: str, *arguments: str) -> str | None:
    """Return the id that a command answers with; None where it answers with nothing."""
    asked = run(*arguments, "--data", store, "-f", "json", "--fields", "id")
    if asked.code:
        assert (asked.code, asked.stdout) == (1, "")
        return None
    found: str = asked.json()["id"]
    return found


def hints(asked: Outcome) -> list[str]:
    """Return the lines after the message."""
    return [line.strip() for line in asked.stderr.splitlines()[1:]]


@pytest.mark.parametrize(
    ("arguments", "id"),
    [
        # id before name
        (("city", "alpha"), "alpha"),
        (("city", "Alpha"), "alpha"),
        (("city", "gamma"), "alpha"),
        (("city", "alpha-in"), "alpha-in"),
        (("city", "alpha", "--state", "IN"), "alpha-in"),
        (("city", "alpha", "--state", "IL"), "alpha"),
        # name before alias
        (("city", "delta", "--state", "IL"), "delta-il"),
        (("city", "delta", "--state", "OH"), "delta-oh"),
        (("policy", "act two"), "act-two"),
        # alias before bare name
        (("city", "epsilon"), "eta"),
        (("city", "epsilon city"), "epsilon-city"),
        (("city", "city of eta"), "eta"),
        # name and state
        (("city", "Alpha, IN"), "alpha-in"),
        (("city", "Alpha, Indiana"), "alpha-in"),
        (("city", "Gamma IL"), "alpha"),
        (("county", "Iota County, IN"), "iota-county-in"),
        (("county", "Iota, Indiana"), "iota-county-in"),
        (("county", "Iota, IA"), "iota-county-ia"),
        # bare name with a state
        (("county", "iota", "--state", "IL"), "iota-county-il"),
        (("county", "iota", "--state", "indiana"), "iota-county-in"),
        (("county", "iota", "--state", "IA"), "iota-county-ia"),
        (("county", "county of iota", "--state", "IL"), "iota-county-il"),
        # level
        (("city", "lambda"), "lambda"),
        (("county", "lambda"), "lambda"),
        (("city", "mu"), "mu"),
        (("county", "mu"), "mu-county"),
        (("state", "sigma"), "sigma-state"),
        (("city", "sigma"), "new-sigma-city"),
        # places without rules
        (("city", "xi"), "xi-town"),
        (("city", "XI TOWNSHIP"), "xi-town"),
        (("city", "nu", "--state", "IA"), "nu-city"),
        (("city", "nu", "--state", "OH"), "nu"),
        (("show", "xi-town"), "xi-town"),
        # spelling
        (("city", "KAPPA-NORTH"), "kappa-north"),
        (("city", " kappa north "), "kappa-north"),
        (("stakeholder", "ann oaks union"), "oak-union"),
        (("stakeholder", "ánn oak"), "ann"),
        # other names of a policy
        (("policy", "an act on doors"), "act-three"),
        (("policy", "act 3"), "act-three"),
        (("policy", "1 ILCS 5"), "act-one"),
        (("policy", "1-ilcs-5"), "act-one"),
        # nothing
        (("city", "gamma", "--state", "IN"), None),
        (("county", "eta"), None),
        (("state", "delta"), None),
        (("policy", "ann"), None),
        (("city", "alph"), None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_the_best_way_of_being_called_decides(
    run: Run, store: str, arguments: tuple[str, ...], id: str | None
) -> None:
    assert id_of(run, store, *arguments) == id


class TestAmbiguous:
    @pytest.mark.parametrize(
        ("arguments", "message", "ids"),
        [
            (
                ("county", "iota"),
                "'iota' can mean more than one county",
                ["iota-county-il", "iota-county-in", "iota-county-ia"],
            ),
            (
                ("city", "kappa"),
                "'kappa' can mean more than one city",
                ["kappa-north", "kappa-south"],
            ),
            (
                ("city", "Kappa", "--state", "il"),
                "'Kappa' can mean more than one city in IL",
                ["kappa-north", "kappa-south"],
            ),
            (
                ("city", "delta"),
                "'delta' can mean more than one city",
                ["delta-il", "delta-oh"],
            ),
        ],
    )
    def test_each_place_is_named_with_the_command_that_shows_it(
        self, run: Run, store: str, arguments: tuple[str, ...], message: str, ids: list[str]
    ) -> None:
        asked = run(*arguments, "--data", store)

        assert (asked.code, asked.stdout) == (1, "")
        assert asked.stderr.splitlines()[0] == f"ice-facts: {message}"
        assert [line.split()[0] for line in hints(asked)] == ids
        for id, line in zip(ids, hints(asked), strict=True):
            assert line.endswith(f"ice-facts {arguments[0]} {id}")
            assert id_of(run, store, arguments[0], id) == id

    def test_the_kind_and_the_state_of_each_are_told(self, run: Run, store: str) -> None:
        asked = run("county", "iota", "--data", store)

        assert "(county: Iota County, IL)" in asked.stderr
        assert "(county: Iota County, IN)" in asked.stderr
        assert "(county: Iota County, IA)" in asked.stderr

    def test_of_several_names_the_ambiguous_one_is_told_and_the_others_shown(
        self, run: Run, store: str
    ) -> None:
        asked = run("city", "gamma", "kappa", "zeta", "--data", store, "-f", "json")

        assert [place["id"] for place in asked.json()] == ["alpha", "zeta"]
        assert asked.code == 1
        assert "'kappa' can mean more than one city" in asked.stderr

    def test_a_name_given_twice_is_answered_once(self, run: Run, store: str) -> None:
        asked = run("city", "gamma", "gamma", "zeta", "--data", store, "-f", "json")

        assert [place["id"] for place in asked.json()] == ["alpha", "zeta"]

    def test_a_topic_and_the_policy_it_is_about_are_both_shown(self, run: Run, store: str) -> None:
        both = run("show", "act one", "--data", store, "-f", "json").json()

        assert [sorted({"title", "text"} & card.keys()) for card in both] == [["title"], ["text"]]
        assert {card["id"] for card in both} == {"act-one"}

    def test_a_thing_is_meant_before_what_only_has_a_title(self, run: Run, tmp_path: Path) -> None:
        told = {"date": "2020", "title": "Mu", "text": "An event.", "sources": CITED}
        store = write_store(tmp_path, jurisdictions={"mu": place("Mu")}, events={"mu-event": told})

        assert id_of(run, store, "show", "mu") == "mu"
        assert id_of(run, store, "show", "mu-event") == "mu-event"


class TestNotFound:
    @pytest.mark.parametrize(
        ("arguments", "message", "hint"),
        [
            (
                ("city", "iota-county-il"),
                "'iota-county-il' is not a city",
                "it is a county: Iota County, IL: ice-facts county iota-county-il",
            ),
            (
                ("county", "eta"),
                "'eta' is not a county",
                "it is a city: Eta, IL: ice-facts city eta",
            ),
            (
                ("city", "illinois"),
                "'illinois' is not a city",
                "it is a state: Illinois: ice-facts state illinois",
            ),
            (
                ("state", "lambda"),
                "'lambda' is not a state",
                "it is a city and county: Lambda, IL: ice-facts city lambda",
            ),
            (
                ("policy", "ann oak"),
                "'ann oak' is not a policy",
                "it is a stakeholder: Ann Oak: ice-facts stakeholder ann",
            ),
            (
                ("city", "gamma", "--state", "IN"),
                "no city in IN matches 'gamma'",
                "ice-facts cities --all lists them all",
            ),
            (
                ("stakeholder", "act-two"),
                "'act-two' is not a stakeholder",
                "it is a policy: Act Two: ice-facts policy act-two",
            ),
        ],
    )
    def test_a_record_of_another_kind_is_named_with_its_command(
        self, run: Run, store: str, arguments: tuple[str, ...], message: str, hint: str
    ) -> None:
        asked = run(*arguments, "--data", store)

        assert (asked.code, asked.stdout) == (1, "")
        assert asked.stderr.splitlines()[0] == f"ice-facts: {message}"
        assert hints(asked) == [hint]

    def test_nothing_outside_a_named_state_is_suggested(self, run: Run, store: str) -> None:
        asked = run("city", "gamma", "--state", "IN", "--data", store)

        assert (asked.code, asked.stdout) == (1, "")
        assert asked.stderr.startswith("ice-facts: no city in IN matches 'gamma'")
        assert "IL" not in asked.stderr

    @pytest.mark.parametrize(
        ("command", "everything"),
        [
            ("city", "ice-facts cities --all lists them all"),
            ("county", "ice-facts counties --all lists them all"),
            ("state", "ice-facts states lists them all"),
            ("policy", "ice-facts policies lists them all"),
            ("stakeholder", "ice-facts stakeholders lists them all"),
            ("topic", "ice-facts topics lists them all"),
            ("term", "ice-facts terms lists them all"),
            ("claim", "ice-facts claims lists them all"),
            ("source", "ice-facts sources lists them all"),
            ("show", "ice-facts search TEXT looks everywhere"),
        ],
    )
    def test_the_list_of_all_is_named(self, run: Run, command: str, everything: str) -> None:
        kind = "record" if command == "show" else command
        asked = run(command, "qqqqqq", "--data", str(GOOD))

        assert (asked.code, asked.stdout) == (1, "")
        assert asked.stderr.splitlines()[0] == f"ice-facts: no {kind} matches 'qqqqqq'"
        assert hints(asked) == [everything]
        if command != "show":
            assert run(*everything.split()[1:-3], "--data", str(GOOD)).code == 0

    @pytest.mark.parametrize(
        ("arguments", "suggested"),
        [
            (("city", "gama"), ["alpha"]),
            (("city", "zetta"), ["zeta"]),
            (("city", "xii"), ["xi-town"]),
            (("city", "kapp"), ["kappa-north"]),
            (("county", "kapp"), []),
            (("city", "lamda"), ["lambda"]),
            (("county", "lamda"), ["lambda"]),
            (("city", "gama", "--state", "IN"), []),
            (("policy", "act on"), ["act-one"]),
            (("policy", "an act on door"), ["act-three"]),
            (("stakeholder", "oak unoin"), ["oak-union"]),
            (("city", "epsilon ci"), ["epsilon-city"]),
            (("city", "qqq"), []),
        ],
    )
    def test_near_names_of_the_kind_are_suggested_and_not_taken(
        self, run: Run, store: str, arguments: tuple[str, ...], suggested: list[str]
    ) -> None:
        asked = run(*arguments, "--data", store)

        assert (asked.code, asked.stdout) == (1, "")
        near = [line.split()[3].rstrip("?") for line in hints(asked) if "did you mean" in line]
        assert near[: len(suggested)] == suggested
        assert bool(near) == bool(suggested)
        assert len(near) <= 3

    @pytest.mark.parametrize(
        ("arguments", "kinds"),
        [
            (("claims", "--topic", "qqqqqq"), "topic"),
            (("policies", "--of", "qqqqqq"), "place"),
            (("stakeholders", "--of", "qqqqqq"), "place"),
            (("statistics", "--of", "qqqqqq"), "place"),
            (("agreements", "--county", "qqqqqq"), "county"),
            (("agreements", "--place", "qqqqqq", "--state", "il"), "place in IL"),
            (("events", "--about", "qqqqqq"), "place or policy or stakeholder"),
            (("claims", "--about", "qqqqqq"), "record"),
            (("positions", "qqqqqq"), "record"),
            (("timeline", "qqqqqq"), "record"),
        ],
    )
    def test_names_in_filters_fail_in_the_same_way(
        self, run: Run, store: str, arguments: tuple[str, ...], kinds: str
    ) -> None:
        asked = run(*arguments, "--data", store)

        assert (asked.code, asked.stdout) == (1, "")
        assert asked.stderr.splitlines()[0] == f"ice-facts: no {kinds} matches 'qqqqqq'"

    def test_a_suggestion_says_what_it_is(self, run: Run, store: str) -> None:
        assert (
            "did you mean alpha? (city: Gamma, IL)" in run("city", "gama", "--data", store).stderr
        )
        assert "(stakeholder: Oak Union)" in run("stakeholder", "oakunio", "--data", store).stderr


class TestState:
    @pytest.mark.parametrize("typed", ["IL", "il", "Illinois", "ILLINOIS", " illinois "])
    def test_a_state_is_typed_by_code_or_name(self, run: Run, store: str, typed: str) -> None:
        assert id_of(run, store, "county", "iota", "--state", typed) == "iota-county-il"

    @pytest.mark.parametrize("typed", ["ILL", "Freedonia", "", "I L L"])
    def test_another_word_is_wrong_usage(self, run: Run, store: str, typed: str) -> None:
        asked = run("county", "iota", "--state", typed, "--data", store)

        assert (asked.code, asked.stdout) == (2, "")
        assert f"{typed!r} is not a state" in asked.stderr

    @pytest.mark.parametrize(
        ("code", "id"),
        [("NY", "new-york-state"), ("dc", "washington-dc"), ("wa", "washington-state")],
    )
    def test_the_command_state_takes_codes(self, run: Run, code: str, id: str) -> None:
        assert run("state", code, "-f", "json", "--fields", "id").json() == {"id": id}


class TestBundledNames:
    """Every place can be reached by its id; samples, as there are thousands."""

    @pytest.mark.parametrize("table", ["jurisdictions", "places"])
    def test_a_place_is_reached_by_its_id_and_by_its_name_and_state(
        self, run: Run, table: str
    ) -> None:
        places = [(id, p) for id, p in records(table).items() if p["level"] in ("city", "county")]
        for id, found in places[:: len(places) // 30]:
            asked: dict[str, Any] = {"-f": "json", "--fields": "id", "--as-of": "2026-11-27"}
            options = [word for pair in asked.items() for word in pair]
            by_id = run(found["level"], id, *options)
            by_name = run(found["level"], found["name"], "--state", found["state"], *options)

            assert by_id.json() == {"id": id}
            if by_name.code:  # townships of several counties share a name
                assert "can mean more than one" in by_name.stderr
            elif "is taken as" in by_name.stderr:  # a town far larger than the village in it
                hinted = f"({found['level']} {id})" in by_name.stderr
                assert hinted or by_name.json() == {"id": id}
            else:
                assert by_name.json() == {"id": id}

    def test_offices_go_by_the_place_of_the_officials(self, run: Run, tmp_path: Path) -> None:
        office = {
            "name": "Mayor of Alpha",
            "kind": "office",
            "about": "The mayor.",
            "jurisdiction": "alpha",
            "office": {"jurisdiction": "alpha", "office": "mayor"},
        }
        officials = [
            official("mayor", "Ann", "2001", "2005"),
            official("clerk", "Cy", "2001"),
            official("mayor", "Bob", "2005"),
        ]
        store = write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha", officials=officials)},
            stakeholders={"alpha-mayor": office},
        )
        card = run("stakeholder", "mayor of alpha", "--data", store, "-f", "json").json()

        assert [(h["name"], h["holds"]) for h in card["holders"]] == [("Bob", True), ("Ann", False)]
