/* Which values of metadata may be followed: addresses of the web, and files beside the page. */

const SCHEMES = new Set(['http:', 'https:']);
const FILE_COLUMNS = /^(file|path|link|href|url)$/i;

/* http and https, without a name and password in it. */
function webAddress(value) {
  let url;
  try { url = new URL(value); } catch { return undefined; }
  return SCHEMES.has(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}

/* Downwards from the page, in plain characters: no scheme, no root, no way up. */
function filePath(value) {
  const parts = value.split('/');
  // eslint-disable-next-line no-control-regex
  const plain = !/[\u0000-\u001f\u007f\\:]/.test(value) && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  return plain && /\.\w+$/.test(value) ? parts.map(encodeURIComponent).join('/') : undefined;
}

/* Where the value of a column leads to, or undefined. Values that were cut lead nowhere. */
export function linkOf(column, value) {
  if (value.endsWith('…')) return undefined;
  if (/^https?:\/\//i.test(value)) return webAddress(value);
  return FILE_COLUMNS.test(column) ? filePath(value) : undefined;
}
