/* Charts drawn at the width they have, so that their letters are never scaled. */

import { el, replace } from '../dom.js';

/* draw(width) makes the chart; it is called anew when the width changes. */
export function fitted(draw) {
  const node = el('div', { class: 'fitted' });
  let last = 0;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width < 1 || width === last) return;
    last = width;
    requestAnimationFrame(() => replace(node, draw(width))); /* not while the browser measures */
  });
  observer.observe(node);
  return node;
}
