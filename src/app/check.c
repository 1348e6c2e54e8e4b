/* themata check: what fit would read, and what it would need. It takes the road of fit as far as
 * the pruned counts. */
#include "app/check_report.h"
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/reading.h"
#include "base/memory.h"
#include "base/threads.h"
#include "text/stopwords.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every part starts all-zero and is freed in the end. */
typedef struct Check {
    Invocation *invocation;
    const Options *options;
    const char *corpus_path;
    Corpus *corpus;
    Cleaning cleaning;
    Tokenizer *tokenizer;
    StopWords stop;
    Vocabulary all_words;
    Counter counter;
    int64_t *document_frequency; /* owned, of all words, as the next */
    double *term_frequency;
    Duplicates duplicates;
    Model model; /* documents, vocabulary, counts, tally */
    int64_t read;
    int64_t all_pairs;
    double letters[SCRIPTS_MAX];
    FrequentWord *kept; /* owned */
    int64_t kept_count;
    FrequentWord *stopped; /* owned */
    int64_t stopped_count;
} Check;

/* ---- reading ---- */

static Status prepare(Check *check, Error *error)
{
    const Options *options = check->options;
    CleanOptions *clean = &check->model.text.clean;
    Status status = cleaning_options(options, clean, error);
    if (!status) {
        status = cleaning_begin(clean, true, &check->cleaning, error);
    }
    if (!status) {
        status = tokenizer_new(&options->tokenizer, &check->tokenizer, error);
    }
    if (!status) {
        status = stopwords_read(options->stopwords, check->tokenizer, &check->stop, error);
        tokenizer_free(check->tokenizer); /* a new one, whose tally knows of the corpus only */
        check->tokenizer = NULL;
    }
    if (!status) {
        status = tokenizer_new(&options->tokenizer, &check->tokenizer, error);
    }
    return status ? status : reading_open(options, check->corpus_path, NULL, &check->corpus, error);
}

static Status read_documents(Check *check, Error *error)
{
    Model *model = &check->model;
    check->counter.vocabulary = &check->all_words;
    Status status = reading_count(check->corpus, check->corpus_path, &check->cleaning,
                                  check->tokenizer, &check->counter, &model->documents,
                                  &check->invocation->stages, check->options->quiet, error);
    if (!status) {
        model->tally.tokens = *tokenizer_tally(check->tokenizer);
        model->tally.found = (double)model->tally.tokens.matched;
        check->read = model->documents.count;
        status = duplicates_find(&model->documents, &check->duplicates, error);
    }
    if (!status && check->options->duplicates == DUPLICATES_DROP) {
        model->tally.dropped = check->duplicates.count;
        model->tally.repeated =
            duplicates_drop(&check->duplicates, &model->documents, &check->counter.counts);
    }
    return status;
}

/* ---- words ---- */

static Status choose_words(Check *check, Error *error)
{
    Model *model = &check->model;
    const uint32_t words = check->all_words.count;
    check->document_frequency = memory_new(words, sizeof *check->document_frequency, error);
    check->term_frequency = memory_new(words, sizeof *check->term_frequency, error);
    if (!check->document_frequency || !check->term_frequency) {
        return error_status(error);
    }
    counts_frequencies(&check->counter.counts, words, check->document_frequency,
                       check->term_frequency);
    check->all_pairs = counts_pairs(&check->counter.counts);
    Status status = STATUS_OK;
    if (check->stop.automatic) {
        status = stopwords_resolve(&check->stop, check->tokenizer, &check->all_words,
                                   check->term_frequency, error);
    }
    if (!status) {
        status = prune_words(&check->all_words, &check->counter.counts, &check->stop.words,
                             &check->options->prune, &model->vocabulary, &model->counts,
                             &model->tally.pruned, error);
    }
    if (!status) {
        reading_fill_sizes(&model->counts, &model->documents);
        status = scripts_count(&check->all_words, check->term_frequency, check->letters, error);
    }
    return status;
}

/* Falling frequency, then byte order of the word: a total order. */
static int compare_words(const void *left, const void *right, void *words)
{
    const FrequentWord *a = left, *b = right;
    if (a->tokens != b->tokens) {
        return a->tokens > b->tokens ? -1 : 1;
    }
    return strcmp(vocabulary_word(words, a->word), vocabulary_word(words, b->word));
}

/* The words of `all_words` that are in `among`, the most frequent first. */
static Status rank_words(Check *check, const Vocabulary *among, FrequentWord **ranked,
                         int64_t *count, Error *error)
{
    const Vocabulary *words = &check->all_words;
    *ranked = memory_new(words->count, sizeof **ranked, error);
    if (!*ranked) {
        return error_status(error);
    }
    for (WordId id = 0; id < words->count; id++) {
        if (check->term_frequency[id] > 0.0 &&
            vocabulary_find(among, vocabulary_word(words, id), vocabulary_word_length(words, id)) !=
                WORD_NONE) {
            (*ranked)[(*count)++] = (FrequentWord){.word = id, .tokens = check->term_frequency[id]};
        }
    }
    if (*count > 0) {
        qsort_r(*ranked, (size_t)*count, sizeof **ranked, compare_words, &check->all_words);
    }
    return STATUS_OK;
}

/* ---- the whole ---- */

/* Whether rows or objects got numbers for ids, for want of a column or field. */
static bool are_numbered(const Check *check)
{
    const DocumentList *documents = &check->model.documents;
    const int64_t *formats = corpus_format_counts(check->corpus);
    bool structured = false;
    for (int i = 0; corpus_format_names[i]; i++) {
        structured |= formats[i] > 0 && (strcmp(corpus_format_names[i], "table") == 0 ||
                                         strcmp(corpus_format_names[i], "JSON") == 0);
    }
    for (int64_t d = 0; d < documents->count && structured; d++) {
        const char *colon = strrchr(documents->items[d].id, ':');
        const char *number = colon ? colon + 1 : documents->items[d].id;
        structured = number[0] && strspn(number, "0123456789") == strlen(number);
    }
    return structured && !check->options->corpus.id_column && !check->options->corpus.id_field;
}

static Status report(const Check *check, Error *error)
{
    const Model *model = &check->model;
    const Options *options = check->options;
    CheckFacts facts = {
        .options = options,
        .corpus = check->corpus,
        .cleaning = &check->cleaning,
        .duplicates = &check->duplicates,
        .stop = &check->stop,
        .model = model,
        .all_words = &check->all_words,
        .kept = check->kept,
        .kept_count = check->kept_count,
        .stopped = check->stopped,
        .stopped_count = check->stopped_count,
        .letters = check->letters,
        .read = check->read,
        .numbered = are_numbered(check),
        .sizes = {.bytes = check->cleaning.bytes,
                  .documents = model->documents.count,
                  .all_words = check->all_words.count,
                  .all_pairs = check->all_pairs,
                  .words = model->vocabulary.count,
                  .pairs = counts_pairs(&model->counts),
                  .topics = (int)options->topics,
                  .threads = options->threads ? (int)options->threads : threads_available()},
    };
    for (int64_t d = 0; d < model->documents.count; d++) {
        facts.empty += model->documents.items[d].terms == 0;
    }
    return check_report_print(&facts, error);
}

/* What would stop a fit stops the check as well, once it is reported. */
static Status diagnose(const Check *check, Error *error)
{
    const Model *model = &check->model;
    return model->vocabulary.count == 0
               ? diagnose_no_words(check->corpus_path, &model->tally, error)
               : diagnose_topics(check->options->topics, model, error);
}

static Status run_stages(Check *check, Error *error)
{
    Status status = prepare(check, error);
    if (!status) {
        status = read_documents(check, error);
    }
    if (!status) {
        status = choose_words(check, error);
    }
    if (!status) {
        status =
            rank_words(check, &check->model.vocabulary, &check->kept, &check->kept_count, error);
    }
    if (!status) {
        status =
            rank_words(check, &check->stop.words, &check->stopped, &check->stopped_count, error);
    }
    if (!status) {
        status = report(check, error);
    }
    return status ? status : diagnose(check, error);
}

static void check_free(Check *check)
{
    cleaning_end(&check->cleaning);
    corpus_free(check->corpus);
    tokenizer_free(check->tokenizer);
    stopwords_free(&check->stop);
    vocabulary_free(&check->all_words);
    counter_free(&check->counter);
    free(check->document_frequency);
    free(check->term_frequency);
    duplicates_free(&check->duplicates);
    free(check->kept);
    free(check->stopped);
    model_free(&check->model);
}

Status check_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Check check = {
        .invocation = invocation,
        .options = options,
        .corpus_path = options->files_from ? options->files_from : options->arguments[0],
    };
    Status status = run_stages(&check, error);
    if (!status && options->strict && corpus_notes(check.corpus)->count > 0) {
        *exit_code = EXIT_STRICT;
    }
    check_free(&check);
    return status;
}
