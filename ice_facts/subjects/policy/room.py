"""The card of a policy, and how it is shown."""

from __future__ import annotations

from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Card
from ice_facts.subjects import Room
from ice_facts.subjects.policy.card import PolicyCard, policy_card


def _view(card: PolicyCard, labels: Labels) -> Card:
    # A card in JSON needs no view.
    from ice_facts.subjects.policy.view import policy_view

    return policy_view(card, labels)


ROOM = Room(policy_card, _view)
