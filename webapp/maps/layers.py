"""Our own Folium elements, written the way Folium's plugins are written, fed with constants only.

They prepare the map for the page's modules: panes, empty layers and addresses hang on ``map.atlas``.
What is then drawn arrives in the browser as JSON of the same origin and never passes through here.
"""

from __future__ import annotations

from collections.abc import Mapping

import folium
from branca.element import MacroElement
from folium.template import Template

from webapp.maps.embed import html_text, identifier, local_url, script_literal
from webapp.maps.style import EXTENT, MAX_ZOOM, ONLINE_LAYERS, PANES, OnlineLayer


class AtlasMap(folium.Map):
    """A Folium map without tiles or third-party helpers, that keeps its west on the left in any language.

    Folium's own frame forbids zooming the page and styles ``html`` and ``body``; this one leaves both alone.

    Parameters
    ----------
    element_id : str
        Id of the container.
    label : str
        The map's name for screen readers.
    lat, lon : float
        Centre before the reader's own view is restored, degrees, EPSG:4326.
    zoom : int
        Zoom before the reader's own view is restored.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <script>L_NO_TOUCH = false; L_DISABLE_3D = false;</script>
        {% endmacro %}

        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.element_id }}" dir="ltr" role="region"
                 aria-label="{{ this.label }}"></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            var atlas_still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
            var {{ this.get_name() }} = L.map("{{ this.element_id }}", {
                center: {{ this.centre }},
                zoom: {{ this.zoom }},
                maxZoom: {{ this.max_zoom }},
                maxBounds: {{ this.extent }},
                maxBoundsViscosity: 1,
                zoomControl: false,
                attributionControl: false,
                zoomAnimation: !atlas_still,
                fadeAnimation: !atlas_still,
                markerZoomAnimation: !atlas_still,
                inertia: !atlas_still
            });
            {{ this.get_name() }}.atlas = { extent: {{ this.extent }}, bases: {}, mounts: {} };
        {% endmacro %}
        """
    )

    def __init__(self, element_id: str, label: str, *, lat: float, lon: float, zoom: int) -> None:
        location = [lat, lon]
        super().__init__(location=location, tiles=None, zoom_start=zoom)
        # Folium would draw these from five CDN hosts; Leaflet is all that the atlas uses.
        self.default_js = [pair for pair in self.default_js if pair[0] == "leaflet"]
        self.default_css = [pair for pair in self.default_css if pair[0] == "leaflet_css"]
        self._id = "atlas"  # a random id would make every page a different text
        self.element_id = identifier(element_id)
        self.label = html_text(label)
        self.centre = script_literal([lat, lon])
        self.zoom = script_literal(zoom)
        self.max_zoom = script_literal(MAX_ZOOM)
        self.extent = script_literal([[EXTENT.south, EXTENT.west], [EXTENT.north, EXTENT.east]])


class AtlasElement(MacroElement):
    """Base of the elements below: a fixed name instead of a random one."""

    def __init__(self, name: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Branca publishes no types
        self._name = name
        self._id = "atlas"

    @property
    def map_name(self) -> str:
        """Return the variable that holds the Leaflet map."""
        assert self._parent is not None, "add the element to a map first"
        return str(self._parent.get_name())


class Panes(AtlasElement):
    """Stack the panes: land, water, borders, rings, labels, events."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            Object.entries({{ this.panes }}).forEach(function (pane) {
                {{ this.map_name }}.createPane(pane[0]).style.zIndex = pane[1];
            });
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__("Panes")
        self.panes = script_literal(PANES)


class EventLayer(AtlasElement):
    """Two empty layers that the page fills from ``/api/map``: symbols, and rings of uncertainty."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this.map_name }}.atlas.events = L.layerGroup().addTo({{ this.map_name }});
            {{ this.map_name }}.atlas.rings = L.layerGroup().addTo({{ this.map_name }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__("EventLayer")


class EmbeddedBase(AtlasElement):
    """The base map that needs no network: an empty layer, filled from our own GeoJSON, and its credit."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this.map_name }}.atlas.bases.embedded = L.layerGroup([], { attribution: {{ this.credit }} });
            {{ this.map_name }}.atlas.basemap = {{ this.url }};
        {% endmacro %}
        """
    )

    def __init__(self, url: str, credit: str) -> None:
        super().__init__("EmbeddedBase")
        self.url = script_literal(local_url(url))
        self.credit = script_literal(f"<bdi>{html_text(credit)}</bdi>")


class OnlineBase(AtlasElement):
    """A tile layer that is made but not added: nothing is requested before the reader switches it on."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this.map_name }}.atlas.bases[{{ this.key }}] = L.tileLayer(
                {{ this.tiles }}, {{ this.options }}
            );
        {% endmacro %}
        """
    )

    def __init__(self, layer: OnlineLayer, credit: str) -> None:
        super().__init__(f"OnlineBase{layer.key}")
        if layer not in ONLINE_LAYERS:
            raise ValueError("only the online layers named in style.py are allowed by the page's policy")
        self.key = script_literal(identifier(layer.key))
        self.tiles = script_literal(layer.tiles)
        # OpenStreetMap refuses tiles without a referrer; the origin is enough for it.
        link = (
            f'<a href="{layer.credit_url}" target="_blank" rel="noopener"><bdi>{html_text(credit)}</bdi></a>'
        )
        self.options = script_literal(
            {
                "attribution": link,
                "maxNativeZoom": layer.max_native_zoom,
                "maxZoom": MAX_ZOOM,
                "referrerPolicy": "strict-origin-when-cross-origin",
            }
        )


class Mounts(AtlasElement):
    """Tell the page's modules where legend, base layer control and time bar are to be put."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this.map_name }}.atlas.mounts = {{ this.mounts }};
        {% endmacro %}
        """
    )

    def __init__(self, mounts: Mapping[str, str]) -> None:
        super().__init__("Mounts")
        self.mounts = script_literal({identifier(key): identifier(value) for key, value in mounts.items()})


class Controls(AtlasElement):
    """Zoom buttons, scale and credits, on the side where the reader's language starts."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            L.control.zoom({{ this.zoom }}).addTo({{ this.map_name }});
            L.control.attribution({{ this.credits }}).addTo({{ this.map_name }});
            L.control.scale({{ this.scale }}).addTo({{ this.map_name }});
        {% endmacro %}
        """
    )

    def __init__(self, zoom_in: str, zoom_out: str, *, rtl: bool) -> None:
        super().__init__("Controls")
        start, end = ("right", "left") if rtl else ("left", "right")
        self.zoom = script_literal(
            {"position": f"top{start}", "zoomInTitle": zoom_in, "zoomOutTitle": zoom_out}
        )
        self.credits = script_literal({"position": f"bottom{end}", "prefix": "Leaflet"})
        self.scale = script_literal({"position": f"bottom{end}", "imperial": False, "maxWidth": 120})


class OnWindow(AtlasElement):
    """Put the finished map where the page's modules find it; added last."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            window.atlasMap = {{ this.map_name }};
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__("OnWindow")
