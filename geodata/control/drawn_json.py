"""Read JSON that anybody may have written: limits first, then parsing; what is doubtful is marked, not taken.

GDAL never sees the file: it would follow a VRT renamed ``.geojson`` to local files and addresses.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np

from geodata.errors import BadInput

LARGEST_FILE = 64_000_000
"""Bytes."""

DEEPEST = 64
"""Brackets within brackets."""

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Doubled(dict[str, Any]):
    """An object that names one of its members twice: `key` says which."""

    key: str


def read_json(data: bytes) -> dict[str, Any]:
    """Return the JSON object of a file.

    Parameters
    ----------
    data : bytes
        UTF-8, with or without a byte order mark.

    Returns
    -------
    dict
        Objects that name a member twice are `Doubled`; ``NaN`` and ``Infinity`` are floats that are not
        finite. `fault_in` finds both, so that the feature in which they stand is refused and not the file.

    Raises
    ------
    BadInput
        When it is too large, too deep, in another encoding, not JSON, or no object.
    """
    if len(data) > LARGEST_FILE:
        raise BadInput(f"has {len(data):,} bytes, more than {LARGEST_FILE:,}: split it")
    if data.startswith(_UTF16):
        raise BadInput("is UTF-16: save it as UTF-8, which JSON is written in")
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.lstrip(b" \t\r\n").startswith(b"{"):
        raise BadInput("is no GeoJSON: it does not begin with {")
    if (deep := _depth(data)) > DEEPEST:
        raise BadInput(f"has brackets {deep:,} deep, more than {DEEPEST}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"is not UTF-8: byte {error.start:,} ({error.reason})") from error
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise BadInput(f"is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    if not isinstance(found, dict):
        _refuse(found)
    return found


def fault_in(value: object) -> tuple[str, str] | None:
    """Return the first (member, reason) why a parsed value must not be taken, or None when it may.

    Looked for: a member named twice, a number that is not finite, a NUL, half a character.
    """
    return next(_faults(value, ""), None)


def _faults(value: object, member: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Doubled):
        yield value.key, "stands twice in one object"
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _faults(key, "a member's name")
            yield from _faults(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _faults(inner, member)
    elif isinstance(value, float) and not math.isfinite(value):
        yield member, f"is {value}, not a finite number"
    elif isinstance(value, str):
        if "\x00" in value:
            yield member, "has a NUL character"
        if _HALF.search(value):
            yield member, "has half a character (a lone surrogate)"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    doubled = Doubled(found)
    doubled.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # add() returns None
    return doubled


def _integer(digits: str) -> int | float:
    # Python refuses to read 5,000 digits; as a float they are infinite, and the feature is refused.
    return int(digits) if len(digits) <= 300 else math.inf


def _depth(data: bytes) -> int:
    """Return how deep brackets stand within brackets, outside of strings; the parser would recurse so far."""
    marks = np.frombuffer(_STRING.sub(b"", data), dtype=np.uint8)
    opened = np.isin(marks, np.frombuffer(b"[{", dtype=np.uint8))
    closed = np.isin(marks, np.frombuffer(b"]}", dtype=np.uint8))
    return int(np.max(np.cumsum(opened.astype(np.int32) - closed), initial=0))


def _refuse(found: object) -> NoReturn:
    raise BadInput(f"is no GeoJSON: a JSON {type(found).__name__}, not an object")
