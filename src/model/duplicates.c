#include "model/duplicates.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* The first document of each hash: a hash table, open addressing. */
typedef struct Firsts {
    int64_t *slots; /* the document's number + 1; 0: free */
    size_t mask;
} Firsts;

static Status firsts_begin(Firsts *firsts, int64_t documents, Error *error)
{
    size_t count = 16;
    while (count / 2 < (size_t)documents) {
        count *= 2;
    }
    firsts->mask = count - 1;
    firsts->slots = memory_new(count, sizeof *firsts->slots, error);
    return firsts->slots ? STATUS_OK : error_status(error);
}

/* The first document with the hash of this one, which may be itself. */
static int64_t first_of(Firsts *firsts, const DocumentList *documents, int64_t document)
{
    const uint64_t hash = documents->items[document].hash;
    size_t at = hash & firsts->mask;
    while (firsts->slots[at] && documents->items[firsts->slots[at] - 1].hash != hash) {
        at = (at + 1) & firsts->mask;
    }
    if (!firsts->slots[at]) {
        firsts->slots[at] = document + 1;
    }
    return firsts->slots[at] - 1;
}

static Status add(Duplicates *duplicates, size_t *capacity, const DocumentList *documents,
                  int64_t document, int64_t of, Error *error)
{
    Status status = memory_reserve(&duplicates->items, capacity, (size_t)duplicates->count + 1,
                                   sizeof *duplicates->items, error);
    if (status) {
        return status;
    }
    const char *id = documents->items[document].id, *of_id = documents->items[of].id;
    Duplicate *added = &duplicates->items[duplicates->count++];
    *added = (Duplicate){.document = document, .of = of};
    added->id = memory_copy_text(id, strlen(id), error);
    added->of_id = memory_copy_text(of_id, strlen(of_id), error);
    return added->id && added->of_id ? STATUS_OK : error_status(error);
}

Status duplicates_find(const DocumentList *documents, Duplicates *duplicates, Error *error)
{
    Firsts firsts = {0};
    size_t capacity = 0;
    Status status = firsts_begin(&firsts, documents->count, error);
    for (int64_t d = 0; d < documents->count && !status; d++) {
        const DocumentFacts *facts = &documents->items[d];
        if (facts->hash == 0 || !facts->excerpt[0]) { /* there is nothing in it */
            continue;
        }
        const int64_t of = first_of(&firsts, documents, d);
        if (of != d && strcmp(documents->items[of].excerpt, facts->excerpt) == 0) {
            status = add(duplicates, &capacity, documents, d, of, error);
        }
    }
    free(firsts.slots);
    return status;
}

void duplicates_drop(const Duplicates *duplicates, DocumentList *documents)
{
    int64_t kept = 0, next = 0;
    for (int64_t d = 0; d < documents->count; d++) {
        if (next < duplicates->count && duplicates->items[next].document == d) {
            document_facts_free(&documents->items[d]);
            next++;
        } else {
            documents->items[kept++] = documents->items[d];
        }
    }
    documents->count = kept;
}

void duplicates_free(Duplicates *duplicates)
{
    for (int64_t i = 0; i < duplicates->count; i++) {
        free(duplicates->items[i].id);
        free(duplicates->items[i].of_id);
    }
    free(duplicates->items);
    *duplicates = (Duplicates){0};
}
