/* Addresses within the page: #/documents?topic=7&q=tax is { name: 'documents', parts: [], query }.
 * Every state worth sending on has one. */

export function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [name, ...parts] = path.split('/').map((part) => {
    try { return decodeURIComponent(part); } catch { return part; }
  });
  return { name: name || 'overview', parts, query: new URLSearchParams(query) };
}

/* address('topic', 7), address('documents', { topic: 7, q: '' }): what is empty is left out; of an
 * array, every item is there. */
export function address(name, ...rest) {
  const query = new URLSearchParams();
  const parts = [];
  for (const item of rest) {
    if (item !== null && typeof item === 'object') {
      for (const [key, value] of Object.entries(item)) {
        for (const one of [value].flat()) {
          if (one !== undefined && one !== null && one !== '' && one !== false) query.append(key, one);
        }
      }
    } else {
      parts.push(encodeURIComponent(item));
    }
  }
  const text = query.toString();
  return `#/${[name === 'overview' && parts.length === 0 ? '' : name, ...parts].join('/')}${text ? `?${text}` : ''}`;
}

export const go = (...place) => { location.hash = address(...place); };

/* The same view in another state: the address follows, the view is not made anew. */
export const amend = (...place) => { history.replaceState(null, '', address(...place)); };

/* The same with some settings of its query changed; the others stay. */
export function adjust(changes) {
  const { name, parts, query } = parse(location.hash);
  amend(name, ...parts, { ...Object.fromEntries(query), ...changes });
}
