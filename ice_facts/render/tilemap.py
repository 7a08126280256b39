"""Maps on which every state is a tile of one size, on a terminal."""

from __future__ import annotations

from rich.text import Text

from ice_facts.render.grid import COLUMNS, FREE, TILE_POSITIONS
from ice_facts.show.pictures import Hue, Tile, TileMap

LEAST_TILE, MOST_TILE = 3, 9
LEAST_WIDTH = COLUMNS * (LEAST_TILE + 1) + 1
"""A terminal needs so many columns for the map."""


def tiles_text(tiles: TileMap, width: int, height: int, *, color: bool, ascii: bool) -> Text | None:
    """Return a map as text for a terminal, or None where it is too narrow.

    Every tile has the state's code and the symbol of its group on one line, and its value below,
    or on the same line where that is wide enough and the height does not allow for two.

    Args:
        tiles: What to draw.
        width: Columns of the terminal.
        height: Its lines left for the map; 0 where nothing limits it.
        color: Whether colours may support symbols.
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
            column: _tile(tiles, tile, room, beside=beside, color=color, ascii=ascii)
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
    tiles: TileMap, tile: Tile, room: int, *, beside: bool, color: bool, ascii: bool
) -> tuple[Text, Text]:
    """Return the two lines of a tile; ``beside`` puts its value on the first, too."""
    shade = tiles.shades[tile.shade]
    value = tile.text if beside else ""
    scale = _SCALES[shade.hue]
    style = f"color({scale[round(shade.depth * (len(scale) - 1))]})" if color else ""
    fill = _fill(shade.ascii if ascii else shade.symbol, room - 2 - len(value))
    return Text.assemble((tile.code, "bold"), (fill, style), value), Text(f"{tile.text:<{room}}")


# From grey to blue and to orange in the 256 colours, all readable on black and on white.
_SCALES: dict[Hue, tuple[int, ...]] = {
    "blue": (245, 67, 32, 26),
    "orange": (245, 137, 172, 166),
    "both": (97,),
    "none": (245,),
}


def _fill(symbol: str, room: int) -> str:
    return (symbol * room)[:room]
