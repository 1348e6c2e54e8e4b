/* Making nodes. Text only ever becomes text: nothing in the page is parsed as HTML, and the content
 * security policy forbids it. Whatever is said passes `visible` here, so that no view need think of it. */

const SVG = 'http://www.w3.org/2000/svg';
const MATHML = 'http://www.w3.org/1998/Math/MathML';
const SAID = new Set(['title', 'aria-label', 'placeholder']); /* attributes that are text for people */

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else if (name === 'style') {
      /* by the object model: the policy allows no style attributes */
      for (const [property, setting] of Object.entries(value)) node.style.setProperty(property, setting);
    } else {
      const text = value === true ? '' : String(value);
      node.setAttribute(name, SAID.has(name) ? visible(text) : text);
    }
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(visible(String(child))));
  }
  return node;
}

/* el('a', { href, class, on: { click } }, 'text', node, [more]) */
export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function mathml(tag, attributes, ...children) {
  return fill(document.createElementNS(MATHML, tag), attributes, children);
}

export function replace(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/* What the collection says - names, titles, words, values - may be written in any direction: it
 * stands by itself. */
export function foreign(text, attributes) {
  /* names such as grid/solar/energy may be broken at the slash, and what is far too long anywhere */
  const parts = text.split(/([^\s/]{32,})|(?<=\/)/).filter(Boolean)
    .flatMap((part) => (/^\S{32}/.test(part) ? part.match(/.{1,8}\p{M}*/gu) : part));
  return el('bdi', { dir: 'auto', ...attributes }, parts.map((part, i) => [i > 0 && el('wbr'), part]));
}

/* Text as it is shown, which is as long: C0 controls and DEL as their pictures, U+2400 and on; C1
 * controls and the marks that embed, override or isolate a direction as U+FFFD. Those that only have
 * one, as Arabic and Hebrew texts do, stay: they do not reach beyond their element. Tabs and line
 * breaks stay, too (report/html_escape.c shows the rest alike). */
export function visible(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (c) => {
    const code = c.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

let lastId = 0;
export const newId = (prefix) => `${prefix}-${++lastId}`;
