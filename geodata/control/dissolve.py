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
    return _assembled(coverage, names, group, tail, part, found)


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


def _assembled(
    coverage: Coverage, names: Keys, group: Keys, tail: Keys, part: Keys, found: list[list[int]]
) -> dict[int, shapely.MultiPolygon]:
    """Return polygons by key of rings of edges: one polygon for each outer ring, holes in their own.

    Parameters
    ----------
    names : array
        The key of each group.
    group : array (cells,)
        The group of each cell.
    tail, part : array (edges,)
        The vertex that each edge leads from, and the part to its left.
    found : list of list of int
        Rings of edges.
    """
    edges = np.concatenate([np.asarray(ring) for ring in found])
    lengths = np.array([len(ring) for ring in found])
    ring_of = np.repeat(np.arange(len(found)), lengths)
    starts = np.cumsum(lengths) - lengths
    corners = tail[edges]
    within = part[edges[starts]]
    owner = group[coverage.part_cells[within]]
    areas = _doubled_areas(coverage.vertices_m[corners], starts)
    shells, holes = np.flatnonzero(areas > 0), np.flatnonzero(areas <= 0)
    shell_of = np.arange(len(found))
    # Most areas are in one piece, and all their holes in it.
    only = np.full(len(names), -1)
    only[owner[shells]] = shells
    several = np.bincount(owner[shells], minlength=len(names)) > 1
    shell_of[holes] = only[owner[holes]]
    asked = holes[several[owner[holes]]]
    if len(asked):
        chosen = np.flatnonzero((areas > 0) & several[owner])
        mine = np.isin(ring_of, chosen)
        _, numbers = np.unique(ring_of[mine], return_inverse=True)
        drawn = shapely.polygons(shapely.linearrings(coverage.vertices_m[corners[mine]], indices=numbers))
        inside = shapely.points(coverage.part_points_m[within[asked]])
        hole, shell = shapely.STRtree(drawn).query(inside, predicate="within")
        hole, shell = asked[hole], chosen[shell]
        same = owner[hole] == owner[shell]
        hole, shell = hole[same], shell[same]
        # The smallest around it is the last to be written.
        order = np.argsort(-areas[shell], kind="stable")
        shell_of[hole[order]] = shell[order]
    rings_drawn = shapely.linearrings(coverage.vertices[corners], indices=ring_of)
    order = np.lexsort((areas <= 0, shell_of, owner))
    new = np.diff(shell_of[order], prepend=-1) != 0
    polygons = shapely.polygons(rings_drawn[order], indices=np.cumsum(new) - 1)
    joined = shapely.multipolygons(polygons, indices=owner[order][new])
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
