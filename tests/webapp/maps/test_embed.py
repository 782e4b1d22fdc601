"""Constants are escaped or refused, and the nonce reaches Folium's own tags only."""

from __future__ import annotations

import html
import json

import jinja2
import pytest

from webapp.maps.embed import (
    BadConstant,
    PageMap,
    html_text,
    identifier,
    local_url,
    script_literal,
    with_nonce,
)

HOSTILE = (
    "{{7*7}}",
    "{% for x in range(3) %}x{% endfor %}",
    "{# gone #}",
    "${alert(1)}",
    "`${1}`",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "'-alert(1)-'",
    "\\",
    "\u2028\u2029",
    "line\nbreak",
    "\u202egnirts",
    "\x00",
    "الخوين 💥",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_script_literal_means_the_text_and_holds_nothing_that_acts(text: str) -> None:
    literal = script_literal(text)
    assert json.loads(literal) == text
    assert jinja2.Template(literal).render() == literal
    assert not set("<>{}$`'&\n\u2028") & set(literal)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_text_means_the_text_and_holds_nothing_that_acts(text: str) -> None:
    escaped = html_text(text)
    if "\x00" not in text:  # HTML has no reference for it: a browser shows the replacement character
        assert html.unescape(escaped) == text
    assert jinja2.Template(escaped).render() == escaped
    assert not set("<>{}$`'\"\n") & set(escaped)


def test_a_lone_surrogate_does_not_stop_a_literal() -> None:
    assert script_literal("\ud800") == '"\\ud800"'


def test_literals_of_lists_mappings_and_numbers() -> None:
    assert json.loads(script_literal({"a": [1, 2.5, None, True], "b": {"c": "d"}})) == {
        "a": [1, 2.5, None, True],
        "b": {"c": "d"},
    }
    assert "{{" not in script_literal({"a": {"b": {}}})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), b"bytes", {"a": {1, 2}}])
def test_what_is_no_constant_is_refused(value: object) -> None:
    with pytest.raises(BadConstant):
        script_literal(value)


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.example/x.js",
        "//cdn.example/x.js",
        "/\\cdn.example",
        "javascript:alert(1)",
        "x.js",
        "",
        "/a b",
        "/{{7*7}}",
        '/"onload=alert(1)',
        "/a\n",
    ],
)
def test_addresses_that_leave_this_server_are_refused(url: str) -> None:
    with pytest.raises(BadConstant):
        local_url(url)


def test_an_address_of_this_server_is_kept() -> None:
    assert local_url("/static/basemap/countries.geojson?v=1") == "/static/basemap/countries.geojson?v=1"


@pytest.mark.parametrize("text", ["", "Map", "1map", "map id", "map{{7*7}}", "map\n", 'map"', "م"])
def test_bad_identifiers_are_refused(text: str) -> None:
    with pytest.raises(BadConstant):
        identifier(text)


def test_the_nonce_marks_header_and_script_and_leaves_the_container_alone() -> None:
    parts = PageMap(
        '<script src="/a.js"></script><style>a{}</style>',
        "<div></div><script>x</script>",
        "<script>y</script>",
    )
    marked = with_nonce(parts, "abcdefghijklmnop")
    assert marked.header.count('nonce="abcdefghijklmnop"') == 2
    assert marked.script == '<script nonce="abcdefghijklmnop">y</script>'
    assert marked.html == parts.html


@pytest.mark.parametrize(
    "nonce", ["", "short", 'abcdefghijklmnop"><script>', "abcdefghijklmno p", "abcdefghijklmnop\n"]
)
def test_a_bad_nonce_is_refused(nonce: str) -> None:
    with pytest.raises(BadConstant):
        with_nonce(PageMap("", "", "<script></script>"), nonce)
