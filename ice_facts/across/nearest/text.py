"""The text that is checked: where it comes from, and the sentences in it."""

from __future__ import annotations

import codecs
import re
import sys
from pathlib import Path

from ice_facts.errors import UsageError
from ice_facts.store.naming import words_of

MOST_CHARACTERS = 1_000_000
"""Characters of a text that are read at once: about the length of a thick book."""

MOST_SENTENCES = 2_000
"""Sentences that are checked at once."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # it begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Lt|Col|Gen|St|Jr|Sr|No|Nos|vs?|Sec|Art|Inc|Corp|Dep"
    r"|Dept|Calif|Ill|Fla|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|et al|[aApP]\.m)"
    r"|\b[A-Z]\.[A-Z])\.$"
)

_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*(?=\s+[\"“‘(\[]*[^\W_a-z]|\s*$)")

_PARAGRAPH = re.compile(r"\n\s*\n|\n\s*(?=[-*•–]\s|\d+[.)]\s)")


def sentences(text: str) -> list[str]:
    """Divide a text into its sentences: at full stops, empty lines and list marks.

    >>> sentences("Mr. Smith left the U.S. Senate. He won?\\n\\nNews")
    ['Mr. Smith left the U.S. Senate.', 'He won?', 'News']
    """
    found: list[str] = []
    for paragraph in _PARAGRAPH.split(text.replace("\r\n", "\n")):
        start = 0
        for end in _SENTENCE_END.finditer(paragraph):
            # Only the last letters: a text of initials would else be copied for each of them.
            if not _ABBREVIATED.search(paragraph[max(start, end.end() - 12) : end.end()]):
                found.append(paragraph[start : end.end()])
                start = end.end()
        found.append(paragraph[start:])
    return [" ".join(sentence.split()) for sentence in found if words_of(sentence)]


def asked_text(words: list[str], file: Path | None) -> str:
    """Return the text to check: the words, or what a file or standard input holds.

    Raises:
        UsageError: There is more than one of them, or none, or it cannot be read.
    """
    if words and words != ["-"]:
        if file is not None:
            raise UsageError("both a sentence and --file are given", ["give one of them"])
        return _within_limits(" ".join(words))
    if file is not None and str(file) != "-":
        try:
            return decoded(file.read_bytes(), str(file))
        except OSError as error:
            raise UsageError(f"cannot read {file}: {error.strerror}") from error
    if not words and file is None and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError("there is no sentence to check", [_EXAMPLE])
    if sys.stdin is None:
        raise UsageError("standard input is closed: there is nothing to read", [_EXAMPLE])
    try:
        return decoded(sys.stdin.buffer.read(), "standard input")
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read standard input: {error}", [_EXAMPLE]) from error


_EXAMPLE = "for example: ice-facts check 'Lori Lightfoot is mayor of Chicago'"


def decoded(content: bytes, name: str) -> str:
    """Return the text of a file: in UTF-8, or in what its byte order mark says.

    Args:
        content: The bytes of the file.
        name: What to call it in an error.

    Raises:
        UsageError: It is no such text, or too long.
    """
    marked = (encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark))
    encoding = next(marked, "utf-8")
    try:
        return _within_limits(content.decode(encoding))
    except UnicodeDecodeError as error:
        kind = "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
        raise UsageError(
            f"{name} is not a text in {kind} (byte {error.start + 1})",
            ["save it as UTF-8: ice-facts reads plain text, not the files of word processors"],
        ) from error


def _within_limits(text: str) -> str:
    """Return a text that is not too long.

    Raises:
        UsageError: It is.
    """
    if len(text) > MOST_CHARACTERS:
        raise UsageError(
            f"the text has {len(text):,} characters: at most {MOST_CHARACTERS:,} at once",
            ["divide it into several files"],
        )
    return text


def few_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each once.

    Raises:
        UsageError: They are too many.
    """
    found = list(dict.fromkeys(sentences(text)))
    if len(found) > MOST_SENTENCES:
        raise UsageError(
            f"the text has {len(found):,} sentences: at most {MOST_SENTENCES:,} at once",
            ["divide it into several files"],
        )
    return found
