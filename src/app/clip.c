#include "app/clip.h"

#include "base/number.h"

#include <stdio.h>
#include <string.h>

static bool parse(const char *text, Range *range)
{
    char low[64];
    const size_t length = strcspn(text, ":");
    if (text[length] != ':' || length >= sizeof low) {
        return false;
    }
    snprintf(low, sizeof low, "%.*s", (int)length, text);
    return number_parse(low, &range->low) && number_parse(text + length + 1, &range->high) &&
           range->low >= 0.0 && range->low < range->high;
}

Status clip_check(const char *text, Error *error)
{
    Range ignored;
    if (!text || parse(text, &ignored)) {
        return STATUS_OK;
    }
    error_set(error, STATUS_USAGE, "--clip: '%.60s' is no range", text);
    return error_hint(error, "LOW:HIGH, such as 1:5");
}

Status clip_range(const char *text, const Model *model, Range *range, Error *error)
{
    if (text) {
        return parse(text, range) ? STATUS_OK : clip_check(text, error);
    }
    *range = prediction_range(model);
    return STATUS_OK;
}
