"""The base of what commands answer, and answers that repeat the fields of a record."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct


class Answer(Struct, frozen=True, kw_only=True):
    """Base of the answers."""


A = TypeVar("A", bound=Struct)


def filled(cls: type[A], record: Struct, /, **given: Any) -> A:
    """Return an answer with the fields that a record has under the same name.

    A field with a default keeps it where it is neither given nor the record's.

    Args:
        cls: The class of the answer.
        record: A record, a part of one or another answer.
        given: The fields that are not the record's, by name.

    Raises:
        TypeError: A field without a default is neither given nor the record's.
    """
    shared = [name for name in cls.__struct_fields__ if name in record.__struct_fields__]
    return cls(**{name: getattr(record, name) for name in shared} | given)
