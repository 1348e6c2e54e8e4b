#include "model/alignment.h"

#include "base/memory.h"
#include "matrix/assignment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const relation_names[] = {"split", "merged", "new", "vanished"};

/* ---- words ---- */

/* For each word of `from` its number in `to`; returns how many are in both, −1 without memory. */
static int64_t map_words(const Vocabulary *from, const Vocabulary *to, WordId **map, Error *error)
{
    int64_t shared = 0;
    *map = memory_new(from->count, sizeof **map, error);
    if (!*map) {
        return -1;
    }
    for (WordId word = 0; word < from->count; word++) {
        const char *text = vocabulary_word(from, word);
        (*map)[word] = vocabulary_find(to, text, strlen(text));
        shared += (*map)[word] != WORD_NONE;
    }
    return shared;
}

static Status align_words(const Model *first, const Model *second, Alignment *alignment,
                          Error *error)
{
    alignment->shared_words =
        map_words(&first->vocabulary, &second->vocabulary, &alignment->second_word, error);
    if (alignment->shared_words < 0 ||
        map_words(&second->vocabulary, &first->vocabulary, &alignment->first_word, error) < 0) {
        return error_status(error);
    }
    return alignment->shared_words > 0
               ? STATUS_OK
               : error_set(error, STATUS_INPUT, "the models have no word in common");
}

/* ---- similarities ---- */

static double product(const float *one, const float *other, int64_t words)
{
    double sum = 0.0;
    for (int64_t w = 0; w < words; w++) {
        sum += (double)one[w] * (double)other[w];
    }
    return sum;
}

static double norm(const float *topic, int64_t words)
{
    return sqrt(product(topic, topic, words));
}

/* A topic of the second model over the words of the first. */
static void translate(const float *topic, const WordId *second_word, int64_t words,
                      float *translated)
{
    for (int64_t w = 0; w < words; w++) {
        translated[w] = second_word[w] == WORD_NONE ? 0.0F : topic[second_word[w]];
    }
}

/* Rounding may leave the cosine a little above 1; a topic without words is like no other. */
static double cosine(double product, double one, double other)
{
    const double lengths = one * other;
    return lengths > 0.0 ? fmin(product / lengths, 1.0) : 0.0;
}

static Status compare_topics(const Model *first, const Model *second, Alignment *alignment,
                             Error *error)
{
    const int64_t words = first->vocabulary.count, second_words = second->vocabulary.count;
    alignment->similarity =
        memory_new((size_t)first->k, (size_t)second->k * sizeof *alignment->similarity, error);
    double *norms = memory_new((size_t)first->k, sizeof *norms, error);
    float *translated = memory_new((size_t)words, sizeof *translated, error);
    if (!alignment->similarity || !norms || !translated) {
        free(norms);
        free(translated);
        return error_status(error);
    }
    for (int a = 0; a < first->k; a++) {
        norms[a] = norm(first->topics + a * words, words);
    }
    for (int b = 0; b < second->k; b++) {
        const float *topic = second->topics + b * second_words;
        const double own = norm(topic, second_words);
        translate(topic, alignment->second_word, words, translated);
        for (int a = 0; a < first->k; a++) {
            const double both = product(first->topics + a * words, translated, words);
            alignment->similarity[(int64_t)a * second->k + b] = cosine(both, norms[a], own);
        }
    }
    free(norms);
    free(translated);
    return STATUS_OK;
}

/* ---- partners ---- */

static Status choose_partners(const Model *first, const Model *second, double least,
                              Alignment *alignment, Error *error)
{
    const int rows = first->k, columns = second->k;
    double *scores = memory_new((size_t)rows, (size_t)columns * sizeof *scores, error);
    alignment->partner = memory_new((size_t)rows, sizeof *alignment->partner, error);
    alignment->first_partner = memory_new((size_t)columns, sizeof *alignment->first_partner, error);
    if (!scores || !alignment->partner || !alignment->first_partner) {
        free(scores);
        return error_status(error);
    }
    for (int a = 0; a < rows; a++) {
        for (int b = 0; b < columns; b++) {
            const int64_t at = (int64_t)a * columns + b;
            const bool hidden = first->labels[a].hidden || second->labels[b].hidden;
            const bool related = !hidden && alignment->similarity[at] >= least;
            scores[at] = related ? alignment->similarity[at] : 0.0;
        }
    }
    for (int b = 0; b < columns; b++) {
        alignment->first_partner[b] = TOPIC_NONE;
    }
    Status status = assignment_solve(scores, rows, columns, alignment->partner, error);
    for (int a = 0; a < rows && !status; a++) {
        const int b = alignment->partner[a];
        if (b >= 0 && scores[(int64_t)a * columns + b] > 0.0) {
            alignment->first_partner[b] = a;
        } else {
            alignment->partner[a] = TOPIC_NONE;
        }
    }
    free(scores);
    return status;
}

/* ---- relations ---- */

/* One of the two models and what the alignment says of it: the wholes are its topics, the parts
 * the other's. The same is done in both directions. */
typedef struct Side {
    const Model *model;
    const int *partner;
    const WordId *other_word; /* of its words */
    RelationKind parted;      /* what its topics are if they have parts */
    RelationKind alone;       /* what they are if they have no home */
    bool is_first;
} Side;

typedef struct Relating {
    Side sides[2];
    double least;
    Alignment *alignment;
    size_t capacity;
    int *homes;      /* owned: of each topic of one side, that of the other, or TOPIC_NONE */
    double *nearest; /* owned: and the similarity to the nearest, related or not */
    double *mixed;   /* owned: the sum of parts, over the words of the larger vocabulary */
    TopicRelation *of_whole; /* owned: the parts of one whole */
} Relating;

static double similarity(const Relating *relating, const Side *side, int topic, int other)
{
    const Alignment *alignment = relating->alignment;
    const int64_t first = side->is_first ? topic : other, second = side->is_first ? other : topic;
    return alignment->similarity[first * alignment->second_topics + second];
}

/* Where each topic of `side` is at home among those of the other. */
static void find_homes(Relating *relating, const Side *side, const Model *other)
{
    for (int t = 0; t < side->model->k; t++) {
        relating->homes[t] = TOPIC_NONE;
        relating->nearest[t] = 0.0;
        for (int o = 0; o < other->k && !side->model->labels[t].hidden; o++) {
            const double value = other->labels[o].hidden ? 0.0 : similarity(relating, side, t, o);
            if (value > relating->nearest[t]) {
                relating->nearest[t] = value;
                relating->homes[t] = value >= relating->least ? o : TOPIC_NONE;
            }
        }
    }
}

/* The most similar first, of equal ones the one with the lower numbers. */
static int compare_parts(const void *left, const void *right)
{
    const TopicRelation *a = left, *b = right;
    if (a->similarity != b->similarity) {
        return a->similarity > b->similarity ? -1 : 1;
    }
    return a->first != b->first ? a->first - b->first : a->second - b->second;
}

/* How similar the parts, each weighted by its topic's share, are to the whole. */
static double similarity_of_sum(Relating *relating, const Side *side, int whole, const Side *other,
                                const TopicRelation *parts, int count)
{
    const int64_t words = side->model->vocabulary.count;
    const int64_t other_words = other->model->vocabulary.count;
    const float *topic = side->model->topics + whole * words;
    double *mixed = relating->mixed;
    memset(mixed, 0, (size_t)other_words * sizeof *mixed);
    for (int i = 0; i < count; i++) {
        const int part = side->is_first ? parts[i].second : parts[i].first;
        const float *of_part = other->model->topics + part * other_words;
        for (int64_t w = 0; w < other_words; w++) {
            mixed[w] += other->model->shares[part] * (double)of_part[w];
        }
    }
    double squares = 0.0, both = 0.0;
    for (int64_t w = 0; w < other_words; w++) {
        squares += mixed[w] * mixed[w];
        both += other->other_word[w] == WORD_NONE ? 0.0
                                                  : mixed[w] * (double)topic[other->other_word[w]];
    }
    return cosine(both, norm(topic, words), sqrt(squares));
}

static Status add_relations(Relating *relating, const TopicRelation *added, int count, Error *error)
{
    Alignment *alignment = relating->alignment;
    Status status =
        memory_reserve(&alignment->relations, &relating->capacity,
                       (size_t)alignment->relation_count + (size_t)count, sizeof *added, error);
    for (int i = 0; i < count && !status; i++) {
        alignment->relations[alignment->relation_count++] = added[i];
    }
    return status;
}

/* The topics of `side` with two parts or more; `homes` are those of the other's topics. */
static Status find_parted(Relating *relating, const Side *side, const Side *other, Error *error)
{
    Status status = STATUS_OK;
    for (int whole = 0; whole < side->model->k && !status; whole++) {
        int count = 0;
        for (int part = 0; part < other->model->k; part++) {
            if (relating->homes[part] == whole || side->partner[whole] == part) {
                relating->of_whole[count++] = (TopicRelation){
                    .kind = side->parted,
                    .first = side->is_first ? whole : part,
                    .second = side->is_first ? part : whole,
                    .similarity = similarity(relating, side, whole, part),
                };
            }
        }
        if (count < 2) {
            continue;
        }
        qsort(relating->of_whole, (size_t)count, sizeof *relating->of_whole, compare_parts);
        const double together =
            similarity_of_sum(relating, side, whole, other, relating->of_whole, count);
        for (int i = 0; i < count; i++) {
            relating->of_whole[i].together = together;
        }
        status = add_relations(relating, relating->of_whole, count, error);
    }
    return status;
}

/* The topics of `side` that are like no other. */
static Status find_alone(Relating *relating, const Side *side, Error *error)
{
    Status status = STATUS_OK;
    for (int t = 0; t < side->model->k && !status; t++) {
        const TopicRelation relation = {
            .kind = side->alone,
            .first = side->is_first ? t : TOPIC_NONE,
            .second = side->is_first ? TOPIC_NONE : t,
            .similarity = relating->nearest[t],
        };
        if (relating->homes[t] == TOPIC_NONE && !side->model->labels[t].hidden) {
            status = add_relations(relating, &relation, 1, error);
        }
    }
    return status;
}

static Status find_relations(Relating *relating, Error *error)
{
    const Side *first = &relating->sides[0], *second = &relating->sides[1];
    find_homes(relating, second, first->model);
    Status status = find_parted(relating, first, second, error);
    if (!status) {
        find_homes(relating, first, second->model);
        status = find_parted(relating, second, first, error);
    }
    if (!status) {
        find_homes(relating, second, first->model);
        status = find_alone(relating, second, error);
    }
    if (!status) {
        find_homes(relating, first, second->model);
        status = find_alone(relating, first, error);
    }
    return status;
}

static Status relate(const Model *first, const Model *second, double least, Alignment *alignment,
                     Error *error)
{
    Relating relating = {
        .sides = {{first, alignment->partner, alignment->second_word, RELATION_SPLIT,
                   RELATION_VANISHED, true},
                  {second, alignment->first_partner, alignment->first_word, RELATION_MERGED,
                   RELATION_NEW, false}},
        .least = least,
        .alignment = alignment,
    };
    const size_t topics = (size_t)(first->k > second->k ? first->k : second->k);
    const size_t words = first->vocabulary.count > second->vocabulary.count
                             ? first->vocabulary.count
                             : second->vocabulary.count;
    relating.homes = memory_new(topics, sizeof *relating.homes, error);
    relating.nearest = memory_new(topics, sizeof *relating.nearest, error);
    relating.mixed = memory_new(words, sizeof *relating.mixed, error);
    relating.of_whole = memory_new(topics, sizeof *relating.of_whole, error);
    Status status = relating.homes && relating.nearest && relating.mixed && relating.of_whole
                        ? find_relations(&relating, error)
                        : error_status(error);
    free(relating.homes);
    free(relating.nearest);
    free(relating.mixed);
    free(relating.of_whole);
    return status;
}

/* ---- all of it ---- */

Status alignment_make(const Model *first, const Model *second, double least, Alignment *alignment,
                      Error *error)
{
    alignment->first_topics = first->k;
    alignment->second_topics = second->k;
    Status status = align_words(first, second, alignment, error);
    if (!status) {
        status = compare_topics(first, second, alignment, error);
    }
    if (!status) {
        status = choose_partners(first, second, least, alignment, error);
    }
    return status ? status : relate(first, second, least, alignment, error);
}

void alignment_free(Alignment *alignment)
{
    free(alignment->second_word);
    free(alignment->first_word);
    free(alignment->similarity);
    free(alignment->partner);
    free(alignment->first_partner);
    free(alignment->relations);
    *alignment = (Alignment){0};
}
