"""Sheets for class as HTML to print, as Markdown, and as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from textwrap import wrap as wrap_text
from xml.etree.ElementTree import Element, SubElement

from rich.text import Text

from ice_facts.render import Style
from ice_facts.render.markdown import escaped
from ice_facts.render.page import block, keep_dates, new_page, page_text
from ice_facts.show.paper import Columns, CutCard, Page, Paper, Para
from ice_facts.show.words import printable

wrap = partial(wrap_text, break_long_words=False, break_on_hyphens=False)

ON_A_PAGE = 8
"""So many cards to cut out stand on a page, in two columns."""


def papers_html(papers: Sequence[Paper], style: Style) -> str:
    """Return sheets as one page of HTML that prints each of their pages on a new one."""
    page, body = new_page(papers[0].title, "paper.css")
    kinds = ["across"] * papers[0].wide + ["cut"] * bool(papers[0].cards)
    if kinds:
        body.set("class", " ".join(kinds))
    main = block(body, "main")
    number = 0
    for paper in papers:
        for part in paper.pages:
            _page(main, part, paper.footer, first=not number, name=f"p{number}")
            number += 1
        for start in range(0, len(paper.cards), ON_A_PAGE):
            _cards(main, paper, start, name=f"c{start}", first=not number)
            number += 1
    keep_dates(main)
    return page_text(page, ascii=style.ascii)


def _page(main: Element, page: Page, footer: str, *, first: bool, name: str) -> None:
    part = block(main, "section", "", {"aria-labelledby": name})
    if page.small:
        part.set("class", "teacher")
    if page.named:
        line = block(part, "p", kind="named")
        block(line, "span", "Name:")
        block(line, "span", "Date:", kind="day")
    block(part, "h1" if first else "h2", page.title, id=name)
    level = "h2" if first else "h3"
    for item in page.blocks:
        if isinstance(item, Columns):
            _columns(part, item, level)
        else:
            _para(part, item, level)
    if footer:
        block(part, "footer", footer)


def _columns(parent: Element, columns: Columns, level: str) -> None:
    around = block(parent, "div", kind="beside")
    around.set("style", f"grid-template-columns: repeat({len(columns.titles)}, minmax(0, 1fr))")
    for title, paras in zip(columns.titles, columns.columns, strict=True):
        column = block(around, "div")
        block(column, level, title)
        for para in paras:
            _para(column, para, level)


def _para(parent: Element, para: Para, level: str) -> None:
    if para.form == "heading":
        block(parent, level, para.text)
        return
    if para.form in ("item", "choice"):
        plain = "" if para.mark else " plain"
        row = block(parent, "div", kind=f"{para.form}{plain}")
        if para.mark:
            block(row, "span", para.mark, kind="mark")
        body = block(row, "div")
    else:
        body = block(parent, "div", kind="entry") if para.lines else parent
    text = block(body, "p", "", {"class": "note"} if para.form == "note" else None)
    if para.bold:
        bold = SubElement(text, "strong")
        bold.text, bold.tail = printable(para.bold) + (":" if para.text else ""), " "
        bold.tail += printable(para.text)
    else:
        text.text = printable(f"{para.mark} {para.text}" if para.form == "list" else para.text)
    if para.form == "list":
        text.set("class", "list")
    for inner in para.below:
        _para(body, inner, level)
    for _ in range(para.lines):
        block(body, "div", "", {"aria-hidden": "true"}, kind="write")


def _cards(main: Element, paper: Paper, start: int, *, name: str, first: bool) -> None:
    """Write eight cards: their fronts on a page, their backs on the next, as a printer turns it."""
    cards = paper.cards[start : start + ON_A_PAGE]
    for side in ("front", "back"):
        part = block(main, "section", "", {"aria-label": f"{side}s of cards {start + 1} and on"})
        if first and side == "front":
            # The page needs a heading, and the cards all the room of the sheet.
            block(part, "h1", paper.title, id=name, style=_HIDDEN)
        around = block(part, "div", kind="cards")
        for place in range(0, ON_A_PAGE, 2):
            pair: list[CutCard | None] = [*cards[place : place + 2]]
            pair += [None] * (2 - len(pair))
            # Turned over at its long edge, a sheet has its left column at the right.
            for card in pair if side == "front" else reversed(pair):
                _card(around, card, side)


_HIDDEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
_SMALL, _SMALLER = 200, 330
"""From so many characters on, the back of a card is written smaller."""


def _card(around: Element, card: CutCard | None, side: str) -> None:
    if card is None:
        block(around, "div", "", {"aria-hidden": "true"})
    elif side == "front":
        block(block(around, "div", kind="face"), "p", card.front, kind="front")
    else:
        length = len(card.back)
        size = " smaller" if length > _SMALLER else " small" if length > _SMALL else ""
        back = block(around, "div", kind=f"back{size}")
        block(back, "p", card.back)
        if card.source:
            block(back, "p", card.source, kind="note")


_LINE = "\\_"
"""A piece of a line to write on, which Markdown must not take for emphasis."""


def papers_markdown(papers: Sequence[Paper]) -> str:
    """Return sheets as Markdown."""
    lines: list[str] = []
    for paper in papers:
        for line in _markdown(paper):
            # A list ends with an empty line.
            if lines and lines[-1].startswith("- ") and not line.startswith("- "):
                lines.append("")
            lines.append(line)
    return "\n".join(lines)


def _markdown(paper: Paper) -> Iterator[str]:
    for number, page in enumerate(paper.pages):
        if number:
            yield "---\n"
        if page.named:
            yield f"Name: {_LINE * 16} Date: {_LINE * 9}\n"
        yield f"{'##' if number else '#'} {escaped(page.title)}\n"
        for item in page.blocks:
            if isinstance(item, Columns):
                for title, paras in zip(item.titles, item.columns, strict=True):
                    yield f"### {escaped(title)}\n"
                    for para in paras:
                        yield from _markdown_para(para)
            else:
                yield from _markdown_para(item)
        if paper.footer:
            yield f"*{escaped(paper.footer)}*\n"
    if paper.cards:
        yield f"# {escaped(paper.title)}\n"
    for card in paper.cards:
        yield f"**{escaped(card.front)}**\n"
        yield f"{escaped(card.back)}\n"
        if card.source:
            yield f"*{escaped(card.source)}*\n"
    if paper.cards and paper.footer:
        yield f"*{escaped(paper.footer)}*\n"


def _markdown_para(para: Para) -> Iterator[str]:
    bold = f"**{escaped(para.bold)}{':' if para.text else ''}** " if para.bold else ""
    text = f"{bold}{escaped(para.text)}".strip()
    mark = escaped(para.mark)
    match para.form:
        case "heading":
            yield f"### {text}\n"
        case "item":
            yield f"**{mark}** {text}\n" if mark else f"{text}\n"
        case "choice":
            yield f"- {mark}: {text}" if mark else f"- {text}"
        case "list":
            yield f"- {text}"
        case _:
            yield f"{text}\n"
    for inner in para.below:
        yield from _markdown_para(inner)
    yield from [_LINE * 40 + "\n"] * para.lines


def paper_text(paper: Paper, width: int) -> Iterator[Text]:
    """Yield the lines of a sheet as text of so many columns."""
    room = max(20, width - 2)
    for number, page in enumerate(paper.pages):
        if number:
            yield Text()
        if page.named:
            yield Text(f" Name: {'_' * (room // 2 - 8)}  Date: {'_' * (room // 3 - 8)}")
            yield Text()
        for line in wrap(printable(page.title), room):
            yield Text(f" {line}", "bold")
        for item in page.blocks:
            if isinstance(item, Columns):
                yield from _text_columns(item, room)
            else:
                yield from _text_para(item, room, 1)
    for card in paper.cards:
        yield Text(f" {printable(card.front)}", "bold")
        yield from _wrapped(card.back, room, 3)
        yield from _wrapped(card.source, room, 3, "dim")
    if paper.footer:
        yield Text()
        yield from _wrapped(paper.footer, room, 1, "dim")


def _text_columns(columns: Columns, room: int) -> Iterator[Text]:
    """Yield columns beside one another where each is wide enough to read, or one by one."""
    filled = [n for n, paras in enumerate(columns.columns) if paras]
    wide = (room - 3 * (len(filled) - 1)) // max(1, len(filled))
    if wide < 30:
        for n in filled:
            yield Text()
            yield Text(f" {printable(columns.titles[n])}", "bold underline")
            for para in columns.columns[n]:
                yield from _text_para(para, room, 1)
        return
    stacks = []
    for n in filled:
        lines = [Text(line, "bold underline") for line in wrap(columns.titles[n], wide)]
        for para in columns.columns[n]:
            lines += _text_para(para, wide, 0)
        stacks.append(lines)
    yield Text()
    for row in range(max(map(len, stacks))):
        text = Text(" ")
        for place, lines in enumerate(stacks):
            cell = lines[row].copy() if row < len(lines) else Text()
            if place < len(stacks) - 1:
                cell.pad_right(wide + 3 - cell.cell_len)
            text.append_text(cell)
        yield text


def _text_para(para: Para, room: int, indent: int) -> Iterator[Text]:
    if para.form == "heading":
        yield Text()
        yield from _wrapped(para.text, room, indent, "bold")
        return
    if para.form == "item":
        yield Text()
    mark = f"{para.mark} " if para.mark else ""
    deep = {"item": 0, "choice": 3, "list": 0}.get(para.form, 3 if indent else 0)
    left = indent + deep
    bold = f"{para.bold}: " if para.bold and para.text else para.bold
    hang = left + len(mark)
    tone = "dim" if para.form == "note" else ""
    lines = wrap(printable(f"{mark}{bold}{para.text}"), max(16, room - left)) or [""]
    for number, line in enumerate(lines):
        if number and mark:
            continue
        yield Text(" " * left + line, tone)
    if mark and len(lines) > 1:
        rest = printable(f"{mark}{bold}{para.text}")[len(lines[0]) :].strip()
        yield from _wrapped(rest, room, hang, tone)
    for inner in para.below:
        yield from _text_para(inner, room, indent)
    for _ in range(para.lines):
        yield Text(" " * (left or 1) + "_" * max(10, room - left - 2))


def _wrapped(text: str, room: int, indent: int, tone: str = "") -> Iterator[Text]:
    for line in wrap(printable(text), max(16, room - indent)):
        yield Text(" " * indent + line, tone)
