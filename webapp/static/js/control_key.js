// Whose colours are on the map, in one line: where symbols leave no room for names on the areas, it still says so.

import { STYLES } from "./control_data.js";
import { areaSign } from "./control_signs.js";
import { byId, data, fillWith, h } from "./dom.js";
import { t } from "./i18n.js";
import { on } from "./state.js";
import { NARROW } from "./switches.js";

const MOST = 5;

/** Name those who hold most on the day shown, or on either of two: in a corner of the map, on a phone with the words about the day. */
export function startControlKey() {
  const key = h("ul", { "class": "control-key", "aria-label": t("control.switch"), "hidden": true });
  byId(window.matchMedia(NARROW).matches ? "control-words" : "map-pane").append(key);
  let last = "";
  on("control:shown", (shown) => {
    const days = shown?.compare === "swipe" ? [shown.day, shown.from] : [shown?.day];
    const sums = shown ? days.flatMap((day) => shown.data.sums(day)) : [];
    const holders = [...new Set(sums.map(({ holder }) => holder))].slice(0, MOST);
    key.hidden = !holders.length;
    // While a handle is moved, hardly ever does anybody come or go.
    const now = [shown?.theme, ...holders.map(({ id }) => id)].join("|");
    if (now === last) return;
    last = now;
    const inkOf = (holder) => shown.inks[shown.data.holders.indexOf(holder)];
    fillWith(key, holders.map((holder) => h("li", {}, areaSign(shown, inkOf(holder), STYLES.firm), data(holder.name))));
  });
}
