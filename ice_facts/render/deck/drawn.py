"""Pages of a deck as pictures: SVG, and PNG made of it."""

from __future__ import annotations

import re
from collections import Counter

from ice_facts.render.deck.layout import (
    BOTTOM,
    FOOT,
    LEADING,
    MARGIN,
    PAD,
    ROOM,
    ROW_LEADING,
    SLACK,
    SMALL,
    SUBTITLE,
    TITLE,
    WIDTH,
    Block,
    Grid,
    Leaf,
)
from ice_facts.render.grid import COLUMNS, FREE, TILE_POSITIONS
from ice_facts.render.picture.font import shorten, width_of
from ice_facts.render.picture.sheet import GREY, INK, PALE, Box, Sheet, middle
from ice_facts.render.picture.tiles import draw_ground
from ice_facts.show.pictures import Chart, Shade, Tile, TileMap
from ice_facts.show.words import printable

ZOOM = 1.6
"""Pictures are drawn small and then enlarged, so that letters of 15 pixels have 24."""


def leaf_picture(leaf: Leaf, format: str) -> bytes:
    """Return a page as ``svg`` or ``png``."""
    sheet = _sheet(leaf)
    words = " ".join(spoken(leaf))
    svg = sheet.document(leaf.title, words)
    if leaf.picture:
        x, y = MARGIN, leaf.top
        plot = plot_svg(leaf.picture, leaf, x, y)
        svg = svg.replace("</svg>\n", f"{plot}\n</svg>\n")
    if format == "svg":
        return svg.encode("utf-8", "replace")
    from ice_facts.render.picture.png import rasterize

    about = {"Software": "ice-facts", "Title": leaf.title, "Description": words}
    return rasterize(svg, about, other_fonts=not sheet.own_font())


def spoken(leaf: Leaf) -> list[str]:
    """Return what stands on a page, for those who do not see it."""
    found = [leaf.subtitle, leaf.words]
    found += [" ".join(block.lines) for block in leaf.blocks]
    if leaf.grid:
        found += ["; ".join(" ".join(cell) for cell in row) for row in leaf.grid.rows]
    for name, blocks in leaf.columns:
        found += [name, *(" ".join(block.lines) for block in blocks)]
    return [text for text in (*found, leaf.source) if text.strip()]


def _sheet(leaf: Leaf) -> Sheet:
    sheet = Sheet()
    y = float(MARGIN)
    size = TITLE if len(leaf.title_lines) < 3 else 32
    for line in leaf.title_lines:
        y += size * 1.2
        sheet.text(MARGIN, y - size * 0.3, line, size, bold=True)
    for number, line in enumerate(leaf.subtitle_lines):
        sheet.text(MARGIN, y + 28 + number * SUBTITLE, line, SMALL, fill=GREY)
    for block in leaf.blocks:
        _block(sheet, block)
    wide = (ROOM - 40) / 2
    for number, (name, blocks) in enumerate(leaf.columns):
        x = MARGIN + number * (wide + 40)
        sheet.text(x, leaf.top + SMALL, name, SMALL, bold=True)
        sheet.line([(x, leaf.top + 36), (x + wide, leaf.top + 36)], INK, stroke_width=2)
        for block in blocks:
            _block(sheet, block)
    if leaf.grid:
        _grid(sheet, leaf.grid)
    _foot(sheet, leaf)
    return sheet


def _block(sheet: Sheet, block: Block) -> None:
    x = block.x + (28 if block.bullet else 0)
    if block.bullet:
        sheet.dot(block.x + 8, block.y + block.size * 0.72, 4, INK)
    for number, line in enumerate(block.lines):
        y = block.y + (number + 0.78) * block.size * LEADING
        if block.label and not number and line.startswith(block.label):
            rest = line[len(block.label) :]
            wide = sheet.text(x, y, block.label, block.size, bold=True) + block.size * 0.27
            sheet.text(x + wide, y, rest, block.size)
            continue
        sheet.text(x, y, line, block.size, bold=block.bold)


def _grid(sheet: Sheet, grid: Grid) -> None:
    lefts = [MARGIN + sum(grid.widths[:n]) for n in range(len(grid.widths))]
    end = MARGIN + sum(grid.widths)
    y = grid.top
    if any(line for cell in grid.head for line in cell):
        high = max(map(len, grid.head)) * SMALL * ROW_LEADING + 2 * PAD
        for n, cell in enumerate(grid.head):
            _cell(sheet, cell, lefts[n], y, grid.widths[n], right=grid.right[n], bold=True)
        y += high
        sheet.line([(MARGIN, y), (end, y)], INK, stroke_width=2)
    for row, high in zip(grid.rows, grid.heights, strict=True):
        for n, cell in enumerate(row):
            _cell(sheet, cell, lefts[n], y, grid.widths[n], right=grid.right[n], bold=not n)
        y += high
        sheet.line([(MARGIN, y), (end, y)], PALE, stroke_width=1)


def _cell(
    sheet: Sheet,
    lines: tuple[str, ...],
    x: float,
    y: float,
    wide: float,
    *,
    right: bool,
    bold: bool,
) -> None:
    for number, line in enumerate(lines):
        at = y + PAD + (number + 0.8) * SMALL * ROW_LEADING
        if right:
            sheet.text(x + wide - 3 * PAD, at, line, SMALL, anchor="end", bold=bold)
        else:
            sheet.text(x, at, line, SMALL, bold=bold)


def foot_words(leaf: Leaf) -> tuple[str, str, str]:
    """Return the source, the dates and the number of a page, as they fit on their lines."""
    names = leaf.source.split("; ")
    last = re.fullmatch(r"(\d+) more", names[-1])
    left = int(last[1]) if last else 0
    names = names[:-1] if last else names
    source = leaf.source
    # A name is left out before one is cut.
    while len(names) > 1 and width_of(source, SMALL) > ROOM * SLACK:
        names, left = names[:-1], left + 1
        source = "; ".join((*names, f"{left} more"))
    source = shorten(source, SMALL, ROOM * SLACK) if source else ""
    return source, leaf.dated, leaf.number


def _foot(sheet: Sheet, leaf: Leaf) -> None:
    source, dated, part = foot_words(leaf)
    sheet.line([(MARGIN, FOOT - 30), (WIDTH - MARGIN, FOOT - 30)], PALE, stroke_width=1)
    if source:
        sheet.text(MARGIN, FOOT, source, SMALL, fill=GREY)
    sheet.text(MARGIN, FOOT + 30, dated, SMALL, fill=GREY)
    if part:
        sheet.text(WIDTH - MARGIN, FOOT + 30, part, SMALL, anchor="end", fill=GREY)


def plot_svg(picture: Chart | TileMap, leaf: Leaf, x: float = 0, y: float = 0) -> str:
    """Return a chart or map without its frame as an SVG element, at slide size.

    Args:
        picture: What to draw.
        leaf: The page that it is on, which has its title and source.
        x: Where it stands, from the left.
        y: Where it stands, from the top.
    """
    wide, tall = float(ROOM), BOTTOM - leaf.top
    sheet = Sheet()
    box = Box(0, 0, wide / ZOOM, tall / ZOOM)
    zoom = ZOOM
    if isinstance(picture, TileMap):
        zoom = 1.0
        _map(sheet, picture, Box(0, 0, wide, tall))
    elif picture.bars:
        from ice_facts.render.picture.bars import draw_bars

        draw_bars(sheet, picture, box)
    else:
        from ice_facts.render.picture.lines import draw_lines

        draw_lines(sheet, picture, box)
    document = sheet.document(f"{leaf.title} ", leaf.words)
    inner = re.sub(r"<metadata>.*?</metadata>\n", "", document, flags=re.DOTALL)
    head = (
        f'viewBox="0 0 {wide / zoom:g} {tall / zoom:g}" x="{x:g}" y="{y:g}"'
        f' width="{wide:g}" height="{tall:g}"'
    )
    return re.sub(r'viewBox="[^"]*" width="\d+" height="\d+"', head, inner, count=1).strip()


def plot_png(picture: Chart | TileMap, leaf: Leaf) -> bytes:
    """Return a chart or map without its frame as PNG, at slide size."""
    from ice_facts.render.picture.png import rasterize

    svg = re.sub(r' x="0" y="0"', "", plot_svg(picture, leaf), count=1)
    about = {"Software": "ice-facts", "Title": leaf.title, "Description": leaf.words}
    return rasterize(svg, about, other_fonts=False)


def _map(sheet: Sheet, tiles: TileMap, box: Box) -> None:
    """Draw a map whose letters are large: in every tile a code with a number or a sign."""
    placed = [
        (TILE_POSITIONS[tile.code], tile) for tile in tiles.tiles if tile.code in TILE_POSITIONS
    ]
    rows = max((row for (row, _), _ in placed), default=0) + 1
    wide, tall = (box.right - box.left) / COLUMNS, (box.bottom - box.top) / rows
    for (row, column), tile in placed:
        left, top = box.left + column * wide, box.top + row * tall
        place = Box(left, top, left + wide - 4, top + tall - 4)
        ink, halo = draw_ground(sheet, tiles.shades[tile.shade], place)
        said = _in_tile(tile, tiles.shades[tile.shade])
        code = width_of(tile.code, SMALL, bold=True)
        x = (place.left + place.right - code - 7 - width_of(said, SMALL)) / 2
        y = middle((place.top + place.bottom) / 2, SMALL)
        sheet.text(x, y, tile.code, SMALL, bold=True, fill=ink, halo=halo)
        sheet.text(x + code + 7, y, said, SMALL, fill=ink, halo=halo)
    _legend(sheet, tiles, wide, tall)


def _in_tile(tile: Tile, shade: Shade) -> str:
    return tile.text if tile.text.isdecimal() else shade.symbol


def _legend(sheet: Sheet, tiles: TileMap, wide: float, tall: float) -> None:
    """Draw the legend where the map has no states: between the first and the last column."""
    counts = Counter(tile.shade for tile in tiles.tiles)
    signed = not any(tile.text.isdecimal() for tile in tiles.tiles)
    words = [
        f"{shade.symbol + ' ' if signed else ''}{shade.words} ({counts[n]})"
        for n, shade in enumerate(tiles.shades)
    ]
    first, last, free_rows = FREE
    left, right = first * wide + 16, last * wide - 16
    columns = 1 if len(words) <= 2 else 3
    each = -(-len(words) // columns)
    step = min(44.0, free_rows * tall / each)
    x = left
    for start in range(0, len(words), each):
        group = words[start : start + each]
        for place, text in enumerate(group):
            y = (place + 0.5) * step
            draw_ground(sheet, tiles.shades[start + place], Box(x, y - 13, x + 30, y + 13))
            sheet.text(x + 38, middle(y, SMALL), shorten(text, SMALL, right - x - 38), SMALL)
        x += max(width_of(text, SMALL) for text in group) + 38 + 24


def plain_title(leaf: Leaf) -> str:
    """Return the title of a page with its number among those of one slide."""
    return printable(f"{leaf.title} ({leaf.part})" if leaf.part else leaf.title)
