"""The places that a name may mean by its sound, each with a score."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from geodata.gazetteer.areas import AREA_KINDS
from geodata.gazetteer.ground import Ground
from geodata.gazetteer.likeness import Written, likeness
from geodata.gazetteer.sounds import respellings, sound_key, sounds_of_key
from geodata.gazetteer.wording import Reading, alternatives
from geodata.model import Place

LOCATION_PRECISION = {"subdistrict": 3, "district": 3, "governorate": 4, "region": 5, "country": 6}
"""UCDP's ``where_prec`` of a place by its kind; 1, the exact place, for all other kinds."""

_SURE = 0.9
_LIKELY = 0.85
_FEW = 16
_KEPT_FROM = 0.45
_RESPELT = 0.03
_SECOND_NAME = 0.04


class Candidate(NamedTuple):
    """A place that a text may mean.

    Parameters
    ----------
    place : Place
        With or without a point.
    matched : str
        Which of its names matched.
    method : str
        ``exact``, ``normalised``, ``key`` (only without articles) or ``sound``.
    score : float
        0 to 1: how alike the names are, and how likely such a place is meant there; less when a place
        elsewhere is as likely.
    """

    place: Place
    matched: str
    method: str
    score: float

    @property
    def location_precision(self) -> int:
        """Return UCDP's ``where_prec`` of the place's kind."""
        return LOCATION_PRECISION.get(self.place.kind, 1)


def add_by_sound(reading: Reading, ground: Ground, found: dict[str, Candidate]) -> None:
    """Add the places whose names sound like that of a reading; one that more than one name fits gains."""
    best: dict[str, Candidate] = {}
    for name in alternatives(reading.name):
        for candidate in _sounding_like(name, ground):
            known = best.get(candidate.place.place_id)
            if known is None:
                best[candidate.place.place_id] = candidate
                continue
            better = max(known, candidate, key=lambda each: each.score)
            if min(known.score, candidate.score) >= _LIKELY:
                better = better._replace(score=min(1.0, better.score + _SECOND_NAME))
            best[candidate.place.place_id] = better
    for place_id, candidate in best.items():
        known = found.get(place_id)
        if known is None:
            found[place_id] = candidate
        elif known.score < candidate.score:
            found[place_id] = known._replace(score=candidate.score)


def _sounding_like(text: str, ground: Ground) -> list[Candidate]:
    key = sound_key(text)
    if not key:
        return []
    scored: dict[int, Candidate] = {}
    top = _score_alike(key, ground, scored, 0.0)
    if top < _LIKELY:
        for other in respellings(key):
            _score_alike(other, ground, scored, _RESPELT)
    return list(scored.values())


def _score_alike(key: str, ground: Ground, scored: dict[int, Candidate], extra: float) -> float:
    """Score the places whose names sound like a key, the likeliest first, and return the best score."""
    gazetteer, index = ground.gazetteer, ground.gazetteer.sounds
    sounds = sounds_of_key(key)
    name = Written(key, sounds)
    kinds = ground.kinds
    places = gazetteer.places
    among = ground.among
    seen: set[int] = set()

    def score(positions: Iterable[int]) -> float:
        top = 0.0
        for position in positions:
            if position in seen:
                continue
            seen.add(position)
            place = places[position]
            if kinds is None and place.kind in AREA_KINDS:
                continue
            cost = ground.cost(place)
            if cost is None:
                continue
            alike, matched = likeness(name, index.spellings(position))
            value = alike - cost - extra
            if value >= _KEPT_FROM and (position not in scored or scored[position].score < value):
                scored[position] = Candidate(place, matched, "sound", value)
            if value > top:
                top = value
        return top

    top = score(index.same_key(sounds, among, _FEW))
    if top < _SURE:
        top = max(top, score(index.one_apart(sounds, among, _FEW)))
        if top < _LIKELY:
            top = max(top, score(index.closest(sounds, among, _FEW)))
    return top
