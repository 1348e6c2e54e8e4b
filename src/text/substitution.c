#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/substitution.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* As for the token pattern (text/tokenizer.c): for one match, whatever the pattern. */
enum {
    MATCH_STEPS_MAX = 1000000,
    MATCH_HEAP_KIB_MAX = 64 * 1024,
    JIT_STACK_MIN = 32 * 1024,
    JIT_STACK_MAX = 8 * 1024 * 1024,
    RESULT_BYTES_MAX = 1 << 30, /* of a document */
};

static const uint32_t compile_options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
static const uint32_t substitute_options =
    PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_UNSET_EMPTY | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH;

struct Substitution {
    const char *option;
    const char *text;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *jit_stack;
    int first; /* a byte that is in every match, −1: none is known */
    int last;
};

/* ---- making ---- */

static Status set_bad(const char *option, const char *what, int code, size_t position,
                      const char *text, Error *error)
{
    PCRE2_UCHAR reason[256];
    pcre2_get_error_message(code, reason, sizeof reason);
    return error_set(error, STATUS_USAGE, "%s: %s%s at position %zu of '%s'", option, what,
                     (const char *)reason, position, text);
}

/* Says whether the replacement can be understood. That is found out at a match only, so one is
 * made: the pattern or nothing, on an empty text. */
static Status check_text(const char *option, const char *pattern, const char *text, Error *error)
{
    Buffer either = {0};
    int code;
    PCRE2_SIZE offset, length = 0;
    Status status = buffer_print(&either, error, "(?:%s\n)|", pattern);
    pcre2_code *compiled =
        status ? NULL
               : pcre2_compile((PCRE2_SPTR)buffer_text(&either), PCRE2_ZERO_TERMINATED,
                               compile_options, &code, &offset, NULL);
    if (compiled) { /* a pattern that begins with (*VERB) cannot be embedded: seen at a match */
        PCRE2_UCHAR room[1];
        length = sizeof room;
        code = pcre2_substitute(compiled, (PCRE2_SPTR) "", 0, 0, substitute_options, NULL, NULL,
                                (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, room, &length);
        if (code < 0 && code != PCRE2_ERROR_NOMEMORY) {
            status = set_bad(option, "the text behind '=': ", code,
                             length == PCRE2_UNSET ? 0 : (size_t)length, text, error);
            error_hint(error, "$1 and ${name} are groups of the pattern, $$ is a dollar");
        }
        pcre2_code_free(compiled);
    }
    buffer_free(&either);
    return status;
}

static int gate_byte(const pcre2_code *code, uint32_t type_info, uint32_t unit_info)
{
    uint32_t type = 0, unit = 0;
    pcre2_pattern_info(code, type_info, &type);
    pcre2_pattern_info(code, unit_info, &unit);
    return type == 1 && unit < 0x80 ? (int)unit : -1;
}

static Status compile(Substitution *made, const char *pattern, Error *error)
{
    int code;
    PCRE2_SIZE offset;
    made->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, compile_options, &code,
                               &offset, NULL);
    if (!made->code && code == PCRE2_ERROR_HEAP_FAILED) {
        return error_set(error, STATUS_FAILED, "out of memory: %s", made->option);
    }
    if (!made->code) {
        set_bad(made->option, "", code, (size_t)offset, pattern, error);
        return error_hint(error, "patterns are in PCRE2's syntax with Unicode on, "
                                 "for instance '(?m)^Page \\d+$'");
    }
    made->match = pcre2_match_data_create_from_pattern(made->code, NULL);
    made->context = pcre2_match_context_create(NULL);
    if (!made->match || !made->context) {
        return error_set(error, STATUS_FAILED, "out of memory: %s", made->option);
    }
    pcre2_set_match_limit(made->context, MATCH_STEPS_MAX);
    pcre2_set_depth_limit(made->context, MATCH_STEPS_MAX);
    pcre2_set_heap_limit(made->context, MATCH_HEAP_KIB_MAX);
    if (pcre2_jit_compile(made->code, PCRE2_JIT_COMPLETE) == 0) {
        made->jit_stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
        pcre2_jit_stack_assign(made->context, NULL, made->jit_stack);
    }
    made->first = gate_byte(made->code, PCRE2_INFO_FIRSTCODETYPE, PCRE2_INFO_FIRSTCODEUNIT);
    made->last = gate_byte(made->code, PCRE2_INFO_LASTCODETYPE, PCRE2_INFO_LASTCODEUNIT);
    return STATUS_OK;
}

Status substitution_new(const char *option, const char *pattern, const char *text,
                        Substitution **substitution, Error *error)
{
    *substitution = NULL;
    Substitution *made = memory_new(1, sizeof *made, error);
    if (!made) {
        return error_status(error);
    }
    made->option = option;
    made->text = text ? text : "";
    Status status =
        utf8_is_valid(made->text)
            ? compile(made, pattern, error)
            : error_set(error, STATUS_USAGE, "%s: the text behind '=' is not UTF-8", option);
    if (!status) {
        status = check_text(option, pattern, made->text, error);
    }
    if (status) {
        substitution_free(made);
        return status;
    }
    *substitution = made;
    return STATUS_OK;
}

/* ---- applying ---- */

/* Whether the byte is in the text, in either case: the pattern may not care. */
static bool has_byte(const char *text, size_t length, int byte)
{
    const bool is_letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    return byte < 0 || memchr(text, byte, length) ||
           (is_letter && memchr(text, byte ^ ('a' - 'A'), length));
}

static Status set_failure(const Substitution *substitution, int code, Error *error)
{
    const bool limit = code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_DEPTHLIMIT ||
                       code == PCRE2_ERROR_HEAPLIMIT || code == PCRE2_ERROR_JIT_STACKLIMIT;
    if (!limit) {
        PCRE2_UCHAR reason[256];
        pcre2_get_error_message(code, reason, sizeof reason);
        return error_set(error, STATUS_FAILED, "%s: %s", substitution->option,
                         (const char *)reason);
    }
    error_set(error, STATUS_FAILED, "%s: gave up after %d steps on one match", substitution->option,
              MATCH_STEPS_MAX);
    return error_hint(error, "a repeat inside a repeat, as in (a+)+, tries too many ways; write it "
                             "without, or with possessive quantifiers: a++");
}

/* Replaces from the match on that was just found. */
static int substitute(Substitution *substitution, const char *text, size_t length, Buffer *replaced)
{
    PCRE2_SIZE written = replaced->capacity;
    const int code =
        pcre2_substitute(substitution->code, (PCRE2_SPTR)text, length, 0,
                         substitute_options | PCRE2_SUBSTITUTE_MATCHED | PCRE2_NO_UTF_CHECK,
                         substitution->match, substitution->context, (PCRE2_SPTR)substitution->text,
                         PCRE2_ZERO_TERMINATED, (PCRE2_UCHAR *)replaced->bytes, &written);
    replaced->length = code >= 0 || code == PCRE2_ERROR_NOMEMORY ? written : 0;
    return code;
}

Status substitution_apply(Substitution *substitution, const char *text, size_t length,
                          Buffer *replaced, bool *changed, Error *error)
{
    *changed = false;
    if (!has_byte(text, length, substitution->first) ||
        !has_byte(text, length, substitution->last)) {
        return STATUS_OK;
    }
    int code = pcre2_match(substitution->code, (PCRE2_SPTR)text, length, 0, PCRE2_NO_UTF_CHECK,
                           substitution->match, substitution->context);
    if (code == PCRE2_ERROR_NOMATCH) {
        return STATUS_OK;
    }
    buffer_clear(replaced);
    Status status =
        code < 0 ? set_failure(substitution, code, error) : buffer_reserve(replaced, length, error);
    if (status) {
        return status;
    }
    code = substitute(substitution, text, length, replaced);
    if (code == PCRE2_ERROR_NOMEMORY) { /* the length with its NUL is known now */
        const size_t needed = replaced->length;
        buffer_clear(replaced);
        if (needed > RESULT_BYTES_MAX) {
            return error_set(error, STATUS_FAILED,
                             "%s: makes more than 1 GiB of a text of %zu bytes",
                             substitution->option, length);
        }
        status = buffer_reserve(replaced, needed, error);
        if (status) {
            return status;
        }
        code = substitute(substitution, text, length, replaced);
    }
    *changed = code >= 0;
    return code < 0 ? set_failure(substitution, code, error) : STATUS_OK;
}

void substitution_free(Substitution *substitution)
{
    if (!substitution) {
        return;
    }
    pcre2_jit_stack_free(substitution->jit_stack);
    pcre2_match_context_free(substitution->context);
    pcre2_match_data_free(substitution->match);
    pcre2_code_free(substitution->code);
    free(substitution);
}
