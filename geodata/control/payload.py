"""The whole timeline as compact arrays: geometry once as arcs shared by neighbours, then a history a region.

Arcs and their references are TopoJSON's (Bostock & Metcalf 2013): a line between two regions is written
once, as whole steps from an origin, each corner relative to the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol, TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.control.arcs import chains, rings
from geodata.control.cells import Coverage

STEP_DEG = 0.0001
"""About 11 m: corners are moved by at most 8 m."""

_STRAIGHT_STEPS = 0.5
"""A corner less than this from the line between its neighbours is left out."""
_CURVE_BITS = 10
_NO_DAY = date(1970, 1, 1)

History = tuple[int, ...]
Ints = NDArray[np.int64]


class Drawable(Protocol):
    """What has a payload: a timeline of control."""

    @property
    def coverage(self) -> Coverage:
        """The cells."""

    @property
    def day_range(self) -> tuple[date, date] | None:
        """The first and last day that are drawn, None when there is nothing to draw."""

    @property
    def holders(self) -> Sequence[str]:
        """Holders by their numbers."""

    def styles(self) -> Sequence[Sequence[tuple[int, int, int]]]:
        """Return for each cell (day as a proleptic ordinal, holder's number or -1, style) of each change."""


class Payload(TypedDict):
    """Arrays for JSON.

    ``arcs`` hold x, y, dx, dy, … in steps from ``origin`` (longitude, latitude; degrees); ``arc_regions`` the
    regions to the left and right of each arc, -1 outside; ``regions`` the rings of each region (fill with the
    even-odd rule) as numbers of arcs, ``~number`` when walked backwards; ``histories`` for each region day
    (from ``start``), holder (number in ``holders``, -1 nobody) and style of each change, the first on day 0.
    ``end`` is exclusive; it equals ``start`` when there is nothing to draw.
    """

    start: str
    end: str
    holders: list[str]
    origin: list[float]
    step: float
    arcs: list[list[int]]
    arc_regions: list[list[int]]
    regions: list[list[list[int]]]
    histories: list[list[int]]


def payload(timeline: Drawable, *, step_deg: float = STEP_DEG) -> Payload:
    """Return a timeline as compact arrays.

    Parameters
    ----------
    timeline : Drawable
    step_deg : float
        Degrees of one step, in both directions.

    Returns
    -------
    Payload
        Cells with equal histories are one region. Areas smaller than a step are left out.
    """
    coverage = timeline.coverage
    days = timeline.day_range
    start = days[0] if days else _NO_DAY
    end = days[1] + timedelta(days=1) if days else _NO_DAY
    first = start.toordinal()
    after = (end - start).days
    drawn = [_history(history, first, after) for history in timeline.styles()]
    origin = np.floor(coverage.vertices.min(axis=0) / step_deg) if len(coverage.vertices) else np.zeros(2)
    steps = np.round(coverage.vertices / step_deg - origin).astype(np.int64)
    region, histories = _regions(drawn, _along_curve(coverage.points_m))
    arcs, arc_regions, refs = _arcs(coverage, region, steps)
    found: list[list[list[int]]] = [[] for _ in histories]
    for owner, ring in refs:
        found[owner].append(ring)
    return Payload(
        start=start.isoformat(),
        end=end.isoformat(),
        holders=list(timeline.holders),
        origin=[round(float(value), 9) for value in origin * step_deg],
        step=step_deg,
        arcs=arcs,
        arc_regions=arc_regions,
        regions=found,
        histories=[list(history) for history in histories],
    )


def _history(changes: Sequence[tuple[int, int, int]], first: int, after: int) -> History:
    """Return day, holder, style, … of the changes in the drawn time, from day 0 on, each a real change."""
    rows: list[tuple[int, int, int]] = [(0, -1, 0)]
    for ordinal, holder, style in changes:
        day = max(ordinal - first, 0)
        if day >= after:
            break
        if day == rows[-1][0]:
            rows.pop()
        if not rows or rows[-1][1:] != (holder, style):
            rows.append((day, holder, style))
    return tuple(value for row in rows for value in row)


def _regions(drawn: Sequence[History], order: Ints) -> tuple[Ints, list[History]]:
    """Return each cell's region, and the regions' histories; near cells get near numbers."""
    numbers: dict[History, int] = {}
    region = np.zeros(len(drawn), dtype=np.int64)
    for cell in order.tolist():
        region[cell] = numbers.setdefault(drawn[cell], len(numbers))
    return region, list(numbers)


def _arcs(
    coverage: Coverage, region: Ints, steps: Ints
) -> tuple[list[list[int]], list[list[int]], list[tuple[int, list[int]]]]:
    """Return arcs, the regions beside them, and (region, ring of references) of each ring."""
    sides = np.where(coverage.edges >= 0, region[coverage.edges], -1) if len(region) else coverage.edges
    border = sides[:, 0] != sides[:, 1]
    sides, ends = sides[border], coverage.edge_vertices[border].copy()
    # The lower region on the left, so that edges between the same two run on in one direction.
    turned = (sides[:, 1] >= 0) & (sides[:, 0] > sides[:, 1])
    sides[turned], ends[turned] = sides[turned][:, ::-1], ends[turned][:, ::-1]
    tail, head = ends.T
    joined = chains(tail, head, len(coverage.vertices))
    corners = [np.append(tail[chain], head[chain[-1]]) for chain in joined]
    written = [_written(steps[line]) for line in corners]
    begins = np.array([steps[line[0]] for line in corners]).reshape(-1, 2)
    order = [at for at in _along_curve(begins).tolist() if written[at]]
    number = {at: place for place, at in enumerate(order)}
    beside = [sides[chain[0]].tolist() for chain in joined]
    refs = []
    for owner, ring in _rings(coverage, corners, np.array(beside, dtype=np.int64).reshape(-1, 2)):
        numbered = [
            ~number[~at] if at < 0 else number[at] for at in ring if (~at if at < 0 else at) in number
        ]
        if numbered:
            refs.append((owner, numbered))
    return [written[at] for at in order], [beside[at] for at in order], refs


def _rings(
    coverage: Coverage, corners: Sequence[NDArray[np.int32]], beside: Ints
) -> list[tuple[int, list[int]]]:
    """Return (region, arcs) of each ring; an arc walked backwards is written as its complement."""
    ends = np.array([(line[0], line[-1]) for line in corners], dtype=np.int64).reshape(-1, 2)
    leave = np.array([(line[0], line[1]) for line in corners], dtype=np.int64).reshape(-1, 2)
    arrive = np.array([(line[-2], line[-1]) for line in corners], dtype=np.int64).reshape(-1, 2)
    inner = beside[:, 1] >= 0
    numbers = np.arange(len(corners))
    points = coverage.vertices_m
    leaving, arriving = (points[pair[:, 1]] - points[pair[:, 0]] for pair in (leave, arrive))
    number = np.concatenate([numbers, ~numbers[inner]])
    owner = np.concatenate([beside[:, 0], beside[inner, 1]])
    found = rings(
        np.concatenate([ends[:, 0], ends[inner, 1]]),
        np.concatenate([ends[:, 1], ends[inner, 0]]),
        owner,
        np.concatenate([leaving, -arriving[inner]]),
        np.concatenate([arriving, -leaving[inner]]),
    )
    return [(int(owner[ring[0]]), number[ring].tolist()) for ring in found]


def _written(line: Ints) -> list[int]:
    """Return a line in steps as its first corner and differences; empty when it is shorter than a step."""
    if (line == line[0]).all():
        return []
    corners = line
    if len(line) > 2:
        drawn = shapely.simplify(shapely.LineString(line), _STRAIGHT_STEPS)
        corners = shapely.get_coordinates(drawn).astype(np.int64)
    moved = (corners[1:] - corners[:-1])[(corners[1:] != corners[:-1]).any(axis=1)]
    return [*corners[0].tolist(), *moved.ravel().tolist()]


def _along_curve(points: NDArray[np.float64] | Ints) -> Ints:
    """Return the order of points along a space-filling curve (Hilbert's): near ones compress together."""
    if not len(points):
        return np.empty(0, dtype=np.int64)
    low, high = points.min(axis=0), points.max(axis=0)
    side = 1 << _CURVE_BITS
    x, y = ((points - low) / max(float((high - low).max()), 1e-9) * (side - 1)).astype(np.int64).T
    x, y = x.copy(), y.copy()
    along = np.zeros(len(points), dtype=np.int64)
    half = side >> 1
    while half:
        in_x, in_y = (x & half) > 0, (y & half) > 0
        along += half * half * ((3 * in_x) ^ in_y)
        flipped = ~in_y & in_x
        x[flipped], y[flipped] = side - 1 - x[flipped], side - 1 - y[flipped]
        swapped = ~in_y
        x[swapped], y[swapped] = y[swapped], x[swapped].copy()
        half >>= 1
    return np.argsort(along, kind="stable")
