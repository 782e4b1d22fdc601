// The map's scale in the reader's words: Leaflet writes "km" in every language.

import { number, t } from "./i18n.js";

/** Make the scale of this map speak the reader's language. */
export function startScale(map) {
  L.Control.Scale.include({
    _updateMetric(widest_m) {
      const metres = this._getRoundNum(widest_m);
      const words = metres < 1000 ? t("detail.metres", { num: number(metres) }) : t("detail.kilometres", { num: number(metres / 1000) });
      this._mScale.style.width = `${Math.round((this.options.maxWidth * metres) / widest_m)}px`;
      this._mScale.textContent = words;
      this._mScale.dir = "auto";
    },
  });
  map.fire("move"); // what it says until now is Leaflet's
}
