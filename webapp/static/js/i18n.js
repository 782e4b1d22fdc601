// Words, numbers and dates in the reader's language. Words come with the page; dates and plurals from Intl.

import { config } from "./config.js";

// Latin digits also in Arabic: the server writes them so, and figures stay comparable with the sources.
const LOCALE = config.lang === "ar" ? "ar-SY-u-nu-latn" : "en-GB";
const numbers = new Intl.NumberFormat(LOCALE);
const plurals = new Intl.PluralRules(LOCALE);
const DAY_MS = 86_400_000;

const styles = {
  long: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: config.lang === "ar" ? "long" : "short", year: "numeric" },
  weekday: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  dayMonth: { day: "numeric", month: "long" },
  month: { month: "long" },
  monthYear: { month: config.lang === "ar" ? "long" : "short", year: "numeric" },
};
const formats = Object.fromEntries(
  Object.entries(styles).map(([name, style]) => [name, new Intl.DateTimeFormat(LOCALE, { ...style, timeZone: "UTC" })]),
);

function fill(template, values) {
  return template.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Return the words for a key, with `%(name)s` replaced by the values. */
export function t(key, values = {}) {
  const template = config.messages[key];
  return typeof template === "string" ? fill(template, values) : key;
}

/** Return the words for a key that counts: the plural form that the language wants for `count`. */
export function plural(key, count, values = {}) {
  const forms = config.messages[key] ?? {};
  const template = forms[plurals.select(count)] ?? forms.other ?? key;
  return fill(template, { num: number(count), ...values });
}

/** Return the label of a code, e.g. `label("alignments", "monitor")`; the code itself when unknown. */
export function label(kind, code) {
  return config.labels?.[kind]?.[code] ?? String(code ?? "");
}

/** Return a number with the language's separators. */
export function number(value) {
  return numbers.format(value);
}

/** Return low–high as text ("up to", "at least" where one end is known), or `null` when nothing is known. Unknown is never 0. */
export function figures(value) {
  if (!value) return null;
  const { low, best, high } = value;
  const known = [low, best, high].filter((one) => one !== null && one !== undefined);
  if (!known.length) return null;
  // One end alone is no figure: "up to 62" is not 62.
  if (known.length === 1 && known[0] === high) return t("figures.up_to", { num: number(high) });
  if (known.length === 1 && known[0] === low) return t("figures.at_least", { num: number(low) });
  const least = Math.min(...known);
  const most = Math.max(...known);
  return least === most ? number(least) : `${number(least)}–${number(most)}`;
}

/** Return the day number (days since 1970) of an ISO date. */
export function dayOf(iso) {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
}

/** Return the ISO date of a day number. */
export function isoOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Return an ISO date in the reader's language: تموز, not يوليو, in Arabic. */
export function date(iso, style = "short") {
  return iso ? formats[style].format(new Date(`${iso}T00:00:00Z`)) : "";
}

/** Return a range of ISO dates, the shared month and year written once. */
export function dateRange(from, to, style = "short") {
  if (!to || from === to) return date(from, style);
  if (!from) return date(to, style);
  const text = formats[style].formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
  // Days of one month stand close together, as the server writes them: 1–13 February.
  return text.replace(/^(\d+)\s+–\s+(?=\d)/, "$1–");
}
