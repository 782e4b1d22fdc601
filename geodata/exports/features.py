"""Parts of GeoJSON documents: days, geometries, and a collection that is streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geodata.exports.geojson import json_text

_DECIMALS = 6
"""Of a degree: a decimetre, a thousand times finer than any place is known."""


Row = Mapping[str, Any]
"""A row of a table, by column."""


def records(frame: pd.DataFrame) -> Iterator[Row]:
    """Yield the rows of a table; a text that is missing is None, which pandas writes as NaN."""
    texts = frame.columns[[isinstance(kind, pd.StringDtype) for kind in frame.dtypes]]
    plain = frame.astype(dict.fromkeys(texts, object))
    plain[texts] = plain[texts].where(frame[texts].notna(), None)
    names = list(frame.columns)
    for values in plain.itertuples(index=False, name=None):
        yield dict(zip(names, values, strict=True))


def iso(value: object) -> str | None:
    """Return a day of a table as ISO text, None where it is open or not known."""
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, date):  # a pandas Timestamp is one too
        return value.isoformat()[:10]
    raise TypeError(f"{value!r} is no day")


def geometry_json(geometry: shapely.Geometry) -> dict[str, Any]:
    """Return a geometry (lon, lat; EPSG:4326) as GeoJSON, its rings wound as RFC 7946 asks.

    Coordinates are rounded to a decimetre, all alike, so cells that share a vertex go on sharing it.
    """
    rounded = shapely.transform(shapely.orient_polygons(geometry), lambda xy: np.round(xy, _DECIMALS))
    return dict(shapely.geometry.mapping(rounded))


def collection(top: Mapping[str, object], features: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield a FeatureCollection, a feature at a time."""
    yield json_text(top)[:-1] + ',"features":['
    for position, feature in enumerate(features):
        yield (",\n" if position else "\n") + json_text(feature)
    yield "\n]}\n"
