"""Words, labels and symbols for the values of the vocabularies in ``ice_facts.model``."""

from __future__ import annotations

DIMENSIONS = {
    "detainers": "Detainers",
    "287g": "287(g) agreements",
    "status-inquiries": "Status inquiries",
    "jail-access": "Jail access",
    "release-notice": "Release notice",
    "transfer-to-ice": "Transfer to ICE",
    "information-sharing": "Information sharing",
    "property-access": "Property access",
    "detention-contract": "Detention contracts",
    "general-assistance": "General assistance",
}
"""Label of every dimension, in the order in which they are shown."""

BOUND = {
    "local-bodies": "local bodies",
    "police": "police",
    "sheriffs-jails": "sheriffs and jails",
    "state-police": "state police",
    "prisons": "prisons",
    "state-agencies": "state agencies",
    "one-agency": "one agency",
    "own-agencies": "its own agencies",
    "prosecutors": "prosecutors",
    "courts": "courts",
    "schools": "schools",
    "hospitals": "hospitals",
    "private": "private parties",
    "federal-officers": "federal officers",
}
"""Label of everybody whom a rule can bind."""

STATE_BODIES = ("own-agencies", "state-agencies", "state-police", "prisons", "one-agency")
"""Bodies of a state: a state's rule that binds no others does not reach a city or county."""

SYMBOLS = {
    # what a rule does to a form of cooperation: squares restrict it, circles allow or ask for it
    "prohibits": ("■", "#"),
    "limits": ("□", "%"),
    "permits": ("○", "o"),
    "forbids-limits": ("◐", "0"),
    "requires": ("●", "@"),
    "silent": ("·", "."),
    "unknown": ("?", "?"),
    # what a stakeholder thinks of a policy or topic: the two sides of a table
    "supports": ("◁", "<"),
    "opposes": ("▷", ">"),
    "mixed": ("◆", "&"),
    "neutral": ("–", "-"),
    # how a claim stands against the record
    "supported": ("=", "="),
    "contradicted": ("≠", "!"),
    "outdated": ("!", "!"),
    "unverified": ("?", "?"),
    "not-checkable": ("–", "-"),
    # whether the cells of a comparison differ
    "differs": ("≠", "!"),
    "same": ("=", "="),
}
"""Symbol of every stance and status, and its ASCII form.

Those of stances approve of nothing: no cross, no check mark, no thumb. Only a claim has a verdict.
"""

RESTRICTING = ("prohibits", "limits")
COOPERATING = ("permits", "forbids-limits", "requires")
"""The two directions of rules: the first is blue, the second orange, wherever there is colour."""

DIRECTED_STANCES = (*RESTRICTING, *COOPERATING)
"""Stances that say what a rule does; the others say that there is none, or that nobody knows."""

JURISDICTION_TABLES: tuple[str, ...] = ("jurisdictions",)
PLACE_TABLES = (*JURISDICTION_TABLES, "places")
THING_TABLES = (*JURISDICTION_TABLES, "policies", "stakeholders", "topics")
"""Tables whose names an option or argument takes: of places with full records, of all places, and
of the things that people ask for most."""

STATUS_ORDER = ("contradicted", "outdated", "unverified", "supported", "not-checkable")
"""Claims are shown in this order: what people need to know first."""

STANCE_ORDER = ("supports", "opposes", "mixed", "neutral")

ON_THE_BOOKS = ("in force", "partly enjoined", "enjoined")
"""Statuses of policies that have been made and not been ended."""

HEADS = (
    "president",
    "governor",
    "mayor",
    "town supervisor",
    "county executive",
    "county board president",
    "county board chair",
)
"""Offices of the head of a country, state, county or city."""

POLICE_HEADS = ("sheriff", "police superintendent", "police commissioner", "police chief")
"""Offices of the head of the police or a jail."""

OFFICE_ORDER = (*HEADS, *POLICE_HEADS, "attorney general")
"""Offices in the order in which a card shows them; others follow by name."""


def office_rank(office: str) -> tuple[int, str]:
    """Return the sort key of an office."""
    try:
        return OFFICE_ORDER.index(office), ""
    except ValueError:
        return len(OFFICE_ORDER), office


STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico", "VI": "Virgin Islands",
    "AS": "American Samoa",
}  # fmt: skip
"""Names of the states, the District of Columbia and the territories by USPS code."""

TERRITORIES = ("GU", "MP", "PR", "VI", "AS")
"""Codes of the territories, which stand among the states."""
