"""Sides, drawn areas and statements: every fault is named, and what is right is taken as it stands."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from geodata.curated import fingerprint, read_curated
from geodata.errors import CuratedFaults
from geodata.model import ControlArea, Side, Statement
from tests.geodata.sample import change

TOMORROW = (date.today() + timedelta(days=1)).isoformat()
OUTSIDE = "must be a POLYGON or a MULTIPOLYGON"


def faults(folder: Path) -> list[str]:
    with pytest.raises(CuratedFaults) as caught:
        read_curated(folder)
    return [str(fault) for fault in caught.value.faults]


def test_reads_each_field(sample_folder: Path) -> None:
    atlas = read_curated(sample_folder)
    assert atlas.statements[0] == Statement(
        statement_id="s-1",
        place_id="c1",
        place_as_reported="Alpha",
        status="captured",
        faction_id="blues",
        from_faction_id="reds",
        date_start=date(2018, 2, 1),
        date_end=date(2018, 2, 2),
        report_id="h-1",
        certainty=1,
        match="high",
        checked=date(2018, 3, 1),
        note="in the afternoon",
    )
    assert (atlas.statements[2].area_id, atlas.statements[2].to_faction_id) == ("middle", "reds")
    assert atlas.areas == (
        ControlArea(
            area_id="middle",
            name_en="The middle",
            name_ar="الوسط",
            outline="POLYGON ((36.7 35.4, 37 35.4, 37 35.6, 36.7 35.6, 36.7 35.4))",
            note="drawn around Alpha",
        ),
    )
    assert atlas.sides[0] == Side(side_id="east", name_en="East", name_ar="الشرق", colour="#aa0000")


def test_a_place_without_a_point_is_legal(sample_folder: Path) -> None:
    atlas = read_curated(sample_folder)
    place = next(place for place in atlas.places if place.place_id == atlas.statements[1].place_id)
    assert not place.has_point


@pytest.mark.parametrize(
    ("line", "values", "expected"),
    [
        (2, {"statement_id": "CS 1"}, "statement_id: is not an id"),
        (3, {"statement_id": "s-1"}, "statement_id: 's-1' stands twice"),
        (2, {"place_id": "c9"}, "place_id: 'c9' is not in its table"),
        (4, {"area_id": "centre"}, "area_id: 'centre' is not in its table"),
        (2, {"area_id": "middle"}, "area_id: stands beside a place_id"),
        (2, {"place_id": ""}, "place_id: must be given, or an area_id"),
        (2, {"place_as_reported": ""}, "place_as_reported: must not be empty"),
        (2, {"status": "taken"}, "status: is 'taken', not one of captured, held, contested, left, denied"),
        (2, {"status": ""}, "status: must not be empty"),
        (2, {"faction_id": "greens"}, "faction_id: 'greens' is not in its table"),
        (2, {"faction_id": "Blues"}, "faction_id: is not an id"),
        (2, {"faction_id": ""}, "faction_id: must not be empty"),
        (2, {"from_faction_id": "greens"}, "from_faction_id: 'greens' is not in its table"),
        (2, {"from_faction_id": "blues"}, "from_faction_id: is the faction itself"),
        (4, {"to_faction_id": "blues"}, "to_faction_id: is the faction itself"),
        (4, {"to_faction_id": "greens"}, "to_faction_id: 'greens' is not in its table"),
        (2, {"to_faction_id": "room"}, "to_faction_id: stands beside 'captured'"),
        (2, {"date_start": "2018-02-30"}, "date_start: is not a date written YYYY-MM-DD"),
        (2, {"date_start": ""}, "date_start: must not be empty"),
        (2, {"date_end": ""}, "date_end: must not be empty"),
        (2, {"date_end": "2018-01-31"}, "date_end: lies before date_start"),
        (2, {"date_end": TOMORROW}, f"date_end: is {TOMORROW}, after"),
        (2, {"date_start": TOMORROW, "date_end": TOMORROW}, f"date_start: is {TOMORROW}, after"),
        (2, {"report_id": "x-1"}, "report_id: 'x-1' is not in its table"),
        (2, {"report_id": ""}, "report_id: must not be empty"),
        (2, {"certainty": "4"}, "certainty: is '4', not one of 1, 2, 3"),
        (2, {"certainty": "١"}, "certainty: is '١', not one of"),
        (2, {"certainty": ""}, "certainty: must not be empty"),
        (2, {"match": "sure"}, "match: is 'sure', not one of high, medium, low"),
        (2, {"checked": TOMORROW}, f"checked: is {TOMORROW}, after"),
        (2, {"note": "a\u202eb"}, "note: has a control, zero-width or bidi"),
    ],
)
def test_names_each_fault_of_a_statement(
    sample_folder: Path, line: int, values: dict[str, str], expected: str
) -> None:
    change(sample_folder, "statements", line, **values)
    found = faults(sample_folder)
    assert any(fault.startswith(f"statements.csv:{line}:{expected}") for fault in found), found


@pytest.mark.parametrize(
    ("outline", "expected"),
    [
        ("", "must not be empty"),
        ("somewhere", "is not WKT: 'somewhere'"),
        ("POLYGON ((36 35, 37 35, 37 36, 36 36))", "is not WKT: "),
        ("POLYGON ((36 35, 37 35, 37 36", "is not WKT: "),
        ("POINT (36 35)", f"is a Point, {OUTSIDE}"),
        ("LINESTRING (36 35, 37 35)", f"is a LineString, {OUTSIDE}"),
        ("POLYGON EMPTY", "does not lie within"),
        ("POLYGON ((36 35, 37 95, 37 36, 36 35))", "does not lie within -180 to 180 and -90 to 90"),
        ("POLYGON ((181 35, 182 35, 182 36, 181 35))", "does not lie within"),
        ("POLYGON ((nan 35, 37 35, 37 36, nan 35))", "is not"),
        ("POLYGON ((36 35, 1e999 35, 37 36, 36 35))", "does not lie within"),
        ("POLYGON ((36 35, 37 36, 37 35, 36 36, 36 35))", "is not a plain valid polygon: Self-inter"),
        ("POLYGON Z ((36 35 1, 37 35 1, 37 36 1, 36 35 1))", "is not a plain valid polygon: has heights"),
        ("POLYGON ((36 35, 37.12345 35, 37 36, 36 35))", "has more than 4 decimals"),
    ],
)
def test_names_each_fault_of_an_outline(sample_folder: Path, outline: str, expected: str) -> None:
    change(sample_folder, "areas", 2, outline=outline)
    found = faults(sample_folder)
    assert any(fault.startswith(f"areas.csv:2:outline: {expected}") for fault in found), found


def test_an_area_may_have_parts_and_holes(sample_folder: Path) -> None:
    outline = (
        "MULTIPOLYGON (((36 35, 37 35, 37 36, 36 36, 36 35), (36.4 35.4, 36.6 35.4, 36.6 35.6, 36.4 35.4)), "
        "((38 35, 38.1234 35, 38 35.5, 38 35)))"
    )
    change(sample_folder, "areas", 2, outline=outline)
    assert read_curated(sample_folder).areas[0].outline == outline


@pytest.mark.parametrize(
    ("table", "line", "values", "expected"),
    [
        ("areas", 2, {"area_id": ""}, "areas.csv:2:area_id: must not be empty"),
        ("areas", 2, {"name_ar": "middle"}, "areas.csv:2:name_ar: has no Arabic letter"),
        ("areas", 2, {"note": ""}, "areas.csv:2:note: must not be empty"),
        ("sides", 3, {"side_id": "east"}, "sides.csv:3:side_id: 'east' stands twice"),
        ("sides", 2, {"name_en": ""}, "sides.csv:2:name_en: must not be empty"),
        ("sides", 2, {"name_ar": ""}, "sides.csv:2:name_ar: must not be empty"),
        ("sides", 2, {"colour": "#AA0000"}, "sides.csv:2:colour: is not a colour #rrggbb"),
        ("factions", 2, {"side_id": "north"}, "factions.csv:2:side_id: 'north' is not in its table"),
    ],
)
def test_names_each_fault_of_areas_and_sides(
    sample_folder: Path, table: str, line: int, values: dict[str, str], expected: str
) -> None:
    change(sample_folder, table, line, **values)
    found = faults(sample_folder)
    assert any(fault.startswith(expected) for fault in found), found


@pytest.mark.parametrize("table", ["sides", "areas", "statements"])
def test_a_table_that_is_missing_is_a_fault_and_changes_the_fingerprint(
    sample_folder: Path, table: str
) -> None:
    before = fingerprint(sample_folder)
    (sample_folder / f"{table}.csv").unlink()
    assert f"{table}.csv: is missing" in faults(sample_folder)
    assert fingerprint(sample_folder) != before
