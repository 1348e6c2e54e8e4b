#include "app/consensus_output.h"

#include "app/messages.h"
#include "app/result.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/consensus_tables.h"

#include <inttypes.h>
#include <stdlib.h>

Status consensus_output_check(const Model *model, Error *error)
{
    if (model->documents.count <= CONSENSUS_ITEMS_MAX) {
        return STATUS_OK;
    }
    error_set(error, STATUS_INPUT,
              "--consensus: %" PRId64 " items are too many to compare each with each: at most %d",
              model->documents.count, CONSENSUS_ITEMS_MAX);
    return error_hint(error, "without --consensus, --restarts says what the starts agree on");
}

Status consensus_output_make(const Factorisation *work, ItemConsensus *consensus, Error *error)
{
    const int64_t restarts = work->options->restarts;
    const int32_t **there = memory_new((size_t)restarts, sizeof *there, error);
    if (!there) {
        return error_status(error);
    }
    int count = 0;
    for (int64_t i = 0; i < restarts; i++) {
        if (work->partitions[i]) {
            there[count++] = work->partitions[i];
        }
    }
    Status status = count > 0
                        ? consensus_make(there, count, work->x->columns, work->k, consensus, error)
                        : STATUS_OK;
    free(there);
    return status;
}

static Status save_picture(const ConsensusReport *report, const char *directory, Error *error)
{
    char *path = file_join(directory, "consensus.svg", error);
    FILE *file = path ? file_create(path, error) : NULL;
    Status status = file ? STATUS_OK : error_status(error);
    if (file) {
        consensus_picture(file, report);
        status = file_close(file, path, error);
    }
    free(path);
    return status;
}

Status consensus_output_save(const Model *model, const ItemConsensus *consensus,
                             const char *directory, Error *error)
{
    const ConsensusReport report = {.model = model, .consensus = consensus};
    Table table;
    Status status = consensus_table(&report, &table, error);
    status = result_save_made(directory, status, &table, error);
    if (!status) {
        consensus_items_table(&report, &table);
        status = result_save_table(directory, &table, error);
    }
    if (!status && consensus->count <= CONSENSUS_DRAWN_MAX) {
        status = save_picture(&report, directory, error);
    }
    return status;
}

Status consensus_output_say(const ItemConsensus *consensus, Error *error)
{
    Buffer line = {0};
    Status status = buffer_print(
        &line, error, "consensus of %d starts: cophenetic correlation %.4f, dispersion %.4f; ",
        consensus->starts, consensus->measures.cophenetic, consensus->measures.dispersion);
    for (int g = 1; g <= consensus->groups && !status; g++) {
        int64_t size = 0;
        for (int64_t i = 0; i < consensus->count; i++) {
            size += consensus->group[i] == g;
        }
        status = buffer_print(&line, error, "%s%" PRId64,
                              g == 1                   ? "groups of "
                              : g == consensus->groups ? " and "
                                                       : ", ",
                              size);
    }
    if (!status) {
        message_line("%s items (tables/consensus_items.csv%s)", buffer_text(&line),
                     consensus->count <= CONSENSUS_DRAWN_MAX ? ", consensus.svg" : "");
    }
    buffer_free(&line);
    return status;
}
