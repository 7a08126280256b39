"""The commands on numbers: agreements, statistics, chart and map."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ice_facts.cli.commands import Command
from ice_facts.cli.listing import one_of
from ice_facts.cli.lookup import StateOption, usps_code
from ice_facts.cli.session import Session
from ice_facts.cli.session import command as make_command
from ice_facts.dates import parse_date
from ice_facts.errors import UsageError
from ice_facts.model import Dimension, Jurisdiction, Level
from ice_facts.render import Reply
from ice_facts.resolve import resolve
from ice_facts.spelling import key_of

GROUPS = ("state", "model", "month", "level")
_MODELS = {
    "task force": ("tfm", "taskforce", "taskforcemodel"),
    "warrant service officer": ("wso", "warrant", "warrantservice", "warrantserviceofficer"),
    "jail enforcement": ("jem", "jail", "jailenforcement", "jailenforcementmodel"),
}


def build(name: str, entry: Command) -> Any:
    """Build the command of this module with a name."""
    function = map_ if name == "map" else globals()[name]
    return make_command(function, name, entry)


ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="task force, warrant service officer or jail."),
]


def agreements(
    session: Session,
    *,
    state: StateOption = None,
    county: Annotated[
        str | None, typer.Option("--county", metavar="NAME", help="Only agencies in this county.")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar="NAME", help="Only agencies of this place.")
    ] = None,
    model: ModelOption = None,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="LEVEL", help="Only of a municipality, county or state."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only signed since this date.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="WHAT", help="Count by state, model, month or level."),
    ] = None,
    former: Annotated[
        bool, typer.Option("--former", help="Those no longer on ICE's list instead.")
    ] = False,
) -> Reply:
    """List agreements."""
    from ice_facts.subjects.agreement import counts as query
    from ice_facts.subjects.citations import sources_of

    store, on, code, kind = session.store, session.on, usps_code(state), _model(model)
    if by is not None and by not in GROUPS:
        raise UsageError(f"cannot count by {by!r}", [f"by: {', '.join(GROUPS)}"])
    start = parse_date(since) if since else None
    inside = _place(session, county, "county", code)
    at = _place(session, place, None, code)
    if former:
        if by or level:
            raise UsageError("--former does not go with --by and --level")
        gone = query.former_agreements(
            store, on, state=code, place=at or inside, model=kind, since=start
        )

        def gone_views() -> list[Any]:
            from ice_facts.subjects.agreement.view import former_listing

            return [former_listing(gone, sources_of(store, gone))]

        return Reply(results=gone, views=gone_views)
    wanted: dict[str, Any] = {
        "state": code,
        "county": inside,
        "place": at,
        "model": kind,
        "level": _agency_level(level),
        "since": start,
    }
    if by:
        counts = query.count_agreements(store, on, by, **wanted)

        def count_views() -> list[Any]:
            from ice_facts.subjects.agreement.view import counts_listing

            return [counts_listing(counts, sources_of(store, counts))]

        return Reply(results=counts, views=count_views)
    rows = query.list_agreements(store, on, **wanted)

    def views() -> list[Any]:
        from ice_facts.subjects.agreement.view import agreements_listing

        return [agreements_listing(rows, sources_of(store, rows), on)]

    return Reply(results=rows, views=views)


def statistics(
    session: Session,
    measure: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MEASURE...]", help="Words of the measure, or an id."),
    ] = None,
    *,
    of: Annotated[
        str | None, typer.Option("--of", metavar="PLACE", help="Only numbers about this place.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every value of every series that fits.")
    ] = False,
) -> Reply:
    """List numbers."""
    from ice_facts.subjects.statistic import list_numbers

    rows = list_numbers(
        session.store,
        session.on,
        measure=" ".join(measure) if measure else None,
        jurisdiction=resolve(session.store, of, (Jurisdiction,)).id if of else None,
        everything=everything,
    )

    def views() -> list[Any]:
        from ice_facts.show.labels import Labels
        from ice_facts.subjects.citations import sources_of
        from ice_facts.subjects.statistic import numbers_listing

        return [numbers_listing(rows, sources_of(session.store, rows), Labels(session.store))]

    return Reply(results=rows, views=views)


def chart(
    session: Session,
    subject: Annotated[
        list[str],
        typer.Argument(metavar="SUBJECT...", help="agreements, detention, book-ins, removals, …"),
    ],
    *,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="WHAT", help="month, year, state, area, model, level, …"),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="ST,ST", help="A line for each of these states."),
    ] = None,
    model: ModelOption = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only from this date on.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only up to this date.")
    ] = None,
) -> Reply:
    """Draw a chart."""
    from ice_facts.across.series.chart import chart as ask
    from ice_facts.across.series.chart import find_subject

    codes = [usps_code(part) for part in (state or "").split(",") if part.strip()]
    answer = ask(
        session.store,
        find_subject(" ".join(subject)),
        session.on,
        by=by,
        states=[code for code in codes if code],
        model=_model(model),
        start=parse_date(start) if start else None,
        end=parse_date(end) if end else None,
    )

    def views() -> list[Any]:
        from ice_facts.across.series.view import chart_listing

        return [chart_listing(answer)]

    return Reply(results=[answer], views=views, single=True)


def map_(
    session: Session,
    subject: Annotated[
        str,
        typer.Argument(metavar="SUBJECT", help="agreements, rule=DIMENSION or listed=LIST."),
    ],
    *,
    model: ModelOption = None,
) -> Reply:
    """Draw a tile map of the states."""
    from ice_facts.across.series import statemap as state_map

    kind, _, value = subject.partition("=")
    if model and kind != "agreements":
        raise UsageError("--model is for the map of agreements")
    if kind == "agreements" and not value:
        answer = state_map.agreements_map(session.store, session.on, model=_model(model))
    elif kind == "rule" and value:
        dimension = str(one_of(value, Dimension, "dimension"))
        answer = state_map.rule_map(session.store, session.on, dimension)
    elif kind == "listed" and value:
        answer = state_map.list_map(session.store, session.on, value)
    else:
        raise UsageError(
            f"no map of {subject!r}",
            ["maps: agreements, rule=DIMENSION (rule=detainers), listed=doj, listed=dhs"],
        )

    def views() -> list[Any]:
        from ice_facts.across.series.view import map_listing

        return [map_listing(answer)]

    return Reply(results=[answer], views=views, single=True)


def _model(text: str | None) -> str | None:
    """Return the model that a user typed, in full or by its letters.

    Raises:
        UsageError: There is no such model.
    """
    if text is None:
        return None
    key = key_of(text)
    for model, names in _MODELS.items():
        if key in names:
            return model
    raise UsageError(f"no model {text!r}", [f"one of: {', '.join(_MODELS)}"])


def _agency_level(text: str | None) -> str | None:
    if text is None or text in ("municipality", "county", "state"):
        return text
    if text == "city":
        return "municipality"
    raise UsageError(f"no level {text!r}", ["one of: municipality, county, state"])


def _place(
    session: Session, name: str | None, level: Level | None, state: str | None
) -> Jurisdiction | None:
    if name is None:
        return None
    match = resolve(session.store, name, (Jurisdiction,), level=level, state=state)
    return session.store.one(Jurisdiction, match.id)
