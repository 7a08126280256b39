"""Walking through records: the parts that they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple


def parts_in(*values: Any, leaf: type[Struct] | None = None) -> Iterator[Struct]:
    """Yield every record, answer and part of one in some values, in the order of their fields.

    Args:
        values: Records, parts, or sequences of them.
        leaf: A class of parts that have no parts of their own: of these there can be hundreds.
    """
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, Struct):
            yield value
            if type(value) is leaf:
                continue
            # Most fields are texts or empty: a look-up walks through thousands.
            waiting += [f for f in reversed(astuple(value)) if f and type(f) is not str]
        elif isinstance(value, tuple | list):
            waiting += reversed(value)
