"""Which stakeholders belong to one organisation, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Collection

from ice_facts.model import Stakeholder
from ice_facts.store import Store

_BODIES = ("union", "association", "organization", "group")


def _tells(name: str) -> bool:
    """Return True if a name is one body's only: a long one, or an abbreviation in capitals."""
    return name.count(" ") >= 3 or (len(name) >= 3 and name.isupper())


def organisations_of(store: Store, stakeholders: Collection[str]) -> dict[str, str]:
    """Return the organisation to which each of some stakeholders belongs, by id.

    A body whose name has the name or an alias of another body in it is an affiliate of that:
    "ACLU of Ohio" of the ACLU, a lodge of the Fraternal Order of Police of the order. Everybody
    else stands for themselves.
    """
    bodies = [who for who in store.all(Stakeholder) if who.kind in _BODIES]
    names = [
        (re.compile(rf"(?<![\w'’-]){re.escape(name)}(?![\w'’-])"), who.id, name)
        for who in bodies
        for name in (who.name, *who.aliases)
        if _tells(name)
    ]
    found = {}
    for id in stakeholders:
        who = store.one(Stakeholder, id)
        heads = [
            (len(name), head)
            for pattern, head, name in names
            if head != id and len(name) < len(who.name) and pattern.search(who.name)
        ]
        found[id] = min(heads)[1] if heads and who.kind in _BODIES else id
    return found
