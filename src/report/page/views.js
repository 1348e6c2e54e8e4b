/* Every view there is, in the order of the navigation.
 *
 * A view: { id (the first part of its address), title (in the navigation; none: it is not there),
 * available(data, route): whether there is anything to show, render(context, route): its node, whose
 * first heading is an h1 with tabindex −1 }. context: { data, names, announce(text) for the live region,
 * refresh(), release: set by a view that listens to something }. */

import { map } from './view/map.js';
import { overview } from './view/overview.js';
import { topic } from './view/topic.js';
import { compare } from './view/compare.js';
import { words } from './view/words.js';
import { word } from './view/word.js';

export const views = [overview, topic, compare, words, word];
import { documentsView } from './view/documents.js';
import { documentView } from './view/document.js';

export const views = [overview, documentsView, documentView];
import { similarity } from './view/similarity.js';

export const views = [overview, map, similarity];
