#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/pattern_class.h"

#include "base/buffer.h"
#include "text/tokenizer.h"

#include <pcre2.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"

/* What a pattern is made of: each item with a | behind it. */
typedef struct Items {
    Buffer alternatives;
    bool boundary; /* there is a \b */
    int variable;  /* items that can be repeated a varying number of times */
} Items;

/* ---- taking the pattern apart; a length of 0: something else ---- */

static size_t escape_length(const char *at)
{
    if (at[1] == 'w' || at[1] == 'd') {
        return 2;
    }
    if (at[1] != 'p' || at[2] != '{') {
        return 0;
    }
    const size_t name = strspn(at + 3, LETTERS);
    return name > 0 && at[3 + name] == '}' ? name + 4 : 0;
}

static size_t class_length(const char *at)
{
    size_t length = 1;
    if (at[1] == '^' || at[1] == ']') {
        return 0;
    }
    while (at[length] && at[length] != ']') {
        if (at[length] == '[') {
            return 0;
        }
        size_t step = 1;
        if (at[length] == '\\') {
            const char next = at[length + 1];
            step = next && strchr("-'_.@&+#/", next) ? 2 : escape_length(at + length);
        }
        if (step == 0) {
            return 0;
        }
        length += step;
    }
    return at[length] ? length + 1 : 0;
}

static size_t item_length(const char *at)
{
    if (*at == '\\') {
        return escape_length(at);
    }
    if (*at == '[') {
        return class_length(at);
    }
    return strchr(LETTERS DIGITS "_'-", *at) ? 1 : 0;
}

static size_t braces_length(const char *at, bool *variable)
{
    size_t length = 1 + strspn(at + 1, DIGITS);
    if (length == 1) {
        return 0;
    }
    *variable = at[length] == ',';
    if (*variable) {
        length += 1 + strspn(at + length + 1, DIGITS);
    }
    return at[length] == '}' ? length + 1 : 0;
}

/* The repetition behind an item; 0: there is none. */
static size_t repetition_length(const char *at, bool *variable)
{
    *variable = *at == '*' || *at == '+' || *at == '?';
    const size_t length = *variable ? 1 : *at == '{' ? braces_length(at, variable) : 0;
    return length + (length > 0 && (at[length] == '+' || at[length] == '?'));
}

/* *simple says whether there is nothing in the pattern but items. */
static Status take_apart(const char *pattern, Items *items, bool *simple, Error *error)
{
    Status status = STATUS_OK;
    *simple = false;
    for (const char *at = pattern; *at;) {
        if (strncmp(at, "\\b", 2) == 0) {
            items->boundary = true;
            at += 2;
            continue;
        }
        const size_t length = item_length(at);
        if (length == 0) {
            return STATUS_OK;
        }
        status = buffer_append(&items->alternatives, at, length, error);
        status = status ? status : buffer_append_byte(&items->alternatives, '|', error);
        if (status) {
            return status;
        }
        bool variable;
        at += length;
        at += repetition_length(at, &variable);
        items->variable += variable;
    }
    *simple = items->alternatives.length > 0 && items->variable <= 1;
    return STATUS_OK;
}

/* ---- the characters that the items take ---- */

/* Which bytes below 128 one of the alternatives takes once they are normalised; *tested is false if
 * that cannot be found out. */
static Status test_characters(const char *alternatives, bool taken[128], bool *tested, Error *error)
{
    Buffer pattern = {0};
    int code;
    PCRE2_SIZE offset;
    /* The last alternative is empty, and takes no character. */
    if (buffer_print(&pattern, error, "\\A(?:%s)\\z", alternatives)) {
        return error_status(error);
    }
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)buffer_text(&pattern), PCRE2_ZERO_TERMINATED,
                                         PCRE2_UTF | PCRE2_UCP, &code, &offset, NULL);
    pcre2_match_data *match =
        compiled ? pcre2_match_data_create_from_pattern(compiled, NULL) : NULL;
    for (int c = 0; c < 128 && match; c++) {
        const unsigned char folded = (unsigned char)(c == 0                 ? ' '
                                                     : c >= 'A' && c <= 'Z' ? c - 'A' + 'a'
                                                                            : c);
        taken[c] = pcre2_match(compiled, &folded, 1, 0, 0, match, NULL) >= 0;
    }
    *tested = match;
    const bool wanting = !match && (compiled || code == PCRE2_ERROR_HEAP_FAILED);
    pcre2_match_data_free(match);
    pcre2_code_free(compiled);
    buffer_free(&pattern);
    return wanting ? error_set(error, STATUS_FAILED, "out of memory: the token pattern's classes")
                   : STATUS_OK;
}

static bool takes_white_space(const bool taken[128])
{
    bool takes = taken[' '];
    for (int c = '\t'; c <= '\r'; c++) {
        takes |= taken[c];
    }
    return takes;
}

Status pattern_class(const char *pattern, bool in_run[256], bool *cuts, Error *error)
{
    static const char always[] = LETTERS DIGITS "<=>";
    /* The default patterns' repetitions are possessive, and they look around for what their items
     * take. */
    if (strcmp(pattern, TOKENIZER_DEFAULT_PATTERN) == 0) {
        pattern = "[\\p{L}\\p{M}\\p{N}']";
    } else if (strcmp(pattern, TOKENIZER_HYPHEN_PATTERN) == 0) {
        pattern = "[\\p{L}\\p{M}\\p{N}'-]";
    }
    Items items = {0};
    bool taken[128] = {false};
    Status status = take_apart(pattern, &items, cuts, error);
    if (!status && *cuts) {
        status = test_characters(buffer_text(&items.alternatives), taken, cuts, error);
        *cuts = !status && *cuts && !takes_white_space(taken);
    }
    for (int byte = 0; byte < 256 && *cuts; byte++) {
        in_run[byte] = byte >= 128 || taken[byte] || (byte && strchr(always, byte)) ||
                       (byte == '_' && items.boundary);
    }
    buffer_free(&items.alternatives);
    return status;
}
