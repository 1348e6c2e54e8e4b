/* The block `words`: the words that are shown of any topic, and each topic's list of them. */
#include "report/page_parts.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "report/page_numbers.h"
#include "report/relevant_words.h"

#include <stdlib.h>
#include <string.h>

/* The least p(topic | word) that is told. */
static const double part_least = 0.001;

/* Word lists on their way; start all-zero. */
typedef struct Lists {
    const PageData *data;
    RelevantWord **words; /* owned, k, each owned */
    int64_t *counts;      /* owned, k */
    WordId *shown;        /* owned: the words of all lists, by falling mass */
    int64_t shown_count;
    uint32_t *places; /* owned, m: of each word in `shown` */
    int64_t longest;
    double tokens; /* of the collection */
} Lists;

static void lists_free(Lists *lists)
{
    for (int t = 0; t < lists->data->model->k && lists->words; t++) {
        free(lists->words[t]);
    }
    free(lists->words);
    free(lists->counts);
    free(lists->shown);
    free(lists->places);
}

/* ---- which words ---- */

static int compare_masses(const void *left, const void *right, void *opaque)
{
    const double *masses = opaque;
    const WordId a = *(const WordId *)left, b = *(const WordId *)right;
    return masses[a] != masses[b] ? (masses[a] > masses[b] ? -1 : 1) : (a > b) - (a < b);
}

/* Puts the words of all lists in order and numbers them. */
static Status order_shown(Lists *lists, Error *error)
{
    const Model *model = lists->data->model;
    const uint32_t m = model->vocabulary.count;
    lists->places = memory_new(m, sizeof *lists->places, error);
    lists->shown = memory_new(m, sizeof *lists->shown, error);
    if (!lists->places || !lists->shown) {
        return error_status(error);
    }
    for (int t = 0; t < model->k; t++) {
        for (int64_t i = 0; i < lists->counts[t]; i++) {
            lists->places[lists->words[t][i].word] = 1;
        }
    }
    for (WordId w = 0; w < m; w++) {
        lists->tokens += model->term_frequency[w];
        if (lists->places[w]) {
            lists->shown[lists->shown_count++] = w;
        }
    }
    qsort_r(lists->shown, (size_t)lists->shown_count, sizeof *lists->shown, compare_masses,
            lists->data->masses);
    for (int64_t i = 0; i < lists->shown_count; i++) {
        lists->places[lists->shown[i]] = (uint32_t)i;
    }
    return STATUS_OK;
}

static Status find_lists(Lists *lists, Error *error)
{
    const Model *model = lists->data->model;
    lists->words = memory_new((size_t)model->k, sizeof *lists->words, error);
    lists->counts = memory_new((size_t)model->k, sizeof *lists->counts, error);
    Status status = lists->words && lists->counts ? STATUS_OK : error_status(error);
    for (int t = 0; t < model->k && !status; t++) {
        RelevantWord *all = NULL;
        status =
            relevant_words_find(model, t + 1, lists->data->masses, &all, &lists->counts[t], error);
        lists->longest = lists->counts[t] > lists->longest ? lists->counts[t] : lists->longest;
        if (!status) { /* of room for all words, as much as is needed */
            lists->words[t] = memory_new((size_t)lists->counts[t], sizeof *all, error);
            status = lists->words[t] ? STATUS_OK : error_status(error);
        }
        if (!status && lists->counts[t] > 0) {
            memcpy(lists->words[t], all, (size_t)lists->counts[t] * sizeof *all);
        }
        free(all);
    }
    return status ? status : order_shown(lists, error);
}

/* ---- of each word ---- */

static void write_terms(JsonWriter *json, const Lists *lists)
{
    const Model *model = lists->data->model;
    bool differs = false;
    json_key(json, "term");
    json_open_array(json);
    for (int64_t i = 0; i < lists->shown_count; i++) {
        const char *term = vocabulary_word(&model->vocabulary, lists->shown[i]);
        json_text(json, term);
        differs |= strcmp(term, model_surface(model, lists->shown[i])) != 0;
    }
    json_close_array(json);
    if (!differs) {
        return;
    }
    json_key(json, "surface");
    json_open_array(json);
    for (int64_t i = 0; i < lists->shown_count; i++) {
        const char *surface = model_surface(model, lists->shown[i]);
        if (strcmp(vocabulary_word(&model->vocabulary, lists->shown[i]), surface) == 0) {
            json_nothing(json);
        } else {
            json_text(json, surface);
        }
    }
    json_close_array(json);
}

/* Σ p(topic | word)·ln(p(topic | word)/share), times the word's mass: how much the word tells of
 * topics (Chuang, Manning and Heer 2012). */
static double saliency_of(const Lists *lists, WordId word)
{
    const PageData *data = lists->data;
    const Model *model = data->model;
    const double mass = data->masses[word];
    double sum = 0.0;
    for (int t = 0; t < model->k && mass > 0.0; t++) {
        const double lift =
            (double)model->topics[(int64_t)t * model->vocabulary.count + word] / mass;
        const double part = model->shares[t] * lift;
        sum += part > 0.0 ? part * logarithm(lift) : 0.0;
    }
    return mass * sum;
}

/* Occurrences of a word in all topics, estimated as write_columns does for each: what the model
 * makes of it, which is not how often it stands in the texts (term_freq). */
static double count_of(const Lists *lists, WordId word)
{
    const Model *model = lists->data->model;
    double sum = 0.0;
    for (int t = 0; t < model->k; t++) {
        sum += model->mass_shares[t] *
               (double)model->topics[(int64_t)t * model->vocabulary.count + word];
    }
    return sum * lists->tokens;
}

static double idf_of(const Lists *lists, WordId word)
{
    return lists->data->model->idf[word];
}

static double mass_of(const Lists *lists, WordId word)
{
    return lists->data->masses[word];
}

/* What is told of each word as float32. */
static const struct {
    const char *name;
    double (*of)(const Lists *lists, WordId word);
} word_numbers[] = {
    {"idf", idf_of}, {"mass", mass_of}, {"saliency", saliency_of}, {"count", count_of}};

static Status write_facts(JsonWriter *json, const Lists *lists, Error *error)
{
    const Model *model = lists->data->model;
    const int64_t count = lists->shown_count;
    uint32_t *frequencies = memory_new((size_t)count, sizeof *frequencies, error);
    float *numbers = memory_new((size_t)count, sizeof *numbers, error);
    const Status status = frequencies && numbers ? STATUS_OK : error_status(error);
    for (int64_t i = 0; i < count && !status; i++) {
        frequencies[i] = (uint32_t)model->document_frequency[lists->shown[i]];
    }
    if (!status) {
        page_numbers_u32(json, "doc_freq", frequencies, count);
        json_key(json, "term_freq");
        json_open_array(json);
        for (int64_t i = 0; i < count; i++) {
            page_number(json, model->term_frequency[lists->shown[i]]);
        }
        json_close_array(json);
    }
    for (size_t n = 0; n < sizeof word_numbers / sizeof *word_numbers && !status; n++) {
        for (int64_t i = 0; i < count; i++) {
            numbers[i] = page_float(word_numbers[n].of(lists, lists->shown[i]));
        }
        page_numbers_f32(json, word_numbers[n].name, numbers, count);
    }
    free(frequencies);
    free(numbers);
    return status;
}

/* ---- the topics of each word ---- */

typedef struct Parts {
    uint32_t *starts; /* owned, shown + 1 */
    uint16_t *topics; /* owned, shown × k at most */
    float *values;    /* owned, beside `topics` */
    size_t topics_capacity;
    size_t values_capacity;
    size_t count;
} Parts;

/* Adds the topics of one word, the largest part first, of equal ones the lower number. */
static Status add_parts(const PageData *data, WordId word, Parts *parts, Error *error)
{
    const Model *model = data->model;
    const size_t first = parts->count, room = parts->count + (size_t)model->k;
    Status status =
        memory_reserve(&parts->topics, &parts->topics_capacity, room, sizeof *parts->topics, error);
    if (!status) {
        status = memory_reserve(&parts->values, &parts->values_capacity, room,
                                sizeof *parts->values, error);
    }
    for (int t = 0; t < model->k && !status && data->masses[word] > 0.0; t++) {
        const double part = model->shares[t] *
                            (double)model->topics[(int64_t)t * model->vocabulary.count + word] /
                            data->masses[word];
        if (part < part_least) {
            continue;
        }
        size_t at = parts->count++;
        for (; at > first && parts->values[at - 1] < (float)part; at--) {
            parts->values[at] = parts->values[at - 1];
            parts->topics[at] = parts->topics[at - 1];
        }
        parts->values[at] = (float)part;
        parts->topics[at] = (uint16_t)(t + 1);
    }
    return status;
}

static Status write_parts(JsonWriter *json, const Lists *lists, Error *error)
{
    Parts parts = {0};
    parts.starts = memory_new((size_t)lists->shown_count + 1, sizeof *parts.starts, error);
    Status status = parts.starts ? STATUS_OK : error_status(error);
    for (int64_t i = 0; i < lists->shown_count && !status; i++) {
        status = add_parts(lists->data, lists->shown[i], &parts, error);
        parts.starts[i + 1] = (uint32_t)parts.count;
    }
    if (!status) {
        json_key(json, "topics_of");
        json_open_object(json);
        page_numbers_u32(json, "starts", parts.starts, lists->shown_count + 1);
        page_numbers_u16(json, "topic", parts.topics, (int64_t)parts.count);
        page_numbers_f32(json, "p", parts.values, (int64_t)parts.count);
        json_close_object(json);
    }
    free(parts.starts);
    free(parts.topics);
    free(parts.values);
    return status;
}

/* ---- the list of each topic ---- */

/* Room for the columns of the longest list. */
typedef struct Columns {
    uint32_t *places; /* owned */
    float *numbers;   /* owned */
    double *frex;     /* owned, m */
    double *sums;     /* owned, m */
} Columns;

/* How stable the first words are, as far as that was measured. */
static void write_word_stability(JsonWriter *json, const ModelStability *stability, int t,
                                 int64_t count)
{
    if (stability->samples == 0) {
        return;
    }
    json_key(json, "stability");
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) {
        if (i < stability->depth) {
            json_number(json, stability->words[(int64_t)t * stability->depth + i]);
        } else {
            json_nothing(json);
        }
    }
    json_close_array(json);
}

static void write_columns(JsonWriter *json, const Lists *lists, int t, const Columns *columns)
{
    const Model *model = lists->data->model;
    const RelevantWord *words = lists->words[t];
    const int64_t count = lists->counts[t];
    const double tokens = model->mass_shares[t] * lists->tokens; /* that are the topic's */
    enum { PROB, LOG_PROB, LOG_LIFT, LIFT, COUNT, FREX, COLUMNS };
    static const char *const names[COLUMNS] = {"prob", "logprob", "loglift",
                                               "lift", "count",   "frex"};
    for (int c = 0; c < COLUMNS; c++) {
        for (int64_t i = 0; i < count; i++) {
            const RelevantWord *word = &words[i];
            const double numbers[COLUMNS] = {
                [PROB] = (double)word->probability,
                [LOG_PROB] = (double)word->log_probability,
                [LOG_LIFT] = (double)word->log_lift,
                [LIFT] = word->lift,
                [COUNT] = tokens * (double)word->probability,
                [FREX] = columns->frex[word->word],
            };
            columns->numbers[i] = page_float(numbers[c]);
        }
        page_numbers_f32(json, names[c], columns->numbers, count);
    }
}

static Status write_list(JsonWriter *json, const Lists *lists, int t, Columns *columns,
                         Error *error)
{
    const Model *model = lists->data->model;
    const int64_t count = lists->counts[t];
    Status status = quality_frex(model, t + 1, columns->sums, columns->frex, error);
    if (status) {
        return status;
    }
    json_open_object(json);
    for (int64_t i = 0; i < count; i++) {
        columns->places[i] = lists->places[lists->words[t][i].word];
    }
    page_numbers_u32(json, "word", columns->places, count);
    write_columns(json, lists, t, columns);
    write_word_stability(json, &model->stability, t, count);
    json_close_object(json);
    return STATUS_OK;
}

static Status write_lists(JsonWriter *json, const Lists *lists, Error *error)
{
    const Model *model = lists->data->model;
    Columns columns = {
        .places = memory_new((size_t)lists->longest, sizeof *columns.places, error),
        .numbers = memory_new((size_t)lists->longest, sizeof *columns.numbers, error),
        .frex = memory_new(model->vocabulary.count, sizeof *columns.frex, error),
        .sums = quality_word_sums(model, error),
    };
    Status status = columns.places && columns.numbers && columns.frex && columns.sums
                        ? STATUS_OK
                        : error_status(error);
    json_key(json, "lists");
    json_open_array(json);
    for (int t = 0; t < model->k && !status; t++) {
        status = write_list(json, lists, t, &columns, error);
    }
    json_close_array(json);
    free(columns.places);
    free(columns.numbers);
    free(columns.frex);
    free(columns.sums);
    return status;
}

Status page_write_words(const void *context, JsonWriter *json, Error *error)
{
    Lists lists = {.data = context};
    Status status = find_lists(&lists, error);
    if (!status) {
        json_open_object(json);
        json_key_whole(json, "shown", lists.shown_count);
        write_terms(json, &lists);
        status = write_facts(json, &lists, error);
        status = status ? status : write_parts(json, &lists, error);
        status = status ? status : write_lists(json, &lists, error);
        json_close_object(json);
    }
    lists_free(&lists);
    return status;
}
