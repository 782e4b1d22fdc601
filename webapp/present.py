"""Turn what the atlas knows into JSON for the page, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geodata.index.columns import leading_party, lineage, uncertainty_m
from geodata.index.event_index import Snapshot
from geodata.model import Claim, Event, Place, Report
from geodata.model.codebook import TERRITORY_SUBTYPES
from webapp.labels import LABELS
from webapp.languages import days, language
from webapp.messages import label

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ckb"})
SHAPES = {
    "battles": "circle",
    "explosions-remote-violence": "triangle",
    "violence-against-civilians": "square",
    "strategic-developments": "diamond",
    "protests": "plus",
    "riots": "plus",
}
TERRITORY_SHAPE = "pennant"
"""Drawn where territory changes hands, whatever the type."""


def shape(event: Event) -> str:
    """Return the symbol's shape: never colour alone tells the type."""
    return TERRITORY_SHAPE if event.sub_event_type in TERRITORY_SUBTYPES else SHAPES[event.event_type]


def place_name(place: Place | None, event: Event) -> str:
    """Return the place's name in the reader's language, else the words of the reports."""
    return place.name(language()) if place else event.place_as_reported


def title(event: Event, snapshot: Snapshot) -> str:
    """Return what and where in a few words."""
    place = snapshot.places.get(event.place_id or "")
    comma = "، " if language() == "ar" else ", "
    kind = label("titles" if event.sub_event_type in LABELS["titles"] else "sub_types", event.sub_event_type)
    return f"{kind}{comma}{place_name(place, event)}"


def symbol(event: Event, snapshot: Snapshot, part: str) -> dict[str, Any]:
    """Return one event as a symbol of the map; `part` is its key in the active colouring."""
    place = snapshot.places[event.place_id or ""]
    return {
        "kind": "event",
        "id": event.event_id,
        "lat": place.lat,
        "lon": place.lon,
        "type": event.event_type,
        "sub_type": event.sub_event_type,
        "shape": shape(event),
        "faction": leading_party(event),
        "part": part,
        "location_precision": event.location_precision,
        "uncertainty_m": uncertainty_m(event, place),
        "deaths": event.deaths.floor,
        "status": event.status,
        "title": title(event, snapshot),
        "date": days(event.date_start, event.date_end, event.date_precision),
        "place": place_name(place, event),
    }


def row(event: Event, snapshot: Snapshot) -> dict[str, Any]:
    """Return one event as a row of the table."""
    place = snapshot.places.get(event.place_id or "")
    sides: dict[str, list[dict[str, str]]] = {"side_a": [], "side_b": [], "other": []}
    for party in event.parties:
        faction = snapshot.factions[party.faction_id]
        sides[party.role].append({"id": party.faction_id, "name": faction.name(language())})
    return {
        "id": event.event_id,
        "date": days(event.date_start, event.date_end, event.date_precision),
        "date_start": event.date_start.isoformat(),
        "date_end": event.date_end.isoformat(),
        "title": title(event, snapshot),
        "summary": event.summary(language()),
        "place": place_name(place, event),
        "place_as_reported": event.place_as_reported,
        "location_precision": event.location_precision,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "type": event.event_type,
        "type_label": label("event_types", event.event_type),
        "sub_type": event.sub_event_type,
        "sub_type_label": label("sub_types", event.sub_event_type),
        "shape": shape(event),
        **sides,
        "deaths": event.deaths.as_dict(),
        "status": event.status,
        "status_label": label("statuses", event.status),
        "aggregate": event.aggregate,
        "sources": len(event.report_ids),
    }


def report(item: Report, snapshot: Snapshot) -> dict[str, Any]:
    """Return a report with its publisher, whose reporting it carries, and the publisher's alignment."""
    publisher, origin = snapshot.publishers[item.publisher_id], snapshot.publishers[item.origin_id]
    return {
        "id": item.report_id,
        "publisher": publisher.name(language()),
        "origin": origin.name(language()) if origin is not publisher else None,
        "alignment": publisher.alignment,
        "alignment_label": label("alignments", publisher.alignment),
        "origin_alignment": origin.alignment,
        "origin_alignment_label": label("alignments", origin.alignment),
        "about": item.about,
        "url": item.url,
        "language": item.language,
        "language_label": label("languages", item.language),
        "dir": "rtl" if item.language in RIGHT_TO_LEFT else "ltr",
        "published": item.published.isoformat() if item.published else None,
        "published_label": days(item.published, item.published, 1) if item.published else None,
    }


def _claim(item: Claim, snapshot: Snapshot) -> dict[str, Any]:
    arabic = language() == "ar" and bool(item.text_ar)
    return {
        "field": item.field,
        "field_label": label("claim_fields", item.field),
        "low": item.figures.low,
        "best": item.figures.best,
        "high": item.figures.high,
        "text": item.text_ar if arabic else item.text_en,
        "text_dir": "rtl" if arabic else "ltr",
        "report": report(snapshot.reports[item.report_id], snapshot),
    }


def _alternative(place: Place, distance_m: float, snapshot: Snapshot) -> dict[str, Any]:
    above = lineage(place.place_id, snapshot.places)[1:3]
    return {
        "name": place.name(language()),
        "admin": [snapshot.places[name].name(language()) for name in above],
        "distance_m": round(distance_m),
    }


def detail(event: Event, snapshot: Snapshot, alternatives: Sequence[tuple[Place, float]]) -> dict[str, Any]:
    """Return one event with every claim and every source, side by side.

    `alternatives` are other places of its place's name, with their distances in metres.
    """
    place = snapshot.places.get(event.place_id or "")
    above = lineage(event.place_id, snapshot.places)[1:]
    return row(event, snapshot) | {
        "date_precision": event.date_precision,
        "date_precision_label": label("date_precisions", event.date_precision),
        "location_precision_label": label("location_precisions", event.location_precision),
        "uncertainty_m": uncertainty_m(event, place),
        "place_id": event.place_id,
        "place_kind_label": label("place_kinds", place.kind) if place else None,
        "place_note": place.note if place else "",
        "coordinate_source": place.coordinate_source if place else "",
        "admin": [snapshot.places[name].name(language()) for name in above],
        "alternatives": [_alternative(*found, snapshot) for found in alternatives],
        "summary_en": event.summary_en,
        "summary_ar": event.summary_ar,
        "wounded": event.wounded.as_dict(),
        "captured": event.captured.as_dict(),
        "status_note": label("status_notes", event.status),
        "claims": [_claim(claim, snapshot) for claim in snapshot.claims.get(event.event_id, ())],
        "reports": [report(snapshot.reports[name], snapshot) for name in event.report_ids],
        "note": event.note,
        "checked": event.checked.isoformat() if event.checked else None,
        "checked_label": days(event.checked, event.checked, 1) if event.checked else None,
    }
