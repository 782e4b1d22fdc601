"""Find the administrative areas and regions that a text names, as files and reporters write them."""

from __future__ import annotations

from geodata.gazetteer.gazetteer import Gazetteer
from geodata.gazetteer.layers import SETTLEMENT_KINDS
from geodata.gazetteer.likeness import Written, likeness
from geodata.gazetteer.sounds import sound_key, sounds_of_key
from geodata.gazetteer.wording import AREAS, Reading, area_readings
from geodata.model import Place
from geodata.model.codebook import ADMIN_KINDS

AREA_KINDS = frozenset({*ADMIN_KINDS, "region"})
_ALIKE_FROM = 0.82
_AS_GOOD = 0.03
_MOST_KEPT = 4096


def areas_named(gazetteer: Gazetteer, text: str) -> tuple[Place, ...]:
    """Return the administrative areas and regions that a P-code, place id or name may mean.

    A name that no area has is compared by its sound; a district that is not in the gazetteer is taken as
    the sub-district of its name (districts are split), or as the surroundings of its seat.
    """
    known = gazetteer.areas_by_name
    if text not in known:
        if len(known) >= _MOST_KEPT:
            known.clear()
        known[text] = _areas(gazetteer, text)
    return known[text]


def _areas(gazetteer: Gazetteer, text: str) -> tuple[Place, ...]:
    coded = gazetteer.by_code(text)
    if coded is not None and coded.kind in AREA_KINDS:
        return (coded,)
    listed = list(area_readings(text))
    for reading in listed:
        if found := _exact(gazetteer, reading, AREA_KINDS & (reading.kinds or AREA_KINDS)):
            return found
    for reading in listed:
        if found := _alike(gazetteer, reading, AREA_KINDS & (reading.kinds or AREA_KINDS)):
            return found
    for reading in listed:
        if reading.kinds and "district" in reading.kinds:
            found = _exact(gazetteer, reading, AREAS) or _alike(gazetteer, reading, AREAS - {"governorate"})
            if found or (found := _of_the_seat(gazetteer, reading)):
                return found
    return ()


def _exact(gazetteer: Gazetteer, reading: Reading, kinds: frozenset[str]) -> tuple[Place, ...]:
    return tuple(match.place for match in gazetteer.find(reading.name) if match.place.kind in kinds)


def _alike(gazetteer: Gazetteer, reading: Reading, kinds: frozenset[str]) -> tuple[Place, ...]:
    key = sound_key(reading.name)
    if not key:
        return ()
    name = Written(key, sounds_of_key(key))
    if len(name.thin) < 3:
        return ()
    scored = [
        (likeness(name, gazetteer.sounds.spellings(position))[0], gazetteer.places[position])
        for position, place in enumerate(gazetteer.places)
        if place.kind in kinds
    ]
    best = max((score for score, _ in scored), default=0.0)
    if best < _ALIKE_FROM:
        return ()
    return tuple(place for score, place in scored if score >= best - _AS_GOOD)


def _of_the_seat(gazetteer: Gazetteer, reading: Reading) -> tuple[Place, ...]:
    """Return the settlements of that name: a district has the name of its seat, and lies around it."""
    found = [
        match.place for match in gazetteer.find(reading.name) if match.place.kind in SETTLEMENT_KINDS
    ] or _alike(gazetteer, reading, SETTLEMENT_KINDS)
    towns = [place for place in found if place.kind in ("city", "town")]
    return tuple(place for place in towns or found if place.has_point)


def seats_of(gazetteer: Gazetteer, area: Place) -> tuple[Place, ...]:
    """Return the settlements inside an area that bear one of its names."""
    known = gazetteer.seats
    if area.place_id not in known:
        own = gazetteer.keys_of(area.place_id)
        known[area.place_id] = tuple(
            place
            for place in gazetteer.descendants(area.place_id)
            if place.kind in SETTLEMENT_KINDS and own & gazetteer.keys_of(place.place_id)
        )
    return known[area.place_id]
