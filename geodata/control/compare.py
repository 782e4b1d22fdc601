"""How far two fronts lie apart, and how much two maps of control agree: pure measures on metric geometries.

Distances are the average and the 95th percentile of the directed distances from points along one line to
the nearest point of the other, told in both directions and never merged: a front that only follows half of
another lies near it, but not the other way round. The mean is that of the modified Hausdorff distance
(Dubuisson & Jain 1994, doi:10.1109/ICPR.1994.576361), the percentile the ranked ("partial") one of
Huttenlocher, Klanderman & Rucklidge (1993, doi:10.1109/34.232073), which one stray bit of line cannot
decide as it does the plain Hausdorff distance. Agreement of areas is their intersection over their union
(Jaccard's index) inside a band around the fronts, after the boundary IoU of Cheng et al. (2021,
doi:10.1109/CVPR46437.2021.01508): far behind the lines everyone agrees, and that must not drown the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import BadInput, NothingToCompare
from geodata.geometry import UtmZone

STEP_M = 100.0
"""Metres between the points that are measured along a line."""

_MOST_POINTS = 2_000_000
_HIGH_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class FrontDistances:
    """How far two lines lie apart, in metres, each direction of its own.

    Parameters
    ----------
    mean_to_theirs_m, p95_to_theirs_m : float
        From points along our line to the nearest point of theirs: the mean, and what 95 % of our line's
        length keeps within.
    mean_to_ours_m, p95_to_ours_m : float
        From points along their line to the nearest point of ours.
    """

    mean_to_theirs_m: float
    p95_to_theirs_m: float
    mean_to_ours_m: float
    p95_to_ours_m: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a holder's area two maps agree on.

    Parameters
    ----------
    shared_m2 : float
        What both give to the holder, square metres.
    either_m2 : float
        What at least one of them does.
    """

    shared_m2: float
    either_m2: float

    @property
    def iou(self) -> float | None:
        """Return intersection over union, 0 to 1; None when neither map gives the holder anything."""
        return min(1.0, self.shared_m2 / self.either_m2) if self.either_m2 > 0 else None


def front_distances(
    ours: shapely.Geometry, theirs: shapely.Geometry, *, step_m: float = STEP_M
) -> FrontDistances:
    """Measure how far two lines lie apart, from each to the other.

    Parameters
    ----------
    ours, theirs : LineString or MultiLineString
        In one metric CRS (x, y; metres).
    step_m : float
        Metres between the measured points: each part is cut into equal pieces no longer than this, and the
        middle of a piece is measured, weighted with the piece's length. The mean is off by less than half
        a step.

    Returns
    -------
    FrontDistances

    Raises
    ------
    NothingToCompare
        When a side has no line.
    BadInput
        When coordinates are not finite, the step is not above 0, or there are more than two million points.
    """
    return FrontDistances(
        *directed_distance(ours, theirs, step_m=step_m), *directed_distance(theirs, ours, step_m=step_m)
    )


def front_distances_lonlat(
    ours: shapely.Geometry, theirs: shapely.Geometry, *, step_m: float = STEP_M
) -> FrontDistances:
    """Measure two lines of EPSG:4326 (longitude, latitude) in the UTM zone in the middle of both.

    Raises
    ------
    NothingToCompare, BadInput
        As `front_distances` does.
    """
    zone = utm_zone(ours, theirs)
    return front_distances(zone.project(ours), zone.project(theirs), step_m=step_m)


def utm_zone(*geometries: shapely.Geometry) -> UtmZone:
    """Return the UTM zone in the middle of geometries of EPSG:4326 (longitude, latitude).

    Raises
    ------
    NothingToCompare
        When all of them are empty.
    BadInput
        When a coordinate is not a finite number.
    """
    positions = np.concatenate([shapely.get_coordinates(geometry) for geometry in geometries])
    if not len(positions):
        raise NothingToCompare("there is no geometry on either side")
    if not np.isfinite(positions).all():
        raise BadInput("a front has coordinates that are not finite numbers")
    return UtmZone.of(positions[:, 0], positions[:, 1])


def area_overlaps(
    ours: Mapping[str, shapely.Geometry],
    theirs: Mapping[str, shapely.Geometry],
    band: shapely.Geometry,
) -> dict[str, Overlap]:
    """Measure for each holder on how much of its area two maps agree within a band.

    Parameters
    ----------
    ours, theirs : mapping of str to Polygon or MultiPolygon
        What each holder has, by the same names, in one metric CRS.
    band : Polygon or MultiPolygon
        The ground on which they are compared, in the same CRS.

    Returns
    -------
    dict of str to Overlap
        By holder, in the order of their names.
    """
    empty = shapely.Polygon()
    found: dict[str, Overlap] = {}
    for holder in sorted({*ours, *theirs}):
        first = shapely.intersection(ours.get(holder, empty), band)
        second = shapely.intersection(theirs.get(holder, empty), band)
        shared = float(shapely.area(shapely.intersection(first, second)))
        found[holder] = Overlap(shared, float(shapely.area(first) + shapely.area(second)) - shared)
    return found


def directed_distance(
    line: shapely.Geometry, other: shapely.Geometry, *, step_m: float = STEP_M
) -> tuple[float, float]:
    """Return how far a line lies from another, one way: mean and 95th percentile, metres.

    Parameters and errors are those of `front_distances`.
    """
    segments = _segments(other)
    points, weights = _points_along(line, step_m)
    # Segment by segment in a tree: a point against a whole line of n segments costs n, here about log n.
    (_, _), distances = shapely.STRtree(segments).query_nearest(
        points, all_matches=False, return_distance=True
    )
    order = np.argsort(distances, kind="stable")
    reached = np.cumsum(weights[order])
    high = int(np.searchsorted(reached, _HIGH_SHARE * reached[-1] * (1 - 1e-12)))
    return float(np.average(distances, weights=weights)), float(distances[order[high]])


def _parts(line: shapely.Geometry) -> NDArray[np.object_]:
    parts: NDArray[np.object_] = shapely.get_parts(line)
    parts = parts[(shapely.get_dimensions(parts) == 1) & (shapely.length(parts) > 0)]
    if not np.isfinite(shapely.get_coordinates(line)).all():
        raise BadInput("a front has coordinates that are not finite numbers")
    if len(parts) == 0:
        raise NothingToCompare("there is no front on one side: nothing to measure a distance to")
    return parts


def _segments(line: shapely.Geometry) -> NDArray[np.object_]:
    parts = _parts(line)
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    within = part[:-1] == part[1:]
    ends = np.stack([coordinates[:-1][within], coordinates[1:][within]], axis=1)
    segments: NDArray[np.object_] = shapely.linestrings(ends)
    return segments


def _points_along(line: shapely.Geometry, step_m: float) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    if not (math.isfinite(step_m) and step_m > 0):
        raise BadInput(f"the step is {step_m} m: it must be above 0")
    parts = _parts(line)
    lengths = shapely.length(parts)
    counts = np.maximum(1, np.ceil(lengths / step_m - 1e-9))
    if counts.sum() > _MOST_POINTS:
        raise BadInput(
            f"a front of {lengths.sum() / 1000:,.0f} km has more than {_MOST_POINTS:,} steps of {step_m:g} m:"
            " take a longer step"
        )
    counts = counts.astype(int)
    pieces = np.repeat(lengths / counts, counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    along = (np.arange(counts.sum()) - first + 0.5) * pieces
    return shapely.line_interpolate_point(np.repeat(parts, counts), along), pieces
