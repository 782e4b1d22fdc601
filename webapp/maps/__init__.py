"""The map's frame, drawn with Folium: constants go in, data never does."""

from webapp.maps.build import build_page_map, page_map
from webapp.maps.embed import BadConstant, PageMap
from webapp.maps.style import LABEL_KEYS, URL_KEYS

__all__ = ["LABEL_KEYS", "URL_KEYS", "BadConstant", "PageMap", "build_page_map", "page_map"]
