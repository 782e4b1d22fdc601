"""Areas of control in a real browser, on the real data: the pocket of February 2018, and every switch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.control_steps import (
    AREAS,
    SUMMARY,
    control_ready,
    grid_payload,
    painted,
    press_area,
    summary,
    until,
)
from tests.browser.steps import marks, ready
from tests.browser.watch import Watch


def held_by_is(page: Page) -> float:
    """Return which share of the drawn area is held by IS, firmly or not."""
    return float(summary(page)["holders"].get("is", {"share": 0})["share"])


def test_the_pocket_of_february_shrinks_moves_and_is_gone(page: Page, watch: Watch) -> None:
    control_ready(page, "/?lang=en&from=2018-02-01&to=2018-02-08&z=9&lat=35.4&lon=37.1")
    handle = page.locator(".noUi-handle-upper")
    handle.focus()
    seen = {8: held_by_is(page)}
    for day in range(9, 15):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".control-as-of")).to_contain_text(f"Control as of {day} Feb 2018, as reported")
        until(page, f"({SUMMARY})().day === '2018-02-{day:02}'")
        seen[day] = held_by_is(page)
    assert seen[8] > 2 * seen[10] > 0
    assert seen[12] > 0
    assert seen[14] == 0
    assert len([one for one in watch.requests if "/api/control?" in one]) == 1


@pytest.mark.parametrize("day", [8, 10, 12, 14])
def test_what_the_picture_shows_is_what_the_numbers_say(page: Page, day: int) -> None:
    control_ready(page, f"/?lang=en&from=2018-02-01&to=2018-02-{day:02}&z=9&lat=35.4&lon=37.1")
    shown = summary(page)
    assert shown["day"] == f"2018-02-{day:02}"
    assert shown["fronts"] > 0
    assert painted(page) > 20_000
    page.locator(".tool-legend summary").click()
    names = page.locator(".legend-control ul").first.locator("bdi").all_inner_texts()
    assert ("IS" in names) == ("is" in shown["holders"])
    expect(page.locator(".legend-control h3")).to_have_text(f"Control, {day} Feb 2018")


def test_areas_front_and_off(page: Page) -> None:
    control_ready(page, AREAS)
    areas = painted(page)
    page.locator("input[value=front]").check(force=True)
    page.wait_for_url("**control=front**")
    front = painted(page)
    assert 0 < front < areas / 4
    page.locator("input[value=off]").check(force=True)
    page.wait_for_url("**control=off**")
    assert painted(page) == 0
    expect(page.locator("#control-words")).to_be_hidden()
    page.locator("#map-pane").focus()
    page.keyboard.press("c")
    until(page, "!location.search.includes('control=')")
    assert painted(page) == areas
    expect(page.locator("#live")).to_contain_text("Areas")


def test_the_level_of_alliance(page: Page) -> None:
    control_ready(page, AREAS)
    assert set(summary(page)["holders"]) <= {"government", "opposition", "is", "sdf", "turkey"}
    page.locator(".map-level").select_option("faction")
    page.wait_for_url("**level=faction**")
    until(page, f"({SUMMARY})().level === 'faction'")
    parties = summary(page)["holders"]
    assert "syrian-government" in parties
    assert "government" not in parties
    assert len(parties) > 3


def test_an_address_restores_what_is_shown(page: Page) -> None:
    control_ready(page, AREAS + "&control=front&level=room")
    assert page.locator("input[value=front]").is_checked()
    expect(page.locator(".map-level")).to_have_value("room")
    assert summary(page)["level"] == "room"


def test_two_days_by_a_line_that_keys_move(page: Page) -> None:
    control_ready(page, AREAS)
    page.locator("[data-compare=swipe]").click()
    page.wait_for_url("**compare=swipe**")
    handle = page.get_by_role("slider", name="Line between the two days")
    expect(page.locator(".swipe-day")).to_have_text(["1 Feb 2018", "10 Feb 2018"])
    clips = page.locator(".control-canvases")
    expect(clips).to_have_count(2)
    styles = clips.evaluate_all("all => all.map(one => one.style.clipPath)")
    assert len(set(styles)) == 2
    assert all(styles)
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "52")
    assert clips.evaluate_all("all => all.map(one => one.style.clipPath)") != styles
    page.get_by_role("button", name="End the comparison").click()
    expect(clips).to_have_count(1)
    assert clips.first.evaluate("one => one.style.clipPath") == ""


def test_arabic(page: Page) -> None:
    control_ready(page, AREAS.replace("lang=en", "lang=ar") + "&compare=swipe")
    expect(page.locator(".control-as-of")).to_contain_text("10 شباط 2018")
    # West stays left: the earlier day is on the left of the line.
    expect(page.locator(".swipe-day.is-left")).to_have_text("1 شباط 2018")
    expect(page.locator(".swipe")).to_have_attribute("dir", "ltr")
    page.locator("[data-compare=swipe]").click()
    press_area(page)
    panel = page.locator("#detail")
    expect(panel.locator("h3").first).to_have_text(re.compile("[\u0600-\u06ff]"))
    assert not re.search(r"control\.|Reported|Statements|Since|Why", panel.inner_text())


def test_a_phone(new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    control_ready(page, AREAS)
    expect(page.locator("#map-pane .control-as-of")).to_contain_text("10 Feb 2018")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator(".tool-legend summary").click()
    page.locator(".tool-panel input[value=front]").check(force=True)
    page.wait_for_url("**control=front**")
    page.locator(".tool-legend summary").click()
    press_area(page)
    expect(page.locator("#detail h2")).to_be_visible()


def test_a_failed_request_leaves_the_events_and_offers_another_try(page: Page, watch: Watch) -> None:
    watch.expect("Failed to load resource|ERR_FAILED")
    page.route("**/api/control?**", lambda route: route.abort())
    ready(page, AREAS)
    expect(page.locator(".control-as-of")).to_contain_text("did not load")
    expect(marks(page).first).to_be_visible()
    expect(page.locator("#banner")).to_be_hidden()
    page.unroute("**/api/control?**")
    page.locator(".control-as-of button").click()
    expect(page.locator(".control-as-of")).to_contain_text("Control as of 10 Feb 2018")


def test_playing_fades_from_day_to_day(page: Page) -> None:
    control_ready(page, AREAS)
    page.evaluate(
        """() => {
            window.fades = 0;
            const animate = Element.prototype.animate;
            Element.prototype.animate = function (...values) {
                if (this.matches(".control-canvas")) window.fades += 1;
                return animate.apply(this, values);
            };
        }"""
    )
    page.locator("#step-forward").click()
    until(page, f"({SUMMARY})().day !== '2018-02-10'")
    assert page.evaluate("window.fades") == 0
    page.locator("#play").click()
    until(page, "window.fades >= 2")
    page.locator("#play").click()


def test_still_for_those_who_want_it_still(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    control_ready(page, AREAS)
    page.evaluate("() => { Element.prototype.animate = () => { throw new Error('moved'); }; }")
    page.locator("#play").click()
    until(page, f"({SUMMARY})().day !== '2018-02-10'")
    page.locator("#play").click()


@pytest.mark.parametrize("cells", [7_000, 20_000])
def test_a_new_day_is_drawn_quickly(
    page: Page, cells: int, record_property: Callable[[str, Any], None]
) -> None:
    body = json.dumps(grid_payload(cells))
    page.route("**/api/control?**", lambda route: route.fulfill(body=body, content_type="application/json"))
    control_ready(page, "/?lang=en&z=9&lat=35.5&lon=37.15")
    times = sorted(page.evaluate("atlasMap.atlas.control.measure(40)"))
    drawn = sorted(page.evaluate("atlasMap.atlas.control.measure(40, false)"))
    median, asked = times[len(times) // 2], drawn[len(drawn) // 2]
    record_property("restyle_ms", median)
    print(f"{cells} cells: {asked:.1f} ms to restyle, {median:.1f} ms with the last pixel drawn")
    assert median < 500
