"""The geocoder as JSON: places of a name, names as one types, the places nearest to a point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint
from geopy.exc import GeocoderQueryError

from geodata.errors import BadFilter
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.batch import geocode_near
from geodata.gazetteer.gazetteer import METHODS
from geodata.gazetteer.search import areas_named
from geodata.gazetteer.suggest import Suggester, Suggestion, shares_its_name
from geodata.model import Place
from webapp.atlas import atlas, snapshot
from webapp.languages import language
from webapp.messages import label
from webapp.params import choice, degrees, given, points, split, whole

blueprint = Blueprint("geocoding", __name__, url_prefix="/api")

_MOST_ALTERNATIVES = 5
_LONGEST_ADMIN = 120
_FARTHEST_KM = 1000
_SURE = frozenset({*METHODS, "relative"})
_SURE_SCORE = 0.85
_LIKELY_SCORE = 0.6


@blueprint.get("/geocode")
def geocode() -> dict[str, Any]:
    """Answer with the places that a name may mean, likeliest first; ``complete=1`` adds names begun so."""
    extra = ("limit", "lang", "admin", "near", "complete")
    query, values = split(given(), extra)
    if not query.text or len(query.pairs()) > 1:
        raise BadFilter("q", "must give the name of a place, and no filter beside it")
    limit = whole(values, "limit", 10, 1, 50)
    near, admin = points(values, "near"), values.get("admin")
    complete = choice(values, "complete", ("0", "1"), "0") == "1"
    now = snapshot()
    geocoder = atlas().geocoder(now)
    if admin is not None and (len(admin) > _LONGEST_ADMIN or not areas_named(geocoder.gazetteer, admin)):
        raise BadFilter("admin", "must be the name or P-code of an area that the atlas knows")
    try:
        found = geocode_near(geocoder, query.text, near, admin=admin, limit=limit, language=language())
    except GeocoderQueryError as error:
        raise BadFilter("q", str(error)) from error
    results = [_result(location.raw, geocoder.gazetteer) for location in found]
    if complete and admin is None:
        results = _completed(results, atlas().suggester(now), query.text, limit)
    return {"results": results, "ambiguous": any(result["ambiguous"] for result in results[:1])}


@blueprint.get("/reverse")
def reverse() -> dict[str, Any]:
    """Answer with the settlements nearest to a point, their distances and what holds them."""
    query, values = split(given(), ("lat", "lon", "limit", "max_km", "lang"))
    for name, _ in query.pairs():
        raise BadFilter(name, "has no meaning here: give lat and lon, and limit or max_km")
    lat, lon = degrees(values, "lat", 90), degrees(values, "lon", 180)
    limit = whole(values, "limit", 1, 1, 50)
    farthest_km = whole(values, "max_km", _FARTHEST_KM, 1, 20_100)
    gazetteer = atlas().geocoder(snapshot()).gazetteer
    found = gazetteer.nearest(lat, lon, count=limit, max_distance_m=farthest_km * 1000.0)
    return {
        "lat": lat,
        "lon": lon,
        "results": [_place(place, gazetteer) | {"distance_m": round(distance)} for place, distance in found],
    }


def _governorate(above: Iterable[Place]) -> str | None:
    return next((area.name(language()) for area in above if area.kind == "governorate"), None)


def _place(place: Place, gazetteer: Gazetteer) -> dict[str, Any]:
    above = gazetteer.admin_of(place.place_id)
    return {
        "id": place.place_id,
        "name": place.name(language()),
        "kind": label("place_kinds", place.kind),
        "lat": place.lat,
        "lon": place.lon,
        "uncertainty_m": place.uncertainty_m,
        "pcode": place.pcode,
        "geonames_id": place.geonames_id,
        "admin": [area.name(language()) for area in above],
        "governorate": _governorate(above),
    }


def _result(raw: dict[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    # A relative expression ("east of Hama") is an area without an entry of its own.
    place = gazetteer.get(raw["place_id"] or "")
    known = _place(place, gazetteer) if place else _area(raw, gazetteer)
    return known | {
        "location_precision": raw["location_precision"],
        "uncertainty_m": raw["uncertainty_m"],
        "matched": raw["matched"],
        "method": raw["method"],
        "score": raw["score"],
        "ambiguous": raw["ambiguous"],
        "alternatives": [
            _place(other, gazetteer) | {"score": told["score"]}
            for told in raw["alternatives"][:_MOST_ALTERNATIVES]
            if (other := gazetteer.get(told["place_id"] or "")) is not None
        ],
    }


def _area(raw: dict[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    above = [area for area in map(gazetteer.get, raw["admin_ids"]) if area is not None]
    return {
        "id": None,
        "name": raw["name"],
        "kind": label("place_kinds", raw["kind"]),
        "lat": raw["lat"],
        "lon": raw["lon"],
        "pcode": None,
        "geonames_id": None,
        "admin": raw["admin"],
        "governorate": _governorate(above),
    }


def _completed(
    results: list[dict[str, Any]], suggester: Suggester, text: str, limit: int
) -> list[dict[str, Any]]:
    """Return places of that name, then those whose names begin so; else those that sound like it."""
    sure = [result for result in results if result["method"] in _SURE or result["score"] >= _SURE_SCORE]
    known = {result["id"] for result in sure}
    begun = [
        _suggested(each, suggester.gazetteer)
        for each in suggester.complete(text, limit + len(sure))
        if each.place.place_id not in known and each.place.has_point
    ]
    return [*sure, *begun][:limit] or [result for result in results if result["score"] >= _LIKELY_SCORE]


def _suggested(found: Suggestion, gazetteer: Gazetteer) -> dict[str, Any]:
    return _place(found.place, gazetteer) | {
        "location_precision": None,
        "matched": found.matched,
        "method": "prefix",
        "score": None,
        "ambiguous": shares_its_name(gazetteer, found.place),
        "alternatives": [],
    }
