"""Places of the same name are found, the place itself and its areas are not."""

from __future__ import annotations

import pytest

from geodata.errors import UnknownPlace
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.namesakes import namesakes


@pytest.fixture(scope="module")
def curated() -> Gazetteer:
    return Gazetteer.from_curated(None)


def test_the_luwaybidahs_that_reports_confuse(curated: Gazetteer) -> None:
    found = namesakes(curated, "c7886")
    assert found[0][0].place_id == "c4046"
    assert 16_000 < found[0][1] < 30_000
    assert [far for _, far in found] == sorted(far for _, far in found)
    assert "c7886" in {place.place_id for place, _ in namesakes(curated, "c4046")}


def test_a_town_is_no_namesake_of_its_district(curated: Gazetteer) -> None:
    assert all(place.kind not in {"district", "subdistrict"} for place, _ in namesakes(curated, "c3871"))
    assert namesakes(curated, "sy07") == []


def test_a_place_without_a_point_has_none(curated: Gazetteer) -> None:
    lost = next(place for place in curated if not place.has_point and place.kind == "village")
    assert namesakes(curated, lost.place_id) == []


def test_an_unknown_place(curated: Gazetteer) -> None:
    with pytest.raises(UnknownPlace):
        namesakes(curated, "nowhere")
