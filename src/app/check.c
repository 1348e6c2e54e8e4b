/* themata check: what fit would read, and what it would need. It takes the road of fit as far as
 * the pruned counts. */
#include "app/check_report.h"
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/metadata_input.h"
#include "app/reading.h"
#include "app/words.h"
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
    MetadataInput metadata;
    Words words;
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
    Status status = words_prepare(&check->words, &check->model, error);
    if (!status) {
        status = metadata_input_read(&check->metadata, check->options, check->corpus_path, error);
    }
    return status ? status
                  : reading_open(check->options, check->corpus_path, NULL, &check->corpus, error);
}

static Status read_documents(Check *check, Error *error)
{
    Status status = words_read_corpus(&check->words, check->corpus, &check->model, error);
    check->read = check->model.documents.count;
    if (!status) {
        status = metadata_input_settle(&check->metadata, check->options, check->corpus_path, NULL,
                                       &check->model.documents, error);
    }
    return status ? status : words_settle_duplicates(&check->words, &check->model, error);
}

/* ---- words ---- */

static Status choose_words(Check *check, Error *error)
{
    const CollectedWords *all = &check->words.all;
    Status status = words_settle_stop_words(&check->words, error);
    if (!status) {
        const double *tokens;
        const Vocabulary *letters = collected_letters(all, &tokens);
        status = scripts_count(letters, tokens, check->letters, error);
    }
    if (!status) {
        status = words_choose(&check->words, &check->model, error);
    }
    check->all_pairs = all->rest_pairs;
    for (WordId id = 0; id < all->words.count && !status; id++) {
        check->all_pairs += all->documents[id];
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
    const Vocabulary *words = &check->words.all.words;
    *ranked = memory_new(words->count, sizeof **ranked, error);
    if (!*ranked) {
        return error_status(error);
    }
    for (WordId id = 0; id < words->count; id++) {
        if (check->words.all.tokens[id] > 0.0 &&
            vocabulary_find(among, vocabulary_word(words, id), vocabulary_word_length(words, id)) !=
                WORD_NONE) {
            (*ranked)[(*count)++] =
                (FrequentWord){.word = id, .tokens = check->words.all.tokens[id]};
        }
    }
    if (*count > 0) {
        qsort_r(*ranked, (size_t)*count, sizeof **ranked, compare_words, &check->words.all.words);
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
        .cleaning = &check->words.reading.cleaned,
        .duplicates = &check->words.duplicates,
        .stop = &check->words.stop,
        .model = model,
        .all_words = &check->words.all.words,
        .all_count = collected_count(&check->words.all),
        .kept = check->kept,
        .kept_count = check->kept_count,
        .stopped = check->stopped,
        .stopped_count = check->stopped_count,
        .letters = check->letters,
        .read = check->read,
        .numbered = are_numbered(check),
        .sizes = {.bytes = check->words.reading.cleaned.bytes,
                  .documents = model->documents.count,
                  .all_words = collected_count(&check->words.all),
                  .all_pairs = check->all_pairs,
                  .words = model->vocabulary.count,
                  .pairs = counts_pairs(&model->counts),
                  .topics = (int)options->topics,
                  .threads = check->threads,
                  .room = reading_bytes(options)},
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
        status = rank_words(check, &check->words.stop.words, &check->stopped, &check->stopped_count,
                            error);
    }
    if (!status) {
        status = report(check, error);
    }
    return status ? status : diagnose(check, error);
}

static void check_free(Check *check)
{
    corpus_free(check->corpus);
    metadata_input_free(&check->metadata);
    words_free(&check->words);
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
    check.words = (Words){.options = options, .path = check.corpus_path, .threads = check.threads};
    Status status = run_stages(&check, error);
    if (!status && options->strict && corpus_notes(check.corpus)->count > 0) {
        *exit_code = EXIT_STRICT;
    }
    check_free(&check);
    return status;
}
