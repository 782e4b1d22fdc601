// What each source claims, side by side. Unknown is said in words, never shown as 0.

import { data, h } from "./dom.js";
import { figures, t } from "./i18n.js";

/** Return low–high, in the page's direction, or the words for "not reported". */
export function figureOrUnknown(value) {
  const text = figures(value);
  if (text === null) return h("span", { class: "note inline" }, t("detail.not_reported"));
  return h("span", {}, text);
}

/** Return whose words a report carries: "SMART via Micro Syria". */
export function sourceName(report) {
  if (!report.origin || report.origin === report.publisher) return data(report.publisher);
  const words = t("detail.via", { origin: "\u0000origin\u0000", publisher: "\u0000publisher\u0000" });
  return words.split("\u0000").map((word) => (word in report ? data(report[word]) : word));
}

function claimRow(claim, hasFigures) {
  const alignment = h("span", { class: "note" }, claim.report.alignment_label);
  const words = claim.text ? h("bdi", { dir: claim.text_dir ?? "auto" }, claim.text) : null;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, sourceName(claim.report), " ", alignment),
    hasFigures && h("td", { class: "figure" }, figureOrUnknown(claim)),
    h("td", {}, words),
  );
}

/** Make one table a field: source with its alignment, figure, the claim in words; a row a claim. */
export function claimTables(claims) {
  if (!claims?.length) return null;
  const fields = new Map();
  for (const claim of claims) {
    if (!fields.has(claim.field)) fields.set(claim.field, []);
    fields.get(claim.field).push(claim);
  }
  const tables = [...fields.values()].map((group) => {
    const hasFigures = group.some((claim) => figures(claim) !== null);
    return h(
      "table",
      { class: "claims" },
      h("caption", {}, group[0].field_label),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("detail.source_alignment")),
          hasFigures && h("th", { scope: "col", class: "figure" }, t("detail.figure")),
          h("th", { scope: "col" }, t("detail.words")),
        ),
      ),
      h("tbody", {}, group.map((claim) => claimRow(claim, hasFigures))),
    );
  });
  return [h("h3", {}, t("detail.claims")), tables];
}
