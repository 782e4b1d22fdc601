"""The atlas in a real browser, on its real data: what a reader does, and what must then be seen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.expected import curated, overlapping, with_point
from tests.browser.steps import COUNT, IS_WINDOW, everything_in_view, marks, ready
from tests.browser.watch import Watch


def test_the_map_draws_every_event_that_has_a_point(page: Page) -> None:
    ready(page)
    everything_in_view(page)
    placed = with_point(list(curated().events))
    assert len(placed) >= 350
    page.wait_for_function(f"({COUNT})() === {len(placed)}")
    expect(page.locator("#sentence")).to_have_text(f"{len(curated().events)} events")
    without = len(curated().events) - len(placed)
    expect(page.locator("#counts")).to_contain_text(f"{without} without a place")


def test_is_from_1_to_13_february_on_map_table_count_and_export(page: Page) -> None:
    expected = overlapping(date(2018, 2, 1), date(2018, 2, 13), "is")
    assert len(expected) >= 30
    ready(page, "/?lang=en&from=2018-02-01&to=2018-02-13")
    page.locator("#facets label", has_text=re.compile(r"^IS\d+$")).locator("input").check()
    words = f"{len(expected)} events involving IS, 1–13 February 2018"
    expect(page.locator("#sentence")).to_have_text(words)
    assert "faction=is" in page.url

    everything_in_view(page)
    page.wait_for_function(f"({COUNT})() === {len(with_point(expected))}")

    page.locator("#view-switch").click()
    rows = page.locator("#table-pane tbody tr")
    expect(rows).to_have_count(len(expected))
    shown = rows.evaluate_all("all => all.map(row => row.dataset.id)")
    assert set(shown) == {event.event_id for event in expected}

    page.locator("#export-button").click()
    expect(page.locator("#export-geojson .count")).to_contain_text(str(len(expected)))
    with page.expect_download() as download:
        page.locator("#export-geojson").click()
    assert download.value.suggested_filename == "events_from-2018-02-01_to-2018-02-13_faction-is.geojson"
    features = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["features"]
    assert {feature["id"] for feature in features} == {event.event_id for event in expected}


def test_playing_moves_through_the_campaign(page: Page) -> None:
    ready(page)
    page.locator("#step-unit").select_option("month")
    page.locator("#play").click()
    seen: list[str] = []
    for _ in range(3):
        expect(page.locator("#sentence")).to_contain_text(re.compile(r"20(17|18)$"))
        seen.append(page.locator("#sentence").inner_text())
        expect(page.locator("#sentence")).not_to_have_text(seen[-1])
    page.locator("#play").click()
    assert len(set(seen)) == 3
    assert "October 2017" in seen[0]
    assert "November 2017" in seen[1]
    assert "from=" in page.url


def test_steps_by_day_week_and_month(page: Page) -> None:
    ready(page, "/?lang=en&from=2018-02-01&to=2018-02-07")
    for unit, direction, expected in (
        ("day", "forward", "2018-02-02"),
        ("week", "forward", "2018-02-09"),
        ("month", "back", "2018-01-09"),
    ):
        page.locator("#step-unit").select_option(unit)
        page.locator(f"#step-{direction}").click()
        page.wait_for_url(f"**from={expected}**")


def test_the_time_bar_by_keyboard_and_touch(page: Page) -> None:
    ready(page)
    lower = page.locator(".noUi-handle-lower")
    lower.focus()
    page.keyboard.press("PageUp")
    page.wait_for_url("**from=2017-10-08**")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**from=2017-10-07**")
    expect(lower).to_have_attribute("aria-valuetext", re.compile("7 October 2017"))
    expect(page.locator("#sentence")).to_contain_text("from 7 October 2017")


def test_dragging_a_handle(page: Page) -> None:
    ready(page)
    box = page.locator(".noUi-handle-upper").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 300, box["y"], steps=8)
    page.mouse.up()
    page.wait_for_url("**to=201*")
    expect(page.locator("#sentence")).to_contain_text("until")


def test_arabic(page: Page) -> None:
    ready(page, "/?lang=ar&from=2018-02-01&to=2018-02-13&faction=is")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#atlas-map")).to_have_attribute("dir", "ltr")
    expected = len(overlapping(date(2018, 2, 1), date(2018, 2, 13), "is"))
    sentence = page.locator("#sentence")
    expect(sentence).to_contain_text(str(expected))
    expect(sentence).to_contain_text("تنظيم الدولة")
    expect(sentence).to_contain_text("شباط 2018")
    # Names on the map may have no Arabic form that is known; everything else does.
    visible = page.evaluate(
        """() => {
            document.querySelector(".leaflet-atlas-labels-pane")?.remove();
            document.querySelectorAll(".place-label").forEach(one => one.remove());
            return document.body.innerText;
        }"""
    )
    latin = set(re.findall(r"[A-Za-z]{3,}", visible))
    assert latin <= {"Leaflet", "Natural", "Earth", "English", "GeoJSON"}


def test_changing_the_language_keeps_the_view(page: Page) -> None:
    ready(page, IS_WINDOW + "&colour=type")
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert "faction=is" in page.url
    assert "colour=type" in page.url
    assert "to=2018-02-13" in page.url


def test_an_address_restores_the_view(page: Page, new_context: Callable[..., BrowserContext]) -> None:
    ready(page, IS_WINDOW)
    page.evaluate("window.atlasMap.setView([35.4, 36.9], 10, {animate: false})")
    page.wait_for_url("**z=10**")
    page.locator("input[value=type]").check()
    page.locator("#view-switch").click()
    page.wait_for_url("**view=table**")
    other = ready(new_context().new_page(), page.url)
    expect(other.locator("#sentence")).to_have_text(page.locator("#sentence").inner_text())
    expect(other.locator("#table-pane")).to_be_visible()
    assert other.locator("input[value=type]").is_checked()
    other.locator("#view-switch").click()
    view = (
        "() => [atlasMap.getZoom(), atlasMap.getCenter().lat.toFixed(3), atlasMap.getCenter().lng.toFixed(3)]"
    )
    assert other.evaluate(view) == [10, "35.400", "36.900"]
    expect(marks(other).first).to_be_visible()


def test_back_and_forward(page: Page) -> None:
    ready(page)
    all_events = page.locator("#sentence").inner_text()
    page.locator("#facets label", has_text=re.compile(r"^IS\d+$")).locator("input").check()
    expect(page.locator("#sentence")).to_contain_text("involving IS")
    page.locator("#facets label", has_text=re.compile(r"^HTS\d+$")).locator("input").check()
    expect(page.locator("#sentence")).to_contain_text("involving IS or HTS")
    page.go_back()
    expect(page.locator("#sentence")).not_to_contain_text("HTS")
    page.go_back()
    expect(page.locator("#sentence")).to_have_text(all_events)
    page.go_forward()
    expect(page.locator("#sentence")).to_contain_text("involving IS")


def test_clear_all(page: Page) -> None:
    ready(page, IS_WINDOW + "&min_deaths=1&q=khuwayn")
    page.locator("#clear").click()
    expect(page.locator("#sentence")).to_have_text(f"{len(curated().events)} events")
    assert "faction" not in page.url
    expect(page.locator("#clear")).to_be_hidden()


def test_an_event_side_by_side_with_its_sources(page: Page) -> None:
    event = next(one for one in curated().events if len(one.report_ids) >= 4 and one.captured.is_known)
    ready(page, f"/?lang=en&event={event.event_id}")
    panel = page.locator("#detail")
    expect(panel.locator(".sources li")).to_have_count(len(event.report_ids))
    claims = [claim for claim in curated().claims if claim.event_id == event.event_id]
    expect(panel.locator("table.claims tbody th")).to_have_count(len(claims))
    links = panel.locator(".sources a")
    for rel in links.evaluate_all("all => all.map(one => one.rel)"):
        assert rel == "noopener noreferrer nofollow"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.goto(f"/events/{event.event_id}?lang=en")
    expect(page.locator(".sources li")).to_have_count(len(event.report_ids))
    expect(page.locator("table.claims tbody th")).to_have_count(len(claims))


def test_several_events_on_one_spot_open_as_a_list(page: Page) -> None:
    ready(page, "/?lang=en&z=15&lat=35.478147&lon=36.83599")
    spot = page.locator(".mark-icon.is-spot").first
    spot.click()
    rows = page.locator("#detail .spot-list li")
    expect(rows).not_to_have_count(0)
    assert rows.count() > 1
    rows.first.locator("button").click()
    expect(page.locator("#detail .sources li").first).to_be_visible()
    page.get_by_role("button", name="Back to the list").click()
    expect(rows.first).to_be_visible()


def test_events_without_a_place_are_one_click_away(page: Page) -> None:
    ready(page)
    without = len(curated().events) - len(with_point(list(curated().events)))
    page.locator("#counts button").click()
    expect(page.locator("#detail .spot-list li")).to_have_count(without)


def test_a_cluster_opens_to_what_it_holds(page: Page) -> None:
    ready(page)
    zoom = page.evaluate("atlasMap.getZoom()")
    page.locator(".mark-icon.is-cluster").first.click()
    page.wait_for_function(f"atlasMap.getZoom() > {zoom}")


def test_searching_in_either_script(page: Page) -> None:
    ready(page)
    page.locator("#search").fill("الخوين")
    expect(page.locator("#sentence")).to_contain_text("mentioning “الخوين”")
    assert not page.locator("#sentence").inner_text().startswith("0 ")
    page.locator("#search").fill("khuwayn")
    expect(page.locator("#sentence")).to_contain_text("mentioning “khuwayn”")


def test_nothing_matches(page: Page) -> None:
    ready(page, "/?lang=en&q=nothingatall&from=2018-02-01")
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#sentence")).to_contain_text("0 events")
    page.locator("#empty-clear").click()
    expect(page.locator("#empty")).to_be_hidden()


def test_a_failed_request_keeps_the_view_and_offers_another_try(page: Page, watch: Watch) -> None:
    ready(page)
    before = marks(page).count()
    watch.expect("Failed to load resource|ERR_FAILED")
    page.route("**/api/map?**", lambda route: route.abort())
    page.locator("#facets label", has_text=re.compile(r"^IS\d+$")).locator("input").check()
    expect(page.locator("#banner")).to_be_visible()
    assert marks(page).count() == before
    page.unroute("**/api/map?**")
    page.locator("#banner button").click()
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator("#sentence")).to_contain_text("involving IS")


def test_a_slow_request_says_so_and_keeps_the_picture(page: Page) -> None:
    ready(page)
    held: list[Route] = []
    page.route("**/api/map?**", lambda route: held.append(route))
    page.locator("#facets label", has_text=re.compile(r"^IS\d+$")).locator("input").check()
    expect(page.locator("#progress")).to_be_visible()
    assert marks(page).count() > 0
    held[-1].continue_()
    expect(page.locator("#progress")).to_be_hidden()
    page.unroute("**/api/map?**")


def test_other_hosts_only_when_the_reader_switches_one_on(page: Page, watch: Watch) -> None:
    watch.expect_host("tile.openstreetmap.org")
    ready(page)
    assert not watch.refused
    page.locator(".tool-bases summary").click()
    page.locator("input[value=osm]").check()
    page.wait_for_url("**base=osm**")
    page.wait_for_timeout(300)
    assert all("tile.openstreetmap.org" in address for address in watch.refused)
    assert watch.refused
    expect(marks(page).first).to_be_visible()


def test_without_javascript_a_plain_page_has_it_all(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(IS_WINDOW)
    page.locator("noscript a").click()
    expected = overlapping(date(2018, 2, 1), date(2018, 2, 13), "is")
    expect(page.locator("table.events tbody tr")).to_have_count(len(expected))
    expect(page.locator("h1")).to_contain_text(f"{len(expected)} events involving IS")
