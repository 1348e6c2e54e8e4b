#include "text/run_cache.h"

#include "base/random.h"
#include "base/utf8.h"
#include "support/counted.h"
#include "support/support.h"
#include "text/language.h"
#include "text/normalise.h"
#include "text/pair_sort.h"
#include "text/pattern_class.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts of all scripts ---- */

typedef struct Range {
    uint32_t first, last;
} Range;

static const Range scripts[] = {
    {'a', 'z'},         {'a', 'z'},       {'A', 'z'},       {'0', '9'},         {0x80, 0xBF},
    {0xC0, 0x24F},      {0x2B0, 0x2FF},   {0x300, 0x36F},   {0x370, 0x3FF},     {0x400, 0x45F},
    {0x591, 0x5EA},     {0x610, 0x66F},   {0x900, 0x97F},   {0xB80, 0xBFF},     {0xE00, 0xE5F},
    {0xE80, 0xEDF},     {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x1100, 0x11FF},   {0x1E00, 0x1FFF},
    {0x2000, 0x206F},   {0x20D0, 0x218F}, {0x3000, 0x30FF}, {0x4E00, 0x4EFF},   {0xAC00, 0xACFF},
    {0xFB00, 0xFB4F},   {0xFE00, 0xFE0F}, {0xFEFF, 0xFFFD}, {0x1D400, 0x1D4FF}, {0x1F300, 0x1F64F},
    {0xE0000, 0xE007F}, {0x80, 0x10FFFF},
};

/* Often before or behind a letter; some twice, because they are where roads could part. */
static const uint32_t joiners[] = {
    ' ',   ' ', ' ',   ' ',   ' ',    '\n',   '\r',  '\t',  '.',    ',',    '<',
    '=',   '>', '<',   '=',   '>',    '-',    '_',   '/',   '@',    '\'',   '\'',
    's',   0,   '"',   '`',   0xAD,   0x200B, 0x338, 0x301, 0,      '^',    '~',
    '|',   ';', 0x7F,  0x1B,  0xA0,   '1',    0xA8,  'x',   0x2019, 0x2BC,  0x200D,
    0x323, 'I', 0x130, 0x307, 0x2010, 0x640,  0x64B, 'l',   'd',    0x3099, 0x30A2,
};

enum { SCRIPTS = sizeof scripts / sizeof *scripts, JOINERS = sizeof joiners / sizeof *joiners };

typedef struct Dice {
    RandomStream stream;
    uint64_t index;
} Dice;

static uint32_t roll(Dice *dice, uint32_t sides)
{
    return (uint32_t)(random_bits(dice->stream, dice->index++) % sides);
}

static void append(Buffer *text, uint32_t code_point)
{
    char bytes[4];
    Error error;
    if (code_point >= 0xD800 && code_point < 0xE000) {
        code_point = 0xFFFD;
    }
    cr_assert_eq(buffer_append(text, bytes, utf8_encode(code_point, bytes), &error), STATUS_OK);
}

/* The word of this number: from one script or two, seldom long. */
static void append_word(Buffer *text, uint32_t number)
{
    Dice dice = {.stream = {.seed = 5, .stream = number}};
    const Range *script = &scripts[roll(&dice, SCRIPTS)];
    const uint32_t length = 1 + (roll(&dice, 20)  ? roll(&dice, 9)
                                 : roll(&dice, 3) ? roll(&dice, 90)
                                                  : roll(&dice, 900));
    for (uint32_t i = 0; i < length; i++) {
        const uint32_t what = roll(&dice, 12);
        const Range *range = what == 0 ? &scripts[roll(&dice, SCRIPTS)] : script;
        append(text, what == 1 ? joiners[roll(&dice, JOINERS)]
                               : range->first + roll(&dice, range->last - range->first + 1));
    }
}

static void make_document(Buffer *text, uint32_t number)
{
    Dice dice = {.stream = {.seed = 7, .stream = number}};
    buffer_clear(text);
    for (uint32_t words = roll(&dice, 60); words > 0; words--) {
        append_word(text, roll(&dice, roll(&dice, 4) ? 500 : 100000));
        for (uint32_t joints = 1 + (roll(&dice, 4) ? 0 : roll(&dice, 3)); joints > 0; joints--) {
            append(text, joiners[roll(&dice, JOINERS)]);
        }
    }
    if (number % 500 == 499) { /* longer than any run that is tokenised by itself */
        for (int i = 0; i < 3000; i++) {
            append(text, i % 7 ? 0xE9 : 0x3002);
        }
        append(text, ' ');
        append_word(text, 3);
    }
}

/* ---- two counters of the same texts, one of them tokenising them whole ---- */

typedef struct Road {
    Counter counter;
    Tokenizer *tokenizer;
} Road;

static void begin(Road *road, const TokenizerOptions *options, bool whole)
{
    Error error = {0};
    *road = (Road){.counter = {.whole = whole}};
    cr_assert_eq(tokenizer_new(options, &road->tokenizer, &error), STATUS_OK, "%s", error.message);
}

static void end(Road *road)
{
    counter_free(&road->counter);
    tokenizer_free(road->tokenizer);
}

static void add(Road *road, const char *text, size_t length)
{
    Error error = {0};
    cr_assert_eq(counter_add(&road->counter, road->tokenizer, text, length, &error), STATUS_OK,
                 "%s", error.message);
}

static void expect_same_tally(const Road *a, const Road *b, const char *what)
{
    TokenizerTally sums[2] = {*tokenizer_tally(a->tokenizer), *tokenizer_tally(b->tokenizer)};
    const TokenizerTally *left = &sums[0], *right = &sums[1];
    counter_add_tally(&a->counter, &sums[0]);
    counter_add_tally(&b->counter, &sums[1]);
    cr_assert(memcmp(left, right, sizeof *left) == 0, "%s: %ld %ld %ld %ld, not %ld %ld %ld %ld",
              what, (long)left->matched, (long)left->too_short, (long)left->too_long,
              (long)left->without_letter, (long)right->matched, (long)right->too_short,
              (long)right->too_long, (long)right->without_letter);
}

/* The numbers of the words are the same too: both roads meet them in the same order. */
static void expect_same(Road *a, Road *b, const char *what)
{
    Counts counts[2] = {counted_take(&a->counter), counted_take(&b->counter)};
    const Counts *left = &counts[0], *right = &counts[1];
    cr_assert_eq(left->documents, right->documents);
    cr_assert_eq(a->counter.words.count, b->counter.words.count, "%s: %u words, not %u", what,
                 a->counter.words.count, b->counter.words.count);
    cr_assert_eq(a->counter.words.bytes.length, b->counter.words.bytes.length, "%s", what);
    cr_assert(a->counter.words.count == 0 ||
                  memcmp(a->counter.words.bytes.bytes, b->counter.words.bytes.bytes,
                         a->counter.words.bytes.length) == 0,
              "%s: other words", what);
    for (int64_t d = 0; d < left->documents; d++) {
        cr_assert_eq(left->starts[d + 1], right->starts[d + 1], "%s: document %ld", what, (long)d);
    }
    const size_t pairs = (size_t)counts_pairs(left);
    cr_assert(pairs == 0 || (memcmp(left->words, right->words, pairs * sizeof(WordId)) == 0 &&
                             memcmp(left->values, right->values, pairs * sizeof(uint32_t)) == 0),
              "%s: other counts", what);
    counts_free(&counts[0]);
    counts_free(&counts[1]);
    expect_same_tally(a, b, what);
}

static void expect_same_roads(const TokenizerOptions *options, uint32_t documents, size_t runs_max)
{
    Road cut, whole;
    Buffer text = {0};
    begin(&cut, options, false);
    begin(&whole, options, true);
    cut.counter.runs.runs_max = runs_max;
    for (uint32_t d = 0; d < documents; d++) {
        make_document(&text, d);
        char *exact = malloc(text.length + 1); /* so that reading behind the end is seen */
        cr_assert(exact);
        char *copy = text.length ? realloc(exact, text.length) : exact;
        memcpy(copy, buffer_text(&text), text.length);
        add(&cut, copy, text.length);
        add(&whole, copy, text.length);
        free(copy);
        cr_assert_eq(cut.counter.words.count, whole.counter.words.count, "%s: document %u",
                     options->pattern, d);
        expect_same_tally(&cut, &whole, options->pattern);
    }
    expect_same(&cut, &whole, options->pattern);
    cr_assert_eq(cut.counter.runs.count > 0, tokenizer_run_bytes(cut.tokenizer) != NULL);
    cr_assert_eq(whole.counter.runs.count, 0);
    buffer_free(&text);
    end(&cut);
    end(&whole);
}

Test(run_cache, gives_what_the_whole_texts_give)
{
    static const char *const patterns[] = {
        TOKENIZER_DEFAULT_PATTERN,
        "\\w+",
        "[\\p{L}\\p{M}\\p{N}_]{2,}",
        "\\p{L}[\\p{L}\\p{M}'’-]*",
        "\\b\\w\\w+\\b",
        "\\b[a-z]+\\b",
        "\\d{2}",
        "\\p{M}",
        "[<=>≠≮≯]+",
        "^\\w+",
        "(\\w)\\1+",
        "(?<!-)\\b\\w\\w+\\b",
        "[\\p{L} ]+",
        "\\w* \\w+",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        TokenizerOptions options = tokenizer_defaults;
        options.pattern = patterns[i];
        expect_same_roads(&options, i == 0 ? 3000 : 1000, 0);
    }
}

Test(run_cache, gives_the_same_under_other_rules_and_when_it_is_full)
{
    TokenizerOptions options = tokenizer_defaults;
    expect_same_roads(&options, 500, 1);
    expect_same_roads(&options, 500, 1000);
    options.keep_numbers = true;
    options.graphemes_min = 1;
    options.graphemes_max = 5;
    expect_same_roads(&options, 1000, 0);
}

Test(run_cache, gives_the_same_by_the_rules_of_languages)
{
    for (size_t i = 0; languages[i].name; i++) {
        TokenizerOptions options = tokenizer_defaults;
        options.language = languages[i].name;
        options.stem = languages[i].stemmer && i % 4;
        options.strip_accents = i % 3 == 0;
        options.hyphens = (TokenizerHyphens)(i % 3);
        options.cjk = (TokenizerCjk)(i / 2 % 2);
        options.keep_numbers = i % 2;
        expect_same_roads(&options, 200, 0);
    }
    TokenizerOptions options = tokenizer_defaults;
    options.strip_accents = true;
    options.pattern = "\\p{L}[\\p{L}\\p{M}'’-]*";
    expect_same_roads(&options, 500, 0);
    options.unspaced = UNSPACED_WHOLE;
    expect_same_roads(&options, 200, 0);
    options.pattern = "\\S+";
    options.language = "tr";
    expect_same_roads(&options, 200, 0);
}

Test(run_cache, gives_what_the_whole_demonstration_texts_give)
{
    glob_t files;
    Road cut, whole;
    begin(&cut, &tokenizer_defaults, false);
    begin(&whole, &tokenizer_defaults, true);
    cr_assert_eq(glob(THEMATA_SOURCE_DIR "/corpora/demo/docs/*", 0, NULL, &files), 0);
    cr_assert_eq(files.gl_pathc, 160);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        size_t length;
        char *text = support_read("/", files.gl_pathv[i], &length);
        add(&cut, text, length);
        add(&whole, text, length);
        free(text);
    }
    globfree(&files);
    expect_same(&cut, &whole, "demonstration");
    end(&cut);
    end(&whole);
}

Test(run_cache, tells_unknown_from_stopped_words)
{
    static const char *const known[] = {"river", "don't", "ss"};
    Vocabulary stopped = {0}, words = {0};
    WordId id;
    Error error = {0};
    Road roads[2];
    cr_assert_eq(vocabulary_add(&stopped, "the", 3, &id, &error), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(vocabulary_add(&words, known[i], strlen(known[i]), &id, &error), STATUS_OK);
    }
    for (int r = 0; r < 2; r++) {
        begin(&roads[r], &tokenizer_defaults, r);
        roads[r].counter.known = &words;
        roads[r].counter.stopped = &stopped;
    }
    static const char text[] = "The river, the RIVER: don’t! a 12 Ocean’s ß the-ocean ocean…river";
    for (int times = 0; times < 2; times++) {
        for (int r = 0; r < 2; r++) {
            add(&roads[r], text, sizeof text - 1);
            cr_assert_eq(roads[r].counter.unknown, 3, "%ld", (long)roads[r].counter.unknown);
        }
    }
    Counts counts = counted_take(&roads[0].counter), others = counted_take(&roads[1].counter);
    cr_assert(counts_pairs(&counts) == counts_pairs(&others) &&
              memcmp(counts.words, others.words, (size_t)counts_pairs(&counts) * sizeof(WordId)) ==
                  0);
    cr_assert_eq(counts_tokens(&counts, 1), 5.0);
    cr_assert_eq(counts_tokens(&others, 1), 5.0);
    counts_free(&counts);
    counts_free(&others);
    expect_same_tally(&roads[0], &roads[1], "closed");
    end(&roads[0]);
    end(&roads[1]);
    vocabulary_free(&words);
    vocabulary_free(&stopped);
}

/* ---- the table ---- */

static const RunValue *find(const RunCache *cache, const char *run, size_t length, size_t readable)
{
    RunProbe probe;
    run_cache_aim(cache, run, length, readable, &probe);
    return run_cache_find(cache, &probe);
}

Test(run_cache, finds_runs_of_every_length)
{
    RunCache cache = {0};
    Error error = {0};
    char run[RUN_BYTES_MAX + 2];
    memset(run, 'x', sizeof run);
    const WordId words[] = {7, 9};
    cr_assert_null(find(&cache, run, 1, 1));
    for (size_t length = 1; length <= RUN_BYTES_MAX + 1; length++) {
        const RunValue value = {.words = 1 + length % 2, .matched = (uint8_t)length};
        cr_assert_eq(run_cache_add(&cache, run, length, value, words, &error), STATUS_OK);
    }
    cr_assert_eq(cache.count, RUN_BYTES_MAX);
    for (size_t length = 1; length <= RUN_BYTES_MAX; length++) {
        for (int i = 0; i < 2; i++) { /* with and without something behind it to read */
            const RunValue *value = find(&cache, run, length, i ? length : sizeof run);
            cr_assert_not_null(value, "%zu", length);
            cr_assert_eq(value->matched, length);
            cr_assert_eq(value->words == 1 ? value->first : cache.words[value->first + 1],
                         value->words == 1 ? 7u : 9u);
        }
        run[length - 1] = 'y';
        cr_assert_null(find(&cache, run, length, sizeof run));
        run[length - 1] = 'x';
    }
    cr_assert_null(find(&cache, run, RUN_BYTES_MAX + 1, sizeof run));
    run_cache_free(&cache);
}

Test(run_cache, tells_runs_apart_that_begin_alike)
{
    enum { RUNS = 20000 };
    RunCache cache = {0};
    Error error = {0};
    char run[24];
    for (WordId i = 0; i < RUNS; i++) {
        const int length =
            snprintf(run, sizeof run, i % 2 ? "samestem%u" : "same stem, longer%u", i);
        const RunValue value = {.words = 1, .matched = 1};
        cr_assert_null(find(&cache, run, (size_t)length, sizeof run), "%s", run);
        cr_assert_eq(run_cache_add(&cache, run, (size_t)length, value, &i, &error), STATUS_OK);
    }
    for (WordId i = 0; i < RUNS; i++) {
        const int length =
            snprintf(run, sizeof run, i % 2 ? "samestem%u" : "same stem, longer%u", i);
        const RunValue *value = find(&cache, run, (size_t)length, sizeof run);
        cr_assert(value && value->first == i, "%s", run);
    }
    run_cache_free(&cache);
}

/* ---- where texts may be cut ---- */

static bool cuts(const char *pattern, bool in_run[256])
{
    Error error = {0};
    bool taken;
    cr_assert_eq(pattern_class(pattern, in_run, &taken, &error), STATUS_OK);
    return taken;
}

Test(pattern_class, takes_patterns_of_classes_and_no_others)
{
    static const char *const taken[] = {
        TOKENIZER_DEFAULT_PATTERN,
        "\\w+",
        "\\b\\w\\w+\\b",
        "[\\p{L}\\p{M}\\p{N}_]{2,}",
        "\\p{L}[\\p{L}\\p{M}'’-]*",
        "[a-z]{3}[0-9]++",
        "\\d{2,4}?",
        "x-y",
        "[\\-\\w]+",
    };
    static const char *const refused[] = {
        "",          "\\b",      "^\\w+",    "\\w+$",   "(\\w)\\1+",    "(?<!-)\\b\\w\\w+\\b",
        "\\w* \\w+", "\\S+",     "\\W",      "[^a]",    "[[:alpha:]]+", "[ a]",
        "[\\s]",     "[\\n]",    "\\p{Any}", "\\P{L}",  "\\p{^L}",      ".+",
        "a|b",       "\\w+\\w+", "\\Aa",     "a\\K\\w", "\\X",          "(*UTF)a",
        "\\Q a",     "\\N+",     "[\\x20]",  "\\w{,3}", "\\x{20}",      "a++b?",
        "é",
    };
    bool in_run[256];
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        cr_assert(cuts(taken[i], in_run), "%s", taken[i]);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        cr_assert(!cuts(refused[i], in_run), "%s", refused[i]);
    }
}

static void expect_class(const char *pattern, const char *besides)
{
    bool in_run[256];
    cr_assert(cuts(pattern, in_run), "%s", pattern);
    for (int byte = 0; byte < 256; byte++) {
        const bool alphanumeric = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                                  (byte >= 'A' && byte <= 'Z');
        cr_assert_eq(in_run[byte],
                     byte >= 128 || alphanumeric || (byte && strchr("<=>", byte)) ||
                         (byte && strchr(besides, byte)),
                     "%s: %d", pattern, byte);
    }
}

Test(pattern_class, holds_what_the_pattern_takes)
{
    expect_class(TOKENIZER_DEFAULT_PATTERN, "'");
    expect_class(TOKENIZER_HYPHEN_PATTERN, "'-");
    expect_class("\\w+", "_");
    expect_class("\\b[a-z]+", "_");
    expect_class("\\p{L}[\\p{L}'’-]*", "'-");
    expect_class("[$-&@]?", "$%&@");
}

static void normalised(Normaliser *normaliser, const Buffer *text, Buffer *result)
{
    Error error = {0};
    const char *bytes;
    size_t length;
    buffer_clear(result);
    cr_assert_eq(
        normalise_text(normaliser, buffer_text(text), text->length, &bytes, &length, &error),
        STATUS_OK);
    cr_assert_eq(buffer_append(result, bytes, length, &error), STATUS_OK);
}

/* Whether normalising x, separator, y gives what normalising them apart does. */
static void expect_apart(Normaliser *normaliser, uint32_t separator, uint32_t code_point)
{
    static Buffer text, alone, around;
    buffer_clear(&text);
    append(&text, code_point);
    normalised(normaliser, &text, &alone);
    append(&text, separator);
    append(&text, code_point);
    normalised(normaliser, &text, &around);
    const char folded = separator ? (char)separator : ' ';
    cr_assert(around.length == 2 * alone.length + 1 &&
                  memcmp(around.bytes, buffer_text(&alone), alone.length) == 0 &&
                  around.bytes[alone.length] == folded &&
                  memcmp(around.bytes + alone.length + 1, buffer_text(&alone), alone.length) == 0,
              "U+%04X beside U+%04X", code_point, separator);
    if (code_point == 0x10FFFF) {
        buffer_free(&text);
        buffer_free(&alone);
        buffer_free(&around);
    }
}

Test(pattern_class, cuts_where_normalising_does_not_reach_across)
{
    static const Range marks[] = {{0x300, 0x36F},   {0x591, 0x5C7},   {0x1DC0, 0x1DFF},
                                  {0x20D0, 0x20F0}, {0x3099, 0x309C}, {0xFE20, 0xFE2F}};
    Normaliser normaliser = {0};
    bool in_run[256];
    cr_assert(cuts("\\p{M}", in_run)); /* the fewest bytes that runs can have */
    for (uint32_t separator = 0; separator < 128; separator++) {
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !in_run[separator]; i++) {
            for (uint32_t mark = marks[i].first; mark <= marks[i].last; mark++) {
                expect_apart(&normaliser, separator, mark);
            }
        }
    }
    for (uint32_t code_point = 0x80; code_point <= 0x10FFFF; code_point++) {
        if (code_point < 0x30000 || code_point > 0xE0000) {
            expect_apart(&normaliser, ' ', code_point);
        }
    }
    normaliser_free(&normaliser);
}

/* ---- sorting ---- */

Test(pair_sort, sorts_by_the_upper_half)
{
    enum { MOST = 700 };
    static const uint32_t strides[] = {1, 255, 256, 70001, 6000011};
    uint64_t pairs[MOST], room[MOST];
    for (size_t s = 0; s < sizeof strides / sizeof *strides; s++) {
        for (uint32_t count = 0; count <= MOST; count += count < 70 ? 1 : 30) {
            for (uint32_t i = 0; i < count; i++) { /* 709 is prime: all different */
                const uint32_t place = (i * 501u) % 709u;
                pairs[i] = (uint64_t)(place * strides[s]) << 32 | (UINT32_MAX - place);
            }
            pair_sort(pairs, room, count, 708u * strides[s] + 1);
            for (uint32_t i = 0; i < count; i++) {
                cr_assert(i == 0 || pairs[i - 1] >> 32 < pairs[i] >> 32);
                cr_assert_eq((uint32_t)pairs[i],
                             UINT32_MAX - (uint32_t)(pairs[i] >> 32) / strides[s]);
            }
        }
    }
}
