"""The errors that the library raises: each is also the builtin that a caller would catch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST_NAME = 60


class GeodataError(Exception):
    """Stand at the root of every error that the library raises on purpose."""


class BadInput(GeodataError, ValueError):
    """Say that a value is wrong, where it stands and what to do.

    Parameters
    ----------
    message : str
        What is wrong and what to do about it.
    where : str
        The parameter, or ``file:row:field``; empty when the caller knows better.
    """

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.where = where


class BadFilter(BadInput):
    """Say that a filter parameter is unknown or has a bad value."""

    def __init__(self, parameter: str, message: str) -> None:
        # A name that nobody knows may be as long as an address: it is said back, but not whole.
        parameter = parameter if len(parameter) <= _LONGEST_NAME else f"{parameter[: _LONGEST_NAME - 1]}…"
        super().__init__(message, where=parameter)
        self.parameter = parameter


class UnknownPlace(GeodataError, LookupError):
    """Say that no place has this id."""


class UnknownEvent(GeodataError, LookupError):
    """Say that no event has this id."""


class ControlFault(GeodataError, RuntimeError):
    """Say that the cells of control could not be drawn without gaps or overlaps."""


class NothingToCompare(GeodataError, LookupError):
    """Say that one of two things to be compared is not there on that day: no front, no area."""


class StoreError(GeodataError, RuntimeError):
    """Say that the store cannot be opened, migrated or written."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a data file: where it stands and what is wrong.

    Parameters
    ----------
    file : str
        File name.
    row : int
        Line number in the file, the header being 1; 0 for the file as a whole.
    field : str
        Column name; empty for the row as a whole.
    reason : str
        What is wrong, with the value shortened.
    """

    file: str
    row: int
    field: str
    reason: str

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.row, self.field) if part)
        return f"{where}: {self.reason}"


class CuratedFaults(BadInput):
    """List every fault found in a folder of curated data."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([f"{len(self.faults)} faults", *(str(fault) for fault in self.faults)]))
