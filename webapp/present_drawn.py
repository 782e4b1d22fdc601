"""Turn fronts and areas that others drew into JSON: their words as they wrote them, never mixed with ours."""

from __future__ import annotations

from datetime import date
from typing import Any

from geodata.control.drawn_layer import DrawnFronts
from geodata.exports.features import geometry_json, iso


def layer_json(layer: DrawnFronts) -> dict[str, Any]:
    """Return what a layer is, who drew it, on which days it changes, and how much of it was not taken."""
    changes = layer.days
    return {
        "id": layer.layer_id,
        "title": layer.title,
        "source": layer.source,
        "licence": layer.licence,
        "attribution": layer.attribution,
        "days": [day.isoformat() for day in changes],
        "features": len(layer.features),
        "rejected": len(layer.rejected),
        "skipped": layer.skipped,
        "controllers": list(layer.controllers),
    }


def drawn_json(layer: DrawnFronts, day: date) -> dict[str, Any]:
    """Return what a layer shows on a day as a GeoJSON FeatureCollection (lon, lat; EPSG:4326)."""
    return {
        "type": "FeatureCollection",
        **layer_json(layer),
        "on": day.isoformat(),
        "features": [
            {
                "type": "Feature",
                "geometry": geometry_json(row.geometry),
                "properties": {
                    "controller": row.controller,
                    "side_a": row.side_a,
                    "side_b": row.side_b,
                    "valid_from": iso(row.valid_from),
                    "valid_to": iso(row.valid_to),
                    "drawn_on": iso(row.drawn_on),
                    "repaired": bool(row.repaired),
                },
            }
            for row in layer.on(day).itertuples()
        ],
    }
