// The canvas that control is drawn on: one in its pane, redrawn when the view or the day changes.

import { paint } from "./control_paint.js";
import { projected } from "./control_shapes.js";

const FADE_MS = 200;
const PADDING = 0.12;
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Return this theme's inks: each holder's colour as it reads on the ground, the halo and the ink of lines. */
export function inksOf(element, holders) {
  const probe = document.createElement("span");
  probe.className = "part control-probe";
  element.append(probe);
  const colour = (value) => {
    probe.style.setProperty("--part", value);
    return getComputedStyle(probe).color;
  };
  const inks = holders.map((holder) => colour(holder.colour));
  const { backgroundColor: halo, borderTopColor: ink } = getComputedStyle(probe);
  probe.remove();
  return { inks, halo, ink, theme: document.documentElement.dataset.theme === "dark" ? "dark" : "light" };
}

/** A Leaflet renderer that holds two canvases: the picture, and the one before while it fades. */
export const ControlLayer = L.Renderer.extend({
  options: { pane: "atlas-control", padding: PADDING },

  /** Show a day: {data, day, mode, inks, halo, ink, theme, before}; null for nothing. */
  show(look, { fade = false } = {}) {
    this.look = look;
    if (!this._map) return;
    if (fade && !still.matches) this.cross();
    this.redraw();
  },

  /** Show only what lies left (-1) or right (1) of a line: x in pixels of the map; null for all. */
  cut(side, x) {
    this.edge = side ? { side, x } : null;
    this.clip();
  },

  _initContainer() {
    this._container = L.DomUtil.create("div", "control-canvases");
    this.front = L.DomUtil.create("canvas", "control-canvas", this._container);
    this.back = L.DomUtil.create("canvas", "control-canvas", this._container);
    this.back.hidden = true;
  },

  _destroyContainer() {
    this._container.remove();
    this._container = null;
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: () => this.clip() };
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    L.DomUtil.setPosition(this._container, this._bounds.min);
    const size = this._bounds.getSize();
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    this._container.style.inlineSize = `${size.x}px`;
    this._container.style.blockSize = `${size.y}px`;
    for (const canvas of [this.front, this.back]) {
      canvas.width = Math.round(size.x * this.ratio);
      canvas.height = Math.round(size.y * this.ratio);
    }
    this.back.hidden = true;
    this.redraw();
    this.clip();
    this.fire("update");
  },

  _updatePaths() {},

  /** Draw what is to be shown into the front canvas; returns what it took in milliseconds. */
  redraw() {
    if (!this._bounds) return 0;
    const started = performance.now();
    const context = this.front.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.front.width, this.front.height);
    if (this.look) {
      // Origin in the corner of the map's own pixels, not of the canvas: hatches stay on the ground while panning.
      const { min } = this._bounds;
      context.setTransform(this.ratio, 0, 0, this.ratio, -min.x * this.ratio, -min.y * this.ratio);
      paint(context, this.look.data, { ...this.look, ratio: this.ratio, zoom: this._map.getZoom(), points: this.points() });
    }
    return performance.now() - started;
  },

  /** Return the points of the arcs for this view: made once a view, however often the day changes. */
  points() {
    const { x: x0, y: y0 } = this._map.getPixelOrigin();
    const world = this._map.options.crs.scale(this._map.getZoom());
    const key = [world, x0, y0].join();
    if (this.seen?.data !== this.look.data || this.seen.key !== key) {
      this.seen = { data: this.look.data, key, points: projected(this.look.data, { world, x0, y0 }) };
    }
    return this.seen.points;
  },

  /** Keep the last picture over the next one, fading. Both add up, so that what stays does not flicker. */
  cross() {
    [this.front, this.back] = [this.back, this.front];
    const [shown, gone] = [this.front, this.back];
    shown.hidden = false;
    for (const canvas of [shown, gone]) canvas.getAnimations().forEach((animation) => animation.cancel());
    shown.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS, easing: "linear" });
    const fading = gone.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS, easing: "linear" });
    fading.onfinish = () => {
      if (gone === this.back) gone.hidden = true;
    };
  },

  clip() {
    if (!this._container) return;
    if (!this.edge || !this._bounds) {
      this._container.style.clipPath = "";
      return;
    }
    const x = this._map.containerPointToLayerPoint([this.edge.x, 0]).x - this._bounds.min.x;
    const width = this._bounds.getSize().x;
    this._container.style.clipPath = this.edge.side < 0 ? `inset(0 ${width - x}px 0 0)` : `inset(0 0 0 ${x}px)`;
  },
});
