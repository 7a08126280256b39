"""The published schemas: of every table's files, and of every command's answer in JSON."""

from __future__ import annotations

import json
from typing import get_args

import jsonschema
import pytest

from ice_facts.cli.commands import COMMANDS
from ice_facts.model import TABLES, Bound, Dimension
from ice_facts.store import bundled_data, table_files
from ice_facts.vocabulary import BOUND, DIMENSIONS
from tests.conftest import AS_OF, Run
from tests.probes import question


@pytest.mark.parametrize("table", TABLES)
def test_the_files_of_a_table_fit_its_schema(table: str, run: Run) -> None:
    schema = run("data", "schema", table).json()

    for path in table_files(bundled_data(), table)[:3]:
        records = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(records)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_answer_fits_the_schema_of_its_command(command: str, run: Run) -> None:
    schema = run("data", "schema", "--answer", command).json()
    answer = run(*question(command), "-f", "json").json()

    jsonschema.Draft202012Validator(schema).validate(answer)


@pytest.mark.parametrize(
    "arguments",
    [
        ("city", "chicago", "--as-of", AS_OF),
        ("compare", "chicago", "houston", "--as-of", AS_OF),
        ("agreements", "--by", "state"),
        ("agreements", "--state", "tx", "--former"),
        ("show", "287g", "chicago", "--as-of", AS_OF),
    ],
)
def test_answers_of_the_whole_record_fit_too(arguments: tuple[str, ...], run: Run) -> None:
    schema = run("data", "schema", "--answer", arguments[0]).json()
    answer = run(*arguments, "-f", "json")

    assert answer.code == 0
    jsonschema.Draft202012Validator(schema).validate(answer.json())


def test_a_wrong_name_lists_the_right_ones(run: Run) -> None:
    table, command = run("data", "schema", "poems"), run("data", "schema", "--answer", "poem")

    assert (table.code, table.stdout, command.code, command.stdout) == (2, "", 2, "")
    assert "policies" in table.stderr
    assert "city" in command.stderr


def test_every_word_of_a_rule_has_a_label() -> None:
    assert tuple(BOUND) == get_args(Bound)
    assert tuple(DIMENSIONS) == get_args(Dimension)
