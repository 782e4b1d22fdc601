"""The house's rules: imports go one way, files stay small, packages only list their names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = (
    "base",
    "model",
    "curated",
    "gazetteer",
    "intake",
    "store",
    "index",
    "control",
    "exports",
    "commands",
)
"""The rooms of ``geodata`` in order: each knows those before it, never those after."""

WEB_LAYERS = ("flask", "flask_babel", "werkzeug", "jinja2", "waitress", "folium", "branca", "webapp")
NETWORK = ("requests", "urllib", "urllib3", "http", "socket", "ssl", "httpx", "aiohttp", "ftplib", "smtplib")
NEVER = ("pickle", "marshal", "shelve", "dill")
LONGEST_FILE = 300
BINARY_OR_MADE = ("vendor", "translations", "__pycache__")


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of everything that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def offences(files: list[Path], forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{named(path)}:{line}: {name}"
        for path in files
        for line, name in imports(path)
        if name.split(".")[0] in forbidden
    ]


def room(parts: tuple[str, ...]) -> int:
    """Return the place in `ROOMS` of a module of ``geodata``, given its dotted parts after ``geodata``."""
    return ROOMS.index(parts[0]) if parts and parts[0] in ROOMS else 0


def test_inside_geodata_imports_go_one_way() -> None:
    folders = {path.parent.name for path in (ROOT / "geodata").glob("*/__init__.py")}
    assert folders <= set(ROOMS)
    found = [
        f"{named(path)}:{line}: {name}"
        for path in python_files("geodata")
        for line, name in imports(path)
        if name.startswith("geodata.")
        and room(tuple(name.split(".")[1:])) > room(path.relative_to(ROOT / "geodata").with_suffix("").parts)
    ]
    assert found == []


def test_geodata_knows_neither_web_nor_network() -> None:
    assert offences(python_files("geodata"), (*WEB_LAYERS, *NETWORK)) == []


def test_folium_is_known_in_one_place() -> None:
    files = [path for path in python_files("webapp") if "maps" not in path.relative_to(ROOT).parts]
    assert offences(files, ("folium", "branca")) == []


def test_the_web_application_asks_nobody_else() -> None:
    # urllib.parse takes addresses apart; __main__ opens the port that is served.
    found = offences(python_files("webapp"), NETWORK)
    assert [one for one in found if "urllib.parse" not in one and "webapp/__main__.py" not in one] == []


def test_nothing_that_runs_what_it_reads() -> None:
    files = python_files("geodata", "webapp")
    assert offences(files, NEVER) == []
    called = [
        f"{named(path)}:{node.lineno}"
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}
    ]
    assert called == []


def test_packages_only_list_their_names() -> None:
    for path in python_files("geodata", "webapp"):
        if path.name != "__init__.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), named(path)
        for node in tree.body[1:]:
            is_all = isinstance(node, ast.Assign | ast.AnnAssign) and "__all__" in ast.unparse(node)
            assert is_all or isinstance(node, ast.Import | ast.ImportFrom), f"{named(path)}:{node.lineno}"


@pytest.mark.parametrize("suffix", [".py", ".js", ".css", ".html"])
def test_files_stay_small(suffix: str) -> None:
    files = [
        path
        for folder in ("geodata", "webapp")
        for path in (ROOT / folder).rglob(f"*{suffix}")
        if not set(path.parts) & set(BINARY_OR_MADE)
    ]
    assert files or suffix != ".py"
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_silenced_finding_has_a_reason() -> None:
    # S608 alone has none: SQL is put together from constants of its package, and its values are bound.
    reasoned = re.compile(r"# noqa: (S608$|[A-Z]+[0-9]+ .{5})|# type: ignore\[[a-z-]+\]  # .{5}")
    bare = [
        f"{named(path)}:{number}"
        for path in python_files("geodata", "webapp")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search("# (noqa|type:)", line) and not reasoned.search(line)
    ]
    assert bare == []
