"""Exports: exactly what is filtered, streamed, at most a set number at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, abort

from geodata.exports import EXPORTS
from geodata.index import EventQuery
from webapp.atlas import atlas, snapshot
from webapp.params import given, split

blueprint = Blueprint("exports", __name__, url_prefix="/export")

_LONGEST_NAME = 120


def file_name(query: EventQuery, extension: str) -> str:
    """Return a file name that says the filter: ``events_from-2018-02-01_faction-is.geojson``."""
    parts = ["events", *(f"{parameter}-{value}" for parameter, value in query.pairs() if parameter != "q")]
    if query.text:
        parts.append("text")
    name = "_".join(part.replace(",", "_") for part in parts)[:_LONGEST_NAME]
    return f"{name}.{extension}"


def in_pieces(parts: Iterable[str], size: int = 65_536) -> Iterator[bytes]:
    """Join small parts into pieces worth sending: each costs the server a lock and a system call.

    Parameters
    ----------
    parts : iterable of str
        The text, in parts of any size.
    size : int
        Bytes from which a piece is sent.
    """
    piece = bytearray()
    for part in parts:
        piece += part.encode()
        if len(piece) >= size:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


@blueprint.get("/events.<extension>")
def events(extension: str) -> Response:
    """Stream the matching events in a format."""
    module = EXPORTS.get(extension)
    if module is None:
        abort(404, f"there is no export format {extension!r:.80}; there are {', '.join(EXPORTS)}")
    query, _ = split(given(), ("lang",))
    now = snapshot()
    now.condition(query)
    response = Response(in_pieces(module.stream(query, now)), mimetype=module.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(query, extension)}"'
    # Last, so that nothing can fail between taking the place and promising to give it back.
    response.call_on_close(atlas().exports.enter())
    return response
