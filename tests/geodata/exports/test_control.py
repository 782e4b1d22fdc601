"""Exports of control are RFC 7946, hold each interval once, say their rules, and open in a GIS."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from geodata.control.alliance import LEVELS, Level
from geodata.control.atlas import timeline_of
from geodata.exports import CONTROL_EXPORTS
from geodata.exports.control_common import ControlSelection, ControlSource
from geodata.index import EventIndex
from geodata.index.event_index import Snapshot
from geodata.store import Store
from tests.geodata.control_sample import control_store
from tests.hostile import TEXTS, fill

FIRST, LAST = date(2018, 1, 15), date(2018, 2, 20)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    store = control_store(tmp_path_factory.mktemp("control"))
    yield EventIndex(store).snapshot()
    store.close()


@pytest.fixture(scope="module")
def source(snapshot: Snapshot) -> ControlSource:
    return ControlSource(timeline_of(snapshot), snapshot, "side")


def on(day: date, *, dissolve: bool = False, level: Level = "side") -> ControlSelection:
    return ControlSelection(level=level, first=day, last=day, is_one_day=True, dissolve=dissolve)


def through(first: date, last: date, *, dissolve: bool = False) -> ControlSelection:
    return ControlSelection(level="side", first=first, last=last, is_one_day=False, dissolve=dissolve)


def exported(name: str, source: ControlSource, selection: ControlSelection) -> dict[str, Any]:
    text = "".join(CONTROL_EXPORTS[name].stream(source, selection))
    document = json.loads(text, parse_constant=pytest.fail)
    assert isinstance(document, dict)
    return document


def shapes(document: dict[str, Any]) -> list[shapely.Geometry]:
    return [shapely.from_geojson(json.dumps(one["geometry"])) for one in document["features"]]


def valid_on(properties: dict[str, Any], day: date) -> bool:
    start, end = properties["valid_from"], properties["valid_to"]
    return (start is None or start <= day.isoformat()) and (end is None or day.isoformat() < end)


# --- one day ---


@pytest.mark.parametrize("name", CONTROL_EXPORTS)
def test_the_top_level_says_what_it_is(name: str, source: ControlSource) -> None:
    document = exported(name, source, on(date(2018, 2, 5)))
    assert (document["type"], document["name"], document["on"]) == ("FeatureCollection", name, "2018-02-05")
    assert document["licence"] == "CC BY 4.0"
    assert "OCHA" in document["attribution"]
    assert "5 February 2018" in document["description"]
    assert (document["level"], document["dissolve"]) == ("side", False)
    assert document["revision"] == source.snapshot.revision
    assert document["rules"]["reach_m"] == source.timeline.rules.reach_m
    assert document["rules"]["certainty_weights"]["3"] == 0.5
    assert document["statements"] == 8
    assert document["not_drawn"]["count"] == len(source.timeline.rejected) == 1
    assert document["not_drawn"]["by_field"] == {"place_id": 1}
    assert document["not_drawn"]["statements"][0]["statement_id"] == "s-2"
    assert "crs" not in document


def test_an_area_says_who_how_sure_since_when_and_from_what(source: ControlSource) -> None:
    document = exported("control", source, on(date(2018, 2, 5)))
    by_place = {one["properties"]["place_id"]: one["properties"] for one in document["features"]}
    assert by_place.keys() == {"c1", "c3", "c4", "c5"}
    gamma = by_place["c3"]
    assert (gamma["holder"], gamma["holder_en"], gamma["holder_ar"]) == ("east", "East", "الشرق")
    assert (gamma["state"], gamma["basis"]) == ("held", "stated")
    assert 0 < gamma["certainty"] <= 1
    assert isinstance(gamma["uncertain"], bool)
    assert (gamma["valid_from"], gamma["last_confirmed"]) == ("2018-01-20", "2018-02-04")
    assert set(gamma["statement_ids"]) >= {"t-2"}
    assert (gamma["place_en"], gamma["place_ar"]) == ("Gamma", "غاما")
    assert by_place["c5"]["basis"] == "inferred"
    contested = exported("control", source, on(date(2018, 2, 6)))
    delta = next(one["properties"] for one in contested["features"] if one["properties"]["place_id"] == "c4")
    assert (delta["state"], set(delta["parties"])) == ("contested", {"east", "west"})


def test_a_front_says_who_faces_whom_between_which_places(source: ControlSource) -> None:
    document = exported("fronts", source, on(date(2018, 2, 5)))
    assert document["features"]
    for one in document["features"]:
        properties = one["properties"]
        assert one["geometry"]["type"] == "LineString"
        assert (properties["side_a"], properties["side_b"]) == ("east", "west")
        assert (properties["side_a_en"], properties["side_b_ar"]) == ("East", "الغرب")
        assert properties["left_place_id"] != properties["right_place_id"]
        assert properties["statement_ids"]
        assert valid_on(properties, date(2018, 2, 5))


def test_before_everything_nobody_is_said_to_hold_anything(source: ControlSource) -> None:
    for day in (date.min, date(1990, 1, 1)):
        document = exported("control", source, on(day))
        assert {one["properties"]["state"] for one in document["features"]} == {"unknown"}
        assert {one["properties"]["holder"] for one in document["features"]} == {None}
        assert exported("fronts", source, on(day))["features"] == []
    assert exported("control", source, on(date.max))["features"]


@pytest.mark.parametrize("dissolve", [False, True])
@pytest.mark.parametrize("day", [date(2018, 1, 20), date(2018, 2, 6), date(2018, 2, 12)])
def test_rings_are_wound_as_rfc_7946_asks_and_fill_the_area(
    source: ControlSource, day: date, dissolve: bool
) -> None:
    found = shapes(exported("control", source, on(day, dissolve=dissolve)))
    for shape in found:
        assert shape.is_valid
        for part in shapely.get_parts(shape):
            assert shapely.is_ccw(part.exterior)
            assert not any(shapely.is_ccw(ring) for ring in part.interiors)
    whole = shapely.union_all(source.timeline.coverage.polygons)
    assert shapely.area(found).sum() == pytest.approx(shapely.area(whole), rel=1e-5)


def test_joined_areas_are_those_of_their_cells(source: ControlSource) -> None:
    day = date(2018, 1, 25)
    cells = exported("control", source, on(day))["features"]
    joined = exported("control", source, on(day, dissolve=True))["features"]
    assert len(joined) < len(cells)
    for one in joined:
        properties = one["properties"]
        assert (properties["valid_from"], properties["valid_to"]) == ("2018-01-25", "2018-01-26")
        mine = [
            shapely.from_geojson(json.dumps(cell["geometry"]))
            for cell in cells
            if all(cell["properties"][name] == properties[name] for name in ("holder", "state", "uncertain"))
            and (cell["properties"]["basis"] in ("implied", "inferred"))
            == (properties["basis"] == "inferred")
        ]
        union = shapely.union_all(mine)
        shape = shapely.from_geojson(json.dumps(one["geometry"]))
        assert shapely.area(shapely.symmetric_difference(union, shape)) < 1e-5 * shapely.area(union)
    assert {name for one in joined for name in one["properties"]["statement_ids"]} == {
        name for one in cells for name in one["properties"]["statement_ids"]
    }


def test_joined_fronts_are_as_long_as_their_pieces(source: ControlSource) -> None:
    day = date(2018, 2, 5)
    pieces = shapes(exported("fronts", source, on(day)))
    joined = shapes(exported("fronts", source, on(day, dissolve=True)))
    assert len(joined) <= len(pieces)
    assert shapely.length(joined).sum() == pytest.approx(shapely.length(pieces).sum())


# --- a range of days ---


@pytest.mark.parametrize("name", CONTROL_EXPORTS)
@pytest.mark.parametrize("dissolve", [False, True])
def test_a_range_shows_on_each_day_what_the_day_shows(
    name: str, source: ControlSource, dissolve: bool
) -> None:
    document = exported(name, source, through(FIRST, LAST, dissolve=dissolve))
    assert (document["from"], document["to"]) == (FIRST.isoformat(), LAST.isoformat())
    whom = ("holder", "state") if name == "control" else ("side_a", "side_b", "state")
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        wanted: Counter[tuple[object, ...]] = Counter()
        found: Counter[tuple[object, ...]] = Counter()
        for one in exported(name, source, on(day, dissolve=dissolve))["features"]:
            wanted[shape_key(one, whom)] += 1
        for one in document["features"]:
            if valid_on(one["properties"], day):
                found[shape_key(one, whom)] += 1
        assert found == wanted, day


def shape_key(feature: dict[str, Any], names: tuple[str, ...]) -> tuple[object, ...]:
    geometry = shapely.normalize(shapely.from_geojson(json.dumps(feature["geometry"])))
    return (*(feature["properties"][name] for name in names), geometry.wkt)


def test_the_intervals_of_a_cell_follow_each_other(source: ControlSource) -> None:
    document = exported("control", source, through(FIRST, LAST))
    cells: dict[str, list[tuple[str, str]]] = {}
    for one in document["features"]:
        properties = one["properties"]
        span = (properties["valid_from"] or "", properties["valid_to"] or "9999")
        cells.setdefault(properties["place_id"], []).append(span)
    assert len(cells) == len(source.timeline.coverage)
    for spans in cells.values():
        ordered = sorted(spans)
        assert all(before[1] == after[0] for before, after in pairwise(ordered))
        assert ordered[0][0] <= FIRST.isoformat()
        assert ordered[-1][1] > LAST.isoformat()


@pytest.mark.parametrize("dissolve", [False, True])
def test_a_range_beyond_all_days_is_answered(source: ControlSource, dissolve: bool) -> None:
    document = exported("control", source, through(date.min, date.max, dissolve=dissolve))
    assert len(document["features"]) >= len(exported("control", source, through(FIRST, LAST))["features"]) / 2
    json.dumps(document, allow_nan=False)


# --- others read it ---


@pytest.mark.parametrize("name", CONTROL_EXPORTS)
@pytest.mark.parametrize(
    "selection", [on(date(2018, 2, 5)), through(FIRST, LAST), on(date(2018, 2, 5), dissolve=True)]
)
def test_gdal_reads_the_same(
    name: str, selection: ControlSelection, source: ControlSource, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.geojson"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(CONTROL_EXPORTS[name].stream(source, selection))
    document = json.loads(path.read_text(encoding="utf-8"))
    frame = pyogrio.read_dataframe(path)
    assert len(frame) == len(document["features"]) > 0
    assert frame.crs == "EPSG:4326"
    for read, written in zip(frame.geometry, shapes(document), strict=True):
        assert shapely.equals_exact(read, written, tolerance=0)
    written_days = [one["properties"]["valid_from"] for one in document["features"]]
    read_days = [None if pd.isna(day) else str(day)[:10] for day in frame["valid_from"]]
    assert read_days == written_days


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_its_holders(level: Level, snapshot: Snapshot) -> None:
    source = ControlSource(timeline_of(snapshot, level), snapshot, level)
    document = exported("control", source, on(date(2018, 2, 5), level=level))
    holders = {one["properties"]["holder"] for one in document["features"]} - {None}
    # Blues are in the room since 3 February.
    assert (
        holders == {"side": {"east", "west"}, "room": {"reds", "room"}, "faction": {"reds", "blues"}}[level]
    )


def test_hostile_texts_come_out_as_they_went_in(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hostile.sqlite'}")
    store.migrate()
    fill(store)
    snapshot = EventIndex(store).snapshot()
    source = ControlSource(timeline_of(snapshot), snapshot, "side")
    document = exported("control", source, on(date(2018, 3, 1)))
    names = {one["properties"]["place_en"] for one in document["features"]}
    holders = {one["properties"]["holder_en"] for one in document["features"]}
    assert names == set(TEXTS)
    assert holders == set(TEXTS)
    path = tmp_path / "control.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert len(pyogrio.read_dataframe(path)) == len(document["features"])
    assert np.isfinite(shapely.get_coordinates(shapes(document))).all()
    store.close()
