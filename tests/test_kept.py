"""What is kept in the user's cache: used only while the store is the same, and never missed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ice_facts.across.search import index as search_index
from ice_facts.across.search.query import search
from ice_facts.errors import StoreError
from ice_facts.model import Claim, Jurisdiction, Term
from ice_facts.resolve import find
from ice_facts.store import Store, cache, kept
from tests.bad_stores import GOOD

Ask = Callable[[Path], str]


def look_up(root: Path) -> str:
    """Answer by the index for look-ups: a term, found by its name."""
    store = Store(root)
    (match,) = find(store, "ICE hold", (Term,))
    return store.one(Term, match.id).term


def top_hit(root: Path) -> str:
    """Answer by the index for searches, which are also asked of the records."""
    return search(Store(root), "detainer").hits[0].title


KINDS = {"store": look_up, "search": top_hit}


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ask(kind: str) -> Ask:
    return KINDS[kind]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # A store that changed just now is not kept: it could change again unseen.
    monkeypatch.setattr(cache, "SETTLED", -3600.0)
    return tmp_path / "cache" / "ice-facts"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "store"))


def kept_file(folder: Path, kind: str) -> Path:
    (found,) = folder.glob(f"{kind}-*")
    return found


def terms_of(root: Path) -> Path:
    return root / "terms.json"


def test_it_is_kept_and_read_again(
    ask: Ask, kind: str, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(root)
    file = kept_file(folder, kind)
    before = (file.stat().st_ino, file.stat().st_mtime_ns)
    monkeypatch.setattr(search_index, "_made", None)  # neither must be made again
    monkeypatch.setattr(kept, "_write", None)
    assert ask(root) == first
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before


def test_a_change_of_the_same_size_and_time_is_seen(ask: Ask, folder: Path, root: Path) -> None:
    ask(root)
    path = terms_of(root)
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    text = path.read_text(encoding="utf-8")
    changed = text.replace('"term": "Detainer', '"term": "Detained')
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    os.utime(path, ns=times)
    assert "Detained" in ask(root)


def test_a_second_file_for_a_table_is_seen(ask: Ask, folder: Path, root: Path) -> None:
    ask(root)
    (root / "jurisdictions.json").write_text("{}", encoding="utf-8")
    with pytest.raises(StoreError, match=r"both .* exist; keep one"):
        Store(root).get(Jurisdiction, "exampleton")


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, None], ids=["empty", "not", "cut"])
def test_a_damaged_one_is_made_again(
    content: bytes | None, ask: Ask, kind: str, folder: Path, root: Path
) -> None:
    first = ask(root)
    file = kept_file(folder, kind)
    size = file.stat().st_size
    file.write_bytes(file.read_bytes()[: size // 2] if content is None else content)
    assert ask(root) == first
    assert kept_file(folder, kind).stat().st_size == size


@pytest.mark.parametrize("page", [0, 1, 7, 100, 4000])
def test_bytes_changed_anywhere_do_no_harm(
    page: int, ask: Ask, kind: str, folder: Path, root: Path
) -> None:
    first = ask(root)
    file = kept_file(folder, kind)
    whole = bytearray(file.read_bytes())
    for place in range(page, len(whole), 4096):
        whole[place : place + 8] = (b"\xff" * 8)[: len(whole) - place]
    file.write_bytes(whole)
    assert ask(root) == first


def damaged_by_the_disk(file: Path, content: bytes) -> None:
    """Change a file as only a disk does: its time stays."""
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    file.write_bytes(content)
    os.utime(file, ns=times)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b'"term":"Detainer"', b'"term":5,        '),
        (b'["detainer",2]', b'["detainer",,]'),
        (b'["state-code"', b'["state-code,'),
    ],
    ids=["text", "name", "mention"],
)
def test_what_cannot_be_read_in_it_is_read_in_the_files(
    good: bytes, bad: bytes, folder: Path, root: Path
) -> None:
    def answers() -> list[object]:
        store = Store(root)
        return [look_up(root), store.mentioning(Term, "state-code"), store.version()]

    first = answers()
    file = kept_file(folder, "store")
    whole = file.read_bytes()
    damaged_by_the_disk(file, whole.replace(good, bad))
    assert answers() == first


def test_one_that_was_cut_off_by_the_disk_ends_no_process(folder: Path, root: Path) -> None:
    first = look_up(root)
    file = kept_file(folder, "store")
    damaged_by_the_disk(file, file.read_bytes()[: 3 * 4096])
    assert look_up(root) == first


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_in_its_place_is_no_harm(
    make: Callable[[Path], object], ask: Ask, kind: str, folder: Path, root: Path
) -> None:
    first = ask(root)
    file = kept_file(folder, kind)
    file.unlink()
    make(file)
    assert ask(root) == first


def test_a_cache_folder_that_is_not_utf8_is_none_the_worse(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "SETTLED", -3600.0)
    monkeypatch.setenv("XDG_CACHE_HOME", os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    first = look_up(root)
    assert look_up(root) == first
    assert top_hit(root) == top_hit(root)


@pytest.mark.parametrize("home", ["here", "/nowhere/at/all"])
def test_a_home_that_is_none_is_not_made(
    home: str, ask: Ask, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(cache, "SETTLED", -3600.0)
    assert ask(root)
    assert not Path(home).exists()


def test_other_code_makes_it_anew(
    ask: Ask, kind: str, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(root)
    first = kept_file(folder, kind).stat().st_ino
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    ask(root)
    assert kept_file(folder, kind).stat().st_ino != first


def test_a_search_index_of_what_was_read_before_a_change_is_not_kept(
    folder: Path, root: Path
) -> None:
    store = Store(root)
    assert store.get(Term, "detainer")
    terms_of(root).write_text("{}", encoding="utf-8")
    assert search(store, "detainer").hits  # the store keeps the state in which it was asked
    assert list(folder.glob("search-*")) == []


def test_a_store_that_changes_while_it_is_read_is_not_kept(
    folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(*arguments: Any) -> None:
        write(*arguments)
        terms_of(root).write_text("{}", encoding="utf-8")

    write = kept._write
    monkeypatch.setattr(kept, "_write", changed)
    assert Store(root).get(Term, "detainer") is None
    assert list(folder.iterdir()) == []


def test_what_a_killed_process_left_is_taken_away(
    ask: Ask, kind: str, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    left = folder / f".{kind}-abandoned"
    left.touch()
    ask(root)
    assert left.exists()
    kept_file(folder, kind).unlink()
    monkeypatch.setattr(cache, "ABANDONED", -1.0)
    ask(root)
    assert not left.exists()


def test_a_store_of_many_short_records_has_room(folder: Path, root: Path) -> None:
    places = {f"p{number}": {"name": f"Q{number}", "level": "city"} for number in range(60_000)}
    (root / "places.json").write_text(json.dumps(places), encoding="utf-8")
    look_up(root)
    assert isinstance(Store(root)._index, kept.KeptIndex)


def test_no_place_for_it_is_no_error(
    ask: Ask, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert ask(root)


def test_a_relative_cache_folder_counts_as_unset(
    ask: Ask, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    ask(root)
    assert not (tmp_path / "here").exists()


def test_a_store_that_changed_just_now_is_not_kept(
    ask: Ask, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "SETTLED", 3600.0)
    assert ask(root)
    assert not folder.exists()


def test_those_of_many_stores_do_not_pile_up(
    ask: Ask, kind: str, folder: Path, tmp_path: Path
) -> None:
    for number in range(cache.KEPT + 3):
        ask(Path(shutil.copytree(GOOD, tmp_path / f"store-{number}")))
    assert len(list(folder.glob(f"{kind}-*"))) == cache.KEPT


def test_a_store_with_a_broken_table_is_not_kept_and_the_others_answer(
    folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "claims.json").write_bytes(b"{")
    assert look_up(root) == "Detainer"
    monkeypatch.setattr(cache, "keep", None)  # that it cannot be kept is: it is not tried again
    assert look_up(root) == "Detainer"
    with pytest.raises(StoreError, match="truncated"):
        Store(root).all(Claim)


def test_an_id_too_long_for_it_is_found_all_the_same(folder: Path, root: Path) -> None:
    path = terms_of(root)
    long = "x" * 600
    text = path.read_text(encoding="utf-8").replace('"detainer": {', f'"{long}": {{', 1)
    path.write_text(text, encoding="utf-8")
    store = Store(root)
    assert store.one(Term, long).term == "Detainer"
    assert [match.id for match in find(store, long.upper(), (Term,))] == [long]


@pytest.mark.parametrize("command", [("term", "detainer"), ("search", "detainer")])
def test_many_at_once(command: tuple[str, ...], tmp_path: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "ice_facts", *command, "--data", str(GOOD)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        )
        for _ in range(6)
    ]
    answers = {(*process.communicate(timeout=60), process.returncode) for process in running}
    assert len(answers) == 1
    (answer,) = answers
    assert answer[0] and answer[1:] == (b"", 0)
    left = [path.name.partition("-")[0] for path in (tmp_path / "ice-facts").glob("*")]
    assert sorted(left) == (["search", "store"] if "search" in command else ["store"])
