"""Who holds a place and why, what changed, what others drew, what can be taken along; in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.control_steps import AREAS, SUMMARY, control_ready, press_area, summary, until
from tests.browser.expected import curated
from webapp import create_app

DRAWN = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"controller": "<b>A</b>"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[36.9, 35.3], [37.2, 35.3], [37.2, 35.5], [36.9, 35.5], [36.9, 35.3]]],
            },
        }
    ],
}


@pytest.fixture(scope="module")
def drawn_address(
    live_app: Flask, serve: Callable[[Flask], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of the same atlas with a layer that others drew, on 9 February 2018."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "their_map_2018-02-09.geojson").write_text(json.dumps(DRAWN))
    app = create_app({"DATABASE": live_app.config["DATABASE"], "DRAWN_FRONTS": str(folder)})
    yield serve(app)
    app.extensions["atlas"].store.close()


def test_pressing_an_area_says_who_since_when_and_why(page: Page) -> None:
    control_ready(page, AREAS)
    found = press_area(page)
    panel = page.locator("#detail")
    expect(panel.locator(".control-lead")).to_contain_text("On 10 February 2018")
    names = {side.side_id: side.name_en for side in curated().sides}
    expect(panel.locator(".facts .party bdi")).to_have_text(names[found["holder"]])
    expect(panel.locator(".facts dt", has_text="Since")).to_be_visible()
    expect(panel.locator(".facts dt", has_text="Last confirmed")).to_be_visible()
    expect(panel.locator("h3").first).to_have_text("Why")
    statements = panel.locator(".statements > li")
    assert statements.count() >= 1
    assert "decisive" in (statements.first.get_attribute("class") or "")
    for rel in statements.locator("a").evaluate_all("all => all.map(one => one.rel)"):
        assert rel == "noopener noreferrer nofollow"
    expect(page.locator("path.control-cell")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("path.control-cell")).to_have_count(0)


def test_the_panel_follows_the_day(page: Page) -> None:
    control_ready(page, AREAS)
    press_area(page)
    page.locator(".noUi-handle-upper").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#detail .control-lead")).to_contain_text("On 9 February 2018")


def test_by_keyboard_the_middle_of_the_map(page: Page) -> None:
    place = next(
        place
        for place in curated().places
        if place.place_id in {one.place_id for one in curated().statements if one.status == "held"}
        and place.has_point
        and place.kind == "village"
    )
    control_ready(page, f"/?lang=en&z=13&lat={place.lat}&lon={place.lon}")
    page.get_by_role("button", name="Who holds the map's centre").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#detail h2")).to_have_text(place.name_en)
    expect(page.locator("#detail h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Who holds the map's centre")).to_be_focused()


def test_outside_of_what_reports_speak_of(page: Page) -> None:
    control_ready(page, "/?lang=en&z=11&lat=34.0&lon=39.0")
    page.get_by_role("button", name="Who holds the map's centre").click()
    expect(page.locator("#detail .lead")).to_have_text("No statement reaches this place.")


def test_what_changed_is_counted_listed_and_shown(page: Page) -> None:
    control_ready(page, AREAS.replace("from=2018-02-01", "from=2018-02-08"))
    page.locator("[data-compare=changes]").click()
    page.wait_for_url("**compare=changes**")
    panel = page.locator("#detail")
    expect(panel.locator("h2")).to_contain_text("What changed hands, 8–10 Feb 2018")
    answer = page.request.get("/api/control/changes?from=2018-02-08&to=2018-02-10").json()
    assert answer["count"] > 20
    expect(panel.locator(".change-list li")).to_have_count(answer["count"])
    sums = [one for one in answer["summary"] if one["from"] != one["to"]]
    expect(panel.locator(".change-sums li")).to_have_count(len(sums))
    expect(panel.locator(".change-sums li").first).to_contain_text(f"{sums[0]['count']} places")
    assert summary(page)["changed"] > 0
    panel.locator(".change-list button").first.click()
    page.wait_for_url("**z=12**")
    hands = (one for one in answer["changes"] if one["from"]["holder"] != one["to"]["holder"])
    first = next(hands)["place"]
    until(page, f"Math.abs(atlasMap.getCenter().lat - {first['lat']}) < 0.001")
    page.locator("[data-compare=changes]").click()
    expect(panel).to_be_hidden()
    assert "compare" not in page.url


def test_switched_off_nothing_is_said_about_areas(page: Page) -> None:
    control_ready(page, AREAS + "&compare=changes")
    expect(page.locator("#detail h2")).to_contain_text("What changed hands")
    page.locator("input[value=off]").check(force=True)
    expect(page.locator("#detail")).to_be_hidden()
    page.locator("#step-back").click()
    page.locator("input[value=areas]").check(force=True)
    expect(page.locator("#detail h2")).to_contain_text("What changed hands")
    page.locator("input[value=off]").check(force=True)
    expect(page.locator("#detail")).to_be_hidden()


def test_an_address_opens_what_changed(page: Page) -> None:
    control_ready(page, AREAS + "&compare=changes")
    expect(page.locator("#detail h2")).to_contain_text("What changed hands, 1–10 Feb 2018")
    page.locator(".noUi-handle-upper").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#detail h2")).to_contain_text("1–9 Feb 2018")


def test_taking_areas_and_fronts_along(page: Page) -> None:
    control_ready(page, AREAS)
    page.locator("#export-button").click()
    for name, kinds in (("control", {"Polygon", "MultiPolygon"}), ("fronts", {"LineString"})):
        link = page.locator(f"#export-{name}")
        expect(link).to_contain_text("10 Feb 2018")
        answer = page.request.get(link.get_attribute("href") or "").json()
        assert {feature["geometry"]["type"] for feature in answer["features"]} <= kinds
        assert answer["features"]
    page.keyboard.press("Escape")
    page.locator("input[value=off]").check(force=True)
    page.locator("#export-button").click()
    expect(page.locator("#export-control")).to_be_hidden()


def test_without_layers_of_others_none_are_offered(page: Page) -> None:
    control_ready(page, AREAS)
    page.locator(".tool-bases summary").click()
    expect(page.locator(".drawn-choices")).to_have_count(0)


def test_layers_drawn_by_others(page: Page, drawn_address: str) -> None:
    page.goto(f"{drawn_address}/?lang=en&from=2018-02-01&to=2018-02-10&z=10&lat=35.4&lon=37.1")
    until(page, f"({SUMMARY})().day !== null")
    page.locator(".tool-bases summary").click()
    box = page.locator(".drawn-choices input")
    box.check()
    expect(page.locator("path.drawn-line")).to_have_count(1)
    # Nothing of theirs is known before their first day.
    page.locator(".noUi-handle-upper").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("path.drawn-line")).to_have_count(0)
    box.uncheck()
    expect(page.locator("path.drawn-line")).to_have_count(0)


def test_nothing_to_show(page: Page) -> None:
    arrays: list[str] = ["levels", "holders", "arcs", "arc_regions", "regions", "histories", "notes"]
    empty: dict[str, object] = {name: [] for name in arrays}
    empty |= {"level": "side", "start": "1970-01-01", "end": "1970-01-01", "origin": [0, 0], "step": 0.0001}
    empty |= {"statements": 0, "not_drawn": 0}
    page.route("**/api/control?**", lambda route: route.fulfill(json=empty))
    control_ready(page, AREAS)
    expect(page.locator(".control-as-of")).to_have_text("Control on 10 Feb 2018: not known")
