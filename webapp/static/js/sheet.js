// On a phone the filters are a sheet at the bottom: a strip with the sentence, or pulled up. An event covers it.

import { byId } from "./dom.js";
import { t } from "./i18n.js";

const PULL_PX = 40;
const root = document.documentElement;

function set(stop) {
  root.dataset.sheet = stop;
  const open = stop === "filters";
  const handle = byId("sheet-handle");
  handle.setAttribute("aria-expanded", String(open));
  handle.querySelector(".visually-hidden").textContent = open ? t("sheet.less") : t("sheet.more");
  if (!open) byId("filters").scrollTop = 0;
}

/** Fold the sheet down to its strip. */
export function foldSheet() {
  set("peek");
}

/** Make the sheet's handle work: press, or pull up and down. */
export function startSheet() {
  const handle = byId("sheet-handle");
  let from = null;
  let pulled = false;
  handle.addEventListener("click", () => {
    if (!pulled) set(root.dataset.sheet === "filters" ? "peek" : "filters");
    pulled = false;
  });
  handle.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    pulled = false;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (from === null || Math.abs(event.clientY - from) < PULL_PX) return;
    set(event.clientY < from ? "filters" : "peek");
    pulled = true;
    from = null;
  });
  handle.addEventListener("pointerup", () => (from = null));
  byId("sentence").addEventListener("click", () => set("filters"));
  set("peek");
}
