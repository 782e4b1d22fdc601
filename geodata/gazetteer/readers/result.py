"""What reading a gazetteer file gives: places, and every row that was refused, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from geodata.errors import BadInput
from geodata.model import Place

_SHOWN = 40

Progress = Callable[[int, int], None]
"""Called now and then with what has been read so far and what there is in all, in one unit."""


def shorten(value: str) -> str:
    """Return a value as a report shows it: short, on one line, control characters escaped."""
    return ascii_marks(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")


def ascii_marks(value: str) -> str:
    """Escape what does not print (NUL, bidi controls, halves of characters)."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, or (as a warning) that somebody should look at.

    Parameters
    ----------
    row : int
        Line number in the file (row number in a sheet), the first being 1.
    field : str
        Column; empty for the row as a whole.
    value : str
        The value, shortened.
    reason : str
        What is wrong with it.
    sheet : str
        The sheet of a workbook.
    """

    row: int
    field: str
    value: str
    reason: str
    sheet: str = ""

    def __str__(self) -> str:
        where = (f"sheet {self.sheet}, " if self.sheet else "") + f"row {self.row}"
        where += f", {self.field}" if self.field else ""
        return f"{where}: {self.reason}" + (f": '{self.value}'" if self.value else "")


class RowFault(BadInput):
    """Say that one value makes its row useless; readers turn it into a `Rejected`."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason, where=field)
        self.field = field
        self.value = shorten(value)

    def at(self, row: int) -> Rejected:
        """Return the same fault with its row."""
        return Rejected(row, self.field, self.value, self.message)


@dataclass(slots=True)
class PlaceFile:
    """A gazetteer file as read.

    Parameters
    ----------
    places : dict of str to Place
        By place id.
    rejected : list of Rejected
        Every row that was refused.
    warnings : list of Rejected
        Rows that were taken and want review.
    rows : int
        Rows that the file has, without its header.
    skipped : int
        Rows that are in order and of no use here: a bus stop, a name in another script.
    """

    places: dict[str, Place] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    warnings: list[Rejected] = field(default_factory=list)
    rows: int = 0
    skipped: int = 0

    def add(self, place: Place) -> None:
        """Take a place; one whose id stands in the file already is refused."""
        if place.place_id in self.places:
            raise RowFault("id", place.place_id, "stands in the file twice; the first one was taken")
        self.places[place.place_id] = place

    @property
    def mostly_rejected(self) -> bool:
        """Tell whether more than half of the rows were refused: then it is the file that is wrong."""
        return 2 * len({(fault.sheet, fault.row) for fault in self.rejected}) > self.rows
