"""Rules on texts and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from ice_facts.model import Agreement, Source
from ice_facts.store import clean_text
from ice_facts.validate.tables import Problem, Tables, walk


def texts_are_clean(value: Any) -> Iterator[Problem]:
    """Texts of any JSON value have no control characters and no superfluous blanks."""
    for path, item in walk(value):
        texts = (item,) if isinstance(item, str) else item if isinstance(item, dict) else ()
        for text in texts:
            if not text.isprintable() and clean_text(text) != text:
                wrong = next(char for char in text if clean_text(char) != char)
                problem = f"holds the control character U+{ord(wrong):04X}"
                yield Problem(path, problem, "a text is one line without control characters")
            elif text != text.strip():
                yield Problem(path, "begins or ends with a blank", "take the blank away")
            elif "  " in text:
                yield Problem(path, "has two blanks in a row", "leave one of them")


def are_surely_clean(value: Any) -> bool:
    """Return True if no text of a JSON value can be unclean or empty, which is soon seen of most.

    In the compact form, a blank beside a quotation mark is the first or the last of a text.
    """
    text = msgspec.json.encode(value).decode()
    if "\\" in text or "  " in text or '" ' in text or ' "' in text or '""' in text:
        return False
    return text.isprintable()


def address_is_on_the_web(source: Source, tables: Tables) -> Iterator[Problem]:
    """The address of a source is a web address."""
    yield from _web_address("url", source.url)


def documents_are_on_the_web(agreement: Agreement, tables: Tables) -> Iterator[Problem]:
    """The addresses of a memorandum are web addresses."""
    yield from _web_address("document", agreement.document)
    yield from _web_address("addendum", agreement.addendum)


def _web_address(field: str, url: str | None) -> Iterator[Problem]:
    if url is None:
        return
    try:
        parts = urlsplit(url)
    except ValueError:  # such as half an IPv6 address
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or " " in url:
        yield Problem(field, "is not an http or https address", "write a whole address")
