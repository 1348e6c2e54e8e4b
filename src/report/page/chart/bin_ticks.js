/* Which bins of time have a label: as many as there is room for, at round places of the calendar. */

const CHARACTER = 6.6; /* pixels, about, of a digit of 12 */
const GAP = 18;
const YEARS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/* The parts of an ISO date; years may have a sign and more than four digits. */
function partsOf(iso) {
  const [, year, month, day] = /^(-?\d+)-(\d\d)-(\d\d)/.exec(iso);
  return { year: Number(year), month: Number(month), day: Number(day), name: year };
}

/* Bins in which something of the calendar begins: its name differs from that of the bin before. */
function beginnings(starts, nameOf, isStart) {
  const found = [];
  for (let i = 0; i < starts.length; i++) {
    const name = nameOf(starts[i]);
    const begins = i === 0 ? isStart(starts[i]) : name !== nameOf(starts[i - 1]);
    if (begins) found.push({ bin: i, label: name });
  }
  return found;
}

/* Fine to coarse. */
function* levels(bins, starts) {
  const pad = (n) => String(n).padStart(2, '0');
  yield bins.map((label, bin) => ({ bin, label }));
  const month = ({ name, month: m }) => `${name}-${pad(m)}`;
  yield beginnings(starts, month, ({ day }) => day === 1);
  const quarter = ({ name, month: m }) => `${name}-${pad(m - ((m - 1) % 3))}`;
  yield beginnings(starts, quarter, ({ month: m, day }) => m % 3 === 1 && day === 1);
  const years = beginnings(starts, ({ name }) => name, ({ month: m, day }) => m === 1 && day === 1);
  for (const step of YEARS) yield years.filter(({ bin }) => starts[bin].year % step === 0);
}

/* [{ bin, label }] for a line of `width` pixels. */
export function binTicks({ bins, starts }, width) {
  const dates = starts.map(partsOf);
  let ticks = [];
  for (ticks of levels(bins, dates)) {
    const longest = Math.max(...ticks.map(({ label }) => label.length), 1);
    if (ticks.length >= 1 && ticks.length * (longest * CHARACTER + GAP) <= width) return ticks;
  }
  return ticks.slice(0, 1);
}
