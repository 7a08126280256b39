"""How what a search found is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ice_facts.across.search.query import Found, Hit
from ice_facts.model import SUBJECTS
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Column, ListView, Piece, table_of
from ice_facts.show.words import count_of

_Runs = Sequence[tuple[str, bool]]


class _Shown(NamedTuple):
    """A hit with its snippet in runs of text, each with whether it is a matched word."""

    hit: Hit
    runs: _Runs


def search_listing(found: Found, labels: Labels) -> ListView:
    """Return the view of a search: each hit, its matched words and what opens it."""
    table = table_of(
        (_Shown(hit, runs) for hit, runs in zip(found.hits, found.marked, strict=True)),
        (Column("what", "Found", drawn=True), lambda s: Piece(s.hit.title, "strong")),
        (Column("kind", "Kind"), lambda s: s.hit.kind),
        (Column("id", "Id", data=True), lambda s: s.hit.id),
        (Column("title", "Title", data=True), lambda s: s.hit.title),
        (Column("snippet", "Text", data=True), lambda s: s.hit.snippet),
        (Column("score", "Score", data=True), lambda s: s.hit.score),
        (
            Column("status", "Record"),
            lambda s: Piece(s.hit.status, s.hit.status) if s.hit.status else None,
        ),
        (Column("text", "Text", drawn=True), lambda s: _marked(_after(s.runs, s.hit.title))),
        (
            Column("open", "Open with", drawn=True),
            lambda s: Piece(open_command(s.hit.kind, s.hit.id), "command"),
        ),
    )
    shown = len(found.hits)
    more = f", the first {shown} shown; --limit shows more" if shown < found.total else ""
    title = f"Search: {' '.join(found.text.split())}"
    count = count_of(found.total, "match", "matches")
    return ListView(title, table, (f"{count}{more}.",), entries=True)


def _after(runs: _Runs, title: str) -> _Runs:
    """Return a snippet without the title, where it begins with it as a claim's does."""
    if not "".join(run for run, _ in runs).startswith(title):
        return runs
    left, rest = len(title), []
    for run, matched in runs:
        rest.append((run[left:], matched))
        left = max(0, left - len(run))
    first = next((n for n, (run, _) in enumerate(rest) if run.strip(" ·")), len(rest))
    return [
        (run.lstrip(" ·") if n == first else run, matched)
        for n, (run, matched) in enumerate(rest)
        if n >= first
    ]


def _marked(runs: _Runs) -> Cell:
    return tuple(Piece(run, "match" if matched else "glue") for run, matched in runs if run)


def open_command(kind: str, id: str) -> str:
    """Return the command that shows a found record."""
    match kind:
        case "city" | "county" | "state":
            return f"ice-facts {kind} {id}"
        case "series":
            return f"ice-facts statistics {id}"
        case "former-agreements":
            # Their ids begin with the state; there is no card of what is no longer listed.
            return f"ice-facts agreements --former --state {id.partition('-')[0]}"
        case "rule":
            return f"ice-facts show {id} --section rules"
        case "official":
            return f"ice-facts show {id} --section officials"
    return f"ice-facts {kind if kind in _CARD_COMMANDS else 'show'} {id}"


_CARD_COMMANDS = {subject.word for subject in SUBJECTS if subject.listed}
"""Kinds of records that have a command for their card, beside the levels of places."""
