"""The examples in docstrings print what they show."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import ice_facts

HOUSE = Path(ice_facts.__file__).parent

WITH_EXAMPLES = [
    ".".join(("ice_facts", *path.relative_to(HOUSE).with_suffix("").parts))
    for path in sorted(HOUSE.rglob("*.py"))
    if "    >>> " in path.read_text(encoding="utf-8") and path.name != "__init__.py"
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_print_what_they_show(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert found.failed == 0


def test_there_are_examples() -> None:
    assert {"ice_facts.store.naming", "ice_facts.dates"} <= set(WITH_EXAMPLES)
