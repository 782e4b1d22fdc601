// The switch of control over the map, and the words that say which day is shown.

import { MODES, compareOf, modeOf } from "./control.js";
import { byId, fillWith, h, icon } from "./dom.js";
import { date, isoOf, label, plural, t } from "./i18n.js";
import { emit, getState, on, subscribe, update } from "./state.js";
import { NARROW, choices } from "./switches.js";

const LEVELS = ["side", "room", "faction"];

/** Show the next of areas, front and neither. */
export function cycleControl() {
  const next = MODES[(MODES.indexOf(modeOf(getState())) + 1) % MODES.length];
  update({ control: next }, { push: false });
  byId("live").textContent = `${t("control.switch")}: ${t(`control.${next}`)}`;
}

/** End the comparison of two days; returns false when there is none. */
export function endComparison() {
  if (!compareOf(getState())) return false;
  update({ compare: null });
  return true;
}

/** Make the switch "areas, front, off" with the level at which holders are compared. */
export function controlSwitch() {
  const group = choices("map-control", "control.switch", MODES, {
    field: "control",
    words: { areas: "control.areas", front: "control.front", off: "control.off" },
  });
  const level = h(
    "select",
    { "class": "map-level", "aria-label": t("control.level") },
    LEVELS.map((id) => h("option", { value: id }, label("control_levels", id))),
  );
  const show = () => {
    level.value = LEVELS.includes(getState().level) ? getState().level : "side";
    level.disabled = getState().control === "off";
  };
  level.addEventListener("change", () => update({ level: level.value }));
  subscribe(show);
  show();
  const here = h(
    "button",
    { "class": "quiet only-icon map-here", "type": "button", "aria-label": t("control.here"), "title": t("control.here"), "onclick": () => emit("control:here") },
    icon("centre"),
  );
  group.append(level, here);
  return group;
}

function toggle(kind, words) {
  const press = () => update({ compare: compareOf(getState()) === kind ? null : kind });
  return h("button", { type: "button", onclick: press, dataset: { compare: kind } }, t(words));
}

/** Make the two buttons that compare the first day of the window with its last one. */
export function compareButtons() {
  const group = h(
    "div",
    { "class": "control-compare", "role": "group", "aria-label": t("control.compare") },
    toggle("changes", "control.changes"),
    toggle("swipe", "control.swipe"),
  );
  on("control:shown", (shown) => {
    group.hidden = shown === null;
    for (const button of group.children) button.setAttribute("aria-pressed", String(shown?.compare === button.dataset.compare));
  });
  on("control:error", () => (group.hidden = true));
  return group;
}

/** Say in words which day's control is shown and how many statements stand behind it; on a phone, over the map. */
export function startControlWords() {
  const mount = byId("control-words");
  const words = h("p", { class: "control-as-of", role: "status" });
  const isNarrow = window.matchMedia(NARROW).matches;
  if (isNarrow) byId("map-pane").append(mount);
  const count = h("span", { class: "note" });
  fillWith(mount, words, h("div", { class: "control-row" }, count, isNarrow ? null : compareButtons()));
  on("control:shown", (shown) => {
    mount.hidden = shown === null;
    if (!shown) return;
    const isKnown = shown.data.sums(shown.day).length > 0;
    const known = shown.isBeyond ? "control.as_of_last" : "control.as_of";
    fillWith(words, t(isKnown ? known : "control.none", { date: date(isoOf(shown.day)) }));
    const { statements, not_drawn: left } = shown.data.answer;
    count.textContent = plural("control.statements", statements - left);
  });
  // While time runs, saying each day would never end.
  on("time:playing", (isPlaying) => words.setAttribute("aria-live", isPlaying ? "off" : "polite"));
  on("control:error", () => {
    mount.hidden = false;
    count.textContent = "";
    const retry = h("button", { class: "link", type: "button", onclick: () => emit("control:retry") }, t("retry"));
    fillWith(words, t("control.failed"), " ", retry);
  });
}
