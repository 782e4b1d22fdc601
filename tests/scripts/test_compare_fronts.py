"""``scripts/compare_fronts``, run as a user runs it over its own store: what it prints and how it ends."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import mapping

from geodata.commands.compare_fronts import main
from geodata.control.atlas import timeline_of
from geodata.curated.loader import COLUMNS
from geodata.index import EventIndex
from geodata.store import Store, prepare
from tests.conftest import ROOT
from tests.geodata.control.drawings import collection, feature, square, write
from tests.geodata.sample import write_sample

TIMEOUT_S = 120
COLUMNS_OF_VILLAGES, ROWS_OF_VILLAGES = 6, 4
FIRST = date(2018, 2, 1)
"""The day on which reds hold the western half of the villages and blues the other; then reds go east."""

Done = subprocess.CompletedProcess[str]


def add(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, COLUMNS[table], restval="", lineterminator="\n").writerows(rows)


def village(column: int, row: int) -> dict[str, str]:
    return {
        "place_id": f"v{column}{row}",
        "name_en": f"Village {column}{row}",
        "name_ar": f"قرية {column}{row}",
        "kind": "village",
        "parent_id": "sy07",
        "lat": f"{35.8 + 0.05 * row:.2f}",
        "lon": f"{36.8 + 0.06 * column:.2f}",
        "uncertainty_m": "500",
        "coordinate_source": "made up",
    }


def told(column: int, row: int) -> list[dict[str, str]]:
    """Return what reports say of a village: who holds it, and that reds take column 3 on the fifth."""
    known = {
        "place_id": f"v{column}{row}",
        "place_as_reported": f"Village {column}{row}",
        "certainty": "1",
        "match": "high",
        "report_id": "h-1",
    }
    rows = [
        known
        | {"statement_id": f"s-held-{column}{row}", "status": "held", "date_start": str(FIRST)}
        | {"date_end": str(FIRST), "faction_id": "reds" if column < COLUMNS_OF_VILLAGES / 2 else "blues"}
    ]
    if column == COLUMNS_OF_VILLAGES / 2:
        day = str(FIRST + timedelta(days=4))
        taken = {"status": "captured", "faction_id": "reds", "from_faction_id": "blues", "date_start": day}
        for report in ("h-1", "g-1"):
            rows.append(
                known | taken | {"statement_id": f"s-{report}-{row}", "date_end": day, "report_id": report}
            )
    return rows


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a store with the sample atlas and a grid of villages between two parties."""
    folder = tmp_path_factory.mktemp("atlas")
    curated = write_sample(folder / "curated")
    grid = [(column, row) for column in range(COLUMNS_OF_VILLAGES) for row in range(ROWS_OF_VILLAGES)]
    with (curated / "statements.csv").open("w", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, COLUMNS["statements"], lineterminator="\n").writeheader()
    add(curated, "places", [village(*place) for place in grid])
    add(curated, "statements", [row for place in grid for row in told(*place)])
    url = f"sqlite:///{folder / 'atlas.sqlite'}"
    store = Store(url)
    prepare(store, curated, countries=())
    store.close()
    return url


@pytest.fixture(scope="module")
def ours(database: str) -> dict[str, list[tuple[shapely.Geometry, dict[str, Any]]]]:
    """Return our own fronts and areas of some days, as somebody might draw them."""
    store = Store(database)
    timeline = timeline_of(EventIndex(store).snapshot(), level="side")
    store.close()
    found = {}
    for number in (0, 2, 4):
        day = FIRST + timedelta(days=number)
        fronts, areas = timeline.fronts(day), timeline.areas(day, dissolve=True)
        found[str(day)] = [(line, {"side_a": "East", "side_b": "West"}) for line in fronts.geometry] + [
            (area, {"controller": {"east": "Reds", "west": "The west"}[holder]})
            for holder, area in zip(areas["controller"], areas.geometry, strict=True)
            if isinstance(holder, str)
        ]
    return found


def compare(database: str, folder: Path, *arguments: str) -> Done:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-m", "geodata.commands.compare_fronts", *arguments],
        cwd=ROOT,
        env=kept | {"ATLAS_DATABASE": database, "CALLER_PWD": str(folder), "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def drawn(shapes: list[tuple[shapely.Geometry, dict[str, Any]]], day: str, **members: Any) -> dict[str, Any]:  # noqa: ANN401 (JSON)
    return collection(*(feature(mapping(shape), date=day, **says) for shape, says in shapes), **members)


def test_our_own_map_drawn_again_lies_on_ours(database: str, ours: Any, tmp_path: Path) -> None:  # noqa: ANN401 (the fixture's)
    for day, shapes in ours.items():
        write(tmp_path / "daily" / f"{day}.geojson", drawn(shapes, day, title="Ours", license="CC0"))
    done = compare(
        database,
        tmp_path,
        "daily",
        "--match",
        "The west=west",
        "--json",
        "--from",
        str(FIRST),
        "--to",
        "2018-02-07",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["drawn"]["licence"] == "CC0"
    assert found["drawn"]["snapshots"] == list(ours)
    assert found["match"] == {"East": "east", "Reds": "east", "The west": "west", "West": "west"}
    assert found["unmatched"] == []
    days = {day["day"]: day for day in found["days"]}
    assert len(days) == 7
    for day in ours:
        assert max(days[day]["distances"].values()) < 1
        assert days[day]["iou_all"] == pytest.approx(1, abs=1e-3)
        assert days[day]["drawn_on"] == day
    # Between two snapshots theirs stays as it was.
    assert days["2018-02-02"]["drawn_on"] == "2018-02-01"


def test_the_table(database: str, ours: Any, tmp_path: Path) -> None:  # noqa: ANN401 (the fixture's)
    first, *_, last = ours
    features = [
        feature(mapping(shape), date=day, **says)
        for day, shapes in ((first, ours[last]), (last, ours[last]))
        for shape, says in shapes
    ]
    features += [feature(square(236, 35), date=first), feature(None, controller="\u202egnp.exe")]
    write(tmp_path / "map.geojson", collection(*features, title="A map", attribution="Them"))
    done = compare(database, tmp_path, "map.geojson", "--between", "west,east", "--band-km", "5")
    assert done.returncode == 0, done.stderr
    assert "A map: " in done.stdout
    assert "(Them)" in done.stdout
    assert "front between west and east" in done.stdout
    assert "areas within 5 km" in done.stdout
    assert "Not matched (--match NAME=HOLDER): The west" in done.stdout
    rows = {line.split()[0]: line.split() for line in done.stdout.splitlines() if line.startswith("2018-")}
    assert list(rows) == [first, last]
    # Theirs has reds a column of villages (0.06°, 5.4 km) further east than ours on the first day.
    assert all(3 < float(number) < 7 for number in rows[first][4:8:2])
    assert rows[last][4:8] == ["0.00"] * 4
    assert "mean of 2 days" in done.stdout
    assert f"feature {len(features) - 2}, geometry: has a longitude of 236" in done.stderr
    assert f"feature {len(features) - 1}, date: is missing" in done.stderr
    assert "\u202e" not in done.stdout + done.stderr
    assert compare(database, tmp_path, "map.geojson", "--strict").returncode == 1


def test_what_cannot_be_compared_is_said(database: str, tmp_path: Path) -> None:
    write(tmp_path / "far.geojson", collection(feature(square(10, 50), date="2018-02-03", name="Reds")))
    far = compare(database, tmp_path, "far.geojson", "--between", "east,west")
    assert far.returncode == 0, far.stderr  # our front gives the band in which reds are compared
    assert "2018-02-03: their map has no front between east and west on our ground" in far.stdout
    write(tmp_path / "late.geojson", collection(feature(square(36, 35), date="2019-02-03", name="Reds")))
    late = compare(database, tmp_path, "late.geojson")
    assert (late.returncode, "say --on DAY" in late.stderr) == (1, True)
    early = compare(database, tmp_path, "late.geojson", "--on", "2018-02-03")
    assert early.returncode == 1
    assert "2018-02-03: their map shows nothing on that day" in early.stdout
    assert "Nothing could be compared" in early.stderr
    write(tmp_path / "bad.geojson", collection(feature(None, date="2018-02-03")))
    for arguments, words in (
        (("missing.geojson",), "No such file"),
        (("bad.geojson",), "feature 0, geometry: has no geometry"),
        (("far.geojson", "--match", "Greens=east"), "'Greens' is not on their map; it has: Reds"),
        (("far.geojson", "--match", "Reds=martians"), "there are: east, room, west"),
        (("far.geojson", "--between", "east,mars"), "'mars' is nobody here"),
        (("far.geojson", "--database", f"sqlite:///{tmp_path / 'far.geojson' / 'a'}"), "far.geojson"),
    ):
        done = compare(database, tmp_path, *arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("x", "--on", "13/2/2018"),
        ("x", "--on", "2018-02-13", "--from", "2018-02-13", "--to", "2018-02-14"),
        ("x", "--from", "2018-02-13"),
        ("x", "--from", "2018-02-13", "--to", "2018-02-12"),
        ("x", "--level", "family"),
        ("x", "--match", "Reds"),
        ("x", "--match", "=east"),
        ("x", "--between", "east"),
        ("x", "--between", "east,east"),
        ("x", "--between", "a,b,c"),
        ("x", "--band-km", "0"),
        ("x", "--band-km", "nan"),
        ("x", "--band-km", "1e3"),
        ("x", "--unknown"),
    ],
)
def test_wrong_options(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(arguments)
    except SystemExit as ended:
        code = ended.code
    assert code == 2
    assert "./scripts/compare_fronts" in capsys.readouterr().err


def test_help_and_levels(database: str, ours: Any, tmp_path: Path) -> None:  # noqa: ANN401 (the fixture's)
    assert compare(database, tmp_path, "x", "--on", "13/2/2018").returncode == 2
    said = subprocess.run(
        [ROOT / "scripts" / "compare_fronts", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for option in (
        "--on",
        "--from",
        "--to",
        "--level",
        "--match",
        "--between",
        "--band-km",
        "--json",
        "--strict",
    ):
        assert option in said
    day = next(iter(ours))
    write(tmp_path / "map.geojson", drawn(ours[day], day))
    for level, holders in (("faction", {"reds"}), ("room", {"reds"}), ("side", {"east"})):
        done = compare(database, tmp_path, "map.geojson", "--level", level, "--json")
        assert done.returncode == 0, done.stderr
        assert set(json.loads(done.stdout)["days"][0]["iou"]) == holders


def test_properties_of_other_names(database: str, tmp_path: Path) -> None:
    named = {"Jour Dit": "2018-02-03", "qui": "Reds", "date": "soon"}
    write(tmp_path / "map.geojson", collection(feature(square(36, 35), **named)))
    done = compare(
        database, tmp_path, "map.geojson", "--day-property", "jour dit", "--holder-property", "qui", "--json"
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["match"], found["days"][0]["day"]) == ({"Reds": "east"}, "2018-02-03")
