/* The page: reads the data, builds the frame, and shows the view that the address asks for. */

import { load } from './data.js';
import { el, replace } from './dom.js';
import { Names } from './names.js';
import { address, parse } from './router.js';
import { buildFrame } from './frame.js';
import { S } from './strings.js';
import { views } from './views.js';

function show(context, frame) {
  const route = parse(location.hash);
  const view = views.find(({ id }) => id === route.name);
  context.release?.(); /* what the last view listens to */
  context.release = undefined;
  let content;
  if (!view || !view.available(context.data, route)) {
    content = el('section', null, el('h1', { tabindex: -1 }, S.noSuchPlace), el('p', null, el('a', { href: address('overview') }, S.topics(context.data.meta.nouns))));
  } else {
    content = view.render(context, route);
  }
  replace(frame.main, content);
  frame.enter(route);
  const heading = frame.main.querySelector('h1');
  document.title = heading && route.name !== 'overview' ? `${heading.textContent} – ${context.data.meta.title}` : context.data.meta.title;
  if (context.started) {
    heading?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  context.started = true;
}

async function start() {
  const app = document.getElementById('app');
  let data;
  try {
    data = await load();
  } catch (error) {
    replace(app, el('p', { class: 'broken', role: 'alert' }, S.broken(error.message))); /* the static table stays */
    return;
  }
  const context = { data, names: new Names(data) };
  document.getElementById('static')?.remove();
  const frame = buildFrame(context, views);
  context.announce = frame.announce;
  context.refresh = () => show(context, frame);
  replace(app, frame.node);
  addEventListener('hashchange', () => show(context, frame));
  show(context, frame);
  document.documentElement.dataset.ready = String(Math.round(performance.now())); /* for measuring */
}

start();
