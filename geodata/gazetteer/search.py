"""Find the places that a text may mean, with a score each: exact and normalised names, no sounds yet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.gazetteer.gazetteer import Gazetteer, NameMatch
from geodata.gazetteer.layers import SETTLEMENT_KINDS
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.gazetteer.wording import Reading, area_readings, readings
from geodata.geometry import BBox
from geodata.model import Place
from geodata.model.codebook import AREA_KINDS

LOCATION_PRECISION = {"subdistrict": 3, "district": 3, "governorate": 4, "region": 5, "country": 6}
"""UCDP's ``where_prec`` of a place by its kind; 1, the exact place, for all other kinds."""

_METHOD_WEIGHT = {"exact": 1.0, "normalised": 0.97, "key": 0.82}
_KIND_PRIOR = {
    "country": 0.9,
    "governorate": 0.85,
    "city": 0.8,
    "district": 0.65,
    "town": 0.6,
    "subdistrict": 0.5,
    "region": 0.45,
    "village": 0.4,
}
_OTHER_PRIOR = 0.3
_SEAT_PRIOR = {"country": 0.92, "governorate": 0.92, "district": 0.75, "subdistrict": 0.55}
_PRIOR_SHARE = 0.15
_SAME_SPOT_M = 5000.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a text may mean.

    Parameters
    ----------
    place : Place
        With or without a point.
    matched : str
        Which of its names matched.
    method : str
        ``exact``, ``normalised`` or ``key`` (only without articles).
    score : float
        0 to 1: how well the name matched, and how likely such a place is meant.
    """

    place: Place
    matched: str
    method: str
    score: float

    @property
    def location_precision(self) -> int:
        """Return UCDP's ``where_prec`` of the place's kind."""
        return LOCATION_PRECISION.get(self.place.kind, 1)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a place besides its name.

    Parameters
    ----------
    areas : tuple of tuple of Place
        The place lies in one area of each tuple.
    country_codes : frozenset of str
        Upper case; empty for every country.
    box : BBox or None
        Places in it come before others.
    bounded : bool
        Leave out places that are not in the box.
    """

    areas: tuple[tuple[Place, ...], ...] = ()
    country_codes: frozenset[str] = frozenset()
    box: BBox | None = None
    bounded: bool = False


def search(gazetteer: Gazetteer, text: str, context: Context | None = None) -> list[Candidate]:
    """Return the places that a text may mean, best first; empty when nothing has the name.

    The first reading of the text that finds anything counts: a whole name before a name and what holds it.
    """
    context = context or Context()
    for reading in readings(text):
        within = [areas_named(gazetteer, part) for part in reading.within]
        if not all(within):
            continue
        whole = Context((*context.areas, *within), context.country_codes, context.box, context.bounded)
        found = [
            _candidate(gazetteer, match, whole)
            for match in gazetteer.find(reading.name)
            if _fits(gazetteer, match.place, reading, whole)
        ]
        if found:
            return sorted(found, key=lambda candidate: (-candidate.score, candidate.place.place_id))
    return []


def areas_named(gazetteer: Gazetteer, text: str) -> tuple[Place, ...]:
    """Return the administrative areas and regions that a P-code, place id or name may mean."""
    coded = gazetteer.by_code(text)
    if coded is not None and coded.kind in AREA_KINDS:
        return (coded,)
    for reading in area_readings(text):
        found = tuple(
            match.place
            for match in gazetteer.find(reading.name)
            if match.place.kind in (AREA_KINDS & (reading.kinds or AREA_KINDS))
        )
        if found:
            return found
    return ()


def is_ambiguous(gazetteer: Gazetteer, candidates: Sequence[Candidate]) -> bool:
    """Tell whether the first candidate's name is another place's too, farther than 5 km away.

    Areas that hold the first one, or that it holds, are the same place at another scale.
    """
    if not candidates:
        return False
    first, *others = candidates
    here = point_of(first.place)
    own = {first.place.place_id, *(place.place_id for place in gazetteer.admin_of(first.place.place_id))}
    for other in others:
        if (other.method == "key") != (first.method == "key"):
            continue
        above = {place.place_id for place in gazetteer.admin_of(other.place.place_id)}
        if other.place.place_id in own or first.place.place_id in above:
            continue
        there = point_of(other.place)
        if here is None or there is None or distance_m(here, there) > _SAME_SPOT_M:
            return True
    return False


def _fits(gazetteer: Gazetteer, place: Place, reading: Reading, context: Context) -> bool:
    if reading.kinds is not None and place.kind not in reading.kinds:
        return False
    if context.country_codes and place.country_code not in context.country_codes:
        return False
    if context.bounded and context.box is not None and not _in_box(place, context.box):
        return False
    return all(any(_lies_in(gazetteer, place, area) for area in areas) for areas in context.areas)


def _lies_in(gazetteer: Gazetteer, place: Place, area: Place) -> bool:
    if place.place_id == area.place_id or area in gazetteer.admin_of(place.place_id):
        return True
    # Regions ("east Hama countryside") hold nothing in the hierarchy: their circle does.
    here, centre = point_of(place), point_of(area)
    if area.kind != "region" or here is None or centre is None or area.uncertainty_m is None:
        return False
    return place.kind in SETTLEMENT_KINDS and distance_m(here, centre) <= area.uncertainty_m


def _in_box(place: Place, box: BBox) -> bool:
    point = point_of(place)
    return point is not None and box.contains(*point)


def _candidate(gazetteer: Gazetteer, match: NameMatch, context: Context) -> Candidate:
    prior = _prior(gazetteer, match.place)
    if context.box is not None and not _in_box(match.place, context.box):
        prior /= 2
    score = _METHOD_WEIGHT[match.method] * (1 - _PRIOR_SHARE + _PRIOR_SHARE * prior)
    return Candidate(match.place, match.name, match.method, round(score, 4))


def _prior(gazetteer: Gazetteer, place: Place) -> float:
    """Return how likely a place of this kind, rank and size is meant, 0 to 1, when only its name is known."""
    prior = _KIND_PRIOR.get(place.kind, _OTHER_PRIOR)
    if place.kind in SETTLEMENT_KINDS:
        prior = max([prior, *_seat_priors(gazetteer, place)])
    size = min(math.log10(place.population), 7) / 7 if place.population else 0.0
    curated = not place.place_id.startswith("gn-")
    return prior + 0.05 * size + (0.03 if curated else 0.0)


def _seat_priors(gazetteer: Gazetteer, place: Place) -> Iterable[float]:
    """Yield the weight of each administrative area that has the settlement's name: it is its seat."""
    own = gazetteer.keys_of(place.place_id)
    for area in gazetteer.admin_of(place.place_id):
        if own & gazetteer.keys_of(area.place_id):
            yield _SEAT_PRIOR.get(area.kind, _OTHER_PRIOR)
