"""The index of the table of places, which has many small records of one form.

There are over ten times as many of them as of all other records, so their index is made in bulk:
records are decoded together, with only the fields that an index needs, and keys are made of all
names at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

import msgspec

from ice_facts.model import Place
from ice_facts.store.files import UNREADABLE, unreadable
from ice_facts.store.index import References, TableIndex
from ice_facts.store.naming import KeyMatch, place_matches


class _Cited(msgspec.Struct, frozen=True, gc=False):
    id: str


class _Population(msgspec.Struct, frozen=True, gc=False):
    value: int
    sources: tuple[_Cited, ...] = ()


class _Small(msgspec.Struct, frozen=True, gc=False):
    """What an index needs of a place. ``listed`` is decoded only where it is there."""

    name: str
    level: str
    state: str
    also: tuple[str, ...] = ()
    geoid: str | None = None
    county_geoid: str | None = None
    part_of: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    population: _Population | None = None
    listed: msgspec.Raw = msgspec.Raw(b"")


class PlacesIndex(TableIndex):
    """The index of the table of places. It answers as `TableIndex` does."""

    @cached_property
    def _small(self) -> list[_Small]:
        decoder = msgspec.json.Decoder(list[_Small])
        texts = self.safe_texts
        try:
            return decoder.decode(b"[%b]" % b",".join(texts.values()))
        except UNREADABLE as error:
            one = msgspec.json.Decoder(_Small)
            for id, text in texts.items():
                try:
                    one.decode(text)
                except UNREADABLE as cause:
                    raise unreadable(self._root, self._name, id, cause, self._overlays) from cause
            raise unreadable(self._root, self._name, "", error, self._overlays) from error

    @cached_property
    def matches(self) -> dict[str, list[KeyMatch]]:
        # A place is found by its id as a whole; with its state it is found by its name.
        return place_matches(self.ids, self._small, with_ids=False)

    @cached_property
    def _contents(self) -> tuple[dict[str, References], Counter[str], list[str | None]]:
        from ice_facts.model.references import contents_of

        by_kind: dict[str, defaultdict[str, list[str]]] = {}
        above = by_kind["jurisdiction"] = defaultdict(list)
        states = by_kind["state"] = defaultdict(list)
        cited_by = by_kind["source"] = defaultdict(list)
        confirmed: list[str | None] = []
        cited: Counter[str] = Counter()
        for id, place in zip(self.ids, self._small, strict=True):
            if place.listed:
                contents = contents_of(Place, msgspec.json.decode(self.safe_texts[id]))
                for kind, other in dict.fromkeys(contents.references):
                    by_kind.setdefault(kind, defaultdict(list))[other].append(id)
                cited.update(other for kind, other in contents.references if kind == "source")
                confirmed += contents.confirmed
                continue
            for other in place.part_of:
                above[other].append(id)
            states[place.state].append(id)
            if place.population:
                for source in place.population.sources:
                    cited_by[source.id].append(id)
                    cited[source.id] += 1
        references: dict[str, References] = {}
        for kind, found in by_kind.items():
            for other, holders in found.items():
                references.setdefault(other, {})[kind] = holders
        return references, cited, confirmed
