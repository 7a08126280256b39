"""What is told beside the answer: errors, hints and remarks, on stderr."""

from __future__ import annotations

import os
import sys

import typer

_HARD_BLANK = "\xa0"


def tell(message: str, *hints: str) -> None:
    """Print a message with the name of the program, and hints under it.

    On a terminal, lines break between words, and before a command that is to be copied.
    """
    from ice_facts.show.words import printable

    width = _width()
    typer.echo(_wrapped(f"ice-facts: {printable(message)}", width, "  "), err=True)
    for hint in hints:
        typer.echo(_wrapped(f"  {printable(hint)}", width, "    "), err=True)


def _width() -> int:
    """Return the columns of the terminal that shows stderr; 0 where there is none."""
    if sys.stderr is None or not sys.stderr.isatty():
        return 0
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 0


def _wrapped(text: str, width: int, indent: str) -> str:
    if not width or len(text) <= width:
        return text
    import textwrap

    before, name, command = text.rpartition("ice-facts ")
    if before.strip() and len(name + command) <= width - len(indent):
        text = before + (name + command).replace(" ", _HARD_BLANK)
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=text[: len(text) - len(text.lstrip(" "))],
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace(_HARD_BLANK, " ")
