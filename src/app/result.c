#include "app/result.h"

#include "app/messages.h"
#include "app/pager.h"
#include "base/file.h"
#include "report/table_formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* For people: by their pager if it is long. */
static Status print_for_people(const Table *table, Error *error)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) {
        return error_set(error, STATUS_FAILED, "out of memory: a table");
    }
    Status status = table_formats[0].write(table, stream, error);
    const bool whole = !ferror(stream);
    const bool closed = fclose(stream) == 0; /* which may not find room for the text to end in */
    if ((!closed || !whole || !text) && !status) {
        status = error_set(error, STATUS_FAILED, "out of memory: a table");
    }
    fflush(stdout);
    if (!status && !pager_show(text, length)) {
        fwrite(text, 1, length, stdout);
    }
    free(text);
    return status;
}

Status result_print(const Options *options, const Table *table, Error *error)
{
    if (!options->csv && !options->json) {
        return print_for_people(table, error);
    }
    const char *name = options->csv ? "csv" : "json";
    const TableFormat *format = table_formats;
    while (strcmp(format->name, name) != 0) {
        format++;
    }
    return format->write(table, stdout, error);
}

Status result_make_tables(const char *directory, Error *error)
{
    char *path = file_join(directory, "tables", error);
    Status status = STATUS_OK;
    if (!path || mkdir(path, 0777) != 0) {
        status = path ? error_errno(error, path) : error_status(error);
    }
    free(path);
    return status;
}

Status result_save_table(const char *directory, const Table *table, Error *error)
{
    Buffer path = {0};
    Status status = buffer_print(&path, error, "%s/tables/%s.csv", directory, table->name);
    FILE *file = status ? NULL : file_create(path.bytes, error);
    if (!file) {
        buffer_free(&path);
        return error_status(error);
    }
    status = table_write_csv(table, file, error);
    status = file_finish(file, path.bytes, status, error);
    buffer_free(&path);
    return status;
}

Status result_save_made(const char *directory, Status status, Table *table, Error *error)
{
    if (!status) {
        status = result_save_table(directory, table, error);
    }
    table_free(table);
    return status;
}

static void warn_of(const CorpusNotes *notes, CorpusNoteKind kind, int64_t count, const char *what,
                    const char *output)
{
    if (count == 0) {
        return;
    }
    const CorpusNote *first = notes->items;
    while (first->kind != kind) {
        first++;
    }
    message_warning("%" PRId64 " %s%s %s: %s (%s)%s%s%s", count, first->line ? "document" : "file",
                    count == 1 ? " was" : "s were", what, first->path, first->reason,
                    count > 1 ? " and others" : "", output ? "; the list is " : "",
                    output ? output : "");
}

void result_warn_notes(const CorpusNotes *notes, const char *output)
{
    Buffer list = {0};
    Error ignored;
    if (output && buffer_print(&list, &ignored, "%s/tables/notes.csv", output)) {
        buffer_clear(&list);
    }
    warn_of(notes, CORPUS_SKIPPED, notes->skipped, "skipped", list.bytes);
    warn_of(notes, CORPUS_REPAIRED, notes->repaired, "repaired", list.bytes);
    buffer_free(&list);
}
