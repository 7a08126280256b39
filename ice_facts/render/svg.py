"""Pictures of tables and cards for slides, through Rich's SVG export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from rich.terminal_theme import TerminalTheme

from ice_facts.render import Style, View
from ice_facts.render.drawing import HARD_BLANK
from ice_facts.render.terminal import console_of, print_views
from ice_facts.render.theme import to_ascii
from ice_facts.show.words import printable

# Dark on white: it can be projected and printed. The tones are those of the 256 colours, which
# no theme changes; these sixteen are for completeness.
_THEME = TerminalTheme(
    (255, 255, 255),
    (27, 27, 27),
    [
        (27, 27, 27),
        (215, 0, 95),
        (0, 135, 0),
        (175, 95, 0),
        (0, 95, 175),
        (135, 95, 215),
        (0, 135, 135),
        (88, 88, 88),
    ],
)

# Rich's own template loads a font from the network and draws the buttons of a window. Fonts that
# computers have come first here; every run of text has a set length, so that columns line up
# whichever is used.
_TEMPLATE = """\
<svg class="ice-facts" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" \
role="img" aria-labelledby="{unique_id}-name">
<title id="{unique_id}-name">@title@</title>
<style>
.{unique_id}-matrix {{
  font-family: "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect x="-24" y="-12" width="110%" height="110%" fill="#ffffff"/>
<g transform="translate({terminal_x}, 12)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""


def render_svg(views: Sequence[View], style: Style) -> str:
    """Return views as an SVG picture, without fonts or anything else from the network."""
    console = console_of(style, record=True)
    print_views(console, views, style)
    title = printable(" · ".join(view.title for view in views)) or "ice-facts"
    drawn = console.export_svg(title=title, theme=_THEME, code_format=_TEMPLATE)
    text = drawn.replace(HARD_BLANK, "&#160;").replace("@title@", escape(title), 1)
    return to_ascii(_framed(text)) if style.ascii else _framed(text)


def _framed(svg: str) -> str:
    """Put a margin around, in place of the title bar, which the template does not draw."""
    return re.sub(
        r'viewBox="0 0 ([\d.]+) ([\d.]+)"',
        lambda m: f'viewBox="-24 -12 {float(m[1]) + 48:g} {float(m[2]) - 10:g}"',
        svg,
        count=1,
    )
