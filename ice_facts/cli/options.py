"""The options that every command shares, as parameters of Typer functions."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any

import typer

from ice_facts.cli.output import NARROWEST, WIDEST
from ice_facts.render import CITATION_STYLES, FORMATS


def _option(name: str, kind: Any, default: Any, *flags: str, **settings: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind, typer.Option(*flags, **settings)],
    )


EXTRA = (
    _option(
        "section",
        list[str] | None,
        None,
        "--section",
        "-s",
        metavar="NAME",
        help="Only these parts of the card, in full: a,b.",
    ),
    _option(
        "full",
        bool,
        False,
        "--full",
        help="Every part of the card, in full.",
        show_default=False,
    ),
    _option(
        "style",
        str | None,
        None,
        "--style",
        metavar="STYLE",
        help=f"{', '.join(CITATION_STYLES)}. Default: text.",
    ),
)
"""Options of some commands only: of those that show cards, and of ``cite``."""

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
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)}. Default: table; tsv in a pipe.",
    ),
    _option(
        "output",
        Path | None,
        None,
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE; its ending is the format (.svg too).",
    ),
    _option(
        "fields",
        str | None,
        None,
        "--fields",
        metavar="A,B",
        help="Only these fields, in this order; none: list them.",
    ),
    _option(
        "no_header",
        bool,
        False,
        "--no-header",
        help="Leave out the header row.",
        show_default=False,
    ),
    _option(
        "raw_csv",
        bool,
        False,
        "--raw-csv",
        help="In CSV, leave cells that look like formulas alone.",
        show_default=False,
    ),
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
    _option("ascii", bool, False, "--ascii", help="Draw tables in ASCII.", show_default=False),
    _option("color", str, "auto", "--color", metavar="WHEN", help="auto, always or never."),
    _option(
        "pager",
        bool,
        False,
        "--pager/--no-pager",
        help="On a terminal, show it with $PAGER.",
        show_default=False,
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
