#include "app/window_reading.h"

#include "app/known_terms.h"
#include "app/reading.h"
#include "text/phrases.h"

#include <stdlib.h>
#include <string.h>

Status window_reading_check(const WindowReading *reading, Error *error)
{
    const Options *options = reading->options;
    if (options->coherence != COHERENCE_ALL) {
        return STATUS_OK;
    }
    if (options->matrix) {
        error_set(error, STATUS_USAGE, "--coherence all: a matrix has no windows of text");
        return error_hint(error, "--coherence doc measures what its counts tell");
    }
    if (reading_is_once(reading->path)) {
        error_set(error, STATUS_USAGE,
                  "--coherence all: reads the corpus twice, and %s can be read "
                  "only once",
                  strcmp(reading->path, "-") == 0 ? "standard input" : reading->path);
        return error_hint(error, "save it to a file first");
    }
    return STATUS_OK;
}

/* What the second reading brings. */
typedef struct Second {
    Reading reading;
    CollectedWords words;
    DocumentList documents;
} Second;

static Status read_corpus(const WindowReading *how, const Model *model, Second *second,
                          Error *error)
{
    const TokenizerOptions rules = model_token_rules(&model->text);
    Corpus *corpus = NULL;
    Status status = reading_open(how->options, how->path, how->avoid, &corpus, error);
    if (!status) {
        const ReadingPlan plan = {
            .corpus = corpus,
            .path = how->path,
            .tokenizer = &rules,
            .clean = &model->text.clean,
            .keeps_order = true,
            .threads = how->threads,
            .bytes_most = reading_bytes(how->options),
            .quiet = how->options->quiet,
        };
        status = reading_run(&plan, &second->documents, &second->reading, error);
    }
    corpus_free(corpus);
    return status;
}

static Status drop_duplicates(Second *second, Error *error)
{
    Duplicates duplicates = {0};
    double ignored;
    Status status = duplicates_find(&second->documents, &duplicates, error);
    if (!status && duplicates.count > 0) {
        status = reading_drop(&second->reading, &duplicates, &second->documents, &second->words,
                              &ignored, error);
    }
    duplicates_free(&duplicates);
    return status;
}

/* What repeats another is dropped from collected words, and before spilled ones are collected. */
static Status collect(const Model *model, bool drops, Second *second, Error *error)
{
    const bool spilled = second->reading.spill_count > 0;
    Status status =
        spilled ? STATUS_OK : known_terms_collect(model, &second->reading, &second->words, error);
    if (!status && drops) {
        status = drop_duplicates(second, error);
    }
    return status || !spilled ? status
                              : known_terms_collect(model, &second->reading, &second->words, error);
}

static Status check_documents(const WindowReading *how, const Model *model, const Second *second,
                              Error *error)
{
    const DocumentList *first = &model->documents, *again = &second->documents;
    bool same = first->count == again->count;
    for (int64_t d = 0; d < first->count && same; d++) {
        same = first->items[d].hash == again->items[d].hash;
    }
    if (same) {
        return STATUS_OK;
    }
    error_set(error, STATUS_INPUT, "%s: was changed while it was read", how->path);
    return error_hint(error, "--coherence all reads it twice");
}

/* As the first reading did it. */
static Status join_phrases(const WindowReading *how, const Model *model, Second *second,
                           Error *error)
{
    const PhrasePlan plan = {
        .given = &model->text.phrases,
        .stopped = &model->text.stopped,
        .blocks = second->reading.blocks,
        .block_count = second->reading.block_count,
        .words = &second->words,
        .file = second->reading.file,
        .threads = how->threads,
    };
    Phrases none = {0};
    return model->text.phrases.count ? phrases_join(&plan, &none, error) : STATUS_OK;
}

static Status count_windows(const WindowReading *how, Model *model, const Second *second,
                            Error *error)
{
    WordId *words = quality_top_words(model, error);
    const WordGroups groups = {.words = words, .count = model->k, .depth = TOP_WORDS};
    const WindowPlan plan = {
        .blocks = second->reading.blocks,
        .block_count = second->reading.block_count,
        .words = &second->words,
        .stopped = &model->text.stopped,
        .terms = &model->vocabulary,
        .groups = &groups,
        .threads = how->threads,
    };
    const WindowShape exact = {WINDOW_SHORT, WINDOW_EXACT}, shorts = {WINDOW_SHORT, WINDOW_GENSIM},
                      longs = {WINDOW_LONG, WINDOW_GENSIM};
    WindowCounts counts = {0};
    Status status = words ? STATUS_OK : error_status(error);
    status = status ? status : cooccurrence_in_windows(&plan, exact, &counts.exact, error);
    status = status ? status : cooccurrence_in_windows(&plan, shorts, &counts.shorts, error);
    status = status ? status : cooccurrence_in_windows(&plan, longs, &counts.longs, error);
    if (!status) {
        quality_add_windows(&model->quality, &groups, &counts);
    }
    cooccurrence_free(&counts.exact);
    cooccurrence_free(&counts.shorts);
    cooccurrence_free(&counts.longs);
    free(words);
    return status;
}

Status window_reading_measure(const WindowReading *reading, Model *model, Error *error)
{
    Second second = {0};
    Status status = read_corpus(reading, model, &second, error);
    const bool drops = reading->options->duplicates == DUPLICATES_DROP;
    status = status ? status : collect(model, drops, &second, error);
    status = status ? status : check_documents(reading, model, &second, error);
    status = status ? status : join_phrases(reading, model, &second, error);
    status = status ? status : count_windows(reading, model, &second, error);
    reading_free(&second.reading);
    collected_words_free(&second.words);
    documents_free(&second.documents);
    return status;
}
