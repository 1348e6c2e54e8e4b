/* Reading a model's files, trusting none of them: model.json first, which says how large the others
 * must be and what they must hash to; then each with its own checks; then all against each other.
 */
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "corpus/csv_reader.h"
#include "matrix/npy.h"
#include "model/json_input.h"
#include "model/quality_store.h"
#include "model/record_store.h"
#include "model/store.h"
#include "model/store_files.h"
#include "model/take.h"
#include "model/uniqueness.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DESCRIPTION_BYTES_MAX = 64 << 20 };

/* How far a distribution's sum may be from 1: float32 values rounded one by one. */
static const double sum_tolerance = 1e-4;

/* ---- the parts of model.json ---- */

static void take_stop_words(Lookup *lookup, const json_t *text, Vocabulary *stopped)
{
    const json_t *array = json_object_get(text, "stop_words");
    if (!json_is_array(array)) {
        take_wrong(lookup, "stop_words", "an array");
    }
    for (size_t i = 0; i < json_array_size(array) && !lookup->status; i++) {
        const json_t *word = json_array_get(array, i);
        WordId ignored;
        if (!json_is_string(word)) {
            take_wrong(lookup, "stop_words", "an array of texts");
        } else if (vocabulary_add(stopped, json_string_value(word), json_string_length(word),
                                  &ignored, lookup->error)) {
            lookup->status = error_status(lookup->error);
        }
    }
}

static void take_phrases(Lookup *lookup, const json_t *text, Phrases *phrases)
{
    const json_t *array = json_object_get(text, "phrases");
    if (!json_is_array(array)) {
        take_wrong(lookup, "phrases", "an array");
    }
    for (size_t i = 0; i < json_array_size(array) && !lookup->status; i++) {
        const json_t *phrase = json_array_get(array, i);
        char *words = take_text(lookup, phrase, "words", false);
        const int round = (int)take_whole(lookup, phrase, "round", 1, PHRASE_ROUNDS) - 1;
        const int64_t tokens = take_whole(lookup, phrase, "tokens", 1, INT64_MAX);
        const double npmi = take_number(lookup, json_object_get(phrase, "npmi"), "npmi");
        if (!lookup->status && phrases_add(phrases, words, round, tokens, npmi, lookup->error)) {
            lookup->status = error_status(lookup->error);
        }
        free(words);
    }
}

static void take_clean_rules(Lookup *lookup, const json_t *cleaning, CleanOptions *clean)
{
    const json_t *array = json_object_get(cleaning, "rules");
    if (!json_is_array(array)) {
        take_wrong(lookup, "rules", "an array");
    }
    for (size_t i = 0; i < json_array_size(array) && !lookup->status; i++) {
        const json_t *rule = json_array_get(array, i);
        char *pattern = take_text(lookup, rule, "pattern", false);
        char *text = take_text(lookup, rule, "text", true);
        if (!lookup->status && clean_add_rule(clean, pattern, text, lookup->error)) {
            lookup->status = error_status(lookup->error);
        }
        free(pattern);
        free(text);
    }
}

static void take_cleaning(Lookup *lookup, const json_t *text, CleanOptions *clean)
{
    if (!json_object_get(text, "cleaning")) {
        return; /* nothing was taken out, or the model is older than cleaning */
    }
    const json_t *cleaning = take_object(lookup, text, "cleaning");
    clean->html = take_boolean(lookup, cleaning, "html");
    clean->email = take_boolean(lookup, cleaning, "email");
    clean->links = take_boolean(lookup, cleaning, "strip_urls");
    take_clean_rules(lookup, cleaning, clean);
}

static void take_text_rules(Lookup *lookup, const json_t *text, ModelText *rules)
{
    take_cleaning(lookup, text, &rules->clean);
    rules->pattern = take_text(lookup, text, "token_pattern", false);
    rules->language = take_text(lookup, text, "language", true);
    rules->hyphens =
        (TokenizerHyphens)take_choice(lookup, text, "hyphens", tokenizer_hyphens_names);
    rules->cjk = (TokenizerCjk)take_choice(lookup, text, "cjk", tokenizer_cjk_names);
    rules->unspaced = (TokenizerUnspaced)(take_choice(lookup, text, "unspaced",
                                                      tokenizer_unspaced_names + UNSPACED_WORDS) +
                                          UNSPACED_WORDS);
    rules->stem = take_boolean(lookup, text, "stem");
    rules->strip_accents = take_boolean(lookup, text, "strip_accents");
    take_phrases(lookup, text, &rules->phrases);
    rules->ngrams.least = (int)take_whole(lookup, text, "ngrams_least", 1, NGRAM_MAX);
    rules->ngrams.most =
        (int)take_whole(lookup, text, "ngrams_most", rules->ngrams.least, NGRAM_MAX);
    rules->keep_numbers = take_boolean(lookup, text, "keep_numbers");
    rules->graphemes_min = (int)take_whole(lookup, text, "min_graphemes", 1, INT_MAX - 1);
    rules->graphemes_max = (int)take_whole(lookup, text, "max_graphemes", 1, INT_MAX - 1);
    rules->stop_language = take_text(lookup, text, "stop_language", true);
    take_stop_words(lookup, text, &rules->stopped);
}

/* A model older than --tf says whether frequencies were replaced by 1 + ln tf. */
static WeightTf take_tf(Lookup *lookup, const json_t *weight)
{
    if (json_object_get(weight, "sublinear") && !json_object_get(weight, "tf")) {
        return take_boolean(lookup, weight, "sublinear") ? TF_SUBLINEAR : TF_RAW;
    }
    return (WeightTf)take_choice(lookup, weight, "tf", weight_tf_names);
}

static void take_weighting(Lookup *lookup, const json_t *weight, WeightOptions *options)
{
    options->scheme = (WeightScheme)take_choice(lookup, weight, "scheme", weight_scheme_names);
    options->idf = (WeightIdf)take_choice(lookup, weight, "idf", weight_idf_names);
    options->tf = take_tf(lookup, weight);
    options->norm = (WeightNorm)take_choice(lookup, weight, "normalize", weight_norm_names);
}

static void take_tally(Lookup *lookup, const json_t *counts, ModelTally *tally)
{
    tally->skipped = take_whole(lookup, counts, "skipped_files", 0, INT64_MAX);
    tally->repaired = take_whole(lookup, counts, "repaired_files", 0, INT64_MAX);
    tally->found = take_sum(lookup, counts, "tokens_found");
    if (json_object_get(counts, "dropped_duplicates")) {
        tally->dropped = take_whole(lookup, counts, "dropped_duplicates", 1, INT64_MAX);
        tally->repeated = take_sum(lookup, counts, "tokens_in_duplicates");
    }
    tally->tokens.without_letter =
        take_whole(lookup, counts, "tokens_without_letter", 0, INT64_MAX);
    tally->tokens.too_short = take_whole(lookup, counts, "tokens_too_short", 0, INT64_MAX);
    tally->tokens.too_long = take_whole(lookup, counts, "tokens_too_long", 0, INT64_MAX);
    tally->pruned.stopped = take_sum(lookup, counts, "tokens_stopped");
    tally->pruned.rare = take_sum(lookup, counts, "tokens_rare");
    tally->pruned.frequent = take_sum(lookup, counts, "tokens_frequent");
    tally->pruned.beyond = take_sum(lookup, counts, "tokens_beyond");
    tally->pruned.kept = take_sum(lookup, counts, "tokens_kept");
}

static void take_fit(Lookup *lookup, const json_t *root, Model *model)
{
    ModelFit *fit = &model->fit;
    fit->solver = take_text(lookup, root, "solver", false);
    fit->seed = (uint64_t)take_whole(lookup, root, "seed", 0, INT64_MAX);
    fit->passes = (int)take_whole(lookup, root, "passes", 0, INT_MAX);
    fit->stop = (NmfStop)take_choice(lookup, root, "stop", nmf_stop_names);
    fit->objective = take_number(lookup, json_object_get(root, "objective"), "objective");
    fit->restart_count = -1;
    fit->restarts = take_numbers(lookup, root, "restart_objectives", &fit->restart_count);
    int k = model->k;
    model->topic_mass = take_numbers(lookup, root, "topic_mass", &k);
}

/* How stable the topics are, if the model knows. */
static void take_stability(Lookup *lookup, const json_t *root, Model *model)
{
    enum { DEPTH_MAX = 1000 };
    ModelStability *stability = &model->stability;
    if (!json_object_get(root, "stability")) {
        return;
    }
    const json_t *object = take_object(lookup, root, "stability");
    stability->samples = (int)take_whole(lookup, object, "samples", 1, INT_MAX);
    stability->depth = (int)take_whole(lookup, object, "depth", 1, DEPTH_MAX);
    if (model->k > INT_MAX / DEPTH_MAX) { /* more than any file has numbers for */
        take_wrong(lookup, "stability", "possible for so many topics");
        return;
    }
    int k = model->k, words = model->k * stability->depth;
    stability->topic = take_numbers(lookup, object, "topics", &k);
    stability->cosine = take_numbers(lookup, object, "cosines", &k);
    stability->words = take_numbers(lookup, object, "words", &words);
}

/* What model.json says of the other files: the sizes that they must agree with, and words of the
 * vocabulary. */
typedef struct Sizes {
    int64_t documents;
    int64_t words;
    int64_t pairs;
    json_t *anchors; /* owned; NULL: model.json has none */
} Sizes;

static void take_sizes(Lookup *lookup, const json_t *counts, Model *model, Sizes *sizes)
{
    model->k = (int)take_whole(lookup, counts, "topics", 1, INT_MAX / 2);
    sizes->documents = take_whole(lookup, counts, "documents", 1, INT64_MAX / 16);
    sizes->words = take_whole(lookup, counts, "words", 1, WORD_NONE - 1);
    sizes->pairs = take_whole(lookup, counts, "pairs", 0, INT64_MAX / 16);
}

static void check_format(Lookup *lookup, const json_t *root)
{
    const char *format = json_string_value(json_object_get(root, "format"));
    if (!format || strcmp(format, MODEL_FORMAT) != 0) {
        take_wrong(lookup, "format", "\"" MODEL_FORMAT "\"");
        return;
    }
    const int64_t version = take_whole(lookup, root, "format_version", 1, INT64_MAX);
    if (!lookup->status && version > MODEL_FORMAT_VERSION) {
        error_set(lookup->error, STATUS_INPUT, "%s: has format %" PRId64 ", this program reads %d",
                  lookup->path, version, MODEL_FORMAT_VERSION);
        lookup->status = error_hint(lookup->error, "use a newer themata");
    }
}

/* Size and checksum of every data file. */
static Status check_files(const char *directory, const Model *model, const json_t *files,
                          const char *json_path, Error *error)
{
    for (const char *const *name = model_data_files; *name; name++) {
        if (!model_has_file(model, *name)) {
            continue;
        }
        const json_t *entry = json_object_get(files, *name);
        const char *expected = json_string_value(json_object_get(entry, "xxh3"));
        const json_t *bytes = json_object_get(entry, "bytes");
        if (!expected || !json_is_integer(bytes)) {
            return error_set(error, STATUS_INPUT, "%s: says nothing of %s", json_path, *name);
        }
        uint64_t hash;
        int64_t size;
        char text[HASH_TEXT_SIZE];
        char *path = file_join(directory, *name, error);
        Status status = path ? hash_file(path, &hash, &size, error) : error_status(error);
        if (!status) {
            hash_format(hash, text);
            if (size != json_integer_value(bytes)) {
                status =
                    error_set(error, STATUS_INPUT,
                              "%s: has %" PRId64 " bytes (%" JSON_INTEGER_FORMAT " were written)",
                              path, size, json_integer_value(bytes));
            } else if (strcmp(text, expected) != 0) {
                status =
                    error_set(error, STATUS_INPUT, "%s: was changed since it was written", path);
            }
            if (status) {
                error_hint(error, "fit the model again; only labels.csv is yours to edit");
            }
        }
        free(path);
        if (status) {
            return status;
        }
    }
    return STATUS_OK;
}

/* What to give instead of a directory that is no model. */
static void hint_directory(const char *directory, Error *error)
{
    Error ignored;
    char *path = file_join(directory, DIMENSIONS_MARK, &ignored);
    if (path && access(path, F_OK) == 0) {
        error_hint(error, "SVD and LSA make dimensions, no topics; its tables are in tables/");
    } else {
        error_hint(error, "give a directory that themata fit has made");
    }
    free(path);
}

/* What the model is of, and what was minimised. */
static void take_kind(Lookup *lookup, const json_t *root, Model *model)
{
    /* A model of before there were others says nothing of it. */
    if (json_object_get(root, "input")) {
        model->input = (ModelInput)take_choice(lookup, root, "input", model_inputs);
    }
    if (json_object_get(root, "minimised")) { /* which was always D before it was said */
        model->objective =
            (NmfObjective)take_choice(lookup, root, "minimised", nmf_objective_names);
    }
    model->scaled = model->input == MODEL_OF_TABLE ||
                    (json_object_get(root, "scaled") && take_boolean(lookup, root, "scaled"));
    model->observed_only =
        model->input == MODEL_OF_TABLE && take_boolean(lookup, root, "observed_only");
    if (model->observed_only) {
        model->solutions.count = (int)take_whole(lookup, root, "other_solutions", 0, SOLUTIONS_MAX);
    }
}

static void take_description(Lookup *lookup, const json_t *root, Model *model, Sizes *sizes)
{
    const json_t *counts = take_object(lookup, root, "counts");
    take_kind(lookup, root, model);
    take_sizes(lookup, counts, model, sizes);
    take_tally(lookup, counts, &model->tally);
    if (model->input != MODEL_OF_TABLE) {
        take_text_rules(lookup, take_object(lookup, root, "text"), &model->text);
    }
    take_weighting(lookup, take_object(lookup, root, "weight"), &model->weight);
    take_fit(lookup, root, model);
    record_take(lookup, root, model);
    quality_take(lookup, root, model->k, &model->quality);
    take_stability(lookup, root, model);
}

static Status load_description(const char *directory, Model *model, Sizes *sizes, Error *error)
{
    Buffer contents = {0};
    json_t *root = NULL;
    char *path = file_join(directory, MODEL_MARK, error);
    Status status =
        path ? file_read(path, DESCRIPTION_BYTES_MAX, &contents, error) : error_status(error);
    if (status) {
        if (path && access(directory, F_OK) != 0) {
            error_set(error, STATUS_INPUT, "%s: %s", directory, strerror(errno));
        } else if (path && access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
            error_set(error, STATUS_INPUT, "%s: is no model (it has no " MODEL_MARK ")", directory);
            hint_directory(directory, error);
        }
        goto cleanup;
    }
    root = json_input(path, &contents, error);
    if (!root) {
        status = error_status(error);
        goto cleanup;
    }
    Lookup lookup = {.path = path, .error = error};
    check_format(&lookup, root);
    if (!lookup.status) {
        take_description(&lookup, root, model, sizes);
    }
    sizes->anchors = json_incref(json_object_get(root, "anchors"));
    status = lookup.status;
    if (!status) {
        status = check_files(directory, model, json_object_get(root, "files"), path, error);
    }
cleanup:
    json_decref(root);
    buffer_free(&contents);
    free(path);
    return status;
}

/* ---- vocabulary.csv and labels.csv ---- */

typedef struct TableReader {
    const char *path;
    Model *model;
    int64_t words; /* that the vocabulary must have */
} TableReader;

static Status set_bad_record(const TableReader *reader, const CsvRecord *record, Error *error)
{
    return error_set(error, STATUS_INPUT, "%s: record %" PRId64 " is not as it must be",
                     reader->path, record->number);
}

/* Whether a word can stand so often: it does somewhere, unless it is the entry of a table. */
static bool is_possible(const Model *model, WordId word)
{
    const bool may_be_empty = model->input == MODEL_OF_TABLE;
    return model->document_frequency[word] >= !may_be_empty &&
           (model->term_frequency[word] > 0.0 ||
            (may_be_empty && model->term_frequency[word] == 0.0));
}

static Status take_word(void *context, const CsvRecord *record, Error *error)
{
    TableReader *reader = context;
    Model *model = reader->model;
    if (record->number == 1) {
        return record->count == 5 && strcmp(record->fields[0], "term") == 0
                   ? STATUS_OK
                   : set_bad_record(reader, record, error);
    }
    const WordId expected = model->vocabulary.count;
    WordId id;
    if (record->count != 5 || expected >= reader->words ||
        !number_parse_whole(record->fields[2], &model->document_frequency[expected]) ||
        !number_parse(record->fields[3], &model->term_frequency[expected]) ||
        !number_parse(record->fields[4], &model->idf[expected]) || model->idf[expected] < 0.0 ||
        !is_possible(model, expected) || !utf8_is_valid(record->fields[0]) ||
        !utf8_is_valid(record->fields[1])) {
        return set_bad_record(reader, record, error);
    }
    Status status = vocabulary_add(&model->vocabulary, record->fields[0], strlen(record->fields[0]),
                                   &id, error);
    if (status || id != expected) {
        return status ? status : set_bad_record(reader, record, error);
    }
    if (strcmp(record->fields[0], record->fields[1]) != 0) {
        const char *surface = record->fields[1];
        model->surfaces[id] = memory_copy_text(surface, strlen(surface), error);
        status = model->surfaces[id] ? STATUS_OK : error_status(error);
    }
    return status;
}

static Status load_vocabulary(const char *path, Model *model, const Sizes *sizes, Error *error)
{
    const size_t words = (size_t)sizes->words;
    struct stat facts;
    if (stat(path, &facts) != 0 || sizes->words > facts.st_size) { /* before asking for memory */
        return error_set(error, STATUS_INPUT, "%s: too short for %" PRId64 " words", path,
                         sizes->words);
    }
    model->document_frequency = memory_new(words, sizeof *model->document_frequency, error);
    model->term_frequency = memory_new(words, sizeof *model->term_frequency, error);
    model->idf = memory_new(words, sizeof *model->idf, error);
    model->surfaces = memory_new(words, sizeof *model->surfaces, error);
    if (!model->document_frequency || !model->term_frequency || !model->idf || !model->surfaces) {
        return error_status(error);
    }
    TableReader reader = {.path = path, .model = model, .words = sizes->words};
    Status status = csv_read_file(path, take_word, &reader, error);
    if (!status && model->vocabulary.count != sizes->words) {
        status = error_set(error, STATUS_INPUT, "%s: has %u words (%" PRId64 " were expected)",
                           path, model->vocabulary.count, sizes->words);
    }
    return status;
}

static Status replace_text(char **text, const char *with, Error *error)
{
    char *copy = memory_copy_text(with, strlen(with), error);
    if (!copy) {
        return error_status(error);
    }
    free(*text);
    *text = copy;
    return STATUS_OK;
}

/* labels.csv is the user's: what it says is taken, what it leaves out stays empty. */
static Status take_label(void *context, const CsvRecord *record, Error *error)
{
    TableReader *reader = context;
    if (record->number == 1) {
        if (record->count >= 2 && strcmp(record->fields[0], "topic") == 0 &&
            strcmp(record->fields[1], "label") == 0) {
            return STATUS_OK;
        }
        error_set(error, STATUS_INPUT,
                  "%s: begins with another heading (topic,label,note,hidden was expected)",
                  reader->path);
        return error_hint(error, "save it as UTF-8, separated by commas");
    }
    int64_t topic;
    for (size_t i = 0; i < record->count; i++) { /* a spreadsheet may save in another encoding */
        if (!utf8_is_valid(record->fields[i])) {
            error_set(error, STATUS_INPUT, "%s: record %" PRId64 " is not UTF-8", reader->path,
                      record->number);
            return error_hint(error, "save it as UTF-8, separated by commas");
        }
    }
    if (record->count < 2 || !number_parse_whole(record->fields[0], &topic) || topic < 1 ||
        topic > reader->model->k) {
        return error_set(
            error, STATUS_INPUT, "%s: record %" PRId64 ": there is no topic '%.40s' (1 to %d)",
            reader->path, record->number, record->count ? record->fields[0] : "", reader->model->k);
    }
    ModelLabel *label = &reader->model->labels[topic - 1];
    if (label->label[0] || label->note[0] || label->hidden) {
        return error_set(error, STATUS_INPUT,
                         "%s: record %" PRId64 ": topic %" PRId64 " is there a second time",
                         reader->path, record->number, topic);
    }
    const char *hidden = record->count > 3 ? record->fields[3] : "";
    if (strcmp(hidden, "1") != 0 && strcmp(hidden, "0") != 0 && hidden[0]) {
        error_set(error, STATUS_INPUT, "%s: record %" PRId64 ": hidden is '%.40s'", reader->path,
                  record->number, hidden);
        return error_hint(error, "1 hides the topic; 0, or nothing, does not");
    }
    Status status = replace_text(&label->label, record->fields[1], error);
    if (!status && record->count > 2) {
        status = replace_text(&label->note, record->fields[2], error);
    }
    label->hidden = hidden[0] == '1';
    return status;
}

static Status load_labels(const char *path, Model *model, Error *error)
{
    TableReader reader = {.path = path, .model = model};
    if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return STATUS_OK; /* thrown away: no labels */
    }
    return csv_read_file(path, take_label, &reader, error);
}

Status model_read_labels(Model *model, const char *path, Error *error)
{
    TableReader reader = {.path = path, .model = model};
    Status status = STATUS_OK;
    for (int t = 0; t < model->k && !status; t++) {
        model->labels[t].hidden = false;
        status = replace_text(&model->labels[t].label, "", error);
        status = status ? status : replace_text(&model->labels[t].note, "", error);
    }
    return status ? status : csv_read_file(path, take_label, &reader, error);
}

/* ---- the arrays ---- */

/* Each row must be a distribution, or all zero where nothing was found. */
static Status check_distributions(const char *path, const float *rows, int64_t count, int64_t width,
                                  Error *error)
{
    for (int64_t r = 0; r < count; r++) {
        double sum = 0.0;
        bool negative = false;
        for (int64_t c = 0; c < width; c++) {
            sum += (double)rows[r * width + c];
            negative |= rows[r * width + c] < 0.0F;
        }
        if (negative || (sum != 0.0 && fabs(sum - 1.0) > sum_tolerance)) {
            return error_set(error, STATUS_INPUT, "%s: row %" PRId64 " is not a distribution", path,
                             r);
        }
    }
    return STATUS_OK;
}

static Status check_masses(const char *path, const float *masses, int64_t count, Error *error)
{
    for (int64_t d = 0; d < count; d++) {
        if (masses[d] < 0.0F) {
            return error_set(error, STATUS_INPUT, "%s: element %" PRId64 " is negative", path, d);
        }
    }
    return STATUS_OK;
}

static Status load_counts(const char *path, Model *model, const Sizes *sizes, Error *error)
{
    CountMatrix counts = {.has_zeros = model->observed_only};
    Status status = npz_read_counts(path, &counts, error);
    if (status) {
        return status;
    }
    /* From here on the arrays are the model's. */
    model->counts = (Counts){
        .documents = counts.rows,
        .starts = counts.starts,
        .words = counts.indices,
        .values = counts.values,
        .amounts = counts.amounts,
    };
    if (counts.rows != sizes->documents || counts.columns != sizes->words ||
        counts_pairs(&model->counts) != sizes->pairs) {
        status = error_set(error, STATUS_INPUT, "%s: its shape is not that of the model", path);
    }
    return status;
}

static Status load_others(const char *name, const char *path, Model *model, const Sizes *sizes,
                          Error *error)
{
    const bool topics = strcmp(name, FILE_OTHERS_W) == 0;
    int64_t rows;
    if (__builtin_mul_overflow(topics ? sizes->words : sizes->documents, model->solutions.count,
                               &rows)) {
        return error_set(error, STATUS_INPUT, "%s: its shape is too large", path);
    }
    float *values = npy_read_floats(path, rows, model->k, error);
    *(topics ? &model->solutions.w : &model->solutions.h) = values;
    return values ? check_masses(path, values, rows * model->k, error) : error_status(error);
}

static Status load_file(const char *name, const char *path, Model *model, const Sizes *sizes,
                        Error *error)
{
    if (strcmp(name, FILE_VOCABULARY) == 0) {
        return load_vocabulary(path, model, sizes, error);
    }
    if (strcmp(name, FILE_COUNTS) == 0) {
        return load_counts(path, model, sizes, error);
    }
    if (strcmp(name, FILE_TOPICS) == 0) {
        model->topics = npy_read_floats(path, model->k, sizes->words, error);
        return model->topics
                   ? check_distributions(path, model->topics, model->k, sizes->words, error)
                   : error_status(error);
    }
    if (strcmp(name, FILE_MIXTURES) == 0) {
        model->mixtures = npy_read_floats(path, sizes->documents, model->k, error);
        return model->mixtures
                   ? check_distributions(path, model->mixtures, sizes->documents, model->k, error)
                   : error_status(error);
    }
    if (strcmp(name, FILE_MASSES) == 0) {
        model->masses = npy_read_floats(path, sizes->documents, 1, error);
        return model->masses ? check_masses(path, model->masses, sizes->documents, error)
                             : error_status(error);
    }
    if (strcmp(name, FILE_OTHERS_W) == 0 || strcmp(name, FILE_OTHERS_H) == 0) {
        return load_others(name, path, model, sizes, error);
    }
    Status status = documents_read(path, &model->documents, error);
    if (!status && model->documents.count != sizes->documents) {
        status = error_set(error, STATUS_INPUT,
                           "%s: has %" PRId64 " documents (%" PRId64 " were expected)", path,
                           model->documents.count, sizes->documents);
    }
    return status;
}

/* Each file is sound by itself; now they must tell the same story. Every frequency, size and idf
 * follows from the counts. */
static Status check_story(const char *directory, const Model *model, Error *error)
{
    const uint32_t words = model->vocabulary.count;
    int64_t *document_frequency = memory_new(words, sizeof *document_frequency, error);
    double *term_frequency = memory_new(words, sizeof *term_frequency, error);
    double *idf = memory_new(words, sizeof *idf, error);
    Status status = document_frequency && term_frequency && idf ? STATUS_OK : error_status(error);
    const char *wrong = NULL;
    if (!status) {
        counts_frequencies(&model->counts, words, document_frequency, term_frequency);
        weight_idf(&model->weight, model->counts.documents, model->document_frequency, words, idf);
    }
    for (WordId w = 0; w < words && !status && !wrong; w++) {
        const bool ascends = w == 0 || model->input == MODEL_OF_TABLE ||
                             strcmp(vocabulary_word(&model->vocabulary, w - 1),
                                    vocabulary_word(&model->vocabulary, w)) < 0;
        if (!ascends || document_frequency[w] != model->document_frequency[w] ||
            term_frequency[w] != model->term_frequency[w] || idf[w] != model->idf[w]) {
            wrong = FILE_VOCABULARY;
        }
    }
    for (int64_t d = 0; d < model->counts.documents && !status && !wrong; d++) {
        const DocumentFacts *facts = &model->documents.items[d];
        if (counts_tokens(&model->counts, d) != facts->tokens ||
            model->counts.starts[d + 1] - model->counts.starts[d] != facts->terms) {
            wrong = FILE_DOCUMENTS;
        }
    }
    if (wrong) {
        status = error_set(error, STATUS_INPUT, "%s/%s: does not agree with " FILE_COUNTS,
                           directory, wrong);
    }
    free(document_frequency);
    free(term_frequency);
    free(idf);
    return status;
}

static Status load_files(const char *directory, Model *model, const Sizes *sizes, Error *error)
{
    Status status = STATUS_OK;
    for (const char *const *name = model_data_files; *name && !status; name++) {
        if (!model_has_file(model, *name)) {
            continue;
        }
        char *path = file_join(directory, *name, error);
        status = path ? load_file(*name, path, model, sizes, error) : error_status(error);
        free(path);
    }
    if (!status) {
        status = check_story(directory, model, error);
    }
    if (status) {
        return status;
    }
    char *labels = file_join(directory, FILE_LABELS, error);
    status = labels ? load_labels(labels, model, error) : error_status(error);
    free(labels);
    return status;
}

Status model_load(const char *directory, Model *model, Error *error)
{
    Sizes sizes = {0};
    Status status = load_description(directory, model, &sizes, error);
    if (!status) {
        status = model_set_labels(model, error);
    }
    if (!status) {
        status = load_files(directory, model, &sizes, error);
    }
    if (!status) {
        status = record_take_anchors(sizes.anchors, directory, model, error);
    }
    if (!status) {
        status = model_derive(model, error);
    }
    json_decref(sizes.anchors);
    if (status) {
        model_free(model);
    }
    return status;
}

void model_libraries(LibraryFunction *tell, void *context)
{
    tell(context, "jansson", jansson_version_str());
}
