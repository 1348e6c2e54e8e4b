/* places_agreement MODEL CORPUS: whether the words of a model that are found in the texts of its
 * documents, which are read again from the corpus as the model's record says, are as many of each
 * word as the model has counted; whether each stretch alone gives its word again; and whether marks
 * are in order. Says how many there are, or what is wrong. */
#include "app/options.h"
#include "app/text_reading.h"
#include "base/memory.h"
#include "model/marks.h"
#include "model/store.h"
#include "text/word_places.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
    printf("%s\n", what);
    exit(1);
}

static void require(Status status, const Error *error)
{
    if (status) {
        fail(error->message);
    }
}

typedef struct Check {
    Model model;
    DocumentTexts texts;
    WordFinder *finder;
    Tokenizer *tokenizer;
    Marker *marker;
    WordPlaces places;
    uint32_t *found; /* of each word in the current document */
    int64_t words;
    int64_t other; /* stretches that alone give something else */
    int64_t marks;
} Check;

static void read_texts(Check *check, const char *corpus)
{
    Options options = options_defaults();
    DocumentSelection all = {0};
    Error error;
    require(options_recall(&check->model, &options, &error), &error);
    require(selection_make(&check->model, INT64_MAX, &all, &error), &error);
    require(document_texts_of_selection(&all, &check->texts, &error), &error);
    const TextReading reading = {
        .options = &options, .model = &check->model, .path = corpus, .characters = INT64_MAX};
    require(text_reading_run(&reading, &check->texts, &error), &error);
    selection_free(&all);
}

/* Each word as often as the model has it. */
static void compare_counts(Check *check, int64_t document)
{
    const Counts *counts = &check->model.counts;
    size_t expected = 0;
    for (size_t i = 0; i < check->places.count; i++) {
        check->found[check->places.items[i].word]++;
    }
    for (int64_t p = counts->starts[document]; p < counts->starts[document + 1]; p++) {
        const WordId word = counts->words[p];
        const double count = counts_value(counts, p);
        if (check->found[word] != count) {
            printf("document %" PRId64 ", word '%s': found %u, counted %g\n", document,
                   vocabulary_word(&check->model.vocabulary, word), check->found[word], count);
            exit(1);
        }
        expected += check->found[word];
        check->found[word] = 0;
    }
    if (expected != check->places.count) {
        fail("a word was found that is not counted");
    }
}

/* Whether the stretch, tokenised alone, has the word. */
static bool gives_word(Check *check, const char *text, WordPlace place)
{
    const char *word = vocabulary_word(&check->model.vocabulary, place.word);
    Error error;
    bool found = true;
    require(tokenizer_start(check->tokenizer, text + place.begin, place.end - place.begin, &error),
            &error);
    while (found) {
        Token token;
        require(tokenizer_next(check->tokenizer, &token, &found, &error), &error);
        if (found && token.length == strlen(word) && memcmp(token.bytes, word, token.length) == 0) {
            return true;
        }
    }
    return strpbrk(word, " _"); /* of several words */
}

static int64_t count_units(const char *text, size_t length)
{
    int64_t units = 0;
    for (size_t i = 0; i < length; i++) {
        units += ((unsigned char)text[i] & 0xC0) != 0x80;
        units += (unsigned char)text[i] >= 0xF0;
    }
    return units;
}

static void check_marks(Check *check, const DocumentText *item)
{
    const Mark *marks;
    size_t count;
    Error error;
    require(marker_find(check->marker, item->document, item->text, item->length, item->marked,
                        &marks, &count, &error),
            &error);
    int64_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const Mark *mark = &marks[i];
        at += mark->gap + mark->length;
        if (mark->gap < 0 || mark->length < 1 || mark->topic < 1 || mark->topic > check->model.k ||
            mark->strength < 1 || mark->strength > 3) {
            fail("a mark is none");
        }
    }
    if (at > count_units(item->text, item->shown)) {
        fail("marks go beyond the text");
    }
    check->marks += (int64_t)count;
}

static void check_document(Check *check, const DocumentText *item)
{
    Error error;
    require(word_finder_find(check->finder, item->text, item->length, &check->places, &error),
            &error);
    for (size_t i = 0; i < check->places.count; i++) {
        const WordPlace place = check->places.items[i];
        if (place.begin >= place.end || place.end > item->length) {
            fail("a stretch is none");
        }
        check->words++;
        check->other += !gives_word(check, item->text, place);
    }
    compare_counts(check, item->document);
    check_marks(check, item);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fail("usage: places_agreement MODEL CORPUS");
    }
    Check check = {0};
    Error error;
    require(model_load(argv[1], &check.model, &error), &error);
    read_texts(&check, argv[2]);
    const WordRules rules = {
        .tokenizer = model_token_rules(&check.model.text),
        .terms = &check.model.vocabulary,
        .stopped = &check.model.text.stopped,
        .phrases = &check.model.text.phrases,
        .ngrams = check.model.text.ngrams,
    };
    require(word_finder_new(&rules, &check.finder, &error), &error);
    require(tokenizer_new(&rules.tokenizer, &check.tokenizer, &error), &error);
    require(marker_new(&check.model, &check.marker, &error), &error);
    check.found = memory_new(check.model.vocabulary.count, sizeof *check.found, &error);
    for (int64_t i = 0; i < check.texts.count && check.found; i++) {
        check_document(&check, &check.texts.items[i]);
    }
    printf("%" PRId64 " words in %" PRId64 " documents, %" PRId64 " that alone are others; %" PRId64
           " marks\n",
           check.words, check.texts.count, check.other, check.marks);
    free(check.found);
    word_places_free(&check.places);
    word_finder_free(check.finder);
    tokenizer_free(check.tokenizer);
    marker_free(check.marker);
    document_texts_free(&check.texts);
    model_free(&check.model);
    return 0;
}
