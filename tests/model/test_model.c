#include "model/model.h"

#include "base/random.h"
#include "model/store.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { M = 12, N = 30, K = 3 };

/* A model of random counts with three groups of words; document 4 is empty. Everything that a save
 * writes is set. */
static Model make_model(void)
{
    const RandomStream stream = {.seed = 3, .stream = 3};
    Error error;
    Model model = {.k = K, .weight = weight_defaults};
    for (int i = 0; i < M; i++) {
        char word[16];
        WordId id;
        snprintf(word, sizeof word, i == 0 ? "a,\"b%02d" : "word%02d", i);
        cr_assert(vocabulary_add(&model.vocabulary, word, strlen(word), &id, &error) == STATUS_OK);
    }
    Counts *counts = &model.counts;
    counts->starts = calloc(N + 1, sizeof *counts->starts);
    counts->words = calloc(N * M, sizeof *counts->words);
    counts->values = calloc(N * M, sizeof *counts->values);
    for (int d = 0; d < N; d++) {
        Document document = {0};
        char text[64];
        snprintf(text, sizeof text, "Document %d\n\nwith \"quotes\", and  more", d);
        cr_assert(buffer_print(&document.id, &error, "dir/%02d,\n.txt", d) == STATUS_OK);
        cr_assert(buffer_append_text(&document.text, text, &error) == STATUS_OK);
        cr_assert(documents_add(&model.documents, &document, &error) == STATUS_OK);
        document_free(&document);
        int64_t at = counts->starts[d];
        for (int i = 0; i < M && d != 4; i++) {
            if (i % K == d % K || random_uniform(stream, (uint64_t)(d * M + i)) < 0.2) {
                counts->words[at] = (WordId)i;
                counts->values[at++] = 1 + (uint32_t)((d + i) % 4);
            }
        }
        counts->starts[d + 1] = at;
    }
    counts->documents = N;
    for (int d = 0; d < N; d++) {
        DocumentFacts *facts = &model.documents.items[d];
        facts->terms = counts->starts[d + 1] - counts->starts[d];
        for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
            facts->tokens += counts->values[p];
        }
    }
    model.document_frequency = calloc(M, sizeof(int64_t));
    model.term_frequency = calloc(M, sizeof(double));
    model.idf = calloc(M, sizeof(double));
    counts_frequencies(counts, M, model.document_frequency, model.term_frequency);
    weight_idf(&model.weight, N, model.document_frequency, M, model.idf);
    model.surfaces = calloc(M, sizeof *model.surfaces);
    model.surfaces[1] = strdup("Shown otherwise");
    model.text.pattern = strdup("\\w+\\s");
    cr_assert(clean_add_rule(&model.text.clean, "a=\\d", "$0\n", &error) == STATUS_OK);
    cr_assert(clean_add_rule(&model.text.clean, "ä", NULL, &error) == STATUS_OK);
    model.text.ngrams = (NgramOptions){1, 2};
    model.text.clean.email = true;
    model.text.language = strdup("french");
    model.text.cjk = CJK_WORDS;
    model.text.unspaced = UNSPACED_WHOLE;
    model.text.strip_accents = true;
    model.text.ngrams = (NgramOptions){1, 3};
    model.text.graphemes_min = 2;
    model.text.graphemes_max = 64;
    model.text.stop_language = strdup("english");
    WordId id;
    cr_assert(vocabulary_add(&model.text.stopped, "the", 3, &id, &error) == STATUS_OK);
    model.fit.solver = strdup("mu");
    model.fit.passes = 50;
    model.fit.restarts = calloc(1, sizeof(double));
    model.fit.restart_count = 1;
    SparseMatrix *x = weight_matrix(&model.weight, counts, model.idf, M, 1, &error);
    Factors start = {0};
    NmfResult result = {0};
    const NmfOptions options = {.passes_max = 50, .threads = 1};
    cr_assert(nmf_start(x, K, NMF_INIT_RANDOM, 1, 0, 1, &start, &error) == STATUS_OK);
    cr_assert(nmf_solvers[0].solve(x, &start, &options, &result, &error) == STATUS_OK);
    cr_assert(model_set_factors(&model, x, &result.factors, 1, &error) == STATUS_OK);
    cr_assert(model_set_labels(&model, &error) == STATUS_OK);
    cr_assert(quality_measure(&model, 1, &error) == STATUS_OK);
    model.text.hyphens = HYPHENS_BOTH; /* not with this pattern: no tokenizer can be made of it */
    factors_free(&start);
    nmf_result_free(&result);
    sparse_free(x);
    return model;
}

Test(model, topics_are_distributions_numbered_by_share)
{
    Model model = make_model();
    double shares = 0.0;
    for (int t = 0; t < K; t++) {
        double sum = 0.0;
        for (int i = 0; i < M; i++) {
            sum += (double)model.topics[t * M + i];
        }
        cr_assert(fabs(sum - 1.0) < 1e-5);
        cr_assert(t == 0 || model.shares[t - 1] >= model.shares[t] - 1e-9);
        shares += model.shares[t];
    }
    cr_assert(fabs(shares - 1.0) < 1e-6);
    model_free(&model);
}

Test(model, share_is_the_mean_of_the_mixture_over_modelled_documents)
{
    Model model = make_model();
    cr_assert(model.modelled == N - 1);
    int64_t documents = 0;
    for (int t = 0; t < K; t++) {
        double sum = 0.0;
        for (int d = 0; d < N; d++) {
            sum += (double)model.mixtures[d * K + t];
        }
        cr_assert(fabs(sum / (N - 1) - model.shares[t]) < 1e-12);
        documents += model.main_documents[t];
    }
    cr_assert(documents == N - 1);
    for (int t = 0; t < K; t++) {
        cr_assert(model.mixtures[4 * K + t] == 0.0F, "an empty document is not modelled");
    }
    model_free(&model);
}

Test(model, stored_mixtures_are_those_that_inference_finds)
{
    Model model = make_model();
    Error error;
    SparseMatrix *x = weight_matrix(&model.weight, &model.counts, model.idf, M, 1, &error);
    float *w = model_words_by_topic(&model, &error);
    float again[N * K];
    cr_assert(nmf_mixtures(x, w, K, 2, again, &error) == STATUS_OK);
    cr_assert(memcmp(again, model.mixtures, sizeof again) == 0);
    free(w);
    sparse_free(x);
    model_free(&model);
}

Test(model, ranks_words_and_documents)
{
    Model model = make_model();
    Error error;
    TopicWord words[M];
    int64_t count = model_top_words(&model, 1, M, words, &error);
    cr_assert(count > 0 && count <= M);
    for (int64_t i = 1; i < count; i++) {
        cr_assert(words[i - 1].probability > words[i].probability ||
                  (words[i - 1].probability == words[i].probability &&
                   words[i - 1].word < words[i].word));
    }
    int64_t documents[N];
    count = model_top_documents(&model, 2, 5, documents, &error);
    cr_assert(count == 5);
    for (int64_t i = 1; i < count; i++) {
        cr_assert(model.mixtures[documents[i - 1] * K + 1] >= model.mixtures[documents[i] * K + 1]);
    }
    model_free(&model);
}

Test(model, lift_is_the_ratio_to_the_whole_model)
{
    Model model = make_model();
    for (int i = 0; i < M; i++) {
        double mean = 0.0;
        for (int t = 1; t <= K; t++) {
            mean += model.shares[t - 1] * model_lift(&model, t, (WordId)i);
        }
        cr_assert(fabs(mean - 1.0) < 1e-9, "the mean lift of a word is 1: %g", mean);
    }
    model_free(&model);
}

/* ---- on disk ---- */

Test(store, a_model_comes_back_as_it_was)
{
    Model model = make_model(), back = {0};
    char *directory = support_directory();
    Error error;
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK, "%s", error.message);
    cr_assert(model_load(directory, &back, &error) == STATUS_OK, "%s", error.message);
    cr_assert(back.k == K && back.vocabulary.count == M && back.documents.count == N);
    for (WordId i = 0; i < M; i++) {
        cr_assert(strcmp(vocabulary_word(&back.vocabulary, i),
                         vocabulary_word(&model.vocabulary, i)) == 0);
        cr_assert(back.idf[i] == model.idf[i], "to the last bit");
        cr_assert(back.document_frequency[i] == model.document_frequency[i]);
    }
    cr_assert(memcmp(back.topics, model.topics, sizeof(float) * M * K) == 0);
    cr_assert(memcmp(back.mixtures, model.mixtures, sizeof(float) * N * K) == 0);
    cr_assert(counts_pairs(&back.counts) == counts_pairs(&model.counts));
    for (int t = 0; t < K; t++) {
        cr_assert(back.shares[t] == model.shares[t] && back.topic_mass[t] == model.topic_mass[t]);
    }
    for (int d = 0; d < N; d++) {
        cr_assert(strcmp(back.documents.items[d].id, model.documents.items[d].id) == 0);
        cr_assert(strcmp(back.documents.items[d].excerpt, model.documents.items[d].excerpt) == 0);
        cr_assert(back.documents.items[d].hash == model.documents.items[d].hash);
    }
    cr_assert(strcmp(back.text.pattern, model.text.pattern) == 0);
    const CleanOptions *clean = &back.text.clean;
    cr_assert(clean->email && !clean->html && !clean->links && clean->rule_count == 2);
    cr_assert_str_eq(clean->rules[0].pattern, "a=\\d");
    cr_assert_str_eq(clean->rules[0].text, "$0\n");
    cr_assert_str_eq(clean->rules[1].pattern, "ä");
    cr_assert(clean->rules[1].text == NULL);
    cr_assert(strcmp(back.text.language, "french") == 0 && back.text.hyphens == HYPHENS_BOTH &&
              back.text.cjk == CJK_WORDS && back.text.unspaced == UNSPACED_WHOLE &&
              back.text.strip_accents && !back.text.stem);
    cr_assert(back.text.ngrams.least == 1 && back.text.ngrams.most == 3);
    cr_assert_str_eq(model_surface(&back, 0), model_surface(&model, 0));
    cr_assert_str_eq(model_surface(&back, 1), "Shown otherwise");
    cr_assert(vocabulary_find(&back.text.stopped, "the", 3) == 0);
    cr_assert(back.fit.objective == model.fit.objective);
    cr_assert(!back.quality.has_windows && back.quality.diversity == model.quality.diversity);
    cr_assert(memcmp(back.quality.topics, model.quality.topics, K * sizeof(TopicQuality)) == 0);
    model_free(&model);
    model_free(&back);
    free(directory);
}

/* Whatever byte of a model's file changes, the change is found, except in what is the user's
 * (labels.csv) and in facts of model.json that nothing else depends on. */
Test(store, every_changed_byte_of_a_data_file_is_found, .timeout = 250)
{
    static const char *const names[] = {"topics.npy", "mixtures.npy", "counts.npz",
                                        "vocabulary.csv", "documents.csv"};
    Model model = make_model(), back = {0};
    char *directory = support_directory();
    Error error;
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK);
    for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
        size_t length;
        char *good = support_read(directory, names[f], &length), *bad = malloc(length);
        for (size_t at = 0; at < length; at += 7) {
            memcpy(bad, good, length);
            bad[at] ^= (char)(1 << at % 8);
            support_write(directory, names[f], bad, length);
            cr_assert(model_load(directory, &back, &error) == STATUS_INPUT, "%s, byte %zu",
                      names[f], at);
        }
        for (size_t cut = 0; cut < length; cut += 53) {
            support_write(directory, names[f], good, cut);
            cr_assert(model_load(directory, &back, &error) == STATUS_INPUT, "%s, cut at %zu",
                      names[f], cut);
        }
        support_write(directory, names[f], good, length);
        free(good);
        free(bad);
    }
    cr_assert(model_load(directory, &back, &error) == STATUS_OK, "%s", error.message);
    model_free(&back);
    model_free(&model);
    free(directory);
}

Test(store, a_damaged_description_is_refused_or_harmless, .timeout = 250)
{
    Model model = make_model(), back = {0};
    char *directory = support_directory();
    Error error;
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK);
    size_t length;
    char *good = support_read(directory, "model.json", &length), *bad = malloc(length);
    for (size_t at = 0; at < length; at++) {
        memcpy(bad, good, length);
        bad[at] ^= (char)(1 << at % 7);
        support_write(directory, "model.json", bad, length);
        if (model_load(directory, &back, &error) == STATUS_OK) {
            cr_assert(back.k == K && back.documents.count == N && back.vocabulary.count == M);
            model_free(&back);
        }
        support_write(directory, "model.json", good, at); /* one byte short is still whole: \n */
        if (at + 1 < length) {
            cr_assert(model_load(directory, &back, &error) == STATUS_INPUT, "cut at %zu", at);
        }
    }
    free(good);
    free(bad);
    model_free(&model);
    free(directory);
}

/* Writes model.json with the first `from` behind "quality" replaced; loads it. */
static Status load_changed(const char *directory, const char *good, const char *from,
                           const char *to, Model *back, Error *error)
{
    const char *at = strstr(strstr(good, "\"quality\""), from);
    cr_assert(at, "%s", from);
    Buffer changed = {0};
    buffer_append(&changed, good, (size_t)(at - good), error);
    buffer_append_text(&changed, to, error);
    buffer_append_text(&changed, at + strlen(from), error);
    support_write(directory, "model.json", changed.bytes, changed.length);
    buffer_free(&changed);
    return model_load(directory, back, error);
}

Test(store, measures_out_of_bounds_are_refused)
{
    static const char *const changes[][3] = {
        {"\"quality\": {", "\"quality\": [], \"other\": {", "quality"},
        {"\"diversity\": ", "\"diversity\": 7", "diversity"},
        {"\"diversity\": ", "\"diversities\": ", "diversity"},
        {"\"npmi\": [", "\"npmi\": [0, ", "npmi"},
        {"\"npmi\": [", "\"npmi\": {}, \"other\": [", "npmi"},
        {"\"uci\": [\n      ", "\"uci\": [\n 1e3, 0, 0], \"other\": [", "uci"},
        {"\"u_mass\": [\n      ", "\"u_mass\": [\n null, 0, 0], \"other\": [", "u_mass"},
        {"\"rank1\": [", "\"rank1\": [0, 0, -0.5], \"other\": [", "rank1"},
        {"\"similarity\": [", "\"similarity\": [0, 0, \"1\"], \"other\": [", "similarity"},
        {"\"similar\": [", "\"similar\": [1, 1, 1], \"other\": [", "similar"},
        {"\"similar\": [", "\"similar\": [2, 4, 1], \"other\": [", "similar"},
        {"\"similar\": [", "\"similar\": [2, 1.5, 1], \"other\": [", "similar"},
        {"\"duplicate_of\": [", "\"duplicate_of\": [2, 0, 0], \"other\": [", "duplicate_of"},
        {"\"duplicate_of\": [", "\"window_npmi\": [0, 0, 0], \"duplicate_of\": [", "c_uci"},
    };
    Model model = make_model(), back = {0};
    char *directory = support_directory();
    Error error;
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK);
    char *good = support_read(directory, "model.json", NULL);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "'%s' is not", changes[i][2]);
        cr_expect(load_changed(directory, good, changes[i][0], changes[i][1], &back, &error) ==
                      STATUS_INPUT,
                  "change %zu", i);
        cr_expect(strstr(error.message, expected), "change %zu: %s", i, error.message);
    }
    /* A model of before there were measures. */
    cr_assert_eq(load_changed(directory, good, "\"quality\"", "\"unknown\"", &back, &error),
                 STATUS_OK, "%s", error.message);
    cr_assert(back.quality.topics == NULL);
    Buffer flags = {0};
    cr_assert_eq(quality_flags(&back, 1, &flags, &error), STATUS_OK);
    cr_assert_str_eq(buffer_text(&flags), "");
    buffer_free(&flags);
    model_free(&back);
    model_free(&model);
    free(good);
    free(directory);
}

Test(store, measures_of_windows_come_back)
{
    Model model = make_model(), back = {0};
    char *directory = support_directory();
    Error error;
    model.quality.has_windows = true;
    for (int t = 0; t < K; t++) {
        model.quality.topics[t].window_npmi = 0.25 - 0.125 * t;
        model.quality.topics[t].c_npmi = 0.125 * t;
        model.quality.topics[t].c_uci = 1.5 - 3.5 * t;
        model.quality.topics[t].c_v = 0.5 * t;
    }
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK);
    cr_assert(model_load(directory, &back, &error) == STATUS_OK, "%s", error.message);
    cr_assert(back.quality.has_windows);
    cr_assert(memcmp(back.quality.topics, model.quality.topics, K * sizeof(TopicQuality)) == 0);
    model_free(&back);
    model_free(&model);
    free(directory);
}

Test(store, labels_are_the_users)
{
    Model model = make_model(), back = {0};
    char *directory = support_directory();
    Error error;
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK);
    support_write_text(directory, "labels.csv",
                       "topic,label,note,hidden\n2,\"Energy, prices\",look again,1\n");
    cr_assert(model_load(directory, &back, &error) == STATUS_OK, "%s", error.message);
    cr_assert(strcmp(back.labels[1].label, "Energy, prices") == 0 && back.labels[1].hidden);
    cr_assert(strcmp(back.labels[0].label, "") == 0 && !back.labels[0].hidden);
    model_free(&back);
    support_write_text(directory, "labels.csv", "topic,label\n4,None\n");
    cr_assert(model_load(directory, &back, &error) == STATUS_INPUT);
    cr_assert(strstr(error.message, "labels.csv") && strstr(error.message, "1 to 3"));
    model_free(&model);
    free(directory);
}

Test(store, files_that_contradict_each_other_are_refused)
{
    char *directory = support_directory();
    for (int mistake = 0; mistake < 5; mistake++) {
        Model model = make_model(), back = {0};
        Error error;
        switch (mistake) {
        case 0:
            model.idf[3] = 1e308;
            break;
        case 1:
            model.document_frequency[3]++;
            break;
        case 2:
            model.term_frequency[3]++;
            break;
        case 3:
            model.documents.items[2].tokens = 999999999;
            break;
        case 4:
            model.documents.items[2].terms++;
            break;
        }
        cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK);
        cr_assert(model_load(directory, &back, &error) == STATUS_INPUT, "mistake %d", mistake);
        cr_assert(strstr(error.message, "does not agree") != NULL, "%s", error.message);
        model_free(&model);
    }
    free(directory);
}

/* The model of a matrix: documents without text, values that are not whole. */
Test(store, a_model_of_a_matrix_comes_back)
{
    char *directory = support_directory();
    Model model = make_model(), back = {0};
    Error error;
    Counts *counts = &model.counts;
    counts->amounts = calloc((size_t)counts_pairs(counts), sizeof *counts->amounts);
    for (int64_t p = 0; p < counts_pairs(counts); p++) {
        counts->amounts[p] = counts->values[p] * 0.1;
    }
    free(counts->values);
    counts->values = NULL;
    counts_frequencies(counts, M, model.document_frequency, model.term_frequency);
    documents_free(&model.documents);
    for (int d = 0; d < N; d++) {
        char id[16];
        snprintf(id, sizeof id, "%d", d + 1);
        cr_assert(documents_add_id(&model.documents, id, &error) == STATUS_OK);
        model.documents.items[d].tokens = counts_tokens(counts, d);
        model.documents.items[d].terms = counts->starts[d + 1] - counts->starts[d];
    }
    model.input = MODEL_OF_MATRIX;
    model.tally.found = 1234.5;
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK, "%s", error.message);
    cr_assert(model_load(directory, &back, &error) == STATUS_OK, "%s", error.message);
    cr_assert(back.input == MODEL_OF_MATRIX && back.tally.found == 1234.5 && back.counts.values == NULL);
    for (int64_t p = 0; p < counts_pairs(counts); p++) {
        cr_assert(counts_value(&back.counts, p) == counts_value(counts, p));
    }
    for (int i = 0; i < M; i++) {
        cr_assert(back.term_frequency[i] == model.term_frequency[i]);
    }
    cr_assert(back.documents.items[7].tokens == model.documents.items[7].tokens);
    cr_assert(strcmp(back.documents.items[7].id, "8") == 0 && back.documents.items[7].hash == 0);
    model_free(&back);
    model.term_frequency[3] = nextafter(model.term_frequency[3], 0.0);
    cr_assert(model_save(&model, directory, "0", &error) == STATUS_OK);
    cr_assert(model_load(directory, &back, &error) == STATUS_INPUT);
    model_free(&model);
    free(directory);
}
