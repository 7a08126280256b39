"""The commands that list records: cities, policies, claims and the others."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ice_facts.cli.commands import Command
from ice_facts.cli.lookup import StateOption, usps_code
from ice_facts.cli.session import Session
from ice_facts.cli.session import command as make_command
from ice_facts.dates import parse_date
from ice_facts.errors import UsageError
from ice_facts.model import (
    CheckStatus,
    ClaimKind,
    Dimension,
    Jurisdiction,
    Level,
    Policy,
    PolicyKind,
    PolicyStatus,
    RuleStance,
    Sector,
    SourceKind,
    Stakeholder,
    StakeholderKind,
    Topic,
)
from ice_facts.render import Reply
from ice_facts.resolve import resolve


def build(name: str, entry: Command) -> Any:
    """Build the command of this module with a name."""
    return make_command(globals()[name], name, entry)


RuleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="DIMENSION=STANCE",
        help="Only places whose own rule says so, e.g. detainers=prohibits; repeatable.",
    ),
]
ListedOption = Annotated[
    str | None,
    typer.Option("--listed", metavar="LIST", help="Only places ever on a list: doj or dhs."),
]
AllOption = Annotated[
    bool, typer.Option("--all", help="Also places of which no rules are recorded.")
]
OfOption = Annotated[
    str | None,
    typer.Option("--of", metavar="PLACE", help="Only those of this jurisdiction."),
]
AboutOption = Annotated[
    str | None,
    typer.Option("--about", metavar="NAME", help="Only about this place, policy or stakeholder."),
]


def cities(
    session: Session,
    *,
    state: StateOption = None,
    rule: RuleOption = None,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List cities."""
    return _places(session, "city", "Cities", state, rule, listed, everything)


def counties(
    session: Session,
    *,
    state: StateOption = None,
    rule: RuleOption = None,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List counties."""
    return _places(session, "county", "Counties", state, rule, listed, everything)


def states(
    session: Session,
    *,
    rule: RuleOption = None,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List states."""
    return _places(session, "state", "States", None, rule, listed, everything)


def policies(
    session: Session,
    *,
    state: StateOption = None,
    level: Annotated[
        str | None, typer.Option("--level", help="city, county, state or federal.")
    ] = None,
    of: OfOption = None,
    kind: Annotated[str | None, typer.Option("--kind", help="ordinance, statute, …")] = None,
    status: Annotated[str | None, typer.Option("--status", help="in force, repealed, …")] = None,
) -> Reply:
    """List policies."""
    from ice_facts.subjects.policy.listing import list_policies

    rows = list_policies(
        session.store,
        session.on,
        state=usps_code(state),
        level=one_of(level, Level, "level"),
        jurisdiction=_place_id(session, of),
        kind=one_of(kind, PolicyKind, "kind"),
        status=one_of(status, PolicyStatus, "status"),
    )

    def views() -> list[Any]:
        from ice_facts.show.labels import Labels
        from ice_facts.subjects.policy.listing import policies_listing

        return [policies_listing(rows, Labels(session.store))]

    return Reply(results=rows, views=views)


def stakeholders(
    session: Session,
    *,
    kind: Annotated[str | None, typer.Option("--kind", help="person, office, agency, …")] = None,
    sector: Annotated[
        str | None, typer.Option("--sector", help="government, advocacy, business, …")
    ] = None,
    of: OfOption = None,
) -> Reply:
    """List stakeholders."""
    from ice_facts.subjects.stakeholder import list_stakeholders

    rows = list_stakeholders(
        session.store,
        session.on,
        kind=one_of(kind, StakeholderKind, "kind"),
        sector=one_of(sector, Sector, "sector"),
        jurisdiction=_place_id(session, of),
    )

    def views() -> list[Any]:
        from ice_facts.show.labels import Labels
        from ice_facts.subjects.stakeholder import stakeholders_listing

        return [stakeholders_listing(rows, Labels(session.store))]

    return Reply(results=rows, views=views)


def topics(session: Session) -> Reply:
    """List topics."""
    from ice_facts.subjects.topic import list_topics

    rows = list_topics(session.store, session.on)

    def views() -> list[Any]:
        from ice_facts.subjects.topic import topics_listing

        return [topics_listing(rows)]

    return Reply(results=rows, views=views)


def terms(session: Session) -> Reply:
    """List terms."""
    from ice_facts.subjects.term import list_terms

    rows = list_terms(session.store)

    def views() -> list[Any]:
        from ice_facts.subjects.term import terms_listing

        return [terms_listing(rows)]

    return Reply(results=rows, views=views)


def claims(
    session: Session,
    *,
    about: AboutOption = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Only on this topic.")
    ] = None,
    article: Annotated[
        str | None,
        typer.Option(
            "--article",
            metavar="ARTICLE",
            help="Only of this article: number, id, title word.",
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", help="supported, contradicted, outdated, …"),
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="fact, position, table-row, …")] = None,
) -> Reply:
    """List claims."""
    from ice_facts.subjects.claim import list_claims

    subject = None
    if about:
        classes = (Jurisdiction, Policy, Stakeholder, Topic)
        subject = resolve(session.store, about, classes).id
    rows = list_claims(
        session.store,
        about=subject,
        topic=resolve(session.store, topic, (Topic,)).id if topic else None,
        article=article,
        status=one_of(status, CheckStatus, "status"),
        kind=one_of(kind, ClaimKind, "kind"),
    )

    def views() -> list[Any]:
        from ice_facts.subjects.claim import claims_listing

        return [claims_listing(rows)]

    return Reply(results=rows, views=views)


def events(
    session: Session,
    *,
    about: AboutOption = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Only from this date on."),
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only up to this date.")
    ] = None,
) -> Reply:
    """List events."""
    from ice_facts.subjects.event import list_events

    subject = None
    if about:
        subject = resolve(session.store, about, (Jurisdiction, Policy, Stakeholder)).id
    rows = list_events(
        session.store,
        session.on,
        about=subject,
        start=parse_date(start) if start else None,
        end=parse_date(end) if end else None,
    )

    def views() -> list[Any]:
        from ice_facts.show.labels import Labels
        from ice_facts.subjects.event import events_listing

        return [events_listing(rows, Labels(session.store))]

    return Reply(results=rows, views=views)


def sources(
    session: Session,
    *,
    kind: Annotated[str | None, typer.Option("--kind", help="statute, news, report, …")] = None,
    publisher: Annotated[
        str | None,
        typer.Option("--publisher", help="Only publishers with this in the name."),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="YYYY", help="Only published in this year."),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Only those on which a single fact rests.")
    ] = False,
    unread: Annotated[
        bool, typer.Option("--unread", "--unseen", help="Only those that were not read.")
    ] = False,
    undated: Annotated[
        bool, typer.Option("--undated", help="Only those without a date of publication.")
    ] = False,
) -> Reply:
    """List sources."""
    from ice_facts.subjects.source import list_sources

    rows = list_sources(
        session.store,
        kind=one_of(kind, SourceKind, "kind"),
        publisher=publisher,
        year=parse_date(year) if year else None,
        once=once,
        unread=unread,
        undated=undated,
        on=session.on,
    )

    def views() -> list[Any]:
        from ice_facts.subjects.source import sources_listing

        return [sources_listing(rows)]

    return Reply(results=rows, views=views)


def one_of(value: str | None, vocabulary: Any, what: str) -> str | None:
    """Check a value against a vocabulary; blanks and hyphens are taken for one another.

    Raises:
        UsageError: The value is not in the vocabulary, which the hint lists.
    """
    if value is None:
        return None
    words: tuple[str, ...] = vocabulary.__args__
    plain = value.casefold().replace("-", " ").replace("_", " ").strip()
    for word in words:
        if word.replace("-", " ") == plain:
            return word
    raise UsageError(f"no {what} {value!r}", [f"one of: {', '.join(words)}"])


def _places(
    session: Session,
    level: Level,
    title: str,
    state: str | None,
    rule: list[str] | None,
    listed: str | None,
    everything: bool,
) -> Reply:
    from ice_facts.subjects.place.listing import list_places

    rows = list_places(
        session.store,
        level,
        session.on,
        state=usps_code(state),
        rules=[_rule_filter(text) for text in rule or ()],
        listed=listed,
        everything=everything,
    )

    def views() -> list[Any]:
        from ice_facts.subjects.place.listing import places_listing

        return [places_listing(rows, title)]

    return Reply(results=rows, views=views)


def _rule_filter(text: str) -> tuple[str, str]:
    dimension, equals, stance = text.partition("=")
    if not equals:
        raise UsageError(
            f"--rule {text!r} is not of the form DIMENSION=STANCE",
            ["for example: --rule detainers=prohibits"],
        )
    found = (
        one_of(dimension, Dimension, "dimension"),
        one_of(stance, RuleStance, "stance"),
    )
    return str(found[0]), str(found[1])


def _place_id(session: Session, name: str | None) -> str | None:
    return resolve(session.store, name, (Jurisdiction,)).id if name else None
