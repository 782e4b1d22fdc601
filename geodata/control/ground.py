"""Find the cell of each place, and the cells of each area that statements speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.control.cells import Coverage
from geodata.control.reach import area_within, can_have_cell
from geodata.index.columns import lineage
from geodata.model import ControlArea, Place, Statement
from geodata.model.codebook import ADMIN_KINDS, AREA_KINDS

Ints = NDArray[np.int64]


class Ground:
    """The cells of places, and what lies in which area.

    Parameters
    ----------
    places : mapping of place id to Place
        Also administrative areas and regions, which get no cell.
    drawn : mapping of area id to ControlArea
        Areas drawn by the editor.
    statements : iterable of Statement
        Which places are stated, for the default area.
    area : Polygon or MultiPolygon, optional
        EPSG:4326 (longitude, latitude); without it what lies within reach of stated places.
    reach_m : float
        Metres.
    """

    def __init__(
        self,
        places: Mapping[str, Place],
        drawn: Mapping[str, ControlArea],
        statements: Iterable[Statement],
        area: shapely.Geometry | None,
        reach_m: float,
    ) -> None:
        self.places, self.drawn = places, drawn
        points = [item for item in places.values() if can_have_cell(item) and item.kind not in AREA_KINDS]
        self.has_own_area = area is not None
        self._stated = {item.place_id for item in statements if item.place_id}
        if area is None:
            stated = [place for place in points if place.place_id in self._stated]
            points = _near(points, stated, reach_m) if stated else []
            area = area_within(stated, reach_m) if stated else None
        self.coverage = Coverage.of(points, area)
        self._cells: dict[str, Ints | None] = {}

    def would_grow(self, statement: Statement) -> bool:
        """Tell whether a statement about its place would make the default area larger."""
        place = self.places.get(statement.place_id or "")
        return (
            not self.has_own_area
            and place is not None
            and can_have_cell(place)
            and place.kind not in AREA_KINDS
            and place.place_id not in self._stated
        )

    def locate(self, statement: Statement) -> int | str | tuple[str, str]:
        """Return the cell or the key of the area of a statement, or the field that is wrong and why."""
        if bool(statement.place_id) == bool(statement.area_id):
            return "place_id", "give exactly one of place_id and area_id"
        if statement.area_id:
            if statement.area_id not in self.drawn:
                return "area_id", f"no area has the id {statement.area_id!r:.60}"
            if self.cells_of(key := f"area {statement.area_id}") is None:
                return "area_id", f"the outline of {statement.area_id!r:.60} is no polygon in WKT"
            return key
        assert statement.place_id is not None
        place = self.places.get(statement.place_id)
        if place is None:
            return "place_id", f"no place has the id {statement.place_id!r:.60}"
        if place.kind in AREA_KINDS:
            if self.cells_of(key := f"place {place.place_id}") is None:
                return "place_id", f"{place.place_id!r:.60} is a region without a point or a radius"
            return key
        cell = self.coverage.cell_of.get(place.place_id)
        if cell is not None:
            return cell
        if not place.has_point:
            return "place_id", f"{place.place_id!r:.60} has no point: nobody has found where it lies"
        if not can_have_cell(place):
            return "place_id", f"{place.place_id!r:.60} has no point on Earth: {place.lat}, {place.lon}"
        return "place_id", f"{place.place_id!r:.60} lies outside the area"

    def cells_in(self, key: str) -> Ints:
        """Return the cells (ascending) in an area that `locate` answered with."""
        cells = self.cells_of(key)
        assert cells is not None
        return cells

    def cells_of(self, key: str) -> Ints | None:
        """Return the cells (ascending) whose places lie in an area, None when it has no outline."""
        if key not in self._cells:
            kind, name = key.split(" ", 1)
            self._cells[key] = self._drawn_cells(name) if kind == "area" else self._place_cells(name)
        return self._cells[key]

    def _drawn_cells(self, name: str) -> Ints | None:
        try:
            outline = shapely.from_wkt(self.drawn[name].outline)
        except shapely.GEOSException:
            return None
        if outline.geom_type not in ("Polygon", "MultiPolygon") or outline.is_empty:
            return None
        shapely.prepare(outline)
        return np.flatnonzero(shapely.intersects_xy(outline, self._degrees()))

    def _degrees(self) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self.coverage.zone.to_degrees(self.coverage.points_m)
        return found

    def _place_cells(self, name: str) -> Ints | None:
        place = self.places[name]
        if place.kind in ADMIN_KINDS:
            inside = (
                cell for member, cell in self.coverage.cell_of.items() if name in lineage(member, self.places)
            )
            return np.array(sorted(set(inside)), dtype=np.int64)
        if not can_have_cell(place) or not place.uncertainty_m:
            return None
        middle = self.coverage.zone.to_metres(np.array([[place.lon, place.lat]]))
        apart = self.coverage.points_m - middle
        return np.flatnonzero(np.hypot(apart[:, 0], apart[:, 1]) <= place.uncertainty_m)


_METRES_A_DEGREE = 110_000.0
"""Of latitude; a little less than anywhere on the ellipsoid, so that nothing within reach is missed."""


def _near(places: Iterable[Place], stated: Iterable[Place], reach_m: float) -> list[Place]:
    """Return the places that may lie within reach (metres) of stated ones, by a box around these.

    A gazetteer of other countries would shift the zone in which everything is measured, or leave none.
    """
    lats, lons = _degrees_of(stated)
    middle = lons[0]
    east = (lons - middle + 180) % 360 - 180
    high = reach_m / _METRES_A_DEGREE
    wide = high / max(np.cos(np.radians(min(np.abs(lats).max() + high, 89.0))), 0.01)
    asked = list(places)
    asked_lats, asked_lons = _degrees_of(asked)
    away = (asked_lons - middle + 180) % 360 - 180
    near = (asked_lats >= lats.min() - high) & (asked_lats <= lats.max() + high)
    near &= (away >= east.min() - wide) & (away <= east.max() + wide)
    return [asked[number] for number in np.flatnonzero(near)]


def _degrees_of(places: Iterable[Place]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found = np.array([(place.lat, place.lon) for place in places], dtype=float).reshape(-1, 2)
    return found[:, 0], found[:, 1]
