// Several events in one mark: a ring divided by the active colouring, with the count inside.

import { svg } from "./dom.js";
import { number } from "./i18n.js";
import { UNKNOWN_COLOUR, colourOf } from "./symbols.js";

const RING_WIDTH = 5;

/** Return the outer diameter in pixels of a ring for so many events. */
export function ringSize(count) {
  return Math.round(Math.min(54, 25 + 3.9 * Math.log2(Math.max(1, count / 2))));
}

/** Return the parts in order, with what they leave open of the count as an unknown part at the end. */
function slices(parts, count) {
  const known = parts.map(([part, share]) => ({ colour: colourOf(part), share }));
  const open = count - parts.reduce((sum, [, share]) => sum + share, 0);
  if (open > 0) known.push({ colour: UNKNOWN_COLOUR, share: open });
  return known;
}

/**
 * Draw a ring.
 * @param {{count: number, parts: [string, number][], spot: boolean}} item  `spot`: all at one coordinate
 * @returns {SVGElement}
 */
export function ring({ count, parts, spot }) {
  const size = ringSize(count);
  const box = size + 8;
  const radius = (size - RING_WIDTH) / 2;
  const around = 2 * Math.PI * radius;
  const known = slices(parts, count);
  const whole = known.reduce((sum, slice) => sum + slice.share, 0) || 1;
  const gap = known.length > 1 ? 1.4 : 0;
  let start = 0;
  const arcs = known.map(({ colour, share }) => {
    const length = (share / whole) * around;
    // Dashes of one circle: no arc flags, and a part of 100 % is a full ring.
    const arc = svg("circle", {
      "class": "ring-part part",
      "r": radius,
      "stroke-width": RING_WIDTH,
      "stroke-dasharray": `${Math.max(0.5, length - gap)} ${around}`,
      "stroke-dashoffset": -start,
      "transform": "rotate(-90)",
    });
    arc.style.setProperty("--part", colour);
    start += length;
    return arc;
  });
  return svg(
    "svg",
    { class: "symbol", width: box, height: box, viewBox: `${-box / 2} ${-box / 2} ${box} ${box}`, "aria-hidden": "true", focusable: "false" },
    spot ? svg("circle", { class: "ring-spot", r: size / 2 + 2.5 }) : null,
    svg("circle", { class: "ring-ground", r: size / 2 + 1 }),
    arcs,
    svg("text", { "class": "ring-count", "text-anchor": "middle", "dy": "0.36em", "text": short(count) }),
  );
}

function short(count) {
  return count < 10_000 ? number(count) : `${number(Math.floor(count / 1000))}k`;
}

const NUDGE_PIXELS = 16;
const ROUNDS = 12;

/**
 * Move clusters a little off what they would cover. A cluster stands for an area, so some pixels are no lie;
 * events and spots stay where they were reported.
 * @param {{x: number, y: number, half: number, isFixed: boolean}[]} boxes  centres and half widths in pixels
 * @returns {{x: number, y: number}[]} centres in the same order
 */
export function nudged(boxes) {
  const now = boxes.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let isQuiet = true;
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length; j += 1) isQuiet = !push(boxes, now, i, j) && isQuiet;
    }
    if (isQuiet) break;
  }
  return now;
}

/** Push two marks apart where they overlap; returns true when one of them moved. */
function push(boxes, now, i, j) {
  if (boxes[i].isFixed && boxes[j].isFixed) return false;
  const dx = now[j].x - now[i].x;
  const dy = now[j].y - now[i].y;
  const distance = Math.hypot(dx, dy) || 0.01;
  const lack = boxes[i].half + boxes[j].half - distance;
  if (lack <= 0.5) return false;
  const shareOfI = boxes[i].isFixed ? 0 : boxes[j].isFixed ? 1 : 0.5;
  const unit = { x: dx / distance, y: (dy || 0.01) / distance };
  shift(boxes[i], now[i], unit, -lack * shareOfI);
  shift(boxes[j], now[j], unit, lack * (1 - shareOfI));
  return true;
}

function shift(box, now, unit, by) {
  const x = now.x + unit.x * by - box.x;
  const y = now.y + unit.y * by - box.y;
  const cut = Math.min(1, NUDGE_PIXELS / (Math.hypot(x, y) || 1));
  now.x = box.x + x * cut;
  now.y = box.y + y * cut;
}
