"""From sheets to slides: one question a page, tasks and keys apart, both sides together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ice_facts.show.deck import Slide, SlideText
from ice_facts.show.paper import Columns, Page, Paper, Para
from ice_facts.show.shapes import plain, text_of


def slides_of_paper(paper: Paper) -> Iterator[Slide]:
    """Yield the slides of a sheet, page by page."""
    for page in paper.pages:
        yield from _page(page)


def _page(page: Page) -> Iterator[Slide]:
    title, under = page.title, ""
    texts: list[SlideText] = []
    for number, part in enumerate(page.blocks):
        if isinstance(part, Columns) or part.form == "heading" or _is_question(part):
            if number == 1 and texts:
                # One sentence of how or what is no slide: it stands over the others.
                under, texts = text_of(texts[0].cell), []
            if texts:
                yield Slide(title, "text", subtitle=under, texts=tuple(texts))
                texts = []
        if isinstance(part, Columns):
            yield _beside(page.title, under, part)
        elif part.form == "heading":
            title = f"{page.title}: {part.text}"
        elif _is_question(part):
            asked = (_text(part, large=True), *map(_text, part.below))
            yield Slide(title, "text", subtitle=under, texts=asked)
        else:
            texts.append(_text(part))
    if texts:
        yield Slide(title, "text", subtitle=under, texts=tuple(texts))


def _is_question(para: Para) -> bool:
    return any(inner.form == "choice" for inner in para.below)


def _text(para: Para, *, large: bool = False) -> SlideText:
    """Return a paragraph with what belongs to it; answers to choose from stand apart."""
    below = [p for p in para.below if p.form != "choice"]
    bold = f"{para.bold}{':' if para.text else '.'}" if para.bold else ""
    words = [para.mark, bold, para.text]
    words += [f"{p.bold}: {p.text}" if p.bold else p.text for p in below]
    return SlideText(plain(" ".join(word for word in words if word)), large=large, bare=True)


def _beside(title: str, under: str, columns: Columns) -> Slide:
    """Return the first two columns; the third is for writing."""
    both = zip(columns.titles[:2], columns.columns[:2], strict=True)
    return Slide(
        title,
        "sides",
        subtitle=under,
        sides=tuple((name, tuple(map(_entry, paras))) for name, paras in both),
        notes=tuple(_said(paras) for paras in columns.columns[:2]),
    )


def _entry(para: Para) -> SlideText:
    first = next(iter(para.below), para)
    return SlideText(plain(first.text), para.bold)


def _said(paras: Sequence[Para]) -> str:
    """Return all that a column says, with reasons and sources."""
    parts = (p for para in paras for p in (para, *para.below))
    return " ".join(f"{p.bold}: {p.text}" if p.bold and p.text else p.bold or p.text for p in parts)
