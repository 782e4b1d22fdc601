// One event, asked for once: panel and map show the same answer.

import { eventUrl, getJson } from "./api.js";

let last = { id: null, answer: null };

/** Return the promise of an event; a newer one ends the request of the older one. */
export function loadEvent(id) {
  if (last.id === id) return last.answer;
  const mine = { id, answer: getJson(eventUrl("event", id), { key: "event" }) };
  last = mine;
  // What failed is asked for again.
  mine.answer.catch(() => {
    if (last === mine) last = { id: null, answer: null };
  });
  return mine.answer;
}
