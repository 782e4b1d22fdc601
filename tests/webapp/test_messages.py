"""The catalogue is complete, and every word that a script asks for exists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel, force_locale

from geodata.control.alliance import LEVELS
from geodata.control.segments import BASES, STATES
from geodata.control.styles import STYLE_CONTESTED
from geodata.model import codebook
from webapp.labels import LABELS
from webapp.messages import MESSAGES, PLURALS, label, labels, page_messages

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "webapp" / "static" / "js").glob("*.js"))
CATALOGUE = ROOT / "webapp" / "translations" / "ar" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
ARABIC = re.compile(r"[\u0600-\u06ff]")
FORMS = {"zero", "one", "two", "few", "many", "other"}

Message = str | tuple[str, ...]


def extracted() -> set[Message]:
    """Return every message id of the library and the web application, as pybabel finds them."""
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "NP_": (1, 2)}
    found: set[Message] = set()
    for folder in ("geodata", "webapp"):
        methods = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
        found |= {line[2] for line in extract_from_dir(ROOT / folder, methods, {}, keywords)}
    return found


def texts(value: str | Sequence[str] | None) -> list[str]:
    """Return a message's text, or its plural forms, as a list."""
    return [value] if isinstance(value, str) else list(value or ())


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ar", abort_invalid=True)


@pytest.fixture
def app() -> Flask:
    app = Flask("webapp", root_path=str(ROOT / "webapp"))
    Babel(app, default_locale="en_GB")
    return app


def test_every_message_is_in_the_catalogue_and_nothing_else_is(catalogue: Catalog) -> None:
    known = {message.id for message in catalogue if message.id}
    wanted = extracted()
    assert len(wanted) > 200
    assert wanted - known == set(), "run pybabel as webapp/translations/babel.cfg says, and translate"
    assert known - wanted == set(), "nobody asks for these any more"


def test_every_message_is_translated_in_all_its_forms(catalogue: Catalog) -> None:
    assert catalogue.num_plurals == 6
    for message in catalogue:
        if not message.id:
            continue
        forms = texts(message.string)
        assert len(forms) == (6 if message.pluralizable else 1), message.id
        assert all(forms), f"not translated: {message.id}"
        assert not message.fuzzy, f"fuzzy: {message.id}"


def test_translations_fill_only_what_the_message_fills(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id:
            continue
        wanted = {name for text in texts(message.id) for name in PLACEHOLDER.findall(text)}
        for form in texts(message.string):
            assert set(PLACEHOLDER.findall(form)) <= wanted, message.id
            assert message.pluralizable or set(PLACEHOLDER.findall(form)) == wanted, message.id
            wordless = not re.search("[a-z]{3}", PLACEHOLDER.sub("", texts(message.id)[0]))
            assert wordless or ARABIC.search(form), message.id


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("event_types", codebook.TYPE_SLUGS),
        ("sub_types", codebook.SUBTYPE_SLUGS),
        ("statuses", codebook.STATUSES),
        ("status_notes", codebook.STATUSES),
        ("date_precisions", codebook.DATE_PRECISIONS),
        ("location_precisions", codebook.LOCATION_PRECISIONS),
        ("alignments", codebook.ALIGNMENTS),
        ("claim_fields", codebook.CLAIM_FIELDS),
        ("roles", codebook.ROLES),
        ("place_kinds", codebook.PLACE_KINDS),
        ("faction_kinds", codebook.FACTION_KINDS),
        ("statement_statuses", codebook.STATEMENT_STATUSES),
        ("matches", codebook.MATCHES),
        ("certainties", codebook.CERTAINTIES),
        ("control_levels", LEVELS),
        ("control_states", STATES),
        ("control_bases", BASES),
        ("control_styles", tuple(range(STYLE_CONTESTED + 1))),
    ],
)
def test_every_code_has_a_label(kind: str, codes: tuple[str | int, ...]) -> None:
    assert set(LABELS[kind]) == {str(code) for code in codes}


def test_scripts_use_only_words_that_exist() -> None:
    assert SCRIPTS
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        for key in re.findall(r"""\bt\(\s*["']([^"']+)["']""", text):
            assert key in MESSAGES, f"{script.name}: t({key!r})"
        for key in re.findall(r"""\bplural\(\s*["']([^"']+)["']""", text):
            assert key in PLURALS, f"{script.name}: plural({key!r})"
        for kind in re.findall(r"""\blabel\(\s*["']([^"']+)["']""", text):
            assert kind in LABELS, f"{script.name}: label({kind!r})"
        # Keys in tables (words: "table.date") are whole words of a group that exists.
        groups = "|".join({re.escape(key.split(".")[0]) for key in MESSAGES if "." in key})
        for key in re.findall(rf"""["']((?:{groups})\.[a-z_]+)["']""", text):
            assert key in MESSAGES or key in PLURALS, f"{script.name}: {key!r}"


def test_every_word_is_used() -> None:
    files = [*SCRIPTS, *(ROOT / "webapp").rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files if path.name != "messages.py")
    unused = [key for key in [*MESSAGES, *PLURALS] if not re.search(rf"""["']{re.escape(key)}["']""", code)]
    assert unused == []


def test_scripts_never_write_markup() -> None:
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        for door in ("innerHTML", "outerHTML", "AdjacentHTML", "document.write", "eval(", "new Function"):
            assert door not in text, f"{script.name}: {door}"


def test_templates_have_no_inline_styles_or_handlers() -> None:
    for template in sorted((ROOT / "webapp" / "templates").glob("*.html")):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=", text), template.name
        assert not re.search(r"\son[a-z]+=", text), template.name


def test_words_come_in_the_readers_language(app: Flask) -> None:
    with app.test_request_context():
        with force_locale("ar_SY"):
            arabic = page_messages()
            assert arabic["events"].keys() == FORMS  # type: ignore[union-attr]
            assert arabic["events"]["two"] == "حدثان"  # type: ignore[index]
            assert label("statuses", "disputed") == labels()["statuses"]["disputed"] == "محل خلاف"
        with force_locale("en_GB"):
            english = page_messages()
            assert english["events"] == {"one": "%(num)s event", "other": "%(num)s events"}
            assert label("location_precisions", 1) == "exact place"
            assert label("place_kinds", None) == ""
            assert label("languages", "xx") == "xx"
    assert arabic.keys() == english.keys() == MESSAGES.keys() | PLURALS.keys()
