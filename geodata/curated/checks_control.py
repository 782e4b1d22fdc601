"""The rules between the curated rows that the map of control is derived from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from geodata.curated.atlas import CuratedAtlas
from geodata.curated.checks_ids import check_unique, refer
from geodata.curated.rows import Row
from geodata.model import ControlArea, Statement

_TOO_EXACT = re.compile(r"\.[0-9]{5}")


def check_control(atlas: CuratedAtlas, rows: Mapping[str, Sequence[Row]]) -> None:
    """Note every fault of sides, drawn areas and statements in their rows.

    Parameters
    ----------
    atlas : CuratedAtlas
        The parsed tables.
    rows : mapping of table name to its rows
        Each at the same position as the parsed object.
    """
    sides = {side.side_id for side in atlas.sides}
    check_unique(rows["sides"], "side_id", [side.side_id for side in atlas.sides])
    check_unique(rows["areas"], "area_id", [area.area_id for area in atlas.areas])
    check_unique(rows["statements"], "statement_id", [told.statement_id for told in atlas.statements])
    for row, faction in zip(rows["factions"], atlas.factions, strict=True):
        refer(row, "side_id", [faction.side_id], sides)
    for row, area in zip(rows["areas"], atlas.areas, strict=True):
        _check_outline(row, area)
    known = {
        "place_id": {place.place_id for place in atlas.places},
        "area_id": {area.area_id for area in atlas.areas},
        "report_id": {report.report_id for report in atlas.reports},
    }
    factions = {faction.faction_id for faction in atlas.factions}
    known |= dict.fromkeys(("faction_id", "from_faction_id", "to_faction_id"), factions)
    for row, told in zip(rows["statements"], atlas.statements, strict=True):
        for field, ids in known.items():
            refer(row, field, [getattr(told, field)], ids)
        _check_statement(row, told)


def _check_statement(row: Row, told: Statement) -> None:
    if told.place_id and told.area_id:
        row.fault("area_id", "stands beside a place_id: a statement is about one of them")
    if not told.place_id and not told.area_id:
        row.fault("place_id", "must be given, or an area_id: a statement is about one of them")
    if told.date_end < told.date_start:
        row.fault("date_end", "lies before date_start")
    if told.to_faction_id and told.status != "left":
        row.fault("to_faction_id", f"stands beside {told.status!r}: only one who left has a successor")
    for field in ("from_faction_id", "to_faction_id"):
        if told.faction_id and getattr(told, field) == told.faction_id:
            row.fault(field, "is the faction itself")


def _check_outline(row: Row, area: ControlArea) -> None:
    if not area.outline:
        return  # said to be missing when it was read
    try:
        with np.errstate(over="ignore"):  # 1e999 becomes infinite, which is out of range below
            outline = shapely.from_wkt(area.outline)
    except shapely.errors.GEOSException:
        row.fault("outline", f"is not WKT: {area.outline!r:.60}")
        return
    if outline.geom_type not in {"Polygon", "MultiPolygon"}:
        row.fault("outline", f"is a {outline.geom_type}, must be a POLYGON or a MULTIPOLYGON")
        return
    west, south, east, north = outline.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        row.fault("outline", "does not lie within -180 to 180 and -90 to 90: longitude comes first")
    elif outline.has_z or not outline.is_valid:
        reason = "has heights" if outline.has_z else shapely.is_valid_reason(outline)
        row.fault("outline", f"is not a plain valid polygon: {reason:.80}")
    if _TOO_EXACT.search(area.outline):
        row.fault("outline", "has more than 4 decimals (11 m): no outline drawn by hand is so exact")
