"""What a reader takes along of areas of control: the day in words, on paper, as a file; and the way out."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.control_steps import AREAS, control_ready, grid_payload, press_area, summary
from tests.browser.expected import curated
from tests.browser.steps import ready
from tests.browser.watch import Watch


def test_on_paper_the_day_and_what_the_signs_mean(page: Page) -> None:
    control_ready(page, AREAS)
    page.emulate_media(media="print")
    page.evaluate("() => { window.dispatchEvent(new Event('beforeprint')); }")
    expect(page.locator(".control-as-of")).to_be_visible()
    expect(page.locator(".legend-control h3")).to_be_visible()
    expect(page.locator(".legend-doubts")).to_be_visible()
    expect(page.locator("#play")).to_be_hidden()
    expect(page.locator(".control-compare")).to_be_hidden()
    expect(page.locator(".map-level")).to_be_hidden()
    page.evaluate("() => { window.dispatchEvent(new Event('afterprint')); }")
    page.emulate_media(media="screen")
    expect(page.locator(".legend-control h3")).to_be_hidden()


def test_after_the_last_report_the_page_says_that_it_is_the_last(page: Page) -> None:
    known = grid_payload(100) | {"end": "2018-02-15"}
    page.route("**/api/control?**", lambda route: route.fulfill(json=known))
    control_ready(page, "/?lang=en&from=2018-02-20&to=2018-02-27")
    expect(page.locator(".control-as-of")).to_have_text("Control as of 14 Feb 2018, the last day reported")


def test_before_the_first_report_nothing_is_known(page: Page) -> None:
    ready(page, "/?lang=en&from=2017-01-01&to=2017-02-01")
    expect(page.locator(".control-as-of")).to_have_text("Control on 1 Feb 2017: not known")


def test_escape_ends_a_comparison(page: Page) -> None:
    control_ready(page, AREAS + "&compare=changes")
    expect(page.locator("#detail")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "compare" not in url)
    page.locator("[data-compare=swipe]").click()
    page.get_by_role("slider", name="Line between the two days").focus()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "compare" not in url)
    expect(page.locator(".swipe")).to_be_hidden()


def test_two_days_are_exported_with_all_between_them(page: Page) -> None:
    control_ready(page, AREAS)
    link = page.locator("#export-fronts")
    expect(link).to_have_attribute("href", "/export/fronts.geojson?on=2018-02-10&level=side")
    page.locator("[data-compare=swipe]").click()
    expect(link).to_have_attribute("href", "/export/fronts.geojson?from=2018-02-01&to=2018-02-10&level=side")
    page.locator("#export-button").click()
    expect(link).to_contain_text("1–10 Feb 2018")


def test_between_parties_of_one_side_there_is_no_front(page: Page) -> None:
    words = "Between parties of one side: no front"
    control_ready(page, AREAS + "&level=faction")
    page.locator(".tool-legend summary").click()
    expect(page.locator(".legend-control")).to_contain_text(words)
    page.locator(".map-level").select_option("side")
    page.wait_for_url(lambda url: "level" not in url)
    expect(page.locator(".legend-control")).not_to_contain_text(words)


def test_without_areas_there_is_nothing_to_compare(page: Page, watch: Watch) -> None:
    watch.expect("Failed to load resource|ERR_FAILED")
    page.route("**/api/control?**", lambda route: route.abort())
    ready(page, AREAS)
    expect(page.locator(".control-as-of")).to_contain_text("did not load")
    expect(page.locator(".control-compare")).to_be_hidden()


def test_the_newest_statement_stands_first_and_the_figure_is_no_probability(page: Page) -> None:
    control_ready(page, AREAS)
    with page.expect_response("**/api/control/at?**") as answer:
        press_area(page)
    decisive = [one["date_end"] for one in answer.value.json()["statements"] if one["decisive"]]
    assert decisive == sorted(decisive, reverse=True)
    expect(page.locator("#detail .facts")).to_contain_text("no probability")


def test_whose_colours_they_are_stands_on_the_map(page: Page) -> None:
    control_ready(page, AREAS)
    names = {side.side_id: side.name_en for side in curated().sides}
    key = page.locator(".control-key li")
    held = [one for one, found in summary(page)["holders"].items() if found["share"]]
    assert sorted(key.all_inner_texts()) == sorted(names[one] for one in held)
    page.locator("input[value=off]").check(force=True)
    expect(page.locator(".control-key")).to_be_hidden()


def test_on_light_ground_darker_sides_are_filled_more_strongly(page: Page) -> None:
    control_ready(page, AREAS)
    shades = page.evaluate(
        """async () => {
          const { fillOpacity } = await import("/static/js/control_ink.js");
          const { STYLES } = await import("/static/js/control_data.js");
          const probe = document.createElement("span");
          document.body.append(probe);
          const opacity = (holder, theme) => {
            probe.style.color = holder.colour;
            return fillOpacity(getComputedStyle(probe).color, STYLES.firm, theme);
          };
          const { holders } = await (await fetch("/api/control?level=side&lang=en")).json();
          const both = (holder) => [opacity(holder, "light"), opacity(holder, "dark")];
          return Object.fromEntries(holders.map((holder) => [holder.id, both(holder)]));
        }"""
    )
    assert shades["is"][0] > shades["government"][0] > shades["opposition"][0]
    assert len({dark for _, dark in shades.values()}) == 1
