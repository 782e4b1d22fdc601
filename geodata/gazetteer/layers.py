"""Lay one list of places over another: the same place in both becomes one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from geodata.gazetteer.names import fold, name_key
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.model import Place

SAME_WITHIN_M = 3000.0
SETTLEMENT_KINDS = frozenset({"city", "town", "village", "neighbourhood", "farm", "camp"})


def names_of(place: Place) -> Iterator[str]:
    """Yield a place's names, the canonical ones first, without empty ones."""
    yield from filter(None, (place.name_en, place.name_ar, *place.variants))


def lay_over(preferred: Iterable[Place], others: Iterable[Place]) -> list[Place]:
    """Return all places of two lists, those found in both once.

    A settlement of `others` is the same as one of `preferred` when they share a GeoNames id, or a name
    (without articles) within 3 km. The preferred one wins; it gains the GeoNames id and the population
    when it has none, and the spellings that it lacks. Of two with the same place id the preferred is kept.
    A parent that is in neither list becomes the country, or None.

    Parameters
    ----------
    preferred, others : iterable of Place
        Each without a place id twice.
    """
    kept = {place.place_id: place for place in preferred}
    by_geonames = {place.geonames_id: place.place_id for place in kept.values() if place.geonames_id}
    by_key: dict[str, list[str]] = defaultdict(list)
    for place in kept.values():
        if place.kind in SETTLEMENT_KINDS and place.has_point:
            for key in {name_key(name) for name in names_of(place)}:
                by_key[key].append(place.place_id)
    added: dict[str, Place] = {}
    for other in others:
        if other.place_id in kept:
            continue
        same = by_geonames.get(other.geonames_id or "") or _nearest_namesake(other, by_key, kept)
        if same:
            kept[same] = _merged(kept[same], other)
        else:
            added[other.place_id] = other
    return _with_known_parents([*kept.values(), *added.values()])


def _nearest_namesake(other: Place, by_key: dict[str, list[str]], kept: dict[str, Place]) -> str | None:
    here = point_of(other)
    if here is None or other.kind not in SETTLEMENT_KINDS:
        return None
    near: list[tuple[float, str]] = []
    for key in {name_key(name) for name in names_of(other)}:
        for place_id in by_key.get(key, ()):
            there = point_of(kept[place_id])
            if there and (distance := distance_m(here, there)) <= SAME_WITHIN_M:
                near.append((distance, place_id))
    return min(near)[1] if near else None


def _merged(place: Place, other: Place) -> Place:
    known = {fold(name) for name in names_of(place)}
    new: dict[str, str] = {}
    for name in names_of(other):
        if fold(name) not in known:
            new.setdefault(fold(name), name)
    return replace(
        place,
        geonames_id=place.geonames_id or other.geonames_id,
        population=other.population if place.population is None else place.population,
        name_ar=place.name_ar or other.name_ar,
        variants=(*place.variants, *new.values()),
    )


def _with_known_parents(places: list[Place]) -> list[Place]:
    known = {place.place_id for place in places}
    return [
        place
        if place.parent_id is None or place.parent_id in known
        else replace(place, parent_id=_country(place, known))
        for place in places
    ]


def _country(place: Place, known: set[str]) -> str | None:
    country = place.country_code.lower()
    return country if country in known and country != place.place_id else None
