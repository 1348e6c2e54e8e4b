#include "model/movement.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Documents by their ids, each followed by its hash: "a=1 b=2". */
static DocumentList make_list(const char *text)
{
    DocumentList list = {0};
    Error error;
    char id[8];
    int hash, length;
    while (sscanf(text, " %7[^=]=%d%n", id, &hash, &length) == 2) {
        cr_assert_eq(documents_add_id(&list, id, &error), STATUS_OK);
        list.items[list.count - 1].hash = (uint64_t)hash;
        text += length;
    }
    return list;
}

/* Pairs are shown as numbers from 0, "0-1 1-0", and how many are renamed and changed. */
static void check_pairs(const char *first, const char *second, const char *expected, int renamed,
                        int changed)
{
    DocumentList list = make_list(first), other = make_list(second);
    DocumentPairs pairs = {0};
    Error error;
    char shown[128] = "";
    cr_assert_eq(documents_pair(&list, &other, &pairs, &error), STATUS_OK);
    for (int64_t i = 0; i < pairs.count; i++) {
        snprintf(shown + strlen(shown), sizeof shown - strlen(shown), "%s%d-%d", i ? " " : "",
                 (int)pairs.items[i].first, (int)pairs.items[i].second);
    }
    cr_assert_str_eq(shown, expected);
    cr_assert_eq(pairs.renamed, renamed);
    cr_assert_eq(pairs.changed, changed);
    document_pairs_free(&pairs);
    documents_free(&list);
    documents_free(&other);
}

Test(movement, documents_are_the_same_by_id_and_text)
{
    check_pairs("a=1 b=2 c=3", "c=3 x=9 a=1", "0-2 2-0", 0, 0);
    check_pairs("a=1", "b=2", "", 0, 0);
    check_pairs("", "b=2", "", 0, 0);
}

Test(movement, rows_that_got_other_numbers_are_found_by_their_text)
{
    check_pairs("1=11 2=12 3=13", "1=12 2=13", "1-0 2-1", 2, 0);
}

Test(movement, repeated_texts_are_paired_in_their_order_those_with_the_same_id_first)
{
    check_pairs("a=7 b=7 c=7", "x=7 b=7", "0-0 1-1", 1, 0);
    check_pairs("a=7", "x=7 y=7", "0-0", 1, 0);
}

Test(movement, what_is_left_is_paired_by_id)
{
    check_pairs("a=1 b=2", "b=5 a=1", "0-1 1-0", 0, 1);
}

Test(movement, without_texts_only_ids_tell)
{
    check_pairs("a=0 b=0 c=0", "c=0 d=0 a=0", "0-2 2-0", 0, 0);
    check_pairs("a=0 b=0", "a=5 c=6", "0-0", 0, 0);
}

/* A model of these mixtures, documents × topics, with the ids a, b, c …; each topic has a word of
 * its own, the numbers of which `words` tells. */
static Model make_model(int k, int count, const float *mixtures, const char *words)
{
    Model model = {.k = k};
    Error error;
    const char letters[] = "pqrs";
    for (int w = 0; w < 4; w++) {
        WordId id;
        cr_assert_eq(vocabulary_add(&model.vocabulary, &letters[w], 1, &id, &error), STATUS_OK);
    }
    model.topics = calloc((size_t)k * 4, sizeof *model.topics);
    model.shares = calloc((size_t)k, sizeof *model.shares);
    model.mixtures = calloc((size_t)(count * k), sizeof *model.mixtures);
    memcpy(model.mixtures, mixtures, (size_t)(count * k) * sizeof *mixtures);
    for (int t = 0; t < k; t++) { /* one word, or two that are separated by + */
        model.topics[t * 4 + words[0] - 'p'] = 1.0F;
        model.shares[t] = 1.0 / k;
        if (words[1] == '+') {
            model.topics[t * 4 + words[2] - 'p'] = 1.0F;
            words += 2;
        }
        words++;
    }
    for (int d = 0; d < count; d++) {
        cr_assert_eq(documents_add_id(&model.documents, (char[]){(char)('a' + d), '\0'}, &error),
                     STATUS_OK);
    }
    cr_assert_eq(model_set_labels(&model, &error), STATUS_OK);
    return model;
}

typedef struct Comparison {
    Model first, second;
    Alignment alignment;
    DocumentPairs pairs;
    Movement movement;
} Comparison;

static void compare(Comparison *comparison)
{
    Error error;
    cr_assert_eq(alignment_make(&comparison->first, &comparison->second, 0.5,
                                &comparison->alignment, &error),
                 STATUS_OK);
    cr_assert_eq(documents_pair(&comparison->first.documents, &comparison->second.documents,
                                &comparison->pairs, &error),
                 STATUS_OK);
    cr_assert_eq(movement_find(&comparison->first, &comparison->second, &comparison->alignment,
                               &comparison->pairs, &comparison->movement, &error),
                 STATUS_OK);
}

static void comparison_free(Comparison *comparison)
{
    movement_free(&comparison->movement);
    document_pairs_free(&comparison->pairs);
    alignment_free(&comparison->alignment);
    model_free(&comparison->first);
    model_free(&comparison->second);
}

Test(movement, documents_stay_follow_or_move)
{
    /* Topic 0 of p and q is split into 0 (p) and 2 (q); topic 1 (r) stays 1. */
    const float before[] = {1, 0, 0.9F, 0.1F, 0.8F, 0.2F, 0.3F, 0.7F, 0, 1, 0, 0};
    const float after[] = {1, 0, 0, 0, 0, 1, 0, 0.75F, 0.25F, 1, 0, 0, 0, 1, 0, 1, 0, 0};
    Comparison comparison = {.first = make_model(2, 6, before, "p+qr"),
                             .second = make_model(3, 6, after, "prq")};
    compare(&comparison);
    const Movement *movement = &comparison.movement;
    cr_assert_eq(movement->kinds[MOVE_STAYED], 2);   /* a, e */
    cr_assert_eq(movement->kinds[MOVE_FOLLOWED], 1); /* b */
    cr_assert_eq(movement->kinds[MOVE_MOVED], 2);    /* c, d */
    cr_assert_eq(movement->left_out, 1);             /* f is not modelled in the first */
    cr_assert_eq(movement->count, 3);
    const int order[] = {2, 3, 1}; /* the smaller shares are 0.75, 0.7; then those that followed */
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(movement->items[i].pair.first, order[i]);
    }
    cr_assert_eq(movement->items[0].first_topic, 0);
    cr_assert_eq(movement->items[0].second_topic, 1);
    cr_assert_float_eq((double)movement->items[0].first_share, 0.8, 1e-6);
    cr_assert_eq(movement->items[0].kind, MOVE_MOVED);
    cr_assert_eq(movement->items[2].kind, MOVE_FOLLOWED);
    cr_assert_eq(movement->topics.total, 5);
    cr_assert_eq(movement->topics.counts[0 * 3 + 2], 1);
    comparison_free(&comparison);
}

Test(movement, documents_of_hidden_topics_are_left_out)
{
    const float mixtures[] = {1, 0, 0, 1, 1, 0};
    Comparison comparison = {.first = make_model(2, 3, mixtures, "pq"),
                             .second = make_model(2, 3, mixtures, "pq")};
    comparison.second.labels[1].hidden = true;
    compare(&comparison);
    cr_assert_eq(comparison.movement.left_out, 1);
    cr_assert_eq(comparison.movement.kinds[MOVE_STAYED], 2);
    comparison_free(&comparison);
}
