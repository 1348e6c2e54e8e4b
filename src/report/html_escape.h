/* Text in HTML: the one place where a text of anybody's becomes markup. */
#ifndef THEMATA_REPORT_HTML_ESCAPE_H
#define THEMATA_REPORT_HTML_ESCAPE_H

#include <stdio.h>

/* Writes a text (UTF-8) so that it stands for itself, within an element or a quoted attribute:
 * & < > " ' as references, control characters as the signs that Unicode has for them (U+2400 …),
 * those without a sign and the marks that turn the direction of writing around as U+FFFD. Errors
 * stay on the FILE. */
void html_escape(FILE *file, const char *text);

/* The same as an element <bdi>, whose direction is its own whatever stands around it. */
void html_escape_isolated(FILE *file, const char *text);

#endif
