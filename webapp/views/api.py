"""The JSON that the page reads: parse, ask, render."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from geodata.index import EventQuery, summaries
from geodata.index.event_index import Snapshot
from geodata.index.sentence import sentence
from geodata.model import Event
from webapp import present
from webapp.atlas import atlas, snapshot
from webapp.facets import facets_json
from webapp.languages import language, wording
from webapp.params import LIST_PARAMETERS, VIEW_PARAMETERS, given, read_page, read_view, split

blueprint = Blueprint("api", __name__, url_prefix="/api")


def _query_json(query: EventQuery) -> list[list[str]]:
    return [list(pair) for pair in query.pairs()]


def counts(query: EventQuery, now: Snapshot) -> dict[str, Any]:
    """Return what every view says about a query: its sentence and its exact counts."""
    found = summaries.totals(now, query)
    deaths = {"low": found.deaths_low, "best": found.deaths_best, "high": found.deaths_high}
    return {
        "revision": now.revision,
        "query": _query_json(query),
        "sentence": sentence(query, found.total, now, wording()),
        "total": found.total,
        "with_point": found.with_point,
        "without_point": found.total - found.with_point,
        "deaths": deaths if found.deaths_high is not None else None,
    }


def _item(cell: summaries.Cell, now: Snapshot, firsts: dict[int, Event]) -> dict[str, Any]:
    parts = sorted(cell.parts.items(), key=lambda part: (-part[1], part[0]))
    if cell.count == 1:
        return present.symbol(firsts[cell.first], now, parts[0][0])
    common = {
        "lat": cell.lat_sum / cell.count,
        "lon": cell.lon_sum / cell.count,
        "count": cell.count,
        "deaths": cell.deaths,
        "parts": parts,
    }
    if not cell.is_spot:
        return {"kind": "cluster", **common, "bounds": [cell.west, cell.south, cell.east, cell.north]}
    place = now.places[firsts[cell.first].place_id or ""]
    return {
        "kind": "spot",
        **common,
        "lat": place.lat,
        "lon": place.lon,
        "place_id": place.place_id,
        "place": place.name(language()),
    }


@blueprint.get("/map")
def map_items() -> dict[str, Any]:
    """Answer with the clusters, spots and single events of a viewport, and the rings of their doubt."""
    query, values = split(given(), VIEW_PARAMETERS)
    view = read_view(values)
    now = snapshot()
    cells = summaries.cells(now, query, zoom=view.zoom, viewport=view.viewport, colour=view.colour)
    firsts = now.events_at([cell.first for cell in cells if cell.is_spot])
    rings = [
        {
            "lat": lat,
            "lon": lon,
            "radius_m": radius_m,
            "location_precision": precision,
            "count": count,
            "label": now.places[place_id].name(language()),
        }
        for place_id, lat, lon, radius_m, precision, count in summaries.rings(
            now, query, viewport=view.viewport
        )
    ]
    return counts(query, now) | {"items": [_item(cell, now, firsts) for cell in cells], "rings": rings}


@blueprint.get("/timeline")
def timeline() -> dict[str, Any]:
    """Answer with the events of every day of the atlas, under all filters but the days."""
    query, _ = split(given(), ("lang",))
    found = summaries.timeline(snapshot(), query)
    if found is None:
        return {"unit": "day", "start": None, "end": None, "counts": [], "deaths": [], "total": 0}
    start, events, deaths = found
    end = summaries.last_day(start, len(events))
    return {
        "unit": "day",
        "start": start.isoformat(),
        "end": end.isoformat(),
        "counts": events,
        "deaths": deaths,
        "total": sum(events),
    }


@blueprint.get("/facets")
def facets() -> dict[str, Any]:
    """Answer with the counts beside every choice of the filter panel."""
    query, _ = split(given(), ("lang",))
    now = snapshot()
    return facets_json(summaries.facets(now, query), now)


@blueprint.get("/events")
def events() -> dict[str, Any]:
    """Answer with a page of the table."""
    query, values = split(given(), LIST_PARAMETERS)
    page = read_page(values)
    now = snapshot()
    found = now.events(query, limit=page.limit, offset=page.offset, order=page.order)
    return counts(query, now) | {"events": [present.row(event, now) for event in found]}


def event_json(event_id: str) -> dict[str, Any]:
    """Return one event with all its claims, all its sources and what its place may be mistaken for.

    Raises
    ------
    UnknownEvent
        When no event has the id.
    """
    now = snapshot()
    found = now.event(event_id)
    return present.detail(found, now, atlas().alternatives(found.place_id, now))


@blueprint.get("/events/<event_id>")
def event(event_id: str) -> dict[str, Any]:
    """Answer with one event, all its claims and all its sources."""
    split(given(), ("lang",))
    return event_json(event_id)
