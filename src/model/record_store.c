#include "model/record_store.h"

#include "base/memory.h"
#include "model/store.h"

#include <limits.h>
#include <string.h>

/* ---- options ---- */

static char *copy_text(Lookup *lookup, const char *text)
{
    char *copy = memory_copy_text(text, strlen(text), lookup->error);
    if (!copy) {
        lookup->status = error_status(lookup->error);
    }
    return copy;
}

/* Texts with a NUL behind each. */
static void take_list(Lookup *lookup, const json_t *array, ModelOption *option)
{
    Buffer text = {0};
    for (size_t i = 0; i < json_array_size(array) && !lookup->status; i++) {
        const json_t *item = json_array_get(array, i);
        if (!json_is_string(item)) {
            take_wrong(lookup, option->name, "an array of texts");
        } else if (buffer_append(&text, json_string_value(item), json_string_length(item) + 1,
                                 lookup->error)) {
            lookup->status = error_status(lookup->error);
        }
    }
    option->text = text.bytes;
    option->whole = (int64_t)text.length;
}

/* Takes an option; one whose value is of another kind is from elsewhere, and left out. */
static void take_option(Lookup *lookup, const char *name, const json_t *value, Model *model)
{
    if (json_is_object(value) || json_is_null(value)) {
        return;
    }
    ModelOption *option = &model->options[model->option_count++];
    option->name = copy_text(lookup, name);
    if (lookup->status) {
        return;
    }
    switch (json_typeof(value)) {
    case JSON_STRING:
        option->kind = MODEL_OPTION_TEXT;
        option->text = copy_text(lookup, json_string_value(value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        option->kind = MODEL_OPTION_SWITCH;
        option->whole = json_is_true(value);
        break;
    case JSON_INTEGER:
        option->kind = MODEL_OPTION_WHOLE;
        option->whole = json_integer_value(value);
        break;
    case JSON_REAL:
        option->kind = MODEL_OPTION_NUMBER;
        option->number = json_real_value(value);
        break;
    case JSON_ARRAY:
        option->kind = MODEL_OPTION_LIST;
        take_list(lookup, value, option);
        break;
    default:
        break;
    }
}

static void take_options(Lookup *lookup, const json_t *root, Model *model)
{
    if (!json_object_get(root, "options") || lookup->status) {
        return;
    }
    const json_t *options = take_object(lookup, root, "options");
    model->options = memory_new(json_object_size(options), sizeof *model->options, lookup->error);
    if (!model->options) {
        lookup->status = error_status(lookup->error);
        return;
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)options, name, value)
    { /* in the order in which they stand */
        if (lookup->status) {
            return;
        }
        take_option(lookup, name, value, model);
    }
}

/* ---- anchor words ---- */

Status record_take_anchors(const json_t *array, const char *directory, Model *model, Error *error)
{
    if (!json_is_array(array)) {
        return STATUS_OK;
    }
    bool sound = json_array_size(array) == (size_t)model->k;
    model->fit.anchors = memory_new((size_t)model->k, sizeof *model->fit.anchors, error);
    if (!model->fit.anchors) {
        return error_status(error);
    }
    for (int t = 0; t < model->k && sound; t++) {
        const json_t *word = json_array_get(array, (size_t)t);
        WordId *anchor = &model->fit.anchors[t];
        *anchor = json_is_string(word)
                      ? vocabulary_find(&model->vocabulary, json_string_value(word),
                                        json_string_length(word))
                      : WORD_NONE;
        sound = json_is_string(word) ? *anchor != WORD_NONE : json_is_null(word);
    }
    return sound
               ? STATUS_OK
               : error_set(error, STATUS_INPUT,
                           "%s/" MODEL_MARK ": 'anchors' is not an array of a word for each topic",
                           directory);
}

/* ---- uniqueness ---- */

static void take_topic(Lookup *lookup, const json_t *topic, TopicUniqueness *facts)
{
    static const double most = 1.000001; /* rounding may take a share a little beyond 1 */
    facts->share_min =
        take_within(lookup, json_object_get(topic, "share_min"), "share_min", 0, most);
    facts->share_max =
        take_within(lookup, json_object_get(topic, "share_max"), "share_max", 0, most);
    facts->words = (int)take_whole(lookup, topic, "words", 0, INT_MAX);
    facts->words_kept = (int)take_whole(lookup, topic, "words_kept", 0, facts->words);
    facts->documents = take_whole(lookup, topic, "documents", 0, INT64_MAX);
    facts->documents_kept = take_whole(lookup, topic, "documents_kept", 0, facts->documents);
}

static void take_uniqueness(Lookup *lookup, const json_t *root, Model *model)
{
    Uniqueness *uniqueness = &model->uniqueness;
    const json_t *object = json_object_get(root, "uniqueness");
    if (!json_is_object(object) || lookup->status) {
        return;
    }
    uniqueness->starts = (int)take_whole(lookup, object, "starts", 0, INT_MAX);
    uniqueness->near = (int)take_whole(lookup, object, "near", 0, uniqueness->starts);
    const json_t *topics = json_object_get(object, "topics");
    const int compared = (int)take_whole(lookup, object, "compared", 0, uniqueness->starts);
    if (compared == 0 || lookup->status) {
        return;
    }
    if (json_array_size(topics) != (size_t)model->k) {
        take_wrong(lookup, "topics", "an array of what is known of each topic");
        return;
    }
    uniqueness->topics = memory_new((size_t)model->k, sizeof *uniqueness->topics, lookup->error);
    if (!uniqueness->topics) {
        lookup->status = error_status(lookup->error);
        return;
    }
    uniqueness->compared = compared;
    for (int t = 0; t < model->k; t++) {
        take_topic(lookup, json_array_get(topics, (size_t)t), &uniqueness->topics[t]);
    }
}

void record_take(Lookup *lookup, const json_t *root, Model *model)
{
    take_options(lookup, root, model);
    take_uniqueness(lookup, root, model);
}
