#include "model/duplicates.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* A document by what it holds. */
typedef struct Content {
    uint64_t hash;
    int64_t document;
} Content;

static int compare_contents(const void *left, const void *right)
{
    const Content *a = left, *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return a->document < b->document ? -1 : a->document > b->document;
}

static int compare_duplicates(const void *left, const void *right)
{
    const Duplicate *a = left, *b = right;
    return a->document < b->document ? -1 : a->document > b->document;
}

/* Every document in which there is something, sorted; returns how many there are. */
static int64_t sort_contents(const DocumentList *documents, Content *contents)
{
    int64_t count = 0;
    for (int64_t d = 0; d < documents->count; d++) {
        const DocumentFacts *facts = &documents->items[d];
        if (facts->hash != 0 && facts->excerpt[0]) {
            contents[count++] = (Content){.hash = facts->hash, .document = d};
        }
    }
    if (count > 0) {
        qsort(contents, (size_t)count, sizeof *contents, compare_contents);
    }
    return count;
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
    Content *contents = memory_new((size_t)documents->count, sizeof *contents, error);
    if (!contents) {
        return error_status(error);
    }
    const int64_t count = sort_contents(documents, contents);
    size_t capacity = 0;
    Status status = STATUS_OK;
    for (int64_t i = 1, first = 0; i < count && !status; i++) {
        const int64_t of = contents[first].document, document = contents[i].document;
        if (contents[i].hash != contents[first].hash) {
            first = i;
        } else if (strcmp(documents->items[of].excerpt, documents->items[document].excerpt) == 0) {
            status = add(duplicates, &capacity, documents, document, of, error);
        }
    }
    if (duplicates->count > 0) {
        qsort(duplicates->items, (size_t)duplicates->count, sizeof *duplicates->items,
              compare_duplicates);
    }
    free(contents);
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
