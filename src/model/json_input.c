#include "model/json_input.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* What the library gets, with what it got before. */
typedef struct Piece {
    struct Piece *older, *newer;
    max_align_t memory[];
} Piece;

static _Thread_local Piece *newest;
static _Thread_local bool reads; /* so that there is a way out */
static _Thread_local jmp_buf way_out;

static void *allocate(size_t size)
{
    Piece *piece = size < SIZE_MAX - sizeof *piece ? malloc(sizeof *piece + size) : NULL;
    if (!piece) {
        if (reads) {
            longjmp(way_out, 1);
        }
        return NULL;
    }
    *piece = (Piece){.older = newest};
    if (newest) {
        newest->newer = piece;
    }
    newest = piece;
    return piece->memory;
}

static void release(void *memory)
{
    Piece *piece = memory ? (Piece *)((char *)memory - offsetof(Piece, memory)) : NULL;
    if (!piece) {
        return;
    }
    if (piece->older) {
        piece->older->newer = piece->newer;
    }
    if (piece->newer) {
        piece->newer->older = piece->older;
    } else {
        newest = piece->older;
    }
    free(piece);
}

json_t *json_input(const char *path, const Buffer *contents, Error *error)
{
    json_error_t mistake;
    const Piece *before = newest;
    json_set_alloc_funcs(allocate, release);
    if (setjmp(way_out)) { /* all that it has made is left to us */
        reads = false;
        while (newest != before) {
            release(newest->memory);
        }
        error_set(error, STATUS_FAILED, "%s: out of memory", path);
        return NULL;
    }
    reads = true;
    json_t *root =
        json_loadb(buffer_text(contents), contents->length, JSON_REJECT_DUPLICATES, &mistake);
    reads = false;
    if (!root) {
        error_set(error, STATUS_INPUT, "%s: line %d: %s", path, mistake.line, mistake.text);
    }
    return root;
}
