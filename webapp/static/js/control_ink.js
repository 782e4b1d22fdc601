// How strongly an area is filled. On light ground a darker colour is filled more strongly: thinned alike, the green
// of one side and the dark of another are nearly one grey to readers who do not tell red from green.

import { STYLES } from "./control_data.js";

/** Opacity of a fill by style, on light and on dark ground: the symbols of events stay the loudest. */
const FILLS = {
  light: { [STYLES.firm]: 0.32, [STYLES.single]: 0.16, [STYLES.inferred]: 0.12, [STYLES.contested]: 0.1 },
  dark: { [STYLES.firm]: 0.32, [STYLES.single]: 0.17, [STYLES.inferred]: 0.15, [STYLES.contested]: 0.12 },
};

/** A colour of this lightness (CIE L*) is filled as the table says; the power is the least that tells all sides apart. */
const MIDDLE = 40;
const POWER = 1.5;
const STRONGEST = 0.6;

const weights = new Map();

/** Return the lightness (CIE L*, 0 to 100) of a colour as the browser writes it, "rgb(…)"; null for other writings. */
function lightness(colour) {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  if (!parts) return null;
  const [red, green, blue] = parts.slice(1).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
}

function weightOf(colour) {
  if (!weights.has(colour)) {
    const found = lightness(colour);
    weights.set(colour, found ? (MIDDLE / found) ** POWER : 1);
  }
  return weights.get(colour);
}

/** Return the opacity of a holder's fill in a style and theme. */
export function fillOpacity(colour, style, theme) {
  const base = FILLS[theme][style];
  return theme === "dark" ? base : Math.min(STRONGEST, base * weightOf(colour));
}
