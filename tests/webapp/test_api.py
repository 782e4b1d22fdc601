"""The JSON that the page reads: one grammar, counts that agree, both languages, bad input named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyproj import Geod

from geodata.store import Store, prepare
from tests.geodata.sample import change, write_sample
from webapp import create_app
from webapp.views.exports import in_pieces

ENDPOINTS = ("/api/map", "/api/timeline", "/api/facets", "/api/events", "/export/events.geojson")


def get(client: FlaskClient, url: str) -> dict[str, Any]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    document = json.loads(answer.text, parse_constant=pytest.fail)
    answer.close()  # as a server does when all is sent
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=2018-02-30", "from"),
        ("to=yesterday", "to"),
        ("from=2018-02-02&to=2018-02-01", "to"),
        ("min_deaths=nan", "min_deaths"),
        ("min_deaths=1_0", "min_deaths"),
        ("min_deaths=%205%20", "min_deaths"),
        ("bbox=1,2,3,inf", "bbox"),
        ("faction=nobody", "faction"),
        ("place=nowhere", "place"),
        ("source=noone", "source"),
        ("type=Battles", "type"),
        ("q=%00", "q"),
        ("lang=xx", "lang"),
        ("bogus=1", "bogus"),
        ("from=2018-02-01&from=2018-02-02", "from"),
        ("faction=" + "9" * 5000, "faction"),
    ],
)
def test_bad_values_are_400_and_name_the_parameter(
    client: FlaskClient, endpoint: str, query: str, parameter: str
) -> None:
    answer = client.get(f"{endpoint}?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["parameter"] == parameter
    assert len(answer.text) < 2000


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("zoom=99", "zoom"), ("zoom=1.5", "zoom"), ("viewport=a", "viewport"), ("colour=pink", "colour")],
)
def test_bad_views_are_400(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/map?{query}")
    assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, parameter)


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "offset=-1", "sort=name", "limit=" + "9" * 5000])
def test_bad_pages_are_400(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/events?{query}")
    assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, query.partition("=")[0])


def test_the_map_gives_symbols_rings_and_counts(client: FlaskClient) -> None:
    answer = get(client, "/api/map?zoom=12&viewport=36,35,38,36&lang=en")
    assert (answer["total"], answer["with_point"], answer["without_point"]) == (3, 2, 1)
    assert answer["deaths"] == {"low": 3, "best": 3, "high": 5}
    assert answer["sentence"] == "3 events"
    items = sorted(answer["items"], key=lambda item: item["id"])
    assert [item["kind"] for item in items] == ["event", "event"]
    assert items[0] == {
        "kind": "event",
        "id": "e1",
        "lat": 35.5,
        "lon": 36.8,
        "type": "battles",
        "sub_type": "armed-clash",
        "shape": "circle",
        "faction": "reds",
        "part": "reds",
        "location_precision": 1,
        "uncertainty_m": 1000.0,
        "deaths": 3,
        "status": "reported",
        "title": "Armed clash, Alpha",
        "date": "1 Feb 2018",
        "place": "Alpha",
    }
    ring = {
        "lat": 35.25,
        "lon": 37.25,
        "radius_m": 25000.0,
        "location_precision": 2,
        "count": 1,
        "label": "Beta",
    }
    assert answer["rings"] == [ring]


def test_clusters_are_divided_by_the_active_colouring(client: FlaskClient) -> None:
    (item,) = get(client, "/api/map?zoom=1&colour=type")["items"]
    assert item["kind"] == "cluster"
    assert item["count"] == 2
    assert item["parts"] == [["battles", 1], ["explosions-remote-violence", 1]]
    assert item["bounds"] == [36.8, 35.25, 37.25, 35.5]


def test_the_counts_agree_everywhere(client: FlaskClient) -> None:
    for query in ("", "faction=room", "from=2018-02-10", "type=battles&q=alpha"):
        total = get(client, f"/api/map?{query}")["total"]
        assert get(client, f"/api/events?{query}")["total"] == total
        assert get(client, f"/export/events.geojson?{query}")["number_matched"] == total
        assert len(get(client, f"/export/events.geojson?{query}")["features"]) == total
        types = get(client, f"/api/facets?{query}")["types"]
        if "type=" not in query:
            assert sum(item["count"] for item in types) == total


def test_the_timeline_ignores_the_days(client: FlaskClient) -> None:
    answer = get(client, "/api/timeline?from=2018-02-20")
    assert (answer["start"], answer["end"], answer["total"]) == ("2018-02-01", "2018-02-25", 3)
    assert len(answer["counts"]) == 25


def test_an_event_shows_claims_and_sources_side_by_side(client: FlaskClient) -> None:
    answer = get(client, "/api/events/e1?lang=en")
    assert answer["admin"] == ["Idlib", "Syria"]
    assert answer["deaths"] == {"low": 3, "best": 3, "high": 5}
    assert answer["wounded"] is None
    claims = [(claim["report"]["publisher"], claim["best"], claim["high"]) for claim in answer["claims"]]
    assert claims == [("Herald", 3, None), ("Mirror", None, 5)]
    assert [report["alignment_label"] for report in answer["reports"]] == ["News agency", "Opposition"]


def test_an_event_says_what_its_place_may_be_mistaken_for(client: FlaskClient, tmp_path: Path) -> None:
    assert get(client, "/api/events/e1?lang=en")["alternatives"] == []
    folder = write_sample(tmp_path / "namesakes")
    change(folder, "places", 6, variants="Alpha")
    store = Store(f"sqlite:///{tmp_path / 'namesakes.sqlite'}")
    prepare(store, folder, countries=())
    app = create_app({"DATABASE": store.url, "TESTING": True})
    (other,) = get(app.test_client(), "/api/events/e1?lang=en")["alternatives"]
    assert (other["name"], other["admin"]) == ("Beta", ["Hama", "Syria"])
    true_m = Geod(ellps="WGS84").inv(36.8, 35.5, 37.25, 35.25)[2]
    assert other["distance_m"] == pytest.approx(true_m, rel=0.006)
    assert "49 km" in app.test_client().get("/events/e1?lang=en").text
    assert get(app.test_client(), "/api/events/e3?lang=en")["alternatives"] == []
    app.extensions["atlas"].store.close()
    store.close()


def test_arabic(client: FlaskClient) -> None:
    answer = get(client, "/api/events/e1?lang=ar")
    assert answer["place"] == "ألفا"
    assert answer["summary"] == "اشتباك في ألفا."
    assert answer["date"] == "1 شباط 2018"
    by_header = client.get("/api/events/e1", headers={"Accept-Language": "ar-SY,ar;q=0.9"}).get_json()
    assert by_header == answer


@pytest.mark.parametrize("path", ["/api/events/nobody", "/events/nobody", "/api/nothing", "/nothing"])
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == ("application/json" if path.startswith("/api") else "text/html")


def test_places_are_labelled_by_zoom(client: FlaskClient) -> None:
    assert get(client, "/api/places?zoom=8&viewport=36,35,38,36")["places"] == []
    names = [place["name"] for place in get(client, "/api/places?zoom=12&viewport=36,35,38,36")["places"]]
    assert names == ["Alpha", "Beta"]


def test_the_geocoder_answers(client: FlaskClient) -> None:
    (result,) = get(client, "/api/geocode?q=الألفا&lang=en")["results"]
    assert (result["id"], result["lat"], result["lon"]) == ("c1", 35.5, 36.8)
    assert get(client, "/api/geocode?q=nowhere")["results"] == []
    assert client.get("/api/geocode").get_json()["error"]["parameter"] == "q"
    assert client.get("/api/geocode?q=a&from=2018-01-01").get_json()["error"]["parameter"] == "q"


def test_the_geocoder_takes_what_holds_a_place_and_what_is_near(client: FlaskClient) -> None:
    (result,) = get(client, "/api/geocode?q=alpha&admin=SY07&near=35.5,36.8;35.2,37.2&lang=en")["results"]
    assert (result["governorate"], result["pcode"], result["ambiguous"]) == ("Idlib", None, False)
    assert get(client, "/api/geocode?q=alpha&admin=Hama")["results"] == []
    assert get(client, "/api/geocode?q=alpha")["results"][0]["alternatives"] == []


def test_names_are_completed_as_one_types(client: FlaskClient) -> None:
    (result,) = get(client, "/api/geocode?q=alp&complete=1&lang=ar")["results"]
    assert (result["id"], result["name"], result["governorate"]) == ("c1", "ألفا", "إدلب")
    assert (result["method"], result["matched"], result["ambiguous"]) == ("prefix", "Alpha", False)
    assert get(client, "/api/geocode?q=ألف&complete=1")["results"][0]["id"] == "c1"
    assert get(client, "/api/geocode?q=los&complete=1")["results"] == []  # it has no point
    assert [one["id"] for one in get(client, "/api/geocode?q=Beta&complete=1")["results"]] == ["c2"]
    assert get(client, "/api/geocode?q=Bheta&complete=1")["results"][0]["method"] == "sound"


def test_reverse(client: FlaskClient) -> None:
    answer = get(client, "/api/reverse?lat=35.5&lon=36.81&lang=en")
    (result,) = answer["results"]
    assert (result["id"], result["distance_m"], result["admin"]) == ("c1", 905, ["Idlib", "Syria"])
    assert [each["id"] for each in get(client, "/api/reverse?lat=35.5&lon=36.81&limit=9")["results"]] == [
        "c1",
        "c2",
    ]
    assert get(client, "/api/reverse?lat=35&lon=40&max_km=5")["results"] == []


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        ("reverse", "lat"),
        ("reverse?lat=35.5", "lon"),
        ("reverse?lat=nan&lon=36", "lat"),
        ("reverse?lat=1e1&lon=36", "lat"),
        ("reverse?lat=٣٥&lon=36", "lat"),
        ("reverse?lat=%2035&lon=36", "lat"),
        ("reverse?lat=35&lon=180.5", "lon"),
        ("reverse?lat=35&lon=36&lon=37", "lon"),
        ("reverse?lat=35&lon=" + "9" * 5000, "lon"),
        ("reverse?lat=35&lon=36&q=x", "q"),
        ("reverse?lat=35&lon=36&limit=0", "limit"),
        ("reverse?lat=35&lon=36&max_km=1.5", "max_km"),
        ("reverse?lat=35&lon=36&bogus=1", "bogus"),
        ("geocode?q=alpha&near=35", "near"),
        ("geocode?q=alpha&near=35,36,37", "near"),
        ("geocode?q=alpha&near=35,inf", "near"),
        ("geocode?q=alpha&near=" + "1,1;" * 51, "near"),
        ("geocode?q=alpha&admin=Mars", "admin"),
        ("geocode?q=alpha&admin=" + "x" * 500, "admin"),
        ("geocode?q=alpha&admin=%00", "admin"),
        ("geocode?q=alpha&complete=yes", "complete"),
        ("geocode?q=alpha&limit=51", "limit"),
    ],
)
def test_bad_values_of_the_geocoder_are_400(client: FlaskClient, url: str, parameter: str) -> None:
    answer = client.get(f"/api/{url}")
    assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, parameter)
    assert len(answer.text) < 2000


def test_an_export_says_its_filter_in_its_name(client: FlaskClient) -> None:
    answer = client.get("/export/events.geojson?faction=reds&from=2018-02-01&q=a b/../c")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="events_from-2018-02-01_faction-reds_text.geojson"'
    )
    assert answer.mimetype == "application/geo+json"


def test_an_export_is_sent_in_pieces() -> None:
    assert list(in_pieces([], 4)) == [b""]
    assert list(in_pieces(["a", "ب", "c", "defgh", "i"], 4)) == [b"a\xd8\xa8c", b"defgh", b"i"]


def test_a_further_export_waits(client: FlaskClient) -> None:
    held = [client.get("/export/events.geojson", buffered=False) for _ in range(2)]
    busy = client.get("/export/events.geojson")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    for answer in held:
        answer.close()
    assert client.get("/export/events.geojson").status_code == 200


def test_an_unknown_format_is_404(client: FlaskClient) -> None:
    assert client.get("/export/events.exe").status_code == 404


def test_healthz(client: FlaskClient) -> None:
    assert get(client, "/healthz") == {"status": "ok", "revision": 1}
