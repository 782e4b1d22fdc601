"""What the page must show, counted straight from the curated files, past store, index and query."""

from __future__ import annotations

from datetime import date
from functools import cache

from geodata.curated import CuratedAtlas, read_curated
from geodata.model import Event


@cache
def curated() -> CuratedAtlas:
    """Return the curated tables."""
    return read_curated()


def overlapping(first: date, last: date, faction: str) -> list[Event]:
    """Return the events that a faction took part in on some day between two days, inclusive."""
    return [
        event
        for event in curated().events
        if event.date_start <= last
        and event.date_end >= first
        and faction in {party.faction_id for party in event.parties}
    ]


def with_point(events: list[Event]) -> list[Event]:
    """Return those whose place somebody has found."""
    places = {place.place_id: place for place in curated().places}
    return [event for event in events if event.place_id and places[event.place_id].has_point]
