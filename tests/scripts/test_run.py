"""``scripts/run`` and ``python -m webapp``: they say plainly what is wrong, and they stop when told."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT

START_S = 60


def _environment(tmp_path: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return kept | {"ATLAS_DATABASE": f"sqlite:///{tmp_path / 'atlas.sqlite'}", **more}


def _finish(command: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        command,
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=START_S,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@contextmanager
def _taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


COMMANDS = sorted(path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(root: Path, tmp_path: Path, name: str, option: str) -> None:
    code, text = _finish([str(root / "scripts" / name), option], tmp_path, _environment(tmp_path))
    assert code == 0
    assert re.match(rf"usage: (\./scripts/)?{name}\b", text)


def test_an_unknown_option_is_refused(root: Path, tmp_path: Path) -> None:
    code, text = _finish([str(root / "scripts" / "run"), "--prot=1"], tmp_path, _environment(tmp_path))
    assert code == 2
    assert "unknown option --prot=1" in text


def _copy_of_scripts(root: Path, folder: Path) -> Path:
    """Return a project folder without a virtual environment."""
    shutil.copytree(root / "scripts", folder / "scripts")
    for name in ("requirements.txt", "package-lock.json"):
        shutil.copy(root / name, folder / name)
    return folder


def _tools(folder: Path, **programs: str) -> str:
    """Return a PATH with the shell's own tools and the given programs, and no other Python or npm."""
    folder.mkdir()
    for name in ("bash", "env", "cat", "cp", "dirname", "mkdir", "rm", "sed", "sleep", "tail"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def test_a_python_that_is_too_old_is_named(root: Path, tmp_path: Path) -> None:
    project = _copy_of_scripts(root, tmp_path / "project")
    old = 'case "$1" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac'
    path = _tools(tmp_path / "bin", python3=old)
    code, text = _finish([str(project / "scripts" / "run")], project, _environment(tmp_path, PATH=path))
    assert code == 1
    assert "needs Python 3.11 or newer" in text
    assert f"{path}/python3 is Python 3.9.2" in text


def test_no_python_at_all(root: Path, tmp_path: Path) -> None:
    project = _copy_of_scripts(root, tmp_path / "project")
    path = _tools(tmp_path / "bin")
    code, text = _finish([str(project / "scripts" / "run")], project, _environment(tmp_path, PATH=path))
    assert code == 1
    assert "no python3 is on the PATH" in text


def test_a_step_that_fails_says_which_where_the_log_is_and_what_to_try(root: Path, tmp_path: Path) -> None:
    project = _copy_of_scripts(root, tmp_path / "project")
    (project / "requirements.txt").write_text("no-hash-here==1.0\n")
    path = _tools(tmp_path / "bin", python3=f'exec "{sys._base_executable}" "$@"')  # type: ignore[attr-defined]
    code, text = _finish([str(project / "scripts" / "run")], project, _environment(tmp_path, PATH=path))
    assert code == 1
    assert "Set-up failed: Installing the pinned requirements" in text
    assert f"The whole output: {project}/instance/setup.log" in text
    assert "What to try: " in text
    assert "hash" in (project / "instance" / "setup.log").read_text().lower()
    assert not list((project / ".venv").glob(".installed*"))


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("PORT", "80a", "must be a number"),
        ("PORT", "٨٠٠٠", "must be a number"),
        ("PORT", "65536", "must be a number"),
        ("PORT", "9" * 5000, "must be a number"),
        ("HOST", "no such host", "no address of this machine"),
        ("HOST", "192.0.2.1", "no address of this machine"),
    ],
)
def test_a_wrong_address_is_refused(root: Path, tmp_path: Path, name: str, value: str, reason: str) -> None:
    environment = _environment(tmp_path, **{"PORT": "0", name: value})
    code, text = _finish([sys.executable, "-m", "webapp"], root, environment)
    assert code == 2
    assert f"The atlas cannot start: {name}: is " in text
    assert reason in text


def test_a_taken_port_is_said_plainly_and_before_anything_is_loaded(root: Path, tmp_path: Path) -> None:
    with _taken_port() as port:
        environment = _environment(tmp_path, PORT=str(port))
        code, text = _finish([str(root / "scripts" / "run")], tmp_path, environment)
    assert code == 3
    assert f"Port {port} on 127.0.0.1 is taken" in text
    assert "PORT=" in text
    assert "Traceback" not in text
    assert not (tmp_path / "atlas.sqlite").exists()


def test_a_database_that_cannot_be_opened_is_said_plainly(root: Path, tmp_path: Path) -> None:
    (tmp_path / "atlas.sqlite").write_text("this is a letter and not a database " * 100)
    code, text = _finish([sys.executable, "-m", "webapp"], root, _environment(tmp_path, PORT="0"))
    assert code == 1
    assert "The atlas cannot start: " in text
    assert "atlas.sqlite" in text
    assert "Traceback" not in text


def _address(server: subprocess.Popen[str]) -> str:
    assert server.stdout
    said = []
    for line in server.stdout:
        said.append(line)
        if "Incident Atlas is on " in line:
            return line.split()[4]
    raise AssertionError("the server ended:\n" + "".join(said))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_cleanly(root: Path, tmp_path: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [str(root / "scripts" / "run")],
        cwd=tmp_path,
        env=_environment(tmp_path, PORT="0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            address = _address(server)
            assert address.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(f"{address}/healthz", timeout=START_S) as answer:
                assert answer.status == 200
            # A body that is too large is refused before it is kept anywhere.
            request = urllib.request.Request(address, data=b"x", headers={"Content-Length": "2000000"})
            with pytest.raises(urllib.error.HTTPError, match="413"):
                urllib.request.urlopen(request, timeout=START_S)
            server.send_signal(number)
            assert server.wait(timeout=START_S) == 0
            assert server.stdout
            rest = server.stdout.read()
            assert rest.strip() == "Stopped."
            # Nobody of the process group is left behind.
            with pytest.raises(ProcessLookupError):
                os.killpg(server.pid, 0)
        finally:
            if server.poll() is None:
                server.kill()
