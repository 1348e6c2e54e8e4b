/* Everything the page says in its own words that more than one view needs, or that takes a number. */

/* A noun at the head of a column. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const S = {
  pages: 'Pages of the table',
  table: 'Table',
  previous: 'Previous',
  next: 'Next',
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
  asTable: 'Show as table',
  downloadCsv: 'Download as CSV',
  menu: 'Sections and topics',
  search: 'Find a topic, word or document',
  noMatch: 'Nothing found.',
  topics: 'Topics',
  sections: 'Sections',
  skip: 'Skip to the content',
  theme: 'Colours: as the system has them, light, or dark',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  print: 'Print',
  hiddenTopic: 'hidden',
  changed: (count) => `${count === 1 ? 'One topic has' : `${count} topics have`} been renamed, noted or hidden here. It is kept in this browser only.`,
  notKept: 'This browser does not keep changes: download them before you close the page.',
  downloadLabels: 'Download labels.csv',
  undoLabels: 'Undo all',
  edit: 'Rename, note, hide',
  nameTopics: 'Name topics',
  done: 'Done',
  overTime: (unit) => `Over time, by ${unit}`,
  meanShare: (unit) => `Mean share of the topic by ${unit}: every document counts alike.`,
  sampled: (shown, documents) => `Of the ${shown} documents in this page; the collection has ${documents}.`,
  noSuchPlace: 'There is nothing at this address.',
  broken: (what) => `The page cannot be shown: ${what}`,
};
