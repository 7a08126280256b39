"""How tones look on a terminal, and the ASCII form of what is drawn."""

from __future__ import annotations

import unicodedata

from ice_facts.vocabulary import COOPERATING, RESTRICTING, SYMBOLS

# Colour only supports the word and the symbol that always stand there as well. These of the 256
# colours have a contrast of at least 4 to 1 on black and on white; a terminal with 16 colours gets
# the nearest of its own. The two directions of rules are blue and orange, as on the maps: a pair
# that everybody can tell apart and that does not say good or bad. Positions have no colour, since
# a supporter of one policy wants what an opponent of another wants.
_CRIMSON, _ORANGE, _BLUE, _GREEN, _VIOLET, _TEAL = 161, 130, 31, 28, 98, 30
_SIXTEEN = {
    _CRIMSON: "red",
    _ORANGE: "yellow",
    _BLUE: "blue",
    _GREEN: "green",
    _VIOLET: "magenta",
    _TEAL: "cyan",
}
_COLOURS = {
    **dict.fromkeys(RESTRICTING, _BLUE),
    **dict.fromkeys(COOPERATING, _ORANGE),
    "supported": _GREEN,
    "contradicted": _CRIMSON,
    "outdated": _VIOLET,
    "unverified": _TEAL,
    "command": _TEAL,
}
_PLAIN = {
    "silent": "dim",
    "unknown": "dim",
    "not-checkable": "dim",
    "strong": "bold",
    "match": "bold",
    "muted": "dim",
}


def styles(palette: int) -> dict[str, str]:
    """Return the Rich style of every tone for a terminal with 16 or 256 colours."""
    coloured = {
        tone: f"color({number})" if palette == 256 else _SIXTEEN[number]
        for tone, number in _COLOURS.items()
    }
    return coloured | _PLAIN


def symbol(tone: str, *, ascii: bool) -> str:
    """Return the symbol of a stance or status; empty for other tones."""
    return SYMBOLS[tone][ascii] if tone in SYMBOLS else ""


_ASCII = str.maketrans(
    "─━│┃·–—‘’“”…§×■□○◐●◁▷◆≠→•½",
    "--||---''\"\".Sx#%o0@<>&!>*?",
)


def to_ascii(text: str) -> str:
    """Return a text in ASCII, character by character, so that columns stay where they are."""
    text = text.translate(_ASCII)
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    first = unicodedata.normalize("NFKD", character)[0]
    wide = unicodedata.east_asian_width(character) in "WF"
    return first if first.isascii() and not wide else "??" if wide else "?"
