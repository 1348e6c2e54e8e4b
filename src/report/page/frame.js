/* What stands around every view: title, search, sections, topics, and what was changed. */

import { el, foreign, replace } from './dom.js';
import { count, percent } from './format.js';
import { printing } from './print.js';
import { address, parse } from './router.js';
import { searchBox } from './search.js';
import { S } from './strings.js';

const THEMES = ['auto', 'light', 'dark'];

function themeButton() {
  const button = el('button', { type: 'button', class: 'quiet' });
  const apply = (theme) => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    replace(button, S.themes[theme]);
    button.title = S.theme;
  };
  let theme = 'auto';
  try { theme = localStorage.getItem('themata theme') ?? 'auto'; } catch { /* not allowed */ }
  if (!THEMES.includes(theme)) theme = 'auto';
  apply(theme);
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    try { localStorage.setItem('themata theme', theme); } catch { /* not allowed */ }
    apply(theme);
  });
  return button;
}

function sectionList(context, views) {
  const { data } = context;
  return el('ul', { class: 'sections' }, views.filter((view) => view.title && view.available(data))
    .map((view) => el('li', null, el('a', { href: address(view.id), 'data-view': view.id }, typeof view.title === 'function' ? view.title(data) : view.title))));
}

function topicList({ data, names }) {
  const list = el('ol', { class: 'topics' });
  const most = Math.max(...data.topics.map(({ share }) => share));
  const draw = () => replace(list, data.topics.map(({ topic, share }) => {
    if (names.isHidden(topic)) return null;
    const here = location.hash.replace(/\?.*/s, '') === address('topic', topic); /* when names change */
    return el('li', null, el('a', { href: address('topic', topic), 'data-topic': topic, 'aria-current': here && 'page', title: percent(share) },
      el('span', { class: 'topic-number' }, topic), el('span', { class: 'topic-name' }, foreign(names.name(topic))),
      el('span', { class: 'rail-bar', 'aria-hidden': 'true' }, el('span', { style: { width: `${(100 * share) / most}%` } }))));
  }), hiddenNote());
  const hiddenNote = () => {
    const hidden = data.topics.filter(({ topic }) => names.isHidden(topic)).length;
    return hidden > 0 && el('li', { class: 'note' }, el('a', { href: address('overview', { hidden: 1 }) }, `${count(hidden)} ${S.hiddenTopic}`));
  };
  draw();
  names.onChange(draw);
  return list;
}

/* The bar that reminds of changes which are in this browser only. */
function changesBar({ names }) {
  const bar = el('aside', { class: 'changes', 'aria-label': S.downloadLabels });
  const draw = () => {
    bar.hidden = names.count === 0;
    replace(bar, el('span', null, names.kept === false ? S.notKept : S.changed(names.count)), ' ',
      el('button', { type: 'button', class: 'primary', on: { click: () => names.download() } }, S.downloadLabels), ' ',
      el('button', { type: 'button', on: { click: () => names.reset() } }, S.undoLabels));
  };
  draw();
  names.onChange(draw);
  return bar;
}

export function buildFrame(context, views) {
  const { data } = context;
  const main = el('main', { id: 'content' });
  const printSummary = printing(context, main, () => parse(location.hash).name === 'overview');
  const live = el('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  const menu = el('button', { type: 'button', class: 'menu quiet', 'aria-expanded': 'false', 'aria-controls': 'rail' }, '☰', el('span', { class: 'unseen' }, S.menu));
  const rail = el('div', { class: 'rail', id: 'rail' },
    searchBox(context),
    el('nav', { 'aria-label': S.sections }, sectionList(context, views)),
    el('nav', { 'aria-label': S.topics(data.meta.nouns) }, el('h2', null, S.topics(data.meta.nouns)), topicList(context)));
  const open = (yes) => {
    rail.classList.toggle('open', yes);
    menu.setAttribute('aria-expanded', String(yes));
  };
  menu.addEventListener('click', () => open(!rail.classList.contains('open')));
  const node = el('div', { class: 'page' },
    el('a', { class: 'skip', href: '#content', on: { click: (event) => { event.preventDefault(); main.querySelector('h1')?.focus(); } } }, S.skip),
    el('header', { class: 'top' }, menu, el('a', { class: 'collection', href: address('overview') }, foreign(data.meta.title)),
      el('span', { class: 'tools' }, el('button', { type: 'button', class: 'quiet', title: S.printTitle, on: { click: printSummary } }, S.print), themeButton())),
    rail, el('div', { class: 'column' }, changesBar(context), main), live);
  return {
    node,
    main,
    announce: (text) => replace(live, text),
    /* Marks where the reader is. */
    enter(route) {
      open(false);
      for (const link of rail.querySelectorAll('[data-view], [data-topic]')) {
        const here = link.dataset.view === route.name || (route.name === 'topic' && link.dataset.topic === route.parts[0]);
        if (here) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    },
  };
}
