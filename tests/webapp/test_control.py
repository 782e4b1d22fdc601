"""The map of control as JSON: made once a revision, packed, checked; each place's why in both languages."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from shapely.geometry import Point, shape

from geodata.control.alliance import LEVELS
from geodata.control.rules import RULE_WORDS
from geodata.model import codebook
from geodata.store import schema
from tests.geodata.control_sample import control_store
from webapp import create_app
from webapp.atlas import Atlas
from webapp.control_words import RULE_SENTENCES

ALPHA, GAMMA, DELTA = "lat=35.5&lon=36.8", "lat=35.53&lon=36.86", "lat=35.47&lon=36.86"
PATHS = ("/api/control", f"/api/control/at?{ALPHA}", "/api/control/changes")
EXPORTS = ("/export/control.geojson", "/export/fronts.geojson")


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application for the tests that only ask."""
    store = control_store(tmp_path_factory.mktemp("control"))
    app = create_app({"DATABASE": str(store.engine.url), "TESTING": True, "EXPORTS_AT_ONCE": 2})
    store.close()
    yield app
    app.extensions["atlas"].store.close()


@pytest.fixture
def client(shared_app: Flask) -> FlaskClient:
    return shared_app.test_client()


def get(client: FlaskClient, url: str) -> dict[str, Any]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    document = json.loads(answer.text, parse_constant=pytest.fail)
    answer.close()
    assert isinstance(document, dict)
    return document


def at(client: FlaskClient, point: str, day: str, **more: str) -> dict[str, Any]:
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return get(
        client,
        f"/api/control/at?{point}&on={day}&lang=en{extra}"
        if "lang" not in more
        else f"/api/control/at?{point}&on={day}{extra}",
    )


# --- the whole, once ---


@pytest.mark.parametrize("level", LEVELS)
def test_the_payload_is_whole(client: FlaskClient, level: str) -> None:
    found = get(client, f"/api/control?level={level}&lang=en")
    assert found["level"] == level
    assert [one["id"] for one in found["levels"]] == list(LEVELS)
    assert found["start"] <= "2018-01-20"
    assert found["end"] > "2018-02-12"
    assert found["statements"] == 8
    assert found["not_drawn"] >= 1  # Lost has no point
    regions = len(found["regions"])
    assert regions == len(found["histories"]) >= 3
    assert len(found["arcs"]) == len(found["arc_regions"])
    assert all(-1 <= one < regions for pair in found["arc_regions"] for one in pair)
    arcs = len(found["arcs"])
    assert all(-arcs <= ref < arcs for region in found["regions"] for ring in region for ref in ring)
    for history in found["histories"]:
        assert history[0] == 0
        assert len(history) % 3 == 0
        assert history[::3] == sorted(set(history[::3]))
        assert set(history[1::3]) <= set(range(-1, len(found["holders"])))
        assert set(history[2::3]) <= set(range(5))
    for holder in found["holders"]:
        assert holder.keys() == {"id", "name", "colour"}


def test_holders_are_named_at_their_level_and_in_the_readers_language(client: FlaskClient) -> None:
    sides = get(client, "/api/control?level=side&lang=en")["holders"]
    assert {"id": "east", "name": "East", "colour": "#aa0000"} in sides
    arabic = get(client, "/api/control?level=side&lang=ar")["holders"]
    assert {"id": "east", "name": "الشرق", "colour": "#aa0000"} in arabic
    parties = get(client, "/api/control?level=faction&lang=en")["holders"]
    assert {"id": "reds", "name": "Reds", "colour": "#aa0000"} in parties


def test_it_is_packed_for_those_who_take_it_so_and_the_same_for_the_others(client: FlaskClient) -> None:
    plain = client.get("/api/control?lang=en")
    packed = client.get("/api/control?lang=en", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = client.get("/api/control?lang=en", headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data == refused.data
    assert {"Accept-Encoding", "Accept-Language"} <= set(plain.vary)
    assert plain.headers["Cache-Control"] == "no-cache"
    assert len(packed.data) == int(packed.headers["Content-Length"])


def test_the_same_bytes_from_another_application(client: FlaskClient, shared_app: Flask) -> None:
    other = create_app({"DATABASE": shared_app.config["DATABASE"]})
    url, taken = "/api/control?level=room&lang=ar", {"Accept-Encoding": "gzip"}
    one, two = client.get(url, headers=taken), other.test_client().get(url, headers=taken)
    assert one.data == two.data
    assert one.headers["ETag"] == two.headers["ETag"]
    other.extensions["atlas"].store.close()


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/control?lang=en")
    tag = first.headers["ETag"]
    again = client.get("/api/control?lang=en", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    for other in ("/api/control?lang=ar", "/api/control?lang=en&level=faction"):
        assert client.get(other, headers={"If-None-Match": tag}).status_code == 200


def test_a_new_revision_is_a_new_answer(tmp_path: Path) -> None:
    store = control_store(tmp_path)
    app = create_app({"DATABASE": str(store.engine.url)})
    client = app.test_client()
    before = client.get("/api/control?lang=en")
    atlas: Atlas = app.extensions["atlas"]
    kept = atlas.control("side")
    assert atlas.control("side") is kept
    atlas.control("room")
    with store.write("a statement less") as connection:
        connection.execute(schema.statements.delete().where(schema.statements.c.statement_id == "t-3"))
    after = client.get("/api/control?lang=en", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.get_json()["revision"] == before.get_json()["revision"] + 1
    assert after.get_json()["statements"] == 7
    assert atlas.control("side") is not kept
    store.close()
    atlas.store.close()


def test_many_readers_at_once_get_one_timeline_a_level(tmp_path: Path) -> None:
    store = control_store(tmp_path)
    app = create_app({"DATABASE": str(store.engine.url)})
    store.close()
    atlas: Atlas = app.extensions["atlas"]
    found: dict[str, set[int]] = {level: set() for level in LEVELS}
    bodies: dict[str, set[bytes]] = {level: set() for level in LEVELS}

    def ask(number: int) -> None:
        level = LEVELS[number % len(LEVELS)]
        bodies[level].add(app.test_client().get(f"/api/control?level={level}&lang=en").data)
        found[level].add(id(atlas.control(level)))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {level: len(ids) for level, ids in found.items()} == dict.fromkeys(LEVELS, 1)
    assert {level: len(ids) for level, ids in bodies.items()} == dict.fromkeys(LEVELS, 1)
    atlas.store.close()


def test_many_readers_of_many_days_at_once(shared_app: Flask) -> None:
    wanted = {day: at(shared_app.test_client(), GAMMA, f"2018-02-{day:02}") for day in range(1, 25)}
    wrong: list[int] = []

    def ask(number: int) -> None:
        client = shared_app.test_client()
        for turn in range(24):
            day = 1 + (number * 7 + turn) % 24
            answer = client.get(f"/api/control/at?{GAMMA}&on=2018-02-{day:02}&lang=en")
            if answer.status_code != 200 or answer.get_json() != wanted[day]:
                wrong.append(day)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


# --- one place and its why ---


def test_a_place_says_who_since_when_and_why(client: FlaskClient) -> None:
    found = at(client, GAMMA, "2018-02-05")
    assert found["on"] == "2018-02-05"
    assert found["place"]["id"] == "c3"
    assert (found["place"]["name"], found["place"]["name_other"]) == ("Gamma", "غاما")
    assert found["place"]["admin"] == ["Idlib", "Syria"]
    assert shape(found["cell"]).contains(Point(36.86, 35.53))
    assert (found["state"], found["holder"]["id"], found["basis"]) == ("held", "east", "stated")
    assert found["since"] == "2018-01-20"
    assert found["last_confirmed"] == "2018-02-04"
    assert 0 < found["certainty"] < 1
    statement = next(one for one in found["statements"] if one["id"] == "t-2")
    assert statement["decisive"]
    assert statement["faction"] == {"id": "reds", "name": "Reds"}
    assert statement["date"] == "4 Feb 2018"
    assert statement["report"]["url"] == "https://example.org/g-1"
    assert {one["id"] for one in found["statements"]} == {"t-1", "t-2"}
    assert found["rule"] == "Reported held by East, last on 4 Feb 2018, according to Herald and 1 other."


def test_the_why_is_said_in_arabic(client: FlaskClient) -> None:
    found = at(client, GAMMA, "2018-02-05", lang="ar")
    assert found["holder"]["name"] == "الشرق"
    assert "الشرق" in found["rule"]
    assert "4 شباط 2018" in found["rule"]
    assert found["basis_label"] == "تقارير عن هذا المكان"


def test_a_single_weak_word_contests_and_does_not_flip(client: FlaskClient) -> None:
    found = at(client, DELTA, "2018-02-06")
    assert (found["state"], found["style"]) == ("contested", 4)
    assert {one["id"] for one in found["parties"]} == {"east", "west"}
    assert found["rule"].startswith("Contested: East, West. A single or weak claim (6 Feb 2018)")


def test_an_area_statement_is_named(client: FlaskClient) -> None:
    found = at(client, ALPHA, "2018-02-11")
    assert (found["holder"]["id"], found["basis"]) == ("east", "area")
    assert "The middle" in found["rule"]
    statement = next(one for one in found["statements"] if one["id"] == "s-3")
    assert (statement["area"], statement["decisive"]) == ("The middle", True)
    assert (statement["from"], statement["to"]) == (None, {"id": "reds", "name": "Reds"})


def test_what_nothing_is_said_of_is_inferred_or_unknown(client: FlaskClient) -> None:
    silent = "lat=35.52&lon=36.77"
    found = at(client, silent, "2018-02-05")
    assert (found["basis"], found["style"]) == ("inferred", 3)
    assert "Nothing is reported of this place" in found["rule"]
    assert "Alpha" in found["rule"]
    for day in ("0001-01-01", "1990-01-01"):
        nothing = at(client, silent, day)
        assert (nothing["state"], nothing["holder"], nothing["certainty"]) == ("unknown", None, 0)
    assert at(client, silent, "9999-12-31")["on"] == "9999-12-31"


def test_outside_the_area_is_404_with_a_message(client: FlaskClient) -> None:
    for point in ("lat=0&lon=0", "lat=-90&lon=-180", "lat=90&lon=180", "lat=35.5&lon=38"):
        answer = client.get(f"/api/control/at?{point}&lang=en")
        assert answer.status_code == 404
        assert "outside the area" in answer.get_json()["error"]["message"]
    assert "خارج المنطقة" in client.get("/api/control/at?lat=0&lon=0&lang=ar").get_json()["error"]["message"]


def test_places_on_both_sides_of_the_antimeridian_are_neighbours(tmp_path: Path) -> None:
    store = control_store(tmp_path)
    with store.write("far east and far west") as connection:
        for name, lon in (("c1", 179.97), ("c3", -179.99), ("c4", -179.99), ("c5", 179.95)):
            moved = schema.places.update().where(schema.places.c.place_id == name)
            connection.execute(moved.values(lon=lon))
    app = create_app({"DATABASE": str(store.engine.url)})
    store.close()
    client = app.test_client()
    for point, name in (("lat=35.5&lon=179.97", "Alpha"), ("lat=35.53&lon=-179.99", "Gamma")):
        found = at(client, point, "2018-02-05")
        assert found["place"]["name"] == name
        west, south, east, north = shape(found["cell"]).bounds
        assert -180 <= west < east <= 180
        assert 35 < south < north < 36
    assert get(client, "/export/fronts.geojson?on=2018-02-05")["features"]
    app.extensions["atlas"].store.close()


# --- what changed ---


def test_changes_are_listed_and_add_up(client: FlaskClient) -> None:
    found = get(client, "/api/control/changes?from=2018-02-05&to=2018-02-12&lang=en")
    assert (found["from"], found["to"]) == ("2018-02-05", "2018-02-12")
    assert found["count"] == len(found["changes"]) == sum(one["count"] for one in found["summary"])
    alpha = next(one for one in found["changes"] if one["place"]["id"] == "c1")
    assert (alpha["from"]["holder"]["id"], alpha["to"]["holder"]["id"]) == ("west", "east")
    assert alpha["day"] == "2018-02-10"
    assert alpha["sources"] == 1
    assert found["summary"][0]["to"]["name"]


def test_nothing_changes_in_a_day_nor_outside_the_data(client: FlaskClient) -> None:
    for days in ("from=2018-02-05&to=2018-02-05", "from=1990-01-01&to=1990-02-01", "from=9990-01-01"):
        found = get(client, f"/api/control/changes?{days}")
        assert (found["count"], found["changes"], found["summary"]) == (0, [], [])


# --- parameters ---


@pytest.mark.parametrize("path", [*PATHS, *EXPORTS])
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        *(("level=party", "level"), ("level=", None), ("level=side&level=room", "level")),
        *(("bogus=1", "bogus"), ("faction=reds", "faction"), ("q=x", "q"), ("lang=xx", "lang")),
        *(("level=%ED%A0%80", "level"), ("LEVEL=side", "LEVEL"), ("%ff=1", "\N{REPLACEMENT CHARACTER}")),
        ("a" * 60_000 + "=1", "a" * 59 + "…"),
    ],
)
def test_bad_parameters_are_400_and_named(
    client: FlaskClient, path: str, query: str, parameter: str | None
) -> None:
    with client.get(f"{path}{'&' if '?' in path else '?'}{query}") as answer:
        if parameter is None:
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, parameter)
            assert len(answer.data) < 1000


@pytest.mark.parametrize(
    "day", ["2018-02-30", "nan", "1e999", "%00", "2018-2-1", "9" * 5000, "0000-01-01", "today"]
)
@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        (f"/api/control/at?{ALPHA}", "on"),
        ("/api/control/changes?", "from"),
        ("/api/control/changes?", "to"),
        *((f"{path}?", name) for path in EXPORTS for name in ("on", "from", "to")),
    ],
)
def test_bad_days_are_400_and_named(client: FlaskClient, path: str, parameter: str, day: str) -> None:
    answer = client.get(f"{path}&{parameter}={day}")
    assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, parameter)


@pytest.mark.parametrize(
    "value", ["", "nan", "inf", "1e3", "91", "-91", "٣٥.٥", " 35", "9" * 5000, "35,5", "%00"]
)
def test_bad_points_are_400_and_named(client: FlaskClient, value: str) -> None:
    answer = client.get(f"/api/control/at?lat={value}&lon=36.8")
    assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, "lat")


@pytest.mark.parametrize("path", ["/api/control/changes", *EXPORTS])
def test_days_in_the_wrong_order_are_400(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?from=2018-02-02&to=2018-02-01")
    assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, "to")


def test_arabic_digits_are_days(client: FlaskClient) -> None:
    assert at(client, GAMMA, "٢٠١٨-٠٢-٠٥")["on"] == "2018-02-05"


def test_without_a_day_it_is_the_last_one(client: FlaskClient) -> None:
    assert get(client, f"/api/control/at?{ALPHA}")["on"] == "2018-02-12"
    found = get(client, "/api/control/changes")
    assert (found["from"], found["to"]) == ("2018-01-20", "2018-02-12")


# --- exports ---


@pytest.mark.parametrize("path", EXPORTS)
def test_an_export_takes_a_place_at_the_turnstile_and_gives_it_back(
    shared_app: Flask, client: FlaskClient, path: str
) -> None:
    turnstile = shared_app.extensions["atlas"].exports
    first, second = client.get(path, buffered=False), client.get(path, buffered=False)
    assert turnstile.free == 0
    refused = client.get(path)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    first.close()
    second.close()
    assert turnstile.free == 2


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("on=2018-02-05", "on-2018-02-05_level-side"),
        ("", "on-2018-02-12_level-side"),
        ("on=1990-01-01&level=room", "on-1990-01-01_level-room"),
        ("from=2018-02-01&to=2018-02-09&dissolve=true", "from-2018-02-01_to-2018-02-09_level-side_dissolved"),
        ("to=2018-02-09&dissolve=false", "from-2018-01-20_to-2018-02-09_level-side"),
        ("from=9000-01-01", "from-9000-01-01_to-9000-01-01_level-side"),
        ("to=0001-01-01", "from-0001-01-01_to-0001-01-01_level-side"),
    ],
)
def test_the_file_name_says_what_was_asked_for(client: FlaskClient, query: str, name: str) -> None:
    with client.get(f"/export/fronts.geojson?{query}") as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == f'attachment; filename="fronts_{name}.geojson"'


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("on=2018-02-01&from=2018-02-01", "on"),
        ("on=2018-02-01&to=2018-02-01", "on"),
        ("dissolve=yes", "dissolve"),
    ],
)
def test_bad_exports_are_400_and_named(client: FlaskClient, query: str, parameter: str) -> None:
    for path in EXPORTS:
        answer = client.get(f"{path}?{query}")
        assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, parameter)


# --- the page ---


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("control=all", "control"),
        ("level=nobody", "level"),
        ("compare=days", "compare"),
        ("level=a&level=b", "level"),
    ],
)
def test_the_pages_own_parameters_are_checked(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 400
    assert parameter in answer.text
    # and they are no filters of events
    for path in ("/api/map", "/api/events", "/events", "/export/events.geojson"):
        assert client.get(f"{path}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["", "control=front&level=room&compare=swipe", "control=off", "control=&level="]
)
def test_the_page_knows_where_to_ask(client: FlaskClient, query: str) -> None:
    page = client.get(f"/?{query}&lang=en").text
    config = json.loads(page.partition('id="atlas-config"')[2].partition(">")[2].partition("</script>")[0])
    assert config["urls"]["control"] == "/api/control"
    assert config["urls"]["control_at"] == "/api/control/at"
    assert config["urls"]["control_changes"] == "/api/control/changes"
    assert config["urls"]["export_control"] == "/export/control.geojson"
    assert config["urls"]["export_fronts"] == "/export/fronts.geojson"
    assert config["urls"]["drawn"] == "/api/control/drawn"
    assert config["control"]["default_level"] == "side"
    assert [one["label"] for one in config["control"]["levels"]] == [
        "By side",
        "By operations room",
        "By single party",
    ]
    assert {one["name"] for one in config["control"]["holders"]["faction"]} >= {"Reds", "Blues"}
    assert (config["control"]["date_min"], config["control"]["date_max"]) == ("2018-01-20", "2018-02-12")


def test_the_plain_pages_do_not_need_it(client: FlaskClient) -> None:
    assert client.get("/events?faction=reds").status_code == 200


def test_an_atlas_without_statements_is_answered(tmp_path: Path) -> None:
    store = control_store(tmp_path)
    with store.write("none") as connection:
        connection.execute(schema.statements.delete())
    app = create_app({"DATABASE": str(store.engine.url)})
    store.close()
    client = app.test_client()
    found = get(client, "/api/control")
    assert (found["regions"], found["histories"], found["statements"]) == ([], [], 0)
    assert get(client, "/api/control/changes")["count"] == 0
    assert client.get(f"/api/control/at?{ALPHA}").status_code == 404
    assert get(client, "/export/control.geojson")["features"] == []
    assert get(client, "/export/fronts.geojson?from=2018-01-01")["features"] == []
    assert client.get("/").status_code == 200
    app.extensions["atlas"].store.close()


# --- words ---


def test_every_rule_has_its_sentence() -> None:
    assert RULE_SENTENCES.keys() == RULE_WORDS.keys()
    assert len(codebook.STATEMENT_STATUSES) == 5
