"""The card of a place, and how it is shown."""

from __future__ import annotations

from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Card
from ice_facts.subjects import Room
from ice_facts.subjects.place.card import JurisdictionCard, jurisdiction_card


def _view(card: JurisdictionCard, labels: Labels) -> Card:
    # A card in JSON needs no view.
    from ice_facts.subjects.place.view import place_view

    return place_view(card, labels)


ROOM = Room(jurisdiction_card, _view)
