"""What binds at a place, in one to three plain sentences made from the rules in force there.

Here it is chosen what is told, and in which order; `wording` says it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Literal

from ice_facts.model import Agreement, Citation, Jurisdiction
from ice_facts.model.answers import Answer
from ice_facts.store import Store
from ice_facts.subjects.place.wording import (
    MOST_NAMED,
    authority_of,
    bodies_of,
    clause_of,
    dimensions_of,
    exception_of,
    in_words,
    laws_of,
)
from ice_facts.subjects.rule import RuleInForce
from ice_facts.vocabulary import DIMENSIONS, DIRECTED_STANCES, RESTRICTING


class Sentence(Answer, frozen=True, kw_only=True):
    """A plain sentence made of facts, with the sources of these.

    ``kind`` says of what: ``rules``, how many ``more`` of them there are, the 287(g)
    ``agreements`` of a city or county, on what the law that was read is ``silent``, and what is
    ``unknown``.
    """

    kind: Literal["rules", "more", "agreements", "silent", "unknown"]
    text: str
    sources: tuple[Citation, ...]


MOST_SENTENCES = 3
"""So many sentences tell of rules; the others are counted, and stand in the table of rules."""

_STRENGTH = {"prohibits": 0, "requires": 0, "limits": 1, "forbids-limits": 1, "permits": 2}
"""What leaves no choice is told first; the two directions have the same ranks."""

Group = tuple[Jurisdiction, str, list[RuleInForce]]
"""Rules of one place with one stance for the same bodies: the place, these bodies, the rules."""


def opening_of(
    store: Store,
    layers: Sequence[Jurisdiction],
    rules: Sequence[RuleInForce],
    agreements: Sequence[Agreement],
    on: str,
) -> tuple[Sentence, ...]:
    """Return what the rules at a place say, what was signed there, then what is not known.

    Args:
        store: Where the names of laws are.
        layers: The place and those above it.
        rules: The rules in force there.
        agreements: The agreements of the place and its county.
        on: The date of the answer.
    """
    groups = [group for layer in layers for group in _groups(layer, rules)]
    told = _chosen(groups)
    named: set[str] = set()
    sentences = [_sentence(store, parts, on, named) for parts in told]
    left = len(groups) - sum(len(parts) for parts in told)
    more = []
    if left:
        shown = {id(rule) for parts in told for _, _, found in parts for rule in found}
        number = sum(rule.stance in DIRECTED_STANCES and id(rule) not in shown for rule in rules)
        others = "One more rule is" if number == 1 else f"{number} more rules are"
        more.append(Sentence(kind="more", text=f"{others} on record.", sources=()))
    # What a place has signed is as much its own act as its rules are: it follows them.
    signed = {layer.id: s for layer in layers if (s := _signed(layer, agreements))}
    by_layer: list[Sentence] = []
    for layer in layers:
        by_layer += [s for s, parts in zip(sentences, told, strict=True) if parts[0][0] is layer]
        by_layer += [signed[layer.id]] if layer.id in signed else []
    return (*by_layer, *more, *gaps_of(layers, rules, agreements=bool(signed)))


def _signed(layer: Jurisdiction, agreements: Sequence[Agreement]) -> Sentence | None:
    """Return what agreements the agencies of a city or county have; None without one."""
    own = [a for a in agreements if a.jurisdiction == layer.id]
    if not own or layer.level == "state":
        return None
    # "2 287(g) agreements" would be two numbers side by side.
    number = "a 287(g) agreement" if len(own) == 1 else f"{len(own)} agreements under 287(g)"
    newest = max(a.signed or "" for a in own)
    dated = f" ({'the newest ' if len(own) > 1 else ''}of {newest})" if newest else ""
    return Sentence(
        kind="agreements",
        text=f"{layer.name} has {number} with ICE{dated}.",
        sources=own[0].sources[:1],
    )


def _groups(layer: Jurisdiction, rules: Iterable[RuleInForce]) -> list[Group]:
    """Return the rules of a place by stance and by whom they bind, in the order of telling."""
    groups: dict[tuple[Hashable, ...], list[RuleInForce]] = {}
    for rule in rules:
        if rule.jurisdiction == layer.id and rule.stance in DIRECTED_STANCES:
            key = (
                rule.stance,
                bodies_of(layer, rule),
                rule.scope,
                rule.practice,
                exception_of(rule),
            )
            groups.setdefault(key, []).append(rule)
    newest = sorted(groups.values(), key=_newest, reverse=True)
    ordered = sorted(
        newest,
        # Practices come after rules, the newest first, and what is on a part only comes last.
        key=lambda found: (
            found[0].scope is not None,
            found[0].practice,
            0 if found[0].practice else _STRENGTH[found[0].stance],
            "detainers" not in dimensions_of(found),
            -len(dimensions_of(found)),
        ),
    )
    return [(layer, bodies_of(layer, found[0]), found) for found in ordered]


def _newest(rules: Sequence[RuleInForce]) -> str:
    """Return the newest year of which some practices are told; rules have none."""
    return max((r.known_from or r.start or "")[:4] if r.practice else "" for r in rules)


def _chosen(groups: Sequence[Group]) -> list[list[Group]]:
    """Return the groups that are told, those that share a sentence together.

    Of every place the first is told; then, where there is room, the first of the other direction
    and others, those of the nearest place first. A group joins the one before it if both say the
    same of few things.
    """
    sentences: list[list[Group]] = []
    for group in groups:
        layer, _, rules = group
        last = sentences[-1] if sentences else []
        before = dimensions_of(rule for _, _, found in last for rule in found)
        own = dimensions_of(rules)
        if (
            len(last) == 1
            and last[0][0].id == layer.id
            and last[0][2][0].stance == rules[0].stance
            and last[0][2][0].practice == rules[0].practice
            and len(before) + len(own) <= MOST_NAMED
            and not set(own) & set(before)
        ):
            last.append(group)
        else:
            sentences.append([group])
    directions: dict[str, set[bool]] = {}
    ranks: list[tuple[int, int]] = []
    for index, parts in enumerate(sentences):
        layer, _, rules = parts[0]
        seen = directions.setdefault(layer.id, set())
        restricting = rules[0].stance in RESTRICTING
        above = 2 * (layer.id != sentences[0][0][0].id)
        ranks.append((0 if not seen else above + (1 if restricting not in seen else 2), index))
        seen.add(restricting)
    kept = sorted(index for _, index in sorted(ranks)[:MOST_SENTENCES])
    return [sentences[index] for index in kept]


def _sentence(store: Store, parts: Sequence[Group], on: str, named: set[str]) -> Sentence:
    """Return one sentence on rules of one place that have one stance.

    Laws that were ``named`` with their year before are named without it; those of this sentence
    are added.
    """
    layer = parts[0][0]
    rules = [rule for _, _, found in parts for rule in found]
    clauses = [clause_of(layer, who, found) for _, who, found in parts]
    authority = authority_of(store, layer, rules)
    laws = laws_of(store, layer, rules, on, named)
    first, *others = (f"{authority}{clauses[0]}", *clauses[1:])
    # Short sentences are read more easily than one long one.
    joined = ". ".join(text[:1].upper() + text[1:] for text in (first, *others))
    text = f"{joined}{f' ({laws})' if laws else ''}."
    sources = _first_sources(rules)
    return Sentence(kind="rules", text=text, sources=sources)


def _first_sources(rules: Iterable[RuleInForce]) -> tuple[Citation, ...]:
    return tuple({c.id: c for rule in rules for c in rule.sources[:1]}.values())


def gaps_of(
    layers: Sequence[Jurisdiction], rules: Sequence[RuleInForce], *, agreements: bool
) -> tuple[Sentence, ...]:
    """Return what no rule tells: where a law that was read is silent, and what is unknown.

    Where there are ``agreements`` under 287(g), that form of cooperation is told.
    """
    told = {rule.dimension for rule in rules if rule.stance in DIRECTED_STANCES}
    told |= {"287g"} if agreements else set()
    sentences = []
    silent: set[str] = set()
    for layer in layers:
        quiet = [
            r
            for r in rules
            if r.jurisdiction == layer.id and r.stance == "silent" and r.dimension not in told
        ]
        if quiet:
            silent.update(r.dimension for r in quiet)
            forms = _labels(dimensions_of(quiet))
            law = f"{layer.name} law" if layer.level == "state" else f"The law of {layer.name}"
            sentences.append(
                Sentence(
                    kind="silent",
                    text=f"{law}, as far as it was read, says nothing on {forms}.",
                    sources=_first_sources(quiet),
                )
            )
    unknown = [d for d in DIMENSIONS if d not in told and d not in silent]
    if len(unknown) == len(DIMENSIONS):
        text = "Nothing is on record about the rules here."
        sentences.append(Sentence(kind="unknown", text=text, sources=()))
    elif unknown:
        text = f"Nothing on record about {_labels(unknown, 'or')}."
        sentences.append(Sentence(kind="unknown", text=text, sources=()))
    return tuple(sentences)


def _labels(dimensions: Sequence[str], word: str = "and") -> str:
    return in_words([_label(dimension) for dimension in dimensions], f" {word}")


def _label(dimension: str) -> str:
    label = DIMENSIONS[dimension]
    return label[:1].lower() + label[1:]
