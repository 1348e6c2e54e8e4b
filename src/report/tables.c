#include "report/tables.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/auto_labels.h"
#include "report/page.h"
#include "report/topic_text.h"
#include "report/values.h"

#include <libsmartcols.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>
#include <zlib.h>

/* What any of the tables needs while it is written; only the parts of one table are set. */
typedef struct Context {
    const Model *model;
    const DocumentList *documents;
    const float *mixtures;
    int k;
    const NmfPass *passes;
    const CorpusNotes *notes;
    const MetadataNotes *metadata_notes;
    const Duplicates *duplicates;
    char **joined;      /* owned, k: each topic's top words as one text */
    char **relevant;    /* owned, k: those of largest relevance */
    char **names;       /* owned, k: what topics are called while nobody names them */
    char **flags;       /* owned, k: what there is to warn of each topic */
    double *frex;       /* owned: beside `words` */
    TopicWord *words;   /* owned: a row each */
    int *word_topics;   /* owned: beside `words` */
    int *word_ranks;    /* owned: beside `words` */
    int64_t *selection; /* owned: documents or topics, a row each; of shares, where each document's
                           rows begin */
    int topic;
    int64_t document;
    int64_t row; /* the last row of the shares, and its place in the mixtures */
    int64_t place;
    Column columns[TABLE_COLUMNS_MAX]; /* this table's own copy, where it differs */
} Context;

/* ---- common parts ---- */

static void release_context(void *opaque)
{
    Context *context = opaque;
    topic_texts_free(context->joined, context->k);
    topic_texts_free(context->relevant, context->k);
    auto_labels_free(context->names, context->k);
    topic_texts_free(context->flags, context->k);
    free(context->frex);
    free(context->words);
    free(context->word_topics);
    free(context->word_ranks);
    free(context->selection);
    free(context);
}

static Context *begin_table(Table *table, const char *name, const Column *columns, int column_count,
                            void (*fill)(void *, int64_t, Value *), Error *error)
{
    Context *context = memory_new(1, sizeof *context, error);
    *table = (Table){.name = name,
                     .columns = columns,
                     .column_count = column_count,
                     .fill = fill,
                     .context = context,
                     .release = release_context};
    return context;
}

/* The top words of every topic, joined by ", ". */
static Status join_words(Context *context, const Model *model, int words, Error *error)
{
    context->model = model;
    context->k = model->k;
    context->joined = topic_texts_new(model, words, error);
    return context->joined ? STATUS_OK : error_status(error);
}

/* The label column is there for people only when there are labels. */
static void fit_label_column(Context *context, Table *table)
{
    memcpy(context->columns, table->columns, (size_t)table->column_count * sizeof *table->columns);
    for (int c = 0; c < table->column_count; c++) {
        if (strcmp(context->columns[c].name, "label") == 0) {
            context->columns[c].only_files = !has_labels(context->model);
        }
    }
    table->columns = context->columns;
}

/* ---- topics ---- */

enum {
    TOPICS_MEASURES = 6, /* the first of what is measured */
    TOPICS_COHERENCE,
    TOPICS_STABILITY = TOPICS_MEASURES + 10,
    TOPICS_FLAGS,
    TOPICS_WORDS,
};

static const Column topics_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},
    {"label", COLUMN_TEXT, false, 0},
    {"auto_label", COLUMN_TEXT, true, 0},
    {"share", COLUMN_SHARE, false, 0},
    {"mass_share", COLUMN_SHARE, true, 0},
    {"n_docs", COLUMN_WHOLE, false, 0},
    [TOPICS_MEASURES] = {"n_docs_5pct", COLUMN_WHOLE, true, 0},
    [TOPICS_COHERENCE] = {"coherence", COLUMN_NUMBER, false, 2},
    {"exclusivity", COLUMN_NUMBER, true, 0},
    {"eff_words", COLUMN_NUMBER, true, 0},
    {"eff_docs", COLUMN_NUMBER, true, 0},
    {"doc_entropy", COLUMN_NUMBER, true, 0},
    {"rank1", COLUMN_NUMBER, true, 0},
    {"corpus_distance", COLUMN_NUMBER, true, 0},
    {"similar", COLUMN_WHOLE, true, 0},
    {"similarity", COLUMN_NUMBER, true, 0},
    [TOPICS_STABILITY] = {"stability", COLUMN_NUMBER, false, 2},
    [TOPICS_FLAGS] = {"flags", COLUMN_TEXT, false, 0},
    [TOPICS_WORDS] = {"top_words", COLUMN_TEXT, false, 0},
    {"top_words_relevant", COLUMN_TEXT, true, 0},
};

/* n_docs_5pct to similarity, and nothing if nothing was measured. */
static void fill_measures(const Model *model, int64_t row, Value *values)
{
    for (int c = 0; c < TOPICS_STABILITY - TOPICS_MEASURES; c++) {
        values[c] = missing_value;
    }
    if (!model->quality.topics) {
        return;
    }
    const TopicQuality *topic = &model->quality.topics[row];
    values[0] = whole_value((int64_t)topic->documents);
    values[1] = number_value(topic->npmi);
    values[2] = number_value(topic->exclusivity);
    values[3] = number_value(topic->effective_words);
    values[4] = number_value(topic->effective_documents);
    values[5] = number_value(topic->document_entropy);
    values[6] = number_value(topic->rank1);
    values[7] = number_value(topic->corpus_distance);
    if (topic->similar > 0.0) {
        values[8] = whole_value((int64_t)topic->similar);
        values[9] = number_value(topic->similarity);
    }
}

static void fill_topic(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const Model *model = context->model;
    values[0] = whole_value(row + 1);
    values[1] = text_value(model->labels[row].label);
    values[2] = text_value(context->names[row]);
    values[3] = number_value(model->shares[row]);
    values[4] = number_value(model->mass_shares[row]);
    values[5] = whole_value(model->main_documents[row]);
    fill_measures(model, row, values + TOPICS_MEASURES);
    values[TOPICS_STABILITY] =
        model->stability.samples > 0 ? number_value(model->stability.topic[row]) : missing_value;
    values[TOPICS_FLAGS] = text_value(context->flags[row]);
    values[TOPICS_WORDS] = text_value(context->joined[row]);
    values[TOPICS_WORDS + 1] = text_value(context->relevant[row]);
}

/* What there is to warn of; people see the column only if there is anything. */
static Status collect_flags(Context *context, Error *error)
{
    const Model *model = context->model;
    Column *column = &context->columns[TOPICS_FLAGS];
    column->only_files = true;
    context->flags = memory_new((size_t)model->k, sizeof *context->flags, error);
    Status status = context->flags ? STATUS_OK : error_status(error);
    for (int t = 0; t < model->k && !status; t++) {
        Buffer text = {0};
        status = quality_flags(model, t + 1, &text, error);
        context->flags[t] = text.bytes;
        column->only_files &= text.length == 0;
    }
    return status;
}

Status topics_table(const Model *model, int words, Table *table, Error *error)
{
    Context *context = begin_table(table, "topics", COLUMNS_OF(topics_columns), fill_topic, error);
    if (!context) {
        return error_status(error);
    }
    table->row_count = model->k;
    Status status = join_words(context, model, words, error);
    if (!status) {
        context->relevant = relevant_texts_new(model, words, error);
        context->names = auto_labels_new(model, AUTO_LABEL_WORDS, error);
        status = context->relevant && context->names ? STATUS_OK : error_status(error);
    }
    fit_label_column(context, table);
    context->columns[TOPICS_COHERENCE].only_files = model->quality.topics == NULL;
    context->columns[TOPICS_STABILITY].only_files = model->stability.samples == 0;
    return status ? status : collect_flags(context, error);
}

/* ---- words of topics ---- */

static const Column topic_words_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},     {"rank", COLUMN_WHOLE, false, 0},
    {"term", COLUMN_TEXT, true, 0},        {"surface", COLUMN_TEXT, false, 0},
    {"prob", COLUMN_NUMBER, false, 5},     {"weight", COLUMN_NUMBER, false, 3},
    {"lift", COLUMN_NUMBER, false, 2},     {"frex", COLUMN_NUMBER, false, 3},
    {"relevance", COLUMN_NUMBER, true, 0}, {"p_topic_given_term", COLUMN_NUMBER, true, 0},
    {"doc_freq", COLUMN_WHOLE, false, 0},  {"stability", COLUMN_NUMBER, false, 2},
};

/* Known of the first words of each topic, if at all. */
static Value word_stability(const ModelStability *stability, int topic, int rank)
{
    return stability->samples > 0 && rank <= stability->depth
               ? number_value(stability->words[(int64_t)(topic - 1) * stability->depth + rank - 1])
               : missing_value;
}

static void fill_topic_word(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const Model *model = context->model;
    const TopicWord word = context->words[row];
    const double probability = (double)word.probability;
    const int topic = context->word_topics[row];
    const double lift = model_lift(model, topic, word.word);
    values[0] = whole_value(topic);
    values[1] = whole_value(context->word_ranks[row]);
    values[2] = text_value(vocabulary_word(&model->vocabulary, word.word));
    values[3] = text_value(model_surface(model, word.word));
    values[4] = float_value(word.probability);
    values[5] = number_value(probability * model->topic_mass[topic - 1]);
    values[6] = number_value(lift);
    values[7] = number_value(context->frex[row]);
    values[8] = lift > 0.0 ? number_value(quality_relevance(probability, lift)) : missing_value;
    values[9] = number_value(model_topic_of_word(model, topic, word.word));
    values[10] = whole_value(model->document_frequency[word.word]);
    values[11] = word_stability(&model->stability, topic, context->word_ranks[row]);
}

/* The next rows: the words of a topic. `frex` has room for all words. */
static Status add_topic_words(Context *context, int topic, int words, const double *sums,
                              double *frex, Table *table, Error *error)
{
    TopicWord *rows = context->words + table->row_count;
    const int64_t count = model_top_words(context->model, topic, words, rows, error);
    if (count < 0 || quality_frex(context->model, topic, sums, frex, error)) {
        return error_status(error);
    }
    for (int64_t i = 0; i < count; i++) {
        context->word_topics[table->row_count] = topic;
        context->word_ranks[table->row_count] = (int)i + 1;
        context->frex[table->row_count++] = frex[rows[i].word];
    }
    return STATUS_OK;
}

Status topic_words_table(const Model *model, int topic, int words, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "topic_words", COLUMNS_OF(topic_words_columns), fill_topic_word, error);
    if (!context) {
        return error_status(error);
    }
    const int first = topic ? topic : 1, last = topic ? topic : model->k;
    if (words > (int64_t)model->vocabulary.count) {
        words = (int)model->vocabulary.count;
    }
    const size_t room = (size_t)last - (size_t)first + 1;
    context->model = model;
    memcpy(context->columns, table->columns, (size_t)table->column_count * sizeof *table->columns);
    context->columns[table->column_count - 1].only_files = model->stability.samples == 0;
    table->columns = context->columns;
    context->words = memory_new(room, (size_t)words * sizeof *context->words, error);
    context->word_topics = memory_new(room, (size_t)words * sizeof *context->word_topics, error);
    context->word_ranks = memory_new(room, (size_t)words * sizeof *context->word_ranks, error);
    context->frex = memory_new(room, (size_t)words * sizeof *context->frex, error);
    double *sums = quality_word_sums(model, error);
    double *frex = memory_new(model->vocabulary.count, sizeof *frex, error);
    Status status = context->words && context->word_topics && context->word_ranks &&
                            context->frex && sums && frex
                        ? STATUS_OK
                        : error_status(error);
    for (int t = first; t <= last && !status; t++) {
        status = add_topic_words(context, t, words, sums, frex, table, error);
    }
    free(sums);
    free(frex);
    return status;
}

/* ---- quality ---- */

enum { COHERENCE_OF_DOCUMENTS = 5 }; /* columns before those of windows */

static const Column coherence_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},        {"npmi", COLUMN_NUMBER, false, 3},
    {"npmi_epsilon", COLUMN_NUMBER, true, 0}, {"uci", COLUMN_NUMBER, false, 3},
    {"u_mass", COLUMN_NUMBER, false, 3},      {"window_npmi", COLUMN_NUMBER, false, 3},
    {"c_npmi", COLUMN_NUMBER, false, 3},      {"c_uci", COLUMN_NUMBER, false, 3},
    {"c_v", COLUMN_NUMBER, false, 3},
};

static void fill_coherence(void *opaque, int64_t row, Value *values)
{
    const Quality *quality = &((const Context *)opaque)->model->quality;
    const TopicQuality *topic = &quality->topics[row];
    values[0] = whole_value(row + 1);
    values[1] = number_value(topic->npmi);
    values[2] = number_value(topic->npmi_epsilon);
    values[3] = number_value(topic->uci);
    values[4] = number_value(topic->umass);
    if (quality->has_windows) {
        values[5] = number_value(topic->window_npmi);
        values[6] = number_value(topic->c_npmi);
        values[7] = number_value(topic->c_uci);
        values[8] = number_value(topic->c_v);
    }
}

Status coherence_table(const Model *model, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "coherence", COLUMNS_OF(coherence_columns), fill_coherence, error);
    if (!context) {
        return error_status(error);
    }
    context->model = model;
    table->row_count = model->quality.topics ? model->k : 0;
    if (!model->quality.has_windows) {
        table->column_count = COHERENCE_OF_DOCUMENTS;
    }
    return STATUS_OK;
}

static const Column quality_columns[] = {
    {"measure", COLUMN_TEXT, false, 0},
    {"value", COLUMN_NUMBER, false, 4},
};

static void fill_quality(void *opaque, int64_t row, Value *values)
{
    const Quality *quality = &((const Context *)opaque)->model->quality;
    const struct {
        const char *name;
        double value;
    } rows[] = {
        {"diversity", quality->diversity},           {"topics_hoyer", quality->topics_hoyer},
        {"topics_zeros", quality->topics_zeros},     {"mixtures_hoyer", quality->mixtures_hoyer},
        {"mixtures_zeros", quality->mixtures_zeros},
    };
    values[0] = text_value(rows[row].name);
    values[1] = number_value(rows[row].value);
}

Status quality_table(const Model *model, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "quality", COLUMNS_OF(quality_columns), fill_quality, error);
    if (!context) {
        return error_status(error);
    }
    context->model = model;
    table->row_count = model->quality.topics ? 5 : 0;
    return STATUS_OK;
}

/* ---- documents ---- */

static const Column documents_columns[] = {
    {"doc_id", COLUMN_TEXT, false, 0},    {"title", COLUMN_TEXT, false, 0},
    {"topic", COLUMN_WHOLE, false, 0},    {"share", COLUMN_SHARE, false, 0},
    {"topic2", COLUMN_WHOLE, false, 0},   {"share2", COLUMN_SHARE, false, 0},
    {"n_tokens", COLUMN_WHOLE, false, 0}, {"n_unknown", COLUMN_WHOLE, false, 0},
};

/* Tokens are whole numbers, but may be others in the model of a matrix. */
static bool is_whole(double tokens)
{
    return tokens < 0x1p53 && tokens == (double)(int64_t)tokens;
}

/* For either kind of column. */
static Value tokens_value(double tokens)
{
    return (Value){.whole = is_whole(tokens) ? (int64_t)tokens : 0, .number = tokens};
}

static void fit_tokens_column(Context *context, Table *table)
{
    bool whole = true;
    for (int64_t d = 0; d < context->documents->count && whole; d++) {
        whole = is_whole(context->documents->items[d].tokens);
    }
    if (whole) {
        return;
    }
    memcpy(context->columns, table->columns, (size_t)table->column_count * sizeof *table->columns);
    for (int c = 0; c < table->column_count; c++) {
        if (strcmp(context->columns[c].name, "n_tokens") == 0) {
            context->columns[c].kind = COLUMN_NUMBER;
            context->columns[c].decimals = 2;
        }
    }
    table->columns = context->columns;
}

static void fill_document(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const DocumentFacts *facts = &context->documents->items[row];
    const MixtureSummary summary =
        mixture_summarise(context->mixtures + row * context->k, context->k);
    values[0] = text_value(facts->id);
    values[1] = text_value(facts->title);
    values[2] = summary.topic ? whole_value(summary.topic) : missing_value;
    values[3] = summary.topic ? float_value(summary.share) : missing_value;
    values[4] = summary.topic2 ? whole_value(summary.topic2) : missing_value;
    values[5] = summary.topic2 ? float_value(summary.share2) : missing_value;
    values[6] = tokens_value(facts->tokens);
    values[7] = whole_value(facts->unknown);
}

Status documents_table(const DocumentList *documents, const float *mixtures, int k,
                       bool with_unknown, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "documents", COLUMNS_OF(documents_columns), fill_document, error);
    if (!context) {
        return error_status(error);
    }
    context->documents = documents;
    context->mixtures = mixtures;
    context->k = k;
    table->row_count = documents->count;
    table->column_count -= !with_unknown; /* the last column */
    fit_tokens_column(context, table);
    return STATUS_OK;
}

static const Column topic_documents_columns[] = {
    {"rank", COLUMN_WHOLE, false, 0},  {"doc_id", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0}, {"title", COLUMN_TEXT, false, 0},
    {"excerpt", COLUMN_TEXT, true, 0},
};

static void fill_topic_document(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const Model *model = context->model;
    const int64_t document = context->selection[row];
    const DocumentFacts *facts = &model->documents.items[document];
    values[0] = whole_value(row + 1);
    values[1] = text_value(facts->id);
    values[2] = float_value(model->mixtures[document * model->k + context->topic - 1]);
    values[3] = text_value(facts->title);
    values[4] = text_value(facts->excerpt);
}

Status topic_documents_table(const Model *model, int topic, int top, Table *table, Error *error)
{
    Context *context = begin_table(table, "topic_documents", COLUMNS_OF(topic_documents_columns),
                                   fill_topic_document, error);
    if (!context) {
        return error_status(error);
    }
    const int64_t wanted = top < model->documents.count ? top : model->documents.count;
    context->model = model;
    context->topic = topic;
    context->selection = memory_new((size_t)wanted, sizeof *context->selection, error);
    if (!context->selection) {
        return error_status(error);
    }
    table->row_count = model_top_documents(model, topic, wanted, context->selection, error);
    return table->row_count < 0 ? error_status(error) : STATUS_OK;
}

/* ---- the mixture of one document ---- */

static const Column mixture_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},
    {"label", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0},
    {"top_words", COLUMN_TEXT, false, 0},
};

static void fill_mixture(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const int64_t topic = context->selection[row];
    values[0] = whole_value(topic + 1);
    values[1] = text_value(context->model->labels[topic].label);
    values[2] = float_value(context->mixtures[topic]);
    values[3] = text_value(context->joined[topic]);
}

Status mixture_table(const Model *model, int64_t document, int words, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "mixture", COLUMNS_OF(mixture_columns), fill_mixture, error);
    if (!context) {
        return error_status(error);
    }
    const int k = model->k;
    context->mixtures = model->mixtures + document * k;
    context->selection = memory_new((size_t)k, sizeof *context->selection, error);
    Status status =
        context->selection ? join_words(context, model, words, error) : error_status(error);
    if (status) {
        return status;
    }
    /* Insertion by falling share; equal ones stay in order. Shares of 0 are left out. */
    for (int t = 0; t < k; t++) {
        if (context->mixtures[t] <= 0.0F) {
            continue;
        }
        int64_t at = table->row_count++;
        while (at > 0 && context->mixtures[context->selection[at - 1]] < context->mixtures[t]) {
            context->selection[at] = context->selection[at - 1];
            at--;
        }
        context->selection[at] = t;
    }
    fit_label_column(context, table);
    return STATUS_OK;
}

static const Column shares_columns[] = {
    {"doc_id", COLUMN_TEXT, false, 0},
    {"topic", COLUMN_WHOLE, false, 0},
    {"share", COLUMN_SHARE, false, 0},
};

/* The row's place in the mixtures: rows in order are found in one step, others by bisection. */
static int64_t seek_share(Context *context, int64_t row)
{
    const int64_t *starts = context->selection;
    const int k = context->k;
    int64_t left = row - context->row - 1; /* shares to pass over behind the last one */
    if (left < 0 || row >= starts[context->document + 1]) {
        int64_t low = 0, high = context->documents->count; /* starts[low] <= row < starts[high] */
        while (high - low > 1) {
            const int64_t middle = low + (high - low) / 2;
            *(starts[middle] <= row ? &low : &high) = middle;
        }
        context->document = low;
        context->place = low * k - 1;
        left = row - starts[low];
    }
    do {
        context->place++;
        left -= context->mixtures[context->place] > 0.0F;
    } while (left >= 0);
    context->row = row;
    return context->place;
}

static void fill_share(void *opaque, int64_t row, Value *values)
{
    Context *context = opaque;
    const int64_t place = seek_share(context, row);
    values[0] = text_value(context->documents->items[context->document].id);
    values[1] = whole_value(place - context->document * context->k + 1);
    values[2] = float_value(context->mixtures[place]);
}

Status shares_table(const DocumentList *documents, const float *mixtures, int k, Table *table,
                    Error *error)
{
    Context *context =
        begin_table(table, "doc_topics", COLUMNS_OF(shares_columns), fill_share, error);
    if (!context) {
        return error_status(error);
    }
    context->documents = documents;
    context->mixtures = mixtures;
    context->k = k;
    context->row = -1;
    context->place = -1;
    context->selection =
        memory_new((size_t)documents->count + 1, sizeof *context->selection, error);
    if (!context->selection) {
        return error_status(error);
    }
    for (int64_t d = 0; d < documents->count; d++) {
        for (int t = 0; t < k; t++) {
            table->row_count += mixtures[d * k + t] > 0.0F;
        }
        context->selection[d + 1] = table->row_count;
    }
    return STATUS_OK;
}

/* ---- how it went ---- */

static const Column convergence_columns[] = {
    {"pass", COLUMN_WHOLE, false, 0},
    {"objective", COLUMN_NUMBER, false, 3},
    {"relative_change", COLUMN_NUMBER, false, 9},
    {"kkt_residual", COLUMN_NUMBER, false, 9},
};

static void fill_pass(void *opaque, int64_t row, Value *values)
{
    const NmfPass *pass = &((const Context *)opaque)->passes[row];
    values[0] = whole_value(row + 1);
    values[1] = number_value(pass->objective);
    values[2] = number_value(pass->relative_change);
    values[3] = number_value(pass->kkt_residual);
}

Status convergence_table(const NmfPass *passes, int count, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "convergence", COLUMNS_OF(convergence_columns), fill_pass, error);
    if (!context) {
        return error_status(error);
    }
    context->passes = passes;
    table->row_count = count;
    return STATUS_OK;
}

static const Column notes_columns[] = {
    {"path", COLUMN_TEXT, false, 0},
    {"what", COLUMN_TEXT, false, 0},
    {"reason", COLUMN_TEXT, false, 0},
};

static void fill_note(void *opaque, int64_t row, Value *values)
{
    const CorpusNote *note = &((const Context *)opaque)->notes->items[row];
    values[0] = text_value(note->path);
    values[1] = text_value(note->kind == CORPUS_SKIPPED ? "skipped" : "repaired");
    values[2] = text_value(note->reason);
}

Status notes_table(const CorpusNotes *notes, Table *table, Error *error)
{
    Context *context = begin_table(table, "notes", COLUMNS_OF(notes_columns), fill_note, error);
    if (!context) {
        return error_status(error);
    }
    context->notes = notes;
    table->row_count = (int64_t)notes->count;
    return STATUS_OK;
}

static const Column metadata_columns[] = {
    {"what", COLUMN_TEXT, false, 0},
    {"id", COLUMN_TEXT, false, 0},
    {"row", COLUMN_WHOLE, false, 0},
    {"value", COLUMN_TEXT, false, 0},
};

static void fill_metadata_note(void *opaque, int64_t row, Value *values)
{
    const MetadataNote *note = &((const Context *)opaque)->metadata_notes->items[row];
    values[0] = text_value(metadata_note_names[note->kind]);
    values[1] = text_value(note->id);
    values[2] = note->row ? whole_value(note->row) : missing_value;
    values[3] = text_value(note->value);
}

Status metadata_table(const MetadataNotes *notes, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "metadata", COLUMNS_OF(metadata_columns), fill_metadata_note, error);
    if (!context) {
        return error_status(error);
    }
    context->metadata_notes = notes;
    table->row_count = (int64_t)notes->count;
    return STATUS_OK;
}

/* ---- phrases ---- */

static const Column phrases_columns[] = {
    {"phrase", COLUMN_TEXT, false, 0}, {"words", COLUMN_TEXT, false, 0},
    {"round", COLUMN_WHOLE, false, 0}, {"tokens", COLUMN_WHOLE, false, 0},
    {"npmi", COLUMN_NUMBER, false, 3},
};

static void fill_phrase(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const Phrase *phrase = &context->model->text.phrases.items[row];
    values[0] = text_value(context->joined[row]);
    values[1] = text_value(phrase->words);
    values[2] = whole_value(phrase->round + 1);
    values[3] = whole_value(phrase->tokens);
    values[4] = number_value(phrase->npmi);
}

Status phrases_table(const Model *model, Table *table, Error *error)
{
    const Phrases *phrases = &model->text.phrases;
    Context *context =
        begin_table(table, "phrases", COLUMNS_OF(phrases_columns), fill_phrase, error);
    if (!context) {
        return error_status(error);
    }
    context->model = model;
    context->k = (int)phrases->count; /* of `joined` */
    context->joined = memory_new(phrases->count, sizeof *context->joined, error);
    Status status = context->joined ? STATUS_OK : error_status(error);
    for (size_t i = 0; i < phrases->count && !status; i++) {
        Buffer joined = {0};
        status = phrase_spell(&phrases->items[i], &joined, error);
        context->joined[i] = joined.bytes;
    }
    table->row_count = (int64_t)phrases->count;
    return status;
}

/* ---- duplicates ---- */

static const Column duplicates_columns[] = {
    {"doc_id", COLUMN_TEXT, false, 0},
    {"duplicate_of", COLUMN_TEXT, false, 0},
};

static void fill_duplicate(void *opaque, int64_t row, Value *values)
{
    const Duplicate *duplicate = &((const Context *)opaque)->duplicates->items[row];
    values[0] = text_value(duplicate->id);
    values[1] = text_value(duplicate->of_id);
}

Status duplicates_table(const Duplicates *duplicates, Table *table, Error *error)
{
    Context *context =
        begin_table(table, "duplicates", COLUMNS_OF(duplicates_columns), fill_duplicate, error);
    if (!context) {
        return error_status(error);
    }
    context->duplicates = duplicates;
    table->row_count = duplicates->count;
    return STATUS_OK;
}

void report_libraries(LibraryFunction *tell, void *context)
{
    const char *version;
    scols_get_library_version(&version);
    tell(context, "libsmartcols", version);
    tell(context, "libxlsxwriter", lxw_version());
    tell(context, "SQLite", sqlite3_libversion());
    tell(context, "zlib", zlibVersion());
    page_tell_modules(tell, context);
}
