#include "model/take.h"

#include "base/memory.h"

#include <limits.h>
#include <math.h>
#include <string.h>

void take_wrong(Lookup *lookup, const char *name, const char *expected)
{
    if (!lookup->status) {
        lookup->status = error_set(lookup->error, STATUS_INPUT, "%s: '%s' is not %s", lookup->path,
                                   name, expected);
    }
}

const json_t *take_object(Lookup *lookup, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_object(value)) {
        take_wrong(lookup, name, "an object");
    }
    return value;
}

int64_t take_whole(Lookup *lookup, const json_t *object, const char *name, int64_t least,
                   int64_t most)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most) {
        take_wrong(lookup, name, "a whole number in range");
        return least;
    }
    return json_integer_value(value);
}

bool take_boolean(Lookup *lookup, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_boolean(value)) {
        take_wrong(lookup, name, "true or false");
    }
    return json_is_true(value);
}

double take_number(Lookup *lookup, const json_t *value, const char *name)
{
    if (!json_is_number(value) || !isfinite(json_number_value(value)) ||
        json_number_value(value) < 0.0) {
        take_wrong(lookup, name, "a number that is finite and not negative");
        return 0.0;
    }
    return json_number_value(value);
}

double take_within(Lookup *lookup, const json_t *value, const char *name, double least, double most)
{
    const double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= least && number <= most)) {
        take_wrong(lookup, name, "a number in range");
        return 0.0;
    }
    return number;
}

double take_sum(Lookup *lookup, const json_t *object, const char *name)
{
    return take_number(lookup, json_object_get(object, name), name);
}

char *take_text(Lookup *lookup, const json_t *object, const char *name, bool optional)
{
    const json_t *value = json_object_get(object, name);
    if (optional && json_is_null(value)) {
        return NULL;
    }
    if (!json_is_string(value)) {
        take_wrong(lookup, name, "a text");
        return NULL;
    }
    char *copy =
        memory_copy_text(json_string_value(value), json_string_length(value), lookup->error);
    if (!copy) {
        lookup->status = error_status(lookup->error);
    }
    return copy;
}

int take_choice(Lookup *lookup, const json_t *object, const char *name, const char *const *names)
{
    const char *text = json_string_value(json_object_get(object, name));
    for (int i = 0; names[i] && text; i++) {
        if (strcmp(text, names[i]) == 0) {
            return i;
        }
    }
    take_wrong(lookup, name, "one of the known names");
    return 0;
}

double *take_numbers(Lookup *lookup, const json_t *object, const char *name, int *count)
{
    const json_t *array = json_object_get(object, name);
    const size_t length = json_array_size(array);
    if (!json_is_array(array) || length > INT_MAX || (*count >= 0 && length != (size_t)*count)) {
        take_wrong(lookup, name,
                   *count >= 0 ? "an array of a number for each topic" : "an array of numbers");
        return NULL;
    }
    double *numbers = memory_new(length, sizeof *numbers, lookup->error);
    if (!numbers) {
        lookup->status = error_status(lookup->error);
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        numbers[i] = take_number(lookup, json_array_get(array, i), name);
    }
    *count = (int)length;
    return numbers;
}
