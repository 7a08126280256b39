"""The cells of a comparison as pieces of text, by the section of their row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ice_facts.across.compare.entries import CompareEntry, CompareRow, RuleChange
from ice_facts.show.build import cited
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Piece
from ice_facts.show.words import amount_text, span_text
from ice_facts.subjects.policy.brief import ANOTHER_PART
from ice_facts.subjects.rule import stance_word


def cell_of(
    row: CompareRow,
    entries: Sequence[CompareEntry],
    id: str,
    labels: Labels,
    *,
    words: bool,
    brief: bool = False,
) -> Cell:
    """Return a cell of a comparison.

    Args:
        row: The row of the cell.
        entries: The entries of the cell.
        id: Id of the compared thing: place, policy or stakeholder. Entries of another place
            have its name.
        labels: Names for ids.
        words: Whether a rule's text stands beside its stance.
        brief: Whether many agreements are counted, and provisions under a rule left out.
    """
    if not entries:
        return (Piece("–", "muted"),)
    if entries[0].status == "unknown" and entries[0].value is None and not entries[0].stance:
        return (Piece("not recorded", "unknown"),)
    if row.section == "rules":
        return _rule_pieces(entries, id, labels, words=words)
    if row.section == "lists":
        return _list_pieces(entries, id, labels)
    if row.section == "agreements" and brief:
        return _counted_agreements(entries, id, labels)
    if row.section == "provisions" and brief and not words:
        entries = [entry for entry in entries if entry.stance] or entries
    pieces: list[Piece] = []
    for entry in entries:
        match row.section:
            case "provisions":
                spelled = words or (not brief and all(e.stance for e in entries))
                pieces.append(_provision_piece(entry, spelled=spelled))
            case "positions" if row.key in ("supports", "opposes", "mixed", "neutral"):
                pieces.append(_stakeholder_piece(entry, concern=words or not brief))
            case "positions":
                pieces += _position_pieces(entry)
            case _:
                pieces.append(_value_piece(row, entry, _place_suffix(entry, id, labels), labels))
    return tuple(dict.fromkeys(pieces))


def _piece(text: str, tone: str, *entries: CompareEntry) -> Piece:
    """Return a piece with the sources of entries, unconfirmed if one of them is."""
    sources = dict.fromkeys(citation for entry in entries for citation in entry.sources)
    return Piece(text, tone, tuple(sources), all(entry.certain for entry in entries))


def _place_suffix(entry: CompareEntry, id: str, labels: Labels) -> str:
    """Return what names the place of an entry after its text; "" for the compared place."""
    if entry.jurisdiction in (None, id):
        return ""
    return f" · {labels.place(entry.jurisdiction)}"


def _rule_pieces(entries: Sequence[CompareEntry], id: str, labels: Labels, *, words: bool) -> Cell:
    """Return the rules of a cell; rules with the same stance, place and text are one piece."""
    groups: dict[tuple[str, ...], list[CompareEntry]] = {}
    for entry in entries:
        text = f": {entry.text}" if words and entry.text else ""
        word = stance_word(entry.stance or "unknown", practice=entry.practice)
        word += " in part" if entry.scope else ""
        suffix = _place_suffix(entry, id, labels)
        # That another part of its law was stopped is no word on the rule of a cell.
        stopped = f" ({entry.status})" if entry.status not in (None, ANOTHER_PART) else ""
        key = (entry.stance or "unknown", word, stopped, suffix, text)
        groups.setdefault(key, []).append(entry)
    pieces = []
    for (stance, word, stopped, suffix, text), group in groups.items():
        years = ", ".join(sorted({entry.start[:4] for entry in group if entry.start}))
        said = f"{word} {years}".rstrip() + stopped + suffix + text
        pieces.append(_piece(said, stance, *group))
    return tuple(pieces)


def _list_pieces(entries: Sequence[CompareEntry], id: str, labels: Labels) -> Cell:
    """Return the entries of a list; entries of several places with one span are one piece."""
    groups: dict[str, list[CompareEntry]] = {}
    for entry in entries:
        span = f"{entry.value} {span_text(entry.start, entry.until)}".rstrip()
        if entry.known_until:
            span += f", known until {entry.known_until}"
        groups.setdefault(span, []).append(entry)
    pieces = []
    for span, group in groups.items():
        others = ", ".join(
            labels.place(e.jurisdiction or id) for e in group if _place_suffix(e, id, labels)
        )
        if len(group) > 1 and not _place_suffix(group[0], id, labels):
            others = f" (also {others})"
        else:
            others = f" · {others}" if others else ""
        pieces.append(_piece(span + others, "", *group))
    return tuple(pieces)


def _provision_piece(entry: CompareEntry, *, spelled: bool) -> Piece:
    if not entry.stance:
        section = f"{entry.value}: " if entry.value else ""
        return _piece(f"{section}{entry.text}", "", entry)
    text = f"{entry.stance}: {entry.text}" if spelled else entry.stance
    return _piece(text, entry.stance, entry)


def _stakeholder_piece(entry: CompareEntry, *, concern: bool) -> Piece:
    text = f"{entry.value} ({entry.date or 'undated'})"
    if concern and entry.concern:
        text += f": {entry.concern}"
    return _piece(text, entry.stance or "", entry)


def _position_pieces(entry: CompareEntry) -> list[Piece]:
    said = f" (article's claim {entry.claim})" if entry.claim else ""
    stance = entry.stance or "unknown"
    pieces = [_piece(f"{stance} {entry.date or 'undated'}{said}", stance, entry)]
    if not entry.claim and entry.text:
        pieces.append(Piece(entry.text))
    if entry.concern:
        pieces.append(Piece(f"Concern: {entry.concern}"))
    if entry.remedy:
        pieces.append(Piece(f"Remedy: {entry.remedy}"))
    if entry.claim and entry.status:
        pieces.append(Piece(f"record: {entry.status}", entry.status, entry.sources[1:]))
    return pieces


def _value_piece(row: CompareRow, entry: CompareEntry, suffix: str, labels: Labels) -> Piece:
    value = "" if entry.value is None else str(entry.value)
    span = span_text(entry.start, entry.until)
    tone = ""
    match row.section:
        case "who" if row.key == "kind":
            text = f"{value}: {entry.text}"
        case "offices" | "who":
            title = entry.text or ""
            named = title and title != row.label.casefold()
            text = f"{value}{f', {title},' if named else ''} {span}".rstrip(", ") + suffix
        case "agreements":
            text = _agreement_text(entry, value) + suffix
        case "numbers":
            text, tone = _number_text(entry)
        case "disputed":
            text = f"{value}: {entry.text}" if entry.text else value
        case _:
            dated = f"{entry.date} {entry.text}" if entry.date else value
            made = f" ({labels.place(entry.jurisdiction)})" if entry.jurisdiction else ""
            text = dated + made
    return _piece(text, tone, entry)


MOST_AGREEMENTS = 3
"""Up to so many agreements of one place are named one by one in the short form."""


def _counted_agreements(entries: Sequence[CompareEntry], id: str, labels: Labels) -> Cell:
    """Return the agreements of a cell; where one place has many, their number by model."""
    groups: dict[tuple[str, bool], list[CompareEntry]] = {}
    for entry in entries:
        is_one = not entry.unit and entry.start is not None
        whose = entry.jurisdiction or id if is_one else f"={len(groups)}"
        groups.setdefault((whose, entry.known_until is not None), []).append(entry)
    pieces = []
    for (_, former), group in groups.items():
        suffix = _place_suffix(group[0], id, labels)
        if len(group) <= MOST_AGREEMENTS:
            texts = [(_agreement_text(e, str(e.value)) + suffix, (e,)) for e in group]
            pieces += [_piece(text, "", *one) for text, one in texts]
            continue
        models = Counter(str(entry.value) for entry in group)
        by_model = ", ".join(f"{count} {model}" for model, count in models.most_common())
        agencies = len({entry.text for entry in group})
        end = ", no longer listed" if former else ""
        suffix = suffix or f" · {labels.place(id)} itself"
        text = f"{len(group)} agreements of {agencies} agencies: {by_model}{end}{suffix}"
        pieces.append(_piece(text, "", *group))
    return tuple(pieces)


def _agreement_text(entry: CompareEntry, value: str) -> str:
    if entry.unit:
        counted = f"{int(entry.value or 0):,} {entry.unit}"
        return f"{counted}: {entry.text}" if entry.value else counted
    if not entry.start:
        return " ".join(part for part in (value, entry.text) if part)
    left = f", last listed {entry.known_until}" if entry.known_until else ""
    return f"{value}, {entry.text}, {entry.start}{left}"


def _number_text(entry: CompareEntry) -> tuple[str, str]:
    value = "" if entry.value is None else entry.value
    amount = amount_text(value, entry.unit, qualifier=entry.qualifier, high=entry.high)
    if entry.claim:
        return f"{amount}, {entry.status}: article's claim {entry.claim}", entry.status or ""
    if entry.start and entry.start == entry.until:
        period = entry.start
    else:
        period = span_text(entry.start, entry.until) or entry.period or ""
    return f"{amount}, {period}" if period else amount, ""


def change_piece(change: RuleChange, place: str, labels: Labels, shown: set[str]) -> Piece:
    """Return a change with its instrument.

    Args:
        change: A rule that began or ended.
        place: The compared place; a change at another place has its name.
        labels: Names for ids.
        shown: Texts already shown. This function adds to it.
    """
    suffix = "" if change.jurisdiction == place else f" · {labels.place(change.jurisdiction)}"
    ends = "ends" if change.change == "ends" else ""
    before = f" (was {change.before})" if change.before and change.before != change.stance else ""
    text = f"{change.date} {change.stance} {ends}".rstrip() + before + suffix
    if change.amended_by:
        text += f", by the {labels.policy(change.amended_by)}"
        text += f" to the {change.instrument}" if change.instrument else ""
    elif change.instrument:
        text += f", by the {change.instrument}"
    else:
        text += ", instrument not recorded"
    if change.amendment and change.amendment not in shown:
        shown.add(change.amendment)
        text += f": {change.amendment}"
    return cited(text, change, change.stance)
