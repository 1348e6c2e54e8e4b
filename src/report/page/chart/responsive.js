/* Charts are drawn in the pixels they get, so that their text has the size of other text. */

import { el, replace } from '../dom.js';

const NARROWEST = 280;

/* A place in which draw(width) stands, made anew when the width is another. What has the keyboard
 * (an element with data-key) keeps it. */
export function responsive(draw, { widest = Infinity } = {}) {
  const node = el('div', { class: 'responsive' });
  let drawn = 0;
  node.redraw = () => {
    const key = node.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    replace(node, draw(drawn));
    if (key !== undefined) node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  };
  const fit = () => {
    const width = Math.min(widest, Math.max(NARROWEST, Math.floor(node.clientWidth)));
    if (node.clientWidth === 0 || width === drawn) return;
    drawn = width;
    node.redraw();
  };
  new ResizeObserver(fit).observe(node);
  queueMicrotask(fit); /* before the first paint, if it stands in the page by then */
  return node;
}
