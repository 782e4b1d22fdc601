"""Places of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A gazetteer entry: names, kind, point, admin parent, and where its coordinates were read.

    Parameters
    ----------
    place_id : str
        Stable id: a lower-case P-code (``c4091``, ``sy07``), ``gn-`` and a GeoNames id, or a slug.
    name_en, name_ar : str
        Canonical names; ``name_ar`` is empty when none is known.
    variants : tuple of str
        Spellings as reports write them, in any script.
    kind : str
        One of `geodata.model.codebook.PLACE_KINDS`.
    parent_id : str or None
        The next higher administrative place.
    pcode, geonames_id : str or None
        Ids of the place in OCHA's and GeoNames' lists.
    country_code : str
        ISO 3166-1 alpha-2, upper case.
    population : int or None
        Inhabitants as the source says.
    lat, lon : float or None
        Degrees, EPSG:4326; both None when nobody has found the place.
    uncertainty_m : float or None
        Radius in metres within which the place lies (for an area: that covers it).
    coordinate_source : str
        Where the coordinates were read.
    note : str
        Doubts, for editors and readers.
    """

    place_id: str
    name_en: str
    name_ar: str = ""
    variants: tuple[str, ...] = ()
    kind: str = "village"
    parent_id: str | None = None
    pcode: str | None = None
    geonames_id: str | None = None
    country_code: str = "SY"
    population: int | None = None
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: float | None = None
    coordinate_source: str = ""
    note: str = ""

    @property
    def has_point(self) -> bool:
        """Tell whether somebody has found where the place lies."""
        return self.lat is not None and self.lon is not None

    def name(self, language: str) -> str:
        """Return the name in ``ar`` or ``en``, falling back on the other."""
        return (self.name_ar or self.name_en) if language == "ar" else (self.name_en or self.name_ar)
