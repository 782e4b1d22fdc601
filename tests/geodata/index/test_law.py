"""The index against plain Python: over generated atlases, every count and every list is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count

import pytest

from geodata.index import EventIndex, EventQuery, summaries
from geodata.index.event_index import Snapshot
from geodata.model import Event
from geodata.store import Store
from tests.geodata.index.generated import EVENTS, Atlas

QUERIES = 16


@pytest.fixture(scope="module", params=range(3))
def generated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Atlas, Snapshot]]:
    atlas = Atlas(request.param)
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('law') / 'atlas.sqlite'}")
    store.migrate()
    atlas.write(store)
    yield atlas, EventIndex(store).snapshot()
    store.close()


def queries(atlas: Atlas) -> Iterator[EventQuery]:
    yield EventQuery()
    for _ in range(QUERIES):
        yield atlas.query()


def test_the_same_events(generated: tuple[Atlas, Snapshot], monkeypatch: pytest.MonkeyPatch) -> None:
    atlas, now = generated
    monkeypatch.setattr("geodata.index.event_index._BATCH", 7)
    some = 0
    for query in queries(atlas):
        wanted = atlas.matching(query)
        assert list(now.iter_events(query)) == wanted, query
        assert now.count(query) == len(wanted)
        assert now.events(query, limit=1000) == wanted
        pages = [now.events(query, limit=13, offset=offset) for offset in range(0, EVENTS, 13)]
        assert [event for page in pages for event in page] == wanted
        assert EventQuery.parse(query.pairs()) == query
        some += bool(wanted)
    assert some >= QUERIES // 5  # the dice do not only ask for what is not there


def added(figures: Iterable[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def test_the_same_totals(generated: tuple[Atlas, Snapshot]) -> None:
    atlas, now = generated
    for query in queries(atlas):
        found = atlas.matching(query)
        single = [event.deaths for event in found if event.deaths.is_known and not event.aggregate]
        assert summaries.totals(now, query) == summaries.Totals(
            len(found),
            sum(atlas.point(event) is not None for event in found),
            added(figures.low for figures in single),
            added(figures.floor for figures in single),
            added(figures.floor if figures.high is None else figures.high for figures in single),
        )


def test_the_same_facets(generated: tuple[Atlas, Snapshot]) -> None:
    atlas, now = generated
    for query in queries(atlas):
        found = summaries.facets(now, query)

        def under(parameter: str, query: EventQuery = query) -> list[Event]:
            return atlas.matching(query.without(parameter))

        factions = Counter(name for event in under("faction") for name in atlas.factions_of(event))
        assert found.factions == {f.faction_id: factions[f.faction_id] for f in atlas.factions}
        assert found.types == Counter(event.event_type for event in under("type"))
        assert found.sub_types == Counter(event.sub_event_type for event in under("type"))
        assert found.places == Counter(n for event in under("place") for n in atlas.above(event.place_id))
        assert found.sources == Counter(n for event in under("source") for n in atlas.sources_of(event))
        precisions = Counter(event.location_precision for event in under("location_precision_max"))
        assert found.location_precision == precisions


def test_the_same_timeline(generated: tuple[Atlas, Snapshot]) -> None:
    atlas, now = generated
    assert summaries.span(now) == (
        min(event.date_start for event in atlas.events),
        max(event.date_end for event in atlas.events),
    )
    for query in queries(atlas):
        days = Counter(event.date_start for event in atlas.matching(query.without("from", "to")))
        dead: Counter[date] = Counter()
        for event in atlas.matching(query.without("from", "to")):
            dead[event.date_start] += 0 if event.aggregate else event.deaths.floor or 0
        found = summaries.timeline(now, query)
        assert found is not None
        start, counts, deaths = found
        assert {start + timedelta(days=at): number for at, number in zip(count(), counts) if number} == days
        assert {start + timedelta(days=at): number for at, number in zip(count(), deaths) if number} == +dead


@pytest.mark.parametrize("colour", ["faction", "type"])
def test_the_same_cells_and_rings(generated: tuple[Atlas, Snapshot], colour: str) -> None:
    atlas, now = generated
    for query in queries(atlas):
        box, zoom = atlas.box(), atlas.random.randint(0, 15)
        here = [e for e in atlas.matching(query) if (p := atlas.point(e)) and box.contains(*p)]
        found = summaries.cells(now, query, zoom=zoom, viewport=box, colour=colour)
        assert sum(cell.count for cell in found) == len(here)
        assert sum(cell.deaths for cell in found) == sum(
            0 if event.aggregate else event.deaths.floor or 0 for event in here
        )
        lead = {
            e.event_id: next(
                (p.faction_id for role in ("side_a", "") for p in e.parties if role in ("", p.role)), ""
            )
            for e in here
        }
        parts = sum((cell.parts for cell in found), Counter[str]())
        assert parts == Counter(lead[e.event_id] if colour == "faction" else e.event_type for e in here)
        for cell in found:
            inside = [
                e
                for e in here
                if (p := atlas.point(e))
                and cell.south <= p[0] <= cell.north
                and cell.west <= p[1] <= cell.east
            ]
            assert cell.is_spot == (len({atlas.point(event) for event in inside}) == 1)
        rings = summaries.rings(now, query, viewport=box)
        doubtful = [event for event in here if event.location_precision >= 2]
        assert sum(ring[-1] for ring in rings) == len(doubtful)
        assert {ring[0] for ring in rings} == {event.place_id for event in doubtful}
