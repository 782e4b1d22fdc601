// The filter panel's lists, with counts that answer every other filter.

import { filteredUrl, getJson } from "./api.js";
import { byId, fillWith, h, icon } from "./dom.js";
import { makeChoices } from "./choices.js";
import { makeDates, makeLimits } from "./filters.js";
import { number, t } from "./i18n.js";
import { filterChanged, getState, on, subscribe, update } from "./state.js";

let answer = null;
let isOld = false;
const lists = {};
const badges = new Map();

function toggle(field, id, checked) {
  const now = getState()[field];
  update({ [field]: checked ? [...now, id] : now.filter((one) => one !== id) });
}

/** A type stands for all its sub-types: unticking one of them keeps the others. */
function toggleType(id, checked) {
  const now = getState().types;
  const parent = answer.types.find((type) => type.sub_types.some((sub) => sub.id === id));
  if (!parent) {
    const subs = new Set(answer.types.find((type) => type.id === id)?.sub_types.map((sub) => sub.id));
    const others = now.filter((one) => one !== id && !subs.has(one));
    update({ types: checked ? [...others, id] : others });
  } else if (!checked && now.includes(parent.id)) {
    const rest = parent.sub_types.map((sub) => sub.id).filter((one) => one !== id);
    update({ types: [...now.filter((one) => one !== parent.id), ...rest] });
  } else {
    toggle("types", id, checked);
  }
}

function factionItems() {
  const byName = new Map(answer.factions.map((one) => [one.id, one]));
  const plain = (one) => ({
    id: one.id,
    name: one.name,
    count: one.count,
    colour: one.colour,
    title: one.is_group ? `${one.long_name} (${t("facets.group")})` : one.long_name,
    words: one.aliases,
  });
  // A group that adds nothing to one of its members would look like the same party twice.
  const isEcho = (one) => one.is_group && one.members.some((id) => byName.get(id)?.count === one.count);
  return answer.factions.map((one) => ({
    ...plain(one),
    isEcho: isEcho(one),
    tag: isEcho(one) ? t("facets.group") : null,
    children: one.members.map((id) => byName.get(id)).filter(Boolean).map(plain),
    unfoldLabel: t("facets.members", { name: one.name }),
  }));
}

function typeItems() {
  return answer.types.map((type) => ({
    id: type.id,
    name: type.label,
    count: type.count,
    shape: type.shape,
    children: type.sub_types
      .filter((sub) => sub.count > 0 || getState().types.includes(sub.id))
      .map((sub) => ({ id: sub.id, name: sub.label, count: sub.count })),
    unfoldLabel: t("facets.sub_types", { name: type.label }),
  }));
}

function placeItems() {
  const districts = answer.places.filter((place) => place.kind === "district");
  return answer.places
    .filter((place) => place.kind === "governorate")
    .map((place) => ({
      ...place,
      children: districts.filter((one) => one.parent === place.id && one.count > 0),
      unfoldLabel: t("facets.districts", { name: place.name }),
    }));
}

function sourceSections() {
  const sections = new Map();
  for (const source of answer.sources) {
    if (!sections.has(source.alignment)) sections.set(source.alignment, { title: source.alignment_label, items: [] });
    sections.get(source.alignment).items.push(source);
  }
  return [...sections.values()];
}

function draw() {
  if (!answer) return;
  const state = getState();
  lists.factions.update([{ items: factionItems() }], (id) => state.factions.includes(id));
  const typeOf = new Map(answer.types.flatMap((type) => type.sub_types.map((sub) => [sub.id, type.id])));
  lists.types.update([{ items: typeItems() }], (id) => state.types.includes(id) || state.types.includes(typeOf.get(id)));
  lists.places.update([{ items: placeItems() }], (id) => state.places.includes(id));
  lists.sources.update(sourceSections(), (id) => state.sources.includes(id));
}

function showBadges() {
  const state = getState();
  const counts = {
    factions: state.factions.length,
    types: state.types.length,
    places: state.places.length,
    sources: state.sources.length,
    dates: Number(Boolean(state.from)) + Number(Boolean(state.to)),
    limits: Number(state.minDeaths !== null) + Number(state.precisionMax !== null),
  };
  for (const [key, badge] of badges) {
    badge.hidden = !counts[key];
    badge.textContent = number(counts[key]);
  }
}

/** The map goes first: counts are asked for when it has its answer. */
function follow() {
  if (isOld) load();
}

async function load() {
  isOld = false;
  byId("facets").setAttribute("aria-busy", "true");
  try {
    answer = await getJson(filteredUrl("facets"), { key: "facets" });
    draw();
    byId("facets").removeAttribute("aria-busy");
  } catch (error) {
    // The map's banner tells the reader; the last counts stay, marked as busy.
    if (error.kind === undefined) throw error;
  }
}

function section(key, title, content, open) {
  const badge = h("span", { class: "badge", hidden: true });
  badges.set(key, badge);
  return h("details", { class: "facet", open }, h("summary", {}, h("h2", {}, title), badge, icon("down")), content);
}

/** Build the filter panel and keep it in step with the state. */
export function startFacets() {
  const simple = (field) => (id, checked) => toggle(field, id, checked);
  lists.factions = makeChoices({
    name: t("facets.factions"),
    searchLabel: t("facets.search_factions"),
    noneLabel: t("facets.no_faction"),
    onToggle: simple("factions"),
  });
  lists.types = makeChoices({ name: t("facets.types"), limit: 6, onToggle: toggleType });
  lists.places = makeChoices({ name: t("facets.places"), limit: 6, onToggle: simple("places") });
  lists.sources = makeChoices({
    name: t("facets.sources"),
    limit: 4,
    searchLabel: t("facets.search_sources"),
    noneLabel: t("facets.no_source"),
    onToggle: simple("sources"),
  });
  const state = getState();
  fillWith(
    byId("facets"),
    section("factions", t("facets.factions"), lists.factions.element, true),
    section("types", t("facets.types"), lists.types.element, true),
    section("places", t("facets.places"), lists.places.element, state.places.length > 0),
    section("sources", t("facets.sources"), lists.sources.element, state.sources.length > 0),
    section("dates", t("facets.dates"), makeDates(), false),
    section("limits", t("facets.limits"), makeLimits(), state.minDeaths !== null || state.precisionMax !== null),
  );
  subscribe((_state, changed) => {
    if (!filterChanged(changed)) return;
    draw();
    showBadges();
    isOld = true;
  });
  on("map:answer", follow);
  on("map:error", follow);
  on("map:retry", load);
  showBadges();
  load();
}
