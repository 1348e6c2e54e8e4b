/* Writing a model's files. */
#include "base/csv_writer.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "matrix/npy.h"
#include "model/quality_store.h"
#include "model/store.h"
#include "model/store_files.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const model_data_files[] = {FILE_TOPICS,     FILE_MIXTURES,  FILE_COUNTS,
                                        FILE_VOCABULARY, FILE_DOCUMENTS, FILE_MASSES,
                                        FILE_OTHERS_W,   FILE_OTHERS_H,  NULL};

const char *const model_inputs[] = {"corpus", "matrix", "table", NULL};

bool model_has_file(const Model *model, const char *name)
{
    const bool of_others = strcmp(name, FILE_OTHERS_W) == 0 || strcmp(name, FILE_OTHERS_H) == 0;
    return of_others                        ? model->solutions.count > 0
           : strcmp(name, FILE_MASSES) == 0 ? model->scaled
                                            : true;
}

/* ---- tables ---- */

static Status save_vocabulary(const Model *model, const char *path, Error *error)
{
    FILE *file = file_create(path, error);
    if (!file) {
        return error_status(error);
    }
    CsvWriter csv = {.file = file};
    static const char *const heading[] = {"term", "surface", "doc_freq", "term_freq", "idf"};
    for (size_t i = 0; i < sizeof heading / sizeof *heading; i++) {
        csv_text(&csv, heading[i]);
    }
    csv_end_line(&csv);
    for (WordId id = 0; id < model->vocabulary.count; id++) {
        csv_text(&csv, vocabulary_word(&model->vocabulary, id));
        csv_text(&csv, model_surface(model, id));
        csv_whole(&csv, model->document_frequency[id]);
        csv_number(&csv, model->term_frequency[id]);
        csv_number(&csv, model->idf[id]);
        csv_end_line(&csv);
    }
    return file_close(file, path, error);
}

void model_write_labels(const Model *model, FILE *file)
{
    CsvWriter csv = {.file = file};
    static const char *const heading[] = {"topic", "label", "note", "hidden"};
    for (size_t i = 0; i < sizeof heading / sizeof *heading; i++) {
        csv_text(&csv, heading[i]);
    }
    csv_end_line(&csv);
    for (int t = 0; t < model->k; t++) {
        csv_whole(&csv, t + 1);
        csv_text(&csv, model->labels[t].label);
        csv_text(&csv, model->labels[t].note);
        csv_whole(&csv, model->labels[t].hidden);
        csv_end_line(&csv);
    }
}

static Status save_labels(const Model *model, const char *path, Error *error)
{
    FILE *file = file_create(path, error);
    if (!file) {
        return error_status(error);
    }
    model_write_labels(model, file);
    return file_close(file, path, error);
}

Status model_write_counts(const Model *model, const char *path, Error *error)
{
    const CountMatrix counts = {
        .rows = model->counts.documents,
        .columns = model->vocabulary.count,
        .starts = model->counts.starts,
        .indices = model->counts.words,
        .values = model->counts.values,
        .amounts = model->counts.amounts,
    };
    return npz_write_counts(path, &counts, error);
}

/* ---- model.json ---- */

static void write_options(JsonWriter *json, const Model *model)
{
    json_key(json, "options");
    json_open_object(json);
    for (int i = 0; i < model->option_count; i++) {
        const ModelOption *option = &model->options[i];
        json_key(json, option->name);
        switch (option->kind) {
        case MODEL_OPTION_TEXT:
            json_text(json, option->text);
            break;
        case MODEL_OPTION_SWITCH:
            json_boolean(json, option->whole != 0);
            break;
        case MODEL_OPTION_WHOLE:
            json_whole(json, option->whole);
            break;
        case MODEL_OPTION_NUMBER:
            json_number(json, option->number);
            break;
        case MODEL_OPTION_LIST:
            json_open_array(json);
            for (int64_t at = 0; at < option->whole; at += (int64_t)strlen(option->text + at) + 1) {
                json_text(json, option->text + at);
            }
            json_close_array(json);
            break;
        }
    }
    json_close_object(json);
}

/* Rules that take nothing out are not mentioned. */
static void write_cleaning(JsonWriter *json, const CleanOptions *clean)
{
    if (!clean_is_needed(clean)) {
        return;
    }
    json_key(json, "cleaning");
    json_open_object(json);
    json_key(json, "html");
    json_boolean(json, clean->html);
    json_key(json, "email");
    json_boolean(json, clean->email);
    json_key(json, "strip_urls");
    json_boolean(json, clean->links);
    json_key(json, "rules");
    json_open_array(json);
    for (size_t i = 0; i < clean->rule_count; i++) {
        const CleanRule *rule = &clean->rules[i];
        json_open_object(json);
        json_key(json, "pattern");
        json_text(json, rule->pattern);
        json_key(json, "text");
        if (rule->text) {
            json_text(json, rule->text);
        } else {
            json_nothing(json);
        }
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void write_phrase(JsonWriter *json, const Phrase *phrase)
{
    json_open_object(json);
    json_key(json, "words");
    json_text(json, phrase->words);
    json_key(json, "round");
    json_whole(json, phrase->round + 1);
    json_key(json, "tokens");
    json_whole(json, phrase->tokens);
    json_key(json, "npmi");
    json_number(json, phrase->npmi);
    json_close_object(json);
}

static void write_text_rules(JsonWriter *json, const ModelText *text)
{
    json_key(json, "text");
    json_open_object(json);
    write_cleaning(json, &text->clean);
    json_key(json, "token_pattern");
    json_text(json, text->pattern);
    json_key(json, "language");
    if (text->language) {
        json_text(json, text->language);
    } else {
        json_nothing(json);
    }
    json_key(json, "hyphens");
    json_text(json, tokenizer_hyphens_names[text->hyphens]);
    json_key(json, "cjk");
    json_text(json, tokenizer_cjk_names[text->cjk]);
    json_key(json, "unspaced");
    json_text(json, tokenizer_unspaced_names[text->unspaced]);
    json_key(json, "stem");
    json_boolean(json, text->stem);
    json_key(json, "strip_accents");
    json_boolean(json, text->strip_accents);
    json_key(json, "phrases");
    json_open_array(json);
    for (size_t i = 0; i < text->phrases.count; i++) {
        write_phrase(json, &text->phrases.items[i]);
    }
    json_close_array(json);
    json_key(json, "ngrams_least");
    json_whole(json, text->ngrams.least);
    json_key(json, "ngrams_most");
    json_whole(json, text->ngrams.most);
    json_key(json, "keep_numbers");
    json_boolean(json, text->keep_numbers);
    json_key(json, "min_graphemes");
    json_whole(json, text->graphemes_min);
    json_key(json, "max_graphemes");
    json_whole(json, text->graphemes_max);
    json_key(json, "stop_language");
    if (text->stop_language) {
        json_text(json, text->stop_language);
    } else {
        json_nothing(json);
    }
    json_key(json, "stop_words");
    json_open_array(json);
    for (WordId id = 0; id < text->stopped.count; id++) {
        json_text(json, vocabulary_word(&text->stopped, id));
    }
    json_close_array(json);
    json_close_object(json);
}

static void write_weighting(JsonWriter *json, const WeightOptions *weight)
{
    json_key(json, "weight");
    json_open_object(json);
    json_key(json, "scheme");
    json_text(json, weight_scheme_names[weight->scheme]);
    json_key(json, "idf");
    json_text(json, weight_idf_names[weight->idf]);
    json_key(json, "tf");
    json_text(json, weight_tf_names[weight->tf]);
    json_key(json, "normalize");
    json_text(json, weight_norm_names[weight->norm]);
    json_close_object(json);
}

static void write_counts(JsonWriter *json, const Model *model)
{
    const ModelTally *tally = &model->tally;
    json_key(json, "counts");
    json_open_object(json);
    json_key_whole(json, "topics", model->k);
    json_key_whole(json, "documents", model->documents.count);
    json_key_whole(json, "modelled", model->modelled);
    json_key_whole(json, "words", model->vocabulary.count);
    json_key_whole(json, "pairs", counts_pairs(&model->counts));
    json_key_whole(json, "skipped_files", tally->skipped);
    json_key_whole(json, "repaired_files", tally->repaired);
    if (tally->dropped > 0) {
        json_key_whole(json, "dropped_duplicates", tally->dropped);
        json_key_number(json, "tokens_in_duplicates", tally->repeated);
    }
    json_key_number(json, "tokens_found", tally->found);
    json_key_whole(json, "tokens_without_letter", tally->tokens.without_letter);
    json_key_whole(json, "tokens_too_short", tally->tokens.too_short);
    json_key_whole(json, "tokens_too_long", tally->tokens.too_long);
    json_key_number(json, "tokens_stopped", tally->pruned.stopped);
    json_key_number(json, "tokens_rare", tally->pruned.rare);
    json_key_number(json, "tokens_frequent", tally->pruned.frequent);
    json_key_number(json, "tokens_beyond", tally->pruned.beyond);
    json_key_number(json, "tokens_kept", tally->pruned.kept);
    json_close_object(json);
}

/* Where a start was given, what its files were: not their names, which are the user's alone. */
static void write_start(JsonWriter *json, const ModelFit *fit)
{
    static const char *const names[] = {"topics_xxh3", "mixtures_xxh3"};
    json_key(json, "given_start");
    if (!fit->start_given) {
        json_nothing(json);
        return;
    }
    json_open_object(json);
    for (int i = 0; i < 2; i++) {
        char text[HASH_TEXT_SIZE];
        hash_format(fit->start_hashes[i], text);
        json_key(json, names[i]);
        json_text(json, text);
    }
    json_close_object(json);
}

static void write_anchors(JsonWriter *json, const Model *model)
{
    json_key(json, "anchors");
    if (!model->fit.anchors) {
        json_nothing(json);
        return;
    }
    json_open_array(json);
    for (int t = 0; t < model->k; t++) {
        if (model->fit.anchors[t] == WORD_NONE) {
            json_nothing(json);
        } else {
            json_text(json, vocabulary_word(&model->vocabulary, model->fit.anchors[t]));
        }
    }
    json_close_array(json);
}

static void write_topic_uniqueness(JsonWriter *json, const TopicUniqueness *topic)
{
    json_open_object(json);
    json_key(json, "share_min");
    json_number(json, topic->share_min);
    json_key(json, "share_max");
    json_number(json, topic->share_max);
    json_key(json, "words");
    json_whole(json, topic->words);
    json_key(json, "words_kept");
    json_whole(json, topic->words_kept);
    json_key(json, "documents");
    json_whole(json, topic->documents);
    json_key(json, "documents_kept");
    json_whole(json, topic->documents_kept);
    json_close_object(json);
}

static void write_uniqueness(JsonWriter *json, const Model *model)
{
    const Uniqueness *uniqueness = &model->uniqueness;
    json_key(json, "uniqueness");
    if (!uniqueness->topics) {
        json_nothing(json);
        return;
    }
    json_open_object(json);
    json_key(json, "starts");
    json_whole(json, uniqueness->starts);
    json_key(json, "near");
    json_whole(json, uniqueness->near);
    json_key(json, "compared");
    json_whole(json, uniqueness->compared);
    json_key(json, "topics");
    json_open_array(json);
    for (int t = 0; t < model->k && uniqueness->compared > 0; t++) {
        write_topic_uniqueness(json, &uniqueness->topics[t]);
    }
    json_close_array(json);
    json_close_object(json);
}

static void write_fit(JsonWriter *json, const Model *model)
{
    const ModelFit *fit = &model->fit;
    json_key(json, "solver");
    json_text(json, fit->solver);
    json_key(json, "seed");
    json_whole(json, (int64_t)fit->seed);
    write_start(json, fit);
    write_anchors(json, model);
    json_key(json, "passes");
    json_whole(json, fit->passes);
    json_key(json, "stop");
    json_text(json, nmf_stop_names[fit->stop]);
    json_key(json, "objective");
    json_number(json, fit->objective);
    json_key(json, "restart_objectives");
    json_open_array(json);
    for (int r = 0; r < fit->restart_count; r++) {
        json_number(json, fit->restarts[r]);
    }
    json_close_array(json);
    json_key(json, "restart_passes");
    json_open_array(json);
    for (int r = 0; r < fit->restart_count && fit->restart_passes; r++) {
        json_whole(json, fit->restart_passes[r]);
    }
    json_close_array(json);
    write_uniqueness(json, model);
    json_key(json, "topic_mass");
    json_open_array(json);
    for (int t = 0; t < model->k; t++) {
        json_number(json, model->topic_mass[t]);
    }
    json_close_array(json);
}

static void write_numbers(JsonWriter *json, const char *name, const double *numbers, int64_t count)
{
    json_key(json, name);
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) {
        json_number(json, numbers[i]);
    }
    json_close_array(json);
}

/* How stable the topics are, if that was measured. */
static void write_stability(JsonWriter *json, const Model *model)
{
    const ModelStability *stability = &model->stability;
    if (stability->samples == 0) {
        return;
    }
    json_key(json, "stability");
    json_open_object(json);
    json_key_whole(json, "samples", stability->samples);
    json_key_whole(json, "depth", stability->depth);
    write_numbers(json, "topics", stability->topic, model->k);
    write_numbers(json, "cosines", stability->cosine, model->k);
    write_numbers(json, "words", stability->words, (int64_t)model->k * stability->depth);
    json_close_object(json);
}

/* Sizes and checksums of the data files, which are complete by now. */
static Status write_files(JsonWriter *json, const Model *model, const char *directory, Error *error)
{
    Status status = STATUS_OK;
    json_key(json, "files");
    json_open_object(json);
    for (const char *const *name = model_data_files; *name && !status; name++) {
        uint64_t hash;
        int64_t size;
        char text[HASH_TEXT_SIZE];
        if (!model_has_file(model, *name)) {
            continue;
        }
        char *path = file_join(directory, *name, error);
        status = path ? hash_file(path, &hash, &size, error) : error_status(error);
        free(path);
        if (!status) {
            hash_format(hash, text);
            json_key(json, *name);
            json_open_object(json);
            json_key(json, "bytes");
            json_whole(json, size);
            json_key(json, "xxh3");
            json_text(json, text);
            json_close_object(json);
        }
    }
    json_close_object(json);
    return status;
}

static Status save_description(const Model *model, const char *directory, const char *version,
                               Error *error)
{
    char *path = file_join(directory, MODEL_MARK, error);
    FILE *file = path ? file_create(path, error) : NULL;
    if (!file) {
        free(path);
        return error_status(error);
    }
    JsonWriter json = {.file = file};
    json_open_object(&json);
    json_key(&json, "format");
    json_text(&json, MODEL_FORMAT);
    json_key(&json, "format_version");
    json_whole(&json, MODEL_FORMAT_VERSION);
    json_key(&json, "program_version");
    json_text(&json, version);
    json_key(&json, "input");
    json_text(&json, model_inputs[model->input]);
    json_key(&json, "minimised");
    json_text(&json, nmf_objective_names[model->objective]);
    if (model->scaled) {
        json_key(&json, "scaled");
        json_boolean(&json, model->scaled);
    }
    if (model->input == MODEL_OF_TABLE) {
        json_key(&json, "observed_only");
        json_boolean(&json, model->observed_only);
        json_key_whole(&json, "other_solutions", model->solutions.count);
    }
    write_options(&json, model);
    if (model->input != MODEL_OF_TABLE) {
        write_text_rules(&json, &model->text);
    }
    write_weighting(&json, &model->weight);
    write_counts(&json, model);
    write_fit(&json, model);
    quality_write(&json, &model->quality, model->k);
    write_stability(&json, model);
    Status status = write_files(&json, model, directory, error);
    json_close_object(&json);
    json_end(&json);
    status = file_finish(file, path, status, error);
    free(path);
    return status;
}

/* ---- the whole ---- */

static Status save_file(const Model *model, const char *name, const char *path, Error *error)
{
    const int64_t m = model->vocabulary.count, n = model->documents.count;
    if (strcmp(name, FILE_TOPICS) == 0) {
        return npy_write_floats(path, model->topics, model->k, m, error);
    }
    if (strcmp(name, FILE_MIXTURES) == 0) {
        return npy_write_floats(path, model->mixtures, n, model->k, error);
    }
    if (strcmp(name, FILE_COUNTS) == 0) {
        return model_write_counts(model, path, error);
    }
    if (strcmp(name, FILE_VOCABULARY) == 0) {
        return save_vocabulary(model, path, error);
    }
    if (strcmp(name, FILE_DOCUMENTS) == 0) {
        return documents_write(path, &model->documents, model->mixtures, model->k, false, error);
    }
    if (strcmp(name, FILE_MASSES) == 0) {
        return npy_write_floats(path, model->masses, n, 1, error);
    }
    const ModelSolutions *others = &model->solutions;
    if (strcmp(name, FILE_OTHERS_W) == 0) {
        return npy_write_floats(path, others->w, others->count * m, model->k, error);
    }
    if (strcmp(name, FILE_OTHERS_H) == 0) {
        return npy_write_floats(path, others->h, others->count * n, model->k, error);
    }
    assert(strcmp(name, FILE_LABELS) == 0);
    return save_labels(model, path, error);
}

Status model_save(const Model *model, const char *directory, const char *version, Error *error)
{
    Status status = STATUS_OK;
    static const char *const names[] = {FILE_TOPICS,     FILE_MIXTURES,  FILE_COUNTS,
                                        FILE_VOCABULARY, FILE_DOCUMENTS, FILE_LABELS,
                                        FILE_MASSES,     FILE_OTHERS_W,  FILE_OTHERS_H};
    for (size_t i = 0; i < sizeof names / sizeof *names && !status; i++) {
        if (!model_has_file(model, names[i])) {
            continue;
        }
        char *path = file_join(directory, names[i], error);
        status = path ? save_file(model, names[i], path, error) : error_status(error);
        free(path);
    }
    return status ? status : save_description(model, directory, version, error);
}
