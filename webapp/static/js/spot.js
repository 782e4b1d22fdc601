// Several events on one spot, or without any spot, as a list.

import { filteredUrl, getJson } from "./api.js";
import { data, h, svg } from "./dom.js";
import { plural, t } from "./i18n.js";
import { update } from "./state.js";

const PAGE = 500;
const MOST_PAGES = 20;

function row(event) {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", onclick: () => update({ event: event.id }) },
      svg("svg", { class: "shape", "aria-hidden": "true" }, svg("use", { href: `#icon-${event.shape}` })),
      h("span", {}, event.sub_type_label),
      h("span", { class: "note" }, event.date),
      h("span", { class: "summary-line" }, data(event.summary)),
    ),
  );
}

function fill(body, title, count, events) {
  const heading = h("h2", { tabindex: "-1" }, title);
  body.replaceChildren(
    heading,
    h("p", { class: "note" }, plural("events", count)),
    h("ul", { class: "spot-list" }, events.map(row)),
  );
  return heading;
}

/** List the events of one coordinate under the current filter; returns the heading. */
export async function listSpot(body, { lat, lon, place }) {
  const bbox = [lon, lat, lon, lat].join(",");
  const answer = await getJson(filteredUrl("events", { bbox, limit: PAGE }), { key: "detail" });
  return fill(body, place ? data(place) : t("spot.here"), answer.total, answer.events);
}

/** List the events that have no point, so that the map cannot show them; returns the heading. */
export async function listUnplaced(body) {
  const found = [];
  let count = 1;
  for (let page = 0; page < MOST_PAGES && found.length < count; page += 1) {
    const answer = await getJson(filteredUrl("events", { limit: PAGE, offset: page * PAGE }), { key: "detail" });
    count = answer.without_point;
    found.push(...answer.events.filter((event) => event.lat === null || event.lon === null));
    if (answer.events.length < PAGE) break;
  }
  return fill(body, t("spot.without_place"), count, found);
}
