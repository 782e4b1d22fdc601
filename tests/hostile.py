"""Texts that try to run, to break out or to deceive; wherever text is shown, it is shown as it is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import shapely

from geodata.model import (
    Claim,
    ControlArea,
    Event,
    Faction,
    Figures,
    Membership,
    Party,
    Place,
    Publisher,
    Report,
    Side,
    Statement,
)
from geodata.store import Store, rows

RUN = "window.__executed=(window.__executed||0)+1"
"""What a payload does when it runs; a test then finds ``window.__executed``."""

TEXTS: tuple[str, ...] = (
    # Templates: Jinja, JavaScript literals, Python formats, other engines.
    "{{7*7}}",
    "{{ 7 * '7' }}",
    "{% for i in range(9) %}x{% endfor %}",
    "{% raw %}{{7*7}}{% endraw %}",
    "{# comment #}",
    "{{config}}",
    "{{ self.__init__.__globals__ }}",
    "{{''.__class__.__mro__[1].__subclasses__()}}",
    "{%- set x = 1 -%}{{x}}",
    "${alert(1)}",
    "${" + RUN + "}",
    "`${" + RUN + "}`",
    "#{7*7}",
    "<%= 7*7 %>",
    "[[7*7]]",
    "%(name)s %d %s %%",
    "{0} {name} {0.__class__}",
    "{{constructor.constructor('" + RUN + "')()}}",
    # Markup.
    "<script>" + RUN + "</script>",
    "</script><script>" + RUN + "</script>",
    "<ScRiPt>" + RUN + "</sCrIpT>",
    "<img src=x onerror=" + RUN + ">",
    "<img src=x onerror='" + RUN + "'//",
    "<svg onload=" + RUN + ">",
    "<svg><script>" + RUN + "</script></svg>",
    "<svg><animate onbegin=" + RUN + " attributeName=x dur=1s>",
    "<body onload=" + RUN + ">",
    "<iframe srcdoc='<script>parent.__executed=1</script>'></iframe>",
    "<iframe src=javascript:parent.__executed=1></iframe>",
    "<a href=javascript:" + RUN + ">click</a>",
    "<details open ontoggle=" + RUN + ">",
    "<input autofocus onfocus=" + RUN + ">",
    "<video><source onerror=" + RUN + "></video>",
    "<math><mtext></mtext><script>" + RUN + "</script></math>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><button>go</button></form>",
    "<object data=//evil.example></object>",
    "<!--", "-->", "<![CDATA[x]]>",
    "<b>bold</b> & <i>italic</i>",
    "&lt;script&gt;" + RUN + "&lt;/script&gt;",
    "&#60;img src=x onerror=" + RUN + "&#62;",
    "<noscript><p title='</noscript><img src=x onerror=" + RUN + ">'>",
    "<template><script>" + RUN + "</script></template>",
    # Out of attributes, strings and comments.
    "\" onmouseover=\"" + RUN + "\" x=\"",
    "' onfocus='" + RUN + "' autofocus='",
    "\"><script>" + RUN + "</script>",
    "'><img src=x onerror=" + RUN + ">",
    "\"); " + RUN + "; (\"",
    "'); " + RUN + "; ('",
    "\\\"); " + RUN + "; //",
    "*/ " + RUN + " /*",
    "\\u003cscript\\u003e" + RUN + "\\u003c/script\\u003e",
    "\\x3cimg src=x onerror=" + RUN + "\\x3e",
    "javascript:" + RUN,
    "data:text/html,<script>" + RUN + "</script>",
    # Other languages' syntax.
    "'; DROP TABLE events; --",
    "\" OR \"1\"=\"1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example\")",
    "+1+1", "-1+1", "@SUM(1)",
    "../../../../etc/passwd",
    "null", "undefined", "NaN", "true", "[object Object]", "__proto__", "constructor",
    "]]>", "\\", "\\\\n", "%00", "%3Cscript%3E",
    # Unicode that deceives or breaks.
    "\u202eoverride right to left\u202c",
    "\u2066isolate\u2069 \u200fmark\u200e",
    "zero\u200bwidth\u200d\ufeffjoin",
    "line\u2028separator\u2029paragraph",
    "раураl, аpple (Cyrillic)",
    "Z̷̢̛a̸l̵g̶o̷ ́ ̀ ̂",
    "👩‍👩‍👧‍👦 🇸🇾 \U0001f600",
    "ﷺ ﷽ ‏نص‏",
    "tab\there, two  blanks",
    "x" * 3000,
)  # fmt: skip

FIRST_DAY = date(2018, 1, 1)


def hostile_url(text: str, number: int) -> str:
    """Return an address for a report: some try another scheme or host than http(s)."""
    return (f"javascript:{text}", f"//evil.example/{text}", f"https://example.org/{number}?{text}")[
        number % 3
    ]


def _square(place: Place) -> str:
    assert place.lat is not None
    assert place.lon is not None
    west, south, east, north = place.lon - 0.1, place.lat - 0.1, place.lon + 0.1, place.lat + 0.1
    return str(shapely.box(west, south, east, north).wkt)


def fill(store: Store) -> None:
    """Fill a store with one event for each text, which stands in every text field that the event touches.

    Each text also stands in two statements, about the event's place and about a drawn area around it.
    """
    places = [Place(place_id="sy", name_en="Syria", name_ar="سوريا", kind="country")]
    factions, publishers, reports, events, claims = [], [], [], [], []
    sides, areas, statements = [], [], []
    for number, text in enumerate(TEXTS):
        name = f"x{number:03}"
        places.append(
            Place(
                place_id=name,
                name_en=text,
                name_ar=text,
                variants=(text,),
                kind="city",
                parent_id="sy",
                coordinate_source=text,
                note=text,
                uncertainty_m=1000.0,
                lat=33.0 + 0.5 * (number // 10),
                lon=36.0 + 0.5 * (number % 10),
            )
        )
        words = dict.fromkeys(("name_en", "name_ar", "note"), text)
        sides.append(Side(side_id=name, colour="#884422", **words))
        factions.append(
            Faction(
                faction_id=name,
                aliases=(text,),
                kind="rebel_group",
                colour="#884422",
                is_group=True,
                side_id=name,
                long_name_en=text,
                long_name_ar=text,
                **words,
            )
        )
        publishers.append(
            Publisher(publisher_id=name, name_en=text, name_ar=text, alignment="unknown", note=text)
        )
        reports.append(
            Report(
                report_id=name,
                publisher_id=name,
                origin_id=f"x{(number + 1) % len(TEXTS):03}",
                about=text,
                url=hostile_url(text, number),
                language="en",
                note=text,
            )
        )
        day = FIRST_DAY + timedelta(days=number % 50)
        events.append(
            Event(
                event_id=name,
                date_start=day,
                date_end=day,
                date_precision=1,
                event_type="battles",
                sub_event_type="armed-clash",
                place_id=name,
                place_as_reported=text,
                location_precision=2,
                parties=(Party(name, "side_a"),),
                summary_en=text,
                summary_ar=text,
                status="disputed",
                report_ids=(name,),
                note=text,
                deaths=Figures(1, 2, 3),
            )
        )
        claims.append(
            Claim(
                event_id=name,
                report_id=name,
                field="deaths",
                figures=Figures(1, 2, 3),
                text_en=text,
                text_ar=text,
            )
        )
        areas.append(ControlArea(area_id=name, outline=_square(places[-1]), **words))
        statements += [
            Statement(
                statement_id=f"{name}-{about}",
                place_id=name if about == "place" else None,
                area_id=name if about == "area" else None,
                place_as_reported=text,
                status="held",
                faction_id=name,
                date_start=day,
                date_end=day,
                report_id=name,
                certainty=1,
                match="high",
                note=text,
            )
            for about in ("area", "place")
        ]
    with store.write(TEXTS[0]) as connection:
        rows.insert_places(connection, places)
        rows.insert_sides(connection, sides)
        rows.insert_factions(connection, factions)
        rows.insert_reports(connection, publishers, reports)
        rows.insert_memberships(connection, [Membership(group_id="x000", member_id="x001", note=TEXTS[18])])
        rows.insert_events(connection, events, claims)
        rows.insert_statements(connection, areas, statements)


def hostile_database(folder: Path) -> str:
    """Return the address of a new database whose every text is hostile."""
    url = f"sqlite:///{folder / 'hostile.sqlite'}"
    store = Store(url)
    store.migrate()
    fill(store)
    store.close()
    return url
