"""A small gazetteer made in code: places of facts that any map shows, and some without a point."""

from __future__ import annotations

from geodata.gazetteer import Gazetteer
from geodata.model import Place


def place(
    place_id: str, names: str, parent: str | None, kind: str, point: str = "", variants: str = ""
) -> Place:
    """Make a place from short text: names ``English|Arabic``, point ``lat,lon``."""
    english, _, arabic = names.partition("|")
    lat, lon = map(float, point.split(",")) if point else (None, None)
    return Place(
        place_id=place_id,
        name_en=english,
        name_ar=arabic,
        variants=tuple(variants.split("|")) if variants else (),
        kind=kind,
        parent_id=parent,
        pcode=place_id.upper() if place_id[-1].isdigit() or place_id == "sy" else None,
        lat=lat,
        lon=lon,
        uncertainty_m=40_000.0 if kind == "region" else 1000.0,
        coordinate_source="made for the tests" if point else "",
    )


PLACES = (
    place("sy", "Syria|سوريا", None, "country", "35.0,38.9"),
    place("sy05", "Hama|حماة", "sy", "governorate", "35.27,37.2", "Hama Governorate"),
    place("sy07", "Idlib|إدلب", "sy", "governorate", "35.79,36.77", "Idleb|محافظة إدلب"),
    place("sy11", "Raqqa|الرقة", "sy", "governorate", "35.9,38.9"),
    place("sy0501", "Hama|حماة", "sy05", "district", "35.24,36.89"),
    place("sy0702", "Ma'arrat al-Nu'man|معرة النعمان", "sy07", "district", "35.57,36.8"),
    place("sy050103", "al-Hamra|الحمراء", "sy0501", "subdistrict", "35.4,37.17"),
    place("sy070204", "al-Tamanah|التمانعة", "sy0702", "subdistrict", "35.45,36.9"),
    place("c2987", "Hama|حماة", "sy0501", "city", "35.1337,36.7613", "Hamah"),
    place("c3871", "Idlib|إدلب", "sy07", "city", "35.929,36.6353"),
    place("c5710", "Raqqa|الرقة", "sy11", "city", "35.9531,39.0061", "ar-Raqqah"),
    place("c3096", "al-Hamra|الحمراء", "sy050103", "town", "35.3121,37.088"),
    place("c3001", "Hamra|حمرا", "sy05", "village", "35.4675,36.3778"),
    place("c3315", "Uqayribat|عقيربات", "sy05", "town", "35.0428,37.4651", "Aqirbat"),
    place("c3866", "Aqrabat|عقربات", "sy07", "village", "35.8856,36.4419"),
    place("c4127", "Aqrabat|عقربات", "sy07", "village", "36.2699,36.7079"),
    place("c4091", "Khuwayn al-Kabir|خوين الكبير", "sy070204", "village", "35.4781,36.836", "الخوين|Khuwayn"),
    place("c4032", "Khuwayn al-Sha'r|خوين الشعر", "sy0702", "village", "35.6969,36.9276"),
    place("c5764", "al-Hama|الهامة", "sy11", "village", "35.8032,39.6518"),
    place("c4300", "Sawran (Idlib)|صوران", "sy07", "town", "35.3,36.7"),
    place("talab", "Talab|طلب", "sy0702", "village"),
    place("lost-one", "al-Mafqud|المفقود", "sy0702", "village"),
    place("c9001", "Mafqud|مفقود", "sy11", "village", "35.5,39.5"),
    place("east-hama", "East Hama countryside|ريف حماة الشرقي", "sy05", "region", "35.14,37.42"),
)


def gazetteer() -> Gazetteer:
    """Make the sample gazetteer."""
    return Gazetteer(PLACES)
