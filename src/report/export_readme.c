/* README.txt: what the files of a directory are, and how they are to be read. */
#include "base/buffer.h"
#include "base/file.h"
#include "report/export.h"

#include <inttypes.h>
#include <stdlib.h>

static void print_topics(FILE *file, const Model *model)
{
    fprintf(file, "\n%d topics, %" PRId64 " documents, %" PRIu32 " words.\n", model->k,
            model->documents.count, model->vocabulary.count);
    const int64_t left = model->documents.count - model->modelled;
    if (left > 0) {
        fprintf(file,
                "%" PRId64 " document%s no word of the model and %s not modelled: no topic has a "
                "share of %s.\n",
                left, left == 1 ? " has" : "s have", left == 1 ? "is" : "are",
                left == 1 ? "it" : "them");
    }
}

static void print_hidden(FILE *file, const Model *model)
{
    bool any = false;
    for (int t = 0; t < model->k; t++) {
        if (model->labels[t].hidden) {
            fprintf(file, "%s %d", any ? "," : "Hidden in labels.csv, but held here:", t + 1);
            any = true;
        }
    }
    if (any) {
        fputs(".\n", file);
    }
}

static Status write_readme(Export *export, const char *directory, const char *format,
                           const ExportPart *parts, const char *text, Error *error)
{
    Buffer path = {0};
    Status status = buffer_print(&path, error, "%s/%s", directory, EXPORT_MARK);
    FILE *file = status ? NULL : file_create(path.bytes, error);
    if (!file) {
        buffer_free(&path);
        return error_status(error);
    }
    fprintf(file, "%s%s\n\n", EXPORT_MARK_BEGIN, format);
    for (const ExportPart *part = parts; part->name; part++) {
        fprintf(file, "%-24s %s\n", part->name, part->what);
    }
    print_topics(file, export->model);
    print_hidden(file, export->model);
    if (text[0]) {
        fprintf(file, "\n%s", text);
    }
    for (size_t i = 0; i < export->notes.count; i++) {
        fprintf(file, "%sNote: %s.\n", i ? "" : "\n", export->notes.items[i]);
    }
    status = file_close(file, path.bytes, error);
    buffer_free(&path);
    return status;
}

Status export_parts(Export *export, const char *directory, const char *format,
                    const ExportPart *parts, const char *text, Error *error)
{
    for (const ExportPart *part = parts; part->name; part++) {
        Status status = part->write ? export_file(export, directory, part->name, part->write, error)
                                    : STATUS_OK;
        if (status) {
            return status;
        }
    }
    return write_readme(export, directory, format, parts, text, error);
}
