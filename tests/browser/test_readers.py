"""The atlas for every reader: by keyboard, on a phone, by ear, in both themes; and doubt that can be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.expected import curated, with_point
from tests.browser.steps import IS_WINDOW, marks, ready
from tests.browser.watch import Watch

MOST_RINGS = 8
PHONES = [(390, 844), (360, 640)]


def phone(new_context: Callable[..., BrowserContext], size: tuple[int, int]) -> Page:
    viewport = {"width": size[0], "height": size[1]}
    return new_context(viewport=viewport, has_touch=True, is_mobile=True).new_page()


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_doubt_is_drawn(page: Page) -> None:
    ready(page, IS_WINDOW)
    rings = page.locator("path.doubt-ring")
    expect(rings.first).to_be_attached()
    # All at once they would say nothing: then each shows with the symbol that it belongs to.
    ready(page, "/?lang=en&z=11&lat=35.4&lon=36.85")
    expect(marks(page).first).to_be_attached()
    before = rings.count()
    assert before <= MOST_RINGS
    hollow = page.locator(".mark-icon.is-event[aria-label*='Approximate place']")
    hollow.first.dispatch_event("focus")
    expect(page.locator("path.doubt-ring.is-looked-at")).not_to_have_count(0)


def test_clusters_say_how_many_places_are_approximate(page: Page) -> None:
    ready(page)
    named = page.locator(".mark-icon.is-cluster[aria-label*='at an approximate place: ']")
    expect(named.first).to_be_attached()
    counts = page.evaluate(
        """() => {
            const items = [];
            atlasMap.atlas.events.eachLayer(({item}) => item.kind === "cluster" && items.push(item));
            return items.map(({count, approximate}) => [count, approximate]);
        }"""
    )
    assert all(0 <= approximate <= count for count, approximate in counts)
    inexact = [event for event in with_point(list(curated().events)) if event.location_precision > 1]
    assert 0 < sum(approximate for _, approximate in counts) <= len(inexact)


def test_one_end_of_a_range_is_no_figure(page: Page) -> None:
    one_ended = [
        event
        for event in curated().events
        if event.deaths.high is not None and event.deaths.low is None and event.deaths.best is None
    ]
    for event in one_ended[:2]:
        for address in (f"/?lang=en&event={event.event_id}", f"/events/{event.event_id}?lang=en"):
            page.goto(address)
            expect(page.locator("dl.facts").first).to_contain_text(f"up to {event.deaths.high}")


def test_an_event_is_asked_for_once(page: Page) -> None:
    ready(page, IS_WINDOW)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".mark-icon.is-event").first.click()
    expect(page.locator("#detail .sources li").first).to_be_visible()
    page.wait_for_timeout(200)
    assert len([address for address in asked if "/api/events/" in address]) == 1


def test_one_message_at_a_time(page: Page, watch: Watch) -> None:
    ready(page, "/?lang=en&q=nothingatall")
    expect(page.locator("#empty")).to_be_visible()
    watch.expect("Failed to load resource|ERR_FAILED")
    page.route("**/api/map?**", lambda route: route.abort())
    page.locator("#clear").click()
    expect(page.locator("#banner")).to_be_visible()
    expect(page.locator("#empty")).to_be_hidden()
    page.unroute("**/api/map?**")


def test_a_symbol_opens_by_keyboard(page: Page) -> None:
    ready(page, "/?lang=en&z=13&lat=35.4781&lon=36.836")
    first = page.locator(".mark-icon[tabindex='0']")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#detail").get_by_role("heading", level=2).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")


def test_the_symbols_tab_stop_can_be_seen(page: Page) -> None:
    ready(page)
    expect(page.locator(".mark-icon[tabindex='0']")).to_have_count(1)
    expect(page.locator(".mark-icon[tabindex='0']")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_hold_the_number_that_is_seen(page: Page, language: str) -> None:
    ready(page, f"/?lang={language}")
    names = page.locator(".mark-icon:is(.is-cluster, .is-spot)").evaluate_all(
        "all => all.map(one => [one.textContent.trim(), one.getAttribute('aria-label')])"
    )
    assert names
    assert all(count in name for count, name in names)


def test_headings_lead_through_the_filters(page: Page) -> None:
    ready(page)
    for name in ("Factions", "Types of event", "Places", "Sources", "Dates", "Deaths and precision"):
        expect(page.get_by_role("heading", name=name, level=2)).to_be_attached()


def test_a_group_is_not_listed_beside_the_member_it_equals(page: Page) -> None:
    ready(page)
    names = page.locator("#facets [aria-label='Factions'] .name")
    expect(names.filter(has_text="HTS")).to_have_count(1)
    page.get_by_label("Find a faction").fill("HTS and allied")
    expect(names.filter(has_text="HTS and allied factions")).to_be_visible()


def test_keys(page: Page) -> None:
    ready(page, "/?lang=en&from=2018-02-01&to=2018-02-07")
    page.locator("body").press("t")
    expect(page.locator("#table-pane")).to_be_visible()
    page.locator("body").press("t")
    expect(page.locator("#table-pane")).to_be_hidden()
    page.locator("body").press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.locator("body").press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.locator("body").press("ArrowRight")
    page.wait_for_url("**from=2018-02-08**")


def test_the_phone(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    ready(page)
    expect(page.locator("#sentence")).to_be_in_viewport()
    expect(page.locator("#play")).to_be_in_viewport()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    page.locator("#sheet-handle").tap()
    expect(page.locator("#facets label").first).to_be_in_viewport()
    page.locator("#sheet-handle").tap()
    page.evaluate("window.atlasMap.setView([35.478147, 36.83599], 15, {animate: false})")
    page.locator(".mark-icon.is-spot").first.tap()
    expect(page.locator("#detail")).to_be_in_viewport()


@pytest.mark.parametrize("size", PHONES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_lies_beyond_a_phones_edge(
    new_context: Callable[..., BrowserContext], size: tuple[int, int], language: str
) -> None:
    page = ready(phone(new_context, size), IS_WINDOW.replace("lang=en", f"lang={language}"))
    assert overflow(page) <= 0
    for button in page.locator(".top :is(button, a):visible").all():
        expect(button).to_be_in_viewport(ratio=1)
    cut_off = "one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1"
    assert not page.locator("#sentence").evaluate(cut_off)
    page.locator("#view-switch").tap()
    rows = page.locator("#table-pane tbody tr")
    expect(rows.first).to_be_visible()
    scroller = page.locator("#table-pane .table-scroll")
    assert scroller.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert rows.first.get_by_role("cell").count() == 6
    assert overflow(page) <= 0


def test_help_on_a_phone(new_context: Callable[..., BrowserContext]) -> None:
    page = ready(phone(new_context, PHONES[0]))
    page.locator("#sheet-handle").tap()
    page.locator("#about").tap()
    expect(page.locator("#help")).to_be_visible()


@pytest.mark.parametrize("size", [(820, 1180), (844, 390)])
def test_a_narrow_screen_keeps_its_map_beside_an_event(
    new_context: Callable[..., BrowserContext], size: tuple[int, int]
) -> None:
    page = new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    ready(page, f"/?lang=en&event={curated().events[0].event_id}")
    expect(page.locator("#detail")).to_be_visible()
    box = page.locator("#map-pane").bounding_box()
    assert box
    assert box["width"] >= 400


def test_a_phones_panel_does_not_cover_the_event_it_tells_of(
    new_context: Callable[..., BrowserContext],
) -> None:
    event = next(one for one in with_point(list(curated().events)) if one.location_precision == 1)
    page = ready(phone(new_context, PHONES[0]), f"/?lang=en&event={event.event_id}")
    expect(page.locator("#detail")).to_be_visible()
    frame = page.locator(".selected-frame")
    expect(frame).to_be_visible()
    page.wait_for_timeout(600)  # the map glides
    seen, panel = frame.bounding_box(), page.locator("#detail").bounding_box()
    assert seen
    assert panel
    assert seen["y"] + seen["height"] <= panel["y"]


def test_the_scale_speaks_arabic(page: Page) -> None:
    ready(page, "/?lang=ar")
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text("كم")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_have_contrast(new_context: Callable[..., BrowserContext], scheme: str) -> None:
    page = ready(new_context(color_scheme=scheme).new_page())
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    ratio = page.evaluate(
        """() => {
            const light = colour => {
                const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(Number).map(value => {
                    const share = value / 255;
                    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
            };
            const ground = light(getComputedStyle(document.querySelector("#filters")).backgroundColor);
            return [...document.querySelectorAll("#filters p, #filters label, #filters summary")]
                .map(one => light(getComputedStyle(one).color))
                .map(ink => (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05))
                .reduce((least, one) => Math.min(least, one));
        }"""
    )
    assert ratio >= 4.5
    page.locator("#theme").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", scheme)
