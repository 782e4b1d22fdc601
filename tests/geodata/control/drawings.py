"""Maps as others might draw them, made in code: every name and line is invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Position = tuple[float, float]


def square(west: float, south: float, size: float = 0.5) -> dict[str, Any]:
    """Return a GeoJSON polygon, in degrees."""
    east, north = west + size, south + size
    return polygon([(west, south), (east, south), (east, north), (west, north), (west, south)])


def polygon(*rings: list[Position]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(position) for position in ring] for ring in rings]}


def line(*positions: Position) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(position) for position in positions]}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:  # noqa: ANN401 (also what is no geometry)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **members: Any) -> dict[str, Any]:  # noqa: ANN401 (also what is no feature)
    return {"type": "FeatureCollection", **members, "features": list(features)}


def write(path: Path, document: object) -> Path:
    """Write a document as JSON, or text and bytes as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(document, bytes):
        path.write_bytes(document)
    else:
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
    return path
