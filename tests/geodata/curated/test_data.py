"""The curated data itself: enough of it, neutral, sourced, and where the gazetteers say it is."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pyproj import Geod
from shapely.geometry import Point, shape

from geodata.curated import CURATED, CuratedAtlas, read_curated
from geodata.curated.checks import independent_origins
from geodata.gazetteer import fold, name_key
from geodata.model.codebook import AREA_KINDS

README = (CURATED / "README.md").read_text(encoding="utf-8")
GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def atlas() -> CuratedAtlas:
    return read_curated()


def test_there_is_enough_of_it(atlas: CuratedAtlas) -> None:
    counts = atlas.counts()
    assert counts["events"] >= 350
    assert counts["places"] >= 400
    assert counts["factions"] >= 30
    assert counts["claims"] >= 570
    assert counts["reports"] >= 500
    assert sum(event.checked is not None for event in atlas.events) >= counts["events"] / 10


def test_the_readme_says_how_many_statements_are_on_points_and_on_areas(atlas: CuratedAtlas) -> None:
    drawable = {place.place_id for place in atlas.places if place.has_point and place.kind not in AREA_KINDS}
    wide = {place.place_id for place in atlas.places if place.kind in AREA_KINDS}
    placed = [told for told in atlas.statements if told.place_id in drawable]
    areas = sum(told.area_id is not None or told.place_id in wide for told in atlas.statements)
    assert f"{len(placed):,} on {len({told.place_id for told in placed})} places with a point" in README
    assert f"{areas} on areas" in README


@pytest.mark.parametrize(
    ("place_id", "first", "last"),
    [("c4085", date(2018, 2, 9), date(2018, 2, 11)), ("c7885", date(2018, 2, 12), date(2018, 2, 12))],
)
def test_contradictions_stay(atlas: CuratedAtlas, place_id: str, first: date, last: date) -> None:
    told = {
        (statement.status, statement.faction_id)
        for statement in atlas.statements
        if statement.place_id == place_id and first <= statement.date_end <= last
    }
    assert ("captured", "is") in told
    assert told & {("contested", "is"), ("denied", "is"), ("held", "opposition-factions")}


def test_no_statement_is_younger_than_its_report(atlas: CuratedAtlas) -> None:
    published = {report.report_id: report.published for report in atlas.reports}
    younger = []
    for statement in atlas.statements:
        day = published[statement.report_id]
        if day is not None and statement.date_end > day:
            younger.append(statement.statement_id)
    assert younger == ["cs1195"], "the README names this one: its page was updated"


def test_the_readme_says_how_much(atlas: CuratedAtlas) -> None:
    said = {
        name: int(count.replace(",", ""))
        for name, count in re.findall(r"^\| `(\w+)\.csv` \| ([\d,]+) \|", README, re.M)
    }
    assert said == atlas.counts()


def test_every_claim_of_the_first_report_is_there(atlas: CuratedAtlas) -> None:
    told = {claim.event_id for claim in atlas.claims if claim.report_id == "nso-20180213"}
    assert len(told) >= 10
    surrender = next(event for event in atlas.events if event.event_id == "jf18-e210")
    claimed = {
        number
        for claim in atlas.claims
        if claim.event_id == surrender.event_id and claim.field == "captured"
        for number in (claim.figures.low, claim.figures.best, claim.figures.high)
        if number is not None
    }
    assert {250, 300, 340, 400} <= claimed
    assert surrender.place_id == "c4091"


LOADED = re.compile(
    r"\b(?:liberat\w*|terroris\w*|regime|martyr\w*|mercenar\w*|occupier\w*|rats|infidel\w*)\b"
    "|إرهاب|النظام السوري|قوات النظام|شهداء|شهيد|مرتزق|ميليشيا|الاحتلال|خوارج"
    "|تحرير (?:مدينة|بلدة|قرية|مناطق)",
    re.IGNORECASE,
)


def test_our_own_words_take_no_side(atlas: CuratedAtlas) -> None:
    texts = [(e.event_id, text) for e in atlas.events for text in (e.summary_en, e.summary_ar)]
    texts += [(statement.statement_id, statement.note) for statement in atlas.statements]
    texts += [
        (area.area_id, text) for area in atlas.areas for text in (area.name_en, area.name_ar, area.note)
    ]
    assert [found for found in texts if LOADED.search(found[1])] == []


def test_no_handles_or_phone_numbers(atlas: CuratedAtlas) -> None:
    words = [text for event in atlas.events for text in (event.summary_en, event.summary_ar, event.note)]
    words += [text for claim in atlas.claims for text in (claim.text_en, claim.text_ar)]
    words += [
        text for statement in atlas.statements for text in (statement.place_as_reported, statement.note)
    ]
    assert [text for text in words if re.search(r"(^|\s)@\w|\+?\d{9,}", text)] == []


def test_summaries_are_not_written_twice(atlas: CuratedAtlas) -> None:
    assert [
        text for text, count in Counter(event.summary_en for event in atlas.events).items() if count > 1
    ] == []


def test_independence_is_not_counted_twice_over_copies(atlas: CuratedAtlas) -> None:
    publishers = {publisher.publisher_id: publisher for publisher in atlas.publishers}
    reports = {report.report_id: report for report in atlas.reports}
    for event in atlas.events:
        origins = {reports[name].origin_id for name in event.report_ids}
        if event.status == "corroborated":
            assert independent_origins(origins, publishers) >= 2, event.event_id


def test_no_place_lies_far_outside_its_governorate(atlas: CuratedAtlas) -> None:
    features = json.loads((CURATED / "basemap" / "admin1_region.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
    shapes = {
        fold(f["properties"]["name_en"]): shape(f["geometry"]) for f in features if f["properties"]["name_en"]
    }
    places = {place.place_id: place for place in atlas.places}
    compared = 0
    for place in atlas.places:
        if (
            place.kind in {"country", "governorate", "district", "subdistrict", "region"}
            or not place.has_point
        ):
            continue
        above = place
        while above.kind != "governorate" and above.parent_id:
            above = places[above.parent_id]
        outline = shapes.get(fold(above.name_en))
        if outline is None:
            continue
        compared += 1
        assert outline.distance(Point(place.lon, place.lat)) < 0.06, place.place_id
    assert compared >= 400


def ocha(folder: Path) -> list[dict[str, str]]:
    with (folder / "ocha_syria_places.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def distance_m(lat: float, lon: float, row: dict[str, str]) -> float:
    return float(GEOD.inv(lon, lat, float(row["lon"]), float(row["lat"]))[2])


@pytest.mark.shared
def test_places_with_a_p_code_stand_where_ocha_has_them(atlas: CuratedAtlas, shared_data: Path) -> None:
    known = {row["pcode"]: row for row in ocha(shared_data)}
    compared = [place for place in atlas.places if place.pcode in known]
    assert len(compared) >= 300
    for place in compared:
        assert place.lat is not None
        assert place.lon is not None
        assert distance_m(place.lat, place.lon, known[place.pcode or ""]) < 2000, place.place_id


@pytest.mark.shared
def test_those_far_from_their_namesakes_are_in_the_readme(atlas: CuratedAtlas, shared_data: Path) -> None:
    by_name: dict[str, list[dict[str, str]]] = {}
    for row in ocha(shared_data):
        for name in (row["name_en"], row["name_ar"]):
            by_name.setdefault(name_key(name), []).append(row)
    far = set()
    for place in atlas.places:
        if place.kind in {"country", "governorate", "district", "subdistrict", "region"}:
            continue
        if place.lat is None or place.lon is None:
            continue
        bare = re.sub(r"\s*\([^)]*\)", "", place.name_en)
        rows = [row for name in (bare, place.name_ar) for row in by_name.get(name_key(name), [])]
        nearest = min((distance_m(place.lat, place.lon, row) for row in rows), default=math.nan)
        if nearest > 2000:
            far.add(place.place_id)
    table = README.partition("| place | nearest community of that name | reason |")[2].partition("\n\n")[0]
    assert far == set(re.findall(r"^\| `([^`]+)`", table, re.M))
