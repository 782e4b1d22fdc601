"""Find the places that a text may mean, with a score each: by its letters, else by its sounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.gazetteer.areas import areas_named, seats_of
from geodata.gazetteer.candidates import LOCATION_PRECISION, Candidate, add_by_sound
from geodata.gazetteer.gazetteer import METHODS, Gazetteer
from geodata.gazetteer.ground import MIN_SCORE, Context, Ground
from geodata.gazetteer.names import fold
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.gazetteer.wording import Reading, readings, without_kind
from geodata.model.codebook import ADMIN_KINDS

__all__ = [
    "LOCATION_PRECISION",
    "MIN_SCORE",
    "Candidate",
    "Context",
    "areas_named",
    "is_ambiguous",
    "search",
]

_METHOD_SCORE = {"exact": 1.0, "normalised": 0.99, "key": 0.95}
_OUTSIDE_SHARE = {"exact": 0.6, "normalised": 0.6, "key": 0.8}
_SAME_SPOT_M = 5000.0
_AS_LIKELY = 0.05
_DOUBT = 0.2
_MOST = 25
_MOST_AREA_WORDS = 3


def search(
    gazetteer: Gazetteer, text: str, context: Context | None = None, *, min_score: float | None = None
) -> list[Candidate]:
    """Return the places that a text may mean, best first; empty when none is likely enough.

    A place that has the name as written, or without its articles, comes before any that only sounds like
    it, unless it lies outside the area. Of the readings of the text the first that finds such a place counts.

    Parameters
    ----------
    gazetteer : Gazetteer
        The places.
    text : str
        A name, perhaps with its kind and what holds it.
    context : Context, optional
        What else is known.
    min_score : float, optional
        What the best candidate has to reach; the others follow whatever their score. By default
        `MIN_SCORE`, and the less the smaller the area.
    """
    context = context or Context()
    found: dict[str, Candidate] = {}
    understood: list[tuple[Reading, Ground]] = []
    settled = False
    for reading in readings(text):
        within = [areas_named(gazetteer, part) for part in reading.within]
        if not all(within):
            continue
        ground = Ground(gazetteer, reading.kinds, context, within)
        understood.append((reading, ground))
        if not found:
            settled = _add_written_so(reading, ground, found)
        if settled:
            break
    if not settled:
        for reading, ground in (*understood, *_with_areas_behind(gazetteer, text, context)):
            if not reading.whole:
                add_by_sound(reading, ground, found)
    if not found:
        return []
    ranked = sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.place.place_id))
    if min_score is None:
        min_score = max(ground.least_score for _, ground in understood)
    return [] if ranked[0].score < min_score else _doubted(gazetteer, ranked[:_MOST])


def _add_written_so(reading: Reading, ground: Ground, found: dict[str, Candidate]) -> bool:
    """Add the places that have the name as written or without articles; with an area also its seat.

    Tell whether one of them lies well inside the area and has the name with its articles.
    """
    gazetteer, settled = ground.gazetteer, False
    for match in gazetteer.find(reading.name):
        # "Palmyra" of the district is also its seat's name; "Hama Governorate" is not.
        shared = match.place.kind in ADMIN_KINDS and without_kind(match.name)[1] is None
        for place in (match.place, *(seats_of(gazetteer, match.place) if shared else ())):
            cost = ground.cost(place, _OUTSIDE_SHARE[match.method])
            if cost is None:
                continue
            score = _METHOD_SCORE[match.method] - cost
            known = found.get(place.place_id)
            if known is None or known.score < score:
                found[place.place_id] = Candidate(place, match.name, match.method, score)
            settled = settled or (match.method != "key" and ground.inside(place))
    return settled


def _with_areas_behind(gazetteer: Gazetteer, text: str, context: Context) -> Iterator[tuple[Reading, Ground]]:
    """Yield readings of a text that ends with a governorate or district without a comma: ``الباب حلب``."""
    for reading in readings(text):
        words = fold(reading.name).split()
        for at in range(max(1, len(words) - _MOST_AREA_WORDS), len(words)):
            tail = " ".join(words[at:])
            areas = tuple(
                match.place
                for match in gazetteer.find(tail)
                if match.place.kind in ("governorate", "district")
            )
            if areas:
                inside = Reading(" ".join(words[:at]), reading.kinds, (*reading.within, tail))
                within = [areas_named(gazetteer, part) for part in reading.within]
                if all(within):
                    yield inside, Ground(gazetteer, inside.kinds, context, (*within, areas))


def _doubted(gazetteer: Gazetteer, ranked: list[Candidate]) -> list[Candidate]:
    """Return the candidates with lower scores, the lower the likelier a place elsewhere is meant."""
    first = ranked[0]
    if len(ranked) == 1:
        return [first._replace(score=round(first.score, 4))]
    gap = _DOUBT
    for other in ranked[1:]:
        if first.score - other.score >= gap:
            break
        if _elsewhere(gazetteer, first, other):
            gap = first.score - other.score
    doubt = _DOUBT - gap
    return [
        Candidate(each.place, each.matched, each.method, round(min(1.0, max(0.0, each.score - doubt)), 4))
        for each in ranked
    ]


def _elsewhere(gazetteer: Gazetteer, first: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates are different places more than 5 km apart.

    Areas that hold the first one, or that it holds, are the same place at another scale.
    """
    above = gazetteer.above[gazetteer.positions[first.place.place_id]]
    below = gazetteer.above[gazetteer.positions[other.place.place_id]]
    if other.place.place_id in above or first.place.place_id in below:
        return False
    here, there = point_of(first.place), point_of(other.place)
    return here is None or there is None or distance_m(here, there) > _SAME_SPOT_M


def is_ambiguous(gazetteer: Gazetteer, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a place more than 5 km from the first candidate is about as likely."""
    if not candidates:
        return False
    first, *others = candidates
    return any(
        (other.method == "key") == (first.method == "key")
        and (first.method in METHODS or first.score - other.score < _AS_LIKELY)
        and (other.method in METHODS or first.score - other.score < _AS_LIKELY)
        and _elsewhere(gazetteer, first, other)
        for other in others
    )
