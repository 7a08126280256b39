"""What a card opens with, and how short it is: the opening, ``--brief``, the first screen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ice_facts.vocabulary import DIMENSIONS
from tests.conftest import AS_OF, Run
from tests.probes import question
from tests.raw import records
from tests.small_store import CITED, SOURCE, answer_of, place, policy, rule, write_store

PLACES = [
    ("city", "chicago"), ("city", "houston"), ("city", "boise"), ("city", "huntington-beach"),
    ("county", "cook-county-il"), ("county", "miami-dade-county-fl"),
    ("county", "butler-county-oh"),
    ("state", "texas"), ("state", "illinois"), ("state", "vermont"), ("state", "tennessee"),
]  # fmt: skip
"""Restricting and cooperating, big and small."""


def opening(run: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer_of(run, *arguments)["opening"]
    return found


def small(tmp_path: Path, *rules: dict[str, Any], level: str = "city") -> tuple[str, ...]:
    """Return the question to a store with one place that has these rules."""
    store = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha", level, rules=list(rules))},
        policies={
            "alpha-ordinance": policy("Alpha Safety Ordinance (2010)"),
            "alpha-order": policy("Alpha order", kind="executive order", status="enjoined"),
        },
    )
    return (level, "alpha", "--data", store)


@pytest.mark.parametrize(("level", "name"), PLACES)
def test_every_sentence_on_rules_cites_a_rule_of_the_card(run: Run, level: str, name: str) -> None:
    card = answer_of(run, level, name)
    cited = {c["id"] for r in card["rules"] for c in r["sources"]}
    told = [s for s in card["opening"] if s["kind"] == "rules"]

    assert 1 <= len(told) <= 3
    for sentence in told:
        assert {c["id"] for c in sentence["sources"]} <= cited
        assert sentence["sources"]
        assert re.search(r"(^In practice, | (must|may|may not) )", sentence["text"])


@pytest.mark.parametrize(("level", "name"), PLACES)
def test_every_dimension_is_told_silent_or_unknown_once(run: Run, level: str, name: str) -> None:
    card = answer_of(run, level, name)
    known = {r["dimension"] for r in card["rules"] if r["stance"] not in ("silent", "unknown")}
    known |= {"287g"} if any(s["kind"] == "agreements" for s in card["opening"]) else set()
    gaps = " ".join(s["text"] for s in card["opening"] if s["kind"] in ("silent", "unknown"))

    for dimension, label in DIMENSIONS.items():
        named = label[:1].lower() + label[1:]
        assert (dimension in known) != (named in gaps), dimension


@pytest.mark.parametrize(
    ("stance", "said"),
    [
        ("prohibits", "Alpha police may not hold people on ICE detainers"),
        ("limits", "Alpha police may hold people on ICE detainers only within limits"),
        ("permits", "Alpha police may hold people on ICE detainers"),
        ("forbids-limits", "Alpha police may not bar holding people on ICE detainers"),
        ("requires", "Alpha police must hold people on ICE detainers"),
    ],
)
def test_a_stance_is_said_with_whom_it_binds_law_and_year(
    run: Run, tmp_path: Path, stance: str, said: str
) -> None:
    one = rule("detainers", stance, binds=["police"], policy="alpha-ordinance")
    first, *_ = opening(run, *small(tmp_path, one))

    assert first["text"] == f"{said} (Safety Ordinance, since 2010)."


@pytest.mark.parametrize(
    ("text", "excepts"),
    [
        ("Police may not hold people without a judge's warrant.", True),
        ("Police may not hold people (except on a judicial warrant).", True),
        ("Even if a judge wants it, police may not hold people unless a judge signs.", True),
        ("Nobody is held without consent. Police may not hold people for a judge.", False),
        ("Whatever a judge says, nobody is held without consent.", False),
        ("Police may not hold people.", False),
        ("Without a judge's warrant police may not hold people.", True),
        ("Police may not hold people. A judge's warrant is excepted.", True),
        ("Police may not hold people. Work on crimes stays open.", False),
        ("Police may not hold people. Holds on a judge's warrant stay open.", True),
    ],
)
def test_an_exception_for_a_judge_stands_in_one_sentence_after_what_excepts(
    run: Run, tmp_path: Path, text: str, excepts: bool
) -> None:
    first, *_ = opening(run, *small(tmp_path, rule("detainers", "prohibits", text=text)))

    assert ("without a judge's warrant or order" in first["text"]) is excepts


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("Alpha Safety Ordinance (2010)", "(Safety Ordinance, since 2010)"),
        ("HB 5 (Alpha Safety Act)", "(HB 5, Safety Act, since 2010)"),
        ("Roe v. Poe (287(g))", "(Roe v. Poe (287(g)), since 2010)"),
        ("Alpha order of May 2010", "(order of May 2010)"),
    ],
)
def test_of_what_a_law_has_in_brackets_the_name_of_an_act_is_told(
    run: Run, tmp_path: Path, short: str, said: str
) -> None:
    store = write_store(
        tmp_path,
        jurisdictions={
            "alpha": place("Alpha", rules=[rule("detainers", "requires", policy="law")])
        },
        policies={"law": policy(short)},
    )
    first, *_ = opening(run, "city", "alpha", "--data", store)

    assert said in first["text"]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"from": "2012"}, "(since 2012)"),
        ({"from": None, "known_from": "2015"}, "(since 2015 or before)"),
        ({"from": None, "known_from": "2015", "practice": True}, "(as told in 2015)"),
        ({"from": None, "practice": True}, "(undated)"),
    ],
)
def test_a_rule_without_a_law_has_the_year_from_which_it_is_known(
    run: Run, tmp_path: Path, dates: dict[str, Any], said: str
) -> None:
    first, *_ = opening(run, *small(tmp_path, rule("detainers", "limits", **dates)))

    assert said in first["text"]


def test_practices_of_several_years_say_from_when_to_when(run: Run, tmp_path: Path) -> None:
    told = [
        rule(dimension, "permits", practice=True, known_from=year, **{"from": None})
        for dimension, year in (("detainers", "2016"), ("jail-access", "2021-05"))
    ]
    first, *_ = opening(run, *small(tmp_path, *told))

    assert "(as told in 2016 to 2021)" in first["text"]


PUBLIC = ["local-bodies", "state-agencies"]
FORCES = ["police", "sheriffs-jails", "state-police", "prisons"]


@pytest.mark.parametrize(
    ("binds", "said"),
    [
        ([*PUBLIC, *FORCES, "schools"], "state and local bodies must hold"),
        ([*PUBLIC, "private"], "state and local bodies and private parties must hold"),
        ([*FORCES, "prosecutors"], "law enforcement must hold"),
        ([*FORCES, "prosecutors", "courts"], "law enforcement and courts must hold"),
        (["police", "sheriffs-jails", "state-police"], "police and sheriffs must hold"),
        (["one-agency", "prisons"], "law, prisons must hold"),
        (["one-agency"], "one state agency must hold"),
    ],
)
def test_many_bodies_have_a_short_name_together(
    run: Run, tmp_path: Path, binds: list[str], said: str
) -> None:
    first, *_ = opening(
        run, *small(tmp_path, rule("detainers", "requires", binds=binds), level="state")
    )

    assert said in first["text"]


def test_jails_among_others_let_ice_in(run: Run, tmp_path: Path) -> None:
    one = rule("jail-access", "prohibits", binds=["sheriffs-jails", "prisons"])
    first, *_ = opening(run, *small(tmp_path, one, level="state"))

    assert "law, jails and prisons may not let ICE in (since 2010)" in first["text"]


def test_what_state_bodies_do_says_of_which_state_they_are(run: Run, tmp_path: Path) -> None:
    done = rule("detainers", "permits", binds=["prisons"], practice=True)
    first, *_ = opening(run, *small(tmp_path, done, level="state"))

    assert first["text"].startswith("In practice, Alpha prisons hold people on ICE detainers")


@pytest.mark.parametrize(
    ("dimension", "said"),
    [
        ("detainers", "Alpha jails may not hold people"),
        ("status-inquiries", "Alpha sheriff and jail staff may not ask"),
    ],
)
def test_a_sheriff_is_told_as_jails_only_where_it_is_about_them(
    run: Run, tmp_path: Path, dimension: str, said: str
) -> None:
    one = rule(dimension, "prohibits", binds=["sheriffs-jails"])
    first, *_ = opening(run, *small(tmp_path, one, level="county"))

    assert first["text"].startswith(said)


def test_ten_dimensions_under_one_law_are_one_sentence(run: Run, tmp_path: Path) -> None:
    rules = [rule(d, "prohibits", policy="alpha-ordinance") for d in DIMENSIONS]
    told = opening(run, *small(tmp_path, *rules))

    assert len(told) == 1
    assert "cooperate in 8 more ways" in told[0]["text"]


def test_a_law_that_a_court_has_stopped_says_so(run: Run, tmp_path: Path) -> None:
    one = rule("detainers", "requires", policy="alpha-order")
    assert "(order, since 2010, enjoined)" in opening(run, *small(tmp_path, one))[0]["text"]


ENJOINED_ITSELF = {
    "ca-ab-103": set(), "ca-sb-805-2025": set(), "id-hb-83-2025": set(),
    "tx-sb-4-2017": set(), "ut-76-14-2": set(),
    "sc-2011-immigration-act": set(), "tn-sb-6002-2025": set(),
    "ut-76-9-1006": {"general-assistance"},
    "nj-ab-5207-2021": {"detention-contract"}, "in-sb-76-2026": {"detainers", "release-notice"},
}  # fmt: skip
"""For each law with rules that is partly enjoined, as its records say: its rules that a court has
stopped themselves for somebody or in part. Of the others it stopped another part of the law."""


def test_it_is_known_which_rules_of_a_law_a_court_has_stopped() -> None:
    found: dict[str, set[str]] = {}
    for at in records("jurisdictions").values():
        for one in at.get("rules", ()):
            law = records("policies").get(one.get("policy") or "", {})
            if law.get("status") == "partly enjoined":
                stopped = "this rule itself" in (one.get("note") or "").casefold()
                found.setdefault(one["policy"], set()).update({one["dimension"]} if stopped else ())
    assert found == ENJOINED_ITSELF


def test_a_law_of_which_a_court_has_stopped_another_part_says_so(run: Run) -> None:
    for name, said in (
        ("texas", "(SB 4, since 2017, another part enjoined; "),
        ("idaho", ", since 2025, another part enjoined)"),
        ("south carolina", "(Act 69, since 2012, another part enjoined)"),
        ("new jersey", "(A5207, since 2021, partly enjoined)"),
        ("indiana", "(SB 76, FAIRNESS Act, since 2026, partly enjoined"),
    ):
        assert any(said in sentence["text"] for sentence in opening(run, "state", name)), name


def test_both_directions_of_a_place_are_told_before_more_of_one(run: Run, tmp_path: Path) -> None:
    bodies = ["police", "prosecutors", "courts", "schools"]
    rules = [rule("detainers", "prohibits", binds=[word]) for word in bodies]
    told = opening(run, *small(tmp_path, *rules, rule("287g", "permits", binds=["police"])))

    assert "Alpha police may sign 287(g) agreements (since 2010)." in [s["text"] for s in told]
    assert {"kind": "more", "text": "2 more rules are on record.", "sources": []} in told


def test_rules_that_are_not_in_force_are_not_told(run: Run, tmp_path: Path) -> None:
    past = rule("detainers", "requires", until="2012")
    told = opening(run, *small(tmp_path, past))

    assert [s["text"] for s in told] == ["Nothing is on record about the rules here."]


def test_rows_and_columns_of_unknown_are_left_to_the_full_form(run: Run) -> None:
    asked = ("city", "boise", "--as-of", AS_OF, "-f", "table", "--width", "100")
    short, full = run(*asked).stdout, run(*asked, "--full").stdout

    assert not re.search(r"(?m)^ Release notice", short)
    assert re.search(r"(?m)^ Release notice +\? unknown +\? unknown", full)
    assert "none recorded" not in short
    assert "Newest source" not in short
    assert "Newest source" in full


def test_a_cell_has_the_first_source_of_each_of_its_rules(run: Run, tmp_path: Path) -> None:
    cited = {word: [{"id": f"{word}-{n}", "locator": "§ 1"} for n in (1, 2)] for word in ("a", "b")}
    store = write_store(
        tmp_path,
        sources={f"{word}-{n}": SOURCE for word in cited for n in (1, 2)},
        jurisdictions={
            "alpha": place(
                "Alpha",
                rules=[
                    rule("detainers", "limits", binds=["police"], sources=cited["a"]),
                    rule("detainers", "limits", binds=["courts"], sources=cited["b"]),
                ],
            )
        },
    )
    shown = run("city", "alpha", "--data", store, "--as-of", AS_OF, "-f", "table").stdout

    assert re.search(r"(?m)^ Detainers +□ limits 2010 \[1\]\[2\]$", shown)


def test_two_stances_of_one_row_stand_in_one_line_where_there_is_room(
    run: Run, tmp_path: Path
) -> None:
    both = small(
        tmp_path, rule("detainers", "limits"), rule("detainers", "requires", **{"from": "2012"})
    )
    asked = (*both, "-f", "table", "--width")

    wide, narrow = (run(*asked, width).stdout for width in ("80", "45"))

    assert re.search(r"(?m)^ Detainers +□ limits 2010 \[1\]; ● requires 2012 \[1\]$", wide)
    assert re.search(r"(?m)^ Detainers +□ limits 2010 \[1\]\n +● requires 2012 \[1\]$", narrow)


@pytest.mark.parametrize(("name", "most"), [("houston", 24), ("boise", 24), ("chicago", 45)])
def test_the_first_screen_is_one_screen(run: Run, name: str, most: int) -> None:
    text = run("city", name, "--as-of", AS_OF, "-f", "table", "--width", "100").stdout
    assert text[: text.index("\n\n Sources")].count("\n") + 1 <= most


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "markdown", "json", "yaml", "html"])
@pytest.mark.parametrize(
    "asked", ["city chicago", "state texas", "policy ca-sb-54", "term detainer"]
)
def test_brief_is_name_opening_and_date(run: Run, asked: str, form: str) -> None:
    dated = () if asked.startswith("term") else ("--as-of", AS_OF)
    found = run(*asked.split(), "--brief", "-f", form, "--no-header", *dated)
    text = found.stdout

    assert found.code == 0
    if form in ("table", "tsv", "csv", "markdown"):
        assert len([line for line in text.splitlines() if line.strip()]) <= 8
    if dated:
        assert AS_OF in text
    if form == "json":
        assert set(json.loads(text)) <= {
            *("id", "name", "title", "term", "opening", "summary", "text", "confirmed", "as_of"),
        }
    else:
        assert "Positions" not in text.split("<footer>")[0]


@pytest.mark.parametrize("width", ["60", "80", "100", "120"])
@pytest.mark.parametrize(("level", "name"), PLACES)
def test_brief_fits_eight_lines_in_whole_sentences(
    run: Run, level: str, name: str, width: str
) -> None:
    text = run(level, name, "--brief", "-f", "table", "--width", width, "--as-of", AS_OF).stdout
    told = " ".join(text.split())

    assert text.count("\n") <= 8
    assert re.search(rf"\.( More: ice-facts {level} \S+)?$", told)


def test_a_source_has_one_number_in_every_part_of_a_card(run: Run) -> None:
    asked = ("city", "chicago", "--as-of", AS_OF, "-f", "table", "--width", "120")
    short = run(*asked).stdout
    rules, listed = (run(*asked, "--section", s).stdout for s in ("rules", "sources"))
    number = re.search(r"ICE detainers.*?\[(\d+)\]", short, re.DOTALL)
    assert number and number[1] == "1"
    name = re.search(r"(?m)^ Sources +\[1\] (.+), ", short)
    assert name

    assert re.search(rf"(?m)^ Sources +\[1\] {re.escape(name[1])}", rules)
    assert re.search(rf"(?m)^ \[1\] \S+ · {re.escape(name[1])}", listed)


def test_an_old_list_says_by_how_much_it_has_grown(run: Run) -> None:
    card = run("city", "houston", "--as-of", AS_OF, "-f", "table", "--width", "200").stdout
    before = run("city", "houston", "--as-of", "2026-05-18", "-f", "table", "--width", "200").stdout

    assert "ICE list of 2026-05-18, grown by 746 since" in " ".join(card.split())
    assert "has grown" not in before


def test_the_future_is_not_on_record(run: Run) -> None:
    card = run("state", "texas", "--as-of", "2090", "-f", "table")
    now = run("state", "texas", "--as-of", AS_OF, "-f", "table")

    assert "The future is not on record" in card.stdout
    assert "the future is not on record" in card.stderr
    assert card.code == 0
    assert "future" not in now.stdout + now.stderr


def test_the_small_store_has_an_opening_too(run: Run) -> None:
    assert "may not hold people on ICE detainers" in run(*question("city"), "-f", "markdown").stdout


@pytest.mark.parametrize(
    ("note", "stance", "told"),
    [
        ("Of an act of 2014.", "limits", True),
        (None, "limits", True),
        ("Of an act of 2014, told from the next year on.", "limits", False),
        ("Searched in vain.", "unknown", False),
    ],
)
def test_a_rule_says_once_that_its_first_day_is_not_known(
    run: Run, tmp_path: Path, note: str | None, stance: str, told: bool
) -> None:
    dates = {"from": None, "known_from": "2015", "note": note}
    one = rule("detainers", stance, binds=["police"], **dates)
    card = run(*small(tmp_path, one), "--full", "-f", "markdown").stdout

    assert ("First day in force not known; told from 2015 on." in card) is told
    assert (note or "") in card


class TestRuleOnAPart:
    """A rule that is on a part of its form of cooperation is never told as the whole."""

    GUNS = rule(
        "status-inquiries", "requires", binds=["police"], scope="before they issue gun permits"
    )
    ASK = rule("status-inquiries", "prohibits", binds=["police"])

    def test_the_opening_says_the_part_and_the_table_that_it_is_one(
        self, run: Run, tmp_path: Path
    ) -> None:
        card = run(*small(tmp_path, self.GUNS), "--width", "100", "-f", "table").stdout

        assert "must ask about immigration status before they issue gun permits" in card
        assert re.search(r"Status inquiries +\S requires in part 2010", card)

    @pytest.mark.parametrize("stance", ["unknown", "silent"])
    def test_the_table_tells_it_where_the_rest_has_no_direction(
        self, run: Run, tmp_path: Path, stance: str
    ) -> None:
        rest = rule("status-inquiries", stance, binds=["police"])
        card = run(*small(tmp_path, rest, self.GUNS), "--width", "100", "-f", "table").stdout

        assert re.search(r"Status inquiries +\S requires in part 2010", card)

    def test_its_text_says_on_which_part_it_is(self, run: Run, tmp_path: Path) -> None:
        card = run(*small(tmp_path, self.GUNS), "--section", "rules", "-f", "tsv").stdout

        assert "On a part only: before they issue gun permits. Binds: police." in card

    @pytest.mark.parametrize(
        ("scope", "said"),
        [
            ("of victims", "ask about immigration status of victims only within limits"),
            ("under a policy", "ask about immigration status only within limits under a policy"),
        ],
    )
    def test_limits_stand_before_how_it_is_limited(
        self, run: Run, tmp_path: Path, scope: str, said: str
    ) -> None:
        one = rule("status-inquiries", "limits", scope=scope)
        assert said in opening(run, *small(tmp_path, one))[0]["text"]

    def test_enforcing_the_law_themselves_is_no_help(self, run: Run, tmp_path: Path) -> None:
        scope = "by enforcing immigration law themselves"
        one = rule("general-assistance", "prohibits", binds=["police"], scope=scope)
        first, *_ = opening(run, *small(tmp_path, one))

        assert first["text"].startswith("Alpha police may not enforce immigration law themselves (")

    def test_it_comes_after_what_is_on_the_whole(self, run: Run, tmp_path: Path) -> None:
        told = opening(run, *small(tmp_path, self.GUNS, self.ASK))

        assert [s["text"].split(" ask ")[0].split()[-1] for s in told[:2]] == ["not", "must"]

    def test_lists_and_comparisons_do_not_count_it(self, run: Run, tmp_path: Path) -> None:
        *_, store = small(tmp_path, self.GUNS)
        listed = ("cities", "--data", store, "--rule")

        assert run(*listed, "status-inquiries=requires").code == 1
        assert run(*listed, "status-inquiries=unknown").code == 0
        counts = run("cities", "--data", store, "-f", "json").json()[0]
        assert (counts["requires"], counts["unknown"]) == (0, 10)
        assert "before they issue" in run("rules", "--data", store, "-f", "csv").stdout

    def test_it_does_not_decide_a_sentence(self, run: Run, tmp_path: Path) -> None:
        *_, store = small(tmp_path, self.GUNS)
        found = run("check", "Alpha police must ask about status", "--data", store, "-f", "json")

        assert found.json()[0]["answer"] == "undecided"
        assert "gun permits" in found.json()[0]["reason"]

    def test_a_rule_on_the_whole_decides_beside_it(self, run: Run, tmp_path: Path) -> None:
        *_, store = small(tmp_path, self.GUNS, self.ASK)
        found = run("check", "Alpha police must ask about status", "--data", store, "-f", "json")

        assert found.json()[0]["answer"] == "differs"
        found = run("check", "Alpha police may not ask about status", "--data", store, "-f", "json")
        assert found.json()[0]["answer"] == "agrees"

    def test_maps_and_comparisons_tell_it_as_a_part(self, run: Run, tmp_path: Path) -> None:
        *_, store = small(tmp_path, self.GUNS, level="state")
        states = run("map", "rule=status-inquiries", "--data", store, "-f", "json").json()["states"]
        (alpha,) = (s for s in states if s["id"] == "alpha")
        assert (alpha["group"], alpha["words"]) == ("unknown", "requires in part")

        beta = json.loads((tmp_path / "jurisdictions.json").read_text(encoding="utf-8"))
        beta["beta"] = place("Beta", "state") | {"state": "WI"}
        (tmp_path / "jurisdictions.json").write_text(json.dumps(beta), encoding="utf-8")
        compared = run("compare", "alpha", "beta", "--data", store, "-f", "table").stdout
        assert "requires in part 2010" in compared


class TestFairWords:
    """An opening says no more than its rules do."""

    def test_a_practice_is_told_as_one(self, run: Run, tmp_path: Path) -> None:
        holds = rule("detainers", "requires", binds=["police"], practice=True)
        refuses = rule("jail-access", "prohibits", binds=["courts"], practice=True)
        told = " ".join(s["text"] for s in opening(run, *small(tmp_path, holds, refuses)))

        assert "In practice, Alpha police hold people on ICE detainers (since 2010)." in told
        assert "In practice, Alpha courts do not let ICE into jails (since 2010)." in told

    def test_jails_let_ice_in(self, run: Run, tmp_path: Path) -> None:
        told = opening(
            run, *small(tmp_path, rule("jail-access", "prohibits", binds=["sheriffs-jails"]))
        )
        assert told[0]["text"] == "Alpha jails may not let ICE in (since 2010)."

    def test_the_exception_for_a_judge_is_told(self, run: Run, tmp_path: Path) -> None:
        bound = {"binds": ["police"], "text": "Police need a warrant signed by a judge."}
        told = opening(run, *small(tmp_path, rule("detainers", "prohibits", **bound)))

        assert "detainers without a judge's warrant or order" in told[0]["text"]

    def test_civil_enforcement_is_called_so(self, run: Run, tmp_path: Path) -> None:
        bound = {"binds": ["police"], "text": "Police take no part in civil immigration work."}
        told = opening(run, *small(tmp_path, rule("general-assistance", "prohibits", **bound)))

        assert "may not help with civil immigration enforcement" in told[0]["text"]

    def test_nobody_must_have_an_agreement_that_ice_may_refuse(
        self, run: Run, tmp_path: Path
    ) -> None:
        told = opening(run, *small(tmp_path, rule("287g", "requires", binds=["police"])))

        assert "Alpha police must seek 287(g) agreements" in told[0]["text"]


def test_what_a_place_has_signed_is_not_unknown(run: Run) -> None:
    card = answer_of(run, "county", "butler-county-oh")
    own = [a for a in card["agreements"] if a["jurisdiction"] == "butler-county-oh"]
    told = [s for s in card["opening"] if s["kind"] == "agreements"]
    table = run("county", "butler-county-oh", "-f", "table", "--as-of", AS_OF).stdout

    assert own
    assert f"Butler County has {len(own)} agreements under 287(g) with ICE" in told[0]["text"]
    assert re.search(rf"287\(g\) agreements +{len(own)} agreements 20\d\d \[", table)
    before = answer_of(run, "county", "butler-county-oh", "--as-of", "2010-01-01")
    assert not [s for s in before["opening"] if s["kind"] == "agreements"]


def test_latest_tells_of_laws_that_no_event_tells_of(run: Run, tmp_path: Path) -> None:
    store = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha", "city")},
        policies={
            "alpha-ordinance": policy("Alpha ordinance", effective="2019-03-01"),
            "alpha-plan": policy("Alpha plan", enacted="2019-05-01", effective="2030-01-01"),
        },
    )
    told = run("city", "alpha", "--data", store, "-f", "table", "--as-of", AS_OF).stdout

    assert "2019-03-01  Alpha ordinance takes effect" in told
    assert "Alpha plan takes effect" not in told


def test_a_territory_is_called_one_and_what_is_not_known_is_told_once(run: Run) -> None:
    asked = ("--brief", "--as-of", AS_OF, "-f", "table", "--width", "100")
    guam, texas = (run("state", name, *asked).stdout for name in ("guam", "texas"))
    card = run("state", "guam", "--as-of", AS_OF, "-f", "table", "--width", "100").stdout

    assert card.splitlines()[0].endswith(" territory")
    assert "Nothing is on record about the rules here." in guam
    assert "No rule of its own is recorded" not in guam
    assert "territory" not in texas


def test_the_newest_of_several_agreements_is_told(run: Run, tmp_path: Path) -> None:
    agreement = {"agency": "Alpha Sheriff", "level": "county", "state": "IL", "sources": CITED}
    store = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha", "county")},
        agreements={
            f"alpha-{n}": agreement
            | {"jurisdiction": "alpha", "model": model, "signed": signed, "confirmed": "2026-01-01"}
            for n, (model, signed) in enumerate(
                (("jail enforcement", "2019-02-03"), ("task force", "2025-04-05"))
            )
        },
    )
    card = run("county", "alpha", "--data", store, "-f", "table", "--as-of", AS_OF).stdout

    assert "Alpha has 2 agreements under 287(g) with ICE (the newest of 2025-04-05)." in card
    assert re.search(r"287\(g\) agreements +2 agreements 2025", card)


def test_the_table_has_every_known_stance_and_the_full_one_what_is_unknown(
    run: Run, tmp_path: Path
) -> None:
    limits = rule("detainers", "limits", binds=["police"])
    unknown = rule("jail-access", "unknown", binds=["police"], note="Searched.")
    asked = (*small(tmp_path, limits, unknown), "-f", "table")

    assert re.search(r"(?m)^ Detainers +□ limits 2010", run(*asked).stdout)
    assert not re.search(r"(?m)^ Jail access", run(*asked).stdout)
    assert re.search(r"(?m)^ Jail access +\? unknown$", run(*asked, "--full").stdout)


def test_sources_are_numbered_in_the_order_in_which_a_card_tells(run: Run) -> None:
    card = answer_of(run, "city", "chicago")
    numbers = {source["id"]: n for n, source in enumerate(card["sources"])}
    opening = [c["id"] for s in card["opening"] for c in s["sources"]]
    rules = [c["id"] for r in card["rules"] for c in r["sources"]]
    rest = [c["id"] for o in card["officials"] for c in o["sources"]]
    rest += [c["id"] for entry in card["listed"] for c in entry["sources"]]
    told = list(dict.fromkeys([*opening, *rules, *rest]))

    assert [numbers[id] for id in told] == sorted(numbers[id] for id in told)


def test_the_growth_of_the_list_is_that_of_the_date(run: Run) -> None:
    growth = answer_of(run, "state", "texas", "--as-of", "2026-06-15")["list_growth"]
    later = answer_of(run, "state", "texas")["list_growth"]

    assert growth is None or "2026-05-18" < growth["as_of"] <= "2026-06-15"
    assert growth != later


@pytest.mark.parametrize(
    ("stance", "told", "cell"),
    [
        (
            "prohibits",
            "In practice, Alpha police do not hold people on ICE detainers",
            "■ not done",
        ),
        ("limits", "only within limits", "□ done in cases"),
        ("permits", "In practice, Alpha police hold people on ICE detainers", "○ done"),
        ("requires", "In practice, Alpha police hold people on ICE detainers", "● done by order"),
    ],
)
def test_what_a_body_does_is_told_as_done_and_after_its_rules(
    run: Run, tmp_path: Path, stance: str, told: str, cell: str
) -> None:
    done = rule("detainers", stance, practice=True, binds=["police"])
    written = rule("jail-access", stance, binds=["police"])
    store = write_store(
        tmp_path,
        jurisdictions={
            "alpha": place("Alpha", rules=[done, written]),
            "beta": place("Beta", rules=[rule("detainers", stance, binds=["police"])]),
        },
    )
    asked = ("--data", store, "--as-of", AS_OF)

    first, second = run("city", "alpha", *asked, "-f", "json").json()["opening"][:2]
    assert "In practice" not in first["text"]
    assert told in second["text"]
    card = run("city", "alpha", *asked, "-f", "table").stdout
    assert f"{cell} 2010" in card
    compared = run("compare", "alpha", "beta", *asked, "-f", "table", "--width", "100").stdout
    assert f"{cell} 2010" in compared
    assert f"{stance} 2010" in compared


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        (("2012", "2012-05"), "(since 2012)"),
        (("2012", "2015"), "(some since 2012)"),
        (("2012", None), "(some since 2012)"),
    ],
)
def test_one_year_of_several_rules_is_said_to_be_the_first(
    run: Run, tmp_path: Path, starts: tuple[str, str | None], told: str
) -> None:
    rules = [
        {**rule(dimension, "prohibits", binds=["police"]), "from": start}
        for dimension, start in zip(("detainers", "287g"), starts, strict=True)
    ]
    assert told in opening(run, *small(tmp_path, *rules))[0]["text"]
