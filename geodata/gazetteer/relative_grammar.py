"""Read relative place expressions, Arabic and English: pure grammar, no place is looked up.

A text is turned into folded words in which directions, distances and separators are codes (``<n45>``,
``<k5000>``, ``<->``); `PATTERNS` then say which sequences mean what. A text may have several readings ("بين
أبو الظهور وسنجار": which و is the "and"?); whoever knows the places tries them in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.gazetteer import relative_words as w
from geodata.gazetteer.names import fold

MOST_LETTERS = 300
MOST_DISTANCE_M = 300_000.0
MOST_READINGS = 24

_PIECES = re.compile(
    r"(\s[-‐‑‒–—−~/]+\s|[–—]|[-‐‑‒−]|[,،;؛()\n]|(?<=\w)['’ʼ]s(?=\s)|\d{1,6}(?:[.,٫]\d{1,3})?(?!\d))",
    re.IGNORECASE,
)
_CODE = re.compile(r"<[^>]*>")
_UNUSUAL = re.compile("[^ -~\u0621-\u063a\u0641-\u064a،]")
"""Vowel marks, tatweel, presentation forms …: no hint is found in these before they are folded."""
_AFTER_ADJECTIVE = re.compile("<d[0-9.]+> ل")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name that an expression leans on, and what the text says that it is.

    Parameters
    ----------
    name : str
        Folded, without the kind word.
    kind : str
        ``governorate``, ``district``, ``subdistrict``, ``city``, ``settlement``, or empty when nothing is
        said.
    """

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RelativeExpression:
    """What a relative expression says.

    Parameters
    ----------
    relation : str
        ``of`` (east of X), ``part`` (eastern X), ``countryside`` (eastern countryside of X), ``near``,
        ``outskirts``, ``between`` or ``road``.
    anchors : tuple of Anchor
        One; two for ``between`` and ``road``.
    bearing_deg : float or None
        Degrees clockwise from north, a multiple of 45; None when no direction is given.
    distance_m : float or None
        Metres from the anchor; None when no distance is given.
    subject : str
        The place that is said to lie there ("village X southeast of Idlib"), folded; empty when there is
        none.
    """

    relation: str
    anchors: tuple[Anchor, ...]
    bearing_deg: float | None = None
    distance_m: float | None = None
    subject: str = ""


def parse_relative(text: str) -> RelativeExpression | None:
    """Return the likeliest reading of a relative expression, or None when the text is none."""
    return next(relative_readings(text), None)


def relative_readings(text: str) -> Iterator[RelativeExpression]:
    """Yield the readings of a relative expression, the likeliest first; nothing when the text is none."""
    if len(text) > MOST_LETTERS or not _hints(text):
        return
    coded = coded_words(text)
    seen: set[RelativeExpression] = set()
    for relation, pattern in PATTERNS:
        match = pattern.fullmatch(coded)
        if match is None:
            continue
        for expression in _expressions(
            relation, match.groupdict(), _AFTER_ADJECTIVE.search(coded) is not None
        ):
            if expression not in seen:
                seen.add(expression)
                yield expression
            if len(seen) >= MOST_READINGS:
                return


def coded_words(text: str) -> str:
    """Return folded words with codes: ``<n45>`` direction, ``<k5000>`` metres, ``<->`` dash."""
    tokens: list[str] = []
    for at, piece in enumerate(_PIECES.split(text)):
        mark = piece.strip() or ","
        if at % 2 == 0:
            tokens += fold(piece).split()
        elif mark[0].isdigit():
            tokens.append(re.sub("[,٫]", ".", "".join(fold(c) or c for c in mark)))
        elif mark.casefold().endswith("s"):
            tokens.append("<s>")
        elif mark and mark in ",،;؛()":
            tokens.append("<,>")
        else:
            tokens.append("<h>" if piece in "-‐‑‒−" else "<->")
    return " ".join(_distances(_directions(tokens))).strip()


def _hints(text: str) -> bool:
    if not text.isascii() and _UNUSUAL.search(text):
        text = fold(text)
    return w.HINT.search(text.casefold()) is not None


def _directions(tokens: list[str]) -> list[str]:
    coded: list[str] = []
    at = 0
    while at < len(tokens):
        letters, form = w.DIRECTIONS.get(tokens[at], ("", ""))
        # "north-eastern", شمال شرقي, شرقي شمالي: two directions of different axes make one.
        step = at + 2 if tokens[at + 1 : at + 2] in (["<h>"], ["<->"]) else at + 1
        other, other_form = w.DIRECTIONS.get(tokens[step], ("", "")) if step < len(tokens) else ("", "")
        both = "".join(sorted(letters + other, key="nsew".index))
        if len(letters) == len(other) == 1 and both in w.BEARINGS:
            # An article counts on the second word only: الشمال الشرقي is a noun and its adjective.
            form = other_form if form == w.NOUN and other_form != w.DEFINITE else form
            coded.append(f"<{form}{w.BEARINGS[both]:g}>")
            at = step + 1
        else:
            coded.append(f"<{form}{w.BEARINGS[letters]:g}>" if letters else tokens[at])
            at += 1
    return coded


def _distances(tokens: list[str]) -> list[str]:
    coded: list[str] = []
    for word in tokens:
        if word in w.TWO_KM:
            coded.append("<k2000>")
            continue
        number = _number(coded[-1]) if coded else None
        if word in w.UNIT_M and number is not None:
            coded[-1] = f"<k{number * w.UNIT_M[word]:g}>"
        elif word != "<h>" or number is None:  # "a 5-km stretch"
            coded.append(word)
    return coded


def _number(token: str) -> float | None:
    if token in w.NUMBERS:
        return float(w.NUMBERS[token])
    return float(token) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", token, re.ASCII) else None


def _float(number: str | None) -> float | None:
    return float(number) if number else None


def _expressions(relation: str, found: dict[str, str | None], prefixed: bool) -> Iterator[RelativeExpression]:
    bearing = _float(found.get("bearing"))
    distance = _float(found.get("metres"))
    if distance is not None and not 0 < distance <= MOST_DISTANCE_M:
        return
    subject = _name(found.get("subject") or "")
    if _CODE.search(subject):
        return
    if subject in w.KIND_WORDS or w.EMPTY_SUBJECT.fullmatch(subject):
        subject = ""
    pairs = _pairs(found["pair"] or "", relation) if "pair" in found else [(found["anchor"] or "",)]
    for parts in pairs:
        for anchors in _anchors(parts, prefixed):
            yield RelativeExpression(relation, anchors, bearing, distance, subject)


def _pairs(text: str, relation: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part "A and B": at a dash or "and" (also one written onto B), a hyphen, anywhere."""
    tokens = text.split()
    inner = range(1, len(tokens))
    for at in inner:
        if tokens[at] == "<->" or (tokens[at] in w.AND and at + 1 < len(tokens)):
            yield " ".join(tokens[:at]), " ".join(tokens[at + 1 :])
    for at in inner:
        if len(tokens[at]) > 2 and tokens[at].startswith("و"):
            yield " ".join(tokens[:at]), " ".join([tokens[at][1:], *tokens[at + 1 :]])
    if relation == "road":
        for at in inner:
            if tokens[at] == "<h>":
                yield " ".join(tokens[:at]), " ".join(tokens[at + 1 :])
        for at in inner:
            if tokens[at - 1] != "<h>" != tokens[at]:
                yield " ".join(tokens[:at]), " ".join(tokens[at:])


def _anchors(parts: tuple[str, ...], prefixed: bool) -> Iterator[tuple[Anchor, ...]]:
    first = parts[0]
    if prefixed and len(first) > 3 and first.startswith("ل"):
        # After an adjective the preposition ل is written onto its noun: الريف الشرقي لحماة, للرقة.
        first = "ال" + first[2:] if first.startswith("لل") else first[1:]
        parts = (first, *parts[1:])
    read = [_anchor(part) for part in parts]
    if all(anchor is not None for anchor in read):
        yield tuple(anchor for anchor in read if anchor is not None)


def _anchor(text: str) -> Anchor | None:
    name, kind = _name(text), ""
    tokens = name.split()
    for length in (2, 1):
        for part, rest in ((tokens[:length], tokens[length:]), (tokens[-length:], tokens[:-length])):
            if rest and " ".join(part) in w.KIND_WORDS and not kind:
                kind, tokens = w.KIND_WORDS[" ".join(part)], rest
    name = _name(" ".join(tokens))
    if (
        not name
        or name in w.KIND_WORDS
        or w.EMPTY_SUBJECT.fullmatch(name)
        or _CODE.search(name.replace(" <,> ", " "))
        or _number(name) is not None
    ):
        return None
    return Anchor(name.replace(" <,> ", ", "), kind)


def _name(text: str) -> str:
    """Return a name without the small words and separators around it; hyphens in it are blanks again."""
    tokens = text.replace(" <s>", "s").replace("<h>", " ").split()
    while tokens and (tokens[0] in w.NOISE or tokens[0] in ("<,>", "<->")):
        tokens = tokens[1:]
    while tokens and (tokens[-1] in w.NOISE or tokens[-1] in ("<,>", "<->")):
        tokens = tokens[:-1]
    return " ".join(tokens)


def _compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    noun, adjective, definite, any_form = (
        f"<[{forms}](?P<bearing>[0-9.]+)>"
        for forms in (w.NOUN, w.ADJECTIVE, w.DEFINITE, w.NOUN + w.ADJECTIVE + w.DEFINITE)
    )
    metres, subject, anchor, pair = (
        "<k(?P<metres>[0-9.e+]+)>",
        "(?:(?P<subject>.+?) )??",
        "(?P<anchor>.+)",
        "(?P<pair>.+?)",
    )
    of = f"(?:{w.OF} )?(?:the )?"
    qualified = f"(?:(?:{w.ROAD_QUALIFIER}|{w.ROAD_NUMBER}) )*"
    qualifiers = f"(?: {w.ROAD_QUALIFIER})*"
    aside = "(?: (?:by|on|along|in|near) the .+)?"
    rural = f"(?:{w.COUNTRYSIDE}|{w.PART})"
    for relation, pattern in (
        ("road", f"{subject}(?:the )?{w.ROAD} {qualified}(?:{w.BETWEEN} |{w.OF} )?{pair}{qualifiers}{aside}"),
        ("road", f"(?:the )?{pair} {w.ROAD}{qualifiers}(?: (?:in|on|near|<,>) .+)?"),
        ("between", f"{subject}{w.BETWEEN} {pair}{aside}"),
        ("of", f"{subject}(?:{w.LEAD} )*{metres} (?:{w.TOWARDS} )?{noun} {of}{anchor}"),
        ("of", f"{subject}{noun} {of}(?P<anchor>.+?) {w.BY} ?{metres}"),
        ("near", f"{subject}(?:{w.LEAD} )*{metres} {w.OF} {anchor}"),
        ("outskirts", f"{subject}(?:the )?{adjective} {w.OUTSKIRTS} {anchor}"),
        ("outskirts", f"{subject}{w.OUTSKIRTS} {definite} {of}{anchor}"),
        ("outskirts", f"{subject}{w.OUTSKIRTS} (?P<anchor>.+?) {definite}"),
        ("near", f"{subject}{w.NEAR} (?P<anchor>.+?) {definite}"),
        ("countryside", f"{subject}(?:the )?{adjective} {rural} {of}{anchor}"),
        ("countryside", f"{subject}{rural} {definite} {of}{anchor}"),
        ("countryside", f"{subject}{w.COUNTRYSIDE} (?P<anchor>.+?) {definite}"),
        ("countryside", f"{subject}(?:the )?{adjective} (?P<anchor>.+?) {w.COUNTRYSIDE}"),
        ("countryside", f"{subject}(?:the )?{adjective} {w.COUNTRYSIDE} {anchor}"),
        ("countryside", f"{subject}(?:the )?{w.COUNTRYSIDE} {of}{any_form} {of}{anchor}"),
        ("countryside", f"(?P<anchor>.+?)(?: <s>)? (?:{any_form}) {rural}"),
        ("of", f"{subject}(?:{w.TOWARDS} )?(?:the )?{noun} {w.OF} (?:the )?{anchor}"),
        ("of", f"{subject}<n(?P<bearing>[0-9.]+)> (?P<anchor>[\u0600-\u06ff].*)"),
        ("part", f"{subject}(?:the )?<[na](?P<bearing>[0-9.]+)> (?P<anchor>[^\u0600-\u06ff]+)"),
        ("outskirts", f"{subject}(?:the )?{w.OUTSKIRTS} {anchor}"),
        ("near", f"{subject}(?:the )?{w.NEAR} {anchor}"),
        ("outskirts", f"(?P<anchor>.+?)(?: <s>)? {w.OUTSKIRTS_AFTER}"),
        ("near", f"(?P<anchor>.+?)(?: <s>)? {w.NEAR_AFTER}"),
        ("countryside", f"{subject}(?:the )?{w.COUNTRYSIDE} {of}{anchor}"),
        ("countryside", f"(?P<anchor>.+?)(?: <s>)? {w.COUNTRYSIDE}"),
    ):
        yield relation, re.compile("(?:(?:the|in|at|from|في|من) )*?" + pattern)


PATTERNS = tuple(_compiled())
"""(relation, pattern over coded words), the most telling first."""
