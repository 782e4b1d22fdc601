// Keys: / search, space play, arrows step, T table, C control, Esc close, ? help. Never while typing or inside a control that uses the key.

import { isRtl } from "./config.js";
import { cycleControl, endComparison } from "./control_tools.js";
import { close as closeDetail } from "./detail.js";
import { byId } from "./dom.js";
import { closeExport } from "./exports.js";
import { foldSheet } from "./sheet.js";
import { toggleView } from "./table.js";
import { step, togglePlay } from "./timebar.js";

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const PRESSED_BY_SPACE = "button, a, summary, input, [role=option], [role=slider], [role=button]";
const USES_ARROWS = "[role=slider], .leaflet-container, .table-scroll, [role=radio], [role=option]";

function showHelp() {
  byId("help").showModal();
}

const KEYS = {
  "/": () => byId("search").focus(),
  "?": showHelp,
  t: toggleView,
  T: toggleView,
  c: cycleControl,
  C: cycleControl,
  " ": togglePlay,
  // Time runs the way the reader reads: in Arabic the left arrow goes on.
  ArrowRight: () => step(isRtl ? -1 : 1),
  ArrowLeft: () => step(isRtl ? 1 : -1),
};

function isFree(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector("dialog[open]") || target.closest(TYPING)) return false;
  if (key === " ") return !target.closest(PRESSED_BY_SPACE);
  return !(key.startsWith("Arrow") && target.closest(USES_ARROWS));
}

function escape(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.target === byId("search")) byId("search").blur();
  else if (!closeExport() && !closeDetail() && !endComparison()) foldSheet();
}

/** Listen to the keys of the page. */
export function startShortcuts() {
  for (const id of ["help-button", "about"]) byId(id).addEventListener("click", showHelp);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Escape") escape(event);
    else if (KEYS[event.key] && isFree(event)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
}
