"""HTML: one page that needs nothing else, for a class to read on a screen or on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args
from xml.etree.ElementTree import Element, SubElement

from ice_facts import __version__
from ice_facts.model import CheckStatus, PositionStance, RuleStance
from ice_facts.render import Style, View, brief_of, shown_sections
from ice_facts.render.page import keep_dates, new_page, page_text
from ice_facts.render.parts import (
    Marks,
    for_reading,
    grouped,
    numbered_sources,
    papers_of,
    section_table,
    with_fields,
)
from ice_facts.render.theme import symbol
from ice_facts.show.shapes import GLUED, Card, Cell, Line, ListView, Piece, Section, Table, runs_of
from ice_facts.show.words import printable, source_text
from ice_facts.vocabulary import SYMBOLS


def render_html(views: Sequence[View], style: Style) -> str:
    """Return views as one page with its own style for screens, light and dark, and paper."""
    shown = with_fields(views, style)
    if papers := papers_of(shown):
        from ice_facts.render.paper import papers_html

        return papers_html(papers, style)
    title = printable(", ".join(view.title for view in shown)) or "ice-facts"
    page, body = new_page(title, "page.css")
    main = _block(body, "main")
    # A page has one main heading; several cards stand one level under it.
    level = 1
    if len(shown) > 1:
        _block(main, "h1").text = title
        level = 2
    for number, view in enumerate(shown, 1):
        _Article(main, style, level, f"v{number}", view).write(view)
    _footer(body)
    keep_dates(body)
    return page_text(page, ascii=style.ascii)


class _Article:
    """Writes one view into a page.

    Args:
        main: The element to write into.
        style: How to.
        level: Level of the view's heading.
        name: What the ids of the view begin with.
        view: The view.
    """

    def __init__(self, main: Element, style: Style, level: int, name: str, view: View) -> None:
        self.root = _block(main, "article", {"aria-labelledby": name})
        self.style = style
        self.level = level
        self.name = name
        self.title = ""
        card = isinstance(view, Card)
        sources = numbered_sources(view) if isinstance(view, Card) else view.sources
        self.marks = Marks(sources, numbered=card)

    def write(self, view: View) -> None:
        """Write a card or a listing."""
        self.title = view.title
        heading = _block(self.root, f"h{self.level}", id=self.name)
        heading.text = printable(view.title)
        if isinstance(view, Card):
            self._card(view)
        else:
            self._listing(view)

    def _listing(self, listing: ListView) -> None:
        for text in listing.lead:
            _block(self.root, "p").text = printable(text)
        for number, side in enumerate(listing.sides):
            name = f"{self.name}-side{number}"
            if side.heading and (not number or side.heading != listing.sides[number - 1].heading):
                _block(self.root, f"h{self.level + 1}").text = printable(side.heading)
                if side.about:
                    _block(self.root, "p").text = printable(side.about)
            part = _block(self.root, "section", {"aria-labelledby": name})
            under = 2 if side.heading else 1
            _block(part, f"h{self.level + under}", id=name).text = printable(side.title)
            for entry in side.entries:
                block = _block(part, "div", {"class": "entry"})
                for line in entry:
                    self._paragraph(block, line)
        if not listing.sides:
            self._table(self.root, grouped(listing), listing.title, equal=listing.compared)
        for note in listing.notes:
            _block(self.root, "p", {"class": "quiet"}).text = printable(note)
        self._sources()

    def _card(self, card: Card) -> None:
        if self.style.brief:
            brief = brief_of(card)
            for line in (*brief.lines, *brief.dated):
                self._paragraph(self.root, line)
            self._sources()
            return
        if card.aside:
            _block(self.root, "p", {"class": "aside"}).text = printable(card.aside)
        sections = shown_sections(card, self.style)
        if not sections or self.style.full:
            for line in (*card.head, *card.fine) if self.style.full else card.head:
                self._paragraph(self.root, line)
        if sections:
            for section in sections:
                self._full(section)
        else:
            self._short(card.sections)
        if all(section.name != "sources" for section in sections):
            self._sources()

    def _short(self, sections: Sequence[Section]) -> None:
        lined = []
        for section in sections:
            if section.tabular and section.table:
                self._table(
                    self.root, [("", for_reading(section.short or section.table))], section.title
                )
                self._more(_block(self.root, "p"), section.more)
            elif section.lines:
                lined.append(section)
        if not lined:
            return
        terms = _block(self.root, "dl")
        for section in lined:
            for number, line in enumerate(section.lines):
                if line.label or not number:
                    _block(terms, "dt").text = printable(line.label or section.title)
                self._cell(_block(terms, "dd"), line.pieces)
            if section.more:
                self._more(_block(terms, "dd"), section.more)

    def _full(self, section: Section) -> None:
        name = f"{self.name}-{re.sub(r'[^a-z0-9-]', '-', section.name)}"
        part = _block(self.root, "section", {"aria-labelledby": name})
        _block(part, f"h{self.level + 1}", id=name).text = printable(section.title)
        if section.table:
            self._table(part, [("", for_reading(section.table))], section.title)
        facts = section_table(section)
        if facts:
            caption = "Every fact with its sources" if section.table else section.title
            self._table(part, [("", facts)], caption)
        if not facts and not section.table:
            for line in section.lines or (Line((Piece("none", "muted"),)),):
                self._paragraph(part, line)

    def _paragraph(self, parent: Element, line: Line) -> None:
        paragraph = _block(parent, "p")
        if line.label:
            label = SubElement(paragraph, "strong")
            label.text, label.tail = f"{printable(line.label)}:", " "
        self._cell(paragraph, line.pieces)

    def _table(
        self,
        parent: Element,
        parts: Sequence[tuple[str, Table]],
        caption: str,
        *,
        equal: bool = False,
    ) -> None:
        """Write a table of one part, or of several with a heading over each.

        Args:
            parent: The element to write into.
            parts: Each part with its heading; all have the same columns.
            caption: What the table is.
            equal: Whether all columns but the first have one width.
        """
        # A table wider than the screen is scrolled, also with the keyboard.
        around = _block(
            parent,
            "div",
            {"class": "wide", "role": "region", "aria-label": printable(caption), "tabindex": "0"},
        )
        drawn = _block(around, "table", {"class": "equal"} if equal else {})
        # What the heading says already is there for those who do not see the page only.
        heard = {"class": "heard"} if caption == self.title else {}
        _block(drawn, "caption", heard).text = printable(caption)
        columns = parts[0][1].columns
        header = _block(_block(drawn, "thead"), "tr")
        for column in columns:
            # The corner over the labels of a comparison is no heading.
            kind = ("th", {"scope": "col"}) if column.title else ("td", {})
            cell = _block(header, kind[0], kind[1] | _number(column.right))
            cell.text = printable(column.title)
        for heading, table in parts:
            body = _block(drawn, "tbody")
            if heading:
                span = {"scope": "rowgroup", "colspan": str(len(columns)), "class": "group"}
                _block(_block(body, "tr"), "th", span).text = printable(heading)
            for row in table.rows:
                line = _block(body, "tr")
                for place, (column, pieces) in enumerate(zip(columns, row, strict=True)):
                    tag, scope = ("td", {}) if place else ("th", {"scope": "row"})
                    self._stack(_block(line, tag, scope | _number(column.right)), pieces)

    def _stack(self, parent: Element, cell: Cell) -> None:
        runs = runs_of(cell)
        for run in runs:
            line = SubElement(parent, "span", {"class": "line"}) if len(runs) > 1 else parent
            for piece in run:
                self._piece(line, piece)

    def _cell(self, parent: Element, cell: Cell) -> None:
        for piece in cell:
            before = "".join(parent.itertext())
            if before and piece.tone not in GLUED and not before[-1].isspace():
                _append(parent, " ")
            self._piece(parent, piece)

    def _piece(self, parent: Element, piece: Piece) -> None:
        text = printable(piece.text)
        sign = symbol(piece.tone, ascii=self.style.ascii)
        if sign or piece.tone in ("strong", "match", "muted"):
            toned = SubElement(parent, "span", {"class": piece.tone})
            if sign:
                # The word beside it says the same.
                mark = SubElement(toned, "span", {"aria-hidden": "true"})
                mark.text, mark.tail = sign, f"\u00a0{text}"
            else:
                toned.text = text
        else:
            _append(parent, text)
        if not piece.confirmed:
            unconfirmed = SubElement(parent, "abbr", title="unconfirmed")
            unconfirmed.text = "*"
        runs, _ = self.marks.runs(piece.sources)
        if runs:
            _append(parent, "\u00a0" if "".join(parent.itertext()) else "")
            self._marks(SubElement(parent, "span", {"class": "marks"}), runs)

    def _marks(self, parent: Element, runs: Sequence[tuple[int, int]]) -> None:
        for first, last in runs:
            for place, number in enumerate(dict.fromkeys((first, last))):
                if place:
                    _append(parent, "–")
                link = SubElement(
                    parent,
                    "a",
                    {"href": f"#{self.name}-s{number}", "aria-label": f"source {number}"},
                )
                link.text = f"[{number}]"

    def _more(self, parent: Element, command: str) -> None:
        if command:
            parent.set("class", "more quiet")
            parent.text = "More: "
            SubElement(parent, "code").text = printable(command)

    def _sources(self) -> None:
        cited = self.marks.cited()
        if not cited:
            return
        name = f"{self.name}-sources-cited"
        part = _block(self.root, "section", {"aria-labelledby": name})
        _block(part, f"h{self.level + 1}", id=name).text = "Sources"
        items = _block(part, "ol", {"class": "sources"})
        for number, source, locators in cited:
            item = _block(items, "li", id=f"{self.name}-s{number}", value=str(number))
            parts = [source_text(source, address=False), "; ".join(locators)]
            item.text = printable(" · ".join(part for part in parts if part))
            url = printable(source.url or "")
            if url:
                _append(item, " · ")
            if re.match(r"https?://\S+$", url):
                SubElement(item, "a", href=url).text = url
            else:
                _append(item, url)


def _footer(body: Element) -> None:
    kinds = {"Rules": RuleStance, "Positions": PositionStance, "Checks of claims": CheckStatus}
    legend = "; ".join(
        f"{kind}: " + ", ".join(f"{SYMBOLS[tone][0]} {tone}" for tone in get_args(vocabulary))
        for kind, vocabulary in kinds.items()
    )
    _block(body, "footer").text = (
        f"{legend}. Squares, in blue, restrict a form of cooperation; circles, in orange, allow it"
        " or ask for it. A number in brackets leads to its source; * means that nobody has"
        f" confirmed the fact in its source yet. Made with ice-facts {__version__}."
    )


def _block(
    parent: Element, tag: str, attributes: dict[str, str] | None = None, **more: str
) -> Element:
    """Add an element that stands on a line of its own."""
    element = SubElement(parent, tag, {**(attributes or {}), **more})
    element.tail = "\n"
    return element


def _append(parent: Element, text: str) -> None:
    """Add text after what an element holds so far."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _number(right: bool) -> dict[str, str]:
    return {"class": "number"} if right else {}
