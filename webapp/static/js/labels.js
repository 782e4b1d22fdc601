// Quiet names on the map: countries and governorates from afar, towns and villages as one comes nearer.
// A name that would cover another, or a symbol, tries the other sides of its place and else stays away.

import { getJson } from "./api.js";
import { areaLabels } from "./basemap.js";
import { config, isRtl, urlFor } from "./config.js";
import { data, h } from "./dom.js";
import { on } from "./state.js";

const ink = document.createElement("canvas").getContext("2d");
const SIDES = isRtl ? ["left", "right", "above", "below"] : ["right", "left", "above", "below"];
const OFFSET = 6;
const GAP = 3;
const DOT = 2;

/** Up to this zoom only large towns have names, and they need no weight. */
const AFAR_ZOOM = 7;

/** Sizes in pixels and weights by class of label; map.css sets the same. */
const LOOKS = {
  "country": { size: 14, weight: 600, spacing: 2.4 },
  "governorate": { size: 13, weight: 400, spacing: 1.6 },
  "holder": { size: 12, weight: 600, spacing: 1.2 },
  "rank-1": { size: 14, weight: 600, spacing: 0 },
  "rank-2": { size: 13, weight: 400, spacing: 0 },
  "rank-3": { size: 13, weight: 400, spacing: 0 },
  "rank-4": { size: 12, weight: 400, spacing: 0 },
};

/** Return true where a label of an area is worth its room. */
function isAreaWanted(area, zoom) {
  return area.kind === "country" ? zoom <= 8 : zoom >= 7 && zoom <= 9;
}

/** Keeps the names on the map in step with what is seen. */
export class Labels {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.places = [];
    this.shown = new Map();
    this.symbols = [];
    this.holders = [];
    this.measured = new Map();
    this.font = getComputedStyle(document.body).fontFamily;
    map.on("moveend", () => this.load());
    map.on("zoomend", () => this.draw());
    on("basemap:ready", () => this.draw());
    on("control:names", (names) => this.name(names));
    document.fonts?.ready.then(() => {
      this.measured.clear();
      this.draw();
    });
    this.load();
  }

  /** Keep names off the symbols: boxes {x, y, half} in layer pixels. */
  avoid(symbols) {
    this.symbols = symbols;
    this.draw();
  }

  /** Name the holders of areas: labels with the spots where they would fit. */
  name(holders) {
    if (!holders.length && !this.holders.length) return;
    this.holders = holders;
    this.draw();
  }

  async load() {
    const map = this.map;
    if (!map.getSize().x) return;
    const box = map.getBounds().pad(0.05);
    const viewport = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((one) => one.toFixed(4)).join(",");
    const params = new URLSearchParams({ viewport, zoom: String(Math.round(map.getZoom())), lang: config.lang });
    try {
      const answer = await getJson(`${urlFor("places")}?${params}`, { key: "places" });
      this.places = answer.places;
      this.draw();
    } catch (error) {
      if (error.kind === undefined) throw error; // names are a help: without them the map goes on
    }
  }

  draw() {
    this.map.getContainer().classList.toggle("is-afar", this.map.getZoom() <= AFAR_ZOOM);
    const wanted = this.layOut();
    for (const [key, marker] of this.shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.shown.delete(key);
    }
    for (const [key, { label, side, offset }] of wanted) {
      const signature = [side, offset, label.name, label.look, label.colour, label.lat, label.lon].join("|");
      const marker = this.shown.get(key);
      if (marker?.signature === signature) continue;
      marker?.remove();
      this.shown.set(key, this.add(label, side, offset, signature));
    }
  }

  add(label, side, offset, signature) {
    const { look, name } = label;
    const dot = look.startsWith("rank") ? h("span", { class: "label-dot" }) : null;
    const element = h("div", { "class": `place-label ${look} at-${side}${label.colour ? " part" : ""}`, "aria-hidden": "true" }, dot, data(name));
    element.style.setProperty("--offset", `${offset}px`);
    if (label.colour) element.style.setProperty("--part", label.colour);
    const icon = L.divIcon({ html: element, className: "place-label-icon", iconSize: [0, 0] });
    const options = { icon, pane: "atlas-labels", interactive: false, keyboard: false };
    const marker = L.marker([label.lat, label.lon], options).addTo(this.map);
    marker.signature = signature;
    return marker;
  }

  /** Return what fits, the weightiest first: key → {label, side}. */
  layOut() {
    const zoom = this.map.getZoom();
    const taken = this.symbols.map(({ x, y, half }) => [x - half, y - half, x + half, y + half]);
    const seen = this.map.getPixelBounds();
    const origin = this.map.getPixelOrigin();
    const left = seen.min.x - origin.x;
    const top = seen.min.y - origin.y;
    const edge = [left, top, left + this.map.getSize().x, top + this.map.getSize().y];
    const result = new Map();
    const areas = areaLabels().filter((area) => isAreaWanted(area, zoom));
    const labels = [
      ...areas.map((area) => ({ ...area, look: area.kind, key: `${area.kind}:${area.name}` })),
      ...this.holders,
      ...this.places.map((place) => ({ ...place, look: `rank-${place.rank}`, key: `place:${place.id}` })),
    ];
    labels.sort((a, b) => weight(a) - weight(b));
    for (const label of labels) {
      for (const spot of label.spots ?? [label]) {
        const found = this.room({ ...label, lat: spot.lat, lon: spot.lon }, taken, edge);
        if (!found) continue;
        result.set(label.key, found);
        break;
      }
    }
    return result;
  }

  /** Return where a label fits, {label, side, offset}, and take the room; null when it does not. */
  room(label, taken, edge) {
    const point = this.map.latLngToLayerPoint([label.lat, label.lon]);
    const { width, height } = this.measure(label);
    const isPlace = label.look.startsWith("rank");
    // Where a symbol stands on the place itself, its name stands beside the symbol.
    const own = isPlace && this.symbols.find(({ x, y }) => Math.abs(x - point.x) < 3 && Math.abs(y - point.y) < 3);
    const offset = own ? own.half + 2 : OFFSET;
    const dot = [point.x - DOT, point.y - DOT, point.x + DOT, point.y + DOT];
    if (!own && taken.some((other) => overlap(dot, other))) return null;
    for (const side of isPlace ? SIDES : ["centre"]) {
      const box = boxAt(point, width, height, side, offset);
      if (box[0] < edge[0] || box[1] < edge[1] || box[2] > edge[2] || box[3] > edge[3]) continue;
      if (taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      if (!own) taken.push(dot);
      return { label, side, offset };
    }
    return null;
  }

  measure({ name, look }) {
    const key = `${look}|${name}`;
    if (!this.measured.has(key)) this.measured.set(key, this.measureAnew(name, look));
    return this.measured.get(key);
  }

  measureAnew(name, look) {
    const { size, weight: fontWeight, spacing } = LOOKS[look];
    ink.font = `${fontWeight} ${size}px ${this.font}`;
    const isLatin = config.lang === "en";
    const text = spacing && isLatin ? name.toUpperCase() : name;
    return { width: ink.measureText(text).width + (isLatin ? spacing * text.length : 0), height: size * 1.35 };
  }
}

/** Order in which labels take their room. */
function weight(label) {
  if (label.kind === "country") return 0;
  if (label.look === "governorate") return 1.5;
  if (label.look === "holder") return 2.5;
  return label.rank;
}

function boxAt({ x, y }, width, height, side, offset) {
  if (side === "right") return [x + offset, y - height / 2, x + offset + width + GAP, y + height / 2];
  if (side === "left") return [x - offset - width - GAP, y - height / 2, x - offset, y + height / 2];
  if (side === "above") return [x - width / 2 - GAP, y - offset - height, x + width / 2 + GAP, y - offset];
  if (side === "below") return [x - width / 2 - GAP, y + offset, x + width / 2 + GAP, y + offset + height];
  return [x - width / 2 - GAP, y - height / 2, x + width / 2 + GAP, y + height / 2];
}

function overlap(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}
