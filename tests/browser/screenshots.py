"""Take the README's pictures: ``./scripts/screenshots`` runs this over the curated data."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize, sync_playwright

from geodata.store import Store, prepare
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.server import serving
from tests.conftest import ROOT
from webapp import create_app

FOLDER = ROOT / "docs" / "screenshots"
DESKTOP = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
Scheme = Literal["light", "dark"]
CAMPAIGN = "from=2018-02-01&to=2018-02-13"
POCKET = "/?lang=en&from=2018-02-01&to=2018-02-10"
HERE = "#here"
"""At the end of an address: with the panel of what holds the middle of the map."""
PICTURES: dict[str, tuple[str, ViewportSize, Scheme]] = {
    "map-en": ("/?lang=en", DESKTOP, "light"),
    "map-ar": ("/?lang=ar", DESKTOP, "light"),
    "map-dark-en": (f"/?lang=en&{CAMPAIGN}&colour=type&z=10&lat=35.42&lon=36.98", DESKTOP, "dark"),
    "event-en": (
        f"/?lang=en&{CAMPAIGN}&faction=is&event=jf18-e210&z=11&lat=35.46&lon=36.9",
        DESKTOP,
        "light",
    ),
    "table-en": (f"/?lang=en&{CAMPAIGN}&faction=is&view=table", DESKTOP, "light"),
    **{
        f"control-{day}-feb": (
            f"/?lang=en&from=2018-02-01&to=2018-02-{day:02}&z=10&lat=35.45&lon=37.08",
            DESKTOP,
            "light",
        )
        for day in (8, 10, 12, 14)
    },
    "control-why-en": (f"{POCKET}&z=11&lat=35.4035&lon=37.0975{HERE}", DESKTOP, "light"),
    "control-changes-ar": (
        "/?lang=ar&from=2018-02-06&to=2018-02-10&z=10&lat=35.45&lon=37.08&compare=changes",
        DESKTOP,
        "light",
    ),
    "control-swipe-dark-en": (f"{POCKET}&z=10&lat=35.45&lon=37.15&compare=swipe", DESKTOP, "dark"),
    "phone-en": ("/?lang=en", PHONE, "light"),
    "phone-ar": (f"/?lang=ar&{CAMPAIGN}&faction=is", PHONE, "light"),
}


def take(page: Page, address: str, path: Path) -> None:
    """Open an address and keep what is seen once everything has answered."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    if address.endswith(HERE):
        page.locator(".map-here").click()
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


def main() -> None:
    """Serve the atlas from a new store and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/atlas.sqlite"
        store = Store(url)
        prepare(store)
        store.close()
        app = create_app({"DATABASE": url})
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with serving(app) as address:
            for name, (path, viewport, scheme) in PICTURES.items():
                context = browser.new_context(
                    base_url=address, viewport=viewport, color_scheme=scheme, is_mobile=viewport is PHONE
                )
                take(context.new_page(), path, FOLDER / f"{name}.png")
                context.close()
        browser.close()
        app.extensions["atlas"].store.close()


if __name__ == "__main__":
    main()
