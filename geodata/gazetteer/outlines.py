"""Outlines of countries and governorates, from the Natural Earth base map in ``geodata/curated/basemap``.

Drawn at 1:10 million and rounded to 0.001°: good to a few kilometres, enough to say which part of a
governorate.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import shapely
from shapely.geometry import shape

from geodata.curated.loader import CURATED
from geodata.gazetteer.layers import names_of
from geodata.gazetteer.names import name_key
from geodata.gazetteer.nearness import point_of
from geodata.geometry import lon_lat
from geodata.model import Place

BASEMAP = CURATED / "basemap"
_FILES = {"governorate": "admin1_region.geojson", "country": "countries.geojson"}
_NEAR_DEG = 0.2
"""How far a place's point may lie from its outline: the map is coarse, and some points are on coasts."""


class Outlines:
    """Find the outline of a country or governorate by its names and its point.

    Parameters
    ----------
    outlines : iterable of (kind, names, geometry)
        Kind ``governorate`` or ``country``; geometry in EPSG:4326, (longitude, latitude).
    """

    def __init__(self, outlines: Iterable[tuple[str, Iterable[str], shapely.Geometry]]) -> None:
        self._by_key: dict[tuple[str, str], list[shapely.Geometry]] = defaultdict(list)
        for kind, names, geometry in outlines:
            for key in {name_key(name) for name in names if name}:
                self._by_key[kind, key].append(geometry)

    @classmethod
    def from_basemap(cls, folder: Path = BASEMAP) -> Outlines:
        """Read the base map's outlines."""
        found = []
        for kind, file in _FILES.items():
            for feature in json.loads((folder / file).read_text(encoding="utf-8"))["features"]:
                properties = feature["properties"]
                names = [properties.get(field) for field in ("name_en", "name_ar", "name")]
                found.append((kind, [name for name in names if name], shape(feature["geometry"])))
        return cls(found)

    def of(self, place: Place) -> shapely.Geometry | None:
        """Return a place's outline, EPSG:4326 and (longitude, latitude), or None when it has none here.

        The outline has one of the place's names, and the place's point (when known) lies in or near it.
        """
        if place.kind not in _FILES:
            return None
        here = point_of(place)
        point = shapely.Point(lon_lat(*here)) if here else None
        for key in dict.fromkeys(name_key(name) for name in names_of(place)):
            for outline in self._by_key.get((place.kind, key), ()):
                if point is None or shapely.dwithin(outline, point, _NEAR_DEG):
                    return outline
        return None
