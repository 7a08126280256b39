"""What the programs of schools read: Moodle's GIFT, Anki's text and decks, Kahoot's spreadsheet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from html import escape
from importlib import import_module
from typing import Any
from zlib import crc32

from ice_facts.across.classroom.cards import GlossaryCard
from ice_facts.across.classroom.quiz import LETTERS, Asked, Quiz
from ice_facts.ask import Reply
from ice_facts.errors import UsageError
from ice_facts.show.words import printable


def render_school(reply: Reply, format: str) -> str | bytes:
    """Return questions or cards in the format of a program of schools.

    Args:
        reply: The answer of ``quiz`` or ``cards``.
        format: ``gift``, ``anki``, ``apkg`` or ``kahoot``.

    Raises:
        UsageError: The answer has no questions or cards, they do not fit, or a package is missing.
    """
    data = list(reply.data)
    asked = [item for item in data if isinstance(item, Asked)]
    if asked:
        if format == "gift":
            return gift(asked)
        if format == "kahoot":
            return kahoot(asked, reply.shown.overlaid if isinstance(reply.shown, Quiz) else "")
        return _anki([_question_note(item) for item in asked], format, "Quiz")
    cards = [item for item in data if isinstance(item, GlossaryCard)]
    if cards and format in ("anki", "apkg"):
        return _anki([_term_note(card) for card in cards], format, "Glossary")
    takes = "quiz and cards" if format in ("anki", "apkg") else "quiz"
    raise UsageError(f"{format} is a format of {takes} only")


def need(package: str, extra: str, what: str) -> Any:
    """Return a package that only an extra installs.

    Raises:
        UsageError: It is not installed; the hint says how to.
    """
    try:
        return import_module(package)
    except ImportError:
        raise UsageError(
            f"{what} needs a package that is not installed: {package}",
            [f"install it with: pip install 'ice-facts[{extra}]'"],
        ) from None


# Moodle


def gift(items: Sequence[Asked]) -> str:
    """Return questions in Moodle's GIFT: what the record says is the feedback."""
    parts = ["// ice-facts quiz. Import: Question bank, Import, Gift format."]
    for item in items:
        answers = "\n".join(
            f"{'=' if n == item.right else '~'}{_gift(text)}" for n, text in enumerate(item.options)
        )
        record = f"{item.record} Source: {item.source}"
        parts.append(
            f"::{_gift(item.id)}::[plain]{_gift(item.question)} {{\n{answers}\n"
            f"####{_gift(record)}\n}}"
        )
    return "\n\n".join(parts) + "\n"


def _gift(text: str) -> str:
    r"""Return a text in which nothing means anything to GIFT.

    >>> _gift("8 U.S.C. {1357}: a=b #1 ~")
    '8 U.S.C. \\{1357\\}\\: a\\=b \\#1 \\~'
    """
    return re.sub(r"([\\~=#{}:])", r"\\\1", " ".join(printable(text).split()))


# Anki

Note = tuple[str, str, str, str]
"""The id of a note, its front and back as HTML, and its tag."""


def _question_note(item: Asked) -> Note:
    options = "<br>".join(f"{LETTERS[n]}. {escape(text)}" for n, text in enumerate(item.options))
    front = f"{escape(item.question)}<br><br>{options}"
    back = f"<b>{LETTERS[item.right]}. {escape(item.answer)}</b><br><br>{escape(item.record)}"
    return item.id, front, f"{back}<br><br><small>{escape(item.source)}</small>", item.kind


def _term_note(card: GlossaryCard) -> Note:
    back = f"{escape(card.text)}<br><br><small>{escape(card.source)}</small>"
    return card.id, escape(card.term), back, "term"


def _anki(notes: Sequence[Note], format: str, name: str) -> str | bytes:
    return _apkg(notes, name) if format == "apkg" else _anki_text(notes)


def _anki_text(notes: Iterable[Note]) -> str:
    """Return notes as the text that Anki imports: what its columns are stands in it."""
    head = ["#separator:tab", "#html:true", "#columns:Front\tBack\tTags", "#tags column:3"]
    rows = (
        "\t".join(" ".join(printable(cell).split()) for cell in (front, back, f"ice-facts {tag}"))
        for _, front, back, tag in notes
    )
    return "\n".join([*head, *rows]) + "\n"


def _apkg(notes: Sequence[Note], name: str) -> bytes:
    genanki = need("genanki", "anki", "a deck for Anki")
    model = genanki.Model(
        1_607_392_311,
        "ice-facts",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Front}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Back}}",
            }
        ],
        css=".card { font: 20px/1.4 Arial, sans-serif; text-align: left; color: #111;"
        " background: #fff; }",
    )
    # Ids stay the same, so that a later deck renews the cards and keeps what was learned.
    deck = genanki.Deck(1 << 30 | crc32(name.encode()) >> 2, f"ice-facts::{name}")
    for id, front, back, tag in notes:
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[printable(front), printable(back)],
                tags=["ice-facts", tag],
                guid=genanki.guid_for("ice-facts", id),
            )
        )
    written = io.BytesIO()
    genanki.Package(deck).write_to_file(written)
    return written.getvalue()


# Kahoot

_KAHOOT_HEAD = (
    "Question - max 120 characters",
    *(f"Answer {n} - max 75 characters" for n in range(1, 5)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)
_KAHOOT_ROW, _SECONDS = 8, 60
"""The row of the titles in Kahoot's spreadsheet, and the time for a question."""


def kahoot(items: Sequence[Asked], overlaid: str = "") -> bytes:
    """Return questions as the spreadsheet that Kahoot imports.

    Args:
        items: The questions.
        overlaid: Which of them are from an overlay.

    Raises:
        UsageError: A question or an answer is longer than Kahoot takes.
    """
    long = [item for item in items if not item.fits_kahoot]
    if long:
        raise UsageError(
            f"{len(long)} of {len(items)} questions are longer than Kahoot takes"
            " (120 characters, 75 an answer)",
            ["add --short: only questions that fit"],
        )
    openpyxl = need("openpyxl", "kahoot", "a spreadsheet for Kahoot")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet["B2"] = "Quiz template"
    sheet["B3"] = "Made with ice-facts. In Kahoot: Add question, Import spreadsheet."
    if overlaid:
        sheet["B4"] = overlaid
    for column, title in enumerate(_KAHOOT_HEAD, 2):
        sheet.cell(_KAHOOT_ROW, column, title)
    for row, item in enumerate(items, _KAHOOT_ROW + 1):
        options = [*item.options, *("",) * (4 - len(item.options))]
        values = (item.number, item.question, *options, _SECONDS, item.right + 1)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, printable(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with "=" is no formula
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
