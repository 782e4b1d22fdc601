// Circles of doubt: the event lies somewhere inside. Large doubts always show, those of a village's
// surroundings only from near or when their event is looked at.

const NEAR_ZOOM = 9;

/** Return true when a ring is drawn at this zoom without being asked for. */
function isAlwaysShown(ring, zoom) {
  return (ring.location_precision ?? (ring.radius_m > 25_000 ? 3 : 2)) >= 3 || zoom >= NEAR_ZOOM;
}

const keyOf = ({ lat, lon, radius_m }) => `${lat.toFixed(5)},${lon.toFixed(5)},${Math.round(radius_m)}`;
const isAt = (ring, point) => Math.abs(ring.lat - point.lat) < 1e-6 && Math.abs(ring.lon - point.lon) < 1e-6;

/** Keeps the circles on the map in step with the answer, the zoom and what is looked at. */
export class Rings {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.layer = map.atlas.rings;
    this.renderer = L.svg({ pane: "atlas-rings", padding: 0.4 });
    this.circles = new Map();
    this.rings = [];
    this.looked = null;
    this.selected = null;
  }

  /** Show the rings of an answer; circles that stay are not touched. */
  show(rings) {
    this.rings = rings;
    this.draw();
  }

  /** Show the ring of the event or spot under the pointer or focus; null for none. */
  lookAt(item) {
    this.looked = item;
    this.draw();
  }

  /** Show the ring of the selected event: {lat, lon, radius_m}; null for none. */
  select(ring) {
    this.selected = ring;
    this.draw();
  }

  draw() {
    const zoom = this.map.getZoom();
    const wanted = new Map();
    for (const ring of this.rings) {
      const looked = this.looked !== null && isAt(ring, this.looked);
      if (looked || isAlwaysShown(ring, zoom)) wanted.set(keyOf(ring), { ring, looked });
    }
    if (this.selected) wanted.set(keyOf(this.selected), { ring: this.selected, looked: true });
    for (const [key, circle] of this.circles) {
      if (wanted.has(key)) continue;
      this.layer.removeLayer(circle);
      this.circles.delete(key);
    }
    for (const [key, { ring, looked }] of wanted) {
      if (!this.circles.has(key)) this.circles.set(key, this.add(ring));
      this.circles.get(key).getElement()?.classList.toggle("is-looked-at", looked);
    }
  }

  add(ring) {
    return L.circle([ring.lat, ring.lon], {
      radius: ring.radius_m,
      renderer: this.renderer,
      pane: "atlas-rings",
      className: "doubt-ring",
      interactive: false,
      weight: 1,
    }).addTo(this.layer);
  }
}
