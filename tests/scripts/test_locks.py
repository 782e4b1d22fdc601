"""The lock files: pinned by hash, free of addresses, free of licences that would bind our users."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

REQUIREMENTS = ("requirements", "requirements-dev", "requirements-node")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\$", re.MULTILINE)
_COPYLEFT = re.compile(r"\b(?:A|L)?GPL|General Public|Affero", re.IGNORECASE)


def _pins(root: Path, name: str) -> dict[str, str]:
    return dict(_PIN.findall((root / f"{name}.txt").read_text()))


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(root: Path, name: str) -> None:
    lines = (root / f"{name}.txt").read_text().splitlines()
    assert _pins(root, name)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line and not line.startswith((" ", "#")):
            assert re.fullmatch(r"[a-z0-9._-]+==\S+ \\", line), line
            assert following.startswith("    --hash=sha256:"), line


@pytest.mark.parametrize(
    "name", [*(f"{name}.txt" for name in REQUIREMENTS), *(f"{name}.in" for name in REQUIREMENTS)]
)
def test_requirements_carry_no_addresses(root: Path, name: str) -> None:
    text = (root / name).read_text()
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text)


def test_the_files_agree_with_one_another(root: Path) -> None:
    core = _pins(root, "requirements")
    for name in REQUIREMENTS[1:]:
        assert {
            pin: version for pin, version in _pins(root, name).items() if core.get(pin, version) != version
        } == {}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_what_is_asked_for_is_pinned(root: Path, name: str) -> None:
    asked = (root / f"{name}.in").read_text().splitlines()
    wanted = {line.strip().lower() for line in asked if line.strip() and not line.startswith(("#", "-"))}
    assert wanted - set(_pins(root, name)) == set()


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _objects(item)


def test_the_npm_lock_file_has_hashes_and_no_addresses(root: Path) -> None:
    lock = json.loads((root / "package-lock.json").read_text())
    wanted = json.loads((root / "package.json").read_text())["dependencies"]
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {f"node_modules/{name}" for name in wanted} <= set(packages)
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
    assert [found for found in _objects(lock) if "resolved" in found] == []


def _licences(name: str) -> str:
    about = metadata.metadata(name)
    kinds = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    # Some put the whole text into "License": the first line is its name.
    told = [*(about.get_all("License") or []), *(about.get_all("License-Expression") or [])]
    return "; ".join([text.strip().split("\n")[0] for text in told if text.strip()] + kinds)


def test_no_copyleft_package_in_the_core(root: Path) -> None:
    licences = {name: _licences(name) for name in _pins(root, "requirements")}
    assert [name for name, licence in licences.items() if not licence] == []
    assert {name: licence for name, licence in licences.items() if _COPYLEFT.search(licence)} == {}


def test_no_copyleft_package_in_the_browser(root: Path) -> None:
    packages = json.loads((root / "package-lock.json").read_text())["packages"]
    licences = {name: entry["license"] for name, entry in packages.items() if name}
    assert set(licences.values()) <= {"MIT", "BSD-2-Clause", "OFL-1.1"}
