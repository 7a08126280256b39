"""Reading pictures of charts and maps in the tests: their texts, and where these stand."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from ice_facts.render.picture.font import width_of

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"
WIDTH, HEIGHT = 1280, 720


@dataclass(frozen=True)
class Label:
    """A text of a picture, and the rectangle that its letters fill."""

    words: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Label) -> bool:
        """Return True if the letters of two texts are on one another."""
        apart = self.right <= other.left or other.right <= self.left
        return not apart and self.top < other.bottom and other.top < self.bottom

    @property
    def inside(self) -> bool:
        """Whether it is on the sheet."""
        return self.left >= 0 and self.right <= WIDTH and self.top >= 0 and self.bottom <= HEIGHT


class Picture:
    """An SVG picture.

    Args:
        svg: The document.
    """

    def __init__(self, svg: bytes) -> None:
        self.root = ElementTree.fromstring(svg)

    def all(self, tag: str) -> list[ElementTree.Element]:
        """Return all elements of a kind."""
        return list(self.root.iter(SVG + tag))

    @property
    def labels(self) -> list[Label]:
        """All texts, measured with the font in which they are drawn."""
        return [_label(element) for element in self.all("text")]

    @property
    def words(self) -> list[str]:
        """All texts."""
        return [label.words for label in self.labels]

    def meeting(self) -> list[tuple[str, str]]:
        """Return the pairs of texts that are written over one another."""
        labels = self.labels
        return [
            (one.words, other.words)
            for n, one in enumerate(labels)
            for other in labels[n + 1 :]
            if one.meets(other)
        ]

    def points(self) -> list[list[tuple[float, float]]]:
        """Return the points of every line of data: those that are thicker than axes."""
        return [
            [
                (float(x), float(y))
                for x, y in (pair.split(",") for pair in line.get("points", "").split())
            ]
            for line in self.all("polyline")
            if float(line.get("stroke-width", "1")) >= 3
        ]

    def hollow(self) -> list[tuple[float, float]]:
        """Return the middles of hollow marks."""
        return [
            (float(dot.get("cx", "")), float(dot.get("cy", "")))
            for dot in self.all("circle")
            if dot.get("fill") == "#ffffff"
        ]


def _label(element: ElementTree.Element) -> Label:
    words, size = element.text or "", float(element.get("font-size", "0"))
    wide = width_of(words, size, bold=element.get("font-weight") == "bold")
    x, y = float(element.get("x", "")), float(element.get("y", ""))
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    return Label(words, size, left, y - size * 0.73, left + wide, y + size * 0.05)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and content of every chunk of a PNG, having checked its sum."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    place = 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        content = png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length)[0] == zlib.crc32(kind + content)
        yield kind, content
        place += 12 + length


def texts_of(png: bytes) -> dict[str, str]:
    """Return the texts that a PNG carries, by keyword."""
    found = {}
    for kind, content in chunks(png):
        if kind == b"tEXt":
            key, _, text = content.partition(b"\0")
            found[key.decode("latin-1")] = text.decode("latin-1")
        elif kind == b"iTXt":
            key, _, rest = content.partition(b"\0")
            found[key.decode("latin-1")] = rest[2:].split(b"\0", 2)[2].decode("utf-8")
    return found


def size_of(png: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG in pixels."""
    width, height = struct.unpack_from(">II", dict(chunks(png))[b"IHDR"])
    return width, height
