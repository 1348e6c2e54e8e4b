/* Ctrl-C while the solver works: the first asks it to stop after the pass, the second ends the
 * program at once. */
#ifndef THEMATA_APP_INTERRUPT_H
#define THEMATA_APP_INTERRUPT_H

#include <stdbool.h>

enum { EXIT_INTERRUPTED = 130 };

/* From here on the first SIGINT or SIGTERM only sets a mark. */
void interrupt_catch(void);

/* Back to ending the program at once. */
void interrupt_release(void);

/* Whether the mark is set. */
bool interrupt_seen(void);

#endif
