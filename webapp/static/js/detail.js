// The event panel: what, when, where, who, and who says so. Also holds the list of a spot.

import { eventUrl } from "./api.js";
import { claimTables, figureOrUnknown } from "./claims.js";
import { config } from "./config.js";
import { byId, data, fillWith, h, icon, svg } from "./dom.js";
import { loadEvent } from "./events.js";
import { date, label, number, t } from "./i18n.js";
import { EDITORS_WORDS, sourceLines } from "./sources.js";
import { listSpot, listUnplaced } from "./spot.js";
import { emit, filterChanged, getState, on, subscribe, update } from "./state.js";

const panel = byId("detail");
let opener = null;
let shown = null; // id of the event on the panel
let isList = false; // whether the panel shows a list
let list = null; // how to draw the list (or area) that the event was chosen from
let listKind = ""; // what it is, in words

function head(kind, back) {
  return h(
    "div",
    { class: "detail-head" },
    back && h("button", { class: "quiet", type: "button", onclick: backToList }, t("detail.back_to_list")),
    h("p", { class: "kind" }, kind),
    h("button", { class: "quiet only-icon", type: "button", "aria-label": t("close"), title: t("close"), onclick: close }, icon("close")),
  );
}

function fact(name, ...content) {
  return [h("dt", {}, name), h("dd", {}, content)];
}

const note = (...words) => h("span", { class: "note" }, words);

function distance(metres) {
  const figure =
    metres < 1000
      ? t("detail.metres", { num: number(Math.round(metres)) })
      : t("detail.kilometres", { num: number(Math.round(metres / 1000)) });
  return t("detail.uncertainty", { distance: figure });
}

function alternative({ name, admin, distance_m: metres }) {
  const areas = admin.flatMap((area) => [" › ", data(area)]);
  return note(data(name), areas, ` · ${t("detail.kilometres", { num: number(Math.round(metres / 1000)) })}`);
}

function where(event) {
  const admin = (event.admin ?? []).flatMap((area, index) => [index ? " › " : null, data(area)]);
  const precision = [event.location_precision_label, event.location_precision > 1 && event.uncertainty_m ? ` · ${distance(event.uncertainty_m)}` : null];
  const reported = event.place_as_reported && t("detail.as_reported", { place: "\u0000" }).split("\u0000");
  return [
    event.place_id ? [data(event.place), event.place_kind_label ? note(event.place_kind_label) : null] : note(t("detail.no_place")),
    admin.length ? note(admin) : null,
    note(precision),
    reported ? note(reported[0], data(event.place_as_reported), reported[1]) : null,
    event.coordinate_source ? note(t("detail.coordinates"), " ", data(event.coordinate_source)) : null,
    event.alternatives?.length ? [note(t("detail.alternatives")), event.alternatives.map(alternative)] : null,
    event.place_note ? note(data(event.place_note, EDITORS_WORDS)) : null,
  ];
}

function side(role, parties) {
  if (!parties?.length) return null;
  const rows = parties.map((party) => {
    const swatch = h("span", { class: "swatch part", "aria-hidden": "true" });
    swatch.style.setProperty("--part", config.factions[party.id]?.colour ?? "transparent");
    return h("span", { class: "party" }, swatch, data(party.name));
  });
  return [note(label("roles", role)), rows];
}

function who(event) {
  const sides = ["side_a", "side_b", "other"].map((role) => side(role, event[role])).filter(Boolean);
  return sides.length ? sides : note(t("detail.not_reported"));
}

function shapeOf(event) {
  return svg("svg", { class: "shape", "aria-hidden": "true" }, svg("use", { href: `#icon-${event.shape}` }));
}

function draw(event) {
  const heading = h("h2", { tabindex: "-1" }, data(event.title));
  const status = [h("span", { class: `tag ${event.status}` }, event.status_label), note(event.status_note ?? "")];
  fillWith(
    panel,
    head([shapeOf(event), event.type_label], Boolean(list)),
    h(
      "div",
      { class: "detail-body" },
      heading,
      h("p", { class: "lead" }, data(event.summary)),
      h(
        "dl",
        { class: "facts" },
        fact(t("detail.what"), event.sub_type_label),
        fact(t("detail.when"), h("time", { datetime: event.date_start }, event.date), note(event.date_precision_label)),
        fact(t("detail.where"), where(event)),
        fact(t("detail.who"), who(event)),
        fact(t("detail.deaths"), figureOrUnknown(event.deaths)),
        fact(t("detail.wounded"), figureOrUnknown(event.wounded)),
        fact(t("detail.captured"), figureOrUnknown(event.captured)),
        fact(t("detail.status"), status),
      ),
      event.aggregate && h("p", { class: "note" }, t("detail.aggregate")),
      claimTables(event.claims),
      h("h3", {}, t("detail.sources")),
      h("ol", { class: "sources" }, event.reports.map((report) => h("li", {}, sourceLines(report)))),
      event.note && [h("h3", {}, t("detail.note")), h("p", { class: "note" }, data(event.note, EDITORS_WORDS))],
      event.checked && h("p", { class: "note" }, t("detail.checked", { date: date(event.checked) })),
      h("p", {}, h("a", { href: eventUrl("event_page", event.id) }, t("detail.permalink"))),
    ),
  );
  return heading;
}

function drawFailure(error) {
  const missing = error.kind === "http" && error.status === 404;
  const heading = h("h2", { tabindex: "-1" }, missing ? t("detail.unknown_event") : t("detail.failed"));
  const retry = () => (isList ? showList(true) : show(getState().event, true));
  fillWith(
    panel,
    head("", Boolean(list)),
    h("div", { class: "detail-body" }, heading, !missing && h("button", { type: "button", onclick: retry }, t("retry"))),
  );
  return heading;
}

function reveal(heading, focus) {
  if (panel.hidden && focus) opener = document.activeElement;
  panel.hidden = false;
  panel.scrollTop = 0;
  if (focus) heading.focus({ preventScroll: true });
}

async function show(id, focus) {
  let heading;
  isList = false;
  try {
    const event = await loadEvent(id);
    if (getState().event !== id) return;
    heading = draw(event);
    shown = id;
  } catch (error) {
    if (error.kind === undefined) throw error;
    if (error.kind === "abort" || getState().event !== id) return;
    heading = drawFailure(error);
    shown = null;
  }
  reveal(heading, focus);
}

function hide() {
  shown = null;
  list = null;
  isList = false;
  if (panel.hidden) return;
  const held = panel.contains(document.activeElement);
  panel.hidden = true;
  panel.replaceChildren();
  emit("panel:close");
  if (held) (opener?.isConnected ? opener : byId("map-pane")).focus({ preventScroll: true });
  opener = null;
}

async function showList(focus) {
  const wanted = list;
  const body = h("div", { class: "detail-body" });
  isList = true;
  shown = null;
  try {
    const heading = await wanted(body);
    if (list !== wanted || !isList) return;
    fillWith(panel, head(listKind, false), body);
    reveal(heading, focus);
  } catch (error) {
    if (error.kind === undefined) throw error;
    if (error.kind !== "abort") reveal(drawFailure(error), focus);
  }
}

/** Leave the event, if one is open, for the list: one step of the history. */
function backToList() {
  if (getState().event) update({ event: null });
  else showList(true);
}

/** Close the panel, whatever it shows; returns false when it was closed already. */
export function close() {
  if (panel.hidden) return false;
  list = null;
  if (getState().event) update({ event: null });
  hide();
  return true;
}

/** Open the panel whenever the state names an event, or a spot is chosen. */
export function startDetail() {
  subscribe((state, changed) => {
    if (changed.has("event") && state.event) {
      if (state.event !== shown) show(state.event, true);
    } else if (changed.has("event")) {
      if (list) showList(true);
      else hide();
    } else if (isList && (filterChanged(changed) || changed.has("level"))) {
      showList(false);
    }
  });
  const open = (draw, kind = "") => {
    list = draw;
    listKind = kind;
    backToList();
  };
  on("spot:open", (spot) => open((body) => listSpot(body, spot)));
  on("unplaced:open", () => open(listUnplaced));
  on("panel:shut", close);
  on("panel:open", ({ draw, kind }) => open(draw, kind));
  if (getState().event) show(getState().event, false);
}
