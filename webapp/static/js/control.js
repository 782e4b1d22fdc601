// Areas of control and fronts on the map, on the last day of the window: asked for once a level, then only recoloured.

import { getJson } from "./api.js";
import { ControlData, STYLES } from "./control_data.js";
import { ControlLayer, inksOf } from "./control_layer.js";
import { changed } from "./control_paint.js";
import { fronts } from "./control_shapes.js";
import { config, urlFor } from "./config.js";
import { dayOf, isoOf } from "./i18n.js";
import { dateMax, dateMin, emit, getState, on, subscribe } from "./state.js";

export const MODES = ["areas", "front", "off"];
const kept = new Map();

/** Return what is drawn: areas with their fronts, fronts alone, or nothing; a name nobody knows means areas. */
export const modeOf = ({ control }) => (MODES.includes(control) ? control : "areas");

/** Return the comparison that is open: "changes", "swipe" or null. */
export const compareOf = ({ compare }) => (["changes", "swipe"].includes(compare) ? compare : null);

/** Return the data of a level, asked for once; a newer level ends the request of the older one. */
async function load(level) {
  if (!kept.has(level)) {
    const params = new URLSearchParams({ level, lang: config.lang });
    kept.set(level, new ControlData(await getJson(`${urlFor("control")}?${params}`, { key: "control" })));
  }
  return kept.get(level);
}

/** Keeps the drawn areas in step with the state. Emits "control:shown" with {data, day, before, inks} or null. */
export class Control {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.data = null;
    this.inked = null;
    this.slid = null;
    this.isPlaying = false;
    this.layer = new ControlLayer().addTo(map);
    this.earlier = new ControlLayer();
    subscribe((state, now) => this.follow(state, now));
    on("time:slide", (days) => {
      this.slid = days;
      this.draw();
    });
    on("time:playing", (playing) => (this.isPlaying = playing));
    on("theme:change", () => {
      this.inked = null;
      this.draw();
    });
    for (const name of ["control:retry", "map:retry"]) on(name, () => this.data ?? this.load());
    on("swipe:move", (x) => this.cut(x));
    this.load();
  }

  follow(state, now) {
    if (now.has("level")) this.load();
    else if (["control", "compare", "from", "to"].some((field) => now.has(field))) {
      this.slid = null;
      if (modeOf(state) !== "off" && !this.data) this.load();
      else this.draw({ fade: this.isPlaying });
    }
  }

  async load() {
    const { level } = getState();
    if (modeOf(getState()) === "off" && !this.data) return;
    try {
      const data = await load(level);
      if (getState().level !== level) return;
      this.data = data;
      this.draw();
    } catch (error) {
      if (error.kind === undefined) throw error;
      if (error.kind !== "abort") emit("control:error", error);
    }
  }

  /** Return the days that are shown: the last of the window, and the first to compare it with. */
  days() {
    const state = getState();
    const [from, to] = this.slid ?? [dayOf(state.from ?? dateMin ?? state.to), dayOf(state.to ?? dateMax ?? state.from)];
    return { day: this.data.clamp(to), from: this.data.clamp(from), isBeyond: this.data.clamp(to) < to };
  }

  /** Return the colours of this theme and these holders, asked of the style sheet once. */
  inks() {
    if (this.inked?.data !== this.data) this.inked = { data: this.data, ...inksOf(this.map.getContainer(), this.data.holders) };
    return this.inked;
  }

  draw({ fade = false } = {}) {
    const state = getState();
    const mode = modeOf(state);
    if (!this.data || mode === "off") {
      this.layer.show(null);
      this.earlier.remove();
      emit("control:shown", null);
      return;
    }
    const compare = compareOf(state);
    const { day, from, isBeyond } = this.days();
    const inks = this.inks();
    const look = { ...inks, data: this.data, mode, day, before: compare === "changes" ? from : null };
    this.layer.show(look, { fade });
    if (compare === "swipe") this.earlier.addTo(this.map).show({ ...look, day: from }, { fade });
    else this.earlier.remove();
    emit("control:shown", { ...look, from, compare, isBeyond });
  }

  /** Divide the picture at x pixels of the map: left of it the earlier day, right of it the later; null: whole. */
  cut(x) {
    this.layer.cut(x === null ? 0 : 1, x);
    this.earlier.cut(x === null ? 0 : -1, x);
  }

  /** Return what is shown, in numbers: for tests and benchmarks. */
  summary() {
    const state = getState();
    if (!this.data) return { mode: modeOf(state), day: null, holders: {}, fronts: 0 };
    const { day, from } = this.days();
    const today = this.data.on(day);
    const holders = Object.fromEntries(
      this.data.sums(day).map(({ holder, regions, share, styles }) => [holder.id, { regions, share, styles }]),
    );
    return {
      mode: modeOf(state),
      level: this.data.answer.level,
      day: isoOf(day),
      from: isoOf(from),
      holders,
      fronts: fronts(this.data, today, (style) => style === STYLES.firm).length,
      changed: changed(this.data, this.data.on(from), today).filter((key) => key >= 0).length,
    };
  }

  /** Return who holds a point on the day shown: {region, holder, style}; null outside the coverage. */
  at(lat, lon) {
    const region = this.data?.regionAt(lat, lon) ?? -1;
    if (region < 0) return null;
    const { holder, style } = this.data.on(this.days().day);
    return { region, holder: this.data.holders[holder[region]]?.id ?? null, style: style[region] };
  }

  /** Draw days one after the other and return what each took in milliseconds, with its last pixel unless told. */
  measure(count = 60, isWhole = true) {
    if (!this.data) return [];
    const inks = this.inks();
    const look = { ...inks, data: this.data, mode: modeOf(getState()), before: null };
    const { first, last } = this.data;
    const times = [];
    for (let i = 0; i < count; i += 1) {
      const day = first + Math.floor((i * (last - first)) / count);
      const started = performance.now();
      this.layer.show({ ...look, day });
      // Reading a pixel waits until the picture is really there.
      if (isWhole) this.layer.front.getContext("2d").getImageData(0, 0, 1, 1);
      times.push(performance.now() - started);
    }
    this.draw();
    return times;
  }
}

/** Draw areas and fronts, and keep them in step with the state. */
export function startControl(map) {
  const control = new Control(map);
  // For tests and benchmarks: read only.
  map.atlas.control = {
    summary: () => control.summary(),
    at: (lat, lon) => control.at(lat, lon),
    measure: (count, isWhole) => control.measure(count, isWhole),
  };
}
