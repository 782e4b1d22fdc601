"""Exports: exactly what is filtered, streamed, at most a set number at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, abort

from geodata.errors import BadFilter
from geodata.exports import CONTROL_EXPORTS, EXPORTS
from geodata.exports.control_common import ControlSelection, ControlSource
from geodata.index import EventQuery
from webapp.atlas import atlas, snapshot
from webapp.control import Control
from webapp.params import alone, choice, given, read_day, read_days, read_level, split

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


def _download(text: Iterable[str], mimetype: str, name: str) -> Response:
    response = Response(in_pieces(text), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # Last, so that nothing can fail between taking the place and promising to give it back.
    response.call_on_close(atlas().exports.enter())
    return response


@blueprint.get("/events.<extension>")
def events(extension: str) -> Response:
    """Stream the matching events in a format."""
    module = EXPORTS.get(extension)
    if module is None:
        abort(404, f"there is no export format {extension!r:.80}; there are {', '.join(EXPORTS)}")
    query, _ = split(given(), ("lang",))
    now = snapshot()
    now.condition(query)
    return _download(module.stream(query, now), module.MEDIA_TYPE, file_name(query, extension))


def control_file_name(name: str, selection: ControlSelection, extension: str) -> str:
    """Return a file name that says what was asked for: ``fronts_on-2018-02-13_level-side.geojson``."""
    days = (
        [("on", selection.first)]
        if selection.is_one_day
        else [("from", selection.first), ("to", selection.last)]
    )
    parts = [name, *(f"{parameter}-{day}" for parameter, day in days), f"level-{selection.level}"]
    return "_".join([*parts, *(["dissolved"] if selection.dissolve else [])]) + f".{extension}"


def _selection(values: dict[str, str], control: Control) -> ControlSelection:
    """Return the days that are asked for: one, a range, or the last day when none is given."""
    on, (first, last) = read_day(values, "on"), read_days(values)
    if on and (first or last):
        raise BadFilter("on", "is one day: give either on, or from and to")
    is_one_day = not (first or last)
    if is_one_day:
        first = last = on or control.last_day
    first, last = control.range(first, last)
    return ControlSelection(
        level=control.level,
        first=first,
        last=last,
        is_one_day=is_one_day,
        dissolve=choice(values, "dissolve", ("true", "false"), "false") == "true",
    )


@blueprint.get("/<any(control, fronts):name>.geojson")
def control(name: str) -> Response:
    """Stream who is reported to hold what, or where the fronts lie, on a day or through a range of days."""
    values = alone(given(), ("on", "from", "to", "level", "dissolve", "lang"))
    found = atlas().control(read_level(values))
    selection = _selection(values, found)
    module = CONTROL_EXPORTS[name]
    source = ControlSource(found.timeline, found.now, found.level)
    return _download(
        module.stream(source, selection),
        module.MEDIA_TYPE,
        control_file_name(name, selection, module.EXTENSION),
    )
