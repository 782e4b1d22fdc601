// Names of holders on their areas, so that colour is never the only sign: where a name fits inside, at most two each.

import { emit, on } from "./state.js";

/** In pixels: distance of the samples, least room for a letter, distance between two names of one holder. */
const GRID = 24;
const LETTER = 8;
const APART = 400;
const MOST = 2;
const SPOTS = 24;

/** Finds room for names: samples the picture once a view; a day only changes who holds a sample's region. */
class Names {
  constructor(map) {
    this.map = map;
    this.shown = null;
    this.grid = null;
    this.isAsked = false;
    this.signature = "[]";
    on("control:shown", (shown) => {
      if (shown?.data !== this.shown?.data) this.grid = null;
      this.shown = shown;
      this.ask();
    });
    map.on("moveend", () => {
      this.grid = null;
      this.ask();
    });
  }

  /** Name once a frame, however often the day changes in it. */
  ask() {
    if (this.isAsked) return;
    this.isAsked = true;
    requestAnimationFrame(() => {
      this.isAsked = false;
      // Over two days at once, a name would be true on one side of the line only.
      const isNamed = this.shown?.mode === "areas" && this.shown.compare !== "swipe";
      const names = isNamed ? this.find() : [];
      // Most days change no name's place: then the labels need not be laid out again.
      const signature = JSON.stringify(names);
      if (signature === this.signature) return;
      this.signature = signature;
      emit("control:names", names);
    });
  }

  sample() {
    const { x: width, y: height } = this.map.getSize();
    const lons = [];
    for (let x = GRID; x < width; x += GRID) lons.push(this.map.containerPointToLatLng([x, 0]).lng);
    const rows = [];
    for (let y = GRID; y < height; y += GRID) {
      const { lat } = this.map.containerPointToLatLng([0, y]);
      rows.push({ lat, y, regions: this.shown.data.regionsAlong(lat, lons) });
    }
    return { lons, rows };
  }

  /** Return the names with the places where each fits, roomiest first. */
  find() {
    this.grid ??= this.sample();
    const { data, day } = this.shown;
    const today = data.on(day);
    const runs = new Map();
    this.grid.rows.forEach(({ regions, lat, y }) => {
      for (let start = 0, end = 0; start < regions.length; start = end) {
        const holder = holderOf(today, regions[start]);
        for (end = start + 1; end < regions.length && holderOf(today, regions[end]) === holder; ) end += 1;
        if (holder < 0) continue;
        if (!runs.has(holder)) runs.set(holder, []);
        const middle = (start + end - 1) / 2;
        const [low, high] = [this.grid.lons[Math.floor(middle)], this.grid.lons[Math.ceil(middle)]];
        runs.get(holder).push({ lat, lon: (low + high) / 2, x: (middle + 1) * GRID, y, length: (end - start) * GRID });
      }
    });
    return [...runs].flatMap(([holder, found]) => this.named(data.holders[holder], found));
  }

  named(holder, found) {
    const fits = found.filter(({ length }) => length >= holder.name.length * LETTER + GRID);
    // Room above and below counts too: the middle of a wide band is better than its edge.
    const isNear = (a, b) => Math.abs(a.x - b.x) < GRID * 2 && Math.abs(a.y - b.y) <= GRID;
    const roomy = fits.map((one) => ({ ...one, room: one.length + fits.filter((other) => isNear(one, other)).length * GRID * 2 }));
    roomy.sort((a, b) => b.room - a.room);
    const names = [];
    for (const spot of roomy) {
      const distance = ({ spots: [first] }) => Math.hypot(first.x - spot.x, first.y - spot.y);
      const own = names.find((one) => distance(one) < APART);
      if (own && distance(own) < APART / 4) own.spots.push(spot);
      else if (own) continue;
      else if (names.length < MOST) names.push({ key: `holder:${holder.id}:${names.length}`, kind: "holder", look: "holder", name: holder.name, colour: holder.colour, spots: [spot] });
    }
    return names.map((one) => ({ ...one, spots: one.spots.slice(0, SPOTS) }));
  }
}

const holderOf = ({ holder }, region) => (region < 0 ? -1 : holder[region]);

/** Name the holders on the map, beside the names of places. */
export function startControlNames(map) {
  return new Names(map);
}
