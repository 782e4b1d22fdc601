"""Areas of control as GeoJSON (RFC 7946): cells of a day, or every interval of each in a range of days."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.exports import control_spans
from geodata.exports.control_common import ControlSelection, ControlSource, head
from geodata.exports.features import Row, collection, geometry_json, iso
from geodata.exports.geojson import EXTENSION, MEDIA_TYPE

__all__ = ["EXTENSION", "MEDIA_TYPE", "NAME", "stream"]

NAME = "control"
_DESCRIPTION = "Areas of control as reported"


def _feature(row: Row, source: ControlSource, selection: ControlSelection) -> dict[str, object]:
    place = {} if selection.dissolve else source.place(row["place_id"])
    return {
        "type": "Feature",
        "geometry": geometry_json(row["geometry"]),
        "properties": {
            **source.named(row["controller"], "holder"),
            "state": row["state"],
            "basis": row["basis"],
            "certainty": round(float(row["certainty"]), 3),
            "uncertain": bool(row["uncertain"]),
            "parties": list(row["parties"]),
            "valid_from": iso(row["valid_from"]),
            "valid_to": iso(row["valid_to"]),
            "last_confirmed": iso(row["last_confirmed"]),
            **place,
            "statement_ids": list(row["statement_ids"]),
        },
    }


def stream(source: ControlSource, selection: ControlSelection) -> Iterator[str]:
    """Yield a FeatureCollection of the areas, each a Polygon or MultiPolygon [longitude, latitude], WGS 84.

    ``valid_from`` is the first day on which a feature holds, ``valid_to`` the first on which it no longer
    does; null is open. The members beside the features say which days, level and rules they come from.
    """
    rows = control_spans.areas(source.timeline, selection)
    features = (_feature(row, source, selection) for row in rows)
    yield from collection(head(NAME, _DESCRIPTION, source, selection), features)
