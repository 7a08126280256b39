"""What people write for the words of the record: plain tables of patterns.

Every pattern is looked for in a sentence in small letters, without accents and "'s". Where several
of a table fit, the first one counts, so that the narrow ones stand first.
"""

from __future__ import annotations

import re

from ice_facts.store.naming import words_of

_PEOPLE = (
    r"(?:people|persons?|someone|anyone|immigrants?|inmates?|prisoners?|suspects?|noncitizens?)"
)
_ICE = r"(?:ice\b|immigration|federal (?:agents|officers|authorities|officials)|dhs\b|feds\b)"
_STATUS = r"(?:status|citizenship|legal in the country|papers)"

DIMENSION_PATTERNS = (
    ("287g", r"\b287\s?\(?g\)?|\bdeputi[sz]"),
    ("detainers", r"\bdetainers?\b|\b(?:immigration|ice) holds?\b|\bhold requests?\b"),
    (
        "release-notice",
        (
            r"\breleases? (?:dates?|notices?|times?)|\bnotice of (?:a )?release"
            r"|\b(?:tell|notify|notif|inform|alert|warn)\w* .*\breleas"
        ),
    ),
    (
        "detention-contract",
        (
            rf"\b(?:contracts?|rent|lease|agreements?) .*"
            rf"(?:\bdetain|\bdetention|\bbeds?\b|\bhold .*{_ICE})"
            r"|\b(?:detention|jail) (?:contracts?|cent)|\bprivate (?:detention|prisons?)"
        ),
    ),
    (
        "jail-access",
        (
            rf"\b{_ICE}.* (?:into|in|inside|enter|access to|interview)\b.*"
            r" (?:jails?|lockups?|custody)"
            rf"|\baccess to (?:the |its |their )?(?:jails?|inmates?|prisoners?)"
            rf"|\baccess to {_PEOPLE} in custody"
            r"|\brikers"
        ),
    ),
    (
        "status-inquiries",
        rf"\b(?:ask|inquir|question|check|demand|investigat)\w*\b.*\b{_STATUS}",
    ),
    (
        "transfer-to-ice",
        (
            rf"\b(?:hand|turn|turns|hands|turned|handed|handing|turning)\b.* (?:over )?to {_ICE}"
            rf"|\b(?:hand|turn)\w* .*\bover\b|\b(?:transfer|deliver)\w*\b.* to {_ICE}"
            r"|\btransfers? to"
        ),
    ),
    (
        "information-sharing",
        (
            r"\binformation sharing|\b(?:shar(?:e|es|ing)|sends?|sending|gives?|reports?|reporting"
            rf"|exchang\w+|disclos\w+)\b.*\b(?:information|data|records|databases?|{_STATUS})"
        ),
    ),
    (
        "property-access",
        (
            r"\b(?:city|county|public|state|municipal)(?:-owned)? (?:property|land|lots?|garages?"
            r"|buildings?)|\bparking (?:lots?|garages?)|\bstaging\b|\bice[- ]free zones?"
        ),
    ),
    (
        "detainers",
        (
            r"\b(?:hold|holding|holds|keep|keeps|keeping|jail)\b .*"
            rf"(?:\bfor {_ICE}|\bpast\b|\blonger\b"
            rf"|\bat (?:the )?request of {_ICE})"
        ),
    ),
    (
        "general-assistance",
        (
            r"\b(?:help|assist|aid|cooperat|collaborat|work(?:ing)? with|tak\w+ part|participat"
            rf"|join|support)\w*\b.*{_ICE}|\bassistance to {_ICE}"
            r"|\benforc\w+ (?:federal |civil )?immigration"
        ),
    ),
)
"""Words for the dimensions of cooperation."""

SANCTUARY_BAN = r"\bsanctuar(?:y|ies)\b"
"""Said of a place with a word of `BANS`: it forbids local limits on cooperation."""

BANS = (
    r"(?:ban|banned|bans|banning|prohibit\w*|forbid\w*|forbade|outlaw\w*|bar|bars|barred|barring)"
)
LIMITS = r"(?:limits?|limited|restricts?|restricted|curbs?|curbed)"
REQUIRES = (
    r"(?:requires?|required|mandates?|mandated|forces?|forced|obliges?|obliged|compels?|orders?"
    r"|ordered|makes)"
)
ALLOWS = r"(?:allows?|allowed|permits?|permitted|lets?|authori[sz]es?|authori[sz]ed)"
_NOT = r"(?:\bnot\b|n't\b|\bnever\b|\bno longer\b)"

REFUSE = (
    r"(?:(?:refus|declin|ignor|reject|disregard)\w*|den(?:y|ies|ying)|turn(?:s|ing)?(?: \w+)? away)"
)
_MUST = (
    r"(?:must|shall|(?<!not )(?<!n't )(?:ha(?:s|ve|d)|needs?) to"
    r"|(?:is|are|was|were)(?: legally)? (?:required|obliged|obligated|forced|bound|ordered) to)"
)

DUTY_PATTERNS = (
    ("should", r"\b(?:should|ought)\b"),
    (
        "must",
        (
            rf"\b(?:(?:may|can|must|shall|could)(?: not|n't)|cannot|can't) (?:\w+ly )?{REFUSE}"
            r"|\b(?:is|are|was|were)(?: not|n't| never) (?:allowed|permitted|free|able) to"
            rf" (?:\w+ly )?{REFUSE}"
            rf"|\b{BANS}\b(?: \w+){{0,3}} (?:from |to )?{REFUSE}"
        ),
    ),
    ("may", rf"(?:\bnot|n't) (?:have|need) to (?:\w+ly )?{REFUSE}\b"),
    # "Must refuse detainers" is "may not honor them".
    (
        "may not",
        (
            rf"\b{_MUST} (?:\w+ly )?{REFUSE}\b"
            rf"|\b{REQUIRES}\b(?: \w+){{1,4}} to (?:\w+ly )?{REFUSE}\b"
        ),
    ),
    (
        "may limit",
        (
            r"\b(?:may|can|could|must|shall|cannot|can't)(?: not|n't)?(?: \w+)?"
            rf" (?:{BANS}|{LIMITS})\b"
            rf"|\b(?:allowed|permitted|free|able) to (?:{BANS}|{LIMITS})\b"
        ),
    ),
    (
        "need not",
        (
            r"\b(?:do|does|did|need)(?: not|n't) (?:have|need) to|\bneed not\b"
            r"|\b(?:cannot|can't|can not|may not) be (?:required|forced|made|compelled|ordered)\b"
            r"|\b(?:is|are|was|were)(?: not|n't) (?:legally )?"
            r"(?:required|obliged|obligated|forced|bound)"
            rf"|\bno (?:duty|obligation)\b|\b{_NOT} {REQUIRES}\b"
            rf"|\b(?:may|can|free to) (?:\w+ly )?{REFUSE}\b|\bvoluntary\b|\boptional\b"
            rf"|\b{ALLOWS}\b(?: \w+){{1,4}} (?:to )?(?:\w+ly )?{REFUSE}\b"
        ),
    ),
    ("may", rf"(?:\bnot\b|n't\b) {BANS}\b|\b(?:is|are)(?: not|n't) (?:barred|banned|forbidden)"),
    (
        "may not",
        (
            r"\b(?:may|can|must|shall|could)(?: not|n't)\b|\bcannot\b|\bcan't\b"
            r"|\b(?:is|are|was|were)(?: not|n't| never) (?:allowed|permitted|free|able)"
            r"|\b(?:is|are|was|were) (?:barred|banned|forbidden|prohibited)"
            rf"|\bmay never\b|\bno \w+(?: \w+)? (?:may|can)\b|\b{_NOT} {ALLOWS}\b"
            r"|\b(?:illegal|unlawful|against the law) (?:for|to)\b"
        ),
    ),
    ("must", r"\bmust\b|\b(?:has|have|had|need|needs) to\b|\bshall\b|\bmandatory\b"),
    ("must", r"\b(?:is|are|was|were)(?: legally)? (?:required|obliged|obligated|forced|bound)\b"),
    ("may", r"\b(?:is|are|was|were) (?:allowed|permitted|free|able) to\b"),
    # "may 2025" is a month
    ("may", r"\b(?:may(?! (?:\d{1,2}, )?\d{4}\b)|can|could)\b"),
    ("may not", rf"\b{BANS}\b"),
    ("limits", rf"\b{LIMITS}\b"),
    ("must", rf"\b{REQUIRES}\b"),
    ("may", rf"\b{ALLOWS}\b"),
    ("do not", rf"{_NOT}|\brefus\w+\b|\bdeclin\w+\b|\bignor\w+\b"),
)
"""By duty, how a sentence says it. Without any of them, it says what is done ("do").

Whether somebody may limit what others do ("may limit") is not what a rule says of doing it.
"""

CONDITION_PATTERN = (
    r"\b(?:unless|except|only|without|if|when|with an?(?: \w+)? warrant|judicial warrant)\b"
)
"""Words for a condition: a rule does not decide a sentence that has one of its own."""

ACTOR_PATTERNS = (
    ("state-police", r"\b(?:state police|troopers?|highway patrol|state patrol)\b"),
    ("sheriffs-jails", r"\b(?:sheriffs?|jails?|jailers?|deputy|deputies)\b"),
    ("police", r"\b(?:police|policemen|officers?|cops?|nypd|lapd)\b"),
    ("prisons", r"\b(?:state )?prisons?\b"),
    ("schools", r"\b(?:schools?|teachers?)\b"),
    ("hospitals", r"\b(?:hospitals?|nurses?|doctors?)\b"),
    ("courts", r"\bjudges?\b"),
    ("private", r"\b(?:employers?|landlords?|businesses)\b"),
)
"""By who acts, in the words of ``binds``, what a sentence calls them.

"Immigration officers" are taken out before.
"""

BODIES_WITH_ACTOR = {
    "police": {"police", "local-bodies", "own-agencies", "one-agency"},
    "sheriffs-jails": {"sheriffs-jails", "local-bodies", "own-agencies"},
    "state-police": {"state-police", "state-agencies", "own-agencies"},
    "prisons": {"prisons", "state-agencies", "own-agencies"},
}
"""By actor, the words of ``binds`` that include it; others are bound only by their own word."""

OFFICE_PATTERNS = (
    (
        "ICE director",
        r"\b(?:ice director|(?:director|head|chief|leader) of ice|runs ice|leads ice)\b",
    ),
    (
        "secretary of homeland security",
        (
            r"\b(?:secretary of homeland security|homeland security secretary|dhs secretary"
            r"|secretary of dhs|head of dhs)\b"
        ),
    ),
    ("attorney general", r"\battorney general\b"),
    ("state's attorney", r"\bstates? attorney\b"),
    (
        "police chief",
        (
            r"\b(?:police (?:chief|superintendent|commissioner)"
            r"|(?:chief|superintendent|commissioner)"
            r" of (?:the )?(?:\w+ )*police|(?:police )?superintendent)\b"
        ),
    ),
    ("governor", r"\b(?:governor|gov)\b"),
    ("mayor", r"\bmayor\b"),
    ("sheriff", r"\bsheriff\b"),
    ("president", r"\bpresident\b"),
)
"""Words for offices. The heads of a city's police have three titles: see `SAME_OFFICE`."""

SAME_OFFICE = {"police chief": {"police chief", "police superintendent", "police commissioner"}}

FEDERAL_OFFICES = ("ICE director", "secretary of homeland security", "president")

OFFICE_WORDS = frozenset(
    words_of(
        """
        a acting an and appointed are as became become been being by chief chosen city commissioner
        county current currently democratic department director elected ex federal former from
        general gov governor had has have head he her his holds homeland ice in is isn it its leads
        leader longer mayor named never new no not now of office on police present presently
        president republican security serve served serves serving secretary she sheriff since state
        still superintendent sworn t the their this took today u s united states until us used to
        was wasn were who won year dhs attorney once america american
        """
    ).split()
)
"""Words of a sentence that says no more than who holds an office."""


SHORT_NAMES = {
    "andy": "andrew",
    "bill": "william",
    "bob": "robert",
    "dave": "david",
    "jack": "john",
    "jim": "james",
    "joe": "joseph",
    "kate": "katherine",
    "mike": "michael",
    "rick": "richard",
    "steve": "stephen",
    "ted": "edward",
    "tom": "thomas",
    "tony": "anthony",
}
"""Short forms of first names that are not their beginnings."""

STATUS_PATTERNS = (
    (
        "struck down",
        r"\b(?:struck|strike[ns]?) down|\boverturn\w*|\binvalidat\w*|\bunconstitutional",
    ),
    ("repealed", r"\brepeal\w*|\brescind\w*|\brevok\w*"),
    ("enjoined", r"\b(?:blocked|enjoined|halted|on hold|suspended)\b"),
    ("failed", r"\b(?:failed|vetoed|rejected|never passed|did not pass|died)\b"),
    ("proposed", r"\b(?:proposed|only a bill|is a bill)\b"),
    ("pending", r"\bpending\b"),
    ("superseded", r"\b(?:superseded|replaced)\b"),
    ("upheld", r"\b(?:upheld|uphold\w*|affirm\w*)\b"),
    ("in force", r"\b(?:in (?:force|effect)|still the law|is law|is the law|stands)\b"),
)
"""Words for the status of a law."""

SAME_STATUS = (
    {"in force"},
    {"struck down"},
    {"repealed", "ended", "superseded"},
    {"enjoined"},
    {"failed"},
    {"proposed", "pending"},
)
"""Statuses of one group agree, of two groups contradict each other; all else decides nothing."""

START_PATTERNS = (
    ("effective", r"\b(?:t(?:ook|akes?) effect|effective|in (?:force|effect) since|since)\b"),
    (
        "enacted",
        (
            r"\b(?:pass(?:ed)?|enact\w*|sign(?:ed)?|adopt\w*|approv\w*|became law|created|written"
            r"|made law"
            r"|outlaw\w*|banned|from)\b"
        ),
    ),
)
"""Words for the day of a law that a year belongs to."""

LONG_FORMS = (
    (r"\b(?:senate|s\.? ?b\.?) ?(?:bill )?(?:no\.? )?(?=\d)", "SB "),
    (r"\b(?:house|h\.? ?b\.?) ?(?:bill )?(?:no\.? )?(?=\d)", "HB "),
    (r"\b(?:assembly|a\.? ?b\.?) ?(?:bill )?(?:no\.? )?(?=\d)", "AB "),
    (r"\bproposition (?=\d)", "Prop "),
    (r"\bina (?=\d)|\bi\.n\.a\. (?=\d)", "INA "),
)
"""Long names of laws, and the short ones by which the record knows them."""


_CRIMINAL = r"(?:crime|criminal|felony)"
_PRESENCE = r"presen|being (?:in|here|undocumented)"
_ENTRY = (
    r"(?:illegal|unlawful|improper) (?:entry|border crossing)"
    r"|(?:cross|enter)\w*\b.*\b(?:illegally|unlawfully|without inspection)"
)


class Definition:
    """Something that sentences say of a term, and whether its definition agrees.

    Args:
        term: The id of the term.
        words: The pattern of what a sentence says of it.
        quote: The part of the term's text that agrees or disagrees.
        holds: Whether it agrees.
    """

    def __init__(self, term: str, words: str, quote: str, *, holds: bool) -> None:
        self.term = term
        self.words = words
        self.quote = quote
        self.holds = holds


DEFINITIONS = (
    Definition("detainer", r"\bjudge|\bcourt order|\bjudicial", "not a judge's order", holds=False),
    Definition("detainer", r"\brequests?\b", "It is a request", holds=True),
    Definition(
        "administrative-warrant",
        r"\bjudges?\b|\bjudicial\b|\bcourts?\b",
        "not a judge",
        holds=False,
    ),
    Definition(
        "administrative-warrant",
        r"\bimmigration officers?\b|\bice (?:officers?|agents?)\b",
        "an immigration officer signs",
        holds=True,
    ),
    Definition(
        "judicial-warrant",
        r"\bimmigration officer|\bice (?:officer|agent)",
        "A warrant that a judge or magistrate signs",
        holds=False,
    ),
    Definition(
        "judicial-warrant", r"\bjudge|\bmagistrate", "a judge or magistrate signs", holds=True
    ),
    Definition(
        "sanctuary-jurisdiction",
        r"\blegal (?:term|category|status|definition)",
        "not a legal category",
        holds=False,
    ),
    Definition(
        "287g-term",
        r"\b(?:agreement|memorandum)\b.*\b(?:ice|local|state)\b",
        "A memorandum between ICE",
        holds=True,
    ),
    Definition(
        "ice-term", r"\b(?:local|state|city|county) agency\b", "a federal agency", holds=False
    ),
    Definition("ice-term", r"\bfederal agency\b", "a federal agency", holds=True),
    Definition(
        "unlawful-presence-vs-entry",
        rf"\b{_CRIMINAL}\b.*\b(?:presen|being in|status)|\b(?:{_PRESENCE}).*\b{_CRIMINAL}\b",
        "is a civil matter",
        holds=False,
    ),
    Definition(
        "unlawful-presence-vs-entry",
        rf"\b(?:{_PRESENCE}).*\bcivil\b",
        "is a civil matter",
        holds=True,
    ),
    Definition(
        "unlawful-presence-vs-entry",
        rf"\b(?:{_ENTRY}).*\b{_CRIMINAL}\b",
        "is a crime under 8 U.S.C. 1325",
        holds=True,
    ),
    Definition(
        "anti-commandeering",
        r"\b(?:congress|federal government|washington|president|trump|ice|dhs)\b.*"
        r"\b(?:orders?|forces?|commandeers?|compels?|requires?|makes?)\b .*"
        r"\b(?:states?|cit(?:y|ies)|local|police|sheriffs?)\b",
        "may not order states, cities or their officers",
        holds=False,
    ),
    Definition(
        "anti-commandeering",
        r"\b(?:federal law|the constitution)\b.*\b(?:require|force|make|oblige|compel|order)s?\b .*"
        r"\b(?:states?|cit(?:y|ies)|count(?:y|ies)|local|police|sheriffs?)\b.*"
        r"\b(?:cooperat|help|assist|enforc)\w*",
        "may not order states, cities or their officers",
        holds=False,
    ),
)
"""What terms decide; a test holds the quotes to the record."""

BARRED = (
    r"\b(?:forbids?|prohibits?|bars?|bans?|stops?|prevents?|keeps?|protects?)\b.*"
    r"\b(?:commandeer\w*|(?:federal government|congress|washington)\b.* (?:from|to))\b"
)
"""Said of the constitution: it keeps the federal government from what a sentence tells."""

DEFINED_AS = {"anti-commandeering": "order", "unlawful-presence-vs-entry": "is"}
"""Terms that a sentence is about without naming them."""

PARENT_PATTERNS = (
    ("DHS", r"\b(?:dhs|(?:department of )?homeland security)\b"),
    ("DOJ", r"\b(?:doj|(?:department of )?justice|justice department)\b"),
    ("ICE", r"\bice\b"),
    ("the State Department", r"\bstate department|department of state\b"),
    ("the Pentagon", r"\bpentagon|department of (?:defense|war)|defense department\b"),
    ("FBI", r"\bfbi\b"),
)
"""Departments and agencies of which another can be a part."""

PART_OF = (
    r"\b(?:is|are|was)(?: not|n't)? (?:an? )?(?:part|branch|agency|arm|division|bureau|office)? ?"
    r"(?:of|in|under|within|run by)\b|\bbelongs? to\b"
)

FOUNDED = (
    r"\b(?:founded|created|established|opened|formed|began|begun|started|set up|launched|exist\w*)"
    # With an object, as in "opened an office", it is not the agency that was founded.
    r"\b(?=\W*$|\W+(?:in|by|on|as|under|after|since|before|back|during|at|from|only|until|with)\b)"
)

SUES = r"\b(?:sue|sues|sued|suing|lawsuits?|suit)\b"
FEDERAL_PLAINTIFF = (
    r"\b(?:justice department|department of justice|doj|federal government|united states"
    r"|trump administration|administration|trump|feds)\b"
)

CRIME = r"\b(?:crimes?|criminals?|safer|safe|violence|violent|murders?|homicides?|dangerous)\b"

MEASURES = (
    (r"\b(?:remov\w+|deport\w+)\b", "ICE removals"),
    (r"\bdetention\b|\bdetain(?:s|ed|ees)?\b|\bin custody\b", "people in ICE detention"),
    (r"\b287\s?\(?g\)?.*\bagreements?\b|\bagreements?\b.*\b287\s?\(?g\)?", "287(g) agreements"),
    (r"\bdetainers?\b.*\bissued\b|\bissued\b.*\bdetainers?\b", "ICE detainers issued"),
    (r"\bero\b.*\barrest", "ERO administrative arrests"),
    (r"\bjustice department list|\bdoj list", "jurisdictions on the DOJ list of August 5, 2025"),
)
"""Words for what the record counts in the whole country, and the measure."""


def first_of(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    """Return the word of the first row of a table whose pattern fits a text, or None."""
    return next((word for word, pattern in table if re.search(pattern, text)), None)


JUDGED = (
    r"\b(?:(?:un)?(?:lawful|constitutional|fair|just|safe|needed|necessary)|(?:il)?legal|void"
    r"|good|bad|right|wrong|racist|cruel|sensible|valid)\b"
)
"""Words by which a sentence judges a law: no rule's text tells whether they are so."""
