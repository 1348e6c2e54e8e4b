/* Every view there is, in the order of the navigation.
 *
 * A view: { id (the first part of its address), title (in the navigation; none: it is not there),
 * available(data, route): whether there is anything to show, render(context, route): its node, whose
 * first heading is an h1 with tabindex −1 }. context: { data, names, announce(text) for the live region,
 * refresh(), release: set by a view that listens to something }. */

import { overview } from './view/overview.js';
import { documentsView } from './view/documents.js';
import { documentView } from './view/document.js';
import { timeView } from './view/time.js';
import { groupsView } from './view/groups.js';

export const views = [overview, documentsView, documentView, timeView, groupsView];
