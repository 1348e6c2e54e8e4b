/* A model in the formats of other programs: `themata export`. A format is one file below
 * src/report, export_NAME.c, and a line in `exporters`. What an export holds follows from the
 * tables (report/export_tables.h) wherever the format has tables, so that a new table or column is
 * in every format at once. docs/tables.md says what each file holds.
 *
 * Nothing is held in memory beside the model but a row or a topic at a time, eight bytes for each
 * document, and what SQLite takes for its cache. */
#ifndef THEMATA_REPORT_EXPORT_H
#define THEMATA_REPORT_EXPORT_H

#include "base/error.h"
#include "corpus/names.h"
#include "model/model.h"

#include <stdbool.h>
#include <stdio.h>

/* A directory of an export is known by its file README.txt, whose first line is this and the
 * format's name. */
#define EXPORT_MARK       "README.txt"
#define EXPORT_MARK_BEGIN "themata export: "

/* One model on its way into one format. Start all-zero but for the first three. */
typedef struct Export {
    const Model *model; /* borrowed */
    const char *place;  /* borrowed: what errors call the file or directory */
    FILE *file;         /* borrowed: where a format of one file goes, unless it opens it by name */
    NameList notes;     /* sentences about what the format could not hold as it is */
} Export;

typedef struct Exporter {
    const char *name;    /* "csv": as --to takes it */
    const char *place;   /* of its file or directory, below the output: "model.xlsx" */
    bool is_directory;   /* made already, and empty */
    const char *summary; /* what it is for */
    /* Writes the file or the files of the directory at `path`. STATUS_INPUT, with a sentence, if
     * the format cannot hold this model. */
    Status (*write)(Export *export, const char *path, Error *error);
} Exporter;

/* Every format; ends with a NULL name. */
extern const Exporter exporters[];

void export_free(Export *export);

/* ---- for the formats ---- */

/* Adds a note. */
__attribute__((format(printf, 3, 4))) Status export_note(Export *export, Error *error,
                                                         const char *format, ...);

/* Writes the file directory/name by `write`. */
Status export_file(Export *export, const char *directory, const char *name,
                   Status (*write)(Export *export, FILE *file, Error *error), Error *error);

/* A list of files, and what they hold, for README.txt. */
typedef struct ExportPart {
    const char *name;
    const char *what;
    Status (*write)(Export *export, FILE *file, Error *error);
} ExportPart;

/* Writes every part, up to the one with a NULL name, and then README.txt: the parts, `text`, what
 * holds for every format, and the notes. A part without a function is written already. */
Status export_parts(Export *export, const char *directory, const char *format,
                    const ExportPart *parts, const char *text, Error *error);

/* Writes a text of which a line or a field between tabs is made: line breaks, tabs and other
 * control characters become blanks; says whether there were any. */
bool export_plain_text(FILE *file, const char *text);

/* Notes that so many of these (`what`, in the plural) had control characters. */
Status export_note_controls(Export *export, int64_t count, const char *what, Error *error);

/* The words, or the documents' ids, one a line, in order. */
Status export_write_terms(Export *export, FILE *file, Error *error);
Status export_write_ids(Export *export, FILE *file, Error *error);

#endif
