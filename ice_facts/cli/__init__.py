"""The command line: parse, ask a query, make a view, print. Only this package prints and exits.

Here: the start of the process, its signals and streams, and its exit code.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def main() -> NoReturn:
    """Run ice-facts as a process of its own and exit with its code."""
    if hasattr(signal, "SIGINT") and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _unraisable
    # One answer leaves little to collect. This and the end below took a fifth of a look-up's time.
    gc.disable()
    try:
        code = run()
        atexit._run_exitfuncs()
    except KeyboardInterrupt:  # it came when the answer was out already
        code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # an error was reported where there was one
                stream.flush()
    # To take apart every module before the process ends would help nobody.
    os._exit(code)


def _interrupt(number: int, frame: object) -> None:
    """Interrupt the program once: a second Ctrl-C must not disturb its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def _unraisable(lost: UnraisableHookArgs) -> None:
    """Interrupt again where an interrupt came in a callback, whose exceptions are not raised."""
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
    elif hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.001)
    else:
        os._exit(INTERRUPTED)


def run() -> int:
    """Run ice-facts on the arguments of this process.

    Returns:
        Its exit code.
    """
    try:
        code = _run_app()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else bool(end.code)
    stdout = sys.stdout
    unwritten = isinstance(stdout, io.StringIO) and sys.__stdout__ is None and stdout.getvalue()
    if unwritten and code == 0 and sys.stderr is not None:
        sys.stderr.write("ice-facts: cannot write: standard output is closed\n")
    return 2 if unwritten and code == 0 else code


def _run_app() -> int:
    """Make the streams ready and run the command, or complete it for a shell."""
    # A reader that goes away (``| head -1``) ends the program quietly.
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    elif isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        # With PYTHONUNBUFFERED a write may take a part only, and say nothing.
        raw = sys.stdout.buffer
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), sys.stdout.encoding)
    for stream in (sys.stdout, sys.stderr):
        # Pipes get UTF-8 whatever the locale; a terminal that has no sign for a character gets
        # another, not an error.
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    from ice_facts.cli.app import app

    def call() -> None:
        app(prog_name="ice-facts")

    if "_ICE_FACTS_COMPLETE" in os.environ:
        from ice_facts.cli.completion import complete_line

        complete_line(call)
    else:
        call()
    return 0
