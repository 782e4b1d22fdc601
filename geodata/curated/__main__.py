"""Check a folder of curated data: ``python -m geodata.curated [FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from geodata.curated import CURATED, read_curated
from geodata.errors import CuratedFaults


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every fault (exit code 1), or the number of rows of each table (exit code 0)."""
    parser = argparse.ArgumentParser("python -m geodata.curated", description=main.__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=CURATED, help="holds places.csv, events.csv …"
    )
    try:
        atlas = read_curated(parser.parse_args(arguments).folder)
    except CuratedFaults as faults:
        print(faults, file=sys.stderr)
        return 1
    print("\n".join(f"{name:12} {count:5}" for name, count in atlas.counts().items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
