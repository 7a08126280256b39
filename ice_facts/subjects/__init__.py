"""One room for each kind of record: its card, its list, and how they are shown.

The rooms are listed in ``ice_facts.model.subjects``. A room with cards names
their functions in ``ROOM``; it is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ice_facts.model import SUBJECT_OF

if TYPE_CHECKING:
    from ice_facts.model import Record
    from ice_facts.show.labels import Labels
    from ice_facts.show.shapes import Card
    from ice_facts.store import Store


class Room(Struct, frozen=True):
    """The functions of a room for one record.

    Args:
        card: Returns the card of the record with an id, on a date.
        view: Returns the view of a card.
    """

    card: Callable[[Store, str, str], Struct]
    view: Callable[[Any, Labels], Card]


def room_of(cls: type[Record]) -> Room:
    """Return the room of a class of records; only its module is imported."""
    room: Room = import_module(f"{__name__}.{SUBJECT_OF[cls].room}").ROOM
    return room
