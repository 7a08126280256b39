"""The card of one record on a terminal: short, or with sections in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from ice_facts.render import Style, brief_of, shown_sections
from ice_facts.render.drawing import HARD_BLANK, Printer
from ice_facts.render.runs import Runs, styled, width_of, wrap
from ice_facts.render.theme import symbol
from ice_facts.show.shapes import Card, Fact, Line, Piece, Section
from ice_facts.show.words import printable, span_text

SOURCES_SHOWN = 2


def print_card(console: Console, card: Card, style: Style) -> None:
    """Print a card: the first screen, or the sections that were asked for in full.

    Raises:
        UsageError: A section was asked for that the card does not have.
    """
    sections = shown_sections(card, style)
    printer = Printer(console, style, card.sources, brief=not sections)
    if style.brief:
        _brief(printer, card)
        return
    _title(printer, card)
    if not sections or style.full:
        _lines(printer, (*card.head, *card.fine) if style.full else card.head)
    for section in sections:
        _full(printer, section)
    if not sections:
        _short(printer, card.sections)
        printer.sources(card.sources, shown=SOURCES_SHOWN, command=card.sources_command)
    elif all(section.name != "sources" for section in sections):
        printer.sources(card.sources, shown=None, command="")


def _title(printer: Printer, card: Card) -> None:
    title, aside = printable(card.title), printable(card.aside)
    gap = printer.width - width_of(title) - width_of(aside)
    if aside and gap >= 3:
        printer.line([(title, "bold"), (" " * gap + aside, "dim")])
    else:
        printer.line(title, style="bold")
        if aside:
            printer.line(aside, style="dim")


BRIEF_LINES = 8


def _brief(printer: Printer, card: Card) -> None:
    """Print name, opening and date on a few lines; sentences that do not fit are left out whole."""
    printer.line(printable(card.title), style="bold")
    brief = brief_of(card)
    dated = [printer.runs(line.pieces) for line in brief.dated]
    room = BRIEF_LINES - 1 - sum(len(wrap(line, printer.width)) for line in dated)
    left_out = False
    for number, line in enumerate(brief.lines):
        wrapped = wrap(printer.plain(line.pieces), printer.width)
        if number and len(wrapped) > room:
            left_out = True
            continue
        printer.lines(wrapped)
        room -= len(wrapped)
    for line in dated:
        more = [(f" · more: {card.command}", "dim")] if left_out and card.command else []
        fits = len(wrap([*line, *more], printer.width)) <= len(wrap(line, printer.width)) + room
        printer.line([*line, *more] if fits else line)


def _lines(printer: Printer, lines: Sequence[Line]) -> None:
    for line in lines:
        text = printer.runs(line.pieces)
        if line.label:
            printer.labelled(line.label, text)
        else:
            printer.line(text)


def _short(printer: Printer, sections: Sequence[Section]) -> None:
    """Print the first screen: tables, then one or a few lines for every other section."""
    lined: list[Section] = []
    for section in sections:
        if section.tabular and section.table:
            printer.blank()
            printer.table(section.short or section.table, by_column=section.name == "rules")
            printer.command(section.more)
        elif section.lines:
            lined.append(section)
    if lined:
        printer.blank()
    for section in lined:
        *lines, last = section.lines
        for line in lines:
            printer.labelled(line.label, printer.runs(line.pieces))
        printer.labelled(last.label, printer.runs(last.pieces), section.more)


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
    if fact.sources:
        # Where a list of sources follows, a mark leads to it; else the id names the source.
        cited = (
            " ".join(part for part in (printer.mark((c,)) or c.id, c.locator) if part)
            for c in fact.sources
        )
        printer.line(printable("  ".join(cited)), 3, "dim")
