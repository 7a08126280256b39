"""What is kept in the user's cache: used only while it is true and safe, and never missed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ice_facts.across.search.query import search
from ice_facts.errors import StoreError
from ice_facts.model import Claim, Jurisdiction, Policy, Position, Source, Term
from ice_facts.resolve import find
from ice_facts.resolve.near import suggest
from ice_facts.store import Store, kept
from tests.bad_stores import GOOD
from tests.conftest import Run

Ask = Callable[[Path], str]


def look_up(root: Path) -> str:
    """Answer by the index for look-ups: a term, found by its name."""
    store = Store(root)
    (match,) = find(store, "ICE hold", (Term,))
    return store.one(Term, match.id).term


def top_hit(root: Path) -> str:
    """Answer by the index for searches, which are also asked of the records."""
    return search(Store(root), "detainer").hits[0].title


KINDS = {"records": look_up, "search": top_hit}


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
    monkeypatch.setattr(kept, "SETTLED_AFTER", -3600.0)
    return tmp_path / "cache" / "ice-facts"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "store"))


def kept_file(folder: Path, kind: str) -> Path:
    (found,) = folder.glob(f"{kind}-*")
    return found


def terms_of(root: Path) -> Path:
    return root / "terms.json"


def state_of(file: Path) -> tuple[int, int, bytes]:
    return (file.stat().st_ino, file.stat().st_mtime_ns, file.read_bytes())


def test_it_is_kept_and_read_again(ask: Ask, kind: str, folder: Path, root: Path) -> None:
    first = ask(root)
    before = state_of(kept_file(folder, kind))
    assert ask(root) == first
    assert state_of(kept_file(folder, kind)) == before


def test_what_is_kept_answers(folder: Path, root: Path) -> None:
    look_up(root)
    store = Store(root)
    assert store.version()
    shutil.rmtree(root)  # the files cannot answer any more
    assert store.one(Term, "detainer").term == "Detainer"
    assert [id for id, _ in store.called(Term, "ICE hold")] == ["detainer"]
    assert store.called(Term, "no such name") == []
    assert store.get(Term, "nothing") is None
    assert store.called_like(Term, "ice h") == ["detainer"]
    assert [who.id for who in store.referring(Position, policy="example-cooperation-act")]
    assert store.referring(Position, policy="nothing") == []
    assert store.citations()["census"] > 0
    assert store.summaries()["terms"].records == len(store.all(Term)) == len(store.ids(Term))
    assert suggest(store, "detainr", (Term,))[0].id == "detainer"


# A store that was changed


def changed_in_place(path: Path) -> None:
    with path.open("r+b") as file:
        place = path.read_bytes().index(b'"term": "Detainer') + len(b'"term": "Detain')
        file.seek(place)
        file.write(b"ed")


def written_anew(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"term": "Detainer', '"term": "Detained'), encoding="utf-8")


def replaced(path: Path) -> None:
    other = path.with_suffix(".new")
    shutil.copy2(path, other)
    written_anew(other)
    other.replace(path)


@pytest.mark.parametrize("change", [changed_in_place, written_anew, replaced])
@pytest.mark.parametrize("older", [0, 1, 86_400], ids=["same-time", "older", "a-day-older"])
def test_a_change_of_the_same_size_is_seen_whatever_its_time(
    older: int, change: Callable[[Path], None], ask: Ask, folder: Path, root: Path
) -> None:
    ask(root)
    path = terms_of(root)
    before = path.stat()
    change(path)
    time = before.st_mtime_ns - older * 1_000_000_000
    os.utime(path, ns=(time, time))
    assert path.stat().st_size == before.st_size
    assert "Detained" in ask(root)


def test_a_change_in_a_folder_of_a_table_is_seen(folder: Path, root: Path) -> None:
    def summary() -> str:
        return next(p.summary for p in Store(root).all(Policy) if p.jurisdiction == "example-state")

    first = summary()
    path = root / "policies" / "ex.json"
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    with path.open("r+b") as file:
        content = path.read_bytes()
        file.seek(content.index(first.encode()))
        file.write(b"Z")
    os.utime(path, ns=times)
    assert summary() == "Z" + first[1:]


def test_a_new_file_and_a_removed_one_are_seen(folder: Path, root: Path) -> None:
    policies = list(Store(root).ids(Policy))
    path = root / "policies" / "new.json"
    path.write_bytes((root / "policies" / "ex.json").read_bytes())
    with pytest.raises(StoreError, match="in two files"):
        Store(root).ids(Policy)
    path.write_text("{}", encoding="utf-8")
    (root / "policies" / "ex.json").unlink()
    assert len(Store(root).ids(Policy)) < len(policies)


def test_a_second_file_for_a_table_is_seen(ask: Ask, folder: Path, root: Path) -> None:
    ask(root)
    (root / "jurisdictions.json").write_text("{}", encoding="utf-8")
    with pytest.raises(StoreError, match=r"both .* exist; keep one"):
        Store(root).get(Jurisdiction, "exampleton")


# A kept file that was damaged


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, None], ids=["empty", "not", "cut"])
def test_a_damaged_one_is_made_again(
    content: bytes | None, ask: Ask, kind: str, folder: Path, root: Path
) -> None:
    first = ask(root)
    file = kept_file(folder, kind)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert ask(root) == first
    assert ask(root) == first  # damage that is met late is mended by the next call
    assert len(kept_file(folder, kind).read_bytes()) == len(whole)


def everything(root: Path) -> list[object]:
    """Answer every kind of question to a store, also for what is not there."""
    store = Store(root)
    names = ("detainer", "ICE hold", "exampleton", "Sample", "federal-list", "nothing", "trust")
    answers: list[object] = [
        store.version(),
        store.citations(),
        store.summaries(),
        store.ids(Source),
        [store.called(cls, name) for cls in (Term, Jurisdiction, Policy) for name in names],
        [store.get(cls, name) for cls in (Term, Jurisdiction, Policy) for name in names],
        [store.called_like(cls, name[:2]) for cls in (Term, Policy) for name in names],
        store.all(Term),
    ]
    for cls in (Position, Jurisdiction):
        policies = store.ids(Policy)
        answers.append(store.referring(cls, policy=policies))
        answers.append([store.referring(cls, any=name) for name in (policies[0], "nothing")])
    return answers


def test_a_row_that_is_lost_is_noticed(folder: Path, root: Path) -> None:
    first = everything(root)
    file = kept_file(folder, "records")
    whole = file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT section, key FROM entries").fetchall()
    for row in random.Random(3).sample(rows, 60):
        file.write_bytes(whole)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("DELETE FROM entries WHERE section = ? AND key = ?", row)
        assert everything(root) == first


@pytest.mark.no_cover  # it takes long where coverage is measured
def test_one_byte_changed_or_lost_anywhere_changes_no_answer(folder: Path, root: Path) -> None:
    first = everything(root)
    file = kept_file(folder, "records")
    whole = file.read_bytes()
    chance = random.Random(1)
    for _ in range(int(os.environ.get("ICE_FACTS_TEST_FLIPS", "400"))):
        bad = bytearray(whole)
        place = chance.randrange(len(bad))
        match chance.randrange(4):
            case 0:
                bad[place] ^= 1 << chance.randrange(8)
            case 1:
                bad[place] = chance.randrange(256)
            case 2:
                length = chance.randrange(1, 300)
                bad[place : place + length] = chance.randbytes(length)[: len(bad) - place]
            case 3:
                del bad[place:]
        file.write_bytes(bad)
        assert everything(root) == first


@pytest.mark.no_cover  # it takes long where coverage is measured
def test_one_byte_changed_anywhere_changes_no_search(folder: Path, root: Path) -> None:
    first = top_hit(root)
    file = kept_file(folder, "search")
    whole = file.read_bytes()
    chance = random.Random(2)
    for _ in range(60):
        bad = bytearray(whole)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        file.write_bytes(bad)
        assert top_hit(root) == first
        assert file.read_bytes() == whole  # noticed, and made again


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_in_its_place_is_no_harm(
    make: Callable[[Path], object], ask: Ask, kind: str, folder: Path, root: Path
) -> None:
    first = ask(root)
    file = kept_file(folder, kind)
    file.unlink()
    make(file)
    assert ask(root) == first


# A kept file that somebody else could have written


def is_used(kind: str, root: Path) -> bool:
    """Return True if a kept file answers when the files of its store cannot."""
    store = Store(root)
    store.stamp()
    if kind == "search":
        for file in (kept.cache_folder() or root).glob("records-*"):
            file.unlink()
    away = root.rename(root.with_name("away"))
    try:
        return bool(store.get(Term, "detainer") if kind == "records" else search(store, "detainer"))
    except StoreError:
        return False
    finally:
        away.rename(root)


def made_by_another(path: Path) -> None:
    os.chown(path, 65534, 65534)


def open_to_all(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o002)


def open_to_the_group(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o020)


def moved_behind_a_link(path: Path) -> None:
    away = path.with_name("away")
    path.rename(away)
    path.symlink_to(away)


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(made_by_another, marks=as_root),
        open_to_all,
        open_to_the_group,
        moved_behind_a_link,
    ],
)
@pytest.mark.parametrize("of", ["file", "folder"])
def test_what_another_could_have_written_is_not_believed(
    of: str, change: Callable[[Path], None], ask: Ask, kind: str, folder: Path, root: Path
) -> None:
    first = ask(root)
    assert is_used(kind, root)
    change(kept_file(folder, kind) if of == "file" else folder)
    assert not is_used(kind, root)
    assert ask(root) == first


def test_the_folder_is_for_its_owner_alone(ask: Ask, kind: str, folder: Path, root: Path) -> None:
    ask(root)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert kept_file(folder, kind).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("table", ["entries", "made"])
def test_a_file_with_a_view_in_it_is_not_used(table: str, folder: Path, root: Path) -> None:
    first = look_up(root)
    file = kept_file(folder, "records")
    inode = file.stat().st_ino
    with sqlite3.connect(file) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO other")
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM other")
    connection.close()
    assert look_up(root) == first
    assert kept_file(folder, "records").stat().st_ino != inode  # made again


# No place for it


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that makes the cache folder a place where nothing can be kept."""

    def choose(how: str) -> None:
        monkeypatch.setattr(kept, "SETTLED_AFTER", -3600.0)
        (tmp_path / "file").touch()
        places = {
            "a file": tmp_path / "file",
            "too long": tmp_path / ("x" * 300) / ("y" * 300),
            "far too long": tmp_path / "/".join(["z" * 200] * 30),
            "a device": Path(os.devnull),
            "not UTF-8": Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff")),
        }
        monkeypatch.setenv("XDG_CACHE_HOME", str(places[how]))

    return choose


NOWHERE = ["a file", "too long", "far too long", "a device", "not UTF-8"]


@pytest.mark.parametrize("how", NOWHERE)
@pytest.mark.parametrize(
    "command",
    [
        ("city", "exampleton"),
        ("search", "detainer"),
        ("check", "Ana Ruiz is the mayor of Exampleton."),
    ],
)
def test_every_command_answers_without_a_place_for_it(
    command: tuple[str, ...], how: str, nowhere: Callable[[str], None], run: Run, root: Path
) -> None:
    nowhere(how)
    for _ in range(2):
        found = run(*command, "--data", str(root))
        assert (found.code, found.stderr) == (0, "")
        assert found.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_folder_that_cannot_be_written_to_is_no_error(ask: Ask, folder: Path, root: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    assert ask(root)


@pytest.mark.parametrize("home", ["here", "/nowhere/at/all"])
def test_a_home_that_is_none_is_not_made(
    home: str, ask: Ask, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(kept, "SETTLED_AFTER", -3600.0)
    assert ask(root)
    assert not Path(home).exists()


def test_a_relative_cache_folder_counts_as_unset(
    ask: Ask, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    ask(root)
    assert not (tmp_path / "here").exists()


def test_a_full_disk_is_no_error(ask: Ask, folder: Path, root: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        assert ask(root)
        assert list(folder.iterdir()) == []
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


# When it is made, and when it goes


def test_other_code_makes_it_anew(
    ask: Ask, kind: str, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(root)
    first = kept_file(folder, kind).stat().st_ino
    monkeypatch.setattr(kept, "__version__", "0.0.0")
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


def test_a_search_index_of_files_that_cannot_be_read_any_more_is_not_kept(
    folder: Path, root: Path
) -> None:
    store = Store(root)
    assert search(store, "detainer").hits
    kept_file(folder, "search").unlink()
    shutil.rmtree(root)
    assert search(store, "detainer").hits
    assert list(folder.glob("search-*")) == []


def test_a_store_that_changed_just_now_is_not_kept(
    ask: Ask, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SETTLED_AFTER", 3600.0)
    assert ask(root)
    assert not folder.exists()


def test_those_of_many_stores_do_not_pile_up(
    ask: Ask, kind: str, folder: Path, tmp_path: Path
) -> None:
    for number in range(kept.MOST_KEPT + 3):
        ask(Path(shutil.copytree(GOOD, tmp_path / f"store-{number}")))
    assert len(list(folder.glob(f"{kind}-*"))) == kept.MOST_KEPT


def test_what_a_killed_process_left_is_removed(
    ask: Ask, kind: str, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True, mode=0o700)
    left = folder / f".{kind}-abandoned"
    left.touch()
    ask(root)
    assert left.exists()
    kept_file(folder, kind).unlink()
    monkeypatch.setattr(kept, "ABANDONED_AFTER", -1.0)
    ask(root)
    assert not left.exists()


def test_only_files_of_its_own_are_removed(
    ask: Ask, kind: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 0)
    monkeypatch.setattr(kept, "ABANDONED_AFTER", -1.0)
    stranger = tmp_path / "stranger"
    stranger.write_text("mine")
    folder.mkdir(parents=True, mode=0o700)
    names = [f"{kind}-00000000.sqlite", f".{kind}-link"]
    for name in names:
        (folder / name).symlink_to(stranger)
    others = [f"{kind}-notes.txt", f"{kind}-0000.sqlite", "thesis.sqlite", f"{kind}.sqlite"]
    for name in others:
        (folder / name).touch()
    (folder / f".{kind}-folder").mkdir()
    ask(Path(shutil.copytree(GOOD, tmp_path / "store-1")))
    assert stranger.read_text() == "mine"
    assert {*names, *others, f".{kind}-folder"} <= {path.name for path in folder.iterdir()}


def test_a_link_for_the_folder_is_not_cleaned(
    ask: Ask, kind: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 0)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / f"{kind}-00000000.sqlite").touch()
    folder.parent.mkdir()
    folder.symlink_to(elsewhere)
    assert ask(Path(shutil.copytree(GOOD, tmp_path / "store-1")))
    assert [path.name for path in elsewhere.iterdir()] == [f"{kind}-00000000.sqlite"]


def test_a_store_with_a_broken_table_is_not_kept_and_the_others_answer(
    folder: Path, root: Path
) -> None:
    (root / "claims.json").write_bytes(b"{")
    assert look_up(root) == "Detainer"
    before = state_of(kept_file(folder, "records"))
    assert look_up(root) == "Detainer"
    assert state_of(kept_file(folder, "records")) == before  # it is not tried again
    with pytest.raises(StoreError, match="truncated"):
        Store(root).all(Claim)


@pytest.mark.parametrize("id", ["x" * 600, "", "a\x00b", "~", "\u017f"])
def test_any_id_is_found(id: str, folder: Path, root: Path) -> None:
    path = terms_of(root)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"detainer": {', f"{json.dumps(id)}: {{", 1), encoding="utf-8")
    for _ in range(2):
        store = Store(root)
        (term,) = (term for term in store.all(Term) if term.term == "Detainer")
        assert store.get(Term, term.id) == term
        assert [match.id for match in find(store, term.id.upper(), (Term,))] in ([term.id], [])


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
    assert sorted(left) == (["records", "search"] if "search" in command else ["records"])
