// What the reader asked for. The URL is its only storage, so every view can be shared, and back and forward work.
//
//   state = {from, to, factions[], types[], places[], sources[], minDeaths, precisionMax, q, bbox,   <- the filter
//            colour, view, event, z, lat, lon, base, control, level, compare}             <- the view
//
// `update(patch, {push})` writes the URL (pushState, or replaceState when push is false) and tells subscribers.
// `on`/`emit` carry what is not state: "map:loading", "map:answer", "map:error", "map:retry",
// "map:bring" (a place into view), "spot:open", "panel:open", "panel:shut", "panel:close", "time:slide" (days under
// the handles while they are moved), "control:shown", "control:error", "control:retry", "control:here", "swipe:move".

import { config } from "./config.js";

/** Filter fields and the query parameter of each: the one filter grammar of page, API and exports. */
const FILTERS = [
  ["from", "from", "date"],
  ["to", "to", "date"],
  ["factions", "faction", "list"],
  ["types", "type", "list"],
  ["places", "place", "list"],
  ["sources", "source", "list"],
  ["minDeaths", "min_deaths", "count"],
  ["precisionMax", "location_precision_max", "count"],
  ["q", "q", "text"],
  ["bbox", "bbox", "text"],
];

const VIEW = [
  ["lang", "lang", "text"],
  ["z", "z", "number"],
  ["lat", "lat", "number"],
  ["lon", "lon", "number"],
  ["colour", "colour", "text"],
  ["view", "view", "text"],
  ["event", "event", "text"],
  ["base", "base", "text"],
  ["control", "control", "text"],
  ["level", "level", "text"],
  ["compare", "compare", "text"],
];

/** Values that are left out of the URL. */
const DEFAULTS = { colour: "faction", view: "map", base: "embedded", control: "areas", level: "side" };

export const FILTER_FIELDS = FILTERS.map(([field]) => field);

let state = Object.freeze(read(new URLSearchParams(window.location.search)));
const subscribers = new Set();
const listeners = new Map();

function readOne(params, name, kind) {
  if (kind === "list") return Object.freeze([...new Set(params.getAll(name).filter(Boolean))]);
  const text = params.get(name);
  if (text === null || text === "") return null;
  if (kind === "date") return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
  if (kind === "count") return /^\d{1,9}$/.test(text) ? Number(text) : null;
  if (kind === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  return text;
}

function read(params) {
  const result = {};
  for (const [field, name, kind] of [...FILTERS, ...VIEW]) {
    result[field] = readOne(params, name, kind) ?? DEFAULTS[field] ?? null;
  }
  return result;
}

function append(params, fields, source, omit) {
  for (const [field, name, kind] of fields) {
    const value = source[field];
    if (omit.includes(field) || value === null || value === undefined || value === "") continue;
    if (kind === "list") value.forEach((one) => params.append(name, one));
    else if (value !== DEFAULTS[field]) params.append(name, String(value));
  }
  return params;
}

/** Return the current state: frozen, replaced on every change. */
export function getState() {
  return state;
}

/** Return the filter as query parameters; `omit` names fields to leave out. */
export function filterParams(source = state, { omit = [] } = {}) {
  return append(new URLSearchParams(), FILTERS, source, omit);
}

/** Return a string that is equal for equal filters. */
export function filterKey(source = state) {
  return filterParams(source).toString();
}

/** Return true when no filter is set (dates aside, when asked). */
export function isUnfiltered(source = state, { omit = [] } = {}) {
  return filterParams(source, { omit }).toString() === "";
}

/** Return the page's address for a state, with `patch` put over it: the permalink. */
export function pageUrl(source = state, patch = {}) {
  const params = append(new URLSearchParams(), [...FILTERS, ...VIEW], { ...source, ...patch }, []);
  const query = params.toString();
  return window.location.pathname + (query ? `?${query}` : "");
}

function same(a, b) {
  return Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((one, i) => one === b[i]) : a === b;
}

function replace(next) {
  const previous = state;
  const changed = new Set(Object.keys(next).filter((field) => !same(next[field], previous[field])));
  if (!changed.size) return changed;
  state = Object.freeze(next);
  return changed;
}

function tell(changed, previous) {
  for (const subscriber of [...subscribers]) subscriber(state, changed, previous);
}

/** Put `patch` over the state, write the URL and tell subscribers what changed. */
export function update(patch, { push = true } = {}) {
  const previous = state;
  const changed = replace({ ...state, ...patch });
  if (!changed.size) return;
  const url = pageUrl();
  if (push) window.history.pushState(null, "", url);
  else window.history.replaceState(window.history.state, "", url);
  tell(changed, previous);
}

/** Return the patch that clears every filter. */
export function emptyFilter() {
  return Object.fromEntries(FILTERS.map(([field, , kind]) => [field, kind === "list" ? [] : null]));
}

/** Return true when any of the changed fields belongs to the filter. */
export function filterChanged(changed) {
  return FILTER_FIELDS.some((field) => changed.has(field));
}

/** Call `subscriber(state, changed, previous)` after each change; returns the function that ends it. */
export function subscribe(subscriber) {
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

/** Call `listener(detail)` on each event of this name; returns the function that ends it. */
export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(listener);
  return () => listeners.get(name).delete(listener);
}

/** Tell the listeners of this name. */
export function emit(name, detail) {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(detail);
}

window.addEventListener("popstate", () => {
  const previous = state;
  const changed = replace(read(new URLSearchParams(window.location.search)));
  if (changed.size) tell(changed, previous);
});

/** First and last day of the data, as ISO dates. */
export const dateMin = config.date_min ?? null;
export const dateMax = config.date_max ?? null;
