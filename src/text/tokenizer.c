#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/tokenizer.h"

#include "base/memory.h"
#include "text/normalise.h"
#include "text/pattern_class.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* One match attempt may take this much, whatever the pattern. The library's own limits are made for
 * trusted patterns and cost tenths of a second a match. */
enum {
    MATCH_STEPS_MAX = 1000000,
    MATCH_HEAP_KIB_MAX = 64 * 1024,
    JIT_STACK_MIN = 32 * 1024,
    JIT_STACK_MAX = 8 * 1024 * 1024,
};

struct Tokenizer {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *jit_stack;
    Normaliser normaliser;
    bool keep_numbers;
    int graphemes_min;
    int graphemes_max;
    const char *text; /* normalised; in the normaliser */
    size_t length;
    size_t at; /* where the next match may begin */
    TokenizerTally tally;
    bool cuts; /* into runs, of the bytes that stand in in_run */
    bool in_run[256];
};

static Status compile_pattern(Tokenizer *tokenizer, const char *pattern, Error *error)
{
    int code;
    PCRE2_SIZE offset;
    tokenizer->code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &code, &offset, NULL);
    if (!tokenizer->code && code == PCRE2_ERROR_HEAP_FAILED) {
        return error_set(error, STATUS_FAILED, "out of memory: the token pattern");
    }
    if (!tokenizer->code) {
        PCRE2_UCHAR reason[256];
        pcre2_get_error_message(code, reason, sizeof reason);
        error_set(error, STATUS_USAGE, "token pattern: %s at position %zu of '%s'",
                  (const char *)reason, (size_t)offset, pattern);
        return error_hint(error, "patterns are in PCRE2's syntax with Unicode on, "
                                 "for instance '\\p{L}{3,}'");
    }
    tokenizer->match = pcre2_match_data_create_from_pattern(tokenizer->code, NULL);
    tokenizer->context = pcre2_match_context_create(NULL);
    if (!tokenizer->match || !tokenizer->context) {
        return error_set(error, STATUS_FAILED, "out of memory: the token pattern");
    }
    pcre2_set_match_limit(tokenizer->context, MATCH_STEPS_MAX);
    pcre2_set_depth_limit(tokenizer->context, MATCH_STEPS_MAX);
    pcre2_set_heap_limit(tokenizer->context, MATCH_HEAP_KIB_MAX);
    /* Without JIT (not on this processor, or no memory for it) matching is slower, nothing else. */
    if (pcre2_jit_compile(tokenizer->code, PCRE2_JIT_COMPLETE) == 0) {
        tokenizer->jit_stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
        pcre2_jit_stack_assign(tokenizer->context, NULL, tokenizer->jit_stack);
    }
    return STATUS_OK;
}

Status tokenizer_new(const TokenizerOptions *options, Tokenizer **tokenizer, Error *error)
{
    *tokenizer = NULL;
    Tokenizer *made = memory_new(1, sizeof *made, error);
    if (!made) {
        return error_status(error);
    }
    made->keep_numbers = options->keep_numbers;
    made->graphemes_min = options->graphemes_min;
    made->graphemes_max = options->graphemes_max;
    Status status = compile_pattern(made, options->pattern, error);
    if (status) {
        tokenizer_free(made);
        return status;
    }
    made->cuts = pattern_class(options->pattern, made->in_run);
    *tokenizer = made;
    return STATUS_OK;
}

Status tokenizer_start(Tokenizer *tokenizer, const char *text, size_t length, Error *error)
{
    tokenizer->at = 0;
    tokenizer->length = 0;
    return normalise_text(&tokenizer->normaliser, text, length, &tokenizer->text,
                          &tokenizer->length, error);
}

/* ---- the rules that drop tokens ---- */

/* Number of grapheme clusters, counted up to `limit`, and whether there is a letter. */
static int count_graphemes(Token token, int limit, bool *has_letter)
{
    int count = 0;
    utf8proc_int32_t before = -1, state = 0;
    *has_letter = false;
    for (size_t at = 0; at < token.length && count < limit;) {
        utf8proc_int32_t code_point;
        utf8proc_ssize_t size =
            utf8proc_iterate((const utf8proc_uint8_t *)token.bytes + at,
                             (utf8proc_ssize_t)(token.length - at), &code_point);
        if (size <= 0) { /* a pattern with \C-like tricks could cut a character; PCRE2 forbids it */
            break;
        }
        if (before < 0 || utf8proc_grapheme_break_stateful(before, code_point, &state)) {
            count++;
        }
        utf8proc_category_t category = utf8proc_category(code_point);
        *has_letter |= category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
        before = code_point;
        at += (size_t)size;
    }
    return count;
}

static bool is_kept(Tokenizer *tokenizer, Token token)
{
    bool has_letter;
    int graphemes = count_graphemes(token, tokenizer->graphemes_max + 1, &has_letter);
    tokenizer->tally.matched++;
    if (graphemes > tokenizer->graphemes_max) {
        tokenizer->tally.too_long++;
    } else if (!has_letter && !tokenizer->keep_numbers) {
        tokenizer->tally.without_letter++;
    } else if (graphemes < tokenizer->graphemes_min) {
        tokenizer->tally.too_short++;
    } else {
        return true;
    }
    return false;
}

static Status set_match_failure(const Tokenizer *tokenizer, int code, Error *error)
{
    bool limit = code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_DEPTHLIMIT ||
                 code == PCRE2_ERROR_HEAPLIMIT || code == PCRE2_ERROR_JIT_STACKLIMIT;
    if (!limit) {
        PCRE2_UCHAR reason[256];
        pcre2_get_error_message(code, reason, sizeof reason);
        return error_set(error, STATUS_FAILED, "token pattern: %s", (const char *)reason);
    }
    error_set(error, STATUS_FAILED,
              "token pattern: gave up %zu bytes into the text, after %d steps on one match",
              tokenizer->at, MATCH_STEPS_MAX);
    return error_hint(error, "a repeat inside a repeat, as in (a+)+, tries too many ways; write it "
                             "without, or with possessive quantifiers: a++");
}

Status tokenizer_next(Tokenizer *tokenizer, Token *token, bool *found, Error *error)
{
    *found = false;
    while (tokenizer->at < tokenizer->length) {
        int code =
            pcre2_match(tokenizer->code, (PCRE2_SPTR)tokenizer->text, tokenizer->length,
                        tokenizer->at, PCRE2_NO_UTF_CHECK, tokenizer->match, tokenizer->context);
        if (code == PCRE2_ERROR_NOMATCH) {
            tokenizer->at = tokenizer->length;
            break;
        }
        if (code < 0) {
            return set_match_failure(tokenizer, code, error);
        }
        const PCRE2_SIZE *bounds = pcre2_get_ovector_pointer(tokenizer->match);
        PCRE2_SIZE begin = bounds[0], end = bounds[1];
        if (end <= begin || end <= tokenizer->at) {
            /* An empty match (a pattern such as a*), or \K in a lookahead: go on one character. */
            size_t next = end > tokenizer->at ? end : tokenizer->at;
            do {
                next++;
            } while (next < tokenizer->length &&
                     ((unsigned char)tokenizer->text[next] & 0xC0) == 0x80);
            tokenizer->at = next;
            continue;
        }
        tokenizer->at = end;
        *token = (Token){.bytes = tokenizer->text + begin, .length = end - begin};
        if (is_kept(tokenizer, *token)) {
            *found = true;
            break;
        }
    }
    return STATUS_OK;
}

const TokenizerTally *tokenizer_tally(const Tokenizer *tokenizer)
{
    return &tokenizer->tally;
}

void tokenizer_set_tally(Tokenizer *tokenizer, const TokenizerTally *tally)
{
    tokenizer->tally = *tally;
}

const bool *tokenizer_run_bytes(const Tokenizer *tokenizer)
{
    return tokenizer->cuts ? tokenizer->in_run : NULL;
}

void tokenizer_free(Tokenizer *tokenizer)
{
    if (!tokenizer) {
        return;
    }
    pcre2_jit_stack_free(tokenizer->jit_stack);
    pcre2_match_context_free(tokenizer->context);
    pcre2_match_data_free(tokenizer->match);
    pcre2_code_free(tokenizer->code);
    normaliser_free(&tokenizer->normaliser);
    free(tokenizer);
}
