"""The view of a timeline: a line for each entry, under its year."""

from __future__ import annotations

from ice_facts.across.timeline.entries import TimelineEntry, TimelineFound
from ice_facts.show.build import cited
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import SOURCES, Column, ListView, Piece, table_of
from ice_facts.show.words import count_of, sources_command


def timeline_view(found: TimelineFound, labels: Labels, *, sources: bool) -> ListView:
    """Return the view of a timeline.

    Args:
        found: The entries in the order of the view.
        labels: Names for ids.
        sources: Whether every source of an entry is shown, not only two.
    """
    names = found.names
    table = table_of(
        found.entries,
        (Column("date", "Date"), lambda e: e.date),
        (Column("kind", "Kind", drawn=True), lambda e: e.kinds[0]),
        (Column("kinds", "Kinds", data=True), lambda e: "; ".join(e.kinds)),
        (
            Column("of", "Of", data=len(names) == 1),
            lambda e: ", ".join(labels.any(id) for id in (e.names if names else e.about[:1])),
        ),
        (Column("entry", "What", drawn=True), lambda e: _entry_piece(e, brief=not sources)),
        (Column("title", "Title", data=True), lambda e: e.title),
        (Column("text", "Text", data=True), lambda e: e.text),
        (Column("until", "Until", data=True), lambda e: e.until),
        (Column("policies", "Policies", data=True), lambda e: "; ".join(e.policies)),
        (Column("about", "About", data=True), lambda e: "; ".join(e.about)),
        SOURCES,
    )
    notes = []
    if len(found.entries) < found.total:
        notes.append(f"{len(found.entries):,} of {found.total:,} entries (--limit).")
    if found.undated:
        listed = ", ".join(found.undated[:5]) + (" …" if len(found.undated) > 5 else "")
        count = count_of(len(found.undated), "policy", "policies")
        notes.append(f"{count} without a date left out: {listed}")
    if found.above:
        reached = " and ".join(labels.any(id) for id in found.above)
        together = " ".join((*names, *found.above))
        notes.append(f"What {reached} did reaches here too: ice-facts timeline {together}")
    what = " · ".join(labels.any(id) for id in names)
    return ListView(
        f"Timeline: {what}" if what else "Timeline",
        table,
        tuple(notes),
        found.sources,
        headings=tuple(e.date[:4] for e in found.entries),
        sources_command=sources_command(sources),
    )


def _entry_piece(entry: TimelineEntry, *, brief: bool) -> Piece:
    text = entry.title
    is_amendment = not entry.event and entry.kinds[0] in ("amendment", "ruling")
    # The text of a decision is its whole summary, and its title says enough.
    is_decision = text.endswith("decided")
    if is_amendment and entry.text and entry.policies and not is_decision:
        text = f"{entry.title}: {entry.text}"
    if entry.until:
        text += f" (to {entry.until})"
    return cited(text, entry, most=2 if brief else None)
