"""The data kept in git: read and checked by the loader."""

from geodata.curated.atlas import CuratedAtlas
from geodata.curated.loader import CURATED, fingerprint, read_curated

__all__ = ["CURATED", "CuratedAtlas", "fingerprint", "read_curated"]
