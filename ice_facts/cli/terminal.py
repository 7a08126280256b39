"""What the terminal can show: its size, colours, links and characters, and its pager."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NARROWEST, WIDEST = 20, 1000
USUAL_WIDTH = 80

LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio")
LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
"""How terminals that take OSC 8 hyperlinks are known."""


_ESCAPES = r"\x1b(?:\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)"
"""Colours and links, which take no room."""


def is_terminal() -> bool:
    """Return True if standard output is a terminal."""
    return sys.stdout.isatty()


def set_width() -> int | None:
    """Return the width that the variable COLUMNS sets, or None."""
    columns = os.environ.get("COLUMNS", "")
    if _is_number(columns) and int(columns):
        return min(max(NARROWEST, int(columns)), WIDEST)
    return None


def size() -> tuple[int, int]:
    """Return the columns and lines of the terminal; 0 lines where they are not known."""
    try:
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        columns, lines = 0, 0
    return min(max(NARROWEST, columns or USUAL_WIDTH), WIDEST), lines


def wants_color() -> bool | None:
    """Return whether the environment asks for colour or forbids it; None: neither.

    NO_COLOR goes before FORCE_COLOR and CLICOLOR_FORCE, these before CLICOLOR and TERM.
    """
    env = os.environ
    if env.get("NO_COLOR"):
        return False
    if any(env.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if env.get("CLICOLOR") == "0" or env.get("TERM") in ("dumb", "unknown"):
        return False
    return None


def palette() -> int:
    """Return the number of the terminal's colours: 256 or 16."""
    env = os.environ
    many = "256" in env.get("TERM", "") or env.get("COLORTERM") in ("truecolor", "24bit")
    return 256 if many else 16


def takes_links() -> bool:
    """Return True if the terminal is known to take OSC 8 hyperlinks."""
    env = os.environ
    forced = env.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced not in ("", "0")
    term = env.get("TERM", "")
    if term.startswith(("screen", "tmux", "linux", "dumb")):
        return False
    vte = env.get("VTE_VERSION", "")
    return (
        term.startswith(LINKING_TERMS)
        or env.get("TERM_PROGRAM") in LINKING_PROGRAMS
        or any(env.get(name) for name in LINKING_VARIABLES)
        or (_is_number(vte) and int(vte) >= 5000)
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


def shows_utf8() -> bool:
    """Return True if the terminal shows UTF-8: by its locale, where there are locales.

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


def is_longer(text: str) -> bool:
    """Return True if a text is longer than the window, with the line for the next prompt.

    A terminal that is not known, or that cannot move its cursor, has no window.
    """
    columns, lines = size()
    if not lines or os.environ.get("TERM", "dumb") in ("dumb", "unknown"):
        return False
    shown = (len(re.sub(_ESCAPES, "", line)) for line in text.splitlines())
    return sum(max(1, -(-length // columns)) for length in shown) >= lines


def page(text: str) -> bool:
    """Show a text with the user's pager.

    Returns:
        Whether there is a pager; without one, nothing is shown.
    """
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
