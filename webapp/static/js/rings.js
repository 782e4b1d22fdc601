// Circles of doubt: the event lies somewhere inside. While they are few, those of a district or a region show,
// and from near those around the place of a symbol. Where they would be many, only symbols of a district or a
// region keep theirs: 170 circles at once would say nothing. Whatever is looked at or selected shows its own;
// hollow symbols and the names of clusters tell of the rest.

const NEAR_ZOOM = 9;
const REGION = 3;

/** So many circles are told apart. */
const MOST_LINES = 8;

/** A circle wider than this share of the picture shows no circle but stray arcs: only when asked for. */
const WIDEST = 0.45;

const keyOf = ({ lat, lon, radius_m }) => `${lat.toFixed(5)},${lon.toFixed(5)},${Math.round(radius_m)}`;
const isAt = (ring, point) => Math.abs(ring.lat - point.lat) < 1e-6 && Math.abs(ring.lon - point.lon) < 1e-6;

function isInside(ring, [west, south, east, north]) {
  return ring.lon >= west && ring.lon <= east && ring.lat >= south && ring.lat <= north;
}

/** Return true when what is looked at holds the ring's place. */
function belongsTo(ring, item) {
  return item !== null && (item.bounds ? isInside(ring, item.bounds) : isAt(ring, item));
}

/** Return the answer's items, each cluster with `approximate`: how many of its events have no exact place. */
export function withDoubt({ items, rings }) {
  const count = (item) => rings.filter((ring) => belongsTo(ring, item)).reduce((sum, ring) => sum + ring.count, 0);
  return items.map((item) => (item.kind === "event" ? item : { ...item, approximate: Math.min(item.count, count(item)) }));
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
    return this.map.getZoom() >= NEAR_ZOOM && this.hasSymbol(ring);
  }

  /** Return true when an event or spot stands at the ring's place. */
  hasSymbol(ring) {
    return this.items.some((item) => isAt(ring, item));
  }

  /** Return the rings to draw without being asked. */
  calm() {
    const shown = this.rings.filter((ring) => this.isShown(ring));
    if (shown.length <= MOST_LINES) return shown;
    return shown.filter((ring) => ring.location_precision >= REGION && this.hasSymbol(ring));
  }

  /** Return the radius of a ring in pixels. */
  radiusOf({ lat, lon, radius_m }) {
    const degrees = radius_m / 111_195;
    return Math.abs(this.map.project([lat + degrees, lon]).y - this.map.project([lat, lon]).y);
  }

  draw() {
    const wanted = new Map(this.calm().map((ring) => [keyOf(ring), { ring, looked: false }]));
    const asked = this.rings.filter((ring) => belongsTo(ring, this.looked));
    for (const ring of this.selected ? [...asked, this.selected] : asked) {
      wanted.set(keyOf(ring), { ring, looked: true });
    }
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
