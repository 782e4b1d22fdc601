"""Serve the atlas on this machine: ``python -m webapp`` (``scripts/run`` sets up and ends here).

Reads ``HOST``, ``PORT`` and the settings of `webapp.settings` from the environment. Exit codes: 0 stopped
on request, 1 the atlas cannot start, 2 a setting is wrong, 3 the port is taken, 130 interrupted before
it served.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
from types import FrameType
from typing import NoReturn

from waitress import create_server

from geodata.errors import BadInput, CuratedFaults, GeodataError
from geodata.store import Store, prepare
from webapp import create_app
from webapp.maps import assets
from webapp.settings import comma_separated, read_settings

STOPPED, FAILED, WRONG_SETTING, PORT_TAKEN, INTERRUPTED = 0, 1, 2, 3, 130


class _PortTaken(Exception):
    """Somebody else listens there."""


def _say(line: str) -> None:
    # Flushed: whoever reads us through a pipe waits for this line.
    print(line, flush=True)


def _address() -> tuple[str, int]:
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= 65535):
        raise BadInput(f"is {text!r:.40}, must be a number from 1 to 65535 (0: any free port)", where="PORT")
    return host, int(text)


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before the slow part: nobody waits for nothing, nobody else gets it meanwhile."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise BadInput(
            f"is {host!r:.80}, which is no address of this machine ({error.strerror})", where="HOST"
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        # A port that was served a moment ago lingers: without this a restart has to wait a minute.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise _PortTaken from error
        if error.errno == errno.EACCES:
            raise BadInput(
                f"is {port}, which only the administrator may use: take one above 1023", where="PORT"
            ) from error
        raise BadInput(
            f"is {host!r:.80}, which is no address of this machine ({error.strerror})", where="HOST"
        ) from error
    return listener


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _serve(listener: socket.socket) -> None:
    settings = read_settings()
    assets.check()
    store = Store(str(settings["DATABASE"]))
    countries = comma_separated(str(settings["GAZETTEER_COUNTRIES"]))
    try:
        if prepare(store, countries=countries):
            _say(f"Loaded the curated data into {store.shown_url}.")
    finally:
        store.close()

    server = create_server(
        create_app(),
        sockets=[listener],
        threads=8,
        # waitress keeps a body on disk before the application sees the request, and by default 1 GB of it.
        max_request_body_size=int(settings["MAX_CONTENT_LENGTH"]),
    )
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    _say(f"Incident Atlas is on http://{shown}:{port}  (Ctrl-C stops it)")
    server.run()  # returns when `_stop` is called


def main() -> int:
    """Serve until stopped; return the exit code."""
    # Set and not inherited: a shell starts background jobs with SIGINT ignored.
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    # It warns of every request that waits a moment for one of its threads.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        host, port = _address()
        try:
            listener = _listen(host, port)
        except _PortTaken:
            _say(
                f"Port {port} on {host} is taken: something else listens there, perhaps the atlas itself.\n"
                f"Stop that, or choose another port:  PORT={port % 65535 + 1} ./scripts/run"
            )
            return PORT_TAKEN
        with listener:
            _serve(listener)
    except GeodataError as error:
        _say(f"The atlas cannot start: {error}")
        wrong_setting = isinstance(error, BadInput) and not isinstance(error, CuratedFaults)
        return WRONG_SETTING if wrong_setting else FAILED
    except KeyboardInterrupt:
        _say("Stopped before it served.")
        return INTERRUPTED
    _say("Stopped.")
    return STOPPED


if __name__ == "__main__":
    sys.exit(main())
