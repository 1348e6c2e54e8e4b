#include "model/consensus.h"

#include "base/memory.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

Status consensus_partition(const Factors *factors, int32_t *parts, Error *error)
{
    const int k = factors->rank;
    double *sums = memory_new((size_t)k, sizeof *sums, error);
    if (!sums) {
        return error_status(error);
    }
    for (int64_t i = 0; i < factors->rows * k; i++) {
        sums[i % k] += (double)factors->w[i];
    }
    for (int64_t j = 0; j < factors->columns; j++) {
        double most = 0.0;
        parts[j] = k;
        for (int t = 0; t < k; t++) {
            const double mass = (double)factors->h[j * k + t] * sums[t];
            if (mass > most) {
                most = mass;
                parts[j] = t;
            }
        }
    }
    free(sums);
    return STATUS_OK;
}

double consensus_of(const ItemConsensus *consensus, int64_t a, int64_t b)
{
    const int64_t n = consensus->count;
    return a == b
               ? 1.0
               : 1.0 -
                     consensus->distances[a < b ? linkage_place(n, a, b) : linkage_place(n, b, a)];
}

static int64_t root_of(const int64_t *parents, int64_t cluster)
{
    while (parents[cluster] != cluster) {
        cluster = parents[cluster];
    }
    return cluster;
}

/* Cuts the tree where `groups` clusters are left. */
static Status find_groups(ItemConsensus *consensus, const LinkageMerge *merges, Error *error)
{
    const int64_t n = consensus->count, made = n - consensus->groups;
    int64_t *parents = memory_new((size_t)n, 2 * sizeof *parents, error);
    int32_t *numbers = memory_new((size_t)n, 2 * sizeof *numbers, error); /* 0: none yet */
    for (int64_t c = 0; c < 2 * n && parents && numbers; c++) {
        parents[c] = c;
    }
    for (int64_t m = 0; m < made && parents && numbers; m++) {
        parents[merges[m].left] = parents[merges[m].right] = n + m;
    }
    int32_t next = 0;
    for (int64_t i = 0; i < n && parents && numbers; i++) {
        const int64_t item = consensus->order[i], root = root_of(parents, item);
        numbers[root] = numbers[root] ? numbers[root] : ++next;
        consensus->group[item] = numbers[root];
    }
    Status status = parents && numbers ? STATUS_OK : error_status(error);
    free(parents);
    free(numbers);
    return status;
}

/* The tree over the distances, its order and groups. */
static Status grow(ItemConsensus *consensus, Error *error)
{
    const size_t n = (size_t)consensus->count;
    double *used = memory_new(n, n * sizeof *used, error);
    LinkageMerge *merges = memory_new(n, sizeof *merges, error);
    Status status = used && merges ? STATUS_OK : error_status(error);
    if (!status) {
        memcpy(used, consensus->distances, n * (n - 1) / 2 * sizeof *used);
        status = linkage_average(used, consensus->count, merges, error);
    }
    if (!status) {
        status =
            linkage_order(consensus->distances, consensus->count, merges, consensus->order, error);
    }
    status = status ? status : find_groups(consensus, merges, error);
    free(used);
    free(merges);
    return status;
}

/* Whether an item is in no factor, in whatever start. */
static bool any_outside(const int32_t *const *partitions, int starts, int64_t n, int k)
{
    for (int p = 0; p < starts; p++) {
        for (int64_t i = 0; i < n; i++) {
            if (partitions[p][i] == k) {
                return true;
            }
        }
    }
    return false;
}

Status consensus_make(const int32_t *const *partitions, int starts, int64_t n, int k,
                      ItemConsensus *consensus, Error *error)
{
    assert(n >= 1 && n <= CONSENSUS_ITEMS_MAX && starts >= 1);
    const size_t items = (size_t)n;
    const int groups = k + any_outside(partitions, starts, n, k);
    *consensus =
        (ItemConsensus){.count = n, .starts = starts, .groups = groups < n ? groups : (int)n};
    consensus->distances = memory_new(items, items * sizeof *consensus->distances, error);
    consensus->order = memory_new(items, sizeof *consensus->order, error);
    consensus->group = memory_new(items, sizeof *consensus->group, error);
    if (!consensus->distances || !consensus->order || !consensus->group) {
        return error_status(error);
    }
    linkage_disagreement(partitions, starts, n, consensus->distances);
    Status status = linkage_consensus(partitions, starts, n, &consensus->measures, error);
    return status ? status : grow(consensus, error);
}

void consensus_free(ItemConsensus *consensus)
{
    free(consensus->distances);
    free(consensus->order);
    free(consensus->group);
    *consensus = (ItemConsensus){0};
}
