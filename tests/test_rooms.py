"""The rooms of the house: imports run downwards, without circles, and each word has its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import ice_facts
from ice_facts.cli.command import function_of
from ice_facts.cli.commands import COMMANDS
from ice_facts.model import SUBJECTS
from ice_facts.subjects import room_of

HOUSE = Path(ice_facts.__file__).parent

FLOORS = (
    ("errors", "vocabulary"),
    ("dates",),
    ("model",),
    ("store",),
    ("resolve",),
    ("show",),
    ("ask",),
    ("subjects",),
    ("across",),
    ("validate",),
    ("library",),
    ("render",),
    ("cli",),
)
"""The rooms from the ground up: one may import its own and those below."""

OF_ONE_ROOM = {
    "tinydb": "store",
    "sqlite3": ("store", "across", "render"),
    "pyarrow": "render",
    "typer": "cli",
    "click": "cli",
    "rich": "render",
    "resvg_py": "render",
}
"""Libraries, and the only rooms that may know them."""


@cache
def modules() -> tuple[tuple[str, str, ast.Module], ...]:
    """Return the room, the name and the code of every module."""
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        if parts[0] not in ("__init__", "__main__"):
            found.append((parts[0], ".".join(parts), ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


@cache
def imported(tree: ast.AST) -> tuple[str, ...]:
    """Return what a module imports anywhere, also inside functions and for types only."""
    return tuple(_imported(tree))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported."""
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With):
            yield from at_import(node.body)


def test_every_room_has_a_floor() -> None:
    rooms = {room for room, _, _ in modules()}
    assert rooms == {room for floor in FLOORS for room in floor}


@pytest.mark.parametrize("room", [room for floor in FLOORS for room in floor])
def test_imports_run_downwards(room: str) -> None:
    level = next(n for n, floor in enumerate(FLOORS) if room in floor)
    below = {name for floor in FLOORS[:level] for name in floor} | {room, "__version__"}
    for own, name, tree in modules():
        for target in imported(tree) if own == room else ():
            if target.startswith("ice_facts."):
                assert target.split(".")[1] in below, f"{name} imports {target}"


@pytest.mark.parametrize("library", OF_ONE_ROOM)
def test_a_library_is_known_in_its_room_only(library: str) -> None:
    for room, name, tree in modules():
        if any(target.split(".")[0] == library for target in imported(tree)):
            assert room in OF_ONE_ROOM[library], f"{name} imports {library}"


def test_no_subject_imports_the_view_of_another() -> None:
    for room, name, tree in modules():
        if room in ("subjects", "across"):
            folder = name.rpartition(".")[0]
            for target in imported(tree):
                view = target.startswith("ice_facts.") and ".view." in f"{target}."
                assert not view or f"ice_facts.{folder}." in target, f"{name} imports {target}"


def test_there_are_no_circles() -> None:
    known = {f"ice_facts.{name.removesuffix('.__init__')}": tree for _, name, tree in modules()}
    needs = {
        name: {
            target if target in known else target.rpartition(".")[0]
            for statement in at_import(tree.body)
            if isinstance(statement, ast.Import | ast.ImportFrom)
            for target in imported(statement)
            if target.startswith("ice_facts.")
        }
        & known.keys()
        for name, tree in known.items()
    }
    while free := [name for name, others in needs.items() if not others - {name}]:
        needs = {n: others - set(free) for n, others in needs.items() if n not in free}
    assert not needs, f"circles among {sorted(needs)}"


@pytest.mark.parametrize("command", [name for name, entry in COMMANDS.items() if entry.room])
def test_every_command_has_its_function(command: str) -> None:
    assert callable(function_of(command, COMMANDS[command]))


@pytest.mark.parametrize("subject", [s for s in SUBJECTS if s.room], ids=lambda s: s.table)
def test_every_room_has_a_card(subject: object) -> None:
    assert callable(room_of(subject.cls).view)  # type: ignore[attr-defined]  # a Subject


def test_only_the_command_line_prints_and_exits() -> None:
    for room, name, tree in modules():
        for node in ast.walk(tree) if room != "cli" else ():
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert called not in ("print", "exit", "sys.exit"), f"{name} calls {called}"
