#include "app/reading.h"

#include "app/diagnosis.h"
#include "app/messages.h"

#include <inttypes.h>
#include <stdio.h>

/* The facts are the text floor's; which document it was is known here. */
static Status add_subject(Error *error, const char *id)
{
    const Error inner = *error;
    error_set(error, inner.status, "%s: %.700s", id, inner.message);
    return inner.hint[0] ? error_hint(error, "%s", inner.hint) : error_status(error);
}

Status reading_open(const Options *options, const char *path, const char *output, Corpus **corpus,
                    Error *error)
{
    return options->files_from ? corpus_open_list(path, options->nul_separated, &options->corpus,
                                                  output, corpus, error)
                               : corpus_open(path, &options->corpus, output, corpus, error);
}

/* What a note is about: a file, or a document within one. */
static const char *noun(const CorpusNote *note)
{
    return note->line ? "document" : "file";
}

static Status set_nothing_to_read(const Corpus *corpus, const char *path, Error *error)
{
    const CorpusNotes *notes = corpus_notes(corpus);
    if (notes->count == 0) {
        error_set(error, STATUS_INPUT, "%s: holds no documents", path);
        return error_hint(error, "%s", corpus_expectation(corpus));
    }
    error_set(error, STATUS_INPUT, "%s: holds no documents that can be read", path);
    return error_hint(error, "%" PRId64 " %s%s skipped, the first: %.200s (%s)", notes->skipped,
                      noun(&notes->items[0]), notes->skipped == 1 ? " was" : "s were",
                      notes->items[0].path, notes->items[0].reason);
}

static void show_progress(int64_t count, int64_t size)
{
    if (size > 0) {
        message_progress(false, "read %" PRId64 " of %" PRId64 " documents", count, size);
    } else {
        message_progress(false, "read %" PRId64 " documents", count);
    }
}

Status reading_count(Corpus *corpus, const char *path, Cleaning *cleaning, Tokenizer *tokenizer,
                     Counter *counter, DocumentList *documents, StageClock *stages, bool quiet,
                     Error *error)
{
    Document document = {0};
    Status status = STATUS_OK;
    while (!status) {
        bool found;
        stages_enter(stages, STAGE_CORPUS);
        status = corpus_next(corpus, &document, &found, error);
        if (status || !found) {
            break;
        }
        status = documents_add(documents, &document, error);
        stages_enter(stages, STAGE_TEXT);
        if (!status) {
            const char *text;
            size_t length;
            DocumentFacts *facts = &documents->items[documents->count - 1];
            status = cleaning_apply(cleaning, &document, facts, &text, &length, error);
            status = status ? status : counter_add(counter, tokenizer, text, length, error);
            status = status ? add_subject(error, buffer_text(&document.id)) : STATUS_OK;
        }
        if (!status) {
            documents->items[documents->count - 1].unknown = counter->unknown;
        }
        if (!quiet && documents->count % 1000 == 0) {
            show_progress(documents->count, corpus_size(corpus));
        }
    }
    stages_enter(stages, STAGE_TEXT);
    message_progress(false, "%s", "");
    if (!status && documents->count == 0) {
        status = set_nothing_to_read(corpus, path, error);
    }
    document_free(&document);
    return status;
}

void reading_say_duplicates(const Duplicates *duplicates, bool dropped)
{
    const int64_t count = duplicates->count;
    message_line("%" PRId64 " document%s %s the text of an earlier one%s", count, plural(count),
                 count == 1 ? "has" : "have",
                 !dropped     ? "; --duplicates drop leaves such out"
                 : count == 1 ? " and was left out"
                              : " and were left out");
}

void reading_fill_sizes(const Counts *counts, DocumentList *documents)
{
    for (int64_t d = 0; d < counts->documents; d++) {
        DocumentFacts *facts = &documents->items[d];
        facts->terms = counts->starts[d + 1] - counts->starts[d];
        facts->tokens = counts_tokens(counts, d);
    }
}
