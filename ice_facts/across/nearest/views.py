"""How sentences say that somebody is for or against something: verbs, matters, kinds of holders."""

from __future__ import annotations

import re

from ice_facts.model import Stakeholder

VERB = re.compile(
    r"\b(?:"
    r"(?P<says>(?:says?|said|believes?|believed|thinks?|thought|argues?|argued|claims?|claimed)"
    r"(?: that)?)"
    r"|(?P<against>(?:strongly |openly |publicly )?(?:oppos(?:es?|ed)|rejects?|rejected"
    r"|dislikes?|hates?|condemns?|condemned|disapproves? of|objects? to|objected to"
    r"|criticizes?|criticized)|(?:is|are|was|were|isn't|aren't)(?: not)? (?:strongly )?against)"
    r"|(?P<for>(?:strongly |openly |publicly )?(?:supports?|supported|backs?|backed|favors?|favored"
    r"|endorses?|endorsed|wants?|wanted|likes?|liked|welcomes?|welcomed|approves? of|defends?"
    r"|defended)|(?:is|are|was|were|isn't|aren't)(?: not)? (?:strongly )?(?:for|in favor of))"
    r")\b"
)
"""A word for being for or against something, or for saying something of it."""

ENDING = (
    r"\s*(?:to )?(?:the )?(?:end(?:ing)?|abolish(?:ing)?|repeal(?:ing)?|ban(?:ning)?|stop(?:ping)?"
    r"|outlaw(?:ing)?|scrap(?:ping)?|leav(?:e|ing)|quit(?:ting)?)(?: of)?\b"
)
"""Words, right after the verb, for an end of what follows them."""

BAN_OF_IT = (
    r"\b(?:bans?|banning|prohibitions?|limits? on|restrictions? on|repeal|ending|end of|against)\b"
)
"""Words after the verb that make the matter another one: a ban of it, or a limit on it."""


class Matter:
    """What positions are on, as sentences name it.

    Args:
        name: What it is called.
        words: The pattern of its names.
        topic: The id of its topic, if it has one.
        stances: The laws with a rule of these stances, and none of the other direction, bear on it.
    """

    def __init__(
        self, name: str, words: str, *, topic: str | None = None, stances: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        self.words = words
        self.topic = topic
        self.stances = stances


_WORK = r"(?:cooperat\w+|collaborat\w+|work(?:ing)?|partner\w*|help(?:ing)?|assist\w*)"
_SANCTUARY = (
    r"sanctuar(?:y|ies)(?: (?:laws?|polic(?:y|ies)|cit(?:y|ies)|states?|rules?|ordinances?"
    r"|jurisdictions?|status|protections?))?"
)

MATTERS = (
    Matter(
        "bans of sanctuary policies",
        rf"\b(?:bans?|banning|prohibitions?) (?:of|on) {_SANCTUARY}|\bsanctuary(?:-city)? bans?\b"
        r"|\banti-?sanctuary laws?\b",
        stances=("forbids-limits",),
    ),
    Matter(
        "funding conditions and cuts",
        r"\b(?:funding (?:conditions|cuts|penalties)|grant conditions"
        r"|(?:cutting|withholding) (?:federal )?(?:funds|funding|money|grants))\b"
        r"(?: (?:to|from|for) (?:sanctuary )?(?:cities|states|jurisdictions|places))?",
        topic="federal-funding",
    ),
    Matter(
        "287(g) agreements",
        r"\b287\s?\(?g\)?(?: (?:agreements?|programs?|partnerships?|memoranda))?",
        topic="287g",
    ),
    Matter(
        "sanctuary policies and laws that limit help",
        rf"\b{_SANCTUARY}\b",
        topic="sanctuary-policies",
        stances=("prohibits", "limits"),
    ),
    Matter(
        "detainers",
        r"\b(?:(?:honoring|holding people on|complying with) )?(?:ice |immigration )?"
        r"(?:detainers?(?: requests?)?|holds)\b",
        topic="detainers",
    ),
    Matter(
        "National Guard deployments",
        r"\bnational guard\b(?: (?:deployments?|troops))?",
        topic="national-guard-deployment",
    ),
    Matter(
        "courthouse arrests",
        r"\b(?:courthouse arrests|arrests (?:at|in|near) courthouses)\b",
        topic="courthouse-arrests",
    ),
    Matter(
        "federal enforcement operations",
        r"\b(?:ice|immigration) (?:raids|operations|sweeps)\b",
        topic="federal-enforcement-operations",
    ),
    Matter(
        "immigration enforcement by local police",
        r"\b(?:local (?:immigration )?enforcement|(?:local )?police enforcing immigration law"
        r"|enforcing immigration law)\b",
        topic="local-immigration-enforcement",
    ),
    Matter(
        "federal-local cooperation",
        rf"\b{_WORK} (?:with )?(?:ice|the feds"
        r"|federal immigration (?:agents|authorities|officers))\b",
        topic="federal-local-cooperation",
    ),
)
"""Matters on which positions are on record, the narrowest first; a test holds the ids to it."""

NO_MEASURES = ("287g", "tenth-amendment-anticommandeering", "intergovernmental-immunity")
"""Ids of what sentences name beside the matter that is meant."""


class Kind:
    """A kind of holders of positions.

    Args:
        name: What they are called.
        words: The pattern by which sentences name them.
        about: The pattern of what is recorded of people of the kind.
        names: The pattern of the names of bodies of the kind.
    """

    def __init__(self, name: str, words: str, about: str, names: str) -> None:
        self.name = name
        self.words = words
        self._about = re.compile(about, re.IGNORECASE)
        self._names = re.compile(names, re.IGNORECASE)

    def has(self, who: Stakeholder) -> bool:
        """Return True if a stakeholder is one of the kind, by what is recorded of who it is."""
        if who.kind == "person":
            return self._about.match(who.about) is not None
        return self._names.search(who.name) is not None


_NEVER = "(?!)"

UNCOUNTED = (
    r"\b(?:prosecutors|district attorneys|immigrants?|immigrant(?:s'|s)?(?: rights)? (?:groups"
    r"|organizations|advocates|communities)|advocates|activists|civil rights groups|businesses"
    r"|business groups|doctors|hospitals|teachers|schools|voters|americans|residents"
    r"|police officers|democrats|republicans|conservatives|liberals)\b"
)
"""Kinds of holders whose positions the record does not count together."""

KINDS = (
    Kind(
        "sheriffs and their associations",
        r"\b(?:county )?sheriffs\b(?:' associations?)?",
        r"(?:An? )?(?:\w+ )?Sheriff\b",
        r"\bSheriffs?\b",
    ),
    Kind(
        "police unions",
        r"\bpolice unions?\b",
        _NEVER,
        r"Fraternal Order of Police|\bFOP\b|Police unions|Law enforcement unions"
        r"|Benevolent Association|Peace Officers Research Association",
    ),
    Kind(
        "unions other than of police", r"\bunions\b", _NEVER, r"AFL-CIO|SEIU|Employees Association"
    ),
    Kind(
        "police chiefs and their associations",
        r"\b(?:police chiefs|chiefs of police)\b(?:' associations?)?",
        r"(?:The )?(?:Police chief\b|Chief of the .*Police|Superintendent of the .*police"
        r"|Police commissioner)",
        r"Chiefs? of Police|Police Chiefs|Chiefs Association|Police Executive",
    ),
    Kind("mayors", r"\bmayors\b", r"(?:The )?Mayor\b", r"^Mayor of\b|Conference of Mayors"),
    Kind("governors", r"\bgovernors\b", r"(?:The )?Governor\b", r"^Governor of\b"),
    Kind(
        "attorneys general",
        r"\battorneys general\b",
        r"(?:The )?Attorney general\b",
        r"^Attorney General of\b|attorneys general",
    ),
    Kind(
        "bishops and churches",
        r"\b(?:catholic )?bishops\b|\bchurches\b",
        r"(?:Arch)?bishop\b",
        r"Bishops|diocese|Church",
    ),
)
"""Kinds of holders, the narrowest first."""

_FILLERS = re.compile(
    r"a|an|the|of|in|on|at|by|from|to|for|and|or|all|most|many|some|few|several|every|no|none|only"
    r"|majority|these|those|their|its|his|her|local|county|state|states|american|america|us|nation"
    r"|country|across|throughout|around|do|does|did|not|never|no|longer|\w+n't|have|has|had|always"
    r"|also|now|today|still|generally|largely|mostly|strongly|openly|publicly|would|that|it|they"
    r"|law|laws|policy|policies|program|programs|agreement|agreements|with|ice|as|whole|general"
    r"|current|former|mayor|governor|sheriff|chief|police|president|senator|representative|director"
    r"|secretary|attorney|county|city|elected|in|\d+|s|'s"
)


def more_than_fillers(text: str) -> list[str]:
    """Return the words of a text that tell more than who and how many."""
    found = re.findall(r"[\w'’-]+", text)
    return [word for word in found if not _FILLERS.fullmatch(word.strip("'’-").removesuffix("'s"))]
