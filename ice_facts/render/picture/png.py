"""Pictures as PNG, with their words in the file."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from zlib import crc32

from ice_facts.errors import OutputError
from ice_facts.render.picture.font import BOLD, REGULAR

ZOOM = 1.5
"""Pixels of a PNG for each of the sheet: 1920 by 1080, what projectors show."""

_DOTS_PER_METRE = 5906
MOST_MEMORY = 48 << 20
"""The most bytes that a picture takes while it is drawn."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = len(_SIGNATURE) + 25


def rasterize(svg: str, about: Mapping[str, str], *, other_fonts: bool) -> bytes:
    """Return an SVG document as PNG.

    Args:
        svg: The document.
        about: What the file tells of itself, by the keywords of PNG: Title, Description.
        other_fonts: Whether the fonts of the system are needed for characters that ours lacks.
            Reading them takes time, and makes the picture depend on the computer.
    """
    import resvg_py

    # The rasteriser ends the whole program where it gets no memory, so it is asked for before.
    try:
        del bytearray(MOST_MEMORY)[:]
    except MemoryError as error:
        raise OutputError(
            "there is not enough memory for the picture", [".svg needs less: -o FILE.svg"]
        ) from error
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=ZOOM,
        skip_system_fonts=not other_fonts,
        font_files=[str(REGULAR), str(BOLD)],
    )
    size = struct.pack(">IIB", _DOTS_PER_METRE, _DOTS_PER_METRE, 1)
    more = [_text(key, words) for key, words in about.items()] + [_chunk(b"pHYs", size)]
    return drawn[:_HEADER_END] + b"".join(more) + drawn[_HEADER_END:]


def _text(key: str, words: str) -> bytes:
    """Return a chunk of text: in Latin-1, which all programs read, or else in UTF-8."""
    name = key.encode("latin-1") + b"\0"
    try:
        return _chunk(b"tEXt", name + words.encode("latin-1"))
    except UnicodeEncodeError:
        return _chunk(b"iTXt", name + b"\0\0\0\0" + words.encode("utf-8", "replace"))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))
    )
