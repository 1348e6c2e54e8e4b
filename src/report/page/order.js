/* Orders of very many rows: places are computed once for a column, then any choice of rows is
 * sorted by numbers alone. */

export const MISSING = 0xffffffff; /* comes last, rising and falling */

export const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/* The place of each text among the others; the same for equal ones. */
export function placesOfTexts(texts, compare = collator.compare) {
  const placeOf = new Map();
  for (const text of texts) if (text) placeOf.set(text, 0);
  const order = [...placeOf.keys()].sort(compare);
  let place = 0;
  order.forEach((text, i) => {
    if (i > 0 && compare(order[i - 1], text) !== 0) place++;
    placeOf.set(text, place);
  });
  return Uint32Array.from(texts, (text) => (text ? placeOf.get(text) : MISSING));
}

/* The same of numbers, which need not be whole; null is missing. */
export function placesOfNumbers(numbers) {
  const order = [...new Set(numbers)].filter((number) => number !== null).sort((a, b) => a - b);
  const placeOf = new Map(order.map((number, place) => [number, place]));
  return Uint32Array.from(numbers, (number) => placeOf.get(number) ?? MISSING);
}

/* As ISO dates are ordered, and whatever else is by its code. */
export const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/* `rows` are indices into `places`; those at the same place stay as the rows are numbered. A place
 * and a row make one number below 2^53, so that the numbers sort without a function. */
export function sortByPlace(rows, places, falling) {
  const count = places.length;
  const keys = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const place = places[rows[i]];
    keys[i] = (falling && place !== MISSING ? MISSING - 1 - place : place) * count + rows[i];
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => key % count);
}
