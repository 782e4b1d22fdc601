"""The codes of the field: ACLED's event taxonomy, UCDP's precision codes, and our own small lists.

Event and sub-event types follow ACLED's codebook (2023), date and location precision follow
UCDP GED's ``date_prec`` and ``where_prec`` (codebook 23.1), actor kinds follow ACLED's actor types.
"""

from __future__ import annotations

import re
from types import MappingProxyType

EVENT_TYPES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "Battles": (
            "Armed clash",
            "Government regains territory",
            "Non-state actor overtakes territory",
        ),
        "Explosions/Remote violence": (
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Grenade",
        ),
        "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
        "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
        "Riots": ("Violent demonstration", "Mob violence"),
        "Strategic developments": (
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting/property destruction",
            "Non-violent transfer of territory",
            "Other",
        ),
    }
)


def slug(text: str) -> str:
    """Return the ASCII slug of a code: lower case, every run of other characters one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


TYPE_SLUGS = MappingProxyType({slug(name): name for name in EVENT_TYPES})
SUBTYPE_SLUGS = MappingProxyType({slug(sub): sub for subs in EVENT_TYPES.values() for sub in subs})
TYPE_OF_SUBTYPE = MappingProxyType(
    {slug(sub): slug(name) for name, subs in EVENT_TYPES.items() for sub in subs}
)

TERRITORY_SUBTYPES = frozenset(
    slug(name)
    for name in (
        "Government regains territory",
        "Non-state actor overtakes territory",
        "Non-violent transfer of territory",
    )
)
"""Sub-types by which territory changes hands; the map draws them as pennants."""

DATE_PRECISIONS = (1, 2, 3, 4, 5)
LOCATION_PRECISIONS = (1, 2, 3, 4, 5, 6, 7)
NEAR_RADIUS_M = 25_000.0
"""UCDP's ``where_prec`` 2: within about 25 km of the place named."""

STATUSES = ("reported", "corroborated", "disputed")
ROLES = ("side_a", "side_b", "other")
ALIGNMENTS = (
    "pro_government",
    "opposition",
    "monitor",
    "agency",
    "kurdish_led",
    "independent",
    "unknown",
)
FACTION_KINDS = (
    "state_forces",
    "rebel_group",
    "political_militia",
    "identity_militia",
    "rioters",
    "protesters",
    "civilians",
    "external_forces",
    "unidentified",
)
PLACE_KINDS = (
    "country",
    "governorate",
    "district",
    "subdistrict",
    "city",
    "town",
    "village",
    "neighbourhood",
    "farm",
    "hill",
    "site",
    "camp",
    "region",
)
ADMIN_KINDS = ("subdistrict", "district", "governorate", "country")
"""Administrative kinds from the lowest level to the highest."""

AREA_KINDS = frozenset({*ADMIN_KINDS, "region"})
"""Kinds of places that are areas: an event there is drawn within a ring, never as a pin."""

CLAIM_FIELDS = (
    "deaths",
    "deaths_civilians",
    "wounded",
    "captured",
    "place",
    "date",
    "responsible",
    "outcome",
)
FIGURE_CLAIMS = MappingProxyType(
    {"deaths": ("deaths", "deaths_civilians"), "wounded": ("wounded",), "captured": ("captured",)}
)
"""Which claims may back an event's figure."""

FIGURES = tuple(FIGURE_CLAIMS)
"""What an event has figures of: low, best and high each."""

STATEMENT_STATUSES = ("captured", "held", "contested", "left", "denied")
"""What a statement says that a party did with a place."""

CERTAINTIES = (1, 2, 3)
"""1 plainly stated, 2 stated by a party to it or in a list, 3 alleged or contradicted in itself."""

MATCHES = ("high", "medium", "low")
"""How sure a reported name was matched to a place."""
