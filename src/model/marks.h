/* The words of a document's text, each with the topic that it most probably speaks of there, for
 * showing the text in the topics' colours. */
#ifndef THEMATA_MODEL_MARKS_H
#define THEMATA_MODEL_MARKS_H

#include "base/error.h"
#include "model/model.h"

#include <stddef.h>
#include <stdint.h>

/* A marked stretch, in UTF-16 code units, as JavaScript counts a text. */
typedef struct Mark {
    int64_t gap; /* from the end of the mark before it, or from the beginning */
    int64_t length;
    /* argmax over t of p(t | document, word) = h(d, t)·p(w, t) / Σ_u h(d, u)·p(w, u), h the
     * document's mixture and p a topic's probability of the word; the lower number of equal ones */
    int topic;
    int strength; /* by that p: 3 from .8 on, 2 from .5 on, else 1 */
} Mark;

/* For one thread. */
typedef struct Marker Marker;

/* Borrows the model, which must be made of texts, for as long as it lives. O(k·m). Errors are those
 * of the model's token rules. */
Status marker_new(const Model *model, Marker **marker, Error *error);

/* Sets *marks to those of document `document` (from 0), `length` bytes of text as cleaning has left
 * it, valid UTF-8, of which the first `shown` are to be marked: a word that goes beyond is not. The
 * marks live until the next call; they do not overlap: of words that do, the longest is marked
 * (word_places_thin). A word that the document's topics do not have is no mark, nor is any in a
 * document that is not modelled. There are none either where the token pattern takes too many steps
 * on the text: of a part of a text it can, if not of the whole, and a page is worth having still.
 * O(length + k·words). */
Status marker_find(Marker *marker, int64_t document, const char *text, size_t length, size_t shown,
                   const Mark **marks, size_t *count, Error *error);

void marker_free(Marker *marker);

#endif
