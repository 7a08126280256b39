"""Where an answer goes and in which form: options, environment and terminal decide."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ice_facts.errors import OutputError, UsageError
from ice_facts.render import CITATION_STYLES, FORMATS, NO_FIELD, Style, format_of

COLOUR_MODES = ("auto", "always", "never")
NARROWEST, WIDEST = 20, 1000
PIPE_WIDTH, PICTURE_WIDTH = 120, 100
"""Widths of tables where no terminal has one: in pipes and files, and in pictures for slides."""


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
        self._to_terminal = self._file is None and sys.stdout.isatty()
        wanted: str | None = options["format"]
        if wanted is not None and wanted not in FORMATS:
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
            # Citations are plain text unless another form is asked for.
            named = self._file is not None and self._file.suffix.lower() != ".txt"
            self.format = self.format if named else "text"

    def style(self) -> Style:
        """Return the style that options, environment and terminal ask for."""
        fields = self._options["fields"]
        color = self._color()
        return Style(
            width=self._width(),
            height=self._height(),
            color=color,
            palette=_palette(os.environ),
            links=color and self._to_terminal and _takes_links(os.environ),
            ascii=self._options["ascii"] or (self._to_terminal and not _speaks_utf8()),
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
        if self.format == "svg":
            return PICTURE_WIDTH
        columns = os.environ.get("COLUMNS", "")
        if columns.isascii() and columns.isdecimal() and len(columns) < 9 and int(columns):
            return min(max(NARROWEST, int(columns)), WIDEST)
        if self._to_terminal:
            try:
                found = os.get_terminal_size(sys.stdout.fileno()).columns
            except (OSError, ValueError):
                found = 0
            return min(max(NARROWEST, found or 80), WIDEST)
        return PIPE_WIDTH

    def _height(self) -> int:
        if not self._to_terminal:
            return 0
        try:
            return os.get_terminal_size(sys.stdout.fileno()).lines
        except (OSError, ValueError):
            return 0

    def _color(self) -> bool:
        """Decide on colour: option, NO_COLOR, FORCE_COLOR, CLICOLOR, TERM, terminal, in order."""
        choice: str = self._options["color"]
        if choice not in COLOUR_MODES:
            raise UsageError(f"no colour mode {choice!r}", [f"modes: {', '.join(COLOUR_MODES)}"])
        if choice != "auto":
            return choice == "always"
        env = os.environ
        if env.get("NO_COLOR"):
            return False
        if any(env.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
            return self._file is None
        if env.get("CLICOLOR") == "0" or env.get("TERM") in ("dumb", "unknown"):
            return False
        return self._to_terminal

    def write(self, parts: Iterable[str | bytes]) -> None:
        """Write the answer to the file, through the pager, or to stdout.

        Args:
            parts: The answer; a pipe gets each part as soon as it is made.

        Raises:
            OutputError: It cannot be written there.
        """
        if self._file is not None:
            write_file(self._file, b"".join(map(_encoded, parts)))
            return
        if sys.__stdout__ is None:
            raise OutputError("cannot write: standard output is closed")
        if not self._to_terminal:
            # Pipes get UTF-8, whatever the locale.
            self._put(sys.stdout.flush)
            for part in parts:
                self._put(sys.stdout.buffer.write, _encoded(part))
                self._put(sys.stdout.buffer.flush)
            return
        # Pictures are asked for by the ending of a file: what is left is text.
        text = b"".join(map(_encoded, parts)).decode()
        if not (self._options["pager"] and _page(text)):
            encoding = sys.stdout.encoding or "utf-8"
            self._put(sys.stdout.write, text.encode(encoding, "replace").decode(encoding))
            self._put(sys.stdout.flush)

    @staticmethod
    def _put(write: Callable[..., object], *content: object) -> None:
        try:
            write(*content)
        except OSError as error:
            raise OutputError(f"cannot write to standard output: {error.strerror}") from error


def _encoded(part: str | bytes) -> bytes:
    return part if isinstance(part, bytes) else part.encode("utf-8", "replace")


def _citation_style(style: str, format: str | None) -> str:
    if format is not None:
        raise UsageError("both --style and --format are given", ["give one of them"])
    if style not in CITATION_STYLES:
        raise UsageError(f"no style {style!r}", [f"styles: {', '.join(CITATION_STYLES)}"])
    return style


def write_file(path: Path, content: bytes) -> None:
    """Write a text or picture to a file, so that the file is new and whole, or as it was.

    It is written beside its place and renamed. What is not a regular file (a device, a pipe) is
    written to directly.

    Raises:
        OutputError: The file cannot be written.
    """
    try:
        place = Path(os.path.realpath(path))
        if place.exists() and not place.is_file():
            with place.open("wb") as device:
                device.write(content)
        else:
            _replace(place, content)
    except OSError as error:
        raise OutputError(f"cannot write {str(path)!r}: {error.strerror}") from error


def _replace(place: Path, content: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".ice-facts-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            mode = place.stat().st_mode & 0o7777
        else:
            umask = os.umask(0)
            os.umask(umask)
            mode = 0o666 & ~umask
        temporary.chmod(mode)
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _page(text: str) -> bool:
    """Show a text with the pager; tell whether there is one."""
    import shlex
    import signal
    import subprocess

    chosen = next(
        (os.environ[n] for n in ("ICE_FACTS_PAGER", "PAGER") if n in os.environ), "less -FIRX"
    )
    try:
        command = shlex.split(chosen)
    except ValueError:
        return False
    if not command or command == ["cat"]:
        return False
    before: dict[int, Any] = {}
    quiet: dict[str, Any] = {"SIGINT": lambda *_: None, "SIGPIPE": signal.SIG_IGN}
    # The pager ends when its user says so: neither Ctrl-C nor an early end is ours to act on.
    for name, handler in quiet.items():
        number = getattr(signal, name, None)
        if number is not None:
            before[number] = signal.signal(number, handler)
    try:
        subprocess.run(
            command,
            input=text.encode("utf-8", "replace"),
            env={"LESS": "FIRX", **os.environ},
            check=False,
        )
    except OSError:
        return False
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return True


def _palette(env: Mapping[str, str]) -> int:
    many = "256" in env.get("TERM", "") or env.get("COLORTERM") in ("truecolor", "24bit")
    return 256 if many else 16


_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio")
_LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")


def _takes_links(env: Mapping[str, str]) -> bool:
    """Tell whether the terminal is known to take OSC 8 hyperlinks."""
    forced = env.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced not in ("", "0")
    term = env.get("TERM", "")
    if term.startswith(("screen", "tmux", "linux", "dumb")):
        return False
    vte = env.get("VTE_VERSION", "")
    return (
        term.startswith(_LINKING_TERMS)
        or env.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or any(env.get(name) for name in _LINKING_VARIABLES)
        or (vte.isdecimal() and vte.isascii() and len(vte) < 9 and int(vte) >= 5000)
    )


def _speaks_utf8() -> bool:
    """Tell whether the terminal shows UTF-8: by its locale, where there are locales.

    Python itself writes UTF-8 in the C locale too, and says so in LC_CTYPE.
    """
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        return False
    if os.name != "posix":
        return True
    given = _environment_at_start()
    locale = next((v for n in ("LC_ALL", "LC_CTYPE", "LANG") if (v := given.get(n))), "C")
    return "utf8" in locale.lower().replace("-", "")


def _environment_at_start() -> Mapping[str, str]:
    try:
        pairs = Path("/proc/self/environ").read_bytes().split(b"\0")
    except OSError:
        return os.environ
    return dict(os.fsdecode(pair).split("=", 1) for pair in pairs if b"=" in pair)


def _split(values: list[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
