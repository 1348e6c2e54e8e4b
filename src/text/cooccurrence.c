#include "text/cooccurrence.h"

#include "base/memory.h"
#include "text/word_slots.h"

#include <stdlib.h>

Status word_slots_begin(WordSlots *slots, uint32_t words, const WordGroups *groups, Error *error)
{
    slots->heads = memory_new(words, sizeof *slots->heads, error);
    slots->next =
        memory_new((size_t)groups->count, (size_t)groups->depth * sizeof *slots->next, error);
    for (uint32_t w = 0; w < words && slots->heads; w++) {
        slots->heads[w] = SLOT_NONE;
    }
    return slots->heads && slots->next ? STATUS_OK : error_status(error);
}

void word_slots_free(WordSlots *slots)
{
    free(slots->heads);
    free(slots->next);
    *slots = (WordSlots){0};
}

Status cooccurrence_begin(const WordGroups *groups, Cooccurrence *counted, Error *error)
{
    const size_t depth = (size_t)groups->depth;
    counted->both = memory_new((size_t)groups->count, depth * depth * sizeof *counted->both, error);
    return counted->both ? STATUS_OK : error_status(error);
}

void cooccurrence_free(Cooccurrence *counted)
{
    free(counted->both);
    *counted = (Cooccurrence){0};
}

/* ---- documents ---- */

/* The groups that the document at hand has words of. */
typedef struct Touched {
    int64_t *groups; /* which */
    int64_t count;
    int *members; /* groups × depth: the places in the group of the words that are there */
    int *filled;  /* of each group, how many of these */
} Touched;

static Status touched_begin(Touched *touched, const WordGroups *groups, Error *error)
{
    const size_t count = (size_t)groups->count, depth = (size_t)groups->depth;
    touched->groups = memory_new(count, sizeof *touched->groups, error);
    touched->members = memory_new(count, depth * sizeof *touched->members, error);
    touched->filled = memory_new(count, sizeof *touched->filled, error);
    return touched->groups && touched->members && touched->filled ? STATUS_OK : error_status(error);
}

static void touched_free(Touched *touched)
{
    free(touched->groups);
    free(touched->members);
    free(touched->filled);
}

static void touch(Touched *touched, int64_t group, int depth, int place)
{
    if (touched->filled[group] == 0) {
        touched->groups[touched->count++] = group;
    }
    touched->members[group * depth + touched->filled[group]++] = place;
}

/* Counts every two words of a group that were touched, and forgets them. */
static void count_touched(Touched *touched, int depth, int64_t *both)
{
    for (int64_t i = 0; i < touched->count; i++) {
        const int64_t group = touched->groups[i];
        const int *members = touched->members + group * depth;
        int64_t *square = both + group * depth * depth;
        for (int a = 0; a < touched->filled[group]; a++) {
            for (int b = 0; b < touched->filled[group]; b++) {
                square[members[a] * depth + members[b]]++;
            }
        }
        touched->filled[group] = 0;
    }
    touched->count = 0;
}

static void count_documents(const Counts *counts, const WordSlots *slots, int depth,
                            Touched *touched, Cooccurrence *counted)
{
    counted->units = counts->documents;
    for (int64_t d = 0; d < counts->documents; d++) {
        for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
            int64_t slot = slots->heads[counts->words[p]];
            for (; slot != SLOT_NONE; slot = slots->next[slot]) {
                touch(touched, slot / depth, depth, (int)(slot % depth));
            }
        }
        count_touched(touched, depth, counted->both);
    }
}

Status cooccurrence_in_documents(const Counts *counts, uint32_t words, const WordGroups *groups,
                                 Cooccurrence *counted, Error *error)
{
    WordSlots slots = {0};
    Touched touched = {0};
    const int64_t all = (int64_t)groups->count * groups->depth;
    Status status = cooccurrence_begin(groups, counted, error);
    status = status ? status : word_slots_begin(&slots, words, groups, error);
    status = status ? status : touched_begin(&touched, groups, error);
    for (int64_t slot = 0; slot < all && !status; slot++) {
        if (groups->words[slot] != WORD_NONE) {
            word_slots_add(&slots, groups->words[slot], slot);
        }
    }
    if (!status) {
        count_documents(counts, &slots, groups->depth, &touched, counted);
    }
    touched_free(&touched);
    word_slots_free(&slots);
    return status;
}
