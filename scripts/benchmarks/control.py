"""Measure areas of control and fronts, and print the table of the figures; see ``./scripts/bench --help``."""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geodata.control import ControlTimeline  # noqa: E402 - found by the line above
from geodata.control.cells import Coverage  # noqa: E402
from geodata.control.dissolve import dissolve, front_lines  # noqa: E402
from geodata.control.payload import payload  # noqa: E402
from geodata.model import Place, Statement  # noqa: E402
from scripts.benchmarks import accuracy, truth  # noqa: E402

Line = tuple[str, str, str, str]

_CHANGES = 1000
_LIMITED = 7000
"""How many places the figures to reach are for."""
_SAMPLE_DAYS = 12
"""Days of the year on which the peers are measured: each takes long enough to know the others by."""


class Year:
    """A synthetic year: its places, statements and timeline, and who holds each cell on each day.

    Parameters
    ----------
    count : int
        Places; all of them are stated by two overviews on the first day.
    """

    def __init__(self, count: int) -> None:
        rng = np.random.default_rng(truth.SEED)
        self.points = truth.scattered(count, rng)
        self.places: list[Place] = truth.places_at(self.points)
        self.statements: list[Statement] = truth.campaign(self.points, self.places, _CHANGES, rng)
        self.area = truth.area()
        self.timeline = self.build()
        self.days = [truth.START + timedelta(days=day) for day in range(truth.DAYS)]

    def build(self) -> ControlTimeline:
        """Derive everything from the places and statements."""
        return ControlTimeline(self.places, self.statements, self.area)

    def holders(self) -> list[NDArray[np.int64]]:
        """Return the holder of each cell on each day."""
        found = np.full((len(self.timeline.coverage), truth.DAYS), -1, dtype=np.int64)
        first = truth.START.toordinal()
        for cell, history in enumerate(self.timeline.styles()):
            for day, holder, _ in history:
                found[cell, max(day - first, 0) :] = holder
        return list(found.T)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="./scripts/bench control", description=__doc__)
    parser.add_argument("--places", type=int, nargs="*", default=[7000, 20000], metavar="COUNT")
    parser.add_argument("--quick", action="store_true", help="speed only, without accuracy")
    parser.add_argument("--memory", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.memory:
        print(*_memory(options.memory))
        return 0
    print(
        f"On one core ({_machine()}), CPU time, medians; {len(truth.FACTIONS)} factions,"
        f" {_CHANGES:,} changes in {truth.DAYS} days, seed {truth.SEED}; shapely {shapely.__version__},"
        f" GEOS {'.'.join(map(str, shapely.geos_version))}, geopandas {gpd.__version__}"
    )
    for count in options.places:
        year = Year(count)
        told = f"{count:,} places, {len(year.statements):,} statements"
        lines = [*_speeds(year), *_sizes(year, count)]
        if count != _LIMITED:
            lines = _without_limits(lines)
        _table((told, "to reach", "ours", "peers in the same run"), lines)
    if not options.quick:
        for title, lines in accuracy.measured():
            _table(title, lines)
    return 0


def _speeds(year: Year) -> Iterable[Line]:
    timeline, coverage = year.timeline, year.timeline.coverage
    seconds = _median(lambda: Coverage.of(year.places, year.area), 5)
    plain = _median(lambda: _plain_cells(year), 5)
    yield _line("cells and their edges, checked", 0.5, seconds, f"shapely Voronoi and clip only: {_s(plain)}")
    whole = _median(year.build, 3)
    yield _line("  statements to histories (whole timeline without its cells)", None, whole - seconds)
    yield _line("all intervals of the year, cells and edges", 0.1, _median(_fresh(year, "intervals"), 5))
    yield _line("one statement added", 0.02, _adding(year))
    middle = year.days[len(year.days) // 2]
    keys = year.holders()
    polygons = coverage.polygons
    days = [int(day) for day in np.linspace(0, truth.DAYS - 1, _SAMPLE_DAYS)]
    one = _median(lambda: dissolve(coverage, keys[182]), 9)
    unions = _each(lambda day: _unions(polygons, keys[day], shapely.union_all), days)
    covers = _each(lambda day: _unions(polygons, keys[day], shapely.coverage_union_all), days)
    frame = gpd.GeoDataFrame({"holder": keys[182]}, geometry=polygons, crs="EPSG:4326")
    frames = _median(lambda: frame.dissolve("holder"), 3)
    yield _line(
        "areas of one day, by holder",
        0.06,
        one,
        f"union_all {_ratio(unions, one)}, coverage_union_all {_ratio(covers, one)},"
        f" geopandas.dissolve {_ratio(frames, one)}",
    )
    yield _line("  .areas(day): every cell, certainty, statements", 0.06, _a_day(year, middle, False))
    yield _line("  .areas(day, dissolve=True): by holder, state and doubt", 0.06, _a_day(year, middle, True))
    started = time.process_time()
    for day in range(truth.DAYS):
        dissolve(coverage, keys[day])
    whole_year = time.process_time() - started
    yield _line(
        "a year of daily areas, by holder",
        5.0,
        whole_year,
        f"union_all {_ratio(unions * truth.DAYS, whole_year)},"
        f" coverage_union_all {_ratio(covers * truth.DAYS, whole_year)} ({_SAMPLE_DAYS} days × {truth.DAYS})",
    )
    started = time.process_time()
    for when in year.days:
        timeline.areas(when, dissolve=True)
    yield _line("  the same by holder, state and doubt", 5.0, time.process_time() - started)
    yield _line("fronts of one day, lines", None, _median(lambda: front_lines(coverage, keys[182]), 9))
    yield _line("  .fronts(day): every edge, certainty, statements", None, _a_front(year, middle))


def _sizes(year: Year, count: int) -> Iterable[Line]:
    seconds = _median(lambda: payload(year.timeline), 3)
    made = payload(year.timeline)
    size = _zipped(json.dumps(made, separators=(",", ":")).encode())
    keys, coverage = year.holders(), year.timeline.coverage
    days = [int(day) for day in np.linspace(0, truth.DAYS - 1, _SAMPLE_DAYS)]
    daily = sum(_zipped(_geojson(dissolve(coverage, keys[day]))) for day in days) / _SAMPLE_DAYS * truth.DAYS
    yield (
        f"payload of the year, gzip ({len(made['arcs']):,} arcs, {len(made['regions']):,} regions)",
        "≤ 100 kB",
        f"{size / 1000:.1f} kB",
        f"a GeoJSON of areas a day: {daily / 1000:,.0f} kB ({daily / size:.0f} ×)",
    )
    yield _line("  made in", None, seconds)
    command = [sys.executable, __file__, "--memory", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    before, peak = map(float, done.stdout.split())
    yield (
        "peak memory of a process that does all of this, of it imports",
        "≤ 300 MB",
        f"{peak:.0f} MB, {before:.0f} MB",
        "",
    )


def _fresh(year: Year, name: str) -> Callable[[], object]:
    """Return a call on a timeline that forgets before what it may have kept."""

    def ask() -> object:
        year.timeline._forget()
        return getattr(year.timeline, name)()

    return ask


def _adding(year: Year) -> float:
    """Return the median seconds of 15 statements about places all over the square, one after the other."""
    timeline = year.build()
    rng = np.random.default_rng(truth.SEED + 1)
    taken = []
    for number, at in enumerate(rng.integers(0, len(year.places), 15).tolist()):
        day, faction = int(rng.integers(30, truth.DAYS)), int(rng.integers(0, 3))
        one = truth.statement(900_000 + number, year.places[at], faction, day, f"new{number}", None)
        started = time.process_time()
        timeline.add(one)
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def _a_day(year: Year, middle: date, joined: bool) -> float:
    days = iter(middle + timedelta(days=day) for day in range(9))
    return _median(lambda: year.timeline.areas(next(days), dissolve=joined), 9)


def _a_front(year: Year, middle: date) -> float:
    year.timeline._forget()
    year.timeline.fronts(middle)
    days = iter(middle + timedelta(days=day) for day in range(1, 10))
    return _median(lambda: year.timeline.fronts(next(days)), 9)


def _plain_cells(year: Year) -> object:
    """Draw and clip the cells without merging, checking or finding edges."""
    ground = truth.in_metres(year.area)
    diagram = shapely.voronoi_polygons(shapely.multipoints(year.points), extend_to=ground, ordered=True)
    return shapely.intersection(shapely.get_parts(diagram), ground)


def _unions(
    polygons: NDArray[np.object_], keys: NDArray[np.int64], union: Callable[..., shapely.Geometry]
) -> dict[int, shapely.Geometry]:
    return {int(key): union(polygons[keys == key]) for key in np.unique(keys)}


def _geojson(areas: dict[int, shapely.Geometry]) -> bytes:
    rounded = {key: shapely.set_precision(area, 0.0001) for key, area in areas.items()}
    features = [
        {"type": "Feature", "properties": {"holder": key}, "geometry": shapely.geometry.mapping(area)}
        for key, area in rounded.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _memory(count: int) -> tuple[float, float]:
    """Return the peak megabytes after the imports, and after all that a reader of a year asks for."""
    before = _peak_mb()
    year = Year(count)
    year.timeline.intervals()
    year.timeline.areas(year.days[100])
    year.timeline.areas(year.days[200], dissolve=True)
    year.timeline.fronts(year.days[300])
    json.dumps(payload(year.timeline))
    return before, _peak_mb()


def _peak_mb() -> float:
    # Not getrusage: its peak counts the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def _machine() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _median(do: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.process_time()
        do()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def _each(do: Callable[[int], object], days: Sequence[int]) -> float:
    """Return the mean seconds a day."""
    started = time.process_time()
    for day in days:
        do(day)
    return (time.process_time() - started) / len(days)


def _without_limits(lines: Iterable[Line]) -> list[Line]:
    return [(measure, "", ours, peers) for measure, _, ours, peers in lines]


def _line(measure: str, to_reach_s: float | None, seconds: float, peers: str = "") -> Line:
    return measure, "" if to_reach_s is None else f"≤ {_s(to_reach_s)}", _s(seconds), peers


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.5 else f"{seconds * 1000:.3g} ms"


def _ratio(peer: float, ours: float) -> str:
    return f"{_s(peer)} ({peer / ours:.1f} ×)"


def _zipped(text: bytes) -> int:
    return len(gzip.compress(text, 9, mtime=0))


def _table(heads: Line, lines: Iterable[Line]) -> None:
    rows: list[Any] = [heads, *lines]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    print()
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True
        )


if __name__ == "__main__":
    raise SystemExit(main())
