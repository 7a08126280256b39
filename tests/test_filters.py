"""Filters of lists: what is listed fits, and what fits is listed.

What should be listed is worked out here from the JSON files, without the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from ice_facts.vocabulary import DIMENSIONS
from tests.conftest import AS_OF, Run
from tests.raw import Record, began, first, holds, records, values_of
from tests.small_store import SOURCE, answer_of, event, place, rule, write_store

PLACES: dict[str, Record] = records("jurisdictions")
SMALL: dict[str, Record] = records("places")


def ids(run: Run, *arguments: str) -> list[str]:
    """Return the ids that a list has, in its order, on the tests' date."""
    rows: list[dict[str, Any]] = answer_of(run, *arguments)
    return [row["id"] for row in rows]


def those(table: str, fits: Callable[[Record], Any]) -> set[str]:
    """Return the ids of the records of a table that fit, of which there must be some."""
    found = {id for id, record in records(table).items() if fits(record)}
    assert found, "no record fits: the test says nothing"
    return found


def assert_once(found: list[str], wanted: Iterable[str]) -> None:
    assert sorted(found) == sorted(wanted)


def steps_of(policy: Record) -> list[str]:
    """Return the days on which a policy was introduced, enacted and took effect, as known."""
    steps = (policy.get(step) for step in ("introduced", "enacted", "effective"))
    return [first(day) for day in steps if day]


class TestPolicies:
    def here(self, fits: Callable[[Record], Any]) -> set[str]:
        """Return the ids of the policies that fit and were on their way by the tests' date."""
        return those("policies", lambda p: fits(p) and min(steps_of(p), default="") <= AS_OF)

    def test_without_a_filter_all_of_them_are_listed(self, run: Run) -> None:
        assert_once(ids(run, "policies"), self.here(lambda p: True))

    @pytest.mark.parametrize("kind", values_of("policies", "kind"))
    def test_kind(self, run: Run, kind: str) -> None:
        assert_once(ids(run, "policies", "--kind", kind), self.here(lambda p: p["kind"] == kind))

    @pytest.mark.parametrize("status", values_of("policies", "status"))
    def test_status(self, run: Run, status: str) -> None:
        # Of one that nobody has confirmed, the status on a past day follows from its dates.
        found = [
            id
            for id in ids(run, "policies", "--status", status)
            if records("policies")[id].get("confirmed")
        ]

        assert_once(found, self.here(lambda p: p["status"] == status and p.get("confirmed")))

    @pytest.mark.parametrize("level", ["city", "county", "state", "federal"])
    def test_level_of_the_place_that_made_it(self, run: Run, level: str) -> None:
        def fits(p: Record) -> bool:
            maker = PLACES[p["jurisdiction"]]
            return level in (maker["level"], *maker.get("also", ()))

        assert_once(ids(run, "policies", "--level", level), self.here(fits))

    @pytest.mark.parametrize("state", ["IL", "TX", "DC"])
    def test_state_takes_in_courts_that_judged_its_law(self, run: Run, state: str) -> None:
        def fits(p: Record) -> bool:
            concerned = (p["jurisdiction"], *p.get("concerns", ()))
            return any(PLACES[id].get("state") == state for id in concerned)

        assert_once(ids(run, "policies", "--state", state), self.here(fits))

    @pytest.mark.parametrize("place", ["chicago", "illinois", "united-states"])
    def test_of_a_place_takes_in_courts_that_judged_its_law(self, run: Run, place: str) -> None:
        def fits(p: Record) -> bool:
            return place == p["jurisdiction"] or place in p.get("concerns", ())

        assert_once(ids(run, "policies", "--of", place), self.here(fits))

    def test_filters_narrow_one_another(self, run: Run) -> None:
        found = ids(run, "policies", "--state", "CA", "--kind", "statute", "--status", "in force")
        several = (("--state", "CA"), ("--kind", "statute"), ("--status", "in force"))
        single = [set(ids(run, "policies", *one)) for one in several]

        assert set(found) == set.intersection(*single)
        assert 0 < len(found) < min(map(len, single))

    def test_the_newest_stands_first(self, run: Run) -> None:
        days = [
            first(row["enacted"] or row["effective"] or row["introduced"] or "0001")
            for row in answer_of(run, "policies")
        ]

        assert days == sorted(days, reverse=True)


class TestStakeholders:
    @pytest.mark.parametrize("kind", values_of("stakeholders", "kind"))
    def test_kind(self, run: Run, kind: str) -> None:
        found = ids(run, "stakeholders", "--kind", kind)

        assert_once(found, those("stakeholders", lambda s: s["kind"] == kind))

    @pytest.mark.parametrize("sector", values_of("stakeholders", "sector"))
    def test_sector(self, run: Run, sector: str) -> None:
        found = ids(run, "stakeholders", "--sector", sector)

        assert_once(found, those("stakeholders", lambda s: s.get("sector") == sector))

    @pytest.mark.parametrize("place", ["chicago", "cook county", "illinois"])
    def test_of_a_place(self, run: Run, place: str) -> None:
        id = {"cook county": "cook-county-il"}.get(place, place)
        found = ids(run, "stakeholders", "--of", place)

        assert_once(found, those("stakeholders", lambda s: s.get("jurisdiction") == id))

    def test_filters_narrow_one_another(self, run: Run) -> None:
        found = ids(run, "stakeholders", "--of", "illinois", "--kind", "office")

        assert_once(
            found,
            those(
                "stakeholders",
                lambda s: s.get("jurisdiction") == "illinois" and s["kind"] == "office",
            ),
        )

    def test_positions_are_counted_by_their_date(self, run: Run) -> None:
        for on in ("2017-06-30", AS_OF):
            wanted = Counter(
                p["stakeholder"] for p in records("positions").values() if began(p.get("date"), on)
            )
            rows = answer_of(run, "stakeholders", "--as-of", on)

            assert {r["id"]: r["positions"] for r in rows if r["positions"]} == wanted


class TestPositions:
    """Positions that are records; the articles' own rows are tested with `positions`."""

    def found(self, run: Run, *filters: str) -> list[str]:
        rows = answer_of(run, "positions", *filters)
        return [row["id"] for row in rows if row["origin"] == "record"]

    def test_without_a_filter_all_of_them_are_listed(self, run: Run) -> None:
        assert_once(self.found(run), those("positions", lambda p: began(p.get("date"), AS_OF)))

    @pytest.mark.parametrize("stance", values_of("positions", "stance"))
    def test_stance(self, run: Run, stance: str) -> None:
        found = self.found(run, "--stance", stance)

        assert_once(found, those("positions", lambda p: p["stance"] == stance))

    @pytest.mark.parametrize("kind", ["union", "office", "person", "organization"])
    def test_kind_of_who_takes_it(self, run: Run, kind: str) -> None:
        people = records("stakeholders")
        found = self.found(run, "--kind", kind)

        assert_once(found, those("positions", lambda p: people[p["stakeholder"]]["kind"] == kind))

    @pytest.mark.parametrize("place", ["illinois", "chicago", "texas"])
    def test_place_of_who_takes_it_or_of_the_policy(self, run: Run, place: str) -> None:
        def fits(p: Record) -> bool:
            maker = records("policies")[p["policy"]]["jurisdiction"] if p.get("policy") else None
            home = records("stakeholders")[p["stakeholder"]].get("jurisdiction")
            return any(
                place in (id, *(PLACES.get(id) or SMALL[id]).get("part_of", ()))
                for id in (maker, home)
                if id
            )

        assert_once(self.found(run, "--jurisdiction", place), those("positions", fits))

    def test_the_federal_government_has_not_those_of_every_national_group(self, run: Run) -> None:
        people = records("stakeholders")
        its_own = those(
            "stakeholders",
            lambda s: s.get("jurisdiction") == "united-states" and s.get("sector") == "government",
        )
        policies = those(
            "policies",
            lambda p: "united-states" in (p["jurisdiction"], *p.get("concerns", ())),
        )
        wanted = those(
            "positions",
            lambda p: p["stakeholder"] in its_own or p.get("policy") in policies,
        )
        card = answer_of(run, "show", "united-states")

        assert_once([p["id"] for p in card["positions"]], wanted)
        assert_once(self.found(run, "united-states"), wanted)
        assert wanted != those(
            "positions",
            lambda p: (
                people[p["stakeholder"]].get("jurisdiction") == "united-states"
                or p.get("policy") in policies
            ),
        )

    def test_a_topic_and_a_policy_have_theirs(self, run: Run) -> None:
        assert_once(
            self.found(run, "ca-sb-54"), those("positions", lambda p: p.get("policy") == "ca-sb-54")
        )
        assert_once(
            self.found(run, "sanctuary-policies"),
            those("positions", lambda p: p.get("topic") == "sanctuary-policies"),
        )


def about(claim: Record, kind: str) -> list[str]:
    found: list[str] = claim.get("about", {}).get(kind, [])
    return found


class TestClaims:
    def test_without_a_filter_all_stand_in_the_order_of_the_articles(self, run: Run) -> None:
        assert ids(run, "claims") == sorted(records("claims"))

    @pytest.mark.parametrize("kind", values_of("claims", "kind"))
    def test_kind(self, run: Run, kind: str) -> None:
        found = ids(run, "claims", "--kind", kind)

        assert_once(found, those("claims", lambda c: c["kind"] == kind))

    @pytest.mark.parametrize(
        "status", ["supported", "contradicted", "outdated", "unverified", "not-checkable"]
    )
    def test_status_of_the_check(self, run: Run, status: str) -> None:
        found = ids(run, "claims", "--status", status)

        assert_once(found, those("claims", lambda c: c["check"]["status"] == status))

    def test_a_value_may_be_written_with_blanks_and_capitals(self, run: Run) -> None:
        assert ids(run, "claims", "--status", "Not Checkable") == ids(
            run, "claims", "--status", "not-checkable"
        )

    @pytest.mark.parametrize(
        ("article", "number"),
        [
            ("000", "000"),
            ("004", "004"),
            ("article-understanding-the-growing-tensions", None),
            ("A City Divided", None),
            ("chicago sparks", None),
            ("GROWING TENSIONS", None),
        ],
    )
    def test_article_by_number_id_or_words_of_its_title(
        self, run: Run, article: str, number: str | None
    ) -> None:
        sources = records("sources")
        found = ids(run, "claims", "--article", article)

        if number:
            assert found == sorted(id for id in records("claims") if id.startswith(f"{number}-"))
        elif article.startswith("article-"):
            assert_once(found, those("claims", lambda c: c["article"] == article))
        else:
            wanted = article.casefold()
            assert_once(
                found,
                those("claims", lambda c: wanted in sources[c["article"]]["title"].casefold()),
            )
        articles = {records("claims")[id]["article"] for id in found}
        assert len(articles) == 1
        assert found == sorted(
            id for id, claim in records("claims").items() if claim["article"] in articles
        )

    @pytest.mark.parametrize("article", ["9", "005", "001-01", "zzz"])
    def test_what_is_no_article_is_told_with_those_there_are(self, run: Run, article: str) -> None:
        missed = run("claims", "--article", article)

        assert (missed.code, missed.stdout) == (1, "")
        assert missed.stderr.startswith(f"ice-facts: no article is {article!r}\n  000  ")
        assert "  001  A City Divided" in missed.stderr

    @pytest.mark.parametrize("topic", ["community-trust", "Sanctuary policies"])
    def test_topic(self, run: Run, topic: str) -> None:
        id = topic.casefold().replace(" ", "-")
        found = ids(run, "claims", "--topic", topic)

        assert_once(found, those("claims", lambda c: id in about(c, "topics")))

    @pytest.mark.parametrize("place", ["chicago", "illinois", "united-states"])
    def test_about_a_place_takes_in_its_offices(self, run: Run, place: str) -> None:
        offices = those(
            "stakeholders", lambda s: s.get("jurisdiction") == place and s["kind"] == "office"
        )

        def fits(c: Record) -> bool:
            named = offices.intersection(about(c, "stakeholders"))
            return place in about(c, "jurisdictions") or bool(named)

        assert_once(ids(run, "claims", "--about", place), those("claims", fits))

    @pytest.mark.parametrize(
        ("name", "kind"),
        [("ice", "stakeholders"), ("community-trust", "topics"), ("ca-sb-54", "policies")],
    )
    def test_about_another_thing(self, run: Run, name: str, kind: str) -> None:
        found = ids(run, "claims", "--about", name)

        assert_once(found, those("claims", lambda c: name in about(c, kind)))

    def test_filters_narrow_one_another(self, run: Run) -> None:
        found = ids(run, "claims", "--article", "002", "--kind", "fact", "--status", "supported")

        assert found == sorted(
            id
            for id, c in records("claims").items()
            if id.startswith("002-") and c["kind"] == "fact" and c["check"]["status"] == "supported"
        )
        assert found


class TestTopicsAndTerms:
    def test_topics_count_their_positions_and_claims(self, run: Run) -> None:
        for on in ("2017-06-30", AS_OF):
            rows = answer_of(run, "topics", "--as-of", on)
            # A topic gathers the positions on the policy of its name too: that is seen in its card.
            positions = Counter(
                p.get("topic") for p in records("positions").values() if began(p.get("date"), on)
            )
            claims = Counter(t for c in records("claims").values() for t in about(c, "topics"))

            assert [r["id"] for r in rows] == sorted(records("topics"))
            assert all(r["positions"] >= positions[r["id"]] for r in rows)
            for r in rows[::6]:
                card = run("topic", r["id"], "--as-of", on, "-f", "json").json()
                assert len(card["positions"]) == r["positions"]
            assert {r["id"]: r["claims"] for r in rows} == {
                id: claims[id] for id in records("topics")
            }

    def test_terms_are_all_there_by_id(self, run: Run) -> None:
        assert ids(run, "terms") == sorted(records("terms"))

    def test_the_card_of_a_topic_has_what_the_list_counts(self, run: Run) -> None:
        card = answer_of(run, "topic", "sanctuary-policies")

        assert_once(
            [p["id"] for p in card["positions"]],
            those("positions", lambda p: p.get("topic") == "sanctuary-policies"),
        )
        assert_once(
            [c["id"] for c in card["claims"]],
            those("claims", lambda c: "sanctuary-policies" in about(c, "topics")),
        )
        policies = {
            p
            for c in records("claims").values()
            if "sanctuary-policies" in about(c, "topics")
            for p in about(c, "policies")
        }
        assert_once([p["id"] for p in card["policies"]], policies)


class TestSources:
    def here(self, fits: Callable[[Record], Any]) -> set[str]:
        return those("sources", lambda s: fits(s) and began(s.get("published"), AS_OF))

    @pytest.mark.parametrize("kind", ["bill", "court opinion", "news"])
    def test_kind(self, run: Run, kind: str) -> None:
        assert_once(ids(run, "sources", "--kind", kind), self.here(lambda s: s["kind"] == kind))

    @pytest.mark.parametrize("publisher", ["los angeles TIMES", "ice"])
    def test_part_of_the_publishers_name(self, run: Run, publisher: str) -> None:
        wanted = publisher.casefold()

        assert_once(
            ids(run, "sources", "--publisher", publisher),
            self.here(lambda s: wanted in s["publisher"].casefold()),
        )

    @pytest.mark.parametrize("year", ["2017", "2025-10", "2026"])
    def test_year_of_publication(self, run: Run, year: str) -> None:
        found = ids(run, "sources", "--year", year)

        assert_once(found, self.here(lambda s: (s.get("published") or "").startswith(year)))

    def test_undated_and_unread(self, run: Run) -> None:
        assert_once(ids(run, "sources", "--undated"), self.here(lambda s: not s.get("published")))
        assert_once(ids(run, "sources", "--unread"), self.here(lambda s: not s.get("read")))

    def test_what_is_published_later_is_not_there_yet(self, run: Run) -> None:
        on = "2018-01-01"

        assert_once(
            ids(run, "sources", "--as-of", on),
            those("sources", lambda s: began(s.get("published"), on)),
        )

    def test_once_is_for_those_that_a_single_fact_cites(self, run: Run) -> None:
        rows = answer_of(run, "sources")
        once = ids(run, "sources", "--once")

        assert once == [row["id"] for row in rows if row["facts"] == 1]
        assert 0 < len(once) < len(rows)
        counted = {row["id"]: row["facts"] for row in rows}
        for id in (once[0], "chicago-mcc-2-173-020"):
            assert len(answer_of(run, "source", id)["facts"]) == counted[id]

    def test_one_that_nothing_cites_is_not_cited_once(self, run: Run, tmp_path: Path) -> None:
        told = event("2020", "A march", "alpha")
        store = write_store(
            tmp_path,
            sources=dict.fromkeys(("alpha-code", "once", "never"), SOURCE),
            jurisdictions={"alpha": place("Alpha")},
            events={
                "a": told,
                "b": told,
                "c": {**told, "sources": [{"id": "once", "locator": "line 1"}]},
            },
        )
        rows = answer_of(run, "sources", "--data", store)

        assert {row["id"]: row["facts"] for row in rows} == {"alpha-code": 2, "never": 0, "once": 1}
        assert ids(run, "sources", "--once", "--data", store) == ["once"]


class TestEvents:
    def test_all_of_them_stand_by_date(self, run: Run) -> None:
        rows = answer_of(run, "events")
        days = [first(row["date"]) for row in rows]

        assert_once([r["id"] for r in rows], those("events", lambda e: began(e["date"], AS_OF)))
        assert days == sorted(days)

    @pytest.mark.parametrize("place", ["chicago", "illinois"])
    def test_about_a_place_takes_in_its_policies(self, run: Run, place: str) -> None:
        policies = those(
            "policies", lambda p: p["jurisdiction"] == place or place in p.get("concerns", ())
        )
        found = ids(run, "events", "--about", place)

        assert_once(found, those("events", lambda e: {place, *policies} & set(e["about"])))

    @pytest.mark.parametrize("name", ["ice", "ca-sb-54"])
    def test_about_another_thing(self, run: Run, name: str) -> None:
        found = ids(run, "events", "--about", name)

        assert_once(found, those("events", lambda e: name in e["about"]))


class TestTimeline:
    @pytest.mark.parametrize(
        "kind", ["enactment", "amendment", "ruling", "end", "term", "listing", "event"]
    )
    def test_kind_keeps_the_entries_of_that_kind(self, run: Run, kind: str) -> None:
        whole = answer_of(run, "timeline", "chicago", "illinois")
        found = answer_of(run, "timeline", "chicago", "illinois", "--kind", kind)

        assert found == [entry for entry in whole if kind in entry["kinds"]]
        assert 0 < len(found) < len(whole)

    def test_several_kinds_may_be_named(self, run: Run) -> None:
        whole = answer_of(run, "timeline", "chicago", "illinois")
        wanted = [e for e in whole if {"term", "ruling"} & set(e["kinds"])]
        asked = ("timeline", "chicago", "illinois")

        assert answer_of(run, *asked, "--kind", "term,ruling") == wanted
        assert answer_of(run, *asked, "--kind", "ruling", "--kind", "term") == wanted

    def test_a_window_keeps_what_lies_within(self, run: Run) -> None:
        whole = answer_of(run, "timeline", "chicago")
        found = answer_of(run, "timeline", "chicago", "--from", "2019-05-20", "--to", "2023-05-15")

        assert found == [e for e in whole if "2019-05-20" <= first(e["date"]) <= "2023-05-15"]
        terms = [(e["date"], e["title"]) for e in found if "term" in e["kinds"]]
        assert ("2019-05-20", "Lori Lightfoot becomes mayor of Chicago") in terms
        assert ("2023-05-15", "Brandon Johnson becomes mayor of Chicago") in terms

    def test_a_limit_keeps_the_first_ones(self, run: Run) -> None:
        whole = answer_of(run, "timeline", "chicago")

        assert answer_of(run, "timeline", "chicago", "--limit", "5") == whole[:5]

    def test_every_dated_step_of_its_policies_is_told(self, run: Run) -> None:
        whole = answer_of(run, "timeline", "chicago")
        told = {(e["date"], id) for e in whole for id in e["policies"]}

        for id, p in records("policies").items():
            if p["jurisdiction"] == "chicago":
                for step in ("enacted", "effective", "ended"):
                    if p.get(step) and began(p[step], AS_OF):
                        assert (p[step], id) in told

    def test_agreements_of_a_place_are_told_on_the_day_of_signing(self, run: Run) -> None:
        found = answer_of(run, "timeline", "nassau-county", "--kind", "agreement")
        signed = [
            a["signed"]
            for a in records("agreements").values()
            if a.get("jurisdiction") == "nassau-county-ny" and a.get("signed")
        ]

        assert {e["date"] for e in found} >= set(signed) > set()


class TestSearch:
    @pytest.mark.parametrize(
        ("table", "kind"), [("claims", "claim"), ("terms", "term"), ("policies", "policy")]
    )
    def test_in_a_table_finds_only_its_records(self, run: Run, table: str, kind: str) -> None:
        found = run("search", "detainer", "--in", table, "-f", "json").json()

        assert {hit["kind"] for hit in found} == {kind}
        assert {hit["id"] for hit in found} <= set(records(table))

    def test_a_limit_keeps_the_best_ones(self, run: Run) -> None:
        whole = run("search", "detainer", "-f", "json", "-n", "8").json()
        few = run("search", "detainer", "-f", "json", "-n", "3").json()

        assert [h["id"] for h in few] == [h["id"] for h in whole][:3]
        assert len(whole) == 8


class TestAgreements:
    @pytest.mark.parametrize("state", ["FL", "TX"])
    def test_state(self, run: Run, state: str) -> None:
        found = ids(run, "agreements", "--state", state)

        assert_once(found, those("agreements", lambda a: a["state"] == state))

    @pytest.mark.parametrize(
        ("typed", "model"),
        [
            ("jail enforcement", "jail enforcement"),
            ("JEM", "jail enforcement"),
            ("wso", "warrant service officer"),
            ("task-force", "task force"),
        ],
    )
    def test_model_in_full_or_by_its_letters(self, run: Run, typed: str, model: str) -> None:
        found = ids(run, "agreements", "--model", typed)

        assert_once(found, those("agreements", lambda a: a["model"] == model))

    @pytest.mark.parametrize(
        ("typed", "level"),
        [("county", "county"), ("municipality", "municipality"), ("city", "municipality")],
    )
    def test_level_of_the_agency(self, run: Run, typed: str, level: str) -> None:
        found = ids(run, "agreements", "--level", typed)

        assert_once(found, those("agreements", lambda a: a["level"] == level))

    @pytest.mark.parametrize("since", ["2026", "2025-03", "2025-03-10", "2025-03-11"])
    def test_since_takes_in_the_day_itself(self, run: Run, since: str) -> None:
        found = ids(run, "agreements", "--since", since)

        assert_once(found, those("agreements", lambda a: (a.get("signed") or "") >= first(since)))

    def test_since_a_day_of_signing_differs_from_since_the_next(self, run: Run) -> None:
        signed = those("agreements", lambda a: a.get("signed") == "2025-03-10")
        since = set(ids(run, "agreements", "--since", "2025-03-10"))
        later = set(ids(run, "agreements", "--since", "2025-03-11"))

        assert since - later == signed

    def test_county_has_its_own_and_those_of_its_municipalities(self, run: Run) -> None:
        found = ids(run, "agreements", "--county", "broward", "--state", "FL")

        assert_once(
            found,
            those(
                "agreements",
                lambda a: (
                    a["state"] == "FL"
                    and (
                        a.get("county") == "Broward County"
                        or a.get("jurisdiction") == "broward-county-fl"
                    )
                ),
            ),
        )

    def test_place_has_its_own_only(self, run: Run) -> None:
        found = ids(run, "agreements", "--place", "broward county", "--state", "FL")

        assert_once(
            found, those("agreements", lambda a: a.get("jurisdiction") == "broward-county-fl")
        )

    def test_as_of_leaves_out_what_was_signed_later(self, run: Run) -> None:
        on = "2025-03-10"
        found = ids(run, "agreements", "--as-of", on)

        assert_once(found, those("agreements", lambda a: began(a.get("signed"), on)))

    def test_former_ones_by_state_model_and_date(self, run: Run) -> None:
        asked = ("agreements", "--former")
        gone = "former-agreements"

        assert_once(ids(run, *asked), records(gone))
        assert_once(ids(run, *asked, "--state", "FL"), those(gone, lambda f: f["state"] == "FL"))
        assert_once(
            ids(run, *asked, "--model", "wso"),
            those(gone, lambda f: f["model"] == "warrant service officer"),
        )
        last = max(f["last_listed"] for f in records(gone).values())
        assert_once(
            ids(run, *asked, "--since", last), those(gone, lambda f: f["last_listed"] == last)
        )
        assert_once(
            ids(run, *asked, "--as-of", "2025-06-30"),
            those(gone, lambda f: f["last_listed"] <= "2025-06-30"),
        )

    def test_by_state_county_agency_and_model_in_this_order(self, run: Run) -> None:
        rows = answer_of(run, "agreements")
        order = [(r["state"], r["county"] or "", r["agency"], r["model"]) for r in rows]

        assert order == sorted(order)

    def test_former_ones_stand_newest_first(self, run: Run) -> None:
        days = [row["last_listed"] for row in answer_of(run, "agreements", "--former")]

        assert days == sorted(days, reverse=True)


class TestStatistics:
    def found(self, run: Run, *arguments: str) -> list[str]:
        rows = answer_of(run, "statistics", *arguments)
        return [row["id"] for row in rows if row["kind"] == "statistic"]

    def test_all_of_them_are_listed_by_measure(self, run: Run) -> None:
        rows = answer_of(run, "statistics")
        measures = [row["measure"].casefold() for row in rows]

        assert_once(
            self.found(run),
            those("statistics", lambda s: began(s.get("from") or s.get("until"), AS_OF)),
        )
        assert measures == sorted(measures)

    @pytest.mark.parametrize("place", ["chicago", "united-states"])
    def test_of_a_place(self, run: Run, place: str) -> None:
        found = self.found(run, "--of", place)
        rows = answer_of(run, "statistics", "--of", place)

        assert_once(
            found,
            those(
                "statistics",
                lambda s: (
                    s["jurisdiction"] == place and began(s.get("from") or s.get("until"), AS_OF)
                ),
            ),
        )
        assert {row["jurisdiction"] for row in rows} == {place}

    def test_series_of_a_place_have_each_a_value(self, run: Run) -> None:
        rows = answer_of(run, "statistics", "--of", "texas")
        series = {row["id"] for row in rows if row["kind"] == "series"}

        assert series == those("series", lambda s: s["jurisdiction"] == "texas")

    def test_what_begins_later_is_not_there_yet(self, run: Run) -> None:
        on = "2017-06-30"

        assert_once(
            self.found(run, "--as-of", on),
            those("statistics", lambda s: began(s.get("from") or s.get("until"), on)),
        )

    def test_an_id_is_meant_before_words(self, run: Run) -> None:
        assert set(ids(run, "statistics", "removals-by-year")) == {"removals-by-year"}

    def test_all_words_of_a_measure_must_fit(self, run: Run) -> None:
        both = self.found(run, "detainers", "declined")
        one, other = set(self.found(run, "detainers")), set(self.found(run, "declined"))

        assert both
        assert set(both) == one & other != one


def counted_stances(record: dict[str, Any], dimension: str, on: str) -> set[str]:
    """Return the stances of a place's file that lists count: written rules before practices."""
    whole = [
        r
        for r in record.get("rules", ())
        if r["dimension"] == dimension and "scope" not in r and holds(r, on)
    ]
    written = [r for r in whole if not r.get("practice") and r["stance"] != "unknown"]
    counted = whole if not written else [r for r in whole if not r.get("practice")]
    return {r["stance"] for r in counted}


class TestPlaces:
    def level(self, level: str, everything: bool = False) -> dict[str, Record]:
        places = {**PLACES, **SMALL} if everything else PLACES
        return {id: p for id, p in places.items() if level in (p["level"], *p.get("also", ()))}

    @pytest.mark.parametrize(
        ("command", "level"), [("cities", "city"), ("counties", "county"), ("states", "state")]
    )
    def test_level_with_and_without_places_that_have_no_rules(
        self, run: Run, command: str, level: str
    ) -> None:
        assert ids(run, command) == sorted(self.level(level))
        assert ids(run, command, "--all") == sorted(self.level(level, everything=True))

    @pytest.mark.parametrize(
        ("command", "state"), [("cities", "ca"), ("cities", "New York"), ("counties", "FL")]
    )
    def test_state_by_code_or_name(self, run: Run, command: str, state: str) -> None:
        level = {"cities": "city", "counties": "county"}[command]
        code = {"New York": "NY"}.get(state, state.upper())
        wanted = {id: p for id, p in self.level(level, True).items() if p.get("state") == code}

        assert ids(run, command, "--all", "--state", state) == sorted(wanted)

    @pytest.mark.parametrize("command", ["cities", "counties", "states"])
    @pytest.mark.parametrize(
        ("dimension", "stance"),
        [
            ("detainers", "prohibits"),
            ("287g", "requires"),
            ("287g", "prohibits"),
            ("jail-access", "permits"),
            ("detainers", "unknown"),
            ("release-notice", "unknown"),
        ],
    )
    @pytest.mark.parametrize("on", ["2018-01-01", AS_OF])
    def test_rule_of_their_own_on_the_date(
        self, run: Run, command: str, dimension: str, stance: str, on: str
    ) -> None:
        level = {"cities": "city", "counties": "county", "states": "state"}[command]
        wanted = []
        for id, record in self.level(level).items():
            stances = counted_stances(record, dimension, on)
            if stance in (stances or {"unknown"}):
                wanted.append(id)
        found = run(command, "--rule", f"{dimension}={stance}", "--as-of", on, "-f", "json")

        assert ([r["id"] for r in found.json()] if found.code == 0 else []) == sorted(wanted)

    def test_several_rules_must_all_hold(self, run: Run) -> None:
        one = ("--rule", "287g=prohibits")
        other = ("--rule", "property-access=prohibits")
        both = ids(run, "cities", *one, *other)

        assert set(both) == set(ids(run, "cities", *one)) & set(ids(run, "cities", *other))
        assert both

    @pytest.mark.parametrize("command", ["cities", "counties", "states"])
    @pytest.mark.parametrize(
        ("name", "on"),
        [
            ("dhs", "2025-05-28"),
            ("dhs", "2025-05-29"),
            ("dhs", AS_OF),
            ("doj", "2025-08-04"),
            ("doj", "2025-08-05"),
        ],
    )
    def test_listed_as_of_this_level_by_the_date(
        self, run: Run, command: str, name: str, on: str
    ) -> None:
        level = {"cities": "city", "counties": "county", "states": "state"}[command]
        wanted = [
            id
            for id, place in self.level(level, everything=True).items()
            if any(
                e["list"].startswith(name)
                and (e.get("level") or level) == level
                and began(e.get("from"), on)
                for e in place.get("listed", ())
            )
        ]
        found = run(command, "--listed", name, "--as-of", on, "-f", "json")

        assert ([r["id"] for r in found.json()] if found.code == 0 else []) == sorted(wanted)

    def test_a_row_counts_on_how_many_dimensions_a_stance_is_taken(self, run: Run) -> None:
        for row in answer_of(run, "cities"):
            taken = [counted_stances(PLACES[row["id"]], d, AS_OF) for d in DIMENSIONS]
            for stance in ("prohibits", "limits", "permits", "requires"):
                assert row[stance] == sum(stance in stances for stances in taken)
            assert row["unknown"] == sum(stances <= {"unknown"} for stances in taken)


@pytest.mark.parametrize("article", ["1", "01", "001", "A City Divided", "divided"])
def test_an_article_is_named_by_number_or_by_words_of_its_title(article: str, run: Run) -> None:
    ids = [row[0] for row in run("claims", "--article", article, "--fields", "id").rows()[1:]]
    assert ids and all(id.startswith("001-") for id in ids)


def test_rules_from_above_count_with_effective_where_they_reach_the_place(
    run: Run, tmp_path: Path
) -> None:
    store = write_store(
        tmp_path,
        jurisdictions={
            "illinois": place(
                "Illinois",
                "state",
                rules=[
                    rule("detainers", "requires", binds=["police", "sheriffs-jails"]),
                    rule("287g", "requires", binds=["state-police"]),
                    rule("jail-access", "requires", scope="for felons", binds=["sheriffs-jails"]),
                ],
            ),
            "beta-county": place(
                "Beta County",
                "county",
                part_of=["illinois"],
                rules=[rule("release-notice", "limits", binds=["sheriffs-jails"])],
            ),
            "alpha": place(
                "Alpha",
                part_of=["beta-county", "illinois"],
                rules=[rule("status-inquiries", "prohibits", binds=["police"])],
            ),
        },
    )

    def listed(command: str, *filters: str) -> list[str]:
        answer = run(command, *filters, "--data", store, "--as-of", AS_OF, "-f", "json")
        return [row["id"] for row in answer.json()] if answer.code == 0 else []

    for asked, expected in (
        ("detainers=requires", ["alpha"]),
        ("release-notice=limits", ["alpha"]),
        ("status-inquiries=prohibits", ["alpha"]),
        ("287g=requires", []),  # which binds the state police only
        ("jail-access=requires", []),  # which is on a part only
    ):
        assert listed("cities", "--rule", asked, "--effective") == expected, asked
    assert listed("cities", "--rule", "detainers=requires") == []
    assert listed("cities", "--binds", "sheriffs-jails") == []
    assert listed("cities", "--binds", "sheriffs-jails", "--effective") == ["alpha"]
    assert listed("counties", "--rule", "detainers=requires", "--effective") == ["beta-county"]

    said = "Rules of county and state that reach a place count in the filter."
    shown = ("--rule", "status-inquiries=prohibits", "--data", store, "--as-of", AS_OF)
    assert said in run("cities", *shown, "--effective", "-f", "table").stdout
    assert said not in run("cities", *shown, "-f", "table").stdout
    wrong = run("cities", "--effective", "--data", store)
    assert (wrong.code, wrong.stdout) == (2, "")
    assert "--effective goes with --rule or --binds" in wrong.stderr


def test_a_list_of_rules_tells_what_is_a_practice_and_what_is_on_a_part(
    run: Run, tmp_path: Path
) -> None:
    store = write_store(
        tmp_path,
        jurisdictions={
            "alpha": place("Alpha", rules=[rule("detainers", "prohibits", practice=True)]),
            "beta": place("Beta", rules=[rule("detainers", "prohibits", scope="of minors")]),
            "gamma": place("Gamma", rules=[rule("detainers", "prohibits")]),
        },
    )
    asked = ("rules", "--data", store, "--as-of", AS_OF)
    shown = run(*asked, "-f", "table", "--width", "120").stdout
    for name, told in (
        ("Alpha", "not done"),
        ("Beta", "prohibits in part"),
        ("Gamma", "prohibits"),
    ):
        (line,) = (line for line in shown.splitlines() if name in line and "■" in line)
        assert f"■ {told} [" in line
    said = "Done or not done: a practice"
    assert said in shown
    assert said not in run(*asked, "--place", "gamma", "-f", "table").stdout
    assert {row["stance"] for row in run(*asked, "-f", "json").json()} == {"prohibits"}
