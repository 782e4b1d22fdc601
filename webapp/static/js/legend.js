// What the signs mean, on the map: the colours that are really there, shapes, sizes, doubt; and two switches.

import { baseKeys, chooseBase } from "./basemap.js";
import { ring } from "./clusters.js";
import { config } from "./config.js";
import { controlLegend } from "./control_legend.js";
import { compareButtons, controlSwitch } from "./control_tools.js";
import { data, fillWith, h, svg } from "./dom.js";
import { startDrawn } from "./drawn.js";
import { number, t } from "./i18n.js";
import { getState } from "./state.js";
import { NARROW, choices } from "./switches.js";
import { UNKNOWN_COLOUR, colourOf, deathsOfLeastSize, disputedMark, nameOf, sizeOf, symbol } from "./symbols.js";

const MOST_COLOURS = 9;
const SIZES = [40, 120];
const ROOMY = "(min-width: 1600px) and (min-height: 1000px)";

function row(sign, text, count = null) {
  return h("li", {}, h("span", { class: "legend-sign" }, sign), h("span", { class: "legend-text" }, text),
    count === null ? null : h("span", { class: "legend-count", text: number(count) }));
}

function swatch(colour) {
  const sign = h("span", { class: "legend-swatch part" });
  sign.style.setProperty("--part", colour);
  return sign;
}

/** The legend with its switches, in the element that the page keeps for them. */
export class Legend {
  constructor(mount, map) {
    this.colours = h("ul", { class: "legend-list" });
    this.shapes = h("ul", { class: "legend-list legend-shapes" });
    this.box = this.disclosure("legend", t("map.legend"), [
      controlLegend(),
      h("h3", { text: t("map.colours") }), this.colours,
      h("h3", { text: t("map.shapes") }), this.shapes,
      this.sizes(), this.doubts(),
    ]);
    this.box.open = window.matchMedia(ROOMY).matches;
    const colour = choices("map-colour", "map.colour_by", ["faction", "type"], {
      field: "colour", words: { faction: "map.by_faction", type: "map.by_type" },
    });
    const keys = baseKeys(map);
    const drawn = h("div", { hidden: true });
    const base = this.disclosure("bases", t("map.base"), [
      choices("map-base", "map.base", keys, {
        field: "base",
        before: chooseBase,
        words: { embedded: "map.base_embedded", osm: "map.base_osm", satellite: "map.base_satellite" },
      }),
      drawn,
    ]);
    base.hidden = keys.length < 2;
    startDrawn(map, drawn).then(() => (base.hidden &&= drawn.hidden));
    const isNarrow = window.matchMedia(NARROW).matches;
    const control = controlSwitch();
    if (isNarrow) this.box.querySelector(".tool-panel").prepend(colour, control, compareButtons());
    fillWith(mount, this.box, isNarrow ? null : [colour, control], base);
    this.openOnPaper();
    // The map under them must not move or zoom with them.
    L.DomEvent.disableClickPropagation(mount);
    L.DomEvent.disableScrollPropagation(mount);
    this.drawShapes(getState().colour);
  }

  /** On paper nothing can be opened: what the signs mean is printed with them. */
  openOnPaper() {
    let wasOpen = false;
    window.addEventListener("beforeprint", () => {
      wasOpen = this.box.open;
      this.box.open = true;
    });
    window.addEventListener("afterprint", () => (this.box.open = wasOpen));
  }

  disclosure(name, text, children) {
    const box = h("details", { class: `tool tool-${name}` }, h("summary", { text }), h("div", { class: "tool-panel" }, children));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.open) return;
      event.stopPropagation();
      box.open = false;
      box.querySelector("summary").focus();
    });
    return box;
  }

  /** Follow an answer: name the colours that are on the map now. */
  show(answer, colour) {
    const counts = new Map();
    const add = (part, count) => counts.set(part, (counts.get(part) ?? 0) + count);
    for (const item of answer.items) {
      if (item.kind === "event") add(item.part, 1);
      else item.parts.forEach(([part, count]) => add(part, count));
    }
    const parts = [...counts].sort((a, b) => b[1] - a[1]);
    const rows = parts.slice(0, MOST_COLOURS).map(([part, count]) =>
      row(swatch(colourOf(part)), data(nameOf(part) || t("map.no_party")), count));
    const more = parts.length - MOST_COLOURS;
    fillWith(this.colours, rows, more > 0 ? h("li", { class: "legend-more", text: t("map.more_colours", { count: number(more) }) }) : null);
    // By type, the shapes carry the colours: one list is enough.
    const isByType = colour === "type";
    this.colours.hidden = isByType || !parts.length;
    this.colours.previousElementSibling.hidden = this.colours.hidden;
    this.drawShapes(colour, isByType ? counts : null);
  }

  drawShapes(colouring, counts = null) {
    const ink = (part) => (colouring === "type" ? colourOf(part) : UNKNOWN_COLOUR);
    const seen = new Map();
    for (const [type, { label, shape }] of Object.entries(config.types)) {
      const kind = seen.get(shape) ?? { type, labels: [], count: 0 };
      kind.labels.push(label);
      kind.count += counts?.get(type) ?? 0;
      seen.set(shape, kind);
    }
    fillWith(this.shapes,
      [...seen].map(([shape, { type, labels, count }]) =>
        row(symbol({ shape, colour: ink(type), size: 12 }), data(labels.join(t("list_comma"))), counts ? count : null)),
      row(symbol({ shape: "pennant", colour: UNKNOWN_COLOUR, size: 12 }), t("map.territory")));
  }

  sizes() {
    const small = symbol({ shape: "circle", colour: UNKNOWN_COLOUR, size: sizeOf(null) });
    const steps = [
      h("span", { class: "legend-size" }, small, t("map.size_least", { count: number(deathsOfLeastSize()) })),
      SIZES.map((deaths) => h("span", { class: "legend-size" }, symbol({ shape: "circle", colour: UNKNOWN_COLOUR, size: sizeOf(deaths), box: sizeOf(deaths) + 4 }), number(deaths))),
    ];
    return [h("h3", { text: t("map.size") }), h("p", { class: "legend-sizes" }, steps)];
  }

  doubts() {
    const hollow = symbol({ shape: "circle", colour: UNKNOWN_COLOUR, size: 12, hollow: true });
    const dashed = svg("svg", { "width": 24, "height": 24, "viewBox": "-12 -12 24 24", "aria-hidden": "true" }, svg("circle", { class: "doubt-ring is-sign", r: 9.5 }));
    const disputed = svg("svg", { "width": 16, "height": 16, "viewBox": "-8 -8 16 16", "aria-hidden": "true" }, disputedMark(0, 0));
    const several = ring({ count: 7, parts: [["", 4]], spot: false });
    several.setAttribute("width", 28);
    several.setAttribute("height", 28);
    return h("ul", { class: "legend-list legend-doubts" },
      row(several, t("map.cluster")), row(hollow, t("map.hollow")), row(dashed, t("map.ring")), row(disputed, t("map.disputed")));
  }
}
