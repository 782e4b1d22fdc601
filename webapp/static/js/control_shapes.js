// Areas and fronts of a day out of arcs: what two regions of one key share is no outline, so nothing is united.

/** Return the key at the two sides of an arc, -1 outside. */
function sides(data, keys, arc) {
  const { left, right } = data;
  return [left[arc] < 0 ? -1 : keys[left[arc]], right[arc] < 0 ? -1 : keys[right[arc]]];
}

/** Join arcs end to start into chains; a walk through balanced nodes ends where it began. */
function chains(data, oriented, heads) {
  const { from, to } = data;
  const start = (arc) => (arc < 0 ? to[~arc] : from[arc]);
  const end = (arc) => (arc < 0 ? from[~arc] : to[arc]);
  const next = new Int32Array(oriented.length);
  for (let i = 0; i < oriented.length; i += 1) {
    const node = start(oriented[i]);
    next[i] = heads[node];
    heads[node] = i;
  }
  const result = [];
  const take = (node) => {
    const i = heads[node];
    if (i >= 0) heads[node] = next[i];
    return i;
  };
  for (const arc of oriented) {
    const first = start(arc);
    for (let i = take(first); i >= 0; i = take(first)) {
      const chain = [];
      for (; i >= 0; i = take(end(oriented[i]))) {
        chain.push(oriented[i]);
        if (end(oriented[i]) === first) break;
      }
      result.push(chain);
    }
  }
  return result;
}

/**
 * Return the outline of each key as closed chains of arcs: key → [[arc, ~reversed, …], …].
 * @param {ControlData} data
 * @param {Int32Array} keys  a key for each region; -1 is nobody's
 */
export function outlines(data, keys) {
  const byKey = new Map();
  const add = (key, arc) => {
    if (key < 0) return;
    if (!byKey.has(key)) byKey.set(key, []);
    byKey.get(key).push(arc);
  };
  for (let arc = 0; arc < data.left.length; arc += 1) {
    const [left, right] = sides(data, keys, arc);
    if (left === right) continue;
    add(left, arc);
    add(right, ~arc);
  }
  const heads = new Int32Array(data.nodeCount).fill(-1);
  return new Map([...byKey].map(([key, arcs]) => [key, chains(data, arcs, heads)]));
}

/**
 * Return the fronts of a day: arcs between two different holders, by pair: [{a, b, sure, chains}], a < b.
 * A front is sure when both its sides are held firmly.
 * @param {ControlData} data
 * @param {{holder: Int16Array, style: Uint8Array}} day
 * @param {(style: number) => boolean} isFirm
 */
export function fronts(data, { holder, style }, isFirm) {
  const pairs = new Map();
  const { left, right } = data;
  for (let arc = 0; arc < left.length; arc += 1) {
    if (left[arc] < 0 || right[arc] < 0) continue;
    const [a, b] = [holder[left[arc]], holder[right[arc]]];
    if (a === b || a < 0 || b < 0) continue;
    const sure = isFirm(style[left[arc]]) && isFirm(style[right[arc]]);
    const id = `${Math.min(a, b)} ${Math.max(a, b)} ${sure}`;
    if (!pairs.has(id)) pairs.set(id, { a: Math.min(a, b), b: Math.max(a, b), sure, arcs: [] });
    // The lower holder keeps to the left, so that arcs of one front join.
    pairs.get(id).arcs.push(a < b ? arc : ~arc);
  }
  const heads = new Int32Array(data.nodeCount).fill(-1);
  return [...pairs.values()].map(({ arcs, ...pair }) => ({ ...pair, chains: lines(data, arcs, heads) }));
}

/** Join arcs into lines, beginning at open ends, so that a dash runs on from arc to arc. */
function lines(data, arcs, heads) {
  const { from, to } = data;
  const balance = new Map();
  for (const arc of arcs) {
    const [start, end] = arc < 0 ? [to[~arc], from[~arc]] : [from[arc], to[arc]];
    balance.set(start, (balance.get(start) ?? 0) + 1);
    balance.set(end, (balance.get(end) ?? 0) - 1);
  }
  const isOpen = (arc) => balance.get(arc < 0 ? to[~arc] : from[arc]) > 0;
  const ordered = [...arcs.filter(isOpen), ...arcs.filter((arc) => !isOpen(arc))];
  return chains(data, ordered, heads);
}

/** Return the arcs' points in pixels of the canvas. `view`: pixels of the whole world, and of the canvas's corner. */
export function projected({ xy }, { world, x0, y0 }) {
  const points = new Float32Array(xy.length);
  for (let i = 0; i < xy.length; i += 2) {
    points[i] = xy[i] * world - x0;
    points[i + 1] = xy[i + 1] * world - y0;
  }
  return points;
}

/** Add chains of arcs to the path of a canvas; `points` are those of `projected`. */
export function trace(context, { starts }, chainList, points, isClosed) {
  for (const chain of chainList) {
    let isFirst = true;
    for (const arc of chain) {
      const isReversed = arc < 0;
      const low = starts[isReversed ? ~arc : arc];
      const high = starts[(isReversed ? ~arc : arc) + 1] - 2;
      if (isFirst) context.moveTo(points[isReversed ? high : low], points[(isReversed ? high : low) + 1]);
      isFirst = false;
      // The last point of an arc is the first of the next one.
      if (isReversed) for (let i = high - 2; i >= low; i -= 2) context.lineTo(points[i], points[i + 1]);
      else for (let i = low + 2; i <= high; i += 2) context.lineTo(points[i], points[i + 1]);
    }
    if (isClosed) context.closePath();
  }
}
