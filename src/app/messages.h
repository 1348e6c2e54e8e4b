/* What the program says on standard error. Standard output is for data alone. */
#ifndef THEMATA_APP_MESSAGES_H
#define THEMATA_APP_MESSAGES_H

#include "base/error.h"

/* `themata: error: …` and, if there is one, `  hint: …`. */
void message_error(const Error *error);

/* `themata: warning: …` */
__attribute__((format(printf, 1, 2))) void message_warning(const char *format, ...);

/* A plain line. */
__attribute__((format(printf, 1, 2))) void message_line(const char *format, ...);

/* A line that is overwritten by the next one, if standard error is a terminal; nothing otherwise.
 * An empty text takes the line away. */
__attribute__((format(printf, 1, 2))) void message_progress(const char *format, ...);

#endif
