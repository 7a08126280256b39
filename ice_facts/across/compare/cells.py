"""What the cells of a comparison say, by the kind of row."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.across.compare.entries import CompareEntry, CompareRow, RuleChange
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Piece
from ice_facts.show.words import amount_text, span_text


def cell_of(
    row: CompareRow, entries: Sequence[CompareEntry], id: str, labels: Labels, *, words: bool
) -> Cell:
    """Return what a cell of a comparison says.

    Args:
        row: The row that it is in.
        entries: What is on record.
        id: The compared place; what is of another one is shown with its name.
        labels: Names for ids.
        words: Whether rules stand in words beside their stances.
    """
    if not entries:
        return (Piece("–", "muted"),)
    if entries[0].status == "unknown" and entries[0].value is None and not entries[0].stance:
        return (Piece("not recorded", "unknown"),)
    if row.section == "rules":
        return _rule_pieces(entries, id, labels, words=words)
    if row.section == "lists":
        return _list_pieces(entries, id, labels)
    pieces: list[Piece] = []
    for entry in entries:
        match row.section:
            case "provisions":
                spelled = words or all(e.stance for e in entries)
                pieces.append(_provision_piece(entry, spelled=spelled))
            case "positions" if row.key in ("supports", "opposes", "mixed", "neutral"):
                pieces.append(_taker_piece(entry))
            case "positions":
                pieces += _position_pieces(entry)
            case _:
                pieces.append(_value_piece(row, entry, _of(entry, id, labels), labels))
    return tuple(dict.fromkeys(pieces))


def _of(entry: CompareEntry, id: str, labels: Labels) -> str:
    """Return whose rule or office an entry is, where it is not the compared place's own."""
    if entry.jurisdiction in (None, id):
        return ""
    return f" · {labels.place(entry.jurisdiction)}"


def _rule_pieces(entries: Sequence[CompareEntry], id: str, labels: Labels, *, words: bool) -> Cell:
    """Return the rules of a cell: in words, or those with one stance and maker as one piece."""
    groups: dict[tuple[str, ...], list[CompareEntry]] = {}
    for entry in entries:
        stance, of = entry.stance or "unknown", _of(entry, id, labels)
        groups.setdefault((stance, of, (entry.text or "") if words else ""), []).append(entry)
    return tuple(
        Piece(
            " ".join((stance, ", ".join(_years(group)))).rstrip()
            + of
            + (f": {text}" if text else ""),
            stance,
            tuple(dict.fromkeys(c for e in group for c in e.sources)),
            all(e.certain for e in group),
        )
        for (stance, of, text), group in groups.items()
    )


def _years(entries: Sequence[CompareEntry]) -> list[str]:
    return sorted({e.start[:4] for e in entries if e.start})


def _list_pieces(entries: Sequence[CompareEntry], id: str, labels: Labels) -> Cell:
    """Return the entries of a list, those of other layers with the same span in one piece."""
    groups: dict[str, list[CompareEntry]] = {}
    for entry in entries:
        span = f"{entry.value} {span_text(entry.start, entry.until)}".rstrip()
        if entry.known_until:
            span += f", known until {entry.known_until}"
        groups.setdefault(span, []).append(entry)
    pieces = []
    for span, group in groups.items():
        others = ", ".join(labels.place(e.jurisdiction or id) for e in group if _of(e, id, labels))
        if len(group) > 1 and not _of(group[0], id, labels):
            others = f" (also {others})"
        else:
            others = f" · {others}" if others else ""
        certain = all(e.certain for e in group)
        pieces.append(
            Piece(
                span + others,
                "",
                tuple(dict.fromkeys(c for e in group for c in e.sources)),
                certain,
            )
        )
    return tuple(pieces)


def _provision_piece(entry: CompareEntry, *, spelled: bool) -> Piece:
    if not entry.stance:
        section = f"{entry.value}: " if entry.value else ""
        return Piece(f"{section}{entry.text}", "", entry.sources, entry.certain)
    text = f"{entry.stance}: {entry.text}" if spelled else entry.stance
    return Piece(text, entry.stance, entry.sources, entry.certain)


def _taker_piece(entry: CompareEntry) -> Piece:
    concern = f": {entry.concern}" if entry.concern else ""
    return Piece(
        f"{entry.value} ({entry.date or 'undated'}){concern}",
        entry.stance or "",
        entry.sources,
        entry.certain,
    )


def _position_pieces(entry: CompareEntry) -> list[Piece]:
    said = f" (article's claim {entry.claim})" if entry.claim else ""
    stance = entry.stance or "unknown"
    head = f"{stance} {entry.date or 'undated'}{said}"
    pieces = [Piece(head, stance, entry.sources, entry.certain)]
    if not entry.claim and entry.text:
        pieces.append(Piece(entry.text))
    if entry.concern:
        pieces.append(Piece(f"Concern: {entry.concern}"))
    if entry.remedy:
        pieces.append(Piece(f"Remedy: {entry.remedy}"))
    if entry.claim and entry.status:
        pieces.append(Piece(f"record: {entry.status}", entry.status, entry.sources[1:]))
    return pieces


def _value_piece(row: CompareRow, entry: CompareEntry, of: str, labels: Labels) -> Piece:
    value = "" if entry.value is None else str(entry.value)
    span = span_text(entry.start, entry.until)
    tone = ""
    match row.section:
        case "offices" | "who" if row.key != "kind":
            title = entry.text or ""
            named = title and title != row.label.casefold()
            text = f"{value}{f', {title},' if named else ''} {span}".rstrip(", ") + of
        case "who":
            text = f"{value}: {entry.text}"
        case "agreements":
            text = _agreement_text(entry, value) + of
        case "numbers":
            text, tone = _number_text(entry)
        case "disputed":
            text = f"{value}: {entry.text}" if entry.text else value
        case _:
            dated = f"{entry.date} {entry.text}" if entry.date else value
            made = f" ({labels.place(entry.jurisdiction)})" if entry.jurisdiction else ""
            text = dated + made
    return Piece(text, tone, entry.sources, entry.certain)


def _agreement_text(entry: CompareEntry, value: str) -> str:
    if entry.unit:
        return f"{int(entry.value or 0):,} {entry.unit}: {entry.text}"
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


def change_piece(change: RuleChange, place: str, labels: Labels, told: set[str]) -> Piece:
    """Return a change with its instrument; what an amendment did is not told twice."""
    of = "" if change.jurisdiction == place else f" · {labels.place(change.jurisdiction)}"
    ends = "ends" if change.change == "ends" else ""
    before = f" (was {change.before})" if change.before and change.before != change.stance else ""
    text = f"{change.date} {change.stance} {ends}".rstrip() + before + of
    if change.amended_by:
        text += f", by the {labels.policy(change.amended_by)}"
        text += f" to the {change.instrument}" if change.instrument else ""
    elif change.instrument:
        text += f", by the {change.instrument}"
    else:
        text += ", instrument not recorded"
    if change.amendment and change.amendment not in told:
        told.add(change.amendment)
        text += f": {change.amendment}"
    return Piece(text, change.stance, change.sources, change.confirmed is not None)
