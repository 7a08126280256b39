"""What pages of HTML for class have in common: a head that needs nothing else, and its blocks."""

from __future__ import annotations

from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from ice_facts import __version__
from ice_facts.render.theme import to_ascii
from ice_facts.show.words import printable


def new_page(title: str, style: str) -> tuple[Element, Element]:
    """Return a page and its body.

    Args:
        title: Its title.
        style: The name of its style sheet in this package, which becomes part of the page.
    """
    page = Element("html", lang="en")
    head = block(page, "head")
    block(head, "meta", charset="utf-8")
    block(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    block(head, "meta", name="generator", content=f"ice-facts {__version__}")
    block(head, "title", f"{title} · ice-facts")
    sheet = block(head, "style")
    sheet.text = files("ice_facts.render").joinpath(style).read_text("utf-8")
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


def page_text(page: Element, *, ascii: bool) -> str:
    """Return a page as text."""
    text = f"<!DOCTYPE html>\n{tostring(page, encoding='unicode', method='html')}\n"
    return to_ascii(text) if ascii else text
