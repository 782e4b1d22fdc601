"""The mesh of a coverage: vertices shared by all cells, and edges that know the cells on both sides."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import ControlFault

GRID_M = 0.001
"""Vertices lie on a grid of this step: equal ones are equal to the last bit."""
_STEPS_PER_M = 1000.0

_WIDEST = 1 << 32
_LONGEST_EDGE_M = 5_000.0
"""Longer edges get corners in between: straight in metres, they are not in degrees. It leaves 0.5 m."""


def on_grid(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return coordinates (metres) moved to the nearest points of the grid, as GEOS writes them."""
    return np.round(coordinates * _STEPS_PER_M) / _STEPS_PER_M


@dataclass(frozen=True, slots=True)
class Mesh:
    """Cells as a planar mesh; see `geodata.control.cells.Coverage` for its arrays.

    Parameters
    ----------
    polygons_m : array (cells,) of Polygon or MultiPolygon
        Metres; outer rings counter-clockwise.
    corners : array
        The vertex of each coordinate of ``polygons_m``, in the order of `shapely.get_coordinates`.
    vertices_m : array (vertices, 2)
        Metres.
    edges, edge_vertices, edge_parts : array (edges, 2)
        Cells left and right, vertices from and to, parts left and right; -1 is outside.
    part_cells : array (parts,)
        The cell of each part.
    """

    polygons_m: NDArray[np.object_]
    corners: NDArray[np.intp]
    vertices_m: NDArray[np.float64]
    edges: NDArray[np.int32]
    edge_vertices: NDArray[np.int32]
    edge_parts: NDArray[np.int32]
    part_cells: NDArray[np.int32]

    def moved(self, by: NDArray[np.float64]) -> Mesh:
        """Return the mesh moved by (east, north) metres."""
        vertices = self.vertices_m + by
        polygons = shapely.set_coordinates(self.polygons_m.copy(), vertices[self.corners])
        return replace(self, polygons_m=polygons, vertices_m=vertices)


def mesh_of(cells: NDArray[np.object_]) -> Mesh:
    """Find the vertices and edges that polygons share.

    Parameters
    ----------
    cells : array (cells,) of Polygon or MultiPolygon
        A valid coverage in metres with all corners on the grid, outer rings counter-clockwise.

    Raises
    ------
    ControlFault
        When an edge belongs to more than two cells, or twice to the same side.
    """
    parts, part_cells = shapely.get_parts(cells, return_index=True)
    rings, ring_parts = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    vertices, corners = _numbered(coordinates)
    starts = np.flatnonzero(ring[:-1] == ring[1:])
    tail, head, part = corners[starts], corners[starts + 1], ring_parts[ring[starts]]
    # An edge and its twin, which leads the other way around the neighbour, have the same key.
    key = np.minimum(tail, head) * np.int64(len(vertices)) + np.maximum(tail, head)
    order = np.argsort(key, kind="stable")
    tail, head, part, key = tail[order], head[order], part[order], key[order]
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    first = np.flatnonzero(new)
    counts = np.diff(np.append(first, len(key)))
    paired = counts == 2
    twin = first[paired] + 1
    if (counts > 2).any() or (tail[first[paired]] != head[twin]).any():
        raise ControlFault("an edge lies between more than two cells, or twice on one side")
    right = np.full(len(first), -1)
    right[paired] = part[twin]
    edge_parts = np.column_stack([part[first], right]).astype(np.int32)
    edges = np.where(edge_parts >= 0, part_cells[edge_parts], -1) if len(first) else edge_parts
    return Mesh(
        polygons_m=cells,
        corners=corners,
        vertices_m=vertices,
        edges=edges.astype(np.int32),
        edge_vertices=np.column_stack([tail[first], head[first]]).astype(np.int32),
        edge_parts=edge_parts,
        part_cells=part_cells.astype(np.int32),
    )


def bent(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """Give long edges corners on the grid in between, the same ones seen from both sides."""
    ends, cell = shapely.get_coordinates(cells, return_index=True)
    lengths = np.hypot(*(ends[1:] - ends[:-1]).T)
    found = cells.copy()
    for at in np.unique(cell[1:][(lengths > _LONGEST_EDGE_M) & (cell[1:] == cell[:-1])]).tolist():
        parts = [
            shapely.Polygon(_bent_ring(part.exterior), [_bent_ring(hole) for hole in part.interiors])
            for part in shapely.get_parts(cells[at])
        ]
        found[at] = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return found


def _bent_ring(ring: shapely.LinearRing) -> NDArray[np.float64]:
    corners = shapely.get_coordinates(ring)
    pieces = []
    for one, other in itertools.pairwise(corners):
        count = int(np.ceil(np.hypot(*(other - one)) / _LONGEST_EDGE_M))
        # Counted from the same end on both sides: GEOS's own way gives other corners from the other end.
        backwards = tuple(one) > tuple(other)
        low, high = (other, one) if backwards else (one, other)
        between = on_grid(low + (high - low) * (np.arange(1, count) / max(count, 1))[:, None])
        pieces += [one[None], between[::-1] if backwards else between]
    return np.concatenate([*pieces, corners[:1]])


def _numbered(coordinates: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the different points of the grid, and the number of each coordinate's point."""
    if not len(coordinates):
        return coordinates, np.empty(0, dtype=np.intp)
    steps = np.round(coordinates * _STEPS_PER_M).astype(np.int64)
    steps -= steps.min(axis=0)
    if steps.max() >= _WIDEST:
        raise ControlFault("the area is more than 4,000 km wide: split it")
    # As one number each, because sorting rows takes several times as long.
    key = (steps[:, 0].astype(np.uint64) << np.uint64(32)) | steps[:, 1].astype(np.uint64)
    _, first, corners = np.unique(key, return_index=True, return_inverse=True)
    return coordinates[first], corners
