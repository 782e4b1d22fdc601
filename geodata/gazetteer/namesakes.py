"""Other places of the same name: what a report might have meant instead."""

from __future__ import annotations

from geodata.gazetteer.gazetteer import Gazetteer
from geodata.gazetteer.layers import names_of
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.model import Place
from geodata.model.codebook import AREA_KINDS

SAME_PLACE_M = 2000.0
"""Nearer than this it is the same place under another id."""


def namesakes(gazetteer: Gazetteer, place_id: str, *, count: int = 4) -> list[tuple[Place, float]]:
    """Return the nearest other places of a place's name, with great-circle distances in metres.

    Names count as the same when they differ in marks, letter forms or case only. Areas have no namesakes
    here: a town and its district are one name at two scales.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where to look.
    place_id : str
        Whose name.
    count : int
        At most so many, in the same country, nearest first.

    Raises
    ------
    UnknownPlace
        When no place has the id.
    """
    place = gazetteer.place(place_id)
    here = point_of(place)
    if here is None or place.kind in AREA_KINDS:
        return []
    found: dict[str, tuple[float, Place]] = {}
    for name in names_of(place):
        for match in gazetteer.find(name):
            other, there = match.place, point_of(match.place)
            if match.method == "key" or there is None or other.kind in AREA_KINDS:
                continue
            far = distance_m(here, there)
            if other.country_code == place.country_code and far > SAME_PLACE_M:
                found[other.place_id] = (far, other)
    nearest = sorted(found.values(), key=lambda item: (item[0], item[1].place_id))
    return [(other, far) for far, other in nearest[:count]]
