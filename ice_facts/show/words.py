"""Texts of shapes, sources, numbers and spans of time, ready to be shown."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

from ice_facts.model import Citation, RuleStance, Source
from ice_facts.vocabulary import SYMBOLS


def printable(text: str) -> str:
    """Return a text with blanks for control characters and bidirectional overrides.

    Texts of the store are clean already; those that come from the command line may not be.
    """
    if text.isprintable():
        return text
    import unicodedata

    # A name that is not UTF-8 is shown by its bytes: without them nobody finds the file.
    text = re.sub("[\udc80-\udcff]", lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", text)

    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else " " for c in text)


def citation_text(citations: Sequence[Citation]) -> str:
    """Return citations as ``id (locator)``, divided by "; "."""
    return "; ".join(f"{c.id} ({c.locator})" if c.locator else c.id for c in citations)


def source_text(source: Source, *, address: bool = True) -> str:
    """Return a source as one line: publisher, title, date, and its address if wanted."""
    parts = [f"{source.publisher}, “{source.title}”", source.published or "undated"]
    if not source.read:
        parts.append("not read")
    if source.url and address:
        parts.append(source.url)
    return " · ".join(parts)


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def capitalized(text: str) -> str:
    """Return a text with a capital letter at its start and the rest as it is."""
    return text[:1].upper() + text[1:]


def amount_text(
    value: str | float,
    unit: str | None,
    *,
    qualifier: str | None = None,
    high: float | None = None,
    base: float | None = None,
) -> str:
    """Return a number with all that says how it is meant.

    Args:
        value: The number, or a word for it.
        unit: What is counted.
        qualifier: How sure it is: "more than", "about".
        high: The upper end, if it is a range.
        base: The whole, if it is a part.

    >>> amount_text(1500, "arrests", qualifier="more than"), amount_text(3, "bills", base=1200)
    ('more than 1,500 arrests', '3 of 1,200 bills')
    >>> amount_text(65, "percent", base=142)
    '65 percent of 142'
    """
    number = value if isinstance(value, str) else f"{value:,}"
    if high is not None:
        number += f" to {high:,}"
    whole = f"of {base:,}" if base is not None else ""
    words = (number, unit, whole) if unit == "percent" else (number, whole, unit)
    return " ".join(part for part in (qualifier, *words) if part)


def number_text(value: float) -> str:
    """Return a number as people read it: whole from 100 on, else with one decimal at most.

    >>> number_text(45584.5), number_text(12.25), number_text(7)
    ('45,585', '12.2', '7')
    """
    if abs(value) >= 100 or float(value).is_integer():
        return f"{math.floor(value + 0.5):,}"
    return f"{value:,.1f}".removesuffix(".0")


def span_text(start: str | None, until: str | None) -> str:
    """Return a span of time in words: "since 2012-09", "2012 to 2015", "until 2015"."""
    if start and until:
        return f"{start} to {until}"
    if start:
        return f"since {start}"
    return f"until {until}" if until else ""


def dated_text(on: str, version: str, licence: bool = False) -> str:
    """Return of which day an answer and its data are, and under which licence if wanted."""
    parts = [f"As of {on}", f"data of {version}", *(["ice-facts, MIT licence"] if licence else [])]
    return " · ".join(parts)


_COUNTED = {SYMBOLS[tone][0]: tone for tone in get_args(RuleStance)}


def signs_in(text: str) -> set[str]:
    """Return the stances whose signs stand in a text without their words: alone or before counts.

    >>> sorted(signs_in("■8 □1 ?1")), signs_in("?"), signs_in("Who says so?")
    (['limits', 'prohibits', 'unknown'], {'unknown'}, set())
    """
    before_counts = {a for a, b in pairwise(text) if a in _COUNTED and b.isdecimal()}
    return {_COUNTED[sign] for sign in ({text} if text in _COUNTED else before_counts)}


def sources_command(shown: bool) -> str:
    """Return what to add to a command to see every source; empty where they are shown."""
    return "" if shown else "add --sources"
