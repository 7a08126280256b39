"""The types of single values: ids, dates, and the words of each vocabulary."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ice_facts.dates import PARTIAL_DATE_PATTERN


class Refers(Struct, frozen=True):
    """Mark of a field's type: what kind of record the field refers to (``any``: of any table)."""

    kind: str


# The pattern is told, not enforced: what is no id is the id of no record, which is told anyway, and
# to compare the hundreds of references that a look-up reads takes time.
Id = Annotated[
    str,
    Meta(
        description="kebab-case ASCII slug",
        extra_json_schema={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"},
    ),
]
JurisdictionId = Annotated[Id, Refers("jurisdiction")]
PolicyId = Annotated[Id, Refers("policy")]
StakeholderId = Annotated[Id, Refers("stakeholder")]
TopicId = Annotated[Id, Refers("topic")]
SourceId = Annotated[Id, Refers("source")]
AnyId = Annotated[Id, Refers("any")]
StateCode = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="USPS code"), Refers("state")]
PartialDate = Annotated[
    str,
    Meta(
        pattern=PARTIAL_DATE_PATTERN,
        description="ISO date: YYYY, YYYY-MM or YYYY-MM-DD",
    ),
]
Geoid = Annotated[
    str,
    Meta(
        pattern=r"^\d{2}(\d{3}|\d{5})?$",
        description="GEOID of the Census Bureau: state, county (5 digits) or place (7 digits)",
    ),
]
Text = Annotated[str, Meta(min_length=1)]

Level = Literal["city", "county", "state", "federal"]
Dimension = Literal[
    "detainers",
    "287g",
    "status-inquiries",
    "jail-access",
    "release-notice",
    "transfer-to-ice",
    "information-sharing",
    "property-access",
    "detention-contract",
    "general-assistance",
]
RuleStance = Literal[
    "prohibits", "limits", "permits", "forbids-limits", "requires", "silent", "unknown"
]
Bound = Literal[
    "local-bodies",
    "police",
    "sheriffs-jails",
    "state-police",
    "prisons",
    "state-agencies",
    "one-agency",
    "own-agencies",
    "prosecutors",
    "courts",
    "schools",
    "hospitals",
    "private",
    "federal-officers",
]
PolicyKind = Literal[
    "ordinance",
    "statute",
    "regulation",
    "executive order",
    "directive",
    "resolution",
    "program",
    "list",
    "guidance",
    "court decision",
    "court case",
    "doctrine",
]
PolicyStatus = Literal[
    "in force",
    "partly enjoined",
    "enjoined",
    "superseded",
    "repealed",
    "struck down",
    "ended",
    "proposed",
    "pending",
    "failed",
    "unknown",
]
StakeholderKind = Literal[
    "person",
    "office",
    "agency",
    "council",
    "union",
    "association",
    "organization",
    "group",
]
Sector = Literal[
    "government",
    "law enforcement",
    "prosecution",
    "advocacy",
    "legal aid",
    "research",
    "business",
    "labor",
    "faith",
    "community",
]
PositionStance = Literal["supports", "opposes", "mixed", "neutral"]
ClaimKind = Literal[
    "fact",
    "opinion",
    "position",
    "prediction",
    "recommendation",
    "definition",
    "quote",
    "table-row",
]
CheckStatus = Literal["supported", "contradicted", "outdated", "unverified", "not-checkable"]
AgreementModel = Literal["task force", "warrant service officer", "jail enforcement"]
SourceKind = Literal[
    "news",
    "reference",
    "press release",
    "article",
    "statute",
    "ordinance",
    "regulation",
    "executive order",
    "bill",
    "agency page",
    "court opinion",
    "report",
    "dataset",
    "agreement",
    "statement",
]
Subject = Literal[
    "agreements",
    "agencies",
    "pending-applications",
    "detention",
    "detained",
    "book-ins",
    "removals",
    "alternatives-to-detention",
]
Grain = Literal["day", "month", "fiscal year"]
Breakdown = Literal["model", "agency", "criminality", "family", "area", "technology"]
Period = Annotated[
    str,
    Meta(
        pattern=r"^(FY\d{4}|\d{4}-\d\d(-\d\d)?)$",
        description="Fiscal year (FY2024: 2023-10 to 2024-09), month or day",
    ),
]
Qualifier = Literal["about", "more than", "less than", "nearly", "at least", "up to", "estimate"]
