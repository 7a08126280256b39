"""The commands that find things by their text: search and check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ice_facts.cli.commands import Command
from ice_facts.cli.session import Session
from ice_facts.cli.session import command as make_command
from ice_facts.errors import UsageError
from ice_facts.model import TABLES, Jurisdiction
from ice_facts.render import Reply
from ice_facts.resolve import resolve


def build(name: str, entry: Command) -> Any:
    """Build the command of this module with a name."""
    return make_command(globals()[name], name, entry, dated=name == "check")


def search(
    session: Session,
    text: Annotated[
        list[str],
        typer.Argument(metavar="TEXT...", help='Words, "a phrase" in quotes, beginnings: war*.'),
    ],
    *,
    tables: Annotated[
        list[str] | None,
        typer.Option("--in", metavar="TABLE", help="Only in these: policies,claims,rules."),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", metavar="PLACE", help="Only on this place and those in it."),
    ] = None,
    limit: Annotated[
        int,
        typer.Option("--limit", "-n", metavar="N", min=1, max=10_000, help="At most so many."),
    ] = 20,
) -> Reply:
    """Search the text of everything."""
    from ice_facts.across.search.query import search as find

    where = resolve(session.store, place, (Jurisdiction,)).id if place else None
    found = find(
        session.store, " ".join(text), tables=_tables(tables or []), place=where, limit=limit
    )

    def views() -> list[Any]:
        from ice_facts.across.search.view import search_listing

        return [search_listing(found)]

    return Reply(results=found.hits, views=views)


def check(
    session: Session,
    sentence: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SENTENCE...]", help="What to check; '-' or none: read it."),
    ] = None,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="A page of text: an answer per sentence."),
    ] = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-n", metavar="N", min=1, max=1000, help="At most so many claims and facts."
        ),
    ] = 4,
) -> Reply:
    """Find the claims and facts nearest to a sentence."""
    from ice_facts.across.nearest.answer import nearest, sentences

    asked = sentences(_text(sentence or [], file))
    answers = nearest(session.store, asked, session.on, limit=limit)

    def views() -> list[Any]:
        from ice_facts.across.nearest.view import nearest_view
        from ice_facts.subjects.citations import sources_of

        return [
            nearest_view(answer, sources_of(session.store, answer.hits), session.on)
            for answer in answers
        ]

    return Reply(results=[hit for answer in answers for hit in answer.hits], views=views)


def _text(words: list[str], file: Path | None) -> str:
    """Return the text to check: the words, or what a file or standard input holds.

    Raises:
        UsageError: There is more than one of them, or none, or the file cannot be read.
    """
    if words and words != ["-"]:
        if file is not None:
            raise UsageError("both a sentence and --file are given", ["give one of them"])
        return " ".join(words)
    if file is not None and str(file) != "-":
        try:
            return file.read_bytes().decode("utf-8-sig", "replace")
        except OSError as error:
            raise UsageError(f"cannot read {file}: {error.strerror}") from error
    if not words and file is None and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError(
            "there is no sentence to check",
            ["for example: ice-facts check 'Lori Lightfoot is mayor of Chicago'"],
        )
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")


def _tables(values: list[str]) -> tuple[str, ...]:
    """Return the tables that a user named, in the plural or the singular.

    Raises:
        UsageError: There is no such table; the hint lists them.
    """
    from ice_facts.across.search.texts import PARTS

    legal = {name.replace("-", ""): name for name in (*TABLES, *PARTS)}
    legal |= {"cities": "jurisdictions", "counties": "jurisdictions", "states": "jurisdictions"}
    found = []
    for value in values:
        for word in (part.strip() for part in value.split(",")):
            key = word.casefold().replace("-", "")
            forms = (key, f"{key}s", f"{key.removesuffix('y')}ies", f"{key}es")
            name = next((legal[form] for form in forms if form in legal), None)
            if word and name is None:
                raise UsageError(
                    f"nothing is called {word!r} to search in",
                    [f"one or more of: {', '.join((*TABLES, *PARTS))}"],
                )
            if name:
                found.append(name)
    return tuple(dict.fromkeys(found))
