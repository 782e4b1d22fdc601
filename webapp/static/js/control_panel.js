// Who holds a place on the day shown, since when, and why: the statements with their sources, deciding ones first.

import { getJson } from "./api.js";
import { config, urlFor } from "./config.js";
import { areaSign } from "./control_signs.js";
import { data, fillWith, h } from "./dom.js";
import { date, isoOf, number, t } from "./i18n.js";
import { EDITORS_WORDS, sourceLines } from "./sources.js";
import { emit, getState, on } from "./state.js";

const note = (...words) => h("span", { class: "note" }, words);
const fact = (name, ...content) => [h("dt", {}, name), h("dd", {}, content)];

/** Put a name from data into a message with one gap, as text of its own direction. */
function withName(key, name) {
  const [before, after] = t(key, { name: "\u0000" }).split("\u0000");
  return [before, data(name), after];
}

function party(holder, shown, style) {
  const index = shown.data.holders.findIndex(({ id }) => id === holder.id);
  const sign = areaSign(shown, shown.inks[index] ?? shown.ink, style);
  return h("span", { class: "party" }, sign, data(holder.name));
}

function statement(item) {
  const other = item.status === "contested" ? "control.against_party" : "control.from_party";
  const parties = [
    data(item.faction.name), " ", item.status_label,
    item.from && [" ", withName(other, item.from.name)],
    item.to && [" ", withName("control.to_party", item.to.name)],
  ];
  const doubts = [item.certainty > 1 && item.certainty_label, item.match !== "high" && item.match_label].filter(Boolean);
  return h(
    "li",
    { class: item.decisive ? "decisive" : null },
    h("p", {}, h("strong", {}, item.date), " · ", parties),
    h("p", { class: "note" }, item.area ? withName("control.about_area", item.area) : t("detail.as_reported", { place: "" }), item.area ? null : data(item.place_as_reported)),
    doubts.length ? h("p", { class: "note" }, doubts.join(" · ")) : null,
    item.note ? h("p", { class: "note" }, data(item.note, EDITORS_WORDS)) : null,
    sourceLines(item.report),
  );
}

function statements(title, items) {
  if (!items.length) return null;
  return [h("h3", {}, title), h("ol", { class: "sources statements" }, items.map(statement))];
}

/** Return the end of an open or closed time in words. */
function times({ since, until, last_confirmed: confirmed }) {
  return [
    since && fact(t("control.since"), h("time", { datetime: since }, date(since, "long")), until && note(`${t("control.until")} ${date(until, "long")}`)),
    confirmed && fact(t("control.confirmed"), h("time", { datetime: confirmed }, date(confirmed, "long"))),
  ];
}

function fill(body, answer, shown) {
  const { place } = answer;
  const heading = h("h2", { tabindex: "-1" }, data(place.name));
  const between = answer.parties.length > 1;
  const holders = between ? answer.parties : [answer.holder].filter(Boolean);
  const others = answer.statements.filter((item) => !item.decisive);
  fillWith(
    body,
    heading,
    h("p", { class: "note" }, place.name_other && place.name_other !== place.name ? [data(place.name_other), " · "] : null, place.kind, place.admin.map((area) => [" › ", data(area)])),
    h("p", { class: "lead control-lead" }, t("control.on_day", { date: date(answer.on, "long") }), h("strong", {}, answer.style_label ?? answer.state_label)),
    h(
      "dl",
      { class: "facts" },
      fact(between ? t("control.parties") : t("control.holder"), holders.length ? holders.map((one) => party(one, shown, answer.style)) : note(t("control.nobody"))),
      times(answer),
      fact(t("control.basis"), answer.basis_label),
      answer.holder && fact(t("control.certainty"), t("control.percent", { num: number(Math.round(answer.certainty * 100)) }), note(t("control.certainty_note"))),
    ),
    h("h3", {}, t("control.why")),
    h("p", {}, data(answer.rule)),
    statements(t("control.decisive"), answer.statements.filter((item) => item.decisive)),
    statements(others.length === answer.statements.length ? t("detail.sources") : t("control.others"), others),
  );
  return heading;
}

/** Outlines a cell on the map while its panel is open. */
class Outline {
  constructor(map) {
    this.map = map;
    this.renderer = L.svg({ pane: "atlas-cell", padding: 0.4 });
    this.layer = L.layerGroup().addTo(map);
  }

  show(cell) {
    this.layer.clearLayers();
    if (!cell) return;
    for (const className of ["control-cell-halo", "control-cell"]) {
      const style = { className, renderer: this.renderer, pane: "atlas-cell", interactive: false };
      L.geoJSON(cell, { style: () => style, interactive: false, pane: "atlas-cell" }).addTo(this.layer);
    }
  }
}

/** Open the panel of whatever area is clicked, or lies in the middle of the map when asked by key or button. */
export function startControlPanel(map) {
  const outline = new Outline(map);
  let shown = null;
  let line = null; // between two days that are compared, in pixels of the map
  let isOpen = false;
  on("control:shown", (now) => {
    shown = now;
    if (!now && isOpen) emit("panel:shut");
  });
  on("swipe:move", (x) => (line = x));
  on("panel:close", () => {
    isOpen = false;
    outline.show(null);
  });
  on("panel:open", ({ kind }) => {
    isOpen = kind === t("control.panel");
    if (!isOpen) outline.show(null);
  });

  async function draw(body, { lat, lng }, isEarlier) {
    const look = shown;
    // What lies outside is known here: the server need not be asked.
    if (!look || look.data.regionAt(lat, lng) < 0) {
      outline.show(null);
      const heading = h("h2", { tabindex: "-1" }, t("control.nobody"));
      fillWith(body, heading, h("p", { class: "lead" }, t("control.outside")));
      return heading;
    }
    const day = isEarlier && look.compare === "swipe" ? look.from : look.day;
    const params = new URLSearchParams({ lat: lat.toFixed(5), lon: lng.toFixed(5), on: isoOf(day), level: getState().level, lang: config.lang });
    const answer = await getJson(`${urlFor("control_at")}?${params}`, { key: "detail" });
    outline.show(answer.cell);
    // On a phone the panel may cover what was pressed.
    setTimeout(() => emit("map:bring", [lat, lng]), 0);
    return fill(body, answer, look);
  }

  // Left of the line between two days, the earlier one is meant.
  const open = (place) => {
    const isEarlier = line !== null && map.latLngToContainerPoint(place).x < line;
    emit("panel:open", { kind: t("control.panel"), draw: (body) => draw(body, place, isEarlier) });
  };
  map.on("click", ({ latlng }) => {
    if (shown && shown.data.regionAt(latlng.lat, latlng.lng) >= 0) open(latlng);
  });
  on("control:here", () => open(map.getCenter()));
}
