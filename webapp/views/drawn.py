"""Frontlines and areas drawn by others, as JSON: which layers there are, and what one shows on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify

from geodata.exports import geojson
from webapp import present_drawn
from webapp.atlas import atlas
from webapp.params import alone, given, read_day

blueprint = Blueprint("drawn", __name__, url_prefix="/api/control/drawn")


@blueprint.get("")
def layers() -> dict[str, Any]:
    """Answer with the layers, each with its days, its source and how much of it was not taken."""
    alone(given(), ("lang",))
    return {"layers": [present_drawn.layer_json(layer) for layer in atlas().drawn.layers().values()]}


@blueprint.get("/<layer_id>")
def layer(layer_id: str) -> Response:
    """Answer with what a layer shows on a day, as GeoJSON; on its last day when none is given."""
    values = alone(given(), ("on", "lang"))
    found = atlas().drawn.layer(layer_id)
    day = read_day(values, "on") or max(found.days, default=date.min)
    response = jsonify(present_drawn.drawn_json(found, day))
    response.mimetype = geojson.MEDIA_TYPE
    return response
