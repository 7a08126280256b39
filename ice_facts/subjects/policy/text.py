"""The text of a law: which sources hold it, and where its official form stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from ice_facts.model import Policy, Source
from ice_facts.store import Store

_HOLDS = {
    "court decision": ("court opinion",),
    "court case": ("court opinion",),
    "statute": ("statute", "bill"),
    "ordinance": ("ordinance", "bill"),
    "resolution": ("ordinance", "bill"),
    "regulation": ("regulation",),
    "executive order": ("executive order",),
    "directive": ("executive order",),
}
"""Kinds of sources that can be the text of each kind of policy."""

_ABOUT = re.compile(
    r"\b(repeal|propos|quoting|citing|reprints|printed in|with the text|with [A-Z]+ \d|summary"
    r"|record|vote|amendment of|amendment \d|compar|changes to)",
    re.IGNORECASE,
)
"""Words in the titles of documents about a law, which are not its text."""

REPORTED = re.compile(r"\b(\d+) ((?:[A-Z][A-Za-z.]*\.?[ ]?)+?(?:\d[a-z]{1,2}\.?)?) (\d+)\b")
"""Where an opinion is reported: volume, reporter and page, as in 567 U.S. 387."""

_NUMBER = re.compile(r"[\w.:-]*\d[\w:-]*(?:\.\d[\w:-]*)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"[^\W\d_][\w'’-]+")
_EVERY_PARTY = frozenset(
    {"united", "states", "city", "county", "state", "new", "york", "district", "board", "house"}
    | {"department", "government", "attorney", "general", "court", "homeland", "security"}
    | {"the", "and", "of", "no", "et", "al", "in", "re", "ex", "rel", "people"}
)
"""Words that do not tell the parties of one case from those of another."""


def is_text_of(source: Source, policy: Policy) -> bool:
    """Return True if a source that a policy cites is the text of it.

    It is of a fitting kind, and its title has the policy's number. An opinion is of the same
    case, and of the day of the decision or in the volume of reports that the citation names: a
    case has more opinions than one.
    """
    if source.kind not in _HOLDS.get(policy.kind, ()):
        return False
    if source.kind == "court opinion":
        case, title = _case(policy.title), _case(source.title)
        if case != title and not _parties(case) & _parties(title):
            return False
        if reported := REPORTED.search(source.title):
            return reported[0] in (policy.citation or "")
        return source.published in (None, policy.enacted)
    if _ABOUT.search(source.title) and policy.status not in ("proposed", "pending", "failed"):
        return False
    names = (policy.title, policy.short, *policy.aliases, policy.citation or "")
    known = {number for name in names for number in _numbers(name)}
    return any(number in known for number in _numbers(source.title))


def _case(title: str) -> str:
    return re.split(r"[,(]", title.casefold())[0].strip()


def _parties(case: str) -> set[str]:
    return {name.casefold() for name in _NAME.findall(case)} - _EVERY_PARTY


def _numbers(text: str) -> Iterator[str]:
    for found in _NUMBER.findall(text):
        number = found.casefold()
        if not _YEAR.fullmatch(number):
            yield number
            first, _, last = number.rpartition("-")
            if first.partition(".")[0] == last.partition(".")[0]:  # a range: 7284-7284.12
                yield from (first, last)


def texts_of(store: Store, policy: Policy) -> list[Source]:
    """Return the sources of a policy that are its text, those at official addresses first."""
    cited = dict.fromkeys(citation.id for citation in policy.sources)
    found = [s for s in store.many(Source, cited) if is_text_of(s, policy)]
    return sorted(found, key=lambda source: not is_official(source.url))


def law_of(store: Store, source: Source) -> Policy | None:
    """Return the policy whose text a source is; None if it is none's, or that of several."""
    if not any(source.kind in kinds for kinds in _HOLDS.values()):
        return None
    found = [p for p in store.referring(Policy, source=source.id) if is_text_of(source, p)]
    return found[0] if len(found) == 1 else None


_OFFICIAL = re.compile(
    r"(?:.*\.)?(?:[\w-]+\.(?:gov|mil)|state\.[a-z]{2}\.us|ci\.[\w-]+\.[a-z]{2}\.us|legistar\.com"
    r"|codelibrary\.amlegal\.com|library\.municode\.com|cityofnewyork\.us|federalregister\.gov)"
)
"""Hosts of governments, and of those who publish the records and codes of cities for them."""


def is_official(url: str | None) -> bool:
    """Return True if an address is one at which the law is published officially.

    >>> is_official("https://leginfo.legislature.ca.gov/faces/x"), is_official("https://vlex.com/x")
    (True, False)
    """
    return _OFFICIAL.fullmatch(urlsplit(url or "").hostname or "") is not None


_GOVINFO = "https://www.govinfo.gov/link"
_ADDRESSES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"\b(\d+) U\.?S\.?C\.? (?:§+ ?)?(\d+[a-z]?)\b"), f"{_GOVINFO}/uscode/{{}}/{{}}"),
    (re.compile(r"\bPub\. L\. (1(?:0[4-9]|[1-9]\d))-(\d+)"), f"{_GOVINFO}/plaw/{{}}/public/{{}}"),
    (
        re.compile(r"\b(\d+) C\.?F\.?R\.? (?:§+ ?)?(\d+)\.(\d+)"),
        f"{_GOVINFO}/cfr/{{}}/{{}}?sectionnum={{}}",
    ),
    (re.compile(r"\b(\d+) (?:FR|Fed\. Reg\.) (\d[\d,]*)"), f"{_GOVINFO}/fr/{{}}/{{}}"),
)
"""Federal citations and the addresses under which GPO's link service has what they name."""


def address_of(policy: Policy, texts: Sequence[Source]) -> str | None:
    """Return the official address of a law, or None.

    It is that of a text which was read there and is what the citation begins with; else, for a
    federal law, the one that its citation names; else that of any of its texts.
    """
    citation = policy.citation or ""
    begin = set(_numbers(re.split(r"[;,(]", citation)[0]))
    official = [source for source in texts if is_official(source.url)]
    for source in official:
        if begin & set(_numbers(source.title)):
            return source.url
    is_federal = policy.jurisdiction == "united-states" and policy.kind in _NAMED_BY_CITATION
    named = official_address(citation) if is_federal else None
    return named or next((source.url for source in official), None)


_NAMED_BY_CITATION = ("statute", "regulation", "executive order")


def official_address(citation: str) -> str | None:
    """Return the official address of a federal law that is cited, as far as its form tells it.

    >>> official_address("8 U.S.C. § 1373; Pub. L. 104-208, div. C, title VI, § 642")
    'https://www.govinfo.gov/link/uscode/8/1373'
    >>> official_address("Gov. Code secs. 7284-7284.12")
    """
    found = [
        (match.start(), address.format(*(part.replace(",", "") for part in match.groups())))
        for pattern, address in _ADDRESSES
        if (match := pattern.search(citation))
    ]
    return min(found)[1] if found else None
