"""Constants of the map: its extent, panes, online layers, and the words it needs from the page."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from geodata.geometry import BBox

LANGUAGES = ("en", "ar")

#: What the embedded base map covers; the reader cannot leave it, so the sheet never ends in a blank.
EXTENT = BBox(west=30.0, south=28.0, east=50.0, north=42.0)

#: Closest zoom. Villages are good to a few hundred metres: nearer would feign a precision that nobody has.
MAX_ZOOM = 15

#: Panes from bottom to top, with their z-index. Leaflet's tiles have 200, its tooltips 650: the embedded land
#: lies under online tiles, so that there is a map when they do not come. Areas of control lie over either.
PANES: MappingProxyType[str, int] = MappingProxyType(
    {
        "atlas-land": 150,
        "atlas-water": 160,
        "atlas-borders": 170,
        "atlas-control": 300,
        "atlas-drawn": 310,
        "atlas-rings": 410,
        "atlas-cell": 415,
        "atlas-labels": 420,
        "atlas-events": 610,
        "atlas-selected": 620,
    }
)

#: Addresses that the frame carries.
URL_KEYS = ("basemap",)

#: Words that the frame carries, by their key in the page's messages.
LABEL_KEYS = (
    "map.label",
    "map.zoom_in",
    "map.zoom_out",
    "map.natural_earth",
    "map.osm_credit",
    "map.esri_credit",
)


@dataclass(frozen=True, slots=True)
class OnlineLayer:
    """A tile layer that stays off, and asks for nothing, until the reader switches it on."""

    key: str
    tiles: str
    credit_key: str
    credit_url: str
    max_native_zoom: int


ONLINE_LAYERS = (
    OnlineLayer(
        key="osm",
        tiles="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        credit_key="map.osm_credit",
        credit_url="https://www.openstreetmap.org/copyright",
        max_native_zoom=19,
    ),
    OnlineLayer(
        key="satellite",
        tiles="https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}",
        credit_key="map.esri_credit",
        credit_url="https://www.esri.com/",
        max_native_zoom=17,
    ),
)
