"""The words of dates in English and Arabic, and how a text becomes tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_DAY_DIGITS = 2
_YEAR_DIGITS = 4

ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LETTERS = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ـ": None} | {"ی": "ي", "ک": "ك"})

_MONTHS = (
    "january jan|كانون الثاني|يناير",
    "february feb|شباط|فبراير",
    "march mar|اذار|مارس",
    "april apr|نيسان|ابريل",
    "may|ايار|مايو",
    "june jun|حزيران|يونيو|يونيه",
    "july jul|تموز|يوليو|يوليه",
    "august aug|اب|اغسطس",
    "september sept sep|ايلول|سبتمبر",
    "october oct|تشرين الاول|اكتوبر",
    "november nov|تشرين الثاني|نوفمبر",
    "december dec|كانون الاول|ديسمبر",
)
_WEEKDAYS = (
    "monday mon|الاثنين",
    "tuesday tue tues|الثلاثاء",
    "wednesday wed|الاربعاء",
    "thursday thu thur thurs|الخميس",
    "friday fri|الجمعه",
    "saturday sat|السبت",
    "sunday sun|الاحد",
)
_WORDS: dict[str, tuple[str, str]] = {
    # token: (English words and phrases, Arabic words and phrases), separated by |
    "early": ("early|start of|beginning of", "مطلع|اوائل|بدايه|بدايات|مستهل"),
    "mid": ("mid|middle of", "منتصف|اواسط"),
    "late": ("late|end of", "اواخر|نهايه|نهايات"),
    "ago2": ("day before yesterday", "اول امس|امس الاول|اول من امس"),
    "ago1": ("yesterday", "امس|البارحه"),
    "ago0": ("today", "اليوم"),
    "-": ("to|until|till|through", "الي|حتي"),
    "and": ("and", "و"),
    "between": ("between", "بين|ما بين"),
    "": ("of|the|in|on|from|month|year|ad|ce", "من|في|شهر|عام|العام|سنه|يوم|بتاريخ|م|للعام"),
}


def plain(text: str) -> str:
    """Return lower-case text with ASCII digits, simple Arabic letters and no vowel marks."""
    text = unicodedata.normalize("NFKC", text).translate(ASCII_DIGITS).casefold()
    text = "".join(
        letter for letter in text.translate(_LETTERS) if unicodedata.category(letter) not in ("Mn", "Cf")
    )
    return re.sub("[\u2010-\u2015\u2212]", "-", text)


def _vocabulary() -> list[tuple[str, str, str]]:
    """Return (phrase, token, language), longest phrases first."""
    entries: list[tuple[str, str, str]] = []
    for sign, names in (("m", _MONTHS), ("w", _WEEKDAYS)):
        for number, line in enumerate(names, start=1 if sign == "m" else 0):
            english, *arabic = line.split("|")
            entries += [(word, f"{sign}{number:02}", "en") for word in english.split()]
            entries += [(word, f"{sign}{number:02}", "ar") for word in arabic]
    for token, (english, arabic_line) in _WORDS.items():
        entries += [(word, token, "en") for word in english.split("|")]
        entries += [(word, token, "ar") for word in arabic_line.split("|")]
    return sorted(entries, key=lambda entry: -len(entry[0]))


_TOKEN_OF = {phrase: (token, language) for phrase, token, language in _vocabulary()}
_PHRASE = re.compile(
    r"(?P<numeric>[0-9]{1,4}(?P<sign>[-/.])[0-9]{1,2}(?P=sign)[0-9]{1,4})(?![0-9a-z])"
    r"|(?P<number>[0-9]+)(?:st|nd|rd|th)?(?![0-9a-z])"
    rf"|(?P<phrase>{'|'.join(re.escape(phrase) for phrase, _, _ in _vocabulary())})(?=[^\w]|[0-9]|$)\.?"
    r"|(?P<mark>[-/(),،.]|\s+)"
)


def tokens_of(text: str, language: str | None) -> tuple[list[str] | None, int | None]:
    """Return the tokens of a text (None when a word is unknown) and the weekday it names."""
    tokens: list[str] = []
    weekdays: set[int] = set()
    position = 0
    while position < len(text):
        match = _PHRASE.match(text, position)
        if match is None:
            return None, None
        position = match.end()
        if match["numeric"]:
            tokens.append(f"#{match['numeric']}")
        elif match["number"]:
            tokens.append(match["number"])
        elif match["phrase"]:
            token, its_language = _TOKEN_OF[match["phrase"]]
            if language in ("ar", "en") and its_language != language:
                return None, None
            if token.startswith("w"):
                weekdays.add(int(token[1:]))
            elif token:
                tokens.append(token)
        elif match["mark"] in "-/(":
            tokens.append(match["mark"])
    if len(weekdays) > 1:
        return None, None
    return tokens, (weekdays.pop() if weekdays else None)


def shape_of(tokens: Sequence[str]) -> str:
    """Return one letter a token: D day, Y year, M month, N numeric date, and the words as they are."""
    letters = []
    for token in tokens:
        if token.isdigit():
            letters.append("D" if len(token) <= _DAY_DIGITS else "Y" if len(token) == _YEAR_DIGITS else "?")
        else:
            letters.append(
                "M" if re.fullmatch("m[0-9]{2}", token) else "N" if token.startswith("#") else token
            )
    return " ".join(letters)
