#include "text/count_block.h"

#include "base/memory.h"

#include <stdlib.h>

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

void count_block_free(CountBlock *block)
{
    free(block->lengths);
    free(block->packed);
    free(block->tokens);
    free(block->order);
    *block = (CountBlock){0};
}
