"""A geopy geocoder that asks the gazetteer and never the network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NoReturn

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geodata.errors import BadInput
from geodata.gazetteer.gazetteer import Gazetteer
from geodata.gazetteer.names import is_arabic
from geodata.gazetteer.nearness import point_of
from geodata.gazetteer.search import Candidate, Context, areas_named, is_ambiguous, search
from geodata.geometry import BBox
from geodata.model import Place

MOST_LETTERS = 300
"""The longest query that is read; place texts of reports are far shorter."""
MOST_ALTERNATIVES = 20


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy publishes no types
    """Stand where geopy expects an HTTP client, and refuse every request."""

    def get_json(self, *_request: object, **_options: object) -> NoReturn:
        """Refuse."""
        raise GeocoderUnavailable("the gazetteer's geocoder makes no network call")

    get_text = get_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy publishes no types
    """Find places of a gazetteer by name, with geopy's calling convention and exceptions.

    Parameters
    ----------
    gazetteer : Gazetteer
        The places.
    timeout, user_agent
        As geopy has them; nothing waits and nobody is told, they are kept for callers that set them.

    Examples
    --------
    >>> geocoder = GazetteerGeocoder(Gazetteer.from_curated())  # doctest: +SKIP
    >>> geocoder.geocode("الخوين، إدلب").raw["place_id"]  # doctest: +SKIP
    'c4091'
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        timeout: object = DEFAULT_SENTINEL,
        user_agent: str | None = None,
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent, adapter_factory=NoNetwork)
        self.gazetteer = gazetteer

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's convention; nothing waits
        limit: int | None = None,
        language: str | None = None,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
        admin: str | None = None,
    ) -> Location | list[Location] | None:
        """Find a place by its name in any script: ``Khuwayn``, ``الخوين، إدلب``, ``Hama governorate``.

        Parameters
        ----------
        query : str
            A name, or a name and after commas what holds it; a kind word (town, محافظة …) is understood.
        exactly_one : bool
            Return the best place only.
        timeout : optional
            Accepted and unused.
        limit : int, optional
            The most places to return.
        language : str, optional
            ``ar`` or ``en`` of the address; that of the query when nothing is said.
        country_codes : str or sequence of str, optional
            ISO 3166-1 alpha-2; only places of these countries.
        viewbox : pair of points, optional
            Two corners, each (lat, lon) in degrees or what `geopy.point.Point` reads: places inside come
            first, or only they with `bounded`.
        bounded : bool
            Leave out places outside the viewbox.
        admin : str, optional
            Governorate, district, sub-district or region by name, P-code or place id; only places in it.

        Returns
        -------
        Location or list of Location or None
            None when nothing is found, or when nobody knows where the places found lie. ``raw`` has
            place_id, name, matched, method, score, location_precision, uncertainty_m, kind, lat, lon,
            country_code, admin (names), admin_ids, ambiguous (another place far from it has the name too)
            and alternatives (the other places that it may mean, also those without a point).

        Raises
        ------
        geopy.exc.GeocoderQueryError
            When the query is no text, is too long, has a NUL or half a character, or an option is not
            understood.
        """
        text = _checked_text(query)
        _check_limit(limit)
        context = Context(
            self._areas(admin), _countries(country_codes), _box(viewbox), bounded and viewbox is not None
        )
        arabic = _wants_arabic(language, text)
        candidates = search(self.gazetteer, text, context)
        placed = [found for found in candidates if found.place.has_point]
        # A namesake met only by dropping its article must not stand in for a place that has no point.
        if not placed or (placed[0].method == "key") != (candidates[0].method == "key"):
            return None
        ambiguous = is_ambiguous(self.gazetteer, candidates)
        shown = placed[: 1 if exactly_one else limit]
        locations = [
            self._location(found, arabic, ambiguous=ambiguous, candidates=candidates) for found in shown
        ]
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Point | str | Sequence[float],
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's convention; nothing waits
        limit: int | None = None,
        language: str | None = None,
        max_distance_m: float | None = None,
    ) -> Location | list[Location] | None:
        """Find the settlement nearest to a point.

        Parameters
        ----------
        query : Point, str or sequence of float
            (lat, lon) in degrees, EPSG:4326, as `geopy.point.Point` reads it.
        exactly_one : bool
            Return the nearest only; otherwise up to `limit` (10), nearest first.
        timeout : optional
            Accepted and unused.
        limit : int, optional
            The most places to return.
        language : str, optional
            ``ar`` or ``en`` of the address; English when nothing is said.
        max_distance_m : float, optional
            Leave out places that are farther.

        Returns
        -------
        Location or list of Location or None
            The place's own point; ``raw`` says its ``distance_m`` from the one asked for.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            When the point or an option is not understood.
        """
        _check_limit(limit)
        lat, lon = _point(query)
        arabic = _wants_arabic(language, "")
        count = 1 if exactly_one else limit or 10
        try:
            found = self.gazetteer.nearest(lat, lon, count=count, max_distance_m=max_distance_m)
        except BadInput as error:
            raise GeocoderQueryError(str(error)) from error
        locations = []
        for place, distance in found:
            candidate = Candidate(place, place.name("ar" if arabic else "en"), "nearest", 1.0)
            location = self._location(candidate, arabic, ambiguous=False, candidates=())
            location.raw["distance_m"] = round(distance, 1)
            locations.append(location)
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def _areas(self, admin: str | None) -> tuple[tuple[Place, ...], ...]:
        if admin is None:
            return ()
        text = _checked_text(admin)
        found = areas_named(self.gazetteer, text)
        if not found:
            raise GeocoderQueryError(f"admin: no area of the gazetteer is called {text!r}")
        return (found,)

    def _location(
        self, found: Candidate, arabic: bool, *, ambiguous: bool, candidates: Sequence[Candidate]
    ) -> Location:
        raw = self._described(found, arabic)
        raw["uncertainty_m"] = found.place.uncertainty_m
        raw["ambiguous"] = ambiguous
        others = [other for other in candidates if other is not found]
        raw["alternatives"] = [self._described(other, arabic) for other in others[:MOST_ALTERNATIVES]]
        names = [name for name, _ in groupby((raw["name"], *raw["admin"]))]
        return Location(("، " if arabic else ", ").join(names), point_of(found.place), raw)

    def _described(self, found: Candidate, arabic: bool) -> dict[str, Any]:
        language, place = "ar" if arabic else "en", found.place
        above = self.gazetteer.admin_of(place.place_id)
        return {
            "place_id": place.place_id,
            "name": place.name(language),
            "matched": found.matched,
            "method": found.method,
            "score": found.score,
            "kind": place.kind,
            "location_precision": found.location_precision,
            "lat": place.lat,
            "lon": place.lon,
            "country_code": place.country_code,
            "admin": [area.name(language) for area in above],
            "admin_ids": [area.place_id for area in above],
        }


def _checked_text(text: object) -> str:
    if not isinstance(text, str):
        raise GeocoderQueryError(f"the query must be text, not {type(text).__name__}")
    if len(text) > MOST_LETTERS:
        raise GeocoderQueryError(f"the query has {len(text)} characters, more than {MOST_LETTERS}")
    if any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in text):
        raise GeocoderQueryError("the query has a NUL or half a character")
    return text


def _check_limit(limit: object) -> None:
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 1):
        raise GeocoderQueryError(f"limit must be a whole number from 1, not {limit!r}")


def _countries(codes: str | Sequence[str] | None) -> frozenset[str]:
    if codes is None:
        return frozenset()
    listed = codes.split(",") if isinstance(codes, str) else codes
    wanted = {str(code).strip().upper() for code in listed}
    if not wanted or not all(re.fullmatch("[A-Z]{2}", code) for code in wanted):
        raise GeocoderQueryError(f"country_codes must be two-letter codes, not {codes!r}")
    return frozenset(wanted)


def _box(viewbox: Sequence[Any] | None) -> BBox | None:
    if viewbox is None:
        return None
    try:
        one, other = viewbox
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError("viewbox must be two points") from error
    (lat_one, lon_one), (lat_other, lon_other) = _point(one), _point(other)
    west, east = sorted((lon_one, lon_other))
    south, north = sorted((lat_one, lat_other))
    return BBox(west, south, east, north)


def _point(point: Any) -> tuple[float, float]:  # noqa: ANN401 - whatever geopy's Point reads
    # geopy reads nothing at all as 0/0, and half a point as one on the prime meridian.
    if not isinstance(point, Point) and not (isinstance(point, Sequence) and len(point) > 1):
        raise GeocoderQueryError(f"not a point of latitude and longitude: {point!r}")
    try:
        read = Point(point)
    except (TypeError, ValueError, UserWarning) as error:  # geopy warns first where warnings are errors
        raise GeocoderQueryError(f"not a point of latitude and longitude: {error}") from error
    return float(read.latitude), float(read.longitude)


def _wants_arabic(language: str | None, text: str) -> bool:
    if language is None:
        return is_arabic(text)
    if not isinstance(language, str):
        raise GeocoderQueryError(f"language must be a language code, not {language!r}")
    return language.strip().lower().split("-")[0] == "ar"
