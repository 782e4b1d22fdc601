"""The map's frame: constants only, our own assets only, nothing for Jinja to evaluate."""

from __future__ import annotations

import inspect
import re

import pytest

from tests.webapp.maps.test_embed import HOSTILE
from webapp.maps import LABEL_KEYS, BadConstant, PageMap, build_page_map
from webapp.maps.assets import UnmappedAsset
from webapp.maps.build import MAP_ID
from webapp.maps.embed import with_nonce
from webapp.maps.layers import AtlasMap, OnlineBase
from webapp.maps.style import ONLINE_LAYERS, PANES, OnlineLayer
from webapp.messages import MESSAGES

LABELS = {key: key for key in LABEL_KEYS}
URLS = {"basemap": "/basemap"}
NONCE = "abcdefghijklmnopqrstuvwx"
TILE_HOSTS = {"tile.openstreetmap.org", "server.arcgisonline.com"}
LEAFLET_TILES = 200
CREDIT_HOSTS = {"www.openstreetmap.org", "www.esri.com"}


def text_of(parts: PageMap) -> str:
    return parts.header + parts.html + parts.script


def unescaped(script: str) -> str:
    units = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), script)
    return units.encode("utf-16", "surrogatepass").decode("utf-16")


@pytest.fixture(params=["en", "ar"])
def parts(request: pytest.FixtureRequest) -> PageMap:
    return build_page_map(URLS, LABELS, request.param)


def test_no_parameter_takes_data() -> None:
    parameters = list(inspect.signature(build_page_map).parameters)
    assert parameters == ["urls", "labels", "language", "online_layers", "centre"]


def test_only_leaflet_is_loaded_and_from_here(parts: PageMap) -> None:
    assert re.findall(r'src="([^"]*)"', parts.header) == ["/static/vendor/leaflet/leaflet.js"]
    assert re.findall(r'href="([^"]*)"', parts.header) == ["/static/vendor/leaflet/leaflet.css"]
    assert not re.search(r"jquery|bootstrap|awesome|glyphicon|\$\(", text_of(parts), re.IGNORECASE)


def test_no_host_but_those_of_the_online_layers_is_named(parts: PageMap) -> None:
    hosts = set(re.findall(r"//([a-z0-9.-]+)", unescaped(text_of(parts))))
    assert hosts <= TILE_HOSTS | CREDIT_HOSTS


def test_without_online_layers_no_host_is_named_at_all() -> None:
    parts = build_page_map(URLS, LABELS, "en", online_layers=False)
    assert re.findall(r"https?:", unescaped(text_of(parts))) == []


def test_tile_layers_are_made_but_not_added(parts: PageMap) -> None:
    tile_lines = [line for line in parts.script.splitlines() if "L.tileLayer" in line]
    assert len(tile_lines) == len(ONLINE_LAYERS)
    assert not any("addTo" in line for line in tile_lines)


def test_the_map_keeps_its_west_on_the_left(parts: PageMap) -> None:
    assert re.search(rf'<div class="folium-map" id="{MAP_ID}" dir="ltr"', parts.html)


def test_the_zoom_buttons_stand_where_the_language_starts() -> None:
    assert "topleft" in build_page_map(URLS, LABELS, "en").script
    assert "topright" in build_page_map(URLS, LABELS, "ar").script


def test_every_tag_that_the_policy_checks_has_the_nonce(parts: PageMap) -> None:
    marked = with_nonce(parts, NONCE)
    for tag in re.findall(r"<(?:script|style|link)\b[^>]*>", marked.header + marked.script):
        assert f'nonce="{NONCE}"' in tag
    assert marked.script.count("<script") == 1
    assert "<script" not in marked.html


def test_no_inline_style_or_handler(parts: PageMap) -> None:
    assert not re.search(r"\s(style|on\w+)\s*=\s*[\"']", parts.header + parts.html)


def test_the_page_itself_is_left_alone(parts: PageMap) -> None:
    assert "user-scalable" not in parts.header
    assert not re.search(r"\b(html|body)\b", parts.header)


def test_the_same_constants_make_the_same_text() -> None:
    assert build_page_map(URLS, LABELS, "en") == build_page_map(URLS, LABELS, "en")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_labels_are_neither_evaluated_nor_passed_raw(hostile: str) -> None:
    harmless = build_page_map(URLS, LABELS, "en")
    parts = build_page_map(URLS, dict.fromkeys(LABEL_KEYS, hostile), "en")
    assert parts.header == harmless.header
    assert parts.script.count("<") == harmless.script.count("<")
    assert parts.html.count("<") == harmless.html.count("<")
    for evaluated in (">49<", '"49"', "${", "`"):
        assert evaluated not in text_of(parts)
    # The zoom button's title is set as text by Leaflet: the literal means exactly what came in.
    assert hostile in unescaped(parts.script)


@pytest.mark.parametrize("language", ["de", "", "{{7*7}}", "en'"])
def test_unknown_languages_are_refused(language: str) -> None:
    with pytest.raises(BadConstant):
        build_page_map(URLS, LABELS, language)


@pytest.mark.parametrize("url", ["https://evil.example", "//evil.example", "/{{7*7}}", "javascript:1"])
def test_addresses_of_other_hosts_are_refused(url: str) -> None:
    with pytest.raises(BadConstant):
        build_page_map({"basemap": url}, LABELS, "en")


def test_a_missing_label_or_address_is_named() -> None:
    with pytest.raises(BadConstant, match=r"map\.zoom_in"):
        build_page_map(URLS, {key: key for key in LABEL_KEYS if key != "map.zoom_in"}, "en")
    with pytest.raises(BadConstant, match="basemap"):
        build_page_map({}, LABELS, "en")


def test_an_asset_that_is_not_mapped_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def wants_more(self: AtlasMap, **kwargs: object) -> str:
        self.default_js = [*self.default_js, ("jquery", "https://code.jquery.com/jquery-3.7.1.min.js")]
        return str(super(AtlasMap, self).render(**kwargs))  # type: ignore[no-untyped-call]

    monkeypatch.setattr(AtlasMap, "render", wants_more)
    with pytest.raises(UnmappedAsset, match="jquery"):
        build_page_map(URLS, LABELS, "en")


def test_a_tile_layer_that_the_policy_does_not_know_is_refused() -> None:
    other = OnlineLayer(
        "other", "https://tiles.example/{z}/{x}/{y}.png", "map.osm_credit", "https://x.example", 18
    )
    with pytest.raises(ValueError, match="policy"):
        OnlineBase(other, "x")


def test_control_lies_over_any_base_map_and_under_what_events_say() -> None:
    base = max(PANES["atlas-land"], PANES["atlas-water"], PANES["atlas-borders"], LEAFLET_TILES)
    assert base < PANES["atlas-control"] < PANES["atlas-drawn"]
    over = ("atlas-rings", "atlas-cell", "atlas-labels", "atlas-events", "atlas-selected")
    assert PANES["atlas-drawn"] < min(PANES[name] for name in over)


def test_the_page_has_every_word_that_the_frame_needs() -> None:
    assert [key for key in LABEL_KEYS if key not in MESSAGES] == []
