"""The places: their names, their hierarchy, and how they are found."""

from geodata.gazetteer.batch import geocode_many
from geodata.gazetteer.gazetteer import Gazetteer, NameMatch
from geodata.gazetteer.geocoder import GazetteerGeocoder
from geodata.gazetteer.names import fold, name_key

__all__ = ["Gazetteer", "GazetteerGeocoder", "NameMatch", "fold", "geocode_many", "name_key"]
