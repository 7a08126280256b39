"""HTML: one page that needs nothing else, for a class to read on a screen or on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, fromstring

from ice_facts import __version__
from ice_facts.render import Style, View, brief_of, shown_sections
from ice_facts.render.page import append, bare, block, keep_dates, new_page, page_text
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
from ice_facts.show.pictures import Chart, TileMap
from ice_facts.show.shapes import (
    GLUED,
    Card,
    Cell,
    Line,
    ListView,
    Piece,
    Section,
    Side,
    Table,
    runs_of,
)
from ice_facts.show.words import printable, signs_in, source_text
from ice_facts.vocabulary import COOPERATING, RESTRICTING

FEW_SOURCES = 6
"""In a short form, more sources than these stand by publisher and date only."""


def render_html(views: Sequence[View], style: Style) -> str:
    """Return views as one page with its own style for screens, light and dark, and paper."""
    shown = with_fields(views, style)
    if papers := papers_of(shown):
        from ice_facts.render.paper import papers_html

        return papers_html(papers, style)
    title = printable(", ".join(view.title for view in shown)) or "ice-facts"
    page, body = new_page(title, "page.css", foot=style.dated)
    if any(isinstance(view, ListView) and _is_wide(view) for view in shown):
        body.set("class", "across")
    main = block(body, "main")
    # A page has one main heading; several cards stand one level under it.
    level = 1
    if len(shown) > 1:
        block(main, "h1", title)
        level = 2
    articles = [
        _Article(main, style, level, f"v{number}", view) for number, view in enumerate(shown, 1)
    ]
    for article in articles:
        article.write()
    keep_dates(main)
    _footer(body, articles, style)
    keep_dates(body[-1])
    return page_text(page, ascii=style.ascii)


WIDE = 6
"""Tables with so many columns are printed across."""


def _is_wide(listing: ListView) -> bool:
    drawn = listing.sides or listing.picture
    return not drawn and len(for_reading(listing.table).columns) >= WIDE


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
        self.root = block(main, "article", "", {"aria-labelledby": name})
        self.style = style
        self.level = level
        self.name = name
        self.view = view
        card = isinstance(view, Card)
        sources = numbered_sources(view) if isinstance(view, Card) else view.sources
        self.marks = Marks(sources, numbered=card)
        self.tones: set[str] = set()
        self.unconfirmed = False

    def write(self) -> None:
        """Write a card or a listing."""
        block(self.root, f"h{self.level}", self.view.title, id=self.name)
        if isinstance(self.view, Card):
            self._card(self.view)
        else:
            self._listing(self.view)

    def _listing(self, listing: ListView) -> None:
        for text in listing.lead:
            block(self.root, "p", text)
        if listing.picture:
            self._picture(listing.picture)
        for (heading, about), group in groupby(listing.sides, key=lambda s: (s.heading, s.about)):
            subject = block(self.root, "div", kind="subject")
            over = f"{self.name}-on{len(self.root.findall('div'))}" if heading else ""
            if heading:
                block(subject, f"h{self.level + 1}", heading, id=over)
            if about:
                block(subject, "p", about)
            self._sides(subject, list(group), over)
        if not listing.sides:
            self._table(self.root, grouped(listing), listing.title, equal=listing.compared)
        for note in listing.notes:
            block(self.root, "p", note, kind="quiet")
        self._sources(full=not listing.sources_command, command=listing.sources_command)

    def _picture(self, picture: Chart | TileMap) -> None:
        """Write a chart or map as a picture with texts, as it is in a file of its own."""
        from ice_facts.render.picture import picture_bytes

        drawn = fromstring(picture_bytes(picture, "svg"))
        for part in list(drawn):
            if part.tag.endswith("metadata"):  # the title and words are the page's
                drawn.remove(part)
        block(self.root, "figure").append(bare(drawn))

    def _sides(self, subject: Element, sides: Sequence[Side], over: str) -> None:
        """Write sides two by two beside one another; ``over`` is the id of their heading."""
        level = self.level + (2 if over else 1)
        done = len(self.root.findall(".//section"))
        for start in range(0, len(sides), 2):
            row = block(subject, "div", kind="beside")
            for number, side in enumerate(sides[start : start + 2], done + start):
                name = f"{self.name}-side{number}"
                part = block(row, "section", "", {"aria-labelledby": f"{over} {name}".strip()})
                block(part, f"h{level}", side.title, id=name)
                for entry in side.entries:
                    holder = block(part, "div", kind="entry")
                    for line in entry:
                        self._paragraph(holder, line)

    def _card(self, card: Card) -> None:
        if self.style.brief:
            brief = brief_of(card)
            for line in (*brief.lines, *brief.dated):
                self._paragraph(self.root, line)
            self._sources(command=card.sources_command)
            return
        if card.aside:
            block(self.root, "p", card.aside, kind="aside")
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
            self._sources(full=bool(sections), command=card.sources_command)

    def _short(self, sections: Sequence[Section]) -> None:
        lined = []
        for section in sections:
            if section.tabular and section.table:
                self._table(
                    self.root, [("", for_reading(section.short or section.table))], section.title
                )
                self._more(block(self.root, "p"), section.more)
            elif section.lines:
                lined.append(section)
        if not lined:
            return
        terms = block(self.root, "dl")
        for section in lined:
            for number, line in enumerate(section.lines):
                if line.label or not number:
                    block(terms, "dt", line.label or section.title)
                self._cell(block(terms, "dd"), line.pieces)
            if section.more:
                self._more(block(terms, "dd"), section.more)

    def _full(self, section: Section) -> None:
        name = f"{self.name}-{re.sub(r'[^a-z0-9-]', '-', section.name)}"
        part = block(self.root, "section", "", {"aria-labelledby": name})
        block(part, f"h{self.level + 1}", section.title, id=name)
        if section.table:
            self._table(part, [("", for_reading(section.table))], section.title)
        facts = section_table(section)
        if facts:
            every = f"{section.title}: every fact with its sources"
            self._table(part, [("", facts)], every if section.table else section.title)
        if not facts and not section.table:
            for line in section.lines or (Line((Piece("none", "muted"),)),):
                self._paragraph(part, line)

    def _paragraph(self, parent: Element, line: Line) -> None:
        paragraph = block(parent, "p")
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
        own = caption == self.view.title
        named = printable(caption if own else f"{self.view.title}: {caption}")
        # A table wider than the screen is scrolled, also with the keyboard.
        around = block(
            parent,
            "div",
            "",
            {"role": "region", "aria-label": f"{named} (table)", "tabindex": "0"},
            kind="wide",
        )
        drawn = block(around, "table", "", {"class": "equal"} if equal else {})
        # What the heading says already is there for those who do not see the page only.
        block(drawn, "caption", caption, {"class": "heard"} if own else {})
        columns = parts[0][1].columns
        header = block(block(drawn, "thead"), "tr")
        for column in columns:
            # A corner that says nothing is no heading.
            tag, scope = ("th", {"scope": "col"}) if column.title else ("td", {})
            block(header, tag, column.title, scope | _number(column.right))
        for heading, table in parts:
            body = block(drawn, "tbody")
            if heading:
                span = {"scope": "rowgroup", "colspan": str(len(columns)), "class": "group"}
                block(block(body, "tr"), "th", heading, span)
            for row in table.rows:
                line = block(body, "tr")
                for place, (column, pieces) in enumerate(zip(columns, row, strict=True)):
                    tag, scope = ("td", {}) if place else ("th", {"scope": "row"})
                    self._stack(block(line, tag, "", scope | _number(column.right)), pieces)

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
                append(parent, " ")
            self._piece(parent, piece)

    def _piece(self, parent: Element, piece: Piece) -> None:
        text = printable(piece.text)
        sign = symbol(piece.tone, ascii=self.style.ascii)
        self.tones.update((piece.tone, *signs_in(text)))
        if sign or piece.tone in ("strong", "match", "muted"):
            toned = SubElement(parent, "span", {"class": piece.tone})
            if sign:
                # The word beside it says the same.
                mark = SubElement(toned, "span", {"aria-hidden": "true"})
                mark.text, mark.tail = sign, f"\u00a0{text}"
            else:
                toned.text = text
        else:
            append(parent, text)
        if not piece.confirmed:
            unconfirmed = SubElement(parent, "abbr", title="unconfirmed")
            unconfirmed.text = "*"
            self.unconfirmed = True
        runs, _ = self.marks.runs(piece.sources)
        if runs:
            append(parent, "\u00a0" if "".join(parent.itertext()) else "")
            self._marks(SubElement(parent, "span", {"class": "marks"}), runs)

    def _marks(self, parent: Element, runs: Sequence[tuple[int, int]]) -> None:
        for first, last in runs:
            for place, number in enumerate(dict.fromkeys((first, last))):
                if place:
                    append(parent, "–")
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

    def _sources(self, *, full: bool = False, command: str = "") -> None:
        """Write the sources cited: few ones or all in full, else by publisher and date.

        Args:
            full: Write titles, places and addresses, however many there are.
            command: What shows them where they are left out.
        """
        cited = self.marks.cited()
        if not cited:
            return
        full = full or len(cited) <= FEW_SOURCES
        name = f"{self.name}-sources-cited"
        part = block(self.root, "section", "", {"aria-labelledby": f"{self.name} {name}"})
        block(part, f"h{self.level + 1}", "Sources", id=name)
        items = block(part, "ol", kind="sources" if full else "sources short")
        for number, source, locators in cited:
            item = block(items, "li", id=f"{self.name}-s{number}", value=str(number))
            url = printable(source.url or "")
            link = re.fullmatch(r"https?://\S+", url) is not None
            if not full:
                name = printable(source.publisher)
                if link:
                    about = {"href": url, "title": printable(source.title)}
                    SubElement(item, "a", about).text = name
                else:
                    item.text = name
                append(item, f", {source.published or 'undated'}")
                continue
            parts = [source_text(source, address=False), "; ".join(locators)]
            item.text = printable(" · ".join(part for part in parts if part))
            if url:
                append(item, " · ")
            if link:
                SubElement(item, "a", href=url).text = url
            else:
                append(item, url)
        if not full:
            self._more(block(part, "p"), command)


_SIGNED = {
    "Rules": (*RESTRICTING, *COOPERATING, "silent", "unknown"),
    "Positions": ("supports", "opposes", "mixed", "neutral"),
    "Checks of claims": ("supported", "contradicted", "outdated", "unverified", "not-checkable"),
}


def _footer(body: Element, articles: Sequence[_Article], style: Style) -> None:
    """Write what the signs and marks mean that stand on the page, its dates and its licence."""
    tones = {tone for article in articles for tone in article.tones}
    said = []
    for kind, words in _SIGNED.items():
        signs = [f"{symbol(word, ascii=style.ascii)} {word}" for word in words if word in tones]
        if signs:
            said.append(f"{kind}: {', '.join(signs)}.")
    if tones.intersection((*RESTRICTING, *COOPERATING)):
        said.append(
            "Squares, in blue, restrict a form of cooperation; circles, in orange, allow it or ask"
            " for it."
        )
        if re.search(r"\bdone\b", " ".join(body.itertext())):
            said.append("What is done or not done is a practice: no written rule was read.")
    if any(article.marks.numbers for article in articles):
        said.append("A number in brackets leads to its source.")
    if any(article.unconfirmed for article in articles):
        said.append("* means that nobody has confirmed the fact in its source yet.")
    footer = block(body, "footer")
    if said:
        block(footer, "p", " ".join(said))
    made = f"Made with ice-facts {__version__}."
    block(footer, "p", f"{style.dated}. {made}" if style.dated else made)


def _number(right: bool) -> dict[str, str]:
    return {"class": "number"} if right else {}
