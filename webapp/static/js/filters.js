// The filters that are one value: days, least number of deaths, precision of the place.

import { debounce, h } from "./dom.js";
import { label, t } from "./i18n.js";
import { dateMax, dateMin, getState, subscribe, update } from "./state.js";

const WAIT_MS = 400;

function dateField(field, words) {
  const input = h("input", { class: "field", type: "date", min: dateMin, max: dateMax });
  const apply = () => {
    if (input.value && !input.validity.valid) return;
    const state = getState();
    const patch = { [field]: input.value || null };
    // A first day after the last one would match nothing: the other end follows.
    if (field === "from" && patch.from && state.to && patch.from > state.to) patch.to = patch.from;
    if (field === "to" && patch.to && state.from && patch.to < state.from) patch.from = patch.to;
    update(patch);
  };
  input.addEventListener("change", apply);
  const show = () => {
    if (document.activeElement !== input || !getState()[field]) input.value = getState()[field] ?? "";
  };
  subscribe(show);
  show();
  return h("label", {}, words, input);
}

/** Make the two fields of the days. */
export function makeDates() {
  return h("div", { class: "pair" }, dateField("from", t("time.first_day")), dateField("to", t("time.last_day")));
}

/** Make the fields for the least number of deaths and the precision of the place. */
export function makeLimits() {
  const deaths = h("input", { class: "field", type: "number", min: "0", max: "999999", step: "1", inputmode: "numeric" });
  const apply = debounce(() => {
    if (deaths.validity.valid) update({ minDeaths: deaths.value === "" ? null : Number(deaths.value) });
  }, WAIT_MS);
  deaths.addEventListener("input", apply);
  const precision = h(
    "select",
    {},
    h("option", { value: "" }, t("facets.any_precision")),
    ["1", "2", "3", "4", "5", "6"].map((code) => h("option", { value: code }, label("location_precisions", code))),
  );
  precision.classList.add("field");
  precision.addEventListener("change", () => update({ precisionMax: precision.value ? Number(precision.value) : null }));
  const show = () => {
    const state = getState();
    if (document.activeElement !== deaths || state.minDeaths === null) deaths.value = state.minDeaths ?? "";
    precision.value = state.precisionMax === null ? "" : String(state.precisionMax);
  };
  subscribe(show);
  show();
  return h(
    "div",
    {},
    h("div", { class: "single" }, h("label", {}, t("facets.min_deaths"), deaths)),
    h("div", { class: "single" }, h("label", {}, t("facets.precision"), precision)),
  );
}
