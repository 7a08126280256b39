"""The card of one record on a terminal: short, or with sections in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from ice_facts.render import Style, brief_of, shown_sections
from ice_facts.render.drawing import HARD_BLANK, Printer
from ice_facts.render.parts import citations_in, numbered_sources
from ice_facts.render.runs import Runs, styled, width_of, wrap
from ice_facts.render.theme import symbol
from ice_facts.show.shapes import Card, Fact, Line, Piece, Section, all_facts, text_of
from ice_facts.show.words import printable, span_text

SOURCES_SHOWN, TITLES_SHOWN = 3, 2
"""So many sources stand at the foot of a short form: by publisher and date, or with titles."""


def print_card(console: Console, card: Card, style: Style) -> None:
    """Print a card: the first screen, or the sections that were asked for in full.

    Raises:
        UsageError: A section was asked for that the card does not have.
    """
    sections = shown_sections(card, style)
    printer = Printer(console, style, numbered_sources(card), brief=not sections, numbered=True)
    if style.brief:
        _brief(printer, card)
        return
    _head(printer, card.title, card.aside)
    if not sections or style.full:
        _lines(printer, (*card.head, *card.fine) if style.full else card.head)
    for section in sections:
        if section.name == "sources":
            _sources(printer, card, section)
        else:
            _full(printer, section)
    if not sections:
        _short(printer, card)
        printer.sources(
            card.sources,
            shown=SOURCES_SHOWN if card.command else TITLES_SHOWN,
            command=card.sources_command,
            titles=not card.command,
        )
        _parts(printer, card)
    elif all(section.name != "sources" for section in sections):
        printer.sources(card.sources, shown=None, command="")


def _head(printer: Printer, title: str, aside: str) -> None:
    """Print a title, and what stands beside it at the right edge or under it."""
    title, aside = printable(title), printable(aside)
    gap = printer.width - width_of(title) - width_of(aside)
    if aside and gap >= 3:
        printer.line([(title, "bold"), (" " * gap + aside, "dim")])
    else:
        printer.line(title, style="bold")
        if aside:
            printer.line(aside, style="dim")


BRIEF_LINES = 8


def _brief(printer: Printer, card: Card) -> None:
    """Print name, date and opening on a few lines; sentences that do not fit are left out whole."""
    brief = brief_of(card)
    dated = " · ".join(text_of(line.pieces) for line in brief.dated)
    _head(printer, card.title, dated)
    room = BRIEF_LINES - 1
    if width_of(card.title) + width_of(dated) + 3 > printer.width:
        heads = (wrap([(text, "")], printer.width) for text in (card.title, dated))
        room = BRIEF_LINES - sum(map(len, heads))
    shown: Runs = []
    left_out = False
    more: Runs = [(f" More: {card.command}", "dim")]
    for line in brief.lines:
        longer = [*shown, *([(" ", "")] if shown else []), *printer.plain(line.pieces)]
        if not shown or len(wrap([*longer, *more], printer.width)) <= room:
            shown = longer
        else:
            left_out = True
    printer.line([*shown, *more] if left_out and card.command else shown)


def _lines(printer: Printer, lines: Sequence[Line]) -> None:
    for line in lines:
        text = printer.runs(line.pieces)
        if line.label:
            printer.labelled(line.label, text)
        else:
            printer.line(text)


def _short(printer: Printer, card: Card) -> None:
    """Print the first screen: tables, then one or a few lines for every other section."""
    lined: list[Section] = []
    for section in card.sections:
        if section.tabular and section.table:
            printer.blank()
            printer.table(
                section.short or section.table,
                by_column=section.name == "rules",
                in_line=section.short is not None,
            )
            printer.command("" if card.command else section.more)
        elif section.lines:
            lined.append(section)
    if lined:
        printer.blank()
    for section in lined:
        *lines, last = section.lines
        for line in lines:
            printer.labelled(line.label, printer.runs(line.pieces))
        printer.labelled(
            last.label, printer.runs(last.pieces), section.more, only_beside=bool(card.command)
        )


def _parts(printer: Printer, card: Card) -> None:
    """Print how to see the rest of a card: the parts that have something in them."""
    names = [section.name for section in card.sections if section.facts]
    if card.command and names:
        text: Runs = [
            (f"{card.command} --full", printer.styles["command"]),
            (f", or --section {', '.join(names)}", "dim"),
        ]
        printer.labelled("More", text)


def _sources(printer: Printer, card: Card, section: Section) -> None:
    """Print all sources of a card under the numbers that they have in all of its sections."""
    printer.blank()
    printer.line(printable(section.title), style="bold underline")
    cells = [line.pieces for line in card.head]
    cells += [line.pieces for part in card.sections for line in part.lines]
    cited = [c for cell in cells for piece in cell for c in piece.sources]
    cited += [c for fact in all_facts(card) if fact.section != "source" for c in fact.sources]
    printer.every_source(numbered_sources(card), cited)


def _full(printer: Printer, section: Section) -> None:
    """Print a section with all that it holds."""
    printer.blank()
    printer.line(printable(section.title), style="bold underline")
    if section.table:
        printer.table(section.table, by_column=section.name == "rules")
        printer.blank()
    for fact in section.facts:
        _fact(printer, fact)
    if not section.facts and not section.table:
        for line in section.lines or (Line((Piece("none", "muted"),)),):
            printer.line(printer.runs(line.pieces), 1)


def _fact(printer: Printer, fact: Fact) -> None:
    sign = symbol(fact.tone, ascii=printer.style.ascii)
    head: Runs = [(sign + HARD_BLANK, "")] if sign else []
    head.append((printable(fact.label or fact.key), "bold"))
    if fact.value:
        head += [(": ", ""), (printable(fact.value), "")]
    if not fact.confirmed:
        head.append((" * unconfirmed", "dim"))
    span = span_text(fact.start, fact.until)
    if span and fact.label != fact.start:
        head.append((f" · {span}", "dim"))
    printer.line(styled(head, printer.styles.get(fact.tone, "")), 1)
    if fact.text:
        printer.line(printable(fact.text), 3)
    if fact.note:
        printer.line(f"Note: {printable(fact.note)}", 3, "dim")
    sources = citations_in(fact)
    if sources:
        # Where a list of sources follows, a mark leads to it; else the id names the source.
        cited = (
            " ".join(part for part in (printer.mark((c,)) or c.id, c.locator) if part)
            for c in sources
        )
        printer.line(printable("  ".join(cited)), 3, "dim")
