"""cite: what it writes is read by other programs, with the right kinds and locators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import rispy  # type: ignore[import-untyped]  # it has no types
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from ice_facts.across.cite import CitedSource, cited_listing
from ice_facts.ask import Reply
from ice_facts.model import Source, SourceKind
from ice_facts.render.citations import render_citations
from ice_facts.store import Store
from ice_facts.subjects.policy.text import law_of
from ice_facts.subjects.source import CitingFact
from tests.conftest import Run
from tests.small_store import place, policy, write_store

TYPES = {
    "statute": ("legislation", "STAT", "legislation"),
    "ordinance": ("legislation", "STAT", "legislation"),
    "regulation": ("legislation", "LEGAL", "regulation"),
    "executive order": ("legislation", "LEGAL", "regulation"),
    "bill": ("legislation", "BILL", "bill"),
    "court opinion": ("jurisdiction", "CASE", "legal_case"),
    "dataset": ("dataset", "DATA", "dataset"),
    "report": ("report", "RPRT", "report"),
    "news": ("article", "NEWS", "article-newspaper"),
    "agency page": ("online", "ELEC", "webpage"),
    "reference": ("online", "ELEC", "webpage"),
}
"""BibLaTeX, RIS and CSL type of kinds of source."""

DATE = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": "integer", "minimum": 1},
            },
        }
    },
}
STRING = {"type": "string"}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "type": {
                "enum": [
                    "article-newspaper",
                    "bill",
                    "dataset",
                    "document",
                    "legal_case",
                    "legislation",
                    "regulation",
                    "report",
                    "webpage",
                ]
            },
            "id": STRING,
            "title": STRING,
            "publisher": STRING,
            "authority": STRING,
            "container-title": STRING,
            "volume": STRING,
            "page": STRING,
            "section": STRING,
            "number": STRING,
            "genre": STRING,
            "URL": STRING,
            "note": STRING,
            "annote": STRING,
            "issued": DATE,
            "accessed": DATE,
        },
    },
}
"""What CSL 1.0.2 has of types and variables, as far as it is used."""


def cited(**changes: Any) -> CitedSource:
    """Return a cited source."""
    fields: dict[str, Any] = {
        "id": "alpha-code",
        "title": "Code of Alpha",
        "publisher": "City of Alpha",
        "kind": "ordinance",
        "url": "https://example.org/a_b?c=d%20e&f=~g#h",
        "published": "2012-09",
        "read": "2026-01-01",
        "locators": ("§ 1",),
        "facts": (),
    }
    return CitedSource(**(fields | changes))


def written(style: str, *sources: CitedSource) -> str:
    return render_citations(Reply(sources, cited_listing), style)


def bibtex(text: str, *, decode: bool = False) -> list[dict[str, str]]:
    """Read BibLaTeX; every block must be an entry."""
    layers = [LatexDecodingMiddleware()] if decode else []
    library = parse_string(text, append_middleware=layers)
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [
        {"entry": e.entry_type, "key": e.key, **{f.key: f.value for f in e.fields}}
        for e in library.entries
    ]


class TestEveryKind:
    @pytest.fixture
    def sources(self, store: Store) -> list[CitedSource]:
        return [
            cited(
                id=s.id,
                title=s.title,
                publisher=s.publisher,
                kind=s.kind,
                url=s.url,
                published=s.published,
                read=s.read,
            )
            for s in store.all(Source)
        ]

    def test_all_kinds_are_there(self, sources: list[CitedSource]) -> None:
        assert {s.kind for s in sources} <= set(get_args(SourceKind))
        assert set(TYPES) <= {s.kind for s in sources}

    def test_bibtex(self, sources: list[CitedSource]) -> None:
        read = {entry["key"]: entry for entry in bibtex(written("bibtex", *sources))}
        assert list(read) == [s.id for s in sources]
        for source in sources:
            if source.kind in TYPES:
                assert read[source.id]["entry"] == TYPES[source.kind][0]
            assert read[source.id].get("date") == source.published
            assert read[source.id].get("url", "") == (source.url or "").replace(" ", "%20")

    def test_ris(self, sources: list[CitedSource]) -> None:
        read = rispy.loads(written("ris", *sources))
        assert [entry["id"] for entry in read] == [s.id for s in sources]
        for source, entry in zip(sources, read, strict=True):
            if source.kind in TYPES:
                assert entry["type_of_reference"] == TYPES[source.kind][1]
            assert entry["title"] == source.title
            assert entry["publisher"] == source.publisher
            assert entry.get("year") == (source.published and source.published[:4])
            assert entry["notes"][0].startswith("§ 1")

    def test_csl(self, sources: list[CitedSource]) -> None:
        items = json.loads(written("csl", *sources))
        jsonschema.validate(items, CSL)
        for source, item in zip(sources, items, strict=True):
            if source.kind in TYPES:
                assert item["type"] == TYPES[source.kind][2]
            assert item["title"] == source.title
            parts = item.get("issued", {}).get("date-parts", [[]])[0]
            assert "-".join(f"{part:02}" for part in parts) == (source.published or "")

    def test_text_is_a_line_each(self, sources: list[CitedSource]) -> None:
        lines = written("text", *sources).splitlines()
        assert len(lines) == len(sources)
        for source, line in zip(sources, lines, strict=True):
            assert source.title in line
            assert source.publisher in line


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60))
def test_any_title_survives_bibtex_and_ris(title: str) -> None:
    source = cited(title=title, locators=(title,), url=None)
    (entry,) = bibtex(written("bibtex", source))
    assert entry["key"] == "alpha-code"
    assert entry["date"] == "2012-09"
    (ris,) = rispy.loads(written("ris", source))
    assert ris.get("title", "") == title.strip()


def test_signs_of_latex_commands_are_escaped() -> None:
    title = r"100% of & _y_ # $5 \n “é” § 2"
    source = cited(title=title)
    (entry,) = bibtex(written("bibtex", source), decode=True)
    assert entry["title"] == title
    (raw,) = bibtex(written("bibtex", source))
    assert raw["url"] == source.url  # an address is not LaTeX
    (braces,) = bibtex(written("bibtex", cited(title="a}b{", url="https://example.org/}{")))
    assert braces["title"] == r"{a\textbraceright{}b\textbraceleft{}}"
    assert braces["url"] == "https://example.org/%7D%7B"


def test_facts_are_beside_their_source() -> None:
    fact = CitingFact(table="policies", id="p", fact="It limits detainers", locator="§ 1")
    source = cited(facts=(fact,))
    line = "policies p: It limits detainers (§ 1)"
    assert f"supports {line}" in written("text", source)
    assert bibtex(written("bibtex", source))[0]["annotation"] == line
    assert f"Supports {line}" in rispy.loads(written("ris", source))[0]["notes"]
    assert json.loads(written("csl", source))[0]["annote"] == f"Supports {line}"


def test_a_source_that_was_not_read_says_so() -> None:
    for style in ("text", "bibtex", "ris", "csl"):
        assert "not read" in written(style, cited(read=None))


def test_a_record_cites_its_sources_with_their_locators(run: Run) -> None:
    entries = bibtex(run("cite", "sb54", "--style", "bibtex").stdout)
    by_key = {entry["key"]: entry for entry in entries}
    statute = by_key["ca-sb-54"]
    assert statute["entry"] == "legislation"
    assert "Gov. Code" in statute["note"]
    assert by_key["ca-sb54-openstates"]["entry"] == "online"


def test_a_claim_cites_its_article_and_its_check(run: Run) -> None:
    found = run("cite", "001-22", "-f", "json").json()
    ids = [source["id"] for source in found]
    assert ids[0].startswith("article-")
    assert "cbs-list-of-mayors" in ids
    assert all(source["locators"] for source in found)


def test_facts_of_a_place(run: Run) -> None:
    outcome = run("cite", "chicago", "--fact")
    assert "supports jurisdictions chicago: Lori Lightfoot, mayor" in outcome.stdout
    assert "supports jurisdictions chicago: detainers, prohibits" in outcome.stdout
    assert "supports" not in run("cite", "chicago").stdout


def test_facts_of_a_source(run: Run) -> None:
    outcome = run("cite", "chicago-mcc-2-173-020", "--fact")
    assert outcome.stdout.count("\n  supports ") > 3


def test_a_topic_cites_the_sources_of_its_positions_and_claims(run: Run) -> None:
    assert len(run("cite", "community-trust", "-f", "json").json()) > 5


def test_several_names_cite_each_source_once(run: Run) -> None:
    found = run("cite", "sb54", "sb54", "ca-sb54-chaptered", "-f", "json").json()
    ids = [source["id"] for source in found]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.bib", "@"), ("a.ris", "TY  - "), ("a.json", "["), ("a.txt", "SB 54"), ("a.tsv", "id\t")],
)
def test_the_ending_of_a_file_chooses_the_style(
    name: str, start: str, run: Run, tmp_path: Path
) -> None:
    outcome = run("cite", "sb54", "-o", str(tmp_path / name))
    assert (outcome.code, outcome.stdout) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_style_goes_before_the_ending(run: Run, tmp_path: Path) -> None:
    run("cite", "sb54", "--style", "csl", "-o", str(tmp_path / "a.txt"))
    jsonschema.validate(json.loads((tmp_path / "a.txt").read_text(encoding="utf-8")), CSL)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["cite", "nowhere-at-all"], 1, "nowhere-at-all"),
        (["cite", "sb54", "--style", "apa"], 2, "bibtex"),
        (["cite", "sb54", "--style", "ris", "-f", "json"], 2, "one of them"),
        (["city", "chicago", "-o", "a.bib"], 2, "ice-facts cite"),
    ],
)
def test_wrong_use(
    arguments: list[str],
    code: int,
    says: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run(*arguments)
    assert (outcome.code, outcome.stdout) == (code, "")
    assert says in outcome.stderr
    assert not list(tmp_path.iterdir())


def test_the_other_names_are_cited_when_one_is_not_found(run: Run) -> None:
    outcome = run("cite", "sb54", "nowhere-at-all")
    assert outcome.code == 1
    assert "SB 54" in outcome.stdout
    assert "nowhere-at-all" in outcome.stderr


class TestLaw:
    """A law is cited as lawyers do: reporter, public law, code section, official address first."""

    def test_a_case_by_its_reporter_in_every_form(self, run: Run) -> None:
        asked = ("cite", "arizona v us")
        assert run(*asked).stdout.startswith("Arizona v. United States, 567 U.S. 387 (2012). ")
        entry = bibtex(run(*asked, "--style", "bibtex").stdout)[0]
        assert (entry["entry"], entry["volume"], entry["pages"]) == ("jurisdiction", "567", "387")
        assert entry["journaltitle"] == "U.S." and "567 U.S. 387 (2012)" in entry["note"]
        ris = rispy.loads(run(*asked, "--style", "ris").stdout)[0]
        assert (ris["type_of_reference"], ris["volume"], ris["start_page"]) == (
            "CASE",
            "567",
            "387",
        )
        assert "567 U.S. 387 (2012)" in ris["notes"][0]
        csl = json.loads(run(*asked, "--style", "csl").stdout)
        jsonschema.validate(csl, CSL)
        parts = [csl[0][name] for name in ("type", "volume", "container-title", "page")]
        assert parts == ["legal_case", "567", "U.S.", "387"]
        assert run(*asked, "-f", "json").json()[0]["citation"].endswith("567 U.S. 387 (2012)")

    @pytest.mark.parametrize(
        ("name", "kind", "parts"),
        [
            ("1373", "legislation", {"volume": "8", "container-title": "U.S.C."}),
            ("laken riley act", "legislation", {"number": "Pub. L. 119-1"}),
            ("8-cfr-287-7", "regulation", {"volume": "8", "section": "287.7"}),
            ("il-sb-3117", "bill", {"number": "SB 3117 (104th General Assembly)"}),
            ("illinois-v-dhs-2026", "legal_case", {"number": "1:26-cv-00321"}),
        ],
    )
    def test_kinds_and_parts(self, name: str, kind: str, parts: dict[str, str], run: Run) -> None:
        law = json.loads(run("cite", name, "--style", "csl").stdout)[0]
        assert law["type"] == kind
        assert parts.items() <= law.items()

    def test_the_official_address_comes_first_and_a_copy_is_where_it_was_read(
        self, run: Run
    ) -> None:
        statute = run("cite", "8-usc-1373").stdout.splitlines()[0]
        official, _, copies = statute.partition(" Read at: ")
        assert "https://www.govinfo.gov/link/uscode/8/1373" in official
        assert "govinfo" not in copies and "(read" not in official
        act = run("cite", "sb54", "-f", "json").json()[0]
        assert act["url"].startswith("https://leginfo.legislature.ca.gov/") and act["read"]
        assert all(act["url"] != copy["url"] for copy in act["read_at"])

    def test_a_source_that_is_the_text_of_a_law_has_its_citation(
        self, run: Run, tmp_path: Path
    ) -> None:
        text = {"title": "HB 7, enrolled", "publisher": "P", "kind": "bill", "read": "2026-01-01"}
        repeal = {**text, "title": "HB 9 (2025), repeal of HB 7"}
        law = policy("Act 7", kind="statute", citation="Laws of 2020, ch. 5 (HB 7)")
        law["sources"] = [{"id": "act", "locator": "all"}, {"id": "repeal", "locator": "all"}]
        store = write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            policies={"act-7": law},
            sources={"act": text, "repeal": repeal},
        )
        found = run("cite", "act", "repeal", "--data", store, "-f", "json").json()
        assert [source["citation"] for source in found] == ["Laws of 2020, ch. 5 (HB 7)", None]
        (first, second) = run("cite", "act-7", "--data", store, "-f", "json").json()
        assert [copy["id"] for copy in first["read_at"]] == ["act"]
        assert second["id"] == "repeal"

    def test_another_opinion_in_a_case_is_not_the_decision(self, store: Store) -> None:
        withdrawn = store.one(Source, "el-cenizo-2018-03")
        assert law_of(store, withdrawn) is None

    def test_a_place_cites_the_texts_of_its_laws_so(self, run: Run) -> None:
        found = run("cite", "illinois", "-f", "json").json()
        cited = {source["policy"]: source["citation"] for source in found if source["policy"]}
        assert "5 ILCS 805" in cited["il-trust-act"]


class TestSources:
    """sources: what a reader asks who judges the store itself."""

    def test_used_once(self, run: Run) -> None:
        found = run("sources", "--once", "-f", "json").json()
        assert found
        assert {source["facts"] for source in found} == {1}

    def test_undated(self, run: Run) -> None:
        found = run("sources", "--undated", "-f", "json").json()
        assert {source["published"] for source in found} == {None}

    def test_unread(self, run: Run) -> None:
        every = run("sources", "-f", "json").json()
        unread = [source for source in every if source["read"] is None]
        outcome = run("sources", "--unread", "-f", "json")
        assert outcome.code == (0 if unread else 1)
        assert (outcome.json() if unread else []) == unread
        assert run("sources", "--unseen", "-f", "json") == outcome

    def test_together(self, run: Run) -> None:
        found = run("sources", "--once", "--undated", "--kind", "news", "-f", "json").json()
        for source in found:
            assert (source["facts"], source["published"], source["kind"]) == (1, None, "news")
