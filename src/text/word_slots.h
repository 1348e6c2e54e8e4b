/* Where each word stands in groups of words: slot number group · depth + place. For the two that
 * count in how many documents and windows words stand together. */
#ifndef THEMATA_TEXT_WORD_SLOTS_H
#define THEMATA_TEXT_WORD_SLOTS_H

#include "base/error.h"
#include "text/cooccurrence.h"

#include <stdint.h>

enum { SLOT_NONE = -1 };

/* The slots of a word are a list: heads[word], next[that], … up to SLOT_NONE. */
typedef struct WordSlots {
    int64_t *heads; /* owned: of each word */
    int64_t *next;  /* owned: of each slot */
} WordSlots;

/* Makes room for `words` words, none of which has a slot yet. */
Status word_slots_begin(WordSlots *slots, uint32_t words, const WordGroups *groups, Error *error);

static inline void word_slots_add(WordSlots *slots, WordId word, int64_t slot)
{
    slots->next[slot] = slots->heads[word];
    slots->heads[word] = slot;
}

void word_slots_free(WordSlots *slots);

/* Makes room in *counted, which is all-zero before. */
Status cooccurrence_begin(const WordGroups *groups, Cooccurrence *counted, Error *error);

#endif
