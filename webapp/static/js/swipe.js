// Two days side by side: left of a line the first day of the window, right of it the last. The line is a slider.

import { byId, data, fillWith, h, icon } from "./dom.js";
import { date, isoOf, number, t } from "./i18n.js";
import { emit, on, update } from "./state.js";

const STEP = 2;
const LARGE_STEP = 10;
const EDGE = 4;
const KEYS = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -LARGE_STEP, PageUp: LARGE_STEP };

/** Show the line while two days are compared, and tell the map where it is. */
export function startSwipe(map) {
  let share = 50;
  let isShown = false;
  const left = h("p", { class: "swipe-day is-left" });
  const right = h("p", { class: "swipe-day is-right" });
  const handle = h("div", { "class": "swipe-handle", "role": "slider", "tabindex": "0", "aria-orientation": "horizontal",
    "aria-label": t("control.swipe_label"), "aria-valuemin": "0", "aria-valuemax": "100" }, h("span", { "class": "swipe-grip", "aria-hidden": "true" }, "‹ ›"));
  const end = h("button", { class: "only-icon swipe-close", type: "button", "aria-label": t("control.swipe_close"), title: t("control.swipe_close"), onclick: () => update({ compare: null }) }, icon("close"));
  // Left and right mean the map's west and east in every language.
  const line = h("div", { class: "swipe", dir: "ltr", hidden: true }, left, right, handle, end);
  byId("map-pane").append(line);

  const say = (shown) => {
    if (shown) {
      fillWith(left, data(date(isoOf(shown.from))));
      fillWith(right, data(date(isoOf(shown.day))));
    }
    handle.setAttribute("aria-valuenow", String(Math.round(share)));
    handle.setAttribute("aria-valuetext", t("control.swipe_value", { left: left.textContent, right: right.textContent, num: number(Math.round(share)) }));
  };
  const place = () => {
    line.style.setProperty("--at", `${share}%`);
    emit("swipe:move", (map.getSize().x * share) / 100);
  };
  const move = (to) => {
    share = Math.min(100 - EDGE, Math.max(EDGE, to));
    place();
    say(null);
  };

  on("control:shown", (shown) => {
    const wanted = shown?.compare === "swipe";
    if (wanted) say(shown);
    if (wanted === isShown) return;
    isShown = wanted;
    line.hidden = !wanted;
    if (wanted) place();
    else emit("swipe:move", null);
  });
  map.on("resize", () => isShown && place());
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus({ preventScroll: true });
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const box = line.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100);
  });
  handle.addEventListener("keydown", (event) => {
    const to = { Home: EDGE, End: 100 - EDGE }[event.key] ?? (KEYS[event.key] ? share + KEYS[event.key] : null);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(to);
  });
}
