"""The store is the truth: a SQL database, one transaction a write."""

from geodata.store.database import Store
from geodata.store.setup import gazetteer_of, prepare

__all__ = ["Store", "gazetteer_of", "prepare"]
