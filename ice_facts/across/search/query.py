"""Full-text search: what was asked, and the records found."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

from msgspec import Struct

from ice_facts.across.search.index import with_index
from ice_facts.across.search.texts import PARTS
from ice_facts.ask import Reply, Session, argument, option
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import ALL_NAMED, TABLES, Jurisdiction
from ice_facts.model.answers import Answer
from ice_facts.resolve import resolve
from ice_facts.resolve.near import suggest
from ice_facts.show.words import count_of
from ice_facts.store import Store
from ice_facts.store.naming import key_of, words_of
from ice_facts.vocabulary import PLACE_TABLES


class Hit(Answer, frozen=True, kw_only=True):
    """Something that a search found.

    ``kind`` and ``id`` tell what it is and how to open it; a rule or term of office has the id of
    its jurisdiction. ``status`` is how a claim stands against the record, null for all else.
    ``score`` is higher for what comes first; it compares hits of one search only.
    """

    kind: str
    id: str
    title: str
    snippet: str
    score: float
    status: str | None


class Found(Struct, frozen=True, kw_only=True):
    """The answer of a search: hits, their marked snippets, and how many there are in all.

    A marked snippet is the snippet in runs of text, each with whether it is a matched word.
    """

    text: str
    hits: tuple[Hit, ...]
    marked: tuple[tuple[tuple[str, bool], ...], ...]
    total: int


MOST_WORDS = 64
"""Words of a query that are looked for; further ones are left out."""


SNIPPET_WORDS = 28


_MARK, _UNMARK = "\x02", "\x03"  # no text in a store holds control characters


_POSSESSIVE = re.compile(r"(?<=\w)[’']s\b", re.IGNORECASE)


_PIECES = re.compile(r'"([^"]*)"?|[“”«»]|([^\s"“”«»]+)')


# Names weigh more than the other text of a record, and a record about a thing more than a
# document in whose title the thing stands.
_WEIGHTS = "8.0, 2.0, 1.0"


# A topic is a label for what others say: the term that explains the word comes before it.
_FACTORS = {
    "sources": 0.35,
    "agreements": 0.4,
    "officials": 0.7,
    "events": 0.8,
    "statistics": 0.8,
    "topics": 0.9,
}


class Query:
    """A text that a person typed, as words, "phrases in quotes" and beginnings of words (``war*``).

    Everything else in it is text to look for: no operator of the engine's language gets through.

    Args:
        text: The text.
        begins: Take every word for the beginning of one.
    """

    def __init__(self, text: str, *, begins: bool = False) -> None:
        self.text = text
        found: dict[tuple[str, bool], None] = {}
        for piece in _PIECES.finditer(folded(text)):
            quoted, word = piece.groups()
            phrase = words_of(quoted if quoted is not None else word or "").split()[:MOST_WORDS]
            if phrase:
                found[" ".join(phrase), begins or piece.group().endswith("*")] = None
        self.phrases = list(found)[:MOST_WORDS]

    @property
    def words(self) -> str:
        """All its words, divided by blanks."""
        return " ".join(phrase for phrase, _ in self.phrases)

    def match(self, index: sqlite3.Connection) -> str:
        """Return the query in the engine's language: all phrases, better side by side."""
        every = " AND ".join(_alternatives(self._forms(index, *phrase)) for phrase in self.phrases)
        return f'({every}) OR "{self.words}"' if len(self.phrases) > 1 else every

    def start(self, index: sqlite3.Connection) -> str:
        """Return the query as the beginning of a name, in the engine's language."""
        if len(self.phrases) > 1:
            return f'^"{self.words}"'
        return _alternatives(self._forms(index, *self.phrases[0]), "^")

    @staticmethod
    def _forms(index: sqlite3.Connection, phrase: str, begins: bool) -> list[str]:
        """Return the phrase, or one for each known word that begins like its last word.

        The index has stems, which are shorter than words: "commandee" begins "commandeer", not
        "command". So the words are looked up as they are written.
        """
        if not begins:
            return [phrase]
        *before, last = phrase.split()
        rows = index.execute(
            "SELECT term FROM words WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?",
            (last, last + "\U0010ffff", MOST_WORDS),
        )
        return [" ".join((*before, word)) for (word,) in rows] or [phrase]


def _alternatives(phrases: Sequence[str], mark: str = "") -> str:
    found = " OR ".join(f'{mark}"{phrase}"' for phrase in phrases)
    return f"({found})" if len(phrases) > 1 else found


def folded(text: str) -> str:
    """Return a text in the compatibility form and without "'s", as names in the store have it."""
    return _POSSESSIVE.sub("", unicodedata.normalize("NFKC", text))


def search(
    store: Store,
    text: str,
    *,
    tables: Sequence[str] = (),
    place: str | None = None,
    limit: int = 20,
) -> Found:
    """Search the texts of a store.

    Args:
        store: Where to look.
        text: Words, phrases in quotes, beginnings of words with ``*``. A record must have all.
        tables: Only in these tables (or ``rules``, ``officials``); empty: everywhere.
        place: Only what has to do with the jurisdiction of this id, or with places in it.
        limit: The largest number of hits.

    Raises:
        NotFoundError: Nothing has these words; the hints tell which words and names come near.
    """
    query = Query(text)
    if not query.phrases:
        raise NotFoundError("there is no word to search for", ["type letters or digits"])

    def ask(index: sqlite3.Connection) -> Found:
        for begins in (False, True):
            found = _hits(index, Query(text, begins=begins), tables, place, limit)
            if found.hits:
                return found
        raise NotFoundError(
            f"nothing matches {shortened(text)!r}" + _where(tables, place),
            _near(index, store, query, filtered=bool(tables or place)),
        )

    return with_index(store, ask)


_SEARCH = """
WITH called AS MATERIALIZED (
    SELECT text, min(rank) AS rank FROM (
        SELECT text, 0 AS rank FROM keys WHERE key = :key
        UNION ALL
        SELECT text, CASE WHEN words = :count THEN 0 ELSE 1 END FROM names WHERE name MATCH :start
    ) GROUP BY text
), found AS (
    SELECT rowid AS text, bm25(texts, {weights}) AS bm25 FROM texts WHERE texts MATCH :match
    UNION ALL
    SELECT text, -0.001 FROM called
    WHERE text NOT IN (SELECT rowid FROM texts WHERE texts MATCH :match)
)
SELECT found.text, coalesce(called.rank, 2) AS rank, -bm25 * {factor} AS score, count(*) OVER ()
FROM found LEFT JOIN called USING (text) JOIN texts ON texts.rowid = found.text
WHERE (:tables = '' OR instr(:tables, ' ' || tbl || ' '))
  AND (:place = '' OR instr(near, ' ' || :place || ' '))
ORDER BY rank, score DESC, found.text LIMIT :limit
"""


def _hits(
    index: sqlite3.Connection,
    query: Query,
    tables: Sequence[str],
    place: str | None,
    limit: int,
) -> Found:
    match = query.match(index)
    factor = " ".join(f"WHEN '{table}' THEN {by}" for table, by in _FACTORS.items())
    rows = index.execute(
        _SEARCH.format(weights=_WEIGHTS, factor=f"CASE tbl {factor} ELSE 1.0 END"),
        {
            "key": key_of(query.text),
            "count": len(query.words.split()),
            "start": query.start(index),
            "match": match,
            "tables": f" {' '.join(tables)} " if tables else "",
            "place": place or "",
            "limit": limit,
        },
    ).fetchall()
    hits, marked = [], []
    for text, rank, score, _ in rows:
        kind, id, title, status, runs = _shown(index, text, match)
        # Between 0 and 1; above 1 where a name begins so, above 2 where the whole name is so.
        value = round(2 - rank + score / (1 + score), 4)
        snippet = "".join(run for run, _ in runs)
        hits.append(Hit(kind=kind, id=id, title=title, snippet=snippet, score=value, status=status))
        marked.append(runs)
    return Found(
        text=query.text,
        hits=tuple(hits),
        marked=tuple(marked),
        total=rows[0][3] if rows else 0,
    )


def _shown(
    index: sqlite3.Connection, text: int, match: str
) -> tuple[str, str, str, str | None, tuple[tuple[str, bool], ...]]:
    """Return kind, id, title, status and marked snippet of a found text."""
    wanted = "kind, id, title, status"
    row = index.execute(
        f"SELECT {wanted}, snippet(texts, 2, ?, ?, '…', {SNIPPET_WORDS}) FROM texts"
        " WHERE rowid = ? AND texts MATCH ?",
        (_MARK, _UNMARK, text, match),
    ).fetchone()
    if row is None:  # found by its name alone: the beginning of its text
        row = index.execute(f"SELECT {wanted}, body FROM texts WHERE rowid = ?", (text,)).fetchone()
        words = row[4].split(" ")
        row = (*row[:4], " ".join(words[:SNIPPET_WORDS]) + ("…" if words[SNIPPET_WORDS:] else ""))
    return *row[:4], _runs(row[4])


def _runs(marked: str) -> tuple[tuple[str, bool], ...]:
    pieces = re.split(f"([{_MARK}{_UNMARK}])", marked)
    inside, runs = False, []
    for piece in pieces:
        if piece in (_MARK, _UNMARK):
            inside = piece == _MARK
        elif piece:
            runs.append((piece, inside))
    return tuple(
        ("".join(run for run, _ in group), hit) for hit, group in groupby(runs, lambda run: run[1])
    )


def shortened(text: str, most: int = 60) -> str:
    """Return a text in one line of at most so many characters, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _where(tables: Sequence[str], place: str | None) -> str:
    parts = []
    if tables:
        parts.append(f"in {', '.join(tables)}")
    if place:
        parts.append(f"at {place}")
    return f" {' '.join(parts)}" if parts else ""


def _near(index: sqlite3.Connection, store: Store, query: Query, *, filtered: bool) -> list[str]:
    """Return hints for a search that found nothing: other filters, known words, near names."""
    hints = []
    everywhere = _count(index, query.match(index)) if filtered else 0
    if everywhere:
        hints.append(f"without the filters: {count_of(everywhere, 'match', 'matches')}")
    counts = {phrase: _count(index, f'"{phrase}"') for phrase, _ in query.phrases[:8]}
    if len(query.phrases) > 1:
        known = [f"{phrase!r} in {count}" for phrase, count in counts.items() if count]
        if known:
            hints.append(f"no record has all words; by themselves: {', '.join(known)}")
    for phrase in [phrase for phrase, count in counts.items() if not count][:3]:
        near = _known_words(index, phrase)
        if near:
            hints.append(f"no {phrase!r}; near words: {', '.join(near)}")
    hints += [
        f"did you mean {match.id}? ({match.label}): ice-facts {match.command} {match.id}"
        for match in suggest(store, query.text, ALL_NAMED)
    ]
    return hints or ["try fewer or other words, or the beginning of one: detain*"]


def _count(index: sqlite3.Connection, match: str) -> int:
    row = index.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (match,)).fetchone()
    return int(row[0])


def _known_words(index: sqlite3.Connection, word: str) -> list[str]:
    """Return words that texts have and that are written nearly like a word."""
    from difflib import get_close_matches

    # Most misspellings keep the first letter; looking at all words would be slow.
    rows = index.execute(
        "SELECT term FROM words WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
        " ORDER BY doc DESC, term",
        (word[:1], word[:1] + "\U0010ffff", len(word) - 3, len(word) + 3),
    )
    return get_close_matches(word, [term for (term,) in rows], n=3, cutoff=0.75)


def parse_table(word: str) -> str:
    """Return the table that a user named, in the plural or the singular.

    Raises:
        UsageError: There is no such table; the hint lists them.
    """
    legal = {name.replace("-", ""): name for name in (*TABLES, *PARTS)}
    legal |= {"cities": "jurisdictions", "counties": "jurisdictions", "states": "jurisdictions"}
    key = word.casefold().replace("-", "")
    for form in (key, f"{key}s", f"{key.removesuffix('y')}ies", f"{key}es"):
        if form in legal:
            return legal[form]
    raise UsageError(
        f"nothing is called {word!r} to search in",
        [f"one or more of: {', '.join((*TABLES, *PARTS))}"],
    )


def ask_search(
    session: Session,
    text: Annotated[
        list[str], argument("TEXT...", 'Words, "a phrase" in quotes, beginnings: war*.')
    ],
    *,
    tables: Annotated[
        list[str] | None,
        option(
            "--in",
            metavar="TABLE",
            help="Only in these: policies,claims,rules.",
            parse=parse_table,
            words=lambda: ((name, "") for name in (*TABLES, *PARTS)),
            commas=True,
        ),
    ] = None,
    place: Annotated[
        str | None,
        option(
            "--place",
            metavar="PLACE",
            help="Only on this place and those in it.",
            names=PLACE_TABLES,
        ),
    ] = None,
    limit: Annotated[
        int, option("--limit", "-n", metavar="N", help="At most so many.", min=1, max=10_000)
    ] = 20,
) -> Reply:
    """Search the text of everything."""
    from ice_facts.across.search.view import search_listing

    found = search(
        session.store,
        " ".join(text),
        tables=tuple(dict.fromkeys(tables or ())),
        place=resolve(session.store, place, (Jurisdiction,)).id if place else None,
        limit=limit,
    )
    return Reply(found.hits, search_listing, shown=found)
