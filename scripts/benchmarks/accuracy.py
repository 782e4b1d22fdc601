"""Measure fronts against synthetic truth: how far they lie off, and whether wrong labels stay in doubt."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geodata.control import ControlTimeline  # noqa: E402 - found by the line above
from geodata.control.compare import front_distances  # noqa: E402
from geodata.model import Statement  # noqa: E402
from scripts.benchmarks import truth  # noqa: E402

Line = tuple[str, str, str, str]

_PLACES = 7000
_SPACING_M = truth.SIDE_M / _PLACES**0.5
"""Mean spacing: the side of the square that each place has for itself."""
_SETTLED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Measured:
    """What one set of labels gives.

    Parameters
    ----------
    to_truth_m, to_ours_m : float
        Mean distance from the drawn front to the true one, and from the true one to the drawn.
    gap_m : float
        Mean distance between the places on both sides of the drawn front, weighted with its length.
    firm_to_truth_m : float
        The first, of what is drawn as certain only.
    phantom_m, phantom_doubted : float
        Length of front around wrongly labelled places, and its share that is marked uncertain.
    true_m, true_doubted : float
        Length of front elsewhere, and its share that is marked uncertain.
    """

    to_truth_m: float
    to_ours_m: float
    gap_m: float
    firm_to_truth_m: float
    phantom_m: float
    phantom_doubted: float
    true_m: float
    true_doubted: float


def measured() -> Iterator[tuple[Line, list[Line]]]:
    """Yield the heads and lines of one table for random and one for clustered places."""
    for clustered in (False, True):
        rng = np.random.default_rng(truth.SEED)
        points = truth.scattered(_PLACES, rng, clustered=clustered)
        kind = "clustered" if clustered else "random"
        heads = (
            f"{_PLACES:,} {kind} places, 2 factions, curved front",
            "to reach",
            "ours",
            f"× mean spacing ({_SPACING_M:,.0f} m)",
        )
        lines: list[Line] = []
        for share in (0.0, 0.02, 0.05):
            for sources, told in ((2, "true labels by 2 sources"), (0, "by 1 or 2 sources")):
                if sources or share:
                    lines += _told(share, told, measure(points, share, sources, np.random.default_rng(1)))
        yield heads, lines


def _told(share: float, told: str, found: Measured) -> Iterator[Line]:
    title = f"{share:.0%} wrong labels by 1 source, {told}" if share else f"no errors, {told}"
    yield (
        f"{title}: mean front error, ours to truth / truth to ours",
        "" if share else "≤ 0.35 ×",
        f"{found.to_truth_m:,.0f} m / {found.to_ours_m:,.0f} m",
        f"{found.to_truth_m / _SPACING_M:.2f} / {found.to_ours_m / _SPACING_M:.2f};"
        f" {found.to_truth_m / found.gap_m:.2f} / {found.to_ours_m / found.gap_m:.2f}"
        f" × {found.gap_m:,.0f} m between places across it",
    )
    if share:
        yield (
            "  phantom front that is marked uncertain",
            "≈ 100 %" if share == 0.05 else "",
            f"{found.phantom_doubted:.1%} of {found.phantom_m / 1000:,.0f} km",
            "",
        )
        yield (
            "  true front that is marked uncertain",
            "",
            f"{found.true_doubted:.1%} of {found.true_m / 1000:,.0f} km",
            f"certain front to truth {found.firm_to_truth_m / _SPACING_M:.2f}",
        )


def measure(points: NDArray[np.float64], share: float, sources: int, rng: np.random.Generator) -> Measured:
    """Label every place and compare the front a week later with the truth.

    Parameters
    ----------
    points : array (places, 2)
        Metres from the square's corner.
    share : float
        Of places that one source alone gives to the other faction.
    sources : int
        How many tell the truth about each other place; 0 for one or two, as chance has it.
    rng : Generator
    """
    places = truth.places_at(points)
    right = (points[:, 1] <= truth.curve(points[:, 0])).astype(int)
    wrong = rng.random(len(points)) < share
    statements: list[Statement] = []
    for number, place in enumerate(places):
        label = int(right[number]) ^ bool(wrong[number])
        tellers = 1 if wrong[number] else sources or int(rng.integers(1, 3))
        for source in range(tellers):
            statements.append(truth.statement(len(statements), place, label, 0, f"source{number}-{source}"))
    timeline = ControlTimeline(places, statements, truth.area())
    fronts = timeline.fronts(truth.START + timedelta(days=_SETTLED_DAYS))
    lines = shapely.transform(fronts.geometry.to_numpy(), lambda corners: _metres(corners))
    ids = {place.place_id for place, is_wrong in zip(places, wrong, strict=True) if is_wrong}
    phantom = (fronts["left_place_id"].isin(ids) | fronts["right_place_id"].isin(ids)).to_numpy()
    doubted, lengths = fronts["uncertain"].to_numpy(dtype=bool), shapely.length(lines)
    drawn = front_distances(shapely.multilinestrings(lines), truth.front())
    firm = lines[~doubted]
    return Measured(
        to_truth_m=drawn.mean_to_theirs_m,
        to_ours_m=drawn.mean_to_ours_m,
        gap_m=float(np.average(_gaps(points, fronts), weights=lengths)),
        firm_to_truth_m=(
            front_distances(shapely.multilinestrings(firm), truth.front()).mean_to_theirs_m
            if len(firm)
            else float("nan")
        ),
        phantom_m=float(lengths[phantom].sum()),
        phantom_doubted=_share(lengths, phantom, doubted),
        true_m=float(lengths[~phantom].sum()),
        true_doubted=_share(lengths, ~phantom, doubted),
    )


def _gaps(points: NDArray[np.float64], fronts: gpd.GeoDataFrame) -> NDArray[np.float64]:
    left, right = (
        points[fronts[name].str[1:].astype(int).to_numpy()] for name in ("left_place_id", "right_place_id")
    )
    found: NDArray[np.float64] = np.hypot(*(left - right).T)
    return found


def _metres(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = shapely.get_coordinates(truth.in_metres(shapely.multipoints(corners)))
    return found


def _share(lengths: NDArray[np.float64], chosen: NDArray[np.bool_], doubted: NDArray[np.bool_]) -> float:
    whole = lengths[chosen].sum()
    return float(lengths[chosen & doubted].sum() / whole) if whole else float("nan")
