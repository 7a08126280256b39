"""The examples in docstrings print what they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import ice_facts

MODULES = [
    module.name
    for module in pkgutil.walk_packages(ice_facts.__path__, "ice_facts.")
    if module.name != "ice_facts.__main__"
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_print_what_they_show(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    names = ("ice_facts.spelling", "ice_facts.dates", "ice_facts.show.words")
    assert all(doctest.testmod(importlib.import_module(name)).attempted for name in names)
