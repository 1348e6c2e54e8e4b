#include "model/choice.h"

#include "model/sweep_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Adds a number of topics whose topics all have this stability, in each of two samples. */
static void add_value(Sweep *sweep, int k, double stability, double perplexity)
{
    SweepValue value;
    Error error = {0};
    cr_assert_eq(sweep_value_new(&value, k, 2, &error), STATUS_OK);
    value.predicts = perplexity > 0.0;
    for (int t = 0; t < k; t++) {
        value.topics[t] = stability;
    }
    for (int r = 0; r < 2; r++) {
        value.runs[r * SWEEP_MEASURES + SWEEP_STABILITY] = stability + (r ? 0.01 : -0.01);
        value.runs[r * SWEEP_MEASURES + SWEEP_PERPLEXITY] = perplexity + r;
        value.runs[r * SWEEP_MEASURES + SWEEP_DIVERGENCE] = perplexity / 100.0;
    }
    value.whole[SWEEP_OBJECTIVE] = 100.0 / k;
    cr_assert_eq(sweep_add(sweep, &value, &error), STATUS_OK);
}

static Choice choose(const Sweep *sweep)
{
    Choice choice = {0};
    Error error = {0};
    cr_assert_eq(choice_make(sweep, &choice, &error), STATUS_OK);
    return choice;
}

Test(choice, takes_the_most_topics_that_are_found_again)
{
    Sweep sweep = {0};
    add_value(&sweep, 4, 0.90, 500.0); /* 4 · 0.30 */
    add_value(&sweep, 2, 0.95, 600.0);
    add_value(&sweep, 5, 0.88, 450.0); /* 5 · 0.28 */
    add_value(&sweep, 6, 0.70, 470.0); /* 6 · 0.10 */
    cr_assert(sweep.values[0].k == 2 && sweep.values[3].k == 6, "by rising k");
    Choice choice = choose(&sweep);
    cr_assert_eq(choice.count, 1);
    cr_assert_eq(choice.recommended[0], 5);
    cr_assert(strstr(choice.advice, "k = 5: ") == choice.advice);
    cr_assert(strstr(choice.advice, "It also predicts held-out tokens best."));
    choice_free(&choice);
    sweep_free(&sweep);
}

Test(choice, tells_of_other_peaks_and_of_the_best_predictor)
{
    Sweep sweep = {0};
    add_value(&sweep, 2, 0.70, 900.0);
    add_value(&sweep, 3, 0.95, 800.0); /* 1.05 */
    add_value(&sweep, 4, 0.70, 700.0);
    add_value(&sweep, 5, 0.83, 600.0); /* 1.15 */
    add_value(&sweep, 6, 0.72, 500.0);
    add_value(&sweep, 7, 0.50, 550.0);
    Choice choice = choose(&sweep);
    cr_assert_eq(choice.count, 3);
    cr_assert(choice.recommended[0] == 5 && choice.recommended[1] == 3 &&
              choice.recommended[2] == 6);
    cr_assert(strstr(choice.advice, "3 also stands out"));
    cr_assert(strstr(choice.advice, "predicted best at 6"));
    choice_free(&choice);
    sweep_free(&sweep);
}

Test(choice, says_when_nothing_is_stable)
{
    Sweep sweep = {0};
    add_value(&sweep, 2, 0.40, 0.0);
    add_value(&sweep, 3, 0.38, 0.0);
    Choice choice = choose(&sweep);
    cr_assert(choice.count == 1 && choice.recommended[0] == 2);
    cr_assert(strstr(choice.advice, "No number of topics stands out"));
    choice_free(&choice);
    sweep_free(&sweep);
}

Test(choice, asks_for_more_at_the_end_of_the_range)
{
    Sweep sweep = {0};
    add_value(&sweep, 8, 0.80, 0.0);
    add_value(&sweep, 9, 0.80, 0.0);
    Choice choice = choose(&sweep);
    cr_assert_eq(choice.recommended[0], 9);
    cr_assert(strstr(choice.advice, "there may be more"));
    choice_free(&choice);
    sweep_free(&sweep);
}

Test(choice, of_a_single_value_and_of_none)
{
    Sweep sweep = {0};
    Choice none = choose(&sweep);
    cr_assert(none.count == 0 && none.advice && none.advice[0] == '\0');
    choice_free(&none);
    add_value(&sweep, 7, 0.9, 100.0);
    Choice choice = choose(&sweep);
    cr_assert(choice.count == 1 && choice.recommended[0] == 7);
    cr_assert(strstr(choice.advice, "only one looked at"));
    choice_free(&choice);
    sweep_free(&sweep);
}

Test(sweep, spread_by_hand)
{
    Sweep sweep = {0};
    add_value(&sweep, 3, 0.5, 0.0);
    const SweepSpread stability = sweep_spread(&sweep.values[0], SWEEP_STABILITY);
    cr_assert_float_eq(stability.value, 0.5, 1e-12);
    cr_assert_float_eq(stability.deviation, 0.01 * 1.4142135623730951, 1e-12);
    cr_assert_float_eq(stability.least, 0.49, 1e-12);
    cr_assert_float_eq(stability.most, 0.51, 1e-12);
    cr_assert(sweep_spread(&sweep.values[0], SWEEP_PERPLEXITY).missing);
    cr_assert_float_eq(sweep_spread(&sweep.values[0], SWEEP_OBJECTIVE).value, 100.0 / 3.0, 1e-12);
    sweep_free(&sweep);
}

/* ---- files ---- */

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

Test(sweep_file, reads_what_it_wrote)
{
    char path[] = "/tmp/themata-sweep-XXXXXX";
    const int descriptor = mkstemp(path);
    cr_assert(descriptor >= 0);
    Sweep sweep = {.fingerprint = UINT64_C(0xfedcba9876543210)}, read = {0};
    add_value(&sweep, 2, 0.625, 812.0);
    add_value(&sweep, 5, 1.0 / 3.0, 0.0);
    sweep.singular = malloc(2 * sizeof *sweep.singular);
    sweep.singular[0] = 3.5;
    sweep.singular[1] = 0.1;
    sweep.singular_count = 2;
    Choice choice = choose(&sweep);
    FILE *file = fdopen(descriptor, "w");
    sweep_write(file, &sweep, &choice);
    fclose(file);
    Error error = {0};
    cr_assert_eq(sweep_read(path, &read, &error), STATUS_OK, "%s", error.message);
    cr_assert_eq(read.fingerprint, sweep.fingerprint);
    cr_assert(read.count == 2 && read.singular_count == 2 && read.singular[1] == 0.1);
    cr_assert(read.values[0].predicts && !read.values[1].predicts);
    for (int i = 0; i < 2; i++) {
        const SweepValue *a = &sweep.values[i], *b = &read.values[i];
        cr_assert(a->k == b->k && a->run_count == b->run_count);
        cr_assert_arr_eq(a->topics, b->topics, (size_t)a->k * sizeof(double));
        cr_assert_eq(sweep_spread(a, SWEEP_STABILITY).value,
                     sweep_spread(b, SWEEP_STABILITY).value);
        cr_assert_eq(a->whole[SWEEP_OBJECTIVE], b->whole[SWEEP_OBJECTIVE]);
    }
    unlink(path);
    choice_free(&choice);
    sweep_free(&sweep);
    sweep_free(&read);
}

Test(sweep_file, refuses_what_it_did_not_write)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{\"schema\": \"themata.sweep/2\"}",
        "{\"schema\": \"themata.sweep/1\", \"fingerprint\": \"12\", \"values\": []}",
        "{\"schema\": \"themata.sweep/1\", \"fingerprint\": \"0123456789abcdef\", \"values\": "
        "[{\"k\": 1000000000, \"stability\": {\"samples\": [1]}, \"topic_stability\": [1]}], "
        "\"singular_values\": []}",
        "{\"schema\": \"themata.sweep/1\", \"fingerprint\": \"0123456789abcdef\", \"values\": "
        "[{\"k\": 1, \"stability\": {\"samples\": [1]}, \"topic_stability\": [1]}], "
        "\"singular_values\": []}",
    };
    char path[] = "/tmp/themata-sweep-XXXXXX";
    const int descriptor = mkstemp(path);
    cr_assert(descriptor >= 0);
    close(descriptor);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Sweep sweep = {0};
        Error error = {0};
        write_text(path, texts[i]);
        cr_assert_eq(sweep_read(path, &sweep, &error), STATUS_INPUT, "text %zu", i);
        cr_assert(strstr(error.message, path) == error.message);
        cr_assert(sweep.count == 0 && !sweep.values && !sweep.singular);
    }
    unlink(path);
}
