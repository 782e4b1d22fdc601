"""Tell which places lie near a front, and what is left of a certainty that nobody renewed there."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.control.cells import Coverage
from geodata.control.rules import ControlRules
from geodata.control.segments import Segments

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def front_edges(coverage: Coverage, today: Segments) -> Ints:
    """Return the edges between two different holders, given each cell's row of a day."""
    inner = np.flatnonzero(coverage.edges[:, 1] >= 0)
    sides = today["holder"][coverage.edges[inner]]
    found: Ints = inner[(sides >= 0).all(axis=1) & (sides[:, 0] != sides[:, 1])]
    return found


def _lines(coverage: Coverage, edges: Ints) -> NDArray[np.object_]:
    found: NDArray[np.object_] = shapely.linestrings(coverage.vertices_m[coverage.edge_vertices[edges]])
    return found


def near_front(coverage: Coverage, edges: Ints, near_m: float) -> Flags:
    """Tell for each cell whether its place lies within a distance (metres) of one of some edges."""
    near = np.zeros(len(coverage), dtype=bool)
    if len(edges):
        # Prepared, a line of thousands of pieces is five times as fast to ask as a tree of them.
        front = shapely.multilinestrings(_lines(coverage, edges))
        shapely.prepare(front)
        near = shapely.dwithin(front, coverage.sites, near_m)
    return near


def faded(support: Floats, confirmed: NDArray[Any], day: NDArray[Any] | int, rules: ControlRules) -> Floats:
    """Return support halved once every half-life since the last confirmation, where there was one."""
    age = np.where(confirmed > 0, np.maximum(np.asarray(day, dtype=np.int64) - confirmed, 0), 0)
    return rules.faded(support, age)


def days_near(coverage: Coverage, cells: Ints, spans: NDArray[Any], near_m: float) -> tuple[Ints, Ints, Ints]:
    """Return when some cells are near a front, as (cell, first day, day after the last), without overlaps.

    Parameters
    ----------
    coverage : Coverage
    cells : array
        Positions of cells.
    spans : array of `geodata.control.intervals.EDGE`
        When which edge is a front.
    near_m : float
        Metres.
    """
    none = np.zeros(0, dtype=np.int64)
    if not len(cells) or not len(spans):
        return none, none, none
    # The same days of neighbouring edges are one: few different spans stand for many edges.
    edges, edge_of = np.unique(spans["edge"], return_inverse=True)
    tree = shapely.STRtree(_lines(coverage, edges))
    asking, found = tree.query(coverage.sites[cells], predicate="dwithin", distance=near_m)
    order = np.argsort(edge_of, kind="stable")
    first = np.searchsorted(edge_of[order], np.arange(len(edges) + 1))
    count = np.diff(first)[found]
    pair = np.repeat(np.arange(len(found)), count)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    span = order[first[found[pair]] + within]
    cell = cells[asking[pair]].astype(np.int64)
    return _joined(cell, spans["start"][span].astype(np.int64), spans["end"][span].astype(np.int64))


def _joined(cell: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Join half-open spans of each cell that overlap or meet."""
    order = np.lexsort((start, cell))
    cell, start, end = cell[order], start[order], end[order]
    # One running maximum serves all cells, when each cell's days lie beyond those of the cell before.
    lift = cell << 23
    reached = np.maximum.accumulate(end + lift)
    new = np.ones(len(cell), dtype=bool)
    new[1:] = (cell[1:] != cell[:-1]) | (start[1:] + lift[1:] > reached[:-1])
    last = np.append(np.flatnonzero(new)[1:], len(cell)) - 1
    return cell[new], start[new], (reached[last] - lift[last]) if len(cell) else end
