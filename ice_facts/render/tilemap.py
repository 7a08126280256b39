"""Maps on which every state is a tile of one size, on a terminal; where every tile stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.text import Text

from ice_facts.view import Hue, Tile, TileMap

# Where every state stands, as in the tile grids of newsrooms; the territories below.
GRID = """\
AK . . . . . . . . . ME
. . . . . . . . . VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT .
CA UT CO NE MO KY WV VA MD DE .
. AZ NM KS AR TN NC SC DC . .
. . . OK LA MS AL GA . . .
HI . . . TX . . . . FL .
GU MP . . . . . . . PR VI"""

PLACES: Mapping[str, tuple[int, int]] = {
    code: (row, column)
    for row, line in enumerate(GRID.splitlines())
    for column, code in enumerate(line.split())
    if code != "."
}
"""Row and column of every state, from the top left."""

COLUMNS = 11
FREE = (1, 9, 2)
"""Of the first rows, so many, the columns from one to before another are free of states."""

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
    by_place = {PLACES[t.code]: t for t in tiles.tiles if t.code in PLACES}
    rows = max((row for row, _ in by_place), default=0) + 1
    longest = max((len(t.text) for t in tiles.tiles), default=0)
    beside = bool(height) and height < 2 * rows and longest + 3 <= room
    below = longest <= room and not beside and (not height or height >= 2 * rows)
    each = 2 if below else 1
    legend = _legend(tiles, (FREE[1] - FREE[0]) * (room + 1) - 3, ascii=ascii)
    # The legend fills the free place at the top, if it fits there.
    inside = len(legend) <= FREE[2] * each
    text = Text()
    for row in range(rows):
        line = [by_place.get((row, column)) for column in range(COLUMNS)]
        keys = legend[row * each : row * each + each] if inside and row < FREE[2] else []
        text.append(" ")
        _append_row(
            text,
            line,
            room,
            keys[:1],
            lambda tile: _code(
                text, tiles, tile, room, tile.text if beside else "", color=color, ascii=ascii
            ),
        )
        if below:
            text.append("\n ")
            _append_row(
                text, line, room, keys[1:], lambda tile: text.append(f"{tile.text:<{room}}")
            )
        text.append("\n")
    if not inside:
        text.append("\n")
        for key in _legend(tiles, width - 2, ascii=ascii):
            text.append(f" {key}\n")
    text.rstrip()
    return text


def _append_row(
    text: Text,
    line: Sequence[Tile | None],
    room: int,
    keys: Sequence[str],
    append: Callable[[Tile], object],
) -> None:
    """Append one line of a row of tiles, with a line of the legend in the free place."""
    for column, tile in enumerate(line):
        if keys and FREE[0] <= column < FREE[1]:
            if column == FREE[0]:
                text.append(f"  {keys[0]:<{(FREE[1] - FREE[0]) * (room + 1) - 2}}")
        elif tile is None:
            text.append(" " * (room + 1))
        else:
            append(tile)
            text.append(" ")


def _legend(tiles: TileMap, width: int, *, ascii: bool) -> list[str]:
    """Return the symbols of the groups with their words, on as many lines as they need."""
    lines = [""]
    for shade in tiles.shades:
        key = f"{shade.ascii if ascii else shade.symbol} {shade.words}"
        if lines[-1] and len(lines[-1]) + len(key) + 3 > width:
            lines.append("")
        lines[-1] += f"{'   ' if lines[-1] else ''}{key}"
    return lines


def _code(
    text: Text,
    tiles: TileMap,
    tile: Tile,
    room: int,
    value: str,
    *,
    color: bool,
    ascii: bool,
) -> None:
    """Append the code of a state with the symbol of its group, and a value if there is one."""
    shade = tiles.shades[tile.shade]
    text.append(tile.code, "bold")
    scale = _SCALES[shade.hue]
    style = f"color({scale[round(shade.depth * (len(scale) - 1))]})" if color else ""
    text.append(_fill(shade.ascii if ascii else shade.symbol, room - 2 - len(value)), style)
    text.append(value)


# From grey to blue and to orange in the 256 colours, all readable on black and on white.
_SCALES: dict[Hue, tuple[int, ...]] = {
    "blue": (245, 67, 32, 26),
    "orange": (245, 137, 172, 166),
    "both": (97,),
    "none": (245,),
}


def _fill(symbol: str, room: int) -> str:
    return (symbol * room)[:room]
