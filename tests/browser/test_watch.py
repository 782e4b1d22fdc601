"""The browser fixtures themselves: they see what they are there to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.watch import Watch

BAD = """<!doctype html><html lang="en"><title>x</title>
<link rel="icon" href="data:,">
<script>document.title = "ran without a nonce"</script>
<script nonce="n">
console.error("told the console");
setTimeout(() => { throw new Error("nobody caught this"); }, 0);
fetch("http://elsewhere.invalid/secret").catch(() => { document.title = "refused"; });
</script></html>"""


@pytest.fixture(scope="module")
def bad_server(serve: Callable[[Flask], str]) -> str:
    app = Flask("bad")

    @app.get("/")
    def index() -> Response:
        policy = {"Content-Security-Policy": "default-src * data:; script-src 'nonce-n'"}
        return Response(BAD, mimetype="text/html", headers=policy)

    return serve(app)


@pytest.fixture
def record(browser: Browser, bad_server: str) -> Iterator[tuple[Watch, Page]]:
    watch = Watch()
    with browser.new_context(base_url=bad_server) as context:
        watch.attach(context)
        yield watch, context.new_page()


def _visit(page: Page) -> None:
    page.goto("/")
    page.wait_for_function("document.title === 'refused'")


def test_errors_violations_and_calls_elsewhere_are_recorded(record: tuple[Watch, Page]) -> None:
    watch, page = record
    _visit(page)
    found = "\n".join(watch.unexpected())
    for part in (
        "told the console",
        "nobody caught this",
        "atlas-policy-violation script-src-elem inline",
        "request left this machine: http://elsewhere.invalid/secret",
    ):
        assert part in found
    assert watch.refused == ["http://elsewhere.invalid/secret"]


def test_what_is_expected_is_no_problem(record: tuple[Watch, Page]) -> None:
    watch, page = record
    watch.expect("told the console|nobody caught this|policy|inline script")
    watch.expect_host("elsewhere.invalid")
    _visit(page)
    assert watch.unexpected() == []
    assert watch.refused == ["http://elsewhere.invalid/secret"]


def test_a_missing_answer_times_out_loudly(record: tuple[Watch, Page]) -> None:
    _watch, page = record
    with pytest.raises(PlaywrightTimeout):
        page.wait_for_selector("#never", timeout=100)
