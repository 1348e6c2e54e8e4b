#include "text/word_breaks.h"

#ifdef THEMATA_ICU

#include "base/memory.h"
#include "base/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utf16.h>

struct WordBreaker {
    UBreakIterator *iterator;
    UChar *units; /* owned: the text as ICU wants it */
    size_t units_capacity;
    size_t *places; /* owned: for each unit where its character begins; then the words' ends */
    size_t places_capacity;
};

bool word_breaks_built_in(void)
{
    return true;
}

static Status set_failure(UErrorCode code, Error *error)
{
    return error_set(error, STATUS_FAILED, "words without blanks: ICU: %s", u_errorName(code));
}

Status word_breaker_new(WordBreaker **breaker, Error *error)
{
    *breaker = memory_new(1, sizeof **breaker, error);
    if (!*breaker) {
        return error_status(error);
    }
    UErrorCode code = U_ZERO_ERROR;
    (*breaker)->iterator = ubrk_open(UBRK_WORD, "", NULL, 0, &code);
    if (U_SUCCESS(code)) {
        return STATUS_OK;
    }
    word_breaker_free(*breaker);
    *breaker = NULL;
    return set_failure(code, error);
}

/* NFKC takes apart the Thai and Lao sign am, which stands in the dictionaries as one. */
static uint32_t join_am(uint32_t before, uint32_t code_point)
{
    return before == 0x0E4D && code_point == 0x0E32   ? 0x0E33
           : before == 0x0ECD && code_point == 0x0EB2 ? 0x0EB3
                                                      : 0;
}

/* Fills units and places; returns how many there are. There is room. */
static size_t to_utf16(WordBreaker *breaker, const char *text, size_t length)
{
    size_t count = 0;
    uint32_t before = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code_point;
        size_t size = utf8_decode(text + at, length - at, &code_point);
        if (size == 0) { /* normalised text is UTF-8 */
            size = 1;
            code_point = 0xFFFD;
        }
        const uint32_t am = join_am(before, code_point);
        if (am) {
            breaker->units[count - 1] = (UChar)am;
        } else {
            const size_t first = count;
            U16_APPEND_UNSAFE(breaker->units, count, code_point);
            for (size_t i = first; i < count; i++) {
                breaker->places[i] = at;
            }
        }
        before = code_point;
        at += size;
    }
    return count;
}

Status word_breaker_cut(WordBreaker *breaker, const char *text, size_t length, const size_t **ends,
                        size_t *count, Error *error)
{
    *count = 0;
    Status status = memory_reserve(&breaker->units, &breaker->units_capacity, length + 1,
                                   sizeof *breaker->units, error);
    if (!status) {
        status = memory_reserve(&breaker->places, &breaker->places_capacity, length + 1,
                                sizeof *breaker->places, error);
    }
    if (status) {
        return status;
    }
    *ends = breaker->places;
    if (length > INT32_MAX) { /* no word is */
        breaker->places[(*count)++] = length;
        return STATUS_OK;
    }
    const size_t units = to_utf16(breaker, text, length);
    UErrorCode code = U_ZERO_ERROR;
    ubrk_setText(breaker->iterator, breaker->units, (int32_t)units, &code);
    if (U_FAILURE(code)) {
        return set_failure(code, error);
    }
    /* The number of words is never ahead of the units they end at. */
    for (int32_t end; (end = ubrk_next(breaker->iterator)) != UBRK_DONE;) {
        breaker->places[*count] = (size_t)end < units ? breaker->places[end] : length;
        ++*count;
    }
    return STATUS_OK;
}

void word_breaker_free(WordBreaker *breaker)
{
    if (breaker) {
        ubrk_close(breaker->iterator);
        free(breaker->units);
        free(breaker->places);
        free(breaker);
    }
}

#else

bool word_breaks_built_in(void)
{
    return false;
}

Status word_breaker_new(WordBreaker **breaker, Error *error)
{
    *breaker = NULL;
    error_set(error, STATUS_USAGE, "words without blanks: this program is built without ICU");
    return error_hint(error, "it is built with it where CMake finds it");
}

Status word_breaker_cut(WordBreaker *breaker, const char *text, size_t length, const size_t **ends,
                        size_t *count, Error *error)
{
    (void)breaker, (void)text, (void)length, (void)ends, (void)count;
    return error_set(error, STATUS_FAILED, "words without blanks: there is no breaker");
}

void word_breaker_free(WordBreaker *breaker)
{
    (void)breaker;
}

#endif
