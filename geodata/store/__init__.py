"""The store is the truth: a SQL database, one transaction a write."""

from geodata.store.database import Store
from geodata.store.setup import prepare

__all__ = ["Store", "prepare"]
