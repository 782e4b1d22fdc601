"""Hostile texts come out of the server as they went in: escaped in pages, exact in JSON and exports."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store, schema
from tests.hostile import RUN, TEXTS, hostile_database
from webapp import create_app

pytestmark = pytest.mark.usefixtures("hostile_app")


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    app = create_app({"DATABASE": hostile_database(folder), "TESTING": True})
    yield app
    app.extensions["atlas"].store.close()


@pytest.fixture
def client(hostile_app: Flask) -> FlaskClient:
    return hostile_app.test_client()


class Elements(HTMLParser):
    """Collect what a browser would make of a page: its tags, its handlers, its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.handlers.append(name)
            if name in {"href", "src", "action"}:
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(page: str) -> Elements:
    elements = Elements()
    elements.feed(page)
    return elements


def test_the_corpus_is_large_enough() -> None:
    assert len(set(TEXTS)) == len(TEXTS) >= 60


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_the_event_page_shows_every_text_as_it_is(client: FlaskClient, number: int, language: str) -> None:
    text = TEXTS[number]
    answer = client.get(f"/events/x{number:03}?lang={language}")
    assert answer.status_code == 200
    found = parsed(answer.text)
    shown = [word.strip() for word in found.words]
    # title, summary, place, party, publisher, report, note, claim: each as it was written
    assert shown.count(text.strip()) >= 6
    assert not found.handlers
    assert not {"iframe", "object", "base", "form", "style", "img"} & set(found.tags)
    assert not [link for link in found.links if not link.startswith(("/", "https://example.org/", "?", "#"))]
    assert not [link for link in found.links if link.startswith(("//", "/\\"))]


def test_the_plain_table_shows_every_text_as_it_is(client: FlaskClient) -> None:
    pages = [client.get(f"/events?lang=en&page={number}").text for number in range(1, 4)]
    shown = {word.strip() for page in pages for word in parsed(page).words}
    assert {text.strip() for text in TEXTS} <= shown
    assert not any(parsed(page).handlers for page in pages)


@pytest.mark.parametrize("path", ["/", "/events"])
@pytest.mark.parametrize("text", [text for text in TEXTS if len(text) <= 200])
def test_a_hostile_search_is_said_back_as_it_is(client: FlaskClient, path: str, text: str) -> None:
    answer = client.get(path, query_string={"q": text, "lang": "en"})
    if re.search("[\x00-\x1f]", text):
        assert answer.status_code == 400
        return
    assert answer.status_code == 200
    found = parsed(answer.text)
    assert any(text.strip() in word for word in found.words)
    assert not found.handlers
    assert f">{RUN}<" not in answer.text


def test_the_page_configuration_stays_inside_its_element(client: FlaskClient) -> None:
    page = client.get("/?lang=en").text
    block = re.search(
        r'<script type="application/json" id="atlas-config"[^>]*>(.*?)</script>', page, re.DOTALL
    )
    assert block
    config = json.loads(block[1])
    assert {faction["name"] for faction in config["factions"].values()} == set(TEXTS)
    assert "<" not in block[1]


def test_no_data_enters_the_frame_that_folium_draws(client: FlaskClient) -> None:
    page = client.get("/?lang=en").text
    block = re.search(r'id="atlas-config".*?</script>', page, re.DOTALL)
    assert block
    frame = page.replace(block[0], "")
    for text in TEXTS:
        if len(text) > 12:
            assert text not in html.unescape(frame)


def test_json_and_export_keep_every_text_exactly(client: FlaskClient) -> None:
    rows = [
        row
        for offset in (0, 50)
        for row in client.get(f"/api/events?offset={offset}&lang=en").get_json()["events"]
    ]
    assert {row["summary"] for row in rows} == set(TEXTS)
    assert {row["place"] for row in rows} == set(TEXTS)
    answer = client.get("/export/events.geojson")
    features = json.loads(answer.text)["features"]
    answer.close()
    assert {feature["properties"]["summary_en"] for feature in features} == set(TEXTS)
    assert {feature["properties"]["sources"][0]["publisher"] for feature in features} == set(TEXTS)
    assert answer.mimetype == "application/geo+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_map_of_control_keeps_every_text_exactly(client: FlaskClient) -> None:
    whole = client.get("/api/control?lang=en").get_json()
    assert {holder["name"] for holder in whole["holders"]} == set(TEXTS)
    for number, text in enumerate(TEXTS):
        lat, lon = 33.0 + 0.5 * (number // 10), 36.0 + 0.5 * (number % 10)
        found = client.get(f"/api/control/at?lat={lat}&lon={lon}&on=2018-03-01&lang=en").get_json()
        assert (found["place"]["name"], found["holder"]["name"]) == (text, text)
        (statement,) = found["statements"]
        assert (statement["place_as_reported"], statement["note"]) == (text, text)
        assert statement["faction"]["name"] == statement["report"]["publisher"] == text
        assert text in found["rule"]
    changes = client.get("/api/control/changes?from=2017-12-01&to=2018-03-01&lang=en").get_json()
    assert {change["place"]["name"] for change in changes["changes"]} == set(TEXTS)


def test_names_of_drawn_areas_are_kept_exactly(tmp_path: Path) -> None:
    store = Store(hostile_database(tmp_path))
    later = schema.statements.update().where(schema.statements.c.place_id.is_not(None))
    with store.write("the places' own statements come later") as connection:
        connection.execute(later.values(date_start=date(2018, 6, 1), date_end=date(2018, 6, 1)))
    store.close()
    app = create_app({"DATABASE": str(store.engine.url), "TESTING": True})
    for number, text in enumerate(TEXTS):
        lat, lon = 33.0 + 0.5 * (number // 10), 36.0 + 0.5 * (number % 10)
        url = f"/api/control/at?lat={lat}&lon={lon}&on=2018-05-01&lang=en"
        found = app.test_client().get(url).get_json()
        assert (found["rule_id"], found["statements"][0]["area"]) == ("area-held", text)
        assert f"“{text}”" in found["rule"]
    app.extensions["atlas"].store.close()


@pytest.mark.parametrize("name", ["control", "fronts"])
def test_exports_of_control_name_no_file_by_a_text(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/export/{name}.geojson?on=2018-03-01&level=faction&dissolve=true")
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{name}_on-2018-03-01_level-faction_dissolved.geojson"'
    )
    assert json.loads(answer.text)["type"] == "FeatureCollection"
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("application/geo+json", "nosniff")
    answer.close()
