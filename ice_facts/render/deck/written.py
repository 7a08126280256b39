"""A deck as one page of HTML, as Markdown for Marp and Quarto, and as a PowerPoint file."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring

from ice_facts.render import Style
from ice_facts.render.deck.drawn import foot_words, plain_title, plot_png, plot_svg
from ice_facts.render.deck.layout import (
    BOTTOM,
    FOOT,
    LARGE,
    MARGIN,
    ROOM,
    SMALL,
    SUBTITLE,
    TITLE,
    Block,
    Grid,
    Leaf,
    leaves_of,
)
from ice_facts.render.markdown import escaped
from ice_facts.render.page import bare, block, keep_dates, new_page, page_text
from ice_facts.render.school import need
from ice_facts.show.deck import Deck
from ice_facts.show.words import printable


def deck_html(deck: Deck, style: Style) -> str:
    """Return a deck as one page that shows a slide at a time and prints each on a page."""
    page, body = new_page(deck.title, "slides.css")
    main = block(body, "main")
    for number, leaf in enumerate(leaves_of(deck, ascii=style.ascii), 1):
        _slide(main, leaf, number)
    keep_dates(main)
    block(block(body, "footer"), "p", _HELP, kind="help")
    block(body, "script").text = files("ice_facts.render").joinpath("slides.js").read_text("utf-8")
    return page_text(page, ascii=style.ascii)


_HELP = (
    "Keys: arrows or space move, N shows the notes, F fills the screen, Escape shows all slides."
    " Print: one slide a page."
)


def _slide(main: Element, leaf: Leaf, number: int) -> None:
    name = f"s{number}"
    long = " long" if len(leaf.title_lines) > 2 else ""
    slide = block(
        main, "section", "", {"aria-label": plain_title(leaf)}, kind=f"slide{long}", id=name
    )
    block(slide, "h2" if number > 1 else "h1", leaf.title)
    if leaf.subtitle:
        block(slide, "p", leaf.subtitle, kind="subtitle")
    body = block(slide, "div", kind="body")
    _texts(body, leaf.blocks)
    if leaf.grid:
        _table(body, leaf.grid, leaf.title)
    if leaf.columns:
        _beside(body, leaf)
    if leaf.picture:
        drawn = fromstring(plot_svg(leaf.picture, leaf))
        for key in ("x", "y"):
            drawn.attrib.pop(key, None)
        body.append(bare(drawn))
    source, dated, part = foot_words(leaf)
    foot = block(slide, "p", kind="foot")
    block(foot, "span", source, kind="source")
    block(foot, "span", dated)
    if part:
        block(foot, "span", part)
    if leaf.notes:
        notes = block(
            main, "aside", "", {"aria-label": f"Notes on slide {number}"}, kind="notes",
            id=f"{name}-notes",
        )  # fmt: skip
        for note in leaf.notes:
            block(notes, "p", note)


def _texts(body: Element, blocks: Sequence[Block]) -> None:
    listed: Element | None = None
    for item in blocks:
        text = " ".join(item.lines)
        if item.bullet:
            listed = block(body, "ul") if listed is None else listed
            _text(block(listed, "li"), text, item.label)
        else:
            listed = None
            attributes = {"class": "large"} if item.size == LARGE else None
            _text(block(body, "p", "", attributes), text, item.label)


def _text(parent: Element, text: str, label: str) -> None:
    """Write a text; the label with which it begins is bold."""
    if label and text.startswith(label):
        bold = SubElement(parent, "strong")
        bold.text, bold.tail = label, text[len(label) :]
    else:
        parent.text = text


def _table(body: Element, grid: Grid, title: str) -> None:
    table = block(body, "table", "", {"style": f"width: {sum(grid.widths):.0f}px"})
    block(table, "caption", title)
    columns = block(table, "colgroup")
    for width in grid.widths:
        block(columns, "col", "", {"style": f"width: {width:.0f}px"})
    if any(line for cell in grid.head for line in cell):
        row = block(block(table, "thead"), "tr")
        for n, cell in enumerate(grid.head):
            text = " ".join(cell)
            tag, attributes = ("th", {"scope": "col"}) if text else ("td", {})
            _class(block(row, tag, text, attributes), grid.right[n])
    rows = block(table, "tbody")
    for cells in grid.rows:
        row = block(rows, "tr")
        for n, cell in enumerate(cells):
            tag, attributes = ("td", {}) if n else ("th", {"scope": "row"})
            holder = block(row, tag, "", attributes)
            _class(holder, grid.right[n])
            for line in cell:
                block(holder, "span", line, kind="line")


def _class(element: Element, right: bool) -> None:
    if right:
        element.set("class", "number")


def _beside(body: Element, leaf: Leaf) -> None:
    around = block(body, "div", kind="beside")
    for name, _ in leaf.columns:
        block(around, "h3", name)
    # Entries of both sides stand in rows, so that they begin at one height.
    entries = [_entries(blocks) for _, blocks in leaf.columns]
    for n in range(max(map(len, entries), default=0)):
        for side in entries:
            holder = block(around, "div", kind="entry")
            for item in side[n] if n < len(side) else ():
                text = " ".join(item.lines)
                paragraph = block(holder, "p", "" if item.bold else text)
                if item.bold:
                    SubElement(paragraph, "strong").text = printable(text)


def _entries(blocks: Sequence[Block]) -> list[list[Block]]:
    found: list[list[Block]] = []
    for item in blocks:
        if item.bold:
            found.append([])
        found[-1].append(item)
    return found


# Markdown


def deck_markdown(deck: Deck, style: Style) -> str:
    """Return a deck as Markdown: a line ``---`` between slides, notes as comments."""
    title = printable(deck.title).replace('"', "'")
    head = f'---\nmarp: true\ntitle: "{title}"\nformat: revealjs\nsize: 16:9\n---\n'
    leaves = leaves_of(deck, ascii=style.ascii)
    pages = ("\n".join(_markdown(leaf, first=not n)) + "\n" for n, leaf in enumerate(leaves))
    return head + "\n---\n\n".join(pages)


def _markdown(leaf: Leaf, *, first: bool) -> Iterator[str]:
    yield f"\n{'#' if first else '##'} {escaped(plain_title(leaf))}\n"
    if leaf.subtitle:
        yield f"{escaped(leaf.subtitle)}\n"
    for item in leaf.blocks:
        text = escaped(" ".join(item.lines))
        yield f"- {text}" if item.bullet else f"{text}\n"
    if leaf.grid:
        grid = leaf.grid
        yield _row([" ".join(cell) for cell in grid.head])
        yield "|" + "|".join("---:" if right else "---" for right in grid.right) + "|"
        for cells in grid.rows:
            yield _row([" ".join(cell) for cell in cells])
    for name, blocks in leaf.columns:
        yield f"\n**{escaped(name)}**\n"
        for entry in _entries(blocks):
            head, *rest = (escaped(" ".join(item.lines)) for item in entry)
            yield f"- **{head}** {' '.join(rest)}"
    if leaf.picture:
        # Marp shows pictures of this kind only.
        data = b64encode(plot_png(leaf.picture, leaf)).decode()
        words = escaped(leaf.words).replace("\n", " ")
        yield f"![{words}](data:image/png;base64,{data})"
    foot = " · ".join(part for part in (leaf.source, leaf.dated) if part)
    yield f"\n{escaped(foot)}\n"
    if leaf.notes:
        # "--" would end the comment.
        notes = "\n\n".join(printable(note).replace("--", "- -") for note in leaf.notes)
        yield f"<!--\n{notes}\n-->"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) or " " for cell in cells) + " |"


# PowerPoint

_EMU = 9525
"""Units of PowerPoint in a pixel of a page."""


def deck_pptx(deck: Deck, style: Style) -> bytes:
    """Return a deck as a PowerPoint file, with notes, tables that can be changed, and alt texts.

    Raises:
        UsageError: python-pptx is not installed.
    """
    pptx = need("pptx", "slides", "a PowerPoint file")
    show = pptx.Presentation()
    show.slide_width, show.slide_height = 1280 * _EMU, 720 * _EMU
    show.core_properties.title = printable(deck.title)
    show.core_properties.author = "ice-facts"
    layout = show.slide_layouts[5]  # a title only
    for leaf in leaves_of(deck, ascii=style.ascii):
        _Page(show.slides.add_slide(layout), leaf).write()
    written = io.BytesIO()
    show.save(written)
    return written.getvalue()


class _Page:
    """Writes one page of a PowerPoint file."""

    def __init__(self, slide: Any, leaf: Leaf) -> None:
        self.slide = slide
        self.leaf = leaf

    def write(self) -> None:
        """Write title, body, foot and notes."""
        from pptx.util import Pt

        leaf = self.leaf
        title = self.slide.shapes.title
        under = SUBTITLE * len(leaf.subtitle_lines)
        self._place(title, MARGIN, 40, ROOM, leaf.top - 60 - under)
        size = TITLE if len(leaf.title_lines) < 3 else 32
        self._fill(title.text_frame, leaf.title, size, bold=True)
        if leaf.subtitle:
            self._box(leaf.subtitle, MARGIN, leaf.top - 22 - under, ROOM, under, SMALL)
        if leaf.blocks:
            self._paragraphs(leaf.blocks, MARGIN, leaf.top, ROOM, BOTTOM - leaf.top, Pt)
        for n, (name, blocks) in enumerate(leaf.columns):
            wide = (ROOM - 40) / 2
            x = MARGIN + n * (wide + 40)
            self._box(name, x, leaf.top, wide, 40, SMALL, bold=True)
            if blocks:
                self._paragraphs(blocks, x, leaf.top + 44, wide, BOTTOM - leaf.top - 44, Pt)
        if leaf.grid:
            self._table(leaf.grid)
        if leaf.picture:
            self._picture()
        source, dated, part = foot_words(leaf)
        below = " · ".join(text for text in (dated, part) if text)
        self._box(source, MARGIN, FOOT - 24, ROOM, 30, SMALL)
        self._box(below, MARGIN, FOOT + 6, ROOM, 30, SMALL)
        if leaf.notes:
            self.slide.notes_slide.notes_text_frame.text = "\n".join(map(printable, leaf.notes))

    @staticmethod
    def _place(shape: Any, x: float, y: float, wide: float, high: float) -> None:
        shape.left, shape.top = round(x * _EMU), round(y * _EMU)
        shape.width, shape.height = round(wide * _EMU), round(high * _EMU)

    @staticmethod
    def _fill(frame: Any, text: str, size: float, *, bold: bool = False) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.text = printable(text)
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold, run.font.name = Pt(size * 0.75), bold, "Arial"

    def _box(
        self, text: str, x: float, y: float, wide: float, high: float, size: float, *,
        bold: bool = False,
    ) -> None:  # fmt: skip
        shape = self.slide.shapes.add_textbox(0, 0, 1, 1)
        self._place(shape, x, y, wide, high)
        self._fill(shape.text_frame, text, size, bold=bold)

    def _paragraphs(
        self, blocks: Sequence[Block], x: float, y: float, wide: float, high: float, points: Any
    ) -> None:
        shape = self.slide.shapes.add_textbox(0, 0, 1, 1)
        self._place(shape, x, y, wide, high)
        frame = shape.text_frame
        self._fill(frame, "", SMALL)
        for number, item in enumerate(blocks):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            text = ("• " if item.bullet else "") + " ".join(item.lines)
            cut = text.find(item.label) + len(item.label) if item.label else 0
            for part, bold in ((text[:cut], True), (text[cut:], item.bold)):
                if part:
                    run = paragraph.add_run()
                    run.text = part
                    run.font.size, run.font.bold = points(item.size * 0.75), bold
                    run.font.name = "Arial"
            paragraph.space_after = points(0 if item.bold else 9)

    def _table(self, grid: Grid) -> None:
        from pptx.util import Pt

        named = any(line for cell in grid.head for line in cell)
        rows = [*((grid.head,) if named else ()), *grid.rows]
        frame = self.slide.shapes.add_table(
            len(rows), len(grid.widths), MARGIN * _EMU, round(grid.top * _EMU),
            round(sum(grid.widths) * _EMU), round(sum(grid.heights) * _EMU),
        )  # fmt: skip
        table = frame.table
        table.first_row, table.horz_banding = named, False
        _describe(frame, self.leaf.title)
        for n, width in enumerate(grid.widths):
            table.columns[n].width = round(width * _EMU)
        for r, row in enumerate(rows):
            for c, lines in enumerate(row):
                cell = table.cell(r, c)
                cell.text = printable(" ".join(lines))
                cell.margin_left = cell.margin_right = 4 * _EMU
                cell.fill.background()
                for paragraph in cell.text_frame.paragraphs:
                    for run in paragraph.runs:
                        run.font.size, run.font.name = Pt(SMALL * 0.75), "Arial"
                        run.font.bold = (named and not r) or not c
                        _ink(run)

    def _picture(self) -> None:
        assert self.leaf.picture is not None
        data = plot_png(self.leaf.picture, self.leaf)
        top = self.leaf.top
        shape = self.slide.shapes.add_picture(
            io.BytesIO(data), MARGIN * _EMU, round(top * _EMU), round(ROOM * _EMU),
            round((BOTTOM - top) * _EMU),
        )  # fmt: skip
        _describe(shape, self.leaf.words)


def _describe(shape: Any, words: str) -> None:
    """Give a shape the text that is read to those who do not see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(words))


def _ink(run: Any) -> None:
    import pptx.dml.color as colors

    black: Any = colors.RGBColor
    run.font.color.rgb = black(0x11, 0x11, 0x11)
