"""The map of the page: Folium draws the frame from constants, the browser fetches the data itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from branca.element import CssLink, Element, Figure, JavascriptLink
from flask import url_for

from webapp.maps.assets import vendor_url
from webapp.maps.embed import BadConstant, PageMap
from webapp.maps.layers import (
    AtlasMap,
    Controls,
    EmbeddedBase,
    EventLayer,
    Mounts,
    OnlineBase,
    OnWindow,
    Panes,
)
from webapp.maps.style import LABEL_KEYS, LANGUAGES, ONLINE_LAYERS, URL_KEYS
from webapp.messages import page_messages

MAP_ID = "atlas-map"
MOUNTS = {"tools": "map-tools", "timebar": "timebar"}

#: Where the map stands before the reader's view is restored: north-east Hama, south-east Idlib.
CENTRE = (35.45, 37.05, 9)


def build_page_map(
    urls: Mapping[str, str],
    labels: Mapping[str, object],
    language: str,
    *,
    online_layers: bool = True,
    centre: tuple[float, float, int] = CENTRE,
) -> PageMap:
    """Draw the map's frame with Folium, from constants only.

    Parameters
    ----------
    urls : mapping
        Same-origin addresses; ``basemap`` is the folder of the base map's GeoJSON.
    labels : mapping
        The page's messages in the reader's language; needs the keys of ``LABEL_KEYS``.
    language : str
        ``en`` or ``ar``; in Arabic the controls change sides, the map does not.
    online_layers : bool
        Whether the reader may switch on layers of other hosts.
    centre : tuple of (lat, lon, zoom)
        Degrees, EPSG:4326.

    Returns
    -------
    PageMap
        Header, container and script, still without a nonce.

    Raises
    ------
    BadConstant
        When a URL leaves the origin, a label is missing or the language is unknown.
    UnmappedAsset
        When Folium names a script or style sheet that is not served from here.
    """
    words = _words(labels)
    if language not in LANGUAGES:
        raise BadConstant(f"no language {language!r:.20}")
    missing = [key for key in URL_KEYS if key not in urls]
    if missing:
        raise BadConstant(f"missing addresses: {', '.join(missing)}")

    lat, lon, zoom = centre
    atlas_map = AtlasMap(MAP_ID, words["map.label"], lat=lat, lon=lon, zoom=zoom)
    Panes().add_to(atlas_map)
    EmbeddedBase(urls["basemap"], words["map.natural_earth"]).add_to(atlas_map)
    for layer in ONLINE_LAYERS if online_layers else ():
        OnlineBase(layer, words[layer.credit_key]).add_to(atlas_map)
    EventLayer().add_to(atlas_map)
    Controls(words["map.zoom_in"], words["map.zoom_out"], rtl=language == "ar").add_to(atlas_map)
    Mounts(MOUNTS).add_to(atlas_map)
    OnWindow().add_to(atlas_map)
    return _render(atlas_map)


def page_map(language: str, online_layers: bool) -> PageMap:
    """Return the map of the running application in the request's language, drawn once for each.

    Parameters
    ----------
    language : str
        The request's language, ``en`` or ``ar``.
    online_layers : bool
        Whether the reader may switch on layers of other hosts.
    """
    return _drawn(language, online_layers, url_for("pages.basemap", name="").rstrip("/"))


@lru_cache(maxsize=8)
def _drawn(language: str, online_layers: bool, basemap_url: str) -> PageMap:
    return build_page_map({"basemap": basemap_url}, page_messages(), language, online_layers=online_layers)


def _words(labels: Mapping[str, object]) -> dict[str, str]:
    words = {key: text for key in LABEL_KEYS if isinstance(text := labels.get(key), str)}
    missing = [key for key in LABEL_KEYS if key not in words]
    if missing:
        raise BadConstant(f"missing labels: {', '.join(missing)}")
    return words


def _render(atlas_map: AtlasMap) -> PageMap:
    figure = atlas_map.get_root()
    assert isinstance(figure, Figure)
    figure.header._children.pop("meta_http", None)  # the page's template says its encoding itself
    atlas_map.render()  # type: ignore[no-untyped-call]  # Folium publishes no types
    _serve_from_here(figure.header)
    script = figure.script.render()
    return PageMap(
        header=figure.header.render().strip(),
        html=figure.html.render().strip(),
        # A block of its own: Folium's variables stay out of the page's global names.
        script=f"<script>\n{{\n{script}\n}}\n</script>",
    )


def _serve_from_here(header: Element) -> None:
    for name, child in header._children.items():
        if isinstance(child, JavascriptLink | CssLink):
            child.url = vendor_url(name)
