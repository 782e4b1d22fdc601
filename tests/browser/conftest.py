"""Fixtures of the browser tests: the served atlas, one Chromium, a watched context for each test."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from geodata.store import Store, prepare
from tests.browser.server import serving
from tests.browser.watch import Watch
from tests.conftest import ROOT
from webapp import create_app
from webapp.maps import assets

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a browser does for itself (updates, accounts) would leave the machine, or hang where nothing can.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_MS = 15_000
SCREENSHOTS = ROOT / "test-results"

ContextFactory = Callable[..., BrowserContext]
_FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:  # noqa: ANN401 - pytest's own hook type
    """Remember for the fixtures whether the test failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Flask], str]]:
    """Return a function that serves an application until the tests end, and returns its address."""
    assets.check()
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(serving(app))


@pytest.fixture(scope="session")
def live_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return the application over the curated data, in a store of its own. Tests only read it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('live') / 'atlas.sqlite'}"
    store = Store(url)
    prepare(store)
    store.close()
    app = create_app({"DATABASE": url})
    yield app
    app.extensions["atlas"].store.close()


@pytest.fixture(scope="session")
def live_server(live_app: Flask, serve: Callable[[Flask], str]) -> str:
    """Return the address of the atlas over the curated data, such as ``http://127.0.0.1:41234``."""
    return serve(live_app)


def chromium() -> str:
    """Return the path of this machine's Chromium, or fail saying how to get one."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not program:
        pytest.fail("no Chromium on the PATH: ./scripts/test installs or finds one", pytrace=False)
    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one Chromium of this run."""
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Return the record of this test's contexts; what nobody expected fails the test at its end."""
    watch = Watch()
    yield watch
    if found := watch.unexpected():
        pytest.fail("the page did what it must not:\n" + "\n".join(found), pytrace=False)


@pytest.fixture
def new_context(
    request: pytest.FixtureRequest, browser: Browser, live_server: str, watch: Watch
) -> Iterator[ContextFactory]:
    """Return a function that opens a watched context; options are Playwright's ``new_context``'s."""
    contexts: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:  # noqa: ANN401 - passed on as they are
        settings = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "base_url": live_server}
        context = browser.new_context(**settings | options)
        context.set_default_timeout(TIMEOUT_MS)
        watch.attach(context)
        contexts.append(context)
        return context

    yield open_context
    pages = [page for context in contexts for page in context.pages]
    if request.node.stash.get(_FAILED, False):
        SCREENSHOTS.mkdir(exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9_-]+", "-", request.node.name)[:80]
        for number, page in enumerate(pages):
            page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png")
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: ContextFactory) -> Page:
    """Return a page in a watched context of desktop size, in English: ``page.goto("/")``."""
    return new_context().new_page()
