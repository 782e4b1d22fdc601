"""The rules of ids that all curated tables share: each stands once, and what is named is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from geodata.curated.rows import Row


def check_unique(rows: Sequence[Row], field: str, ids: Iterable[str]) -> None:
    """Note a fault in the second row that has the same value of a field."""
    seen: Counter[str] = Counter()
    for row, value in zip(rows, ids, strict=True):
        seen[value] += 1
        if seen[value] == 2:
            row.fault(field, f"{value!r:.60} stands twice")


def refer(row: Row, field: str, values: Iterable[str | None], known: Container[str]) -> None:
    """Note a fault for each value that is given and not known."""
    for value in values:
        if value and value not in known:
            row.fault(field, f"{value!r:.60} is not in its table")
