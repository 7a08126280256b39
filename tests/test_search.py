"""search: the right thing first, whatever is typed, and an index that never lies."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ice_facts.errors import NotFoundError
from ice_facts.queries import search_index
from ice_facts.queries.search import search
from ice_facts.store import Store, cache
from tests.bad_stores import GOOD
from tests.conftest import Run

FIRST = {
    "judicial warrant": "judicial-warrant",
    "rapid response": "advocacy",
    "commandeer": "anti-commandeering",
    "declined detainers": "declined-detainer",
    "mask ban": "ca-sb-627-2025",
    "1373": "8-usc-1373",
    "Bass": "karen-bass",
    "rikers": "nyc-eo-50-2025",
    "detainer": "detainer",
    "sb54": "ca-sb-54",
    "s.b. 54": "ca-sb-54",
    "287(g)": "287g",
    "nyc": "new-york-city",
    "welcoming city ordinance": "chicago-welcoming-city-ordinance",
    "271484": "removals-fy2024",
}

NASTY = {
    "quotes": '"',
    "odd quotes": 'a "b c',
    "operators": "AND OR NOT NEAR(a b, 3)",
    "column": "names:detainer",
    "star": "*",
    "stars": "** det* *",
    "caret": "^detainer",
    "brackets": "((detainer",
    "minus": "-detainer --",
    "plus": "a + b",
    "comma": "NEAR(,",
    "sql": "'; DROP TABLE texts; --",
    "percent": "100% _x_ %s {} {0}",
    "nul": "detainer\x00warrant",
    "control": "\x01\x02\x03\x1b[31m\x7f\x9b",
    "bidi": "\u202edetainer\u2066",
    "emoji": "🚨👩‍👩‍👧",
    "combining": "e\u0301\u0301\u0301",
    "wide": "\uff44\uff45\uff54\uff41\uff49\uff4e\uff45\uff52",
    "long word": "x" * 10_000,
    "many words": "detainer warrant " * 600,
    "empty": "",
    "blank": " \t\n ",
}


def ids(run: Run, *arguments: str) -> list[str]:
    outcome = run("search", *arguments, "-f", "json")
    assert (outcome.code, outcome.stderr) == (0, "")
    return [hit["id"] for hit in outcome.json()]


@pytest.mark.parametrize(("text", "id"), FIRST.items())
def test_the_thing_itself_comes_first(text: str, id: str, run: Run) -> None:
    assert ids(run, text, "--limit", "3")[0] == id


def test_rapid_response_has_term_and_network_among_the_first_three(run: Run) -> None:
    found = ids(run, "rapid response", "--limit", "3")
    assert {"rapid-response-network", "san-diego-rapid-response"} <= set(found)


def test_term_topic_and_policies_come_before_what_mentions_a_detainer(run: Run) -> None:
    kinds = [hit["kind"] for hit in run("search", "detainer", "-f", "json").json()]
    assert set(kinds[:2]) == {"term", "topic"}
    assert set(kinds[:8]) <= {"term", "topic", "policy"}


def test_only_in_policies(run: Run) -> None:
    found = run("search", "welcoming city", "--in", "policies", "-f", "json").json()
    assert {hit["kind"] for hit in found} == {"policy"}
    assert "chicago-welcoming-city-ordinance" in [hit["id"] for hit in found[:3]]
    assert found == run("search", "welcoming city", "--in", "policy", "-f", "json").json()


def test_several_tables_and_parts_of_places(run: Run) -> None:
    found = run("search", "detainer", "--in", "rules,claim", "-f", "json", "--limit", "500").json()
    assert {hit["kind"] for hit in found} == {"rule", "claim"}
    for hit in found:
        assert (hit["status"] is None) == (hit["kind"] == "rule")


def test_an_unknown_table_is_wrong_usage(run: Run) -> None:
    outcome = run("search", "x", "--in", "laws")
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "policies" in outcome.stderr


def test_a_place_has_what_is_about_it_and_what_is_in_it(run: Run) -> None:
    state = set(ids(run, "detainer", "--place", "illinois", "--limit", "500"))
    city = set(ids(run, "detainer", "--place", "chicago", "--limit", "500"))
    assert "chicago-welcoming-city-ordinance" in city < state
    assert "ca-sb-54" not in state
    assert run("search", "detainer", "--place", "nowhere").code == 1


def test_stems_case_accents_and_width_are_folded(run: Run) -> None:
    found = ids(run, "detainer", "--limit", "5")
    for text in ("DETAINERS", "detainer's", NASTY["wide"]):
        assert ids(run, text, "--limit", "5") == found
    assert ids(run, "san jose", "--limit", "1") == ids(run, "SAN JOSÉ", "--limit", "1")


def test_a_phrase_in_quotes_is_one(run: Run) -> None:
    words = set(ids(run, "cooperation limits", "--limit", "5000"))
    phrase = run("search", '"limits cooperation"', "-f", "json", "--limit", "5000").json()
    assert 0 < len({hit["id"] for hit in phrase}) < len(words)


def test_a_star_takes_the_beginning_of_a_word(run: Run) -> None:
    assert ids(run, "commandee*", "--limit", "1") == ["anti-commandeering"]
    assert run("search", "zzcommandee*").code == 1


def test_limit_and_the_count_of_all(run: Run) -> None:
    assert len(ids(run, "detainer", "--limit", "7")) == 7
    shown = run("search", "detainer", "--limit", "7", "-f", "table")
    assert "the first 7 shown" in shown.stdout


def test_matched_words_stand_out_on_a_terminal(run: Run) -> None:
    outcome = run("search", "judicial warrant", "-n", "2", "-f", "table", "--color", "always")
    assert "\x1b[1mjudicial\x1b[0m" in outcome.stdout or "\x1b[1mjudicial warrant" in outcome.stdout


def test_nothing_found_names_near_words_and_exits_1(run: Run) -> None:
    outcome = run("search", "detaner")
    assert (outcome.code, outcome.stdout) == (1, "")
    assert "detainer" in outcome.stderr


def test_words_that_never_meet_are_counted_apart(run: Run) -> None:
    outcome = run("search", "rikers", "realtors", "anti-commandeering")
    assert outcome.code == 1
    assert "by themselves" in outcome.stderr


def test_scores_fall_and_fields_are_those_of_the_contract(run: Run) -> None:
    found = run("search", "sanctuary", "-f", "json").json()
    assert list(found[0]) == ["kind", "id", "title", "snippet", "score", "status"]
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_no_text_is_an_error(text: str, run: Run) -> None:
    outcome = run("search", "--", text)
    assert outcome.code in (0, 1)
    assert bool(outcome.stdout) == (outcome.code == 0)
    assert bool(outcome.stderr) == (outcome.code == 1)
    assert "\x1b" not in outcome.stdout + outcome.stderr


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=200) | st.text(alphabet='"*^()+-:,{}AND ORNEAR\x00detainer ', max_size=60)
)
def test_any_text_is_answered_or_not_found(text: str) -> None:
    try:
        found = search(Store(GOOD), text)
    except NotFoundError as error:
        assert error.message
    else:
        assert found.hits


class TestKeptIndex:
    """What is kept in the user's cache is used only while the store is the same."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        # A store that changed just now is not kept: it could change again unseen.
        monkeypatch.setattr(cache, "SETTLED", -3600.0)
        return tmp_path / "cache" / "ice-facts"

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        return Path(shutil.copytree(GOOD, tmp_path / "store"))

    @staticmethod
    def top(root: Path) -> str:
        return search(Store(root), "detainer").hits[0].title

    def test_it_is_kept_and_read_again(
        self, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = self.top(root)
        assert len(list(folder.iterdir())) == 1
        monkeypatch.setattr(search_index, "_made", None)  # it must not be made again
        assert self.top(root) == first

    def test_a_change_of_the_same_size_and_time_is_seen(self, folder: Path, root: Path) -> None:
        self.top(root)
        path = next(root.rglob("terms*"))
        path = path if path.is_file() else next(path.iterdir())
        times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        text = path.read_text(encoding="utf-8")
        changed = text.replace('"term": "Detainer', '"term": "Detained')
        assert changed != text
        path.write_text(changed, encoding="utf-8")
        os.utime(path, ns=times)
        assert "Detained" in self.top(root)

    @pytest.mark.parametrize("content", [b"", b"garbage" * 1000, None], ids=["empty", "not", "cut"])
    def test_a_damaged_one_is_made_again(
        self, content: bytes | None, folder: Path, root: Path
    ) -> None:
        first = self.top(root)
        (kept,) = folder.iterdir()
        whole = kept.read_bytes()
        kept.write_bytes(whole[: len(whole) // 2] if content is None else content)
        assert self.top(root) == first
        assert kept.read_bytes() == whole

    def test_bits_flipped_anywhere_end_in_no_error(self, folder: Path, root: Path) -> None:
        first = self.top(root)
        (kept,) = folder.iterdir()
        whole = bytearray(kept.read_bytes())
        for place in range(0, len(whole), 4096):  # the head of every page
            whole[place : place + 8] = b"\xff" * 8
        kept.write_bytes(whole)
        assert self.top(root) == first

    def test_no_place_for_it_is_no_error(
        self, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
        assert self.top(root)

    def test_a_relative_cache_folder_counts_as_unset(
        self, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("XDG_CACHE_HOME", "here")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        self.top(root)
        assert not (tmp_path / "here").exists()

    def test_a_store_that_changed_just_now_is_not_kept(
        self, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cache, "SETTLED", 3600.0)
        assert self.top(root)
        assert not folder.exists()

    def test_indexes_of_many_stores_do_not_pile_up(self, folder: Path, tmp_path: Path) -> None:
        for number in range(cache.KEPT + 3):
            self.top(Path(shutil.copytree(GOOD, tmp_path / f"store-{number}")))
        assert len(list(folder.iterdir())) == cache.KEPT

    def test_many_at_once(self, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        command = [sys.executable, "-m", "ice_facts", "search", "detainer", "--data", str(GOOD)]
        running = [
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "XDG_CACHE_HOME": str(cache)},
            )
            for _ in range(6)
        ]
        answers = {(*process.communicate(timeout=60), process.returncode) for process in running}
        assert len(answers) == 1
        (answer,) = answers
        assert answer[0] and answer[1:] == (b"", 0)
        left = [path.name for path in (cache / "ice-facts").glob("*")]
        assert all(name.startswith("search-") for name in left)


def test_only_searches_load_the_engine() -> None:
    code = "import sys\nfrom ice_facts.cli import run\nrun()\nprint('sqlite3' in sys.modules)"
    for command, loaded in ((["search", "detainer"], "True"), (["city", "chicago"], "False")):
        done = subprocess.run(
            [sys.executable, "-c", code, *command],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout.endswith(f"{loaded}\n")
