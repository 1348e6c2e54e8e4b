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
    const Options *options;
    const char *corpus_path;
    int threads;
    Corpus *corpus;
    Tokenizer *tokenizer; /* of the stop words */
    StopWords stop;
    Reading reading;
    CollectedWords all; /* the words before pruning */
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
    Status status = cleaning_options(options, &check->model.text.clean, error);
    if (!status) {
        status = tokenizer_new(&options->tokenizer, &check->tokenizer, error);
    }
    if (!status) {
        status = stopwords_read(options->stopwords, check->tokenizer, &check->stop, error);
    }
    return status ? status : reading_open(options, check->corpus_path, NULL, &check->corpus, error);
}

static Status read_documents(Check *check, Error *error)
{
    Model *model = &check->model;
    const ReadingPlan plan = {
        .corpus = check->corpus,
        .path = check->corpus_path,
        .tokenizer = &check->options->tokenizer,
        .clean = &model->text.clean,
        .looks_for_tags = true,
        .threads = check->threads,
        .bytes_most = reading_bytes(check->options),
        .quiet = check->options->quiet,
    };
    Reading *reading = &check->reading;
    Status status = reading_run(&plan, &model->documents, reading, error);
    if (!status) {
        status = collect_words(reading->counters, reading->counter_count, &check->all, error);
    }
    if (!status) {
        model->tally.tokens = reading->tokens;
        model->tally.found = (double)reading->tokens.matched;
        check->read = model->documents.count;
        status = duplicates_find(&model->documents, &check->duplicates, error);
    }
    if (!status && check->options->duplicates == DUPLICATES_DROP && check->duplicates.count > 0) {
        model->tally.dropped = check->duplicates.count;
        status = reading_drop(reading, &check->duplicates, &model->documents, &check->all,
                              &model->tally.repeated, error);
    }
    return status;
}

/* ---- words ---- */

/* The counts of the words that stay, as fit makes them. */
static Status count_kept(Check *check, const WordId *renumbered, Error *error)
{
    Model *model = &check->model;
    word_numbers_renumber(check->all.numbers, check->all.counters, renumbered);
    const CollectedLayer words = {.blocks = check->reading.blocks, .numbers = check->all.numbers};
    return collect_counts(&words, 1, check->reading.block_count, model->vocabulary.count,
                          check->threads, &model->counts, error);
}

static Status choose_words(Check *check, Error *error)
{
    Model *model = &check->model;
    const CollectedWords *all = &check->all;
    const WordFrequencies frequencies = {
        .words = &all->words, .documents = all->documents, .tokens = all->tokens};
    for (WordId id = 0; id < all->words.count; id++) {
        check->all_pairs += all->documents[id];
    }
    WordId *renumbered = memory_new(all->words.count, sizeof *renumbered, error);
    Status status = renumbered ? STATUS_OK : error_status(error);
    if (!status && check->stop.automatic) {
        status = stopwords_resolve(&check->stop, check->tokenizer, &all->words, all->tokens, error);
    }
    if (!status) {
        status = prune_words(&frequencies, model->documents.count, &check->stop.words,
                             &check->options->prune, &model->vocabulary, renumbered,
                             &model->tally.pruned, error);
    }
    if (!status) {
        status = count_kept(check, renumbered, error);
    }
    free(renumbered);
    if (!status) {
        reading_fill_sizes(&model->counts, &model->documents);
        status = scripts_count(&all->words, all->tokens, check->letters, error);
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
    const Vocabulary *words = &check->all.words;
    *ranked = memory_new(words->count, sizeof **ranked, error);
    if (!*ranked) {
        return error_status(error);
    }
    for (WordId id = 0; id < words->count; id++) {
        if (check->all.tokens[id] > 0.0 &&
            vocabulary_find(among, vocabulary_word(words, id), vocabulary_word_length(words, id)) !=
                WORD_NONE) {
            (*ranked)[(*count)++] = (FrequentWord){.word = id, .tokens = check->all.tokens[id]};
        }
    }
    if (*count > 0) {
        qsort_r(*ranked, (size_t)*count, sizeof **ranked, compare_words, &check->all.words);
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
        .cleaning = &check->reading.cleaned,
        .duplicates = &check->duplicates,
        .stop = &check->stop,
        .model = model,
        .all_words = &check->all.words,
        .kept = check->kept,
        .kept_count = check->kept_count,
        .stopped = check->stopped,
        .stopped_count = check->stopped_count,
        .letters = check->letters,
        .read = check->read,
        .numbered = are_numbered(check),
        .sizes = {.bytes = check->reading.cleaned.bytes,
                  .documents = model->documents.count,
                  .all_words = check->all.words.count,
                  .all_pairs = check->all_pairs,
                  .words = model->vocabulary.count,
                  .pairs = counts_pairs(&model->counts),
                  .topics = (int)options->topics,
                  .threads = check->threads},
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
    corpus_free(check->corpus);
    tokenizer_free(check->tokenizer);
    stopwords_free(&check->stop);
    reading_free(&check->reading);
    collected_words_free(&check->all);
    duplicates_free(&check->duplicates);
    free(check->kept);
    free(check->stopped);
    model_free(&check->model);
}

Status check_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    stages_enter(&invocation->stages, STAGE_TEXT);
    Check check = {
        .options = options,
        .corpus_path = options->files_from ? options->files_from : options->arguments[0],
        .threads = options->threads ? (int)options->threads : threads_available(),
    };
    Status status = run_stages(&check, error);
    if (!status && options->strict && corpus_notes(check.corpus)->count > 0) {
        *exit_code = EXIT_STRICT;
    }
    check_free(&check);
    return status;
}
