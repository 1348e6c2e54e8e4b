/* Numbers and dates for people, in the reader's own way. */

const whole = new Intl.NumberFormat();
const fixed = new Map();

function decimals(digits) {
  if (!fixed.has(digits)) {
    fixed.set(digits, new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return fixed.get(digits);
}

const tenth = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const few = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const significant = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });

export const NOTHING = '–';
const known = (value) => value !== null && value !== undefined && Number.isFinite(value);

export const count = (value) => (known(value) ? whole.format(Math.round(value)) : NOTHING);
export const percent = (value) => (known(value) ? tenth.format(value) : NOTHING);
export const shortPercent = (value) => (known(value) ? few.format(value) : NOTHING);
/* What rounds to nothing has no sign. */
const unsigned = (value, digits) => (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value);
export const decimal = (value, digits = 2) => (known(value) ? decimals(digits).format(unsigned(value, digits)).replace('-', '−') : NOTHING);
export const number = (value) => (known(value) ? significant.format(value).replace('-', '−') : NOTHING);
export const plural = (n, [one, many]) => `${count(n)} ${n === 1 ? one : many}`;
