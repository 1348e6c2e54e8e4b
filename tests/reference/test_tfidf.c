/* X against scikit-learn's: the same collections, read, cut, pruned and weighted by the program's
 * floors, word by word and value by value. make_tfidf.py, which ctest runs first, leaves the
 * reference in the build folder; what each set of options is called there, it is called here. */
#include "corpus/corpus.h"
#include "support/counted.h"
#include "support/support.h"
#include "text/prune.h"
#include "text/stopwords.h"
#include "weight/weight.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const double bound = 1e-12; /* for every value, absolute */

/* Letters only; re has no grapheme clusters, so that no token is dropped for its length. */
static const TokenizerOptions letters = {
    .pattern = "\\p{L}{2,}",
    .graphemes_min = 1,
    .graphemes_max = 1 << 20,
};

typedef struct OptionSet {
    const char *name; /* in make_tfidf.py */
    PruneOptions prune;
    const char *stop_words;
    WeightOptions weight;
} OptionSet;

static const OptionSet option_sets[] = {
    {.name = "smooth_l1",
     .prune = {.min = {.value = 2}, .max = {.value = 0.5, .is_fraction = true}},
     .stop_words = "english",
     .weight = {.scheme = WEIGHT_TFIDF, .idf = IDF_SMOOTH, .norm = NORM_L1}},
    {.name = "plain_sublinear_l2",
     .prune = {.min = {.value = 1}, .max = {.value = 1.0, .is_fraction = true}},
     .stop_words = "none",
     .weight = {.scheme = WEIGHT_TFIDF, .idf = IDF_PLAIN, .tf = TF_SUBLINEAR, .norm = NORM_L2}},
    {.name = "plain_none",
     .prune = {.min = {.value = 0.01, .is_fraction = true}, .max = {.value = 400}},
     .stop_words = "none",
     .weight = {.scheme = WEIGHT_TFIDF, .idf = IDF_PLAIN, .norm = NORM_NONE}},
    {.name = "no_idf_l1",
     .prune = {.min = {.value = 5}, .max = {.value = 0.3, .is_fraction = true}},
     .stop_words = "none",
     .weight = {.scheme = WEIGHT_TFIDF, .idf = IDF_NONE, .norm = NORM_L1}},
    /* Without idf TF-IDF is the count. */
    {.name = "no_idf_l1",
     .prune = {.min = {.value = 5}, .max = {.value = 0.3, .is_fraction = true}},
     .stop_words = "none",
     .weight = {.scheme = WEIGHT_COUNT, .idf = IDF_SMOOTH, .norm = NORM_L1}},
    {.name = "log_l1",
     .prune = {.min = {.value = 3}, .max = {.value = 1.0, .is_fraction = true}},
     .stop_words = "english",
     .weight = {.scheme = WEIGHT_LOG, .idf = IDF_SMOOTH, .norm = NORM_L1}},
    {.name = "binary_none",
     .prune = {.min = {.value = 1}, .max = {.value = 1.0, .is_fraction = true}},
     .stop_words = "none",
     .weight = {.scheme = WEIGHT_BINARY, .idf = IDF_SMOOTH, .norm = NORM_NONE}},
};

/* ---- the reference ---- */

typedef struct Reference {
    int64_t words;
    int64_t documents;
    int64_t entries;
    char *vocabulary; /* a word a line */
    int64_t *starts;
    int32_t *rows;
    double *values;
} Reference;

static void *read_array(const char *directory, const char *name, int64_t count, size_t size)
{
    size_t length;
    char *bytes = support_read(directory, name, &length);
    cr_assert(length == (size_t)count * size, "%s/%s: %zu bytes, expected %" PRId64 " · %zu",
              directory, name, length, count, size);
    return bytes;
}

static Reference reference_read(const char *collection, const char *name)
{
    char directory[4096];
    snprintf(directory, sizeof directory, "%s/%s/%s", THEMATA_REFERENCE_DIR, collection, name);
    Reference reference;
    char *sizes = support_read(directory, "sizes.txt", NULL);
    cr_assert(sscanf(sizes, "%" SCNd64 " %" SCNd64 " %" SCNd64, &reference.words,
                     &reference.documents, &reference.entries) == 3);
    free(sizes);
    reference.vocabulary = support_read(directory, "vocabulary.txt", NULL);
    reference.starts =
        read_array(directory, "starts.int64", reference.documents + 1, sizeof(int64_t));
    reference.rows = read_array(directory, "rows.int32", reference.entries, sizeof(int32_t));
    reference.values = read_array(directory, "values.float64", reference.entries, sizeof(double));
    return reference;
}

static void reference_free(Reference *reference)
{
    free(reference->vocabulary);
    free(reference->starts);
    free(reference->rows);
    free(reference->values);
}

/* ---- ours ---- */

/* Counts every document of the collection, none of which may be skipped. */
static void count_collection(const char *collection, Tokenizer *tokenizer, Vocabulary *words,
                             Counts *counts)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/docs", THEMATA_COLLECTIONS_DIR, collection);
    Error error = {0};
    Corpus *corpus;
    cr_assert(corpus_open(path, &corpus_defaults, NULL, &corpus, &error) == STATUS_OK, "%s",
              error.message);
    Document document = {0};
    Counter counter = {0};
    for (;;) {
        bool found;
        cr_assert(corpus_next(corpus, &document, &found, &error) == STATUS_OK, "%s", error.message);
        if (!found) {
            break;
        }
        cr_assert(counter_add(&counter, tokenizer, buffer_text(&document.text),
                              document.text.length, &error) == STATUS_OK,
                  "%s: %s", buffer_text(&document.id), error.message);
    }
    cr_assert(corpus_notes(corpus)->skipped == 0);
    cr_assert((int64_t)counter.documents == corpus_size(corpus));
    *counts = counted_take(&counter);
    *words = counter.words;
    counter.words = (Vocabulary){0};
    counter_free(&counter);
    document_free(&document);
    corpus_free(corpus);
}

static void prune_all(const OptionSet *set, const Vocabulary *all_words, const Counts *all_counts,
                      const Vocabulary *stopped, Vocabulary *words, Counts *counts)
{
    Error error = {0};
    PruneTally tally;
    int64_t *documents = calloc(all_words->count, sizeof *documents);
    double *tokens = calloc(all_words->count, sizeof *tokens);
    WordId *renumbered = calloc(all_words->count, sizeof *renumbered);
    cr_assert(documents && tokens && renumbered);
    counts_frequencies(all_counts, all_words->count, documents, tokens);
    const WordFrequencies all = {.words = all_words, .documents = documents, .tokens = tokens};
    cr_assert(prune_words(&all, all_counts->documents, stopped, &set->prune, words, renumbered,
                          &tally, &error) == STATUS_OK,
              "%s", error.message);
    cr_assert(counts_renumber(all_counts, renumbered, words->count, counts, &error) == STATUS_OK,
              "%s", error.message);
    free(documents);
    free(tokens);
    free(renumbered);
}

/* Prunes and weighs; X is over the pattern of *counts. */
static SparseMatrix *make_x(const OptionSet *set, Tokenizer *tokenizer, const Vocabulary *all_words,
                            const Counts *all_counts, Vocabulary *words, Counts *counts)
{
    Error error = {0};
    StopWords stop = {0};
    cr_assert(stopwords_read(set->stop_words, tokenizer, &stop, &error) == STATUS_OK, "%s",
              error.message);
    prune_all(set, all_words, all_counts, &stop.words, words, counts);
    int64_t *document_frequency = calloc(words->count, sizeof *document_frequency);
    double *term_frequency = calloc(words->count, sizeof *term_frequency);
    double *idf = calloc(words->count, sizeof *idf);
    cr_assert(document_frequency && term_frequency && idf);
    counts_frequencies(counts, words->count, document_frequency, term_frequency);
    weight_idf(&set->weight, counts->documents, document_frequency, words->count, idf);
    SparseMatrix *x = weight_matrix(&set->weight, counts, idf, words->count, 2, &error);
    cr_assert(x != NULL, "%s", error.message);
    free(document_frequency);
    free(term_frequency);
    free(idf);
    stopwords_free(&stop);
    return x;
}

/* ---- side by side ---- */

static void compare_vocabulary(const char *label, const Vocabulary *words,
                               const Reference *reference)
{
    const char *at = reference->vocabulary;
    WordId id = 0;
    for (; id < words->count && *at; id++) {
        const size_t length = strcspn(at, "\n");
        const char *word = vocabulary_word(words, id);
        cr_assert(vocabulary_word_length(words, id) == length && memcmp(word, at, length) == 0,
                  "%s: word %u is '%s', expected '%.*s'", label, id, word, (int)length, at);
        at += length + 1;
    }
    cr_assert(id == words->count && !*at && words->count == reference->words,
              "%s: %u words, expected %" PRId64 "; the first %u are the same", label, words->count,
              reference->words, id);
}

static void compare_values(const char *label, const SparseMatrix *x, const Vocabulary *words,
                           const Reference *reference)
{
    cr_assert(x->columns == reference->documents, "%s: %" PRId64 " documents, expected %" PRId64,
              label, x->columns, reference->documents);
    for (int64_t j = 0; j < x->columns; j++) {
        cr_assert(x->starts[j + 1] == reference->starts[j + 1],
                  "%s: document %" PRId64 " has %" PRId64 " words, expected %" PRId64, label, j,
                  x->starts[j + 1] - x->starts[j], reference->starts[j + 1] - reference->starts[j]);
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const WordId word = (WordId)x->row_indices[p];
            cr_assert(x->row_indices[p] == (uint32_t)reference->rows[p],
                      "%s: document %" PRId64 " has '%s', expected '%s'", label, j,
                      vocabulary_word(words, word),
                      vocabulary_word(words, (WordId)reference->rows[p]));
            cr_assert(fabs(x->values[p] - reference->values[p]) <= bound,
                      "%s: '%s' in document %" PRId64 " weighs %.17g, expected %.17g", label,
                      vocabulary_word(words, word), j, x->values[p], reference->values[p]);
        }
    }
}

static void skip_without(const char *directory, const char *collection)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, collection);
    struct stat facts;
    if (stat(path, &facts) != 0) {
        cr_skip_test("no %s: needs -DTHEMATA_COLLECTIONS=FOLDER and python3-sklearn", path);
    }
}

static void check_collection(const char *collection)
{
    skip_without(THEMATA_COLLECTIONS_DIR, collection);
    skip_without(THEMATA_REFERENCE_DIR, collection);
    Error error = {0};
    Tokenizer *tokenizer;
    cr_assert(tokenizer_new(&letters, &tokenizer, &error) == STATUS_OK, "%s", error.message);
    Vocabulary all_words = {0};
    Counts all_counts;
    count_collection(collection, tokenizer, &all_words, &all_counts);
    for (size_t i = 0; i < sizeof option_sets / sizeof *option_sets; i++) {
        const OptionSet *set = &option_sets[i];
        char label[128];
        snprintf(label, sizeof label, "%s, %s", collection, set->name);
        Vocabulary words = {0};
        Counts counts = {0};
        SparseMatrix *x = make_x(set, tokenizer, &all_words, &all_counts, &words, &counts);
        Reference reference = reference_read(collection, set->name);
        compare_vocabulary(label, &words, &reference);
        compare_values(label, x, &words, &reference);
        reference_free(&reference);
        sparse_free(x);
        counts_free(&counts);
        vocabulary_free(&words);
    }
    vocabulary_free(&all_words);
    counts_free(&all_counts);
    tokenizer_free(tokenizer);
}

Test(tfidf, of_bbc_news_is_that_of_scikit_learn)
{
    check_collection("bbc_news");
}

/* Accents, final sigmas: what the other two, English, hardly have. */
Test(tfidf, of_greek_documents_is_that_of_scikit_learn)
{
    check_collection("greek_gdt");
}

Test(tfidf, of_the_state_of_the_union_is_that_of_scikit_learn)
{
    check_collection("sotu_paragraphs");
}
