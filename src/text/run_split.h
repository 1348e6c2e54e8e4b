/* Where the runs of a text begin and end: the longest stretches of bytes that may take part in a
 * token (text/pattern_class.h). 64 bytes at a time, by AVX2 where the processor has it. */
#ifndef THEMATA_TEXT_RUN_SPLIT_H
#define THEMATA_TEXT_RUN_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RUN_SPLIT_BYTES = 4096, /* how much text is split at once */
    RUN_EDGES_MAX = RUN_SPLIT_BYTES + 64,
};

/* Which bytes are in runs. All from 128 on are. */
typedef struct RunSplitter {
    bool in_run[256];
    uint8_t low[16]; /* bit h of low[l] is set if byte 16·h + l is in runs, h < 8 */
    bool wide;       /* the processor has AVX2 */
} RunSplitter;

/* `in_run` is true for every byte from 128 on and false for NUL. */
void run_splitter_begin(RunSplitter *splitter, const bool in_run[256]);

/* Splits the `length` ≤ RUN_SPLIT_BYTES bytes at text + from. *inside says whether the byte before
 * was in a run, and afterwards whether the last one is. Fills `edges` with the places, counted from
 * `text` and ascending, where that changes: a run begins at one and ends before the next. Returns
 * how many there are. The room behind the edges may be overwritten, up to RUN_EDGES_MAX in all. */
size_t run_split(const RunSplitter *splitter, const char *text, size_t from, size_t length,
                 bool *inside, uint32_t edges[RUN_EDGES_MAX]);

#endif
