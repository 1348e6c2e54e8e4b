#include "model/sample.h"

#include "base/memory.h"
#include "base/random.h"
#include "nmf/staged.h"

#include <stdlib.h>

/* Streams of random numbers for each run, away from those of the solver's starts. */
enum { STREAM_DOCUMENTS, STREAM_CHOICE, STREAM_TOKENS, STREAM_W, STREAM_H, STREAMS };
static const uint64_t streams_begin = UINT64_C(1) << 40;

static const double document_part = 0.1, token_part = 0.1;

/* Of the passes on columns of length 1: as coarse as those of the fit that follows. */
static const double stage_tolerance = 1e-3;

static RandomStream stream_of(uint64_t seed, int run, int which)
{
    return (RandomStream){.seed = seed,
                          .stream = streams_begin + (uint64_t)run * STREAMS + (uint64_t)which};
}

int ticket_compare(const void *left, const void *right)
{
    const Ticket *a = left, *b = right;
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

static int compare_whole(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* The documents of the sample: those with the lowest tickets. */
static Status draw_documents(const SampleSource *source, int run, Sample *sample, Error *error)
{
    const Counts *counts = source->counts;
    const RandomStream random = stream_of(source->seed, run, STREAM_DOCUMENTS);
    Ticket *tickets = memory_new((size_t)counts->documents, sizeof *tickets, error);
    if (!tickets) {
        return error_status(error);
    }
    int64_t filled = 0;
    for (int64_t d = 0; d < counts->documents; d++) {
        if (counts->starts[d + 1] > counts->starts[d]) {
            tickets[filled++] = (Ticket){.number = random_bits(random, (uint64_t)d), .document = d};
        }
    }
    qsort(tickets, (size_t)filled, sizeof *tickets, ticket_compare);
    sample->count = filled - filled / 5;
    sample->documents = memory_new((size_t)sample->count, sizeof *sample->documents, error);
    for (int64_t i = 0; i < sample->count && sample->documents; i++) {
        sample->documents[i] = tickets[i].document;
    }
    free(tickets);
    if (!sample->documents) {
        return error_status(error);
    }
    qsort(sample->documents, (size_t)sample->count, sizeof *sample->documents, compare_whole);
    return STATUS_OK;
}

/* How many of the tokens of pair p are held out. */
static uint32_t draw_tokens(const Counts *counts, RandomStream random, int64_t p)
{
    const double wanted = token_part * (double)counts->values[p];
    return (uint32_t)(wanted + random_uniform(random, (uint64_t)p));
}

/* Whether the document is one of which tokens are held out, and something is left of it then. */
static bool gives_tokens(const SampleSource *source, int run, int64_t document)
{
    const Counts *counts = source->counts;
    if (random_uniform(stream_of(source->seed, run, STREAM_CHOICE), (uint64_t)document) >=
        document_part) {
        return false;
    }
    const RandomStream random = stream_of(source->seed, run, STREAM_TOKENS);
    for (int64_t p = counts->starts[document]; p < counts->starts[document + 1]; p++) {
        if (draw_tokens(counts, random, p) < counts->values[p]) {
            return true;
        }
    }
    return false;
}

/* Appends one document to the counts that are kept and those that are held out. */
static void share_document(const SampleSource *source, int run, int64_t i, bool hold_out,
                           Sample *sample)
{
    const Counts *counts = source->counts;
    Counts *kept = &sample->kept;
    const int64_t d = sample->documents[i];
    const bool gives = hold_out && gives_tokens(source, run, d);
    const RandomStream random = stream_of(source->seed, run, STREAM_TOKENS);
    int64_t at = kept->starts[i], held_at = hold_out ? sample->held.starts[i] : 0;
    for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
        const uint32_t held = gives ? draw_tokens(counts, random, p) : 0;
        if (counts->amounts) {
            kept->words[at] = counts->words[p];
            kept->amounts[at++] = counts->amounts[p];
        } else if (counts->values[p] > held) {
            kept->words[at] = counts->words[p];
            kept->values[at++] = counts->values[p] - held;
        }
        if (held > 0) {
            sample->held.words[held_at] = counts->words[p];
            sample->held.values[held_at++] = held;
            sample->held_tokens += (double)held;
        }
    }
    kept->starts[i + 1] = at;
    if (hold_out) {
        sample->held.starts[i + 1] = held_at;
    }
}

static int64_t pairs_of(const Counts *counts, const Sample *sample)
{
    int64_t pairs = 0;
    for (int64_t i = 0; i < sample->count; i++) {
        const int64_t d = sample->documents[i];
        pairs += counts->starts[d + 1] - counts->starts[d];
    }
    return pairs;
}

Status sample_draw(const SampleSource *source, int run, bool hold_out, Sample *sample, Error *error)
{
    const Counts *counts = source->counts;
    const bool whole = counts->amounts == NULL;
    hold_out = hold_out && whole;
    Status status = draw_documents(source, run, sample, error);
    const int64_t pairs = status ? 0 : pairs_of(counts, sample);
    if (!status) {
        status = counts_reserve(&sample->kept, sample->count, pairs, whole, error);
    }
    if (!status && hold_out) { /* every pair may give tokens, but few do */
        status = counts_reserve(&sample->held, sample->count, pairs, true, error);
    }
    for (int64_t i = 0; i < sample->count && !status; i++) {
        share_document(source, run, i, hold_out, sample);
    }
    if (!status) {
        const int threads = 1;
        sample->x = weight_matrix(source->weight, &sample->kept, source->idf, source->words,
                                  threads, error);
        status = sample->x ? STATUS_OK : error_status(error);
    }
    return status;
}

Status sample_decompose(Sample *sample, int rank, NmfInit init, uint64_t seed, int threads,
                        Error *error)
{
    if (init == NMF_INIT_RANDOM) {
        return STATUS_OK;
    }
    if (init == NMF_INIT_STAGED) {
        sample->even = staged_even(sample->x, error);
        if (!sample->even) {
            return error_status(error);
        }
    }
    const SparseMatrix *x = sample->even ? sample->even : sample->x;
    SparseMatrix *transposed = sparse_transpose(x, error);
    Status status = transposed
                        ? nmf_start_svd(x, transposed, rank, seed, threads, &sample->svd, error)
                        : error_status(error);
    sparse_free(transposed);
    return status;
}

static void multiply(float *values, int64_t count, RandomStream random)
{
    for (int64_t i = 0; i < count; i++) {
        values[i] = (float)((double)values[i] * 2.0 * random_uniform(random, (uint64_t)i));
    }
}

Status sample_start(const Sample *sample, int rank, NmfInit init, uint64_t seed, int run,
                    Factors *factors, Error *error)
{
    const int threads = 1;
    if (init == NMF_INIT_RANDOM || sample->svd.rank < rank) { /* or more topics than X has ranks */
        return nmf_start(sample->x, rank, NMF_INIT_RANDOM, seed, run + 1, threads, factors, error);
    }
    const SparseMatrix *x = sample->even ? sample->even : sample->x;
    Status status = nmf_start_of_svd(x, &sample->svd, rank, NMF_INIT_NNDSVDA, seed, factors, error);
    if (!status) {
        multiply(factors->w, factors->rows * rank, stream_of(seed, run, STREAM_W));
        multiply(factors->h, factors->columns * rank, stream_of(seed, run, STREAM_H));
    }
    if (!status && sample->even) {
        status = staged_improve(sample->x, sample->even, stage_tolerance, threads, factors, error);
    }
    return status;
}

void sample_free(Sample *sample)
{
    free(sample->documents);
    sparse_free(sample->even);
    sparse_free(sample->x);
    counts_free(&sample->kept);
    svd_free(&sample->svd);
    counts_free(&sample->held);
    *sample = (Sample){0};
}
