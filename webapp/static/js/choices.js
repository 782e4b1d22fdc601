// A list of choices with counts: tick boxes, a few at first, all on demand, folding out what lies under one.
// Rows are kept between updates, so that focus and scroll stay where they are.

import { data, h, icon, svg } from "./dom.js";
import { number, t } from "./i18n.js";

/** Fold text of either script for searching: no case, no marks, one form of alef, ya and ta marbuta. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/[ʼʻ'’`´-]/g, " ")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** Put exactly these nodes into the parent, moving as few as possible: a moved node would lose the focus. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!wanted.has(node)) node.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

function sign(item) {
  if (item.shape) return svg("svg", { class: "shape", "aria-hidden": "true" }, svg("use", { href: `#icon-${item.shape}` }));
  if (!item.colour) return null;
  const swatch = h("span", { class: "swatch part" });
  swatch.style.setProperty("--part", item.colour);
  return swatch;
}

function makeRow(item, { onToggle, onUnfold }) {
  const input = h("input", { type: "checkbox" });
  const count = h("span", { class: "count" });
  const tag = item.tag ? h("span", { class: "note" }, ` · ${item.tag}`) : null;
  const name = h("span", { class: "name", title: item.title ?? null }, data(item.name), tag);
  const row = h("div", { class: "row" }, h("label", {}, input, sign(item), name, count));
  const unfold = item.children?.length
    ? h("button", { class: "quiet unfold", type: "button", "aria-label": item.unfoldLabel }, icon("down"))
    : null;
  if (unfold) {
    row.append(unfold);
    unfold.addEventListener("click", () => onUnfold(item.id));
  }
  input.addEventListener("change", () => onToggle(item.id, input.checked));
  return {
    row,
    show(now, { checked, mixed, unfolded, depth }) {
      input.checked = checked;
      input.indeterminate = mixed && !checked;
      count.textContent = number(now.count);
      row.classList.toggle("none", now.count === 0);
      row.classList.toggle("indent", depth > 0);
      unfold?.setAttribute("aria-expanded", String(unfolded));
    },
  };
}

/**
 * Make a list of choices.
 *
 * options: name (for screen readers), limit (rows shown at first), searchLabel and noneLabel (when searchable),
 * onToggle(id, checked). Returns {element, update(sections, isChecked)}; a section is {title, items}, an item
 * {id, name, tag, count, colour|shape, title, words, children, unfoldLabel, isEcho (not among the first few)}.
 */
export function makeChoices({ name, limit = 8, searchLabel = null, noneLabel = "", onToggle }) {
  const rows = new Map();
  const unfolded = new Set();
  let sections = [];
  let isChecked = () => false;
  let all = false;
  let wanted = "";

  const list = h("div", { role: "group", "aria-label": name });
  const more = h("button", { class: "link", type: "button" });
  const none = h("p", { class: "note", hidden: true }, noneLabel);
  const field = searchLabel
    ? h("input", { class: "field", type: "search", dir: "auto", placeholder: searchLabel, "aria-label": searchLabel })
    : null;
  const element = h("div", { class: "choice-list" }, field, list, none, more);

  const matches = (item) => fold([item.name, item.title ?? "", ...(item.words ?? [])].join(" ")).includes(wanted);

  function rowFor(item, path, depth) {
    if (!rows.has(path)) rows.set(path, makeRow(item, { onToggle, onUnfold }));
    const mixed = (item.children ?? []).some((child) => isChecked(child.id));
    const { row, show } = rows.get(path);
    show(item, { checked: isChecked(item.id, item), mixed, unfolded: unfolded.has(item.id), depth });
    return row;
  }

  function visible(items) {
    if (wanted) return items.filter(matches);
    if (all) return items;
    const lively = items.filter((item) => item.count > 0 && !item.isEcho);
    const shown = new Set(lively.slice(0, limit));
    return items.filter((item) => shown.has(item) || isChecked(item.id) || item.children?.some((c) => isChecked(c.id)));
  }

  function draw() {
    const nodes = [];
    let total = 0;
    let shown = 0;
    for (const { title, items } of sections) {
      const now = visible(items);
      total += items.length;
      shown += now.length;
      if (title && now.length) nodes.push(heading(title));
      for (const item of now) {
        nodes.push(rowFor(item, item.id, 0));
        const open = unfolded.has(item.id) || (item.children ?? []).some((c) => isChecked(c.id) && !isChecked(item.id));
        if (open) for (const child of item.children) nodes.push(rowFor(child, `${item.id}/${child.id}`, 1));
      }
    }
    arrange(list, nodes);
    none.hidden = !wanted || shown > 0;
    more.hidden = Boolean(wanted) || (!all && shown === total);
    more.textContent = all ? t("facets.show_fewer") : t("facets.show_all", { count: number(total) });
  }

  const headings = new Map();
  function heading(title) {
    if (!headings.has(title)) headings.set(title, h("h3", {}, title));
    return headings.get(title);
  }

  function onUnfold(id) {
    if (!unfolded.delete(id)) unfolded.add(id);
    draw();
  }

  more.addEventListener("click", () => {
    all = !all;
    draw();
  });
  field?.addEventListener("input", () => {
    wanted = fold(field.value);
    draw();
  });

  return {
    element,
    update(nextSections, nextIsChecked) {
      sections = nextSections;
      isChecked = nextIsChecked;
      draw();
    },
  };
}
