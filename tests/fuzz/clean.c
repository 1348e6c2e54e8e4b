/* Cleaning. Whatever the text: what is left of it is UTF-8 and, but for what the user puts in place
 * of something, never longer; no tag of HTML is left, and what is clean stays. A short text is also
 * repeated until anything that is not linear takes too long.
 *
 * Input: a byte that chooses rules; if it says so a pattern, a line end, a replacement and another
 * one; then the text. */
#include "counting.h"

#include "text/clean.h"
#include "text/html.h"
#include "text/links.h"
#include "text/mail.h"

enum { REPEATED_BYTES = 1 << 18, UNIT_BYTES = 24 };

typedef Status CleanFunction(const char *text, size_t length, Buffer *stripped, bool *changed,
                             Error *error);

/* Applies one rule; *result is the text itself if nothing is to be taken out. False then. */
static bool apply(CleanFunction *rule, const Buffer *text, Buffer *result)
{
    Error error;
    bool changed;
    REQUIRE_OK(rule(buffer_text(text), text->length, result, &changed, &error), &error);
    if (changed) {
        REQUIRE(result->length <= text->length);
        REQUIRE(utf8_valid_length(buffer_text(result), result->length) == result->length);
    } else {
        buffer_clear(result);
        REQUIRE_OK(buffer_append(result, buffer_text(text), text->length, &error), &error);
    }
    return changed;
}

static bool has_byte(const Buffer *text, char byte)
{
    return text->length > 0 && memchr(text->bytes, byte, text->length) != NULL;
}

static void check_rules(const Buffer *text)
{
    Buffer once = {0}, twice = {0};
    apply(html_strip, text, &once);
    REQUIRE(!html_has_tags(buffer_text(&once), once.length));
    /* A reference may become an ampersand, and with what follows a reference. */
    REQUIRE(has_byte(text, '&') || has_byte(text, ';') || !apply(html_strip, &once, &twice));
    apply(links_strip, text, &once);
    REQUIRE(!apply(links_strip, &once, &twice));
    apply(mail_strip, text, &once);
    buffer_free(&once);
    buffer_free(&twice);
}

static void check_cleaner(const CleanOptions *options, const Buffer *text)
{
    Cleaner *cleaner = NULL;
    Error error = {0};
    Status status = cleaner_new(options, &cleaner, &error);
    REQUIRE(status == STATUS_OK || (status == STATUS_USAGE && error.message[0]));
    REQUIRE(status == STATUS_OK || options->rule_count > 0);
    for (int times = 0; !status && times < 2; times++) {
        const char *cleaned;
        size_t length;
        status = cleaner_apply(cleaner, buffer_text(text), text->length, &cleaned, &length, &error);
        REQUIRE(status == STATUS_OK || (status == STATUS_FAILED && options->rule_count > 0));
        REQUIRE(status || utf8_valid_length(cleaned, length) == length);
        REQUIRE(status || options->rule_count > 0 || length <= text->length);
        REQUIRE(status || clean_is_needed(options) || cleaned == buffer_text(text));
    }
    cleaner_free(cleaner);
}

/* The text again and again, if it is short. */
static void repeat(Buffer *text)
{
    Error error;
    const size_t unit = text->length;
    while (unit > 0 && unit <= UNIT_BYTES && text->length < REPEATED_BYTES) {
        char copy[UNIT_BYTES];
        memcpy(copy, text->bytes, unit);
        REQUIRE_OK(buffer_append(text, copy, unit, &error), &error);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput input = {data, size};
    Buffer text = {0};
    Error error;
    const uint8_t choice = fuzz_byte(&input);
    CleanOptions options = {.html = choice & 1, .email = choice >> 1 & 1, .links = choice >> 2 & 1};
    if (choice >> 3 & 1) {
        char *pattern = fuzz_text(fuzz_until(&input, '\n'));
        char *replacement = fuzz_text(fuzz_until(&input, '\n'));
        REQUIRE_OK(clean_add_rule(&options, pattern, choice >> 4 & 1 ? replacement : NULL, &error),
                   &error);
        free(pattern);
        free(replacement);
    }
    make_text(input, &text);
    if (choice >> 5 & 1 && options.rule_count == 0) {
        repeat(&text);
    }
    check_rules(&text);
    check_cleaner(&options, &text);
    clean_options_free(&options);
    buffer_free(&text);
    return 0;
}
