/* A model as a page: what fit, factor and report have in common. */
#ifndef THEMATA_APP_PAGE_OUTPUT_H
#define THEMATA_APP_PAGE_OUTPUT_H

#include "app/options.h"
#include "base/error.h"
#include "model/document_texts.h"
#include "model/model.h"
#include "report/page.h"

#include <stdio.h>

/* The report's name in the model's directory. */
#define PAGE_FILE "report.html"

/* A page and what it is made of. All is borrowed but `texts`. */
typedef struct PageOutput {
    const Options *options; /* those of a corpus are as they were for the model */
    const Model *model;
    const char *directory; /* with the model's files */
    const char *corpus;    /* or a list of files; that the model was made of; NULL: not known */
    const char *avoid;     /* the place of a result, which is no part of the corpus */
    PageText text;         /* set by page_output_gather, as the texts */
    DocumentTexts texts;
} PageOutput;

/* Before the long work: STATUS_USAGE or STATUS_INPUT, with a sentence, if --text asks for texts
 * that cannot be had: of a matrix, or of a corpus that is not known or was read and cannot be read
 * `again`. */
Status page_output_check(const PageOutput *output, bool without_texts, bool again, Error *error);

/* Gathers the texts that --text asks for: from the model, or from the corpus. Errors are those of
 * text_reading_run. */
Status page_output_gather(PageOutput *output, Error *error);

/* Writes the page of the model whose files are in `directory`. Tables there that cannot be read are
 * told of, and the page is without what they say. Errors of the file stay on the FILE. */
Status page_output_write(const PageOutput *output, FILE *file, Error *error);

/* Writes `directory`/report.html: of a model that is being made, with its tables. A model with more
 * topics than a page can have gets none, which is told; if texts cannot be read again, that is
 * told, and the page has the beginnings alone. */
Status page_output_save(PageOutput *output, Error *error);

/* Says where a model was written, and whether a report is in it. */
void page_output_say(const Options *options, const char *place);

void page_output_free(PageOutput *output);

#endif
