#include "model/marks.h"

#include <criterion/criterion.h>
#include <string.h>

enum { TOPICS = 3, WORDS = 5, DOCUMENTS = 4 };

static const char *const words[WORDS] = {"bank", "bank river", "money", "river", "water"};

static float topics[TOPICS * WORDS] = {
    0.5F, 0,     0.5F, 0,    0,     /* money */
    0.1F, 0.25F, 0,    0.4F, 0.25F, /* rivers */
    0.4F, 0,     0.3F, 0,    0.3F,
};

static float mixtures[DOCUMENTS * TOPICS] = {
    0.5F, 0.5F, 0,    /* bank: 5/6 of money */
    0.1F, 0.9F, 0,    /* bank: 9/14 of rivers */
    0,    0,    0,    /* not modelled */
    0.3F, 0.4F, 0.3F, /* bank: .15, .04, .12; water: 0, .1, .09 */
};

typedef struct Case {
    Model model;
    DocumentFacts facts[DOCUMENTS];
    Marker *marker;
    const Mark *marks;
    size_t count;
} Case;

static void begin_by(Case *made, const char *pattern)
{
    Error error;
    WordId id;
    *made = (Case){
        .model = {.k = TOPICS, .topics = topics, .mixtures = mixtures},
    };
    made->model.documents = (DocumentList){.items = made->facts, .count = DOCUMENTS};
    made->model.text = (ModelText){
        .pattern = (char *)pattern,
        .ngrams = {1, 2},
        .unspaced = UNSPACED_WHOLE,
        .graphemes_min = 2,
        .graphemes_max = 64,
    };
    for (int w = 0; w < WORDS; w++) {
        cr_assert_eq(
            vocabulary_add(&made->model.vocabulary, words[w], strlen(words[w]), &id, &error),
            STATUS_OK);
    }
    cr_assert_eq(vocabulary_add(&made->model.text.stopped, "of", 2, &id, &error), STATUS_OK);
    cr_assert_eq(marker_new(&made->model, &made->marker, &error), STATUS_OK, "%s", error.message);
}

static void begin(Case *made)
{
    begin_by(made, TOKENIZER_DEFAULT_PATTERN);
}

static void end(Case *made)
{
    marker_free(made->marker);
    vocabulary_free(&made->model.vocabulary);
    vocabulary_free(&made->model.text.stopped);
}

static void find(Case *made, int64_t document, const char *text, size_t shown)
{
    Error error;
    cr_assert_eq(marker_find(made->marker, document, text, strlen(text), shown, &made->marks,
                             &made->count, &error),
                 STATUS_OK);
}

static void expect(const Case *made, const Mark *expected, size_t count)
{
    cr_assert_eq(made->count, count, "%zu marks", made->count);
    for (size_t i = 0; i < count; i++) {
        const Mark *mark = &made->marks[i];
        cr_expect(mark->gap == expected[i].gap && mark->length == expected[i].length &&
                      mark->topic == expected[i].topic && mark->strength == expected[i].strength,
                  "mark %zu: %d %d %d %d", i, (int)mark->gap, (int)mark->length, mark->topic,
                  mark->strength);
    }
}

Test(marks, topics_depend_on_the_document)
{
    Case made;
    begin(&made);
    find(&made, 0, "bank water", 10);
    expect(&made, (Mark[]){{0, 4, 1, 3}, {1, 5, 2, 3}}, 2);
    find(&made, 1, "bank water", 10);
    expect(&made, (Mark[]){{0, 4, 2, 2}, {1, 5, 2, 3}}, 2);
    find(&made, 2, "bank water", 10);
    expect(&made, NULL, 0);
    find(&made, 3, "bank water", 10); /* .15 of .31 is less than half */
    expect(&made, (Mark[]){{0, 4, 1, 1}, {1, 5, 2, 2}}, 2);
    end(&made);
}

Test(marks, are_counted_in_units_of_utf_16)
{
    Case made;
    begin(&made);
    static const char text[] = "😀é Ba\314\200nk BANK 漢😀😀 water";
    find(&made, 0, text, sizeof text - 1); /* bànk is no word of the model */
    expect(&made, (Mark[]){{10, 4, 1, 3}, {7, 5, 2, 3}}, 2);
    find(&made, 0, "ba\302\255nk\302\255\302\255 water", 20);
    expect(&made, (Mark[]){{0, 7, 1, 3}, {1, 5, 2, 3}}, 2);
    end(&made);
}

Test(marks, the_longest_word_is_marked)
{
    Case made;
    begin(&made);
    find(&made, 0, "the Bank of River money", 23);
    expect(&made, (Mark[]){{4, 13, 2, 3}, {1, 5, 1, 3}}, 2);
    end(&made);
}

/* And what stands in its place is marked if its topics are not the document's. */
Test(marks, words_without_a_topic_of_the_document_are_none)
{
    Case made;
    begin(&made);
    mixtures[0] = 1.0F;
    mixtures[1] = 0.0F;
    find(&made, 0, "the Bank of River", 17);
    expect(&made, (Mark[]){{4, 4, 1, 3}}, 1);
    end(&made);
}

Test(marks, a_word_beyond_what_is_shown_is_not_marked)
{
    Case made;
    begin(&made);
    find(&made, 0, "bank water", 9);
    expect(&made, (Mark[]){{0, 4, 1, 3}}, 1);
    find(&made, 0, "bank water", 10);
    expect(&made, (Mark[]){{0, 4, 1, 3}, {1, 5, 2, 3}}, 2);
    find(&made, 1, "bank of river", 8); /* the pair goes beyond, its first word does not */
    expect(&made, (Mark[]){{0, 4, 2, 2}}, 1);
    end(&made);
}

Test(marks, a_pattern_that_gives_up_marks_nothing)
{
    Case made;
    begin_by(&made, "(?:\\w+ ?)+[.]|bank");
    find(&made, 0, "bank aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 49);
    expect(&made, NULL, 0);
    find(&made, 0, "bank!", 5);
    expect(&made, (Mark[]){{0, 4, 1, 3}}, 1);
    end(&made);
}
