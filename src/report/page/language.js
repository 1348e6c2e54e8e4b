/* The language of a document, for the browser's voice, fonts and hyphens, if it is known. */

const CODES = 'ar hy az eu ca da nl en fi fr de el hi hu id ga it lt ne no pl pt ro ru sr es sv ta tr yi'.split(' ');
const COLUMN = /^(lang|language)$/i;
const TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/* english → en */
function codeOf(name) {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return CODES.find((code) => code === name || names.of(code).toLowerCase() === name);
}

/* By its column of metadata; or by the stop words, which were found out from all the text. */
export function languageOf({ about, documents }, i) {
  const column = documents.columns.findIndex(({ name }) => COLUMN.test(name));
  const value = column >= 0 ? documents.value(i, column) : '';
  if (TAG.test(value)) return value;
  return codeOf(value.toLowerCase()) ?? (about?.stop_language ? codeOf(about.stop_language) : undefined);
}
