"""The reported campaign of October 2017 – February 2018, as the curated statements tell it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest

from geodata.control import LEVELS, ControlTimeline, Level, timeline_of
from geodata.index import EventIndex
from geodata.index.event_index import Snapshot
from geodata.model.codebook import AREA_KINDS
from geodata.store import Store, prepare


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Return a snapshot of the curated data, without any other gazetteer."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('atlas') / 'atlas.sqlite'}")
    prepare(store, countries=())
    yield EventIndex(store).snapshot()
    store.close()


@pytest.fixture(scope="module")
def campaign(atlas: Snapshot) -> ControlTimeline:
    """Return the campaign by sides."""
    return timeline_of(atlas)


def governorate(atlas: Snapshot, place_id: str) -> str:
    place = atlas.places[place_id]
    while place.kind != "governorate":
        assert place.parent_id
        place = atlas.places[place.parent_id]
    return place.place_id


def pocket(campaign: ControlTimeline, on: date) -> list[str]:
    """Return the places that IS has or contests."""
    areas = campaign.areas(on)
    parties = [
        controller == "is" or "is" in parties
        for controller, parties in zip(areas["controller"], areas["parties"], strict=True)
    ]
    return sorted(areas["place_id"][parties])


def size(campaign: ControlTimeline, on: date) -> int:
    return int((campaign.areas(on)["controller"] == "is").sum())


def test_the_pocket_appears_in_october(campaign: ControlTimeline, atlas: Snapshot) -> None:
    assert pocket(campaign, date(2017, 10, 8)) == []
    first = pocket(campaign, date(2017, 10, 9))
    assert len(first) >= 5
    assert {governorate(atlas, name) for name in first} == {"sy05"}


def test_it_grows_from_december_to_the_end_of_january(campaign: ControlTimeline) -> None:
    sizes = [
        size(campaign, on)
        for on in (date(2017, 10, 15), date(2017, 12, 15), date(2018, 1, 15), date(2018, 1, 31))
    ]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 4
    assert sizes[-1] > 2 * sizes[1]


def test_it_shrinks_in_the_first_week_of_february(campaign: ControlTimeline) -> None:
    sizes = [size(campaign, date(2018, 2, on)) for on in (1, 5, 7, 8, 9)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0] / 5


def test_it_moves_into_idlib_on_the_ninth_of_february(campaign: ControlTimeline, atlas: Snapshot) -> None:
    before, after = (
        {name for name in pocket(campaign, date(2018, 2, on)) if governorate(atlas, name) == "sy07"}
        for on in (8, 9)
    )
    assert before == set()
    assert {"c4083", "c4098", "c4085"} <= after
    # The old pocket is gone with it: what is left of IS in Hama and Aleppo was contested that day.
    areas = campaign.areas(date(2018, 2, 9)).set_index("place_id")
    elsewhere = [name for name in pocket(campaign, date(2018, 2, 9)) if governorate(atlas, name) != "sy07"]
    assert set(areas.loc[elsewhere, "state"]) <= {"contested"}


def test_between_the_ninth_and_the_thirteenth_it_is_a_few_villages_and_never_certain(
    campaign: ControlTimeline,
) -> None:
    for on in range(9, 14):
        areas = campaign.areas(date(2018, 2, on))
        theirs = areas[areas["controller"] == "is"]
        assert 1 <= len(theirs) <= 15
        assert theirs["uncertain"].mean() >= 0.5


def test_it_is_gone_on_the_fourteenth(campaign: ControlTimeline) -> None:
    assert size(campaign, date(2018, 2, 13)) > 0
    for on in (date(2018, 2, 14), date(2018, 2, 15), date(2018, 2, 28)):
        assert pocket(campaign, on) == []


def test_the_government_crosses_the_railway_and_takes_the_air_base(campaign: ControlTimeline) -> None:
    assert campaign.explain("abu-al-duhur-air-base", date(2017, 12, 15)).controller == "opposition"
    assert campaign.explain("abu-al-duhur-air-base", date(2018, 1, 25)).controller == "government"
    held = [
        int((campaign.areas(on)["controller"] == "government").sum())
        for on in (date(2017, 12, 15), date(2018, 1, 10), date(2018, 1, 31), date(2018, 2, 14))
    ]
    assert held == sorted(held)


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [("c4085", date(2018, 2, 9), date(2018, 2, 11)), ("c7885", date(2018, 2, 12), date(2018, 2, 12))],
)
def test_contradictions_are_shown_as_such(
    campaign: ControlTimeline, place: str, first: date, last: date
) -> None:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        why = campaign.explain(place, date.fromordinal(ordinal))
        assert why.state == "contested" or why.uncertain
        said = {statement.faction_id for statement in (*why.decisive, *why.others)}
        assert "is" in said
        assert len(said) > 1


def test_no_cell_stays_with_is_because_no_report_names_it(campaign: ControlTimeline) -> None:
    taken = campaign.changes(date(2018, 2, 5), date(2018, 2, 14))
    from_is = taken[taken["from_controller"] == "is"]
    by_area = [
        name
        for name in from_is["place_id"]
        if campaign.explain(name, date(2018, 2, 14)).area_statement is not None
    ]
    # Some thirty villages that latest-statement-wins leaves with IS for ever.
    assert len(by_area) >= 20


def test_what_is_not_drawn_is_listed_with_its_reason(campaign: ControlTimeline, atlas: Snapshot) -> None:
    statements = {item.statement_id: item for item in atlas.statements}
    for item in campaign.rejected:
        place = atlas.places[statements[item.statement_id].place_id or ""]
        assert not place.has_point
        assert "no point" in item.reason
    drawn = len(atlas.statements) - len(campaign.rejected)
    assert drawn >= 1200


def test_each_level_of_alliance_has_its_holders_and_is_made_in_less_than_a_second(atlas: Snapshot) -> None:
    found: dict[Level, ControlTimeline] = {}
    for level in LEVELS:
        start = time.process_time()
        found[level] = timeline_of(atlas, level)
        found[level].styles()
        assert time.process_time() - start < 1.0
    assert set(found["side"].holders) == {"government", "is", "opposition"}
    assert {"hts", "syrian-government", "is"} <= set(found["faction"].holders)
    on = date(2018, 2, 10)
    assert len(found["faction"].fronts(on)) > len(found["side"].fronts(on))
    rooms = set(found["room"].areas(on)["controller"])
    assert "syrian-government" in rooms


def test_every_place_with_a_cell_is_a_place_and_not_an_area(
    campaign: ControlTimeline, atlas: Snapshot
) -> None:
    assert all(atlas.places[name].kind not in AREA_KINDS for name in campaign.coverage.cell_of)
    assert campaign.day_range is not None
    assert campaign.day_range[1] >= date(2018, 2, 14)


def test_villages_that_the_government_is_alleged_to_have_left_to_it_are_contested(
    campaign: ControlTimeline,
) -> None:
    for on in (date(2018, 2, 9), date(2018, 2, 10), date(2018, 2, 12)):
        areas = campaign.areas(on).set_index("place_id").loc[["c3069", "c3076", "c4090", "c6569"]]
        assert set(areas["controller"]) == {"government"}
    assert set(campaign.areas(date(2018, 2, 10)).set_index("place_id").loc[["c3069", "c3076"], "state"]) == {
        "contested"
    }
