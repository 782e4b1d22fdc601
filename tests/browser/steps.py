"""Steps that the browser tests share."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

IS_WINDOW = "/?lang=en&from=2018-02-01&to=2018-02-13&faction=is"
COUNT = """() => {
    let count = 0;
    window.atlasMap.atlas.events.eachLayer(mark => { count += mark.item.count ?? 1; });
    return count;
}"""


def marks(page: Page) -> Locator:
    """Return the symbols on the map, without the frame around the selected one."""
    return page.locator(".mark-icon:not(:has(.selected-frame))")


def ready(page: Page, address: str = "/?lang=en") -> Page:
    """Open an address and wait until the counts are there, which follow the map's answer."""
    page.goto(address)
    expect(page.locator("#facets")).not_to_have_attribute("aria-busy", "true")
    return page


def everything_in_view(page: Page) -> None:
    """Zoom out until every event is in the picture."""
    page.evaluate("window.atlasMap.setView([35.2, 37.2], 7, {animate: false})")
    expect(page.locator("#progress")).to_be_hidden()
