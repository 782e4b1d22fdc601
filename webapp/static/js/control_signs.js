// Small samples of areas and fronts for legend and panel, drawn with the brush of the map.

import { fillArea, paintFrontSign, paintWithinSign } from "./control_paint.js";
import { h } from "./dom.js";

/** Size of a sample in pixels. */
export const SIGN = { width: 26, height: 14 };

function canvasOf(draw) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const canvas = h("canvas", { "class": "control-sign", "aria-hidden": "true" });
  canvas.width = SIGN.width * ratio;
  canvas.height = SIGN.height * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  draw(context, ratio);
  return canvas;
}

/** Return a sample of an area: `look` carries the theme, `colour` is a holder's ink. */
export function areaSign({ theme }, colour, style) {
  return canvasOf((context, ratio) => {
    context.beginPath();
    context.rect(0, 0, SIGN.width, SIGN.height);
    fillArea(context, { colour, style, theme, ratio });
    context.globalAlpha = 0.5;
    context.strokeStyle = colour;
    context.strokeRect(0.5, 0.5, SIGN.width - 1, SIGN.height - 1);
  });
}

/** Return a sample of a front between two inks. */
export function frontSign({ halo }, upper, lower, sure) {
  return canvasOf((context) => paintFrontSign(context, { ...SIGN, upper, lower, halo, sure }));
}

/** Return a sample of a boundary between parties of one side. */
export function withinSign({ ink }) {
  return canvasOf((context) => paintWithinSign(context, { ...SIGN, ink }));
}
