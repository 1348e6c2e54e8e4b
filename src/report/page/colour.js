/* Colours. More than eight things cannot be told apart by hue: those who compare choose up to eight,
 * which also differ in their dashes. */

/* Okabe and Ito (2008), readable on white and on near-black; the last is the colour of the text. */
export const OKABE_ITO = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#B8A800', 'currentColor'];
export const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 2', '10 4', '4 2', '12 3 3 3'];
export const CHOSEN_MOST = 8;

/* Cividis (Nuñez, Anderton and Renslow 2018), the same to readers with any colour vision, at ten
 * places; linear between them. */
const CIVIDIS = ['#00224e', '#123570', '#3b496c', '#575d6d', '#707173', '#8a8678', '#a59c74', '#c3b369', '#e1cc55', '#fee838'];
const PARTS = CIVIDIS.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));

/* 0 … 1 to a colour. */
export function cividis(value) {
  const at = Math.min(1, Math.max(0, value)) * (PARTS.length - 1);
  const low = Math.min(Math.floor(at), PARTS.length - 2);
  const mixed = PARTS[low].map((part, i) => Math.round(part + (at - low) * (PARTS[low + 1][i] - part)));
  return `rgb(${mixed.join(',')})`;
}

/* Whether dark text is read better on this place of the scale: there black and white both have a
 * contrast of 4.6. */
export const isLight = (value) => value > 0.47;
