"""The names that the geocoder is measured on, and the ways to find them that it is compared with."""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geodata.curated.loader import CURATED, read_curated  # noqa: E402 - found by the line above
from geodata.gazetteer import Gazetteer, GazetteerGeocoder  # noqa: E402
from geodata.gazetteer.areas import areas_named  # noqa: E402
from geodata.gazetteer.layers import SETTLEMENT_KINDS, lay_over, names_of  # noqa: E402
from geodata.gazetteer.nearness import distance_m  # noqa: E402
from geodata.gazetteer.readers.ocha import read_places  # noqa: E402
from geodata.model import Place  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
OCHA = SHARED / "ocha_syria_places.csv"
UCDP = SHARED / "ucdp_ged_syria_2016_2019_part.csv"
VARIANTS = ROOT / "tests" / "geodata" / "gazetteer" / "variants.csv"
WITHIN_M = 5000.0
SEED = 3
"""Of the random order whose first half the geocoder was tuned on."""

CONFUSIONS = (
    # name, areas, the place meant, places that it must not become
    ("خوين", ("Idlib",), "c4091", ("c4032",)),
    ("Khuwayn", ("Idlib",), "c4091", ("c4032",)),
    ("خوين الشعر", ("Idlib",), "c4032", ("c4091",)),
    ("Khwein al-Sha'r", (), "c4032", ("c4091",)),
    ("Korin", ("Idlib",), "c4288", ("c4091", "c4032")),
    ("كورين", ("Idlib",), "c4288", ("c4091", "c4032")),
    ("Ard al-Zarzur", ("Idlib",), "c7885", ("c4238", "c8157")),
    ("أرض الزرزور", ("إدلب",), "c7885", ("c4238", "c8157")),
    ("Zarzur", ("Aleppo",), "c8157", ("c7885", "c4238")),
    ("Uqayribat", (), "c3315", ("c3866", "c4127")),
    ("Okerbat", ("Hama",), "c3315", ("c3866", "c4127")),
    ("عقيربات", (), "c3315", ("c3866", "c4127")),
    ("Aqrabat", ("Idlib",), "", ("c3315",)),
    ("عقربات", (), "", ("c3315",)),
    ("al-Hamra", ("Hama",), "c3096", ("c3001",)),
    ("الحمراء", ("حماة",), "c3096", ("c3001",)),
    ("al-Hama", ("Raqqa",), "c5764", ("c2987",)),
    ("الهامة", (), "", ("c2987",)),
    ("Hama", (), "c2987", ("c5764", "c4805", "c2323")),
    ("حماة", (), "c2987", ("c5764", "c4805", "c2323")),
)
"""Names that must not be taken for one another, in both scripts."""

_KIND_WORD = re.compile(r"\s+(town|village|city)$")


@dataclass(frozen=True, slots=True)
class Case:
    """A name with the place that is meant: its point, or its id."""

    name: str
    admin: tuple[str, ...]
    point: tuple[float, float] | None = None
    place_id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a way to find names answered: the best place and how sure it is."""

    place_id: str
    label: str
    point: tuple[float, float]
    score: float


Way = Callable[[Case, int], Found | None]
"""Finds a case given so many of its areas: 0 none, 1 the governorate, 2 the district too."""


def make_gazetteer() -> Gazetteer:
    """Return OCHA's communities under the curated places, without GeoNames.

    Districts and sub-districts that only the communities' P-codes name have no other name.
    """
    communities = list(read_places(OCHA).places.values())
    codes = {str(place.parent_id)[:length] for place in communities for length in (6, 8)}
    areas = [
        Place(
            place_id=code,
            name_en=code.upper(),
            kind="district" if len(code) == 6 else "subdistrict",
            parent_id=code[:-2],
            pcode=code.upper(),
        )
        for code in sorted(codes)
    ]
    return Gazetteer(lay_over(read_curated(CURATED).places, [*areas, *communities]))


def ucdp_cases(*, kinds_only: bool = True) -> list[Case]:
    """Return the distinct names of UCDP's exact places without their kind word, in seeded random order.

    Parameters
    ----------
    kinds_only : bool
        Leave out what UCDP calls no town, village or city: bases, hills, roads, suburbs, areas.
    """
    found: dict[str, Case] = {}
    for row in _rows(UCDP):
        written = row["where_coordinates"].strip()
        if row["where_prec"] not in ("1", "2") or (kinds_only and not _KIND_WORD.search(written)):
            continue
        name = _KIND_WORD.sub("", written)
        point = float(row["latitude"]), float(row["longitude"])
        found.setdefault(name, Case(name, tuple(filter(None, (row["adm_1"], row["adm_2"]))), point))
    cases = [found[name] for name in sorted(found)]
    random.Random(SEED).shuffle(cases)  # noqa: S311 - no secret
    return cases


def variant_cases() -> list[Case]:
    """Return the hand-made spelling variants, each with its governorate."""
    return [
        Case(name, (row["admin"],), None, row["place_id"])
        for row in _rows(VARIANTS)
        for name in row["names"].split("|")
    ]


def arabic_cases(gazetteer: Gazetteer) -> list[Case]:
    """Return OCHA's own Arabic names with the governorate and district of each."""
    cases = []
    for row in _rows(OCHA):
        code = row["adm3_pcode"]
        areas = tuple(area for area in (code[:4], code[:6]) if gazetteer.by_code(area))
        point = float(row["lat"]), float(row["lon"])
        cases.append(Case(row["name_ar"], areas, point, row["pcode"].lower()))
    return cases


def ours(geocoder: GazetteerGeocoder) -> Way:
    """Return our way."""

    def find(case: Case, areas: int) -> Found | None:
        location = geocoder.geocode(case.name, admin=list(case.admin[:areas]) or None)
        if location is None:
            return None
        assert not isinstance(location, list)
        raw = location.raw
        label = f"{raw['name']} ({raw['matched']}, {raw['method']})" if "matched" in raw else raw["name"]
        return Found(
            raw["place_id"] or "", label, (location.latitude, location.longitude), float(raw["score"])
        )

    return find


def compared(gazetteer: Gazetteer) -> dict[str, Way]:
    """Return exact match, rapidfuzz ``ratio`` and ``WRatio`` from 75, on lower-cased names."""
    return {
        "exact": _by_scorer(gazetteer, None),
        "ratio": _by_scorer(gazetteer, fuzz.ratio),
        "WRatio": _by_scorer(gazetteer, fuzz.WRatio),
    }


def is_right(case: Case, found: Found | None) -> bool:
    """Tell whether an answer is the place meant, or within 5 km of its point."""
    if found is None:
        return False
    if case.place_id and case.place_id == found.place_id:
        return True
    return case.point is not None and distance_m(case.point, found.point) <= WITHIN_M


def _by_scorer(gazetteer: Gazetteer, scorer: Callable[..., float] | None) -> Way:
    places = [place for place in gazetteer if place.has_point and place.kind in SETTLEMENT_KINDS]
    lists: dict[tuple[str, ...], tuple[dict[str, Place], list[str], list[Place]]] = {}

    def listed(admin: tuple[str, ...]) -> tuple[dict[str, Place], list[str], list[Place]]:
        if admin not in lists:
            groups = [areas_named(gazetteer, area) for area in admin]
            inside = [place for place in places if all(_lies_in(gazetteer, place, group) for group in groups)]
            pairs = [(name.lower(), place) for place in inside for name in names_of(place)]
            by_name: dict[str, Place] = {}
            for name, place in pairs:
                by_name.setdefault(name, place)
            lists[admin] = by_name, [name for name, _ in pairs], [place for _, place in pairs]
        return lists[admin]

    def find(case: Case, areas: int) -> Found | None:
        by_name, names, owners = listed(case.admin[:areas])
        query = case.name.lower()
        if scorer is None:
            place, score = by_name.get(query), 100.0
        else:
            best = process.extractOne(query, names, scorer=scorer, score_cutoff=75)
            place, score = (owners[best[2]], best[1]) if best else (None, 0.0)
        if place is None or place.lat is None or place.lon is None:
            return None
        return Found(place.place_id, place.name_en, (place.lat, place.lon), score)

    return find


def _lies_in(gazetteer: Gazetteer, place: Place, areas: Iterable[Place]) -> bool:
    above = {area.place_id for area in gazetteer.admin_of(place.place_id)}
    return any(area.place_id in above or area.kind in SETTLEMENT_KINDS for area in areas)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
