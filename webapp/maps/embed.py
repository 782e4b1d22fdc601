"""Constants on their way into Folium's templates, and the nonce on what comes out.

Branca compiles every rendered text again as a Jinja template, and Leaflet takes some strings as HTML.
So text is written with every character that is not a plain letter or digit as an escape: there is then
nothing left in it that Jinja, HTML or JavaScript could take for their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["BadConstant", "PageMap", "html_text", "identifier", "local_url", "script_literal", "with_nonce"]

_IDENTIFIER = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
_LOCAL_URL = re.compile(r"/(?![/\\])[A-Za-z0-9._~/%?=&+-]*", re.ASCII)
_NONCE = re.compile(r"[A-Za-z0-9_+/-]{16,128}={0,2}", re.ASCII)
_OPENING_TAG = re.compile(r"<(script|style|link)\b(?![^>]*\bnonce=)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageMap:
    """The map's three parts, each for its place in the page's template.

    Parameters
    ----------
    header : str
        Script and style tags, for ``<head>``.
    html : str
        The container.
    script : str
        One script element, for the end of the body, before the page's modules.
    """

    header: str
    html: str
    script: str


class BadConstant(ValueError):
    """Say that something other than a harmless constant was about to enter the map's frame."""


def identifier(text: str) -> str:
    """Return an element id or key unchanged, or raise BadConstant."""
    if not _IDENTIFIER.fullmatch(text):
        raise BadConstant(f"not an identifier: {text!r:.80}")
    return text


def local_url(text: str) -> str:
    """Return a same-origin path unchanged, or raise BadConstant (two slashes would leave the origin)."""
    if not _LOCAL_URL.fullmatch(text):
        raise BadConstant(f"not a path on this server: {text!r:.80}")
    return text


def html_text(text: str) -> str:
    """Return text for HTML content or a quoted attribute, every doubtful character as a reference."""
    return "".join(c if _is_plain(c) or c == " " else f"&#{ord(c)};" for c in text)


def script_literal(value: object) -> str:
    """Return a JavaScript literal of strings, finite numbers, booleans, None, lists and mappings.

    Raises
    ------
    BadConstant
        When a value is of another type, or a number is not finite.
    """
    if isinstance(value, str):
        return '"' + "".join(c if _is_plain(c) else _utf16_escape(c) for c in value) + '"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise BadConstant("a number is not finite")
        return repr(value)
    if isinstance(value, Mapping):
        pairs = (f"{script_literal(str(key))}: {script_literal(item)}" for key, item in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return "[ " + ", ".join(script_literal(item) for item in value) + " ]"
    raise BadConstant(f"a {type(value).__name__} is no constant")


def with_nonce(parts: PageMap, nonce: str) -> PageMap:
    """Put the nonce of one answer on the header's tags and on the one trailing script.

    Both parts were made by Folium from constants. Never do this by pattern on a finished page: it would
    bless whatever was injected there.

    Raises
    ------
    BadConstant
        When the nonce is not 16 or more characters of base64.
    """
    if not _NONCE.fullmatch(nonce):
        raise BadConstant("a nonce has at least 16 characters of base64")
    return PageMap(_mark(parts.header, nonce), parts.html, _mark(parts.script, nonce))


def _mark(part: str, nonce: str) -> str:
    return _OPENING_TAG.sub(rf'<\1 nonce="{nonce}"', part)


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _utf16_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
