"""The filter panel's choices as JSON: names, colours, groups and counts."""

from __future__ import annotations

from typing import Any

from geodata.index.event_index import Snapshot
from geodata.index.summaries import Facets
from geodata.model.codebook import EVENT_TYPES, LOCATION_PRECISIONS, slug
from webapp.languages import language
from webapp.messages import label
from webapp.present import SHAPES

_AREAS = ("governorate", "district")


def _factions(counts: Facets, now: Snapshot) -> list[dict[str, Any]]:
    members: dict[str, list[str]] = {}
    for item in now.memberships:
        known = members.setdefault(item.group_id, [])
        if item.member_id not in known:
            known.append(item.member_id)
    found = [
        {
            "id": faction.faction_id,
            "name": faction.name(language()),
            "long_name": faction.long_name_ar if language() == "ar" else faction.long_name_en,
            "colour": faction.colour,
            "is_group": faction.is_group,
            "members": members.get(faction.faction_id, []),
            "aliases": [faction.name_en, faction.name_ar, *faction.aliases],
            "count": counts.factions.get(faction.faction_id, 0),
        }
        for faction in now.factions.values()
    ]
    return sorted(found, key=lambda item: (-item["count"], item["name"]))


def _types(counts: Facets) -> list[dict[str, Any]]:
    return [
        {
            "id": slug(name),
            "label": label("event_types", slug(name)),
            "shape": SHAPES[slug(name)],
            "count": counts.types.get(slug(name), 0),
            "sub_types": [
                {
                    "id": slug(sub),
                    "label": label("sub_types", slug(sub)),
                    "count": counts.sub_types.get(slug(sub), 0),
                }
                for sub in subs
            ],
        }
        for name, subs in EVENT_TYPES.items()
    ]


def _places(counts: Facets, now: Snapshot) -> list[dict[str, Any]]:
    found = [
        {
            "id": place.place_id,
            "name": place.name(language()),
            "kind": place.kind,
            "kind_label": label("place_kinds", place.kind),
            "parent": place.parent_id,
            "count": counts.places.get(place.place_id, 0),
        }
        for place in now.places.values()
        if place.kind in _AREAS
    ]
    return sorted(found, key=lambda item: (-item["count"], item["name"]))


def _sources(counts: Facets, now: Snapshot) -> list[dict[str, Any]]:
    found = [
        {
            "id": publisher.publisher_id,
            "name": publisher.name(language()),
            "alignment": publisher.alignment,
            "alignment_label": label("alignments", publisher.alignment),
            "count": counts.sources.get(publisher.publisher_id, 0),
        }
        for publisher in now.publishers.values()
    ]
    return sorted(found, key=lambda item: (-item["count"], item["name"]))


def facets_json(counts: Facets, now: Snapshot) -> dict[str, Any]:
    """Return every choice with its count, the largest first."""
    return {
        "factions": _factions(counts, now),
        "types": _types(counts),
        "places": _places(counts, now),
        "sources": _sources(counts, now),
        "location_precision": [
            {
                "id": code,
                "label": label("location_precisions", code),
                "count": counts.location_precision.get(code, 0),
            }
            for code in LOCATION_PRECISIONS
        ],
    }
