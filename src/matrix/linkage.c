#include "matrix/linkage.h"

#include "base/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Clusters on their way: each lives at the place of one of its items. */
typedef struct Forest {
    double *distances; /* between places; those of places that are taken over mean nothing */
    int64_t n;
    int64_t *sizes; /* of each place: items in its cluster; 0: taken over */
    int64_t *chain; /* each the nearest neighbour of the one before */
    int64_t length; /* of the chain */
} Forest;

static double *distance(const Forest *forest, int64_t a, int64_t b)
{
    return forest->distances +
           (a < b ? linkage_place(forest->n, a, b) : linkage_place(forest->n, b, a));
}

/* The nearest place to a; `previous` (or −1) if it is as near as any, so that the chain ends. */
static int64_t nearest(const Forest *forest, int64_t a, int64_t previous)
{
    int64_t best = previous;
    double least = previous < 0 ? HUGE_VAL : *distance(forest, a, previous);
    for (int64_t b = 0; b < forest->n; b++) {
        if (b != a && forest->sizes[b] > 0 && *distance(forest, a, b) < least) {
            least = *distance(forest, a, b);
            best = b;
        }
    }
    return best;
}

/* Puts the cluster at `a` into that at `b`, whose distances become those of both together. */
static void merge_places(Forest *forest, int64_t a, int64_t b)
{
    const double of_a = (double)forest->sizes[a], of_b = (double)forest->sizes[b];
    for (int64_t c = 0; c < forest->n; c++) {
        if (c != a && c != b && forest->sizes[c] > 0) {
            double *both = distance(forest, b, c);
            *both = (of_a * *distance(forest, a, c) + of_b * *both) / (of_a + of_b);
        }
    }
    forest->sizes[b] += forest->sizes[a];
    forest->sizes[a] = 0;
}

/* Fills the merges in the order in which chains find them, `left` and `right` being places. */
static void follow_chains(Forest *forest, LinkageMerge *merges)
{
    int64_t first = 0; /* no cluster lives before it */
    for (int64_t made = 0; made < forest->n - 1; made++) {
        if (forest->length == 0) {
            while (forest->sizes[first] == 0) {
                first++;
            }
            forest->chain[forest->length++] = first;
        }
        for (;;) {
            const int64_t last = forest->chain[forest->length - 1];
            const int64_t previous = forest->length > 1 ? forest->chain[forest->length - 2] : -1;
            const int64_t next = nearest(forest, last, previous);
            if (next == previous) {
                merges[made] = (LinkageMerge){
                    .left = last, .right = previous, .height = *distance(forest, last, previous)};
                merge_places(forest, last, previous);
                merges[made].size = forest->sizes[previous];
                forest->length -= 2;
                break;
            }
            forest->chain[forest->length++] = next;
        }
    }
}

typedef struct Found {
    LinkageMerge merge;
    int64_t order;
} Found;

static int compare_found(const void *left, const void *right)
{
    const Found *a = left, *b = right;
    if (a->merge.height != b->merge.height) {
        return a->merge.height < b->merge.height ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

static int64_t root_of(int64_t *parents, int64_t place)
{
    while (parents[place] != place) {
        parents[place] = parents[parents[place]];
        place = parents[place];
    }
    return place;
}

/* Sorts the merges by height and calls the clusters by their numbers. */
static Status number_merges(LinkageMerge *merges, int64_t n, Error *error)
{
    Found *found = memory_new((size_t)n, sizeof *found, error);
    int64_t *parents = memory_new((size_t)n, sizeof *parents, error);
    int64_t *names = memory_new((size_t)n, sizeof *names, error); /* of the cluster at each root */
    Status status = found && parents && names ? STATUS_OK : error_status(error);
    for (int64_t i = 0; i < n && !status; i++) {
        parents[i] = names[i] = i;
        if (i < n - 1) {
            found[i] = (Found){.merge = merges[i], .order = i};
        }
    }
    if (!status) {
        qsort(found, (size_t)(n - 1), sizeof *found, compare_found);
    }
    for (int64_t i = 0; i < n - 1 && !status; i++) {
        const int64_t a = root_of(parents, found[i].merge.left);
        const int64_t b = root_of(parents, found[i].merge.right);
        merges[i] = found[i].merge;
        merges[i].left = names[a] < names[b] ? names[a] : names[b];
        merges[i].right = names[a] < names[b] ? names[b] : names[a];
        parents[a] = b;
        names[b] = n + i;
    }
    free(found);
    free(parents);
    free(names);
    return status;
}

Status linkage_average(double *distances, int64_t n, LinkageMerge *merges, Error *error)
{
    Forest forest = {.distances = distances, .n = n};
    forest.sizes = memory_new((size_t)n, sizeof *forest.sizes, error);
    forest.chain = memory_new((size_t)n + 1, sizeof *forest.chain, error);
    Status status = forest.sizes && forest.chain ? STATUS_OK : error_status(error);
    for (int64_t i = 0; i < n && !status; i++) {
        forest.sizes[i] = 1;
    }
    if (!status) {
        follow_chains(&forest, merges);
        status = number_merges(merges, n, error);
    }
    free(forest.sizes);
    free(forest.chain);
    return status;
}

/* ---- the order of a picture ---- */

static double distance_of(const double *distances, int64_t n, int64_t a, int64_t b)
{
    return distances[a < b ? linkage_place(n, a, b) : linkage_place(n, b, a)];
}

static void turn(int64_t *items, int64_t count)
{
    for (int64_t i = 0; i < count / 2; i++) {
        const int64_t kept = items[i];
        items[i] = items[count - 1 - i];
        items[count - 1 - i] = kept;
    }
}

/* Two clusters that stand side by side: turns each so that the ends that meet are nearest. */
static void turn_to_meet(const double *distances, int64_t n, int64_t *left, int64_t left_count,
                         int64_t *right, int64_t right_count)
{
    double least = HUGE_VAL;
    int best = 0;
    for (int way = 0; way < 4; way++) { /* bit 1: the left is turned; bit 0: the right */
        const int64_t a = left[way & 2 ? 0 : left_count - 1];
        const int64_t b = right[way & 1 ? right_count - 1 : 0];
        if (distance_of(distances, n, a, b) < least) {
            least = distance_of(distances, n, a, b);
            best = way;
        }
    }
    if (best & 2) {
        turn(left, left_count);
    }
    if (best & 1) {
        turn(right, right_count);
    }
}

static int64_t size_of(const LinkageMerge *merges, int64_t n, int64_t cluster)
{
    return cluster < n ? 1 : merges[cluster - n].size;
}

Status linkage_order(const double *distances, int64_t n, const LinkageMerge *merges, int64_t *order,
                     Error *error)
{
    int64_t *begins = memory_new((size_t)n, 2 * sizeof *begins, error); /* of each cluster */
    if (!begins) {
        return error_status(error);
    }
    for (int64_t m = n - 2; m >= 0; m--) { /* from the whole down; it begins at 0 */
        const LinkageMerge *merge = &merges[m];
        begins[merge->left] = begins[n + m];
        begins[merge->right] = begins[n + m] + size_of(merges, n, merge->left);
    }
    for (int64_t i = 0; i < n; i++) {
        order[begins[i]] = i;
    }
    for (int64_t m = 0; m < n - 1; m++) {
        const int64_t left = merges[m].left, right = merges[m].right;
        turn_to_meet(distances, n, order + begins[left], size_of(merges, n, left),
                     order + begins[right], size_of(merges, n, right));
    }
    if (order[0] > order[n - 1]) {
        turn(order, n);
    }
    free(begins);
    return STATUS_OK;
}

/* ---- correlation and consensus ---- */

/* Σ over all pairs of (distance − mean)². */
static double spread(const double *distances, int64_t pairs, double mean)
{
    double sum = 0.0;
    for (int64_t p = 0; p < pairs; p++) {
        sum += (distances[p] - mean) * (distances[p] - mean);
    }
    return sum;
}

/* With average linkage a merge's height is the mean of the distances between its two clusters, so
 * the heights have the distances' mean, and the sum of products with the distances is the sum of
 * their own squares: the correlation is √(variance of the heights / variance of the distances). */
Status linkage_cophenetic(double *distances, int64_t n, double *correlation, Error *error)
{
    const int64_t pairs = n * (n - 1) / 2;
    double mean = 0.0;
    for (int64_t p = 0; p < pairs; p++) {
        mean += distances[p] / (double)pairs;
    }
    static const double least = 1e-24; /* of the squared distance from the mean: rounding alone */
    const double of_distances = spread(distances, pairs, mean);
    *correlation = 1.0;
    if (n < 3 || of_distances <= least * (double)pairs * (1.0 + mean * mean)) {
        return STATUS_OK;
    }
    LinkageMerge *merges = memory_new((size_t)n - 1, sizeof *merges, error);
    Status status = merges ? linkage_average(distances, n, merges, error) : error_status(error);
    double of_heights = 0.0;
    for (int64_t i = 0; i < n - 1 && !status; i++) {
        const LinkageMerge *merge = &merges[i];
        const double left = merge->left < n ? 1.0 : (double)merges[merge->left - n].size;
        const double right = (double)merge->size - left;
        of_heights += left * right * (merge->height - mean) * (merge->height - mean);
    }
    free(merges);
    if (!status) {
        const double root = sqrt(of_heights / of_distances);
        *correlation = root < 1.0 ? root : 1.0;
    }
    return status;
}

/* In how many partitions both items are, and are together. */
static void compare_items(const int32_t *const *partitions, int count, int64_t i, int64_t j,
                          int *both, int *together)
{
    *both = *together = 0;
    for (int p = 0; p < count; p++) {
        const int32_t a = partitions[p][i], b = partitions[p][j];
        *both += a >= 0 && b >= 0;
        *together += a >= 0 && a == b;
    }
}

Status linkage_consensus(const int32_t *const *partitions, int count, int64_t n,
                         Consensus *consensus, Error *error)
{
    double *distances = memory_new((size_t)n, (size_t)n * sizeof *distances, error);
    if (!distances) {
        return error_status(error);
    }
    double sum = (double)n; /* an item is always together with itself */
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i + 1; j < n; j++) {
            int both, together;
            compare_items(partitions, count, i, j, &both, &together);
            assert(both > 0);
            const double part = (double)together / both;
            distances[linkage_place(n, i, j)] = 1.0 - part;
            sum += 2.0 * 4.0 * (part - 0.5) * (part - 0.5);
        }
    }
    consensus->dispersion = sum / (double)n / (double)n;
    Status status = linkage_cophenetic(distances, n, &consensus->cophenetic, error);
    free(distances);
    return status;
}

void linkage_disagreement(const int32_t *const *partitions, int count, int64_t n, double *distances)
{
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i + 1; j < n; j++) {
            int both, together;
            compare_items(partitions, count, i, j, &both, &together);
            assert(both > 0);
            distances[linkage_place(n, i, j)] = 1.0 - (double)together / both;
        }
    }
}
