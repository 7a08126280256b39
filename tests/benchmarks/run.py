"""Measure ice-facts against its baselines and peers: ``python -m tests.benchmarks.run``.

Every measurement is a whole process, from start to exit. The programs take turns, so that a slow
moment of the machine meets all of them; reported are the median, the spread between the quartiles,
and the peak of memory. Peers are installed into an environment of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.stores import multiplied

HERE = Path(__file__).parent
TYPER, TABLE = "typer", "typer + rich table"
CARD, TERM, SEARCH = "city chicago | cat", "term detainer | cat", "search detainer"
MEASURED = ("ice-facts", "typer", "rich", "tinydb", "msgspec")
MEMORY_BUDGET = 60.0


class Program(NamedTuple):
    """A command line to measure, and the ratio to a baseline that it must not exceed.

    Without a budget (0) the ratio is only told. ``fresh`` gives every run an empty cache folder.
    """

    name: str
    arguments: tuple[str, ...]
    baseline: str = ""
    budget: float = 0.0
    environment: tuple[tuple[str, str], ...] = ()
    fresh: bool = False


class Measured(NamedTuple):
    """What a program took: seconds of each run, and the most memory of any run in MiB."""

    seconds: list[float]
    peak: float

    @property
    def median(self) -> float:
        """The median in milliseconds."""
        return statistics.median(self.seconds) * 1000

    @property
    def spread(self) -> float:
        """The distance between the quartiles in milliseconds."""
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return (high - low) * 1000


def programs(large: Path | None, times: int) -> list[Program]:
    """Return what is measured: baselines first, then ice-facts with its budgets.

    Args:
        large: A store ``times`` times larger than the bundled one, or None.
        times: How much larger. The budgets are for 10.
    """
    python = sys.executable
    ours = (str(Path(python).parent / "ice-facts"),)
    places = json.loads(
        subprocess.run([*ours, "cities", "-f", "json"], capture_output=True, check=True).stdout
    )
    hundred = [place["id"] for place in places][:100]
    hundred += hundred[: 100 - len(hundred)]
    tab = (
        ("_ICE_FACTS_COMPLETE", "complete_bash"),
        ("COMP_WORDS", "ice-facts city chi"),
        ("COMP_CWORD", "2"),
    )
    no_cache = (("XDG_CACHE_HOME", os.devnull),)
    found = [
        Program("python -c pass", (python, "-c", "pass")),
        Program(TYPER, (python, str(HERE / "programs" / "one_argument.py"), "x")),
        Program(TABLE, (python, str(HERE / "programs" / "one_table.py"), "x")),
        Program(CARD, (*ours, "city", "chicago"), TYPER, 1.3),
        Program("city chicago -f json", (*ours, "city", "chicago", "-f", "json"), TYPER, 1.3),
        Program("policy sb54 | cat", (*ours, "policy", "sb54"), TYPER, 1.3),
        Program("policy sb54 -f json", (*ours, "policy", "sb54", "-f", "json"), TYPER, 1.3),
        Program(TERM, (*ours, "term", "detainer"), TYPER, 1.3),
        Program("term detainer -f json", (*ours, "term", "detainer", "-f", "json"), TYPER, 1.3),
        Program("city chicago -f table", (*ours, "city", "chicago", "-f", "table"), TABLE, 1.2),
        Program("city chi<Tab>", ours, TYPER, 1.2, tab),
        Program(SEARCH, (*ours, "search", "detainer"), TYPER, 2.0),
        Program("check SENTENCE", (*ours, "check", "Lightfoot is mayor of Chicago"), TYPER, 2.0),
        Program("compare 3 places", (*ours, "compare", "la", "chicago", "nyc"), TYPER, 1.6),
        Program("timeline chicago", (*ours, "timeline", "chicago"), TYPER, 1.6),
        Program("--help", (*ours, "--help"), TYPER, 1.1),
        Program("--version", (*ours, "--version"), TYPER, 1.1),
        Program("city × 100", (*ours, "city", *hundred), CARD, 2.0),
        Program("city chicago, no cache", (*ours, "city", "chicago"), TYPER, 0.0, no_cache),
        Program("city chicago, first call", (*ours, "city", "chicago"), TYPER, fresh=True),
        Program("search detainer, first call", (*ours, "search", "detainer"), TYPER, fresh=True),
    ]
    if large:
        store = ("--data", str(large))
        look_up, search = (1.5, 3.0) if times == 10 else (0.0, 0.0)
        found += [
            Program(f"{times}× city", (*ours, "city", "chicago", *store), CARD, look_up),
            Program(f"{times}× term", (*ours, "term", "detainer", *store), TERM, look_up),
            Program(f"{times}× search", (*ours, "search", "detainer", *store), SEARCH, search),
        ]
    return found


def peers(folder: Path) -> list[Program]:
    """Install the peers into an environment of their own and return what is measured of them."""
    venv.create(folder / "venv", with_pip=True)
    bin = folder / "venv" / "bin"
    wanted = ["norwegianblue", "us", "tldr", "sqlite-utils"]
    subprocess.run([bin / "pip", "install", "-q", *wanted], check=True)
    table = folder / "terms.db"
    terms = HERE.parent.parent / "data" / "terms.json"
    rows = json.loads(terms.read_text(encoding="utf-8"))
    lines = [{"id": id, "term": r["term"], "text": r["text"]} for id, r in rows.items()]
    subprocess.run(
        [bin / "sqlite-utils", "insert", table, "terms", "-", "--pk", "id"],
        input=json.dumps(lines).encode(),
        check=True,
    )
    return [
        Program("eol --version", (str(bin / "eol"), "--version")),
        Program("states il", (str(bin / "states"), "il")),
        Program("tldr --version", (str(bin / "tldr"), "--version")),
        Program(
            "sqlite-utils one row",
            (str(bin / "sqlite-utils"), str(table), "select * from terms where id='detainer'"),
        ),
    ]


def measure(found: Sequence[Program], rounds: int) -> dict[str, Measured]:
    """Run the programs in turn, ``rounds`` times each after one run to warm up."""
    seconds: dict[str, list[float]] = {program.name: [] for program in found}
    peaks: dict[str, float] = dict.fromkeys(seconds, 0.0)
    for round in range(rounds + 1):
        for program in found:
            took, peak = _once(program)
            if round:
                seconds[program.name].append(took)
                peaks[program.name] = max(peaks[program.name], peak)
    return {name: Measured(times, peaks[name]) for name, times in seconds.items()}


def _once(program: Program) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as empty:
        cache = {"XDG_CACHE_HOME": empty} if program.fresh else {}
        environment = {**os.environ, **dict(program.environment), **cache}
        # Modules are compiled once, as an installed program has them.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return _run(program, environment)


def _run(program: Program, environment: dict[str, str]) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-S", str(HERE / "once.py"), *program.arguments],
        env=environment,
        capture_output=True,
        check=True,
    )
    took, peak, code = done.stdout.split()
    if int(code):
        raise SystemExit(f"{program.name} ended with {int(code)}")
    return float(took), float(peak)


def report(found: Sequence[Program], results: dict[str, Measured]) -> bool:
    """Print the results as a table, and return True if every budget is met."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{platform.python_implementation()} {platform.python_version()}")
    for title in ("Program", "Median ms", "± ms", "Peak MiB", "Ratio", "Budget", ""):
        table.add_column(title, justify="left" if title in ("Program", "") else "right")
    good = True
    for program in found:
        result = results[program.name]
        row = [program.name, f"{result.median:.0f}", f"{result.spread:.0f}", f"{result.peak:.0f}"]
        if program.baseline:
            ratio = result.median / results[program.baseline].median
            row.append(f"{ratio:.2f}")
            if program.budget:
                met = ratio <= program.budget and result.peak <= MEMORY_BUDGET
                good = good and met
                row += [f"{program.budget:.1f}", "met" if met else "MISSED"]
        table.add_row(*row)
    Console(width=100).print(table)
    return good


def main() -> None:
    """Measure, print a table, write JSON, and exit with 1 if a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=31, help="runs of every program")
    parser.add_argument("--json", type=Path, help="file for the results")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--large", type=int, default=10, help="size of the larger store; 0: none")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times = options.large
        large = multiplied(times, Path(folder) / "large") if times else None
        found = programs(large, times)
        if not options.no_peers:
            found += peers(Path(folder))
        results = measure(found, options.rounds)
    good = report(found, results)
    if options.json:
        versions = {name: version(name) for name in MEASURED}
        options.json.write_text(
            json.dumps(
                {
                    "versions": {"python": platform.python_version(), **versions},
                    "programs": {
                        name: {
                            "median_ms": round(result.median, 1),
                            "spread_ms": round(result.spread, 1),
                            "peak_mib": round(result.peak, 1),
                            "seconds": [round(s, 4) for s in result.seconds],
                        }
                        for name, result in results.items()
                    },
                },
                indent=2,
            )
            + "\n",
            encoding="utf-8",
        )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
