"""Errors meet HTTP in one table; the domain knows no status codes."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from geodata.errors import BadFilter, BadInput, GeodataError, StoreError, UnknownEvent, UnknownPlace
from webapp.labels import N_

log = logging.getLogger(__name__)


_BROKEN = N_("Something went wrong here; the log of the server says what.")


class TooBusy(GeodataError, RuntimeError):
    """Say that as many exports as are allowed at once are running."""


class UnknownLayer(GeodataError, LookupError):
    """Say that no drawn layer has this id."""


STATUS: tuple[tuple[type[Exception], int], ...] = (
    (UnknownEvent, 404),
    (UnknownPlace, 404),
    (UnknownLayer, 404),
    (BadFilter, 400),
    (BadInput, 400),
    (TooBusy, 503),
    (StoreError, 503),
)
"""The first class that fits gives the status."""


def _wants_json() -> bool:
    return request.path.startswith(("/api/", "/export/", "/healthz"))


def _answer(status: int, message: str, *, parameter: str | None = None) -> Response:
    if _wants_json():
        response = jsonify({"error": {"status": status, "parameter": parameter, "message": message}})
    else:
        response = make_response(
            render_template("error.html", status=status, message=message, parameter=parameter)
        )
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _known(error: Exception) -> Response:
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    if status >= 500:
        # repr: a path may have line feeds in it, and would write lines of its own.
        log.warning("%r %.200r: %s", request.method, request.path, error)
    # A store's error names its address: the log may know it, readers need not.
    message = _(_BROKEN) if isinstance(error, StoreError) else str(error)
    return _answer(status, message, parameter=getattr(error, "parameter", None))


def _http(error: HTTPException) -> Response:
    response = _answer(error.code or 500, error.description or error.name)
    for name, value in error.get_headers():  # Allow, Content-Range
        if name != "Content-Type":
            response.headers[name] = value
    return response


def _wrong_host(error: HTTPException) -> Response:
    # There are no addresses for such a host, so there is no page.
    return Response(f"{error.description or error.name}\n", 400, mimetype="text/plain")


def _unknown(error: Exception) -> Response:
    log.exception("%r %.200r failed", request.method, request.path, exc_info=error)
    return _answer(500, _(_BROKEN))


def init_app(app: Flask) -> None:
    """Answer each known error with its status, as JSON to programs and as a page to people."""
    for kind, _status in STATUS:
        app.register_error_handler(kind, _known)
    app.register_error_handler(HTTPException, _http)
    for refused in (SecurityError, BadHost):
        app.register_error_handler(refused, _wrong_host)
    app.register_error_handler(Exception, _unknown)
