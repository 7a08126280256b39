"""Citations in the forms that reference managers read, and as plain text.

The three formats are a few tagged lines each; the libraries for them bring a parser, and one of
them spoils addresses on writing. The tests read what is written here with such libraries.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import msgspec

from ice_facts.across.cite import CitedSource, ReadAt
from ice_facts.ask import Reply
from ice_facts.errors import UsageError
from ice_facts.subjects.policy.text import REPORTED


class _Type(NamedTuple):
    """What a kind of source is in BibLaTeX, RIS and CSL, and BibLaTeX's field for its publisher."""

    bibtex: str
    ris: str
    csl: str
    publisher: str = "organization"
    law: bool = False


_LAW = _Type("legislation", "STAT", "legislation", law=True)
_ORDER = _Type("legislation", "LEGAL", "regulation", law=True)
_PAGE = _Type("online", "ELEC", "webpage")

_TYPES = {
    "statute": _LAW,
    "ordinance": _LAW,
    "regulation": _ORDER,
    "executive order": _ORDER,
    "bill": _Type("legislation", "BILL", "bill", law=True),
    "court opinion": _Type("jurisdiction", "CASE", "legal_case", law=True),
    "news": _Type("article", "NEWS", "article-newspaper", "journaltitle"),
    "report": _Type("report", "RPRT", "report", "institution"),
    "dataset": _Type("dataset", "DATA", "dataset", "publisher"),
    "agreement": _Type("misc", "GEN", "document"),
}
"""Kinds that are not simply a page on the web."""


def render_citations(reply: Reply, style: str, *, ascii: bool = False) -> str:
    """Return the cited sources of a reply in one of the citation styles.

    Args:
        reply: A reply of ``cite``.
        style: One of the citation styles.
        ascii: In ASCII only: CSL-JSON by escapes, the others by letters without accents.

    Raises:
        UsageError: The reply is not one of ``cite``.
    """
    data = list(reply.data)
    cited = [result for result in data if isinstance(result, CitedSource)]
    if len(cited) != len(data):
        raise UsageError(
            f"the style {style} is for citations only", ["ice-facts cite NAME gives them"]
        )
    if style == "csl":
        if ascii:
            return json.dumps([_csl(source) for source in cited], indent=2) + "\n"
        items = msgspec.json.encode([_csl(source) for source in cited])
        return msgspec.json.format(items, indent=2).decode() + "\n"
    form = {"bibtex": _bibtex, "ris": _ris}.get(style, _text)
    divider = "" if style == "text" and not any(source.facts for source in cited) else "\n"
    text = divider.join(form(source) for source in cited)
    if not ascii:
        return text
    from ice_facts.render.theme import to_ascii

    return to_ascii(text)


def _type_of(source: CitedSource) -> _Type:
    return _TYPES.get(source.kind, _PAGE)


def _note(source: CitedSource) -> str:
    """Return the citation of a law, where the facts are written, and where it was read."""
    parts = [source.citation or "", "; ".join(source.locators), _reading(source)]
    return ". ".join(part for part in parts if part)


def _reading(source: CitedSource) -> str:
    """Return at which other addresses a law was read, or that a source was not read."""
    if source.read_at:
        return f"Read at: {'; '.join(map(_copy, source.read_at))}"
    return "" if source.read else "not read"


def _copy(text: ReadAt) -> str:
    dated = f"{text.publisher}, {text.read or 'not read'}"
    return f"{_escaped(text.url)} ({dated})" if text.url else dated


_CODE = re.compile(r"(\d+) (U\.?S\.?C|C\.?F\.?R)\.? (?:§+ ?)?(\d[\w.]*)")
_PUBLIC_LAW = re.compile(r"Pub\. L\. [\d-]+")


class _Parts(NamedTuple):
    """The parts of a legal citation: volume, reporter or code, page or section, and number."""

    volume: str = ""
    container: str = ""
    page: str = ""
    section: str = ""
    number: str = ""


def _parts(source: CitedSource) -> _Parts:
    """Return the parts of the citation of a law, as far as its form tells them."""
    citation = source.citation or ""
    if source.kind == "court opinion":
        found = REPORTED.search(citation)
        docket = re.search(r"\bNos?\. ([\w:.-]+\d)", citation)
        return _Parts(*found.groups()) if found else _Parts(number=docket[1] if docket else "")
    public_law = _PUBLIC_LAW.search(citation)
    number = public_law[0] if public_law else ""
    if code := _CODE.match(citation):
        volume, name, section = code.groups()
        name = "U.S.C." if name.startswith("U") else "C.F.R."
        return _Parts(volume, name, section=section, number=number)
    return _Parts(number=number or (citation if source.kind == "bill" else ""))


def _supports(source: CitedSource) -> list[str]:
    """Return what the source supports, a line for each fact."""
    return [
        f"{fact.table} {fact.id}: {fact.fact}" + (f" ({fact.locator})" if fact.locator else "")
        for fact in source.facts
    ]


_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)


def _bibtex(source: CitedSource) -> str:
    kind, parts = _type_of(source), _parts(source)
    fields = {
        # The inner braces keep names and abbreviations as they are written.
        "title": "{" + source.title.translate(_LATEX) + "}",
        kind.publisher: "{" + source.publisher.translate(_LATEX) + "}",
        "type": source.kind if kind is _PAGE and source.kind != "agency page" else "",
        "journaltitle": parts.container if kind.law else "",
        "volume": parts.volume,
        "pages": parts.page or parts.section,
        "number": parts.number.translate(_LATEX),
        "date": source.published or "",
        "url": _address(source).replace("{", "%7B").replace("}", "%7D"),
        "urldate": source.read or "",
        "note": _note(source).translate(_LATEX),
        "annotation": " / ".join(_supports(source)).translate(_LATEX),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind.bibtex}{{{_key(source.id)},\n{lines}}}\n"


def _key(id: str) -> str:
    """Return an id as a key of BibTeX, which ends at braces, commas and blanks.

    Ids of a store without defects are slugs and stay as they are.
    """
    return re.sub(r"[^A-Za-z0-9._:+/-]+", "-", id) or "source"


def _ris(source: CitedSource) -> str:
    published, parts = source.published or "", _parts(source)
    lines = [
        ("TY", _type_of(source).ris),
        ("ID", source.id),
        ("TI", source.title),
        ("PB", source.publisher),
        ("M3", source.kind),
        ("T2", parts.container),
        ("VL", parts.volume),
        ("SP", parts.page),
        ("SE", parts.section),
        ("M1", parts.number),
        ("PY", published[:4]),
        ("DA", _ris_date(published)),
        ("UR", _address(source)),
        ("Y2", _ris_date(source.read or "")),
        ("N1", _note(source)),
        *(("N1", f"Supports {line}") for line in _supports(source)),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def _ris_date(partial: str) -> str:
    """Return a partial date in the form YYYY/MM/DD/, with empty places for what is not known."""
    parts = partial.split("-") if partial else []
    return "/".join((*parts, "", "", "")[:3]) + "/" if parts else ""


def _csl(source: CitedSource) -> dict[str, Any]:
    kind = _type_of(source)
    item: dict[str, Any] = {"id": source.id, "type": kind.csl, "title": source.title}
    if kind.csl == "legal_case":
        item["authority"] = source.publisher
    elif kind.csl == "article-newspaper":
        item["container-title"] = source.publisher
    else:
        item["publisher"] = source.publisher
    item["genre"] = source.kind
    parts = _parts(source)
    named = {
        "container-title": parts.container,
        "volume": parts.volume,
        "page": parts.page,
        "section": parts.section,
        "number": parts.number,
    }
    item |= {name: value for name, value in named.items() if value}
    if source.published:
        item["issued"] = _csl_date(source.published)
    if source.read:
        item["accessed"] = _csl_date(source.read)
    if source.url:
        item["URL"] = _address(source)
    if _note(source):
        item["note"] = _note(source)
    if source.facts:
        item["annote"] = "\n".join(f"Supports {line}" for line in _supports(source))
    return item


def _csl_date(partial: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in partial.split("-")]]}


def _text(source: CitedSource) -> str:
    """Return a citation in one line: a law as lawyers cite it, else by publisher and title."""
    if source.policy == source.id:
        parts = [f"{_legal(source)}.", f"{source.published}." if source.published else ""]
    elif _type_of(source).law:
        parts = [f"{_legal(source)}.", f"{source.publisher}.", f"{source.published or 'Undated'}."]
    else:
        ended = source.title.endswith((".", "?", "!"))
        title = f"“{source.title}”" if ended else f"“{source.title}.”"
        parts = [f"{source.publisher}.", title, f"{source.published or 'Undated'}."]
    parts.append(_address(source))
    parts.append(f"(read {source.read})." if source.read else "")
    if reading := _reading(source):
        parts.append(f"{reading}." if source.read_at else f"({reading}).")
    if source.locators:
        parts.append(f"At: {'; '.join(source.locators)}.")
    line = " ".join(part for part in parts if part)
    return "\n".join([line, *(f"  supports {fact}" for fact in _supports(source))]) + "\n"


def _legal(source: CitedSource) -> str:
    """Return a law as it is cited: its citation, after its title where that says more."""
    if not source.citation:
        return source.title.rstrip(".")
    title, citation = source.title.rstrip("."), source.citation.rstrip(".")
    if _plain(title) in _plain(citation):
        return citation
    begin = _plain(re.split(r"[;(]", citation)[0])
    if source.policy == source.id:
        return citation if begin in _plain(title) else f"{title}, {citation}"
    return title if begin in _plain(title) else f"{title}. {citation}"


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _address(source: CitedSource) -> str:
    return _escaped(source.url or "")


def _escaped(url: str) -> str:
    """Return an address without blanks, which would end it."""
    return url.replace(" ", "%20")
