// The page's configuration: constants that the server put into the page as JSON (never as script).

const element = document.getElementById("atlas-config");

/** Settings, URLs, words and codes of this page, in the reader's language. */
export const config = element ? JSON.parse(element.textContent) : {};

/** True when text and panels run from right to left (the map never does). */
export const isRtl = document.documentElement.dir === "rtl";

/** Return the address of a named end point; `{id}` in it is replaced by the (escaped) id. */
export function urlFor(name, id) {
  const url = config.urls[name];
  return id === undefined ? url : url.replace("{id}", encodeURIComponent(id));
}
