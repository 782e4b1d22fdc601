"""Synthetic truth for control: places, curved fronts that move, and what reports say of them.

Everything follows from `SEED`; no rule of control was chosen by looking at it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geodata.geometry import UtmZone  # noqa: E402 - found by the line above
from geodata.model import Place, Statement  # noqa: E402

SEED = 4
SIDE_M = 100_000.0
START = date(2017, 1, 1)
DAYS = 365
FACTIONS = ("amber", "blue", "cyan")

_ZONE = UtmZone(37, south=False)
_CORNER_M = np.array([300_000.0, 3_900_000.0])

Points = NDArray[np.float64]
Ints = NDArray[np.int64]


def area() -> shapely.Geometry:
    """Return the square in EPSG:4326 (longitude, latitude)."""
    return in_degrees(shapely.segmentize(shapely.box(0, 0, SIDE_M, SIDE_M), 5000.0))


def in_degrees(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry in metres from the square's corner in EPSG:4326 (longitude, latitude)."""
    return shapely.transform(geometry, lambda corners: _ZONE.to_degrees(corners + _CORNER_M))


def in_metres(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry of EPSG:4326 in metres from the square's corner."""
    return shapely.transform(geometry, lambda corners: _ZONE.to_metres(corners) - _CORNER_M)


def scattered(count: int, rng: np.random.Generator, *, clustered: bool = False) -> Points:
    """Return points in the square: uniform, or nine tenths of them in groups along valleys and roads."""
    points = rng.uniform(0, SIDE_M, (count, 2))
    if clustered:
        parents = rng.uniform(0, SIDE_M, (max(count // 25, 1), 2))
        grouped = rng.random(count) < 0.9
        near = parents[rng.integers(0, len(parents), count)] + rng.normal(0, 1500.0, (count, 2))
        points[grouped] = near[grouped] % SIDE_M
    return points


def places_at(points: Points) -> list[Place]:
    """Return a village at each point."""
    return [
        Place(place_id=f"p{number}", name_en=f"Place {number}", lat=lat, lon=lon)
        for number, (lon, lat) in enumerate(_ZONE.to_degrees(points + _CORNER_M).tolist())
    ]


def curve(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far north (metres) the front between the first two factions runs."""
    bends: NDArray[np.float64] = (
        52_000 + 11_000 * np.sin(x / 14_000) + 4_000 * np.sin(x / 5_300 + 1) + 0.05 * x
    )
    return bends


def front() -> shapely.Geometry:
    """Return the line of `curve` across the square, in metres from its corner."""
    x = np.linspace(0, SIDE_M, 4001)
    return shapely.LineString(np.column_stack([x, curve(x)]))


def holders(points: Points) -> Ints:
    """Return who holds each point at first: north of the curve the first faction, south-east the third."""
    x, y = points.T
    south = np.where(x > 60_000 + 9_000 * np.sin(y / 9_000), 2, 1)
    return np.where(y > curve(x), 0, south).astype(np.int64)


def statement(
    number: int, place: Place, faction: int, day: int, report: str, taken_from: int | None = None
) -> Statement:
    """Return one plain statement, surely matched, of one day."""
    when = START + timedelta(days=day)
    return Statement(
        statement_id=f"s{number:06}",
        place_id=place.place_id,
        place_as_reported=place.name_en,
        status="held" if taken_from is None else "captured",
        faction_id=FACTIONS[faction],
        from_faction_id=None if taken_from is None else FACTIONS[taken_from],
        date_start=when,
        date_end=when,
        report_id=report,
        certainty=1,
        match="high",
    )


def campaign(points: Points, places: list[Place], changes: int, rng: np.random.Generator) -> list[Statement]:
    """Return a year's statements: two overviews say who holds what at first, then places change hands.

    Three quarters of the changes are an advance of the third faction from place to place, the nearest
    first, one quarter places won back near by. Half of the changes are confirmed by a second source on the
    next day.
    """
    held = holders(points)
    found = list(_overviews(places, held))
    distance = shapely.distance(
        shapely.points(points), shapely.multipoints(points[held == 2]) if (held == 2).any() else None
    )
    onward = np.argsort(np.where(held == 2, np.inf, distance) * rng.uniform(0.8, 1.2, len(points)))
    taken: list[int] = []
    queue = iter(onward.tolist())
    for step, day in enumerate(np.sort(rng.integers(1, DAYS, changes)).tolist()):
        if taken and rng.random() < 0.25:
            at = taken[-int(rng.integers(1, min(len(taken), 40) + 1))]
            winner = int(rng.integers(0, 2)) if held[at] == 2 else 2
        else:
            at, winner = next(queue), 2
            taken.append(at)
        loser, held[at] = int(held[at]), winner
        found.append(statement(len(found), places[at], winner, day, f"r{step}", loser))
        if rng.random() < 0.5:
            found.append(statement(len(found), places[at], winner, min(day + 1, DAYS - 1), f"q{step}", loser))
    return found


def _overviews(places: list[Place], held: Ints) -> Iterator[Statement]:
    for number, place in enumerate(places):
        for source in range(2):
            yield statement(2 * number + source, place, int(held[number]), 0, f"overview{source}")
