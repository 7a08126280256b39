"""The options of all commands (`SHARED`) and of some (`EXTRA`).

They are parameters of functions like those of the rooms.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from ice_facts.ask import Words, option
from ice_facts.cli.target import COLOUR_MODES
from ice_facts.cli.terminal import NARROWEST, WIDEST
from ice_facts.render import CITATION_STYLES, FORMATS


def _option(name: str, kind: Any, default: Any, *flags: str, **more: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind, option(*flags, **more)],
    )


def _flag(name: str, flags: str, help: str) -> inspect.Parameter:
    return _option(name, bool, False, flags, help=help)


def _words(values: Sequence[str]) -> Words:
    return lambda: [(value, "") for value in values]


EXTRA = (
    _option(
        "section",
        list[str] | None,
        None,
        *("--section", "-s"),
        metavar="NAME",
        help="Only these parts of the card, in full: a,b.",
        commas=True,
    ),
    _flag("full", "--full", "Everything, in full."),
    _option(
        "brief",
        bool,
        False,
        "--brief",
        help="Name, opening and date: at most eight lines.",
    ),
    _option(
        "style",
        str | None,
        None,
        "--style",
        metavar="STYLE",
        help=f"{', '.join(CITATION_STYLES)}. Default: text.",
        words=_words(CITATION_STYLES),
    ),
    _option(
        "sort",
        str | None,
        None,
        "--sort",
        metavar="FIELD,…",
        help="By these JSON fields; -FIELD: the largest first.",
    ),
    _option(
        "limit",
        int | None,
        None,
        "--limit",
        "-n",
        metavar="N",
        min=1,
        help="At most N rows.",
    ),
)
"""Options of some commands only: of those that show cards, of ``cite``, and of lists."""

SHARED = (
    _option(
        "as_of",
        str | None,
        None,
        "--as-of",
        metavar="DATE",
        help="Answer as of 2018, 2018-07, 2018-07-04.",
    ),
    _option(
        "format",
        str | None,
        None,
        *("--format", "-f"),
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)}. Default: table; tsv in a pipe.",
        words=_words(FORMATS),
    ),
    _option(
        "output",
        Path | None,
        None,
        *("--output", "-o"),
        metavar="FILE",
        help="Write to FILE; its ending is the format. png, svg: slides, one a file.",
    ),
    _option(
        "fields",
        str | None,
        None,
        "--fields",
        metavar="A,B",
        help="Only these fields, in this order; none: list them.",
    ),
    _flag("no_header", "--no-header", "Leave out the header row."),
    _flag("raw_csv", "--raw-csv", "In CSV, leave cells that look like formulas alone."),
    _flag("bom", "--bom", "Begin CSV with a mark by which Excel knows UTF-8."),
    _option(
        "width",
        int | None,
        None,
        "--width",
        metavar="N",
        min=NARROWEST,
        max=WIDEST,
        help="Width of tables.",
    ),
    _flag("ascii", "--ascii", "Draw tables in ASCII."),
    _option(
        "color",
        str,
        "auto",
        "--color",
        metavar="WHEN",
        help="auto, always or never.",
        words=_words(COLOUR_MODES),
    ),
    _option(
        "pager",
        bool | None,
        None,
        "--pager/--no-pager",
        help="On a terminal, with $PAGER. Default: if it is longer than the window.",
    ),
    _option(
        "data",
        Path | None,
        None,
        "--data",
        metavar="DIR",
        help="Another store; also ICE_FACTS_DATA.",
    ),
    _option(
        "overlay",
        list[Path] | None,
        None,
        "--overlay",
        metavar="DIR",
        help="Your own records beside the store's; repeatable; also ICE_FACTS_OVERLAY.",
    ),
)
"""``as_of`` first: commands whose answer depends on no date go without it."""
