"""What pages of HTML have in common: a head that needs nothing else, and its blocks."""

from __future__ import annotations

import re
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from ice_facts import __version__
from ice_facts.render.theme import to_ascii
from ice_facts.show.words import printable


def new_page(title: str, style: str, *, foot: str = "") -> tuple[Element, Element]:
    """Return a page and its body.

    Args:
        title: Its title.
        style: The name of its style sheet in this package, which becomes part of the page.
        foot: What stands at the foot of every page on paper, beside its number.
    """
    page = Element("html", lang="en")
    head = block(page, "head")
    block(head, "meta", charset="utf-8")
    block(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    block(head, "meta", name="generator", content=f"ice-facts {__version__}")
    block(head, "title", f"{title} · ice-facts")
    sheet = block(head, "style")
    sheet.text = files("ice_facts.render").joinpath(style).read_text("utf-8")
    if foot:
        # Nothing in a text may end the style sheet or the string in it.
        words = re.sub(r'[<>"\\]', " ", printable(f"{title} · {foot}"))
        sheet.text += f'@page {{ @bottom-left {{ content: "{words}"; }} }}\n'
    return page, block(page, "body")


def block(
    parent: Element, tag: str, text: str = "", attributes: dict[str, str] | None = None, **more: str
) -> Element:
    """Add an element that stands on a line of its own; ``kind`` is its class."""
    given = {**(attributes or {}), **more}
    if "kind" in given:
        given["class"] = given.pop("kind")
    element = SubElement(parent, tag, given)
    element.text = printable(text) or None
    element.tail = "\n"
    return element


_DATE = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")


def keep_dates(root: Element) -> None:
    """Put every date into an element of its own, so that no line breaks at its hyphens."""
    if root.tag in ("title", "desc", "style", "script") or "viewBox" in root.attrib:
        return  # pictures have lines of their own
    for child in list(root):
        keep_dates(child)
    for place, child in reversed(list(enumerate(root))):
        text, child.tail = child.tail or "", None
        _put(root, place + 1, text, child)
    text, root.text = root.text or "", None
    _put(root, 0, text, None)


def _put(root: Element, place: int, text: str, before: Element | None) -> None:
    """Put a text after an element of another one, or at its start, its dates as elements."""
    start, spans = 0, []
    for found in () if root.get("class") == "date" else _DATE.finditer(text):
        _tail(root, before, text[start : found.start()])
        before = Element("span", {"class": "date"})
        before.text = found[0]
        spans.append(before)
        start = found.end()
    _tail(root, before, text[start:])
    for number, span in enumerate(spans):
        root.insert(place + number, span)


def _tail(root: Element, before: Element | None, text: str) -> None:
    if before is None:
        root.text = text or None
    else:
        before.tail = text or None


def page_text(page: Element, *, ascii: bool) -> str:
    """Return a page as text."""
    text = f"<!DOCTYPE html>\n{tostring(page, encoding='unicode', method='html')}\n"
    return to_ascii(text) if ascii else text


def append(parent: Element, text: str) -> None:
    """Add text after what an element holds so far."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def bare(element: Element) -> Element:
    """Return an element of SVG as HTML has it, without a namespace."""
    for found in element.iter():
        found.tag = found.tag.rpartition("}")[2]
    return element
