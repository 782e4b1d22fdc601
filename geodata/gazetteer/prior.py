"""How likely a place is meant when only its name is known."""

from __future__ import annotations

import math
from collections.abc import Iterator

from geodata.gazetteer.gazetteer import Gazetteer
from geodata.gazetteer.layers import SETTLEMENT_KINDS
from geodata.model import Place

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


def prior_of(gazetteer: Gazetteer, place: Place) -> float:
    """Return how likely a place of this kind, rank and size is meant, 0 to 1."""
    known = gazetteer.priors
    prior = known.get(place.place_id)
    if prior is None:
        prior = known[place.place_id] = _prior(gazetteer, place)
    return prior


def _prior(gazetteer: Gazetteer, place: Place) -> float:
    prior = _KIND_PRIOR.get(place.kind, _OTHER_PRIOR)
    if place.kind in SETTLEMENT_KINDS:
        prior = max([prior, *_seat_priors(gazetteer, place)])
    size = min(math.log10(place.population), 7) / 7 if place.population else 0.0
    curated = not place.place_id.startswith("gn-")
    return prior + 0.05 * size + (0.03 if curated else 0.0)


def _seat_priors(gazetteer: Gazetteer, place: Place) -> Iterator[float]:
    """Yield the weight of each administrative area that has the settlement's name: it is its seat."""
    own = gazetteer.keys_of(place.place_id)
    for area in gazetteer.admin_of(place.place_id):
        if own & gazetteer.keys_of(area.place_id):
            yield _SEAT_PRIOR.get(area.kind, _OTHER_PRIOR)
