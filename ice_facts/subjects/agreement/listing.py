"""How 287(g) agreements are asked for: as a list, or counted."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from ice_facts.ask import Reply, Session, StateOption, option, vocabulary_words
from ice_facts.dates import parse_date
from ice_facts.errors import UsageError
from ice_facts.model import AgreementModel, Jurisdiction, Level
from ice_facts.resolve import resolve
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.subjects.agreement.counts import GROUPS, count_agreements
from ice_facts.subjects.agreement.listed import former_agreements, list_agreements, rows_of
from ice_facts.vocabulary import PLACE_TABLES

_MODELS = {
    "task force": ("tfm", "taskforce", "taskforcemodel"),
    "warrant service officer": ("wso", "warrant", "warrantservice", "warrantserviceofficer"),
    "jail enforcement": ("jem", "jail", "jailenforcement", "jailenforcementmodel"),
}


def parse_model(text: str) -> str:
    """Return the model that a user typed, in full or by its letters.

    Raises:
        UsageError: There is no such model.
    """
    key = key_of(text)
    for model, names in _MODELS.items():
        if key in names:
            return model
    raise UsageError(f"no model {text!r}", [f"one of: {', '.join(_MODELS)}"])


def _agency_level(text: str) -> str:
    if text in ("municipality", "county", "state"):
        return text
    if text == "city":
        return "municipality"
    raise UsageError(f"no level {text!r}", ["one of: municipality, county, state"])


ModelOption = Annotated[
    str | None,
    option(
        "--model",
        metavar="MODEL",
        help="task force, warrant service officer or jail.",
        parse=parse_model,
        words=lambda: vocabulary_words(AgreementModel),
    ),
]


def ask_agreements(
    session: Session,
    *,
    state: StateOption = None,
    county: Annotated[
        str | None,
        option(
            "--county",
            metavar="NAME",
            help="Only agencies in this county.",
            names=PLACE_TABLES,
            level="county",
        ),
    ] = None,
    place: Annotated[
        str | None,
        option("--place", metavar="NAME", help="Only agencies of this place.", names=PLACE_TABLES),
    ] = None,
    model: ModelOption = None,
    level: Annotated[
        str | None,
        option(
            "--level",
            metavar="LEVEL",
            help="Only of a municipality, county or state.",
            parse=_agency_level,
            words=lambda: (("municipality", ""), ("county", ""), ("state", "")),
        ),
    ] = None,
    since: Annotated[
        str | None,
        option("--since", metavar="DATE", help="Only signed since this date.", parse=parse_date),
    ] = None,
    by: Annotated[
        str | None,
        option(
            "--by",
            metavar="WHAT",
            help="Count by state, model, month or level.",
            words=lambda: ((group, "") for group in GROUPS),
        ),
    ] = None,
    former: Annotated[
        bool, option("--former", help="Those no longer on ICE's list instead.")
    ] = False,
) -> Reply:
    """List agreements, or count them."""
    from ice_facts.subjects.agreement import view

    store, on = session.store, session.on
    if by is not None and by not in GROUPS:
        raise UsageError(f"cannot count by {by!r}", [f"by: {', '.join(GROUPS)}"])
    inside, at = _place(store, county, "county", state), _place(store, place, None, state)
    if former:
        if by or level:
            raise UsageError("--former does not go with --by and --level")
        gone = former_agreements(
            store, on, state=state, place=at or inside, model=model, since=since
        )
        return Reply(gone, view.former_listing)
    wanted: dict[str, Any] = {
        "state": state,
        "county": inside,
        "place": at,
        "model": model,
        "level": level,
        "since": since,
    }
    if by:
        return Reply(count_agreements(store, on, by, **wanted), partial(view.counts_listing, on=on))
    rows = rows_of(store, list_agreements(store, on, **wanted))
    return Reply(rows, partial(view.agreements_listing, on=on))


def _place(
    store: Store, name: str | None, level: Level | None, state: str | None
) -> Jurisdiction | None:
    if name is None:
        return None
    return store.one(
        Jurisdiction, resolve(store, name, (Jurisdiction,), level=level, state=state).id
    )
