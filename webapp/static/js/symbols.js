// Symbols of events: the shape tells the type, the area the deaths, hollow that the place is approximate.

import { config } from "./config.js";
import { svg } from "./dom.js";

/** Colours by type, apart for colour-blind readers (after Okabe and Ito, darkened or muted for thin strokes). */
const TYPE_COLOURS = {
  "battles": "#b5482a",
  "explosions-remote-violence": "#d08a00",
  "violence-against-civilians": "#8a3f78",
  "strategic-developments": "#2f6f9f",
  "protests": "#1f8a6d",
  "riots": "#6f7d1e",
};

/** Colour of what no party or type is known for. */
export const UNKNOWN_COLOUR = "#7d8488";

/** Diameter in pixels of the smallest symbol: few deaths, none, or an unknown number. */
export const LEAST_SIZE = 12;
const MOST_SIZE = 46;
const PIXELS_PER_ROOT_DEATH = 3.4;

/** Width and height in pixels that a finger or pointer needs. */
export const HIT_SIZE = 28;

/** Return the diameter in pixels: the area grows with the deaths; null (unknown) is the smallest. */
export function sizeOf(deaths) {
  return Math.min(MOST_SIZE, Math.max(LEAST_SIZE, PIXELS_PER_ROOT_DEATH * Math.sqrt(deaths ?? 0)));
}

/** Return the most deaths that are still drawn in the smallest size. */
export function deathsOfLeastSize() {
  return Math.floor((LEAST_SIZE / PIXELS_PER_ROOT_DEATH) ** 2);
}

/** Return the colour of a part: a faction or a type. */
export function colourOf(part) {
  const colour = config.factions?.[part]?.colour ?? config.types?.[part]?.colour ?? TYPE_COLOURS[part];
  return /^#[0-9a-f]{6}$/i.test(colour ?? "") ? colour : UNKNOWN_COLOUR;
}

/** Return the name of a part in the reader's language. */
export function nameOf(part) {
  return config.factions?.[part]?.name ?? config.types?.[part]?.label ?? part ?? "";
}

const two = (value) => Math.round(value * 100) / 100;

/** Return a path of the shape around (0, 0); all shapes of one diameter have the circle's area. */
function outline(shape, diameter) {
  const r = diameter / 2;
  if (shape === "square") {
    const a = two(0.886 * r);
    return `M${-a} ${-a}H${a}V${a}H${-a}Z`;
  }
  if (shape === "diamond") {
    const a = two(1.253 * r);
    return `M0 ${-a}L${a} 0L0 ${a}L${-a} 0Z`;
  }
  if (shape === "triangle") {
    const half = two(1.347 * r);
    const height = two(2.333 * r);
    const top = two((-height * 2) / 3 + r * 0.1);
    return `M0 ${top}L${half} ${two(top + height)}H${-half}Z`;
  }
  if (shape === "plus") {
    const a = two(1.189 * r);
    const b = two(0.396 * r);
    return `M${-b} ${-a}H${b}V${-b}H${a}V${b}H${b}V${a}H${-b}V${b}H${-a}V${-b}H${-b}Z`;
  }
  if (shape === "pennant") {
    const left = two(-0.95 * r);
    const width = two(2.15 * r);
    const top = two(-1.3 * r);
    const flag = two(1.55 * r);
    const pole = two(Math.max(1.6, 0.26 * r));
    return `M${left} ${top}L${two(left + width)} ${two(top + flag / 2)}L${two(left + pole)} ${two(top + flag)}V${two(1.35 * r)}H${left}Z`;
  }
  return `M${two(-r)} 0A${two(r)} ${two(r)} 0 1 1 ${two(r)} 0A${two(r)} ${two(r)} 0 1 1 ${two(-r)} 0Z`;
}

/**
 * Draw one symbol in an SVG of its own.
 * @param {{shape: string, colour: string, size?: number, hollow?: boolean, disputed?: boolean, box?: number}} look
 *   sizes in pixels; `box` is the width and height of the SVG.
 * @returns {SVGElement}
 */
export function symbol({ shape, colour, size = LEAST_SIZE, hollow = false, disputed = false, box = null }) {
  const width = Math.round(box ?? size * 1.5 + 4);
  const d = outline(shape, hollow ? size - 1 : size);
  const drawing = svg(
    "svg",
    { class: "symbol part", width, height: width, viewBox: `${-width / 2} ${-width / 2} ${width} ${width}`, "aria-hidden": "true", focusable: "false" },
    svg("path", { class: "symbol-halo", d }),
    svg("path", { class: hollow ? "symbol-hollow" : "symbol-full", d }),
  );
  drawing.style.setProperty("--part", colour);
  if (disputed) drawing.append(disputedMark(size / 2 + 2, -size / 2 - 1));
  return drawing;
}

/** Draw the small "≠" that says: reports disagree. */
export function disputedMark(x, y) {
  return svg(
    "g",
    { class: "disputed-mark", transform: `translate(${two(x)} ${two(y)})` },
    svg("circle", { r: 5.5 }),
    svg("path", { d: "M-3 -1.3H3M-3 1.3H3M1.6 -3.2L-1.6 3.2" }),
  );
}
