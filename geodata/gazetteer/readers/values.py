"""Read single values of gazetteer rows strictly: what is doubtful is a `RowFault`, never a guess."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from geodata.gazetteer.readers.result import RowFault
from geodata.geometry import BBox

LONGEST_FIELD = 131_072
_LONGEST_NAME = 200
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
_COUNT = re.compile(r"[0-9]{1,10}")
_PCODE = re.compile(r"[A-Z]{1,4}[0-9A-Z-]{0,16}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
_LOST = re.compile("\ufffd|[ØÙÃÂ][\u0080-\u00bf]|Ø§|Ù„")
_FORMULA = re.compile(r"[=+@\-]")

COUNTRY_BOXES = MappingProxyType(
    {
        "SY": BBox(35.4, 32.2, 42.5, 37.4),
        "IQ": BBox(38.7, 29.0, 48.8, 37.5),
        "LB": BBox(35.0, 33.0, 36.7, 34.8),
        "TR": BBox(25.5, 35.7, 45.0, 42.3),
        "JO": BBox(34.8, 29.1, 39.4, 33.5),
        "PS": BBox(34.1, 31.1, 35.7, 32.7),
        "IL": BBox(34.1, 29.4, 36.0, 33.5),
        "IR": BBox(43.9, 24.9, 63.5, 39.9),
    }
)
"""Degrees, with a margin; countries that are not here are not checked."""

ISO_OF_THREE = MappingProxyType(
    {"SYR": "SY", "IRQ": "IQ", "LBN": "LB", "TUR": "TR", "JOR": "JO", "PSE": "PS", "ISR": "IL", "IRN": "IR"}
)
"""P-codes of some countries begin with three letters."""


def check_whole(values: dict[str, str]) -> None:
    """Refuse a row with a NUL, half a character or a field that is too long, wherever it stands."""
    for field, value in values.items():
        if len(value) > LONGEST_FIELD:
            raise RowFault(field, value, f"has {len(value)} characters, more than {LONGEST_FIELD}")
        if "\x00" in value:
            raise RowFault(field, value, "has a NUL character")
        if _HALF.search(value):
            raise RowFault(field, value, "is not in the file's encoding")


def name(values: dict[str, str], field: str, *, required: bool = False) -> str:
    """Return a name: blanks collapsed, invisible characters removed (they are no part of a spelling).

    Raises
    ------
    RowFault
        When it is empty though required, too long, a number, a formula, or garbled.
    """
    value = values.get(field, "")
    text = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", value)).split())
    if not text:
        if required:
            raise RowFault(field, value, "must not be empty")
        return ""
    if len(text) > _LONGEST_NAME:
        raise RowFault(field, value, f"has {len(text)} characters: no name")
    if _CONTROL.search(text):
        raise RowFault(field, value, "has a control character")
    if _LOST.search(text):
        raise RowFault(field, value, "is garbled: written in one encoding and read in another")
    if _FORMULA.match(text):
        raise RowFault(field, value, "begins like a spreadsheet formula")
    if text.casefold() in {"nan", "null", "none", "n/a", "#n/a", "#ref!", "#value!"}:
        raise RowFault(field, value, "stands for a missing value, or is an error of a spreadsheet")
    if not any(unicodedata.category(letter)[0] == "L" for letter in text):
        raise RowFault(field, value, "has no letter")
    return text


def coordinate(values: dict[str, str], field: str, most: int) -> float:
    """Return decimal degrees from -`most` to `most`, written plainly."""
    value = values.get(field, "").strip()
    if not value:
        raise RowFault(field, value, "must not be empty")
    if not _NUMBER.fullmatch(value):
        raise RowFault(field, value, "is not decimal degrees written plainly (35.4781)")
    if not -most <= (number := float(value)) <= most:
        raise RowFault(field, value, f"is not between -{most} and {most}")
    return number


def point(values: dict[str, str], lat_field: str, lon_field: str, country: str) -> tuple[float, float]:
    """Return (lat, lon) in degrees; refuse 0/0 and what fits its country only when swapped."""
    lat, lon = coordinate(values, lat_field, 90), coordinate(values, lon_field, 180)
    shown = f"{values[lat_field].strip()}, {values[lon_field].strip()}"
    if lat == lon == 0:
        raise RowFault(lat_field, shown, "is 0/0, which stands for nothing known")
    box = COUNTRY_BOXES.get(country)
    if box and not box.contains(lat, lon) and -90 <= lon <= 90 and box.contains(lon, lat):
        raise RowFault(lat_field, shown, f"lies in {country} only when latitude and longitude are swapped")
    return lat, lon


def outside(lat: float, lon: float, country: str) -> bool:
    """Tell whether a point lies outside the country that its row names (when we know its box)."""
    box = COUNTRY_BOXES.get(country)
    return box is not None and not box.contains(lat, lon)


def count(values: dict[str, str], field: str) -> int | None:
    """Return a count, Arabic digits too; None when empty or 0 (which lists write for unknown)."""
    value = values.get(field, "").strip()
    if not value:
        return None
    digits = "".join(str(unicodedata.digit(c)) if c in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹" else c for c in value)
    if not _COUNT.fullmatch(digits) or int(digits) > 2_000_000_000:
        raise RowFault(field, value, "is not a whole number from 0 to 2,000,000,000")
    return int(digits) or None


def pcode(values: dict[str, str], field: str, *, required: bool = True) -> str:
    """Return a P-code in upper case; empty when it may be."""
    value = values.get(field, "").strip()
    code = value.upper()
    if not code and not required:
        return ""
    if not _PCODE.fullmatch(code):
        raise RowFault(field, value, "is not a P-code of A-Z, 0-9 (up to 20)")
    return code


def country_of(code: str) -> str:
    """Return the ISO 3166-1 alpha-2 code that an administrative P-code begins with."""
    return ISO_OF_THREE.get(code[:3], code[:2])
