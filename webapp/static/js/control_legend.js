// What the areas on the map mean: who holds how much of them on the day shown, and each sign in one line.

import { STYLES } from "./control_data.js";
import { areaSign, frontSign, withinSign } from "./control_signs.js";
import { data, fillWith, h } from "./dom.js";
import { date, isoOf, number, t } from "./i18n.js";
import { on } from "./state.js";

const SIGNS = [
  [STYLES.firm, "control.sign_firm"],
  [STYLES.single, "control.sign_single"],
  [STYLES.inferred, "control.sign_inferred"],
  [STYLES.contested, "control.sign_contested"],
];

function row(sign, text, count = null) {
  const figure = count === null ? null : h("span", { class: "legend-count", text: count });
  return h("li", {}, h("span", { class: "legend-sign" }, sign), h("span", { class: "legend-text" }, text), figure);
}

function percent(share) {
  const whole = Math.round(share * 100);
  return whole < 1 ? t("control.share_least") : t("control.percent", { num: number(whole) });
}

/** Return the legend's part about control, which follows what is shown. */
export function controlLegend() {
  const title = h("h3");
  const holders = h("ul", { class: "legend-list" });
  const signs = h("ul", { class: "legend-list legend-control-signs" });
  const notes = h("div");
  const element = h("div", { class: "legend-control", hidden: true }, title, holders, signs, notes);
  const show = (shown) => {
    element.hidden = shown === null;
    if (!shown) return;
    const sums = shown.data.sums(shown.day);
    const inkOf = (holder) => shown.inks[shown.data.holders.indexOf(holder)];
    fillWith(title, t("control.legend", { date: date(isoOf(shown.day)) }));
    fillWith(
      holders,
      sums.map(({ holder, share }) => row(areaSign(shown, inkOf(holder), STYLES.firm), data(holder.name), percent(share))),
      sums.length ? h("li", { class: "legend-more note", text: t("control.share") }) : null,
    );
    // Signs in the colour of who holds most: what is explained looks as it does on the map.
    const [first, second] = [...sums.map(({ holder }) => inkOf(holder)), shown.ink, shown.ink];
    const areas = SIGNS.map(([style, words]) => row(areaSign(shown, first, style), t(words)));
    fillWith(
      signs,
      shown.mode === "areas" ? areas : null,
      row(frontSign(shown, first, second, true), t("control.sign_front")),
      row(frontSign(shown, first, second, false), t("control.sign_dashed")),
      shown.data.answer.level === "side" ? null : row(withinSign(shown), t("control.sign_within")),
      shown.mode === "areas" ? row(h("span", { class: "legend-empty" }), t("control.sign_unknown")) : null,
    );
    fillWith(notes, (shown.data.answer.notes ?? []).map((one) => h("p", { class: "note" }, data(one))));
  };
  // Redrawing signs for every step of a moving handle would cost the map its time.
  let next = null;
  let isAsked = false;
  on("control:shown", (shown) => {
    next = shown;
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      show(next);
    });
  });
  return element;
}
