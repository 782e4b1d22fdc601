"""The labels of the codebook's codes, as gettext constants in English.

Neutral on purpose: a label names what a code means in its codebook and judges nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geodata.index.query import N_

__all__ = ["LABELS", "N_"]

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "event_types": {
        "battles": N_("Battles"),
        "explosions-remote-violence": N_("Explosions/Remote violence"),
        "violence-against-civilians": N_("Violence against civilians"),
        "strategic-developments": N_("Strategic developments"),
        "protests": N_("Protests"),
        "riots": N_("Riots"),
    },
    "sub_types": {
        "armed-clash": N_("Armed clash"),
        "government-regains-territory": N_("Government regains territory"),
        "non-state-actor-overtakes-territory": N_("Non-state actor overtakes territory"),
        "chemical-weapon": N_("Chemical weapon"),
        "air-drone-strike": N_("Air/drone strike"),
        "suicide-bomb": N_("Suicide bomb"),
        "shelling-artillery-missile-attack": N_("Shelling/artillery/missile attack"),
        "remote-explosive-landmine-ied": N_("Remote explosive/landmine/IED"),
        "grenade": N_("Grenade"),
        "sexual-violence": N_("Sexual violence"),
        "attack": N_("Attack"),
        "abduction-forced-disappearance": N_("Abduction/forced disappearance"),
        "peaceful-protest": N_("Peaceful protest"),
        "protest-with-intervention": N_("Protest with intervention"),
        "excessive-force-against-protesters": N_("Excessive force against protesters"),
        "violent-demonstration": N_("Violent demonstration"),
        "mob-violence": N_("Mob violence"),
        "agreement": N_("Agreement"),
        "arrests": N_("Arrests"),
        "change-to-group-activity": N_("Change to group/activity"),
        "disrupted-weapons-use": N_("Disrupted weapons use"),
        "headquarters-or-base-established": N_("Headquarters or base established"),
        "looting-property-destruction": N_("Looting/property destruction"),
        "non-violent-transfer-of-territory": N_("Non-violent transfer of territory"),
        "other": N_("Other strategic development"),
    },
    # "Other …" says what it is not: in titles the type says more.
    "titles": {"other": N_("Strategic development")},
    "statuses": {
        "reported": N_("Reported"),
        "corroborated": N_("Corroborated"),
        "disputed": N_("Disputed"),
    },
    "status_notes": {
        "reported": N_("Told by one publisher, or by several that draw on the same one."),
        "corroborated": N_("Told by two or more publishers that do not draw on each other."),
        "disputed": N_("Reports contradict each other on whether or how it happened; every claim is listed."),
    },
    "date_precisions": {
        "1": N_("exact day"),
        "2": N_("within a few days"),
        "3": N_("within a week"),
        "4": N_("within a month"),
        "5": N_("only the year or a longer span is known"),
    },
    "location_precisions": {
        "1": N_("exact place"),
        "2": N_("near a named place"),
        "3": N_("known to the district or sub-district"),
        "4": N_("known to the governorate"),
        "5": N_("along a line or across a wider region"),
        "6": N_("known to the country only"),
        "7": N_("at sea or in the air"),
    },
    "alignments": {
        "pro_government": N_("Pro-government"),
        "opposition": N_("Opposition"),
        "monitor": N_("Monitor"),
        "agency": N_("News agency"),
        "kurdish_led": N_("Kurdish-led"),
        "independent": N_("Independent"),
        "unknown": N_("Alignment unknown"),
    },
    "claim_fields": {
        "deaths": N_("Deaths"),
        "deaths_civilians": N_("Civilian deaths"),
        "wounded": N_("Wounded"),
        "captured": N_("Captured or surrendered"),
        "place": N_("Place"),
        "date": N_("Date"),
        "responsible": N_("Who did it"),
        "outcome": N_("Outcome"),
    },
    "roles": {
        "side_a": N_("First side"),
        "side_b": N_("Second side"),
        "other": N_("Others involved"),
    },
    "place_kinds": {
        "country": N_("country"),
        "governorate": N_("governorate"),
        "district": N_("district"),
        "subdistrict": N_("sub-district"),
        "city": N_("city"),
        "town": N_("town"),
        "village": N_("village"),
        "neighbourhood": N_("neighbourhood"),
        "farm": N_("farm"),
        "hill": N_("hill"),
        "site": N_("site"),
        "camp": N_("camp"),
        "region": N_("region"),
    },
    "faction_kinds": {
        "state_forces": N_("State forces"),
        "rebel_group": N_("Rebel group"),
        "political_militia": N_("Political militia"),
        "identity_militia": N_("Identity militia"),
        "rioters": N_("Rioters"),
        "protesters": N_("Protesters"),
        "civilians": N_("Civilians"),
        "external_forces": N_("External forces"),
        "unidentified": N_("Unidentified"),
    },
    "languages": {
        "ar": N_("Arabic"),
        "en": N_("English"),
        "de": N_("German"),
        "fr": N_("French"),
        "nl": N_("Dutch"),
        "pt": N_("Portuguese"),
        "es": N_("Spanish"),
        "ru": N_("Russian"),
        "fa": N_("Persian"),
        "tr": N_("Turkish"),
        "ku": N_("Kurdish"),
        "et": N_("Estonian"),
        "id": N_("Indonesian"),
        "ja": N_("Japanese"),
    },
}
