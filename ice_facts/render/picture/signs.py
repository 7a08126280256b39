"""The signs of stances as shapes: few fonts have all of them, and each draws another size."""

from __future__ import annotations

from ice_facts.render.picture.font import CAPITALS, SIGN_WIDTH

_HALF, _LINE = 0.3, 0.07
"""Half of a sign's height, and the thickness of its lines, as parts of the size."""


def sign_shape(sign: str, x: float, y: float, size: float, colour: str) -> str:
    """Return a sign as an SVG element.

    Args:
        sign: One of ``SIGNS``.
        x: Where it begins.
        y: The line on which the text around it stands.
        size: The size of that text in pixels.
        colour: Its colour.
    """
    cx, cy = x + SIGN_WIDTH * size / 2, y - CAPITALS * size / 2
    half, line = _HALF * size, _LINE * size
    full = f'fill="{colour}"'
    hollow = f'fill="none" stroke="{colour}" stroke-width="{line:.2f}"'
    inner = half - line / 2

    def square(r: float, style: str) -> str:
        place = f'x="{cx - r:.2f}" y="{cy - r:.2f}" width="{2 * r:.2f}" height="{2 * r:.2f}"'
        return f"<rect {place} {style}/>"

    def disc(r: float, style: str) -> str:
        return f'<circle cx="{cx:.2f}" cy="{cy:.2f}" r="{r:.2f}" {style}/>'

    if sign in "■●":
        return (square if sign == "■" else disc)(half, full)
    if sign in "□▣":
        return square(inner, hollow) + (square(half / 2, full) if sign == "▣" else "")
    if sign in "○◉":
        return disc(inner, hollow) + (disc(half / 2, full) if sign == "◉" else "")
    if sign == "◐":
        top, end = f"{cx:.2f} {cy - half:.2f}", f"{cx:.2f} {cy + half:.2f}"
        left = f'<path d="M{top}A{half:.2f} {half:.2f} 0 0 0 {end}Z" {full}/>'
        return disc(inner, hollow) + left
    if sign == "◆":
        corners = [(cx, cy - half), (cx + half, cy), (cx, cy + half), (cx - half, cy)]
        style = full
    else:
        way = -1 if sign == "◁" else 1
        corners = [(cx + way * inner, cy), (cx - way * inner, cy - half)]
        corners.append((cx - way * inner, cy + half))
        style = f'{hollow} stroke-linejoin="round"'
    points = " ".join(f"{px:.2f},{py:.2f}" for px, py in corners)
    return f'<polygon points="{points}" {style}/>'
