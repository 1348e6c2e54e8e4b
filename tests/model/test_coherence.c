#include "model/coherence.h"

#include "base/memory.h"
#include "text/counter.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOPICS_MOST = 16, DEPTH = 10, BLOCKS_MOST = 100 };

/* Texts, each a block of its own, and topics. */
typedef struct Fixture {
    Counter counters[2];
    CollectedBlock blocks[BLOCKS_MOST];
    size_t block_count;
    CollectedWords all;
    Vocabulary terms;
    Vocabulary stopped;
    Counts counts;
    WordId words[TOPICS_MOST * DEPTH];
    WordGroups groups;
    Tokenizer *tokenizer;
    TemporaryFile *file;
} Fixture;

static Fixture *fixture_new(void)
{
    Error error;
    Fixture *fixture = calloc(1, sizeof *fixture);
    TokenizerOptions options = tokenizer_defaults;
    options.graphemes_min = 1;
    cr_assert_eq(tokenizer_new(&options, &fixture->tokenizer, &error), STATUS_OK);
    fixture->file = temporary_new(&error);
    fixture->groups = (WordGroups){.words = fixture->words, .depth = DEPTH};
    memset(fixture->words, 0xff, sizeof fixture->words); /* WORD_NONE */
    return fixture;
}

/* Blocks go to both counters in turn; every third is spilled. */
static void add_text(Fixture *fixture, const char *text)
{
    Error error;
    const size_t b = fixture->block_count++;
    CollectedBlock *block = &fixture->blocks[b];
    block->counter = (int)(b % 2);
    Counter *counter = &fixture->counters[b % 2];
    counter->keeps_order = true;
    cr_assert_eq(counter_add(counter, fixture->tokenizer, text, strlen(text), &error), STATUS_OK);
    cr_assert_eq(counter_take(counter, &block->block, &error), STATUS_OK);
    if (b % 3 == 2) {
        cr_assert_eq(count_block_spill(&block->block, fixture->file, &error), STATUS_OK);
    }
}

/* Words with blanks in between; "new_york" is the term "new york". */
static void add_topic(Fixture *fixture, const char *words)
{
    Error error;
    const int topic = fixture->groups.count++;
    char *copy = strdup(words), *rest = copy, *word;
    for (int i = 0; (word = strtok_r(rest, " ", &rest)); i++) {
        for (char *at = word; *at; at++) {
            *at = *at == '_' ? ' ' : *at;
        }
        cr_assert_eq(vocabulary_add(&fixture->terms, word, strlen(word),
                                    &fixture->words[topic * DEPTH + i], &error),
                     STATUS_OK);
    }
    free(copy);
}

static void collect(Fixture *fixture)
{
    Error error;
    cr_assert_eq(collect_words(fixture->counters, 2, &fixture->all, &error), STATUS_OK);
}

static Cooccurrence by_windows(const Fixture *fixture, int width, WindowRule rule, int threads)
{
    Error error;
    Cooccurrence counted = {0};
    const WindowPlan plan = {
        .blocks = fixture->blocks,
        .block_count = fixture->block_count,
        .words = &fixture->all,
        .stopped = &fixture->stopped,
        .terms = &fixture->terms,
        .groups = &fixture->groups,
        .threads = threads,
    };
    const WindowShape shape = {.width = width, .rule = rule};
    cr_assert_eq(cooccurrence_in_windows(&plan, shape, &counted, &error), STATUS_OK);
    return counted;
}

/* Takes what is in the blocks: the last thing that is done with them. */
static Cooccurrence by_documents(Fixture *fixture)
{
    Error error;
    Cooccurrence counted = {0};
    WordId *numbers = calloc(fixture->all.words.count + 1, sizeof *numbers);
    for (WordId w = 0; w < fixture->all.words.count; w++) {
        numbers[w] = vocabulary_find(&fixture->terms, vocabulary_word(&fixture->all.words, w),
                                     vocabulary_word_length(&fixture->all.words, w));
    }
    word_numbers_renumber(fixture->all.numbers, fixture->all.counters, numbers);
    const CollectedLayer layer = {.blocks = fixture->blocks, .numbers = fixture->all.numbers};
    const uint32_t terms = fixture->terms.count;
    cr_assert_eq(
        collect_counts(&layer, 1, fixture->block_count, terms, 2, &fixture->counts, &error),
        STATUS_OK);
    cr_assert_eq(
        cooccurrence_in_documents(&fixture->counts, terms, &fixture->groups, &counted, &error),
        STATUS_OK);
    free(numbers);
    return counted;
}

static void fixture_free(Fixture *fixture)
{
    for (int c = 0; c < 2; c++) {
        counter_free(&fixture->counters[c]);
    }
    for (size_t b = 0; b < fixture->block_count; b++) {
        count_block_free(&fixture->blocks[b].block);
    }
    collected_words_free(&fixture->all);
    vocabulary_free(&fixture->terms);
    vocabulary_free(&fixture->stopped);
    counts_free(&fixture->counts);
    tokenizer_free(fixture->tokenizer);
    temporary_free(fixture->file);
    free(fixture);
}

/* ---- against gensim ---- */

typedef double (*Measure)(const Meetings *);

/* The line's values are what the measure gives each topic. */
static void expect_line(const Fixture *fixture, const char *line, Cooccurrence counted,
                        Measure measure)
{
    const char *at = line;
    for (int t = 0; t < fixture->groups.count; t++) {
        char *end;
        const double expected = strtod(at, &end);
        const Meetings meetings = meetings_of(&counted, &fixture->groups, t);
        const double value = measure(&meetings);
        cr_assert(end > at, "%s", line);
        cr_expect(fabs(value - expected) <= 1e-6, "topic %d: %.12g, gensim has %.12g (%.20s)", t,
                  value, expected, line);
        at = end;
    }
    cooccurrence_free(&counted);
}

static const char *value_line(char *const *lines, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (strncmp(lines[i], name, strlen(name)) == 0 && lines[i][strlen(name)] == ' ') {
            return lines[i] + strlen(name);
        }
    }
    cr_assert(false, "no %s", name);
    return NULL;
}

Test(coherence, is_what_gensim_gives)
{
    Fixture *fixture = fixture_new();
    FILE *file = fopen(THEMATA_SOURCE_DIR "/tests/reference/coherence.txt", "re");
    cr_assert(file);
    char *lines[10] = {0}, *line = NULL;
    int values = 0;
    size_t size = 0;
    while (getline(&line, &size, file) > 0) {
        if (strncmp(line, "text ", 5) == 0) {
            add_text(fixture, line + 5);
        } else if (strncmp(line, "topic ", 6) == 0) {
            line[strcspn(line, "\n")] = '\0';
            add_topic(fixture, line + 6);
        } else {
            cr_assert(values < 10);
            lines[values++] = strdup(line);
        }
    }
    fclose(file);
    free(line);
    cr_assert_eq(values, 6);
    collect(fixture);
    expect_line(fixture, value_line(lines, values, "c_uci"),
                by_windows(fixture, 10, WINDOW_GENSIM, 1), coherence_uci);
    expect_line(fixture, value_line(lines, values, "c_npmi"),
                by_windows(fixture, 10, WINDOW_GENSIM, 2), coherence_npmi_epsilon);
    expect_line(fixture, value_line(lines, values, "c_v"),
                by_windows(fixture, 110, WINDOW_GENSIM, 3), coherence_cv);
    expect_line(fixture, value_line(lines, values, "document_uci"),
                by_windows(fixture, 1000, WINDOW_EXACT, 2), coherence_uci);
    expect_line(fixture, value_line(lines, values, "document_npmi"),
                by_windows(fixture, 1000, WINDOW_GENSIM, 2), coherence_npmi_epsilon);
    Cooccurrence documents = by_documents(fixture), same = {.units = documents.units};
    const size_t bytes = (size_t)fixture->groups.count * DEPTH * DEPTH * sizeof *same.both;
    same.both = malloc(bytes);
    memcpy(same.both, documents.both, bytes);
    expect_line(fixture, value_line(lines, values, "u_mass"), documents, coherence_umass);
    expect_line(fixture, value_line(lines, values, "document_npmi"), same, coherence_npmi_epsilon);
    for (int i = 0; i < values; i++) {
        free(lines[i]);
    }
    fixture_free(fixture);
}

/* ---- windows against a plain count ---- */

/* Goes through the windows of every text one by one. Texts are letters with blanks in between. */
static void count_plainly(const char *const *texts, int count, int width, WindowRule rule,
                          int64_t *units, int64_t (*both)[26])
{
    memset(both, 0, 26 * sizeof *both);
    *units = 0;
    for (int i = 0; i < count; i++) {
        const int length = ((int)strlen(texts[i]) + 1) / 2;
        const int windows = length > width ? length - width + 1 : length > 0;
        bool present[26] = {false};
        *units += windows;
        for (int s = 0; s < windows; s++) {
            const int end = s + width < length ? s + width : length;
            if (rule == WINDOW_EXACT || s == 0) {
                memset(present, 0, sizeof present);
                for (int p = s; p < end; p++) {
                    present[texts[i][2 * p] - 'a'] = true;
                }
            } else {
                present[texts[i][2 * (s - 1)] - 'a'] = false;
                present[texts[i][2 * (end - 1)] - 'a'] = true;
            }
            for (int a = 0; a < 26; a++) {
                for (int b = 0; b < 26; b++) {
                    both[a][b] += present[a] && present[b];
                }
            }
        }
    }
}

Test(windows, hold_what_a_plain_count_finds)
{
    static char texts[40][200];
    const char *pointers[40];
    uint32_t state = 5;
    Fixture *fixture = fixture_new();
    for (int i = 0; i < 40; i++) {
        const int length = i < 20 ? i : 60 + i;
        for (int p = 0; p < length; p++) {
            state = state * 69069 + 1;
            texts[i][2 * p] = (char)('a' + (state >> 20) % 12);
            texts[i][2 * p + 1] = p + 1 < length ? ' ' : '\0';
        }
        pointers[i] = texts[i];
        add_text(fixture, texts[i]);
    }
    add_topic(fixture, "a b c d e f");
    add_topic(fixture, "b z l a"); /* z is nowhere */
    collect(fixture);
    for (int width = 1; width <= 70; width += width < 8 ? 1 : 31) {
        for (int rule = WINDOW_EXACT; rule <= WINDOW_GENSIM; rule++) {
            int64_t units, both[26][26];
            count_plainly(pointers, 40, width, (WindowRule)rule, &units, both);
            Cooccurrence counted = by_windows(fixture, width, (WindowRule)rule, 1 + width % 3);
            cr_assert_eq(counted.units, units, "%d: %d, %d", width, (int)counted.units, (int)units);
            for (int i = 0; i < 2 * DEPTH * DEPTH; i++) {
                const WordId a = fixture->words[i / DEPTH];
                const WordId b = fixture->words[i / DEPTH / DEPTH * DEPTH + i % DEPTH];
                const int64_t expected = a == WORD_NONE || b == WORD_NONE
                                             ? 0
                                             : both[vocabulary_word(&fixture->terms, a)[0] - 'a']
                                                   [vocabulary_word(&fixture->terms, b)[0] - 'a'];
                cr_assert_eq(counted.both[i], expected, "width %d, rule %d, cell %d: %d, not %d",
                             width, rule, i, (int)counted.both[i], (int)expected);
            }
            cooccurrence_free(&counted);
        }
    }
    fixture_free(fixture);
}

/* "of" takes no place; "new york" stands where "york" does. */
Test(windows, pass_over_stop_words_and_find_ngrams)
{
    Error error;
    WordId ignored;
    Fixture *fixture = fixture_new();
    add_text(fixture, "new of york x x bank");
    add_text(fixture, "bank of new york");
    add_text(fixture, "of of");
    add_text(fixture, "york new bank");
    vocabulary_add(&fixture->stopped, "of", 2, &ignored, &error);
    add_topic(fixture, "new_york bank new no_where");
    collect(fixture);
    Cooccurrence counted = by_windows(fixture, 2, WINDOW_EXACT, 1);
    /* new york | york x | x x | x bank; bank new | new york; nothing; york new | new bank */
    static const int64_t expected[3][3] = {{3, 0, 2}, {0, 3, 2}, {2, 2, 5}};
    cr_assert_eq(counted.units, 8);
    for (int i = 0; i < 9; i++) {
        cr_assert_eq(counted.both[i / 3 * DEPTH + i % 3], expected[i / 3][i % 3], "%d: %d", i,
                     (int)counted.both[i / 3 * DEPTH + i % 3]);
    }
    cr_assert_eq(counted.both[3 * DEPTH + 3], 0);
    cooccurrence_free(&counted);
    fixture_free(fixture);
}

/* ---- by hand ---- */

static Meetings by_hand(const int64_t *both, int words, int64_t units)
{
    return (Meetings){.units = units, .both = both, .depth = words, .words = words};
}

static void expect(double value, double expected)
{
    cr_expect(fabs(value - expected) < 1e-12, "%.15g, not %.15g", value, expected);
}

Test(coherence, of_two_words)
{
    /* 8 documents: one word in 4, the other in 2, both in 1: independent */
    static const int64_t independent[4] = {4, 1, 1, 2};
    Meetings two = by_hand(independent, 2, 8);
    expect(coherence_npmi(&two), 0.0);
    expect(coherence_umass(&two), log(0.25 + 2e-12)); /* ε stands beside 1/8, of 1/2 */
    /* always together: 1 */
    static const int64_t together[4] = {2, 2, 2, 2};
    two = by_hand(together, 2, 8);
    expect(coherence_npmi(&two), 1.0);
    expect(coherence_uci(&two), log((0.25 + 1e-12) / 0.0625));
    expect(coherence_cv(&two), 1.0);
}

Test(coherence, of_words_that_never_meet)
{
    static const int64_t apart[4] = {4, 0, 0, 2};
    const Meetings two = by_hand(apart, 2, 8);
    expect(coherence_npmi(&two), -1.0);
    expect(coherence_npmi_epsilon(&two), log(1e-12 * 8) / -log(1e-12));
    expect(coherence_uci(&two), log(1e-12 * 8));
    expect(coherence_umass(&two), log(1e-12 * 2));
    cr_expect(coherence_npmi_epsilon(&two) > -0.93, "rare words lift it");
}

Test(coherence, of_words_that_are_everywhere)
{
    static const int64_t everywhere[4] = {8, 8, 8, 8}, one[4] = {8, 4, 4, 4};
    Meetings two = by_hand(everywhere, 2, 8);
    expect(coherence_npmi(&two), 0.0);
    cr_expect(isfinite(coherence_npmi_epsilon(&two)) && isfinite(coherence_cv(&two)));
    expect(coherence_npmi_epsilon(&two), -1.0);
    two = by_hand(one, 2, 8);
    expect(coherence_npmi(&two), 0.0);
}

static const Measure measures[] = {coherence_npmi, coherence_npmi_epsilon, coherence_uci,
                                   coherence_umass, coherence_cv};

Test(coherence, is_never_nan)
{
    static const int64_t absent[9] = {0, 0, 0, 0, 3, 3, 0, 3, 3}, none[4] = {0},
                         one[4] = {1, 1, 1, 1};
    const Meetings cases[] = {
        by_hand(absent, 3, 8), /* a word that is nowhere */
        by_hand(none, 2, 8),   /* two */
        by_hand(none, 2, 0),   /* no window */
        by_hand(one, 2, 1),    /* one document */
        by_hand(one, 1, 1),    /* one word */
        by_hand(one, 0, 1),
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (int m = 0; m < 5; m++) {
            const double value = measures[m](&cases[c]);
            cr_expect(isfinite(value), "case %zu, measure %d", c, m);
            cr_expect(c < 4 || value == 0.0, "case %zu, measure %d: %g", c, m, value);
        }
    }
    expect(coherence_npmi(&cases[0]), (-1.0 - 1.0 + 1.0) / 3.0);
    expect(coherence_npmi_epsilon(&cases[0]),
           (log((0.375 + 1e-12) / 0.140625) / -log(0.375 + 1e-12)) / 3.0);
    expect(coherence_umass(&cases[0]), log((0.375 + 1e-12) / 0.375) / 3.0);
}

Test(coherence, of_identical_topics_is_the_same)
{
    Fixture *fixture = fixture_new();
    add_text(fixture, "a b c");
    add_text(fixture, "a b d");
    add_text(fixture, "c d");
    add_topic(fixture, "a b c");
    add_topic(fixture, "a b c");
    collect(fixture);
    Cooccurrence counted = by_documents(fixture);
    const Meetings first = meetings_of(&counted, &fixture->groups, 0),
                   second = meetings_of(&counted, &fixture->groups, 1);
    cr_assert_eq(first.words, 3);
    for (int m = 0; m < 5; m++) {
        cr_expect_eq(measures[m](&first), measures[m](&second));
    }
    /* a with b: 2 of 3, always together; each with c: 1 of 3, expected 2/3 · 2/3 */
    expect(coherence_npmi(&first), (1.0 + 2.0 * log(0.75) / log(3.0)) / 3.0);
    cooccurrence_free(&counted);
    fixture_free(fixture);
}
