"""The gazetteer: places by id, by name, by what holds them, and by nearness."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from geodata.curated.loader import CURATED, read_curated
from geodata.errors import BadInput, UnknownPlace
from geodata.gazetteer.geonames import DEFAULT_COUNTRIES, geonames_places
from geodata.gazetteer.layers import SETTLEMENT_KINDS, lay_over, names_of
from geodata.gazetteer.names import fold, key_of_folded, name_key
from geodata.gazetteer.nearness import PointIndex
from geodata.gazetteer.reach import Reach
from geodata.gazetteer.sound_index import SoundIndex
from geodata.geometry import check_point
from geodata.model import Place
from geodata.model.codebook import ADMIN_KINDS

METHODS = ("exact", "normalised", "key")
"""How a name matched: as written (but for case), folded, or only without its articles; best first."""

_REMARK = re.compile(r"\s*\([^()]*\)\s*")


class NameMatch(NamedTuple):
    """A place whose name matched: which of its names, and by which of `METHODS`."""

    place: Place
    name: str
    method: str


class Gazetteer:
    """Places and the ways to find them; does not change once made.

    Parameters
    ----------
    places : iterable of Place
        Each id once. Parents that are not among them are ignored.

    Raises
    ------
    BadInput
        When two places have the same id, or places are each other's parents.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        # What other modules found out once: areas by name, seats of areas, how likely places are meant.
        self.areas_by_name: dict[str, tuple[Place, ...]] = {}
        self.seats: dict[str, tuple[Place, ...]] = {}
        self.priors: dict[str, float] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._by_id = {place.place_id: place for place in self.places}
        if len(self._by_id) != len(self.places):
            twice, _ = Counter(place.place_id for place in self.places).most_common(1)[0]
            raise BadInput(f"two places have the id {twice!r}", where="places")
        self._children: dict[str, list[Place]] = defaultdict(list)
        self._by_fold: dict[str, list[tuple[Place, str]]] = defaultdict(list)
        self._by_key: dict[str, list[tuple[Place, str]]] = defaultdict(list)
        for place in self.places:
            self._check_parents(place)
            if place.parent_id is not None:
                self._children[place.parent_id].append(place)
            for name, spelling in _spellings(place):
                pair = place, name
                folded = fold(spelling)
                key = key_of_folded(folded)
                self._by_fold[folded].append(pair)
                # One string for both where they are alike: a hundred thousand names weigh.
                self._by_key[folded if key == folded else key].append(pair)

    @classmethod
    def with_geonames(
        cls, places: Iterable[Place], countries: Sequence[str] = DEFAULT_COUNTRIES
    ) -> Gazetteer:
        """Lay places over GeoNames' places of some countries: for set-up, since loading GeoNames is slow.

        Parameters
        ----------
        places : iterable of Place
            These win where both know a place.
        countries : sequence of str
            ISO 3166-1 alpha-2 codes; none leaves GeoNames out (and unread).
        """
        return cls(lay_over(places, geonames_places(countries) if countries else ()))

    @classmethod
    def from_curated(
        cls, countries: Sequence[str] | None = DEFAULT_COUNTRIES, *, folder: Path = CURATED
    ) -> Gazetteer:
        """Read the curated places and lay them over GeoNames' places of some countries.

        Parameters
        ----------
        countries : sequence of str or None
            ISO 3166-1 alpha-2 codes; None or none at all reads the curated places only, at once.
        folder : Path
            The curated CSV files.

        Raises
        ------
        CuratedFaults
            When the curated files have faults.
        """
        return cls.with_geonames(read_curated(folder).places, countries or ())

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._by_id

    def get(self, place_id: str) -> Place | None:
        """Return the place of an id, or None."""
        return self._by_id.get(place_id)

    def place(self, place_id: str) -> Place:
        """Return the place of an id.

        Raises
        ------
        UnknownPlace
            When no place has it.
        """
        try:
            return self._by_id[place_id]
        except KeyError:
            raise UnknownPlace(f"no place has the id {place_id!r}") from None

    def by_code(self, code: str) -> Place | None:
        """Return the place of a place id or P-code, in upper or lower case, or None."""
        return self._by_id.get(code.strip().casefold()) or self._by_pcode.get(code.strip().casefold())

    def admin_of(self, place_id: str) -> tuple[Place, ...]:
        """Return what holds a place, from the nearest administrative place to the country.

        Raises
        ------
        UnknownPlace
            When no place has the id.
        """
        above: list[Place] = []
        parent = self.place(place_id).parent_id
        while parent is not None and (place := self._by_id.get(parent)) is not None:
            above.append(place)
            parent = place.parent_id
        return tuple(above)

    def descendants(self, place_id: str) -> tuple[Place, ...]:
        """Return every place below one, at any depth, without itself.

        Raises
        ------
        UnknownPlace
            When no place has the id.
        """
        below: list[Place] = []
        waiting = [self.place(place_id).place_id]
        while waiting:
            children = self._children.get(waiting.pop(), ())
            below.extend(children)
            waiting.extend(child.place_id for child in children)
        return tuple(below)

    def keys_of(self, place_id: str) -> frozenset[str]:
        """Return the names of a place, folded and without articles; empty when no place has the id."""
        known = self._keys.get(place_id)
        if known is None:
            place = self._by_id.get(place_id)
            known = (
                frozenset(name_key(spelling) for _, spelling in _spellings(place)) if place else frozenset()
            )
            self._keys[place_id] = known
        return known

    def find(self, text: str) -> list[NameMatch]:
        """Return every place that has this name, each once by its best match: exact, normalised, key."""
        written, folded = _as_written(text), fold(text)
        found: dict[str, NameMatch] = {}
        if not folded:
            return []
        for place, name in self._by_fold.get(folded, ()):
            method = "exact" if _as_written(name) == written else "normalised"
            if place.place_id not in found or (method, found[place.place_id].method) == METHODS[:2]:
                found[place.place_id] = NameMatch(place, name, method)
        for place, name in self._by_key.get(key_of_folded(folded), ()):
            found.setdefault(place.place_id, NameMatch(place, name, "key"))
        matches = list(found.values())
        return matches if len(matches) < 2 else sorted(matches, key=lambda match: METHODS.index(match.method))

    def nearest(
        self,
        lat: float,
        lon: float,
        *,
        count: int = 1,
        max_distance_m: float | None = None,
        kinds: Collection[str] = SETTLEMENT_KINDS,
    ) -> list[tuple[Place, float]]:
        """Return the places nearest to a point, with great-circle distances in metres, nearest first.

        Parameters
        ----------
        lat, lon : float
            Degrees, EPSG:4326.
        count : int
            How many at most.
        max_distance_m : float, optional
            Leave out what is farther.
        kinds : collection of str
            Which kinds of place; settlements when nothing else is said.

        Raises
        ------
        BadInput
            When the point is out of range.
        """
        check_point(lat, lon)
        wanted = frozenset(kinds)
        if wanted not in self._points:
            self._points[wanted] = PointIndex([place for place in self.places if place.kind in wanted])
        return self._points[wanted].nearest(lat, lon, count, max_distance_m)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each place id among `places`."""
        return {place.place_id: position for position, place in enumerate(self.places)}

    @cached_property
    def above(self) -> list[tuple[str, ...]]:
        """For each place, by position, the ids of what holds it, the nearest first."""
        return [tuple(area.place_id for area in self.admin_of(place.place_id)) for place in self.places]

    @cached_property
    def sounds(self) -> SoundIndex:
        """The places' names by their sounds; made when first asked for."""
        areas = (place.place_id for place in self.places if place.kind in ADMIN_KINDS)
        return SoundIndex(self.places, frozenset[str]().union(*map(self.keys_of, areas)))

    @cached_property
    def reach(self) -> Reach:
        """What areas hold, and what lies near their edges."""
        return Reach(self.places, self.above)

    @cached_property
    def _points(self) -> dict[frozenset[str], PointIndex]:
        return {}

    @cached_property
    def _by_pcode(self) -> dict[str, Place]:
        return {place.pcode.casefold(): place for place in self.places if place.pcode}

    def _check_parents(self, place: Place) -> None:
        above, seen = place.parent_id, {place.place_id}
        while above is not None and above in self._by_id:
            if above in seen:
                raise BadInput(f"{above!r} holds itself", where="places:parent_id")
            seen.add(above)
            above = self._by_id[above].parent_id


def _as_written(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _spellings(place: Place) -> Iterator[tuple[str, str]]:
    """Yield (name, spelling to match), each folded form once: ``Sawran (Hama)`` is also met as ``Sawran``."""
    seen: set[str] = set()
    names = list(names_of(place))
    # Names as they are come first: one that is written so is an exact match, the rest of a longer one is not.
    for name, spelling in [
        *((name, name) for name in names),
        *((name, _REMARK.sub(" ", name)) for name in names if "(" in name),
    ]:
        # Spellings that fold alike may still differ as written: "exact" needs each of them.
        written = _as_written(spelling)
        if written and written not in seen:
            seen.add(written)
            yield name, spelling
