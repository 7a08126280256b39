"""``data check``: every defect of a store, by file, id and field, and nothing else."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ice_facts.model import TABLES, Amendment, Check, Id, Jurisdiction, Part
from ice_facts.model.references import reference_fields
from ice_facts.store import bundled_data
from ice_facts.validate import canonical, check_store
from ice_facts.validate.facts import Fact
from tests.bad_stores import BAD_STORES, GOOD, PLACES, Bad, build, put, rewrite
from tests.conftest import Run


def test_the_good_store_is_clean(run: Run) -> None:
    found = run("data", "check", str(GOOD))
    assert (found.code, found.stdout) == (0, "")
    assert found.stderr == f"{GOOD}: no defects\n"


@pytest.mark.no_cover  # it takes long where coverage is measured
def test_the_bundled_store_is_clean() -> None:
    defects = check_store(bundled_data())
    assert [(d.file, d.id, d.field, d.problem) for d in defects] == []


@pytest.mark.parametrize("bad", BAD_STORES.values(), ids=BAD_STORES)
def test_a_bad_store_has_its_one_defect(bad: Bad, tmp_path: Path) -> None:
    defects = check_store(build(tmp_path, bad.edit))
    assert [(d.file, d.id, d.field) for d in defects] == [(bad.file, bad.id, bad.field)]
    assert bad.says in defects[0].problem
    assert defects[0].remedy


def test_all_defects_are_reported_at_once_sorted(run: Run, tmp_path: Path) -> None:
    def edit(store: Path) -> None:
        # One after another, in records and fields apart from each other.
        for name in (
            "unknown_id_in_rule_policy",
            "official_ends_before_the_start",
            "word_outside_the_vocabulary",
            "empty_note",
            "blank_at_the_end",
            "no_newline_at_the_end",
            "county_without_a_state_code",
            "memorandum_not_on_the_web",
        ):
            BAD_STORES[name].edit(store)

    store = build(tmp_path, edit)
    found = run("data", "check", str(store))
    assert found.code == 3
    where = [line.split(": ")[:3] for line in found.stdout.splitlines()]
    # Of an invalid record only the texts are checked; other records are checked as always.
    assert where == [
        ["agreements.json", "sample-county-ex-jail-2019", "document"],
        ["jurisdictions/ex.json", "exampleton", "rules[0].stance"],
        ["jurisdictions/ex.json", "sample-county-ex", "state"],
        ["terms.json", "detainer", "aliases[0]"],
        ["topics.json", "line 6", where[4][2]],
    ]
    assert found.stderr == f"{store}: 5 defects\n"

    rewrite(store / PLACES, lambda v: put(v["exampleton"], "rules.0.stance", "limits"))
    fields = [d.field for d in check_store(store) if d.id == "exampleton"]
    assert fields == ["officials[0].until", "rules[0].note", "rules[0].policy"]


def test_an_unreadable_table_is_one_defect_and_not_one_for_each_reference(tmp_path: Path) -> None:
    def edit(store: Path) -> None:
        (store / "sources.json").unlink()
        (store / "topics.json").write_bytes(b"\xff")

    found = [(d.file, d.problem.split(" ")[0]) for d in check_store(build(tmp_path, edit))]
    assert [file for file, _ in found] == ["sources.json", "topics.json"]


def test_json_says_the_same_as_the_text(run: Run, tmp_path: Path) -> None:
    store = build(tmp_path, BAD_STORES["bidi_override"].edit)
    (defect,) = run("data", "check", str(store), "-f", "json").json()
    assert list(defect) == ["file", "id", "field", "problem", "remedy"]
    text = run("data", "check", str(store)).stdout
    assert text == "{file}: {id}: {field}: {problem}; {remedy}\n".format(**defect)


def test_control_characters_of_a_store_are_escaped(run: Run, tmp_path: Path) -> None:
    def edit(store: Path) -> None:
        evil = "\x1b]0;x\x07\x9b31m\u202e[red]"
        record = {evil: evil, "name": evil, "text": "x"}
        (store / "topics.json").write_text(json.dumps({evil: record}, ensure_ascii=False))
        (store / "policies" / "\x1b[2J.json").write_bytes(b"?")

    found = run("data", "check", str(build(tmp_path, edit)))
    assert found.code == 3
    assert "policies/\\x1b[2J.json: not a JSON" in found.stdout
    assert "[red]" in found.stdout
    assert not [c for c in found.stdout + found.stderr if not c.isprintable() and c != "\n"]


@pytest.mark.parametrize("name", ["missing", "a-file", "link-to-itself"])
def test_a_folder_that_cannot_be_read_is_one_message(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("{}")
    (tmp_path / "link-to-itself").symlink_to("link-to-itself")
    found = run("data", "check", str(tmp_path / name))
    assert (found.code, found.stdout) == (3, "")
    assert found.stderr.splitlines()[0].startswith(f"ice-facts: {tmp_path / name}: ")


def test_the_store_can_be_named_by_option_and_variable(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = build(tmp_path, BAD_STORES["empty_note"].edit)
    assert run("data", "check", "--data", str(bad)).code == 3
    monkeypatch.setenv("ICE_FACTS_DATA", str(bad))
    assert run("data", "check").code == 3
    assert run("data", "check", str(GOOD)).code == 0


def test_a_format_that_is_not_there_is_wrong_usage(run: Run) -> None:
    found = run("data", "check", str(GOOD), "-f", "xml")
    assert (found.code, found.stdout) == (2, "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "level", "officials", "rules", "sources", "id", "from", "a"])
            | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=60)
@given(
    table=st.sampled_from(["jurisdictions/ex.json", "sources.json", "claims.json"]),
    content=st.binary()
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.dictionaries(st.text(), JSON).map(lambda value: json.dumps(value).encode()),
)
def test_any_content_of_a_file_is_reported_and_never_raised(table: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        shutil.copytree(GOOD, store)
        (store / table).write_bytes(content)
        defects = check_store(store)
    # Even an empty table is reported: other records refer to its records.
    assert defects
    assert all(d.file and d.problem and d.remedy for d in defects)


@settings(max_examples=100)
@given(
    table=st.sampled_from(["policies", "places"]),
    values=st.dictionaries(st.text(max_size=5), JSON, max_size=3),
)
def test_the_canonical_form_loads_and_dumps_to_itself(table: str, values: dict[str, Any]) -> None:
    values = json.loads(json.dumps(values, allow_nan=False)) if _finite(values) else {}
    content = canonical(table, values)
    assert json.loads(content) == values
    assert canonical(table, json.loads(content)) == content
    assert content.endswith(b"}\n")


def _finite(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except ValueError:
        return False
    return True


def test_the_canonical_form_leaves_out_default_values() -> None:
    place = Jurisdiction(id="x", name="Cañon City", level="city", aliases=(), note=None)
    assert canonical("jurisdictions", {"b": place, "a": place}).decode() == (
        "{\n"
        '  "a": {\n    "name": "Cañon City",\n    "level": "city"\n  },\n'
        '  "b": {\n    "name": "Cañon City",\n    "level": "city"\n  }\n'
        "}\n"
    )


def _parts_of_the_model() -> set[type[Part]]:
    found: set[type[Part]] = set()
    pending: list[Any] = list(TABLES.values())
    while pending:
        cls = pending.pop()
        if isinstance(cls, type) and issubclass(cls, Part) and cls not in found:
            found.add(cls)
            pending += [field.type for field in msgspec.structs.fields(cls)]
        elif get_origin(cls) is not None:
            pending += get_args(cls)
    return found


def _holds_ids(kind: Any) -> bool:
    is_id = get_origin(kind) is Annotated and get_args(Id)[1] in get_args(kind)
    return is_id or any(_holds_ids(inner) for inner in get_args(kind))


def test_every_field_with_an_id_has_the_kind_of_its_record() -> None:
    for cls in _parts_of_the_model():
        kinds = reference_fields(cls)
        for field in msgspec.structs.fields(cls):
            is_reference = kinds.get(field.name, "state") != "state"
            assert _holds_ids(field.type) == is_reference, (cls, field.name)


def test_every_part_with_sources_is_a_fact_or_known_not_to_be() -> None:
    sourced = {cls for cls in _parts_of_the_model() if "sources" in cls.__struct_fields__}
    # A verdict has a rule of its own; an amendment can do with the sources of its policy.
    assert sourced == {*get_args(Fact), Check, Amendment}
