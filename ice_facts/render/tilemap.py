"""Maps on which every state is a tile of one size: on a terminal, and as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.text import Text

from ice_facts.show.pictures import Tile, TileMap

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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
LEAST_TILE, MOST_TILE = 4, 9
LEAST_WIDTH = COLUMNS * (LEAST_TILE + 1) + 1
"""A terminal needs so many columns for the map."""


def tiles_text(tiles: TileMap, width: int, *, color: bool, ascii: bool) -> Text | None:
    """Return a map as text for a terminal, or None where it is too narrow.

    Every tile has the state's code and the symbol of its group on one line, and its value below.
    """
    if width < LEAST_WIDTH:
        return None
    room = min(MOST_TILE, (width - 1) // COLUMNS - 1)
    by_place = {PLACES[t.code]: t for t in tiles.tiles if t.code in PLACES}
    valued = all(len(t.text) <= room for t in tiles.tiles)
    text = Text()
    for row in range(max(row for row, _ in by_place) + 1):
        line = [by_place.get((row, column)) for column in range(COLUMNS)]
        text.append(" ")
        for tile in line:
            _append_code(text, tiles, tile, room, color=color, ascii=ascii)
        text.append("\n")
        if valued:
            text.append(" ")
            for tile in line:
                text.append(f"{tile.text if tile else '':<{room}} ")
            text.append("\n")
    text.append("\n")
    for shade in tiles.shades:
        text.append(f" {_fill(shade.ascii if ascii else shade.symbol, 3)} ")
        text.append(f"{shade.words}\n")
    text.rstrip()
    return text


def _append_code(
    text: Text, tiles: TileMap, tile: Tile | None, room: int, *, color: bool, ascii: bool
) -> None:
    if tile is None:
        text.append(" " * (room + 1))
        return
    shade = tiles.shades[tile.shade]
    text.append(tile.code, "bold")
    scale = _ORANGES if shade.warm else _BLUES
    style = f"color({scale[round(shade.depth * (len(scale) - 1))]})" if color else ""
    text.append(_fill(shade.ascii if ascii else shade.symbol, room - 2), style)
    text.append(" ")


# From grey to blue and to orange in the 256 colours, all readable on black and on white.
_BLUES = (245, 67, 32, 26)
_ORANGES = (245, 137, 172, 166)


def _fill(symbol: str, room: int) -> str:
    return (symbol * room)[:room]


def draw_tiles(figure: Figure, tiles: TileMap) -> None:
    """Draw a map on a Matplotlib figure: tiles with code and value, and the legend in words."""
    from matplotlib.patches import Rectangle

    axes = figure.add_axes((0.02, 0.13, 0.72, 0.75))
    by_place = {PLACES[t.code]: t for t in tiles.tiles if t.code in PLACES}
    rows = max(row for row, _ in by_place) + 1
    for (row, column), tile in by_place.items():
        shade = tiles.shades[tile.shade]
        face, ink = _colours(shade.depth, warm=shade.warm)
        axes.add_patch(
            Rectangle((column + 0.04, row + 0.04), 0.92, 0.92, facecolor=face, edgecolor="#666666")
        )
        axes.text(column + 0.5, row + 0.36, tile.code, ha="center", va="center", color=ink,
                  fontsize=15, fontweight="bold")  # fmt: skip
        words = tile.words or tile.text
        size = 12 if len(words) < 6 else 7.5
        axes.text(column + 0.5, row + 0.72, words, ha="center", va="center", color=ink,
                  fontsize=size)  # fmt: skip
    axes.set(xlim=(0, COLUMNS), ylim=(rows, 0), aspect="equal")
    axes.axis("off")
    legend = figure.add_axes((0.76, 0.2, 0.23, 0.6))
    legend.axis("off")
    legend.set(xlim=(0, 10), ylim=(10, 0))
    for number, shade in enumerate(tiles.shades):
        face, ink = _colours(shade.depth, warm=shade.warm)
        legend.add_patch(
            Rectangle((0, number + 0.1), 1.1, 0.8, facecolor=face, edgecolor="#666666")
        )
        legend.text(1.5, number + 0.5, shade.words, va="center", fontsize=13)


def _colours(depth: float, *, warm: bool) -> tuple[tuple[float, float, float], str]:
    """Return the colour of a tile, from white to dark, and that of the letters on it."""
    light, dark = (0.97, 0.97, 0.97), (0.58, 0.25, 0.0) if warm else (0.03, 0.22, 0.42)
    red, green, blue = (a + (b - a) * depth for a, b in zip(light, dark, strict=True))
    return (red, green, blue), "white" if depth > 0.55 else "#111111"
