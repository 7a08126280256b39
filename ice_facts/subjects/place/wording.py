"""How an opening says a rule: whom it binds, what they may or must do, and under which law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ice_facts.model import Jurisdiction, Policy
from ice_facts.store import Store
from ice_facts.subjects.policy.brief import enjoined_words
from ice_facts.subjects.rule import RuleInForce
from ice_facts.vocabulary import BOUND

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

_PUBLIC = frozenset(("local-bodies", "state-agencies"))
_FORCES = frozenset(("police", "sheriffs-jails", "state-police", "prisons"))
_TOGETHER = (
    (_PUBLIC, _PUBLIC | _FORCES | {"schools"}, "state and local bodies"),
    (
        frozenset(("police", "prisons", "prosecutors")),
        _FORCES | {"prosecutors"},
        "law enforcement",
    ),
)
"""Bodies that have one name where all of them are bound, whom this name takes in, and the name."""


def dimensions_of(rules: Iterable[RuleInForce]) -> list[str]:
    """Return the forms of cooperation of some rules, each once, in the order of the rules."""
    return list(dict.fromkeys(rule.dimension for rule in rules))


def exception_of(rule: RuleInForce) -> str:
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


def clause_of(layer: Jurisdiction, who: str, rules: Sequence[RuleInForce]) -> str:
    """Return what rules of a place with one stance say of the bodies that they bind.

    ``who`` is the name of these bodies, as `bodies_of` has it.
    """
    first, verb = rules[0], _VERBS[rules[0].stance]
    names = [_FORMS[dimension][verb.form] for dimension in dimensions_of(rules)]
    if "jails" in who.split():
        names = [name.replace("ICE into jails", "ICE in") for name in names]
    if who == f"{layer.name} jails" and _IN_JAILS.isdisjoint(dimensions_of(rules)):
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
    what = f"{in_words(names, f' {verb.word}')}{how}{exception_of(first)}"
    return " ".join(filter(None, (who, says, what)))


def in_words(names: Sequence[str], word: str = " and") -> str:
    """Return names as a sentence lists them: "a, b and c"."""
    *others, last = names
    return f"{', '.join(others)}{word} {last}" if others else last


def authority_of(store: Store, layer: Jurisdiction, rules: Sequence[RuleInForce]) -> str:
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


def bodies_of(layer: Jurisdiction, rule: RuleInForce) -> str:
    """Return whom a rule of a place binds, as the subject of a sentence."""
    binds = set(rule.binds)
    if "federal-officers" in binds and rule.dimension == "property-access":
        return "ICE"
    if len(binds) > 1:
        binds.discard("one-agency")  # it has no name here, and the others do
    words = [BOUND[word] for word in rule.binds if word in binds] or ["local bodies"]
    for together, taken_in, name in _TOGETHER:
        if binds >= together:
            others = [BOUND[word] for word in rule.binds if word in binds - taken_in]
            words = [name, *others]
            break
    if len(words) > 1:
        words = [word.replace("sheriffs and jails", "jails") for word in words]
    named = _WHO.get(frozenset(binds)) or in_words(words)
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


def laws_of(
    store: Store, layer: Jurisdiction, rules: Sequence[RuleInForce], on: str, named: set[str]
) -> str:
    """Return the names of the laws of some rules, each with the year since which it holds.

    Laws that were ``named`` with their year before are named without it; those of these rules are
    added. Where no law is recorded it is the year of the rules themselves.
    """
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
