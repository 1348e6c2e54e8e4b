#include "app/known_terms.h"

#include "base/memory.h"
#include "text/collect.h"
#include "text/ngrams.h"
#include "text/phrases.h"

#include <stdlib.h>

typedef struct KnownTerms {
    const Model *model;
    Reading *reading;
    CollectedWords all; /* words that were read */
    Vocabulary parts;   /* words in n-grams of the model */
    uint8_t *roles;     /* of all words */
    bool *unknown;      /* likewise */
    WordId *terms;      /* likewise: which of the model's each is */
    NgramCounts ngrams;
} KnownTerms;

/* Puts together what was spilled: all words that the model knows, and those in its n-grams. */
static Status merge_words(const Model *model, const Reading *reading, const Vocabulary *parts,
                          CollectedWords *all, Error *error)
{
    Vocabulary joined = {0};
    WordMerge merge = reading_merge(reading);
    merge.always[0] = &model->vocabulary;
    merge.always[1] = &model->text.stopped;
    merge.always[2] = parts;
    merge.always[3] = &joined;
    Status status = phrases_parts(&model->text.phrases, &joined, error);
    status = status ? status : word_merge(&merge, all, NULL, error);
    vocabulary_free(&joined);
    return status;
}

static Status collect_parts(const Model *model, const Reading *reading, const Vocabulary *parts,
                            CollectedWords *all, Error *error)
{
    return reading->spill_count > 0
               ? merge_words(model, reading, parts, all, error)
               : collect_words(reading->counters, reading->counter_count, all, error);
}

Status known_terms_collect(const Model *model, const Reading *reading, CollectedWords *all,
                           Error *error)
{
    Vocabulary parts = {0};
    Status status = ngrams_parts(&model->vocabulary, &parts, error);
    status = status ? status : collect_parts(model, reading, &parts, all, error);
    vocabulary_free(&parts);
    return status;
}

static bool is_in(const Vocabulary *vocabulary, const char *word, size_t length)
{
    return vocabulary_find(vocabulary, word, length) != WORD_NONE;
}

/* What each word that was read is to the model. */
static Status judge_words(KnownTerms *known, Error *error)
{
    const Vocabulary *all = &known->all.words;
    known->roles = memory_new(all->count, sizeof *known->roles, error);
    known->unknown = memory_new(all->count, sizeof *known->unknown, error);
    known->terms = memory_new(all->count, sizeof *known->terms, error);
    if (!known->roles || !known->unknown || !known->terms) {
        return error_status(error);
    }
    for (WordId w = 0; w < all->count; w++) {
        const char *word = vocabulary_word(all, w);
        const size_t length = vocabulary_word_length(all, w);
        const bool stopped = is_in(&known->model->text.stopped, word, length);
        const bool part = is_in(&known->parts, word, length);
        known->terms[w] = vocabulary_find(&known->model->vocabulary, word, length);
        known->roles[w] = stopped ? NGRAM_SKIP : part ? NGRAM_PART : NGRAM_BREAK;
        known->unknown[w] = !stopped && !part && known->terms[w] == WORD_NONE;
    }
    return STATUS_OK;
}

/* Sums up the unknown tokens of a block's documents. */
static Status count_unknown(const KnownTerms *known, const CollectedBlock *collected,
                            DocumentFacts *documents, Error *error)
{
    CountBlock view;
    Status status = count_block_open(&collected->block, &view, error);
    if (status) {
        return status;
    }
    const WordId *of = known->all.numbers[collected->counter].of;
    const uint32_t *at = view.packed;
    for (int64_t d = 0; d < view.documents; d++) {
        for (uint32_t left = view.lengths[d]; left > 0; left--) {
            WordId word;
            uint32_t count;
            at = pair_unpack(at, &word, &count);
            documents[d].unknown += known->unknown[of[word]] ? count : 0;
        }
    }
    count_block_close(&collected->block, &view);
    return STATUS_OK;
}

/* Joins the model's phrases. */
static Status join_phrases(KnownTerms *known, int threads, Error *error)
{
    const PhrasePlan plan = {
        .given = &known->model->text.phrases,
        .stopped = &known->model->text.stopped,
        .blocks = known->reading->blocks,
        .block_count = known->reading->block_count,
        .words = &known->all,
        .file = known->reading->file,
        .threads = threads,
    };
    Phrases none = {0};
    return phrases_join(&plan, &none, error);
}

static Status count_ngrams(KnownTerms *known, int threads, Error *error)
{
    const NgramPlan plan = {
        .options = known->model->text.ngrams,
        .blocks = known->reading->blocks,
        .block_count = known->reading->block_count,
        .words = &known->all,
        .roles = known->roles,
        .wanted = &known->model->vocabulary,
        .file = known->reading->file,
        .threads = threads,
    };
    return ngrams_count(&plan, &known->ngrams, error);
}

/* From numbers of words and n-grams to the model's, and both together. */
static Status collect_terms(KnownTerms *known, int threads, Counts *counts, Error *error)
{
    const Vocabulary *terms = &known->model->vocabulary, *found = &known->ngrams.terms;
    WordId *numbers = memory_new(found->count, sizeof *numbers, error);
    if (!numbers) {
        return error_status(error);
    }
    for (WordId t = 0; t < found->count; t++) {
        numbers[t] =
            vocabulary_find(terms, vocabulary_word(found, t), vocabulary_word_length(found, t));
    }
    word_numbers_renumber(known->ngrams.numbers, known->ngrams.threads, numbers);
    word_numbers_renumber(known->all.numbers, known->all.counters, known->terms);
    free(numbers);
    const CollectedLayer layers[COLLECTED_LAYERS] = {
        {.blocks = known->reading->blocks, .numbers = known->all.numbers},
        {.blocks = known->ngrams.blocks, .numbers = known->ngrams.numbers},
    };
    return collect_counts(layers, known->ngrams.blocks ? 2 : 1, known->reading->block_count,
                          terms->count, threads, counts, error);
}

static void known_free(KnownTerms *known)
{
    collected_words_free(&known->all);
    ngram_counts_free(&known->ngrams);
    vocabulary_free(&known->parts);
    free(known->roles);
    free(known->unknown);
    free(known->terms);
}

Status known_terms_count(const Model *model, Reading *reading, int threads, DocumentList *documents,
                         Counts *counts, Error *error)
{
    KnownTerms known = {.model = model, .reading = reading};
    const bool ngrams = model->text.ngrams.most > 1;
    Status status = ngrams ? ngrams_parts(&model->vocabulary, &known.parts, error) : STATUS_OK;
    status = status ? status : collect_parts(model, reading, &known.parts, &known.all, error);
    if (!status && model->text.phrases.count > 0) {
        status = join_phrases(&known, threads, error);
    }
    if (!status) {
        status = judge_words(&known, error);
    }
    int64_t document = 0;
    for (size_t b = 0; b < reading->block_count && !status; b++) {
        status = count_unknown(&known, &reading->blocks[b], documents->items + document, error);
        document += reading->blocks[b].block.documents;
    }
    if (!status && ngrams) {
        status = count_ngrams(&known, threads, error);
    }
    if (!status) {
        status = collect_terms(&known, threads, counts, error);
    }
    known_free(&known);
    return status;
}
