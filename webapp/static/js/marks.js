// The symbols and rings of events as elements: one focus stop, arrow keys between them, names for screen readers.

import { nudged, ring, ringSize } from "./clusters.js";
import { data, h } from "./dom.js";
import { number, plural, t } from "./i18n.js";
import { getState } from "./state.js";
import { HIT_SIZE, colourOf, nameOf, sizeOf, symbol } from "./symbols.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keyOf(item) {
  if (item.kind === "event") return `event:${item.id}`;
  return `${item.kind}:${item.lat.toFixed(6)},${item.lon.toFixed(6)}`;
}

/** Return what a mark looks like as text: equal text, equal picture. */
function lookOf(item) {
  if (item.kind !== "event") return JSON.stringify([item.count, item.parts, item.approximate]);
  return JSON.stringify([item.part, item.type, item.sub_type, item.deaths, item.location_precision, item.status, item.title]);
}

/** Return the symbol of one event in its colour. */
function eventSymbol(item, part) {
  const size = sizeOf(item.deaths);
  return symbol({
    shape: item.shape,
    colour: colourOf(part),
    size,
    hollow: item.location_precision > 1,
    disputed: item.status === "disputed",
    box: Math.max(HIT_SIZE, size * 1.5 + 6),
  });
}

function partsText(parts) {
  const named = parts.slice(0, 3).map(([part, count]) => `${nameOf(part) || t("map.no_party")} ${number(count)}`);
  return named.join(t("list_comma")) + (parts.length > 3 ? " …" : "");
}

/** Return the mark's name as plain text. */
function nameOfMark(item) {
  if (item.kind === "event") {
    const doubt = item.status === "disputed" ? t("map.disputed") : null;
    const approximate = item.location_precision > 1 ? t("map.hollow") : null;
    return [item.title, item.date, doubt, approximate].filter(Boolean).join(t("list_comma"));
  }
  const words = plural("map.events", item.count);
  // Arabic's dual is one word; whoever speaks to the page says the number that is seen.
  const events = words.includes(number(item.count)) ? words : `${words} (${number(item.count)})`;
  const doubt = item.approximate ? [t("map.approximate", { count: number(item.approximate) })] : [];
  const parts = [partsText(item.parts), ...doubt].join(t("list_comma"));
  return item.kind === "spot"
    ? t("map.spot_label", { events, place: item.place, parts })
    : t("map.cluster_label", { events, parts });
}

function tooltip(item) {
  if (item.kind === "event") {
    const doubt = item.status === "disputed" ? h("p", { class: "tip-doubt", text: `≠ ${t("map.disputed")}` }) : null;
    const km = Math.round((item.uncertainty_m ?? 0) / 1000);
    const within = item.location_precision > 1 && km ? t("map.within", { km: number(km) }) : null;
    return h("div", { class: "tip" }, h("p", {}, data(item.title)), h("p", { class: "tip-quiet" }, data(item.date)),
      within ? h("p", { class: "tip-quiet", text: within }) : null, doubt);
  }
  const lines = item.parts.slice(0, 5).map(([part, count]) => {
    const name = nameOf(part) || t("map.no_party");
    const swatch = h("span", { class: "tip-swatch part" });
    swatch.style.setProperty("--part", colourOf(part));
    return h("li", {}, swatch, data(name), h("span", { class: "tip-count", text: number(count) }));
  });
  const more = item.parts.length > 5 ? h("li", { class: "tip-quiet", text: t("map.more_colours", { count: number(item.parts.length - 5) }) }) : null;
  const head = h("p", {}, item.place ? [data(item.place), " · "] : null, plural("map.events", item.count));
  const doubt = item.approximate ? h("p", { class: "tip-quiet", text: t("map.approximate", { count: number(item.approximate) }) }) : null;
  return h("div", { class: "tip" }, head, h("ul", {}, lines, more), doubt);
}

/** Keeps the marks on the map in step with the answers. */
export class Marks {
  /**
   * @param {L.Map} map
   * @param {{open: (item: object) => void, look: (item: object|null) => void}} does
   */
  constructor(map, does) {
    this.map = map;
    this.layer = map.atlas.events;
    this.does = does;
    this.marks = new Map();
    this.selectedId = null;
    this.selectedMark = null;
    this.current = null;
    this.pane = map.getPane("atlas-events");
    this.pane.setAttribute("role", "group");
    this.pane.setAttribute("aria-label", t("map.symbols"));
    this.pane.addEventListener("keydown", (event) => this.step(event));
  }

  /** Show these items. What was there before and has not changed keeps its element. */
  show(items) {
    const focused = this.marks.get(this.current)?.getElement() === document.activeElement ? this.current : null;
    const focusedAt = focused ? this.marks.get(focused).getLatLng() : null;
    const wanted = new Map(items.map((item) => [keyOf(item), item]));
    for (const [key, item] of wanted) {
      const before = this.marks.get(key);
      const look = lookOf(item);
      if (before?.look === look) {
        before.item = item;
        continue;
      }
      this.marks.set(key, this.add(item, look));
      if (before) this.layer.removeLayer(before);
    }
    for (const [key, mark] of this.marks) {
      if (wanted.has(key)) continue;
      this.layer.removeLayer(mark);
      this.marks.delete(key);
    }
    this.settle();
    // The group's tab stop is a mark that can be seen: answers reach a little past the picture.
    const isSeen = this.marks.has(this.current) && this.map.getBounds().contains(this.marks.get(this.current).getLatLng());
    if (focusedAt ? !this.marks.has(this.current) : !isSeen) this.current = this.nearest(focusedAt ?? this.map.getCenter());
    this.rove(this.current, { focus: focused !== null });
  }

  /** Give every mark its place: events and spots their own, clusters beside what they would cover. */
  settle() {
    const marks = [...this.marks.values()];
    const boxes = marks.map(({ item, half }) => {
      const { x, y } = this.map.latLngToLayerPoint([item.lat, item.lon]);
      return { x, y, half: half - 2, isFixed: item.kind !== "cluster" };
    });
    nudged(boxes).forEach(({ x, y }, i) => {
      if (boxes[i].isFixed) return;
      const isAtHome = x === boxes[i].x && y === boxes[i].y;
      marks[i].setLatLng(isAtHome ? [marks[i].item.lat, marks[i].item.lon] : this.map.layerPointToLatLng([x, y]));
    });
  }

  /** Return what the symbols cover: {x, y, half} in layer pixels. */
  boxes() {
    return [...this.marks.values()].map((mark) => {
      const { x, y } = this.map.latLngToLayerPoint(mark.getLatLng());
      return { x, y, half: mark.half };
    });
  }

  /** Mark the symbol of this event as the selected one. */
  select(id) {
    this.selectedId = id;
    for (const mark of this.marks.values()) {
      const isSelected = mark.item.kind === "event" && mark.item.id === id;
      mark.getElement()?.classList.toggle("is-selected", isSelected);
      mark.setZIndexOffset(isSelected ? 10_000 : 0);
    }
  }

  /** Put a frame around the selected event's point, seen also over a cluster; null for none. */
  showSelected(event) {
    this.selectedMark?.remove();
    this.selectedMark = null;
    if (!event) return;
    // With its symbol inside: a cluster may hold the event's own one.
    const item = { ...event, deaths: event.deaths?.best ?? event.deaths?.low ?? null };
    const part = getState().colour === "type" ? event.type : (event.side_a?.[0]?.id ?? null);
    const frame = h("span", { class: "selected-frame" }, eventSymbol(item, part));
    const icon = L.divIcon({ html: frame, className: "mark-icon is-frame", iconSize: [44, 44] });
    const options = { icon, pane: "atlas-selected", interactive: false, keyboard: false };
    this.selectedMark = L.marker([event.lat, event.lon], options).addTo(this.map);
  }

  add(item, look) {
    const isEvent = item.kind === "event";
    const drawing = isEvent ? eventSymbol(item, item.part) : ring({ count: item.count, parts: item.parts, spot: item.kind === "spot" });
    const width = Number(drawing.getAttribute("width"));
    const icon = L.divIcon({ html: drawing, className: `mark-icon is-${item.kind}`, iconSize: [width, width] });
    // Large under small, so that no symbol hides another one whole.
    const options = { icon, pane: "atlas-events", keyboard: false, riseOnHover: true, zIndexOffset: isEvent ? 0 : -500 };
    const mark = L.marker([item.lat, item.lon], options);
    mark.item = item;
    mark.look = look;
    mark.half = isEvent ? sizeOf(item.deaths) / 2 + 3 : ringSize(item.count) / 2 + 3;
    mark.on("click", () => {
      mark.closeTooltip();
      this.does.open(mark.item);
    });
    mark.on("mouseover", () => this.does.look(mark.item));
    mark.on("mouseout", () => this.does.look(null));
    mark.bindTooltip(() => tooltip(mark.item), { direction: "auto", offset: [mark.half, 0], className: "map-tip", opacity: 1 });
    mark.addTo(this.layer);
    this.name(mark);
    return mark;
  }

  name(mark) {
    const element = mark.getElement();
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", nameOfMark(mark.item));
    element.tabIndex = -1;
    element.addEventListener("focus", () => {
      this.rove(keyOf(mark.item));
      this.does.look(mark.item);
    });
    element.addEventListener("blur", () => this.does.look(null));
  }

  /** Make one mark the group's only tab stop. */
  rove(key, { focus = false } = {}) {
    for (const [other, mark] of this.marks) mark.getElement().tabIndex = other === key ? 0 : -1;
    this.current = key;
    const element = this.marks.get(key)?.getElement();
    if (focus) (element ?? this.map.getContainer()).focus({ preventScroll: true });
  }

  nearest(latLng) {
    let best = [Infinity, null];
    for (const [key, mark] of this.marks) {
      const distance_m = this.map.distance(latLng, mark.getLatLng());
      if (distance_m < best[0]) best = [distance_m, key];
    }
    return best[1];
  }

  step(event) {
    const mark = this.marks.get(this.current);
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      this.does.open(mark.item);
      return;
    }
    const direction = STEPS[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.neighbour(mark, direction);
    if (!next) return;
    this.rove(next, { focus: true });
    this.map.panInside(this.marks.get(next).getLatLng(), { padding: [40, 40] });
  }

  /** Return the nearest mark in a direction, sideways distance counting twice. */
  neighbour(from, [dx, dy]) {
    const here = this.map.latLngToLayerPoint(from.getLatLng());
    let best = [Infinity, null];
    for (const [key, mark] of this.marks) {
      const there = this.map.latLngToLayerPoint(mark.getLatLng()).subtract(here);
      const ahead = there.x * dx + there.y * dy;
      const aside = Math.abs(there.x * dy) + Math.abs(there.y * dx);
      if (mark !== from && ahead > 0 && ahead + 2 * aside < best[0]) best = [ahead + 2 * aside, key];
    }
    return best[1];
  }
}
