/* A chart with what belongs to it: a heading, how it is computed, the same as a table. */

import { el, newId, svg } from './dom.js';
import { plainTable } from './table.js';
import { csvText, download } from './csv.js';
import { S } from './strings.js';

/* An SVG picture with a name and a description for those who do not see it; interactive: with links in
 * it, which a mere image would hide; natural: in its own pixels, not as wide as there is room. */
export function picture({ width, height, title, description, className, interactive, natural }, ...children) {
  const titleId = newId('title');
  const descriptionId = newId('description');
  return svg('svg', { viewBox: `0 0 ${width} ${height}`, class: `chart ${className ?? ''}`, role: interactive ? 'group' : 'img', 'aria-labelledby': titleId, 'aria-describedby': description && descriptionId, preserveAspectRatio: 'xMinYMin meet', style: natural && { width: `${width}px` } },
    svg('title', { id: titleId }, title), description && svg('desc', { id: descriptionId }, description), children);
}

/* { title, heading (h3), note, chart, table: () => ({ caption, head, rows, exact: rows for the file, if others }), file } */
export function figure({ title, heading = 'h3', note, chart, table, file }) {
  const details = table && el('details', { class: 'as-table' }, el('summary', null, S.asTable));
  if (details) {
    details.addEventListener('toggle', () => {
      if (details.open && details.children.length === 1) {
        const content = table();
        details.append(el('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': content.caption }, plainTable(content)));
        if (file) {
          details.append(el('button', { type: 'button', on: { click: () => download(file, csvText(content.head, content.exact ?? content.rows)) } }, S.downloadCsv));
        }
      }
    });
  }
  return el('figure', null, (title || note) && el('figcaption', null, title && el(heading, null, title), note && el('p', { class: 'note' }, note)), chart, details);
}
