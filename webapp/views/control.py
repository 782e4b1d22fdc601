"""Who is reported to hold what, as JSON: the whole time as compact arrays, one place's why, what changed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext

from geodata.errors import UnknownPlace
from webapp import present_control
from webapp.atlas import atlas
from webapp.languages import language
from webapp.params import alone, degrees, given, read_day, read_days, read_level

blueprint = Blueprint("control", __name__, url_prefix="/api/control")

_COMPRESSION = "gzip"


@blueprint.get("")
def control() -> Response:
    """Answer with geometry and history of every region, once for all days; the browser filters by date."""
    values = alone(given(), ("level", "lang"))
    found = atlas().control(read_level(values))
    packed = found.packed(language(), lambda: present_control.payload_bytes(found))
    response = Response(packed.body, mimetype="application/json")
    response.set_etag(f"{found.now.revision}-{packed.tag}", weak=True)
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality(_COMPRESSION) > 0:
        response.content_encoding = _COMPRESSION
    else:
        response.set_data(packed.plain())
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns what it was called on


@blueprint.get("/at")
def at() -> dict[str, Any]:
    """Answer with who is reported to hold the cell of a point on a day, since when, and why."""
    values = alone(given(), ("lat", "lon", "on", "level", "lang"))
    lat, lon = degrees(values, "lat", 90), degrees(values, "lon", 180)
    asked = read_day(values, "on")
    found = atlas().control(read_level(values))
    cell = found.cell_at(lat, lon)
    if cell is None:
        raise UnknownPlace(gettext("This point lies outside the area that reports of control speak of."))
    return present_control.at_json(found, cell, asked or found.last_day)


@blueprint.get("/changes")
def changes() -> dict[str, Any]:
    """Answer with what changed hands between two days, by place and in sum."""
    values = alone(given(), ("from", "to", "level", "lang"))
    asked = read_days(values)
    found = atlas().control(read_level(values))
    return present_control.changes_json(found, *found.range(*asked))
