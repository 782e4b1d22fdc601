"""The front that somebody else's map shows on a day: its lines, or where differently held areas meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

import geopandas as gpd
import shapely

from geodata.geometry import UtmZone

GAP_M = 250.0
"""How far two hand-drawn areas may miss or overlap each other and still meet, metres."""

_MARGIN_DEG = 0.5


@dataclass(frozen=True, slots=True)
class DrawnDay:
    """What a drawn map shows on a day, in metres.

    Parameters
    ----------
    front : shapely geometry
        (Multi)LineString in the zone's CRS, also beyond the ground that is compared; empty when it has none.
    areas : mapping of str to (Multi)Polygon
        By holder id, in the same CRS: only of those whose names were matched.
    notes : tuple of str
        What a reader must know about how the front came about.
    """

    front: shapely.Geometry = field(default_factory=shapely.LineString)
    areas: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def drawn_day(
    frame: gpd.GeoDataFrame,
    ground: shapely.Geometry,
    zone: UtmZone,
    *,
    match: Mapping[str, str],
    between: tuple[str, str] | None = None,
    gap_m: float = GAP_M,
) -> DrawnDay:
    """Return the front and the areas of a drawn map near the ground that is compared.

    Lines are the front where there are any; with `between`, those that say they part others are left out.
    Otherwise the front is where areas of different holders meet: the stretches of each outline that lie
    within `gap_m` of the other's area, for hands leave gaps and overlaps. Where only one holder is drawn, or
    their map never shows one of the two asked for (it is the map's background), the front is where the other
    meets nobody else.

    Parameters
    ----------
    frame : GeoDataFrame
        Of `geodata.control.drawn.DrawnFronts.on`, EPSG:4326.
    ground : (Multi)Polygon
        EPSG:4326; what lies more than 0.5° from its box is left out.
    zone : UtmZone
        For the metres.
    match : mapping of str to str
        Holder ids by the drawer's names; a name that is not in it is a holder of its own.
    between : tuple of str, optional
        Two holder ids: only the front between them.
    gap_m : float
        Metres.
    """
    west, south, east, north = ground.bounds
    near = shapely.box(west - _MARGIN_DEG, south - _MARGIN_DEG, east + _MARGIN_DEG, north + _MARGIN_DEG)
    frame = frame[frame.intersects(near)]
    is_area = shapely.get_dimensions(frame.geometry.to_numpy()) == 2
    held: dict[str, list[shapely.Geometry]] = {}
    for name, geometry in zip(frame["controller"][is_area], frame.geometry[is_area], strict=True):
        held.setdefault(_holder(name, match), []).append(shapely.intersection(geometry, near))
    areas = {holder: zone.project(_only(shapely.union_all(parts), 2)) for holder, parts in held.items()}
    known = {holder: area for holder, area in areas.items() if holder in set(match.values())}
    if not is_area.all():
        return _by_lines(frame[~is_area], near, zone, match, between, known)
    return _by_areas(areas, known, set(match.values()), between, gap_m)


def _by_lines(
    frame: gpd.GeoDataFrame,
    near: shapely.Geometry,
    zone: UtmZone,
    match: Mapping[str, str],
    between: tuple[str, str] | None,
    known: Mapping[str, shapely.Geometry],
) -> DrawnDay:
    lines, silent = [], 0
    for one in frame.itertuples():
        facing = {_holder(name, match) for name in (one.side_a, one.side_b) if name}
        if between is None or not facing or facing == set(between):
            lines.append(shapely.intersection(one.geometry, near))
            silent += not facing
    notes = []
    if between and silent:
        notes.append(f"{silent} of their lines do not say who faces whom: taken for the front asked for")
    return DrawnDay(zone.project(_only(shapely.union_all(lines), 1)), known, tuple(notes))


def _by_areas(
    areas: Mapping[str, shapely.Geometry],
    known: Mapping[str, shapely.Geometry],
    drawn: set[str],
    between: tuple[str, str] | None,
    gap_m: float,
) -> DrawnDay:
    wanted = sorted(set(areas) & set(between) if between else set(areas))
    never = sorted(set(between or ()) - drawn)
    if len(wanted) == 1 and (never or len(areas) == 1):
        who = wanted[0]
        others = [shapely.buffer(area, gap_m, quad_segs=4) for name, area in areas.items() if name != who]
        outline = shapely.difference(shapely.boundary(areas[who]), shapely.union_all(others))
        background = f"their map never shows {never[0]}" if never else f"their map shows only {who}"
        note = f"{background}: where {who} meets nobody else is taken for the front"
        return DrawnDay(_only(outline, 1), known, (note,))
    outlines = {holder: shapely.boundary(areas[holder]) for holder in wanted}
    reach = {holder: shapely.buffer(areas[holder], gap_m, quad_segs=4) for holder in wanted}
    meeting = [
        shapely.intersection(outlines[one], reach[other])
        for first, second in combinations(wanted, 2)
        for one, other in ((first, second), (second, first))
    ]
    return DrawnDay(_only(shapely.union_all(meeting), 1), known)


def _holder(name: str, match: Mapping[str, str]) -> str:
    # A name that nobody matched cannot be an id: ids have no quotation marks.
    return match.get(name, f"“{name}”")


def _only(geometry: shapely.Geometry, dimension: int) -> shapely.Geometry:
    """Return the lines (1) or areas (2) of a geometry, without what touching leaves over."""
    parts = shapely.get_parts(geometry)
    # An intersection may give a collection of collections.
    parts = shapely.get_parts(parts)
    parts = parts[shapely.get_dimensions(parts) == dimension]
    return shapely.multilinestrings(parts) if dimension == 1 else shapely.multipolygons(parts)
