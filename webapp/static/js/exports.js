// Take the selection along: a link to this view, or exactly these events as a file.

import { urlFor } from "./config.js";
import { byId } from "./dom.js";
import { date, dateRange, isoOf, plural, t } from "./i18n.js";
import { filterParams, getState, on, pageUrl, subscribe } from "./state.js";

const TOAST_MS = 2500;
let toastTimer = 0;

function toast(words) {
  const element = byId("toast");
  element.textContent = words;
  element.hidden = false;
  byId("live").textContent = words;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (element.hidden = true), TOAST_MS);
}

async function share() {
  const link = window.location.origin + pageUrl(getState());
  try {
    await navigator.clipboard.writeText(link);
    toast(t("link_copied"));
  } catch {
    // No clipboard without https or permission: show the link instead.
    const field = byId("link-field");
    field.value = link;
    byId("link-dialog").showModal();
    field.select();
  }
}

function showMenu(open) {
  byId("export-menu").hidden = !open;
  byId("export-button").setAttribute("aria-expanded", String(open));
}

/** Close the export menu; returns false when it was closed already. */
export function closeExport() {
  if (byId("export-menu").hidden) return false;
  const held = byId("export-menu").contains(document.activeElement);
  showMenu(false);
  if (held) byId("export-button").focus();
  return true;
}

/** Offer the areas and fronts of the day shown, while they are. */
function startControlExports() {
  const links = { "export-control": ["export_control", "control.export_areas"], "export-fronts": ["export_fronts", "control.export_fronts"] };
  on("control:shown", (shown) => {
    byId("export-of-control").hidden = shown === null;
    if (!shown) return;
    const [from, to] = [isoOf(shown.from), isoOf(shown.day)];
    // Two days that are compared: all that was so on any day from one to the other, with its days.
    const [when, span] = shown.compare ? [{ from, to }, dateRange(from, to)] : [{ on: to }, date(to)];
    for (const [id, [name, words]] of Object.entries(links)) {
      byId(id).href = `${urlFor(name)}?${new URLSearchParams({ ...when, level: getState().level })}`;
      byId(id).querySelector("span").textContent = t(words, { date: span });
    }
  });
}

/** Keep the export link in step with the filter, and its count with the answer. */
export function startExports() {
  const link = byId("export-geojson");
  const show = () => {
    const query = filterParams().toString();
    link.href = urlFor("export") + (query ? `?${query}` : "");
  };
  subscribe(show);
  show();
  on("map:answer", (answer) => (link.querySelector(".count").textContent = plural("events", answer.total)));
  byId("share").addEventListener("click", share);
  byId("export-button").addEventListener("click", () => showMenu(byId("export-menu").hidden));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".menu-holder")) closeExport();
  });
  startControlExports();
  for (const one of byId("export-menu").querySelectorAll("a")) one.addEventListener("click", () => setTimeout(closeExport, 0));
}
