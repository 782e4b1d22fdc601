"""Measure relative expressions against UCDP GED's points: the rows that ``./scripts/bench geocoder`` prints.

Two measures on ``../shared/data/ucdp_ged_syria_2016_2019_part.csv``:

- UCDP's own relative places ("Southeastern Idlib Governorate"): is its point inside the area that we
  return, and what share of the governorate is the area? Asked three ways, the last two as reporters write.
- Villages (``where_prec`` 1-2) whose report's headline says a direction ("in the eastern countryside of
  Hama"): is the village inside? Headlines also name other places, so this has a ceiling below 1.
"""

from __future__ import annotations

import csv
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geodata.gazetteer import Gazetteer  # noqa: E402 - found by the line above
from geodata.gazetteer.nearness import distance_m  # noqa: E402
from geodata.gazetteer.outlines import Outlines  # noqa: E402
from geodata.gazetteer.relative import Finder, RelativePlace, RelativeResolver  # noqa: E402
from geodata.gazetteer.relative_areas import Drawing  # noqa: E402
from geodata.model import Place  # noqa: E402

UCDP = ROOT.parent / "shared" / "data" / "ucdp_ged_syria_2016_2019_part.csv"
WORDINGS = ("{} {} governorate", "{} of {}", "{} {} countryside")

_DIRECTION = r"((?:north|south)-?(?:east|west)|north|south|east|west)"
_PART = re.compile(rf"{_DIRECTION}ern (.+) governorate", re.IGNORECASE)
_UCDP_NAMES = {
    "Al Hasakah": "al-Hasakah",
    "Ar Raqqah": "Raqqa",
    "As Suwayda": "al-Suwayda",
    "Deir ez Zor": "Deir ez-Zor",
    "Hamah": "Hama",
    "Rif Dimashq": "Rural Damascus",
}
_IN_HEADLINES = "Aleppo|Idlib|Hama|Homs|Daraa|Latakia|Raqqa|Deir ez-Zor|al-Hasakah"
_HEADLINE = re.compile(
    rf"\b{_DIRECTION}(?:ern)?(?: ?country ?sides?| rural| rif| parts?)?(?: of)?(?: the)? ({_IN_HEADLINES})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, the figure to reach, ours, and what it is compared with."""

    measure: str
    to_reach: str
    ours: str
    compared: str


@dataclass(frozen=True, slots=True)
class Case:
    """A UCDP point (degrees) that a text says to lie in some direction of a governorate or its capital."""

    direction: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What we answer to a case; shares and errors are nan-free: an unanswered case has no place."""

    case: Case
    place: RelativePlace | None
    share: float
    error_m: float
    capital_error_m: float

    @property
    def inside(self) -> bool:
        """Tell whether the point lies in the area."""
        return self.place is not None and self.place.contains(self.case.lat, self.case.lon)


def part_cases(file: Path = UCDP) -> list[Case]:
    """Return UCDP's distinct "southeastern X governorate" points."""
    found = set()
    for row in _rows(file):
        match = _PART.fullmatch(row["where_coordinates"])
        if match:
            name = _UCDP_NAMES.get(match[2], match[2])
            found.add(Case(match[1].lower(), name, float(row["latitude"]), float(row["longitude"])))
    return sorted(found, key=repr)


def headline_cases(file: Path = UCDP) -> list[Case]:
    """Return the distinct village points of reports whose headline says one direction of one governorate."""
    found = set()
    for row in _rows(file):
        said = {(way.lower(), name) for way, name in _HEADLINE.findall(row["source_article"])}
        if row["where_prec"] in ("1", "2") and len(said) == 1:
            ((way, name),) = said
            if name.casefold().split("-")[-1][:4] in row["adm_1"].casefold():
                found.add(Case(way, name, float(row["latitude"]), float(row["longitude"])))
    return sorted(found, key=repr)


def outcomes(cases: Sequence[Case], wording: str, resolver: RelativeResolver) -> list[Outcome]:
    """Ask for each case in a wording (``"{} of {}"``: direction, name)."""
    return [_outcome(case, wording, resolver) for case in cases]


def measure(file: Path = UCDP, *, find: Finder | None = None) -> list[Row]:
    """Return the table's rows on relative expressions; with `find` of another geocoder, its names."""
    resolver = RelativeResolver(Gazetteer.from_curated(None), Outlines.from_basemap(), find=find)
    rows = []
    cases = part_cases(file)
    started = time.perf_counter()
    for wording in WORDINGS:
        rows.append(_row(wording, outcomes(cases, wording, resolver), "≥ 0.95, areas ≤ 0.60"))
    seconds = time.perf_counter() - started
    rows.append(
        _row("headlines: {} {} countryside", outcomes(headline_cases(file), WORDINGS[2], resolver), "–")
    )
    rows.append(Row("relative expressions a second", "–", f"{len(cases) * len(WORDINGS) / seconds:,.0f}", ""))
    return rows


def _outcome(case: Case, wording: str, resolver: RelativeResolver) -> Outcome:
    direction = f"{case.direction}ern" if "of" not in wording else case.direction
    place = resolver.resolve(wording.format(direction, case.name))
    capital = next(
        (
            (match.place.lat or 0.0, match.place.lon or 0.0)
            for match in resolver.gazetteer.find(case.name.removeprefix("Rural "))
            if match.place.kind == "city"
        ),
        (0.0, 0.0),
    )
    point = (case.lat, case.lon)
    if place is None:
        return Outcome(case, None, 0.0, 0.0, distance_m(point, capital))
    holder = next(
        one for one in (*place.anchors, *_governorates(resolver, place)) if one.kind == "governorate"
    )
    outline = resolver.outlines.of(holder)
    share = _area_m2(place.area) / _area_m2(outline) if outline is not None else 1.0
    return Outcome(case, place, share, distance_m(point, (place.lat, place.lon)), distance_m(point, capital))


def _governorates(resolver: RelativeResolver, place: RelativePlace) -> list[Place]:
    return [area for anchor in place.anchors for area in resolver.gazetteer.admin_of(anchor.place_id)]


def _area_m2(geometry: shapely.Geometry) -> float:
    centre = geometry.centroid
    return float(Drawing((centre.y, centre.x)).on(geometry).area)


def _row(wording: str, found: Sequence[Outcome], to_reach: str) -> Row:
    answered = [one for one in found if one.place is not None]
    inside, shares = sum(one.inside for one in found), [one.share for one in answered]
    error = sum(one.error_m for one in answered) / len(answered) / 1000
    capital = sum(one.capital_error_m for one in answered) / len(answered) / 1000
    return Row(
        "relative: " + wording.replace("{} {}", "DIRECTION X").replace("{} of {}", "DIRECTION of X"),
        to_reach,
        f"{inside / len(found):.3f} ({inside} of {len(found)}), areas {sum(shares) / len(shares):.2f} mean, "
        f"{max(shares):.2f} most, point off by {error:.0f} km",
        f"the capital's point: off by {capital:.0f} km",
    )


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


if __name__ == "__main__":
    for line in measure():
        print(f"{line.measure} | {line.to_reach} | {line.ours} | {line.compared}")
