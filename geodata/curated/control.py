"""Read the curated rows that the map of control is derived from: sides, drawn areas, statements."""

from __future__ import annotations

from datetime import date

from geodata.curated.rows import Row
from geodata.model import ControlArea, Side, Statement
from geodata.model.codebook import CERTAINTIES, MATCHES, STATEMENT_STATUSES


def read_side(row: Row) -> Side:
    """Return the side of a row of ``sides.csv``; faults are noted in the row."""
    return Side(
        side_id=row.slug("side_id"),
        name_en=row.text("name_en", required=True),
        name_ar=row.arabic("name_ar"),
        colour=row.colour("colour"),
        note=row.text("note"),
    )


def read_area(row: Row) -> ControlArea:
    """Return the area of a row of ``areas.csv``; faults are noted in the row."""
    return ControlArea(
        area_id=row.slug("area_id"),
        name_en=row.text("name_en", required=True),
        name_ar=row.arabic("name_ar"),
        outline=row.text("outline", required=True),
        note=row.text("note", required=True),
    )


def read_statement(row: Row) -> Statement:
    """Return the statement of a row of ``statements.csv``; faults are noted in the row."""
    start = row.day("date_start", required=True, latest=date.today()) or date.min
    return Statement(
        statement_id=row.slug("statement_id"),
        place_id=row.text("place_id") or None,
        area_id=row.text("area_id") or None,
        place_as_reported=row.text("place_as_reported", required=True),
        status=row.choice("status", STATEMENT_STATUSES),
        faction_id=row.slug("faction_id"),
        from_faction_id=row.text("from_faction_id") or None,
        to_faction_id=row.text("to_faction_id") or None,
        date_start=start,
        date_end=row.day("date_end", required=True, latest=date.today()) or start,
        report_id=row.slug("report_id"),
        certainty=row.precision("certainty", CERTAINTIES),
        match=row.choice("match", MATCHES),
        checked=row.day("checked", latest=date.today()),
        note=row.text("note"),
    )
