#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/scripts.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

const char *const script_names[] = {
    "Latin",   "Greek",    "Cyrillic", "Armenian", "Hebrew",  "Arabic",   "Devanagari",
    "Bengali", "Gurmukhi", "Gujarati", "Tamil",    "Telugu",  "Kannada",  "Malayalam",
    "Sinhala", "Thai",     "Lao",      "Tibetan",  "Myanmar", "Georgian", "Ethiopic",
    "Khmer",   "Hangul",   "Hiragana", "Katakana", "Han",     "other",    NULL,
};
_Static_assert(sizeof script_names / sizeof *script_names <= SCRIPTS_MAX, "raise SCRIPTS_MAX");

/* What was found out about a code point, by its value in `known`: 0 nothing yet, 1 no letter,
 * from 2 on the script. */
enum { CODE_POINTS = 0x110000, NO_LETTER = 1, FIRST_SCRIPT = 2 };

typedef struct Scripts {
    pcre2_code *code; /* a letter; which group took it says its script */
    pcre2_match_data *match;
    unsigned char *known;
} Scripts;

static Status scripts_begin(Scripts *scripts, Error *error)
{
    Buffer pattern = {0};
    Status status = buffer_append_text(&pattern, "\\A(?=\\p{L})(?:", error);
    for (int i = 0; script_names[i] && !status; i++) {
        status = script_names[i + 1] ? buffer_print(&pattern, error, "(\\p{%s})|", script_names[i])
                                     : buffer_append_text(&pattern, "(.))", error);
    }
    if (!status) {
        int code;
        PCRE2_SIZE offset;
        scripts->code = pcre2_compile((PCRE2_SPTR)pattern.bytes, PCRE2_ZERO_TERMINATED,
                                      PCRE2_UTF | PCRE2_UCP, &code, &offset, NULL);
        scripts->match =
            scripts->code ? pcre2_match_data_create_from_pattern(scripts->code, NULL) : NULL;
        scripts->known = memory_new(CODE_POINTS, 1, error);
        status = !scripts->match  ? error_set(error, STATUS_FAILED, "out of memory: scripts")
                 : scripts->known ? STATUS_OK
                                  : error_status(error);
    }
    buffer_free(&pattern);
    return status;
}

static void scripts_end(Scripts *scripts)
{
    pcre2_match_data_free(scripts->match);
    pcre2_code_free(scripts->code);
    free(scripts->known);
}

static unsigned char ask(Scripts *scripts, const char *bytes, size_t size)
{
    const int groups = pcre2_match(scripts->code, (PCRE2_SPTR)bytes, size, 0, PCRE2_NO_UTF_CHECK,
                                   scripts->match, NULL);
    return groups > 1 ? (unsigned char)(groups - 2 + FIRST_SCRIPT) : NO_LETTER;
}

Status scripts_count(const Vocabulary *vocabulary, const double *term_frequency,
                     double letters[SCRIPTS_MAX], Error *error)
{
    Scripts scripts = {0};
    Status status = scripts_begin(&scripts, error);
    memset(letters, 0, SCRIPTS_MAX * sizeof *letters);
    for (WordId id = 0; id < vocabulary->count && !status; id++) {
        const char *word = vocabulary_word(vocabulary, id);
        const size_t length = vocabulary_word_length(vocabulary, id);
        for (size_t at = 0, size; at < length; at += size) {
            uint32_t code_point;
            size = utf8_decode(word + at, length - at, &code_point);
            if (size == 0) {
                size = 1; /* tokens are UTF-8; whatever else has no script */
                continue;
            }
            unsigned char *known = &scripts.known[code_point];
            *known = *known ? *known : ask(&scripts, word + at, size);
            if (*known != NO_LETTER) {
                letters[*known - FIRST_SCRIPT] += term_frequency[id];
            }
        }
    }
    scripts_end(&scripts);
    return status;
}
