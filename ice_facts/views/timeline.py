"""The view of a timeline: one entry per line, under its year."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.results.timeline import TimelineEntry, TimelineFound
from ice_facts.view import Column, Listing, Piece, Table, count_of, plain
from ice_facts.views.labels import Labels


def timeline_view(found: TimelineFound, labels: Labels, *, command: str) -> Listing:
    """Return the view of a timeline.

    Args:
        found: Its entries in showing order; those of several names are tagged with them.
        labels: Names for ids.
        command: What shows all the sources; empty where they are shown.
    """
    names = found.names
    tagged = len(names) != 1
    columns = (
        Column("date", "Date"),
        Column("kind", "Kind", drawn=True),
        Column("kinds", "Kinds", data=True),
        Column("of", "Of", data=not tagged),
        Column("entry", "What", drawn=True),
        Column("title", "Title", data=True),
        Column("text", "Text", data=True),
        Column("until", "Until", data=True),
        Column("policies", "Policies", data=True),
        Column("about", "About", data=True),
        Column("sources", "Sources", data=True),
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
    return Listing(
        f"Timeline: {what}" if what else "Timeline",
        Table(columns, tuple(_row(e, labels, names, brief=bool(command)) for e in found.entries)),
        tuple(notes),
        found.sources,
        headings=tuple(e.date[:4] for e in found.entries),
        sources_command=command,
    )


def _row(
    entry: TimelineEntry, labels: Labels, names: Sequence[str], *, brief: bool
) -> tuple[tuple[Piece, ...], ...]:
    of = entry.names if names else entry.about[:1]
    return (
        plain(entry.date),
        plain(entry.kinds[0]),
        plain("; ".join(entry.kinds)),
        plain(", ".join(labels.any(id) for id in of)),
        (_entry_piece(entry, brief=brief),),
        plain(entry.title),
        plain(entry.text),
        plain(entry.until),
        plain("; ".join(entry.policies)),
        plain("; ".join(entry.about)),
        (Piece("", "", entry.sources),),
    )


def _entry_piece(entry: TimelineEntry, *, brief: bool) -> Piece:
    text = entry.title
    step = not entry.event and entry.kinds[0] in ("amendment", "ruling")
    if step and entry.text and len(entry.policies) and not text.endswith("decided"):
        text = f"{entry.title}: {entry.text}"
    if entry.until:
        text += f" (to {entry.until})"
    return Piece(text, "", entry.sources[: 2 if brief else None], entry.confirmed is not None)
