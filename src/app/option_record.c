/* The record of options in a model: written, and what is read back of it. */
#include "app/option_rules.h"
#include "app/option_values.h"
#include "base/memory.h"
#include "base/safe_text.h"
#include "base/utf8.h"
#include "nmf/method.h"

#include <string.h>

static bool has_item(const OptionSpec *spec, const OptionList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].option, spec->name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether something else that was asked for leaves the option without effect. */
static bool is_idle(const OptionSpec *spec, const Options *options)
{
    const void *member = (const char *)options + spec->offset;
    if (option_is_of_corpus(spec) ||
        option_is_of_metadata(spec)) { /* one that is not set says nothing */
        return spec->kind == OPTION_LIST     ? !has_item(spec, member)
               : spec->kind == OPTION_TEXT   ? !*(const char *const *)member
               : spec->kind == OPTION_CHOICE ? *(const int *)member == 0
                                             : !*(const bool *)member;
    }
    const bool of_penalty =
        spec->offset >= MEMBER(penalty) && spec->offset < MEMBER(penalty) + sizeof(NmfPenalty);
    return (options->learning_rate == 0.0 && spec->offset == MEMBER(learning_rate)) ||
           (of_penalty && !nmf_is_penalised(&options->penalty)) ||
           (options->start_topics && spec->offset == MEMBER(init)) ||
           (options->method != METHOD_NMF &&
            (spec->offset == MEMBER(solver) || spec->offset == MEMBER(objective))) ||
           (!method_has_init(options->method) && spec->offset == MEMBER(init)) ||
           (options_are_startless(options) && option_is_of_search(spec)) ||
           (options->stability == 0 && spec->offset == MEMBER(stability)) ||
           (!options->title && spec->offset == MEMBER(title)) ||
           (options->matrix && option_is_token_rule(spec));
}

/* Leaves of each name in a list, between commas, what stands behind its last slash: where a file is
 * on this machine is nobody's business whom the model is given to. */
static void drop_folders(char *list)
{
    char *to = list, *item = list;
    for (const char *at = list; *at; at++) {
        *to++ = *at;
        if (*at == ',') {
            item = to;
        } else if (*at == '/') {
            to = item;
        }
    }
    *to = '\0';
}

/* The items are patterns that were compiled, so they are UTF-8. */
static Status record_list(const OptionSpec *spec, const OptionList *list, ModelOption *record,
                          Error *error)
{
    Buffer text = {0};
    Status status = option_format_list(spec, list, &text, error);
    record->kind = MODEL_OPTION_LIST;
    record->text = text.bytes;
    record->whole = (int64_t)text.length;
    return status;
}

Status options_record(const Options *options, Model *model, Error *error)
{
    model->options = memory_new(SPECS_MAX, sizeof *model->options, error);
    if (!model->options) {
        return error_status(error);
    }
    const unsigned command = model->input == MODEL_OF_TABLE ? COMMAND_FACTOR : COMMAND_FIT;
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (!(spec->commands & command) || !spec->recorded || is_idle(spec, options)) {
            continue;
        }
        ModelOption *record = &model->options[model->option_count++];
        *record = (ModelOption){.name = memory_copy_text(spec->name, strlen(spec->name), error)};
        if (!record->name) {
            return error_status(error);
        }
        const void *member = (const char *)options + spec->offset;
        if (spec->kind == OPTION_SWITCH) {
            record->kind = MODEL_OPTION_SWITCH;
            record->whole = *(const bool *)member;
        } else if (spec->kind == OPTION_WHOLE || spec->kind == OPTION_TOPICS ||
                   spec->kind == OPTION_FACTORS) {
            record->kind = MODEL_OPTION_WHOLE;
            record->whole = spec->offset == MEMBER(topics) ? model->k : *(const int64_t *)member;
        } else if (spec->kind == OPTION_NUMBER) {
            record->kind = MODEL_OPTION_NUMBER;
            record->number = *(const double *)member;
        } else if (spec->kind == OPTION_LIST) {
            Status status = record_list(spec, member, record, error);
            if (status) {
                return status;
            }
        } else {
            Buffer value = {0}, text = {0}; /* a path may not be UTF-8, the record must be */
            Status status = buffer_reserve(&text, 0, error);
            if (!status) {
                status = options_format_value(spec, options, &value, error);
            }
            if (!status) {
                status = utf8_is_valid(buffer_text(&value))
                             ? buffer_append_text(&text, buffer_text(&value), error)
                             : safe_text_append(&text, buffer_text(&value), error);
            }
            buffer_free(&value);
            if (status) {
                buffer_free(&text);
                return status;
            }
            record->text = text.bytes;
            if (spec->offset == MEMBER(stopwords)) {
                drop_folders(record->text);
            }
        }
    }
    return STATUS_OK;
}

/* The option of that name, if it says how a corpus is read. */
static const OptionSpec *find_reading(const char *name)
{
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (spec->recorded && spec->offset >= MEMBER(corpus) &&
            spec->offset < MEMBER(corpus) + sizeof(CorpusOptions) && option_is_of_corpus(spec) &&
            strcmp(spec->name, name) == 0) {
            return spec;
        }
    }
    return NULL;
}

Status options_recall(const Model *model, Options *options, Error *error)
{
    options->corpus = corpus_defaults;
    Status status = STATUS_OK;
    for (int i = 0; i < model->option_count && !status; i++) {
        const ModelOption *record = &model->options[i];
        const OptionSpec *spec = find_reading(record->name);
        const bool is_switch = spec && spec->kind == OPTION_SWITCH;
        if (spec && record->kind != (is_switch ? MODEL_OPTION_SWITCH : MODEL_OPTION_TEXT)) {
            status = error_set(error, STATUS_USAGE, "--%s: not a value of it", spec->name);
        } else if (spec && (!is_switch || record->whole)) {
            status = option_store(spec, record->text, options, error);
        }
    }
    status = status ? status : corpus_options_check(&options->corpus, error);
    if (status == STATUS_USAGE) { /* nobody gave them, the model was edited */
        const Error inner = *error;
        return error_set(error, STATUS_INPUT, "the model's record of options: %.700s",
                         inner.message);
    }
    return status;
}
