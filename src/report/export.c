#include "report/export.h"

#include "base/buffer.h"
#include "base/file.h"
#include "report/export_formats.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

const Exporter exporters[] = {
    {"csv", "csv", true, "tables as they are, for programs", export_csv},
    {"excel-csv", "excel-csv", true, "tables for spreadsheets, formulas disarmed",
     export_excel_csv},
    {"xlsx", "model.xlsx", false, "a workbook", export_xlsx},
    {"sqlite", "model.sqlite", false, "a database", export_sqlite},
    {"npz", "npz", true, "arrays for NumPy, SciPy and scikit-learn", export_arrays},
    {"mm", "mm", true, "the corpus in Matrix Market form, for gensim and R", export_market},
    {"mallet", "mallet", true, "the files that MALLET writes", export_mallet},
    {"ldavis", "ldavis.json", false, "what pyLDAvis.prepare takes", export_ldavis},
    {"tidytext", "tidytext", true, "beta and gamma for R's tidytext", export_tidytext},
    {"json", "json", true, "tables as JSON", export_json},
    {"pgm", "factors.pgm", false, "the factors of images as one picture", export_montage},
    {.name = NULL},
};

void export_free(Export *export)
{
    name_list_free(&export->notes);
}

Status export_note(Export *export, Error *error, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return name_list_add(&export->notes, text, error);
}

Status export_file(Export *export, const char *directory, const char *name,
                   Status (*write)(Export *export, FILE *file, Error *error), Error *error)
{
    char *path = file_join(directory, name, error);
    FILE *file = path ? file_create(path, error) : NULL;
    Status status =
        file ? file_finish(file, path, write(export, file, error), error) : error_status(error);
    free(path);
    return status;
}

bool export_plain_text(FILE *file, const char *text)
{
    bool changed = false;
    for (const char *at = text; *at; at++) {
        const bool control = (unsigned char)*at < ' ' || *at == '\x7F';
        putc(control ? ' ' : *at, file);
        changed |= control;
    }
    return changed;
}

Status export_note_controls(Export *export, int64_t count, const char *what, Error *error)
{
    return count ? export_note(export, error,
                               "%" PRId64 " %s hold line breaks, tabs or other control characters, "
                               "which stand here as blanks",
                               count, what)
                 : STATUS_OK;
}

Status export_write_terms(Export *export, FILE *file, Error *error)
{
    const Vocabulary *vocabulary = &export->model->vocabulary;
    int64_t changed = 0;
    for (WordId w = 0; w < vocabulary->count; w++) {
        changed += export_plain_text(file, vocabulary_word(vocabulary, w));
        putc('\n', file);
    }
    return export_note_controls(export, changed, "words", error);
}

Status export_write_ids(Export *export, FILE *file, Error *error)
{
    const DocumentList *documents = &export->model->documents;
    int64_t changed = 0;
    for (int64_t d = 0; d < documents->count; d++) {
        changed += export_plain_text(file, documents->items[d].id);
        putc('\n', file);
    }
    return export_note_controls(export, changed, "names of documents", error);
}
