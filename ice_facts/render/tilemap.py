"""Maps on which every state is a tile of one size, on a terminal."""

from __future__ import annotations

from rich.text import Text

from ice_facts.render.grid import COLUMNS, FREE, TILE_POSITIONS
from ice_facts.show.pictures import Hue, Shade, Tile, TileMap

LEAST_TILE, MOST_TILE = 3, 9
LEAST_WIDTH = COLUMNS * (LEAST_TILE + 1) + 1
"""A terminal needs so many columns for the map."""


def tiles_text(
    tiles: TileMap, width: int, height: int, *, palette: int, ascii: bool
) -> Text | None:
    """Return a map as text for a terminal, or None where it is too narrow.

    Every tile has the state's code and the symbol of its group on one line, and its value below,
    or on the same line where that is wide enough and the height does not allow for two.

    Args:
        tiles: What to draw.
        width: Columns of the terminal.
        height: Its lines left for the map; 0 where nothing limits it.
        palette: The number of colours that may support symbols: 256, 16 or 0.
        ascii: Draw with ASCII characters only.
    """
    if width < LEAST_WIDTH:
        return None
    room = min(MOST_TILE, (width - 1) // COLUMNS - 1)
    by_place = {TILE_POSITIONS[t.code]: t for t in tiles.tiles if t.code in TILE_POSITIONS}
    rows = max((row for row, _ in by_place), default=0) + 1
    longest = max((len(t.text) for t in tiles.tiles), default=0)
    beside = bool(height) and height < 2 * rows and longest + 3 <= room
    below = longest <= room and not beside and (not height or height >= 2 * rows)
    each = 2 if below else 1
    free, blank = (FREE[1] - FREE[0]) * (room + 1), Text(" " * room)
    # The legend fills the free place at the top, if it fits there.
    tried = (_legend(tiles, free - 3, gap, ascii=ascii) for gap in (3, 2, 1))
    legend = next((lines for lines in tried if len(lines) <= FREE[2] * each), [])
    inside = bool(legend)
    text = Text()
    for row in range(rows):
        drawn = {
            column: _tile(tiles, tile, room, beside=beside, palette=palette, ascii=ascii)
            for column in range(COLUMNS)
            if (tile := by_place.get((row, column)))
        }
        for number in range(each):
            place = row * each + number
            key = legend[place] if inside and place < len(legend) else ""
            text.append(" ")
            for column in range(COLUMNS):
                if column == FREE[0] and key:
                    text.append(f"  {key:<{free - 2}}")
                elif not key or not FREE[0] <= column < FREE[1]:
                    text.append_text(drawn[column][number] if column in drawn else blank)
                    text.append(" ")
            text.append("\n")
    if not inside:
        text.append("\n")
        for key in _legend(tiles, width - 2, 3, ascii=ascii):
            text.append(f" {key}\n")
    text.rstrip()
    return text


def _legend(tiles: TileMap, width: int, gap: int, *, ascii: bool) -> list[str]:
    """Return the symbols of the groups with their words, on as many lines as they need."""
    lines = [""]
    for shade in tiles.shades:
        key = f"{shade.ascii if ascii else shade.symbol} {shade.words}"
        if lines[-1] and len(lines[-1]) + len(key) + gap > width:
            lines.append("")
        lines[-1] += f"{' ' * gap if lines[-1] else ''}{key}"
    return lines


def _tile(
    tiles: TileMap, tile: Tile, room: int, *, beside: bool, palette: int, ascii: bool
) -> tuple[Text, Text]:
    """Return the two lines of a tile; ``beside`` puts its value on the first, too."""
    shade = tiles.shades[tile.shade]
    value = tile.text if beside else ""
    symbol, free = shade.ascii if ascii else shade.symbol, room - 2 - len(value)
    fill = Text(symbol * free)
    for start, end, color in _colors(shade, free, palette):
        fill.stylize(f"color({color})", start, end)
    return Text.assemble((tile.code, "bold"), fill, value), Text(f"{tile.text:<{room}}")


# From grey to blue and to orange: in the 256 colours, all readable on black and on white, and in
# the 16 of a terminal's own, which have too few for steps and the same two as the stances in text.
_SCALES: dict[int, dict[Hue, tuple[int, ...]]] = {
    256: {"blue": (245, 67, 32, 26), "orange": (245, 137, 172, 166), "none": (245,)},
    16: {"blue": (7, 4, 4, 4), "orange": (7, 3, 3, 3), "none": (7,)},
}


def _colors(shade: Shade, free: int, palette: int) -> list[tuple[int, int, int]]:
    """Return the colours of a tile's fill, each with the columns from and up to which it goes.

    Both directions have as much of it as each other; what is left in the middle has no colour.
    """
    if not palette:
        return []
    scales = _SCALES[palette]
    if shade.hue == "both":
        half = free // 2
        return [(0, half, scales["blue"][-1]), (free - half, free, scales["orange"][-1])]
    scale = scales[shade.hue]
    return [(0, free, scale[round(shade.depth * (len(scale) - 1))])]
