"""Areas and fronts of a day: cells joined along the edges where holders change, without polygon unions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.control.arcs import chains, rings
from geodata.control.cells import Coverage
from geodata.errors import BadInput
from geodata.geometry import split_at_antimeridian

Keys = NDArray[np.integer]


def dissolve(coverage: Coverage, keys: Keys) -> dict[int, shapely.MultiPolygon]:
    """Join the cells with the same key.

    Parameters
    ----------
    coverage : Coverage
    keys : array (cells,) of int
        Any numbers.

    Returns
    -------
    dict of int to MultiPolygon
        By key, in order. EPSG:4326 (longitude, latitude), valid, outer rings counter-clockwise (RFC 7946),
        cut at the antimeridian.

    Raises
    ------
    BadInput
        When there is not one key a cell.
    """
    _check(coverage, keys)
    if not len(keys):
        return {}
    names, group = np.unique(keys, return_inverse=True)
    left, right = group[coverage.edges[:, 0]], _beyond(coverage, group)
    border = left != right
    leaving, arriving = coverage.edge_vertices[border].T
    inner = right[border] >= 0
    # Each side walks the border with itself on the left.
    tail = np.concatenate([leaving, arriving[inner]])
    head = np.concatenate([arriving, leaving[inner]])
    part = np.concatenate([coverage.edge_parts[border, 0], coverage.edge_parts[border, 1][inner]])
    ways = coverage.vertices_m[head] - coverage.vertices_m[tail]
    found = rings(tail, head, group[coverage.part_cells[part]], ways, ways)
    whole = _wholes(coverage, ~border)
    return _assembled(coverage, names, group, tail, whole[part], found)


def front_lines(coverage: Coverage, keys: Keys) -> Mapping[tuple[int, int], shapely.MultiLineString]:
    """Return the lines between cells with different keys.

    Parameters
    ----------
    coverage : Coverage
    keys : array (cells,) of int
        Holders; cells with a key below 0 have none, and no front.

    Returns
    -------
    mapping of (int, int) to MultiLineString
        By the two keys, the lower first and on the left of the lines. EPSG:4326 (longitude, latitude),
        cut at the antimeridian.

    Raises
    ------
    BadInput
        When there is not one key a cell.
    """
    _check(coverage, keys)
    left, right = coverage.edges.T
    if not len(left):
        return {}
    one, other = keys[left], np.where(right >= 0, keys[right], -1)
    front = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
    one, other = one[front], other[front]
    ends = coverage.edge_vertices[front]
    ends[one > other] = ends[one > other][:, ::-1]
    pairs = np.column_stack([np.minimum(one, other), np.maximum(one, other)])
    found = {}
    for low, high in np.unique(pairs, axis=0).tolist():
        tail, head = ends[(pairs == (low, high)).all(axis=1)].T
        lines = [
            shapely.LineString(coverage.vertices[[*tail[chain], head[chain[-1]]]])
            for chain in chains(tail, head, len(coverage.vertices))
        ]
        line = split_at_antimeridian(shapely.multilinestrings(lines))
        found[low, high] = line if line.geom_type == "MultiLineString" else shapely.multilinestrings([line])
    return found


def _check(coverage: Coverage, keys: Keys) -> None:
    if keys.shape != (len(coverage),):
        raise BadInput(f"there are keys of shape {keys.shape} for {len(coverage)} cells", where="keys")


def _beyond(coverage: Coverage, group: Keys) -> Keys:
    right = coverage.edges[:, 1]
    found: Keys = np.where(right >= 0, group[right], -1)
    return found


def _wholes(coverage: Coverage, joined: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return for each part the lowest number of the parts that edges join it to (Shiloach & Vishkin 1982)."""
    one, other = coverage.edge_parts[joined].T
    lowest = np.arange(len(coverage.part_cells))
    while True:
        here, there = lowest[one], lowest[other]
        apart = here != there
        if not apart.any():
            return lowest
        one, other, here, there = one[apart], other[apart], here[apart], there[apart]
        np.minimum.at(lowest, np.maximum(here, there), np.minimum(here, there))
        while True:
            jumped = lowest[lowest]
            if (jumped == lowest).all():
                break
            lowest = jumped


def _assembled(
    coverage: Coverage,
    names: Keys,
    group: Keys,
    tail: Keys,
    whole: NDArray[np.intp],
    found: list[list[int]],
) -> dict[int, shapely.MultiPolygon]:
    """Return polygons by key of rings of edges: one polygon for each whole, the holes in their own."""
    lengths = np.array([len(ring) for ring in found])
    edges = np.concatenate([np.asarray(ring) for ring in found])
    ring_of = np.repeat(np.arange(len(found)), lengths)
    starts = np.cumsum(lengths) - lengths
    corners = tail[edges]
    wholes = whole[edges[starts]]
    hole = _doubled_areas(coverage.vertices_m[corners], starts) < 0
    drawn = shapely.linearrings(coverage.vertices[corners], indices=ring_of)
    # The outer ring of each polygon comes first.
    order = np.lexsort((hole, wholes))
    numbers, polygon_of = np.unique(wholes[order], return_inverse=True)
    polygons = shapely.polygons(drawn[order], indices=polygon_of)
    owner = group[coverage.part_cells[numbers]]
    by_owner = np.argsort(owner, kind="stable")
    joined = shapely.multipolygons(polygons[by_owner], indices=owner[by_owner])
    return {name: _sound(geometry) for name, geometry in zip(names.tolist(), joined, strict=True)}


def _doubled_areas(corners: NDArray[np.float64], starts: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return twice the signed area of rings that are not closed, given one after the other."""
    following = np.arange(1, len(corners) + 1)
    following[np.append(starts[1:], len(corners)) - 1] = starts
    x, y = (corners - corners[0]).T
    areas: NDArray[np.float64] = np.add.reduceat(x * y[following] - x[following] * y, starts)
    return areas


def _sound(geometry: shapely.MultiPolygon) -> shapely.MultiPolygon:
    geometry = split_at_antimeridian(geometry)
    # See `Coverage.polygons`.
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry, method="structure")
    if geometry.geom_type != "MultiPolygon":
        geometry = shapely.multipolygons([geometry])
    return shapely.orient_polygons(geometry)
