/* Reports for people on standard output: lines behind a label. */
#ifndef THEMATA_APP_PRINTER_H
#define THEMATA_APP_PRINTER_H

#include "base/error.h"

typedef struct Printer {
    Status status; /* the first failure; nothing is printed after it */
    Error *error;
} Printer;

/* A line behind a label; without one it goes on with the line before. Control characters are shown,
 * never sent. */
__attribute__((format(printf, 3, 4))) void printer_line(Printer *printer, const char *label,
                                                        const char *format, ...);

#endif
