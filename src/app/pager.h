/* Long texts on a terminal, a screen at a time. */
#ifndef THEMATA_APP_PAGER_H
#define THEMATA_APP_PAGER_H

#include <stdbool.h>
#include <stddef.h>

/* Shows the text by the user's pager if standard output and input are a terminal that has fewer
 * lines: $THEMATA_PAGER, $PAGER or `less -FRX`, the first that is set. False, and nothing is shown,
 * if there is no need of one, it is empty or `cat`, or it cannot be started: then the text is to be
 * printed. */
bool pager_show(const char *text, size_t length);

#endif
