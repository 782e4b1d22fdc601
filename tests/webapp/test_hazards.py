"""What the list of bad and hostile input says of requests: each kind gets the answer that it must get.

Where each of its rows is tested, so far as what is built meets it:

- numbers (nan, inf, Arabic digits, 2^63, 5,000 digits), half a surrogate pair, NUL: here, ``test_query``,
  ``test_api``; what SQLite cannot hold: ``store/test_faults``
- CSV (long field, unclosed quote, byte order mark, CR, UTF-16, Windows-1256, U+2028): ``curated/test_loader``
- coordinates: ``curated/test_loader``, ``store/test_faults`` (the schema refuses them), boxes here
- dates: ``test_dates``, ``test_query``, ``curated/test_loader``
- links and redirects: ``curated/test_loader`` (http and https only), ``test_server`` (no answer redirects)
- bidi and zero-width characters, templates and markup in any text: ``tests/hostile.py`` and who uses it
- a place not found or ambiguous: ``gazetteer/test_geocoder``
- parameters, points, days and texts of the map of control: ``test_control``, ``exports/test_control``; files
  and names of fronts drawn by others: ``test_control_drawn``, ``control/test_drawn``
- unselective filters, twenty exports at once: here, ``test_server``, ``test_index`` (one batch in memory)

JSON bodies, geometries, uploads, archives, KML and spreadsheets come with the intake and the other formats.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store
from tests.webapp.conftest import sample_app
from webapp import create_app

ROUTES = (
    *("/", "/events", "/events/e1", "/healthz", "/basemap/countries.geojson", "/static/icon.svg"),
    *("/api/map", "/api/timeline", "/api/facets", "/api/events", "/api/events/e1", "/api/places"),
    *("/api/geocode?q=alpha", "/export/events.geojson"),
    *("/api/control", "/api/control/at?lat=35.5&lon=36.8", "/api/control/changes", "/api/control/drawn"),
    *("/export/control.geojson", "/export/fronts.geojson"),
)
FILTERED = (
    "/",
    "/events",
    "/api/map",
    "/api/timeline",
    "/api/facets",
    "/api/events",
    "/export/events.geojson",
)
NOT_THERE = ("/nothing", "/api/nothing", "/export/events.exe", "/static/nothing", "/basemap/nothing")
WAIT_S = 20


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application for the tests that only ask."""
    with sample_app(tmp_path_factory.mktemp("hazards"), TESTING=True, EXPORTS_AT_ONCE=2) as app:
        yield app


@pytest.fixture
def client(shared_app: Flask) -> FlaskClient:
    """Return a client of the shared application."""
    return shared_app.test_client()


# --- text that no encoding has, numbers that no column holds, floods ---


@pytest.mark.parametrize("path", FILTERED)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=%ED%A0%80", "q"),  # half a surrogate pair
        ("q=%ff%fe", "q"),
        ("q=%C7%E1%CE%E6%ED%E4", "q"),  # الخوين in Windows-1256
        ("q=a%00b", "q"),
        ("q=%0A", "q"),
        ("%ff=1", "\N{REPLACEMENT CHARACTER}"),
        ("faction=%00", "faction"),
        ("min_deaths=9223372036854775808", "min_deaths"),
        ("min_deaths=" + "9" * 5000, "min_deaths"),
        ("min_deaths=-1", "min_deaths"),
        ("min_deaths=1e3", "min_deaths"),
        ("bbox=nan,nan,nan,nan", "bbox"),
        ("bbox=1e999,0,1,1", "bbox"),
        ("bbox=0,-91,1,1", "bbox"),
        ("bbox=-181,0,1,1", "bbox"),
        ("bbox=0,2,1,1", "bbox"),
        ("bbox=1,2,3,4,5", "bbox"),
        ("bbox=" + "1," * 5000, "bbox"),
        ("from=0000-01-01", "from"),
        ("from=2024-02-30", "from"),
        ("q=" + "x" * 60_000, "q"),
        ("&".join(f"faction=f{number}" for number in range(5000)), "faction"),
        ("a" * 60_000 + "=1", "a" * 59 + "…"),
        ("x[y][z][0]" * 1000 + "=1", None),
        ("&".join(f"p{number}=1" for number in range(5000)), "p0"),
        ("FROM=2018-01-01", "FROM"),
        ("from%00=2018-01-01", "from\x00"),
    ],
)
def test_bad_values_are_400_and_name_the_parameter(
    client: FlaskClient, path: str, query: str, parameter: str | None
) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    if answer.mimetype == "application/json":
        assert len(answer.data) < 2000
    if answer.mimetype == "application/json" and parameter:
        assert answer.get_json()["error"]["parameter"] == parameter


@pytest.mark.parametrize(
    "query",
    [
        "from=٢٠١٨-٠٢-٠١&min_deaths=٣",
        "bbox=179,34,-179,36",
        "bbox=-180,-90,180,90",
        "q=%27%20OR%201%3D1%20--",
        "q=" + "%D8%A7" * 200,
        "q=\N{RIGHT-TO-LEFT OVERRIDE}x",
        "from=&to=&faction=&q=",
        "from=0001-01-01&to=9999-12-31",
        "&&&",
        "faction=reds" + "&faction=reds" * 5000,
    ],
)
@pytest.mark.parametrize("path", FILTERED)
def test_odd_but_right_values_are_answered(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    answer.close()


@pytest.mark.parametrize(
    "name",
    ["%00", "%0A", "%ED%A0%80", "%ff", "x" * 9000, "%2e%2e", "..;", "{{7*7}}", "%D8%A7", "e1%20", "E1"],
)
@pytest.mark.parametrize("path", ["/events/", "/api/events/", "/export/events.", "/static/", "/basemap/"])
def test_names_of_nothing_are_404(client: FlaskClient, path: str, name: str) -> None:
    answer = client.get(path + name)
    assert answer.status_code == 404
    assert "49" not in answer.text or "7*7" not in name
    assert len(answer.data) < 8000


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/static/../factory.py",
            "/static/%2e%2e/factory.py",
            "/static/..%2ffactory.py",
            "/static/%5c..%5cx",
        ),
        *(
            "/basemap/../places.csv",
            "/basemap/..%2fplaces.csv",
            "/basemap//etc/passwd",
            "/static//etc/passwd",
        ),
        *("/basemap/", "/static/", "/static/js", "/basemap/%00countries.geojson"),
    ],
)
def test_only_the_folders_own_files_are_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


# --- methods, hosts, redirects, headers ---


@pytest.mark.parametrize("path", ROUTES)
def test_every_route_reads_and_none_writes(shared_app: Flask, client: FlaskClient, path: str) -> None:
    with client.get(path) as whole, client.head(path) as head:
        assert (whole.status_code, head.status_code) == (200, 200)
        assert head.data == b""
        assert head.mimetype == whole.mimetype
    with client.options(path) as options:
        assert (options.status_code, options.data) == (200, b"")
        allowed = set(options.headers["Allow"].split(", "))
        assert allowed == {"GET", "HEAD", "OPTIONS"}
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"):
        with client.open(path, method=method, data=b"x" * 2000) as refused:
            assert refused.status_code == 405
            assert set(refused.headers["Allow"].split(", ")) == allowed
    assert shared_app.extensions["atlas"].exports.free == 2


@pytest.mark.parametrize("path", [*ROUTES, *NOT_THERE, "/?bogus=1", "/api/map?bogus=1", "/events/%00"])
def test_every_answer_has_the_security_headers(client: FlaskClient, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        with client.open(path, method=method) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
            assert answer.headers["Cache-Control"]
            assert "Set-Cookie" not in answer.headers
            if answer.mimetype == "text/html":
                policy = answer.headers["Content-Security-Policy"]
                assert policy.startswith("default-src 'none'")
                assert "unsafe" not in policy


def test_what_breaks_inside_is_a_500_with_the_same_headers(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("webapp.views.api.summaries.facets", lambda *_: 1 // 0)
    answer = app.test_client().get("/api/facets")
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (500, "nosniff")
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_log_line_stays_one_line(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    store: Store = app.extensions["atlas"].store
    store.close()
    Path(str(store.engine.url.database)).write_bytes(b"not a database " * 1000)
    with caplog.at_level(logging.WARNING):
        answer = app.test_client().get("/events/a%0A2026-01-01%20CRITICAL%20root:%20forged%1b[2J")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    (record,) = caplog.records
    assert "\n" not in record.getMessage()
    assert "\x1b" not in record.getMessage()


def test_a_database_that_fails_is_503_and_says_so(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    store: Store = app.extensions["atlas"].store
    path = Path(str(store.engine.url.database))
    store.close()
    kept = path.read_bytes()
    path.write_bytes(b"not a database " * 1000)
    for route in ("/", "/api/map", "/healthz", "/export/events.geojson"):
        answer = client.get(route)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "sqlite" not in answer.text  # where the data lies is nobody's business but the log's
    assert "not a database" in caplog.text
    assert str(path) in caplog.text
    store.close()
    path.write_bytes(kept)
    assert client.get("/api/map").status_code == 200


@pytest.mark.parametrize("path", ["/static/icon.svg", "/basemap/countries.geojson"])
def test_files_are_checked_for_change_and_not_sent_again(client: FlaskClient, path: str) -> None:
    with client.get(path) as first:
        etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    for name, value in (("If-None-Match", etag), ("If-Modified-Since", changed)):
        with client.get(path, headers={name: value}) as again:
            assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/events", "/api/map", "/api/facets", "/export/events.geojson"),
        *("/api/control", "/export/control.geojson"),
    ],
)
def test_data_is_never_kept_without_asking(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        assert ("Accept-Language" in answer.headers.get("Vary", "")) == ("export" not in path)


@pytest.mark.parametrize("path", ["/", "/events", "/api/map", "/nothing", "/static/icon.svg"])
@pytest.mark.parametrize("host", ["evil.example", "atlas.example.evil", "a@atlas.example", "a b", "x" * 5000])
def test_hosts_that_are_not_trusted_are_refused(shared_app: Flask, host: str, path: str) -> None:
    strict = create_app(
        {"DATABASE": shared_app.config["DATABASE"], "TRUSTED_HOSTS": " atlas.example, b.example,"}
    )
    client = strict.test_client()
    refused = client.get(path, headers={"Host": host})
    assert refused.status_code == 400
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/healthz", headers={"Host": "b.example:8000"}).status_code == 200
    strict.extensions["atlas"].store.close()


@pytest.mark.parametrize(
    "host", ["evil.example", 'x"><script>alert(1)</script>', "a\tb", "[::1]:80", "x" * 5000]
)
def test_no_answer_repeats_the_host(client: FlaskClient, host: str) -> None:
    for path in ("/", "/events", "/events/e1", "/api/map", "/nothing"):
        with client.get(path, headers={"Host": host, "X-Forwarded-Host": "evil.example"}) as answer:
            assert answer.status_code in {200, 400, 404}
            text = answer.get_data(as_text=True)
            assert "evil.example" not in text
            assert "<script>alert" not in text


def test_a_header_flood_of_languages_is_answered(client: FlaskClient) -> None:
    wishes = ",".join(f"x{number};q=0.{number}" for number in range(5000))
    assert client.get("/", headers={"Accept-Language": wishes}).status_code == 200
    assert client.get("/", headers={"Accept-Language": "{{7*7}}, \ufffd;q=nan"}).status_code == 200


def test_debug_is_off(shared_app: Flask) -> None:
    assert not shared_app.debug


def test_the_whole_world_is_answered_in_bounds(client: FlaskClient) -> None:
    answer: dict[str, Any] = client.get("/api/map?viewport=-180,-90,180,90&zoom=22").get_json()
    assert len(answer["items"]) == 2
    assert len(client.get("/api/events?limit=500&offset=100000000").get_json()["events"]) == 0
