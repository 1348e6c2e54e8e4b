#include "report/export_tables.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/number.h"
#include "model/store.h"
#include "report/pair_tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What any of these tables needs while it is written; only the parts of one are set. */
typedef struct Source {
    const Model *model;
    char hash[HASH_TEXT_SIZE];
    NameList names;     /* of columns */
    NameList values;    /* of facts, beside `names` */
    int64_t *documents; /* owned */
    int *topics;        /* owned: beside `documents` */
    int *ranks;         /* owned: beside `documents` */
    Column columns[TABLE_COLUMNS_MAX];
} Source;

static void release(void *opaque)
{
    Source *source = opaque;
    name_list_free(&source->names);
    name_list_free(&source->values);
    free(source->documents);
    free(source->topics);
    free(source->ranks);
    free(source);
}

#define COUNT_OF(array) (int)(sizeof(array) / sizeof(array)[0])

/* A table whose columns are a copy of these, for the source to change. */
static Source *begin(Table *table, const char *name, const Model *model, const Column *columns,
                     int count, Error *error)
{
    *table = (Table){0};
    Source *source = memory_new(1, sizeof *source, error);
    if (source) {
        source->model = model;
        memcpy(source->columns, columns, (size_t)count * sizeof *columns);
        *table = (Table){.name = name,
                         .columns = source->columns,
                         .column_count = count,
                         .context = source,
                         .release = release};
    }
    return source;
}

/* Sums of counts, which are whole but in the model of some matrices; for either kind of column. */
static Value sum_value(double sum)
{
    return (Value){.whole = sum < 0x1p53 ? (int64_t)sum : 0, .number = sum};
}

static bool is_whole(double sum)
{
    return sum < 0x1p53 && sum == (double)(int64_t)sum;
}

/* ---- labels ---- */

static const Column labels_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},
    {"label", COLUMN_TEXT, false, 0},
    {"note", COLUMN_TEXT, false, 0},
    {"hidden", COLUMN_WHOLE, false, 0},
};

static void fill_label(void *opaque, int64_t row, Value *values)
{
    const ModelLabel *label = &((const Source *)opaque)->model->labels[row];
    values[0].whole = row + 1;
    values[1].text = label->label;
    values[2].text = label->note;
    values[3].whole = label->hidden;
}

Status labels_table(const Model *model, Table *table, Error *error)
{
    if (!begin(table, "labels", model, labels_columns, COUNT_OF(labels_columns), error)) {
        return error_status(error);
    }
    table->row_count = model->k;
    table->fill = fill_label;
    return STATUS_OK;
}

/* ---- documents ---- */

enum { AT_TOKENS = 3 };

static const Column document_columns[] = {
    {"doc_id", COLUMN_TEXT, false, 0},      {"title", COLUMN_TEXT, false, 0},
    {"date", COLUMN_TEXT, false, 0},        {"n_tokens", COLUMN_WHOLE, false, 0},
    {"n_terms", COLUMN_WHOLE, false, 0},    {"topic", COLUMN_WHOLE, false, 0},
    {"topic_label", COLUMN_TEXT, false, 0}, {"share", COLUMN_SHARE, false, 0},
    {"topic2", COLUMN_WHOLE, false, 0},     {"share2", COLUMN_SHARE, false, 0},
    {"topic3", COLUMN_WHOLE, false, 0},     {"share3", COLUMN_SHARE, false, 0},
    {"entropy", COLUMN_NUMBER, false, 3},   {"modelled", COLUMN_WHOLE, false, 0},
    {"hash", COLUMN_TEXT, false, 0},        {"excerpt", COLUMN_TEXT, false, 0},
};
_Static_assert(COUNT_OF(document_columns) == ALL_DOCUMENTS_COLUMNS, "as the header says");
_Static_assert(ALL_DOCUMENTS_COLUMNS + METADATA_COLUMNS <= TABLE_COLUMNS_MAX, "room for all");

static void put_topic(Value *values, int topic, float share)
{
    values[0] = (Value){.missing = topic == 0, .whole = topic};
    values[1] = (Value){.missing = topic == 0, .number = (double)share, .is_float32 = true};
}

static void fill_document(void *opaque, int64_t row, Value *values)
{
    Source *source = opaque;
    const Model *model = source->model;
    const DocumentFacts *facts = &model->documents.items[row];
    const float *mixture = model->mixtures + row * model->k;
    const MixtureSummary summary = mixture_summarise(mixture, model->k);
    hash_format(facts->hash, source->hash);
    values[0].text = facts->id;
    values[1].text = facts->title;
    values[2].text = facts->date;
    values[AT_TOKENS] = sum_value(facts->tokens);
    values[4].whole = facts->terms;
    put_topic(values + 6, summary.topic, summary.share);
    values[5] = values[6];
    values[6] = (Value){.text = summary.topic ? model->labels[summary.topic - 1].label : ""};
    put_topic(values + 8, summary.topic2, summary.share2);
    put_topic(values + 10, summary.topic3, summary.share3);
    values[12] = (Value){.missing = !summary.modelled, .number = summary.entropy};
    values[13].whole = summary.modelled;
    values[14].text = source->hash;
    values[15].text = facts->excerpt;
    const char *value = facts->values;
    for (size_t c = 0; c < model->documents.columns.count; c++) {
        const bool given = c < (size_t)facts->value_count;
        values[ALL_DOCUMENTS_COLUMNS + c].text = given ? value : "";
        value += given ? strlen(value) + 1 : 0;
    }
}

/* The columns of metadata behind the others, none of them called as another. */
static Status add_metadata_columns(Source *source, Table *table, Error *error)
{
    const NameList *columns = &source->model->documents.columns;
    Status status = STATUS_OK;
    for (int c = 0; c < ALL_DOCUMENTS_COLUMNS && !status; c++) {
        status = name_list_add(&source->names, source->columns[c].name, error);
    }
    for (size_t c = 0; c < columns->count && !status; c++) {
        Buffer name = {0};
        bool taken = false;
        for (size_t i = 0; i < source->names.count; i++) {
            taken |= strcmp(source->names.items[i], columns->items[c]) == 0;
        }
        status = buffer_print(&name, error, "%s%s", taken ? "meta_" : "", columns->items[c]);
        if (!status) {
            status = name_list_add_unique(&source->names, name.bytes, (int)c + 1, error);
        }
        buffer_free(&name);
    }
    for (size_t c = ALL_DOCUMENTS_COLUMNS; c < source->names.count && !status; c++) {
        source->columns[c] = (Column){.name = source->names.items[c], .kind = COLUMN_TEXT};
        table->column_count = (int)c + 1;
    }
    return status;
}

Status all_documents_table(const Model *model, Table *table, Error *error)
{
    Source *source =
        begin(table, "documents", model, document_columns, ALL_DOCUMENTS_COLUMNS, error);
    if (!source) {
        return error_status(error);
    }
    table->row_count = model->documents.count;
    table->fill = fill_document;
    for (int64_t d = 0; d < model->documents.count; d++) {
        if (!is_whole(model->documents.items[d].tokens)) {
            source->columns[AT_TOKENS].kind = COLUMN_NUMBER;
            source->columns[AT_TOKENS].decimals = 2;
        }
    }
    return add_metadata_columns(source, table, error);
}

/* ---- words ---- */

enum { AT_TERM_FREQUENCY = 4 };

static const Column vocabulary_columns[] = {
    {"term_id", COLUMN_WHOLE, false, 0},   {"term", COLUMN_TEXT, false, 0},
    {"surface", COLUMN_TEXT, false, 0},    {"doc_freq", COLUMN_WHOLE, false, 0},
    {"term_freq", COLUMN_WHOLE, false, 0}, {"idf", COLUMN_NUMBER, false, 3},
};

static void fill_word(void *opaque, int64_t row, Value *values)
{
    const Model *model = ((const Source *)opaque)->model;
    const WordId word = (WordId)row;
    values[0].whole = row + 1;
    values[1].text = vocabulary_word(&model->vocabulary, word);
    values[2].text = model_surface(model, word);
    values[3].whole = model->document_frequency[row];
    values[AT_TERM_FREQUENCY] = sum_value(model->term_frequency[row]);
    values[5].number = model->idf[row];
}

Status vocabulary_table(const Model *model, Table *table, Error *error)
{
    Source *source =
        begin(table, "vocabulary", model, vocabulary_columns, COUNT_OF(vocabulary_columns), error);
    if (!source) {
        return error_status(error);
    }
    table->row_count = model->vocabulary.count;
    table->fill = fill_word;
    for (int64_t w = 0; w < table->row_count; w++) {
        if (!is_whole(model->term_frequency[w])) {
            source->columns[AT_TERM_FREQUENCY].kind = COLUMN_NUMBER;
            source->columns[AT_TERM_FREQUENCY].decimals = 2;
        }
    }
    return STATUS_OK;
}

/* ---- facts ---- */

static const Column facts_columns[] = {
    {"key", COLUMN_TEXT, false, 0},
    {"value", COLUMN_TEXT, false, 0},
};

static void fill_fact(void *opaque, int64_t row, Value *values)
{
    const Source *source = opaque;
    values[0].text = source->names.items[row];
    values[1].text = source->values.items[row];
}

static Status add_fact(Source *source, const char *key, const char *value, Error *error)
{
    Status status = name_list_add(&source->names, key, error);
    return status ? status : name_list_add(&source->values, value, error);
}

static Status add_number(Source *source, const char *key, double number, Error *error)
{
    char text[NUMBER_TEXT_SIZE];
    number_format(number, text);
    return add_fact(source, key, text, error);
}

Status facts_table(const Model *model, Table *table, Error *error)
{
    Source *source = begin(table, "run", model, facts_columns, COUNT_OF(facts_columns), error);
    if (!source) {
        return error_status(error);
    }
    const WeightOptions *weight = &model->weight;
    const struct {
        const char *key;
        const char *text; /* NULL: the number */
        double number;
    } facts[] = {
        {"input", model_inputs[model->input], 0.0},
        {"topics", NULL, model->k},
        {"documents", NULL, (double)model->documents.count},
        {"documents_modelled", NULL, (double)model->modelled},
        {"words", NULL, model->vocabulary.count},
        {"weight", weight_scheme_names[weight->scheme], 0.0},
        {"idf", weight_idf_names[weight->idf], 0.0},
        {"tf", weight_tf_names[weight->tf], 0.0},
        {"normalize", weight_norm_names[weight->norm], 0.0},
        {"solver", model->fit.solver, 0.0},
        {"passes", NULL, model->fit.passes},
        {"stopped", nmf_stop_names[model->fit.stop], 0.0},
        {"objective", NULL, model->fit.objective},
        {"model_format", NULL, MODEL_FORMAT_VERSION},
    };
    Status status = STATUS_OK;
    for (size_t i = 0; i < sizeof facts / sizeof *facts && !status; i++) {
        status = facts[i].text ? add_fact(source, facts[i].key, facts[i].text, error)
                               : add_number(source, facts[i].key, facts[i].number, error);
    }
    char seed[NUMBER_TEXT_SIZE];
    snprintf(seed, sizeof seed, "%" PRIu64, model->fit.seed);
    status = status ? status : add_fact(source, "seed", seed, error);
    table->row_count = (int64_t)source->values.count;
    table->fill = fill_fact;
    return status;
}

/* ---- documents of topics ---- */

static const Column best_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},  {"label", COLUMN_TEXT, false, 0},
    {"rank", COLUMN_WHOLE, false, 0},   {"doc_id", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0},  {"title", COLUMN_TEXT, false, 0},
    {"excerpt", COLUMN_TEXT, false, 0},
};

static void fill_best(void *opaque, int64_t row, Value *values)
{
    const Source *source = opaque;
    const Model *model = source->model;
    const int64_t document = source->documents[row];
    const int topic = source->topics[row];
    const DocumentFacts *facts = &model->documents.items[document];
    values[0].whole = topic;
    values[1].text = model->labels[topic - 1].label;
    values[2].whole = source->ranks[row];
    values[3].text = facts->id;
    values[4] = (Value){.number = (double)model->mixtures[document * model->k + topic - 1],
                        .is_float32 = true};
    values[5].text = facts->title;
    values[6].text = facts->excerpt;
}

Status best_documents_table(const Model *model, Table *table, Error *error)
{
    Source *source =
        begin(table, "top_documents", model, best_columns, COUNT_OF(best_columns), error);
    if (!source) {
        return error_status(error);
    }
    const size_t room = (size_t)model->k;
    source->documents = memory_new(room, EXPORT_TOP_DOCUMENTS * sizeof *source->documents, error);
    source->topics = memory_new(room, EXPORT_TOP_DOCUMENTS * sizeof *source->topics, error);
    source->ranks = memory_new(room, EXPORT_TOP_DOCUMENTS * sizeof *source->ranks, error);
    if (!source->documents || !source->topics || !source->ranks) {
        return error_status(error);
    }
    const int64_t wanted = EXPORT_TOP_DOCUMENTS < model->documents.count ? EXPORT_TOP_DOCUMENTS
                                                                         : model->documents.count;
    for (int t = 1; t <= model->k; t++) {
        if (model->labels[t - 1].hidden) {
            continue;
        }
        const int64_t found =
            model_top_documents(model, t, wanted, source->documents + table->row_count, error);
        if (found < 0) {
            return error_status(error);
        }
        for (int64_t i = 0; i < found; i++, table->row_count++) {
            source->topics[table->row_count] = t;
            source->ranks[table->row_count] = (int)i + 1;
        }
    }
    table->fill = fill_best;
    return STATUS_OK;
}

/* ---- the list ---- */

static Status make_topics(const Model *model, Table *table, Error *error)
{
    return topics_table(model, EXPORT_TOP_WORDS, table, error);
}

static Status make_topic_words(const Model *model, Table *table, Error *error)
{
    return topic_words_table(model, 0, EXPORT_WORDS, table, error);
}

static Status make_shares(const Model *model, Table *table, Error *error)
{
    return shares_table(&model->documents, model->mixtures, model->k, table, error);
}

const ExportTable export_tables[] = {
    {"Topics", "a topic", make_topics},
    {"Labels", "a topic, as labels.csv has it", labels_table},
    {"Documents", "a document", all_documents_table},
    {NULL, "a word of the model", vocabulary_table},
    {NULL, "one of the 100 most probable words of a topic", make_topic_words},
    {NULL, "a share of a topic in a document that is not 0", make_shares},
    {"Similarity", "every two topics", topic_similarity_table},
    {"Run", "a fact about the model", facts_table},
    {.make = NULL},
};
