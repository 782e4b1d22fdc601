"""Complete a name that is still being typed: places whose names, or words of them, begin so."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from geodata.gazetteer.gazetteer import Gazetteer
from geodata.gazetteer.layers import SETTLEMENT_KINDS, names_of
from geodata.gazetteer.names import fold, name_key
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.model import Place

_FIRST = {"city": 0, "governorate": 1, "town": 2, "district": 3, "village": 4, "subdistrict": 5}
_LAST_LETTER = "\U0010ffff"
_MOST_READ = 2000
_SAME_SPOT_M = 5000.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that a typed beginning may become, and which of its names."""

    place: Place
    matched: str


class Suggester:
    """The beginnings of a gazetteer's names, folded and without articles.

    Parameters
    ----------
    gazetteer : Gazetteer
        Read once: makes a sorted list of names and of the words in them.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        entries: set[tuple[str, int, int, str]] = set()
        for at, place in enumerate(gazetteer.places):
            for name in names_of(place):
                # With its article too: what is begun may be the article, or only look like one (ألف, ألفا).
                entries.add((fold(name), 0, at, name))
                words = name_key(name).split()
                for first in range(len(words)):
                    entries.add((" ".join(words[first:]), first, at, name))
        self._entries = sorted(entries)

    def complete(self, text: str, limit: int = 10) -> list[Suggestion]:
        """Return places with a name that begins so, whole names before words in them, the larger first.

        A beginning of one letter has no completion.
        """
        best: dict[int, tuple[tuple[int, int, int, int, str], str]] = {}
        for begun in {fold(text), name_key(text)}:
            if len(begun.replace(" ", "")) < 2:
                continue
            low = bisect_left(self._entries, (begun,))
            high = bisect_left(self._entries, (begun + _LAST_LETTER,))
            for key, first, at, name in self._entries[low : min(high, low + _MOST_READ)]:
                place = self.gazetteer.places[at]
                weight = (min(first, 1), int(key != begun), *_weight(place), fold(name))
                if at not in best or weight < best[at][0]:
                    best[at] = (weight, name)
        ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
        return [Suggestion(self.gazetteer.places[at], name) for at, (_, name) in ranked[:limit]]


def _weight(place: Place) -> tuple[int, int]:
    return _FIRST.get(place.kind, len(_FIRST)), -(place.population or 0)


def shares_its_name(gazetteer: Gazetteer, place: Place) -> bool:
    """Tell whether another settlement, farther than 5 km away, has one of the two names of a place."""
    here = point_of(place)
    for name in filter(None, (place.name_en, place.name_ar)):
        for match in gazetteer.find(name):
            there = point_of(match.place)
            if match.place.place_id == place.place_id or match.place.kind not in SETTLEMENT_KINDS:
                continue
            if match.method != "key" and (
                here is None or there is None or distance_m(here, there) > _SAME_SPOT_M
            ):
                return True
    return False
