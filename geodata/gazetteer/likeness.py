"""How alike two names are, in letters, in sounds and in what they say besides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Indel

from geodata.gazetteer.names import is_arabic
from geodata.gazetteer.sound_index import Spelling
from geodata.gazetteer.sounds import Sounds

_SAID_AND_SAME = 0.01
_SAID_ONCE = 0.04
_CONTRADICTED = 0.25

_alike = Indel.normalized_similarity


class Written:
    """A name that is looked for: its key and its sounds."""

    __slots__ = ("arabic", "full", "key", "qualifiers", "sounds", "thin", "vowels")

    def __init__(self, key: str, sounds: Sounds) -> None:
        self.key = key
        self.sounds = sounds
        self.thin = sounds.thin
        self.full = sounds.full
        self.arabic = is_arabic(key)
        self.vowels = (sounds.thin if self.arabic else sounds.full).replace("a", "")
        self.qualifiers = sounds.qualifiers


def likeness(name: Written, spellings: Iterable[Spelling]) -> tuple[float, str]:
    """Return how alike a name and a place's names are, 0 to 1, and the most alike of its names.

    The names in Latin and those in Arabic letters are two witnesses of how the place is called: a
    romanisation drops letters, Arabic drops vowels. Both count, and the better one counts more.
    """
    latin, arabic, matched, best = -1.0, -1.0, "", -1.0
    key, thin, full, in_arabic, said = name.key, name.thin, name.full, name.arabic, name.qualifiers
    for spelling in spellings:
        same_script = spelling.arabic == in_arabic
        # Conditions rather than calls and max: this is the innermost loop.
        if not same_script:
            thin_alike, vowels_alike = _alike(thin, spelling.thin), _alike(name.vowels, spelling.vowels)
            score = (
                0.15 * thin_alike
                + 0.4 * vowels_alike
                + 0.35 * _alike(full, spelling.full)
                + 0.1 * (vowels_alike if vowels_alike > thin_alike else thin_alike)
            )
        elif in_arabic:
            score = 0.5 * _alike(thin, spelling.thin) + 0.5 * _alike(key, spelling.key)
        else:
            score = (
                0.45 * _alike(full, spelling.full)
                + 0.35 * _alike(thin, spelling.thin)
                + 0.2 * _alike(key, spelling.key)
            )
        score -= spelling.cost
        if said or spelling.qualifiers:
            score -= _disagreement(said, spelling.qualifiers)
        if spelling.arabic:
            if score > arabic:
                arabic = score
        elif score > latin:
            latin = score
        if score > best or (score == best and same_script and not matched):
            best, matched = score, spelling.name
    if latin < 0 or arabic < 0:
        return max(best, 0.0), matched
    if in_arabic:
        # Arabic against Arabic is near certain; a romanisation adds little to it.
        return max(0.0, 0.7 * arabic + 0.1 * latin + 0.2 * best), matched
    return max(0.0, 0.3 * latin + 0.32 * arabic + 0.38 * best), matched


@lru_cache(maxsize=4096)
def _disagreement(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the cost of what two names say besides: little when one is silent, much when they contradict."""
    cost = 0.0
    values = {said[:-1]: said for said in one}
    others = {said[:-1]: said for said in other}
    for axis in values.keys() | others.keys():
        if axis in values and axis in others:
            cost += -_SAID_AND_SAME if values[axis] == others[axis] else _CONTRADICTED
        else:
            cost += _SAID_ONCE
    return cost
