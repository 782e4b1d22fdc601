// The search field: text filters as one types; places of that name are offered to go to.

import { getJson } from "./api.js";
import { config, urlFor } from "./config.js";
import { byId, data, debounce, fillWith, h } from "./dom.js";
import { plural, t } from "./i18n.js";
import { getState, subscribe, update } from "./state.js";

const WAIT_MS = 350;
const SUGGEST_MS = 150;
const MOST = 8;
const PLACE_ZOOM = 12;

const field = byId("search");
const menu = byId("suggestions");
const status = byId("search-status");
let chosen = -1;
let typed = false;

function openMenu(open) {
  menu.hidden = !open;
  status.textContent = open ? plural("search.offers", menu.children.length) : "";
  field.setAttribute("aria-expanded", String(open));
  choose(-1);
}

function choose(index) {
  const options = [...menu.querySelectorAll('[role="option"]')];
  chosen = options.length && index >= 0 ? index % options.length : -1;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  options[chosen]?.scrollIntoView({ block: "nearest" });
  if (chosen >= 0) field.setAttribute("aria-activedescendant", options[chosen].id);
  else field.removeAttribute("aria-activedescendant");
}

function goTo(place) {
  openMenu(false);
  field.value = "";
  typed = false;
  update({ q: null, view: "map", z: PLACE_ZOOM, lat: Number(place.lat.toFixed(4)), lon: Number(place.lon.toFixed(4)) });
  field.blur();
}

function doubt() {
  const words = t("search.several");
  return h("span", { class: "doubt", title: words }, h("span", { "aria-hidden": "true" }, "≈"), h("span", { class: "visually-hidden" }, words));
}

function option(place, index) {
  // The governorate tells namesakes apart; a spelling that matched says why a place is offered.
  const where = [place.kind, place.governorate ?? place.admin?.[0]].filter(Boolean).join(" · ");
  const other = place.matched && place.matched !== place.name ? place.matched : null;
  return h(
    "li",
    { role: "option", id: `suggestion-${index}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => goTo(place) },
    h("span", { class: "offer" }, data(place.name), place.ambiguous && doubt()),
    h("span", { class: "note" }, data(where), other && [" · ", data(other)]),
  );
}

async function suggest() {
  const text = field.value.trim();
  if (text.length < 2) return openMenu(false);
  try {
    const params = new URLSearchParams({ q: text, limit: String(MOST), complete: "1", lang: config.lang });
    const { results } = await getJson(`${urlFor("geocode")}?${params}`, { key: "geocode" });
    const placed = results.filter((place) => Number.isFinite(place.lat) && Number.isFinite(place.lon));
    fillWith(menu, placed.map(option));
    openMenu(placed.length > 0 && document.activeElement === field);
  } catch (error) {
    if (error.kind === undefined) throw error;
    if (error.kind !== "abort") openMenu(false);
  }
  return undefined;
}

function apply() {
  const text = field.value.trim();
  // One step back undoes the whole search, not its last letter.
  update({ q: text || null }, { push: !typed });
  typed = true;
}

/** Keep the field and the text filter in step. */
export function startSearch() {
  const later = debounce(apply, WAIT_MS);
  const soon = debounce(suggest, SUGGEST_MS);
  field.addEventListener("input", () => {
    later();
    soon();
  });
  field.addEventListener("focus", () => (typed = false));
  field.addEventListener("blur", () => openMenu(false));
  field.addEventListener("keydown", (event) => {
    const count = menu.hidden ? 0 : menu.children.length;
    if (event.key === "ArrowDown" && count) choose(chosen + 1);
    else if (event.key === "ArrowUp" && count) choose(chosen <= 0 ? count - 1 : chosen - 1);
    else if (event.key === "Home" && chosen >= 0) choose(0);
    else if (event.key === "End" && chosen >= 0) choose(count - 1);
    else if (event.key === "Enter" && chosen >= 0) {
      later.cancel();
      menu.children[chosen].click();
    } else if (event.key === "Escape" && count) openMenu(false);
    else if (event.key === "ArrowDown" && field.value.trim()) suggest();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    later.cancel();
    soon.cancel();
    openMenu(false);
    apply();
  });
  const show = () => {
    const { q } = getState();
    if (document.activeElement !== field || (!q && !field.value.trim())) field.value = q ?? "";
  };
  subscribe((_state, changed) => changed.has("q") && show());
  show();
}
