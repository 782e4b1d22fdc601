// What changed hands between the two days of the window: in sum, then place by place.

import { getJson } from "./api.js";
import { config, urlFor } from "./config.js";
import { compareOf } from "./control.js";
import { data, fillWith, h, icon } from "./dom.js";
import { date, dateRange, isoOf, label, number, plural, t } from "./i18n.js";
import { emit, getState, on, subscribe, update } from "./state.js";

const PLACE_ZOOM = 12;
const MOST = 400;

function holder(one) {
  if (!one) return h("span", { class: "note" }, t("control.unknown"));
  const swatch = h("span", { "class": "swatch part", "aria-hidden": "true" });
  swatch.style.setProperty("--part", one.colour);
  return h("span", { class: "party" }, swatch, data(one.name));
}

function arrow() {
  const sign = icon("open");
  sign.classList.add("flips", "small");
  return [h("span", { class: "visually-hidden" }, " → "), sign];
}

const change = (from, to) => h("span", { class: "change" }, holder(from), arrow(), holder(to));

function goTo({ lat, lon }) {
  update({ view: "map", z: Math.max(PLACE_ZOOM, getState().z ?? 0), lat: Number(lat.toFixed(4)), lon: Number(lon.toFixed(4)) });
}

const changesHands = (one) => one.from.holder?.id !== one.to.holder?.id;

function row(one) {
  const changed = changesHands(one)
    ? change(one.from.holder, one.to.holder)
    : h("span", { class: "change" }, holder(one.to.holder), " · ", label("control_states", one.from.state), arrow(), label("control_states", one.to.state));
  const isUnsettled = changesHands(one) && one.to.state === "contested";
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", onclick: () => goTo(one.place) },
      h("span", { class: "change-place" }, data(one.place.name)),
      h("span", { class: "note" }, date(one.day, "short")),
      h("span", { class: "summary-line" }, changed,
        h("span", { class: "note" }, isUnsettled ? ` · ${t("control.sign_contested")}` : "", ` · ${plural("control.sources", one.sources)}`)),
    ),
  );
}

function list(items) {
  const rows = items.slice(0, MOST).map(row);
  const more = items.length - MOST;
  return [
    h("ul", { class: "spot-list change-list" }, rows),
    more > 0 ? h("p", { class: "note" }, t("map.more_colours", { count: number(more) })) : null,
  ];
}

function fill(body, answer) {
  const heading = h("h2", { tabindex: "-1" }, t("control.changes_title", { range: dateRange(answer.from, answer.to) }));
  const hands = answer.changes.filter(changesHands);
  const states = answer.changes.filter((one) => !changesHands(one));
  const sums = answer.summary.filter((sum) => sum.from?.id !== sum.to?.id).map((sum) =>
    h("li", {}, change(sum.from, sum.to), h("span", { class: "count" }, plural("control.places", sum.count))));
  fillWith(
    body,
    heading,
    hands.length ? h("ul", { class: "change-sums" }, sums) : h("p", { class: "lead" }, t("control.changes_none")),
    list(hands),
    states.length ? [h("h3", {}, t("control.changes_state"), " · ", plural("control.places", states.length)), list(states)] : null,
  );
  return heading;
}

/** List what changed while the comparison says so; the map highlights the same places. */
export function startChanges() {
  let shown = null;
  let isOpen = false;
  const draw = async (body) => {
    const look = shown;
    const params = new URLSearchParams({ from: isoOf(look.from), to: isoOf(look.day), level: getState().level, lang: config.lang });
    return fill(body, await getJson(`${urlFor("control_changes")}?${params}`, { key: "detail" }));
  };
  const open = () => {
    isOpen = true;
    emit("panel:open", { draw, kind: t("control.changes") });
  };
  on("control:shown", (now) => {
    const isFirst = shown === null;
    shown = now;
    if (!now && isOpen) emit("panel:shut");
    // A link may open the comparison; its list comes when the map has its data.
    if (isFirst && now?.compare === "changes" && !getState().event) open();
  });
  on("panel:close", () => (isOpen = false));
  on("panel:open", (panel) => (isOpen = panel.draw === draw));
  subscribe((state, changed) => {
    if (!changed.has("compare") || !shown) return;
    if (compareOf(state) === "changes") open();
    else if (isOpen) emit("panel:shut");
  });
}
