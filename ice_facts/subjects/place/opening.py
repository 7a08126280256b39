"""What binds at a place, in one to three plain sentences made from the rules in force there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from ice_facts.model import Agreement, Citation, Jurisdiction, Policy
from ice_facts.model.answers import Answer
from ice_facts.store import Store
from ice_facts.subjects.policy.brief import enjoined_words
from ice_facts.subjects.rule import RuleInForce
from ice_facts.vocabulary import BOUND, DIMENSIONS, DIRECTED_STANCES, RESTRICTING


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

MOST_NAMED = 4
"""A clause names so many forms of cooperation; of more it names fewer and counts the rest."""

_FORMS = {
    "detainers": ("hold people on ICE detainers", "holding people on ICE detainers"),
    "287g": ("sign 287(g) agreements", "signing 287(g) agreements"),
    "status-inquiries": ("ask about immigration status", "asking about immigration status"),
    "jail-access": ("let ICE into jails", "letting ICE into jails"),
    "release-notice": ("tell ICE of release dates", "telling ICE of release dates"),
    "transfer-to-ice": ("hand people over to ICE", "handing people over to ICE"),
    "information-sharing": ("share data with ICE", "sharing data with ICE"),
    "property-access": ("let ICE use their grounds", "letting ICE use their grounds"),
    "detention-contract": ("house ICE detainees", "housing ICE detainees"),
    "general-assistance": (
        "help with immigration enforcement",
        "helping with immigration enforcement",
    ),
}
"""Each form of cooperation as something to do, and as doing it."""

_IN_JAILS = {"detainers", "jail-access", "release-notice", "transfer-to-ice", "detention-contract"}
"""What only those who run jails can do; of the rest the others of a sheriff are meant too."""

_THEMSELVES = "by enforcing immigration law themselves"
_ENFORCE = ("enforce immigration law", "enforcing immigration law")
"""What a rule with this scope is about, as something to do and as doing it."""

_ICE_ITSELF = (
    "use {whose} property for immigration enforcement",
    "using {whose} property for immigration enforcement",
)
"""What a rule on property is about where it binds federal officers."""

_SEEK = "seek 287(g) agreements"
"""What a body that must have an agreement must do: whether it gets one is up to ICE."""


_OF_WHAT = (" of ", " about ", " from ", " to ")
"""How a part begins that belongs to the form of cooperation, and not to how it is limited."""


class _Verb(Struct, frozen=True):
    """How a stance is said.

    ``rule`` is the verb of a written rule, ``practice`` that of what a body does, ``form`` which
    of the `_FORMS` follows, ``word`` what joins several of them, ``rest`` what stands for more, and
    ``after`` what follows them.
    """

    rule: str
    practice: str
    form: int
    word: str
    rest: str
    after: str = ""


_WAYS = "cooperate in {} more ways"
_VERBS = {
    "prohibits": _Verb("may not", "do not", 0, "or", _WAYS),
    "limits": _Verb("may", "", 0, "and", _WAYS, " only within limits"),
    "permits": _Verb("may", "", 0, "and", _WAYS),
    "forbids-limits": _Verb("may not bar", "do not bar", 1, "or", "{} more forms of cooperation"),
    "requires": _Verb("must", "", 0, "and", _WAYS),
}

_EXCEPTING = {"without", "unless", "only", "except", "absent", "until", "apart"} | {
    f"{verb}{ending}" for verb in ("need", "require", "ask", "end") for ending in ("", "s")
}
_BY_A_JUDGE = ("judge", "judicial", "magistrate", "court order", "criminal warrant")
"""What a sentence of a prohibition says, one after the other, where the warrant or order of a judge
makes an exception."""
_LEFT_OPEN = (" excepted", " open")
"""How such a sentence may end, in place of a word before the judge: excepted, left open."""

_STRENGTH = {"prohibits": 0, "requires": 0, "limits": 1, "forbids-limits": 1, "permits": 2}
"""What leaves no choice is told first; the two directions have the same ranks."""

_WHO = {
    frozenset(("police", "sheriffs-jails", "state-police")): "police and sheriffs",
    frozenset(("police", "sheriffs-jails")): "police and sheriffs",
    frozenset(("police", "sheriffs-jails", "prisons")): "police, sheriffs and prisons",
    frozenset(
        ("police", "sheriffs-jails", "state-police", "prisons")
    ): "police, sheriffs and prisons",
    frozenset(("police", "state-police")): "state and city police",
    frozenset(("local-bodies", "state-police")): "local bodies and state police",
    frozenset(("sheriffs-jails", "prisons")): "jails and prisons",
}
"""Whom rules bind, where several words of the vocabulary have a shorter name together."""

_LAW_ENFORCEMENT = {"police", "sheriffs-jails", "state-police", "prisons", "prosecutors"}
_STATE_AND_LOCAL = ("local-bodies", "state-agencies")
_TAKEN_IN = {"police", "sheriffs-jails", "state-police", "prisons", "schools"}
"""What "state and local bodies" takes in, so that an opening does not name it beside them."""


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
            key = (rule.stance, _whom(layer, rule), rule.scope, rule.practice, _but_for(rule))
            groups.setdefault(key, []).append(rule)
    newest = sorted(groups.values(), key=_newest, reverse=True)
    ordered = sorted(
        newest,
        # Practices come after rules, the newest first, and what is on a part only comes last.
        key=lambda found: (
            found[0].scope is not None,
            found[0].practice,
            0 if found[0].practice else _STRENGTH[found[0].stance],
            "detainers" not in _dimensions(found),
            -len(_dimensions(found)),
        ),
    )
    return [(layer, _whom(layer, found[0]), found) for found in ordered]


def _newest(rules: Sequence[RuleInForce]) -> str:
    """Return the newest year of which some practices are told; rules have none."""
    return max((r.known_from or r.start or "")[:4] if r.practice else "" for r in rules)


def _but_for(rule: RuleInForce) -> str:
    """Return the exception that a prohibition makes for the warrant or order of a judge."""
    is_act = rule.dimension not in ("287g", "detention-contract", "status-inquiries")
    if rule.stance == "prohibits" and is_act and _excepts_a_judge(rule.text):
        return " without a judge's warrant or order"
    return ""


def _excepts_a_judge(text: str) -> bool:
    for sentence in text.lower().split("."):
        at = max(sentence.rfind(word) for word in _BY_A_JUDGE)
        before = sentence[: at + 1]
        if not _EXCEPTING.isdisjoint(word.strip("(,;:") for word in before.split()):
            return True
        if at >= 0 and sentence.rstrip().endswith(_LEFT_OPEN):
            return True
    return False


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
        before = _dimensions(rule for _, _, found in last for rule in found)
        own = _dimensions(rules)
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


def _dimensions(rules: Iterable[RuleInForce]) -> list[str]:
    return list(dict.fromkeys(rule.dimension for rule in rules))


def _sentence(store: Store, parts: Sequence[Group], on: str, named: set[str]) -> Sentence:
    """Return one sentence on rules of one place that have one stance.

    Laws that were ``named`` with their year before are named without it; those of this sentence
    are added.
    """
    layer = parts[0][0]
    rules = [rule for _, _, found in parts for rule in found]
    clauses = [_clause(layer, who, found) for _, who, found in parts]
    authority = _authority(store, layer, rules)
    laws = _laws(store, layer, rules, on, named)
    first, *others = (f"{authority}{clauses[0]}", *clauses[1:])
    # Short sentences are read more easily than one long one.
    joined = ". ".join(text[:1].upper() + text[1:] for text in (first, *others))
    text = f"{joined}{f' ({laws})' if laws else ''}."
    sources = _first_sources(rules)
    return Sentence(kind="rules", text=text, sources=sources)


def _first_sources(rules: Iterable[RuleInForce]) -> tuple[Citation, ...]:
    return tuple({c.id: c for rule in rules for c in rule.sources[:1]}.values())


def _clause(layer: Jurisdiction, who: str, rules: Sequence[RuleInForce]) -> str:
    first, verb = rules[0], _VERBS[rules[0].stance]
    names = [_FORMS[dimension][verb.form] for dimension in _dimensions(rules)]
    if "jails" in who.split():
        names = [name.replace("ICE into jails", "ICE in") for name in names]
    if who == f"{layer.name} jails" and _IN_JAILS.isdisjoint(_dimensions(rules)):
        who = f"{layer.name} sheriff and jail staff"
    if first.stance == "requires":
        names = [_SEEK if name == _FORMS["287g"][0] else name for name in names]
    if who == "ICE":
        whose = "public" if layer.level == "state" else layer.name
        names = [_ICE_ITSELF[verb.form].format(whose=whose)]
    if all("civil" in rule.text for rule in rules):
        names = [name.replace("immigration enf", "civil immigration enf") for name in names]
    if len(names) > MOST_NAMED:
        shown = MOST_NAMED - 2
        names = [*names[:shown], verb.rest.format(len(names) - shown)]
    says = verb.practice if first.practice else verb.rule
    scope = f" {first.scope}" if first.scope else ""
    if first.scope == _THEMSELVES and len(names) == 1:
        names, scope = [_ENFORCE[verb.form]], " themselves"
    of_it = scope.startswith(_OF_WHAT)
    how = f"{scope}{verb.after}" if of_it else f"{verb.after}{scope}"
    what = f"{_listed(names, f' {verb.word}')}{how}{_but_for(first)}"
    return " ".join(filter(None, (who, says, what)))


def _listed(names: Sequence[str], word: str = " and") -> str:
    *others, last = names
    return f"{', '.join(others)}{word} {last}" if others else last


def _authority(store: Store, layer: Jurisdiction, rules: Sequence[RuleInForce]) -> str:
    """Return under whose law a sentence holds; a city's own rules need no such words."""
    kinds = {store.one(Policy, r.policy).kind if r.policy else "" for r in rules}
    if kinds == {"court decision"}:
        ruling = "a court ruling" if layer.level != "state" else f"{layer.name} case law"
        return f"under {ruling}, "
    if all(rule.practice for rule in rules):
        return "in practice, "
    if layer.level != "state":
        return ""
    orders = kinds <= {"executive order", "directive", "guidance", "program"}
    return f"under {layer.name} {'state policy' if orders else 'law'}, "


def _whom(layer: Jurisdiction, rule: RuleInForce) -> str:
    binds = set(rule.binds)
    if "federal-officers" in binds and rule.dimension == "property-access":
        return "ICE"
    if len(binds) > 1:
        binds.discard("one-agency")  # it has no name here, and the others do
    words = [BOUND[word] for word in rule.binds if word in binds] or ["local bodies"]
    for together, taken_in, name in (
        (set(_STATE_AND_LOCAL), {*_STATE_AND_LOCAL, *_TAKEN_IN}, "state and local bodies"),
        ({"police", "prisons", "prosecutors"}, _LAW_ENFORCEMENT, "law enforcement"),
    ):
        if binds >= together:
            others = [BOUND[word] for word in rule.binds if word in binds - taken_in]
            words = [name, *others]
            break
    if len(words) > 1:
        words = [word.replace("sheriffs and jails", "jails") for word in words]
    named = _WHO.get(frozenset(binds)) or _listed(words)
    if binds == {"one-agency"}:
        agency = "state agency" if layer.level == "state" else f"{layer.name} agency"
        # "Hold", "do not hold": the verbs of practices are those of several.
        return f"{'staff of ' if rule.practice else ''}one {agency}"
    if layer.level == "state":
        # A practice is told without "under the law of".
        return f"{layer.name} {named}" if rule.practice else named
    if "own-agencies" in binds or not binds:
        return f"{layer.name} staff"
    return f"{layer.name} {named.replace('sheriffs and jails', 'jails')}"


def _laws(
    store: Store, layer: Jurisdiction, rules: Sequence[RuleInForce], on: str, named: set[str]
) -> str:
    """Return the names of the laws of some rules, each with the year since which it holds."""
    under: dict[str, list[RuleInForce]] = {}
    before = frozenset(named)
    for rule in rules:
        if rule.policy:
            under.setdefault(rule.policy, []).append(rule)
    texts: list[str] = []
    for id, found in under.items():
        policy = store.one(Policy, id)
        known = min((rule.start for rule in found if rule.start), default="")
        told = id in before
        name = _short_name(policy, layer)
        parts = (
            name.partition(", ")[0] if told else name,
            f"since {known[:4]}" if known and not told and not name.endswith(known[:4]) else "",
            "" if told else enjoined_words(policy, found, on),
        )
        named.add(id)
        texts.append(", ".join(filter(None, parts)))
    texts = list(dict.fromkeys(texts))
    if not texts:
        years = {rule.start[:4] if rule.start else "" for rule in rules}
        seen = sorted({rule.known_from[:4] for rule in rules if rule.known_from})
        if years == {""}:
            if rules[0].practice:
                return f"as told in {' to '.join(seen[:1] + seen[1:][-1:])}" if seen else "undated"
            return f"since {seen[-1]} or before" if seen else ""
        # Of several rules of different years, or of which not all have one, the first is told.
        return f"{'since' if len(years) == 1 else 'some since'} {min(years - {''})}"
    return "; ".join(texts[:2]) + (f"; {len(texts) - 2} more" if len(texts) > 2 else "")


def _short_name(policy: Policy, layer: Jurisdiction) -> str:
    """Return the name of a law without what the sentence says already: its place and its year.

    What stands in brackets is told where it is the name of an act.
    """
    name, bracket, act = policy.short.removesuffix(")").rpartition(" (")
    has_act = bracket and "(" not in act and policy.short.endswith(")")
    names = (name, act) if has_act else (policy.short, "")
    shown = [name for n, name in enumerate(names) if not n or name.endswith(("Act", "Law"))]
    for prefix in (layer.name, layer.name.removesuffix(" County")):
        shown = [name.removeprefix(f"{prefix} ") or name for name in shown]
    return ", ".join(shown)


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
            forms = _labels(_dimensions(quiet))
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
    return _listed([_label(dimension) for dimension in dimensions], f" {word}")


def _label(dimension: str) -> str:
    label = DIMENSIONS[dimension]
    return label[:1].lower() + label[1:]
