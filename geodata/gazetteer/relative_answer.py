"""Answer a geocoder's query with the area of a relative expression, as a geopy location."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

from geopy.location import Location
from shapely import Point
from shapely.geometry import mapping

from geodata.gazetteer.gazetteer import METHODS, Gazetteer, NameMatch
from geodata.gazetteer.names import is_arabic
from geodata.gazetteer.outlines import Outlines
from geodata.gazetteer.relative import Found, RelativePlace, RelativeResolver
from geodata.gazetteer.relative_grammar import relative_readings
from geodata.gazetteer.relative_words import KIND_WORDS
from geodata.gazetteer.search import LOCATION_PRECISION
from geodata.gazetteer.wording import without_kind
from geodata.model import Place
from geodata.model.codebook import AREA_KINDS

SUBJECT_SLACK_M = 5000.0
"""How far outside an area a place may lie that is said to be in it: directions are rough."""
SUBJECT_SCORE = 0.15
"""How much less likely by name alone than the likeliest a place may be that lies where it is said to lie."""
MOST_ALTERNATIVES = 20
_MOST_NAMESAKES = 50


class NameGeocoder(Protocol):
    """A geocoder of plain names over a gazetteer, such as `GazetteerGeocoder`."""

    gazetteer: Gazetteer

    def geocode(
        self, query: str, *, exactly_one: bool = True, limit: int | None = None, language: str | None = None
    ) -> Any:  # noqa: ANN401 - geopy publishes no types
        """Find a place by its name."""


def relative_location(
    text: str,
    geocoder: NameGeocoder,
    language: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> Location | None:
    """Return where a relative expression points to; None when the text is none or its anchors are not known.

    Parameters
    ----------
    text : str
        ``ريف إدلب الشرقي``, ``5 km north of Sinjar``, ``بلدة الخوين جنوب شرق إدلب``. A text that is as a
        whole the name of a place that is no region is not taken apart.
    geocoder : NameGeocoder
        Finds the names in it; it is asked for plain names only.
    language : str, optional
        ``ar`` or ``en`` of the address; that of the text when nothing is said.
    options : mapping, optional
        What else `geocode` takes (``admin``, ``country_codes`` …), for the anchors.

    Returns
    -------
    Location or None
        The point is the area's representative point. ``raw`` is as `GazetteerGeocoder.geocode` has it, with
        ``method`` "relative", ``place_id`` None (or the region's that bears the whole name), and besides:
        ``area`` (GeoJSON geometry), ``radius_m`` (covers the area; also ``uncertainty_m``), ``relation``,
        ``shape``, ``bearing_deg``, ``distance_m``, ``anchors`` (place_id and name each) and ``subject``.
        When the text names a place and says where it lies ("village X southeast of Idlib") and the place is
        found there, that place's own location, with the above under ``raw["within"]`` (``contains_place``:
        false when the place is elsewhere in the governorate, which is marked as ambiguous).
    """
    if next(relative_readings(text), None) is None:
        return None
    named = [match for match in geocoder.gazetteer.find(text) if match.method != "key"]
    bare, kinds = without_kind(text)  # "Rif Dimashq governorate"
    kin = [match.place.kind for match in geocoder.gazetteer.find(bare)] if kinds else []
    if any(match.place.kind != "region" for match in named) or any(kind in (kinds or ()) for kind in kin):
        return None
    found = RelativeResolver(
        geocoder.gazetteer, _outlines(), find=lambda name: _find(name, geocoder, options or {})
    ).resolve(text)
    if found is None:
        return None
    arabic = is_arabic(text) if language is None else language.strip().lower().split("-")[0] == "ar"
    location = _location(text, found, geocoder.gazetteer, "ar" if arabic else "en", named)
    if found.expression.subject:
        return _subject(found, geocoder, language, options or {}, location.raw) or location
    return location


@lru_cache(maxsize=1)
def _outlines() -> Outlines:
    return Outlines.from_basemap()


def _find(name: str, geocoder: NameGeocoder, options: Mapping[str, Any]) -> list[Found]:
    locations = geocoder.geocode(name, exactly_one=False, limit=_MOST_NAMESAKES, **options) or []
    places = ((geocoder.gazetteer.get(location.raw["place_id"] or ""), location) for location in locations)
    return [(place, float(location.raw["score"])) for place, location in places if place is not None]


def _subject(
    found: RelativePlace,
    geocoder: NameGeocoder,
    language: str | None,
    options: Mapping[str, Any],
    area: dict[str, Any],
) -> Location | None:
    """Return the best place of the subject's name that lies where it is said to lie, or else near there.

    One of exactly that name elsewhere in the governorate is better than none, and marked as ambiguous:
    reporters and outlines are both rough about directions.
    """
    subject = found.expression.subject
    bare = subject.partition(" ")[2] if KIND_WORDS.get(subject.partition(" ")[0]) == "" else subject
    locations = geocoder.geocode(bare, exactly_one=False, limit=_MOST_NAMESAKES, language=language, **options)
    anchors = {place.place_id for place in found.anchors}
    likely = [
        location
        for location in locations or []
        if location.raw["place_id"] not in anchors
        and location.raw["score"] >= locations[0].raw["score"] - SUBJECT_SCORE
    ]
    inside = [one for one in likely if found.contains(one.latitude, one.longitude, slack_m=SUBJECT_SLACK_M)]
    around = [
        one
        for one in likely
        if one.raw["method"] in METHODS and set(area["admin_ids"][:1]) & set(one.raw["admin_ids"])
    ]
    for location in (*inside, *around):
        location.raw["within"] = area | {"contains_place": location in inside}
        location.raw["ambiguous"] = not inside or (location.raw["ambiguous"] and len(inside) > 1)
        if bare != subject:  # "the area of X" is not X itself
            location.raw["location_precision"] = max(2, location.raw["location_precision"])
        return location
    return None


def _location(
    text: str, found: RelativePlace, gazetteer: Gazetteer, language: str, named: list[NameMatch]
) -> Location:
    region = named[0].place if named else None
    said, name = found.expression, " ".join(text.split())
    above = _held_by(found, gazetteer)
    raw: dict[str, Any] = {
        "place_id": region.place_id if region else None,
        "name": region.name(language) if region else name,
        "matched": name,
        "method": "relative",
        "score": round(found.score, 4),
        "kind": "region",
        "location_precision": 5 if region else found.location_precision,
        "lat": round(found.lat, 6),
        "lon": round(found.lon, 6),
        "country_code": found.anchors[0].country_code,
        "admin": [place.name(language) for place in above],
        "admin_ids": [place.place_id for place in above],
        "uncertainty_m": round(found.radius_m),
        "ambiguous": bool(found.alternatives),
        "alternatives": [
            _described(place, score, gazetteer, language)
            for place, score in found.alternatives[:MOST_ALTERNATIVES]
        ],
        "radius_m": round(found.radius_m),
        "area": mapping(found.area),
        "relation": said.relation,
        "shape": found.method,
        "bearing_deg": said.bearing_deg,
        "distance_m": said.distance_m,
        "anchors": [{"place_id": place.place_id, "name": place.name(language)} for place in found.anchors],
        "subject": said.subject or None,
    }
    return Location(name, (found.lat, found.lon), raw)


def _held_by(found: RelativePlace, gazetteer: Gazetteer) -> list[Place]:
    """Return the administrative areas that hold every anchor, from the nearest up."""
    chains = [
        [*([place] if place.kind in AREA_KINDS else []), *gazetteer.admin_of(place.place_id)]
        for place in found.anchors
    ]
    held = [place for place in chains[0] if all(place in chain for chain in chains[1:])]
    if found.method in ("sector", "outline"):
        return held
    # What lies around a town or along a road may be in another district or, as east of Damascus, governorate.
    point = Point(found.lon, found.lat)
    outlines = [(place, _outlines().of(place)) for place in held if place.kind in ("governorate", "country")]
    return [place for place, outline in outlines if outline is None or outline.covers(point)]


def _described(place: Place, score: float, gazetteer: Gazetteer, language: str) -> dict[str, Any]:
    above = gazetteer.admin_of(place.place_id)
    return {
        "place_id": place.place_id,
        "name": place.name(language),
        "matched": place.name(language),
        "method": "relative",
        "score": round(score, 4),
        "location_precision": LOCATION_PRECISION.get(place.kind, 1),
        "admin": [area.name(language) for area in above],
        "admin_ids": [area.place_id for area in above],
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "country_code": place.country_code,
    }
