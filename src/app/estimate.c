#include "app/estimate.h"

#include "nmf/nmf.h"

#include <math.h>

/* ---- memory ---- */

static const double program_bytes = 18e6; /* with its libraries */
static const double document_bytes = 700; /* what is kept of one: id, title, excerpt */
static const double word_bytes = 100;     /* of a vocabulary, hash table included */

double estimate_memory(const FitSizes *sizes)
{
    const double n = (double)sizes->documents, m = (double)sizes->words;
    const double pairs = (double)sizes->pairs;
    const double kept = program_bytes + n * document_bytes;
    /* While words are pruned: all counts, with room to grow by half, beside those that are kept;
     * of both as much as there is room for. */
    const double all_words = fmin((double)sizes->all_words * word_bytes, sizes->room);
    const double all_counts = fmin(12.0 * (double)sizes->all_pairs, sizes->room);
    const double reading = all_words + all_counts + 8.0 * pairs + m * word_bytes;
    /* While the solver works: counts, X over their pattern, the start. */
    const double solving =
        m * word_bytes + 8.0 * pairs + 8.0 * pairs + 4.0 * (m + n) * sizes->topics +
        nmf_bytes(sizes->words, sizes->documents, sizes->pairs, sizes->topics, sizes->threads);
    return kept + (reading > solving ? reading : solving);
}

/* ---- time ---- */

static const double read_s = 1.0 / 50e6;     /* of a byte of text */
static const double passes = 40;             /* of the default solver; see estimate.h */
static const double pass_entry_s = 17e-9;    /* of an entry of X in a pass … */
static const double pass_update_s = 0.85e-9; /* … and for each topic more */
/* Start and mixtures, for each topic and ten more: of an entry of X, of a word or document. */
static const double around_entry_s = 26e-9;
static const double around_row_s = 150e-9;

double estimate_seconds(const FitSizes *sizes)
{
    const double entries = (double)sizes->pairs, k = sizes->topics;
    const double rows = (double)sizes->words + (double)sizes->documents;
    const double solving = passes * entries * (pass_entry_s + k * pass_update_s);
    const double around = (k + 10.0) * (entries * around_entry_s + rows * around_row_s);
    return (double)sizes->bytes * read_s + solving + around;
}
