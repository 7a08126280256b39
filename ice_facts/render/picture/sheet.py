"""A sheet on which pictures are drawn: SVG of plain shapes and real texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple
from zlib import crc32

from ice_facts.render.picture.font import CAPITALS, FAMILIES, SIGNS, font, width_of
from ice_facts.render.picture.signs import sign_shape
from ice_facts.show.words import printable

WIDTH, HEIGHT = 1280, 720
"""Size of a picture in pixels of its own: 16 to 9, as slides are."""

_HATCH = 11
"""How far slanted lines are apart, in pixels from left to right."""

INK, GREY, PALE = "#111111", "#454545", "#D9D9D9"


class Box(NamedTuple):
    """A part of a sheet, in pixels from its top left."""

    left: float
    top: float
    right: float
    bottom: float


class Sheet:
    """Collects shapes, and returns them as one SVG document."""

    def __init__(self) -> None:
        self._shapes: list[str] = []
        self._definitions: dict[str, str] = {}
        self._texts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        anchor: str = "start",
        fill: str = INK,
        halo: str = "",
    ) -> float:
        """Write one line of text and return its width in pixels.

        Args:
            x: Where it starts, or its middle or end, as the anchor says.
            y: The line on which it stands.
            words: What to write.
            size: Its size in pixels.
            bold: Whether it is bold.
            anchor: ``start``, ``middle`` or ``end``.
            fill: The colour.
            halo: The colour of a rim around the letters, on patterns.
        """
        words = " ".join(printable(words).split())  # no-break spaces, too: it is one line
        if not words:
            return 0.0
        wide = width_of(words, size, bold=bold)
        self._texts.append(words)
        if any(sign in words for sign in SIGNS):
            left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            for part in re.split(f"([{SIGNS}])", words):
                at = (
                    left
                    + width_of(part, size, bold=bold)
                    - width_of(part.lstrip(), size, bold=bold)
                )
                if part in tuple(SIGNS):
                    self._shapes.append(sign_shape(part, left, y, size, fill))
                elif part.strip():
                    self._letters(at, y, part.strip(), size, bold, "start", fill, halo)
                left += width_of(part, size, bold=bold)
        else:
            self._letters(x, y, words, size, bold, anchor, fill, halo)
        return wide

    def _letters(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        bold: bool,
        anchor: str,
        fill: str,
        halo: str,
    ) -> None:
        wide = width_of(words, size, bold=bold)
        # The length is set, so that no other font than ours runs out of its place.
        about = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}"'
        about += f' textLength="{_n(wide)}" lengthAdjust="spacingAndGlyphs"'
        about += ' font-weight="bold"' if bold else ""
        about += f' text-anchor="{anchor}"' if anchor != "start" else ""
        if halo:
            about += f' stroke="{halo}" stroke-width="4" stroke-linejoin="round"'
            about += ' paint-order="stroke"'
        self._shapes.append(f"<text {about}>{escape(words, quote=False)}</text>")

    def line(
        self, points: Iterable[tuple[float, float]], colour: str, **style: float | str
    ) -> None:
        """Draw a line through points; ``style`` has SVG attributes with _ for their hyphens."""
        drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._shapes.append(
            f'<polyline points="{drawn}" fill="none" stroke="{colour}"{_a(style)}/>'
        )

    def rect(self, box: Box, fill: str, **style: float | str) -> None:
        """Draw a rectangle."""
        left, top, right, bottom = box
        place = f'x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}"'
        place += f' height="{_n(bottom - top)}"'
        self._shapes.append(f'<rect {place} fill="{fill}"{_a(style)}/>')

    def dot(self, x: float, y: float, radius: float, fill: str, **style: float | str) -> None:
        """Draw a disc."""
        place = f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"'
        self._shapes.append(f'<circle {place} fill="{fill}"{_a(style)}/>')

    def hatch(self, box: Box, colour: str, thick: float) -> None:
        """Draw slanted lines, ``thick`` pixels wide, in a rectangle.

        Separate lines are drawn much faster than a pattern, and all programs draw them alike.
        """
        left, top, right, bottom = box
        drawn = []
        # On every line x and y have one sum; lines of all rectangles go on in one another.
        place = (left + top) // _HATCH * _HATCH + _HATCH
        while place < right + bottom:
            low, high = max(left, place - bottom), min(right, place - top)
            drawn.append(f"M{_n(low)} {_n(place - low)}L{_n(high)} {_n(place - high)}")
            place += _HATCH
        if drawn:
            path = "".join(drawn)
            self._shapes.append(f'<path d="{path}" stroke="{colour}" stroke-width="{_n(thick)}"/>')

    def halves(self, upper: str, lower: str) -> str:
        """Return a fill that is of one colour at the top left and of another at the right."""
        name = f"halves{upper}{lower}".replace("#", "-")
        stops = (("0", upper), ("0.5", upper), ("0.5", lower), ("1", lower))
        drawn = "".join(f'<stop offset="{at}" stop-color="{hue}"/>' for at, hue in stops)
        self._definitions[name] = (
            f'<linearGradient id="{name}" x1="0" y1="0" x2="1" y2="1">{drawn}</linearGradient>'
        )
        return f"url(#{name})"

    def own_font(self) -> bool:
        """Return True if the font of pictures has all characters that are written."""
        both = (font(), font(bold=True))
        return all(f.has(text) for text in self._texts for f in both)

    def document(self, title: str, words: str) -> str:
        """Return the sheet as an SVG document.

        Args:
            title: The name of the picture.
            words: What is seen, for those who do not see it.
        """
        title, words = (escape(printable(text), quote=False) for text in (title, words))
        # Ids must differ where several pictures stand on one page, and not from day to day.
        name = f"picture-{crc32(f'{title}{words}'.encode('utf-8', 'replace')):08x}"
        inside = "\n".join((f"<defs>{''.join(self._definitions.values())}</defs>", *self._shapes))
        for pattern in self._definitions:
            inside = inside.replace(f'id="{pattern}"', f'id="{name}-{pattern}"')
            inside = inside.replace(f"url(#{pattern})", f"url(#{name}-{pattern})")
        return _DOCUMENT.format(
            width=WIDTH, height=HEIGHT, name=name, families=FAMILIES,
            title=title, words=words, inside=inside,
        )  # fmt: skip


_DOCUMENT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" \
height="{height}" role="img" aria-labelledby="{name}-title {name}-words" \
font-family="{families}">
<title id="{name}-title">{title}</title>
<desc id="{name}-words">{words}</desc>
<metadata>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<rdf:Description rdf:about="">
<dc:title>{title}</dc:title>
<dc:creator>ice-facts</dc:creator>
<dc:description>{words}</dc:description>
<dc:format>image/svg+xml</dc:format>
</rdf:Description>
</rdf:RDF>
</metadata>
<rect width="{width}" height="{height}" fill="#ffffff"/>
{inside}
</svg>
"""


def middle(y: float, size: float) -> float:
    """Return the line on which text of a size stands so that its digits are centred on y."""
    return y + size * CAPITALS / 2


def _n(number: float) -> str:
    """Return a length in as few digits as a picture needs."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _a(style: dict[str, float | str]) -> str:
    return "".join(f' {key.replace("_", "-")}="{value}"' for key, value in style.items())


def rgb(colour: str) -> Sequence[int]:
    """Return red, green and blue of a colour like ``#0072B2``, from 0 to 255."""
    return tuple(bytes.fromhex(colour[1:]))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21."""
    light, dark = sorted(map(_luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (c / 255 for c in rgb(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(ground: str) -> str:
    """Return the colour, dark or white, in which letters on a ground are best read."""
    return max((INK, "#ffffff"), key=lambda ink: contrast(ink, ground))
