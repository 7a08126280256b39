"""Running ice-facts on a terminal of a given size."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from dataclasses import dataclass

from tests.conftest import COLOUR_VARIABLES

LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")


@dataclass(frozen=True)
class Screen:
    """What a command wrote on a terminal, and its exit code."""

    text: str
    code: int

    @property
    def lines(self) -> list[str]:
        """The lines, without the terminal's own line ends."""
        return self.text.replace("\r\n", "\n").splitlines()


def on_terminal(
    *arguments: str, columns: int = 100, env: Mapping[str, str] | None = None
) -> Screen:
    """Run a command with stdin, stdout and stderr on a terminal of its own.

    Args:
        arguments: What is typed after ``ice-facts``.
        columns: Width of the terminal.
        env: Environment, beside a bare one: TERM is ``xterm-256color``, LANG ``C.UTF-8``, and
            PAGER ``cat``, as nobody sits there to leave a pager.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    dropped = (*COLOUR_VARIABLES, *LOCALE, "COLORTERM", "TERM_PROGRAM", "VTE_VERSION", "LESS")
    bare = {name: value for name, value in os.environ.items() if name not in dropped}
    bare |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PAGER": "cat"} | dict(env or {})
    with subprocess.Popen(
        [sys.executable, "-m", "ice_facts", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={name: value for name, value in bare.items() if value},
        start_new_session=True,
    ) as process:
        os.close(theirs)
        written = bytearray()
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            written += part
        code = process.wait(timeout=60)
    os.close(ours)
    return Screen(written.decode("utf-8"), code)
