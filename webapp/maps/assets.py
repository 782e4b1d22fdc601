"""The browser's libraries, served from here: which files, from which package, under which address.

``package-lock.json`` pins the packages by hash; what of them the page needs is copied to
``webapp/static/vendor/``, which is never committed. Nothing is ever asked of a content delivery network.
``scripts/run`` runs this file after ``npm ci``, before the application can be imported.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import GeodataError

__all__ = ["ASSETS", "Asset", "MissingAsset", "UnmappedAsset", "check", "copy_assets", "vendor_url"]

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "webapp" / "static" / "vendor"
STAMP = ".made-from"


class UnmappedAsset(GeodataError, LookupError):
    """Say that Folium names a script or style sheet that is not served from here."""


class MissingAsset(GeodataError, FileNotFoundError):
    """Say which files of the browser's libraries are not there, and how they get there."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file that the page needs.

    Parameters
    ----------
    source : str
        Path below ``node_modules/``.
    target : str
        Path below ``webapp/static/vendor/``.
    folium_name : str
        What Folium calls it in ``Map.default_js`` and ``default_css``; empty when Folium does not know it.
    """

    source: str
    target: str
    folium_name: str = ""


_ARABIC = "@fontsource/noto-sans-arabic"

ASSETS: tuple[Asset, ...] = (
    Asset("leaflet/dist/leaflet.js", "leaflet/leaflet.js", "leaflet"),
    Asset("leaflet/dist/leaflet.css", "leaflet/leaflet.css", "leaflet_css"),
    # The style sheet names these; without them a browser asks for what is not there.
    Asset("leaflet/dist/images/layers.png", "leaflet/images/layers.png"),
    Asset("leaflet/dist/images/layers-2x.png", "leaflet/images/layers-2x.png"),
    Asset("leaflet/dist/images/marker-icon.png", "leaflet/images/marker-icon.png"),
    Asset("leaflet/dist/images/marker-icon-2x.png", "leaflet/images/marker-icon-2x.png"),
    Asset("leaflet/dist/images/marker-shadow.png", "leaflet/images/marker-shadow.png"),
    Asset("leaflet/LICENSE", "leaflet/LICENSE"),
    Asset("nouislider/dist/nouislider.min.mjs", "nouislider/nouislider.min.mjs"),
    Asset("nouislider/dist/nouislider.min.css", "nouislider/nouislider.min.css"),
    Asset("nouislider/LICENSE.md", "nouislider/LICENSE.md"),
    *(
        Asset(f"{_ARABIC}/files/{name}", f"noto-sans-arabic/{name}")
        for name in (f"noto-sans-arabic-arabic-{weight}-normal.woff2" for weight in (400, 600))
    ),
    Asset(f"{_ARABIC}/LICENSE", "noto-sans-arabic/LICENSE"),
)
"""Every file that is copied, with its licence beside it."""

_BY_FOLIUM_NAME = {asset.folium_name: asset for asset in ASSETS if asset.folium_name}


def vendor_url(folium_name: str) -> str:
    """Return the local address of one of Folium's scripts or style sheets.

    Raises
    ------
    UnmappedAsset
        When there is none; the alternative would be a call to somebody else's server.
    """
    if folium_name not in _BY_FOLIUM_NAME:
        raise UnmappedAsset(
            f"Folium wants {folium_name!r:.80}, which is not served from here: "
            "add its package to package.json and a line to ASSETS in webapp/maps/assets.py, or leave it out"
        )
    return f"/static/vendor/{_BY_FOLIUM_NAME[folium_name].target}"


def check(vendor: Path = VENDOR, assets: Iterable[Asset] = ASSETS) -> None:
    """Do nothing when every asset is there.

    Raises
    ------
    MissingAsset
        Naming those that are not.
    """
    missing = [asset.target for asset in assets if not (vendor / asset.target).is_file()]
    if missing:
        raise MissingAsset(
            f"{vendor} lacks {', '.join(missing)}: ./scripts/run --setup-only fetches what is missing"
        )


def copy_assets(root: Path = ROOT, vendor: Path | None = None, assets: Iterable[Asset] = ASSETS) -> bool:
    """Copy the assets out of ``node_modules``; do nothing when they are those of the lock file already.

    Parameters
    ----------
    root : Path
        Where ``package-lock.json`` and ``node_modules/`` are.
    vendor : Path, optional
        Where they go; below ``root`` when not given.

    Returns
    -------
    bool
        Whether anything was copied.

    Raises
    ------
    MissingAsset
        When the installed packages lack a file; what was served before stays as it is.
    """
    assets = tuple(assets)
    vendor = vendor or root / VENDOR.relative_to(ROOT)
    # The texts themselves and not a hash: scripts/lib.sh compares them without starting Python.
    made_from = (root / "package-lock.json").read_text() + Path(__file__).read_text()
    stamp = vendor / STAMP
    if stamp.is_file() and stamp.read_text() == made_from:
        try:
            check(vendor, assets)
        except MissingAsset:
            pass
        else:
            return False

    absent = [asset.source for asset in assets if not (root / "node_modules" / asset.source).is_file()]
    if absent:
        raise MissingAsset(
            f"{root / 'node_modules'} lacks {', '.join(absent)}: run npm ci --ignore-scripts, "
            "and if the packages have moved their files, correct ASSETS in webapp/maps/assets.py"
        )
    # Made beside it and renamed, so that a stopped set-up leaves no half of it.
    fresh = vendor.with_name(f"{vendor.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for asset in assets:
        target = fresh / asset.target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "node_modules" / asset.source, target)
    (fresh / STAMP).write_text(made_from)
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return True


if __name__ == "__main__":
    try:
        sys.stdout.write("copied\n" if copy_assets() else "up to date\n")
    except MissingAsset as error:
        sys.exit(f"webapp/maps/assets.py: {error}")
