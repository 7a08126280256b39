"""The card of one record on a terminal: short, or with sections in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ice_facts.render import Style, shown_sections
from ice_facts.render.drawing import Printer
from ice_facts.show.shapes import Card, Fact, Line, Piece, Section
from ice_facts.show.words import printable, span_text

SOURCES_SHOWN = 2


def print_card(console: Console, card: Card, style: Style) -> None:
    """Print a card: the first screen, or the sections that were asked for in full.

    Raises:
        UsageError: A section was asked for that the card does not have.
    """
    sections = shown_sections(card, style)
    printer = _CardPrinter(console, style, card.sources, brief=not sections)
    if sections:
        printer.full(card, sections)
    else:
        printer.short(card)


class _CardPrinter(Printer):
    def short(self, card: Card) -> None:
        """Print the first screen: the lead, tables, one or a few lines for every section."""
        self._title(card)
        self._lead(card)
        lined: list[Section] = []
        for section in card.sections:
            if section.tabular and section.table:
                self.blank()
                self.table(section.table, by_column=section.name == "rules")
                self.command(section.more)
            elif section.lines:
                lined.append(section)
        if lined:
            self.blank()
        for section in lined:
            last = len(section.lines) - 1
            for number, line in enumerate(section.lines):
                command = section.more if number == last else ""
                self.labelled(line.label, self.text(line.pieces), command)
        self.sources(card.sources, shown=SOURCES_SHOWN, command=card.sources_command)

    def full(self, card: Card, sections: Sequence[Section]) -> None:
        """Print sections with all that they hold."""
        self._title(card)
        if self.style.full:
            self._lead(card)
        for section in sections:
            self._section(section)
        if all(section.name != "sources" for section in sections):
            self.sources(card.sources, shown=None, command="")

    def _title(self, card: Card) -> None:
        title, aside = Text(printable(card.title), "bold"), printable(card.aside)
        gap = self.width - title.cell_len - Text(aside).cell_len
        if aside and gap >= 3:
            self.line(Text.assemble(title, (" " * gap + aside, "dim")))
        else:
            self.line(title)
            if aside:
                self.line(Text(aside, "dim"))

    def _lead(self, card: Card) -> None:
        for line in card.lead:
            text = self.text(line.pieces)
            if line.label:
                self.labelled(line.label, text)
            else:
                self.line(text)

    def _section(self, section: Section) -> None:
        self.blank()
        self.line(Text(printable(section.title), "bold underline"))
        if section.table:
            self.table(section.table, by_column=section.name == "rules")
            self.blank()
        for fact in section.facts:
            self._fact(fact)
        if not section.facts and not section.table:
            for line in section.lines or (Line((Piece("none", "muted"),)),):
                self.line(self.text(line.pieces), 1)

    def _fact(self, fact: Fact) -> None:
        head = self.tone(fact.tone, "")
        head.append(printable(fact.label or fact.key), "bold")
        if fact.value:
            head.append(": ")
            head.append(printable(fact.value), self.styles.get(fact.tone, ""))
        if not fact.confirmed:
            head.append(" * unconfirmed", "dim")
        span = span_text(fact.start, fact.until)
        if span and fact.label != fact.start:
            head.append(f" · {span}", "dim")
        self.line(head, 1)
        if fact.text:
            self.line(Text(printable(fact.text)), 3)
        if fact.note:
            self.line(Text(f"Note: {printable(fact.note)}", "dim"), 3)
        if fact.sources:
            # Where a list of sources follows, a mark leads to it; else the id names the source.
            cited = (
                " ".join(part for part in (self.mark((c,)) or c.id, c.locator) if part)
                for c in fact.sources
            )
            self.line(Text(printable("  ".join(cited)), "dim"), 3)
