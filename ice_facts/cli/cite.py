"""The command that gives citations."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ice_facts.cli.commands import Command
from ice_facts.cli.session import Session
from ice_facts.cli.session import command as make_command
from ice_facts.errors import NotFoundError
from ice_facts.model import Agreement, Position
from ice_facts.render import CITATION_STYLES, Reply
from ice_facts.resolve import ALL_NAMED, resolve


def build(name: str, entry: Command) -> Any:
    """Build the command of this module."""
    return make_command(cite, name, entry, dated=False)


def cite(
    session: Session,
    name: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="A source, or what cites sources.")
    ],
    *,
    style: Annotated[
        str | None,
        typer.Option(
            "--style", metavar="STYLE", help=f"{', '.join(CITATION_STYLES)}. Default: text."
        ),
    ] = None,
    fact: Annotated[
        bool, typer.Option("--fact", "--facts", help="Tell which facts each source supports.")
    ] = False,
) -> Reply:
    """Cite the sources of records; the style is the form in which the reply is written."""
    from ice_facts.across.cite import cited_sources

    found = []
    for text in dict.fromkeys(name):
        try:
            found.append(resolve(session.store, text, (*ALL_NAMED, Position, Agreement)))
        except NotFoundError as error:
            session.errors.append(error)
    cited = cited_sources(session.store, found, session.on, facts=fact) if found else []

    def views() -> list[Any]:
        from ice_facts.across.cite import cited_listing

        return [cited_listing(cited)]

    return Reply(results=cited, views=views)
