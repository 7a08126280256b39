"""Where an answer goes and in which form, and writing it there."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ice_facts.cli import terminal
from ice_facts.errors import OutputError, UsageError
from ice_facts.render import (
    CITATION_STYLES,
    CLAIM_REVIEW,
    CLASS_FORMATS,
    FORMATS,
    NO_FIELD,
    Style,
    format_of,
)

COLOUR_MODES = ("auto", "always", "never")
BOM = "\ufeff"
PIPE_WIDTH = 120
"""The width of tables where no terminal has one: in pipes and files."""


class Target:
    """Where the answer goes, and in which form.

    Args:
        options: Values of the options that all commands share, by name.

    Raises:
        UsageError: There is no such format.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._file: Path | None = options["output"]
        self._to_terminal = self._file is None and terminal.is_terminal()
        wanted: str | None = options["format"]
        if wanted is not None and wanted not in (*FORMATS, CLAIM_REVIEW, *CLASS_FORMATS):
            raise UsageError(f"no format {wanted!r}", [f"formats: {', '.join(FORMATS)}"])
        if options.get("style") is not None:
            self.format = _citation_style(options["style"], wanted)
        elif wanted is not None:
            self.format = wanted
        elif self._file is not None:
            self.format = format_of(self._file)
        else:
            self.format = "table" if self._to_terminal else "tsv"
        if "style" in options and wanted is None and self.format in ("table", "tsv"):
            # Without --style, --format or a telling ending, citations are plain text.
            by_ending = self._file is not None and self._file.suffix.lower() != ".txt"
            self.format = self.format if by_ending else "text"
        if options.get("bom") and self.format not in ("csv", "tsv"):
            raise UsageError("--bom is for CSV and TSV", ["give -f csv, or -o with such an ending"])

    @property
    def is_conversation(self) -> bool:
        """Whether somebody sits at a terminal and asked for no form of the answer."""
        asked = self._options["format"] or self._options["fields"] or self._file
        return self._to_terminal and not asked and sys.stdin is not None and sys.stdin.isatty()

    def style(self) -> Style:
        """Return the style that options, environment and terminal ask for.

        Raises:
            UsageError: There is no such colour mode.
        """
        fields = self._options["fields"]
        color = self._color()
        return Style(
            width=self._width(),
            height=terminal.size()[1] if self._to_terminal else 0,
            color=color,
            palette=terminal.palette(),
            links=color and self._to_terminal and terminal.takes_links(),
            ascii=self._options["ascii"] or (self._to_terminal and not terminal.shows_utf8()),
            header=not self._options["no_header"],
            full=self._options.get("full", False),
            brief=self._options.get("brief", False),
            sections=_split(self._options.get("section") or []),
            fields=() if fields is None else _split([fields]) or (NO_FIELD,),
            raw_csv=self._options["raw_csv"],
        )

    def _width(self) -> int:
        if self._options["width"]:
            return int(self._options["width"])
        return terminal.set_width() or (terminal.size()[0] if self._to_terminal else PIPE_WIDTH)

    def _color(self) -> bool:
        choice: str = self._options["color"]
        if choice not in COLOUR_MODES:
            raise UsageError(f"no colour mode {choice!r}", [f"modes: {', '.join(COLOUR_MODES)}"])
        if choice != "auto":
            return choice == "always"
        wanted = terminal.wants_color()
        return self._to_terminal if wanted is None else wanted and self._file is None

    def write_pages(self, pages: Sequence[bytes]) -> list[Path]:
        """Write pictures: the first under the name that was asked for, others with numbers.

        Args:
            pages: The pictures, in order.

        Returns:
            The files, in order.

        Raises:
            OutputError: They cannot be written there.
        """
        assert self._file is not None  # only the ending of a file asks for pictures
        if len(pages) == 1:
            self.write(pages)
            return [self._file]
        from ice_facts.render.deck import numbered

        files = [numbered(self._file, number) for number in range(1, len(pages) + 1)]
        for file in files:
            _assert_writable(file)  # before the first is written
        for file, page in zip(files, pages, strict=True):
            write_file(file, page)
        return files

    def write(self, parts: Iterable[str | bytes]) -> None:
        """Write the answer to the file, through the pager, or to stdout.

        Args:
            parts: The answer; a pipe gets each part as soon as it is made.

        Raises:
            OutputError: It cannot be written there.
        """
        if self._options.get("bom"):
            parts = _with_bom(parts)
        if self._file is not None:
            write_file(self._file, b"".join(map(_encoded, parts)))
            return
        if sys.__stdout__ is None:
            raise OutputError("cannot write: standard output is closed")
        if not self._to_terminal:
            # Pipes get UTF-8, whatever the locale.
            _put(sys.stdout.flush)
            for part in parts:
                _put(_write_all, sys.stdout.buffer, _encoded(part))
            return
        # Pictures are asked for by the ending of a file: what is left is text.
        text = b"".join(map(_encoded, parts)).decode()
        if not (self._is_paged(text) and terminal.page(text)):
            encoding = sys.stdout.encoding or "utf-8"
            _put(sys.stdout.write, text.encode(encoding, "replace").decode(encoding))
            _put(sys.stdout.flush)

    def _is_paged(self, text: str) -> bool:
        """Return True if a text goes through the pager: if asked for, or longer than the window."""
        wanted: bool | None = self._options["pager"]
        return terminal.is_longer(text) if wanted is None else wanted


def _with_bom(parts: Iterable[str | bytes]) -> Iterator[str | bytes]:
    """Yield the parts of an answer after the mark by which Excel knows UTF-8."""
    yield BOM
    yield from parts


def _citation_style(style: str, format: str | None) -> str:
    if format is not None:
        raise UsageError("both --style and --format are given", ["give one of them"])
    if style not in CITATION_STYLES:
        raise UsageError(f"no style {style!r}", [f"styles: {', '.join(CITATION_STYLES)}"])
    return style


def _split(values: list[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _encoded(part: str | bytes) -> bytes:
    return part if isinstance(part, bytes) else part.encode("utf-8", "replace")


def _put(write: Callable[..., object], *content: object) -> None:
    try:
        write(*content)
    except OSError as error:
        raise OutputError(f"cannot write to standard output: {error.strerror}") from error


def _write_all(stream: BinaryIO, content: bytes) -> None:
    """Write all of a text; a raw stream may take a part, and a pipe nothing for now."""
    import select

    left = memoryview(content)
    while True:
        try:
            if left:
                # A raw stream returns None where a pipe that does not block is full.
                left = left[stream.write(left) or 0 :]
            if not left:
                stream.flush()
                return
        except BlockingIOError as error:
            left = left[error.characters_written :]
        if left and not select.select([], [stream], [], 0)[1]:
            select.select([], [stream], [])


def write_file(path: Path, content: bytes) -> None:
    """Write a text or picture to a file, so that the file is new and whole, or as it was.

    A new file is written beside it and renamed. What is not a regular file (a device, a pipe) is
    written to directly. So is a file that has other names, is somebody else's, or stands in a
    folder that cannot be written to: it stays what it is, as with a shell's ``>``, and is written
    only where there is room for the whole.

    Raises:
        OutputError: The file cannot be written.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                device.write(content)
        elif _cannot_be_replaced(target):
            _overwrite(target, content)
        else:
            _replace(target, content)
    except OSError as error:
        raise OutputError(f"cannot write {str(path)!r}: {error.strerror}") from error


def _assert_writable(path: Path) -> None:
    """Check that a file can be written, so far as that can be told before.

    Raises:
        OutputError: It cannot.
    """
    target = Path(os.path.realpath(path))
    try:
        if not (_cannot_be_replaced(target) or os.access(target.parent, os.W_OK | os.X_OK)):
            reason = errno.EACCES if target.parent.exists() else errno.ENOENT
            raise OSError(reason, os.strerror(reason))
    except OSError as error:
        raise OutputError(f"cannot write {str(path)!r}: {error.strerror}") from error


def _cannot_be_replaced(target: Path) -> bool:
    """Return True if a file is not to be replaced by another.

    Raises:
        OSError: It cannot be written to.
    """
    if not target.exists():
        return False
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    status = target.stat()
    is_foreign = hasattr(os, "geteuid") and status.st_uid != os.geteuid()
    return status.st_nlink > 1 or is_foreign or not os.access(target.parent, os.W_OK | os.X_OK)


def _overwrite(target: Path, content: bytes) -> None:
    """Write to a file as it stands, after room is made for what it will hold."""
    with target.open("r+b") as file:
        before = os.fstat(file.fileno()).st_size
        if hasattr(os, "posix_fallocate") and len(content) > before:
            try:
                os.posix_fallocate(file.fileno(), 0, len(content))
            except OSError as error:
                if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):
                    file.truncate(before)
                    raise
        file.write(content)
        file.truncate()


def _replace(target: Path, content: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".ice-facts-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            mode = target.stat().st_mode & 0o7777
        else:
            umask = os.umask(0)
            os.umask(umask)
            mode = 0o666 & ~umask
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
