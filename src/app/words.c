#include "app/words.h"

#include "app/cleaning.h"
#include "app/matrix_input.h"
#include "base/memory.h"
#include "text/language.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- before reading ---- */

/* A language that is left open is the one that the stop words are of, if that is said. A matrix has
 * words already, of any length: no language's rules are for them. */
static TokenizerOptions choose_rules(const Options *options)
{
    TokenizerOptions rules = options->tokenizer;
    rules.graphemes_min = options->matrix ? 1 : rules.graphemes_min;
    rules.unspaced = options->matrix ? UNSPACED_WHOLE : tokenizer_unspaced(rules.unspaced);
    if (!options->matrix && strcmp(rules.language, "auto") == 0) {
        rules.language = stopwords_only_language(options->stopwords);
    }
    return rules;
}

Status words_prepare(Words *words, Model *model, Error *error)
{
    words->rules = choose_rules(words->options);
    Status status = tokenizer_new(&words->rules, &words->tokenizer, error);
    if (!status) {
        status = stopwords_read(words->options->stopwords, words->tokenizer, &words->stop, error);
    }
    return status ? status : cleaning_options(words->options, &model->text.clean, error);
}

/* ---- reading ---- */

Status words_read_corpus(Words *words, Corpus *corpus, Model *model, Error *error)
{
    Reading *reading = &words->reading;
    const ReadingPlan plan = {
        .corpus = corpus,
        .path = words->path,
        .tokenizer = &words->rules,
        .clean = &model->text.clean,
        .looks_for_tags = true,
        .keeps_order = words->options->ngrams.most > 1 || words->options->phrases > 0.0,
        .threads = words->threads,
        .bytes_most = reading_bytes(words->options),
        .quiet = words->options->quiet,
    };
    Status status = reading_run(&plan, &model->documents, reading, error);
    if (!status && reading->spill_count == 0) {
        status = collect_words(reading->counters, reading->counter_count, &words->all, error);
    }
    if (!status) {
        const CorpusNotes *notes = corpus_notes(corpus);
        model->tally.tokens = reading->tokens;
        model->tally.found = (double)reading->tokens.matched;
        model->tally.skipped = notes->skipped;
        model->tally.repaired = notes->repaired;
    }
    return status;
}

Status words_read_matrix(Words *words, Model *model, Error *error)
{
    CollectedWords *all = &words->all;
    Status status =
        matrix_input_read(words->options, &all->words, &words->given, &model->documents, error);
    if (!status) {
        all->documents = memory_new(all->words.count, sizeof *all->documents, error);
        all->tokens = memory_new(all->words.count, sizeof *all->tokens, error);
        status = all->documents && all->tokens ? STATUS_OK : error_status(error);
    }
    if (status) {
        return status;
    }
    counts_frequencies(&words->given, all->words.count, all->documents, all->tokens);
    model->input = MODEL_OF_MATRIX;
    for (int64_t d = 0; d < words->given.documents; d++) {
        model->tally.found += counts_tokens(&words->given, d);
    }
    return STATUS_OK;
}

/* In how many documents a word must be at least. */
static int64_t documents_least(const Words *words, int64_t documents)
{
    return (int64_t)ceil(document_share_of(words->options->prune.min, documents));
}

/* Puts spilled words together: those that will not be pruned for being rare, and those that decide
 * something before. Of the others none can be in a phrase or an n-gram that stays. */
static Status merge_words(Words *words, int64_t documents, Error *error)
{
    const bool phrases = words->options->phrases > 0.0;
    Vocabulary listed = {0};
    WordMerge merge = reading_merge(&words->reading);
    merge.documents_least = documents_least(words, documents);
    merge.tokens_least = phrases ? PHRASE_TOKENS_LEAST : INFINITY;
    merge.documents_most = document_share_of(words->options->prune.max, documents);
    if (!phrases && words->options->ngrams.most == 1) { /* else others compete, too */
        merge.words_most = words->options->prune.words_most;
    }
    merge.always[0] = &words->stop.words;
    merge.always[1] = &listed;
    Status status =
        words->stop.automatic ? stopwords_add_all(words->tokenizer, &listed, error) : STATUS_OK;
    status = status ? status : word_merge(&merge, &words->all, &words->spellings, error);
    vocabulary_free(&listed);
    return status;
}

Status words_settle_duplicates(Words *words, Model *model, Error *error)
{
    const bool drops = words->options->duplicates == DUPLICATES_DROP;
    Status status = duplicates_find(&model->documents, &words->duplicates, error);
    if (!status && drops && words->duplicates.count > 0) {
        model->tally.dropped = words->duplicates.count;
        status = reading_drop(&words->reading, &words->duplicates, &model->documents, &words->all,
                              &model->tally.repeated, error);
    }
    if (!status && words->reading.spill_count > 0) {
        status = merge_words(words, model->documents.count, error);
    }
    return status;
}

Status words_settle_stop_words(Words *words, Error *error)
{
    return words->stop.automatic ? stopwords_resolve(&words->stop, words->tokenizer,
                                                     &words->all.words, words->all.tokens, error)
                                 : STATUS_OK;
}

/* ---- choosing ---- */

/* Appends how a word is mostly written. */
static Status append_surface(const Words *words, const char *word, size_t length, Buffer *surface,
                             Error *error)
{
    const char *spelling = spellings_of(&words->spellings, word, length);
    return spelling ? buffer_append_text(surface, spelling, error)
                    : buffer_append(surface, word, length, error);
}

/* Shows a phrase as its words are shown, with blanks in between. */
static Status spell_phrase(Words *words, const Phrase *phrase, Error *error)
{
    Buffer joined = {0}, surface = {0};
    Status status = phrase_spell(phrase, &joined, error);
    for (const char *at = phrase->words; *at && !status;) {
        const size_t length = strcspn(at, " ");
        status = append_surface(words, at, length, &surface, error);
        at += length;
        if (*at && !status) {
            status = buffer_append_byte(&surface, *at++, error);
        }
    }
    if (!status && !spellings_of(&words->spellings, joined.bytes, joined.length)) {
        status = spellings_add(&words->spellings, joined.bytes, surface.bytes, error);
    }
    buffer_free(&joined);
    buffer_free(&surface);
    return status;
}

static Status join_phrases(Words *words, Phrases *phrases, Error *error)
{
    const PhrasePlan plan = {
        .npmi_least = words->options->phrases,
        .stopped = &words->stop.words,
        .blocks = words->reading.blocks,
        .block_count = words->reading.block_count,
        .words = &words->all,
        .file = words->reading.file,
        .threads = words->threads,
    };
    Status status = phrases_join(&plan, phrases, error);
    for (size_t i = 0; i < phrases->count && !status; i++) { /* those of the first round first */
        status = spell_phrase(words, &phrases->items[i], error);
    }
    return status;
}

/* What each word does in n-grams: stop words are passed over, and no n-gram with a word that is in
 * too few documents can be in enough. */
static uint8_t *choose_roles(const Words *words, int64_t documents_least, Error *error)
{
    const Vocabulary *all = &words->all.words;
    uint8_t *roles = memory_new(all->count, sizeof *roles, error);
    for (WordId w = 0; w < all->count && roles; w++) {
        const bool stopped = vocabulary_find(&words->stop.words, vocabulary_word(all, w),
                                             vocabulary_word_length(all, w)) != WORD_NONE;
        roles[w] = stopped                                     ? NGRAM_SKIP
                   : words->all.documents[w] < documents_least ? NGRAM_BREAK
                                                               : NGRAM_PART;
    }
    return roles;
}

static Status count_ngrams(Words *words, int64_t least, Error *error)
{
    const NgramOptions *options = &words->options->ngrams;
    uint8_t *roles = choose_roles(words, least, error);
    const NgramPlan plan = {
        .options = *options,
        .blocks = words->reading.blocks,
        .block_count = words->reading.block_count,
        .words = &words->all,
        .roles = roles,
        .documents_least = least,
        .file = words->reading.file,
        .threads = words->threads,
    };
    Status status = roles ? ngrams_count(&plan, &words->ngrams, error) : error_status(error);
    free(roles);
    return status ? status : ngrams_join(options, &words->ngrams, &words->all, error);
}

/* How each term of the model is mostly written; of an n-gram, each of its words. */
static Status set_surfaces(const Words *words, Model *model, Error *error)
{
    const Vocabulary *terms = &model->vocabulary;
    const char *separator = words->options->ngrams.most > 1 ? " " : "";
    Buffer surface = {0};
    Status status = STATUS_OK;
    model->surfaces = memory_new(terms->count, sizeof *model->surfaces, error);
    if (!model->surfaces) {
        return error_status(error);
    }
    for (WordId t = 0; t < terms->count && !status; t++) {
        const char *at = vocabulary_word(terms, t);
        buffer_clear(&surface);
        while (*at && !status) {
            const size_t length = *separator ? strcspn(at, separator) : strlen(at);
            status = append_surface(words, at, length, &surface, error);
            at += length;
            if (*at && !status) {
                status = buffer_append_byte(&surface, *at++, error);
            }
        }
        if (!status && strcmp(buffer_text(&surface), vocabulary_word(terms, t)) != 0) {
            model->surfaces[t] = memory_copy_text(surface.bytes, surface.length, error);
            status = model->surfaces[t] ? STATUS_OK : error_status(error);
        }
    }
    buffer_free(&surface);
    return status;
}

/* The counts of what stays, under its new numbers. */
static Status collect_kept(Words *words, const WordId *renumbered, Model *model, Error *error)
{
    const uint32_t kept = model->vocabulary.count;
    if (words->options->matrix) {
        return counts_renumber(&words->given, renumbered, kept, &model->counts, error);
    }
    const CollectedLayer layers[COLLECTED_LAYERS] = {
        {.blocks = words->reading.blocks, .numbers = words->all.numbers},
        {.blocks = words->ngrams.blocks, .numbers = words->ngrams.numbers},
    };
    word_numbers_renumber(words->all.numbers, words->all.counters, renumbered);
    word_numbers_renumber(words->ngrams.numbers, words->ngrams.threads, renumbered);
    return collect_counts(layers, words->ngrams.blocks ? 2 : 1, words->reading.block_count, kept,
                          words->threads, &model->counts, error);
}

/* How often the words that stay are there, which pruning does not change. */
static Status keep_frequencies(const CollectedWords *all, const WordId *renumbered, Model *model,
                               Error *error)
{
    const size_t kept = model->vocabulary.count;
    model->document_frequency = memory_new(kept, sizeof *model->document_frequency, error);
    model->term_frequency = memory_new(kept, sizeof *model->term_frequency, error);
    if (!model->document_frequency || !model->term_frequency) {
        return error_status(error);
    }
    for (WordId id = 0; id < all->words.count; id++) {
        if (renumbered[id] != WORD_NONE) {
            model->document_frequency[renumbered[id]] = all->documents[id];
            model->term_frequency[renumbered[id]] = all->tokens[id];
        }
    }
    return STATUS_OK;
}

Status words_choose(Words *words, Model *model, Error *error)
{
    const int64_t documents = model->documents.count;
    const int64_t least = documents_least(words, documents);
    Status status = STATUS_OK;
    if (!words->options->matrix && words->reading.spill_count == 0) {
        status = spellings_find_all(words->reading.counters, &words->all, least, &words->spellings,
                                    error);
        reading_release_counters(&words->reading);
    }
    if (!status && words->options->phrases > 0.0) {
        status = join_phrases(words, &model->text.phrases, error);
    }
    if (!status && words->options->ngrams.most > 1) {
        status = count_ngrams(words, least, error);
    }
    const WordFrequencies all = {
        .words = &words->all.words,
        .documents = words->all.documents,
        .tokens = words->all.tokens,
        .beyond = words->all.rest_beyond,
    };
    WordId *renumbered = status ? NULL : memory_new(all.words->count, sizeof *renumbered, error);
    if (!status) {
        status = renumbered ? STATUS_OK : error_status(error);
    }
    if (!status) {
        status = prune_words(&all, documents, &words->stop.words, &words->options->prune,
                             &model->vocabulary, renumbered, &model->tally.pruned, error);
    }
    if (!status) {
        status = keep_frequencies(&words->all, renumbered, model, error);
    }
    if (!status) {
        status = collect_kept(words, renumbered, model, error);
    }
    if (!status) {
        status = set_surfaces(words, model, error);
    }
    free(renumbered);
    if (!status) {
        reading_fill_sizes(&model->counts, &model->documents);
    }
    return status;
}

/* ---- for infer ---- */

/* A copy of a text that may be missing. */
static Status keep_text(const char *text, char **copy, Error *error)
{
    *copy = text ? memory_copy_text(text, strlen(text), error) : NULL;
    return text && !*copy ? error_status(error) : STATUS_OK;
}

Status words_keep_rules(Words *words, Model *model, Error *error)
{
    ModelText *text = &model->text;
    const TokenizerOptions *rules = &words->rules;
    const Language *language = NULL;
    Status status = language_choose(rules->language, &language, error);
    text->hyphens = rules->hyphens;
    text->cjk = rules->cjk;
    text->unspaced = rules->unspaced;
    text->stem = rules->stem;
    text->strip_accents = rules->strip_accents;
    text->keep_numbers = rules->keep_numbers;
    text->graphemes_min = rules->graphemes_min;
    text->graphemes_max = rules->graphemes_max;
    text->ngrams = words->options->ngrams;
    status = status ? status : keep_text(rules->pattern, &text->pattern, error);
    status = status ? status : keep_text(language ? language->name : NULL, &text->language, error);
    status = status ? status : keep_text(words->stop.language, &text->stop_language, error);
    if (!status) {
        text->stopped = words->stop.words; /* the model's from here on */
        words->stop.words = (Vocabulary){0};
    }
    return status;
}

void words_release(Words *words)
{
    reading_free(&words->reading);
    collected_words_free(&words->all);
    ngram_counts_free(&words->ngrams);
    spellings_free(&words->spellings);
    counts_free(&words->given);
    memory_give_back();
}

void words_free(Words *words)
{
    words_release(words);
    tokenizer_free(words->tokenizer);
    stopwords_free(&words->stop);
    duplicates_free(&words->duplicates);
}
