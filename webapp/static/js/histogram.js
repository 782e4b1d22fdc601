// Events by day as bars over the whole range of the atlas: what lies in the window is lit, the rest is context.

import { isRtl } from "./config.js";
import { svg } from "./dom.js";
import { date, dateRange, dayOf, isoOf, number, plural, t } from "./i18n.js";

const HEIGHT = 44;
const LEAST_BAR_PX = 3;
const LABEL_PX = 104;

/** Add up days into bins of so many days: bars thinner than a few pixels say nothing. */
export function bins(counts, perBin) {
  const result = [];
  for (let at = 0; at < counts.length; at += perBin) {
    result.push({ at, days: Math.min(perBin, counts.length - at), count: sum(counts.slice(at, at + perBin)) });
  }
  return result;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * Draw the timeline into the element.
 *
 * first, last : day numbers at the ends of the axis; timeline : answer of /api/timeline.
 * Returns show(from, to), which lights the bars of the window.
 */
export function drawHistogram(element, timeline, first, last) {
  const days = last - first + 1;
  const perBin = Math.max(1, Math.ceil((days * LEAST_BAR_PX) / Math.max(element.clientWidth, 1)));
  const offset = timeline.start ? dayOf(timeline.start) - first : 0;
  const padded = Array.from({ length: days }, (_, i) => timeline.counts[i - offset] ?? 0);
  const bars = bins(padded, perBin);
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const rects = bars.map((bar) => {
    const height = bar.count ? Math.max(1.5, (bar.count / most) * (HEIGHT - 2)) : 0;
    const x = isRtl ? days - bar.at - bar.days : bar.at;
    const gap = bar.days * 0.22;
    const shape = { x: x + gap / 2, width: bar.days - gap, y: HEIGHT - height, height };
    const from = isoOf(first + bar.at);
    const to = isoOf(first + bar.at + bar.days - 1);
    const words = t("time.bar", { date: dateRange(from, to, "long"), events: plural("events", bar.count) });
    const hit = svg("rect", { class: "hit", x, width: bar.days, y: 0, height: HEIGHT }, svg("title", {}, words));
    return { bar, rect: svg("rect", { class: "out", ...shape }), hit };
  });
  const range = `${date(isoOf(first), "long")} – ${date(isoOf(last), "long")}`;
  const picture = svg(
    "svg",
    {
      viewBox: `0 0 ${days} ${HEIGHT}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": t("time.histogram", { range, most: number(most) }),
    },
    rects.map(({ rect }) => rect),
    rects.map(({ hit }) => hit),
  );
  element.replaceChildren(picture);
  return (from, to) => {
    for (const { bar, rect } of rects) {
      const inside = first + bar.at + bar.days - 1 >= from && first + bar.at <= to;
      rect.setAttribute("class", inside ? "in" : "out");
    }
  };
}

/** Write the months (years, when there are many) under the axis; the text's direction puts them in order. */
export function drawMonths(element, first, last) {
  const days = last - first + 1;
  const start = new Date(first * 86_400_000);
  const months = [];
  for (let at = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), 1)); dayOfDate(at) <= last; ) {
    months.push(new Date(at));
    at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  }
  const every = Math.ceil((months.length * LABEL_PX) / Math.max(element.clientWidth, LABEL_PX));
  const labels = months
    .filter((_, index) => index % every === 0)
    .map((month, index) => {
      const day = Math.max(dayOfDate(month), first);
      const span = document.createElement("span");
      const isJanuary = month.getUTCMonth() === 0;
      span.textContent = date(isoOf(dayOfDate(month)), index === 0 || isJanuary || every > 1 ? "monthYear" : "month");
      span.style.insetInlineStart = `${((day - first) / days) * 100}%`;
      return span;
    });
  element.replaceChildren(...labels);
}

function dayOfDate(value) {
  return Math.round(value.getTime() / 86_400_000);
}
