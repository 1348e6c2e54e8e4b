#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/tokenizer.h"

#include "base/memory.h"
#include "text/language.h"
#include "text/normalise.h"
#include "text/parts.h"
#include "text/pattern_class.h"
#include "text/script.h"
#include "text/stemmer.h"

#include <assert.h>
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

const char *const tokenizer_hyphens_names[] = {"split", "keep", "both", NULL};
const char *const tokenizer_cjk_names[] = {"bigrams", "words", NULL};
const char *const tokenizer_unspaced_names[] = {"auto", "words", "whole", NULL};

TokenizerUnspaced tokenizer_unspaced(TokenizerUnspaced unspaced)
{
    return unspaced != UNSPACED_AUTO ? unspaced
           : word_breaks_built_in()  ? UNSPACED_WORDS
                                     : UNSPACED_WHOLE;
}

struct Tokenizer {
    pcre2_code *code;
    pcre2_match_data *match_data;
    pcre2_match_context *context;
    pcre2_jit_stack *jit_stack;
    Normaliser normaliser;
    PartRules part_rules; /* its breaker is owned */
    Stemmer *stemmer;     /* owned; NULL: words stay as they are */
    bool keep_numbers;
    int graphemes_min;
    int graphemes_max;
    const char *text; /* normalised; in the normaliser */
    size_t length;
    size_t at;   /* where the next match may begin */
    Parts parts; /* owned: of the last match */
    size_t part; /* the next of them */
    const char *match;
    bool gave_up;
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
    tokenizer->match_data = pcre2_match_data_create_from_pattern(tokenizer->code, NULL);
    tokenizer->context = pcre2_match_context_create(NULL);
    if (!tokenizer->match_data || !tokenizer->context) {
        return error_set(error, STATUS_FAILED, "out of memory: the token pattern");
    }
    pcre2_set_match_limit(tokenizer->context, MATCH_STEPS_MAX);
    pcre2_set_depth_limit(tokenizer->context, MATCH_STEPS_MAX);
    pcre2_set_heap_limit(tokenizer->context, MATCH_HEAP_KIB_MAX);
    /* Without JIT (not on this processor, or no memory for it, or (*NO_JIT) asks for that) matching
     * is slower, nothing else. */
    size_t compiled = 0;
    if (pcre2_jit_compile(tokenizer->code, PCRE2_JIT_COMPLETE) == 0 &&
        pcre2_pattern_info(tokenizer->code, PCRE2_INFO_JITSIZE, &compiled) == 0 && compiled > 0) {
        tokenizer->jit_stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
        pcre2_jit_stack_assign(tokenizer->context, NULL, tokenizer->jit_stack);
    }
    return STATUS_OK;
}

/* The pattern that the options ask for. */
static Status choose_pattern(const TokenizerOptions *options, const char **pattern, Error *error)
{
    const bool is_default = strcmp(options->pattern, TOKENIZER_DEFAULT_PATTERN) == 0;
    *pattern = options->pattern;
    if (options->hyphens == HYPHENS_SPLIT) {
        return STATUS_OK;
    }
    if (!is_default) {
        error_set(error, STATUS_USAGE, "hyphens: only the default token pattern can %s them",
                  tokenizer_hyphens_names[options->hyphens]);
        return error_hint(error, "a pattern of your own says itself whether a hyphen is part of a "
                                 "word");
    }
    *pattern = TOKENIZER_HYPHEN_PATTERN;
    return STATUS_OK;
}

static Status apply_language(Tokenizer *tokenizer, const TokenizerOptions *options, Error *error)
{
    const Language *language;
    Status status = language_choose(options->language, &language, error);
    if (!status && language) {
        tokenizer->part_rules.elided = language->elided;
        tokenizer->normaliser.dotless_i = language->dotless_i;
    }
    return !status && options->stem ? stemmer_new(language, &tokenizer->stemmer, error) : status;
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
    made->normaliser.strip_accents = options->strip_accents;
    made->normaliser.hyphens = options->hyphens != HYPHENS_SPLIT;
    made->part_rules.hyphened = options->hyphens == HYPHENS_BOTH;
    made->part_rules.bigrams = options->cjk == CJK_BIGRAMS;
    const char *pattern;
    Status status = choose_pattern(options, &pattern, error);
    if (!status) {
        status = compile_pattern(made, pattern, error);
    }
    if (!status) {
        status = apply_language(made, options, error);
    }
    if (!status && tokenizer_unspaced(options->unspaced) == UNSPACED_WORDS) {
        status = word_breaker_new(&made->part_rules.breaker, error);
    }
    if (!status) {
        status = pattern_class(pattern, made->in_run, &made->cuts, error);
    }
    if (status) {
        tokenizer_free(made);
        return status;
    }
    *tokenizer = made;
    return STATUS_OK;
}

Status tokenizer_start(Tokenizer *tokenizer, const char *text, size_t length, Error *error)
{
    tokenizer->gave_up = false;
    tokenizer->at = 0;
    tokenizer->length = 0;
    tokenizer->parts.count = 0;
    tokenizer->part = 0;
    return normalise_text(&tokenizer->normaliser, text, length, &tokenizer->text,
                          &tokenizer->length, error);
}

/* ---- the rules that drop tokens ---- */

/* Whether the token is of ASCII alone, where but for CR and LF every character is a cluster. */
static bool is_plain(Token token, bool *has_letter)
{
    unsigned char all = 0;
    bool breaks = false;
    *has_letter = false;
    for (size_t i = 0; i < token.length; i++) {
        const unsigned char byte = (unsigned char)token.bytes[i];
        all |= byte;
        breaks |= byte == '\r';
        *has_letter |= (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    }
    return all < 0x80 && !breaks;
}

/* Number of grapheme clusters, counted up to `limit`, whether there is a letter, and whether Han or
 * Kana comes first. */
static int count_graphemes(Token token, int limit, bool *has_letter, bool *is_cjk)
{
    int count = 0;
    utf8proc_int32_t before = -1, state = 0;
    *is_cjk = false;
    if (is_plain(token, has_letter)) {
        return token.length < (size_t)limit ? (int)token.length : limit;
    }
    *has_letter = false;
    for (size_t at = 0; at < token.length && count < limit;) {
        utf8proc_int32_t code_point;
        utf8proc_ssize_t size =
            utf8proc_iterate((const utf8proc_uint8_t *)token.bytes + at,
                             (utf8proc_ssize_t)(token.length - at), &code_point);
        if (size <= 0) { /* a pattern with \C-like tricks could cut a character; PCRE2 forbids it */
            break;
        }
        *is_cjk |= before < 0 && script_of(code_point) == SCRIPT_CJK;
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
    bool has_letter, is_cjk;
    int graphemes = count_graphemes(token, tokenizer->graphemes_max + 1, &has_letter, &is_cjk);
    tokenizer->tally.matched++;
    if (graphemes > tokenizer->graphemes_max) {
        tokenizer->tally.too_long++;
    } else if (!has_letter && !tokenizer->keep_numbers) {
        tokenizer->tally.without_letter++;
    } else if (graphemes < tokenizer->graphemes_min && !is_cjk) {
        tokenizer->tally.too_short++;
    } else {
        return true;
    }
    return false;
}

static Status set_match_failure(Tokenizer *tokenizer, int code, Error *error)
{
    const bool limit = code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_DEPTHLIMIT ||
                       code == PCRE2_ERROR_HEAPLIMIT || code == PCRE2_ERROR_JIT_STACKLIMIT;
    tokenizer->gave_up = limit;
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

static int match_next(const Tokenizer *tokenizer)
{
    const PCRE2_SPTR text = (PCRE2_SPTR)tokenizer->text;
    return tokenizer->jit_stack
               ? pcre2_jit_match(tokenizer->code, text, tokenizer->length, tokenizer->at, 0,
                                 tokenizer->match_data, tokenizer->context)
               : pcre2_match(tokenizer->code, text, tokenizer->length, tokenizer->at,
                             PCRE2_NO_UTF_CHECK, tokenizer->match_data, tokenizer->context);
}

/* Goes on to the next match, and its parts; *found is false behind the last. */
static Status find_match(Tokenizer *tokenizer, bool *found, Error *error)
{
    *found = false;
    while (tokenizer->at < tokenizer->length) {
        const int code = match_next(tokenizer);
        if (code == PCRE2_ERROR_NOMATCH) {
            tokenizer->at = tokenizer->length;
            break;
        }
        if (code < 0) {
            return set_match_failure(tokenizer, code, error);
        }
        const PCRE2_SIZE *bounds = pcre2_get_ovector_pointer(tokenizer->match_data);
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
        tokenizer->match = tokenizer->text + begin;
        tokenizer->part = 0;
        *found = true;
        return parts_cut(&tokenizer->part_rules, tokenizer->match, end - begin, &tokenizer->parts,
                         error);
    }
    return STATUS_OK;
}

Status tokenizer_next(Tokenizer *tokenizer, Token *token, bool *found, Error *error)
{
    *found = true;
    for (;;) {
        while (tokenizer->part == tokenizer->parts.count) {
            Status status = find_match(tokenizer, found, error);
            if (status || !*found) {
                *found = false;
                return status;
            }
        }
        const Span span = tokenizer->parts.spans[tokenizer->part++];
        *token = (Token){.bytes = tokenizer->match + span.begin, .length = span.end - span.begin};
        if (is_kept(tokenizer, *token)) {
            break;
        }
    }
    token->word = token->bytes;
    token->word_length = token->length;
    return tokenizer->stemmer
               ? stemmer_stem(tokenizer->stemmer, &token->bytes, &token->length, error)
               : STATUS_OK;
}

bool tokenizer_gave_up(const Tokenizer *tokenizer)
{
    return tokenizer->gave_up;
}

bool tokenizer_is_whole(const Tokenizer *tokenizer, const Token *token)
{
    return token->word_length == tokenizer->length;
}

Status tokenizer_origins(const Tokenizer *tokenizer, const char *text, size_t length,
                         Origins *origins, Error *error)
{
    Status status = origins_find(&tokenizer->normaliser, text, length, origins, error);
    assert(status || origins->normalised == tokenizer->length);
    return status;
}

void tokenizer_place(const Tokenizer *tokenizer, const Token *token, const Origins *origins,
                     size_t *begin, size_t *end)
{
    const size_t at = (size_t)(token->word - tokenizer->text);
    origins_of(origins, at, at + token->word_length, begin, end);
}

const TokenizerTally *tokenizer_tally(const Tokenizer *tokenizer)
{
    return &tokenizer->tally;
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
    pcre2_match_data_free(tokenizer->match_data);
    pcre2_code_free(tokenizer->code);
    normaliser_free(&tokenizer->normaliser);
    parts_free(&tokenizer->parts);
    stemmer_free(tokenizer->stemmer);
    word_breaker_free(tokenizer->part_rules.breaker);
    free(tokenizer);
}
