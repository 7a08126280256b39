"""What stands around every picture: title and unit above it, notes and source below it."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.render.picture.font import shorten, wrap
from ice_facts.render.picture.sheet import GREY, HEIGHT, WIDTH, Box, Sheet

MARGIN = 40
_TITLE_SIZES = (30, 26, 22, 19)
_CAPTION_SIZES = ((15, 3), (14, 4), (13, 6), (12, 8))
"""Sizes of the caption in pixels, and for each the most lines that it may fill."""


def draw_frame(sheet: Sheet, title: str, subtitle: str, caption: Sequence[str]) -> Box:
    """Write what stands around a picture, and return the room that is left for it.

    Args:
        sheet: Where to write.
        title: The name of the picture.
        subtitle: What is counted, and when.
        caption: Notes and sources, in paragraphs; the last is the source.
    """
    room = WIDTH - 2 * MARGIN
    size = next(
        (s for s in _TITLE_SIZES if len(wrap(title, s, room, bold=True)) <= 2), _TITLE_SIZES[-1]
    )
    y = 24.0
    for line in _cut(wrap(title, size, room, bold=True), 2, size, room):
        y += size * 1.2
        sheet.text(MARGIN, y, line, size, bold=True)
    if subtitle:
        y += 27
        sheet.text(MARGIN, y, shorten(subtitle, 18, room), 18, fill=GREY)
    return Box(MARGIN, y + 22, WIDTH - MARGIN, _draw_caption(sheet, caption, room) - 14)


def _draw_caption(sheet: Sheet, caption: Sequence[str], room: float) -> float:
    """Write the words below as large as they fit, and return where they begin."""
    *notes, source = caption or ("",)
    # Paragraphs cost lines: run together they may do with fewer, the source at last.
    forms = (caption, (" ".join(notes), source), (" ".join(caption),))
    for size, most in _CAPTION_SIZES:
        for form in forms:
            lines = [line for text in form for line in wrap(text, size, room)]
            if len(lines) <= most:
                break
        if len(lines) <= most:
            break
    lines = _cut(lines, most, size, room)
    top = HEIGHT - 20 - len(lines) * size * 1.35
    for number, line in enumerate(lines, 1):
        sheet.text(MARGIN, top + number * size * 1.35 - size * 0.3, line, size, fill=GREY)
    return top


def _cut(lines: list[str], most: int, size: float, room: float) -> list[str]:
    """Return the first ``most`` lines, the last with an ellipsis if there are more."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shorten(lines[most - 1] + " …", size, room)]
