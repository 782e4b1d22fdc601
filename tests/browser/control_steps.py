"""Steps that the tests of control share, and a map of many cells to measure."""

from __future__ import annotations

import math
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.steps import ready

AREAS = "/?lang=en&from=2018-02-01&to=2018-02-10&z=10&lat=35.4&lon=37.1"
SUMMARY = "() => window.atlasMap.atlas.control.summary()"

PAINTED = """() => {
    const canvas = document.querySelector(".control-canvas:not([hidden])");
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let count = 0;
    for (let i = 3; i < pixels.length; i += 4) count += pixels[i] > 0;
    return count;
}"""

# A point of a drawn area with nothing else on it, well inside the picture.
FREE_POINT = """() => {
    const map = window.atlasMap;
    const box = map.getContainer().getBoundingClientRect();
    for (let y = 0.3; y < 0.8; y += 0.02) {
        for (let x = 0.3; x < 0.8; x += 0.02) {
            const point = [box.width * x, box.height * y];
            const { lat, lng } = map.containerPointToLatLng(point);
            const found = map.atlas.control.at(lat, lng);
            const hit = document.elementFromPoint(box.left + point[0], box.top + point[1]);
            if (found?.holder && found.style === 1 && hit === map.getContainer()) {
                return { x: box.left + point[0], y: box.top + point[1], ...found };
            }
        }
    }
    return null;
}"""


def until(page: Page, condition: str) -> None:
    """Wait until an expression is true, asked from outside: the page may not evaluate text."""
    for _ in range(150):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {condition}")


def summary(page: Page) -> dict[str, Any]:
    """Return what of control is shown, in numbers."""
    found: dict[str, Any] = page.evaluate(SUMMARY)
    return found


def control_ready(page: Page, address: str) -> Page:
    """Open an address and wait until areas or fronts are there."""
    ready(page, address)
    expect(page.locator("#control-words .control-as-of")).not_to_be_empty()
    until(page, f"({SUMMARY})().day !== null")
    return page


def painted(page: Page) -> int:
    """Return how many pixels of the canvas are not empty."""
    return int(page.evaluate(PAINTED))


def press_area(page: Page) -> dict[str, Any]:
    """Press a firmly held area where nothing else lies; returns who holds it."""
    found: dict[str, Any] = page.evaluate(FREE_POINT)
    assert found
    page.mouse.click(found["x"], found["y"])
    expect(page.locator("#detail .facts")).to_be_visible()
    return found


def grid_payload(cells: int, days: int = 365) -> dict[str, Any]:
    """Return an answer of /api/control with so many cells of one holder each and a front that moves east.

    The cells are the squares of a grid with shaken corners; every tenth is uncertain, every fifth inferred.
    """
    side = math.ceil(math.sqrt(cells))
    step = 0.0001
    width, height = 15_000 / side, 10_000 / side

    def corner(column: int, row: int) -> tuple[int, int]:
        shake = 0.3 * math.sin(12.9 * column + 78.2 * row), 0.3 * math.sin(39.3 * column + 11.1 * row)
        return round((column + shake[0]) * width), round((row + shake[1]) * height)

    def cell(column: int, row: int) -> int:
        return column * side + row if 0 <= column < side and 0 <= row < side else -1

    arcs: list[list[int]] = []
    beside: list[list[int]] = []
    for column in range(side + 1):
        for row in range(side + 1):
            (x, y) = corner(column, row)
            north, east = corner(column, row + 1), corner(column + 1, row)
            if row < side:
                arcs.append([x, y, north[0] - x, north[1] - y])
                beside.append([cell(column - 1, row), cell(column, row)])
            if column < side:
                arcs.append([x, y, east[0] - x, east[1] - y])
                beside.append([cell(column, row), cell(column, row - 1)])
    histories = []
    for column in range(side):
        for row in range(side):
            number = cell(column, row)
            style = 2 if number % 10 == 0 else 3 if number % 5 == 0 else 1
            reached = round((column / side - 0.3 - 0.1 * math.sin(9 * row / side)) * 3 * days)
            first = 1 if row * 2 < side else 2
            if reached <= 0:
                histories.append([0, 0, style])
            elif reached < days:
                histories.append([0, first, style, reached, 0, style])
            else:
                histories.append([0, first, style])
    colours = {"government": "#a9291e", "opposition": "#118063", "is": "#52475d"}
    return {
        "revision": "grid",
        "level": "side",
        "levels": [],
        "start": "2017-03-01",
        "end": "2018-03-01",
        "holders": [{"id": name, "name": name, "colour": colour} for name, colour in colours.items()],
        "origin": [36.4, 35.0],
        "step": step,
        "arcs": arcs,
        "arc_regions": beside,
        "regions": [],
        "histories": histories,
        "statements": cells,
        "not_drawn": 0,
        "notes": [],
    }
