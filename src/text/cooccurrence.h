/* How often words stand together: groups of a few words each, and for any two words of a group in
 * how many documents, or windows of text, both are. Only that is counted, so memory is needed for
 * the groups alone, whatever the size of the collection. All counts are whole numbers; nothing
 * depends on threads. */
#ifndef THEMATA_TEXT_COOCCURRENCE_H
#define THEMATA_TEXT_COOCCURRENCE_H

#include "base/error.h"
#include "text/collect.h"
#include "text/counts.h"
#include "text/vocabulary.h"

#include <stdint.h>

/* `count` groups of up to `depth` words, none twice in a group. */
typedef struct WordGroups {
    const WordId *words; /* borrowed: count × depth; WORD_NONE behind the last of a group */
    int count;
    int depth;
} WordGroups;

/* Start with an all-zero Cooccurrence. */
typedef struct Cooccurrence {
    int64_t units; /* documents, or windows, in all */
    int64_t *both; /* owned: groups × depth × depth, symmetric: in how many units words i and j of
                      a group are; with i = j, in how many the word is */
} Cooccurrence;

void cooccurrence_free(Cooccurrence *counted);

/* Counts by documents; the groups' words are numbers below `words`. *counted is all-zero before.
 * O(pairs of the counts + groups of a document · depth²). */
Status cooccurrence_in_documents(const Counts *counts, uint32_t words, const WordGroups *groups,
                                 Cooccurrence *counted, Error *error);

/* Which windows a word is in that stands more than once in one of them. */
typedef enum WindowRule {
    WINDOW_EXACT,  /* in every window that it stands in */
    WINDOW_GENSIM, /* as the library gensim (4.2) counts: no longer once any of its places has left
                      the window, until the next one enters */
} WindowRule;

/* A window of `width` places begins at every place of a document at which it fits; a document that
 * is shorter is one window, an empty one none. */
typedef struct WindowShape {
    int width;
    WindowRule rule;
} WindowShape;

/* What is counted, and where. All is borrowed. */
typedef struct WindowPlan {
    const CollectedBlock *blocks; /* with their words in order */
    size_t block_count;
    const CollectedWords *words; /* theirs */
    const Vocabulary *stopped;   /* words that take no place */
    const Vocabulary *terms;     /* what the groups' words are: some of `words`, or several of them
                                    with blanks in between, which stand at the place of the last */
    const WordGroups *groups;
    int threads;
} WindowPlan;

/* Counts by windows. *counted is all-zero before. O(tokens + tokens of the groups · depth). */
Status cooccurrence_in_windows(const WindowPlan *plan, WindowShape shape, Cooccurrence *counted,
                               Error *error);

#endif
