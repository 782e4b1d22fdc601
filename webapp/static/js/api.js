// Same-origin JSON. One request per key: a newer question ends the older one.

import { config, urlFor } from "./config.js";
import { filterParams, getState } from "./state.js";

const running = new Map();

/** A failed request: kind is "abort" (a newer one took over), "network" or "http" (then with status). */
export class RequestFailed extends Error {
  constructor(kind, message, status = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/** Fetch JSON; with a `key`, abort the previous request of the same key. */
export async function getJson(url, { key = null } = {}) {
  const controller = new AbortController();
  if (key !== null) {
    running.get(key)?.abort();
    running.set(key, controller);
  }
  try {
    const response = await fetch(url, { signal: controller.signal, headers: { Accept: "application/json" } });
    if (!response.ok) {
      const body = await response.json().catch(() => ({}));
      throw new RequestFailed("http", body?.error?.message ?? response.statusText, response.status);
    }
    return await response.json();
  } catch (error) {
    if (error instanceof RequestFailed) throw error;
    if (error.name === "AbortError") throw new RequestFailed("abort", "superseded");
    throw new RequestFailed("network", String(error.message ?? error));
  } finally {
    if (key !== null && running.get(key) === controller) running.delete(key);
  }
}

/** Return the address of an end point under the current filter, in the reader's language. */
export function filteredUrl(name, extra = {}, { omit = [], state = getState() } = {}) {
  const params = filterParams(state, { omit });
  for (const [parameter, value] of Object.entries(extra)) params.set(parameter, String(value));
  params.set("lang", config.lang);
  return `${urlFor(name)}?${params}`;
}

/** Return the address of one event: its JSON ("event") or its page ("event_page"). */
export function eventUrl(name, id) {
  return `${urlFor(name, id)}?lang=${encodeURIComponent(config.lang)}`;
}
