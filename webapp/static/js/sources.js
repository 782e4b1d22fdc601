// Where something is said: publisher, origin and alignment, and a link that tells the other side nothing.

import { sourceName } from "./claims.js";
import { data, h, icon, safeUrl } from "./dom.js";
import { label, t } from "./i18n.js";

/** The editors write notes and abstracts in English; a screen reader must know. */
export const EDITORS_WORDS = { lang: "en" };

/** Return the lines about a report: who says it, what it is, when, and the way to it. */
export function sourceLines(report) {
  const url = safeUrl(report.url);
  const differs = report.origin && report.origin_alignment !== report.alignment;
  const words = differs && t("detail.origin_alignment", { alignment: report.origin_alignment_label });
  const origin = differs && [" ", h("span", { class: "tag" }, words)];
  const published = report.published_label ?? t("detail.no_date");
  return [
    h("p", {}, h("strong", {}, sourceName(report)), " ", h("span", { class: "tag" }, report.alignment_label), origin),
    report.about && h("p", {}, data(report.about, EDITORS_WORDS)),
    h(
      "p",
      { class: "note" },
      [published, report.language_label ?? label("languages", report.language)].join(" · "),
      url && " · ",
      url && h("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, t("detail.open_source"), " ", icon("outside")),
    ),
  ];
}
