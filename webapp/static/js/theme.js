// Light or dark: the system's choice until the reader makes one, then the reader's.

import { byId } from "./dom.js";
import { t } from "./i18n.js";
import { emit } from "./state.js";

const KEY = "atlas-theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is switched off: the choice lasts as long as the page
  }
}

function set(theme) {
  document.documentElement.dataset.theme = theme;
  const words = theme === "dark" ? t("theme.light") : t("theme.dark");
  byId("theme").setAttribute("aria-label", words);
  byId("theme").title = words;
  emit("theme:change", theme);
}

/** Make the theme button work. */
export function startTheme() {
  byId("theme").addEventListener("click", () => {
    const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    set(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // as above
    }
  });
  system.addEventListener("change", () => {
    if (!stored()) set(system.matches ? "dark" : "light");
  });
  set(document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light"));
}
