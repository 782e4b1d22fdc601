// How control is drawn on a canvas: quiet fills, hatches for what is doubtful, a front with a side for each party.

import { STYLES, partsOf } from "./control_data.js";
import { fillOpacity } from "./control_ink.js";
import { fronts, outlines, trace } from "./control_shapes.js";

const HATCH_OPACITY = {
  light: { [STYLES.single]: 0.28, [STYLES.contested]: 0.55 },
  dark: { [STYLES.single]: 0.45, [STYLES.contested]: 0.6 },
};
/** Of everything that did not change, where changes are shown. */
const FADED = 0.35;

/** Side of a hatch's tile in pixels, and the width of its lines. */
const TILE = 7;
const HATCH_WIDTH = 1;
const CROSS_TILE = 7;

/** Widths in pixels: of one party's side of the front, of the gap between the sides, of a casing around them. */
const SIDE = 1.75;
const GAP = 1;
const CASING = 1;
const DASH = [8, 4];
const WITHIN = { width: 1, opacity: 0.5 };

/** From afar fronts lie close together: up to this zoom they are thinner by so much. */
const AFAR_ZOOM = 8;
const THINNER = 0.55;

const tiles = new Map();

/** Return a repeating hatch, fixed to the canvas's origin: fine lines for one source, crossed ones for contested. */
function hatch(context, { colour, style, theme, ratio }) {
  const key = [colour, style, theme, ratio].join("|");
  if (!tiles.has(key)) tiles.set(key, drawTile(colour, style, theme, ratio));
  const pattern = context.createPattern(tiles.get(key), "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

function drawTile(colour, style, theme, ratio) {
  const size = style === STYLES.contested ? CROSS_TILE : TILE;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(size * ratio);
  canvas.height = canvas.width;
  const ink = canvas.getContext("2d");
  ink.scale(canvas.width / size, canvas.width / size);
  ink.fillStyle = colour;
  ink.strokeStyle = colour;
  // The tint is part of the tile: one fill costs half of two.
  ink.globalAlpha = fillOpacity(colour, style, theme);
  ink.fillRect(0, 0, size, size);
  ink.globalAlpha = HATCH_OPACITY[theme][style];
  ink.lineWidth = HATCH_WIDTH;
  ink.beginPath();
  // Each line once more beyond the corners, so that tiles join.
  for (const shift of [-size, 0, size]) {
    ink.moveTo(shift - 1, size + 1);
    ink.lineTo(shift + size + 1, -1);
    if (style !== STYLES.contested) continue;
    ink.moveTo(shift - 1, -1);
    ink.lineTo(shift + size + 1, size + 1);
  }
  ink.stroke();
  return canvas;
}

/** Fill the present path the way a holder's area of this style is drawn. */
export function fillArea(context, { colour, style, theme, ratio, strength = 1 }) {
  const isHatched = style === STYLES.single || style === STYLES.contested;
  context.globalAlpha = isHatched ? strength : fillOpacity(colour, style, theme) * strength;
  context.fillStyle = isHatched ? hatch(context, { colour, style, theme, ratio }) : colour;
  context.fill("evenodd");
}

/**
 * Draw one day.
 * @param {CanvasRenderingContext2D} context
 * @param {ControlData} data
 * @param {{day: number, mode: string, inks: string[], halo: string, ink: string, theme: string, ratio: number, zoom: number,
 *   points: Float32Array, before: number|null}} look  `points`: of the arcs on this canvas; `before`: show what changed since
 */
export function paint(context, data, look) {
  const today = data.on(look.day);
  context.lineJoin = "round";
  if (look.mode === "areas") paintAreas(context, data, today, look);
  paintFronts(context, data, today, look);
  if (look.before !== null) paintChanges(context, data, today, look);
  context.globalAlpha = 1;
}

function paintAreas(context, data, today, look) {
  const strength = look.before === null ? 1 : FADED;
  for (const [key, chains] of outlines(data, today.key)) {
    const { holder, style } = partsOf(key);
    context.beginPath();
    trace(context, data, chains, look.points, true);
    fillArea(context, { ...look, colour: look.inks[holder] ?? look.ink, style, strength });
  }
}

function paintFronts(context, data, today, look) {
  const all = fronts(data, today, (style) => style === STYLES.firm);
  const strength = look.before === null ? 1 : 0.6;
  paintWithin(context, data, all.filter(({ a, b }) => data.isWithin(a, b)), { ...look, strength });
  const found = all.filter(({ a, b }) => !data.isWithin(a, b));
  if (!found.length) return;
  const scale = look.zoom <= AFAR_ZOOM ? THINNER : 1;
  const dash = DASH.map((length) => length * scale);
  context.lineCap = "butt";
  for (const isSure of [true, false]) {
    const lines = found.filter(({ sure }) => sure === isSure);
    context.setLineDash(isSure ? [] : dash);
    context.globalAlpha = strength * 0.85;
    context.strokeStyle = look.halo;
    context.lineWidth = (2 * (SIDE + CASING) + GAP) * scale;
    context.beginPath();
    for (const { chains } of lines) trace(context, data, chains, look.points, false);
    context.stroke();
  }
  context.globalAlpha = strength;
  const parties = new Set(found.flatMap(({ a, b }) => [a, b]));
  const areas = outlines(data, today.holder);
  for (const party of parties) {
    // Cut along the party's own area, a broad line leaves just the half on its side.
    context.save();
    context.beginPath();
    trace(context, data, areas.get(party), look.points, true);
    context.clip("evenodd");
    for (const isSure of [true, false]) {
      context.setLineDash(isSure ? [] : dash);
      context.beginPath();
      for (const { a, b, sure, chains } of found) {
        if (sure === isSure && (a === party || b === party)) trace(context, data, chains, look.points, false);
      }
      context.strokeStyle = look.inks[party];
      context.lineWidth = (2 * SIDE + GAP) * scale;
      context.stroke();
    }
    context.restore();
  }
  context.setLineDash([]);
  context.strokeStyle = look.halo;
  context.lineWidth = GAP * scale;
  context.beginPath();
  for (const { chains } of found) trace(context, data, chains, look.points, false);
  context.stroke();
}

/** Draw what lies between parties of one side: a quiet line, for there they do not face each other. */
function paintWithin(context, data, found, { points, ink, strength }) {
  context.setLineDash([]);
  context.globalAlpha = strength * WITHIN.opacity;
  context.strokeStyle = ink;
  context.lineWidth = WITHIN.width;
  context.beginPath();
  for (const { chains } of found) trace(context, data, chains, points, false);
  context.stroke();
}

/** Return a key for each region that another holder has than before: the one who has it now, and who had it. */
export function changed(data, before, today) {
  const keys = new Int32Array(data.count).fill(-1);
  const { length } = data.holders;
  for (let region = 0; region < data.count; region += 1) {
    if (before.holder[region] === today.holder[region]) continue;
    keys[region] = (today.holder[region] + 1) * (length + 1) + before.holder[region] + 1;
  }
  return keys;
}

function paintChanges(context, data, today, look) {
  const keys = changed(data, data.on(look.before), today);
  const all = outlines(data, keys.map((key) => (key < 0 ? -1 : 0))).get(0);
  if (!all) return;
  for (const [key, chains] of outlines(data, keys)) {
    const holder = Math.floor(key / (data.holders.length + 1)) - 1;
    context.beginPath();
    trace(context, data, chains, look.points, true);
    context.fillStyle = holder < 0 ? look.ink : look.inks[holder];
    context.globalAlpha = holder < 0 ? 0.1 : 0.42;
    context.fill("evenodd");
  }
  context.beginPath();
  trace(context, data, all, look.points, true);
  context.globalAlpha = 1;
  context.strokeStyle = look.halo;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = look.ink;
  context.lineWidth = 1.75;
  context.stroke();
}

/** Draw a straight piece of front from left to right, one party above and one below. */
export function paintFrontSign(context, { width, height, upper, lower, halo, sure }) {
  const middle = height / 2;
  context.setLineDash(sure ? [] : DASH.map((length) => length * 0.6));
  for (const [colour, shift] of [[upper, -1], [lower, 1]]) {
    const y = middle + (shift * (SIDE + GAP)) / 2;
    context.strokeStyle = colour;
    context.lineWidth = SIDE;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
  }
  context.setLineDash([]);
  context.strokeStyle = halo;
  context.lineWidth = GAP;
  context.beginPath();
  context.moveTo(0, middle);
  context.lineTo(width, middle);
  context.stroke();
}

/** Draw a straight piece of a boundary inside one side, from left to right. */
export function paintWithinSign(context, { width, height, ink }) {
  context.globalAlpha = WITHIN.opacity;
  context.strokeStyle = ink;
  context.lineWidth = WITHIN.width;
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
}
