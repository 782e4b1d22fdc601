"""Fold place names so that spellings that differ only in marks, letter forms or digits meet.

`fold` is conservative: it merges ways to *write* one spelling, never two spellings (nor two sounds).
"""

from __future__ import annotations

import re
import unicodedata

_ALEF = "آأإٱٲٳٵ"
_LETTERS: dict[str, str] = {
    **dict.fromkeys(_ALEF, "ا"),
    **dict.fromkeys("ةهەھہۀۂۃۿ", "ه"),
    **dict.fromkeys("ىيئیێېۍےۓ", "ي"),
    **dict.fromkeys("ؤۆۇۈۋۊۉۅۄ", "و"),
    **dict.fromkeys("کگڪڭݣػؼ", "ك"),
    **dict(zip("پچژڤڕڵ", "بجزفرل", strict=True)),
    **dict(zip("øłđðħŧıȷəɛƙ", "olddhtijeek", strict=True)),
    **dict(zip("þæœ", ("th", "ae", "oe"), strict=True)),
}
_APOSTROPHES = "'`´’‘‛′‵＇ʹʺʻʼʽʾʿˀˁˈˉˊˋˌˍˎˏ˒˓ʔʕʖꜢꜣꜤꜥꞋꞌ״׳"
_DROPPED = "ءٴـ" + _APOSTROPHES
_MARKS = (
    (0x0300, 0x036F),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x0897, 0x089F),
    (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)
"""Accents, vowel marks and variation selectors; marks of other scripts are letters to their readers."""

_KEPT = 0x3000
_SIMPLE = re.compile(r"[0-9a-z \u0621-\u063a\u0641-\u064a]*")
_PLAIN = re.compile("[\x00-\x7f\u0621-\u063a\u0641-\u064a]*")
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")

_ARABIC_ARTICLE = re.compile(r"^(?:ال)+(?=..)")
_PLAIN_ARTICLES = frozenset({"al", "el", "il", "ul", "ال"})
_SUN_ARTICLES = {
    vowel + letters: letters
    for vowel in "aeiu"
    for letters in ("d", "dh", "n", "r", "s", "sh", "t", "th", "z")
}


class _Fold(dict[int, str | None]):
    """What becomes of each character; characters met for the first time are looked up in Unicode's tables."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        category = unicodedata.category(letter)
        folded: str | None = letter
        if category == "Cf" or (category == "Mn" and any(low <= code <= high for low, high in _MARKS)):
            folded = None
        elif category == "Nd":
            folded = str(unicodedata.decimal(letter))
        elif category[0] not in "LMN":
            folded = " "
        if code < _KEPT:  # a hostile text must not fill memory with the whole of Unicode
            self[code] = folded
        return folded


_TABLE = _Fold({ord(letter): folded for letter, folded in _LETTERS.items()})
_TABLE.update({ord(letter): None for letter in _DROPPED})
# NFKC turns the acute accent standing for ayn into a blank and a mark, and would split the name.
_APOSTROPHES_FIRST = {ord(letter): None for letter in _APOSTROPHES}


def _once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES_FIRST)).casefold()
    text = unicodedata.normalize("NFD", text).translate(_TABLE)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def fold(text: str) -> str:
    """Return a name in the form in which names are searched and compared.

    After NFKC: no vowel marks, tatweel, hamza, zero-width or bidi characters; one alef, ة as ه, ى as ي,
    Persian and Kurdish letters as their Arabic kin; lower-case Latin without accents, apostrophes and ayn
    marks; ASCII digits; everything else that is no letter a blank, blanks collapsed.

    Parameters
    ----------
    text : str
        Anything, in any script; lone surrogates and controls become blanks.

    Returns
    -------
    str
        Idempotent: ``fold(fold(text)) == fold(text)``.
    """
    if text.isascii() or _PLAIN.fullmatch(text):
        # Nothing to normalise, and nothing that folds again: one look at each letter does.
        return " ".join(text.lower().translate(_TABLE).split())
    folded = _once(text)
    if _SIMPLE.fullmatch(folded):
        return folded
    # Rare letters unfold into others that fold again; four rounds are more than Unicode needs.
    for _ in range(4):
        again = _once(folded)
        if again == folded:
            break
        folded = again
    return folded


def name_key(text: str) -> str:
    """Return the folded name without articles: ال, al-, el-, and ad-, ar-, ash- … before their own letter.

    ``name_key("al-Khuwayn") == name_key("Khuwayn")``. Two names with one key need not be one place
    (Hama, al-Hama): compare `fold` first.
    """
    return key_of_folded(fold(text))


def key_of_folded(folded: str) -> str:
    """Return the `name_key` of a name that is folded already."""
    kept: list[str] = []
    for token in reversed(folded.split()):
        word = _ARABIC_ARTICLE.sub("", token) if token.startswith("ال") else token
        if kept and _is_article(word, kept[-1]):
            continue
        kept.append(word)
    return " ".join(reversed(kept))


def is_arabic(text: str) -> bool:
    """Tell whether a text has an Arabic letter."""
    return not text.isascii() and _ARABIC.search(text) is not None


def _is_article(word: str, following: str) -> bool:
    if word in _PLAIN_ARTICLES:
        return True
    letters = _SUN_ARTICLES.get(word)
    return letters is not None and following.startswith(letters)
