"""Charts on a terminal, drawn with plotext, and as pictures, drawn with Matplotlib."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ice_facts.dates import first_day
from ice_facts.show.pictures import Chart, Curve, TileMap
from ice_facts.show.words import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The palette of Okabe and Ito, which people with any colour vision tell apart, and its nearest of
# the 256 colours of terminals. Letters, dashes and labels say the same without colour.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5D5D5D")
_TERMINAL_COLOURS = (31, 166, 36, 175, 74, 178, 241)
_DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)))
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ASCII_AXES = str.maketrans("┌┐└┘├┤┬┴┼─│", "+++++++++-|")
LEAST_WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 40, 10, 40


def chart_text(chart: Chart, width: int, height: int, *, color: bool, ascii: bool) -> Text:
    """Return a chart as text for a terminal.

    Args:
        chart: What to draw.
        width: Columns of the terminal.
        height: Its lines left for the chart; 0 where nothing limits it.
        color: Whether colours may support letters and labels.
        ascii: Draw with ASCII characters only.
    """
    if chart.bars:
        return _bars_text(chart, width, ascii=ascii)
    return _lines_text(chart, max(width, LEAST_WIDTH), height, color=color, ascii=ascii)


def _bars_text(chart: Chart, width: int, *, ascii: bool) -> Text:
    labels = [_bar_label(curve, mark.at, chart) for curve in chart.curves for mark in curve.marks]
    marks = [mark for curve in chart.curves for mark in curve.marks]
    values = [f"{m.value:,}" + (" to date" if m.partial else "") for m in marks]
    most = max((m.value for m in marks), default=0) or 1
    left, right = max(map(len, labels)), max(map(len, values))
    room = max(4, width - left - right - 4)
    text = Text()
    for label, mark, value in zip(labels, marks, values, strict=True):
        text.append(f" {printable(label):>{left}} ")
        text.append(_bar(mark.value / most * room, ascii=ascii))
        text.append(f" {value}\n")
    text.append(f" {'':>{left}} {chart.unit}", "dim")
    return text


def _bar_label(curve: Curve, at: str, chart: Chart) -> str:
    return f"{curve.name}, {at}" if len(chart.curves) > 1 else at


def _bar(length: float, *, ascii: bool) -> str:
    """Return a bar of so many columns, to the eighth of a column."""
    if ascii:
        return "#" * max(round(length), 1 if length else 0)
    whole, part = divmod(round(length * 8), 8)
    return "█" * whole + " ▏▎▍▌▋▊▉"[part].strip() or ("▏" if length else "")


def _lines_text(chart: Chart, width: int, height: int, *, color: bool, ascii: bool) -> Text:
    import plotext

    tall = min(MOST_HEIGHT, max(LEAST_HEIGHT, height or width // 4))
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)
    plotext.plotsize(width, tall)
    days: list[int] = []
    for number, curve in enumerate(chart.curves):
        xs, ys = [_day(m.at) for m in curve.marks], [m.value for m in curve.marks]
        days += xs
        hue = {"color": _TERMINAL_COLOURS[number % len(COLOURS)]} if color else {}
        letter = _LETTERS[number % 26]
        plotext.plot(xs, ys, marker=letter if ascii else "braille", **hue)
        if not ascii and len(chart.curves) > 1:
            # Letters on the line, more of them on a wide terminal, tell it without colour.
            step = max(1, len(xs) // max(2, width // 24))
            plotext.scatter(xs[::-step], ys[::-step], marker=letter, **hue)
    highest = max(m.value for c in chart.curves for m in c.marks)
    ticks = _ticks(highest, max(2, tall // 5))
    plotext.ylim(0, max(highest, ticks[-1]))
    plotext.yticks(ticks, [f"{tick:,}" for tick in ticks])
    plotext.xticks(*_date_ticks(min(days), max(days), width // 12))
    plotext.xlabel(chart.axis)
    drawn = plotext.build()
    plotext.clear_figure()
    text = Text.from_ansi(drawn.translate(_ASCII_AXES) if ascii else drawn)
    head = Text(f" {chart.unit}\n", "dim")
    if len(chart.curves) > 1:
        head.append(_keys([printable(curve.name) for curve in chart.curves], width), "bold")
    return head + text


def _keys(names: Sequence[str], width: int) -> str:
    """Return the letters of the lines with their names, on as many lines as they need."""
    lines = [""]
    for number, name in enumerate(names):
        key = f"{_LETTERS[number % 26]} {name}"
        if lines[-1] and len(lines[-1]) + len(key) + 3 > width:
            lines.append("")
        lines[-1] += f"{'  ' if lines[-1] else ''} {key}"
    return "\n".join(lines) + "\n"


def _day(period: str) -> int:
    if period.startswith("FY"):
        return date(int(period[2:]), 9, 30).toordinal()
    return date.fromisoformat(first_day(period)).toordinal()


def _ticks(highest: float, wanted: int) -> list[int]:
    """Return round numbers from zero to the highest value or just above it."""
    if highest <= 0:
        return [0, 1]
    rough = highest / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(f * power for f in (1, 2, 5, 10) if f * power >= rough)
    step = max(1, int(step))
    return list(range(0, math.ceil(highest / step) * step + 1, step))


def _date_ticks(first: int, last: int, wanted: int) -> tuple[list[int], list[str]]:
    """Return days and labels for an axis: years, or months where there are few years."""
    a, b = date.fromordinal(first), date.fromordinal(last)
    years = b.year - a.year
    if years >= 2:
        every = max(1, math.ceil((years + 1) / max(1, wanted)))
        starts = [date(y, 1, 1) for y in range(a.year, b.year + 1, every)]
        days = [d for d in starts if a <= d <= b]
        return [d.toordinal() for d in days], [str(d.year) for d in days]
    months = (b.year - a.year) * 12 + b.month - a.month
    every = max(1, math.ceil((months + 1) / max(1, wanted)))
    firsts = [
        date(a.year + (a.month - 1 + n) // 12, (a.month - 1 + n) % 12 + 1, 1)
        for n in range(0, months + 1, every)
    ]
    kept = [d for d in firsts if d >= a.replace(day=1)]
    return [max(d, a).toordinal() for d in kept], [d.isoformat()[:7] for d in kept]


def picture_bytes(picture: Chart | TileMap, format: str) -> bytes:
    """Return a chart or map as a picture for a slide: SVG or PNG, 16 to 9."""
    import matplotlib
    from matplotlib.figure import Figure

    # Outlines in place of fonts, and no date or chance in the file: the same picture everywhere.
    settings: dict[Any, str] = {
        "svg.fonttype": "path",
        "svg.hashsalt": "ice-facts",
        "font.family": "DejaVu Sans",
    }
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(12.8, 7.2), facecolor="white")
        if isinstance(picture, Chart):
            _draw_chart(figure, picture)
        else:
            from ice_facts.render.tilemap import draw_tiles

            draw_tiles(figure, picture)
        write_around(figure, printable(picture.title), printable(picture.caption))
        about: dict[str, Any] = {"Title": printable(picture.title)}
        if format == "svg":
            about |= {"Date": None, "Creator": "ice-facts", "Description": printable(picture.words)}
        else:
            about |= {"Software": "ice-facts", "Description": printable(picture.words)}
        out = io.BytesIO()
        figure.savefig(out, format=format, dpi=150, metadata=about)
    return out.getvalue()


def write_around(figure: Figure, title: str, caption: str) -> None:
    """Write the title above a picture and source and date below it."""
    import textwrap

    figure.text(0.03, 0.95, "\n".join(textwrap.wrap(title, 80)), fontsize=19, va="top")
    size = 10.0 if len(caption) < 500 else 8.5
    lines = textwrap.wrap(
        caption, round(1640 / size), break_long_words=False, break_on_hyphens=False
    )
    figure.text(0.03, 0.02, "\n".join(lines), fontsize=size, color="#444444", va="bottom")


def _draw_chart(figure: Figure, chart: Chart) -> None:
    axes = figure.add_axes((0.09, 0.19, 0.69, 0.65))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if chart.bars:
        _draw_bars(figure, axes, chart)
        return
    axes.set_xlabel(chart.axis, fontsize=13)
    axes.set_ylabel(chart.unit, fontsize=13)
    axes.tick_params(labelsize=12)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ends: list[tuple[float, str, str]] = []
    days: list[int] = []
    for number, curve in enumerate(chart.curves):
        xs, ys = [_day(m.at) for m in curve.marks], [m.value for m in curve.marks]
        days += xs
        hue = COLOURS[number % len(COLOURS)]
        axes.plot(xs, ys, color=hue, linestyle=_DASHES[number % len(_DASHES)], linewidth=2.4)
        part = [(x, m.value) for x, m in zip(xs, curve.marks, strict=True) if m.partial]
        axes.plot([x for x, _ in part], [y for _, y in part], "o", mfc="white", mec=hue)
        ends.append((ys[-1], f"{curve.name}, {ys[-1]:,.0f}", hue))
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color="#dddddd")
    axes.set_axisbelow(True)
    ticks, labels = _date_ticks(min(days), max(days), 12)
    axes.set_xticks(ticks, labels)
    axes.set_xlim(min(days), max(days))
    _label_ends(axes, max(days), ends)


def _label_ends(axes: Axes, x: int, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write the name of every line at its end, moved apart where lines end close together."""
    top = axes.get_ylim()[1]
    gap = top * 0.052
    free = -gap
    left = x + (x - axes.get_xlim()[0]) * 0.012
    for y, label, hue in sorted(ends):
        free = max(y, free + gap)
        axes.text(left, free, printable(label), color=hue, fontsize=12, va="center")


def _draw_bars(figure: Figure, axes: Axes, chart: Chart) -> None:
    labels = [_bar_label(curve, m.at, chart) for curve in chart.curves for m in curve.marks]
    marks = [m for curve in chart.curves for m in curve.marks]
    size = max(6.5, min(13, 300 / max(1, len(marks))))
    axes.set_position((0.24 if max(map(len, labels)) > 12 else 0.12, 0.17, 0.68, 0.69))
    hatches = ["//" if m.partial else "" for m in marks]
    places = range(len(marks))
    drawn = axes.barh(places, [m.value for m in marks], color=COLOURS[0], hatch=hatches)
    for bar, mark in zip(drawn, marks, strict=True):
        if mark.partial:
            bar.set(facecolor="#9CC8E3", edgecolor=COLOURS[0])
    texts = [f"{m.value:,}" + (" to date" if m.partial else "") for m in marks]
    axes.bar_label(drawn, texts, padding=4, fontsize=size)
    axes.set_yticks(list(places), [printable(label) for label in labels], fontsize=size)
    axes.invert_yaxis()
    axes.set_ylim(len(marks) - 0.4, -0.6)
    axes.set_xlabel(chart.unit, fontsize=12)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
