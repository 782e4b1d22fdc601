"""Frontlines as GeoJSON (RFC 7946): those of a day, or every interval of every piece in a range of days."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.exports import control_spans
from geodata.exports.control_common import ControlSelection, ControlSource, head
from geodata.exports.features import Row, collection, geometry_json, iso
from geodata.exports.geojson import EXTENSION, MEDIA_TYPE

__all__ = ["EXTENSION", "MEDIA_TYPE", "NAME", "stream"]

NAME = "fronts"
_DESCRIPTION = "Frontlines as they follow from reports of who held the places on both sides"


def _feature(row: Row, source: ControlSource, selection: ControlSelection) -> dict[str, object]:
    places: dict[str, str | None] = {}
    if not selection.dissolve:
        places = source.place(row["left_place_id"], "left_place") | source.place(
            row["right_place_id"], "right_place"
        )
    return {
        "type": "Feature",
        "geometry": geometry_json(row["geometry"]),
        "properties": {
            **source.named(row["side_a"], "side_a"),
            **source.named(row["side_b"], "side_b"),
            "state": row["state"],
            "certainty": round(float(row["certainty"]), 3),
            "uncertain": bool(row["uncertain"]),
            "valid_from": iso(row["valid_from"]),
            "valid_to": iso(row["valid_to"]),
            "last_confirmed": iso(row["last_confirmed"]),
            **places,
            "statement_ids": list(row["statement_ids"]),
        },
    }


def stream(source: ControlSource, selection: ControlSelection) -> Iterator[str]:
    """Yield a FeatureCollection of lines [longitude, latitude] between cells of different holders, WGS 84.

    ``valid_from`` is the first day on which a line holds, ``valid_to`` the first on which it no longer does;
    null is open. The members beside the features say which days, level and rules they come from.
    """
    rows = control_spans.fronts(source.timeline, selection)
    features = (_feature(row, source, selection) for row in rows)
    yield from collection(head(NAME, _DESCRIPTION, source, selection), features)
