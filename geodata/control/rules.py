"""The rules by which statements decide who held a place: one table of numbers, one table of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.errors import BadInput

Amount = TypeVar("Amount", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRules:
    """Hold every number of the rules of control; weights, supports and certainties are 0 to 1.

    Parameters
    ----------
    reach_m : float
        A place farther than this from every stated place is unknown; also the margin of the default area.
    lookback_days : int
        How long before its loss a place counts as its loser's, when nothing else is known.
    settle_days : int
        Days without a further word after which a contest ends for the one with the better, else later, word.
    half_life_days : float
        Days in which what nobody confirmed loses half its certainty near a front, and half its weight when
        somebody contradicts it.
    front_near_m : float
        A place nearer to a front than this is near it.
    neutral_weight, partisan_weight : float
        Of a plain statement by a source that is not, or is, on the side that it says has the place.
    certainty_weights : mapping of statement certainty to factor
        1 plainly stated, 2 stated by a party to it or in a list, 3 alleged.
    match_weights : mapping of match to factor
        How sure the reported name was matched to the place.
    flip_support : float
        Support with which a contradiction takes a place at once; below it the place is contested.
    settle_support : float
        Support below which a contradiction lapses when a contest ends, instead of taking the place.
    dominance : float
        How many times the other's support decides between two at once, or overrules one that has faded.
    firm_support : float
        Certainty below which a holder is drawn as uncertain.
    most_certain : float
        No certainty is above this, however many sources agree.
    inferred_factor : float
        What is left of the certainty of what is only implied or inferred.
    neighbours : int
        How many of the nearest known places an inferred one follows.

    Raises
    ------
    BadInput
        When a number cannot be meant: a share outside 0 to 1, a distance or time that is not above 0.
    """

    reach_m: float = 8_000.0
    lookback_days: int = 60
    settle_days: int = 3
    half_life_days: float = 45.0
    front_near_m: float = 6_000.0
    neutral_weight: float = 0.7
    partisan_weight: float = 0.45
    certainty_weights: Mapping[int, float] = field(
        default_factory=lambda: MappingProxyType({1: 1.0, 2: 0.85, 3: 0.5})
    )
    match_weights: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"high": 1.0, "medium": 0.8, "low": 0.5})
    )
    flip_support: float = 0.55
    settle_support: float = 0.3
    dominance: float = 1.5
    firm_support: float = 0.75
    most_certain: float = 0.95
    inferred_factor: float = 0.5
    neighbours: int = 3

    def __post_init__(self) -> None:
        shares = {
            name: getattr(self, name)
            for name in (
                *("neutral_weight", "partisan_weight", "flip_support", "settle_support"),
                *("firm_support", "most_certain", "inferred_factor"),
            )
        }
        shares |= {f"certainty_weights[{key}]": value for key, value in self.certainty_weights.items()}
        shares |= {f"match_weights[{key}]": value for key, value in self.match_weights.items()}
        for name, value in shares.items():
            if not 0 < value <= 1:
                raise BadInput(f"is {value}: it must be above 0 and at most 1", where=name)
        for name in ("reach_m", "half_life_days", "front_near_m", "settle_days", "neighbours"):
            if not 0 < getattr(self, name) < float("inf"):
                raise BadInput(f"is {getattr(self, name)}: it must be above 0", where=name)
        if self.lookback_days < 0 or self.dominance < 1:
            raise BadInput("lookback_days must not be negative, dominance must not be below 1")
        if self.firm_support > self.most_certain:
            raise BadInput(f"is {self.firm_support}: nothing would ever be firm", where="firm_support")

    def faded(self, support: Amount, age_days: float | NDArray[np.int64]) -> Amount:
        """Return what is left of a support, or of each of many, which halves once every half-life."""
        left: Amount = support * 0.5 ** (age_days / self.half_life_days)  # type: ignore[assignment]  # many for many
        return left


RULE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "claimed": "Reported as held or taken; nothing reported before says otherwise.",
        "confirmed": "Reported again for the same holder.",
        "flipped": "The newer reports outweigh what was known before.",
        "challenged": "A single or weak claim contradicts the holder: contested until more is reported.",
        "rivals": "Two parties are reported to hold it, and neither report outweighs the other.",
        "fighting": "Reported as contested.",
        "denied": "It is denied that the holder has it.",
        "settled": "Claimed some days ago and not contradicted since: the claim stands, uncertain.",
        "lapsed": "The contradicting claim was too weak or was answered: the holder stays, uncertain.",
        "left": "Its holder is reported to have left; no successor is named.",
        "succeeded": "Its holder is reported to have left it to another.",
        "implied": "Later reported as taken from or left by this holder, who therefore had it before.",
        "area-left": "The holder, or a party of the contest, is reported to have left the whole area.",
        "area-taken": "The whole area is reported as taken.",
        "area-held": "The whole area is reported as held; before, nothing was reported of the place itself.",
        "inferred": "Nothing is reported of this place then: it follows its nearest known places.",
        "unknown": "Nothing is reported of this place or of any near enough.",
    }
)
"""What each rule says, by the key that `ControlTimeline.explain` answers with."""

RULES = tuple(RULE_WORDS)
"""The rules' keys; segments hold a position in it."""
