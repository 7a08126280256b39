"""Matters that were studied, counted or ruled on: how sentences name them, and the records."""

from __future__ import annotations

from ice_facts.across.nearest.synonyms import CRIME

_POLICE = r"(?:police|cops?|911|sheriffs?|law enforcement|local authorities)"
_REPORTING = (
    r"\bcrime[- ]reporting\b|"
    rf"\breport\w*\b[^.]{{0,40}}\b(?:crimes?|{_POLICE})\b"
    rf"|\b(?:call(?:s|ing|ed)?|contact\w*|(?:go|goes|going|talk|talking) to)"
    rf" (?:the |their |local )*{_POLICE}\b"
    rf"|\b(?:trust\w*|mistrust\w*|distrust\w*|confidence|faith)\b[^.]{{0,40}}\b{_POLICE}\b"
    rf"|\b(?:fear\w*|afraid|scared|hesita\w+)\b[^.]{{0,40}}\b(?:{_POLICE}|report|come forward)\b"
    r"|\b(?:victims?|witness\w*)\b.*\b(?:afraid|fear\w*|silent|scared)\b|\bchilling effect"
)
_WHO_REPORTS = (
    r"\b(?:immigra\w+|undocumented|latin[oa]s?|hispanics?|noncitizens?|victims?|witness\w*"
    r"|communit\w+|people|residents|cooperat\w+|sanctuar\w+|287)"
)
_PROFILING = (
    r"\bprofil(?:e|es|ed|ing)\b|\bdiscriminat\w+|\b(?:by|on|of) race\b"
    r"|\b(?:target|stop|harass|singl|pick)\w*\b[^.]*\b(?:latin[oa]s?|hispanics?|minorities)\b"
)
_LOCAL_OFFICERS = r"\b(?:police|policing|sheriffs?|deput\w+|local|287)"
_ICE_ARRESTS = (
    r"\b(?:ice|immigration agents|federal agents)\b.*"
    r"\b(?:arrest|detain|target|pick|go(?:es)? after)"
    r"|\b(?:arrested|detained|picked up|targeted) by (?:ice|immigration|federal)"
    r"|\bice (?:arrests?|detainees?|detention)"
)
_RECORDS = r"\bcriminals?\b|\bconvict\w*|\bcriminal (?:record|histor)"


class Studied:
    """A matter that was studied, judged or counted.

    Args:
        words: Patterns, of which a sentence on the matter fits all.
        records: The ids of the records on it, in the order in which they are shown.
        reason: What they leave open.
        is_practice: It is about what is done: a sentence on a duty is not on it.
    """

    def __init__(
        self,
        words: tuple[str, ...],
        records: tuple[str, ...],
        reason: str,
        *,
        is_practice: bool = False,
    ) -> None:
        self.words = words
        self.records = records
        self.reason = reason
        self.is_practice = is_practice


_STUDIES_REASON = "studies of their own method, places and years; none of them settles causes"
_FINDINGS_REASON = (
    "findings and studies, each on its own offices, program and years; none settles it for all"
)
COUNTS_REASON = (
    "counts by their own owners, for their own places and times; none of them settles it"
)

STUDIED = (
    Studied(
        (_PROFILING, _LOCAL_OFFICERS),
        ("melendres-order", "study-treyger-2014", "aclu-287g-agencies", "287g-task-force-ended"),
        _FINDINGS_REASON,
        is_practice=True,
    ),
    Studied(
        (_REPORTING, _WHO_REPORTS),
        ("study-theodore-2013", "study-cis-2021", "study-usipc-2019", "jacome-reporting"),
        _STUDIES_REASON,
        is_practice=True,
    ),
    Studied(
        (r"\bcitizens?\b", r"\b(?:detain\w*|held|holds?)\b"),
        ("galarza-v-szalczyk", "morales-v-chadbourne"),
        _FINDINGS_REASON,
        is_practice=True,
    ),
    Studied(
        (r"\btrust\b", rf"\b{_POLICE}\b|\bice\b"),
        ("study-usipc-2019", "study-theodore-2013", "study-cis-2021"),
        _STUDIES_REASON,
        is_practice=True,
    ),
    Studied(
        (r"\bin (?:ice )?(?:detention|custody)\b", _RECORDS),
        ("detention-2026-01-24", "ero-arrests-fy2024"),
        COUNTS_REASON,
        is_practice=True,
    ),
    Studied(
        (_ICE_ARRESTS, _RECORDS),
        ("ero-arrests-fy2024", "detention-2026-01-24"),
        COUNTS_REASON,
        is_practice=True,
    ),
    Studied(
        (CRIME, r"\bsanctuar(?:y|ies)\b"),
        ("study-gonzalez-2019", "study-hausman-2020", "study-martinez-2019", "wong-crime"),
        _STUDIES_REASON,
    ),
    Studied(
        (CRIME, r"\bsecure communities\b"),
        ("study-miles-cox-2014", "study-treyger-2014"),
        _STUDIES_REASON,
    ),
    Studied((CRIME, r"\b287\s?\(?g\)?"), ("study-cato-nc-2018",), _STUDIES_REASON),
)
"""Matters that were studied, the narrowest first; a test holds the ids to the record."""

RELEASES = (
    r"\breleas(?:e|es|ed|ing)\b(?! (?:dates?|notices?|times?))|\b(?:frees|freed|freeing)\b"
    r"|\b(?:let|lets|letting|set|sets|setting|turn\w*)\b[^.]*\b(?:go|loose|out|walk|free)\b"
)
"""Said of people whom a jail does not keep."""

OFFENDERS = (
    r"\b(?:criminals?|murder(?:s|ers?)?|rapists?|killers?|felons?|offenders?|predators?|gangs?"
    r"|dangerous|violent|convicts?)\b"
)

LOCAL = (
    r"\b(?:sanctuar\w+|cit(?:y|ies)|count(?:y|ies)|jails?|sheriffs?|police|states?|local\w*"
    r"|mayors?|governors?|democrats?|prosecutors?|detainers?)\b"
)

KEEPS_OR_NOT = (
    r"\b(?:refus|declin|ignor|reject|disregard|deni|deny|honor|compl[iy]|accept|follow)\w*\b"
)
"""Said of detainers: whether jails do what they ask."""

REFUSAL_COUNTS = ("cis-declined", "trac-refusing", "trac-share-refused", "ddor-first-week")
"""Counts of declined detainers in the whole country; a test holds the ids to the record."""

COUNTED_AT_PLACES = r"\bdetainers?\b|\breleas|\btransfers?\b|\bhanded to ice\b|\bturned over\b"
"""Measures of places on detainers and releases; those of `NOT_KEPT` come first."""

NOT_KEPT = r"\b(?:not honored|declined|refused|denied|releas\w+|without transfer)\b"

_LAWFUL = (
    r"\b(?:legal|lawful|illegal|unlawful|constitutional|unconstitutional|constitution|amendment"
    r"|violat\w*|rights)\b"
)
_LIABLE = r"\b(?:sue|sued|suing|liable|liability|damages|lawsuits?)\b"
_BINDING = (
    r"\b(?:bind(?:s|ing)?|mandatory|voluntary|optional)\b"
    r"|\b(?:are|is|just|only|merely|not) (?:\w+ ){0,3}(?:commands?|orders?|requests?)\b"
)

RULINGS_ON_DUTY = ("galarza-v-szalczyk", "el-cenizo-v-texas")
"""Rulings on whether detainers are orders, and whether a state can make them so."""

RULINGS = (
    (
        _LIABLE,
        (
            "galarza-v-szalczyk",
            "steinle-v-san-francisco-2019",
            "miranda-olivares-v-clackamas",
        ),
    ),
    (
        _LAWFUL,
        # Appeals courts first, by date, then a trial court and a state's.
        (
            "el-cenizo-v-texas",
            "gonzalez-v-ice",
            "miranda-olivares-v-clackamas",
            "lunn-v-commonwealth",
        ),
    ),
    (_BINDING, RULINGS_ON_DUTY),
)
"""What is said of the law on detainers in general, and the rulings on it, whichever way they went;
a test holds the ids to the record.
"""

_FEDERAL_LAW = r"federal (?:immigration )?(?:laws?|government|authority|power)"
_STATE_LAW = (
    r"(?:sanctuar(?:y|ies)|state (?:and local )?(?:immigration )?laws?|states?|local laws?"
    r"|cit(?:y|ies))"
)
_OVERRIDES = (
    r"(?:overrides?|overrule[sd]?|trumps?|beats|supersedes?|preempts?|pre-empts?|outranks?"
    r"|prevails? over|takes? precedence over|is supreme over|is above|comes before|voids?"
    r"|invalidates?)"
)
_AMENDMENT = r"(?:tenth|10th) amendment"

SUPREMACY = (
    rf"\b{_FEDERAL_LAW}\b(?: \w+){{0,2}} {_OVERRIDES}\b.*\b{_STATE_LAW}\b",
    rf"\bsupremacy clause\b.*\b{_STATE_LAW}\b",
    rf"\b{_STATE_LAW}\b.*\bsupremacy clause\b",
    (
        rf"\b{_AMENDMENT}\b.*\b(?:protect|shield|allow|let|permit|guarantee|support)s?\b"
        rf".*\b{_STATE_LAW}\b"
    ),
    rf"\b{_STATE_LAW}\b.*\b(?:protected|shielded|allowed) by the {_AMENDMENT}\b",
    (
        r"\b(?:states?|cities|sanctuary (?:cities|states|jurisdictions))\b(?: \w+){0,2}"
        r" (?:must|has to|have to|(?:is|are) (?:bound|required|obliged) to|may|can|cannot|can't"
        r"|need not|may not|must not|(?:do|does)(?: not|n't) have to)(?: not)?"
        r" (?:\w+ )?(?:obey|follow|comply with|respect|ignore|nullify|defy|override|disobey|break)"
        rf" {_FEDERAL_LAW}\b"
    ),
    (
        r"\bsanctuary \w+\b.*\b(?:violate|break|conflict with|are preempted by|defy)\b.*"
        rf"\b(?:{_FEDERAL_LAW}|constitution)\b"
    ),
    (
        r"\bsanctuary \w+ (?:is|are|isn't|aren't)(?: not)? (?:unconstitutional|constitutional"
        r"|preempted)\b"
    ),
)
"""What is said of federal law and the laws of states and cities, in either direction."""

OTHER_SUPREMACY = r"\b(?:commandeer\w*|detainers?|1373|1644|287|funds?|funding|grants?)\b"
"""Matters of a law or doctrine of their own, on which other records tell more."""

SUPREMACY_RULINGS = (
    (
        "corecivic-v-new-jersey-2025",
        "a state's ban on private detention contracts could not be enforced against one company",
    ),
    ("mchenry-county-v-raoul", "a state's ban on detention contracts of counties was upheld"),
    (
        "united-states-v-california-2019",
        "a state's limits on help stayed in force; as to two other laws, affirmed in part",
    ),
    ("el-cenizo-v-texas", "a state's ban of such limits was upheld for the most part"),
    ("ocean-county-v-new-jersey-ag", "a state's directive on such limits was upheld"),
    (
        "arizona-v-united-states",
        "federal law overrode parts of a law by which a state enforced more",
    ),
    (
        "united-states-v-illinois-2025",
        "a suit against such limits was dismissed: the choice not to help is protected",
    ),
    (
        "tenth-amendment-anticommandeering",
        "the federal government may not order states to carry out its programs",
    ),
)
"""Rulings and doctrine on federal and state law, by turns of what they held, with that in words; a
test holds the ids to the record."""
