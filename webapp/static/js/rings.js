// Circles of doubt: the event lies somewhere inside. Those of a district or a region always show. Those around
// a village only from near and where the event has a symbol of its own, or when it is looked at: 170 circles
// at once would say nothing.

const NEAR_ZOOM = 9;
const REGION = 3;

/** So many circles keep their full ink; more than these share it. */
const FULL_INK = 8;

/** A circle wider than this share of the picture shows no circle but stray arcs: only when asked for. */
const WIDEST = 0.6;

const keyOf = ({ lat, lon, radius_m }) => `${lat.toFixed(5)},${lon.toFixed(5)},${Math.round(radius_m)}`;
const isAt = (ring, point) => Math.abs(ring.lat - point.lat) < 1e-6 && Math.abs(ring.lon - point.lon) < 1e-6;

function isInside(ring, [west, south, east, north]) {
  return ring.lon >= west && ring.lon <= east && ring.lat >= south && ring.lat <= north;
}

/** Return true when what is looked at holds the ring's place. */
function belongsTo(ring, item) {
  return item !== null && (item.bounds ? isInside(ring, item.bounds) : isAt(ring, item));
}

/** Keeps the circles on the map in step with the answer, the zoom and what is looked at. */
export class Rings {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.layer = map.atlas.rings;
    this.renderer = L.svg({ pane: "atlas-rings", padding: 0.4 });
    this.circles = new Map();
    this.rings = [];
    this.items = [];
    this.looked = null;
    this.selected = null;
  }

  /** Show the rings of an answer's items; circles that stay are not touched. */
  show({ rings, items }) {
    this.rings = rings;
    this.items = items.filter((item) => item.kind !== "cluster");
    this.draw();
  }

  /** Show the ring of the event, spot or cluster under the pointer or focus; null for none. */
  lookAt(item) {
    this.looked = item;
    this.draw();
  }

  /** Show the ring of the selected event: {lat, lon, radius_m}; null for none. */
  select(ring) {
    this.selected = ring;
    this.draw();
  }

  /** Return true when a ring is drawn without being asked for. */
  isShown(ring) {
    if (!(ring.radius_m > 0)) return false;
    if (this.radiusOf(ring) > WIDEST * Math.min(this.map.getSize().x, this.map.getSize().y)) return false;
    if (ring.location_precision >= REGION) return true;
    return this.map.getZoom() >= NEAR_ZOOM && this.items.some((item) => isAt(ring, item));
  }

  /** Return the radius of a ring in pixels. */
  radiusOf({ lat, lon, radius_m }) {
    const degrees = radius_m / 111_195;
    return Math.abs(this.map.project([lat + degrees, lon]).y - this.map.project([lat, lon]).y);
  }

  draw() {
    const wanted = new Map();
    for (const ring of this.rings) {
      const looked = belongsTo(ring, this.looked);
      if (looked || this.isShown(ring)) wanted.set(keyOf(ring), { ring, looked });
    }
    if (this.selected) wanted.set(keyOf(this.selected), { ring: this.selected, looked: true });
    for (const [key, circle] of this.circles) {
      if (wanted.has(key)) continue;
      this.layer.removeLayer(circle);
      this.circles.delete(key);
    }
    const ink = Math.max(0.35, Math.min(1, FULL_INK / wanted.size));
    this.map.getPane("atlas-rings").style.setProperty("--ring-ink", ink.toFixed(2));
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
