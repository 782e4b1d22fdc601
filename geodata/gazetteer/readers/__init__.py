"""Readers of gazetteer files: GeoNames dumps, OCHA lists, the curated form; refused rows are listed."""

from geodata.gazetteer.readers.registry import READERS, Reader, recognise
from geodata.gazetteer.readers.result import PlaceFile, Rejected

__all__ = ["READERS", "PlaceFile", "Reader", "Rejected", "recognise"]
