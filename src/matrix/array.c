#include "matrix/array.h"

#include "base/memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- header ---- */

static Status set_no_array(const char *subject, Error *error)
{
    error_set(error, STATUS_INPUT, "%s: is no array of NumPy's (.npy)", subject);
    return error_hint(error, "numpy.save writes such a file");
}

/* What stands behind a key of the dictionary, or NULL. */
static const char *value_of(const char *header, const char *key)
{
    const char *at = strstr(header, key);
    if (!at) {
        return NULL;
    }
    at += strlen(key);
    return at + strspn(at, " ");
}

/* `'<f8'` and the like. */
static Status take_type(const char *subject, const char *descr, Array *array, Error *error)
{
    static const char *const types[] = {"f4", "f8", "i1", "i2", "i4", "i8",
                                        "u1", "u2", "u4", "u8", "b1", NULL};
    char type[24] = "";
    if (*descr == '\'' || *descr == '"') {
        snprintf(type, sizeof type, "%.*s", (int)strcspn(descr + 1, "'\""), descr + 1);
    }
    const char order = type[0];
    if (order == '|' && type[1] == 'O') {
        error_set(error, STATUS_INPUT, "%s: holds Python objects, which are not read", subject);
        return error_hint(error, "save it as numbers: numpy.save(…, a.astype(float))");
    }
    array->kind = order ? type[1] : '\0';
    array->swapped = order == '>';
    const bool is_text = array->kind == 'S' || array->kind == 'U';
    bool known = is_text;
    for (int i = 0; types[i] && order && !known; i++) {
        known = strcmp(type + 1, types[i]) == 0;
    }
    if (!order) {
        error_set(error, STATUS_INPUT, "%s: holds records, not numbers", subject);
        return error_hint(error, "save a plain array of two dimensions");
    }
    if (!known || !strchr("<>|=", order)) {
        return error_set(error, STATUS_INPUT,
                         "%s: holds values of type '%s' (numbers of at most 64 bits were expected)",
                         subject, type);
    }
    array->size = (size_t)strtoul(type + 2, NULL, 10) * (array->kind == 'U' ? 4 : 1);
    return STATUS_OK;
}

/* `(3, 4)`, `(5,)` or `()`. */
static Status take_shape(const char *subject, const char *at, Array *array, Error *error)
{
    if (!at || *at != '(') {
        return set_no_array(subject, error);
    }
    for (at++; *at && *at != ')';) {
        int64_t number = 0;
        size_t digits = 0;
        for (; *at >= '0' && *at <= '9'; at++, digits++) {
            if (__builtin_mul_overflow(number, 10, &number) ||
                __builtin_add_overflow(number, *at - '0', &number)) {
                return error_set(error, STATUS_INPUT, "%s: its shape is too large", subject);
            }
        }
        if (array->dimensions == ARRAY_DIMENSIONS_MAX) {
            return error_set(error, STATUS_INPUT, "%s: has more than two dimensions", subject);
        }
        array->shape[array->dimensions++] = number;
        at += strspn(at, ", L");
        if (digits == 0) {
            return set_no_array(subject, error);
        }
    }
    return STATUS_OK;
}

/* Whether the elements fill exactly what is left of the file. */
static bool fills(const Array *array, size_t bytes, size_t *count)
{
    size_t all = 1, size;
    for (int d = 0; d < array->dimensions; d++) {
        if (__builtin_mul_overflow(all, (size_t)array->shape[d], &all)) {
            return false;
        }
    }
    *count = all;
    return !__builtin_mul_overflow(all, array->size, &size) && size == bytes;
}

Status array_open(const char *subject, const char *bytes, size_t length, Array *array, Error *error)
{
    *array = (Array){0};
    const unsigned char *raw = (const unsigned char *)bytes;
    if (length < 12 || memcmp(bytes, "\x93NUMPY", 6) != 0 || raw[6] < 1 || raw[6] > 3) {
        return set_no_array(subject, error);
    }
    const size_t begin = raw[6] == 1 ? 10 : 12;
    const size_t size = raw[8] | (size_t)raw[9] << 8 |
                        (begin == 12 ? (size_t)raw[10] << 16 | (size_t)raw[11] << 24 : 0);
    if (size > length - begin) {
        return set_no_array(subject, error);
    }
    char *header = memory_copy_text(bytes + begin, size, error);
    if (!header) {
        return error_status(error);
    }
    const char *descr = value_of(header, "'descr':"), *order = value_of(header, "'fortran_order':");
    Status status =
        descr && order ? take_type(subject, descr, array, error) : set_no_array(subject, error);
    status = status ? status : take_shape(subject, value_of(header, "'shape':"), array, error);
    if (!status) {
        array->fortran = strncmp(order, "True", 4) == 0;
        array->values = bytes + begin + size;
        if (!fills(array, length - begin - size, &array->count)) {
            status = error_set(error, STATUS_INPUT,
                               "%s: has %zu bytes of values, which is not what its shape says",
                               subject, length - begin - size);
        }
    }
    free(header);
    return status;
}

/* ---- elements ---- */

/* The bytes of an element as the processor wants them. */
static void fetch(const Array *array, size_t i, unsigned char bytes[8])
{
    const unsigned char *from = (const unsigned char *)array->values + i * array->size;
    for (size_t b = 0; b < array->size && b < 8; b++) {
        bytes[b] = from[array->swapped ? array->size - 1 - b : b];
    }
}

static int64_t sign_extended(const unsigned char bytes[8], size_t size)
{
    uint64_t value = 0;
    for (size_t b = 0; b < size; b++) {
        value |= (uint64_t)bytes[b] << 8 * b;
    }
    const uint64_t sign = size < 8 ? (uint64_t)1 << (8 * size - 1) : 0;
    return (int64_t)((value ^ sign) - sign);
}

double array_number(const Array *array, size_t i)
{
    unsigned char bytes[8] = {0};
    fetch(array, i, bytes);
    if (array->kind == 'f' && array->size == 4) {
        float value;
        memcpy(&value, bytes, sizeof value);
        return (double)value;
    }
    if (array->kind == 'f') {
        double value;
        memcpy(&value, bytes, sizeof value);
        return value;
    }
    if (array->kind == 'i') {
        return (double)sign_extended(bytes, array->size);
    }
    uint64_t value = 0;
    for (size_t b = 0; b < array->size; b++) {
        value |= (uint64_t)bytes[b] << 8 * b;
    }
    return (double)value;
}

int64_t array_whole(const Array *array, size_t i, int64_t most)
{
    const double value = array->kind == 'i' || array->kind == 'u' ? array_number(array, i) : -1.0;
    return value >= 0.0 && value <= (double)most ? (int64_t)value : -1;
}
