"""Maps on which every state is a tile, as pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ice_facts.render.grid import COLUMNS, FREE, TILE_POSITIONS
from ice_facts.render.picture.font import shorten, width_of, wrap
from ice_facts.render.picture.sheet import Box, Sheet, ink_on, middle, rgb
from ice_facts.show.pictures import Shade, Tile, TileMap

_GAP = 5.0
_CODE, _WORDS = 21.0, 16.0
"""Sizes of letters in tiles: what the back row of a classroom can still read."""

_EDGE, _UNKNOWN, _UNKNOWN_LINES = "#8A8A8A", "#F2F2F2", "#C9C9C9"
_LIGHT, _BLUE, _ORANGE = "#F7F7F7", "#08386B", "#944000"
_HALF_BLUE, _HALF_ORANGE = "#B9C9DC", "#EBC9A8"


def draw_tiles(sheet: Sheet, tiles: TileMap, box: Box) -> None:
    """Draw a map of tiles with codes and values, and its legend, in a part of a sheet."""
    placed = [
        (TILE_POSITIONS[tile.code], tile) for tile in tiles.tiles if tile.code in TILE_POSITIONS
    ]
    rows = max((row for (row, _), _ in placed), default=0) + 1
    wide, tall = (box.right - box.left) / COLUMNS, min(86.0, (box.bottom - box.top) / rows)
    for (row, column), tile in placed:
        left, top = box.left + column * wide, box.top + row * tall
        place = Box(left, top, left + wide - _GAP, top + tall - _GAP)
        _draw_tile(sheet, tile, tiles.shades[tile.shade], place)
    first, last, free_rows = FREE
    free = Box(
        box.left + first * wide + 20,
        box.top,
        box.left + last * wide - 20,
        box.top + free_rows * tall - _GAP - 8,
    )
    counts = Counter(tile.shade for tile in tiles.tiles)
    _draw_legend(sheet, [(s, counts[n]) for n, s in enumerate(tiles.shades)], free)


def _draw_tile(sheet: Sheet, tile: Tile, shade: Shade, box: Box) -> None:
    ink, halo = draw_ground(sheet, shade, box)
    x, tall = (box.left + box.right) / 2, box.bottom - box.top
    lines = _tile_lines(tile.words or tile.text, box.right - box.left - 8)
    step = _WORDS * 1.08
    y = box.top + (tall - _CODE * 0.95 - step * len(lines)) / 2 + _CODE * 0.42
    sheet.text(x, middle(y, _CODE), tile.code, _CODE, bold=True, anchor="middle", fill=ink,
               halo=halo)  # fmt: skip
    y += _CODE * 0.53 + step * 0.52
    for line in lines:
        sheet.text(x, middle(y, _WORDS), line, _WORDS, anchor="middle", fill=ink, halo=halo)
        y += step


def _tile_lines(words: str, room: float) -> list[str]:
    lines = wrap(words, _WORDS, room)
    return lines if len(lines) <= 2 else [lines[0], shorten(" ".join(lines[1:]), _WORDS, room)]


def _draw_legend(sheet: Sheet, keys: Sequence[tuple[Shade, int]], box: Box) -> None:
    """Draw the legend in columns, each group with the number of its states."""
    size, chip = 17.0, 34.0
    words = [f"{shade.words} ({count})" for shade, count in keys]
    each = max(1, int((box.bottom - box.top) // 30))
    columns = -(-len(keys) // each)
    each = -(-len(keys) // columns)
    step = (box.bottom - box.top) / each
    wide = min((box.right - box.left) / columns, max(width_of(w, size) for w in words) + chip + 50)
    left = (box.left + box.right - wide * columns) / 2
    for number, (shade, _) in enumerate(keys):
        x, y = left + number // each * wide, box.top + (number % each + 0.5) * step
        draw_ground(sheet, shade, Box(x, y - 11, x + chip, y + 11))
        room = wide - chip - 20
        sheet.text(x + chip + 10, middle(y, size), shorten(words[number], size, room), size)


def draw_ground(sheet: Sheet, shade: Shade, box: Box) -> tuple[str, str]:
    """Draw a tile without letters; return their colour, and that of a rim around them."""
    style: dict[str, float | str] = {"stroke": _EDGE, "stroke_width": 1, "rx": 3}
    if shade.hue == "none":
        # Nothing is known: that must not look like a weak form of any stance.
        sheet.rect(box, _UNKNOWN, **style)
        inside = Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)
        sheet.hatch(inside, _UNKNOWN_LINES, 2.5)
        return "#333333", _UNKNOWN
    if shade.hue == "both":
        sheet.rect(box, sheet.halves(_HALF_BLUE, _HALF_ORANGE), **style)
        return "#111111", ""
    dark = _ORANGE if shade.hue == "orange" else _BLUE
    parts = zip(rgb(_LIGHT), rgb(dark), strict=True)
    ground = "#" + "".join(f"{round(a + (b - a) * shade.depth):02X}" for a, b in parts)
    sheet.rect(box, ground, **style)
    return ink_on(ground), ""
