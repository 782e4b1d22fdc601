"""Errors meet HTTP in one table; the domain knows no status codes."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from geodata.errors import BadFilter, BadInput, GeodataError, StoreError, UnknownEvent, UnknownPlace

log = logging.getLogger(__name__)


class TooBusy(GeodataError, RuntimeError):
    """Say that as many exports as are allowed at once are running."""


STATUS: tuple[tuple[type[Exception], int], ...] = (
    (UnknownEvent, 404),
    (UnknownPlace, 404),
    (BadFilter, 400),
    (BadInput, 400),
    (TooBusy, 503),
    (StoreError, 503),
)
"""The first class that fits gives the status."""


def _wants_json() -> bool:
    return request.path.startswith(("/api/", "/export/", "/healthz"))


def _answer(status: int, message: str, parameter: str | None = None) -> Response:
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
        log.warning("%s %s: %s", request.method, request.path, error)
    return _answer(status, str(error), getattr(error, "parameter", None))


def _http(error: HTTPException) -> Response:
    return _answer(error.code or 500, error.description or error.name)


def _unknown(error: Exception) -> Response:
    log.exception("%s %s failed", request.method, request.path, exc_info=error)
    return _answer(500, _("Something went wrong here; the log of the server says what."))


def init_app(app: Flask) -> None:
    """Answer each known error with its status, as JSON to programs and as a page to people."""
    for kind, _status in STATUS:
        app.register_error_handler(kind, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)
