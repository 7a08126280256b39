"""ClaimReview: what schema.org has words for, and nothing that is not on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import AS_OF, Run

CLASSES = {
    "ClaimReview": "Review",
    "Review": "CreativeWork",
    "Claim": "CreativeWork",
    "NewsArticle": "Article",
    "Report": "Article",
    "Article": "CreativeWork",
    "Dataset": "CreativeWork",
    "Legislation": "CreativeWork",
    "WebPage": "CreativeWork",
    "CreativeWork": "Thing",
    "Rating": "Intangible",
    "Intangible": "Thing",
    "Organization": "Thing",
    "Thing": "",
}
"""Classes of schema.org that are used, each with the one above it (schema.org 30.0)."""

PROPERTIES = {
    "identifier": ("Thing",),
    "name": ("Thing",),
    "url": ("Thing",),
    "alternateName": ("Thing",),
    "claimReviewed": ("ClaimReview",),
    "itemReviewed": ("AggregateRating", "Review"),
    "reviewRating": ("Review",),
    "reviewBody": ("Review",),
    "ratingExplanation": ("Rating",),
    "appearance": ("Claim",),
    "author": ("CreativeWork", "Rating"),
    "citation": ("CreativeWork",),
    "hasPart": ("CreativeWork",),
    "publisher": ("CreativeWork", "FinancialIncentive"),
    "datePublished": ("Certification", "CreativeWork"),
    "creditText": ("CreativeWork",),
    "text": ("CreativeWork",),
    "pagination": ("Article", "PublicationIssue", "PublicationVolume"),
}
"""Properties that are used, each with the classes that have it (schema.org 30.0)."""


def above(cls: str) -> Iterator[str]:
    while cls:
        yield cls
        cls = CLASSES[cls]


def things(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from things(item)
    elif isinstance(value, list):
        for item in value:
            yield from things(item)


def test_every_claim_says_only_what_the_vocabulary_has(run: Run) -> None:
    claims = run("claims", "-f", "json").json()
    made = run("claim", *(c["id"] for c in claims), "-f", "jsonld", "--as-of", AS_OF).json()

    assert made["@context"] == "https://schema.org"
    assert len(made["@graph"]) == len(claims)
    for thing in things(made):
        for name in thing.keys() - {"@type", "@context"}:
            assert set(above(thing["@type"])) & set(PROPERTIES[name]), (thing["@type"], name)
            assert thing[name] not in ("", None, [], {})
    for claim, review in zip(claims, made["@graph"], strict=True):
        assert review["claimReviewed"] == claim["text"]
        assert review["reviewRating"]["alternateName"] == claim["check"]["status"]
        assert "ratingValue" not in review["reviewRating"]
        cited = [
            work["hasPart"]["name"] for work in review.get("citation", []) if "hasPart" in work
        ]
        assert cited == [s["locator"] for s in claim["check"]["sources"] if s["locator"]]


def test_one_claim_is_one_object_and_a_file_is_named_by_its_ending(
    tmp_path: Path, run: Run
) -> None:
    one = run("claim", "001-22", "-f", "jsonld").json()
    assert one["@type"] == "ClaimReview"
    assert one["itemReviewed"]["appearance"]["url"].startswith("https://")

    run("claim", "001-22", "-o", str(tmp_path / "x.jsonld"))
    assert '"ClaimReview"' in (tmp_path / "x.jsonld").read_text(encoding="utf-8")


@pytest.mark.parametrize("question", [("city", "chicago"), ("claims",), ("search", "ice")])
def test_other_answers_have_no_such_form(question: tuple[str, ...], run: Run) -> None:
    found = run(*question, "-f", "jsonld")
    assert (found.code, found.stdout) == (2, "")
    assert "claims only" in found.stderr
