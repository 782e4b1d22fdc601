"""The README says what the code does: settings, filters, requirements, pictures, examples."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import folium
import pytest

from geodata.control.rules import RULES, ControlRules
from geodata.index import FILTERS
from webapp.settings import SETTINGS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTROL = (ROOT / "docs" / "control.md").read_text(encoding="utf-8")


def table_rows(start: str, text: str = README) -> list[list[str]]:
    lines = text.partition(start)[2].splitlines()[1:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return rows


def test_every_setting_is_documented() -> None:
    rows = {row[0]: row[1:] for row in table_rows("| variable | default | what it does |\n")}
    assert rows == {item.variable: [str(item.default) or "(empty)", item.help] for item in SETTINGS}


def test_every_filter_is_documented() -> None:
    rows = {row[0]: row[1:] for row in table_rows("| parameter | meaning | repeatable |\n")}
    assert list(rows) == list(FILTERS)
    for name, (meaning, repeatable) in rows.items():
        assert meaning.startswith(FILTERS[name].help)
        assert repeatable == ("yes" if FILTERS[name].repeatable else "")


def test_every_requirement_has_a_reason() -> None:
    wanted = (ROOT / "requirements.in").read_text(encoding="utf-8").lower().splitlines()
    names = {re.split(r"[^a-z0-9-]", line)[0] for line in wanted if line and not line.startswith("#")}
    assert {row[0] for row in table_rows("| package | reason |\n")} == names


def test_pictures_and_links_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).is_file(), target


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_notebook_example_ends_in_a_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(examples()[0], names)  # noqa: S102 - our own example, run as a reader would run it
    event_map = names["event_map"]
    assert isinstance(event_map, folium.Map)
    assert len(names["events"]) >= 30  # type: ignore[arg-type]
    markers = [child for child in event_map._children.values() if isinstance(child, folium.CircleMarker)]
    assert len(markers) >= 30
    names["store"].close()  # type: ignore[attr-defined]


def test_the_geocoder_example_says_the_truth() -> None:
    names: dict[str, object] = {}
    exec(examples()[1], names)  # noqa: S102 - as above
    place = names["place"]
    said = re.search(r'place.address  # "([^"]+)"', README)
    assert said
    assert place.address == said[1]  # type: ignore[attr-defined]
    assert (round(place.latitude, 6), round(place.longitude, 6)) == (35.478147, 36.836046)  # type: ignore[attr-defined]
    assert place.raw["location_precision"] == 1  # type: ignore[attr-defined]


def test_the_control_example_says_the_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(examples()[2], names)  # noqa: S102 - as above
    why = names["why"]
    said = re.findall(r"^why\..+  # (.+)$", README, re.MULTILINE)
    assert [(why.controller, why.state, why.parties), why.words] == [ast.literal_eval(text) for text in said]  # type: ignore[attr-defined]
    assert why.decisive  # type: ignore[attr-defined]
    names["store"].close()  # type: ignore[attr-defined]


def test_every_number_of_the_rules_is_documented() -> None:
    rows = {row[0]: row[1] for row in table_rows("| number | value | what it does |\n", CONTROL)}
    values = {item.name: getattr(ControlRules(), item.name) for item in fields(ControlRules)}
    assert rows == {
        name: ", ".join(f"{key}: {part:g}" for key, part in value.items())
        if isinstance(value, Mapping)
        else f"{value:g}"
        for name, value in values.items()
    }
    assert all(f"`{rule}`" in CONTROL for rule in RULES)
