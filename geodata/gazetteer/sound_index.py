"""Find names by how they sound: candidates by key, by one letter more or less, by a rare word, by bigrams."""

from __future__ import annotations

import gc
import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from operator import add
from string import ascii_uppercase

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from geodata.gazetteer.layers import names_of
from geodata.gazetteer.names import is_arabic
from geodata.gazetteer.sounds import Sounds, sound_key, sounds_of_key
from geodata.model import Place

LOOSE_LETTERS = "bdfjklmnrst"
"""The consonant classes of loose keys."""

_PARTS = re.compile(r"\s*[/\\|]\s*|\s+-\s*|\s*-\s+|_|[()]")
_ALIKE = Indel.normalized_similarity
_NO_CLASS = dict.fromkeys(map(ord, f"{ascii_uppercase}a"))
_MOST_OF_A_WORD = 150
_MANY = 60
_LENGTHS_APART = 4
_PART_COST = 0.035


class Spelling:
    """A way in which a place's name is written, and how that sounds."""

    __slots__ = ("arabic", "cost", "full", "key", "name", "qualifiers", "thin", "vowels")

    def __init__(self, name: str, key: str, sounds: Sounds, arabic: bool, cost: float) -> None:
        self.name = name
        self.cost = cost
        self.key = key
        self.arabic = arabic
        self.thin = sounds.thin
        # Equal strings are kept once: a hundred thousand names weigh.
        self.full = sounds.thin if sounds.full == sounds.thin else sounds.full
        vowels = (sounds.thin if arabic else sounds.full).replace("a", "")
        self.vowels = sounds.thin if vowels == sounds.thin else vowels
        self.qualifiers = sounds.qualifiers


class SoundIndex:
    """The spellings of some places by their sounds.

    Parameters
    ----------
    places : sequence of Place
        Candidates are answered by their position.
    areas : collection of str
        Name keys of administrative areas: ``Biret Manbaj`` is also ``Biret``, however Manbij is written.
    """

    def __init__(self, places: Sequence[Place], areas: Collection[str] = ()) -> None:
        self._of_place: list[tuple[Spelling, ...]] = []
        self._by_loose: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        with _no_collection():
            self._hear(places, areas)

    def _hear(self, places: Sequence[Place], areas: Collection[str]) -> None:
        owners, thin = array("i"), list[str]()
        heard = frozenset(sounds_of_key(area).thin for area in areas if len(area) > 2)
        for position, place in enumerate(places):
            spellings = []
            for name, key, sounds, cost in _aliases(place, heard):
                spellings.append(Spelling(name, key, sounds, is_arabic(key), cost))
                at = len(owners)
                owners.append(position)
                thin.append(sounds.thin)
                self._by_loose[sounds.loose].append(at)
                if len(sounds.words) > 1:
                    for word in sounds.words:
                        if len(word) > 1:
                            self._by_word[word].append(at)
            self._of_place.append(tuple(spellings))
        self._lengths: NDArray[np.int16] = np.fromiter(map(len, thin), np.int16, len(thin))
        self._owners: NDArray[np.int32] = np.array(owners, dtype=np.int32)
        # An array of references: those of many spellings are taken out at once.
        self._thin: NDArray[np.object_] = np.array(thin, dtype=object)

    def spellings(self, position: int) -> tuple[Spelling, ...]:
        """Return the spellings of a place."""
        return self._of_place[position]

    def same_key(self, sounds: Sounds, among: NDArray[np.bool_] | None, count: int) -> list[int]:
        """Return the places with a name of the same loose key; see `closest`."""
        return self._best(sounds, self._by_loose.get(sounds.loose, ()), among, count)

    def one_apart(self, sounds: Sounds, among: NDArray[np.bool_] | None, count: int) -> list[int]:
        """Return the places whose loose key has one letter more, less or other, or a word of the name."""
        found: set[int] = set()
        known = self._by_loose
        for key in _one_apart(sounds.loose):
            if key in known:
                found.update(known[key])
        if len(sounds.words) > 1:
            # The rarest words say most; words that half the names have (tall, kafr) say nothing.
            hits = sorted((self._by_word[word] for word in sounds.words if word in self._by_word), key=len)
            hits += [known[word] for word in sounds.words if len(word) > 2 and word in known]
            for spellings in hits:
                if len(spellings) <= _MOST_OF_A_WORD:
                    found.update(spellings)
        return self._best(sounds, list(found), among, count)

    def _best(
        self, sounds: Sounds, ids: Sequence[int], among: NDArray[np.bool_] | None, count: int
    ) -> list[int]:
        """Return the owners of those spellings that sound most alike, at most `count`."""
        if not ids:
            return []
        chosen = np.array(ids, dtype=np.int32)
        if among is not None:
            chosen = chosen[among[self._owners[chosen]]]
        if len(chosen) > _MANY:
            chosen = chosen[np.abs(self._lengths[chosen] - len(sounds.thin)) <= _LENGTHS_APART]
        if len(chosen) > count:
            names = self._thin[chosen].tolist()
            alike = cdist([sounds.thin], names, scorer=_ALIKE, dtype=np.float32)[0]
            chosen = chosen[(-alike).argsort(kind="stable")[: 2 * count]]
        return list(dict.fromkeys(self._owners[chosen].tolist()))[:count]

    def closest(self, sounds: Sounds, among: NDArray[np.bool_] | None, count: int) -> list[int]:
        """Return the places whose names share most bigrams with a name, the closest first, at most `count`.

        Parameters
        ----------
        sounds : Sounds
            Of the name.
        among : array of bool or None
            For each place whether it counts; None for all.
        count : int
            How many at most.
        """
        owners = self._owners
        lengths, bigrams = self._bigrams
        pairs = _pairs(sounds.thin)
        weights = np.zeros(len(owners), dtype=np.float32)
        for pair in sorted(pairs & bigrams.keys()):  # in one order: sums of floats depend on it
            holders = bigrams[pair]
            weights[holders] += 1.0 / np.log(3.0 + len(holders))  # a rare bigram says more
        weights /= lengths + len(pairs)
        if among is not None:
            weights[~among[owners]] = 0
        most = float(weights.max(initial=0.0))
        if not most:
            return []
        best = np.flatnonzero(weights > most / 3)
        return self._best(
            sounds, best[np.argsort(-weights[best], kind="stable")][: 6 * count].tolist(), None, count
        )

    @cached_property
    def _bigrams(self) -> tuple[NDArray[np.float32], dict[str, NDArray[np.int32]]]:
        lengths = array("f")
        found: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for at, thin in enumerate(self._thin):
            pairs = _pairs(thin)
            for pair in pairs:
                found[pair].append(at)
            lengths.append(len(pairs))
        return np.array(lengths, dtype=np.float32), {
            pair: np.array(holders, dtype=np.int32) for pair, holders in found.items()
        }


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: nothing made here is garbage, and it would walk all of it often."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _pairs(thin: str) -> frozenset[str]:
    classes = f"^{thin.translate(_NO_CLASS)}$"
    return frozenset(map(add, classes, classes[1:]))


def _one_apart(loose: str) -> Iterator[str]:
    if len(loose) > 1:
        for at in range(len(loose)):
            yield loose[:at] + loose[at + 1 :]
    for at in range(len(loose) + 1):
        head, tail, after = loose[:at], loose[at:], loose[at + 1 :]
        for letter in LOOSE_LETTERS:
            yield head + letter + tail
            if tail and len(loose) > 1:
                yield head + letter + after


def _aliases(place: Place, areas: Collection[str]) -> Iterator[tuple[str, str, Sounds, float]]:
    """Yield (name, key, sounds, cost): whole names, parts of double names, names without an added area."""
    found: dict[str, tuple[str, Sounds, float]] = {}
    named = [(name, sound_key(name)) for name in names_of(place)]
    for name, key in named:
        if key and key not in found:
            found[key] = name, sounds_of_key(key), 0.0
    for name, whole in named:
        keys = []
        if _PARTS.search(name):
            # The second name may be only the area in which this is one of several: Hjeileh - Elbab.
            parts = filter(None, map(sound_key, _PARTS.split(name)))
            keys = [part for at, part in enumerate(parts) if not at or sounds_of_key(part).thin not in areas]
        if areas and " " in whole:
            words = whole.split()
            for at in range(1, min(4, len(words))):
                if sounds_of_key(" ".join(words[-at:])).thin in areas:
                    keys.append(" ".join(words[:-at]))
        for key in keys:
            if key not in found:
                found[key] = name, sounds_of_key(key), _PART_COST
    for key, (name, sounds, cost) in found.items():
        yield name, key, sounds, cost
