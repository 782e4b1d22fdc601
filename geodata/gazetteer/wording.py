"""Take a place text apart: the name, the kind it says (town, district …), and what is said to hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from geodata.gazetteer.layers import SETTLEMENT_KINDS
from geodata.gazetteer.names import fold

_COMMA = re.compile("[,،;؛\n]")
_MOST_PARTS = 5

AREAS = frozenset({"governorate", "district", "subdistrict", "region"})
_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("governorate|province|muhafazah|muhafazat|mohafaza|محافظة", frozenset({"governorate"})),
    ("district|mintaqah|mintaqat|mantiqa|mantika|qada|منطقة|قضاء", frozenset({"district"})),
    ("subdistrict|sub-district|nahiyah|nahiya|nahiyat|nahia|nahya|ناحية", frozenset({"subdistrict"})),
    ("city|town|village|hamlet|madinat|baldat|qaryat|مدينة|بلدة|قرية", SETTLEMENT_KINDS),
    ("camp|مخيم", frozenset({"camp"})),
    ("neighbourhood|neighborhood|حي", frozenset({"neighbourhood"})),
)
_KINDS_OF_WORD = {fold(word): kinds for words, kinds in _KINDS for word in words.split("|")}
_COUNTRYSIDE = frozenset({"countryside", "rural", "ريف"})
_DIRECTION = re.compile(
    r"(north|south|east|west)(ern)?|((north|south)[ -]?(east|west)(ern)?)|(ال)?(شمال|جنوب|شرق|غرب)(ي|يه)?"
)
_CENTRE = re.compile(r"(?:markaz|مركز) (.+)")
_ALTERNATIVES = re.compile(r"[/()\\|]")
_NOISE = frozenset({"of", "the"})


class Reading(NamedTuple):
    """One way to understand a place text.

    Parameters
    ----------
    name : str
        The place's own name.
    kinds : frozenset of str or None
        The kinds that the text says it is; None when it says nothing.
    within : tuple of str
        What is said to hold it, each still to be found: ``("Idlib countryside",)``.
    whole : bool
        Whether this is a text of several parts taken as one name: nothing sounds like that.
    """

    name: str
    kinds: frozenset[str] | None = None
    within: tuple[str, ...] = ()
    whole: bool = False


def readings(text: str) -> Iterator[Reading]:
    """Yield the readings of a text, the most literal first: whole, without its kind word, split at commas."""
    several = _COMMA.search(text) is not None
    head = Reading(text, whole=several)
    yield head
    yield from _without_kind(head)
    if several:
        parts = [part.strip() for part in _COMMA.split(text) if fold(part)]
        if parts and len(parts) <= _MOST_PARTS:
            head = Reading(parts[0], within=tuple(parts[1:]))
            yield head
            yield from _without_kind(head)


def _without_kind(head: Reading) -> Iterator[Reading]:
    name, kinds = without_kind(head.name)
    if kinds is not None:
        yield Reading(name, kinds, head.within, head.whole)


def alternatives(name: str) -> list[str]:
    """Return the names that a text offers side by side: ``Al Izmu/Ibizimu``, ``Aaliyah (Qurujah)``."""
    parts = [part.strip() for part in _ALTERNATIVES.split(name)]
    return list(dict.fromkeys(part for part in parts if fold(part)))[:_MOST_PARTS] or [name]


def without_kind(text: str) -> tuple[str, frozenset[str] | None]:
    """Return a text without the kind word at its beginning or end, and the kinds that the word stands for."""
    tokens = fold(text).split()
    for length in (2, 1):  # "sub district" before "district"
        for at_end in (False, True):
            word = " ".join(tokens[-length:] if at_end else tokens[:length])
            rest = tokens[:-length] if at_end else tokens[length:]
            while rest and rest[0] in _NOISE:
                rest = rest[1:]
            if rest and word in _KINDS_OF_WORD:
                return " ".join(rest), _KINDS_OF_WORD[word]
    return text, None


def area_readings(text: str) -> Iterator[Reading]:
    """Yield the readings of what is said to hold a place, such as ``ريف إدلب الجنوبي``.

    The direction is left out: the area meant is a part of the one named, so what lies in it lies in both.
    """
    yield Reading(text)
    name, kinds = text, None
    # Twice: UCDP says "Mintaqat Azaz district".
    for _ in range(2):
        name, said = without_kind(name)
        kinds = kinds or said
        if said is not None:
            yield Reading(name, kinds)
    if (centre := _CENTRE.match(fold(name))) is not None:
        yield Reading(centre[1], kinds or frozenset({"district"}))
    tokens = [
        token for token in fold(text).split() if not _DIRECTION.fullmatch(token) and token not in _NOISE
    ]
    kept = [token for token in tokens if token not in _COUNTRYSIDE]
    if kept and len(kept) < len(tokens):
        yield Reading(" ".join(kept), AREAS)
