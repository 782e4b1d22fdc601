"""Our fronts and areas beside those that somebody else drew, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.control.compare import (
    STEP_M,
    FrontDistances,
    Overlap,
    area_overlaps,
    directed_distance,
    utm_zone,
)
from geodata.control.drawn_front import DrawnDay, drawn_day
from geodata.control.drawn_layer import DrawnFronts
from geodata.errors import BadInput
from geodata.geometry import UtmZone

BAND_M = 10_000.0
"""How far from either front areas are compared, metres."""

_WIDEST_BAND_M = 500_000.0


class Control(Protocol):
    """What is compared: `geodata.control.ControlTimeline`."""

    def areas(self, day: date, dissolve: bool = False) -> gpd.GeoDataFrame:
        """Return who holds what on a day, EPSG:4326, with a column controller."""

    def fronts(self, day: date) -> gpd.GeoDataFrame:
        """Return the front of a day, EPSG:4326, with columns side_a and side_b."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayComparison:
    """How our map and a drawn one agree on a day.

    Parameters
    ----------
    day : date
        The day.
    drawn_on : date or None
        The day of the snapshot that theirs is; None when it has times of its own.
    our_km, their_km : float
        Kilometres of front that were measured, on the ground that our map covers.
    distances : FrontDistances or None
        None when a side has no front; `notes` says which.
    iou : mapping of str to (float or None)
        By holder id: intersection over union within the band; None where neither gives the holder anything.
    iou_all : float or None
        The same over all of those holders: the sum of what both say over the sum of what either says.
    notes : tuple of str
        In words, what is missing and what a reader must know.
    """

    day: date
    drawn_on: date | None
    our_km: float
    their_km: float
    distances: FrontDistances | None
    iou: Mapping[str, float | None]
    iou_all: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """The ground that our map covers, in degrees and metres."""

    degrees: shapely.Geometry
    metres: shapely.Geometry
    zone: UtmZone

    @classmethod
    def of(cls, covered: shapely.Geometry) -> _Ground | None:
        if covered.is_empty:
            return None
        zone = utm_zone(covered)
        # A metre more, or lines along the ground's own edge would be cut to pieces.
        return cls(covered, shapely.buffer(zone.project(covered), 1.0), zone)


class FrontComparison:
    """Compares our map with a drawn one, on the ground that ours covers.

    Distances are measured from each front to the nearest point of the other, which may lie beyond that
    ground, so that its edge makes no distances of its own. Areas are compared within `band_m` of either
    front. A cell that is contested counts for whoever holds it in our map, one that nobody is known to hold
    for nobody. Only holders that their map draws at all are compared: who is left white there is not denied.

    Parameters
    ----------
    ours : Control
        Such as a `geodata.control.ControlTimeline`; its ground must not change from day to day.
    theirs : DrawnFronts
        The drawn layer.
    match : mapping of str to str
        Holder ids by the drawer's names (`match_names`).
    between : tuple of str, optional
        Two holder ids: only the front between them; otherwise every front.
    band_m, step_m : float
        Metres.

    Raises
    ------
    BadInput
        When the band is not within 0–500 km, or a front is asked for between a holder and itself.
    """

    def __init__(
        self,
        ours: Control,
        theirs: DrawnFronts,
        *,
        match: Mapping[str, str],
        between: tuple[str, str] | None = None,
        band_m: float = BAND_M,
        step_m: float = STEP_M,
    ) -> None:
        if not 0 < band_m <= _WIDEST_BAND_M:
            raise BadInput(f"a band of {band_m / 1000:g} km is not above 0 and up to 500 km")
        if between and between[0] == between[1]:
            raise BadInput(f"there is no front between {between[0]} and itself")
        self._ours = ours
        self._theirs = theirs
        self._match = dict(match)
        self._between = between
        self._band_m = band_m
        self._step_m = step_m
        drawn = {
            self._match[one.controller] for one in theirs.features if one.is_area and one.controller in match
        }
        self._compared = sorted(drawn & set(between) if between else drawn)
        self._ground: _Ground | None = None
        self._last: tuple[tuple[tuple[str, int], ...], DrawnDay] | None = None

    def on(self, day: date) -> DayComparison:
        """Compare the two maps of a day; what cannot be measured is None and said in the notes."""
        frame = self._theirs.on(day)
        areas = self._ours.areas(day, dissolve=True)
        if self._ground is None:
            self._ground = _Ground.of(shapely.union_all(areas.geometry.to_numpy()))
        if self._ground is None:
            return _nothing(day, frame, "our map covers no ground")
        if frame.empty:
            return _nothing(day, frame, "their map shows nothing on that day")
        return self._compare(day, frame, areas, self._ground)

    def _compare(
        self, day: date, frame: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, ground: _Ground
    ) -> DayComparison:
        theirs = self._drawn(frame, ground)
        notes = list(theirs.notes)
        our_front = ground.zone.project(shapely.union_all(self._our_lines(day)))
        their_front = shapely.intersection(theirs.front, ground.metres)
        distances = None
        if our_front.length == 0:
            notes.append(f"our map has no front {self._which}on that day")
        if their_front.length == 0:
            swapped = (
                " (it would lie there with longitude and latitude swapped)"
                if _swapped(frame, ground.degrees)
                else ""
            )
            notes.append(f"their map has no front {self._which}on our ground{swapped}")
        elif our_front.length > 0:
            distances = FrontDistances(
                *directed_distance(our_front, theirs.front, step_m=self._step_m),
                *directed_distance(their_front, our_front, step_m=self._step_m),
            )
        overlaps = self._overlaps(theirs, areas, ground, shapely.union(our_front, their_front), notes)
        total = Overlap(
            sum(overlap.shared_m2 for overlap in overlaps.values()),
            sum(overlap.either_m2 for overlap in overlaps.values()),
        )
        return DayComparison(
            day=day,
            drawn_on=_drawn_on(frame),
            our_km=our_front.length / 1000,
            their_km=their_front.length / 1000,
            distances=distances,
            iou={holder: overlap.iou for holder, overlap in overlaps.items()},
            iou_all=total.iou,
            notes=tuple(notes),
        )

    def _our_lines(self, day: date) -> NDArray[np.object_]:
        fronts = self._ours.fronts(day)
        lines: NDArray[np.object_] = fronts.geometry.to_numpy()
        if self._between:
            pair = sorted(self._between)
            lines = lines[((fronts["side_a"] == pair[0]) & (fronts["side_b"] == pair[1])).to_numpy()]
        return lines

    def _drawn(self, frame: gpd.GeoDataFrame, ground: _Ground) -> DrawnDay:
        """Return their map in metres; it is the same from one snapshot to the next."""
        key = tuple(zip(frame["file"], frame["feature"], strict=True))
        if self._last is None or self._last[0] != key:
            found = drawn_day(frame, ground.degrees, ground.zone, match=self._match, between=self._between)
            self._last = key, found
        return self._last[1]

    def _overlaps(
        self,
        theirs: DrawnDay,
        areas: gpd.GeoDataFrame,
        ground: _Ground,
        fronts: shapely.Geometry,
        notes: list[str],
    ) -> dict[str, Overlap]:
        if not self._compared:
            notes.append("no area of theirs has a holder that is known here: areas are not compared")
            return {}
        if fronts.length == 0:
            notes.append("without a front there is no band in which to compare areas")
            return {}
        # Line by line, without bends that such a band does not show: as one it took a hundred times as long.
        lines = shapely.simplify(shapely.get_parts(shapely.line_merge(fronts)), self._band_m / 100)
        band = shapely.intersection(shapely.union_all(shapely.buffer(lines, self._band_m)), ground.metres)
        ours = {
            holder: ground.zone.project(
                shapely.union_all(areas.geometry[areas["controller"] == holder].to_numpy())
            )
            for holder in self._compared
        }
        drawn = {holder: area for holder, area in theirs.areas.items() if holder in self._compared}
        return area_overlaps(ours, drawn, band)

    @property
    def _which(self) -> str:
        return f"between {self._between[0]} and {self._between[1]} " if self._between else ""


def _swapped(frame: gpd.GeoDataFrame, ground: shapely.Geometry) -> bool:
    """Tell whether a map lies on the ground only when longitude and latitude change places."""
    west, south, east, north = frame.total_bounds
    ours = shapely.box(*ground.bounds)
    there, flipped = shapely.box(west, south, east, north), shapely.box(south, west, north, east)
    return bool(flipped.intersects(ours) and not there.intersects(ours))


def _drawn_on(frame: gpd.GeoDataFrame) -> date | None:
    days = frame["drawn_on"].dropna()
    return None if days.empty else days.max().date()


def _nothing(day: date, frame: gpd.GeoDataFrame, why: str) -> DayComparison:
    return DayComparison(
        day=day,
        drawn_on=_drawn_on(frame),
        our_km=0.0,
        their_km=0.0,
        distances=None,
        iou={},
        iou_all=None,
        notes=(why,),
    )
