/* What the program says on standard error. Standard output is for data alone. */
#ifndef THEMATA_APP_MESSAGES_H
#define THEMATA_APP_MESSAGES_H

#include "base/error.h"

#include <stdbool.h>

/* `themata: error: …` and, if there is one, `  hint: …`. */
void message_error(const Error *error);

/* `themata: warning: …` */
__attribute__((format(printf, 1, 2))) void message_warning(const char *format, ...);

/* A plain line. */
__attribute__((format(printf, 1, 2))) void message_line(const char *format, ...);

/* On a terminal a line that is overwritten by the next one; an empty text takes it away. Elsewhere,
 * if `due`, a line. Returns whether anything was printed. */
__attribute__((format(printf, 2, 3))) bool message_progress(bool due, const char *format, ...);

#endif
