"""Read the text of one filter value, strictly: what is not plainly right is refused, never coerced."""

from __future__ import annotations

import re
from datetime import date

from geodata.date_words import ASCII_DIGITS
from geodata.dates import iso_date
from geodata.errors import BadInput
from geodata.geometry import BBox
from geodata.model.codebook import LOCATION_PRECISIONS, SUBTYPE_SLUGS, TYPE_SLUGS

_LONGEST_TEXT = 200
_LONGEST_ID = 120
_LARGEST_COUNT = 10_000_000
_SHOWN = 40
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,17})?")
_UNSAFE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def day(text: str) -> date:
    """Read a day written YYYY-MM-DD."""
    try:
        return iso_date(text)
    except ValueError as error:
        raise BadInput("is not a date written YYYY-MM-DD") from error


def identifier(text: str) -> str:
    """Read an id: lower-case letters, digits and single hyphens."""
    if len(text) > _LONGEST_ID or not _ID.fullmatch(text):
        raise BadInput("is not an id (lower-case letters, digits and single hyphens)")
    return text


def type_slug(text: str) -> str:
    """Read the slug of an event type or sub-type."""
    if text not in TYPE_SLUGS and text not in SUBTYPE_SLUGS:
        raise BadInput(f"is not one of {', '.join([*TYPE_SLUGS, *SUBTYPE_SLUGS])}")
    return text


def whole_number(text: str) -> int:
    """Read a whole number ≥ 0 in ASCII or Arabic digits."""
    plain = text.translate(ASCII_DIGITS)
    if not re.fullmatch(r"[0-9]{1,9}", plain) or int(plain) > _LARGEST_COUNT:
        raise BadInput(f"is not a whole number from 0 to {_LARGEST_COUNT}")
    return int(plain)


def location_precision(text: str) -> int:
    """Read a code of UCDP's ``where_prec``."""
    plain = text.translate(ASCII_DIGITS)
    if plain not in {str(code) for code in LOCATION_PRECISIONS}:
        raise BadInput(f"is not one of {', '.join(map(str, LOCATION_PRECISIONS))}")
    return int(plain)


def words(text: str) -> str:
    """Read free text without control characters."""
    if _UNSAFE.search(text):
        raise BadInput("has a control character or half of a surrogate pair")
    if len(text) > _LONGEST_TEXT:
        raise BadInput(f"is longer than {_LONGEST_TEXT} characters")
    return text.strip()


def parse_bbox(text: str) -> BBox:
    """Read ``west,south,east,north`` (degrees, EPSG:4326; west > east crosses the antimeridian).

    Raises
    ------
    BadInput
        When it is not four plain decimal numbers in range, south ≤ north.
    """
    parts = text.split(",")
    if len(parts) != 4 or not all(_DECIMAL.fullmatch(part) for part in parts):
        raise BadInput("is not four decimal numbers west,south,east,north in degrees")
    return BBox(*map(float, parts))


def shown(text: str) -> str:
    """Return a refused value as it may be said back: shortened, and fit to be sent."""
    safe = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)
    return repr(safe if len(safe) <= _SHOWN else safe[: _SHOWN - 1] + "…")
