"""A real server: what a test client cannot send, and exports that hold their place until they end."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from geodata.exports import geojson
from tests.browser.server import serving
from tests.webapp.conftest import sample_app
from webapp.errors import TooBusy
from webapp.turnstile import Turnstile

WAIT_S = 20


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Flask]]:
    """Serve the sample with three exports at once."""
    with sample_app(tmp_path, EXPORTS_AT_ONCE=3) as app, serving(app) as address:
        yield address.removeprefix("http://"), app


def connected(address: str, request: bytes) -> socket.socket:
    host, port = address.split(":")
    client = socket.create_connection((host, int(port)), timeout=WAIT_S)
    client.sendall(request)
    return client


def exchanged(address: str, request: bytes) -> bytes:
    """Send the bytes of a request and return all that comes back."""
    with connected(address, request) as client:
        parts = []
        while part := client.recv(65_536):
            parts.append(part)
        return b"".join(parts)


def soon(true: Callable[[], bool]) -> bool:
    """Wait until something is true; tell whether it became so."""
    end = time.monotonic() + WAIT_S
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


END = b" HTTP/1.1\r\nHost: atlas\r\nConnection: close\r\n\r\n"
EXPORT = b"GET /export/events.geojson" + END


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET //evil.example/", (200, 404)),
        (b"GET //evil.example//", (404,)),
        (b"GET //events", (200, 404)),
        (b"GET /\\evil.example", (404,)),
        (b"GET /%2F%2Fevil.example", (404,)),
        (b"GET /events//", (404,)),
        (b"GET http://evil.example/events", (200,)),
        (b"GET /events/\xd8\xa7", (400, 404)),
        (b"GET /?q=\xff", (400,)),
        (b"GET /?" + b"a" * 60_000, (400,)),
        (b"GET /" + b"a" * 20_000, (404,)),
        (b"GET /" + b"a/" * 20_000, (404,)),
    ],
)
def test_no_address_redirects_elsewhere(
    served: tuple[str, Flask], line: bytes, status: tuple[int, ...]
) -> None:
    answer = exchanged(served[0], line + END)
    head = answer.partition(b"\r\n\r\n")[0]
    assert int(head.split()[1]) in status
    assert not re.search(rb"(?im)^location:", head)


def slowly(gate: threading.Event, running: list[int]) -> Callable[..., Iterator[str]]:
    """Return an export that waits at a gate and counts how many run."""
    lock, now = threading.Lock(), [0]

    def stream(*_arguments: object) -> Iterator[str]:
        with lock:
            now[0] += 1
            running.append(now[0])
        try:
            yield "{"
            gate.wait(WAIT_S)
            yield "}"
        finally:
            with lock:
                now[0] -= 1

    return stream


def test_of_twenty_exports_a_set_number_runs(
    served: tuple[str, Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, app = served
    turnstile: Turnstile = app.extensions["atlas"].exports
    gate, running = threading.Event(), list[int]()
    monkeypatch.setattr(geojson, "stream", slowly(gate, running))
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(exchanged(address, EXPORT))) for _ in range(20)]
    for thread in threads:
        thread.start()
    assert soon(lambda: len(answers) == 17)
    assert turnstile.free == 0
    with_page = exchanged(address, b"GET /api/map" + END)  # everybody else is still answered
    gate.set()
    for thread in threads:
        thread.join(WAIT_S)
    assert with_page.startswith(b"HTTP/1.1 200")
    refused = [answer for answer in answers if answer.startswith(b"HTTP/1.1 503")]
    assert len(refused) == 17
    assert all(b"Retry-After: 5" in answer and b"nosniff" in answer for answer in refused)
    assert sum(answer.startswith(b"HTTP/1.1 200") for answer in answers) == 3
    assert max(running) == 3
    assert soon(lambda: turnstile.free == 3)


def test_a_reader_who_goes_away_gives_the_place_back(
    served: tuple[str, Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, app = served
    turnstile: Turnstile = app.extensions["atlas"].exports

    def endless(*_arguments: object) -> Iterator[str]:
        while True:
            yield "x" * 65_536

    monkeypatch.setattr(geojson, "stream", endless)
    for _ in range(7):
        with connected(address, EXPORT) as client:
            assert client.recv(100).startswith(b"HTTP/1.1 200")
            assert turnstile.free == 2
        assert soon(lambda: turnstile.free == 3)


def test_an_export_that_fails_is_cut_and_gives_the_place_back(
    served: tuple[str, Flask], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    address, app = served

    def broken(*_arguments: object) -> Iterator[str]:
        yield "x" * 100_000
        raise RuntimeError("half way")

    monkeypatch.setattr(geojson, "stream", broken)
    for _ in range(4):
        answer = exchanged(address, EXPORT)
        assert answer.startswith(b"HTTP/1.1 200")
        assert not answer.endswith(b"0\r\n\r\n")  # the reader can tell that it is not whole
    assert app.extensions["atlas"].exports.free == 3
    assert "half way" in caplog.text


@pytest.mark.parametrize("method", [b"HEAD", b"POST", b"OPTIONS"])
def test_other_methods_hold_no_place(served: tuple[str, Flask], method: bytes) -> None:
    for _ in range(5):
        exchanged(served[0], method + EXPORT[3:])
    assert served[1].extensions["atlas"].exports.free == 3


def test_a_refused_query_holds_no_place(served: tuple[str, Flask]) -> None:
    for query in (b"bogus=1", b"faction=nobody", b"lang=xx", b"q=%ff"):
        assert exchanged(served[0], b"GET /export/events.geojson?" + query + END)[9:12] == b"400"
    assert served[1].extensions["atlas"].exports.free == 3


def test_the_turnstile_gives_each_place_back_once() -> None:
    turnstile = Turnstile(2)
    first, second = turnstile.enter(), turnstile.enter()
    with pytest.raises(TooBusy):
        turnstile.enter()
    for leave in (first, first, second, first, second):
        leave()
    assert turnstile.free == 2
