"""Frontlines drawn by others are shown as they were drawn, from one folder, and nothing else is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from geodata.errors import BadInput
from tests.hostile import TEXTS
from tests.webapp.conftest import sample_app
from webapp import create_app

SQUARE = [[36.0, 35.0], [36.0, 36.0], [37.0, 36.0], [37.0, 35.0], [36.0, 35.0]]  # clockwise


def area(day: str, **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"date": day, **properties},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }


def write(path: Path, *features: dict[str, Any], **members: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"type": "FeatureCollection", **members, "features": list(features)}
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a layer of two days, and a file beside the folder that is nobody's business."""
    folder = tmp_path / "drawn"
    write(
        folder / "someone-2018-02-01.geojson",
        area("2018-02-01", controller="Reds"),
        source="A map by someone",
    )
    write(folder / "someone-2018-02-10.geojson", area("2018-02-10", controller="Blues"))
    write(tmp_path / "secret.geojson", area("2018-02-01", controller="secret"))
    return folder


@pytest.fixture
def client(tmp_path: Path, folder: Path) -> Iterator[FlaskClient]:
    with sample_app(tmp_path / "atlas", TESTING=True, DRAWN_FRONTS=str(folder)) as app:
        yield app.test_client()


def get(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found = json.loads(answer.text, parse_constant=pytest.fail)
    assert isinstance(found, dict)
    return found


def test_without_a_folder_there_is_no_layer(tmp_path: Path) -> None:
    with sample_app(tmp_path) as app:
        assert get(app.test_client(), "/api/control/drawn") == {"layers": []}
        assert app.test_client().get("/api/control/drawn/someone").status_code == 404


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ATLAS_DRAWN_FRONTS"):
        create_app({"DATABASE": f"sqlite:///{tmp_path / 'x.sqlite'}", "DRAWN_FRONTS": str(tmp_path / "none")})


def test_the_list_says_whose_and_when(client: FlaskClient) -> None:
    (layer,) = get(client, "/api/control/drawn")["layers"]
    assert (layer["id"], layer["source"], layer["features"]) == ("someone", "A map by someone", 2)
    assert layer["days"] == ["2018-02-01", "2018-02-10"]
    assert layer["controllers"] == ["Blues", "Reds"]


@pytest.mark.parametrize(
    ("query", "controllers"),
    [
        ("?on=2018-01-31", []),
        ("?on=2018-02-01", ["Reds"]),
        ("?on=٢٠١٨-٠٢-٠٩", ["Reds"]),
        ("?on=2018-02-10", ["Blues"]),
        ("?on=9999-12-31", ["Blues"]),
        ("", ["Blues"]),
    ],
)
def test_a_layer_shows_the_snapshot_of_the_day(
    client: FlaskClient, query: str, controllers: list[str]
) -> None:
    found = get(client, f"/api/control/drawn/someone{query}")
    assert [one["properties"]["controller"] for one in found["features"]] == controllers
    for one in found["features"]:
        ring = one["geometry"]["coordinates"][0]
        twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        assert twice_area > 0  # counter-clockwise, as RFC 7946 asks
    assert client.get(f"/api/control/drawn/someone{query}").mimetype == "application/geo+json"


@pytest.mark.parametrize(
    "name",
    [
        *("../secret", "..%2fsecret", "%2e%2e%2fsecret", "secret", "/etc/passwd", "%2fetc%2fpasswd", "."),
        *("someone-2018-02-01.geojson", "SOMEONE", "%00", "{{7*7}}", "x" * 5000, "..%5csecret", "%ff"),
    ],
)
def test_only_layers_that_were_read_have_an_address(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/api/control/drawn/{name}")
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace("secret'", "")
    assert len(answer.data) < 1000


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("on=2018-02-30", "on"),
        ("on=nan", "on"),
        ("on=%00", "on"),
        ("bogus=1", "bogus"),
        ("faction=is", "faction"),
    ],
)
def test_bad_parameters_are_named(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/control/drawn/someone?{query}")
    assert (answer.status_code, answer.get_json()["error"]["parameter"]) == (400, parameter)


def test_a_new_file_is_read_without_a_restart(client: FlaskClient, folder: Path) -> None:
    assert len(get(client, "/api/control/drawn")["layers"]) == 1
    write(folder / "another.geojson", area("2018-02-05"))
    assert [layer["id"] for layer in get(client, "/api/control/drawn")["layers"]] == ["another", "someone"]


def test_bad_files_are_counted_and_the_rest_is_shown(
    client: FlaskClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "broken.geojson").write_text("{", encoding="utf-8")
    (folder / "dangling.geojson").symlink_to(folder / "nothing")
    layers = {layer["id"]: layer for layer in get(client, "/api/control/drawn")["layers"]}
    assert (layers["broken"]["features"], layers["broken"]["rejected"]) == (0, 1)
    assert layers["someone"]["features"] == 2
    assert "broken.geojson" in caplog.text
    assert get(client, "/api/control/drawn/broken")["features"] == []


def test_a_folder_that_goes_away_is_503(client: FlaskClient, folder: Path) -> None:
    folder.rename(folder.with_name("gone"))
    answer = client.get("/api/control/drawn")
    assert answer.status_code == 503
    assert str(folder) not in answer.text


def test_hostile_words_come_out_as_they_went_in(tmp_path: Path) -> None:
    folder = tmp_path / "drawn"
    texts = [text for text in TEXTS if text == " ".join(text.split()) and len(text) < 200]
    write(folder / "x.geojson", *(area("2018-02-01", controller=text) for text in texts))
    with sample_app(tmp_path / "atlas", DRAWN_FRONTS=str(folder)) as app:
        found = get(app.test_client(), "/api/control/drawn/x")
    assert {one["properties"]["controller"] for one in found["features"]} == set(texts)
    assert len(texts) > 60
