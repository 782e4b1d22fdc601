// Who held what, when: the answer of /api/control, unpacked once for each level of alliance.
// Geometry comes once, as arcs between two regions; a region's history says who holds it from which day on.

import { dayOf } from "./i18n.js";

/** How a region is drawn on a day; the server's codes. */
export const STYLES = { unknown: 0, firm: 1, single: 2, inferred: 3, contested: 4 };

const STYLE_COUNT = 5;
const KEPT_DAYS = 8;

/**
 * Return a key for who holds a region and how sure that is: regions of one key are drawn as one. -1: nothing is.
 * Contested ground may have no holder (-1).
 */
export function keyOf(holder, style) {
  if (style === STYLES.unknown || (holder < 0 && style !== STYLES.contested)) return -1;
  return (holder + 1) * STYLE_COUNT + style;
}

/** Return {holder, style} of a key. */
export const partsOf = (key) => ({ holder: Math.floor(key / STYLE_COUNT) - 1, style: key % STYLE_COUNT });

/** Return longitude and latitude on the unit square of Web Mercator, y to the south. */
function mercator(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** The areas of one level of alliance, on every day. */
export class ControlData {
  /** @param {object} answer  of /api/control */
  constructor(answer) {
    this.answer = answer;
    this.holders = answer.holders;
    this.sides = answer.sides ?? [];
    this.first = dayOf(answer.start);
    this.last = dayOf(answer.end) - 1;
    this.count = answer.histories.length;
    this.days = new Map();
    this.unpackArcs(answer);
    this.unpackHistories(answer.histories);
    this.shares = this.measure();
  }

  /** Return a day number, or the last day that is known of when it lies later; of earlier days nothing is known. */
  clamp(day) {
    return this.last < this.first ? day : Math.min(day, this.last);
  }

  /** Return true for two parties of one side: what lies between them is no front. */
  isWithin(a, b) {
    return Boolean(this.sides[a]) && this.sides[a] === this.sides[b];
  }

  unpackArcs({ arcs, arc_regions: sides, origin: [lon0, lat0], step }) {
    const total = arcs.reduce((sum, arc) => sum + arc.length, 0);
    this.xy = new Float64Array(total);
    this.starts = new Int32Array(arcs.length + 1);
    this.left = Int32Array.from(sides, ([left]) => left);
    this.right = Int32Array.from(sides, ([, right]) => right);
    this.from = new Int32Array(arcs.length);
    this.to = new Int32Array(arcs.length);
    const nodes = new Map();
    const node = (x, y) => {
      const key = `${x},${y}`;
      if (!nodes.has(key)) nodes.set(key, nodes.size);
      return nodes.get(key);
    };
    let at = 0;
    arcs.forEach((arc, index) => {
      let [x, y] = [0, 0];
      for (let i = 0; i < arc.length; i += 2) {
        x += arc[i];
        y += arc[i + 1];
        if (i === 0) this.from[index] = node(x, y);
        const [mx, my] = mercator(lon0 + x * step, lat0 + y * step);
        this.xy[at] = mx;
        this.xy[at + 1] = my;
        at += 2;
      }
      this.to[index] = node(x, y);
      this.starts[index + 1] = at;
    });
    this.nodeCount = nodes.size;
  }

  unpackHistories(histories) {
    const entries = histories.reduce((sum, one) => sum + one.length / 3, 0);
    this.entryStarts = new Int32Array(histories.length + 1);
    this.entryDay = new Int32Array(entries);
    this.entryHolder = new Int16Array(entries);
    this.entryStyle = new Uint8Array(entries);
    let at = 0;
    histories.forEach((history, region) => {
      for (let i = 0; i < history.length; i += 3) {
        this.entryDay[at] = history[i];
        this.entryHolder[at] = history[i + 1];
        this.entryStyle[at] = history[i + 2];
        at += 1;
      }
      this.entryStarts[region + 1] = at;
    });
  }

  /** Return each region's share of the whole drawn area: twice the ring's area by its arcs, then normed. */
  measure() {
    const areas = new Float64Array(this.count);
    for (let arc = 0; arc < this.left.length; arc += 1) {
      let sum = 0;
      for (let i = this.starts[arc] + 2; i < this.starts[arc + 1]; i += 2) {
        // Relative to the first point of all: products of nearly equal numbers would lose their digits.
        const ax = this.xy[i - 2] - this.xy[0];
        const ay = this.xy[i - 1] - this.xy[1];
        const bx = this.xy[i] - this.xy[0];
        const by = this.xy[i + 1] - this.xy[1];
        sum += ax * by - bx * ay;
      }
      if (this.left[arc] >= 0) areas[this.left[arc]] += sum;
      if (this.right[arc] >= 0) areas[this.right[arc]] -= sum;
    }
    const whole = areas.reduce((sum, area) => sum + Math.abs(area), 0) || 1;
    return areas.map((area) => Math.abs(area) / whole);
  }

  /** Return {holder, style, key} on a day: a value for each region (holder -1: unknown). */
  on(day) {
    const offset = this.clamp(day) - this.first;
    if (this.days.has(offset)) return this.days.get(offset);
    const holder = new Int16Array(this.count).fill(-1);
    const style = new Uint8Array(this.count);
    const key = new Int32Array(this.count).fill(-1);
    for (let region = 0; region < this.count; region += 1) {
      let entry = this.entryStarts[region + 1] - 1;
      while (entry > this.entryStarts[region] && this.entryDay[entry] > offset) entry -= 1;
      if (entry < this.entryStarts[region] || this.entryDay[entry] > offset) continue;
      holder[region] = this.entryHolder[entry];
      style[region] = this.entryStyle[entry];
      key[region] = keyOf(holder[region], style[region]);
    }
    const found = { holder, style, key };
    if (this.days.size >= KEPT_DAYS) this.days.delete(this.days.keys().next().value);
    this.days.set(offset, found);
    return found;
  }

  /**
   * Return the regions at points of one latitude, -1 outside all. A point lies in the region whose outline is
   * crossed an odd number of times by a line from it to the east.
   * @param {number} lat
   * @param {number[]} lons  from west to east
   */
  regionsAlong(lat, lons) {
    const [, y] = mercator(0, lat);
    const crossings = [];
    for (let arc = 0; arc < this.left.length; arc += 1) {
      for (let i = this.starts[arc] + 2; i < this.starts[arc + 1]; i += 2) {
        const ay = this.xy[i - 1];
        const by = this.xy[i + 1];
        if (ay > y === by > y) continue;
        const ax = this.xy[i - 2];
        crossings.push([ax + ((y - ay) / (by - ay)) * (this.xy[i] - ax), arc]);
      }
    }
    crossings.sort((a, b) => b[0] - a[0]);
    const odd = new Set();
    const toggle = (region) => region >= 0 && !odd.delete(region) && odd.add(region);
    const result = new Int32Array(lons.length).fill(-1);
    let next = 0;
    for (let at = lons.length - 1; at >= 0; at -= 1) {
      const [x] = mercator(lons[at], lat);
      for (; next < crossings.length && crossings[next][0] > x; next += 1) {
        toggle(this.left[crossings[next][1]]);
        toggle(this.right[crossings[next][1]]);
      }
      for (const region of odd) result[at] = region;
    }
    return result;
  }

  /** Return the region at a point, -1 outside all. */
  regionAt(lat, lon) {
    return this.regionsAlong(lat, [lon])[0];
  }

  /** Return who holds what on a day: [{holder, share, regions, styles}], most first; of the drawn area, 0 to 1. */
  sums(day) {
    const { holder, style } = this.on(day);
    const sums = new Map();
    for (let region = 0; region < this.count; region += 1) {
      if (holder[region] < 0) continue;
      if (!sums.has(holder[region])) {
        sums.set(holder[region], { holder: this.holders[holder[region]], share: 0, regions: 0, styles: [0, 0, 0, 0, 0] });
      }
      const sum = sums.get(holder[region]);
      sum.share += this.shares[region];
      sum.regions += 1;
      sum.styles[style[region]] += this.shares[region];
    }
    return [...sums.values()].sort((a, b) => b.share - a.share);
  }
}
