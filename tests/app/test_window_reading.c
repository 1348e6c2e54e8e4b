#include "app/window_reading.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const texts[3] = {"wind ship wind sail", "ship sail sea", "moon star"};

/* A model of one topic, of the words ship and wind, that was made of these texts. */
static Model make_model(void)
{
    Error error;
    Model model = {.k = 1};
    static const char *const words[2] = {"ship", "wind"};
    for (int w = 0; w < 2; w++) {
        WordId id;
        cr_assert_eq(vocabulary_add(&model.vocabulary, words[w], 4, &id, &error), STATUS_OK);
    }
    for (int d = 0; d < 3; d++) {
        Document document = {0};
        cr_assert_eq(buffer_append_text(&document.id, "id", &error), STATUS_OK);
        cr_assert_eq(buffer_append_text(&document.text, texts[d], &error), STATUS_OK);
        cr_assert_eq(documents_add(&model.documents, &document, &error), STATUS_OK);
        document_free(&document);
    }
    model.topics = calloc(2, sizeof(float));
    model.topics[0] = model.topics[1] = 0.5F;
    model.text.pattern = strdup(TOKENIZER_DEFAULT_PATTERN);
    model.text.graphemes_min = 1;
    model.text.graphemes_max = 64;
    model.quality.topics = calloc(1, sizeof(TopicQuality));
    return model;
}

static Status measure(const char *directory, Model *model, Error *error)
{
    Options options = options_defaults();
    options.quiet = true;
    const WindowReading reading = {.options = &options, .path = directory, .threads = 2};
    return window_reading_measure(&reading, model, error);
}

static char *write_texts(void)
{
    char *directory = support_directory(), name[16];
    for (int d = 0; d < 3; d++) {
        snprintf(name, sizeof name, "%d.txt", d);
        support_write_text(directory, name, texts[d]);
    }
    return directory;
}

Test(window_reading, measures_the_model)
{
    Error error;
    Model model = make_model();
    char *directory = write_texts();
    cr_assert_eq(measure(directory, &model, &error), STATUS_OK, "%s", error.message);
    /* three windows: ship in two, wind in one of these */
    cr_assert(model.quality.has_windows);
    cr_expect(fabs(model.quality.topics[0].window_npmi - log(1.5) / log(3.0)) < 1e-12);
    cr_expect(fabs(model.quality.topics[0].c_uci - log(1.5 + 4.5e-12)) < 1e-12);
    model_free(&model);
    free(directory);
}

Test(window_reading, finds_that_the_corpus_was_changed)
{
    static const char *const changes[][2] = {
        {"1.txt", "ship sail sea ship"}, /* another text */
        {"3.txt", "one more"},
    };
    for (int c = 0; c < 2; c++) {
        Error error;
        Model model = make_model();
        char *directory = write_texts();
        support_write_text(directory, changes[c][0], changes[c][1]);
        cr_assert_eq(measure(directory, &model, &error), STATUS_INPUT);
        cr_expect(strstr(error.message, "was changed while it was read"), "%s", error.message);
        cr_expect_not(model.quality.has_windows);
        model_free(&model);
        free(directory);
    }
}
