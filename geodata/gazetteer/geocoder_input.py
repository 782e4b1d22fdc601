"""Read what callers give the geocoder; what is not understood is geopy's `GeocoderQueryError`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.point import Point

from geodata.gazetteer.names import is_arabic
from geodata.geometry import BBox

MOST_LETTERS = 300
"""The longest query that is read; place texts of reports are far shorter."""


def checked_text(text: object) -> str:
    """Return a query that is text of a reasonable length."""
    if not isinstance(text, str):
        raise GeocoderQueryError(f"the query must be text, not {type(text).__name__}")
    if len(text) > MOST_LETTERS:
        raise GeocoderQueryError(f"the query has {len(text)} characters, more than {MOST_LETTERS}")
    if any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in text):
        raise GeocoderQueryError("the query has a NUL or half a character")
    return text


def check_limit(limit: object) -> None:
    """Refuse a limit that is no whole number from 1."""
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 1):
        raise GeocoderQueryError(f"limit must be a whole number from 1, not {limit!r}")


def countries(codes: str | Sequence[str] | None) -> frozenset[str]:
    """Return country codes in upper case."""
    if codes is None:
        return frozenset()
    listed = codes.split(",") if isinstance(codes, str) else codes
    wanted = {str(code).strip().upper() for code in listed}
    if not wanted or not all(re.fullmatch("[A-Z]{2}", code) for code in wanted):
        raise GeocoderQueryError(f"country_codes must be two-letter codes, not {codes!r}")
    return frozenset(wanted)


def box_of(viewbox: Sequence[Any] | None) -> BBox | None:
    """Return the box between two corners."""
    if viewbox is None:
        return None
    try:
        one, other = viewbox
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError("viewbox must be two points") from error
    (lat_one, lon_one), (lat_other, lon_other) = point_read(one), point_read(other)
    west, east = sorted((lon_one, lon_other))
    south, north = sorted((lat_one, lat_other))
    return BBox(west, south, east, north)


def point_read(point: Any) -> tuple[float, float]:  # noqa: ANN401 - whatever geopy's Point reads
    """Return (lat, lon) of whatever geopy's Point reads."""
    # geopy reads nothing at all as 0/0, and half a point as one on the prime meridian.
    if not isinstance(point, Point) and not (isinstance(point, Sequence) and len(point) > 1):
        raise GeocoderQueryError(f"not a point of latitude and longitude: {point!r}")
    try:
        read = Point(point)
    except (TypeError, ValueError, UserWarning) as error:  # geopy warns first where warnings are errors
        raise GeocoderQueryError(f"not a point of latitude and longitude: {error}") from error
    return float(read.latitude), float(read.longitude)


def wants_arabic(language: str | None, text: str) -> bool:
    """Tell whether the answer is to be in Arabic."""
    if language is None:
        return is_arabic(text)
    if not isinstance(language, str):
        raise GeocoderQueryError(f"language must be a language code, not {language!r}")
    return language.strip().lower().split("-")[0] == "ar"
