/* The report: a model as one page of HTML that works from a file, without network. The first part
 * of it, facts and topics, is plain; the rest is data for the page's script, which src/report/page
 * has. docs/report-data.md says what the data are. */
#ifndef THEMATA_REPORT_PAGE_H
#define THEMATA_REPORT_PAGE_H

#include "base/error.h"
#include "base/library.h"
#include "model/document_texts.h"
#include "model/model.h"
#include "report/number_table.h"

#include <stdint.h>
#include <stdio.h>

/* How a report begins, by which it is known. */
#define PAGE_MARK_BEGIN "<!doctype html>\n<!-- themata report -->\n"

/* How much of the documents' texts is in a report. */
typedef enum PageText {
    PAGE_TEXT_NONE,
    PAGE_TEXT_SNIPPETS, /* the beginning of each document, which the model has */
    PAGE_TEXT_EXCERPTS, /* beside it, more of the documents that show topics best */
    PAGE_TEXT_FULL,     /* or the whole text of all documents of the page */
    PAGE_TEXT_KINDS,
} PageText;

extern const char *const page_text_names[]; /* indexed by PageText; ends with NULL */

/* What is to be reported; all of it is borrowed. */
typedef struct Page {
    const Model *model;
    const char *version;  /* of the program */
    const char *title;    /* NULL: one is made of the model */
    const char *command;  /* that repeats the fit */
    uint64_t fingerprint; /* of the model's files */
    PageText text;
    const DocumentTexts *texts; /* of documents of the page, to be shown with their words marked;
                                   NULL: of none */
    int time_bin;               /* in time_bin_names */
    const NumberTable *convergence; /* as page_convergence_columns say; NULL: not known */
    const NumberTable *sweep;       /* as page_sweep_columns say; NULL: there was none */
} Page;

/* The columns of tables/convergence.csv and of tables/sweep.csv that a page shows. */
extern const char *const page_convergence_columns[];
extern const int page_convergence_column_count;
extern const char *const page_sweep_columns[];
extern const int page_sweep_column_count;

enum { PAGE_TOPICS_MOST = 65535 };

/* Writes the page. STATUS_INPUT if there are more than PAGE_TOPICS_MOST topics. The bytes depend on
 * nothing else. Memory: a few numbers for each document and word, and one block's. Errors of the
 * file stay on the FILE. */
Status page_write(const Page *page, FILE *file, Error *error);

/* Whether the program was built with the page's script; otherwise the page is a static one. */
bool page_has_script(void);

/* Tells what the page is made with, in one call. */
void page_tell_modules(LibraryFunction *tell, void *context);

#endif
