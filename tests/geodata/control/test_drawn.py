"""Maps drawn by others: what is read of them, for which days, and what is refused with which words."""

from __future__ import annotations

import json
import math
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.control.drawn import DrawnFields, RefusedDrawing, read_drawn, read_drawn_folder
from geodata.control.drawn_json import DEEPEST, fault_in, read_json
from geodata.errors import BadInput
from tests.geodata.control.drawings import collection, feature, line, polygon, square, write
from tests.hostile import TEXTS

GOOD = feature(square(36, 35), date="2018-02-13", controller="Reds")


def read(folder: Path, *features: Any, strict: bool = False) -> Any:  # noqa: ANN401 (a layer, short)
    return read_drawn(write(folder / "drawn.geojson", collection(*features)), strict=strict)


def reasons(folder: Path, bad: object) -> str:
    """Return what is said of one bad feature beside two good ones, which are taken."""
    layer = read(folder, GOOD, bad, GOOD)
    assert len(layer.features) == 2
    assert [fault.feature for fault in layer.rejected] == [1]
    assert layer.rejected[0].file == "drawn.geojson"
    return str(layer.rejected[0])


@pytest.mark.parametrize(
    ("properties", "first", "end", "drawn_on"),
    [
        ({"date": "2018-02-13"}, "2018-02-13", None, "2018-02-13"),
        ({"Day": "13 February 2018"}, "2018-02-13", None, "2018-02-13"),
        ({"As Of": "20180213"}, "2018-02-13", None, "2018-02-13"),
        ({"date": 20180213}, "2018-02-13", None, "2018-02-13"),
        ({"timestamp": "2018-02-13T21:00:00Z"}, "2018-02-13", None, "2018-02-13"),
        ({"timestamp": "2018-02-13T21:00:00.123+03:00"}, "2018-02-13", None, "2018-02-13"),
        ({"time": 1518480000}, "2018-02-13", None, "2018-02-13"),
        ({"time": 1518480000000}, "2018-02-13", None, "2018-02-13"),
        ({"date": "١٣ شباط ٢٠١٨"}, "2018-02-13", None, "2018-02-13"),
        ({"valid_from": "2018-02-01", "valid_to": "2018-02-13"}, "2018-02-01", "2018-02-13", None),
        ({"valid_from": "2018-02-01", "valid_to": None}, "2018-02-01", None, None),
        ({"from": "2018-02-01", "to": "2018-02-13"}, "2018-02-01", "2018-02-14", None),
        ({"start_date": "2018-02-01", "end-date": "2018-02-01"}, "2018-02-01", "2018-02-02", None),
        ({"start": "2018-02-01", "end": "9999-12-31"}, "2018-02-01", None, None),
        ({"date": "2018-02-01", "valid_to": "2018-02-03"}, "2018-02-01", "2018-02-03", None),
    ],
)
def test_days_are_read_as_maps_write_them(
    tmp_path: Path, properties: dict[str, Any], first: str, end: str | None, drawn_on: str | None
) -> None:
    found = read(tmp_path, feature(square(36, 35), **properties)).features[0]
    said = [str(day) if day else None for day in (found.valid_from, found.valid_to, found.drawn_on)]
    assert said == [first, end, drawn_on]


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({}, "date: is missing"),
        ({"date": ""}, "date: is missing"),
        ({"date": "soon"}, "date: is not one day"),
        ({"date": "2018-02-30"}, "date: is not one day"),
        ({"date": "February 2018"}, "date: is not one day"),
        ({"date": "03/04/2018"}, "date: is not one day"),
        ({"date": True}, "date: is not one day"),
        ({"date": 7}, "date: is not one day"),
        ({"date": ["2018-02-13"]}, "date: is not one day"),
        ({"date": "0001-01-01"}, "not within 1900"),
        ({"date": "2099-01-01"}, "lies in the future"),
        ({"start": "9999-12-31"}, "start: is no day"),
        ({"to": "2018-02-13"}, "to: says when it ends, but nothing says since when"),
        ({"from": "2018-02-13", "to": "2018-02-12"}, "to: ends before it begins (from is 2018-02-13)"),
        ({"valid_from": "2018-02-13", "valid_to": "2018-02-13"}, "valid_to: ends before it begins"),
        ({"date": "2018-02-13", "controller": "x" * 201}, "controller: has 201 characters"),
        ({"date": "2018-02-13", "controller": {"a": 1}}, "controller: is a dict, not a name"),
        ({"date": "2018-02-13", "side": True}, "side: is a bool, not a name"),
        ({"date": "2018-02-13", "note": "a\x00b"}, "note: has a NUL"),
        ({"date": "2018-02-13", "note": "\ud800"}, "note: has half a character"),
    ],
)
def test_bad_properties_cost_their_feature_only(
    tmp_path: Path, properties: dict[str, Any], said: str
) -> None:
    text = json.dumps(collection(GOOD, feature(square(36, 35), **properties), GOOD))
    layer = read_drawn(write(tmp_path / "drawn.geojson", text))
    assert len(layer.features) == 2
    assert said in str(layer.rejected[0])


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "has no geometry"),
        ([], "is no object"),
        ({"type": "Polygon", "coordinates": []}, "is empty"),
        ({"type": "Polygon", "coordinates": "x"}, "no list of coordinates"),
        ({"type": "Polygon", "coordinates": [[]]}, "fewer than 4 positions"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "without a ring"),
        ({"type": "GeometryCollection", "geometries": []}, "GeometryCollection"),
        ({"type": "Circle", "coordinates": [1, 2]}, "'Circle'"),
        (line((36, 35)), "fewer than 2 positions"),
        (line((36, 35), (36, 35)), "without length"),
        (line((36, 35), (36, 135)), "latitude of 135, not between -90 and 90: longitude and latitude seem"),
        (line((36, 35), (236, 35)), "longitude of 236"),
        (line((36, 35), (360, 95)), "latitude of 95, not between -90 and 90"),
        (line((179, 35), (-179, 35)), "antimeridian"),
        ({"type": "LineString", "coordinates": [[36, 35], ["36", 36]]}, "no finite number: 36"),
        (line((36, 35), (True, 36)), "no finite number: True"),
        (line((36, 35), (float("nan"), 36)), "no finite number: nan"),
        (line((36, 35), (float("inf"), 36)), "no finite number: inf"),
        ({"type": "LineString", "coordinates": [[36], [37, 36]]}, "not [longitude, latitude]"),
        ({"type": "LineString", "coordinates": [36, 35]}, "not [longitude, latitude]"),
        (polygon([(36, 35), (37, 35), (37, 36), (36, 36)]), "not closed"),
        (polygon([(36, 35), (37, 35), (36, 35), (36, 35)]), "encloses no ground"),
    ],
)
def test_bad_geometries_cost_their_feature_only(tmp_path: Path, geometry: object, said: str) -> None:
    told = reasons(tmp_path, feature(geometry, date="2018-02-13"))
    assert said in told
    assert told.startswith("drawn.geojson, feature 1, geometry: ")


@pytest.mark.parametrize("bad", [None, 7, [], {"type": "Nothing"}, {}, {"type": "Feature", "properties": 3}])
def test_what_is_no_feature_is_listed(tmp_path: Path, bad: object) -> None:
    assert reasons(tmp_path, bad)


def test_a_number_too_long_to_be_read_and_a_member_named_twice(tmp_path: Path) -> None:
    good = json.dumps(GOOD)
    for bad, said in (
        (good.replace("36", "1" * 5000, 1), "no finite number: inf"),
        (good.replace("36", "1e999", 1), "no finite number: inf"),
        (good.replace('"date"', '"date": "2018-01-01", "date"'), "date: stands twice"),
        (good.replace('"type": "Polygon"', '"type": "Point", "type": "Polygon"'), "type: stands twice"),
        (good.replace('"geometry"', '"geometry": null, "geometry"'), "geometry: stands twice"),
    ):
        text = f'{{"type": "FeatureCollection", "features": [{good}, {bad}, {good}]}}'
        layer = read_drawn(write(tmp_path / "drawn.geojson", text))
        assert [said in str(fault) for fault in layer.rejected] == [True], bad[:80]


def test_a_bow_tie_is_repaired_and_kept_as_it_came(tmp_path: Path) -> None:
    bow = polygon([(36, 35), (37, 36), (37, 35), (36, 36), (36, 35)])
    layer = read(tmp_path, feature(bow, date="2018-02-13", controller="Reds"))
    found = layer.features[0]
    assert found.geometry.is_valid
    assert found.geometry.area == pytest.approx(0.5)
    assert found.original.equals(shapely.geometry.shape(bow))
    assert layer.on(date(2018, 2, 13))["repaired"].tolist() == [True]


def star(corners: int) -> list[tuple[float, float]]:
    """Return the ring of a star whose sides nearly all cross each other."""
    turns = [2 * math.pi * number * (corners // 2) / corners for number in range(corners)]
    ring = [(36 + math.cos(turn), 35 + math.sin(turn)) for turn in turns]
    return [*ring, ring[0]]


def test_what_would_take_minutes_to_repair_or_check_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, feature(polygon(star(51)), date="2018-02-13")).features[0].original
    for geometry in (polygon(star(601)), line(*star(4001))):
        assert "geometry: is too entangled" in reasons(tmp_path, feature(geometry, date="2018-02-13"))


def test_rings_are_wound_as_the_standard_says_and_heights_left_out(tmp_path: Path) -> None:
    clockwise = polygon([(36, 35, 9), (36, 36, 9), (37, 36, 9), (36, 35, 9)])  # type: ignore[list-item]  # with heights
    found = read(tmp_path, feature(clockwise, date="2018-02-13")).features[0]
    assert found.geometry.exterior.is_ccw
    assert not found.geometry.has_z
    assert found.original is None


def test_points_are_neither_fronts_nor_areas(tmp_path: Path) -> None:
    point = feature({"type": "Point", "coordinates": [36, 35]}, name="a unit")
    layer = read(tmp_path, point, point, point, GOOD)
    assert (layer.skipped, layer.rejected, len(layer.features)) == (3, (), 1)


def test_who_holds_and_who_faces_whom(tmp_path: Path) -> None:
    layer = read(
        tmp_path,
        feature(square(36, 35), date="2018-02-13", name="Zone 1", Faction="  The\nReds "),
        feature(square(37, 35), date="2018-02-13", name="Blues"),
        feature(line((36, 35), (37, 36)), date="2018-02-13", side_a="Reds", side_b="Greens"),
        feature(line((36, 35), (37, 36)), date="2018-02-13", controller=7),
    )
    assert [one.controller for one in layer.features] == ["The Reds", "Blues", "", "7"]
    assert [one.is_area for one in layer.features] == [True, True, False, False]
    assert layer.controllers == ("7", "Blues", "Greens", "Reds", "The Reds")


def test_other_names_of_properties_can_be_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", collection(feature(square(36, 35), jour="2018-02-13", qui="Reds")))
    with pytest.raises(RefusedDrawing, match="1 of 1 features are bad"):
        read_drawn(path)
    layer = read_drawn(path, fields=DrawnFields(day=("jour",), controller=("qui",)))
    assert (layer.features[0].controller, layer.snapshots) == ("Reds", (date(2018, 2, 13),))


def test_a_snapshot_is_valid_until_the_next(tmp_path: Path) -> None:
    layer = read(
        tmp_path,
        feature(square(36, 35), date="2018-02-13", controller="Reds"),
        feature(square(36, 36), date="2018-02-09", controller="Reds"),
        feature(square(37, 36), date="2018-02-09", controller="Blues"),
        feature(square(38, 36), valid_from="2018-02-10", valid_to="2018-02-12", controller="Greens"),
    )

    def held(day: str) -> list[str]:
        return sorted(layer.on(date.fromisoformat(day))["controller"])

    assert held("2018-02-08") == []
    assert held("2018-02-09") == ["Blues", "Reds"]
    assert held("2018-02-11") == ["Blues", "Greens", "Reds"]
    assert held("2018-02-12") == ["Blues", "Reds"]
    assert held("2018-02-13") == held("2020-01-01") == ["Reds"]
    frame = layer.on(date(2018, 2, 11))
    assert frame.crs == "EPSG:4326"
    assert frame["drawn_on"].isna().sum() == 1
    assert [str(day) for day in layer.days] == ["2018-02-09", "2018-02-10", "2018-02-12", "2018-02-13"]
    assert layer.on(date(2018, 2, 8)).crs == "EPSG:4326"


DAYS = st.dates(date(2017, 10, 1), date(2018, 3, 1))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(DAYS, st.integers(0, 3)), min_size=1, max_size=12), DAYS)
def test_on_any_day_the_last_snapshot_before_it_is_shown(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[date, int]], day: date
) -> None:
    features = [feature(square(36 + who, 35), date=str(when), controller=str(who)) for when, who in drawn]
    layer = read(tmp_path_factory.mktemp("drawn"), *features)
    before = [when for when, _ in drawn if when <= day]
    expected = sorted(str(who) for when, who in drawn if before and when == max(before))
    assert sorted(layer.on(day)["controller"]) == expected
    for one in layer.features:
        assert one.valid_to is None or one.valid_from < one.valid_to
        assert one.valid_to is None or not (
            set(layer.on(one.valid_to)["valid_from"].dt.date) & {one.valid_from}
        )


def test_more_than_half_bad_refuses_the_file_and_strict_any(tmp_path: Path) -> None:
    bad = feature(None, date="2018-02-13")
    assert len(read(tmp_path, GOOD, bad).features) == 1
    with pytest.raises(RefusedDrawing, match="2 of 3 features are bad, more than half") as refused:
        read(tmp_path, GOOD, bad, bad)
    assert [fault.feature for fault in refused.value.rejected] == [None, 1, 2]
    with pytest.raises(RefusedDrawing, match="1 of 3 features are bad"):
        read(tmp_path, GOOD, GOOD, bad, strict=True)
    with pytest.raises(RefusedDrawing, match="neither lines nor areas"):
        read(tmp_path)


def test_titles_and_terms_come_from_the_file_or_are_given(tmp_path: Path) -> None:
    members = {"name": "A map", "license": "CC BY", "attribution": "Them", "source": "https://example.org"}
    path = write(tmp_path / "Some Map.geojson", collection(GOOD, **members))
    layer = read_drawn(path)
    assert (layer.layer_id, layer.title, layer.licence) == ("some-map", "A map", "CC BY")
    assert (layer.attribution, layer.source) == ("Them", "https://example.org")
    given_ = read_drawn(path, title="T", licence="L")
    assert (given_.title, given_.licence, given_.attribution) == ("T", "L", "Them")
    hostile = read_drawn(write(tmp_path / "ß.geojson", collection(GOOD, title=["x"], license="\x00")))
    assert (hostile.layer_id, hostile.title, hostile.licence) == ("ss", "ß", "")


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_texts_are_kept_as_they_are(tmp_path: Path, text: str) -> None:
    if len(text) <= 200:
        layer = read(tmp_path, feature(square(36, 35), date="2018-02-13", controller=text))
        assert layer.features[0].controller == " ".join(text.split())
    elsewhere = read(tmp_path, feature(square(36, 35), date="2018-02-13", **{text: text}))
    assert len(elsewhere.features) == 1


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "OGC:CRS84"]
)
def test_degrees_by_their_names_are_welcome(tmp_path: Path, name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert read_drawn(write(tmp_path / "a.json", collection(GOOD, crs=crs))).features


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32637"}},
        {"type": "name", "properties": {"name": "EPSG:14326"}},
        {"type": "link", "properties": {"href": "http://example.org/crs"}},
        None,
        "EPSG:3857",
    ],
)
def test_another_crs_is_refused(tmp_path: Path, crs: object) -> None:
    with pytest.raises(RefusedDrawing, match="EPSG:4326"):
        read_drawn(write(tmp_path / "a.json", collection(GOOD, crs=crs)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "does not begin with {"),
        (b"<OGRVRTDataset><OGRVRTLayer/></OGRVRTDataset>", "does not begin with {"),
        (b"SQLite format 3\x00", "does not begin with {"),
        (b"%PDF-1.7", "does not begin with {"),
        (b"PK\x03\x04", "does not begin with {"),
        (b"[1, 2]", "does not begin with {"),
        ('{"type": "FeatureCollection"}'.encode("utf-16"), "UTF-16"),
        (b'{"type": "\xe7"}', "is not UTF-8"),
        (b'{"type": ', "is not JSON: line 1"),
        (b'{"a": "[[[[', "is not JSON: line 1"),
        (b'{"a": ' + b"[" * 100_000, "100,001 deep"),
        (b'{"a": ' + b"[" * 64 + b"]" * 64 + b"}", "65 deep"),
        (b"{}", "type is 'None'"),
        (b'{"type": "Topology", "objects": {}}', "type is 'Topology'"),
        (b'{"type": "FeatureCollection"}', "no list of features"),
        (b'{"type": "FeatureCollection", "features": [], "features": []}', "stands twice"),
        (b'{"type": "FeatureCollection", "features": [' + b"0," * 50_000 + b"0]}", "more than 50,000"),
    ],
)
def test_what_is_no_geojson_is_refused_by_what_it_holds(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(RefusedDrawing) as refused:
        read_drawn(write(tmp_path / "a.geojson", content))
    assert said in str(refused.value)


def test_files_that_are_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(RefusedDrawing, match="No such file"):
        read_drawn(tmp_path / "missing.geojson")
    large = tmp_path / "large.geojson"
    with large.open("wb") as file:
        os.truncate(file.fileno(), 64_000_001)
    with pytest.raises(RefusedDrawing, match="split it"):
        read_drawn(large)
    os.mkfifo(tmp_path / "pipe.geojson")
    with pytest.raises(RefusedDrawing, match="no plain file"):
        read_drawn(tmp_path / "pipe.geojson")
    with pytest.raises(BadInput, match="is no folder"):
        read_drawn_folder(tmp_path / "missing")


def test_a_byte_order_mark_a_feature_and_a_bare_geometry_pass(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf \n" + json.dumps(GOOD).encode()
    assert read_drawn(write(tmp_path / "a.geojson", marked)).features
    bare = write(tmp_path / "front_2018-02-13.geojson", line((36, 35), (37, 35)))
    assert read_drawn(bare).snapshots == (date(2018, 2, 13),)


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=20,
    )
)
def test_any_json_is_read_or_refused_with_a_named_error(document: Any) -> None:  # noqa: ANN401 (any JSON)
    data = json.dumps({"type": "FeatureCollection", "features": [document]}).encode()
    read_again = read_json(data)["features"][0]
    if fault_in(read_again) is None:
        assert read_again == document


@settings(deadline=None)
@given(
    st.binary(max_size=200) | st.text('[]{}"\\,:0aé\n', max_size=80).map(lambda text: ("{" + text).encode())
)
def test_any_bytes_are_read_or_refused_with_a_named_error(data: bytes) -> None:
    try:
        found = read_json(data)
    except BadInput:
        return
    assert found == json.loads(data)


def test_depth_is_counted_outside_of_texts() -> None:
    inside = json.dumps({"a": "[" * 1000 + '"' + "{" * 1000 + "\\"})
    assert read_json(inside.encode())["a"].count("[") == 1000
    nested: Any = 1
    for _ in range(DEEPEST - 1):
        nested = [nested]
    assert read_json(json.dumps({"a": nested}).encode())


# A file a day.


def test_a_folder_with_a_file_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "daily map"
    for name, lon in (("2018-02-13", 36), ("map_20180209_v2", 37), ("2018_02_11", 38)):
        document = collection(feature(square(lon, 35), date="1999-01-01", controller="Reds"), title=name)
        write(folder / "one" / f"{name}.geojson", document)
    renamed = folder / "one" / "map_20180209_v2.geojson"
    renamed.rename(folder / "one" / "20180209.geojson")
    write(folder / "one" / "2018.02.12.geojson", collection())
    write(folder / "one" / "notes.txt", "of no interest")
    layer = read_drawn(folder / "one")
    assert (layer.layer_id, layer.title) == ("one", "one")
    assert [str(day) for day in layer.snapshots] == ["2018-02-09", "2018-02-11", "2018-02-12", "2018-02-13"]
    lons = {
        str(day): [geometry.bounds[0] for geometry in layer.on(day).geometry]
        for day in (date(2018, 2, 8) + timedelta(days=number) for number in range(7))
    }
    assert lons == {
        "2018-02-08": [],
        "2018-02-09": [37],
        "2018-02-10": [37],
        "2018-02-11": [38],
        "2018-02-12": [],
        "2018-02-13": [36],
        "2018-02-14": [36],
    }


def test_a_bad_day_does_not_cost_the_others(tmp_path: Path) -> None:
    write(tmp_path / "2018-02-09.geojson", collection(GOOD))
    write(tmp_path / "2018-02-10.geojson", "<xml/>")
    write(tmp_path / "20180209.geojson", collection(GOOD))
    write(tmp_path / "2099-01-01.geojson", collection(GOOD))
    write(tmp_path / "2018-02-30.geojson", collection(GOOD))
    write(tmp_path / "2018-02-11 to 2018-02-12.geojson", collection(GOOD))
    layer = read_drawn(tmp_path)
    assert [str(day) for day in layer.snapshots] == ["2018-02-09"]
    told = {fault.file: fault.reason for fault in layer.rejected}
    assert "does not begin with {" in told["2018-02-10.geojson"]
    assert "same day as 2018-02-09.geojson" in told["20180209.geojson"]
    assert "future" in told["2099-01-01.geojson"]
    assert told["2018-02-30.geojson"] == told["2018-02-11 to 2018-02-12.geojson"]
    assert "no day in its name, or several" in told["2018-02-30.geojson"]


def test_folders_of_one_layer_only(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="found: none"):
        read_drawn(tmp_path)
    write(tmp_path / "a-2018-02-09.geojson", collection(GOOD))
    write(tmp_path / "b-2018-02-09.geojson", collection(GOOD))
    with pytest.raises(BadInput, match="found: a, b"):
        read_drawn(tmp_path)


def test_a_folder_of_layers(tmp_path: Path) -> None:
    assert read_drawn_folder(tmp_path) == []
    write(tmp_path / "ranges.geojson", collection(GOOD, title="Ranges"))
    write(tmp_path / "broken.geojson", "nothing")
    for day in ("20180209", "20180213"):
        write(tmp_path / f"weekly_map_{day}.geojson", collection(GOOD))
        write(tmp_path / "daily" / f"{day}.json", collection(GOOD))
    write(tmp_path / "daily" / "ranges.geojson", collection(GOOD))
    write(tmp_path / "daily" / "deeper" / "20180213.json", collection(GOOD))
    layers = {layer.layer_id: layer for layer in read_drawn_folder(tmp_path)}
    assert sorted(layers) == ["broken", "daily", "ranges", "ranges-2", "weekly-map"]
    assert len(layers["weekly-map"].snapshots) == len(layers["daily"].snapshots) == 2
    assert layers["ranges"].title == "Ranges"
    assert layers["broken"].features == ()
    assert "does not begin with {" in str(layers["broken"].rejected[0])
