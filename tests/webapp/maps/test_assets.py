"""The browser's libraries: every file is mapped, copied once for each lock file, and missed when missing."""

from __future__ import annotations

import re
from pathlib import Path

import folium
import pytest

from webapp.maps.assets import (
    ASSETS,
    ROOT,
    Asset,
    MissingAsset,
    UnmappedAsset,
    check,
    copy_assets,
    vendor_url,
)

TWO = (Asset("lib/dist/a.js", "lib/a.js", "a"), Asset("lib/LICENSE", "lib/LICENSE"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a lock file and the installed package of `TWO`."""
    (tmp_path / "package-lock.json").write_text('{"lockfileVersion": 3}')
    for asset in TWO:
        path = tmp_path / "node_modules" / asset.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {asset.source}")
    (tmp_path / "webapp" / "static").mkdir(parents=True)
    return tmp_path


def _vendor(project: Path) -> Path:
    return project / "webapp" / "static" / "vendor"


def test_copies_once_for_each_lock_file(project: Path) -> None:
    assert copy_assets(project, assets=TWO)
    assert (_vendor(project) / "lib" / "a.js").read_text() == "text of lib/dist/a.js"
    assert not copy_assets(project, assets=TWO)

    (project / "package-lock.json").write_text('{"lockfileVersion": 3, "packages": {}}')
    assert copy_assets(project, assets=TWO)


def test_copies_again_what_was_deleted_and_drops_what_is_no_longer_listed(project: Path) -> None:
    copy_assets(project, assets=TWO)
    (_vendor(project) / "lib" / "a.js").unlink()
    (_vendor(project) / "old.js").write_text("of an older version")
    assert copy_assets(project, assets=TWO)
    assert sorted(path.name for path in _vendor(project).rglob("*.*")) == [".made-from", "a.js"]


def test_a_package_that_moved_a_file_leaves_what_was_served(project: Path) -> None:
    copy_assets(project, assets=TWO)
    (project / "package-lock.json").write_text("{}")
    (project / "node_modules" / "lib" / "dist" / "a.js").unlink()
    with pytest.raises(MissingAsset, match=r"lib/dist/a\.js"):
        copy_assets(project, assets=TWO)
    check(_vendor(project), TWO)


def test_a_missing_asset_is_named_with_the_way_to_get_it(project: Path) -> None:
    with pytest.raises(MissingAsset, match=r"lib/a\.js, lib/LICENSE: \./scripts/run"):
        check(_vendor(project), TWO)


def test_what_is_copied_here_is_complete() -> None:
    check()


def test_every_package_brings_its_licence() -> None:
    packages = {asset.target.split("/")[0] for asset in ASSETS}
    assert {asset.target.split("/")[0] for asset in ASSETS if "LICENSE" in asset.target} == packages


@pytest.mark.parametrize("name", ["leaflet", "leaflet_css"])
def test_leaflet_is_served_from_here(name: str) -> None:
    assert re.fullmatch(r"/static/vendor/leaflet/leaflet\.(js|css)", vendor_url(name))
    assert name in dict(folium.Map.default_js + folium.Map.default_css)


@pytest.mark.parametrize("name", ["jquery", "bootstrap_css", "awesome_markers", "", "../leaflet"])
def test_what_is_not_mapped_is_an_error_and_no_call_elsewhere(name: str) -> None:
    with pytest.raises(UnmappedAsset, match="not served from here"):
        vendor_url(name)


def test_style_sheets_name_only_files_that_are_copied() -> None:
    vendor = ROOT / "webapp" / "static" / "vendor"
    for asset in ASSETS:
        if asset.target.endswith(".css"):
            folder = (vendor / asset.target).parent
            named = re.findall(r"url\(['\"]?([^)'\"]+)", (vendor / asset.target).read_text())
            absent = [
                name
                for name in named
                if not name.startswith(("data:", "#")) and not (folder / name).is_file()
            ]
            assert absent == []
