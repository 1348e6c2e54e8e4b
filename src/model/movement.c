#include "model/movement.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* ---- which documents are the same ---- */

/* How alike two documents have to be. */
typedef enum Likeness { SAME_ID_AND_TEXT, SAME_TEXT, SAME_ID, LIKENESSES } Likeness;

/* A document by what it is compared by. */
typedef struct Entry {
    const char *id; /* "" if texts alone are compared */
    uint64_t hash;  /* 0 if there is no text, or ids alone are compared */
    int64_t number;
} Entry;

/* Those that have no partner yet. */
typedef struct Entries {
    const DocumentList *documents;
    Entry *items; /* owned */
    int64_t count;
} Entries;

static int compare_keys(const Entry *a, const Entry *b)
{
    const int order = strcmp(a->id, b->id);
    return order ? order : a->hash < b->hash ? -1 : a->hash > b->hash;
}

static int compare_entries(const void *left, const void *right)
{
    const Entry *a = left, *b = right;
    const int order = compare_keys(a, b);
    return order ? order : a->number < b->number ? -1 : a->number > b->number;
}

static Status list_entries(const DocumentList *documents, Entries *entries, Error *error)
{
    *entries = (Entries){.documents = documents, .count = documents->count};
    entries->items = memory_new((size_t)documents->count, sizeof *entries->items, error);
    for (int64_t d = 0; d < documents->count && entries->items; d++) {
        entries->items[d].number = d;
    }
    return entries->items ? STATUS_OK : error_status(error);
}

static void sort_entries(Entries *entries, Likeness likeness)
{
    for (int64_t i = 0; i < entries->count; i++) {
        Entry *entry = &entries->items[i];
        const DocumentFacts *facts = &entries->documents->items[entry->number];
        entry->id = likeness == SAME_TEXT ? "" : facts->id;
        entry->hash = likeness == SAME_ID ? 0 : facts->hash;
    }
    if (entries->count > 0) {
        qsort(entries->items, (size_t)entries->count, sizeof *entries->items, compare_entries);
    }
}

static void add_pair(DocumentPairs *pairs, const Entry *a, const Entry *b, Likeness likeness,
                     bool have_texts)
{
    pairs->items[pairs->count++] = (DocumentPair){a->number, b->number};
    pairs->renamed += likeness == SAME_TEXT;
    pairs->changed += likeness == SAME_ID && have_texts;
}

/* Moves pairs that are so alike from the entries to the pairs. */
static void pair_alike(Entries *first, Entries *second, Likeness likeness, DocumentPairs *pairs)
{
    int64_t i = 0, j = 0, first_left = 0, second_left = 0;
    sort_entries(first, likeness);
    sort_entries(second, likeness);
    while (i < first->count || j < second->count) {
        const Entry *a = i < first->count ? &first->items[i] : NULL;
        const Entry *b = j < second->count ? &second->items[j] : NULL;
        const int order = !a ? 1 : !b ? -1 : compare_keys(a, b);
        const bool nothing = order == 0 && likeness == SAME_TEXT && a->hash == 0;
        if (order == 0 && !nothing) {
            add_pair(pairs, a, b, likeness,
                     first->documents->items[a->number].hash != 0 &&
                         second->documents->items[b->number].hash != 0);
        }
        if (order < 0 || nothing) {
            first->items[first_left++] = *a;
        }
        if (order > 0 || nothing) {
            second->items[second_left++] = *b;
        }
        i += order <= 0;
        j += order >= 0;
    }
    first->count = first_left;
    second->count = second_left;
}

static int compare_pairs(const void *left, const void *right)
{
    const DocumentPair *a = left, *b = right;
    return a->first < b->first ? -1 : a->first > b->first;
}

Status documents_pair(const DocumentList *first, const DocumentList *second, DocumentPairs *pairs,
                      Error *error)
{
    Entries entries = {0}, others = {0};
    Status status = list_entries(first, &entries, error);
    if (!status) {
        status = list_entries(second, &others, error);
    }
    if (!status) {
        pairs->items = memory_new((size_t)first->count, sizeof *pairs->items, error);
        status = pairs->items ? STATUS_OK : error_status(error);
    }
    for (Likeness likeness = 0; likeness < LIKENESSES && !status; likeness++) {
        pair_alike(&entries, &others, likeness, pairs);
    }
    if (pairs->count > 0) {
        qsort(pairs->items, (size_t)pairs->count, sizeof *pairs->items, compare_pairs);
    }
    free(entries.items);
    free(others.items);
    return status;
}

void document_pairs_free(DocumentPairs *pairs)
{
    free(pairs->items);
    *pairs = (DocumentPairs){0};
}

/* ---- where they went ---- */

const char *const move_names[] = {"stayed", "followed", "moved"};

/* What it means for a document to be in each pair of topics, first × second. */
static void judge_all(const Alignment *alignment, MoveKind *kinds)
{
    const int64_t columns = alignment->second_topics;
    for (int64_t cell = 0; cell < alignment->first_topics * columns; cell++) {
        kinds[cell] = MOVE_MOVED;
    }
    for (int64_t i = 0; i < alignment->relation_count; i++) {
        const TopicRelation *relation = &alignment->relations[i];
        if (relation->first != TOPIC_NONE && relation->second != TOPIC_NONE) {
            kinds[relation->first * columns + relation->second] = MOVE_FOLLOWED;
        }
    }
    for (int a = 0; a < alignment->first_topics; a++) {
        if (alignment->partner[a] != TOPIC_NONE) {
            kinds[a * columns + alignment->partner[a]] = MOVE_STAYED;
        }
    }
}

static float strength(const DocumentMove *move)
{
    return move->first_share < move->second_share ? move->first_share : move->second_share;
}

static int compare_moves(const void *left, const void *right)
{
    const DocumentMove *a = left, *b = right;
    if (a->kind != b->kind) {
        return a->kind > b->kind ? -1 : 1;
    }
    if (strength(a) != strength(b)) {
        return strength(a) > strength(b) ? -1 : 1;
    }
    return compare_pairs(&a->pair, &b->pair);
}

/* The document's main topic, from 0, and its share; TOPIC_NONE if it has none that is shown. */
static int main_topic(const Model *model, int64_t document, float *share)
{
    const MixtureSummary summary =
        mixture_summarise(model->mixtures + document * model->k, model->k);
    *share = summary.share;
    return summary.modelled && !model->labels[summary.topic - 1].hidden ? summary.topic - 1
                                                                        : TOPIC_NONE;
}

/* Fills the main topics of all pairs, and the moves but for their kind. */
static void look_up(const Model *first, const Model *second, const DocumentPairs *pairs,
                    Movement *movement, int *firsts, int *seconds)
{
    for (int64_t i = 0; i < pairs->count; i++) {
        DocumentMove move = {.pair = pairs->items[i]};
        firsts[i] = main_topic(first, move.pair.first, &move.first_share);
        seconds[i] = main_topic(second, move.pair.second, &move.second_share);
        if (firsts[i] == TOPIC_NONE || seconds[i] == TOPIC_NONE) {
            movement->left_out++;
            continue;
        }
        move.first_topic = firsts[i];
        move.second_topic = seconds[i];
        movement->items[movement->count++] = move;
    }
}

/* Keeps those that did not stay, in their order. */
static Status keep_moves(const Alignment *alignment, Movement *movement, Error *error)
{
    const int64_t cells = (int64_t)alignment->first_topics * alignment->second_topics;
    MoveKind *kinds = memory_new((size_t)cells, sizeof *kinds, error);
    if (!kinds) {
        return error_status(error);
    }
    judge_all(alignment, kinds);
    int64_t kept = 0;
    for (int64_t i = 0; i < movement->count; i++) {
        DocumentMove move = movement->items[i];
        move.kind = kinds[(int64_t)move.first_topic * alignment->second_topics + move.second_topic];
        movement->kinds[move.kind]++;
        if (move.kind != MOVE_STAYED) {
            movement->items[kept++] = move;
        }
    }
    movement->count = kept;
    if (kept > 0) {
        qsort(movement->items, (size_t)kept, sizeof *movement->items, compare_moves);
    }
    free(kinds);
    return STATUS_OK;
}

Status movement_find(const Model *first, const Model *second, const Alignment *alignment,
                     const DocumentPairs *pairs, Movement *movement, Error *error)
{
    movement->items = memory_new((size_t)pairs->count, sizeof *movement->items, error);
    int *firsts = memory_new((size_t)pairs->count, sizeof *firsts, error);
    int *seconds = memory_new((size_t)pairs->count, sizeof *seconds, error);
    Status status = movement->items && firsts && seconds ? STATUS_OK : error_status(error);
    if (!status) {
        look_up(first, second, pairs, movement, firsts, seconds);
        status = contingency_count(firsts, first->k, seconds, second->k, pairs->count,
                                   &movement->topics, error);
    }
    free(firsts);
    free(seconds);
    return status ? status : keep_moves(alignment, movement, error);
}

void movement_free(Movement *movement)
{
    free(movement->items);
    contingency_free(&movement->topics);
    *movement = (Movement){0};
}
