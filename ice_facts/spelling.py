"""Forms in which names and texts are compared: without case, accents and punctuation."""

from __future__ import annotations

import re

_ARTICLES = r"^(?:the )?(?:(?:city|county|state|parish|town|borough) of )?(?:the )?"
_SUFFIX = r" (?:city|county|state|parish|borough)$"
_WORD = r"[^\W_]+"


def words_of(text: str) -> str:
    """Return a text in lower case, without accents, its words divided by one blank.

    >>> words_of("San José, Calif. 287(g)")
    'san jose calif 287 g'
    """
    if not text.isascii():
        import unicodedata

        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    return " ".join(re.findall(_WORD, text.casefold()))


def key_of(text: str) -> str:
    """Return the form in which names are compared: letters and digits only.

    >>> key_of("SB 54") == key_of("s.b.54") == "sb54"
    True
    """
    return words_of(text).replace(" ", "")


def bare_key_of(text: str) -> str:
    """Return `key_of` without "city of", "county", "state" and their like.

    >>> bare_key_of("City of New York"), bare_key_of("Cook County")
    ('newyork', 'cook')
    """
    words = words_of(text)
    return (without_kind(re.sub(_ARTICLES, "", words)) or words).replace(" ", "")


def without_kind(text: str) -> str:
    """Return a name in lower case without "county", "city" and their like at its end."""
    return re.sub(_SUFFIX, "", text)
