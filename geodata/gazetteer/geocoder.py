"""A geopy geocoder that asks the gazetteer and never the network."""

from __future__ import annotations

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
from geodata.gazetteer.geocoder_input import (
    box_of,
    check_limit,
    checked_text,
    countries,
    point_read,
    wants_arabic,
)
from geodata.gazetteer.nearness import point_of
from geodata.gazetteer.relative_answer import relative_location
from geodata.gazetteer.search import Candidate, Context, areas_named, is_ambiguous, search
from geodata.model import Place

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
        admin: str | Sequence[str] | None = None,
        near: Any = None,  # noqa: ANN401 - points or places, one or several
        min_score: float | None = None,
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
        admin : str or sequence of str, optional
            Governorate, district, sub-district or region by name, P-code or place id, or several that all
            hold the place; only places in it, or at a lower score near its edge: 30 km around what a
            district holds, 5 km around what a governorate holds.
        near : point or place id, or sequence of them, optional
            Where other places of the same report lie: of namesakes the nearest to one of them comes first.
        min_score : float, optional
            Return nothing when the best score is lower (before doubt between namesakes is taken off).

        Returns
        -------
        Location or list of Location or None
            None when nothing is found, or when nobody knows where the places found lie. ``raw`` has
            place_id, name, matched, method, score, location_precision, uncertainty_m, kind, lat, lon,
            country_code, admin (names), admin_ids, ambiguous (another place far from it has the name too)
            and alternatives (the other places that it may mean, also those without a point). The score is
            lower, by up to 0.2, where a place elsewhere is as likely.
            For a relative expression (``شرق حماة``, ``5 km north of Sinjar``) the location is an area with a
            point in it and ``raw["method"]`` is "relative": see `relative_location`.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            When the query is no text, is too long, has a NUL or half a character, or an option is not
            understood.
        """
        text = checked_text(query)
        check_limit(limit)
        context = Context(
            self._areas(admin),
            countries(country_codes),
            box_of(viewbox),
            bounded and viewbox is not None,
            self._points(near),
        )
        arabic = wants_arabic(language, text)
        options: dict[str, Any] = {"country_codes": country_codes, "viewbox": viewbox, "bounded": bounded}
        options |= {"admin": admin, "near": near, "min_score": min_score}
        relative = relative_location(text, self, language, options)
        if relative is not None:
            return relative if exactly_one else [relative]
        candidates = search(self.gazetteer, text, context, min_score=min_score)
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
        check_limit(limit)
        lat, lon = point_read(query)
        arabic = wants_arabic(language, "")
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

    def _areas(self, admin: str | Sequence[str] | None) -> tuple[tuple[Place, ...], ...]:
        if admin is None:
            return ()
        listed = [admin] if isinstance(admin, str) or not isinstance(admin, Sequence) else list(admin)
        areas = []
        for each in listed:
            text = checked_text(each)
            areas.append(areas_named(self.gazetteer, text))
            if not areas[-1]:
                raise GeocoderQueryError(f"admin: no area of the gazetteer is called {text!r}")
        return tuple(areas)

    def _points(self, near: Any) -> tuple[tuple[float, float], ...]:  # noqa: ANN401 - as geocode has it
        if near is None:
            return ()
        one = isinstance(near, str | Point) or (
            isinstance(near, Sequence) and len(near) == 2 and not isinstance(near[0], str | Sequence | Point)
        )
        points = []
        for each in [near] if one else near if isinstance(near, Sequence) else [near]:
            place = self.gazetteer.by_code(each) if isinstance(each, str) else None
            point = point_read(each) if place is None else point_of(place)
            if point is not None:
                points.append(point)
        return tuple(points)

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
