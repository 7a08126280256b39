"""A quiz at the terminal: a question, an answer, and what the record says."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import typer

from ice_facts.across.classroom.quiz import LETTERS, Asked, Quiz
from ice_facts.render import Style
from ice_facts.render.theme import to_ascii
from ice_facts.show.words import printable

LEAVE = ("q", "quit", "exit")


def play(quiz: Quiz, style: Style) -> None:
    """Ask the questions of a quiz one by one, and tell the score at the end.

    Whoever leaves early (q, Ctrl-D) gets the score so far.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed; the score has been told.
    """
    table = _Table(style)
    total = len(quiz.items)
    table.say(quiz.title, bold=True)
    table.say(f"{total} questions. Type a letter, or q to leave.")
    right = answered = 0
    try:
        for item in quiz.items:
            table.say("")
            table.say(f"{item.number}/{total}  {item.question}", bold=True)
            for letter, text in zip(LETTERS, item.options, strict=False):
                table.say(f"{letter}  {text}", hang=3)
            given = table.ask(LETTERS[: len(item.options)])
            if given is None:
                break
            answered += 1
            right += given == LETTERS[item.right]
            _feedback(table, item, given)
    except KeyboardInterrupt:
        typer.echo()
        _score(table, right, answered, total)
        raise
    _score(table, right, answered, total)
    table.say(quiz.footer)


def _feedback(table: _Table, item: Asked, given: str) -> None:
    letter = LETTERS[item.right]
    if given == letter:
        table.say(f"Right: {letter}, {item.answer}", bold=True)
    else:
        table.say(f"Not {given}. By the record it is {letter}, {item.answer}", bold=True)
    table.say(f"Record: {item.record}", hang=2)
    table.say(f"Source: {item.source}", hang=2)


def _score(table: _Table, right: int, answered: int, total: int) -> None:
    table.say("")
    of = f"{answered} answered, of {total}" if answered < total else f"{total}"
    table.say(f"Score: {right} of {of}", bold=True)


class _Table:
    """Where the quiz is played: a terminal of some width."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def say(self, text: str, *, bold: bool = False, hang: int = 0) -> None:
        """Print a text in whole words."""
        text = printable(text)
        lines = wrap(
            text,
            max(20, self.style.width - 1),
            subsequent_indent=" " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
        for line in lines:
            shown = to_ascii(line) if self.style.ascii else line
            typer.echo(typer.style(shown, bold=True) if bold and self.style.color else shown)

    def ask(self, letters: Sequence[str]) -> str | None:
        """Return the letter that is typed, or None to leave; what is neither is asked again."""
        while True:
            try:
                typed = input(f"{'/'.join(letters)}> ").strip()
            except EOFError:
                typer.echo()
                return None
            if typed.casefold() in LEAVE:
                return None
            if typed.upper() in letters:
                return typed.upper()
            self.say(f"Type {', '.join(letters)}, or q to leave.")
