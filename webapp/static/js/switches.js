// Switches over the map: a row of choices of which one holds.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { getState, subscribe, update } from "./state.js";

/** Where there is no room for switches beside each other. */
export const NARROW = "(max-width: 760px)";

/** A row of choices of which one holds; writes it into the state. */
export function choices(name, legend, values, { field, words, before = () => {} }) {
  const inputs = values.map((value) => {
    const input = h("input", { type: "radio", name, value, checked: getState()[field] === value });
    input.addEventListener("change", () => {
      before(value);
      update({ [field]: value });
    });
    return h("label", {}, input, h("span", { text: t(words[value]) }));
  });
  const group = h("fieldset", { class: `map-choices map-choices-${field}` }, h("legend", { text: t(legend) }), inputs);
  subscribe((state, changed) => {
    if (!changed.has(field)) return;
    for (const input of group.querySelectorAll("input")) input.checked = input.value === state[field];
  });
  return group;
}
