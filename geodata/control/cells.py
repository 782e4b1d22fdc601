"""Cells of control: one Voronoi coverage of the places, whose neighbours share their vertices exactly.

The diagram is shapely's, with two guards. Far points all around keep its outer frame away from the places:
near the frame it can give a cell that covers others (shapely issue #2264). And every coverage is checked
before anyone sees it: each place in its own cell, `shapely.coverage_is_valid`, areas and border that add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.control.mesh import GRID_M, Mesh, bent, mesh_of, on_grid
from geodata.control.reach import buffers, placed_of
from geodata.errors import BadInput, ControlFault
from geodata.geometry import UtmZone, split_at_antimeridian
from geodata.model import Place

REACH_M = 8_000.0
"""How far an area that nobody gave reaches beyond the places."""
MERGE_M = 1.0
"""Places nearer to each other than this share a cell."""

_FAR = 4.0
"""Radius of the ring of far points, in widths of the data: no border with them reaches the area."""
_RING = np.radians(np.arange(11.0, 360.0, 45.0))
_JITTERS_M = (0.0, 0.01, 0.05, 0.2)

Points = NDArray[np.float64]
Geometries = NDArray[np.object_]


class Coverage:
    """Draw one cell around each place, so that all cells together fill an area without gap or overlap.

    A cell is what lies nearer to its place than to any other, cut to the area: it may have several parts.
    Numbers are positions: of cells in `points_m` and `polygons_m`, of parts, and of vertices in `vertices`.

    Parameters
    ----------
    zone : UtmZone
        In which it is measured.
    cell_of : mapping of str to int
        The cell of each place that has one; places within a metre of each other share it.
    outside : tuple of str
        Places without a cell: outside the area, or without a point.
    points_m : array (cells, 2)
        Easting and northing of the first place of each cell.
    mesh : Mesh
        The cells' outlines.
    """

    def __init__(
        self,
        zone: UtmZone,
        cell_of: Mapping[str, int],
        outside: tuple[str, ...],
        points_m: Points,
        mesh: Mesh,
    ) -> None:
        self.zone = zone
        self.cell_of = MappingProxyType(dict(cell_of))
        self.outside = outside
        self.points_m = points_m
        self.polygons_m: Geometries = mesh.polygons_m
        """Polygon or MultiPolygon a cell, in metres of the zone."""
        self.vertices_m: Points = mesh.vertices_m
        """(vertices, 2): easting, northing."""
        self.vertices: Points = zone.to_degrees(mesh.vertices_m)
        """(vertices, 2): longitude, latitude; longitudes may go on beyond ±180 across the antimeridian."""
        self.edges = mesh.edges
        """(edges, 2): the cells to the left and right of each edge; right is -1 at the area's border."""
        self.edge_vertices = mesh.edge_vertices
        """(edges, 2): the vertices that each edge leads from and to."""
        self.edge_parts = mesh.edge_parts
        """(edges, 2): the parts of cells to the left and right; right is -1 at the border."""
        self.part_cells = mesh.part_cells
        """(parts,): the cell of each connected part; cells in order, nearly all have one."""
        self._corners = mesh.corners

    @classmethod
    def of(cls, places: Iterable[Place], area: shapely.Geometry | None = None) -> Coverage:
        """Draw the cells of places within an area.

        Parameters
        ----------
        places : iterable of Place
            In the order of their cells. Those outside the area or without a point on Earth get none.
        area : Polygon or MultiPolygon, optional
            EPSG:4326 (longitude, latitude), with or without holes; made valid when it is not. Without it
            8 km around the places.

        Raises
        ------
        BadInput
            When the area is not a polygon, or too wide for one UTM zone.
        ControlFault
            When the cells have gaps or overlaps that moving places by centimetres does not cure.
        """
        placed, outside = placed_of(places)
        positions = np.array([(place.lon, place.lat) for place in placed], dtype=float).reshape(-1, 2)
        zone = UtmZone.of(positions[:, 0], positions[:, 1])
        points = zone.to_metres(positions)
        area_m = buffers(points, REACH_M) if area is None else zone.project(_polygonal(area))
        shift = np.floor(points.mean(axis=0)) if len(points) else np.zeros(2)
        # Small numbers: a UTM northing leaves fewer digits for the millimetres.
        ground = shapely.set_precision(shapely.transform(area_m, lambda corners: corners - shift), GRID_M)
        local = points - shift
        inside, local = _covered(ground, local)
        outside += [place.place_id for place, is_in in zip(placed, inside, strict=True) if not is_in]
        local = local[inside]
        first = _merged(local)
        kept, cells = np.unique(first, return_inverse=True)
        names = [place.place_id for place, is_in in zip(placed, inside, strict=True) if is_in]
        mesh = _drawn(local[kept], ground).moved(shift)
        cell_of = dict(zip(names, cells.tolist(), strict=True))
        return cls(zone, cell_of, tuple(outside), local[kept] + shift, mesh)

    def __len__(self) -> int:
        return len(self.points_m)

    @property
    def polygons(self) -> Geometries:
        """Polygon or MultiPolygon a cell, in EPSG:4326 (longitude, latitude), as RFC 7946 asks.

        Outer rings are counter-clockwise, and cells across the antimeridian are cut there.
        """
        drawn: Geometries = shapely.set_coordinates(self.polygons_m.copy(), self.vertices[self._corners])
        # Straight in metres is not straight in degrees: a corner a metre from an edge may come to lie beyond.
        crossed = ~shapely.is_valid(drawn)
        drawn[crossed] = shapely.orient_polygons(shapely.make_valid(drawn[crossed], method="structure"))
        return self._split(drawn)

    @cached_property
    def sites(self) -> Geometries:
        """Point a cell: where its place lies, in metres."""
        found: Geometries = shapely.points(self.points_m)
        return found

    @cached_property
    def part_points_m(self) -> Points:
        """(parts, 2): a point in each part of a cell, its place's where the cell is in one piece."""
        found = self.points_m[self.part_cells]
        several = np.bincount(self.part_cells, minlength=len(self))[self.part_cells] > 1
        parts = shapely.get_parts(self.polygons_m)[several]
        found[several] = shapely.get_coordinates(shapely.point_on_surface(parts))
        return found

    def edge_lines(self, numbers: NDArray[np.intp] | None = None) -> Geometries:
        """Return edges as LineStrings in EPSG:4326 (longitude, latitude), the left cell on their left.

        Those across the antimeridian are cut there, to a MultiLineString.
        """
        chosen = self.edge_vertices if numbers is None else self.edge_vertices[numbers]
        return self._split(shapely.linestrings(self.vertices[chosen]))

    def _split(self, drawn: Geometries) -> Geometries:
        beyond = np.flatnonzero(np.abs(shapely.bounds(drawn)[:, [0, 2]]).max(axis=1) > 180)
        for at in beyond:
            drawn[at] = split_at_antimeridian(drawn[at])
        return drawn


def _polygonal(area: shapely.Geometry) -> shapely.Geometry:
    if area.geom_type not in ("Polygon", "MultiPolygon"):
        raise BadInput(f"is a {area.geom_type}; give a Polygon or MultiPolygon", where="area")
    if not np.isfinite(shapely.get_coordinates(area)).all():
        raise BadInput("has coordinates that are not finite numbers", where="area")
    return area if area.is_valid else shapely.make_valid(area)


def _covered(ground: shapely.Geometry, points: Points) -> tuple[NDArray[np.bool_], Points]:
    """Tell which points lie in the area, and return them with those right on its border moved into it."""
    shapely.prepare(ground)
    drawn = shapely.points(points)
    found = shapely.dwithin(ground, drawn, MERGE_M)
    edge = np.flatnonzero(found & ~shapely.intersects_xy(ground, points))
    if len(edge):
        # A border that is straight in degrees is not in metres.
        points = points.copy()
        points[edge] = shapely.get_coordinates(shapely.shortest_line(ground, drawn[edge]))[::2]
    return found, points


def _merged(points: Points) -> NDArray[np.intp]:
    """Return for each point the first point within `MERGE_M` that stands for it, itself as a rule."""
    first = np.arange(len(points))
    drawn = shapely.points(points)
    one, other = shapely.STRtree(drawn).query(drawn, predicate="dwithin", distance=MERGE_M)
    order = np.lexsort((other, one))
    for low, high in zip(one[order].tolist(), other[order].tolist(), strict=True):
        # Those that stand for themselves only: a chain of near points does not become one cell.
        if low < high and first[low] == low and first[high] == high:
            first[high] = low
    return first


def _drawn(points: Points, ground: shapely.Geometry) -> Mesh:
    """Return the mesh of the points' cells, trying again with the points moved a little."""
    if not len(points):
        return mesh_of(np.empty(0, dtype=object))
    shake = np.random.default_rng(2264).uniform(-1.0, 1.0, points.shape)
    reasons = []
    for jitter_m in _JITTERS_M:
        try:
            cells = _voronoi(points + jitter_m * shake, ground)
            _check(cells, points, ground, jitter_m)
            mesh = mesh_of(cells)
            _check_border(mesh, ground)
        except (ControlFault, shapely.GEOSException) as fault:
            reasons.append(str(fault))
        else:
            return mesh
    raise ControlFault(
        f"the cells of {len(points)} places have gaps or overlaps, also with places moved by"
        f" {_JITTERS_M[-1]} m ({'; '.join(dict.fromkeys(reasons))}): look for places in one straight line"
        " or an area with slivers"
    )


def _voronoi(points: Points, ground: shapely.Geometry) -> Geometries:
    """Return the Voronoi cells of points (metres), on the grid and cut to the area."""
    corners = np.concatenate([points, np.reshape(ground.bounds, (2, 2))])
    low, high = corners.min(axis=0), corners.max(axis=0)
    radius = _FAR * max(float(np.hypot(*(high - low))), 1000.0)
    far = (low + high) / 2 + radius * np.column_stack([np.cos(_RING), np.sin(_RING)])
    diagram = shapely.voronoi_polygons(shapely.multipoints(np.concatenate([points, far])), ordered=True)
    cells = _on_grid(shapely.get_parts(diagram)[: len(points)])
    shapely.prepare(ground)
    cut = ~shapely.contains_properly(ground, cells)
    cells[cut] = _areal(shapely.intersection(cells[cut], ground, grid_size=GRID_M))
    oriented: Geometries = shapely.orient_polygons(bent(cells))
    return oriented


def _on_grid(cells: Geometries) -> Geometries:
    """Return polygons without holes with all corners on the grid, those that coincide there once."""
    corners, owner = shapely.get_coordinates(cells, return_index=True)
    corners = on_grid(corners)
    kept = np.ones(len(corners), dtype=bool)
    kept[1:] = (corners[1:] != corners[:-1]).any(axis=1) | (owner[1:] != owner[:-1])
    if np.bincount(owner[kept], minlength=len(cells)).min() < 4:
        raise ControlFault("a cell is narrower than a millimetre")
    rings: Geometries = shapely.polygons(shapely.linearrings(corners[kept], indices=owner[kept]))
    return rings


def _areal(geometries: Geometries) -> Geometries:
    """Return geometries without the points and lines that cutting may leave."""
    mixed = np.flatnonzero(shapely.get_type_id(geometries) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for at in mixed:
        parts = shapely.get_parts(geometries[at])
        geometries[at] = shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])
    return geometries


def _check(cells: Geometries, points: Points, ground: shapely.Geometry, jitter_m: float) -> None:
    """Raise `ControlFault` where a cell is not its point's or the cells do not fill the area once."""
    if not shapely.dwithin(cells, shapely.points(points), 2 * jitter_m + 2 * GRID_M).all():
        raise ControlFault("a place lies outside its own cell")
    filled, whole = float(shapely.area(cells).sum()), float(ground.area)
    # The cut corners lie on the grid: each may be off by half a step across an edge.
    if abs(filled - whole) > 1e-9 * whole + GRID_M * float(ground.length):
        raise ControlFault(f"the cells cover {filled:.3f} m² of {whole:.3f} m²")
    if not shapely.coverage_is_valid(cells):
        raise ControlFault("neighbouring cells do not meet exactly")


def _check_border(mesh: Mesh, ground: shapely.Geometry) -> None:
    ends = mesh.vertices_m[mesh.edge_vertices[mesh.edges[:, 1] < 0]]
    length = float(np.hypot(*(ends[:, 0] - ends[:, 1]).T).sum())
    if abs(length - ground.length) > 1e-6 * ground.length + 1.0:
        raise ControlFault(
            f"the border of all cells is {length:.1f} m long, the area's {ground.length:.1f} m"
        )
