#include "report/tables.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

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
    TopicWord *words;   /* owned: a row each */
    int *word_topics;   /* owned: beside `words` */
    int *word_ranks;    /* owned: beside `words` */
    int64_t *selection; /* owned: documents, or document · k + topic, or topics: a row each */
    int topic;
    int64_t document;
    Column columns[TABLE_COLUMNS_MAX]; /* this table's own copy, where it differs */
} Context;

/* ---- common parts ---- */

static Value text_value(const char *text)
{
    return (Value){.text = text};
}

static Value whole_value(int64_t whole)
{
    return (Value){.whole = whole};
}

static Value number_value(double number)
{
    return (Value){.number = number};
}

static Value float_value(float number)
{
    return (Value){.number = (double)number, .is_float32 = true};
}

static const Value missing_value = {.missing = true};

static Context *begin_table(Table *table, const char *name, const Column *columns, int column_count,
                            void (*fill)(void *, int64_t, Value *), Error *error)
{
    Context *context = memory_new(1, sizeof *context, error);
    *table = (Table){.name = name,
                     .columns = columns,
                     .column_count = column_count,
                     .fill = fill,
                     .context = context};
    return context;
}

#define COLUMNS_OF(columns) (columns), (int)(sizeof(columns) / sizeof(columns)[0])

void table_free(Table *table)
{
    Context *context = table->context;
    if (!context) {
        return;
    }
    for (int t = 0; context->joined && t < context->k; t++) {
        free(context->joined[t]);
    }
    free(context->joined);
    free(context->words);
    free(context->word_topics);
    free(context->word_ranks);
    free(context->selection);
    free(context);
    *table = (Table){0};
}

/* The top words of every topic, joined by ", ". */
static Status join_words(Context *context, const Model *model, int words, Error *error)
{
    context->model = model;
    context->k = model->k;
    if (words > (int64_t)model->vocabulary.count) {
        words = (int)model->vocabulary.count;
    }
    context->joined = memory_new((size_t)model->k, sizeof *context->joined, error);
    TopicWord *top = memory_new((size_t)words, sizeof *top, error);
    Status status = context->joined && top ? STATUS_OK : error_status(error);
    for (int t = 0; t < model->k && !status; t++) {
        Buffer text = {0};
        int64_t count = model_top_words(model, t + 1, words, top, error);
        status = count < 0 ? error_status(error) : buffer_reserve(&text, 0, error);
        for (int64_t i = 0; i < count && !status; i++) {
            status = buffer_print(&text, error, "%s%s", i ? ", " : "",
                                  model_surface(model, top[i].word));
        }
        if (status) {
            buffer_free(&text);
        } else {
            context->joined[t] = text.bytes;
        }
    }
    free(top);
    return status;
}

static bool has_labels(const Model *model)
{
    for (int t = 0; t < model->k; t++) {
        if (model->labels[t].label[0]) {
            return true;
        }
    }
    return false;
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

static const Column topics_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},    {"label", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0},    {"n_docs", COLUMN_WHOLE, false, 0},
    {"top_words", COLUMN_TEXT, false, 0},
};

static void fill_topic(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    values[0] = whole_value(row + 1);
    values[1] = text_value(context->model->labels[row].label);
    values[2] = number_value(context->model->shares[row]);
    values[3] = whole_value(context->model->main_documents[row]);
    int next = 4;
    if (context->model->stability.samples > 0) {
        values[next++] = number_value(context->model->stability.topic[row]);
    }
    values[next] = text_value(context->joined[row]);
}

/* Puts the column in before column number `at`, if stability has been measured. */
static void add_stability_column(Context *context, Table *table, int at)
{
    static const Column column = {"stability", COLUMN_NUMBER, false, 2};
    if (context->model->stability.samples == 0) {
        return;
    }
    const int count = table->column_count++;
    memmove(context->columns, table->columns, (size_t)count * sizeof column);
    memmove(context->columns + at + 1, context->columns + at, (size_t)(count - at) * sizeof column);
    context->columns[at] = column;
    table->columns = context->columns;
}

Status topics_table(const Model *model, int words, Table *table, Error *error)
{
    Context *context = begin_table(table, "topics", COLUMNS_OF(topics_columns), fill_topic, error);
    if (!context) {
        return error_status(error);
    }
    table->row_count = model->k;
    Status status = join_words(context, model, words, error);
    fit_label_column(context, table);
    add_stability_column(context, table, 4);
    return status;
}

/* ---- words of topics ---- */

static const Column topic_words_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0}, {"rank", COLUMN_WHOLE, false, 0},
    {"term", COLUMN_TEXT, true, 0},    {"surface", COLUMN_TEXT, false, 0},
    {"prob", COLUMN_NUMBER, false, 5}, {"weight", COLUMN_NUMBER, false, 3},
    {"lift", COLUMN_NUMBER, false, 2}, {"doc_freq", COLUMN_WHOLE, false, 0},
};

static void fill_topic_word(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const Model *model = context->model;
    const TopicWord word = context->words[row];
    const int topic = context->word_topics[row];
    values[0] = whole_value(topic);
    values[1] = whole_value(context->word_ranks[row]);
    values[2] = text_value(vocabulary_word(&model->vocabulary, word.word));
    values[3] = text_value(model_surface(model, word.word));
    values[4] = float_value(word.probability);
    values[5] = number_value((double)word.probability * model->topic_mass[topic - 1]);
    values[6] = number_value(model_lift(model, topic, word.word));
    values[7] = whole_value(model->document_frequency[word.word]);
    const ModelStability *stability = &model->stability;
    if (stability->samples > 0) {
        const int rank = context->word_ranks[row];
        values[8] =
            rank <= stability->depth
                ? number_value(stability->words[(int64_t)(topic - 1) * stability->depth + rank - 1])
                : missing_value;
    }
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
    context->words = memory_new(room, (size_t)words * sizeof *context->words, error);
    context->word_topics = memory_new(room, (size_t)words * sizeof *context->word_topics, error);
    context->word_ranks = memory_new(room, (size_t)words * sizeof *context->word_ranks, error);
    if (!context->words || !context->word_topics || !context->word_ranks) {
        return error_status(error);
    }
    for (int t = first; t <= last; t++) {
        int64_t count = model_top_words(model, t, words, context->words + table->row_count, error);
        if (count < 0) {
            return error_status(error);
        }
        for (int64_t i = 0; i < count; i++) {
            context->word_topics[table->row_count + i] = t;
            context->word_ranks[table->row_count + i] = (int)i + 1;
        }
        table->row_count += count;
    }
    add_stability_column(context, table, table->column_count);
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

static void fill_share(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const int64_t place = context->selection[row];
    values[0] = text_value(context->documents->items[place / context->k].id);
    values[1] = whole_value(place % context->k + 1);
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
    int64_t count = 0;
    for (int64_t i = 0; i < documents->count * k; i++) {
        count += mixtures[i] > 0.0F;
    }
    context->selection = memory_new((size_t)count, sizeof *context->selection, error);
    if (!context->selection) {
        return error_status(error);
    }
    for (int64_t i = 0; i < documents->count * k; i++) {
        if (mixtures[i] > 0.0F) {
            context->selection[table->row_count++] = i;
        }
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
}
