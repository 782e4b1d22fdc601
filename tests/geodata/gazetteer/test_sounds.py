"""Sound keys: which spellings meet, which must not, and the laws for any Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer.likeness import Written, likeness
from geodata.gazetteer.name_words import ENGLISH_QUALIFIERS, GENERIC_WORDS, QUALIFIERS
from geodata.gazetteer.names import fold, is_arabic
from geodata.gazetteer.sound_index import LOOSE_LETTERS, Spelling
from geodata.gazetteer.sounds import glide_key, loose_key, respellings, sound_key, sounds_of

NAMES = st.text() | st.text(st.sampled_from("خوينابرحقdKhz'éşعةىwyaeiou -/()")) | st.text("abcdefgحخعوي ")


def alike(one: str, other: str) -> float:
    key, other_key = sound_key(one), sound_key(other)
    spelling = Spelling(other, other_key, sounds_of(other), is_arabic(other_key), 0.0)
    return likeness(Written(key, sounds_of(one)), [spelling])[0]


@pytest.mark.parametrize(
    "spellings",
    [
        "عقيربات|Uqayribat|Aqirbat|Okerbat|Oqeirbat",
        "خوين|Khuwayn|Khwein|al-Khuwayn|الخوين|Khowain",
        "كفرنبل|Kafr Nabl|Kafranbel|كفر نبل",
        "دير الزور|Deir ez-Zor|Dayr az-Zawr|Der Zor",
        "خان شيخون|Khan Shaykhun|Khan Sheikhoun|Han Şeyhun|Khān Shaykhūn",
        "جسر الشغور|Jisr ash-Shughur|Jisr al-Shughour|Djisr al-Choghour",
        "طيبة الإمام|Tayyibat al-Imam|Taibet el-Imam",
        "تل رفعت|Tall Rif'at|Tel Rifaat|Tal Refaat",
        "الثورة|ath-Thawrah|Al Thawra",
        "قلعة المضيق|Qal'at al-Madiq|Qalaat al-Mudiq",
    ],
)
def test_spellings_of_one_name_share_the_loose_key(spellings: str) -> None:
    names = spellings.split("|")
    keys = {loose_key(name) for name in names if not name.startswith("Han ")}
    assert len(keys) == 1
    assert all(alike(name, names[0]) > 0.7 for name in names)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Khuwayn", "Khan"), ("خوين", "خان"), ("Duwayr", "Dar"), ("حويز", "حز"), ("Kuwayris", "Karas")],
)
def test_glides_keep_names_apart(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)
    assert glide_key(one) != glide_key(other)
    assert alike(one, other) < 0.8


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Khuwayn", "خوين"),
        ("Duwayr", "دوير"),
        ("Kafr Zayta", "كفر زيتا"),
        ("Uyun", "عيون"),
        ("Bilaliyah", "البلالية"),
    ],
)
def test_glide_keys_meet_across_scripts(latin: str, arabic: str) -> None:
    assert glide_key(latin) == glide_key(arabic)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Khuwayn al-Kabir", {"size+"}),
        ("Big Khwein", {"size+"}),
        ("خوين الكبير", {"size+"}),
        ("Eastern Buwayda", {"side-e"}),
        ("البويضة الشرقية", {"side-e"}),
        ("Babiri Fawqani", {"level+"}),
        ("بابيري فوقاني", {"level+"}),
        ("Little New Hill", {"size-", "age+"}),
        ("الجديدة", set()),
        ("Jdideh", set()),
        ("Big", set()),
        ("Khuwayn", set()),
    ],
)
def test_qualifiers_are_understood_in_any_language(name: str, said: set[str]) -> None:
    assert sounds_of(name).qualifiers == said


def test_a_conflicting_qualifier_costs_more_than_a_missing_one() -> None:
    same = alike("Khwein al-Kabir", "خوين الكبير")
    missing = alike("Khwein", "خوين الكبير")
    conflicting = alike("Little Khwein", "خوين الكبير")
    assert same > missing > conflicting + 0.15


def test_generic_words_meet_in_translation() -> None:
    for one, other in (
        ("Tal Daman", "تل الضمان"),
        ("Ein El-Bayda", "Ayn al Bayda"),
        ("Well of Ali", "Bir Ali"),
    ):
        assert loose_key(one.replace(" of ", " ")) == loose_key(other)


def test_tables_hold_folded_words() -> None:
    for word in (*QUALIFIERS, *GENERIC_WORDS, *GENERIC_WORDS.values(), *ENGLISH_QUALIFIERS):
        assert fold(word) == word
    assert set(ENGLISH_QUALIFIERS) <= set(QUALIFIERS)
    assert not set(QUALIFIERS) & set(GENERIC_WORDS) - {"جديده"}


def test_other_readings_of_latin_letters() -> None:
    assert "jabla" in respellings("gabla")
    assert "kobane" in respellings("cobane")
    assert respellings("جبله") == []
    assert respellings("hama") == []


@given(NAMES)
def test_keys_are_idempotent_and_never_crash(text: str) -> None:
    sounds = sounds_of(text)
    assert set(sounds.loose) <= set(LOOSE_LETTERS)
    assert sounds == sounds_of(sound_key(text))
    assert sounds == sounds_of(fold(text)) or "ş" in text or "ç" in text or "Ş" in text or "Ç" in text
    respellings(sound_key(text))


@given(
    st.lists(st.sampled_from("Khuwayn Zarzur خوين حمرا Deir Qamishli الباب".split()), min_size=1, max_size=4),
    st.data(),
)
def test_words_in_another_order_have_the_same_words(words: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(words))
    assert sorted(sounds_of(" ".join(words)).words) == sorted(sounds_of(" ".join(shuffled)).words)


@given(st.sets(st.sampled_from(sorted(ENGLISH_QUALIFIERS))), st.data())
def test_qualifiers_count_in_any_order(words: set[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(sorted(words)))
    assert sounds_of(f"{' '.join(shuffled)} Khuwayn") == sounds_of(f"{' '.join(sorted(words))} Khuwayn")


@given(NAMES, NAMES)
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1.05
    if sounds_of(one).thin:
        assert alike(one, one) >= 0.99
