"""The command line: parse, ask a query, make a view, print. Only this package prints and exits."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run ice-facts as a process of its own and exit with the code of its contract."""
    # One answer leaves little to collect, and taking apart every module at the end of the process
    # helps nobody: the two took a fifth of the time of a look-up.
    gc.disable()
    code = run()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # an error was reported where there was one
                stream.flush()
    os._exit(code)


def run() -> int:
    """Run ice-facts on the arguments of this process.

    Returns:
        The exit code of the contract.
    """
    # A reader that goes away (``| head -1``) ends the program quietly.
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        # Pipes get UTF-8 whatever the locale; a terminal that has no sign for a character gets
        # another, not an error.
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        from ice_facts.cli.app import app

        def answer_call() -> None:
            app(prog_name="ice-facts")

        if "_ICE_FACTS_COMPLETE" in os.environ:
            from ice_facts.cli.completion import answer

            answer(answer_call)
        else:
            answer_call()
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else bool(end.code)
    return 0
