/* Every view there is, in the order of the navigation.
 *
 * A view: { id (the first part of its address), title (in the navigation; none: it is not there),
 * available(data, route): whether there is anything to show, render(context, route): its node, whose
 * first heading is an h1 with tabindex −1 }. context: { data, names, announce(text) for the live region,
 * refresh(), release: set by a view that listens to something }. */

import { about } from './view/about.js';
import { compare } from './view/compare.js';
import { documentView } from './view/document.js';
import { documentsView } from './view/documents.js';
import { groupsView } from './view/groups.js';
import { map } from './view/map.js';
import { overview } from './view/overview.js';
import { quality } from './view/quality.js';
import { similarity } from './view/similarity.js';
import { timeView } from './view/time.js';
import { topic } from './view/topic.js';
import { word } from './view/word.js';
import { words } from './view/words.js';

export const views = [overview, topic, documentsView, documentView, timeView, groupsView, map, similarity, compare, words, word, quality, about];
