// The table: the same events as the map, for those who read better in rows, and for screen readers.

import { eventUrl, filteredUrl, getJson } from "./api.js";
import { figureOrUnknown } from "./claims.js";
import { byId, data, fillWith, h, icon } from "./dom.js";
import { number, t } from "./i18n.js";
import { emit, filterChanged, getState, on, subscribe, update } from "./state.js";

const ROWS = 50;
const COLUMNS = [
  { key: "date", words: "table.date", orders: ["date", "-date"] },
  { key: "event", words: "table.event" },
  { key: "place", words: "table.place", orders: ["place"] },
  { key: "parties", words: "table.parties" },
  { key: "deaths", words: "table.deaths", orders: ["deaths"], figure: true },
  { key: "status", words: "table.status" },
  { key: "sources", words: "table.sources", figure: true },
];
const DIRECTIONS = { date: "ascending", "-date": "descending", deaths: "descending", place: "ascending" };

const pane = byId("table-pane");
let sort = "date";
let offset = 0;

function head(column) {
  const sorted = column.orders?.includes(sort) ? DIRECTIONS[sort] : null;
  const attributes = { role: "columnheader", scope: "col", class: column.figure ? "figure" : null, "aria-sort": sorted };
  if (!column.orders) return h("th", attributes, t(column.words));
  const next = () => {
    sort = column.orders[(column.orders.indexOf(sort) + 1) % column.orders.length];
    offset = 0;
    load(column.key);
  };
  const arrow = sorted === "ascending" ? " ↑" : sorted ? " ↓" : "";
  const mark = h("span", { "aria-hidden": "true" }, arrow);
  return h("th", attributes, h("button", { type: "button", dataset: { sort: column.key }, onclick: next }, t(column.words), mark));
}

function parties(event) {
  const names = (side) => side.flatMap((party, index) => [index ? t("list_comma") : null, data(party.name)]);
  const [a, b] = [names(event.side_a ?? []), names(event.side_b ?? [])];
  return [a, a.length && b.length ? " – " : null, b];
}

function open(event, id) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  update({ event: id });
}

// Roles are spelt out: on a phone the rows are laid out as cards, which would take a table's meaning away.
function cell(column, attributes, ...content) {
  const words = t(COLUMNS.find(({ key }) => key === column).words);
  return h("td", { role: "cell", dataset: { label: words }, ...attributes }, content);
}

function row(event) {
  const link = h("a", { href: eventUrl("event_page", event.id), onclick: (click) => open(click, event.id) }, event.sub_type_label);
  return h(
    "tr",
    { role: "row", dataset: { id: event.id }, class: getState().event === event.id ? "selected" : null },
    cell("date", { class: "date" }, h("time", { datetime: event.date_start }, event.date)),
    h("th", { role: "rowheader", scope: "row" }, link, h("span", { class: "summary" }, data(event.summary))),
    cell("place", {}, data(event.place || event.place_as_reported || "")),
    cell("parties", {}, parties(event)),
    cell("deaths", { class: "figure" }, figureOrUnknown(event.deaths)),
    cell("status", { class: "status" }, h("span", { class: `tag ${event.status}` }, event.status_label)),
    cell("sources", { class: "figure" }, number(event.sources)),
  );
}

function pager(total) {
  const turn = (by) => () => {
    offset += by;
    load("pager");
  };
  const lastRow = Math.min(offset + ROWS, total);
  return h(
    "nav",
    { class: "pager", "aria-label": t("table.pages") },
    h("button", { type: "button", disabled: offset === 0, onclick: turn(-ROWS) }, t("table.previous")),
    h("span", {}, t("table.page", { first: number(offset + 1), last: number(lastRow), total: number(total) })),
    h("button", { type: "button", disabled: lastRow >= total, onclick: turn(ROWS) }, t("table.next")),
  );
}

function draw(answer) {
  if (!answer.total) {
    const all = h("button", { class: "link", type: "button", onclick: () => update({ from: null, to: null }) }, t("show_all_dates"));
    fillWith(pane, h("p", { class: "empty" }, t("no_match"), " ", all));
    return;
  }
  const caption = h("caption", {}, data(answer.sentence));
  const table = h(
    "table",
    { class: "events", role: "table" },
    caption,
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, COLUMNS.map(head))),
    h("tbody", { role: "rowgroup" }, answer.events.map(row)),
  );
  const scroller = h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": t("table.label") }, table);
  fillWith(pane, scroller, pager(answer.total));
}

async function load(focusOn = null) {
  pane.setAttribute("aria-busy", "true");
  try {
    draw(await getJson(filteredUrl("events", { limit: ROWS, offset, sort }), { key: "table" }));
    if (focusOn === "pager") pane.querySelector(".table-scroll")?.focus();
    else if (focusOn) pane.querySelector(`[data-sort="${focusOn}"]`)?.focus();
  } catch (error) {
    if (error.kind === undefined) throw error;
    if (error.kind !== "abort") emit("map:error", error);
    else return;
  }
  pane.removeAttribute("aria-busy");
}

function show() {
  const isTable = getState().view === "table";
  const button = byId("view-switch");
  pane.hidden = !isTable;
  fillWith(button, icon(isTable ? "map" : "table"), h("span", {}, isTable ? t("table.show_map") : t("table.show_table")));
  button.setAttribute("aria-label", isTable ? t("table.show_map") : t("table.show_table"));
  document.documentElement.dataset.view = isTable ? "table" : "map";
}

/** Change between map and table. */
export function toggleView() {
  update({ view: getState().view === "table" ? "map" : "table" });
}

/** Keep the table in step with the state while it is shown. */
export function startTable() {
  byId("view-switch").addEventListener("click", toggleView);
  subscribe((state, changed) => {
    if (changed.has("view")) show();
    if (filterChanged(changed)) offset = 0;
    if (state.view === "table" && (changed.has("view") || filterChanged(changed))) load();
    if (changed.has("event")) {
      for (const line of pane.querySelectorAll("tbody tr")) line.classList.toggle("selected", line.dataset.id === state.event);
    }
  });
  on("map:retry", () => getState().view === "table" && load());
  show();
  if (getState().view === "table") load();
}
