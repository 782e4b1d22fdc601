"""GeoJSON exports are RFC 7946, hold exactly what matches, and say where everything comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from geodata.exports import EXPORTS
from geodata.index import EventQuery
from geodata.index.event_index import Snapshot


def exported(sample: Snapshot, *pairs: tuple[str, str]) -> dict[str, Any]:
    text = "".join(EXPORTS["geojson"].stream(EventQuery.parse(pairs), sample))
    document = json.loads(text, parse_constant=pytest.fail)
    assert isinstance(document, dict)
    return document


def test_the_top_level_says_what_it_is(sample: Snapshot) -> None:
    document = exported(sample, ("faction", "reds"), ("to", "2018-02-13"))
    assert document["type"] == "FeatureCollection"
    assert document["licence"] == "CC BY 4.0"
    assert document["query"] == [
        {"parameter": "to", "value": "2018-02-13"},
        {"parameter": "faction", "value": "reds"},
    ]
    assert document["description"] == "1 event involving Reds, until 13 February 2018"
    assert document["number_matched"] == 1
    assert "crs" not in document


def test_a_feature_has_place_parties_sources_and_claims(sample: Snapshot) -> None:
    feature = exported(sample, ("faction", "reds"), ("to", "2018-02-13"))["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.8, 35.5]}
    properties = feature["properties"]
    assert properties["date_start"] == "2018-02-01"
    assert properties["side_a"] == [{"id": "reds", "name_en": "Reds", "name_ar": "فصيل"}]
    assert properties["deaths"] == {"low": 3, "best": 3, "high": 5}
    assert properties["wounded"] is None
    assert [source["url"] for source in properties["sources"]] == [
        "https://example.org/h-1",
        "https://example.org/m-1",
    ]
    assert [claim["report_id"] for claim in properties["claims"]] == ["h-1", "m-1"]


def test_an_event_without_a_point_has_a_null_geometry(sample: Snapshot) -> None:
    features = exported(sample)["features"]
    assert [feature["geometry"] is None for feature in features] == [False, False, True]


def test_nothing_matching_is_an_empty_collection(sample: Snapshot) -> None:
    assert exported(sample, ("q", "nothing at all"))["features"] == []


def test_gdal_reads_it(sample: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(EXPORTS["geojson"].stream(EventQuery(), sample))
    frame = pyogrio.read_dataframe(path)
    assert len(frame) == 3
    assert frame.crs == "EPSG:4326"
    assert list(frame.geometry.iloc[0].coords) == [(36.8, 35.5)]
