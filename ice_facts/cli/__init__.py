"""The command line: parse, ask a query, make a view, print. Only this package prints and exits."""

from __future__ import annotations

import io
import os
import signal
import sys


def main() -> None:
    """Run ice-facts and exit with the code of its contract."""
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

        def run() -> None:
            app(prog_name="ice-facts")

        if "_ICE_FACTS_COMPLETE" in os.environ:
            from ice_facts.cli.completion import answer

            answer(run)
        else:
            run()
    except KeyboardInterrupt:
        sys.exit(130)
