#include "model/alignment.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A model of k topics over words that are separated by blanks, with equal shares and nothing else:
 * `topics` is k × words. */
static Model make_model(int k, const char *words, const double *topics)
{
    Model model = {.k = k};
    Error error;
    for (const char *word = words; *word;) {
        const size_t length = strcspn(word, " ");
        WordId id;
        cr_assert_eq(vocabulary_add(&model.vocabulary, word, length, &id, &error), STATUS_OK);
        word += length + (word[length] == ' ');
    }
    const size_t count = (size_t)k * model.vocabulary.count;
    model.topics = calloc(count, sizeof *model.topics);
    model.shares = calloc((size_t)k, sizeof *model.shares);
    for (size_t i = 0; i < count; i++) {
        model.topics[i] = (float)topics[i];
    }
    for (int t = 0; t < k; t++) {
        model.shares[t] = 1.0 / k;
    }
    cr_assert_eq(model_set_labels(&model, &error), STATUS_OK);
    return model;
}

static Alignment align(const Model *first, const Model *second)
{
    Alignment alignment = {0};
    Error error;
    cr_assert_eq(alignment_make(first, second, 0.5, &alignment, &error), STATUS_OK);
    return alignment;
}

static double similarity(const Alignment *alignment, int first, int second)
{
    return alignment->similarity[first * alignment->second_topics + second];
}

static void check_relation(const Alignment *alignment, int64_t at, RelationKind kind, int first,
                           int second)
{
    cr_assert_lt(at, alignment->relation_count);
    const TopicRelation *relation = &alignment->relations[at];
    cr_assert(relation->kind == kind && relation->first == first && relation->second == second,
              "relation %d: %s %d %d", (int)at, relation_names[relation->kind], relation->first,
              relation->second);
}

static void free_all(Alignment *alignment, Model *first, Model *second)
{
    alignment_free(alignment);
    model_free(first);
    model_free(second);
}

Test(alignment, finds_the_same_topics_in_another_order)
{
    const double topics[] = {0.7, 0.3, 0, 0, 0, 0.2, 0.8, 0, 0, 0, 0.1, 0.9};
    const double turned[] = {0, 0, 0.1, 0.9, 0.7, 0.3, 0, 0, 0, 0.2, 0.8, 0};
    Model first = make_model(3, "a b c d", topics), second = make_model(3, "a b c d", turned);
    Alignment alignment = align(&first, &second);
    const int partner[] = {1, 2, 0}, first_partner[] = {2, 0, 1};
    for (int t = 0; t < 3; t++) {
        cr_assert_eq(alignment.partner[t], partner[t]);
        cr_assert_eq(alignment.first_partner[t], first_partner[t]);
        cr_assert(fabs(similarity(&alignment, t, partner[t]) - 1.0) < 1e-12);
    }
    cr_assert_eq(alignment.relation_count, 0);
    cr_assert_eq(alignment.shared_words, 4);
    free_all(&alignment, &first, &second);
}

Test(alignment, words_are_found_by_name_and_those_of_one_model_count)
{
    /* Over sail, ship and wind: (0, 1, 0) and (0.8, 0.6, 0), as far as their directions go. */
    const double topic[] = {1, 0}, other[] = {0.8 / 1.4, 0.6 / 1.4};
    Model first = make_model(1, "ship wind", topic), second = make_model(1, "sail ship", other);
    Alignment alignment = align(&first, &second);
    cr_assert(fabs(similarity(&alignment, 0, 0) - 0.6) < 1e-7);
    cr_assert_eq(alignment.shared_words, 1);
    cr_assert_eq(alignment.second_word[0], 1);
    cr_assert_eq(alignment.second_word[1], WORD_NONE);
    cr_assert_eq(alignment.first_word[0], WORD_NONE);
    cr_assert_eq(alignment.first_word[1], 0);
    cr_assert_eq(alignment.partner[0], 0);
    free_all(&alignment, &first, &second);
}

Test(alignment, a_topic_splits_and_its_parts_merge_again)
{
    const double whole[] = {0.5, 0.5, 0, 0, 0, 1}, parts[] = {1, 0, 0, 0, 0, 1, 0, 1, 0};
    Model first = make_model(2, "a b c", whole), second = make_model(3, "a b c", parts);
    Alignment alignment = align(&first, &second);
    cr_assert_eq(alignment.partner[1], 1);
    cr_assert_eq(alignment.relation_count, 2);
    check_relation(&alignment, 0, RELATION_SPLIT, 0, 0);
    check_relation(&alignment, 1, RELATION_SPLIT, 0, 2);
    cr_assert(fabs(alignment.relations[0].similarity - sqrt(0.5)) < 1e-7);
    cr_assert(fabs(alignment.relations[0].together - 1.0) < 1e-7);
    cr_assert_eq(alignment.relations[1].together, alignment.relations[0].together);
    alignment_free(&alignment);

    alignment = align(&second, &first);
    cr_assert_eq(alignment.relation_count, 2);
    check_relation(&alignment, 0, RELATION_MERGED, 0, 0);
    check_relation(&alignment, 1, RELATION_MERGED, 2, 0);
    cr_assert(fabs(alignment.relations[0].together - 1.0) < 1e-7);
    free_all(&alignment, &first, &second);
}

Test(alignment, parts_are_added_up_by_their_shares)
{
    /* Shares of 0.6 and 0.2: (0.6, 0.2) beside (0.5, 0.5), cosine 0.8·0.5 / (√0.4·√0.5). */
    const double whole[] = {0.5, 0.5}, parts[] = {1, 0, 0, 1, 0, 0};
    Model first = make_model(1, "a b", whole), second = make_model(3, "a b", parts);
    second.shares[0] = 0.6;
    second.shares[1] = 0.2;
    second.shares[2] = 0.2;
    Alignment alignment = align(&first, &second);
    cr_assert(fabs(alignment.relations[0].together - 0.4 / sqrt(0.2)) < 1e-7);
    check_relation(&alignment, 2, RELATION_NEW, TOPIC_NONE, 2); /* a topic without words */
    free_all(&alignment, &first, &second);
}

Test(alignment, the_most_similar_part_comes_first)
{
    const double whole[] = {0.45, 0.55}, parts[] = {1, 0, 0, 1};
    Model first = make_model(1, "a b", whole), second = make_model(2, "a b", parts);
    Alignment alignment = align(&first, &second);
    check_relation(&alignment, 0, RELATION_SPLIT, 0, 1);
    check_relation(&alignment, 1, RELATION_SPLIT, 0, 0);
    cr_assert_eq(alignment.partner[0], 1);
    free_all(&alignment, &first, &second);
}

Test(alignment, what_is_like_nothing_is_new_or_has_vanished)
{
    const double before[] = {1, 0, 0, 0, 1, 0}, after[] = {0, 0.3, 0.7, 1, 0, 0};
    Model first = make_model(2, "a b c", before), second = make_model(2, "a b c", after);
    Alignment alignment = align(&first, &second);
    cr_assert_eq(alignment.partner[0], 1);
    cr_assert_eq(alignment.partner[1], TOPIC_NONE);
    cr_assert_eq(alignment.first_partner[0], TOPIC_NONE);
    cr_assert_eq(alignment.relation_count, 2);
    check_relation(&alignment, 0, RELATION_NEW, TOPIC_NONE, 0);
    check_relation(&alignment, 1, RELATION_VANISHED, 1, TOPIC_NONE);
    cr_assert(fabs(alignment.relations[0].similarity - 0.3 / sqrt(0.58)) < 1e-7, "the nearest");
    cr_assert_eq(alignment.relations[0].together, 0.0);
    free_all(&alignment, &first, &second);
}

Test(alignment, related_begins_at_the_least_similarity)
{
    const double topic[] = {1, 0}, other[] = {0.6, 0.8};
    Model first = make_model(1, "a b", topic), second = make_model(1, "a b", other);
    Error error;
    Alignment alignment = {0};
    cr_assert_eq(alignment_make(&first, &second, 0.599, &alignment, &error), STATUS_OK);
    cr_assert_eq(alignment.partner[0], 0);
    cr_assert_eq(alignment.relation_count, 0);
    alignment_free(&alignment);
    cr_assert_eq(alignment_make(&first, &second, 0.601, &alignment, &error), STATUS_OK);
    cr_assert_eq(alignment.partner[0], TOPIC_NONE);
    cr_assert_eq(alignment.relation_count, 2);
    free_all(&alignment, &first, &second);
}

Test(alignment, similarities_too_small_to_count_do_not_decide_who_are_partners)
{
    /* 0 with 0 (0.6) and nothing for 1, or 0 with 1 and 1 with 0 (0.49 each, more in all). */
    const double before[] = {1, 0, 0, 0, 1, 0};
    const double after[] = {0.6,  0.49, sqrt(1 - 0.6 * 0.6 - 0.49 * 0.49),
                            0.49, 0,    sqrt(1 - 0.49 * 0.49)};
    Model first = make_model(2, "a b c", before), second = make_model(2, "a b c", after);
    Alignment alignment = align(&first, &second);
    cr_assert_eq(alignment.partner[0], 0);
    cr_assert_eq(alignment.partner[1], TOPIC_NONE);
    free_all(&alignment, &first, &second);
}

Test(alignment, hidden_topics_take_no_part)
{
    const double topics[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    Model first = make_model(3, "a b c", topics), second = make_model(3, "a b c", topics);
    first.labels[0].hidden = true;
    second.labels[1].hidden = true;
    Alignment alignment = align(&first, &second);
    cr_assert_eq(alignment.partner[0], TOPIC_NONE);
    cr_assert_eq(alignment.partner[1], TOPIC_NONE);
    cr_assert_eq(alignment.partner[2], 2);
    cr_assert_eq(alignment.relation_count, 2);
    check_relation(&alignment, 0, RELATION_NEW, TOPIC_NONE, 0);
    check_relation(&alignment, 1, RELATION_VANISHED, 1, TOPIC_NONE);
    cr_assert_eq(alignment.relations[0].similarity, 0.0, "the nearest is hidden");
    free_all(&alignment, &first, &second);
}

Test(alignment, without_a_word_in_common_is_an_error)
{
    const double topic[] = {1};
    Model first = make_model(1, "a", topic), second = make_model(1, "b", topic);
    Alignment alignment = {0};
    Error error;
    cr_assert_eq(alignment_make(&first, &second, 0.5, &alignment, &error), STATUS_INPUT);
    cr_assert_str_eq(error.message, "the models have no word in common");
    free_all(&alignment, &first, &second);
}

/* Topics with two or three of eight words. */
static Model make_random(uint64_t seed, uint64_t stream, int k)
{
    const RandomStream random = {.seed = seed, .stream = stream};
    double topics[8 * 8] = {0};
    for (int i = 0; i < 3 * k; i++) {
        topics[i / 3 * 8 + (int)(random_bits(random, (uint64_t)(2 * i)) % 8)] =
            random_uniform(random, (uint64_t)(2 * i + 1));
    }
    return make_model(k, "a b c d e f g h", topics);
}

static bool is_told(const Alignment *alignment, int first, int second, RelationKind part,
                    RelationKind alone)
{
    for (int64_t i = 0; i < alignment->relation_count; i++) {
        const TopicRelation *relation = &alignment->relations[i];
        const bool same =
            first == TOPIC_NONE ? relation->second == second : relation->first == first;
        if (same && (relation->kind == part || relation->kind == alone)) {
            return true;
        }
    }
    return false;
}

Test(alignment, every_topic_without_a_partner_is_told_and_directions_agree)
{
    int64_t kinds[4] = {0};
    for (uint64_t seed = 0; seed < 300; seed++) {
        const int k = 1 + (int)(seed % 8), l = 1 + (int)(seed / 8 % 8);
        Model first = make_random(seed, 0, k), second = make_random(seed, 1, l);
        Alignment there = align(&first, &second), back = align(&second, &first);
        for (int a = 0; a < k; a++) {
            cr_assert(there.partner[a] != TOPIC_NONE ||
                      is_told(&there, a, TOPIC_NONE, RELATION_MERGED, RELATION_VANISHED));
        }
        for (int b = 0; b < l; b++) {
            cr_assert(there.first_partner[b] != TOPIC_NONE ||
                      is_told(&there, TOPIC_NONE, b, RELATION_SPLIT, RELATION_NEW));
        }
        int64_t others[4] = {0};
        for (int64_t i = 0; i < there.relation_count; i++) {
            kinds[there.relations[i].kind]++;
            others[there.relations[i].kind]++;
        }
        for (int64_t i = 0; i < back.relation_count; i++) {
            others[back.relations[i].kind ^ 1]--; /* split and merged, new and vanished */
        }
        for (int kind = 0; kind < 4; kind++) {
            cr_assert_eq(others[kind], 0, "seed %d: %s", (int)seed, relation_names[kind]);
        }
        alignment_free(&back);
        free_all(&there, &first, &second);
    }
    for (int kind = 0; kind < 4; kind++) {
        cr_assert_gt(kinds[kind], 50, "%s", relation_names[kind]);
    }
}
