"""The search box: places offered as one types, in either script, by keyboard, with governorate and doubt."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ContextFactory


def ready(page: Page, address: str = "/?lang=en") -> Page:
    page.goto(address)
    expect(page.locator("#facets")).not_to_have_attribute("aria-busy", "true")
    return page


@pytest.mark.parametrize(
    ("text", "language", "name", "kind", "governorate"),
    [
        ("خوين", "en", "Khuwayn al-Kabir", "village", "Idlib"),
        ("khwein", "en", "Khuwayn al-Kabir", "village", "Idlib"),
        ("خوين", "ar", "خوين الكبير", "قرية", "إدلب"),
        ("khwein", "ar", "خوين الكبير", "قرية", "إدلب"),
        ("khuwayn", "en", "Khuwayn al-Kabir", "village", "Idlib"),
    ],
)
def test_khuwayn_is_offered_first_with_its_governorate(
    page: Page, text: str, language: str, name: str, kind: str, governorate: str
) -> None:
    ready(page, f"/?lang={language}")
    page.locator("#search").press_sequentially(text, delay=30)
    first = page.locator("#suggestions [role=option]").first
    expect(first).to_contain_text(name)
    expect(first).to_contain_text(f"{kind} · {governorate}")


def test_a_name_of_several_places_is_marked(page: Page) -> None:
    ready(page)
    page.locator("#search").press_sequentially("al-hamra", delay=30)
    offered = page.locator("#suggestions [role=option]").filter(has_text="al-Hamra")
    expect(offered.first).to_contain_text("Several places have this name")
    page.locator("#search").fill("khwein")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("Khuwayn al-Kabir")
    expect(page.locator("#suggestions [role=option]").first.locator(".doubt")).to_have_count(0)


def test_the_keyboard_is_enough(page: Page) -> None:
    ready(page)
    field = page.locator("#search")
    field.press_sequentially("khuw", delay=30)
    options = page.locator("#suggestions [role=option]")
    expect(options.nth(1)).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#search-status")).to_have_text(re.compile(r"^\d+ places? offered$"))
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    field.fill("khwein")
    expect(options.first).to_contain_text("Khuwayn al-Kabir")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile(r"lat=35\.478\d?&lon=36\.836|lon=36\.836\d?&lat=35\.478"))
    expect(field).to_have_value("")
    expect(page.locator("#suggestions")).to_be_hidden()


def test_on_a_phone(new_context: ContextFactory) -> None:
    page = ready(new_context(viewport={"width": 390, "height": 780}, has_touch=True).new_page(), "/?lang=ar")
    page.locator("#search").press_sequentially("خوين", delay=30)
    first = page.locator("#suggestions [role=option]").first
    expect(first).to_be_in_viewport()
    first.tap()
    page.wait_for_url(re.compile(r"lat=35\.478"))
