"""The commands on more than one thing: compare, positions, timeline."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ice_facts.cli.commands import Command
from ice_facts.cli.listing import one_of
from ice_facts.cli.session import Session
from ice_facts.cli.session import command as make_command
from ice_facts.dates import parse_date
from ice_facts.errors import UsageError
from ice_facts.model import Jurisdiction, PositionStance, StakeholderKind
from ice_facts.render import Reply
from ice_facts.resolve import resolve


def build(name: str, entry: Command) -> Any:
    """Build the command of this module with a name."""
    return make_command(globals()[name], name, entry)


SourcesOption = Annotated[
    bool,
    typer.Option("--sources", help="Every source with its locators under a table."),
]


def compare(
    session: Session,
    name: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="Two to six of one kind; one with --with."),
    ],
    *,
    rows: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="ROW,…", help="Only these rows: detainers,287g,mayor."),
    ] = None,
    differences: Annotated[
        bool, typer.Option("--differences", help="Only rows in which the cells differ.")
    ] = False,
    other: Annotated[
        str | None,
        typer.Option(
            "--with", metavar="DATE", help="Compare one place on --as-of with itself on DATE."
        ),
    ] = None,
    sources: SourcesOption = False,
) -> Reply:
    """Compare things of one kind."""
    from ice_facts.across.compare.answer import compare as ask
    from ice_facts.across.compare.answer import compare_dates, same_kind

    cls, ids, errors = same_kind(session.store, name)
    if errors and len(ids) < 2 and other is None:
        raise errors[0]
    session.errors += errors
    keep = [part.strip() for text in rows or () for part in text.split(",") if part.strip()]
    command = "" if sources else "add --sources"
    if other is None:
        answer = ask(session.store, cls, ids, session.on, keep=keep, differences=differences)

        def views() -> list[Any]:
            from ice_facts.across.compare.view import comparison_view
            from ice_facts.show.labels import Labels

            return [comparison_view(answer, Labels(session.store), command=command)]

        return Reply(results=[answer], views=views, single=True)
    if len(ids) != 1 or cls is not Jurisdiction:
        raise UsageError(
            "--with compares one place with itself at another date",
            ["for example: ice-facts compare chicago --as-of 2012 --with 2024"],
        )
    dates = (session.on, parse_date(other))
    dated = compare_dates(session.store, ids[0], dates, keep=keep, differences=differences)

    def dated_views() -> list[Any]:
        from ice_facts.across.compare.view import changes_view
        from ice_facts.show.labels import Labels

        return [changes_view(dated, Labels(session.store), command=command)]

    return Reply(results=[dated], views=dated_views, single=True)


def positions(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="A topic, policy, place or stakeholder."),
    ] = None,
    *,
    stance: Annotated[
        str | None,
        typer.Option("--stance", metavar="STANCE", help="supports, opposes, mixed or neutral."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="Of stakeholder: person, union, agency, …"),
    ] = None,
    jurisdiction: Annotated[
        str | None,
        typer.Option(
            "--jurisdiction", metavar="PLACE", help="Only from or on policies of a place."
        ),
    ] = None,
    sources: SourcesOption = False,
) -> Reply:
    """Show who is for and against what."""
    from ice_facts.across.positions.rows import Filters, find_positions

    place = resolve(session.store, jurisdiction, (Jurisdiction,)).id if jurisdiction else None
    filters = Filters(
        stance=one_of(stance, PositionStance, "stance"),
        kind=one_of(kind, StakeholderKind, "kind"),
        jurisdiction=place,
    )
    found = find_positions(session.store, name, session.on, filters)

    def views() -> list[Any]:
        from ice_facts.across.positions.view import positions_view

        subjects = " · ".join(found.subjects)
        return [
            positions_view(
                found,
                f"Positions: {subjects}" if subjects else "Positions",
                as_of=session.on,
                command="" if sources else "add --sources",
                filtered=stance is not None,
            )
        ]

    return Reply(results=found.rows, views=views)


def timeline(
    session: Session,
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...", help="Places, policies, stakeholders, topics; none: everything."
        ),
    ] = None,
    *,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only from this date on.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only up to this date.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND,…", help="enactment, ruling, term, event, …"),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most N entries.")
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Newest first.")] = False,
    sources: SourcesOption = False,
) -> Reply:
    """Show what happened when."""
    from ice_facts.across.timeline.gather import Window
    from ice_facts.across.timeline.gather import timeline as ask

    window = Window(
        start=parse_date(start) if start else None,
        end=parse_date(end) if end else None,
        kinds=_kinds(kind or ()),
        limit=limit,
        reverse=reverse,
    )
    found, errors = ask(session.store, name or (), session.on, window)
    session.errors += errors

    def views() -> list[Any]:
        from ice_facts.across.timeline.view import timeline_view
        from ice_facts.show.labels import Labels

        labels = Labels(session.store)
        return [timeline_view(found, labels, command="" if sources else "add --sources")]

    return Reply(results=found.entries, views=views)


def _kinds(texts: list[str] | tuple[()]) -> tuple[str, ...]:
    from ice_facts.across.timeline.entries import KINDS

    kinds = tuple(part.strip().casefold() for text in texts for part in text.split(",") if part)
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UsageError(
            f"no kind of entry {', '.join(map(repr, unknown))}", [f"one of: {', '.join(KINDS)}"]
        )
    return kinds
