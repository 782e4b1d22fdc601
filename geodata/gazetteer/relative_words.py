"""The words of relative place expressions, Arabic and English, as `geodata.gazetteer.names.fold` writes them.

Data only: to teach a word, add it to its row. Alternatives are separated by ``|``; `words` folds and joins
them.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from geodata.gazetteer.names import fold


def words(listed: str) -> str:
    """Return a regular expression for one of some words or phrases, the longest first."""
    folded = {fold(word) for word in listed.split("|")}
    return "(?:" + "|".join(sorted(map(re.escape, folded), key=len, reverse=True)) + ")"


NOUN, ADJECTIVE, DEFINITE = "n", "a", "d"
"""Forms of a direction: ``north``, شمال and شمالي; ``northern``; الشمالي, which follows its noun."""

_AXES = {
    "n": ("north", "شمال"),
    "s": ("south", "جنوب"),
    "e": ("east", "شرق"),
    "w": ("west", "غرب"),
}
BEARINGS = MappingProxyType(
    {"n": 0.0, "ne": 45.0, "e": 90.0, "se": 135.0, "s": 180.0, "sw": 225.0, "w": 270.0, "nw": 315.0}
)
"""Degrees clockwise from north; a compound's first letter is the north-south one."""


def _directions() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for letter, (english, arabic) in _AXES.items():
        for ending, form in (("", NOUN), ("ern", ADJECTIVE), ("ward", NOUN), ("wards", NOUN)):
            found[english + ending] = (letter, form)
            if letter in "ns":
                for other in "ew":
                    found[english + _AXES[other][0] + ending] = (letter + other, form)
        for ending in ("", "ي", "ا", "يا"):
            found[arabic + ending] = (letter, NOUN)
            found["ب" + arabic + ending] = (letter, NOUN)
        found["ال" + arabic] = found["بال" + arabic] = (letter, NOUN)
        for ending in ("ي", "يه"):
            found["ال" + arabic + ending] = found["بال" + arabic + ending] = (letter, DEFINITE)
        found[arabic + "يه"] = (letter, DEFINITE)
    for short in ("ne", "nw", "se", "sw"):
        found[short] = (short, NOUN)
    return found


DIRECTIONS = MappingProxyType(_directions())
"""Folded word → (letters of the direction, form)."""

UNIT_M = MappingProxyType(
    {
        fold(word): metres
        for listed, metres in (
            (
                "km|kms|kilometer|kilometers|kilometre|kilometres|كم|كلم|كيلومتر|كيلومترا|كيلومترات|كيلو",
                1000.0,
            ),
            ("mi|mile|miles|ميل|أميال", 1609.344),
            ("m|meter|meters|metre|metres|م|متر|مترا|أمتار", 1.0),
        )
        for word in listed.split("|")
    }
)
"""Unit of length → metres."""
TWO_KM = frozenset(map(fold, "كيلومترين|كيلومتران".split("|")))
NUMBERS = MappingProxyType(
    {
        fold(word): number
        for number, listed in enumerate(
            "one,two,three|ثلاثة|ثلاث,four|أربعة|أربع,five|خمسة|خمس,six|ستة|ست,seven|سبعة|سبع,"
            "eight|ثمانية|ثماني,nine|تسعة|تسع,ten|عشرة|عشر".split(","),
            start=1,
        )
        for word in listed.split("|")
    }
)
"""Numbers that reports write as words."""

KIND_WORDS = MappingProxyType(
    {
        fold(word): kind
        for kind, listed in (
            ("governorate", "governorate|province|muhafazah|muhafazat|محافظة|لمحافظة"),
            ("district", "district|قضاء"),
            ("subdistrict", "subdistrict|sub district|nahiyah|nahiya|ناحية|لناحية"),
            ("city", "city|cities|مدينة|مدينتي|لمدينة"),
            ("settlement", "town|towns|village|villages|hamlet|بلدة|بلدتي|قرية|قريتي|لبلدة|لقرية"),
            ("", "area|region|منطقة|منطقتي|لمنطقة"),
        )
        for word in listed.split("|")
    }
)
"""Word beside a name → what it says that the name is; empty when it says nothing that counts."""

NOISE = frozenset(map(fold, "the in at on to of from into في من إلى على عند".split()))
"""Small words that stand around names and mean nothing of their own."""

COUNTRYSIDE = words("countryside|country side|rural|rif|reef|ريف|بريف|الريف|بالريف|لريف|وريف")
RURAL_NAMES = ("ريف {}", "Rural {}", "Rif {}")
"""How a governorate is called that is the countryside of a city."""
PART = words("part|parts|sector|side|end|edge|half|الجزء|القسم|الجانب|القطاع|النصف|بالجزء|القاطع")
OF = words("of|from|من|عن|in|في|ل")
TOWARDS = words("to the|to|الى|باتجاه|in the")
NEAR = words(
    "near|nearby|near to|close to|next to|adjacent to|around|vicinity of|in the vicinity of|not far from|"
    "surroundings of|environs of|perimeter of|"
    "قرب|بقرب|بالقرب من|بالقرب|القريبة من|القريب من|القريبة|مقربة من|على مقربة من|محيط|بمحيط|في محيط|"
    "حول|جوار|بجوار|المجاورة ل"
)
OUTSKIRTS = words(
    "outskirts of|outskirt of|edge of|edges of|outside|outside of|suburbs of|entrance of|entrance to|"
    "أطراف|بأطراف|على أطراف|ضواحي|مشارف|على مشارف|تخوم|على تخوم|مدخل|عند مدخل|الأطراف|بالأطراف|على الأطراف"
)
OUTSKIRTS_AFTER = words("outskirts|suburbs|edges|entrance")
NEAR_AFTER = words("surroundings|vicinity|environs|perimeter")
BETWEEN = words("between|in between|بين|ما بين|مابين|الواقعة بين|الواقع بين|الواقعة ما بين")
AND = frozenset({"and", "و", "to", "towards", "الي", "حتي", "باتجاه"})
ROAD = words(
    "road|highway|motorway|route|axis|line|طريق|الطريق|بطريق|اوتستراد|أوتوستراد|الاوتستراد|الأوتوستراد|محور|خط"
)
ROAD_QUALIFIER = words(
    "international|main|old|new|الدولي|الدولية|العام|الرئيسي|القديم|الجديد|الواصل|الواصلة|الرابط|السريع|"
    "linking|connecting|leading|running|that links|which links|that connects|which connects"
)
ROAD_NUMBER = r"m (?:<h> )?\d+"
"""``M5``, as the coded words have it."""
_EMPTY = words(
    "the|a|an|countryside|rural|areas|frontline|frontlines|front lines|"
    "ريف|الريف|المنطقة|مناطق|المناطق|قرى|القرى|القرية|بلدات|البلدات|البلدة|نقاط|مواقع|جبهات|جبهة|الجبهة"
)
EMPTY_SUBJECT = re.compile(f"(?:(?:{_EMPTY}|{words('|'.join(KIND_WORDS))}|{ROAD})(?: |$))+")
"""What is named but is no place's name: ``the area``, ``the road``."""
LEAD = words(
    "about|some|around|approximately|roughly|nearly|almost|at a distance of|distance of|within|up to|"
    "less than|على بعد|بعد|على مسافة|مسافة|نحو|حوالي|قرابة|بنحو|بحوالي|على بعد نحو|على بعد حوالي|ما يقارب|"
    "تبعد|يبعد"
)
BY = words("by|ب|بمسافة|بنحو|بحوالي|على بعد|على بعد نحو|على بعد حوالي|حوالي|نحو|على مسافة")

HINT = re.compile(
    "شمال|جنوب|شرق|غرب|ريف|بين|قرب|قريب|محيط|حول|جوار|مجاور|طراف|ضواحي|مشارف|تخوم|مدخل|طريق|وتستراد"
    "|وتوستراد|محور|خط|كيلو|north|south|east|west|rural|country|rif|reef|near|close|next|adjacent|around"
    "|vicinity|surround|environ|perimeter|of|outskirt|outside|suburb|edge|entrance|between|road|highway"
    r"|motorway|route|axis|line|kilomet|mile|from|\d"
)
"""What every relative expression has somewhere, in lower case: a quick no for plain names."""
