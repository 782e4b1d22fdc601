"""Lay events out as columns: sorted by day, parties as bit masks, places and sources as pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from geodata.gazetteer.names import fold
from geodata.index.query import MASK_BITS
from geodata.model import Event, Figures, Membership, Place, Report
from geodata.model.codebook import FIGURES, NEAR_RADIUS_M

_LARGEST_LAT = 85.051129


def uncertainty_m(event: Event, place: Place | None) -> float | None:
    """Return the radius in metres within which the event happened, None without a point.

    The editor's radius wins; UCDP precision 2 means 25 km around the place; otherwise the place's own.
    """
    if place is None or not place.has_point:
        return None
    if event.uncertainty_m is not None:
        return event.uncertainty_m
    own = place.uncertainty_m or 0.0
    return max(own, NEAR_RADIUS_M) if event.location_precision == 2 else own


def with_groups(
    factions: Iterable[str], first: date, last: date, memberships: Sequence[Membership]
) -> set[str]:
    """Return the factions and every group that any of them belonged to between two days, inclusive."""
    found = set(factions)
    waiting = list(found)
    while waiting:
        member = waiting.pop()
        for item in memberships:
            if item.member_id == member and item.group_id not in found and item.overlaps(first, last):
                found.add(item.group_id)
                waiting.append(item.group_id)
    return found


def lineage(place_id: str | None, places: Mapping[str, Place]) -> list[str]:
    """Return a place's id and those of the places that it lies in, lowest first."""
    found: list[str] = []
    while place_id is not None and place_id in places and place_id not in found:
        found.append(place_id)
        place_id = places[place_id].parent_id
    return found


def leading_party(event: Event) -> str:
    """Return the first faction of side a (else of any role), which colours the symbol; else nothing."""
    ordered = sorted(event.parties, key=lambda party: party.role != "side_a")
    return ordered[0].faction_id if ordered else ""


def _search_text(event: Event, places: Mapping[str, Place]) -> str:
    names = [event.summary_en, event.summary_ar, event.place_as_reported]
    for name in lineage(event.place_id, places)[:1]:
        names += [places[name].name_en, places[name].name_ar, *places[name].variants]
    return "\n".join(fold(name) for name in names)


def _masks(
    events: Sequence[Event], bits: Mapping[str, int], memberships: Sequence[Membership]
) -> dict[str, pa.Array]:
    count = max(1, -(-len(bits) // MASK_BITS))
    columns = [[0] * len(events) for _ in range(count)]
    for row, event in enumerate(events):
        named = (party.faction_id for party in event.parties)
        for faction in with_groups(named, event.date_start, event.date_end, memberships):
            column, bit = divmod(bits[faction], MASK_BITS)
            columns[column][row] |= 1 << bit
    return {f"mask{number}": pa.array(column, pa.int64()) for number, column in enumerate(columns)}


def _world(lats: Sequence[float | None], lons: Sequence[float | None]) -> tuple[pa.Array, pa.Array]:
    """Project degrees to Web Mercator (EPSG:3857) scaled to [0, 1]: x eastward, y southward."""
    lat = np.clip(
        np.array([np.nan if value is None else value for value in lats]), -_LARGEST_LAT, _LARGEST_LAT
    )
    lon = np.array([np.nan if value is None else value for value in lons])
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2
    return pa.array((lon + 180) / 360, from_pandas=True), pa.array(y, from_pandas=True)


def event_columns(
    events: Sequence[Event],
    places: Mapping[str, Place],
    bits: Mapping[str, int],
    memberships: Sequence[Membership],
) -> pa.Table:
    """Return the events as an Arrow table, in the order given, with ``ord`` from 0.

    Parameters
    ----------
    events : sequence of Event
        Sorted by first day.
    places : mapping of place id to Place
        Gives points (degrees, EPSG:4326) and names.
    bits : mapping of faction id to bit position
        `MASK_BITS` to a mask column.
    memberships : sequence of Membership
        Sets a group's bit where a member takes part.
    """
    found = [places.get(event.place_id or "") for event in events]
    lats = [place.lat if place else None for place in found]
    lons = [place.lon if place else None for place in found]
    x, y = _world(lats, lons)
    columns: dict[str, pa.Array] = {
        "ord": pa.array(range(len(events)), pa.int32()),
        "event_id": pa.array([event.event_id for event in events], pa.string()),
        "date_start": pa.array([event.date_start for event in events], pa.date32()),
        "date_end": pa.array([event.date_end for event in events], pa.date32()),
        "date_precision": pa.array([event.date_precision for event in events], pa.int8()),
        "event_type": pa.array([event.event_type for event in events], pa.string()),
        "sub_event_type": pa.array([event.sub_event_type for event in events], pa.string()),
        "place_id": pa.array([event.place_id for event in events], pa.string()),
        "place_as_reported": pa.array([event.place_as_reported for event in events], pa.string()),
        "location_precision": pa.array([event.location_precision for event in events], pa.int8()),
        "uncertainty_m": pa.array([event.uncertainty_m for event in events], pa.float64()),
        "radius_m": pa.array(
            [uncertainty_m(*pair) for pair in zip(events, found, strict=True)], pa.float64()
        ),
        "lat": pa.array(lats, pa.float64()),
        "lon": pa.array(lons, pa.float64()),
        "x": x,
        "y": y,
        "lead": pa.array([leading_party(event) for event in events], pa.string()),
        "deaths": pa.array([event.deaths.floor for event in events], pa.int32()),
        "summary_en": pa.array([event.summary_en for event in events], pa.string()),
        "summary_ar": pa.array([event.summary_ar for event in events], pa.string()),
        "folded": pa.array([_search_text(event, places) for event in events], pa.string()),
        "status": pa.array([event.status for event in events], pa.string()),
        "aggregate": pa.array([event.aggregate for event in events], pa.bool_()),
        "checked": pa.array([event.checked for event in events], pa.date32()),
        "note": pa.array([event.note for event in events], pa.string()),
        "faction_ids": pa.array(
            [[p.faction_id for p in event.parties] for event in events], pa.list_(pa.string())
        ),
        "roles": pa.array(
            [[party.role for party in event.parties] for event in events], pa.list_(pa.string())
        ),
        "report_ids": pa.array([list(event.report_ids) for event in events], pa.list_(pa.string())),
    }
    for name in FIGURES:
        figures: list[Figures] = [getattr(event, name) for event in events]
        for part in ("low", "best", "high"):
            columns[f"{name}_{part}"] = pa.array([getattr(item, part) for item in figures], pa.int32())
    return pa.table(columns | _masks(events, bits, memberships))


def _pairs(name: str, found: Mapping[int, Iterable[str]]) -> pa.Table:
    rows = [(row, value) for row, values in found.items() for value in values]
    return pa.table(
        {
            "ord": pa.array([row for row, _ in rows], pa.int32()),
            name: pa.array([v for _, v in rows], pa.string()),
        }
    )


def place_pairs(events: Sequence[Event], places: Mapping[str, Place]) -> pa.Table:
    """Return (ord, place_id): each event's place and every place that it lies in."""
    return _pairs("place_id", {row: lineage(event.place_id, places) for row, event in enumerate(events)})


def source_pairs(events: Sequence[Event], reports: Mapping[str, Report]) -> pa.Table:
    """Return (ord, source_id): each event's reports, their publishers and whose reporting they carry."""
    found: dict[int, set[str]] = defaultdict(set)
    for row, event in enumerate(events):
        for name in event.report_ids:
            found[row] |= {name, reports[name].publisher_id, reports[name].origin_id}
    return _pairs("source_id", {row: sorted(values) for row, values in found.items()})
