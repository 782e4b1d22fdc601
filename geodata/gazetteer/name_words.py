"""Words of place names across languages and romanisations, as tables: qualifiers, generic words, sounds.

All words are folded (`geodata.gazetteer.names.fold`). One line is one word of Arabic; its spellings and its
translations stand beside it.
"""

from __future__ import annotations

from types import MappingProxyType


def _by_word(lines: str) -> MappingProxyType[str, str]:
    table: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in lines.splitlines())):
        meaning, _, words = line.partition(":")
        table.update(dict.fromkeys(words.split(), meaning.strip()))
    return MappingProxyType(table)


QUALIFIERS = _by_word("""
    size+: big great greater large grand kabir kabirah
    size+: kabira kabireh kabeer kabeera kabeerah kebir kebira kebireh
    size+: kbir kbira kbireh kubra kobra buyuk كبير كبيره كبري كبرا
    size-: small little lesser petit saghir saghirah
    size-: saghira saghireh sagheer sagheera sagheerah seghir seghira
    size-: seghireh sghir sghira sghireh zghir zghireh sughra soghra sghira kucuk صغير صغيره صغري صغرا
    side-e: eastern east sharqi sharqiyah sharqiya sharqiyeh
    side-e: sharqieh sharki sharkiyah sharkiyeh sharkia charki
    side-e: charqi charkieh shargi dogu شرقي شرقيه
    side-w: western west gharbi gharbiyah gharbiya gharbiyeh gharbieh garbi garbiyeh gharby bati غربي غربيه
    side-n: northern north shamali shamaliyah shamaliya
    side-n: shamaliyeh shimali shimaliyah shimaliyeh shmali shmaliyeh
    side-n: chamali shamalieh kuzey شمالي شماليه
    side-s: southern south janubi janubiyah janubiya janubiyeh
    side-s: janoubi janoubieh jnubi jnubiyeh junubi jenubi
    side-s: qibli qabli qibliyah qibliyeh qabliyeh qabliyah qebli qebliyeh kibli kebli guney
    side-s: جنوبي جنوبيه قبلي قبليه
    side-m: middle central wastani wustani westani wustani wusta
    side-m: wosta waestani wastaniyah orta وسطاني وسطي وسطانيه
    level+: upper fawqani fawqaniyah fawqaniya fawqaniyeh foqani foqaniyeh fouqani fouqaniye fowqani fokani
    level+: fawkani fauqani faouqani foqaniyah fuqani ulya olya fawqa foqa yukari فوقاني فوقانيه عليا فوقا
    level-: lower tahtani tahtaniyah tahtaniya tahtaniyeh tehtani
    level-: tehtaniyeh tahtanieh sufla sofla tahta asagi
    level-: تحتاني تحتانيه سفلي سفلا تحتا
    age+: new jadid jadidah jadida jadideh jadeed jadeeda jedid jedida jedideh jdid jdideh yeni جديد جديده
    age-: old ancient qadim qadimah qadima qadimeh qadeem qadeema qdim qdimeh kadim kadime eski قديم قديمه
""")
"""Folded word → what it says: an axis (side, size, level, age) and a value on it. Missing costs little,
another value on the same axis costs much."""

ENGLISH_QUALIFIERS = frozenset(
    "big great greater large grand small little lesser eastern east western west northern north southern "
    "south middle central upper lower new old".split()
)
"""They qualify wherever they stand; Arabic words only after the name: الجديدة alone is a name."""

GENERIC_WORDS = _by_word("""
    تل: tall tal tell tel til tul tepe tepesi hill tellet تل تله
    كفر: kafr kafar kfar kefr kafer kfr kafir keper كفر
    دير: dayr deir der dair dier deyr monastery دير
    خربه: khirbat khirbet khirba khirbah kherbet kherba kherbeh
    خربه: khirbeh khurbet khirbit harabe ruin ruins خربه
    ام: umm um oum omm om ام
    ابو: abu albu elbu abou abo aboo bou bu abul aboul abi ابو ابي بو البو
    جب: jubb jub jeb jib job jobb jabb djoub jbab جب
    رسم: rasm rasem resm rasim رسم
    عين: ayn ain ein aayn ayen ayin ein spring عين
    بيت: bayt beit bait beyt beth bet بيت
    حوش: hawsh hosh housh hoch haouch hush hawch حوش
    برج: burj borj bourj burc tower برج
    جسر: jisr jisir jesr jeser djisr jsir bridge جسر
    قلعه: qalat qalaat qalah qala kalat kalaat qalaa kalesi castle citadel fortress قلعه
    وادي: wadi wady ouadi vadi valley وادي
    مزرعه: mazraat mazraet mazraa mazra mezraat mezraa mezra farm مزرعه
    شيخ: shaykh sheikh shaikh sheik cheikh shekh seyh sheykh shiekh شيخ
    راس: ras raas راس
    بير: bir bier beer well بير
    جبل: jabal jebel jabel djebel jabl gebel mount mountain جبل
    خان: khan han خان
    مرج: marj merj مرج
    قصر: qasr kasr qaser qsar palace قصر
    باب: bab باب
    ضهر: dahr daher dhahr dahret ضهر ظهر
    خراب: kharab خراب
    زور: zawr zor zour zur زور
    حاج: hajj haj hadj haji حاج حاجي
    بني: bani beni بني
    ابن: ibn bin ben ابن بن
    نهر: nahr river stream نهر
    مدينه: madinat madinet مدينه
    معره: maarat maarrat maaret maarret معره
    جزيره: jazirat jaziret jazira jazirah jazireh island جزيره
    حويجه: huwayjat hawijat hawijet hweijet hawija حويجه
    بستان: bustan bostan bستان بستان
    ارض: ard ardh ارض
    قريه: qaryat qaryet قريه
    جديده: jdidet jdeidet judaydat jadidat jdaidet جديده
    شمس: shams
    رويسه: rweiset ruwaysat rwayset رويسه
    مغر: maghar mghar
    بحيره: lake buhayrat
    سد: sadd dam
    سهل: sahl plain
""")
"""Folded word → the Arabic word that it writes or translates."""

ARABIC_SOUNDS = MappingProxyType(
    {
        **dict(zip("بتثجحخدذرزسش", "bB tT tE jJ hH kX dD dY rR dZ sS sC".split(), strict=True)),
        **dict(zip("صضطظعغفقكلمنهوي", "sS dD tT dZ  kG fF kQ kK lL mM nN hH w y".split(" "), strict=True)),
    }
)
"""A consonant is two letters: the class that romanisations mix up, and the sound itself. Two sounds of one
class thus differ half as much as two of different classes, and a glide or vowel weighs half a consonant."""

LATIN_SOUNDS = MappingProxyType(
    {
        **dict(
            zip(
                "bcdfghjklmnpqrstvxz",
                "bB jJ dD fF kA hH jJ kK lL mM nN bB kQ rR sS tT w kX dZ".split(),
                strict=True,
            )
        ),
        "kh": "kX",
        "gh": "kG",
        "sh": "sC",
        "ch": "sC",
        "tch": "sC",
        "th": "tE",
        "dh": "dY",
        "dj": "jJ",
        "ph": "fF",
        "ck": "kK",
        "cc": "kK",
        "sch": "sC",
        "zh": "jJ",
        "tsh": "sC",
    }
)
