"""Claims as schema.org ClaimReview, in JSON-LD.

The verdict is the stored one, in its own word; there is no number for it, which would rank what
has no rank. What nobody recorded (who writes the article, on which day a claim was checked) is
left out.
"""

from __future__ import annotations

from typing import Any

import msgspec

from ice_facts.ask import Reply
from ice_facts.errors import UsageError
from ice_facts.model import Source
from ice_facts.subjects.claim import ClaimCard

CONTEXT = "https://schema.org"

_TYPES = {
    "article": "Article",
    "news": "NewsArticle",
    "report": "Report",
    "dataset": "Dataset",
    "statute": "Legislation",
    "ordinance": "Legislation",
    "regulation": "Legislation",
    "executive order": "Legislation",
    "bill": "Legislation",
    "agency page": "WebPage",
}
"""What a kind of source is in schema.org; all others are a CreativeWork."""


def render_claim_reviews(reply: Reply) -> str:
    """Return the claims of a reply as JSON-LD: one object, or a graph of several.

    Raises:
        UsageError: The reply is not one of ``claim``.
    """
    answers = list(reply.data)
    cards = [answer for answer in answers if isinstance(answer, ClaimCard)]
    if len(cards) != len(answers):
        raise UsageError("jsonld is for claims only", ["ice-facts claim ID -f jsonld"])
    reviews = [_review(card) for card in cards]
    if reply.single:
        made = {"@context": CONTEXT, **reviews[0]}
    else:
        made = {"@context": CONTEXT, "@graph": reviews}
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def _review(card: ClaimCard) -> dict[str, Any]:
    sources = {source.id: source for source in card.sources}
    claim: dict[str, Any] = {"@type": "Claim", "text": card.text}
    if card.attributed_to != "article":
        claim["creditText"] = card.attributed_to
    claim["appearance"] = {
        **_work(sources[card.article]),
        "pagination": f"{card.section}, {card.locator}",
    }
    check = card.check
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "identifier": card.id,
        "claimReviewed": card.text,
        "itemReviewed": claim,
        "author": {"@type": "Organization", "name": "ice-facts"},
        "reviewRating": {"@type": "Rating", "alternateName": check.status},
    }
    if check.note:
        review["reviewRating"]["ratingExplanation"] = check.note
        review["reviewBody"] = check.note
    if check.sources:
        review["citation"] = [
            _work(sources[citation.id])
            | (
                {"hasPart": {"@type": "CreativeWork", "name": citation.locator}}
                if citation.locator
                else {}
            )
            for citation in check.sources
        ]
    return review


def _work(source: Source) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@type": _TYPES.get(source.kind, "CreativeWork"),
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
    }
    if source.url:
        made["url"] = source.url
    if source.published:
        made["datePublished"] = source.published
    return made
