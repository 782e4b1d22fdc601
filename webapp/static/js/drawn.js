// Fronts and areas that others drew, beside ours: plain lines of their own, named by their makers, off at first.

import { getJson } from "./api.js";
import { config, urlFor } from "./config.js";
import { data, h } from "./dom.js";
import { t } from "./i18n.js";
import { dateMax, getState, subscribe } from "./state.js";

/** Leaflet takes credits as markup: written out as a node of text, nothing in them is any. */
const asMarkup = (text) => `<bdi>${new XMLSerializer().serializeToString(document.createTextNode(text))}</bdi>`;

/** One layer of others: asked for when ticked, again when the day shown has another drawing. */
class Drawn {
  constructor(map, about) {
    this.map = map;
    this.about = about;
    this.renderer = L.svg({ pane: "atlas-drawn", padding: 0.3 });
    this.layer = L.layerGroup([], { attribution: asMarkup(about.attribution || about.source || about.title) });
    this.day = null;
    this.input = h("input", { type: "checkbox", onchange: () => this.follow() });
    this.note = h("p", { class: "note", role: "status", hidden: true }, t("control.drawn_failed"));
    const source = about.source && about.source !== about.title ? h("span", { class: "note" }, " · ", data(about.source)) : null;
    this.element = h("div", {}, h("label", {}, this.input, h("span", {}, data(about.title || about.id), source)), this.note);
  }

  /** Return the last day with a drawing that is not after the day shown; null when there is none yet. */
  wanted() {
    const shown = getState().to ?? dateMax;
    return this.about.days.filter((day) => day <= shown).at(-1) ?? null;
  }

  async follow() {
    if (!this.input.checked) {
      this.layer.remove();
      return;
    }
    this.layer.addTo(this.map);
    const day = this.wanted();
    if (day === this.day) return;
    try {
      if (day === null) this.layer.clearLayers();
      else await this.load(day);
      this.day = day;
      this.note.hidden = true;
    } catch (error) {
      if (error.kind === undefined) throw error;
      if (error.kind !== "abort") this.note.hidden = false;
    }
  }

  async load(day) {
    const params = new URLSearchParams({ on: day, lang: config.lang });
    const answer = await getJson(`${urlFor("drawn")}/${encodeURIComponent(this.about.id)}?${params}`, { key: `drawn ${this.about.id}` });
    const common = { renderer: this.renderer, pane: "atlas-drawn", interactive: false };
    this.layer.clearLayers();
    for (const className of ["drawn-halo", "drawn-line"]) {
      L.geoJSON(answer, { ...common, style: () => ({ ...common, className }), pointToLayer: () => null }).addTo(this.layer);
    }
  }
}

/** Offer the layers of others in this element, when there are any. */
export async function startDrawn(map, mount) {
  try {
    const { layers } = await getJson(`${urlFor("drawn")}?${new URLSearchParams({ lang: config.lang })}`, { key: "drawn" });
    if (!layers.length) return;
    const drawn = layers.map((about) => new Drawn(map, about));
    mount.append(h("fieldset", { class: "map-choices drawn-choices" }, h("legend", {}, t("control.drawn")), drawn.map(({ element }) => element)));
    mount.hidden = false;
    subscribe((_state, changed) => changed.has("to") && drawn.forEach((one) => one.follow()));
  } catch (error) {
    if (error.kind === undefined) throw error; // without the drawings of others the map goes on
  }
}
