"""The index finds exactly what a query means, and follows the store."""

from __future__ import annotations

from datetime import date

import pytest

from geodata.errors import BadFilter, UnknownEvent
from geodata.geometry import BBox
from geodata.index import EventIndex, EventQuery
from geodata.index.columns import uncertainty_m
from geodata.index.event_index import Snapshot
from geodata.index.sentence import sentence
from geodata.index.summaries import cells, facets, rings, span, timeline, totals
from geodata.model import Figures
from geodata.store import Store, rows, schema

WORLD = BBox(-180, -90, 180, 90)


def found(sample: Snapshot, *pairs: tuple[str, str]) -> list[str]:
    query = EventQuery.parse(pairs)
    ids = [event.event_id for event in sample.iter_events(query)]
    assert ids == [event.event_id for event in sample.events(query, limit=100)]
    assert sample.count(query) == len(ids)
    return ids


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], ["e1", "e2", "e3"]),
        ([("from", "2018-02-12"), ("to", "2018-02-12")], ["e2"]),
        ([("from", "2018-02-13")], ["e3"]),
        ([("to", "2018-02-01")], ["e1"]),
        ([("faction", "reds")], ["e1", "e3"]),
        ([("faction", "room")], ["e2"]),
        ([("faction", "room"), ("faction", "reds")], ["e1", "e2", "e3"]),
        ([("type", "battles")], ["e1"]),
        ([("type", "air-drone-strike")], ["e2"]),
        ([("place", "sy07")], ["e1"]),
        ([("place", "sy")], ["e1", "e2"]),
        ([("source", "gazette")], ["e2", "e3"]),
        ([("source", "m-1")], ["e1"]),
        ([("min_deaths", "3")], ["e1", "e3"]),
        ([("min_deaths", "0")], ["e1", "e3"]),
        ([("location_precision_max", "1")], ["e1"]),
        ([("q", "ALPHA clash")], ["e1"]),
        ([("q", "الالفا")], ["e1"]),
        ([("q", "alpha beta")], []),
        ([("q", "%")], []),
        ([("bbox", "36,35,37,36")], ["e1"]),
        ([("bbox", "37,35,36.9,36")], ["e1", "e2"]),
        ([("bbox", "36.8,35.5,36.8,35.5")], ["e1"]),
    ],
)
def test_filters(sample: Snapshot, pairs: list[tuple[str, str]], expected: list[str]) -> None:
    assert found(sample, *pairs) == expected


@pytest.mark.parametrize("parameter", ["faction", "place", "source"])
def test_an_id_that_nobody_knows_is_refused(sample: Snapshot, parameter: str) -> None:
    with pytest.raises(BadFilter) as caught:
        sample.count(EventQuery.parse([(parameter, "nobody")]))
    assert caught.value.parameter == parameter


def test_events_come_back_as_they_went_in(store: Store, sample: Snapshot) -> None:
    with store.read() as connection:
        assert list(sample.iter_events(EventQuery())) == rows.read_events(connection)


def test_a_stream_holds_one_batch_at_a_time(sample: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[int] = []
    whole = Snapshot.fetch

    def fetch(self: Snapshot, sql: str, values: list[object]) -> list[tuple[object, ...]]:
        rows = whole(self, sql, values)
        fetched.append(len(rows))
        return rows

    monkeypatch.setattr(Snapshot, "fetch", fetch)
    monkeypatch.setattr("geodata.index.event_index._BATCH", 1)
    stream = sample.iter_events(EventQuery())
    assert next(stream).event_id == "e1"
    assert fetched == [1, 1]  # how many there are, and the first batch
    assert [event.event_id for event in stream] == ["e2", "e3"]
    assert max(fetched) == 1


def test_orders_and_pages(sample: Snapshot) -> None:
    def ids(order: str, **page: int) -> list[str]:
        return [event.event_id for event in sample.events(EventQuery(), limit=2, order=order, **page)]

    assert ids("-date") == ["e3", "e2"]
    assert ids("deaths") == ["e3", "e1"]
    assert ids("date", offset=2) == ["e3"]


def test_one_event(sample: Snapshot) -> None:
    assert sample.event("e2").place_as_reported == "near Beta"
    with pytest.raises(UnknownEvent):
        sample.event("e9")


def test_statements_areas_and_sides_are_of_the_same_revision(store: Store) -> None:
    index = EventIndex(store)
    before = index.snapshot()
    assert [told.statement_id for told in before.statements] == ["s-1", "s-2", "s-3", "s-4"]
    assert before.areas["middle"].name("ar") == "الوسط"
    assert before.sides[before.factions["blues"].side_id or ""].name("en") == "West"
    assert before.factions["room"].side_id is None
    with store.write("a statement is taken back") as connection:
        connection.execute(schema.statements.delete().where(schema.statements.c.statement_id == "s-2"))
    after = index.snapshot()
    assert [told.statement_id for told in after.statements] == ["s-1", "s-3", "s-4"]
    assert len(before.statements) == 4


def test_totals_leave_aggregates_and_unknown_out(sample: Snapshot) -> None:
    counted = totals(sample, EventQuery())
    assert (counted.total, counted.with_point) == (3, 2)
    assert (counted.deaths_low, counted.deaths_best, counted.deaths_high) == (3, 3, 5)


@pytest.mark.parametrize(
    ("figures", "floor"),
    [(Figures(1, 2, 3), 2), (Figures(1, None, 3), 1), (Figures(None, None, 62), None), (Figures(), None)],
)
def test_up_to_a_figure_is_no_figure(figures: Figures, floor: int | None) -> None:
    assert figures.floor == floor


def test_cells_part_by_colour_and_find_spots(sample: Snapshot) -> None:
    far = cells(sample, EventQuery(), zoom=1, viewport=WORLD, colour="faction")
    assert [(cell.count, dict(cell.parts), cell.is_spot) for cell in far] == [
        (2, {"reds": 1, "blues": 1}, False)
    ]
    near = cells(sample, EventQuery(), zoom=12, viewport=WORLD, colour="type")
    assert sorted((cell.count, *cell.parts) for cell in near) == [
        (1, "battles"),
        (1, "explosions-remote-violence"),
    ]
    assert cells(sample, EventQuery(), zoom=12, viewport=BBox(0, 0, 1, 1), colour="type") == []


def test_panning_moves_no_cell(sample: Snapshot) -> None:
    boxes = [BBox(36, 35, 38, 36), BBox(36.7, 35.2, 37.3, 35.6)]
    assert (
        len({str(cells(sample, EventQuery(), zoom=9, viewport=box, colour="faction")) for box in boxes}) == 1
    )


def test_rings_show_the_codebooks_radius(sample: Snapshot) -> None:
    assert rings(sample, EventQuery(), viewport=WORLD) == [("c2", 35.25, 37.25, 25_000.0, 2, 1)]


def test_an_editors_radius_wins(sample: Snapshot) -> None:
    event, place = sample.event("e1"), sample.places["c1"]
    assert uncertainty_m(event, place) == 1000
    assert uncertainty_m(event, sample.places["lost"]) is None
    assert uncertainty_m(event, None) is None


def test_the_timeline_counts_each_event_once_on_its_first_day(sample: Snapshot) -> None:
    assert span(sample) == (date(2018, 2, 1), date(2018, 2, 25))
    counted = timeline(sample, EventQuery(date_from=date(2018, 2, 20), factions=("blues",)))
    assert counted is not None
    start, events, deaths = counted
    assert start == date(2018, 2, 1)
    assert {day: count for day, count in enumerate(events) if count} == {0: 1, 9: 1, 24: 1}
    assert sum(deaths) == 3


def test_facets_leave_their_own_dimension_out(sample: Snapshot) -> None:
    counted = facets(sample, EventQuery(factions=("reds",), types=("battles",)))
    assert counted.factions == {"reds": 1, "blues": 1, "room": 0}
    assert counted.types == {"battles": 1, "strategic-developments": 1}
    assert counted.places == {"c1": 1, "sy07": 1, "sy": 1}
    assert counted.sources == {"h-1": 1, "m-1": 1, "herald": 1, "mirror": 1}
    assert counted.location_precision == {1: 1}


@pytest.mark.parametrize("pairs", [[], [("faction", "room")], [("to", "2018-02-12")], [("q", "beta")]])
def test_the_facets_agree_with_the_counts(sample: Snapshot, pairs: list[tuple[str, str]]) -> None:
    query = EventQuery.parse(pairs)
    counted = facets(sample, query)
    for parameter, numbers in (
        ("faction", counted.factions),
        ("type", counted.types),
        ("source", counted.sources),
    ):
        for name, number in numbers.items():
            rest = [(key, value) for key, value in query.pairs() if key != parameter]
            assert sample.count(EventQuery.parse([*rest, (parameter, name)])) == number


def test_the_sentence_says_what_is_shown(sample: Snapshot) -> None:
    def says(*pairs: tuple[str, str]) -> str:
        query = EventQuery.parse(pairs)
        return sentence(query, sample.count(query), sample)

    assert says() == "3 events"
    assert says(("faction", "reds"), ("from", "2018-02-01"), ("to", "2018-02-13")) == (
        "1 event involving Reds, 1–13 February 2018"
    )
    assert says(("faction", "reds"), ("faction", "room"), ("to", "2018-02-01")) == (
        "1 event involving Reds or Room, until 1 February 2018"
    )
    assert says(("q", "100%(x)s %d {{7*7}}")) == "0 events mentioning “100%(x)s %d {{7*7}}”"


def test_the_index_follows_the_store(store: Store) -> None:
    index = EventIndex(store)
    before = index.snapshot()
    assert index.snapshot() is before
    with store.write("one claim less") as connection:
        connection.execute(schema.claims.delete().where(schema.claims.c.event_id == "e3"))
    after = index.snapshot()
    assert after.revision == before.revision + 1
    assert "e3" in before.claims
    assert "e3" not in after.claims
