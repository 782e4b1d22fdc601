"""Hostile texts in a real browser: on the map, panel, table, event page and search, shown as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.hostile import TEXTS, hostile_database
from webapp import create_app

IDS = [f"x{number:03}" for number in range(len(TEXTS))]
# The base map and Leaflet's own controls draw svg; nothing of the atlas makes any of these.
FOREIGN = (
    "img, iframe, object, embed, base, video, math, "
    "form[action^='//'], link[href*='evil'], a[href^='javascript']"
)

GO = """address => { history.pushState(null, "", address); dispatchEvent(new PopStateEvent("popstate")); }"""


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Flask], str]) -> Iterator[str]:
    app = create_app({"DATABASE": hostile_database(tmp_path_factory.mktemp("hostile"))})
    yield serve(app)
    app.extensions["atlas"].store.close()


@pytest.fixture
def hostile_page(new_context: Callable[..., BrowserContext], hostile_address: str) -> Iterator[Page]:
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page = new_context(viewport={"width": 1600, "height": 1500}, base_url=hostile_address).new_page()
    page.on("dialog", refuse)
    yield page
    assert dialogs == []
    assert page.evaluate("window.__executed") is None
    assert page.locator(FOREIGN).count() == 0
    assert page.url.startswith(hostile_address)


def test_map_symbols_and_tooltips(hostile_page: Page) -> None:
    hostile_page.goto("/?lang=en&z=8&lat=35.4&lon=38.3")
    marks = hostile_page.locator(".mark-icon.is-event")
    expect(marks).to_have_count(len(TEXTS))
    labels = marks.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    tips = hostile_page.evaluate(
        """() => {
            const found = [];
            window.atlasMap.atlas.events.eachLayer(mark => {
                mark.openTooltip();
                found.push(mark.getTooltip().getElement().textContent);
                mark.closeTooltip();
            });
            return found;
        }"""
    )
    for text in TEXTS:
        assert any(text in label for label in labels)
        assert any(text in tip for tip in tips)


def test_place_labels(hostile_page: Page) -> None:
    # Between the events, whose symbols push names aside.
    hostile_page.goto("/?lang=en&z=10&lat=33.25&lon=36.75&type=riots")
    labels = hostile_page.locator(".place-label[class*=rank] bdi")
    expect(labels).not_to_have_count(0)
    words = labels.evaluate_all("all => all.map(one => one.textContent)")
    assert set(words) <= set(TEXTS)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_event_panel(hostile_page: Page, language: str) -> None:
    hostile_page.goto(f"/?lang={language}")
    panel = hostile_page.locator("#detail")
    for name, text in zip(IDS, TEXTS, strict=True):
        hostile_page.evaluate(GO, f"/?lang={language}&event={name}")
        expect(panel.locator(f"a[href*='/events/{name}']")).to_have_count(1)
        words = panel.evaluate("panel => [...panel.querySelectorAll('*')].map(one => one.textContent)")
        assert sum(word == text for word in words) >= 5, text


@pytest.mark.parametrize(("language", "half"), [("en", 0), ("ar", 1)])
def test_areas_of_control(hostile_page: Page, language: str, half: int) -> None:
    hostile_page.goto(f"/?lang={language}&z=12&lat=33&lon=36")
    panel = hostile_page.locator("#detail")
    expect(hostile_page.locator(".control-as-of")).not_to_be_empty()
    for number, text in list(enumerate(TEXTS))[half::2]:
        lat, lon = 33 + 0.5 * (number // 10), 36 + 0.5 * (number % 10)
        hostile_page.evaluate(GO, f"/?lang={language}&z=12&lat={lat}&lon={lon}")
        hostile_page.locator(".map-here").click()
        expect(panel.locator("h2 bdi")).to_have_text(text, use_inner_text=False)
        words = panel.evaluate("panel => [...panel.querySelectorAll('*')].map(one => one.textContent)")
        assert sum(word == text for word in words) >= 4, text
    hostile_page.locator(".tool-legend summary").click()
    legend = hostile_page.locator(".legend-control bdi").evaluate_all(
        "all => all.map(one => one.textContent)"
    )
    assert set(TEXTS) & set(legend)
    hostile_page.evaluate(GO, f"/?lang={language}&z=12&lat=33&lon=36&compare=changes")
    expect(panel.locator(".change-list li").first).to_be_visible()
    changed = panel.locator("bdi").evaluate_all("all => all.map(one => one.textContent)")
    assert set(changed) & set(TEXTS)


def test_table(hostile_page: Page) -> None:
    hostile_page.goto("/?lang=en&view=table")
    found: set[str] = set()
    rows = hostile_page.locator("#table-pane tbody tr")
    expect(rows).to_have_count(50)
    found |= set(
        hostile_page.locator("#table-pane bdi").evaluate_all("all => all.map(one => one.textContent)")
    )
    hostile_page.locator("#table-pane .pager button").last.click()
    expect(rows).to_have_count(len(TEXTS) - 50)
    found |= set(
        hostile_page.locator("#table-pane bdi").evaluate_all("all => all.map(one => one.textContent)")
    )
    assert set(TEXTS) <= found


def test_filter_panel(hostile_page: Page) -> None:
    hostile_page.goto("/?lang=en")
    expect(hostile_page.locator("#facets")).not_to_have_attribute("aria-busy", "true")
    for button in hostile_page.locator("#facets button.link:visible").all():
        button.click()
    words = set(hostile_page.locator("#facets *").evaluate_all("all => all.map(one => one.textContent)"))
    assert set(TEXTS) <= words


def test_search_is_said_back(hostile_page: Page) -> None:
    hostile_page.goto("/?lang=en")
    for text in TEXTS:
        if len(text) > 200 or "\t" in text:
            continue
        hostile_page.evaluate(
            """text => {
                history.pushState(null, "", "/?lang=en&q=" + encodeURIComponent(text));
                dispatchEvent(new PopStateEvent("popstate"));
            }""",
            text,
        )
        expect(hostile_page.locator("#sentence")).to_contain_text(text.strip(), use_inner_text=False)


def test_event_pages(hostile_page: Page, hostile_address: str) -> None:
    for name, text in zip(IDS, TEXTS, strict=True):
        hostile_page.goto(f"{hostile_address}/events/{name}?lang=en")
        words = hostile_page.locator("main *").evaluate_all("all => all.map(one => one.textContent)")
        assert sum(word == text for word in words) >= 6, text
        assert hostile_page.evaluate("window.__executed") is None
