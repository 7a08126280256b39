"""Charts and maps as pictures for slides: SVG of our own shapes, and PNG made of it."""

from __future__ import annotations

from ice_facts.render.picture.frame import draw_frame
from ice_facts.render.picture.sheet import Sheet
from ice_facts.show.pictures import Chart, TileMap
from ice_facts.show.words import printable


def picture_bytes(picture: Chart | TileMap, format: str) -> bytes:
    """Return a chart or map as a picture for a slide, 16 to 9.

    Args:
        picture: What to draw.
        format: ``svg`` or ``png``.
    """
    sheet = _sheet(picture)
    title, words = printable(picture.title), printable(picture.words)
    svg = sheet.document(title, words)
    if format == "svg":
        return svg.encode("utf-8", "replace")
    from ice_facts.render.picture.png import rasterize

    about = {"Software": "ice-facts", "Title": title, "Description": words}
    return rasterize(svg, about, other_fonts=not sheet.own_font())


def _sheet(picture: Chart | TileMap) -> Sheet:
    sheet = Sheet()
    box = draw_frame(sheet, picture.title, picture.subtitle, picture.caption)
    if isinstance(picture, TileMap):
        from ice_facts.render.picture.tiles import draw_tiles

        draw_tiles(sheet, picture, box)
    elif picture.bars:
        from ice_facts.render.picture.bars import draw_bars

        draw_bars(sheet, picture, box)
    else:
        from ice_facts.render.picture.lines import draw_lines

        draw_lines(sheet, picture, box)
    return sheet
