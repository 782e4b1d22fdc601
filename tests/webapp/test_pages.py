"""Pages answer in both languages under a strict policy, and refuse what they do not know."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app


@pytest.mark.parametrize("path", ["/", "/events", "/events/e1"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_pages_speak_both_languages(client: FlaskClient, path: str, language: str, direction: str) -> None:
    answer = client.get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{direction}"' in answer.text


@pytest.mark.parametrize("path", ["/", "/events", "/events/e1", "/nothing"])
def test_pages_carry_a_strict_policy(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", policy))
    scripts = re.findall(r"<script\b([^>]*)>", answer.text)
    assert scripts
    for attributes in scripts:
        assert f'nonce="{nonce}"' in attributes or 'type="application/json"' in attributes
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", answer.text)
    assert client.get(path).headers["Content-Security-Policy"] != policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_pages_name_no_other_host(client: FlaskClient) -> None:
    found = set(re.findall(r"https?://([a-z0-9.-]+)", client.get("/").text))
    assert found <= {
        "tile.openstreetmap.org",
        "server.arcgisonline.com",
        "www.openstreetmap.org",
        "www.esri.com",
    } | {"www.w3.org"}


def test_without_online_layers_no_host_is_named(app: Flask) -> None:
    offline = create_app({"DATABASE": app.config["DATABASE"], "ONLINE_LAYERS": False})
    answer = offline.test_client().get("/")
    assert "openstreetmap" not in answer.text + answer.headers["Content-Security-Policy"]
    offline.extensions["atlas"].store.close()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("bogus=1", "bogus"), ("from=x", "from"), ("faction=nobody", "faction"), ("lang=xx", "lang")],
)
def test_a_bad_address_is_said_plainly(client: FlaskClient, query: str, parameter: str) -> None:
    for path in ("/", "/events"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert parameter in answer.text


def test_the_view_is_part_of_the_address(client: FlaskClient) -> None:
    assert (
        client.get("/?z=10&lat=35.5&lon=36.8&colour=type&view=table&event=e1&base=osm&lang=en").status_code
        == 200
    )


def test_the_plain_table_pages_and_filters(client: FlaskClient) -> None:
    assert "Clash at Alpha." in client.get("/events?lang=en&faction=reds").text
    assert "Strikes near Beta." not in client.get("/events?lang=en&faction=reds").text
    assert client.get("/events?page=0").status_code == 400
    assert client.get("/events?page=x").status_code == 400
    assert "Clash at Alpha." not in client.get("/events?lang=en&page=2").text


def test_the_base_map_is_served_from_here(client: FlaskClient) -> None:
    answer = client.get("/basemap/countries.geojson")
    assert (answer.status_code, answer.mimetype) == (200, "application/geo+json")
    answer.close()
    assert client.get("/basemap/../loader.py").status_code == 404
    assert client.get("/basemap/%2e%2e/places.csv").status_code == 404


def test_a_host_that_is_not_trusted_is_refused(app: Flask) -> None:
    strict = create_app({"DATABASE": app.config["DATABASE"], "TRUSTED_HOSTS": "atlas.example"})
    client = strict.test_client()
    assert client.get("/healthz", headers={"Host": "atlas.example"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400
    strict.extensions["atlas"].store.close()
