// The time bar: a window [from, to] over the days of the atlas, moved by hand, by step, or played.
// On the slider the window is [first day, day after the last]: its ends then enclose the bars it means.

import noUiSlider from "../vendor/nouislider/nouislider.min.mjs";
import { filteredUrl, getJson } from "./api.js";
import { isRtl } from "./config.js";
import { byId, debounce, fillWith, icon } from "./dom.js";
import { drawHistogram, drawMonths } from "./histogram.js";
import { date, dateRange, dayOf, isoOf, t } from "./i18n.js";
import { dateMax, dateMin, emit, filterKey, getState, on, subscribe, update } from "./state.js";

const LEAST_FRAME_MS = 700;
const LONGEST_ANSWER_MS = 15_000;
const first = dateMin ? dayOf(dateMin) : 0;
const last = dateMax ? dayOf(dateMax) : 0;

let playing = false;
let light = () => {};
let timeline = null;
let isOld = false;
let slider = null;

function clamp(day) {
  return Math.min(Math.max(day, first), last);
}

/** Return the window as day numbers, both inclusive. */
function windowDays(state = getState()) {
  const from = state.from ? clamp(dayOf(state.from)) : first;
  return [from, Math.max(from, state.to ? clamp(dayOf(state.to)) : last)];
}

function setWindow(from, to, options) {
  update({ from: from <= first ? null : isoOf(from), to: to >= last ? null : isoOf(to) }, options);
}

function addMonths(day, count) {
  const at = new Date(day * 86_400_000);
  const month = at.getUTCMonth() + count;
  const longest = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Math.round(Date.UTC(at.getUTCFullYear(), month, Math.min(at.getUTCDate(), longest)) / 86_400_000);
}

/** Return the window one step on (or back), or null at the end. Whole months stay whole months. */
export function stepped([from, to], unit, direction, [least, most] = [first, last]) {
  if (from <= least && to >= most) {
    const start = direction > 0 ? least : stepBack(most + 1, unit);
    return [start, Math.min(most, (unit === "month" ? addMonths(start, 1) : start + (unit === "week" ? 7 : 1)) - 1)];
  }
  if (direction > 0 ? to >= most : from <= least) return null;
  if (unit === "month") {
    const whole = isoOf(from).endsWith("-01") && isoOf(to + 1).endsWith("-01");
    const start = addMonths(from, direction);
    const end = whole ? addMonths(to + 1, direction) - 1 : start + (to - from);
    return held([start, end], [least, most]);
  }
  const by = direction * (unit === "week" ? 7 : 1);
  return held([from + by, to + by], [least, most]);
}

function stepBack(end, unit) {
  return unit === "month" ? addMonths(end, -1) : end - (unit === "week" ? 7 : 1);
}

function held([from, to], [least, most]) {
  const length = to - from;
  if (to > most) return [most - length, most];
  if (from < least) return [least, least + length];
  return [from, to];
}

/** Move the window one step; returns false at the end. */
export function step(direction, options = {}) {
  const next = stepped(windowDays(), byId("step-unit").value, direction);
  if (!next) return false;
  setWindow(next[0], next[1], options);
  return true;
}

function answered() {
  return new Promise((resolve) => {
    const ends = [];
    const done = (good) => {
      ends.forEach((end) => end());
      resolve(good);
    };
    const timer = setTimeout(() => done(false), LONGEST_ANSWER_MS);
    ends.push(() => clearTimeout(timer), on("map:answer", () => done(true)), on("map:error", () => done(false)));
  });
}

const pause = (wait_ms) => new Promise((resolve) => setTimeout(resolve, wait_ms));

function showPlaying() {
  const button = byId("play");
  const words = playing ? t("time.pause") : t("time.play");
  fillWith(button, icon(playing ? "pause" : "play"));
  button.querySelector("svg").classList.add("flips");
  button.setAttribute("aria-label", words);
  button.title = words;
  emit("time:playing", playing);
}

/** Play or pause. The next step waits for the map's answer to the one before: playing never floods. */
export async function togglePlay() {
  playing = !playing;
  showPlaying();
  if (!playing) return;
  // From the end, start again from the beginning, with a window of the same length.
  const [from, to] = windowDays();
  if (to >= last && from > first) setWindow(first, first + (to - from), { push: true });
  let firstStep = true;
  while (playing) {
    const good = answered();
    if (!step(1, { push: firstStep })) break;
    firstStep = false;
    const [arrived] = await Promise.all([good, pause(LEAST_FRAME_MS)]);
    if (!arrived) break;
  }
  if (playing) {
    playing = false;
    showPlaying();
  }
}

function showWindow() {
  const [from, to] = windowDays();
  const state = getState();
  byId("range").textContent = dateRange(isoOf(from), isoOf(to));
  byId("all-dates").hidden = !state.from && !state.to;
  light(from, to);
  const [low, high] = slider.get(true).map(Math.round);
  if (low !== from || high !== to + 1) slider.set([from, to + 1], false);
}

function makeSlider() {
  const element = byId("slider");
  slider = noUiSlider.create(element, {
    start: [first, last + 1],
    range: { min: first, max: Math.max(last + 1, first + 1) },
    connect: true,
    step: 1,
    margin: 1,
    behaviour: "tap-drag",
    direction: isRtl ? "rtl" : "ltr",
    keyboardPageMultiplier: 7,
    keyboardMultiplier: 1,
    handleAttributes: [{ "aria-label": t("time.first_day") }, { "aria-label": t("time.last_day") }],
    ariaFormat: { to: (value) => date(isoOf(Math.round(value)), "long") },
    format: { to: (value) => Math.round(value), from: Number },
  });
  const read = () => slider.get(true).map(Math.round);
  const live = debounce(() => setWindow(read()[0], read()[1] - 1, { push: false }), 90);
  slider.on("slide", () => {
    const [low, high] = read();
    byId("range").textContent = dateRange(isoOf(low), isoOf(high - 1));
    light(low, high - 1);
    emit("time:slide", [low, high - 1]);
    live();
  });
  slider.on("change", () => {
    live.cancel();
    emit("time:slide", null);
    setWindow(read()[0], read()[1] - 1, { push: true });
  });
  // The second handle stands after its last day; its words name the day itself.
  const upper = element.querySelector(".noUi-handle-upper");
  const sayLast = () => upper.setAttribute("aria-valuetext", date(isoOf(read()[1] - 1), "long"));
  slider.on("update", sayLast);
  sayLast();
}

function draw() {
  if (!timeline) return;
  light = drawHistogram(byId("histogram"), timeline, first, last);
  drawMonths(byId("months"), first, last);
  showWindow();
}

async function load() {
  isOld = false;
  try {
    timeline = await getJson(filteredUrl("timeline", {}, { omit: ["from", "to"] }), { key: "timeline" });
    draw();
  } catch (error) {
    if (error.kind === undefined) throw error;
  }
}

/** Build the time bar and keep it in step with the state. */
export function startTimebar() {
  if (!dateMin || !dateMax) return;
  makeSlider();
  showWindow();
  load();
  const others = (state) => filterKey({ ...state, from: null, to: null });
  let key = others(getState());
  subscribe((state) => {
    showWindow();
    if (others(state) !== key) {
      key = others(state);
      isOld = true;
    }
  });
  // The map goes first; the bars follow its answer.
  for (const name of ["map:answer", "map:error"]) on(name, () => isOld && load());
  on("map:retry", load);
  byId("play").addEventListener("click", togglePlay);
  byId("step-back").addEventListener("click", () => step(-1));
  byId("step-forward").addEventListener("click", () => step(1));
  byId("all-dates").addEventListener("click", () => update({ from: null, to: null }));
  new ResizeObserver(debounce(draw, 120)).observe(byId("histogram"));
}
