"""The errors that ice-facts reports to its user, each with its exit code.

Modules raise them; only ``ice_facts.cli`` turns them into text on stderr and an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence


class IceFactsError(Exception):
    """An error with a message, hints on what to do next, and an exit code.

    Args:
        message: What was wrong, in lower case and without a full stop.
        hints: What is possible instead, one line each.
    """

    exit_code = 1

    def __init__(self, message: str, hints: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hints = tuple(hints)


class NotFoundError(IceFactsError):
    """Nothing in the store answers the question."""


class AmbiguousNameError(NotFoundError):
    """A name fits several records; the hints list them with the id to type."""


class UsageError(IceFactsError):
    """A value on the command line cannot be used."""

    exit_code = 2


class StoreError(IceFactsError):
    """The store cannot be read, or a record in it is not valid."""

    exit_code = 3


class OutputError(IceFactsError):
    """The answer could not be written where it was asked for."""

    exit_code = 2
