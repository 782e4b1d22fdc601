// Events on the map: asks for what is in view, keeps the old picture until the new one is there.

import { filteredUrl, getJson } from "./api.js";
import { startBasemap } from "./basemap.js";
import { config } from "./config.js";
import { byId, debounce } from "./dom.js";
import { loadEvent } from "./events.js";
import { Labels } from "./labels.js";
import { Legend } from "./legend.js";
import { Marks } from "./marks.js";
import { Rings, withDoubt } from "./rings.js";
import { startScale } from "./scale.js";
import { emit, filterChanged, getState, on, subscribe, update } from "./state.js";

const WAIT_MS = 80;
const DECIMALS = 4;
const MARGIN = 60;

/**
 * Bring the map to life: base, names, legend, events; all follow the state from here on.
 * @param {L.Map} map  the map that Folium's script has made
 */
export function startMap(map) {
  return new MapView(map);
}

class MapView {
  constructor(map) {
    this.map = map;
    this.answer = null;
    this.isMovedByState = false;
    this.keepInside();
    this.goTo(getState(), { animate: false });
    startScale(map);
    startBasemap(map);
    this.rings = new Rings(map);
    this.labels = new Labels(map);
    this.marks = new Marks(map, {
      open: (item) => this.open(item),
      look: (item) => this.rings.lookAt(item),
    });
    this.legend = new Legend(byId(map.atlas.mounts.tools), map);
    const refreshSoon = debounce(() => this.refresh(), WAIT_MS);
    map.on("moveend", () => {
      this.remember();
      refreshSoon();
    });
    map.on("resize", () => this.keepInside());
    map.on("zoomend", () => this.rings.draw());
    on("map:retry", () => this.refresh());
    on("map:bring", (place) => requestAnimationFrame(() => {
      // Who has gone elsewhere meanwhile stays there.
      if (this.map.getSize().x && this.map.getBounds().contains(place)) this.bringIntoView(place);
    }));
    subscribe((state, changed) => {
      if (["z", "lat", "lon"].some((field) => changed.has(field))) this.goTo(state);
      if (changed.has("event")) this.select(state.event);
      if (filterChanged(changed) || changed.has("colour")) this.refresh();
      if (changed.has("colour") && state.event) this.select(state.event);
    });
    this.refresh();
    this.select(getState().event);
  }

  /** Do not let the reader zoom out beyond the embedded sheet. */
  keepInside() {
    if (!this.map.getSize().x) return;
    this.map.setMinZoom(Math.max(5, this.map.getBoundsZoom(this.map.atlas.extent, true)));
  }

  goTo({ z, lat, lon }, options = {}) {
    const { initial } = config;
    const zoom = z ?? initial.zoom;
    const centre = [lat ?? initial.lat, lon ?? initial.lon];
    const now = this.map.getCenter();
    const isThere = this.map.getZoom() === zoom && near(now.lat, centre[0]) && near(now.lng, centre[1]);
    if (isThere && options.animate !== false) return;
    this.isMovedByState = true;
    this.map.setView(centre, zoom, { animate: false, ...options });
    this.isMovedByState = false;
  }

  /** Write the view into the URL, without a step in the history. */
  remember() {
    if (this.isMovedByState || !this.map.getSize().x) return;
    const { lat, lng } = this.map.getCenter();
    update({ z: this.map.getZoom(), lat: rounded(lat), lon: rounded(lng) }, { push: false });
  }

  async refresh() {
    const { colour } = getState();
    emit("map:loading");
    try {
      const zoom = Math.round(this.map.getZoom());
      const answer = await getJson(filteredUrl("map", { zoom, viewport: this.viewport(), colour }), { key: "map" });
      this.answer = answer;
      this.draw(answer, colour);
      emit("map:answer", answer);
    } catch (error) {
      if (error.kind === undefined) throw error;
      if (error.kind !== "abort") emit("map:error", error);
    }
  }

  viewport() {
    const size = this.map.getSize();
    // A hidden map has no size: ask around its centre, the counts are the same.
    const box = size.x && size.y ? this.map.getBounds().pad(0.1) : this.map.getCenter().toBounds(200_000);
    const clip = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(5);
    return [clip(box.getWest(), 180), clip(box.getSouth(), 85), clip(box.getEast(), 180), clip(box.getNorth(), 85)].join(",");
  }

  draw(answer, colour) {
    this.marks.show(withDoubt(answer));
    this.rings.show(answer);
    this.labels.avoid(this.marks.boxes());
    this.legend.show(answer, colour);
    this.marks.select(getState().event);
  }

  open(item) {
    if (item.kind === "event") update({ event: item.id });
    else if (item.kind === "spot") emit("spot:open", item);
    else this.zoomInto(item);
  }

  zoomInto({ bounds: [west, south, east, north] }) {
    const { map } = this;
    const bounds = L.latLngBounds([south, west], [north, east]);
    const zoom = Math.min(map.getMaxZoom(), map.getBoundsZoom(bounds, false, L.point(80, 80)));
    map.setView(bounds.getCenter(), Math.max(zoom, Math.min(map.getMaxZoom(), map.getZoom() + 1)));
  }

  /** Mark the selected event, also when a cluster hides it or it lies outside the picture. */
  async select(id) {
    this.marks.select(id);
    if (!id) {
      this.rings.select(null);
      this.marks.showSelected(null);
      return;
    }
    try {
      const event = await loadEvent(id);
      if (getState().event !== id) return;
      const hasPoint = Number.isFinite(event.lat) && Number.isFinite(event.lon);
      this.marks.showSelected(hasPoint ? event : null);
      const isRinged = hasPoint && event.location_precision >= 2 && event.uncertainty_m > 0;
      this.rings.select(isRinged ? { lat: event.lat, lon: event.lon, radius_m: event.uncertainty_m } : null);
      // The map keeps its centre unless the event lies outside the picture.
      if (hasPoint && this.map.getSize().x) requestAnimationFrame(() => this.bringIntoView([event.lat, event.lon]));
    } catch (error) {
      if (error.kind === undefined) throw error; // the panel tells of the failure
    }
  }

  /** Pan only as far as needed; what a panel covers is outside the picture. */
  bringIntoView(latLng) {
    const picture = this.map.getContainer().getBoundingClientRect();
    const panel = byId("detail").getBoundingClientRect();
    const covers = panel.width >= picture.width && panel.top > picture.top;
    const covered = covers ? Math.max(0, picture.bottom - panel.top) : 0;
    this.map.panInside(latLng, { paddingTopLeft: [MARGIN, MARGIN], paddingBottomRight: [MARGIN, MARGIN + covered] });
  }
}

const rounded = (value) => Number(value.toFixed(DECIMALS));
const near = (a, b) => Math.abs(a - b) < 10 ** -DECIMALS;
