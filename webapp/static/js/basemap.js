// The base map that needs no network: Natural Earth from our own server, styled by CSS alone (light and dark).

import { config } from "./config.js";
import { emit, getState, subscribe, update } from "./state.js";

const FOCUS = "SYR";
const FILES = { countries: "countries", provinces: "admin1_region", rivers: "rivers", lakes: "lakes" };
const CHOSEN = "atlas-online-base";
const chosen = new Set();
const areas = [];

/** Return labels of countries and governorates: {kind, name, lat, lon, focus}. */
export function areaLabels() {
  return areas;
}

/** Return the base layers that this page offers, the embedded one first. */
export function baseKeys(map) {
  return ["embedded", "osm", "satellite"].filter((key) => map.atlas.bases[key]);
}

/** Remember that the reader switched this base on, before the state names it. */
export function chooseBase(key) {
  chosen.add(key);
  try {
    localStorage.setItem(CHOSEN, [...chosen].join(" "));
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
}

function wasChosen(key) {
  try {
    for (const one of (localStorage.getItem(CHOSEN) ?? "").split(" ")) chosen.add(one);
  } catch {
    // As above.
  }
  return chosen.has(key);
}

/** Fill the embedded layer and keep the base in step with the state. Resolves when the land is drawn. */
export async function startBasemap(map) {
  const follow = ({ base }) => {
    // A link may name an online base, but only this reader may say that other hosts are asked.
    if (base === "embedded" || wasChosen(base)) switchBase(map, base);
    else update({ base: "embedded" }, { push: false });
  };
  switchBase(map, "embedded");
  follow(getState());
  subscribe((state, changed) => {
    if (changed.has("base")) follow(state);
  });
  const names = Object.keys(FILES);
  const answers = await Promise.allSettled(names.map((name) => load(`${map.atlas.basemap}/${FILES[name]}.geojson`)));
  const found = Object.fromEntries(names.map((name, i) => [name, answers[i].value ?? null]));
  draw(map, found);
  emit("basemap:ready");
}

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/**
 * Show one base; the embedded one stays under the others, so that there is a map when their tiles do not come.
 * Nothing is asked of another host before this is called with its key.
 */
function switchBase(map, wanted) {
  const { embedded, ...online } = map.atlas.bases;
  const { dataset } = map.getContainer();
  embedded.addTo(map);
  dataset.tiles = "none";
  for (const [key, layer] of Object.entries(online)) {
    layer.off("tileload").remove();
    if (key !== wanted) continue;
    layer.once("tileload", () => {
      dataset.tiles = key;
    });
    layer.addTo(map);
  }
}

function draw(map, { countries, provinces, rivers, lakes }) {
  const land = L.svg({ pane: "atlas-land", padding: 0.5 });
  const water = L.svg({ pane: "atlas-water", padding: 0.5 });
  const borders = L.svg({ pane: "atlas-borders", padding: 0.5 });
  const put = (geojson, renderer, pane, className) => {
    if (!geojson) return;
    const style = (feature) => ({ className: className(feature.properties), renderer, pane, interactive: false });
    L.geoJSON(geojson, { style, pane, interactive: false }).addTo(map.atlas.bases.embedded);
  };
  const isFocus = (properties) => [properties.ISO_A3, properties.adm0_a3].includes(FOCUS);
  put(countries, land, "atlas-land", (p) => (isFocus(p) ? "base-land is-focus" : "base-land"));
  put(provinces, water, "atlas-water", (p) => (isFocus(p) ? "base-province is-focus" : "base-province"));
  put(rivers, water, "atlas-water", () => "base-river");
  put(lakes, water, "atlas-water", () => "base-lake");
  put(countries, borders, "atlas-borders", (p) => (isFocus(p) ? "base-border is-focus" : "base-border"));
  for (const feature of countries?.features ?? []) addLabel("country", feature, isFocus(feature.properties));
  for (const feature of provinces?.features ?? []) {
    if (isFocus(feature.properties)) addLabel("governorate", feature, true);
  }
}

function addLabel(kind, feature, focus) {
  const properties = feature.properties;
  // Buffer zones and the like have no code of their own, and a name too long for the map.
  if (kind === "country" && !properties.ISO_A3) return;
  const name = properties[`name_${config.lang}`] ?? (config.lang === "en" ? (properties.NAME ?? properties.name) : null);
  const ring = largestRing(feature.geometry);
  if (!name || !ring) return;
  areas.push({ kind, name, focus, ...inside(ring) });
}

function largestRing(geometry) {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((one) => one[0]);
  return rings.reduce((best, ring) => (Math.abs(area(ring)) > Math.abs(area(best ?? [])) ? ring : best), null);
}

function area(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return sum / 2;
}

/** Return a point well inside a ring: the middle of the longest of some east-west cuts. */
function inside(ring) {
  const lats = ring.map(([, lat]) => lat);
  const south = Math.min(...lats);
  const north = Math.max(...lats);
  let best = { width: 0, lat: south, lon: ring[0][0] };
  for (let step = 3; step <= 7; step += 1) {
    const lat = south + ((north - south) * step) / 10;
    const cuts = [];
    for (let i = 1; i < ring.length; i += 1) {
      const [lonA, latA] = ring[i - 1];
      const [lonB, latB] = ring[i];
      if (latA > lat !== latB > lat) cuts.push(lonA + ((lat - latA) / (latB - latA)) * (lonB - lonA));
    }
    cuts.sort((a, b) => a - b);
    for (let i = 1; i < cuts.length; i += 2) {
      const width = (cuts[i] - cuts[i - 1]) * (step === 5 ? 1.15 : 1);
      if (width > best.width) best = { width, lat, lon: (cuts[i] + cuts[i - 1]) / 2 };
    }
  }
  return { lat: best.lat, lon: best.lon };
}
