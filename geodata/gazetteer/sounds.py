"""What a place name sounds like, in one alphabet for Arabic and its romanisations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from geodata.gazetteer.name_words import (
    ARABIC_SOUNDS,
    ENGLISH_QUALIFIERS,
    GENERIC_WORDS,
    LATIN_SOUNDS,
    QUALIFIERS,
)
from geodata.gazetteer.names import name_key

_LATIN_PARTS = re.compile("[aeiouwy]+|" + "|".join(sorted(LATIN_SOUNDS, key=len, reverse=True)))
_TURKISH = str.maketrans({"ş": "sh", "Ş": "Sh", "ç": "ch", "Ç": "Ch"})
_RESPELLINGS = (
    (re.compile("g(?!h)"), "j"),
    (re.compile("c+(?=[aou])"), "k"),
    (re.compile("c(?=[ei])"), "s"),
    (re.compile(r"\bj"), "y"),
    (re.compile(r"^[ae]l(?=[a-z]{3})"), ""),
)
_OPENING_ARABIC = tuple("اع")
_CONSONANTAL = {"w": "wW", "y": "yV"}
_OTHER_GLIDE = {"و": "ي", "ي": "و"}
_GLIDES = str.maketrans({"i": "y", "y": "y", "o": "w", "u": "w", "w": "w", "a": "a", "e": "a"})
_NOT_LOOSE = {ord(letter): None for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZhwya"}
_DOUBLE = re.compile(r"([a-z][A-Z])\1+")
_DOUBLE_VOWEL = re.compile(r"([wya])\1+")
_JOINED_ARTICLE = re.compile(r"^[ae]l(?=...)")


class Sounds(NamedTuple):
    """How a name sounds.

    Parameters
    ----------
    thin : str
        Consonants, glides and long vowels, in sounds of one or two letters: what both scripts write.
    full : str
        The same with every vowel that is written; for Arabic the same as `thin`.
    loose : str
        One letter a consonant, of classes that romanisations mix up; no vowels, no glides, no h.
    words : tuple of str
        The loose keys of the words.
    qualifiers : frozenset of str
        What the name says besides: ``size+``, ``side-e`` …
    """

    thin: str
    full: str
    loose: str
    words: tuple[str, ...]
    qualifiers: frozenset[str]


def loose_key(text: str) -> str:
    """Return the consonant classes of a name: ``عقيربات``, ``Uqayribat`` and ``Okerbat`` share them."""
    return sounds_of(text).loose


def glide_key(text: str) -> str:
    """Return the consonants and glides of a name: those of ``Khuwayn`` are not those of ``Khan``."""
    return sounds_of(text).thin


def sounds_of(text: str) -> Sounds:
    """Return what a name sounds like, its qualifiers apart; any text gives something, perhaps empty."""
    return sounds_of_key(sound_key(text))


def sound_key(text: str) -> str:
    """Return the `name_key` of a name, in which Turkish letters keep their sounds: ş and ç are no s and c."""
    return name_key(text if text.isascii() else text.translate(_TURKISH))


def respellings(key: str) -> list[str]:
    """Return how a Latin name key may also be read: Egyptian g, French c, German j, joined article."""
    if not key.isascii():
        return []
    changed = (pattern.sub(sound, key) for pattern, sound in _RESPELLINGS)
    return [other for other in changed if other != key]


def sounds_of_key(key: str) -> Sounds:
    """Return what a name sounds like, from its `name_key`."""
    tokens = key.split()
    words, said = _apart(tokens)
    last = len(words) - 1
    thin, full, loose = [], [], []
    for at, word in enumerate(words):
        if at and len(word) > 4:
            word = _JOINED_ARTICLE.sub("", word)
        word_thin, word_full, word_loose = _word(word, at == last)
        thin.append(word_thin)
        full.append(word_full)
        loose.append(word_loose)
    as_written = "".join(thin)
    joined_thin, joined_full = _undoubled(as_written), _undoubled("".join(full))
    joined_loose = "".join(loose) if joined_thin == as_written else joined_thin.translate(_NOT_LOOSE)
    return Sounds(joined_thin, joined_full, joined_loose, tuple(loose), said)


def _apart(tokens: list[str]) -> tuple[list[str], frozenset[str]]:
    """Return the words of the name itself, and what the other words say."""
    if len(tokens) < 2:
        return tokens, frozenset()
    said = set()
    words = []
    for token in tokens:
        if token in ENGLISH_QUALIFIERS:
            said.add(QUALIFIERS[token])
        else:
            words.append(token)
    while len(words) > 1 and words[-1] in QUALIFIERS:
        said.add(QUALIFIERS[words.pop()])
    return (words, frozenset(said)) if words else (tokens, frozenset())


@lru_cache(maxsize=20_000)
def _word(word: str, last: bool) -> tuple[str, str, str]:
    """Return the thin, full and loose sounds of a word."""
    word = GENERIC_WORDS.get(word, word)
    thin, full = _latin(word, last) if word.isascii() else _arabic(word, last)
    return thin, full, thin.translate(_NOT_LOOSE)


def _arabic(word: str, last: bool) -> tuple[str, str]:
    if not last and len(word) > 3:
        word = word.removesuffix("ات")
    thin, full = "", ""
    if word[:1] in _OPENING_ARABIC:
        thin = full = "a"
        word = word[1:]
    for letter, following in zip(word, word[1:] + " ", strict=False):  # an empty word has no letter
        if letter == "ا":
            full += "a"
        elif letter != "ه" or following != " ":
            sound = ARABIC_SOUNDS.get(letter, "")
            if sound in _CONSONANTAL and (not full or following in "اه" or following == _OTHER_GLIDE[letter]):
                sound = _CONSONANTAL[sound]
            thin += sound
            full += sound
    return thin, full


def _latin(word: str, last: bool) -> tuple[str, str]:
    if not last and len(word) > 4 and word[-1] == "t" and word[-2] in "ae":
        word = word[:-1]
    if len(word) > 2 and word[-1] == "h" and word[-2] in "aeiou":
        word = word[:-1]
    thin, full = "", ""
    for part in _LATIN_PARTS.findall(word):
        sound = LATIN_SOUNDS.get(part)
        if sound is not None:
            thin += sound
            full += sound
            continue
        if not full and part[0] in "aeiou":
            # Which vowel opens a name is written in every way: Uqayribat, Aqirbat, Okerbat.
            thin, part = "a", "a" + part[1:]
        part_thin, part_full = _vowels(part)
        thin += part_thin
        full += part_full
    return thin, full


@lru_cache(maxsize=4096)
def _vowels(run: str) -> tuple[str, str]:
    """Return the glides, and the glides and vowels, of a run; a glide before a vowel as consonant."""
    letters = _DOUBLE_VOWEL.sub(r"\1", run.replace("ee", "y").translate(_GLIDES))
    full = ""
    for letter, following in zip(letters, letters[1:] + " ", strict=False):
        full += letter if letter == "a" or following == " " else _CONSONANTAL[letter]
    return (full.replace("a", "") if len(run) > 1 or run in "wy" else ""), full


def _undoubled(sounds: str) -> str:
    return _DOUBLE.sub(r"\1", sounds) if _DOUBLE.search(sounds) else sounds
