"""The store is the truth: a SQL database, one transaction a write."""

from geodata.store.database import Store

__all__ = ["Store"]
