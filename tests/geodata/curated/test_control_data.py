"""The curated statements of control: enough of them, placed, checked, neutral, and every party on a side."""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest
import shapely
from shapely.geometry import shape

from geodata.curated import CURATED, CuratedAtlas, read_curated
from geodata.model.codebook import STATEMENT_STATUSES
from tests.conftest import ROOT
from tests.geodata.curated.test_data import LOADED

LEAST_CONTRAST = 3.0


@pytest.fixture(scope="module")
def atlas() -> CuratedAtlas:
    return read_curated()


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.1)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_there_are_enough_placed_statements(atlas: CuratedAtlas) -> None:
    places = {place.place_id: place for place in atlas.places}
    placed = [told for told in atlas.statements if told.place_id and places[told.place_id].has_point]
    assert len(placed) >= 1200
    assert {told.status for told in atlas.statements} == set(STATEMENT_STATUSES)


def test_a_tenth_was_compared_again_with_its_source(atlas: CuratedAtlas) -> None:
    assert sum(told.checked is not None for told in atlas.statements) >= len(atlas.statements) / 10


def test_every_party_that_holds_ground_has_a_side(atlas: CuratedAtlas) -> None:
    side_of = {faction.faction_id: faction.side_id for faction in atlas.factions}
    named = {
        name
        for told in atlas.statements
        for name in (told.faction_id, told.from_faction_id, told.to_faction_id)
        if name
    }
    assert {name for name in named if side_of[name] is None} == set()
    assert {side.side_id for side in atlas.sides} == set(side_of.values()) - {None}


def test_who_belongs_together_stands_on_one_side(atlas: CuratedAtlas) -> None:
    side_of = {faction.faction_id: faction.side_id for faction in atlas.factions}
    assert {(side_of[one.group_id], side_of[one.member_id]) for one in atlas.memberships} <= {
        (side.side_id, side.side_id) for side in atlas.sides
    }


def test_nobody_unarmed_or_unidentified_has_a_side(atlas: CuratedAtlas) -> None:
    bare = {"civilians", "protesters", "rioters", "unidentified"}
    assert {faction.side_id for faction in atlas.factions if faction.kind in bare} == {None}


def test_the_sides_colours_stand_out_from_the_light_map(atlas: CuratedAtlas) -> None:
    tokens = (ROOT / "webapp/static/css/tokens.css").read_text(encoding="utf-8")
    grounds = re.findall(r"--map-land(?:-focus)?: (#[0-9a-f]{6})", tokens)[:2]
    assert len(grounds) == 2
    for side in atlas.sides:
        for ground in grounds:
            assert (luminance(ground) + 0.05) / (luminance(side.colour) + 0.05) >= LEAST_CONTRAST, (
                side.side_id
            )
    assert all(one.colour != other.colour for one, other in combinations(atlas.sides, 2))


def test_drawn_areas_lie_where_the_reports_are(atlas: CuratedAtlas) -> None:
    drawn = json.loads((CURATED / "basemap" / "admin1_region.geojson").read_text(encoding="utf-8"))
    syria = [shape(one["geometry"]) for one in drawn["features"] if one["properties"]["adm0_a3"] == "SYR"]
    around = shapely.union_all(syria).buffer(0.01)
    for area in atlas.areas:
        # Latitude and longitude the wrong way round would be in range, and in Turkey.
        assert around.contains(shapely.from_wkt(area.outline)), area.area_id


def test_drawn_areas_are_spoken_of(atlas: CuratedAtlas) -> None:
    assert {area.area_id for area in atlas.areas} == {told.area_id for told in atlas.statements} - {None}


def test_our_own_words_take_no_side(atlas: CuratedAtlas) -> None:
    texts = [told.note for told in atlas.statements]
    texts += [text for area in atlas.areas for text in (area.name_en, area.name_ar, area.note)]
    texts += [text for side in atlas.sides for text in (side.name_en, side.name_ar, side.note)]
    assert [text for text in texts if LOADED.search(text)] == []
    assert [text for text in texts if re.search(r"(^|\s)@\w|\+?\d{9,}", text)] == []
