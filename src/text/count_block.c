#include "text/count_block.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

size_t count_block_bytes(const CountBlock *block)
{
    return block->packed_count * sizeof *block->packed + block->order_count * sizeof *block->order;
}

Status count_block_spill(CountBlock *block, TemporaryFile *file, Error *error)
{
    const size_t packed = block->packed_count * sizeof *block->packed;
    const size_t order = block->order_count * sizeof *block->order;
    Status status = temporary_append(file, block->packed, packed, &block->packed_place, error);
    if (!status && block->order) {
        status = temporary_append(file, block->order, order, &block->order_place, error);
    }
    if (!status) {
        free(block->packed);
        free(block->order);
        block->packed = NULL;
        block->order = NULL;
        block->file = file;
    }
    return status;
}

Status count_block_open(const CountBlock *block, CountBlock *view, Error *error)
{
    *view = *block;
    if (!block->file) {
        return STATUS_OK;
    }
    view->packed = memory_new(block->packed_count, sizeof *view->packed, error);
    Status status = view->packed ? temporary_read(block->file, block->packed_place, view->packed,
                                                  block->packed_count * sizeof *view->packed, error)
                                 : error_status(error);
    if (!status && block->tokens) {
        view->order = memory_new(block->order_count, sizeof *view->order, error);
        status = view->order ? temporary_read(block->file, block->order_place, view->order,
                                              block->order_count * sizeof *view->order, error)
                             : error_status(error);
    }
    if (status) {
        count_block_close(block, view);
    }
    return status;
}

void count_block_close(const CountBlock *block, CountBlock *view)
{
    if (block->file) {
        free(view->packed);
        free(view->order);
    }
    *view = (CountBlock){0};
}

/* Renumbers a document's words, at *from, to `to`; returns what is behind them. Those that get 0
 * become one. */
static uint32_t *renumber_document(const uint32_t **from, uint32_t *length, const WordId *numbers,
                                   uint32_t *to)
{
    uint32_t kept = 0, rest = 0;
    for (uint32_t left = *length; left > 0; left--) {
        WordId word;
        uint32_t count;
        *from = pair_unpack(*from, &word, &count);
        word = numbers[word];
        if (word == 0) {
            rest += count; /* no overflow: a document has no more tokens than bytes */
        } else {
            to = pair_pack(to, word, count);
            kept++;
        }
    }
    *length = kept + (rest > 0);
    return rest ? pair_pack(to, 0, rest) : to;
}

/* Renumbers a block that is in memory. */
static Status renumber_opened(CountBlock *block, const WordId *numbers, Error *error)
{
    size_t pairs = 0;
    for (int64_t d = 0; d < block->documents; d++) {
        pairs += block->lengths[d];
    }
    uint32_t *room = memory_new(pairs, PACKED_PAIR_MAX * sizeof *room, error), *end = room;
    if (!room) {
        return error_status(error);
    }
    const uint32_t *from = block->packed;
    for (int64_t d = 0; d < block->documents; d++) {
        end = renumber_document(&from, &block->lengths[d], numbers, end);
    }
    const size_t count = (size_t)(end - room);
    uint32_t *packed = memory_new(count, sizeof *packed, error);
    if (packed && count) {
        memcpy(packed, room, count * sizeof *packed);
    }
    free(room);
    if (!packed) {
        return error_status(error);
    }
    free(block->packed);
    block->packed = packed;
    block->packed_count = count;
    for (size_t i = 0; i < block->order_count && block->order; i++) {
        block->order[i] = numbers[block->order[i]];
    }
    return STATUS_OK;
}

Status count_block_renumber(CountBlock *block, const WordId *numbers, TemporaryFile *file,
                            Error *error)
{
    CountBlock view;
    const bool spilled = block->file;
    Status status = count_block_open(block, &view, error);
    if (!status) {
        *block = view;
        block->file = NULL;
        status = renumber_opened(block, numbers, error);
    }
    return status || !spilled ? status : count_block_spill(block, file, error);
}

void count_block_free(CountBlock *block)
{
    free(block->lengths);
    free(block->packed);
    free(block->tokens);
    free(block->order);
    *block = (CountBlock){0};
}
