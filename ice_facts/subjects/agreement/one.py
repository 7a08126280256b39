"""One 287(g) agreement."""

from __future__ import annotations

from ice_facts.model import Agreement, Source
from ice_facts.model.answers import Answer
from ice_facts.show.build import cited, fact, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import Card, Line
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import sources_of


class AgreementCard(Answer, frozen=True, kw_only=True):
    """One 287(g) agreement with its sources."""

    agreement: Agreement
    sources: tuple[Source, ...]


def agreement_card(store: Store, id: str, on: str) -> AgreementCard:
    """Return one 287(g) agreement with the list that names it."""
    agreement = store.one(Agreement, id)
    return AgreementCard(agreement=agreement, sources=sources_of(store, agreement))


def agreement_view(card: AgreementCard, labels: Labels) -> Card:
    """Return the view of a 287(g) agreement."""
    agreement = card.agreement
    where = ", ".join(t for t in (agreement.place, agreement.county, agreement.state) if t)
    return Card(
        subject=agreement.id,
        title=agreement.agency,
        aside=f"287(g) agreement · {agreement.level}",
        lead=without_empty(
            text_line(where, "Where"),
            text_line(f"{agreement.model} model", "Model"),
            Line((cited(agreement.signed or "date not known", agreement),), "Signed"),
            text_line(agreement.document, "Document"),
            text_line(agreement.note, "Note"),
        ),
        facts=(
            fact(
                "agreement",
                agreement.model,
                agreement.agency,
                where,
                of=agreement,
                start=agreement.signed,
            ),
        ),
        sections=(sources_section(card.sources),),
        sources=card.sources,
    )


ROOM = Room(agreement_card, agreement_view)
