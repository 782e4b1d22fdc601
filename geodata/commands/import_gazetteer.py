"""``scripts/import_gazetteer``: gazetteer files into the atlas's store, one transaction a file."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from geodata.commands.common import DONE, FAILED, USAGE, caller_path, complain, open_store, parser, run, say
from geodata.errors import BadInput
from geodata.gazetteer.readers import READERS, Rejected, recognise
from geodata.gazetteer.readers.text import ENCODINGS
from geodata.progress import ProgressBar
from geodata.store import Store
from geodata.store.imports import Imported, RefusedFile, import_file, remove_dataset
from geodata.store.layers import read_layers, read_records

_LISTED = 50


def main(arguments: Sequence[str]) -> int:
    """Import files as the arguments say; return the exit code."""
    options = _parse(arguments)
    if not (options.files or options.list or options.remove):
        complain("./scripts/import_gazetteer: name a file (--help says what it reads)")
        return USAGE
    return run(
        lambda: _work(options), "Interrupted: files said to be imported are kept, the one at work is not."
    )


def _parse(arguments: Sequence[str]) -> Namespace:
    made = parser("import_gazetteer")
    made.add_argument("files", nargs="*", metavar="FILE")
    made.add_argument("--source", choices=sorted(READERS))
    made.add_argument("--encoding", choices=ENCODINGS)
    made.add_argument("--dry-run", action="store_true")
    made.add_argument("--strict", action="store_true")
    made.add_argument("--all-rejected", action="store_true")
    made.add_argument("--list", action="store_true")
    made.add_argument("--remove", action="append", default=[], metavar="DATASET")
    return made.parse_args(arguments)


def _work(options: Namespace) -> int:
    store = open_store()
    try:
        for dataset in options.remove:
            remove_dataset(store, dataset)
            say(f"{dataset}: removed")
        # Every file is tried: one that is wrong does not keep the next one out.
        done = [_import(store, name, options) for name in options.files]
        if options.list:
            _list(store)
    finally:
        store.close()
    return DONE if all(done) else FAILED


def _import(store: Store, name: str, options: Namespace) -> bool:
    path = caller_path(name)
    most = None if options.all_rejected else _LISTED
    bar = ProgressBar(f"Reading {path.name}")
    try:
        reader = READERS[options.source] if options.source else recognise(path, options.encoding)
        done = import_file(
            store,
            path,
            reader,
            encoding=options.encoding,
            strict=options.strict,
            dry_run=options.dry_run,
            progress=bar,
        )
    except RefusedFile as refused:
        bar.close()
        complain(f"{name}: {refused}")
        _tell(refused.read.rejected, "rejected", most)
        return False
    except (BadInput, OSError) as error:
        bar.close()
        reason = error.strerror if isinstance(error, OSError) else str(error)
        complain(f"{name}: {reason}")
        return False
    bar.close()
    say(summary(name, done, dry_run=options.dry_run))
    _tell(done.rejected, "rejected", most)
    _tell(done.warnings, "imported, to be looked at", most)
    return True


def summary(name: str, done: Imported, *, dry_run: bool = False) -> str:
    """Return what an import did, in a line."""
    if done.known:
        return f"{name}: imported before as {done.dataset}, unchanged ({done.unchanged:,} places)"
    would = "would be " if dry_run else ""
    parts = [
        f"{done.added:,} {would}added",
        f"{done.merged:,} merged with places of other sources",
        f"{done.unchanged:,} unchanged",
        *([f"{done.changed:,} changed"] if done.changed else []),
        *([f"{done.removed:,} {would}removed"] if done.removed else []),
        f"{_rows(done.rejected):,} rejected",
        *([f"{done.skipped:,} rows of no use here"] if done.skipped else []),
    ]
    return f"{name} ({done.source}, {done.rows:,} rows): {', '.join(parts)}"


def _rows(rejected: Sequence[Rejected]) -> int:
    return len({(fault.sheet, fault.row) for fault in rejected})


def _tell(faults: Sequence[Rejected], what: str, most: int | None) -> None:
    for fault in faults[:most]:
        complain(f"  {what}: {fault}")
    if most is not None and len(faults) > most:
        complain(f"  … and {len(faults) - most:,} more {what} (--all-rejected lists them all)")


def _list(store: Store) -> None:
    with store.read() as connection:
        for layer in read_layers(connection):
            places = len(read_records(connection, layer.dataset))
            terms = "; ".join(filter(None, (layer.licence, layer.attribution)))
            told = f"{layer.title}, {places:,} places, from {layer.file} ({terms})"
            say(f"{layer.rank:3} {layer.dataset}: {told}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
