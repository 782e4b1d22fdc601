"""Find the places of many names at once: each gets its answer, places of one report help each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geopy.exc import GeopyError
from geopy.location import Location

from geodata.gazetteer.geocoder import GazetteerGeocoder
from geodata.gazetteer.nearness import distance_m

HELPED_WITHIN_M = 100_000.0
"""A candidate this near to a sure place of the same report is likelier than one far from all of them."""

_MOST_ANCHORS = 50
_CLEARLY = 0.5
_AS_GOOD = 0.1
_CANDIDATES = 20

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one name of a batch.

    Parameters
    ----------
    name : str
        As it was asked.
    location : geopy.location.Location or None
        The place; its ``raw`` is that of `GazetteerGeocoder.geocode`, and has ``helped_by_context``.
    error : str
        Why the name could not be asked at all; empty when it could.
    """

    name: str
    location: Location | None = None
    error: str = ""

    @property
    def status(self) -> str:
        """Return ``found``, ``ambiguous`` (…``, the nearest taken``), ``not found``, or what was wrong."""
        if self.error:
            return self.error
        if self.location is None:
            return "not found"
        if not self.location.raw["ambiguous"]:
            return "found"
        return "ambiguous, the nearest taken" if self.location.raw["helped_by_context"] else "ambiguous"


def geocode_many(
    geocoder: GazetteerGeocoder,
    names: Iterable[str],
    *,
    admins: Iterable[str | None] | None = None,
    near: Sequence[Point] = (),
    together: bool = True,
    **context: Any,  # noqa: ANN401 - passed on to the geocoder, which checks it
) -> list[Answer]:
    """Find the places of many names that share a context, such as those of one report.

    Names that have one meaning are found first; where a name has several, the one near to what was found
    so is taken, and the others stay in the alternatives.

    Parameters
    ----------
    geocoder : GazetteerGeocoder
        Finds each.
    names : iterable of str
        Any number; each gets one answer, in order.
    admins : iterable of str or None, optional
        Governorate or district of each name, by name or P-code, beside the context's ``admin``.
    near : sequence of (lat, lon)
        Degrees; points that the names are known to be near to.
    together : bool
        Whether the names help each other.
    **context
        What `GazetteerGeocoder.geocode` takes: ``admin``, ``country_codes``, ``viewbox``, ``language`` …

    Returns
    -------
    list of Answer
        As long as `names`. A name that cannot be asked says why and empties no other's answer.

    Raises
    ------
    ValueError
        When there are not as many admins as names.
    """
    listed = list(names)
    areas: list[str | None] = [None] * len(listed) if admins is None else list(admins)
    if len(areas) != len(listed):
        raise ValueError(f"{len(areas)} admins for {len(listed)} names")
    wholes = [context | ({"admin": area} if area else {}) for area in areas]
    answers = [_ask(geocoder, name, whole) for name, whole in zip(listed, wholes, strict=True)]
    anchors = list(near)
    if together:
        anchors += _sure_points(answers)
    if not anchors:
        return answers
    return [
        answer
        if answer.error or (answer.location is not None and not answer.location.raw["ambiguous"])
        else _ask_near(geocoder, answer, whole, anchors[:_MOST_ANCHORS])
        for answer, whole in zip(answers, wholes, strict=True)
    ]


def _ask(geocoder: GazetteerGeocoder, name: str, context: dict[str, Any]) -> Answer:
    try:
        found = geocoder.geocode(name, **context)
    except GeopyError as error:
        return Answer(name, error=str(error))
    assert not isinstance(found, list)
    if found is not None:
        found.raw["helped_by_context"] = False
    return Answer(name, found)


def _sure_points(answers: Sequence[Answer]) -> list[Point]:
    """Return the points of settlements that their names mean beyond doubt, each once."""
    found: dict[str, Point] = {}
    for answer in answers:
        if answer.location is not None and not answer.location.raw["ambiguous"]:
            raw = answer.location.raw
            if raw["location_precision"] <= 2:
                found.setdefault(
                    raw["place_id"] or answer.name, (answer.location.latitude, answer.location.longitude)
                )
    return list(found.values())


def _ask_near(
    geocoder: GazetteerGeocoder, answer: Answer, context: dict[str, Any], anchors: Sequence[Point]
) -> Answer:
    """Ask again knowing what is near: of equally good candidates, the one clearly nearest to the anchors."""
    try:
        found = geocode_near(geocoder, answer.name, anchors, limit=_CANDIDATES, **context)
    except GeopyError:
        return answer
    alike = _alike(found)
    distances = [_distance_m(each, anchors) for each in alike]
    if (
        not alike
        or distances[0] > HELPED_WITHIN_M
        or any(_CLEARLY * far < distances[0] for far in distances[1:])
    ):
        return answer
    alike[0].raw["helped_by_context"] = True
    return Answer(answer.name, alike[0])


def geocode_near(
    geocoder: GazetteerGeocoder,
    name: str,
    near: Sequence[Point],
    **options: Any,  # noqa: ANN401 - as above
) -> list[Location]:
    """Return the places that a name may mean, the likeliest first; of namesakes, the nearest.

    Parameters
    ----------
    geocoder : GazetteerGeocoder
        Finds them.
    name : str
        What is looked for.
    near : sequence of (lat, lon)
        Degrees; may be empty.
    **options
        What `GazetteerGeocoder.geocode` takes beside ``exactly_one`` and ``near``.

    Raises
    ------
    geopy.exc.GeocoderQueryError
        As `GazetteerGeocoder.geocode` does.
    """
    found = geocoder.geocode(name, exactly_one=False, near=list(near) or None, **options) or []
    assert isinstance(found, list)
    return found


def _alike(found: Sequence[Location]) -> list[Location]:
    """Return the first places that match about equally well."""
    alike: list[Location] = []
    for each in found:
        best = found[0].raw
        if each.raw["method"] != best["method"] or each.raw["score"] < best["score"] - _AS_GOOD:
            break
        alike.append(each)
    return alike


def _distance_m(location: Location, anchors: Sequence[Point]) -> float:
    return min(distance_m((location.latitude, location.longitude), anchor) for anchor in anchors)


def describe(alternatives: Sequence[dict[str, Any]], most: int = 5) -> str:
    """Return alternatives as one line of text: name, where, score."""
    told = []
    for each in alternatives[:most]:
        where = ", ".join(each["admin"][:2])
        told.append(
            f"{each['name']} ({where}) {each['score']:.2f}"
            if where
            else f"{each['name']} {each['score']:.2f}"
        )
    return " | ".join(told)
