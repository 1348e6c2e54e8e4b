/* A model as a page: what fit and report have in common. */
#ifndef THEMATA_APP_PAGE_OUTPUT_H
#define THEMATA_APP_PAGE_OUTPUT_H

#include "app/options.h"
#include "base/error.h"
#include "model/model.h"

#include <stdio.h>

/* The report's name in the model's directory. */
#define PAGE_FILE "report.html"

/* Writes the page of the model whose files are in `directory`. Tables there that cannot be read are
 * told of, and the page is without what they say. Errors of the file stay on the FILE. */
Status page_output_write(const Options *options, const Model *model, const char *directory,
                         FILE *file, Error *error);

/* Writes `directory`/report.html: of a model that is being made, with its tables. A model with more
 * topics than a page can have gets none, which is told. */
Status page_output_save(const Options *options, const Model *model, const char *directory,
                        Error *error);

#endif
