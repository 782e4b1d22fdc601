"""Serve an application to a browser: waitress in a thread, on a free port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from waitress import create_server


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve ``app`` while the block runs.

    Yields
    ------
    str
        Its address, without a slash at the end.
    """
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    stop = threading.Event()

    def run() -> None:
        # waitress's own run() is ended by a signal, which a thread never gets.
        while not stop.is_set():
            server.asyncore.loop(timeout=0.1, map=server._map, count=1)

    thread = threading.Thread(target=run, name="atlas under test")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        stop.set()
        thread.join()
        server.close()
        server.task_dispatcher.shutdown()
        for channel in list(server._map.values()):
            channel.close()
