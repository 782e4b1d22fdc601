"""Lay one list of places over another: the same place in both becomes one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.gazetteer.names import fold, name_key
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.model import Place

SAME_WITHIN_M = 3000.0
SETTLEMENT_KINDS = frozenset({"city", "town", "village", "neighbourhood", "farm", "camp"})

_ORDER = ("country", "governorate", "district", "subdistrict")
_LEAST_CODE = 3


def names_of(place: Place) -> Iterator[str]:
    """Yield a place's names, the canonical ones first, without empty ones."""
    yield from filter(None, (place.name_en, place.name_ar, *place.variants))


@dataclass(frozen=True, slots=True)
class Stack:
    """Layers of places laid over one another.

    Parameters
    ----------
    places : tuple of Place
        Each place once.
    became : mapping of str to str
        Ids of the layers that are no place of their own: the same place has another id.
    """

    places: tuple[Place, ...]
    became: Mapping[str, str]


def lay_over(preferred: Iterable[Place], others: Iterable[Place]) -> list[Place]:
    """Return all places of two lists, those found in both once; see `stack`."""
    return list(stack((tuple(preferred), tuple(others))).places)


def stack(layers: Sequence[Iterable[Place]]) -> Stack:
    """Lay lists of places over one another, the most trusted first.

    A place is the same as one of an earlier layer when they share the place id or a GeoNames id; a
    settlement also when they share a name (without articles) within 3 km; an administrative area when it
    shares kind, parent and a name. Two P-codes are always two places. The earlier one wins; it gains the
    ids, the population, the Arabic name and the point that it lacks, and the spellings. A parent that no
    layer has becomes the nearest area whose P-code its own begins with, else the country, or None.

    Parameters
    ----------
    layers : sequence of iterables of Place
        Each without a place id twice.
    """
    laid = _Laid()
    for layer in layers:
        laid.add(layer)
    return Stack(tuple(_with_known_parents(laid.kept)), laid.became)


class _Laid:
    """What the layers so far came to."""

    def __init__(self) -> None:
        self.kept: dict[str, Place] = {}
        self.became: dict[str, str] = {}
        self._by_geonames: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._by_area: dict[tuple[str, str | None, str], str] = {}

    def add(self, layer: Iterable[Place]) -> None:
        """Add a layer below: its places do not become one with each other."""
        touched: list[str] = []
        # What holds others comes first, so that their parents are known by their final ids.
        for other in sorted(layer, key=_depth):
            place = other
            if other.parent_id in self.became:
                place = replace(other, parent_id=self.became[other.parent_id])
            same = self._same(place)
            if same is None:
                self.kept[place.place_id] = place
            else:
                self.kept[same] = _merged(self.kept[same], place)
                if same != place.place_id:
                    self.became[place.place_id] = same
            touched.append(same or place.place_id)
        for place_id in touched:
            self._index(self.kept[place_id])

    def _index(self, place: Place) -> None:
        if place.geonames_id:
            self._by_geonames.setdefault(place.geonames_id, place.place_id)
        if place.kind in SETTLEMENT_KINDS and place.has_point:
            for key in {name_key(name) for name in names_of(place)}:
                self._by_key[key].add(place.place_id)
        elif place.kind in _ORDER:
            for key in {name_key(name) for name in names_of(place)}:
                self._by_area.setdefault((place.kind, place.parent_id, key), place.place_id)

    def _same(self, other: Place) -> str | None:
        if other.place_id in self.kept:
            return other.place_id
        if found := self._by_geonames.get(other.geonames_id or ""):
            return found
        if other.kind in _ORDER:
            keys = (name_key(name) for name in names_of(other))
            areas = (self._by_area.get((other.kind, other.parent_id, key)) for key in keys)
            found = next(filter(None, areas), None)
            return found if found and _may_be_one(self.kept[found], other) else None
        return self._nearest_namesake(other)

    def _nearest_namesake(self, other: Place) -> str | None:
        here = point_of(other)
        if here is None or other.kind not in SETTLEMENT_KINDS:
            return None
        near: list[tuple[float, str]] = []
        for key in {name_key(name) for name in names_of(other)}:
            for place_id in self._by_key.get(key, ()):
                there = point_of(self.kept[place_id])
                if there is None or not _may_be_one(self.kept[place_id], other):
                    continue
                if (distance := distance_m(here, there)) <= SAME_WITHIN_M:
                    near.append((distance, place_id))
        return min(near)[1] if near else None


def _depth(place: Place) -> int:
    return _ORDER.index(place.kind) if place.kind in _ORDER else len(_ORDER)


def _may_be_one(place: Place, other: Place) -> bool:
    return not (place.pcode and other.pcode and place.pcode.casefold() != other.pcode.casefold())


def _merged(place: Place, other: Place) -> Place:
    name_ar = place.name_ar or other.name_ar
    known = {fold(name) for name in (name_ar, *names_of(place))}
    new: dict[str, str] = {}
    for name in names_of(other):
        if fold(name) not in known:
            new.setdefault(fold(name), name)
    merged = replace(
        place,
        pcode=place.pcode or other.pcode,
        geonames_id=place.geonames_id or other.geonames_id,
        population=other.population if place.population is None else place.population,
        name_ar=name_ar,
        variants=(*place.variants, *new.values()),
    )
    if place.has_point or not other.has_point:
        return merged
    return replace(
        merged,
        lat=other.lat,
        lon=other.lon,
        uncertainty_m=other.uncertainty_m,
        coordinate_source=other.coordinate_source,
    )


def _with_known_parents(places: Mapping[str, Place]) -> Iterator[Place]:
    for place in places.values():
        if place.parent_id is None or place.parent_id in places:
            yield place
        else:
            yield replace(place, parent_id=_nearest_known(place, places))


def _nearest_known(place: Place, places: Mapping[str, Place]) -> str | None:
    # P-codes begin with that of the area above: of an unknown sub-district the district may be known.
    code = place.parent_id or ""
    for length in range(len(code) - 1, _LEAST_CODE, -1):
        if (shorter := code[:length]) in places and shorter != place.place_id:
            return shorter
    country = place.country_code.lower()
    return country if country in places and country != place.place_id else None
