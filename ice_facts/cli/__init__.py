"""The command line: parse, ask a query, make a view, print. Only this package prints and exits."""

from __future__ import annotations

import signal


def main() -> None:
    """Run ice-facts and exit with the code of its contract."""
    # A reader that goes away (``| head -1``) ends the program quietly.
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    from ice_facts.cli.app import app

    app(prog_name="ice-facts")
