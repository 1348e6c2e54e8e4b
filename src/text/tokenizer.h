/* Cutting text into tokens: the text is normalised (text/normalise.h), every match of the token
 * pattern (PCRE2 syntax, UTF and UCP on) in it is cut into its parts (text/parts.h), of most there
 * is one, and each part is a token, or its stem is, unless a rule drops it. */
#ifndef THEMATA_TEXT_TOKENIZER_H
#define THEMATA_TEXT_TOKENIZER_H

#include "base/error.h"
#include "text/origins.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The default pattern: a letter or digit, then letters, digits and marks; parts joined by an
 * apostrophe, up to nine, are one token (don't, l'école), but a closing 's is not part of it
 * (nation's → nation). Marks belong to their letter (हिन्दी), which \w does not grant. */
#define TOKENIZER_DEFAULT_PATTERN                                                                  \
    "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*+"                                                         \
    "(?:'(?!s(?![\\p{L}\\p{M}\\p{N}]))[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*+){0,8}+"

/* In its place when words are kept together by hyphens as well. Behind an apostrophe an s alone is
 * not the beginning of a word (nation's-flag → nation, s, flag). */
#define TOKENIZER_HYPHEN_PATTERN                                                                   \
    "(?<=')s(?![\\p{L}\\p{M}\\p{N}])|"                                                             \
    "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*+"                                                         \
    "(?:(?:-|'(?!s(?![\\p{L}\\p{M}\\p{N}])))[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*+){0,8}+"

typedef enum TokenizerHyphens {
    HYPHENS_SPLIT,
    HYPHENS_KEEP, /* well-known is one token */
    HYPHENS_BOTH, /* three: well-known, well, known */
} TokenizerHyphens;

typedef enum TokenizerCjk {
    CJK_BIGRAMS, /* Han and Kana two by two */
    CJK_WORDS,   /* as the pattern finds them */
} TokenizerCjk;

/* Thai, Lao, Khmer and Burmese. */
typedef enum TokenizerUnspaced {
    UNSPACED_AUTO, /* words, if the program is built with ICU */
    UNSPACED_WORDS,
    UNSPACED_WHOLE, /* as the pattern finds them: whole phrases */
} TokenizerUnspaced;

/* Names of the values above, as in options and in model.json; end with NULL. */
extern const char *const tokenizer_hyphens_names[];
extern const char *const tokenizer_cjk_names[];
extern const char *const tokenizer_unspaced_names[];

/* What UNSPACED_AUTO means in this program; any other value is itself. */
TokenizerUnspaced tokenizer_unspaced(TokenizerUnspaced unspaced);

typedef struct TokenizerOptions {
    const char *pattern;  /* PCRE2; sees the normalised text, so it need not care for case */
    const char *language; /* whose rules hold beside the general ones (text/language.h); NULL, auto
                             and none: no language's */
    TokenizerHyphens hyphens; /* with the default pattern only: another says itself what it takes */
    TokenizerCjk cjk;
    TokenizerUnspaced unspaced;
    bool stem;          /* tokens are the stems of words; needs a language */
    bool strip_accents; /* as in Normaliser */
    bool keep_numbers;  /* keep tokens without a letter */
    int graphemes_min;  /* shorter tokens are dropped; in grapheme clusters, as a reader counts. A
                           Han or Kana character can be a word: it is never too short */
    int graphemes_max;  /* longer tokens are dropped: addresses, encoded data */
} TokenizerOptions;

static const TokenizerOptions tokenizer_defaults = {
    .pattern = TOKENIZER_DEFAULT_PATTERN,
    .language = "auto",
    .hyphens = HYPHENS_SPLIT,
    .cjk = CJK_BIGRAMS,
    .unspaced = UNSPACED_AUTO,
    .stem = false,
    .strip_accents = false,
    .keep_numbers = false,
    .graphemes_min = 2,
    .graphemes_max = 64,
};

/* A token: bytes of normalised UTF-8, living until the tokenizer's next token. */
typedef struct Token {
    const char *bytes;
    size_t length;
    const char *word; /* the normalised word in the text; a stem's is another than `bytes` */
    size_t word_length;
} Token;

/* How many tokens each rule dropped. */
typedef struct TokenizerTally {
    int64_t matched; /* parts of matches found, dropped ones included */
    int64_t too_short;
    int64_t too_long;
    int64_t without_letter;
} TokenizerTally;

typedef struct Tokenizer Tokenizer;

/* Compiles the pattern. STATUS_USAGE, with the position of the mistake, when it is not one; when
 * the language is not known, or has no stemmer that was asked for; when hyphens are to be kept by
 * another pattern than the default; when words of scripts without blanks are asked for and there is
 * no ICU. The options are borrowed for the call. */
Status tokenizer_new(const TokenizerOptions *options, Tokenizer **tokenizer, Error *error);

/* Starts on a text: `length` bytes of valid UTF-8, borrowed until the next call. */
Status tokenizer_start(Tokenizer *tokenizer, const char *text, size_t length, Error *error);

/* Fills *token with the next token that no rule drops; *found is false behind the last.
 * STATUS_FAILED when the pattern needs more than its share of steps, which a pattern such as
 * (a+)+$ does on the right text. */
Status tokenizer_next(Tokenizer *tokenizer, Token *token, bool *found, Error *error);

/* Whether the last error was the pattern's, which took too many steps on the text. */
bool tokenizer_gave_up(const Tokenizer *tokenizer);

/* Whether the token's word is the whole text, normalised: then the text is a spelling of it. */
bool tokenizer_is_whole(const Tokenizer *tokenizer, const Token *token);

/* Fills *origins for the text that tokenizer_start was given, which is handed in again. */
Status tokenizer_origins(const Tokenizer *tokenizer, const char *text, size_t length,
                         Origins *origins, Error *error);

/* The bytes [*begin, *end) of that text that the token's word comes from. */
void tokenizer_place(const Tokenizer *tokenizer, const Token *token, const Origins *origins,
                     size_t *begin, size_t *end);

/* What the rules did, over all texts so far. */
const TokenizerTally *tokenizer_tally(const Tokenizer *tokenizer);

/* Which bytes may take part in a token, 256 of them (text/pattern_class.h), the tokenizer's; NULL
 * if texts must be tokenised whole. */
const bool *tokenizer_run_bytes(const Tokenizer *tokenizer);

void tokenizer_free(Tokenizer *tokenizer);

#endif
