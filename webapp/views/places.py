"""Places as JSON: quiet labels for the map."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from geodata.index.event_index import Snapshot
from geodata.model import Place
from webapp.atlas import snapshot
from webapp.languages import language
from webapp.params import given, read_viewport, split, whole

blueprint = Blueprint("places", __name__, url_prefix="/api")

_MOST_LABELS = 300
_FROM_ZOOM = {1: 0, 2: 8, 3: 9, 4: 11}
"""The zoom from which places of a rank are worth a label."""

_COUNTRY = "SY"
"""Where the atlas looks; towns abroad only crowd its edges."""

_SETTLED = frozenset({"city", "town", "village", "neighbourhood", "farm", "hill", "site", "camp"})


def rank(place: Place) -> int:
    """Return how early a place is labelled: 1 large cities, 2 cities, 3 towns, 4 villages and the rest."""
    population = place.population or 0
    if population >= 100_000:
        return 1
    if place.kind == "city" or population >= 30_000:
        return 2
    return 3 if place.kind == "town" or population >= 10_000 else 4


def _labelled(now: Snapshot) -> list[tuple[int, Place]]:
    return [
        (rank(place), place)
        for place in now.places.values()
        if place.kind in _SETTLED and place.has_point and _is_wanted(place)
    ]


def _is_wanted(place: Place) -> bool:
    """Return whether a label helps: in the reader's script, and abroad only large cities."""
    readable = place.name_ar if language() == "ar" else place.name_en
    return bool(readable) and (place.country_code == _COUNTRY or rank(place) == 1)


@blueprint.get("/places")
def places() -> dict[str, Any]:
    """Answer with the places worth a label in a viewport at a zoom level, the weightiest first."""
    _, values = split(given(), ("viewport", "zoom", "lang"))
    viewport, zoom = read_viewport(values), whole(values, "zoom", 8, 0, 22)
    now = snapshot()
    found = [
        (place_rank, place)
        for place_rank, place in _labelled(now)
        if _FROM_ZOOM[place_rank] <= zoom and viewport.contains(place.lat or 0, place.lon or 0)
    ]
    found.sort(key=lambda item: (item[0], -(item[1].population or 0), item[1].place_id))
    other = "en" if language() == "ar" else "ar"
    return {
        "places": [
            {
                "id": place.place_id,
                "name": place.name(language()),
                "name_other": place.name(other),
                "kind": place.kind,
                "lat": place.lat,
                "lon": place.lon,
                "rank": place_rank,
            }
            for place_rank, place in found[:_MOST_LABELS]
        ]
    }
