"""The map of control of the running application: built once a revision and level, kept with its answers."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely

from geodata.control.alliance import LEVELS, Level
from geodata.control.atlas import timeline_of
from geodata.control.holders import Holder, holder_of
from geodata.errors import BadInput, ControlFault
from geodata.index.event_index import Snapshot
from geodata.model import Statement


@dataclass(frozen=True, slots=True)
class Packed:
    """An answer that is made once: its bytes under gzip, and the tag that changes when they do."""

    body: bytes
    tag: str

    def plain(self) -> bytes:
        """Return the bytes for whoever does not take them packed."""
        return gzip.decompress(self.body)

    @classmethod
    def of(cls, text: bytes) -> Packed:
        """Pack the bytes of an answer; the same bytes make the same answer on every machine."""
        return cls(gzip.compress(text, 9, mtime=0), hashlib.sha256(text).hexdigest()[:24])


class Control:
    """Who held what at one level of alliance, as one snapshot of the data says.

    Parameters
    ----------
    now : Snapshot
        The data that it is derived from.
    level : str
        One of `geodata.control.alliance.LEVELS`.

    Raises
    ------
    ControlFault
        When no cells can be drawn.
    """

    def __init__(self, now: Snapshot, level: Level) -> None:
        self.now, self.level = now, level
        try:
            self.timeline = timeline_of(now, level=level)
        except BadInput as error:
            # What is wrong is the data, not what the reader asked for.
            raise ControlFault(f"no map of control can be made: {error}") from error
        self.statements: Mapping[str, Statement] = {item.statement_id: item for item in now.statements}
        today = date.today()
        self.first_day, self.last_day = self.timeline.day_range or (today, today)
        self._packed: dict[str, Packed] = {}
        self._lock = threading.Lock()

    def holder(self, holder_id: str) -> Holder:
        """Return the name and colour of a holder of this level."""
        return holder_of(holder_id, level=self.level, sides=self.now.sides, factions=self.now.factions)

    def side(self, holder_id: str) -> str | None:
        """Return the side that a holder of this level stands on, None when it is on none."""
        if self.level == "side":
            return holder_id
        faction = self.now.factions.get(holder_id)
        return faction.side_id if faction else None

    def range(self, first: date | None, last: date | None) -> tuple[date, date]:
        """Return the days of a range; an end that is not given is the data's own."""
        return (
            first or min(self.first_day, last or self.first_day),
            last or max(self.last_day, first or self.last_day),
        )

    def origins(self, statements: Iterable[Statement]) -> dict[str, str]:
        """Return who says so: for each independent source the publisher whose reporting it is."""
        found: dict[str, str] = {}
        for item in statements:
            source = self.timeline.sources[item.report_id]
            found.setdefault(source.origin, self.now.reports[item.report_id].origin_id)
        return found

    def cell_at(self, lat: float, lon: float) -> int | None:
        """Return the cell (position in the coverage) of a point in degrees, None outside the area."""
        coverage = self.timeline.coverage
        if not len(coverage):
            return None
        west, south = coverage.vertices.min(axis=0)
        east, north = coverage.vertices.max(axis=0)
        # Across the antimeridian the cells' longitudes go on beyond ±180.
        if not (south <= lat <= north and any(west <= lon + turn <= east for turn in (-360, 0, 360))):
            return None
        point = coverage.zone.to_metres(np.array([[lon, lat]]))[0]
        # Cells are what lies nearest to their places: no other cell can hold the point.
        cell = int(np.argmin(np.hypot(*(coverage.points_m - point).T)))
        return cell if shapely.intersects_xy(coverage.polygons_m[cell], *point) else None

    def packed(self, language: str, make: Callable[[], bytes]) -> Packed:
        """Return the answer in a language, made by `make` when it is first asked for."""
        found = self._packed.get(language)
        if found is None:
            with self._lock:
                found = self._packed.get(language)
                if found is None:
                    found = self._packed[language] = Packed.of(make())
        return found


class ControlKeeper:
    """Keep the map of control of the newest snapshot, one a level.

    Readers of one level wait only while that level is made; all others go on.

    Parameters
    ----------
    newest : callable
        Returns the newest snapshot of the data.
    """

    def __init__(self, newest: Callable[[], Snapshot]) -> None:
        self._newest = newest
        self._kept: Mapping[str, Control] = {}
        self._swap = threading.Lock()
        self._making = {level: threading.Lock() for level in LEVELS}

    def control(self, level: Level) -> Control:
        """Return the map of control at a level of alliance, of the newest snapshot."""
        now = self._newest()
        found = self._kept.get(level)
        if found is not None and found.now is now:
            return found
        with self._making[level]:
            now = self._newest()
            found = self._kept.get(level)
            if found is not None and found.now is now:
                return found
            made = Control(now, level)
            with self._swap:
                # What was derived from older data goes, so that its snapshot can go too.
                current = {name: other for name, other in self._kept.items() if other.now is now}
                self._kept = {**current, level: made}
            return made
