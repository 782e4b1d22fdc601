"""Where a relative expression points to."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from geodata.gazetteer import relative_areas as areas
from geodata.gazetteer.relative_grammar import RelativeExpression
from geodata.geometry import lon_lat
from geodata.model import Place


@dataclass(frozen=True, slots=True)
class RelativePlace:
    """Where a relative expression points to.

    Parameters
    ----------
    expression : RelativeExpression
        The reading that found its anchors.
    area : shapely Polygon or MultiPolygon
        EPSG:4326, (longitude, latitude).
    lat, lon : float
        Degrees, EPSG:4326: a point in the area, near its middle.
    radius_m : float
        Metres around the point that cover the area.
    location_precision : int
        UCDP's ``where_prec``: 2 near a place, 3 part of a district or sub-district, 4 of a governorate, 5
        along a road, between places, part of a region or country, or farther than 25 km from a place.
    anchors : tuple of Place
        The places that the expression leans on, as understood.
    method : str
        ``sector`` of an outline, ``ring sector``, ``disc``, ``outline`` or ``corridor``.
    score : float
        The least score of the anchors, 0 to 1.
    alternatives : tuple of (Place, float)
        Other places, farther than 5 km away, that an anchor's name may mean, with their scores.
    """

    expression: RelativeExpression
    area: shapely.Geometry
    lat: float
    lon: float
    radius_m: float
    location_precision: int
    anchors: tuple[Place, ...]
    method: str
    score: float
    alternatives: tuple[tuple[Place, float], ...] = ()

    def contains(self, lat: float, lon: float, *, slack_m: float = 0.0) -> bool:
        """Tell whether a point (degrees, EPSG:4326) lies in the area or within `slack_m` metres of it."""
        point = shapely.Point(lon_lat(lat, lon))
        if self.area.intersects(point):
            return True
        if slack_m <= 0:
            return False
        board = areas.Drawing((lat, lon))
        return bool(board.on(self.area).distance(shapely.Point(0, 0)) <= slack_m)
