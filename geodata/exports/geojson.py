"""Events as GeoJSON (RFC 7946): streamed, with their sources, the licence and the query inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from geodata.geometry import lon_lat
from geodata.index.columns import uncertainty_m
from geodata.index.event_index import Snapshot
from geodata.index.query import EventQuery
from geodata.index.sentence import sentence
from geodata.model import Claim, Event, Report

MEDIA_TYPE = "application/geo+json"
EXTENSION = "geojson"

LICENCE = "CC BY 4.0"
ATTRIBUTION = (
    "Incident Atlas, from public reports named in each feature; place coordinates in part from "
    "OCHA COD-PP Syria (CC BY-IGO), GeoNames (CC BY 4.0) and UCDP GED (CC BY 4.0). "
    "Every statement is a claim of its source."
)


def _report(report: Report, snapshot: Snapshot) -> dict[str, Any]:
    publisher, origin = snapshot.publishers[report.publisher_id], snapshot.publishers[report.origin_id]
    return {
        "report_id": report.report_id,
        "publisher": publisher.name_en,
        "alignment": publisher.alignment,
        "origin": origin.name_en,
        "url": report.url,
        "language": report.language,
        "published": report.published.isoformat() if report.published else None,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "report_id": claim.report_id,
        "field": claim.field,
        "figures": claim.figures.as_dict(),
        "text_en": claim.text_en,
        "text_ar": claim.text_ar,
    }


def feature(event: Event, snapshot: Snapshot) -> dict[str, Any]:
    """Return one event as a GeoJSON Feature; geometry is null when nobody has found its place.

    The geometry is a Point [longitude, latitude] in degrees, WGS 84; ``uncertainty_m`` in the properties
    is the radius in metres around it within which the event is reported.
    """
    place = snapshot.places.get(event.place_id or "")
    point = None
    if place is not None and place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": lon_lat(place.lat, place.lon)}
    sides: dict[str, list[dict[str, str]]] = {"side_a": [], "side_b": [], "other": []}
    for party in event.parties:
        faction = snapshot.factions[party.faction_id]
        sides[party.role].append(
            {"id": party.faction_id, "name_en": faction.name_en, "name_ar": faction.name_ar}
        )
    return {
        "type": "Feature",
        "id": event.event_id,
        "geometry": point,
        "properties": {
            "date_start": event.date_start.isoformat(),
            "date_end": event.date_end.isoformat(),
            "date_precision": event.date_precision,
            "event_type": event.event_type,
            "sub_event_type": event.sub_event_type,
            "place_id": event.place_id,
            "place_en": place.name_en if place else None,
            "place_ar": (place.name_ar or None) if place else None,
            "place_as_reported": event.place_as_reported,
            "location_precision": event.location_precision,
            "uncertainty_m": uncertainty_m(event, place),
            **sides,
            "deaths": event.deaths.as_dict(),
            "wounded": event.wounded.as_dict(),
            "captured": event.captured.as_dict(),
            "summary_en": event.summary_en,
            "summary_ar": event.summary_ar,
            "status": event.status,
            "aggregate": event.aggregate,
            "checked": event.checked.isoformat() if event.checked else None,
            "sources": [_report(snapshot.reports[name], snapshot) for name in event.report_ids],
            "claims": [_claim(claim) for claim in snapshot.claims.get(event.event_id, ())],
        },
    }


def json_text(value: object) -> str:
    """Return a value as compact JSON, its texts as they are; nothing that is no number becomes one."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def stream(query: EventQuery, snapshot: Snapshot) -> Iterator[str]:
    """Yield a FeatureCollection of exactly the matching events, by day, in constant memory.

    Beside the features it has ``attribution``, ``licence``, ``query`` (its parameters), ``description``
    (in words), ``revision`` (of the data) and ``number_matched``.
    """
    number = snapshot.count(query)
    head = {
        "type": "FeatureCollection",
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "description": sentence(query, number, snapshot),
        "query": [{"parameter": name, "value": value} for name, value in query.pairs()],
        "revision": snapshot.revision,
        "number_matched": number,
    }
    yield json_text(head)[:-1] + ',"features":['
    for position, event in enumerate(snapshot.iter_events(query)):
        yield (",\n" if position else "\n") + json_text(feature(event, snapshot))
    yield "\n]}\n"
