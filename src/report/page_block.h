/* A data block of the report: JSON in a script element that no browser runs. A long one is packed,
 * as it comes: docs/report-data.md. */
#ifndef THEMATA_REPORT_PAGE_BLOCK_H
#define THEMATA_REPORT_PAGE_BLOCK_H

#include "base/error.h"
#include "base/json_writer.h"

#include <stdio.h>

enum { PAGE_BLOCK_PLAIN = 100000 }; /* a block with more bytes of JSON is packed */

/* Writes the element `themata-NAME` to the page; `write` writes its JSON, embedded. Holds at most
 * PAGE_BLOCK_PLAIN bytes of it and the packer's 300 kB. Errors of the page stay on its FILE;
 * STATUS_FAILED without memory. */
Status page_block_write(FILE *page, const char *name,
                        Status (*write)(const void *context, JsonWriter *json, Error *error),
                        const void *context, Error *error);

#endif
