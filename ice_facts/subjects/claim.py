"""Claims: statements of the articles, checked against the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ice_facts.ask import AboutOption, Reply, Session, choice, option
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    Check,
    CheckStatus,
    Citation,
    Claim,
    ClaimKind,
    ClaimSubjects,
    Jurisdiction,
    Policy,
    Source,
    Stakeholder,
    Topic,
)
from ice_facts.model.answers import Answer
from ice_facts.resolve import resolve
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import (
    Card,
    Cell,
    Column,
    Fact,
    Line,
    ListView,
    Piece,
    Section,
    glue,
    join,
    plain,
    table_of,
)
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.official import Holder, holder_piece, holders_of, offices_of
from ice_facts.vocabulary import STATUS_ORDER


class ClaimCard(Answer, frozen=True, kw_only=True):
    """One claim of an article with its check."""

    id: str
    article: str
    section: str
    locator: str
    kind: str
    text: str
    about: ClaimSubjects
    attributed_to: str
    value: int | float | str | None
    unit: str | None
    columns: dict[str, str]
    time: str | None
    check: Check
    sources: tuple[Source, ...]
    as_of: str
    holders: tuple[Holder, ...]


def claim_card(store: Store, id: str, on: str) -> ClaimCard:
    """Return one claim with its article, its check, and who holds the offices it names."""
    claim = store.one(Claim, id)
    offices = [
        who.office
        for who in (store.one(Stakeholder, s) for s in claim.about.stakeholders)
        if who.office
    ]
    holders = tuple(
        term
        for office in offices
        for term in holders_of(store, office.jurisdiction, office.office, on)
        if term.holds
    )
    return ClaimCard(
        id=id,
        article=claim.article,
        section=claim.section,
        locator=claim.locator,
        kind=claim.kind,
        text=claim.text,
        about=claim.about,
        attributed_to=claim.attributed_to,
        value=claim.value,
        unit=claim.unit,
        columns=claim.columns,
        time=claim.time,
        check=claim.check,
        sources=(
            store.one(Source, claim.article),
            *sources_of(store, claim.check, holders),
        ),
        as_of=on,
        holders=holders,
    )


def list_claims(
    store: Store,
    *,
    about: str | None = None,
    topic: str | None = None,
    article: str | None = None,
    status: str | None = None,
    kind: str | None = None,
) -> list[Claim]:
    """List claims in the order of the articles.

    Args:
        store: Where to look.
        about: Only claims about the record with this id (place, policy or stakeholder).
        topic: Only claims on the topic with this id.
        article: Only claims of this article: its id, its number (``000`` to ``004``), or a word
            of its title.
        status: Only claims whose check has this status.
        kind: Only claims of this kind.

    Raises:
        NotFoundError: No claim fits.
    """
    # Claims about an office ("the mayor") are claims about its place too, as on the place's card.
    subjects = {about, *offices_of(store, about)} if about else set()
    found = [
        c
        for c in (store.mentioning(Claim, *subjects) if subjects else store.all(Claim))
        if (
            not subjects
            or subjects.intersection((*c.about.jurisdictions, *c.about.policies, *c.about.topics))
            or subjects.intersection(c.about.stakeholders)
        )
        and (not topic or topic in c.about.topics)
        and (not article or _is_of(store, c, article))
        and (not status or c.check.status == status)
        and (not kind or c.kind == kind)
    ]
    if not found:
        raise NotFoundError("no claim in the store fits these filters")
    return found


def _is_of(store: Store, claim: Claim, article: str) -> bool:
    wanted = article.casefold()
    return (
        wanted in (claim.article, claim.id.split("-")[0])
        or wanted in store.one(Source, claim.article).title.casefold()
    )


def claim_view(card: ClaimCard, labels: Labels) -> Card:
    """Return the view of a claim: the statement, who says it where, the verdict and why."""
    where = Citation(id=card.article, locator=f"{card.section}: {card.locator}")
    lead = [
        Line((Piece(card.text, "strong"),)),
        Line((Piece(f"{card.section}, {card.locator}", "", (where,)),), label="Where"),
        Line(plain(card.attributed_to), label="Said by"),
    ]
    if card.columns:
        cells = " · ".join(f"{title}: {cell}" for title, cell in card.columns.items())
        lead.append(Line(plain(cells), label="Table row"))
    if card.time:
        lead.append(Line(plain(card.time), label="Time"))
    lead.append(
        Line(
            (
                Piece(card.check.status, card.check.status, card.check.sources),
                glue(f" {card.check.note}"),
            ),
            label="Record",
        )
    )
    if card.holders:
        lead.append(
            Line(
                join(
                    (
                        glue(f"{h.office} of {labels.place(h.jurisdiction)}: "),
                        holder_piece(h),
                    )
                    for h in card.holders
                ),
                label=f"On {card.as_of}",
            )
        )
    about = [
        *(labels.place(id) for id in card.about.jurisdictions),
        *(labels.policy(id) for id in card.about.policies),
        *(labels.stakeholder(id) for id in card.about.stakeholders),
        *(labels.topic(id) for id in card.about.topics),
    ]
    if about:
        lead.append(Line(plain(" · ".join(about)), label="About"))
    return Card(
        subject=card.id,
        title=f"Claim {card.id}",
        aside=" · ".join((card.kind, labels.article(card.article))),
        lead=tuple(lead),
        facts=_claim_facts(card, where),
        sections=(sources_section(card.sources),),
        sources=card.sources,
        sources_command=f"ice-facts claim {card.id} --section sources",
    )


def _claim_facts(card: ClaimCard, where: Citation) -> tuple[Fact, ...]:
    facts = [
        Fact("claim", card.kind, "", card.text, sources=(where,)),
        Fact("claim", "said-by", card.attributed_to),
        Fact("check", card.check.status, "", card.check.note, sources=card.check.sources),
    ]
    if card.value is not None:
        facts.append(
            Fact(
                "claim",
                "value",
                f"{card.value} {card.unit or ''}".strip(),
                sources=(where,),
            )
        )
    if card.time:
        facts.append(Fact("claim", "time", card.time))
    facts += [Fact("cell", title, cell, sources=(where,)) for title, cell in card.columns.items()]
    for key in ("jurisdictions", "policies", "stakeholders", "topics"):
        facts += [Fact("about", key, id) for id in getattr(card.about, key)]
    return tuple(facts)


def claims_listing(claims: Sequence[Claim], labels: Labels) -> ListView:
    """Return the view of a list of claims."""
    table = table_of(
        claims,
        (Column("id", "Id"), lambda c: c.id),
        (Column("status", "Record"), lambda c: Piece(c.check.status, c.check.status)),
        (Column("kind", "Kind"), lambda c: c.kind),
        (Column("text", "Claim"), lambda c: c.text),
        (Column("attributed_to", "Said by", data=True), lambda c: c.attributed_to),
        (Column("note", "Why"), lambda c: c.check.note),
        (Column("article", "Article", data=True), lambda c: c.article),
        (Column("section", "Section", data=True), lambda c: c.section),
        (Column("locator", "Locator", data=True), lambda c: c.locator),
        (Column("columns", "Table row", data=True), table_row),
        (Column("sources", "Sources", data=True), lambda c: Piece("", sources=c.check.sources)),
    )
    return ListView(
        f"Claims: {len(claims)}",
        table,
        ("'ice-facts claim ID' shows a claim with its sources.",),
    )


def ask_claims(
    session: Session,
    *,
    about: AboutOption = None,
    topic: Annotated[
        str | None,
        option("--topic", metavar="TOPIC", help="Only on this topic.", names=("topics",)),
    ] = None,
    article: Annotated[
        str | None,
        option(
            "--article", metavar="ARTICLE", help="Only of this article: number, id, title word."
        ),
    ] = None,
    status: Annotated[
        str | None, choice("--status", CheckStatus, "supported, contradicted, outdated, …")
    ] = None,
    kind: Annotated[str | None, choice("--kind", ClaimKind, "fact, position, table-row, …")] = None,
) -> Reply:
    """List claims."""
    subjects = (Jurisdiction, Policy, Stakeholder, Topic)
    rows = list_claims(
        session.store,
        about=resolve(session.store, about, subjects).id if about else None,
        topic=resolve(session.store, topic, (Topic,)).id if topic else None,
        article=article,
        status=status,
        kind=kind,
    )
    return Reply(rows, claims_listing)


ROOM = Room(claim_card, claim_view)


def claims_section(claims: Sequence[Claim], more: str, *, shown: int = 3) -> Section:
    """Return the section on the articles' claims: what fails the record first."""
    lines = []
    if claims:
        counts = [
            (Piece(f"{sum(c.check.status == status for c in claims)}\xa0{status}", status),)
            for status in STATUS_ORDER
            if any(c.check.status == status for c in claims)
        ]
        total: Cell = (
            glue(f"{len(claims)} claims: " if len(claims) > 1 else "1 claim: "),
            *join(counts, ", "),
        )
        lines.append(Line(total, label="Articles"))
        doubtful = [
            c for c in claims if c.check.status in ("contradicted", "outdated", "unverified")
        ]
        doubtful.sort(
            key=lambda c: (
                STATUS_ORDER.index(c.check.status),
                c.value is None,
                c.kind != "fact",
            )
        )
        lines.extend(
            Line(
                (
                    Piece(c.check.status, c.check.status),
                    glue(f": {c.text.rstrip('.')} ({c.id})"),
                    Piece("", sources=c.check.sources[:2]),
                )
            )
            for c in doubtful[:shown]
        )
    else:
        lines.append(Line(plain("no claim in the articles"), label="Articles"))
    facts = tuple(
        Fact(
            "claim",
            c.id,
            c.check.status,
            " ".join(
                part
                for part in (
                    f"{c.text.rstrip('.')}.",
                    f"Table row: {table_row(c)}." if c.columns else "",
                    f"Said by: {c.attributed_to}.",
                    f"Record: {c.check.note}" if c.check.note else "",
                )
                if part
            ),
            sources=(
                Citation(id=c.article, locator=f"{c.section}: {c.locator}"),
                *c.check.sources,
            ),
            label=c.id,
            tone=c.check.status,
        )
        for c in claims
    )
    return Section(
        "claims",
        f"What the articles say ({len(claims)})",
        facts,
        tuple(lines),
        more=more if claims else "",
    )


def table_row(claim: Claim) -> str:
    """Return a claim's row of an article's table, each cell after the title of its column."""
    return " | ".join(f"{title}: {cell}" for title, cell in claim.columns.items())
