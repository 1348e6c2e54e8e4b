/* The blocks `meta` and `about`: what the page is of, and how that was made. */
#include "base/buffer.h"
#include "base/hash.h"
#include "base/number.h"
#include "model/metadata.h"
#include "report/page_assets.h"
#include "report/page_parts.h"

#include <string.h>

/* ---- meta ---- */

static void write_nouns(JsonWriter *json, bool of_table)
{
    static const char *const names[] = {"document", "word", "topic"};
    static const char *const of_texts[][2] = {
        {"document", "documents"}, {"word", "words"}, {"topic", "topics"}};
    static const char *const of_tables[][2] = {
        {"item", "items"}, {"entry", "entries"}, {"factor", "factors"}};
    json_key(json, "nouns");
    json_open_object(json);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_key(json, names[i]);
        json_open_array(json);
        json_text(json, of_table ? of_tables[i][0] : of_texts[i][0]);
        json_text(json, of_table ? of_tables[i][1] : of_texts[i][1]);
        json_close_array(json);
    }
    json_close_object(json);
}

static void write_shown(JsonWriter *json, const DocumentSelection *shown)
{
    json_key_whole(json, "shown", shown->count);
    json_key_text(json, "selection", shown->sampled ? "sample" : "all");
    if (shown->sampled) {
        json_key_whole(json, "best_per_topic", shown->best_per_topic);
    }
}

static void write_dates(JsonWriter *json, const Model *model)
{
    const DateRange dates = metadata_date_range(&model->documents);
    json_key_whole(json, "dated", dates.count);
    if (dates.count > 0) {
        json_key_text(json, "first_date", dates.first);
        json_key_text(json, "last_date", dates.last);
    }
}

Status page_write_meta(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    const Model *model = data->model;
    char fingerprint[HASH_TEXT_SIZE];
    (void)error;
    hash_format(data->page->fingerprint, fingerprint);
    json_open_object(json);
    json_key_text(json, "schema", "themata.page/1");
    json_key_text(json, "version", data->page->version);
    json_key_text(json, "title", data->title);
    json_key_text(json, "fingerprint", fingerprint);
    json_key_whole(json, "k", model->k);
    json_key_whole(json, "words", model->vocabulary.count);
    json_key_whole(json, "documents", model->documents.count);
    json_key_whole(json, "modelled", model->modelled);
    page_key_number(json, "tokens", page_tokens(model));
    write_shown(json, &data->shown);
    write_dates(json, model);
    json_key(json, "columns");
    json_open_array(json);
    for (size_t c = 0; c < model->documents.columns.count; c++) {
        json_text(json, model->documents.columns.items[c]);
    }
    json_close_array(json);
    json_key_text(
        json, "text",
        page_text_names[model->input == MODEL_OF_CORPUS ? data->page->text : PAGE_TEXT_NONE]);
    json_key_text(json, "source", model_inputs[model->input]);
    json_key_text(json, "objective", nmf_objective_names[model->objective]);
    write_nouns(json, model->input == MODEL_OF_TABLE);
    json_key_text(json, "facts", data->facts);
    json_close_object(json);
    return STATUS_OK;
}

/* ---- about: settings ---- */

static void write_pair(JsonWriter *json, const char *name, const char *value)
{
    json_open_object(json);
    json_key_text(json, "name", name);
    json_key_text(json, "value", value);
    json_close_object(json);
}

static void write_setting(JsonWriter *json, const ModelOption *option)
{
    char number[NUMBER_TEXT_SIZE];
    switch (option->kind) {
    case MODEL_OPTION_TEXT:
        write_pair(json, option->name, option->text);
        break;
    case MODEL_OPTION_SWITCH:
        write_pair(json, option->name, option->whole ? "yes" : "no");
        break;
    case MODEL_OPTION_WHOLE:
        snprintf(number, sizeof number, "%lld", (long long)option->whole);
        write_pair(json, option->name, number);
        break;
    case MODEL_OPTION_NUMBER:
        number_format(option->number, number);
        write_pair(json, option->name, number);
        break;
    case MODEL_OPTION_LIST: /* each by itself */
        for (int64_t at = 0; at < option->whole;) {
            write_pair(json, option->name, option->text + at);
            at += (int64_t)strlen(option->text + at) + 1;
        }
        break;
    }
}

static void write_settings(JsonWriter *json, const Model *model)
{
    json_key(json, "settings");
    json_open_array(json);
    for (int i = 0; i < model->option_count; i++) {
        write_setting(json, &model->options[i]);
    }
    json_close_array(json);
}

/* ---- about: text ---- */

static const char *yes_or_no(bool is)
{
    return is ? "yes" : "no";
}

/* "1 to 2" or "1". */
static void write_range(JsonWriter *json, const char *name, int least, int most)
{
    char text[64];
    snprintf(text, sizeof text, least == most ? "%d" : "%d to %d", least, most);
    write_pair(json, name, text);
}

static void write_rules(JsonWriter *json, const ModelText *text)
{
    json_key(json, "text_rules");
    json_open_array(json);
    write_pair(json, "HTML taken out", yes_or_no(text->clean.html));
    write_pair(json, "headers and quotations of mail taken out", yes_or_no(text->clean.email));
    write_pair(json, "addresses taken out", yes_or_no(text->clean.links));
    for (size_t i = 0; i < text->clean.rule_count; i++) {
        const CleanRule *rule = &text->clean.rules[i];
        write_pair(json, rule->text ? "pattern replaced" : "pattern taken out", rule->pattern);
    }
    write_pair(json, "what a word is", text->pattern ? text->pattern : "");
    write_pair(json, "language", text->language ? text->language : "none");
    write_pair(json, "stems", yes_or_no(text->stem));
    write_pair(json, "hyphens", tokenizer_hyphens_names[text->hyphens]);
    write_pair(json, "accents dropped", yes_or_no(text->strip_accents));
    write_pair(json, "Han and Kana", tokenizer_cjk_names[text->cjk]);
    write_pair(json, "scripts without blanks", tokenizer_unspaced_names[text->unspaced]);
    write_pair(json, "tokens without a letter", text->keep_numbers ? "kept" : "dropped");
    write_range(json, "characters of a word", text->graphemes_min, text->graphemes_max);
    write_range(json, "words of a term", text->ngrams.least, text->ngrams.most);
    json_close_array(json);
}

static void write_dropped(JsonWriter *json, const ModelTally *tally)
{
    const struct {
        const char *what;
        double count;
    } items[] = {
        {"files skipped", (double)tally->skipped},
        {"files repaired", (double)tally->repaired},
        {"documents that repeat another", (double)tally->dropped},
        {"tokens in documents that repeat another", tally->repeated},
        {"tokens without a letter", (double)tally->tokens.without_letter},
        {"tokens that are too short", (double)tally->tokens.too_short},
        {"tokens that are too long", (double)tally->tokens.too_long},
        {"tokens of stop words", tally->pruned.stopped},
        {"tokens of words in too few documents", tally->pruned.rare},
        {"tokens of words in too many documents", tally->pruned.frequent},
        {"tokens of words beyond the most frequent", tally->pruned.beyond},
    };
    json_key(json, "dropped");
    json_open_array(json);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        if (items[i].count > 0.0) {
            json_open_object(json);
            json_key_text(json, "what", items[i].what);
            page_key_number(json, "count", items[i].count);
            json_close_object(json);
        }
    }
    json_close_array(json);
}

static void write_stop_words(JsonWriter *json, const ModelText *text)
{
    json_key(json, "stop_words");
    json_open_array(json);
    for (WordId id = 0; id < text->stopped.count; id++) {
        json_text(json, vocabulary_word(&text->stopped, id));
    }
    json_close_array(json);
    if (text->stop_language) {
        json_key_text(json, "stop_language", text->stop_language);
    }
}

/* What others wrote of the page: a name and a version in each line. */
static Status write_libraries(JsonWriter *json, Error *error)
{
    Buffer lines = {0};
    Status status = buffer_append_text(&lines, page_modules, error);
    json_key(json, "libraries");
    json_open_array(json);
    for (char *line = lines.bytes; line && *line && !status;) {
        char *end = strchr(line, '\n');
        if (end) {
            *end = '\0';
        }
        json_text(json, line);
        line = end ? end + 1 : NULL;
    }
    json_close_array(json);
    buffer_free(&lines);
    return status;
}

Status page_write_about(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    json_open_object(json);
    write_settings(json, data->model);
    if (data->model->input == MODEL_OF_CORPUS) {
        write_rules(json, &data->model->text);
    }
    write_dropped(json, &data->model->tally);
    write_stop_words(json, &data->model->text);
    json_key_text(json, "command", data->page->command);
    const Status status = write_libraries(json, error);
    json_close_object(json);
    return status;
}
