"""Exports, read back by the programs that they are for."""

from __future__ import annotations

import csv
import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ice_facts.cli import export as command
from ice_facts.cli.app import app
from ice_facts.render.export import FORMS
from ice_facts.store import bundled_data
from tests.bad_stores import GOOD
from tests.conftest import AS_OF, Run

HAVE_PYARROW = subprocess.run([sys.executable, "-c", "import pyarrow"], capture_output=True)
needs_pyarrow = pytest.mark.skipif(
    HAVE_PYARROW.returncode != 0, reason="pyarrow is not installed: no Parquet is written"
)
EVERY_FORM = [pytest.param(f, marks=needs_pyarrow if f == "parquet" else ()) for f in FORMS]


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with an export of the bundled store in each form."""
    from ice_facts.across.export.tables import export_of
    from ice_facts.render.export import write_export
    from ice_facts.store import Store

    folder = tmp_path_factory.mktemp("exported")
    export = export_of(Store())
    for form in FORMS:
        if form != "parquet" or HAVE_PYARROW.returncode == 0:
            (folder / form).mkdir()
            write_export(export, form, folder / form, lambda table: None)
    yield folder


@pytest.fixture
def database(exported: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(exported / "sqlite" / "ice-facts.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def counts() -> dict[str, int]:
    """Return how many rows each table of an export of the bundled store has."""
    told = CliRunner().invoke(app, ["export", "-f", "json"], prog_name="ice-facts")
    return {row["table"]: row["rows"] for row in json.loads(told.stdout)}


class TestTenAnswers:
    """What a query of the database says is what the command says."""

    def test_the_rules_that_bind_at_a_place(self, tmp_path: Path, run: Run) -> None:
        file = tmp_path / "x.db"
        assert run("export", str(file), "--as-of", AS_OF).code == 0
        with closing(sqlite3.connect(file)) as database:
            for place in ("chicago", "houston", "cook-county-il", "florida", "new-york-city"):
                card = run("show", place, "--as-of", AS_OF, "-f", "json").json()
                wanted = sorted(
                    (r["jurisdiction"], r["dimension"], r["text"]) for r in card["rules"]
                )
                found = database.execute(
                    "SELECT jurisdiction, dimension, text FROM rules_in_force WHERE place = ?"
                    " ORDER BY 1, 2, 3",
                    (place,),
                )
                assert found.fetchall() == wanted
                heads = database.execute(
                    "SELECT office, name FROM officials_in_office WHERE jurisdiction = ?", (place,)
                )
                people = sorted((o["office"], o["name"]) for o in card["officials"])
                assert sorted(heads.fetchall()) == people

    def test_the_rules_of_another_day(self, database: sqlite3.Connection, run: Run) -> None:
        database.execute("INSERT INTO about VALUES ('as_of', '2015-06-01')")
        found = database.execute(
            "SELECT jurisdiction, dimension, stance FROM rules_in_force WHERE place = 'chicago'"
        ).fetchall()
        card = run("city", "chicago", "--as-of", "2015-06-01", "-f", "json").json()
        assert sorted(found) == sorted(
            (r["jurisdiction"], r["dimension"], r["stance"]) for r in card["rules"]
        )
        database.rollback()

    @pytest.mark.parametrize(
        ("query", "arguments"),
        [
            (
                "SELECT id FROM claims WHERE check_status = 'contradicted'",
                "claims --status contradicted",
            ),
            ("SELECT id FROM policies WHERE kind = 'ordinance'", "policies --kind ordinance"),
            ("SELECT id FROM stakeholders WHERE kind = 'union'", "stakeholders --kind union"),
            ("SELECT id FROM agreements WHERE state = 'TX'", "agreements --state TX"),
            ("SELECT id FROM terms", "terms"),
            ("SELECT id FROM topics", "topics"),
            ("SELECT id FROM sources", "sources"),
            (
                "SELECT id FROM agreements WHERE model = 'jail enforcement'",
                "agreements --model jail-enforcement",
            ),
        ],
    )
    def test_lists(
        self, query: str, arguments: str, database: sqlite3.Connection, run: Run
    ) -> None:
        listed = run(*arguments.split(), "--as-of", AS_OF, "-f", "json").json()
        found = [id for (id,) in database.execute(query)]
        assert found
        assert sorted(found) == sorted(row["id"] for row in listed)

    def test_agreements_by_state(self, database: sqlite3.Connection, run: Run) -> None:
        rows = run("agreements", "--by", "state", "--as-of", AS_OF, "-f", "json").json()
        found = database.execute(
            "SELECT state, sum(agreements) FROM agreements_by_state GROUP BY state"
        )
        assert dict(found.fetchall()) == {
            r["key"]: r["agreements"] for r in rows if r["agreements"]
        }

    def test_counts_of_every_table(self, database: sqlite3.Connection, run: Run) -> None:
        info = run("data", "info", "-f", "json").json()
        for row in info["tables"]:
            name = row["table"].replace("-", "_")
            query = f'SELECT count(*) FROM "{name}"'
            if name in ("jurisdictions", "places"):
                query = f"SELECT count(*) FROM jurisdictions WHERE kept_in = '{name}'"
            assert database.execute(query).fetchone() == (row["records"],)

    def test_sources_of_a_rule(self, database: sqlite3.Connection, run: Run) -> None:
        card = run("city", "chicago", "--as-of", AS_OF, "-f", "json").json()
        found = database.execute(
            "SELECT rules.text, citations.source, coalesce(citations.locator, '') FROM rules"
            " JOIN citations ON citations.of_table = 'rules' AND citations.of_id = rules.id"
            " WHERE rules.jurisdiction = 'chicago'"
        ).fetchall()
        wanted = {
            (rule["text"], source["id"], source["locator"])
            for rule in card["rules"]
            if rule["jurisdiction"] == "chicago"
            for source in rule["sources"]
        }
        assert wanted
        assert wanted <= set(found)


class TestSqlite:
    def test_it_is_sound(self, database: sqlite3.Connection) -> None:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = database.execute("PRAGMA foreign_key_list(rules)").fetchall()
        assert {key[2] for key in keys} == {"jurisdictions", "policies"}

    def test_its_types_are_typed(self, database: sqlite3.Connection) -> None:
        columns = database.execute("SELECT name, type FROM pragma_table_info('officials')")
        types = dict(columns.fetchall())
        assert types["acting"] == "INTEGER"
        population = database.execute(
            "SELECT population_value FROM jurisdictions WHERE id = 'chicago'"
        ).fetchone()
        assert isinstance(population[0], int)

    def test_full_text(self, database: sqlite3.Connection) -> None:
        found = database.execute(
            "SELECT policies.id FROM policies_fts JOIN policies ON policies.rowid ="
            " policies_fts.rowid WHERE policies_fts MATCH 'welcoming city'"
        ).fetchall()
        assert ("chicago-welcoming-city-ordinance",) in found

    def test_every_view_answers(self, database: sqlite3.Connection) -> None:
        views = database.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        assert len(views) == 6
        for (view,) in views:
            assert database.execute(f"SELECT * FROM {view} LIMIT 1").description

    def test_what_datasette_shows_names_only_what_is_there(
        self, exported: Path, database: sqlite3.Connection
    ) -> None:
        told = json.loads((exported / "sqlite" / "metadata.json").read_text(encoding="utf-8"))
        assert {"title", "description", "license", "license_url", "source"} <= told.keys()
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        assert told["databases"]["ice-facts"]["tables"].keys() <= there

    def test_datasette_serves_it(self, exported: Path) -> None:
        pytest.importorskip("datasette", reason="datasette is not installed: it is not asked")
        folder = exported / "sqlite"
        query = "/ice-facts/rules_in_force.json?place=chicago&_shape=array&_size=200"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "datasette", str(folder / "ice-facts.db")),
                *("--get", query, "--metadata", str(folder / "metadata.json")),
            ],
            capture_output=True,
            timeout=60,
            check=True,
        )
        assert {row["jurisdiction"] for row in json.loads(done.stdout)} >= {"chicago", "illinois"}


class TestCsv:
    def test_the_package_describes_every_file(self, exported: Path) -> None:
        folder = exported / "csv"
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        assert {"licenses", "sources", "resources"} <= package.keys()
        paths = {resource["path"] for resource in package["resources"]}
        assert paths == {path.name for path in folder.glob("*.csv")}
        for resource in package["resources"]:
            with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            assert header == [field["name"] for field in resource["schema"]["fields"]]

    def test_frictionless_finds_it_valid(self, exported: Path) -> None:
        frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
        report = frictionless.validate(str(exported / "csv" / "datapackage.json"))
        assert report.valid, report.flatten(["type", "message"])[:5]

    def test_pandas_reads_it(self, exported: Path, counts: dict[str, int]) -> None:
        pandas = pytest.importorskip("pandas", reason="pandas is not installed")
        rules = pandas.read_csv(exported / "csv" / "rules.csv")
        assert len(rules) == counts["rules"]


class TestJsonLines:
    def test_every_line_is_an_object(self, exported: Path, counts: dict[str, int]) -> None:
        for table, rows in counts.items():
            lines = (exported / "jsonl" / f"{table}.jsonl").read_bytes().splitlines()
            assert len(lines) == rows
            assert all(isinstance(json.loads(line), dict) for line in lines[:50])


@needs_pyarrow
class TestParquet:
    def test_pyarrow_reads_a_table_as_one(self, exported: Path, counts: dict[str, int]) -> None:
        from pyarrow import parquet

        for table, rows in counts.items():
            assert parquet.read_table(exported / "parquet" / table).num_rows == rows

    def test_duckdb_reads_every_form(self, exported: Path, counts: dict[str, int]) -> None:
        duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
        with closing(duckdb.connect()) as asked:
            for table, rows in counts.items():
                for source in (
                    f"read_parquet('{exported}/parquet/{table}/**/*.parquet')",
                    f"read_json('{exported}/jsonl/{table}.jsonl', sample_size = -1)",
                    f"read_csv('{exported}/csv/{table}.csv', sample_size = -1)",
                ):
                    count = asked.execute(f"SELECT count(*) FROM {source}").fetchone()
                    assert count == (rows,), source
            here = f"read_parquet('{exported}/parquet/jurisdictions/**/*.parquet')"
            found = asked.execute(f"SELECT id FROM {here} WHERE by_state = 'IN'").fetchall()
            assert ("indiana",) in found

    def test_pandas_reads_tables_that_are_divided(
        self, exported: Path, counts: dict[str, int]
    ) -> None:
        pandas = pytest.importorskip("pandas", reason="pandas is not installed")
        for table in ("jurisdictions", "agreements", "rules"):
            frame = pandas.read_parquet(exported / "parquet" / table)
            assert len(frame) == counts[table]

    def test_polars_reads_it(self, exported: Path, counts: dict[str, int]) -> None:
        polars = pytest.importorskip("polars", reason="polars is not installed")
        frame = polars.read_parquet(exported / "parquet" / "jurisdictions" / "**" / "*.parquet")
        assert len(frame) == counts["jurisdictions"]

    def test_spark_reads_it(self, exported: Path, counts: dict[str, int]) -> None:
        spark = pytest.importorskip("pyspark.sql", reason="Spark is not installed")
        session = spark.SparkSession.builder.master("local[1]")
        asked = session.config("spark.ui.enabled", "false").getOrCreate()
        for table in ("jurisdictions", "rules", "citations"):
            frame = asked.read.parquet(str(exported / "parquet" / table))
            assert frame.count() == counts[table]
        asked.stop()


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    found = run("export", str(tmp_path / "x"), "-f", "parquet", "--data", str(GOOD))
    assert found.code == 2
    assert "pip install 'ice-facts[parquet]'" in found.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", EVERY_FORM)
def test_the_same_store_gives_the_same_bytes(form: str, tmp_path: Path, run: Run) -> None:
    for name in ("one", "other"):
        assert run("export", str(tmp_path / name), "-f", form, "--data", str(GOOD)).code == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other") != {}


@pytest.mark.parametrize(
    ("on", "root"),
    [("1900", GOOD), ("2018-07", GOOD), ("2025-03-01", GOOD), ("2018-07", bundled_data())],
    ids=lambda value: getattr(value, "name", value),
)
def test_as_of_a_date_no_id_is_left_hanging(on: str, root: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "x.db"
    asked = ("--as-of", on, "--data", str(root))
    assert run("export", str(file), *asked).code == 0
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        late = database.execute("SELECT count(*) FROM events WHERE date > ?", (on + "-12-31",))
        assert late.fetchone() == (0,)
        whole = {r["table"]: r["rows"] for r in run("export", *asked, "-f", "json").json()}
        for table, rows in whole.items():
            assert database.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (rows,)
        owners = database.execute("SELECT DISTINCT of_table FROM citations").fetchall()
        for (owner,) in owners:
            loose = database.execute(
                f"SELECT count(*) FROM citations WHERE of_table = ? AND of_id NOT IN"
                f' (SELECT id FROM "{owner}")',
                (owner,),
            )
            assert loose.fetchone() == (0,)


class TestOnly:
    def test_a_table_brings_its_parts_and_citations(self, run: Run) -> None:
        rows = run("export", "--only", "policies", "-f", "json").json()
        names = {row["table"] for row in rows}
        assert {"policies", "provisions", "amendments", "policies_concerns", "citations"} <= names
        assert not names & {"jurisdictions", "rules", "sources", "claims"}

    @pytest.mark.parametrize(
        ("name", "root"),
        [
            ("rules", GOOD),
            ("former-agreements", GOOD),
            ("former_agreements", bundled_data()),
            ("places", bundled_data()),
        ],
        ids=lambda value: getattr(value, "name", value),
    )
    def test_it_can_be_read(self, name: str, root: Path, tmp_path: Path, run: Run) -> None:
        file = tmp_path / "x.db"
        assert run("export", str(file), "--only", name, "--data", str(root)).code == 0
        with closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_a_wrong_name_lists_the_right_ones(self, run: Run) -> None:
        found = run("export", "--only", "poems", "--data", str(GOOD))
        assert (found.code, found.stdout) == (2, "")
        assert "policies" in found.stderr


class TestWholeOrNotAtAll:
    def test_what_is_there_stays(self, tmp_path: Path, run: Run) -> None:
        place = tmp_path / "mine"
        place.mkdir()
        (place / "letter.txt").write_text("mine")
        for more in ((), ("--replace",)):
            found = run("export", str(place), *more, "--data", str(GOOD))
            assert (found.code, found.stdout) == (2, "")
            assert [p.name for p in place.iterdir()] == ["letter.txt"]
        file = tmp_path / "x.db"
        file.write_text("mine")
        assert run("export", str(file), "--replace", "--data", str(GOOD)).code == 2
        assert file.read_text() == "mine"

    @pytest.mark.parametrize("name", ["x.db", "x"])
    def test_an_earlier_export_is_replaced_when_that_is_said(
        self, name: str, tmp_path: Path, run: Run
    ) -> None:
        place = str(tmp_path / name)
        assert run("export", place, "--only", "terms", "--data", str(GOOD)).code == 0
        refused = run("export", place, "--data", str(GOOD))
        assert (refused.code, "--replace" in refused.stderr) == (2, True)
        assert run("export", place, "--replace", "--data", str(GOOD)).code == 0
        left = [p.name for p in tmp_path.iterdir()]
        assert sorted(left) == (["x.db", "x.metadata.json"] if name == "x.db" else ["x"])

    @pytest.mark.parametrize("name", ["x.db", "x"])
    def test_a_writer_that_fails_leaves_nothing(
        self, name: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(export: Any, form: str, folder: Path, step: Any) -> None:
            (folder / "half.csv").write_text("id\n")
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(command, "write_export", broken)
        found = run("export", str(tmp_path / name), "--data", str(GOOD))
        assert (found.code, "No space left" in found.stderr) == (2, True)
        assert list(tmp_path.iterdir()) == []

    def test_an_interrupt_leaves_nothing(self, tmp_path: Path) -> None:
        started = subprocess.Popen(
            [sys.executable, "-m", "ice_facts", "export", str(tmp_path / "x.db")],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while not list(tmp_path.glob(".ice-facts-*")) and time.monotonic() < deadline:
            time.sleep(0.005)
        started.send_signal(signal.SIGINT)
        assert started.wait(timeout=30) == 130
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("end", [KeyboardInterrupt(), OSError(28, "No space left on device")])
    def test_what_ends_a_replacement_leaves_the_earlier_export(
        self, end: BaseException, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = tmp_path / "x"
        assert run("export", str(place), "--only", "terms", "--data", str(GOOD)).code == 0
        earlier = bytes_of(place)
        rename = Path.rename

        def ended(path: Path, to: Path) -> Path:
            if path.name == "new":
                raise end
            return rename(path, to)

        monkeypatch.setattr(Path, "rename", ended)
        assert run("export", str(place), "--replace", "--data", str(GOOD)).code != 0
        assert [p.name for p in tmp_path.iterdir()] == ["x"]
        assert bytes_of(place) == earlier

    def test_metadata_that_cannot_be_written_is_named(self, tmp_path: Path, run: Run) -> None:
        file, metadata = tmp_path / "x.db", tmp_path / "x.metadata.json"
        assert run("export", str(file), "--only", "terms", "--data", str(GOOD)).code == 0
        metadata.unlink()
        (metadata / "mine").mkdir(parents=True)
        found = run("export", str(file), "--replace", "--data", str(GOOD))
        assert (found.code, f"cannot write {str(metadata)!r}" in found.stderr) == (2, True)
        with closing(sqlite3.connect(file)) as database:
            assert database.execute("SELECT count(*) FROM jurisdictions").fetchone()[0] > 0
        assert sorted(p.name for p in tmp_path.iterdir()) == [file.name, metadata.name]

    def test_a_link_is_not_followed(self, tmp_path: Path, run: Run) -> None:
        (tmp_path / "x").symlink_to(tmp_path / "elsewhere")
        assert run("export", str(tmp_path / "x"), "--data", str(GOOD)).code == 2

    @pytest.mark.parametrize("name", ["missing/x.db", "x.json", "x.parquet"])
    def test_a_place_that_cannot_be_is_told(self, name: str, tmp_path: Path, run: Run) -> None:
        found = run("export", str(tmp_path / name), "--data", str(GOOD))
        assert (found.code, found.stdout) == (2, "")
        assert len([x for x in found.stderr.splitlines() if not x.startswith(" ")]) == 1


def test_only_a_terminal_is_told_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def told() -> str:
        with command._progress() as progress:
            progress.stage("reading", 9)("rules")
            progress.stage("writing", 2)("rules")
        return capsys.readouterr().err

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert told() == "", "what takes less than a second is not told"
    monkeypatch.setattr(command, "PATIENCE", -1.0)
    assert "export: reading 1 of 9: rules" in told()
    assert told().endswith("export: writing 1 of 2: rules\r\x1b[K")
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    assert told() == ""


def test_what_stands_beside_a_database_is_not_lost(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.metadata.json").write_text("mine", encoding="utf-8")
    for options in ((), ("--replace",)):
        found = run("export", str(tmp_path / "x.db"), "--data", str(GOOD), *options)
        assert found.code == 2
        assert "x.metadata.json" in found.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["x.metadata.json"]
    assert (tmp_path / "x.metadata.json").read_text(encoding="utf-8") == "mine"
