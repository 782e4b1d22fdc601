"""What the columns of OCHA's common operational data sets (COD-PP, COD-AB) mean, in all their spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from geodata.errors import BadInput

LANGUAGES = ("en", "ar", "ku", "ckb", "tr", "fr", "he", "fa")
_LANGUAGE = "|".join(LANGUAGES)
_PLAIN = {
    **dict.fromkeys(("pcode", "code", "placecode", "popplacecode", "locationpcode", "ppcode"), "pcode"),
    **dict.fromkeys(("lat", "latitude", "y", "ycoord", "latdd", "centerlat", "latitudey"), "lat"),
    **dict.fromkeys(
        ("lon", "long", "lng", "longitude", "x", "xcoord", "londd", "centerlon", "longitudex"), "lon"
    ),
    **dict.fromkeys(("population", "pop", "totalpopulation"), "population"),
}
_NAME = re.compile(
    rf"(?:name|placename|popplacename|communityname|community|featurename|featurenam|locationname)({_LANGUAGE})?"
)
_LEVEL_CODE = re.compile(r"adm(?:in)?([0-5])(?:pcode|code|pcod)")
_LEVEL_NAME = re.compile(rf"adm(?:in)?([0-5])(?:name|nm)?({_LANGUAGE})?")
_LEVEL_OTHER = re.compile(rf"adm(?:in)?([0-5])(?:alt|ref|name)(?:name)?[1-3]?(?:alt)?(?:{_LANGUAGE}|[1-3])?")


@dataclass(slots=True)
class Names:
    """The columns of one thing's code and names; each is a column's own heading."""

    pcode: str = ""
    by_language: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def columns(self) -> list[str]:
        """Return every column."""
        return [*filter(None, [self.pcode]), *self.by_language.values(), *self.others]


@dataclass(slots=True)
class Columns:
    """Which columns a table has: of the place itself, and of each administrative level."""

    place: Names = field(default_factory=Names)
    levels: dict[int, Names] = field(default_factory=dict)
    lat: str = ""
    lon: str = ""
    population: str = ""

    def used(self) -> set[str]:
        """Return the columns that are read."""
        found = {*self.place.columns(), self.lat, self.lon, self.population}
        for names in self.levels.values():
            found |= set(names.columns())
        return found - {""}


def plain(heading: str) -> str:
    """Return a heading in lower case, without anything but letters and digits."""
    return re.sub("[^a-z0-9]", "", heading.casefold())


def understand(header: Sequence[str]) -> Columns:
    """Return which column is what: ``ADM4_AR``, ``admin4Name_ar``, ``adm4_name``, ``name_ar`` are known.

    Raises
    ------
    BadInput
        When two columns say the same, or a heading stands twice.
    """
    found = Columns()
    if len(set(header)) != len(header):
        raise BadInput(f"a heading stands twice: {', '.join(header):.200}")
    for heading in header:
        text = plain(heading)
        if part := _PLAIN.get(text):
            _set(found.place if part == "pcode" else found, part, heading)
        elif match := _NAME.fullmatch(text):
            _name(found.place, match[1], heading)
        elif match := _LEVEL_CODE.fullmatch(text):
            _set(_level(found, match[1]), "pcode", heading)
        elif match := _LEVEL_NAME.fullmatch(text):
            _name(_level(found, match[1]), match[2], heading)
        elif match := _LEVEL_OTHER.fullmatch(text):
            _level(found, match[1]).others.append(heading)
    return found


def _level(found: Columns, digit: str) -> Names:
    return found.levels.setdefault(int(digit), Names())


def _set(target: Columns | Names, part: str, heading: str) -> None:
    if before := getattr(target, part):
        raise BadInput(f"the columns {before!r} and {heading!r} both say the {part}")
    setattr(target, part, heading)


def _name(target: Names, language: str | None, heading: str) -> None:
    key = language or "en"
    if key in target.by_language:
        target.others.append(heading)
    else:
        target.by_language[key] = heading
