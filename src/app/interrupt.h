/* Ctrl-C. While the solver works, the first asks it to stop after the pass, and the second ends the
 * program at once. While the result is written, which takes seconds, the program ends when it is
 * complete. Otherwise it ends the program at once. */
#ifndef THEMATA_APP_INTERRUPT_H
#define THEMATA_APP_INTERRUPT_H

#include <stdbool.h>

enum { EXIT_INTERRUPTED = 130 };

/* From here on the first SIGINT, SIGTERM or SIGHUP only sets a mark. */
void interrupt_catch(void);

/* From here on all of them do. */
void interrupt_defer(void);

/* Back to ending the program at once. */
void interrupt_release(void);

/* Whether the mark is set. */
bool interrupt_seen(void);

#endif
