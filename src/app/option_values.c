#include "app/option_values.h"

#include "app/option_table.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(WeightScheme) == sizeof(int) && sizeof(WeightIdf) == sizeof(int) &&
                   sizeof(WeightNorm) == sizeof(int) && sizeof(NmfInit) == sizeof(int) &&
                   sizeof(CorpusHeader) == sizeof(int) && sizeof(CorpusLine) == sizeof(int) &&
                   sizeof(DateOrder) == sizeof(int) && sizeof(TokenizerHyphens) == sizeof(int) &&
                   sizeof(TokenizerCjk) == sizeof(int) && sizeof(TokenizerUnspaced) == sizeof(int),
               "choices are stored through an int");

static Status set_bad_value(const OptionSpec *spec, const char *text, const char *expected,
                            Error *error)
{
    return error_set(error, STATUS_USAGE, "--%s: '%s' is not %s", spec->name, text, expected);
}

static Status store_whole(const OptionSpec *spec, const char *text, int64_t *member, Error *error)
{
    int64_t value;
    const bool is_whole = number_parse_whole(text, &value);
    if (is_whole && value >= spec->least && value <= spec->most) {
        *member = value;
        return STATUS_OK;
    }
    const bool too_large = strspn(text, "0123456789") == strlen(text) && text[0] && text[0] != '0';
    if (!too_large && spec->most >= INT32_MAX / 2) {
        return set_bad_value(spec, text,
                             spec->least > 0 ? "a positive whole number"
                                             : "a whole number that is 0 or more",
                             error);
    }
    return error_set(error, STATUS_USAGE, "--%s: '%s' is not a whole number from %lld to %lld",
                     spec->name, text, (long long)spec->least, (long long)spec->most);
}

/* "2" is a number of documents; "0.5", "1.0" and "50%" are fractions. */
static Status store_share(const OptionSpec *spec, const char *text, DocumentShare *member,
                          Error *error)
{
    char number[64];
    const size_t length = strlen(text);
    const bool percent = length > 1 && length < sizeof number && text[length - 1] == '%';
    double value;
    if (percent) {
        memcpy(number, text, length - 1);
        number[length - 1] = '\0';
    }
    int64_t whole;
    const bool is_whole = !percent && number_parse_whole(text, &whole);
    if (!number_parse(percent ? number : text, &value) || value < 0.0 ||
        (percent && value > 100.0) || (!percent && !is_whole && value > 1.0)) {
        return set_bad_value(spec, text,
                             "a number of documents (2) or a fraction of them (0.01, 1%)", error);
    }
    *member = (DocumentShare){.value = percent ? value / 100.0 : value, .is_fraction = !is_whole};
    return STATUS_OK;
}

static Status store_choice(const OptionSpec *spec, const char *text, int *member, Error *error)
{
    Buffer expected = {0};
    Status status = buffer_append_text(&expected, "one of ", error);
    for (int i = 0; spec->choices[i] && !status; i++) {
        if (strcmp(text, spec->choices[i]) == 0) {
            *member = i;
            buffer_free(&expected);
            return STATUS_OK;
        }
        status = buffer_print(&expected, error, "%s%s", i ? ", " : "", spec->choices[i]);
    }
    if (!status) {
        status = set_bad_value(spec, text, buffer_text(&expected), error);
    }
    buffer_free(&expected);
    return status;
}

static Status store_number(const OptionSpec *spec, const char *text, double *member, Error *error)
{
    double value;
    if (!number_parse(text, &value) || value < 0.0) {
        return set_bad_value(spec, text, "a number that is 0 or more", error);
    }
    *member = value;
    return STATUS_OK;
}

static Status store_item(const OptionSpec *spec, const char *text, OptionList *list, Error *error)
{
    Status status = text[0] ? memory_reserve(&list->items, &list->capacity, list->count + 1,
                                             sizeof *list->items, error)
                            : error_set(error, STATUS_USAGE, "--%s: is empty (%s was expected)",
                                        spec->name, spec->value);
    if (!status) {
        list->items[list->count++] = (OptionListItem){.option = spec->name, .text = text};
    }
    return status;
}

/* Two digits with a dash between them, or one for both. */
static Status store_range(const OptionSpec *spec, const char *text, NgramOptions *member,
                          Error *error)
{
    const size_t length = strlen(text);
    const int least = text[0] - '0', most = length == 3 ? text[2] - '0' : least;
    if ((length != 1 && (length != 3 || text[1] != '-')) || least < 1 || most < least ||
        most > NGRAM_MAX) {
        return set_bad_value(spec, text, "a number of words from 1 to 3, or two such as 1-2",
                             error);
    }
    *member = (NgramOptions){.least = least, .most = most};
    return STATUS_OK;
}

static Status store_topics(const OptionSpec *spec, const char *text, int64_t *member, Error *error)
{
    if (strcmp(text, "auto") == 0) {
        *member = TOPICS_AUTO;
        return STATUS_OK;
    }
    return store_whole(spec, text, member, error);
}

/* One number, two with a colon between them, or three. */
static Status store_sweep(const OptionSpec *spec, const char *text, TopicRange *member,
                          Error *error)
{
    int64_t numbers[3] = {0, 0, 1};
    char part[NUMBER_TEXT_SIZE];
    int count = 0;
    for (const char *at = text; at; at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL) {
        const size_t length = strcspn(at, ":");
        if (count == 3 || length >= sizeof part) {
            count = 0;
            break;
        }
        memcpy(part, at, length);
        part[length] = '\0';
        if (!number_parse_whole(part, &numbers[count++])) {
            count = 0;
            break;
        }
    }
    const TopicRange range = {
        .first = numbers[0], .last = count > 1 ? numbers[1] : numbers[0], .step = numbers[2]};
    if (count == 0) {
        return set_bad_value(spec, text, "a range such as 4:60 or 4:60:4", error);
    }
    if (range.first < spec->least) {
        return error_set(error, STATUS_USAGE,
                         "--%s: %s begins below %lld, with nothing to tell apart", spec->name, text,
                         (long long)spec->least);
    }
    if (range.last > spec->most || range.step < 1 || range.last < range.first) {
        return error_set(error, STATUS_USAGE,
                         range.last < range.first ? "--%s: %s is empty: it ends before it begins"
                                                  : "--%s: %s is out of range",
                         spec->name, text);
    }
    *member = range;
    return STATUS_OK;
}

static Status store_factors(const OptionSpec *spec, const char *text, Options *options,
                            Error *error)
{
    if (!strchr(text, ':')) {
        return store_whole(spec, text, &options->topics, error);
    }
    options->topics = TOPICS_RANGE;
    return store_sweep(spec, text, &options->range, error);
}

/* A whole number of bytes, or of as many as a letter says. */
static Status store_bytes(const OptionSpec *spec, const char *text, int64_t *member, Error *error)
{
    static const char units[] = "KMGT";
    char number[32] = "";
    const size_t digits = strspn(text, "0123456789");
    const char *unit = digits < strlen(text) ? strchr(units, text[digits] & ~0x20) : NULL;
    const bool ends = !text[digits] || (unit && !text[digits + 1]);
    int64_t value = 0, scale = 1;
    if (digits < sizeof number && ends) {
        memcpy(number, text, digits);
        for (int i = 0; unit && i <= unit - units; i++) {
            scale *= 1024;
        }
    }
    if (!number_parse_whole(number, &value) || __builtin_mul_overflow(value, scale, member)) {
        return set_bad_value(spec, text, "a size in bytes, such as 500M or 2G", error);
    }
    return STATUS_OK;
}

Status option_store(const OptionSpec *spec, const char *text, Options *options, Error *error)
{
    void *member = (char *)options + spec->offset;
    switch (spec->kind) {
    case OPTION_SWITCH:
        *(bool *)member = true;
        return STATUS_OK;
    case OPTION_TEXT:
        *(const char **)member = text;
        return STATUS_OK;
    case OPTION_WHOLE:
        return store_whole(spec, text, member, error);
    case OPTION_NUMBER:
        return store_number(spec, text, member, error);
    case OPTION_CHOICE:
        return store_choice(spec, text, member, error);
    case OPTION_SHARE:
        return store_share(spec, text, member, error);
    case OPTION_LIST:
        return store_item(spec, text, member, error);
    case OPTION_BYTES:
        return store_bytes(spec, text, member, error);
    case OPTION_RANGE:
        return store_range(spec, text, member, error);
    case OPTION_TOPICS:
        return store_topics(spec, text, member, error);
    case OPTION_SWEEP:
        return store_sweep(spec, text, member, error);
    case OPTION_FACTORS:
        return store_factors(spec, text, options, error);
    }
    __builtin_unreachable();
}

Status option_format_list(const OptionSpec *spec, const OptionList *list, Buffer *text,
                          Error *error)
{
    Status status = STATUS_OK;
    for (size_t i = 0; i < list->count && !status; i++) {
        if (strcmp(list->items[i].option, spec->name) == 0) {
            status =
                buffer_append(text, list->items[i].text, strlen(list->items[i].text) + 1, error);
        }
    }
    return status;
}

Status options_format_value(const OptionSpec *spec, const Options *options, Buffer *text,
                            Error *error)
{
    const void *member = (const char *)options + spec->offset;
    char number[NUMBER_TEXT_SIZE];
    switch (spec->kind) {
    case OPTION_SWITCH:
        return buffer_append_text(text, *(const bool *)member ? "true" : "false", error);
    case OPTION_TEXT: {
        const char *value = *(const char *const *)member;
        return buffer_append_text(text, value ? value : "", error);
    }
    case OPTION_SWEEP: {
        const TopicRange *range = member;
        Status status =
            buffer_print(text, error, "%lld:%lld", (long long)range->first, (long long)range->last);
        return status || range->step == 1
                   ? status
                   : buffer_print(text, error, ":%lld", (long long)range->step);
    }
    case OPTION_TOPICS:
    case OPTION_FACTORS:
    case OPTION_WHOLE:
        return buffer_print(text, error, "%lld", (long long)*(const int64_t *)member);
    case OPTION_BYTES: {
        const int64_t bytes = *(const int64_t *)member;
        const bool in_mb = bytes > 0 && bytes % (1 << 20) == 0;
        return buffer_print(text, error, "%lld%s", (long long)(in_mb ? bytes >> 20 : bytes),
                            in_mb ? "M" : "");
    }
    case OPTION_RANGE: {
        const NgramOptions *range = member;
        return range->least < range->most
                   ? buffer_print(text, error, "%d-%d", range->least, range->most)
                   : buffer_print(text, error, "%d", range->least);
    }
    case OPTION_NUMBER:
        number_format(*(const double *)member, number);
        return buffer_append_text(text, number, error);
    case OPTION_CHOICE:
        return buffer_append_text(text, spec->choices[*(const int *)member], error);
    case OPTION_SHARE: {
        const DocumentShare *share = member;
        number_format(share->value, number);
        const bool looks_whole = share->is_fraction && !strpbrk(number, ".e");
        return buffer_print(text, error, "%s%s", number, looks_whole ? ".0" : "");
    }
    case OPTION_LIST:
        return option_format_list(spec, member, text, error);
    }
    __builtin_unreachable();
}
