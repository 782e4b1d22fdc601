// Elements without markup: text goes in as text, so hostile text stays text.

const SVG = "http://www.w3.org/2000/svg";

function apply(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "class") element.setAttribute("class", value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "checked" || name === "disabled" || name === "value" || name === "indeterminate") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Make an HTML element: `h("button", {class: "quiet", onclick: f}, "Text", otherElement)`. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  apply(element, attributes);
  return add(element, children);
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  apply(element, attributes);
  return add(element, children);
}

/** Make text that came from data: isolated, in its own direction. */
export function data(text, attributes = {}) {
  return h("bdi", { dir: "auto", ...attributes, text: text ?? "" });
}

/** Make one of the icons that the page carries as symbols. */
export function icon(name) {
  return svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `#icon-${name}` }));
}

/** Replace what an element holds. */
export function fillWith(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/** Return the element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Return an address only when it is http or https; anything else is not a link. */
export function safeUrl(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Return a function that runs `action` when it has not been called for `wait_ms`. */
export function debounce(action, wait_ms) {
  let timer = 0;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(action, wait_ms, ...values);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}
