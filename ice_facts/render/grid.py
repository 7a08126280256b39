"""The grid of the states on maps of tiles."""

from __future__ import annotations

from collections.abc import Mapping

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

TILE_POSITIONS: Mapping[str, tuple[int, int]] = {
    code: (row, column)
    for row, line in enumerate(GRID.splitlines())
    for column, code in enumerate(line.split())
    if code != "."
}
"""Row and column of every state, from the top left."""

COLUMNS = 11
FREE = (1, 9, 2)
"""The free space at the top: its first column, the column after it, and its number of rows."""
