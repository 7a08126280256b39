"""check: which record comes first for a sentence, and what the answer is.

The table is divided by alternate rows. The rules and tables of synonyms were tuned on the rows with
an even number only; the other half tells how they do on sentences that they were not made for. So
do, for what people say in plain words, the rows of ``PLAIN`` and those of ``LATER``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from ice_facts.across.nearest.answer import Nearest, nearest
from ice_facts.across.nearest.by_share import GROUPS
from ice_facts.across.nearest.evidence import (
    REFUSAL_COUNTS,
    RULINGS,
    RULINGS_ON_DUTY,
    STUDIED,
    SUPREMACY_RULINGS,
)
from ice_facts.across.nearest.measures import MEASURES
from ice_facts.across.nearest.synonyms import DEFINITIONS, Definition
from ice_facts.across.nearest.twins import TWINS, twins_of
from ice_facts.across.nearest.views import MATTERS
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    CheckStatus,
    Claim,
    Event,
    Policy,
    Position,
    Series,
    Statistic,
    Term,
    Topic,
)
from ice_facts.store import Store
from ice_facts.vocabulary import SYMBOLS
from tests.conftest import AS_OF, Run
from tests.small_store import CITED, official, place, rule, write_store


class Row(NamedTuple):
    """A sentence, the kind and id of the record that comes first, and the answer.

    Where nothing decides, there is no record.
    """

    sentence: str
    kind: str
    id: str
    answer: str


RULE, OFFICE, LAW, TERM, NUMBER, EVENT = (
    *("rule", "official", "policy", "term", "statistic", "event"),
)
YES, NO, OPEN = "agrees", "differs", "undecided"
SIGNED_BY_JUDGE = "A detainer is a warrant signed by a judge."

TABLE = tuple(
    Row(*row)
    for row in (
        # Rules of places that limit cooperation, and of places that require it, by turns of two.
        ("Chicago police must ask about immigration status.", RULE, "chicago", NO),
        ("Chicago police may not ask people about their immigration status.", RULE, "chicago", YES),
        ("Texas sheriffs must sign 287(g) agreements.", RULE, "texas", YES),
        ("Sheriffs in Texas cannot join the 287(g) program.", RULE, "texas", NO),
        ("Chicago police must hold people for ICE.", RULE, "chicago", NO),
        ("Chicago police must not hold people for ICE.", RULE, "chicago", YES),
        ("Florida sheriffs have to comply with ICE detainers.", RULE, "florida", YES),
        ("Florida jails are not required to honor detainers.", RULE, "florida", NO),
        ("Illinois allows 287(g) agreements.", RULE, "illinois", NO),
        ("Illinois bans 287(g) agreements.", RULE, "illinois", YES),
        ("Every sheriff in Texas has to apply for a 287(g) agreement.", RULE, "texas", YES),
        ("Tennessee sheriffs are forbidden to sign 287(g) agreements.", RULE, "tennessee", NO),
        ("Los Angeles police may honor ICE detainers.", RULE, "california", NO),
        ("Police in Denver cannot hold people on a detainer.", RULE, "denver", YES),
        ("Tennessee requires local police to share immigration status information.", RULE,
         "tennessee", YES),
        ("Miami-Dade County jails must honor detainer requests.", RULE,
         "miami-dade-county-fl", YES),
        ("New York City police must honor every ICE detainer.", RULE, "new-york-city", NO),
        ("NYPD officers may not hold anyone on an ICE detainer.", RULE, "new-york-city", OPEN),
        ("Houston police must honor ICE detainers.", RULE, "texas", YES),
        ("Texas cities may forbid their police to ask about immigration status.", RULE, "texas",
         OPEN),
        ("Illinois sheriffs may turn people over to ICE.", RULE, "illinois", NO),
        ("Cook County must let ICE agents into its jail.", RULE, "cook-county-il", NO),
        ("Florida counties must have a contract with ICE to hold detainees.", RULE, "florida", YES),
        ("In Florida, police do not have to help enforce federal immigration law.", RULE, "florida",
         NO),
        # What is done, views and conditions are not decided by a rule.
        ("Chicago police do not honor ICE detainers.", RULE, "chicago", OPEN),
        ("Texas police hold people for ICE.", RULE, "texas", OPEN),
        ("Chicago should help ICE.", RULE, "chicago", OPEN),
        ("Texas sheriffs should join 287(g).", RULE, "texas", OPEN),
        ("Chicago police may hold people for ICE if a judge signs a warrant.", RULE, "chicago",
         OPEN),
        ("Florida sheriffs must honor detainers unless a judge says otherwise.", RULE, "florida",
         OPEN),
        # Laws and dates.
        ("Florida outlawed sanctuary cities in 2019.", RULE, "florida", YES),
        ("California banned sanctuary cities.", RULE, "california", NO),
        ("Florida banned sanctuary cities in 2015.", RULE, "florida", NO),
        ("Tennessee banned sanctuary policies.", RULE, "tennessee", YES),
        ("California's sanctuary law was struck down by the Supreme Court.", LAW, "ca-sb-54", NO),
        ("SB 54 is still in force.", LAW, "ca-sb-54", YES),
        ("SB 168 took effect in 2019.", LAW, "fl-sb-168-2019", YES),
        ("SB 168 was repealed.", LAW, "fl-sb-168-2019", NO),
        ("Connecticut's Trust Act took effect in 2014.", LAW, "ct-trust-act", YES),
        ("The Illinois Trust Act was passed in 2010.", LAW, "il-trust-act", NO),
        ("Texas SB 8 requires sheriffs to seek 287(g) agreements.", LAW, "tx-sb-8-2025", YES),
        ("The California Values Act requires police to hold people for ICE.", LAW, "ca-sb-54", NO),
        ("Section 1373 forces cities to help ICE arrest people.", LAW, "8-usc-1373", OPEN),
        ("8 U.S.C. 1373 was repealed in 2020.", LAW, "8-usc-1373", NO),
        ("Senate Bill 54 has been repealed.", LAW, "ca-sb-54", NO),
        ("The Laken Riley Act was vetoed.", LAW, "laken-riley-act", NO),
        ("ICE was created by the 2003 Homeland Security Act.", LAW, "homeland-security-act-2002",
         NO),
        ("Executive Order 14159 was signed in 2025.", LAW, "eo-14159", YES),
        # Offices.
        ("Brandon Johnson is the mayor of Chicago.", OFFICE, "chicago", YES),
        ("Brandon Johnson is the mayor.", OFFICE, "chicago", YES),
        ("Brandon Johnson is not the mayor of Chicago.", OFFICE, "chicago", NO),
        ("Lori Lightfoot is mayor of Chicago.", OFFICE, "chicago", NO),
        ("Lori Lightfoot was mayor of Chicago in 2021.", OFFICE, "chicago", YES),
        ("Karen Bass is the mayor of Los Angeles.", OFFICE, "los-angeles", YES),
        ("Eric Adams is the mayor of New York City.", OFFICE, "new-york-city", NO),
        ("Ron DeSantis is the governor of Florida.", OFFICE, "florida", YES),
        ("Donald Trump is president.", OFFICE, "united-states", YES),
        ("Joe Biden is the president.", OFFICE, "united-states", NO),
        ("Kristi Noem is the Secretary of Homeland Security.", OFFICE, "united-states", NO),
        ("John Whitmire became mayor of Houston in 2024.", OFFICE, "houston", YES),
        ("Tom Homan was the director of ICE in 2021.", OFFICE, "united-states", NO),
        ("Jane Doe is the mayor of Houston.", OFFICE, "houston", NO),
        # Terms and agencies.
        (SIGNED_BY_JUDGE, TERM, "detainer", NO),
        ("A detainer is not a court order.", TERM, "detainer", YES),
        ("An ICE warrant is signed by a judge.", TERM, "administrative-warrant", NO),
        ("A judicial warrant is signed by a judge.", TERM, "judicial-warrant", YES),
        ("ICE is part of the Department of Justice.", TERM, "ice-term", NO),
        ("ICE is an agency of the Department of Homeland Security.", TERM, "ice-term", YES),
        ("ICE was founded in 2003.", TERM, "ice-term", YES),
        ("HSI is a branch of ICE.", TERM, "homeland-security-investigations", YES),
        ("Sanctuary cities are illegal.", TERM, "sanctuary-jurisdiction", OPEN),
        ("ICE agents cannot arrest anyone in a sanctuary city.", TERM, "sanctuary-jurisdiction",
         OPEN),
        ("Sanctuary city is a legal term.", TERM, "sanctuary-jurisdiction", NO),
        ("Being in the country without papers is a crime.", TERM, "unlawful-presence-vs-entry", NO),
        # Studies, numbers, suits and lists.
        ("Sanctuary cities have more crime.", EVENT, "study-gonzalez-2019", OPEN),
        ("Sanctuary cities are safer.", EVENT, "study-gonzalez-2019", OPEN),
        ("ICE removed 271,484 people in fiscal year 2024.", NUMBER, "removals-fy2024", YES),
        ("ICE deported 500,000 people in fiscal year 2024.", NUMBER, "removals-fy2024", NO),
        ("Denver was sued by the Justice Department.", LAW, "united-states-v-colorado-2025", YES),
        ("The Trump administration sued Illinois in 2025.", LAW, "united-states-v-illinois-2025",
         YES),
        ("Chicago is on the Justice Department list.", LAW, "doj-sanctuary-list-2025-08-05", YES),
        ("Houston is on the DOJ list of sanctuary jurisdictions.", LAW,
         "doj-sanctuary-list-2025-08-05", NO),
        # No place is named: it depends on the place.
        ("Local jails must honor ICE detainers.", LAW, "galarza-v-szalczyk", OPEN),
        ("Sheriffs must sign 287(g) agreements.", LAW, "287g", OPEN),
        ("Local police must enforce immigration law.", TERM, "anti-commandeering", OPEN),
        ("The federal government can force cities to help ICE.", TERM, "anti-commandeering", NO),
        # Nothing on record decides these.
        ("Immigrants commit more crime.", "", "", OPEN),
        ("The weather is nice.", "", "", OPEN),
        ("Chicago has the best pizza.", "", "", OPEN),
        ("Texas is bigger than France.", "", "", OPEN),
        ("Illegal immigrants pay no taxes.", "", "", OPEN),
        ("The mayor of Chicago likes dogs.", "", "", OPEN),
    )
)  # fmt: skip

TUNED, UNSEEN = TABLE[::2], TABLE[1::2]

PLAIN = tuple(
    Row(*row)
    for row in (
        # What people of both views say of releases, detainers, profiling, fear and arrests.
        ("Sanctuary cities release criminals.", NUMBER, "cis-declined", OPEN),
        ("The federal government cannot commandeer local police.", TERM, "anti-commandeering", YES),
        ("The federal government can commandeer local police.", TERM, "anti-commandeering", NO),
        ("Detainers are issued without a judge.", TERM, "detainer", YES),
        ("ICE detainers are requests.", TERM, "detainer", YES),
        ("ICE administrative warrants are signed by a judge.", TERM, "administrative-warrant", NO),
        ("Unlawful presence is a civil matter.", TERM, "unlawful-presence-vs-entry", YES),
        ("Being undocumented is not a crime.", TERM, "unlawful-presence-vs-entry", YES),
        ("Illegal entry is a crime.", TERM, "unlawful-presence-vs-entry", YES),
        ("Crossing the border illegally is a crime.", TERM, "unlawful-presence-vs-entry", YES),
        ("The Texas sanctuary ban is lawful.", RULE, "texas", OPEN),
        ("The Texas sanctuary ban is racist.", RULE, "texas", OPEN),
        ("Pima County prohibits detainers.", RULE, "pima-county-az", OPEN),
        ("Harris County must hold people on detainers.", RULE, "texas", YES),
        ("ICE has detained US citizens.", LAW, "galarza-v-szalczyk", OPEN),
        ("Working with ICE destroys trust in the police.", EVENT, "study-usipc-2019", OPEN),
        ("Working with ICE does not harm trust in the police.", EVENT, "study-usipc-2019", OPEN),
        ("Very few detainers are refused.", NUMBER, "cis-declined", OPEN),
        ("Sanctuary policies let criminals go free.", NUMBER, "cis-declined", OPEN),
        ("Local immigration enforcement leads to racial profiling.", LAW, "melendres-order", OPEN),
        ("Chicago released dangerous criminals instead of handing them to ICE.", NUMBER,
         "dhs-detainers-released-illinois", OPEN),
        ("Police who enforce immigration law target Latinos.", LAW, "melendres-order", OPEN),
        ("Jails ignore ICE detainers for criminals.", NUMBER, "cis-declined", OPEN),
        ("Detainers are only requests.", TERM, "detainer", YES),
        ("Jails must honor ICE detainers.", LAW, "galarza-v-szalczyk", OPEN),
        ("ICE detainers violate the Fourth Amendment.", LAW, "el-cenizo-v-texas", OPEN),
        ("ICE detainers are mandatory.", LAW, "galarza-v-szalczyk", OPEN),
        ("Holding someone on a detainer is unconstitutional.", LAW,
         "el-cenizo-v-texas", OPEN),
        ("Holding someone on a detainer is legal.", LAW, "el-cenizo-v-texas", OPEN),
        ("Jails that honor ICE detainers can be sued.", LAW, "galarza-v-szalczyk", OPEN),
        ("Sheriffs are legally required to comply with ICE detainers.", LAW,
         "galarza-v-szalczyk", OPEN),
        ("Sheriffs may refuse ICE detainers.", LAW, "galarza-v-szalczyk", OPEN),
        ("New York City let thousands of criminals go instead of honoring detainers.", NUMBER,
         "ice-detainers-refused-nyc-2020", OPEN),
        ("Immigrants are afraid to call the police.", EVENT, "study-theodore-2013", OPEN),
        ("California refuses to honor ICE detainers and releases criminals.", NUMBER,
         "ca-dhs-not-honored-2026", OPEN),
        ("Immigrants do not report crimes when police work with ICE.", EVENT,
         "study-theodore-2013", OPEN),
        ("Working with ICE does not stop immigrants from calling the police.", EVENT,
         "study-theodore-2013", OPEN),
        ("Sanctuary policies build trust with police.", EVENT, "study-theodore-2013", OPEN),
        ("ICE arrests criminals.", NUMBER, "ero-arrests-fy2024", OPEN),
        ("Most people that ICE arrests have no criminal record.", NUMBER,
         "ero-arrests-fy2024", OPEN),
        ("Texas makes its sheriffs work with ICE.", RULE, "texas", OPEN),
        ("Illinois police do not have to help ICE.", RULE, "illinois", YES),
        ("Florida sheriffs cannot ignore detainers.", RULE, "florida", YES),
        ("Cook County may ignore ICE detainers.", RULE, "cook-county-il", YES),
        ("Sanctuary cities protect criminals.", EVENT, "study-gonzalez-2019", OPEN),
        ("287(g) leads to racial profiling.", LAW, "melendres-order", OPEN),
        ("Texas jails may not refuse ICE detainers.", RULE, "texas", YES),
        ("Chicago is free to refuse ICE detainers.", RULE, "chicago", YES),
    )
)  # fmt: skip

LATER = tuple(
    Row(*row)
    for row in (
        # The same matters in other words, written down before they were asked.
        ("Sanctuary cities let rapists back out on the street.", NUMBER, "cis-declined", OPEN),
        ("Hardly any jail ignores detainers.", NUMBER, "cis-declined", OPEN),
        ("Illinois sets violent offenders free instead of calling ICE.", NUMBER,
         "dhs-detainers-released-illinois", OPEN),
        ("Police departments that work with ICE stop people because they look Hispanic.", LAW,
         "melendres-order", OPEN),
        ("Detainers have to be obeyed.", LAW, "galarza-v-szalczyk", OPEN),
        ("A detainer is not an order.", LAW, "galarza-v-szalczyk", OPEN),
        ("It is perfectly legal for jails to honor detainers.", LAW,
         "el-cenizo-v-texas", OPEN),
        ("Counties can be sued if they keep someone on a detainer.", LAW,
         "galarza-v-szalczyk", OPEN),
        ("Counties may not ignore detainers.", LAW, "galarza-v-szalczyk", OPEN),
        ("It is illegal to hold someone only on a detainer.", LAW,
         "el-cenizo-v-texas", OPEN),
        ("Immigrants still call 911 in places that work with ICE.", EVENT,
         "study-theodore-2013", OPEN),
        ("When police help ICE, victims are scared to come forward.", EVENT,
         "study-theodore-2013", OPEN),
        ("ICE goes after the worst criminals.", NUMBER, "ero-arrests-fy2024", OPEN),
        ("People in ICE detention mostly have no convictions.", "series",
         "detained-on-data-date-convicted", YES),
        ("Tennessee sheriffs are not free to ignore detainers.", RULE, "tennessee", OPEN),
        ("Los Angeles police may decline ICE detainers.", RULE, "los-angeles", YES),
        ("Los Angeles lets dangerous felons walk free.", NUMBER, "lapd-detainers-2022", OPEN),
        ("Sanctuary laws make witnesses less afraid to talk to police.", EVENT,
         "study-theodore-2013", OPEN),
        ("Texas forbids its jails to refuse detainers.", RULE, "texas", YES),
        ("Cook County is not obliged to honor detainers.", RULE, "cook-county-il", YES),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def answers(store: Store) -> dict[str, Nearest]:
    """Return the answer to every sentence of the table."""
    found = {}
    for row in (*TABLE, *PLAIN, *LATER):
        try:
            (found[row.sentence],) = nearest(store, [row.sentence], AS_OF)
        except NotFoundError:
            found[row.sentence] = Nearest(sentence=row.sentence, hits=())
    return found


def missed(rows: tuple[Row, ...], answers: dict[str, Nearest]) -> Iterator[str]:
    for row in rows:
        answer = answers[row.sentence]
        first = next((hit for hit in answer.hits if hit.relation == "decides"), None)
        found = (first.kind, first.id) if first else ("", "")
        if (*found, answer.answer) != (row.kind, row.id, row.answer):
            yield f"{row.sentence} -> {found} {answer.answer}: {answer.reason}"


def test_the_tuned_half_is_answered_as_written(answers: dict[str, Nearest]) -> None:
    assert not list(missed(TUNED, answers))


def test_plain_sentences_of_both_views_are_answered_as_written(
    answers: dict[str, Nearest],
) -> None:
    assert not list(missed(PLAIN, answers))


def test_the_same_in_other_words_is_answered_nearly_as_well(answers: dict[str, Nearest]) -> None:
    wrong = list(missed(LATER, answers))
    assert len(LATER) - len(wrong) >= 0.9 * len(LATER), wrong


def test_the_other_half_is_answered_nearly_as_well(answers: dict[str, Nearest]) -> None:
    wrong = list(missed(UNSEEN, answers))
    assert len(UNSEEN) - len(wrong) >= 0.9 * len(UNSEEN), wrong


def test_the_first_record_comes_before_all_that_is_only_near(answers: dict[str, Nearest]) -> None:
    order = {"decides": 0, "says": 1, "related": 2}
    for answer in answers.values():
        places = [order[hit.relation] for hit in answer.hits]
        assert places == sorted(places)
        for hit in answer.hits:
            assert (hit.answer is not None) == (hit.relation == "decides")
            assert bool(hit.reason) == (hit.relation == "decides")
            assert hit.relation != "says" or hit.kind == "claim"


OF_PLACES = {
    # where more rules in force prohibit or limit, and where more require or forbid limits
    "limiting": ("chicago", "illinois", "los-angeles", "denver", "new-york-city", "cook-county-il",
                 "california", "connecticut"),
    "requiring": ("texas", "florida", "tennessee", "miami-dade-county-fl", "houston"),
}  # fmt: skip


def test_the_table_has_as_many_rules_of_both_kinds_of_places() -> None:
    rules = [row.id for row in TABLE if row.kind == RULE]
    limiting = [id for id in rules if id in OF_PLACES["limiting"]]
    requiring = [id for id in rules if id in OF_PLACES["requiring"]]
    assert abs(len(limiting) - len(requiring)) <= 2


def test_the_records_of_what_was_studied_and_judged_are_there(store: Store) -> None:
    named = {id for studied in STUDIED for id in studied.records}
    named |= {id for _, ids in RULINGS for id in ids} | {*RULINGS_ON_DUTY, *REFUSAL_COUNTS}
    assert all(any(store.get(c, id) for c in (Policy, Event, Statistic)) for id in named)
    assert all(store.one(Policy, id).kind == "court decision" for _, ids in RULINGS for id in ids)


def test_counts_of_releases_name_their_owners_and_decide_nothing(store: Store) -> None:
    asked = ("Sanctuary cities release criminals.", "Chicago lets gangs go, not to ICE.")
    for found in nearest(store, asked, AS_OF):
        told = [hit for hit in found.hits if hit.relation == "decides"]
        numbers = [hit for hit in told if hit.kind == "statistic"]
        assert found.answer == "undecided" and len(numbers) >= 3
        assert all(re.search(r", by .* count\b", hit.title) for hit in numbers)
        claims = {hit.id for hit in found.hits if hit.relation == "related"}
        assert {"001-20", "004-22", "004-23"} <= claims


def test_a_ruling_is_told_from_its_day_on(store: Store) -> None:
    (then,) = nearest(store, ["ICE detainers are mandatory."], "2013-01-01")
    (now,) = nearest(store, ["ICE detainers are mandatory."], AS_OF)
    assert then.hits[0].id == "8-cfr-287-7"
    told = [hit.id for hit in now.hits if hit.relation == "decides"]
    assert told == ["galarza-v-szalczyk", "el-cenizo-v-texas", "8-cfr-287-7"]
    assert "it depends on the place. State rules: " in now.reason


def test_the_rule_of_a_place_comes_before_rulings(store: Store) -> None:
    asked = ("Texas jails must honor ICE detainers.", "Chicago police must honor ICE detainers.")
    for found, id in zip(nearest(store, asked, AS_OF), ("texas", "chicago"), strict=True):
        assert (found.hits[0].kind, found.hits[0].id) == ("rule", id)


@pytest.mark.parametrize("group", TWINS, ids=lambda group: group[0])
def test_claims_on_one_matter_stand_together(group: tuple[str, ...], store: Store) -> None:
    claims = [store.one(Claim, id) for id in group]
    (found,) = nearest(store, [claims[0].text], AS_OF, limit=1)
    ids = [hit.id for hit in found.hits if hit.kind == "claim"]
    assert {*group} <= {*ids}
    places = sorted(ids.index(id) for id in group)
    others = {other for id in group for other in twins_of(id)}
    assert {*ids[places[0] : places[-1] + 1]} <= others | {*group}


def test_twins_count_as_one_and_are_said_to_be_on_the_same_matter(run: Run) -> None:
    asked = ("check", "Supporters and critics of sanctuary policies", "-n", "1", "--as-of", AS_OF)
    ids = [hit["id"] for hit in run(*asked, "-f", "json").json() if hit["kind"] == "claim"]
    assert set(ids) == {"004-22", "004-23", "001-20"}
    shown = " ".join(run(*asked, "-f", "table").stdout.split())
    assert shown.count("an article said: ") == 1
    assert shown.count("on the same matter: ") == 2


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: f"{d.term} {d.words[:20]}")
def test_what_a_term_decides_stands_in_its_text(definition: Definition, store: Store) -> None:
    assert definition.quote in store.one(Term, definition.term).text


@pytest.mark.parametrize(
    ("sentence", "denial"),
    [
        ("Chicago police must hold people for ICE.",
         "Chicago police must not hold people for ICE."),
        ("Texas sheriffs must sign 287(g) agreements.",
         "Texas sheriffs must not sign 287(g) agreements."),
        ("Karen Bass is the mayor of Los Angeles.", "Karen Bass is not the mayor of Los Angeles."),
        ("SB 54 is in force.", "SB 54 is not in force."),
        ("SB 168 is in force.", "SB 168 is not in force."),
        ("A detainer is a court order.", "A detainer is not a court order."),
        ("ICE is part of the Department of Justice.",
         "ICE is not part of the Department of Justice."),
        ("Boston is on the DOJ list.", "Boston is not on the DOJ list."),
    ],
)  # fmt: skip
def test_a_denial_has_the_other_answer(sentence: str, denial: str, store: Store) -> None:
    one, other = nearest(store, [sentence, denial], AS_OF)
    assert {one.answer, other.answer} == {YES, NO}
    assert one.hits[0].id == other.hits[0].id


@pytest.mark.parametrize(
    ("limiting", "requiring"),
    [
        ("Illinois {} 287(g) agreements.", "Texas {} 287(g) agreements."),
        ("Chicago {} police to hold people on detainers.",
         "Florida {} police to hold people on detainers."),
    ],
)  # fmt: skip
def test_both_kinds_of_places_are_held_to_one_measure(
    limiting: str, requiring: str, store: Store
) -> None:
    asked = [
        form.format(verb) for form in (limiting, requiring) for verb in ("forbids", "requires")
    ]
    assert [a.answer for a in nearest(store, asked, AS_OF)] == [YES, NO, NO, YES]


COUNTED = (
    ("Texas has 387 agreements.", YES, "387 287(g) agreements on ICE's list of 2026-05-18"),
    ("Texas has 387 287(g) agreements with ICE.", YES, "465 on ICE's list of 2026-07-14"),
    ("Texas has 465 287(g) agreements.", YES, "387 on ICE's list of 2026-05-18"),
    ("Texas has 400 287(g) agreements.", NO, "387 287(g) agreements on ICE's list of 2026-05-18"),
    ("Texas does not have 387 287(g) agreements.", NO, "387 287(g) agreements"),
    ("Texas has 194 task force agreements.", YES, "194 287(g) agreements of the task force model"),
    ("There are 1,843 287(g) agreements.", YES, "2,589 on ICE's list of 2026-09-25"),
    ("There were 135 287(g) agreements in 2024.", YES, "ICE's list of 2024-12-29"),
    ("Florida has more than 300 287(g) agreements.", YES, "348 287(g) agreements"),
    ("Texas has more than 100 287(g) agreements.", YES, "387 287(g) agreements"),
    ("Texas has fewer than 1,000 287(g) agreements.", YES, "387 287(g) agreements"),
    ("At least 400 287(g) agreements are in Texas.", YES, "465 287(g) agreements"),
    ("At least 500 287(g) agreements are in Texas.", NO, "387 287(g) agreements"),
    ("Texas has more 287(g) agreements than Florida.", YES, "Texas: 387, Florida: 348"),
    ("Texas has fewer 287(g) agreements than Florida.", NO, "Texas: 387, Florida: 348"),
    ("Miami-Dade County has 2 287(g) agreements.", YES, "agreements of its own agencies"),
    ("Miami-Dade County has 11 287(g) agreements.", YES, "with those of its cities"),
    ("Hialeah has a 287(g) agreement.", YES, "Hialeah: 1 287(g) agreement on"),
    ("Houston has a 287(g) agreement.", NO, "Houston: 0 287(g) agreements"),
    ("Texas has the most 287(g) agreements.", YES, "on ICE's list of 2026-05-18; Florida: 348"),
    ("Texas does not have the most 287(g) agreements.", NO, "Florida: 348"),
    ("Texas had the most 287(g) agreements in 2024.", OPEN, "on ICE's list of 2024-12-29"),
    ("Florida has more 287(g) agreements than any other state.", NO, "Texas: 387"),
    ("Florida has the most task force agreements.", YES, "Florida: 274"),
    ("Illinois has no 287(g) agreements.", YES, "Illinois: 0 287(g) agreements"),
    ("Illinois does not have any 287(g) agreements.", YES, "Illinois: 0 287(g) agreements"),
)


GROWN = (
    (
        "287(g) agreements have grown since 2025.",
        YES,
        "135 287(g) agreements on ICE's list of 2024",
    ),
    ("287(g) agreements have not grown since 2025.", NO, "2,589 on ICE's list of 2026-09-25"),
    ("The number of 287(g) agreements in Texas fell in 2026.", NO, "Texas: 259 287(g) agreements"),
    ("287(g) agreements more than doubled in 2026.", YES, "1,274 287(g) agreements"),
    ("287(g) agreements tripled in 2026.", NO, "1,274 287(g) agreements"),
    ("287(g) agreements rose tenfold between 2024 and 2026.", YES, "135 287(g) agreements"),
    ("287(g) agreements have increased tenfold since May 2025.", NO, "517 287(g) agreements"),
    ("287(g) agreements in Texas grew by 233 in 2025.", YES, "a change of +233"),
    ("287(g) agreements in Texas grew by 333 in 2025.", NO, "a change of +233"),
    ("287(g) agreements grew by 844 percent in 2025.", YES, "(+844 percent)"),
    ("287(g) agreements grew by 200% in 2025.", NO, "the sentence says 200 percent"),
    ("287(g) agreements grew to 1,843 in 2026.", YES, "1,843 287(g) agreements on ICE's list"),
    ("Task force agreements are growing.", YES, "287(g) agreements of the task force model"),
    ("287(g) agreements have grown since 2019.", OPEN, "148 287(g) agreements"),
    ("287(g) agreements rose in Florida after a law passed.", OPEN, "Florida: 49 287(g) agree"),
    ("287(g) agreements grew in 2023, 2024 and 2025.", OPEN, "148 287(g) agreements"),
    ("Task force agreements grew by 684 percent in 2025.", OPEN, "0 287(g) agreements of the"),
    ("Florida has signed many 287(g) agreements.", OPEN, "“many” is no number; Florida: 348"),
    ("The 287(g) agreements in Houston have grown.", OPEN, "Houston: 0 287(g) agreements"),
    ("287(g) agreements in Illinois have grown.", OPEN, "Illinois: 0 287(g) agreements"),
)


@pytest.mark.parametrize(("sentence", "answer", "said"), (*COUNTED, *GROWN))
def test_agreements_are_counted_and_the_count_has_a_date(
    sentence: str, answer: str, said: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert (found.answer, found.hits[0].kind) == (answer, "agreements")
    assert said in found.reason


READ = (
    # What readers of both views found told wrongly, and its twins.
    ("Detainers are requests, not orders.", YES, "It is a request"),
    ("A detainer is a request and not an order.", YES, "It is a request"),
    ("Detainers are orders, not requests.", OPEN, "courts have ruled"),
    ("Unlawful entry is a crime, not a civil matter.", YES, "is a crime under 8 U.S.C. 1325"),
    ("Being undocumented is a civil matter, not a crime.", YES, "is a civil matter"),
    ("Illinois jails must ignore ICE detainers.", YES, "“may not”; the rule of Illinois"),
    ("Texas sheriffs must refuse ICE detainers.", NO, "“may not”; the rule of Texas"),
    ("Texas law requires sheriffs to ignore detainers.", NO, "“may not”; the rule of Texas"),
    ("Illinois law requires jails to refuse detainers.", YES, "“may not”; the rule of Illinois"),
    ("Florida police must deny detainers.", NO, "“may not”; the rule of Florida"),
    ("Texas jails must not refuse ICE detainers.", YES, "“must”; the rule of Texas"),
    ("Texas law lets sheriffs ignore detainers.", NO, "“need not”; the rule of Texas"),
    ("Illinois law lets sheriffs ignore detainers.", YES, "“need not”; the rule of Illinois"),
    ("Texas jails do not have to refuse detainers.", YES, "“may”; the rule of Texas"),
    ("Georgia jails may refuse ICE detainers.", OPEN, "sources disagree"),
    ("Georgia jails must honor ICE detainers.", OPEN, "sources disagree"),
    ("Texas SB 4 bans sanctuary policies.", YES, "its rules: forbid local limits"),
    ("Florida SB 168 allows sanctuary policies.", NO, "its rules: forbid local limits"),
    ("SB 54 bans 287(g) agreements.", YES, "the rule of California: prohibits"),
    ("SB 54 was upheld in court.", OPEN, "United States v. California (2019): Decided"),
    ("Texas SB 4 was upheld in court.", OPEN, "keeps one part enjoined"),
    ("A court upheld HB 1637.", OPEN, "no ruling on it is on record"),
    ("The United States won its suit against Illinois.", OPEN, "Dismissed on 2025-07-25"),
    ("The United States lost its suit against Illinois.", OPEN, "Dismissed on 2025-07-25"),
    ("The United States sued Illinois.", YES, "the suit is on record"),
    ("Cooperation with ICE makes immigrants afraid to report crimes.", OPEN, "studies of"),
    ("Cooperation with ICE does not make immigrants afraid to report crimes.", OPEN, "studies of"),
    ("Police cooperation with ICE lowers crime reporting.", OPEN, "studies of"),
    ("Federal law requires cities to cooperate with ICE.", NO, "may not order states"),
    ("Federal law does not require cities to cooperate with ICE.", YES, "may not order states"),
    ("Brandon Johnson opposes Operation Midway Blitz.", YES, "2025-10-06"),
    ("JB Pritzker supports Operation Midway Blitz.", NO, "JB Pritzker opposes"),
    ("Donald Trump supports Operation Midway Blitz.", YES, "Donald Trump supports"),
    ("Some sheriffs oppose sanctuary laws.", YES, "against"),
    ("Some sheriffs support sanctuary laws.", YES, "4 for"),
    ("Most sheriffs oppose sanctuary laws.", OPEN, "not a poll"),
    ("Texas sheriffs support 287(g) agreements.", OPEN, "387 agreements in Texas stand on ICE's"),
    ("Unions support sanctuary laws.", OPEN, "1 for, 0 against"),
    ("Prosecutors oppose sanctuary laws.", OPEN, "does not count positions on sanctuary"),
    ("Immigrant groups support sanctuary laws.", OPEN, "does not count positions on sanctuary"),
    ("Chicago police may not cooperate with ICE.", YES, "on civil immigration enforcement"),
)


@pytest.mark.parametrize(("sentence", "answer", "said"), READ)
def test_twins_of_both_views_are_treated_alike(
    sentence: str, answer: str, said: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert found.answer == answer
    assert said in found.reason


OVER_TIME = (
    # Written down before they were asked.
    ("ICE detention has risen since 2024.", YES, "37,006 in 2023-12, 61,029 in 2026-04"),
    ("ICE detention has not risen since 2024.", NO, "37,006 in 2023-12, 61,029 in 2026-04"),
    ("ICE detention doubled between 2024 and 2026.", OPEN, "from 35,069 in 2024-04 to 71,929 in"),
    ("Removals fell in 2021.", YES, "185,884 in fiscal year 2020, 55,590 in fiscal year 2021"),
    ("Removals rose in 2021.", NO, "185,884 in fiscal year 2020, 55,590 in fiscal year 2021"),
    ("ICE holds fewer people in detention than in 2023.", NO, "37,006 in 2023-12"),
    ("More than 60,000 people are in ICE detention.", YES, "60,311 on 2026-04-02"),
    ("Fewer than 50,000 people are in ICE detention.", NO, "60,311 on 2026-04-02"),
    ("ICE arrests have doubled.", OPEN, "miss arrests that do not lead to detention"),
    ("ICE detention rose under Trump.", OPEN, "the time that the sentence tells is not looked up"),
    ("ICE holds more people than ever.", NO, "which begins in 2018-10: 71,929 in 2026-01"),
    ("1,551 agencies have 287(g) agreements.", YES, "1,551 on 2026-05-18"),
    ("180,701 people are in Alternatives to Detention.", YES, "180,701 on 2026-04-04"),
    # What rose, fell or doubled.
    ("ICE detention doubled between December 2023 and January 2026.", NO, "71,929 in 2026-01"),
    ("ICE detention rose by 78 percent in 2025.", YES, "69,533 in 2025-12, a change of +30,399"),
    ("ICE removals fell by 70 percent in 2021.", YES, "a change of -130,294 (-70 percent)"),
    ("Deportations have tripled since 2021.", YES, "234,236 in fiscal year 2026 (until 2026"),
    ("Removals have risen since 2024.", YES, "319,980 in fiscal year 2025 (until 2025-09-15)"),
    ("ICE detention in Texas has risen since 2022.", YES, "in facilities of the state"),
    ("ICE detention is rising.", OPEN, "from 49,499 in 2025-04 to 71,929 in 2026-01"),
    ("ICE detention is not rising.", OPEN, "from 49,499 in 2025-04 to 71,929 in 2026-01"),
    ("ICE detention rose in 2018.", OPEN, "the record has no two counts of that time"),
    ("Alternatives to detention have grown since 2024.", OPEN, "180,701 on 2026-04-04"),
    ("Book-ins fell in March 2026.", NO, "31,864 in 2026-02, 32,531 in 2026-03"),
    ("The number of agencies with 287(g) agreements doubled in 2025.", YES, "133 on 2024-12-29"),
    # More than then, than ever.
    ("ICE deported more people in 2024 than in 2023.", YES, "142,580 in fiscal year 2023"),
    ("ICE deported fewer people in 2026 than in 2025.", OPEN, "the newest period is not over"),
    ("ICE holds twice as many people as in 2023.", OPEN, "from 22,180 in 2023-01"),
    ("ICE detention was lower in 2021 than in 2019.", YES, "42,751 in 2019-12"),
    ("ICE detention has never been higher.", NO, "71,929 in 2026-01"),
    ("ICE deported more people in 2025 than ever.", OPEN, "what was before is not on record"),
    # How many.
    ("ICE holds 70,000 people.", NO, "60,311 on 2026-04-02"),
    ("ICE holds 61,000 people.", OPEN, "it stands between counts of that time"),
    ("ICE held 70,000 people in January 2026.", OPEN, "it stands between counts of that time"),
    ("ICE held 20,000 people in detention in 2025.", NO, "59,762 on 2025-09-15"),
    ("ICE deported 330,000 people in 2025.", OPEN, "the period was not over when it was counted"),
    ("ICE deported 500,000 people in 2025.", NO, "319,980 in fiscal year 2025"),
    ("ICE deported more than 200,000 people in 2026.", YES, "234,236 in fiscal year 2026"),
    ("ICE has detained 500,000 people.", OPEN, "“detained” can mean held at a time or brought in"),
    ("ICE arrested 400,000 people in 2025.", OPEN, "222,832 in fiscal year 2025"),
    ("About 46,000 people wear ankle monitors.", YES, "46,302 on 2026-04-04"),
    ("ICE deported 142,580 people in 2023.", YES, "142,580 in fiscal year 2023"),
    ("ICE detention did not double in 2025.", YES, "39,135 in 2024-12, 69,533 in 2025-12"),
    ("The number of people in ICE detention has fallen since January 2026.", YES, "in 2025-12"),
    ("A record number of people are in immigration detention.", NO, "71,929 in 2026-01"),
    ("Removals by ICE halved between 2019 and 2022.", YES, "69,019 in fiscal year 2022"),
    # Which part of them.
    ("Most people in ICE detention have a criminal conviction.", NO, "17,589 convicted (29"),
    ("Most people in ICE detention have no criminal conviction.", YES, "17,589 convicted"),
    ("People in ICE detention mostly have convictions.", NO, "17,589 convicted"),
    ("Most people in ICE detention do not have a criminal conviction.", YES, "(29 percent)"),
    ("The majority of ICE detainees have been convicted of a crime.", NO, "17,589 convicted"),
    ("Most people in ICE detention are criminals.", OPEN, "people convicted, or charged as well"),
    ("Most people in ICE detention have a criminal record.", OPEN, "18,731 pending charges"),
    ("Most people in ICE detention have pending charges.", NO, "18,731 pending charges (31"),
    ("29 percent of people in ICE detention have a conviction.", YES, "17,589 convicted"),
    ("Everyone in ICE detention has a criminal conviction.", NO, "23,991 other immigration"),
    ("In 2019 most people in ICE detention had no conviction.", YES, "16,120 convicted (32"),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "answer", "said"), OVER_TIME)
def test_what_is_counted_over_time_is_told_with_dates_and_who_counts(
    sentence: str, answer: str, said: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert (found.answer, found.hits[0].kind) == (answer, "series")
    assert said in found.reason
    assert "by U.S. Immigration and Customs Enforcement" in found.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Deaths in ICE detention have risen since 2024.",
        "ICE detention of children has risen since 2024.",
        "The cost of ICE detention doubled.",
        "Removals of families fell in 2021.",
        "ICE wait times have risen since 2024.",
        "ICE detention centers have doubled.",
        "ICE detention in Houston has risen since 2022.",
        "ICE opened 20 detention centers in 2025.",
        "Most people in ICE detention have a conviction for traffic offenses.",
        "10 percent of people in ICE detention have a conviction for violence.",
        "Most people that ICE arrests have no criminal record.",
        "ICE removed 271,484 people in fiscal year 2024.",
        "Texas has 387 287(g) agreements.",
        "Chicago police must hold people for ICE.",
    ],
)
def test_other_things_are_not_taken_for_what_is_counted_over_time(
    sentence: str, store: Store
) -> None:
    try:
        (found,) = nearest(store, [sentence], AS_OF)
    except NotFoundError:
        return
    assert all(hit.kind != "series" for hit in found.hits)


def test_a_sentence_of_many_things_is_not_held_against_a_count_of_one(store: Store) -> None:
    many = "ICE detention has risen since 2024, as " + "many people in many states " * 30 + "say."
    (found,) = nearest(store, [many], AS_OF)
    assert all(hit.kind != "series" for hit in found.hits)


def test_a_number_in_round_thousands_agrees_with_what_rounds_to_it(store: Store) -> None:
    asked = [f"ICE deported {n} people in fiscal year 2024." for n in ("271,000", "272,000")]
    assert [found.answer for found in nearest(store, asked, AS_OF)] == [YES, NO]


def test_only_what_was_known_on_the_date_is_counted(store: Store) -> None:
    (then,) = nearest(store, ["ICE holds more people than ever."], "2025-12-31")
    assert "60,317 in 2025-09 (until 2025-09-15)" in then.reason


def test_what_is_counted_over_time_is_on_record(store: Store) -> None:
    ids = {id for m in MEASURES for id in (m.by_month, m.by_year, m.on_day) if id}
    also = {id for m in MEASURES for id in m.also}
    groups = {f"{of}-{group}" for of in ("detained-on-data-date", "detention-by-month")
              for group in GROUPS}  # fmt: skip
    assert all(store.get(Series, id) for id in ids | groups | {"detention-tx"})
    assert all(store.get(Series, id) or store.get(Statistic, id) for id in also)


VIEWS = (
    # Written down before they were asked.
    ("Sheriffs oppose sanctuary laws.", OPEN, "These are records, not a poll"),
    ("Ed Gonzalez opposes 287(g).", YES, "Ed Gonzalez opposes 287(g), 2017-02-21"),
    ("Bill Waybourn opposes 287(g).", NO, "Bill Waybourn supports 287(g), 2019-06-18"),
    ("Bill Waybourn does not oppose 287(g).", YES, "Bill Waybourn supports 287(g)"),
    ("The ACLU of Texas supports SB 8.", NO, "ACLU of Texas opposes Texas SB 8 (2025), 2025-06-01"),
    ("Houston's police chief supports sanctuary policies.", OPEN, "no position on sanctuary"),
    ("Most sheriffs want 287(g).", OPEN, "sheriffs and their associations on 287(g) agreements: "),
    ("Police chiefs say that sanctuary policies make communities safer.", OPEN, "police chiefs"),
    # Of one holder.
    ("The ACLU supports 287(g).", NO, "of its affiliates: 6 against"),
    ("The ACLU does not support 287(g).", YES, "American Civil Liberties Union opposes 287(g)"),
    ("The ACLU opposes sanctuary policies.", OPEN, "no position of American Civil Liberties Union"),
    ("Bill Waybourn does not want 287(g).", NO, "Bill Waybourn supports 287(g)"),
    ("Harris County's sheriff opposes 287(g).", YES, "the sheriff of Harris County is Ed Gonzalez"),
    ("The mayor of Chicago supports sanctuary policies.", YES, "is Brandon Johnson"),
    ("Brandon Johnson wants to end sanctuary policies.", NO, "supports sanctuary policies, 2025"),
    ("Tom Homan opposes sanctuary cities.", YES, "Tom Homan opposes sanctuary policies, 2025-09"),
    ("Tom Homan likes sanctuary cities and dogs.", OPEN, "Tom Homan opposes sanctuary policies"),
    ("Eric Adams supports sanctuary policies.", OPEN, "is mixed on sanctuary policies"),
    ("The IACP opposes 287(g).", OPEN, "is neutral on 287(g), 2017-01-30"),
    ("The National Sheriffs' Association opposes detainers.", NO, "supports detainers, 2018"),
    ("Catholic bishops oppose cutting funds to sanctuary cities.", YES, "funding conditions"),
    ("In 2017 the California State Sheriffs' Association opposed SB 54.", YES, "2017-09"),
    ("Chad Bianco opposes sanctuary laws.", OPEN, "opposes SB 54 (California Values Act), 2025"),
    ("The governor of Illinois opposes the TRUST Act.", NO, "JB Pritzker supports SB 31"),
    ("Kristi Noem favors sanctuary jurisdictions.", NO, "Kristi Noem opposes sanctuary policies"),
    ("Ken Paxton supports sanctuary cities.", OPEN, "on other matters: Ken Paxton supports SB 4"),
    # Of a kind, in both directions.
    ("Texas sheriffs want 287(g).", OPEN, "of Texas on 287(g) agreements: 2 for, 1 against"),
    ("Sheriffs oppose ending 287(g).", OPEN, "5 for, 3 against, 1 neutral"),
    ("Police unions support sanctuary laws.", OPEN, "0 for, 6 against"),
    ("Governors support sanctuary bans.", OPEN, "on bans of sanctuary policies: 6 for, 0 against"),
    ("Sheriffs oppose the Texas sanctuary ban.", OPEN, "0 for, 1 against"),
    ("Texas Republicans support sanctuary bans.", OPEN, "of holders who are not on record"),
)


@pytest.mark.parametrize(("sentence", "answer", "said"), VIEWS)
def test_what_somebody_wants_is_held_against_positions_on_record(
    sentence: str, answer: str, said: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert (found.answer, said in found.reason) == (answer, True), found.reason
    told = [hit for hit in found.hits if hit.relation == "decides"]
    assert {hit.kind for hit in told} <= {"position", "official"}


@pytest.mark.parametrize("kind", ["Sheriffs", "Police chiefs", "Mayors", "Governors"])
def test_positions_of_a_kind_are_the_same_for_both_directions(kind: str, store: Store) -> None:
    asked = [f"{kind} {verb} sanctuary laws." for verb in ("support", "oppose")]
    one, other = nearest(store, asked, AS_OF)
    assert one.reason == other.reason
    told = [[hit.id for hit in a.hits if hit.relation == "decides"] for a in (one, other)]
    assert told[0] == told[1]
    stances = [store.one(Position, id).stance for id in told[0]]
    assert stances[:2] == ["supports", "opposes"]


def test_what_an_affiliate_wants_is_not_what_the_organisation_does(store: Store) -> None:
    (found,) = nearest(store, ["The ACLU opposes 287(g)."], AS_OF)
    for hit in found.hits:
        if hit.kind == "position":
            own = store.one(Position, hit.id).stakeholder == "aclu"
            assert hit.answer == ("agrees" if own else "undecided")


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor of Chicago likes dogs.",
        "Chicago supports sanctuary policies.",
        "Studies by the ACLU oppose 287(g).",
        "Sheriffs must sign 287(g) agreements.",
        "Texas sheriffs should join 287(g).",
        "Brandon Johnson is the mayor of Chicago.",
        "Texas police hold people for ICE.",
    ],
)
def test_other_sentences_are_not_taken_for_views(sentence: str, store: Store) -> None:
    try:
        (found,) = nearest(store, [sentence], AS_OF)
    except NotFoundError:
        return
    assert all(hit.kind != "position" for hit in found.hits)


def test_the_topics_of_views_are_on_record(store: Store) -> None:
    assert all(store.get(Topic, m.topic) for m in MATTERS if m.topic)


@pytest.mark.parametrize(
    "sentence",
    [
        # Written down before they were asked.
        "Federal law overrides state sanctuary laws.",
        "States must obey federal immigration law.",
        "The Supremacy Clause makes sanctuary laws illegal.",
        "The Tenth Amendment protects sanctuary cities.",
        "States may ignore federal immigration law.",
        # The same in other words.
        "Federal law does not override state sanctuary laws.",
        "Sanctuary laws violate federal law.",
        "Sanctuary policies are unconstitutional.",
        "States do not have to follow federal immigration law.",
        "State law cannot override federal immigration law.",
    ],
)
def test_federal_and_state_law_are_shown_with_rulings_both_ways(
    sentence: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    told = [hit.id for hit in found.hits if hit.relation == "decides"]
    assert (found.answer, told) == (OPEN, [id for id, _ in SUPREMACY_RULINGS])
    assert found.reason.startswith("courts have ruled in both directions, each on its own law")


@pytest.mark.parametrize(
    ("sentence", "kind", "id", "answer"),
    [
        ("Federal law overrides Illinois's sanctuary law.", LAW, "united-states-v-illinois-hb-1312",
         OPEN),
        ("Federal law overrides Texas's sanctuary ban.", LAW, "el-cenizo-v-texas", OPEN),
        # What the doctrine says of orders is decided by it.
        ("The federal government can force states to help ICE.", TERM, "anti-commandeering", NO),
        ("The Tenth Amendment forbids the federal government to commandeer the states.", TERM,
         "anti-commandeering", YES),
        ("Local jails must honor ICE detainers.", LAW, "galarza-v-szalczyk", OPEN),
    ],
)  # fmt: skip
def test_supremacy_of_a_place_and_other_doctrine(
    sentence: str, kind: str, id: str, answer: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert (found.hits[0].kind, found.hits[0].id, found.answer) == (kind, id, answer)


def test_rulings_on_federal_and_state_law_are_on_record_and_told_from_their_day_on(
    store: Store,
) -> None:
    assert all(store.get(Policy, id) for id, _ in SUPREMACY_RULINGS)
    (then,) = nearest(store, ["Federal law overrides state sanctuary laws."], "2015-01-01")
    told = [hit.id for hit in then.hits if hit.relation == "decides"]
    assert told == ["arizona-v-united-states", "tenth-amendment-anticommandeering"]


def test_counts_and_positions_are_cited_by_their_sources(run: Run) -> None:
    asked = "Most people in ICE detention have a criminal conviction."
    shown = " ".join(run("check", asked, "--as-of", AS_OF, "-f", "table").stdout.split())
    (command,) = re.findall(r"ice-facts cite ([\w -]+)$", shown)
    assert command.split()[-1] == "ice-detention-statistics-fy2026"
    assert run("cite", *command.split()).code == 0
    assert run("cite", "bill-waybourn-on-287g").code == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "287(g) agreements increased arrests.",
        "Texas has 5 agreements with Mexico.",
        "Texas signed 20 trade agreements.",
        "Texas sheriffs must sign 287(g) agreements.",
        "Illinois allows 287(g) agreements.",
    ],
)
def test_other_agreements_and_duties_are_not_counted(sentence: str, store: Store) -> None:
    try:
        (found,) = nearest(store, [sentence], AS_OF)
    except NotFoundError:
        return
    assert all(hit.kind != "agreements" for hit in found.hits)


def test_the_count_is_of_the_date_that_is_asked_for(store: Store) -> None:
    (then,) = nearest(store, ["Texas has 259 287(g) agreements."], "2025-12-31")
    assert (then.answer, then.hits[0].start) == (YES, "2025-12-31")


@pytest.mark.parametrize(
    ("sentence", "said", "ids"),
    [
        ("New York police must honor detainers.",
         "“New York” can mean the state of New York or New York City, NY: both are told",
         {"new-york-state", "new-york-city"}),
        ("New York bans 287(g) agreements.",
         "“New York” is taken as the state of New York, not New York City", {"new-york-state"}),
        ("Kansas City police must honor detainers.",
         "“Kansas City” can mean Kansas City, MO or Kansas City, KS: write which", {"8-cfr-287-7"}),
        ("Portland police must honor detainers.",
         "“Portland” can mean Portland, OR or Portland, ME", {"8-cfr-287-7"}),
    ],
)  # fmt: skip
def test_a_name_of_several_places_is_said_to_be_one(
    sentence: str, said: str, ids: set[str], store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert said in found.reason and said in found.hits[0].reason
    assert ids <= {hit.id for hit in found.hits if hit.relation == "decides"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor of New York is Zohran Mamdani.",
        "New York sheriffs may not sign 287(g) agreements.",
        "New York City police must honor detainers.",
        "Portland, Maine police must honor detainers.",
    ],
)
def test_a_name_that_the_sentence_makes_clear_is_not_remarked_on(
    sentence: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert "“" not in found.reason.replace("“must”", "").replace("“may not”", "")


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_no_verdict_sign_stands_before_another_statement(form: str, run: Run) -> None:
    found = run("check", *(row.sentence for row in TABLE[::5]), "--as-of", AS_OF, "-f", form)
    assert found.code == 0
    shown = found.stdout.partition("<footer")[0]  # which explains the signs
    for status in get_args(CheckStatus):
        for sign in SYMBOLS[status]:
            assert f"{sign} {status.replace('-', ' ')}" not in shown
            assert f"{sign}</span> {status}" not in shown


def test_a_condition_a_number_and_a_year_are_said(store: Store) -> None:
    asked = (
        "Florida sheriffs must honor detainers unless a judge says otherwise.",
        "Florida jails must honor detainers for 90 days.",
        "Florida banned sanctuary cities in 2015.",
    )
    reasons = [answer.reason for answer in nearest(store, asked, AS_OF)]
    assert "has a condition (“unless”)" in reasons[0]
    assert "The number 90 is not in its text" in reasons[1]
    assert "the sentence says 2015; the record: 2019" in reasons[2]


def test_places_without_a_rule_are_said_to_have_none_on_record(run: Run) -> None:
    found = run("check", "In 1990 Houston police had to honor ICE detainers.")
    assert (found.code, found.stdout) == (1, "")
    assert "no rule on detainers is on record at Houston" in found.stderr


@pytest.mark.parametrize(
    "sentence",
    [
        "Cook County staff may not help ICE with criminal warrants.",
        "Cook County staff may help ICE with criminal warrants.",
        "Chicago police may not work with ICE on crimes.",
        "Texas jails must hold citizens on detainers.",
        "Texas cities can ban their police from honoring detainers.",
        "Texas cities cannot ban their police from honoring detainers.",
        "Illinois cities may limit 287(g) agreements.",
    ],
)
def test_what_a_rule_treats_apart_is_not_decided_by_it(sentence: str, store: Store) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert found.answer == "undecided"


NAMES = {"alpha": "Karen Bass", "beta": "Edward Cole", "gamma": "Karl Kuhn", "delta": "Anna Lee"}


@pytest.fixture(scope="module")
def mayors(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store of mayors with short last names, which need more to be taken for theirs."""
    root = tmp_path_factory.mktemp("mayors")
    cities = {
        id: place(id.capitalize(), officials=[official("mayor", name, "2020")])
        for id, name in NAMES.items()
    }
    write_store(root, jurisdictions=cities)
    return Store(root)


@pytest.mark.parametrize(
    ("sentence", "answer", "said"),
    [
        ("Karen Bass is the mayor of Alpha.", YES, "the mayor of Alpha is Karen Bass"),
        ("Mark Bass is the mayor of Alpha.", NO, "names somebody else"),
        ("Mark Kuhn is the mayor of Gamma.", NO, "names somebody else"),
        ("Ed Cole is the mayor of Beta.", YES, "the mayor of Beta is Edward Cole"),
        ("Ted Cole is the mayor of Beta.", YES, "the mayor of Beta is Edward Cole"),
        ("K. Bass is the mayor of Alpha.", YES, "the mayor of Alpha is Karen Bass"),
        ("Kim Bass is the mayor of Alpha.", NO, "names somebody else"),
        ("Bass is mayor of Alpha.", YES, "the mayor of Alpha is Karen Bass"),
        ("Mayor Lee is in office.", YES, "the mayor of Delta is Anna Lee"),
    ],
)
def test_a_first_name_tells_people_apart(
    sentence: str, answer: str, said: str, mayors: Store
) -> None:
    (found,) = nearest(mayors, [sentence], AS_OF)
    assert found.answer == answer
    assert said in found.reason


@pytest.mark.parametrize(
    ("sentence", "answer", "id", "said"),
    [
        ("The Department of Justice sued Chicago in 2025.", YES, "united-states-v-illinois-2025",
         "the suit is on record: 2025-02-06"),
        ("The Department of Justice sued Chicago in 2019.", NO, "united-states-v-illinois-2025",
         "the sentence says 2019; the suit is on record: 2025-02-06"),
        ("ICE was created in 2003.", YES, "ice-term",
         "the sentence says 2003; the record: opened in March 2003"),
        ("ICE was created in 1999.", NO, "ice-term",
         "the sentence says 1999; the record: opened in March 2003"),
        # who began twice
        ("London Breed became mayor of San Francisco in 2017.", YES, "san-francisco",
         "the sentence says 2017; in office 2017-12-12 to 2018"),
        ("London Breed became mayor of San Francisco in 2018.", YES, "san-francisco",
         "the sentence says 2018; in office 2018-07-11 to 2025-01-08"),
        ("London Breed became mayor of San Francisco in 2016.", NO, "san-francisco",
         "the sentence says 2016; in office 2018-07-11 to 2025-01-08"),
    ],
)  # fmt: skip
def test_a_year_is_held_against_that_of_the_suit_agency_or_term(
    sentence: str, answer: str, id: str, said: str, store: Store
) -> None:
    (found,) = nearest(store, [sentence], AS_OF)
    assert (found.answer, found.hits[0].id, found.reason) == (answer, id, said)


@pytest.mark.parametrize(("year", "answer"), [(2023, OPEN), (2024, YES)])
def test_a_fiscal_year_is_that_in_which_it_ends(year: int, answer: str, tmp_path: Path) -> None:
    removals = {
        "measure": "ICE removals",
        "value": 271484,
        "unit": "removals",
        "jurisdiction": "united-states",
        "from": "2023-10-01",
        "until": "2024-09-30",
        "sources": CITED,
    }
    nation = {"name": "United States", "level": "federal", "state": None}
    write_store(
        tmp_path, jurisdictions={"united-states": nation}, statistics={"removals": removals}
    )
    (found,) = nearest(Store(tmp_path), [f"ICE removed 271484 people in {year}."], AS_OF)
    assert found.answer == answer


def test_a_former_official_stands_with_who_holds_the_office_now(store: Store) -> None:
    asked = ["London Breed became mayor of San Francisco in 2017."]
    (found,) = nearest(store, asked, AS_OF)
    (other,) = [hit for hit in found.hits if (hit.kind, hit.relation) == ("official", "related")]
    assert other.title == "London Breed, mayor of San Francisco"
    told = "In office 2018-07-11 to 2025-01-08. Mayor on 2026-11-28: Daniel Lurie."
    assert other.record == told


def test_a_claim_with_the_same_small_words_does_not_say_the_same(store: Store) -> None:
    asked = ("Lori Lightfoot is mayor of Chicago.", "Lori Lightfoot is governor of Illinois.")
    for found, relation in zip(nearest(store, asked, AS_OF), ("says", "related"), strict=True):
        assert [hit.relation for hit in found.hits if hit.id == "001-22"] == [relation]


def test_a_name_of_three_letters_is_one_in_small_letters_too(store: Store) -> None:
    written, small = nearest(
        store,
        ("NYC police must honor every ICE detainer.", "nyc police must honor every ice detainer."),
        AS_OF,
    )
    assert written.hits[0].id == small.hits[0].id == "new-york-city"
    assert (written.answer, written.reason) == (small.answer, small.reason)


def test_where_nobody_is_on_the_list_its_growth_since_is_told(store: Store) -> None:
    (found,) = nearest(store, ["Illinois has no 287(g) agreements."], AS_OF)
    assert re.fullmatch(
        r"In the whole country the list has grown by [\d,]+ since\.", found.hits[0].record
    )


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2005", ""),
        ("2012", ". State rules: prohibits in 1"),
        ("2020", ". State rules: prohibits in 1, requires in 1"),
    ],
)
def test_rules_of_states_count_from_their_first_day_or_from_when_they_are_told(
    on: str, told: str, tmp_path: Path
) -> None:
    dimension = "status-inquiries"
    since = rule(dimension, "prohibits", **{"from": "2010"})
    known = rule(dimension, "requires", **{"from": None, "known_from": "2015"})
    term = {"term": "anti-commandeering", "text": "States need not.", "sources": CITED}
    write_store(
        tmp_path,
        jurisdictions={
            "illinois": place("Illinois", "state", rules=[since]),
            "texas": place("Texas", "state", state="TX", rules=[known]),
        },
        terms={"anti-commandeering": term},
    )
    asked = ["Local police must ask about immigration status."]
    (found,) = nearest(Store(tmp_path), asked, on)
    assert found.reason == f"it depends on the place{told}"
