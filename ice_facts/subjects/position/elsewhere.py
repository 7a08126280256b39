"""What positions are on: what being for it means, which policies are one matter with a topic, and
how many other positions on it are on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ice_facts.model import Policy, Position, Topic
from ice_facts.model.answers import Answer
from ice_facts.resolve import find
from ice_facts.store import Store
from ice_facts.subjects.position.rows import PositionRow, positions_of
from ice_facts.vocabulary import STANCE_ORDER


class Elsewhere(Answer, frozen=True, kw_only=True):
    """How many positions on a policy or topic are on record beside those that are shown."""

    policy: str | None
    topic: str | None
    supports: int
    opposes: int
    mixed: int
    neutral: int


def elsewhere(
    store: Store, on: str, shown: Sequence[Position] | Sequence[PositionRow]
) -> tuple[Elsewhere, ...]:
    """Return the numbers of the other positions on what the shown ones are on."""
    ids = {position.id for position in shown}
    targets = dict.fromkeys((p.policy, p.topic) for p in shown)
    on_them = positions_of(
        store,
        on,
        policy=[policy for policy, _ in targets if policy],
        topic=[topic for _, topic in targets if topic],
    )
    counts: Counter[tuple[str | None, str | None, str]] = Counter(
        (p.policy, p.topic, p.stance) for p in on_them if p.id not in ids
    )
    found = (
        Elsewhere(
            policy=policy,
            topic=topic,
            **{stance: counts[policy, topic, stance] for stance in STANCE_ORDER},
        )
        for policy, topic in targets
    )
    return tuple(e for e in found if any(getattr(e, stance) for stance in STANCE_ORDER))


_WORDS = {"supports": "for", "opposes": "against", "mixed": "mixed", "neutral": "neutral"}


def counts_text(counts: Mapping[str, int]) -> str:
    """Return numbers of positions by stance in words: "5 for, 1 against"."""
    return ", ".join(f"{counts[s]} {_WORDS[s]}" for s in STANCE_ORDER if counts.get(s))


def elsewhere_texts(
    others: Iterable[Elsewhere],
) -> dict[tuple[str | None, str | None], str]:
    """Return, by policy and topic, the numbers of other positions in words."""
    return {
        (o.policy, o.topic): counts_text({s: getattr(o, s) for s in STANCE_ORDER}) for o in others
    }


def meaning_of(store: Store, position: Position | PositionRow) -> str:
    """Return what it means to be for what a position is on; empty where nothing says it."""
    if position.policy:
        return "For: wants this policy. Against: does not want it."
    topic = store.one(Topic, position.topic) if position.topic else None
    what, word, means = (topic.text if topic else "").partition("To support means ")
    means = means.removeprefix("to ").removesuffix(".").replace("favor ", "favors ", 1)
    means = means.replace("that local police should do it", "wants local police to do it")
    return f"{what}For: {means}. Against: does not." if word else what


def namesakes(store: Store, topic: str) -> list[str]:
    """Return the policies that are one matter with a topic: they have its id or one of its names.

    A doctrine is no measure that somebody wants or does not want: it is left out.
    """
    record = store.one(Topic, topic)
    found = {
        match.id
        for name in (topic, record.name, *record.aliases)
        for match in find(store, name, (Policy,))
    }
    return sorted(id for id in found if store.one(Policy, id).kind != "doctrine")
