"""A layer of fronts and areas that somebody else drew: what is valid on a day, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from geodata.control.drawn_features import DrawnFeature, RefusedFeature
from geodata.geometry import WGS84


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFronts:
    """A layer of fronts and areas that somebody else drew.

    Parameters
    ----------
    layer_id : str
        a-z, 0-9 and single hyphens, from the file's or folder's name.
    title, source, licence, attribution : str
        As the file's top-level members say, or as given; empty when nobody says.
    features : tuple of DrawnFeature
        By first day. A snapshot is valid until the next one; the last one has no end, and its day stands
        in `drawn_on`.
    rejected : tuple of RefusedFeature
        Features and files that were not taken, and why.
    skipped : int
        Points, which are neither fronts nor areas.
    snapshots : tuple of date
        The days of its snapshots, also of those on which nothing is drawn.
    """

    layer_id: str
    title: str
    source: str = ""
    licence: str = ""
    attribution: str = ""
    features: tuple[DrawnFeature, ...] = ()
    rejected: tuple[RefusedFeature, ...] = ()
    skipped: int = 0
    snapshots: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days on which the drawing changes: snapshots, beginnings and ends, in order."""
        changes = {feature.valid_from for feature in self.features}
        changes |= {feature.valid_to for feature in self.features if feature.valid_to}
        return tuple(sorted(changes | set(self.snapshots)))

    @property
    def controllers(self) -> tuple[str, ...]:
        """Return the names of those who hold areas or face each other, in the drawer's words, in order."""
        named = {name for one in self.features for name in (one.controller, one.side_a, one.side_b)}
        return tuple(sorted(named - {""}))

    def on(self, day: date) -> gpd.GeoDataFrame:
        """Return what is valid on a day, one row a feature.

        Returns
        -------
        GeoDataFrame
            EPSG:4326; columns controller, side_a, side_b, valid_from, valid_to (half-open; NaT is open),
            drawn_on (NaT when it is no snapshot), repaired, file, feature, geometry (lines and areas).
        """
        valid = [
            one
            for one in self.features
            if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
        ]
        columns = {
            "controller": [one.controller for one in valid],
            "side_a": [one.side_a for one in valid],
            "side_b": [one.side_b for one in valid],
            "valid_from": pd.to_datetime([one.valid_from for one in valid]),
            "valid_to": pd.to_datetime([one.valid_to for one in valid]),
            "drawn_on": pd.to_datetime([one.drawn_on for one in valid]),
            "repaired": [one.original is not None for one in valid],
            "file": [one.file for one in valid],
            "feature": [one.feature for one in valid],
        }
        return gpd.GeoDataFrame(columns, geometry=[one.geometry for one in valid], crs=WGS84)
