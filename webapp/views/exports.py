"""Exports: exactly what is filtered, streamed, at most a set number at once."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, request

from geodata.exports import EXPORTS
from geodata.index import EventQuery
from webapp.atlas import atlas, snapshot
from webapp.errors import TooBusy
from webapp.params import split

blueprint = Blueprint("exports", __name__, url_prefix="/export")

_LONGEST_NAME = 120


def file_name(query: EventQuery, extension: str) -> str:
    """Return a file name that says the filter: ``events_from-2018-02-01_faction-is.geojson``."""
    parts = ["events", *(f"{parameter}-{value}" for parameter, value in query.pairs() if parameter != "q")]
    if query.text:
        parts.append("text")
    name = "_".join(part.replace(",", "_") for part in parts)[:_LONGEST_NAME]
    return f"{name}.{extension}"


@blueprint.get("/events.<extension>")
def events(extension: str) -> Response:
    """Stream the matching events in a format."""
    module = EXPORTS.get(extension)
    if module is None:
        abort(404, f"there is no export format {extension!r}; there are {', '.join(EXPORTS)}")
    query, _ = split(request.args.items(multi=True), ("lang",))
    now = snapshot()
    now.condition(query)
    turnstile = atlas().exports
    if not turnstile.acquire(blocking=False):
        raise TooBusy("as many exports as are allowed at once are running; try again in a few seconds")

    def body() -> Iterator[str]:
        yield from module.stream(query, now)

    response = Response(body(), mimetype=module.MEDIA_TYPE)
    response.call_on_close(turnstile.release)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(query, extension)}"'
    return response
