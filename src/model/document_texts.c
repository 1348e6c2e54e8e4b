#include "model/document_texts.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static int compare_documents(const void *left, const void *right)
{
    const DocumentText *a = left, *b = right;
    return (a->document > b->document) - (a->document < b->document);
}

/* Sorts them, each once. */
static void settle(DocumentTexts *texts)
{
    int64_t kept = 0;
    if (texts->count) {
        qsort(texts->items, (size_t)texts->count, sizeof *texts->items, compare_documents);
    }
    for (int64_t i = 0; i < texts->count; i++) {
        if (kept == 0 || texts->items[kept - 1].document != texts->items[i].document) {
            texts->items[kept++] = texts->items[i];
        }
    }
    texts->count = kept;
}

Status document_texts_of_best(const BestDocuments *best, DocumentTexts *texts, Error *error)
{
    size_t capacity = 0;
    for (int by = 0; by < BEST_KINDS; by++) {
        for (int t = 1; t <= best->k; t++) {
            int64_t count;
            const int64_t *documents = best_documents_of(best, (BestBy)by, t, &count);
            Status status = memory_reserve(&texts->items, &capacity, (size_t)(texts->count + count),
                                           sizeof *texts->items, error);
            if (status) {
                return status;
            }
            for (int64_t i = 0; i < count; i++) {
                texts->items[texts->count++] = (DocumentText){.document = documents[i]};
            }
        }
    }
    settle(texts);
    return STATUS_OK;
}

Status document_texts_of_selection(const DocumentSelection *selection, DocumentTexts *texts,
                                   Error *error)
{
    texts->items = memory_new((size_t)selection->count, sizeof *texts->items, error);
    texts->count = texts->items ? selection->count : 0;
    for (int64_t i = 0; i < texts->count; i++) {
        texts->items[i].document = selection->documents[i];
    }
    return texts->items ? STATUS_OK : error_status(error);
}

static int64_t count_characters(const char *text, size_t length)
{
    int64_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

Status document_texts_take_excerpts(const Model *model, DocumentTexts *texts, Error *error)
{
    for (int64_t i = 0; i < texts->count; i++) {
        DocumentText *item = &texts->items[i];
        const char *excerpt = model->documents.items[item->document].excerpt;
        Status status =
            document_text_take(item, excerpt, strlen(excerpt), EXCERPT_CHARACTERS, error);
        if (status) {
            return status;
        }
        /* a blank may have been its last character */
        item->cut = count_characters(item->text, item->length) >= EXCERPT_CHARACTERS - 1;
        item->marked = item->length - item->cut;
    }
    return STATUS_OK;
}

/* Where the text is to be cut of which `end` bytes could be shown: behind a blank that is near. */
static size_t cut_at(const char *text, size_t end)
{
    size_t at = end;
    for (int back = 0; back < TEXT_CUT_BACK && at > 0; back++) {
        if (text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\t') {
            return at;
        }
        do {
            at--;
        } while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
    }
    return end;
}

Status document_text_take(DocumentText *item, const char *text, size_t length, int64_t most,
                          Error *error)
{
    const size_t end = utf8_prefix(text, length, most);
    item->cut = end < length;
    item->shown = item->marked = item->cut ? cut_at(text, end) : end;
    item->length = end + utf8_prefix(text + end, length - end, TEXT_BEHIND);
    free(item->text);
    item->text = memory_copy_text(text, item->length, error);
    if (!item->text) {
        return error_status(error);
    }
    for (size_t i = 0; i < item->length; i++) {
        item->text[i] = item->text[i] ? item->text[i] : ' ';
    }
    return STATUS_OK;
}

void document_texts_free(DocumentTexts *texts)
{
    for (int64_t i = 0; i < texts->count; i++) {
        free(texts->items[i].text);
    }
    free(texts->items);
    *texts = (DocumentTexts){0};
}
