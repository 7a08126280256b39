"""Claims: statements of the articles, checked against the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from msgspec.structs import asdict

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
from ice_facts.model.answers import Answer, filled
from ice_facts.resolve import resolve
from ice_facts.show.build import labelled, text_line, without_empty
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
from ice_facts.show.words import count_of
from ice_facts.store import Ids, Store
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
    named = store.many(Stakeholder, claim.about.stakeholders)
    holders = tuple(
        holder
        for who in named
        if who.office
        for holder in holders_of(store, who.office.jurisdiction, who.office.office, on)
        if holder.holds
    )
    return filled(
        ClaimCard,
        claim,
        sources=(store.one(Source, claim.article), *sources_of(store, claim.check, holders)),
        as_of=on,
        holders=holders,
    )


def claims_about(
    store: Store,
    *,
    jurisdiction: Ids = (),
    policy: Ids = (),
    stakeholder: Ids = (),
    topic: Ids = (),
) -> tuple[Claim, ...]:
    """Return the claims about some records, by the status of their checks."""
    claims = store.referring(
        Claim, jurisdiction=jurisdiction, policy=policy, stakeholder=stakeholder, topic=topic
    )
    return tuple(sorted(claims, key=lambda c: (STATUS_ORDER.index(c.check.status), c.id)))


def place_in_article(claim: Claim | ClaimCard) -> Citation:
    """Return where in its article a claim stands."""
    return Citation(id=claim.article, locator=f"{claim.section}: {claim.locator}")


def table_row(claim: Claim | ClaimCard, divider: str = " | ") -> str:
    """Return a claim's row of an article's table, each cell after the title of its column."""
    return divider.join(f"{title}: {cell}" for title, cell in claim.columns.items())


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
        article: Only claims of this article: its id, its number (``1`` or ``001``), or a word
            of its title.
        status: Only claims whose check has this status.
        kind: Only claims of this kind.

    Raises:
        NotFoundError: No claim fits.
    """
    from ice_facts.store.documents import having, where

    query = having(kind=kind)
    if topic:
        query &= where("about")["topics"].any([topic])
    if status:
        query &= where("check")["status"] == status
    claims = store.where(Claim, query)
    if about:
        # Claims about an office ("the mayor") are about its place too, as on the place's card.
        subjects = {about, *offices_of(store, about)}
        on_it = claims_about(
            store, jurisdiction=subjects, policy=subjects, stakeholder=subjects, topic=subjects
        )
        ids = {claim.id for claim in on_it}
        claims = [claim for claim in claims if claim.id in ids]
    if article:
        claims = [claim for claim in claims if _is_of(store, claim, article)]
        if not claims and not any(_is_of(store, c, article) for c in store.all(Claim)):
            listed = [f"{number}  {title}" for number, title in articles(store).items()]
            raise NotFoundError(f"no article is {article!r}", listed)
    if not claims:
        raise NotFoundError("no claim in the store fits these filters")
    return claims


def _is_of(store: Store, claim: Claim, article: str) -> bool:
    """Return True if a claim is of the article with an id, number or word of the title."""
    wanted = article.casefold()
    if wanted.isdecimal() and len(wanted) <= NUMBERED:
        return _number_of(claim) == wanted.zfill(NUMBERED)
    return wanted == claim.article or wanted in store.one(Source, claim.article).title.casefold()


NUMBERED = 3
"""So many digits has the number of an article, with which the ids of its claims begin."""


def _number_of(claim: Claim) -> str:
    return claim.id.split("-")[0]


def articles(store: Store) -> dict[str, str]:
    """Return the titles of the articles by their numbers."""
    first = {_number_of(claim): claim.article for claim in reversed(store.all(Claim))}
    return {n: store.one(Source, id).title for n, id in sorted(first.items())}


def claim_view(card: ClaimCard, labels: Labels) -> Card:
    """Return the view of a claim: the statement, its place, and its check against the record."""
    check = card.check
    holders = join(
        (glue(f"{h.office} of {labels.place(h.jurisdiction)}: "), holder_piece(h))
        for h in card.holders
    )
    about = [
        *(labels.place(id) for id in card.about.jurisdictions),
        *(labels.policy(id) for id in card.about.policies),
        *(labels.stakeholder(id) for id in card.about.stakeholders),
        *(labels.topic(id) for id in card.about.topics),
    ]
    where = Piece(f"{card.section}, {card.locator}", "", (place_in_article(card),))
    record = (Piece(check.status, check.status, check.sources), glue(f" {check.note}"))
    return Card(
        subject=card.id,
        title=f"Claim {card.id}",
        aside=" · ".join((card.kind, labels.article(card.article))),
        lead=without_empty(
            Line((Piece(card.text, "strong"),)),
            Line((where,), "Where"),
            text_line(card.attributed_to, "Said by"),
            text_line(table_row(card, " · "), "Table row"),
            text_line(card.time, "Time"),
            Line(record, "Record"),
            Line(holders, f"On {card.as_of}"),
            text_line(" · ".join(about), "About"),
        ),
        facts=_claim_facts(card),
        sections=(sources_section(card.sources),),
        sources=card.sources,
        sources_command=f"ice-facts claim {card.id} --section sources",
    )


def _claim_facts(card: ClaimCard) -> tuple[Fact, ...]:
    where = (place_in_article(card),)
    facts = [
        Fact("claim", card.kind, "", card.text, sources=where),
        Fact("claim", "said-by", card.attributed_to),
        Fact("check", card.check.status, "", card.check.note, sources=card.check.sources),
    ]
    if card.value is not None:
        value = f"{card.value} {card.unit or ''}".strip()
        facts.append(Fact("claim", "value", value, sources=where))
    if card.time:
        facts.append(Fact("claim", "time", card.time))
    facts += [Fact("cell", title, cell, sources=where) for title, cell in card.columns.items()]
    facts += [Fact("about", table, id) for table, ids in asdict(card.about).items() for id in ids]
    return tuple(facts)


def claims_section(claims: Sequence[Claim], more: str, *, shown: int = 3) -> Section:
    """Return the section on the articles' claims, those that fail the record first."""
    facts = tuple(
        Fact(
            "claim",
            c.id,
            c.check.status,
            _claim_text(c),
            sources=(place_in_article(c), *c.check.sources),
            label=c.id,
            tone=c.check.status,
        )
        for c in claims
    )
    cells = [_counts(claims), *_doubtful(claims, shown)] if claims else [plain(_NO_CLAIM)]
    return Section(
        "claims",
        f"What the articles say ({len(claims)})",
        facts,
        labelled("Articles", cells),
        more=more if claims else "",
    )


_NO_CLAIM = "no claim in the articles"


def _counts(claims: Sequence[Claim]) -> Cell:
    """Return how many claims there are, and how many have each status."""
    numbers: Counter[str] = Counter(c.check.status for c in claims)
    counts = (
        (Piece(f"{numbers[status]}\xa0{status}", status),)
        for status in STATUS_ORDER
        if numbers[status]
    )
    return (glue(f"{count_of(len(claims), 'claim')}: "), *join(counts, ", "))


def _doubtful(claims: Sequence[Claim], shown: int) -> list[Cell]:
    """Return the first claims that the record does not support, numbers and facts first."""
    found = [c for c in claims if c.check.status in ("contradicted", "outdated", "unverified")]
    found.sort(
        key=lambda c: (STATUS_ORDER.index(c.check.status), c.value is None, c.kind != "fact")
    )
    return [
        (
            Piece(c.check.status, c.check.status),
            glue(f": {c.text.rstrip('.')} ({c.id})"),
            Piece("", sources=c.check.sources[:2]),
        )
        for c in found[:shown]
    ]


def _claim_text(claim: Claim) -> str:
    parts = [f"{claim.text.rstrip('.')}."]
    if claim.columns:
        parts.append(f"Table row: {table_row(claim)}.")
    parts.append(f"Said by: {claim.attributed_to}.")
    if claim.check.note:
        parts.append(f"Record: {claim.check.note}")
    return " ".join(parts)


def claims_listing(claims: Sequence[Claim], labels: Labels) -> ListView:
    """Return the view of a list of claims."""
    table = table_of(
        claims,
        (Column("id", "Id"), lambda c: c.id),
        (Column("status", "Record"), lambda c: Piece(c.check.status, c.check.status)),
        (Column("kind", "Kind", spare=1), lambda c: c.kind),
        (Column("text", "Claim"), lambda c: c.text),
        (Column("attributed_to", "Said by", data=True), lambda c: c.attributed_to),
        (Column("note", "Why", spare=2), lambda c: c.check.note),
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
            "--article",
            metavar="ARTICLE",
            help="Only of this article: number, id, title word.",
            words=lambda: articles(Store()).items(),
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
