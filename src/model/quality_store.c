#include "model/quality_store.h"

#include "base/memory.h"
#include "model/take.h"

/* A number of Quality or of TopicQuality, as it is called in model.json. */
typedef struct Field {
    const char *name;
    size_t offset;
    double least; /* what it can be */
    double most;
} Field;

#define OF_MODEL(member) offsetof(Quality, member)
#define OF_TOPIC(member) offsetof(TopicQuality, member)

/* Rounding may take a value a little beyond its bounds. */
#define ONE  1.000001
#define MANY 1e300

static const Field model_fields[] = {
    {"diversity", OF_MODEL(diversity), 0, ONE},
    {"topics_hoyer", OF_MODEL(topics_hoyer), -1e-6, ONE},
    {"topics_zeros", OF_MODEL(topics_zeros), 0, ONE},
    {"mixtures_hoyer", OF_MODEL(mixtures_hoyer), -1e-6, ONE},
    {"mixtures_zeros", OF_MODEL(mixtures_zeros), 0, ONE},
};

static const Field topic_fields[] = {
    {"npmi", OF_TOPIC(npmi), -ONE, ONE},
    {"npmi_epsilon", OF_TOPIC(npmi_epsilon), -ONE, ONE},
    {"uci", OF_TOPIC(uci), -100, 100},
    {"u_mass", OF_TOPIC(umass), -100, ONE},
    {"exclusivity", OF_TOPIC(exclusivity), 0, ONE},
    {"effective_words", OF_TOPIC(effective_words), 0, MANY},
    {"corpus_distance", OF_TOPIC(corpus_distance), 0, MANY},
    {"function_words", OF_TOPIC(function_words), 0, ONE},
    {"effective_documents", OF_TOPIC(effective_documents), 0, MANY},
    {"document_entropy", OF_TOPIC(document_entropy), 0, MANY},
    {"documents_5pct", OF_TOPIC(documents), 0, MANY},
    {"rank1", OF_TOPIC(rank1), 0, ONE},
    {"similarity", OF_TOPIC(similarity), 0, ONE},
};

static const Field window_fields[] = {
    {"window_npmi", OF_TOPIC(window_npmi), -ONE, ONE},
    {"c_uci", OF_TOPIC(c_uci), -100, 100},
    {"c_npmi", OF_TOPIC(c_npmi), -ONE, ONE},
    {"c_v", OF_TOPIC(c_v), -ONE, ONE},
};

#define COUNT(fields) ((int)(sizeof(fields) / sizeof(fields)[0]))

/* ---- writing ---- */

static double value_of(const void *record, const Field *field)
{
    return *(const double *)((const char *)record + field->offset);
}

static void write_arrays(JsonWriter *json, const Field *fields, int count,
                         const TopicQuality *topics, int k)
{
    for (int f = 0; f < count; f++) {
        json_key(json, fields[f].name);
        json_open_array(json);
        for (int t = 0; t < k; t++) {
            json_number(json, value_of(&topics[t], &fields[f]));
        }
        json_close_array(json);
    }
}

/* Numbers of topics, 0 for none. */
static void write_topics(JsonWriter *json, const char *name, size_t offset,
                         const TopicQuality *topics, int k)
{
    const Field field = {.offset = offset};
    json_key(json, name);
    json_open_array(json);
    for (int t = 0; t < k; t++) {
        json_whole(json, (int64_t)value_of(&topics[t], &field));
    }
    json_close_array(json);
}

void quality_write(JsonWriter *json, const Quality *quality, int k)
{
    if (!quality->topics) {
        return;
    }
    json_key(json, "quality");
    json_open_object(json);
    for (int f = 0; f < COUNT(model_fields); f++) {
        json_key(json, model_fields[f].name);
        json_number(json, value_of(quality, &model_fields[f]));
    }
    write_arrays(json, topic_fields, COUNT(topic_fields), quality->topics, k);
    write_topics(json, "similar", OF_TOPIC(similar), quality->topics, k);
    write_topics(json, "duplicate_of", OF_TOPIC(duplicate_of), quality->topics, k);
    if (quality->has_windows) {
        write_arrays(json, window_fields, COUNT(window_fields), quality->topics, k);
    }
    json_close_object(json);
}

/* ---- reading ---- */

static void set_value(void *record, size_t offset, double value)
{
    *(double *)((char *)record + offset) = value;
}

static const json_t *take_array(Lookup *lookup, const json_t *object, const char *name, int k)
{
    const json_t *array = json_object_get(object, name);
    if (!json_is_array(array) || json_array_size(array) != (size_t)k) {
        take_wrong(lookup, name, "an array of a number for each topic");
        return NULL;
    }
    return array;
}

static void take_arrays(Lookup *lookup, const json_t *object, const Field *fields, int count,
                        TopicQuality *topics, int k)
{
    for (int f = 0; f < count; f++) {
        const Field *field = &fields[f];
        const json_t *array = take_array(lookup, object, field->name, k);
        for (int t = 0; t < k && array; t++) {
            set_value(&topics[t], field->offset,
                      take_within(lookup, json_array_get(array, (size_t)t), field->name,
                                  field->least, field->most));
        }
    }
}

/* A topic of them is another one than each is of, and with `earlier` one before it. */
static void take_topics(Lookup *lookup, const json_t *object, const char *name, size_t offset,
                        bool earlier, TopicQuality *topics, int k)
{
    const json_t *array = take_array(lookup, object, name, k);
    for (int t = 0; t < k && array; t++) {
        const json_t *value = json_array_get(array, (size_t)t);
        const json_int_t topic = json_integer_value(value);
        if (!json_is_integer(value) || topic < 0 || topic > (earlier ? t : k) || topic == t + 1) {
            take_wrong(lookup, name, "the number of another topic for each, or 0");
            return;
        }
        set_value(&topics[t], offset, (double)topic);
    }
}

void quality_take(Lookup *lookup, const json_t *root, int k, Quality *quality)
{
    if (!json_object_get(root, "quality") || lookup->status) {
        return;
    }
    const json_t *object = take_object(lookup, root, "quality");
    for (int f = 0; f < COUNT(model_fields); f++) {
        const Field *field = &model_fields[f];
        set_value(quality, field->offset,
                  take_within(lookup, json_object_get(object, field->name), field->name,
                              field->least, field->most));
    }
    /* One array is looked at before memory is asked for: k may be anything. */
    if (lookup->status || !take_array(lookup, object, "npmi", k)) {
        return;
    }
    quality->topics = memory_new((size_t)k, sizeof *quality->topics, lookup->error);
    if (!quality->topics) {
        lookup->status = error_status(lookup->error);
        return;
    }
    take_arrays(lookup, object, topic_fields, COUNT(topic_fields), quality->topics, k);
    take_topics(lookup, object, "similar", OF_TOPIC(similar), false, quality->topics, k);
    take_topics(lookup, object, "duplicate_of", OF_TOPIC(duplicate_of), true, quality->topics, k);
    quality->has_windows = json_object_get(object, window_fields[0].name);
    if (quality->has_windows) {
        take_arrays(lookup, object, window_fields, COUNT(window_fields), quality->topics, k);
    }
}
