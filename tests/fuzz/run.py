"""Throw random input at every command: names, options, dates, and the bytes of a store.

Not part of the normal run. ``python -m tests.fuzz.run --inputs 100000 --seed 1`` prints how many
inputs ended with which exit code, and every input that broke the contract: an exit code that is
not 0, 1, 2 or 3, an unsafe character on stdout or stderr, an answer that is not of its format,
words on stdout although it failed, or more than 30 seconds. A seed gives the same inputs again.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import traceback
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import yaml
from typer.testing import CliRunner

from ice_facts.cli.app import app
from ice_facts.cli.commands import COMMANDS
from ice_facts.render import FORMATS
from tests.bad_stores import GOOD
from tests.probes import PROBES, question

UNSAFE_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SECONDS = 30
CODES = (0, 1, 2, 3)
TYPED = """
exampleton sample-county-ex example-state E-town detainer exampleton-mayor 001-01 ex EX
community-trust exampleton-ordinance HB-7 prohibits detainers=prohibits 287g=requires doj
rules,claims id,name 2018 2018-07 2018-07-04 -1 0 99999999999999999 in force task jail
table tsv csv json jsonl yaml markdown html always never bibtex state model month
[red] [/] =cmd() ' " * ( % {} %s -- - / .. é 東 ½ ² 🧊
"""
WORDS = (*TYPED.split(), "", " ", "\\", "\0", "\x1b[31m", "\x9b", "\u202e", "\u061c", "\ud800")
FLAGS = """
--as-of --format -f --fields --no-header --raw-csv --width --ascii --color --pager
--section -s --full --state --rule --listed --of --about --topic --article --status
--kind --from --to --publisher --year --level --sector --on --differences --with
--stance --reverse --limit -n --by --model --since --county --in --place --style --fact
--all --help -h --version -V --once --undated --former --nonsense
"""
OPTIONS = tuple(FLAGS.split())
BYTES = (b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u001b", b"\\ud800", b"\x00", b"\xff")
VALUES = (
    "null",
    "true",
    "-1",
    "1e999",
    '""',
    "[]",
    "{}",
    '"2012-13"',
    '"=x()"',
    '"\\u009b"',
    '"a"',
)


class TooSlowError(Exception):
    """An input took longer than it may."""


def random_text(chance: random.Random) -> str:
    """Return a word that people, or those who mean harm, could type."""
    kind = chance.random()
    if kind < 0.7:
        return chance.choice(WORDS)
    if kind < 0.85:  # a near miss
        letters = list(chance.choice(WORDS) or "x")
        letters[chance.randrange(len(letters))] = chance.choice("abcxyz0- ")
        return "".join(letters)
    if kind < 0.95:
        return f"{chance.randrange(10000):04}-{chance.randrange(20):02}-{chance.randrange(40):02}"
    return "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randrange(12)))


def random_arguments(chance: random.Random) -> list[str]:
    """Return a command with random words and options."""
    command = chance.choice([*COMMANDS, random_text(chance)])
    arguments = [command, *(random_text(chance) for _ in range(chance.randrange(3)))]
    if chance.random() < 0.5 and command in PROBES:
        arguments = question(command)
    for _ in range(chance.randrange(4)):
        option = chance.choice(OPTIONS)
        place = chance.randrange(1, len(arguments) + 1)
        arguments[place:place] = [option, *([random_text(chance)] if chance.random() < 0.7 else [])]
    return [*arguments, "--data", str(GOOD)]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes of a file with some damage."""
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(content) + 1)
        kind = chance.randrange(6)
        if kind == 0:
            content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        elif kind == 1:
            content = content[:place] + chance.choice(BYTES) + content[place:]
        elif kind == 2:
            content = content[: max(1, place)]
        elif kind == 3:
            end = min(len(content), place + chance.randrange(200))
            content = content[:place] + content[end:]
        else:  # another value in place of one: the file stays JSON
            ends = [n for n in range(len(content)) if content[n : n + 3] == b'": ']
            if ends:
                start = chance.choice(ends) + 3
                end = min(
                    (e for e in (content.find(c, start) for c in b",\n") if e > 0), default=start
                )
                content = content[:start] + chance.choice(VALUES).encode() + content[end:]
    return content


def damaged_store(root: Path, chance: random.Random) -> Iterator[list[str]]:
    """Damage one file of a store and yield questions to it."""
    store = root / "store"
    shutil.copytree(GOOD, store)
    path = chance.choice(sorted(store.rglob("*.json")))
    path.write_bytes(damaged(path.read_bytes(), chance))
    for command in chance.sample(list(PROBES), 12):
        yield [*question(command, store=str(store)), "-f", chance.choice(FORMATS)]
    shutil.rmtree(store)


def inputs(seed: int, root: Path) -> Iterator[list[str]]:
    """Yield inputs without end: half of them words and options, half damaged stores."""
    chance = random.Random(seed)
    while True:
        for _ in range(12):
            yield random_arguments(chance)
        yield from damaged_store(root, chance)


def faults(arguments: list[str], code: int, out: str, err: str) -> list[str]:
    """Return in which ways the outcome of an input breaks the contract."""
    found = []
    if code not in CODES:
        found.append(f"exit code {code}")
    for name, text in (("stdout", out), ("stderr", err)):
        # Between fields of TSV and between lines; nowhere else.
        unsafe = UNSAFE_TEXT.findall(text.replace("\n", "").replace("\t", ""))
        if unsafe and "always" not in arguments:
            found.append(f"unsafe characters on {name}: {unsafe[:3]}")
    if code in (2, 3) and out and "--help" not in arguments and "--version" not in arguments:
        found.append("words on stdout")
    if code != 0 and not err:
        found.append("failed without a word")
    if code == 0 and arguments[-2] == "-f":
        with contextlib.suppress(StopIteration):
            problem = next(unreadable(out, arguments[-1]))
            found.append(problem)
    return found


def unreadable(text: str, form: str) -> Iterator[str]:
    """Yield why a text is not of its format."""
    try:
        if form == "json":
            json.loads(text)
        elif form == "jsonl":
            [json.loads(line) for line in text.splitlines()]
        elif form == "yaml":
            yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        elif form == "html":
            body = text.split("<body>", 1)[1].split("</body>", 1)[0]
            ElementTree.fromstring(f"<body>{body}</body>")
        elif form in ("csv", "tsv"):
            rows = (
                list(csv.reader(io.StringIO(text)))
                if form == "csv"
                else [line.split("\t") for line in text.splitlines()]
            )
            if len({len(row) for row in rows}) != 1:
                yield "rows of different lengths"
    except Exception as error:
        yield f"not {form}: {error}"


def late(number: int, frame: FrameType | None) -> None:
    """End an input that takes too long."""
    raise TooSlowError


def main() -> None:
    """Run the inputs and print the counts and what broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, late)
    os.environ["COLUMNS"] = "100"
    runner, codes, broken = CliRunner(), Counter[int](), 0

    def tell(text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        os.chdir(folder)
        for number, arguments in zip(
            range(options.inputs), inputs(options.seed, Path(folder)), strict=False
        ):
            signal.alarm(SECONDS)
            try:
                result = runner.invoke(app, arguments, prog_name="ice-facts")
                found = faults(arguments, result.exit_code, result.stdout, result.stderr)
                codes[result.exit_code] += 1
                if found and result.exception and not isinstance(result.exception, SystemExit):
                    found += traceback.format_exception(result.exception)[-3:]
            except TooSlowError:
                found = [f"more than {SECONDS} seconds"]
            signal.alarm(0)
            if found:
                broken += 1
                tell(f"{number} {arguments!r} {found!r}\n    {result.stderr[:300]!r}")
    tell(f"{options.inputs} inputs, seed {options.seed}: exit codes {dict(sorted(codes.items()))}")
    tell(f"{broken} broke the contract")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
