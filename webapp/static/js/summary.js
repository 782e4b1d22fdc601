// The sentence, the counts, and the states of the page: slow, failed, empty. What the map shows is what is said.

import { config } from "./config.js";
import { byId, data, debounce, fillWith, h, icon } from "./dom.js";
import { figures, plural, t } from "./i18n.js";
import { emit, emptyFilter, getState, isUnfiltered, on, subscribe, update } from "./state.js";

const SLOW_MS = 300;
let playing = false;
let slow = 0;

const announce = debounce((text) => {
  if (!playing) byId("live").textContent = text;
}, 600);

// The same elements all along: the button gets the focus back when its list is closed.
const list = h("button", { class: "link", type: "button", onclick: () => emit("unplaced:open") });
const toll = h("span");

function showCounts(answer) {
  list.hidden = !answer.without_point;
  list.textContent = plural("without_place", answer.without_point);
  const deaths = figures(answer.deaths);
  toll.textContent = deaths ? t("summary.deaths", { figures: deaths }) : "";
}

function chip(words, patch) {
  const remove = () => update(patch);
  return h("button", { class: "chip", type: "button", title: t("remove_filter"), onclick: remove }, words, icon("close"));
}

function showChips() {
  const state = getState();
  const chips = [];
  if (state.q) chips.push(chip(data(`“${state.q}”`), { q: null }));
  if (state.bbox) chips.push(chip(t("bbox_filter"), { bbox: null }));
  fillWith(byId("chips"), chips);
  byId("clear").hidden = isUnfiltered(state);
  byId("empty-dates").hidden = !state.from && !state.to;
}

function quiet() {
  clearTimeout(slow);
  byId("progress").hidden = true;
}

function showAnswer(answer) {
  quiet();
  byId("banner").hidden = true;
  fillWith(byId("sentence"), data(answer.sentence));
  showCounts(answer);
  byId("empty").hidden = answer.total > 0;
  document.title = `${t("app.title")}: ${answer.sentence}`;
  announce(answer.total ? answer.sentence : `${answer.sentence}. ${t("no_match")}`);
}

function showError(error) {
  quiet();
  const words =
    error.kind === "http" && error.status === 400 ? t("bad_request", { message: error.message }) : t("request_failed");
  const retry = h("button", { type: "button", onclick: () => emit("map:retry") }, t("retry"));
  fillWith(byId("banner"), h("span", {}, data(words)), retry);
  byId("banner").hidden = false;
}

/** Keep sentence, counts and states in step with the map's answers. */
export function startSummary() {
  on("map:loading", () => {
    clearTimeout(slow);
    slow = setTimeout(() => (byId("progress").hidden = false), SLOW_MS);
  });
  on("map:answer", showAnswer);
  on("map:error", showError);
  on("time:playing", (now) => (playing = now));
  byId("clear").addEventListener("click", () => {
    update(emptyFilter());
    byId("filters").focus({ preventScroll: true });
  });
  byId("empty-clear").addEventListener("click", () => update(emptyFilter()));
  byId("empty-dates").addEventListener("click", () => update({ from: null, to: null }));
  fillWith(byId("counts"), list, toll);
  const language = byId("language");
  const showLanguage = () => {
    const params = new URLSearchParams(window.location.search);
    params.set("lang", config.lang === "ar" ? "en" : "ar");
    language.href = `?${params}`;
  };
  subscribe(() => {
    showChips();
    showLanguage();
  });
  showChips();
  showLanguage();
}
